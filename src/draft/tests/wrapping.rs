//! Lines of a Japanese mail.

use crate::draft::wrap::wrap;
use proptest::prelude::*;

#[test]
fn lines_break_where_a_reader_would_break_them() {
    for (text, wrapped) in [
        ("短い行です。", "短い行です。"),
        (
            "お預かりしている求人30件を確認いたしましたが、ご希望のすべてに合うものは、残念ながら見当たりませんでした。",
            "お預かりしている求人30件を確認いたしましたが、ご希望のすべてに合うものは、\n残念ながら見当たりませんでした。",
        ),
        (
            "　・業務と就業場所の「変更の範囲」（雇入れ後に変わる可能性のある業務・場所。ない場合は「変更なし」）",
            "　・業務と就業場所の「変更の範囲」（雇入れ後に変わる可能性のある業務・場所。\n　　ない場合は「変更なし」）",
        ),
        (
            "If one of them interests you, please reply with its number, for example with one.",
            "If one of them interests you, please reply with its number, for example with\none.",
        ),
        (
            "https://www.example.jp/a/very/long/path/that/no/program/may/ever/break/into/two/halves?x=1",
            "https://www.example.jp/a/very/long/path/that/no/program/may/ever/break/into/two/halves?x=1",
        ),
    ] {
        assert_eq!(wrap(text), wrapped);
    }
}

proptest! {
    #[test]
    fn wrapping_loses_no_character(text in "[あ-んア-ン一-九a-z0-9、。（）「」・ー ]{0,200}") {
        let keep = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        prop_assert_eq!(keep(&wrap(&text)), keep(&text));
    }

    #[test]
    fn japanese_lines_fit_and_begin_well(text in "[あ-ん一-九、。（）「」]{0,200}") {
        for line in wrap(&text).lines().skip(1) {
            prop_assert!(!line.starts_with(['、', '。', '）', '」']), "{}", line);
        }
    }
}
