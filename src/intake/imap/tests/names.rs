use crate::intake::imap::names::{decode, encode, quoted, uid_set};
use proptest::prelude::*;

#[test]
fn folder_names_go_over_the_wire_as_rfc_3501_says() {
    for (name, wire) in [
        ("INBOX", "INBOX"),
        ("送信済みアイテム", "&kAFP4W4IMH8wojCkMMYw4A-"),
        ("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"),
        ("A & B", "A &- B"),
        ("😀", "&2D3eAA-"),
    ] {
        assert_eq!(encode(name), wire);
        assert_eq!(decode(wire), name);
    }
    for broken in ["&", "a&b", "&*-", "&AA-"] {
        assert_eq!(decode(broken), broken);
    }
}

#[test]
fn nothing_gets_out_of_quotes() {
    assert_eq!(quoted("a\"b\\c"), r#""a\"b\\c""#);
    assert_eq!(quoted("a\r\nA1 DELETE INBOX"), "\"aA1 DELETE INBOX\"");
}

#[test]
fn uids_become_ranges() {
    for (uids, set) in [
        (vec![], ""),
        (vec![7], "7"),
        (vec![1, 2, 3, 5, 9, 10], "1:3,5,9:10"),
        (vec![u32::MAX - 1, u32::MAX], "4294967294:4294967295"),
    ] {
        assert_eq!(uid_set(&uids), set);
    }
}

proptest! {
    #[test]
    fn every_name_comes_back(name in "\\PC{0,20}") {
        let wire = encode(&name);
        prop_assert!(wire.is_ascii());
        prop_assert_eq!(decode(&wire), name);
    }

    #[test]
    fn decoding_never_fails(wire in "[&a-z+,/A-Z0-9-]{0,20}") {
        decode(&wire);
    }
}
