//! Signed Message-IDs: known when they come back, refused when guessed.

use crate::draft::{OutKind, sign, verify};
use proptest::prelude::*;

const KEY: [u8; 32] = [7; 32];
const KINDS: [OutKind; 3] = [OutKind::Acknowledgement, OutKind::Answer, OutKind::Notice];

#[test]
fn the_form_is_fixed() {
    let id = sign(&KEY, OutKind::Acknowledgement, "k42", "Example.JP");
    let (front, rest) = id.split_at("mg1.a.k42.".len());
    assert_eq!(front, "mg1.a.k42.");
    let (mac, domain) = rest.split_once('@').unwrap();
    assert_eq!((mac.len(), domain), (20, "example.jp"));
}

/// The tag was computed with another program's HMAC-SHA256.
#[test]
fn the_tag_is_hmac_sha256_over_the_parts() {
    let id = sign(&[0x0b; 32], OutKind::Answer, "case-1", "example.jp");
    assert_eq!(id, "mg1.r.case-1.f45556ca995468e46288@example.jp");
}

#[test]
fn what_mail_programs_do_to_an_identifier_is_tolerated() {
    let id = sign(&KEY, OutKind::Answer, "Case_42/β", "example.jp");
    for seen in [
        id.clone(),
        format!("<{id}>"),
        format!("  <{id}> \r\n"),
        id.to_uppercase(),
    ] {
        let signed = verify(&KEY, &seen).unwrap();
        assert_eq!(signed.kind, OutKind::Answer, "{seen}");
        assert_eq!(signed.reference, "Case_42/β", "{seen}");
    }
}

#[test]
fn a_changed_identifier_is_refused() {
    let id = sign(&KEY, OutKind::Acknowledgement, "k42", "example.jp");
    let other_key = sign(&[8; 32], OutKind::Acknowledgement, "k42", "example.jp");
    let (front, _) = id.rsplit_once('.').unwrap();
    let (without_tag, _) = front.rsplit_once('.').unwrap();
    for forged in [
        other_key,
        id.replace("k42", "k43"),
        id.replace("mg1.a.", "mg1.r."),
        id.replace("mg1.", "mg2."),
        id.replace("example.jp", "example.com"),
        format!("{without_tag}@example.jp"),
        format!("{without_tag}.@example.jp"),
        format!("{without_tag}.0000@example.jp"),
        format!("{without_tag}.zzzzzzzzzzzzzzzzzzzz@example.jp"),
        String::new(),
        "<>".into(),
        "@".into(),
        "mg1.a".into(),
        "x".repeat(10_000),
    ] {
        assert_eq!(verify(&KEY, &forged), None, "{forged}");
    }
}

proptest! {
    #[test]
    fn what_was_signed_verifies(reference in ".{0,40}", kind in 0usize..3, domain in "[a-z]{1,9}\\.example\\.jp") {
        let id = sign(&KEY, KINDS[kind], &reference, &domain);
        prop_assert!(id.is_ascii() && !id.contains(char::is_whitespace));
        if id.len() <= 512 {
            let signed = verify(&KEY, &id).unwrap();
            prop_assert_eq!(signed.kind, KINDS[kind]);
            prop_assert_eq!(signed.reference, reference);
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,80}") {
        prop_assert_eq!(verify(&KEY, &text), None);
    }
}
