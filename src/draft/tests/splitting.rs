//! Long drafts in the fields of a form.

use crate::draft::{join, split_for_inputs};
use proptest::prelude::*;

#[test]
fn a_long_draft_is_cut_between_paragraphs() {
    let text = "一つ目の段落\n二行目\n\n二つ目の段落\n\n三つ目";
    let pieces = split_for_inputs(text, 15, 5).unwrap();
    assert_eq!(pieces, ["一つ目の段落\n二行目", "二つ目の段落\n\n三つ目"]);
    assert_eq!(join(&pieces), text);
}

#[test]
fn what_does_not_fit_is_refused() {
    assert_eq!(split_for_inputs("長い段落です", 3, 5), None);
    assert_eq!(split_for_inputs("あ\n\nい\n\nう", 1, 2), None);
    assert_eq!(split_for_inputs("", 10, 5), Some(vec![String::new()]));
}

#[test]
fn no_cut_is_made_beside_blanks_that_a_form_would_trim() {
    let text = "一\n\n\n二\n\n　字下げ\n\n三";
    let pieces = split_for_inputs(text, 12, 5).unwrap();
    assert_eq!(pieces, ["一\n\n\n二\n\n　字下げ", "三"]);
}

#[test]
fn characters_are_counted_as_chat_programs_do() {
    assert_eq!(split_for_inputs("😀😀", 3, 1), None);
    assert!(split_for_inputs("😀😀", 4, 1).is_some());
}

#[test]
fn an_emptied_field_leaves_no_gap() {
    let pieces = ["一".to_owned(), " ".to_owned(), "三".to_owned()];
    assert_eq!(join(&pieces), "一\n\n三");
}

proptest! {
    #[test]
    fn nothing_is_lost(text in "([あいa　 ]{0,6}\n{0,3}){0,12}", most in 1usize..40, parts in 1usize..6) {
        if let Some(pieces) = split_for_inputs(&text, most, parts) {
            prop_assert!(pieces.len() <= parts);
            prop_assert!(pieces.iter().all(|p| p.encode_utf16().count() <= most));
            prop_assert_eq!(join(&pieces), text.clone());
            // A form trims each field: only the ends of the whole text may change by it.
            let trimmed: Vec<String> = pieces.iter().map(|p| p.trim().to_owned()).collect();
            let joined = join(&trimmed);
            prop_assert_eq!(joined.trim(), text.trim());
        }
    }
}
