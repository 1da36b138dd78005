//! Subjects and names: kept readable, made harmless.

use crate::domain::wish::Language;
use crate::draft::clean;
use crate::draft::{Addressee, acknowledgement_subject, reply_subject};
use proptest::prelude::*;

const CASE: &str = "MD-2611-0042";

#[test]
fn an_answer_keeps_the_subject_without_its_prefixes() {
    for (original, expected) in [
        (
            "通勤30分の勤務先について",
            "Re: 通勤30分の勤務先について（MD-2611-0042）",
        ),
        (
            "Re: RE: 返信: Fwd: 登録のお願い",
            "Re: 登録のお願い（MD-2611-0042）",
        ),
        ("Ｒｅ：登録のお願い", "Re: 登録のお願い（MD-2611-0042）"),
        ("Re[2]: 登録", "Re: 登録（MD-2611-0042）"),
        ("Re: 登録（MD-2611-0042）", "Re: 登録（MD-2611-0042）"),
        (
            "Re: 【自動返信・受付 MD-2611-0042】登録",
            "Re: 登録（MD-2611-0042）",
        ),
        (
            "Re: [Automatic reply, received MD-2611-0042] Part-time work",
            "Re: Part-time work (MD-2611-0042)",
        ),
        (
            "質問：当直について",
            "Re: 質問：当直について（MD-2611-0042）",
        ),
        ("", "Re: MD-2611-0042"),
        ("Re: ", "Re: MD-2611-0042"),
        (
            "登録\r\nBcc: victim@example.com",
            "Re: 登録 Bcc: victim@example.com（MD-2611-0042）",
        ),
        ("a\u{202E}cod.exe", "Re: acod.exe (MD-2611-0042)"),
    ] {
        assert_eq!(reply_subject(original, CASE), expected, "{original:?}");
    }
}

#[test]
fn a_long_subject_is_cut_between_characters() {
    let subject = reply_subject(&"医".repeat(500), CASE);
    assert_eq!(subject, format!("Re: {}…（MD-2611-0042）", "医".repeat(59)));
}

#[test]
fn the_acknowledgement_says_first_that_it_is_automatic() {
    for (original, language, expected) in [
        (
            "Re: 登録",
            Language::Ja,
            "【自動返信・受付 MD-2611-0042】登録",
        ),
        (
            "",
            Language::Ja,
            "【自動返信・受付 MD-2611-0042】ご連絡ありがとうございます",
        ),
        (
            "Part-time work",
            Language::En,
            "[Automatic reply, received MD-2611-0042] Part-time work",
        ),
        (
            "Arbeit",
            Language::Other,
            "[Automatic reply, received MD-2611-0042] Arbeit",
        ),
        (
            "今すぐ https://spam.example.com へ",
            Language::Ja,
            "【自動返信・受付 MD-2611-0042】ご連絡ありがとうございます",
        ),
    ] {
        assert_eq!(acknowledgement_subject(original, CASE, language), expected);
    }
}

#[test]
fn salutations() {
    let doctor = |name: &str| Addressee::Doctor(Some(name.into()));
    let institution = |name: &str| Addressee::Institution(Some(name.into()));
    for (addressee, ja, en) in [
        (doctor("山田 太郎"), "山田 太郎 先生", "Dear Dr. 山田 太郎,"),
        (
            doctor("山田太郎先生"),
            "山田太郎 先生",
            "Dear Dr. 山田太郎,",
        ),
        (
            doctor("Dr. John O'Neil"),
            "John O'Neil 先生",
            "Dear Dr. John O'Neil,",
        ),
        (
            doctor("当選！https://example.com"),
            "ご連絡くださいました先生へ",
            "Dear Doctor,",
        ),
        (
            doctor("md@example.jp"),
            "ご連絡くださいました先生へ",
            "Dear Doctor,",
        ),
        (
            doctor("山田\r\n太郎"),
            "山田 太郎 先生",
            "Dear Dr. 山田 太郎,",
        ),
        (doctor(" "), "ご連絡くださいました先生へ", "Dear Doctor,"),
        (
            doctor("土曜も可能"),
            "ご連絡くださいました先生へ",
            "Dear Doctor,",
        ),
        (
            doctor("久保田まり子"),
            "久保田まり子 先生",
            "Dear Dr. 久保田まり子,",
        ),
        (
            doctor("Margaret O'Brien."),
            "Margaret O'Brien 先生",
            "Dear Dr. Margaret O'Brien,",
        ),
        (
            doctor("John Smith, MD"),
            "John Smith 先生",
            "Dear Dr. John Smith,",
        ),
        (
            Addressee::Doctor(None),
            "ご連絡くださいました先生へ",
            "Dear Doctor,",
        ),
        (
            institution("松本さくら病院"),
            "松本さくら病院\nご担当者様",
            "To the recruitment staff of 松本さくら病院,",
        ),
        (
            institution("www.example.com"),
            "ご担当者様",
            "Dear Sir or Madam,",
        ),
        (
            Addressee::Institution(None),
            "ご担当者様",
            "Dear Sir or Madam,",
        ),
        (
            Addressee::Person(Some("佐藤花子".into())),
            "佐藤花子 様",
            "Dear 佐藤花子,",
        ),
        (
            Addressee::Person(None),
            "ご連絡くださいました方へ",
            "Dear Sir or Madam,",
        ),
    ] {
        assert_eq!(addressee.salutation(Language::Ja), ja);
        assert_eq!(addressee.salutation(Language::En), en);
    }
}

#[test]
fn bodies_have_plain_line_ends_and_no_control_characters() {
    assert_eq!(
        clean::body("a \r\nb\u{0}\rc\u{1b}[31m\n\n\n"),
        "a\nb\nc[31m\n"
    );
    assert_eq!(clean::body(""), "\n");
}

fn deceives(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}')
}

proptest! {
    #[test]
    fn a_line_is_one_harmless_line(text in any::<String>(), most in 1usize..80) {
        let line = clean::line(&text, most);
        prop_assert!(line.chars().count() <= most);
        prop_assert!(!line.chars().any(deceives), "{:?}", line);
        prop_assert!(!line.contains("  "));
        prop_assert_eq!(line.trim(), &line);
    }

    #[test]
    fn a_subject_is_stable_once_made(text in "\\PC{0,200}") {
        let once = reply_subject(&text, CASE);
        prop_assert!(once.chars().count() <= 60 + 4 + 15, "{}", once);
        prop_assert_eq!(reply_subject(&once, CASE), once);
    }
}
