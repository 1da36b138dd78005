//! The mails that the tables of wordings in `tests/data/readings` stand for.

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
