//! The mails that the tables of wordings in `tests/data/readings` stand for.
#![allow(dead_code, reason = "each test asks for frames of its own")]

/// A wording in a doctor's mail: `en` an English one, `up` one of a doctor who is registered already, else a first one. `⏎`
/// is a line feed.
pub fn mail(wording: &str, frame: &str) -> String {
    if frame == "up" {
        format!(
            "お世話になっております。先日登録いたしました佐々木です。\n\n{}\n\n佐々木",
            wording.replace('⏎', "\n")
        )
    } else if frame == "en" {
        format!(
            "Dear secretariat,\n\nI am a physician and I am looking for a new position. Please register me.\n\n{wording}\n\nKind regards,\n"
        )
    } else {
        format!(
            "内科医の佐々木と申します。仕事を探しており、登録をお願いいたします。\n\n{}\n",
            wording.replace('⏎', "\n")
        )
    }
}

/// A doctor's fact in a mail that wishes something plain.
pub fn fact(wording: &str) -> String {
    format!(
        "{}\n\n週2日の勤務を希望しております。何卒よろしくお願いいたします。",
        wording.replace('⏎', "\n")
    )
}

/// What a post offers, in a house's mail.
pub fn post(wording: &str) -> String {
    format!(
        "川原中央病院の中川と申します。内科医師を募集しております。\n{}",
        wording.replace('⏎', "\n")
    )
}
