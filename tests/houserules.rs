//! The rules of the house, held by reading the source: who may import whom, and where each outside crate is named.

#![allow(clippy::unwrap_used, clippy::string_slice)]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Each room's row. A room imports only lower rows; rooms of one row never import each other.
const ROWS: &[(&str, u8)] = &[
    ("domain", 0),
    ("config", 0),
    ("clock", 0),
    ("faults", 0),
    ("telemetry", 0),
    ("wake", 0),
    ("places", 1),
    ("decode", 2),
    ("understand", 2),
    ("openings", 2),
    ("matching", 2),
    ("draft", 2),
    ("files", 2),
    ("picture", 2),
    ("store", 3),
    ("routing", 3),
    ("trust", 3),
    ("sandbox", 3),
    ("kept", 4),
    ("intake", 5),
    ("review", 5),
    ("send", 5),
    ("pipeline", 5),
    ("app", 6),
    ("cli", 7),
];

/// Where an outside crate may be named.
const CRATES: &[(&str, &[&str])] = &[
    ("mail_parser", &["decode"]),
    ("mail_auth", &["trust"]),
    ("sqlx", &["store"]),
    ("async_imap", &["intake/imap"]),
    ("serenity", &["review", "intake/chat"]),
    ("minijinja", &["draft"]),
    ("pdf_oxide", &["files"]),
    ("quick_xml", &["files"]),
    ("cfb", &["files"]),
    ("rustix", &["sandbox"]),
    ("resvg", &["picture"]),
    ("rust_xlsxwriter", &["openings"]),
    ("clap", &["cli", "main.rs"]),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// The code of a file: comments and string literals do not import.
fn code(text: &str) -> String {
    text.lines()
        .map(|l| l.split("//").next().unwrap_or_default())
        .collect::<Vec<_>>()
        .join("\n")
}

/// The rooms that a file names after `crate::`, also in `use crate::{a::…, b::…}`.
fn imports(text: &str) -> Vec<String> {
    let mut rooms = vec![];
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut word = String::new();
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    _ => {}
                }
                if depth == 0 && (c.is_alphanumeric() || c == '_') {
                    word.push(c);
                } else if depth == 0 && c == ',' {
                    rooms.push(std::mem::take(&mut word));
                } else if c == ':' && depth == 0 && !word.ends_with(' ') {
                    word.push(' ');
                }
            }
            rooms.push(word);
        } else {
            rooms.push(
                rest.chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect(),
            );
        }
    }
    rooms
        .iter()
        .map(|r| r.split(' ').next().unwrap_or_default().to_owned())
        .filter(|r| !r.is_empty())
        .collect()
}

fn violations(files: &[(String, String)]) -> Vec<String> {
    let rows: BTreeMap<&str, u8> = ROWS.iter().copied().collect();
    let mut wrong = vec![];
    for (name, text) in files {
        let room = name.split(['/', '.']).next().unwrap();
        let text = code(text);
        let test = name.contains("/tests");
        if let Some(row) = rows.get(room).filter(|_| !test) {
            for other in imports(&text) {
                if other == room {
                    continue;
                }
                match rows.get(other.as_str()) {
                    Some(r) if r < row => {}
                    Some(0) if *row == 0 => {}
                    Some(_) => wrong.push(format!(
                        "{name} imports {other}, which is not in a lower row"
                    )),
                    None => {}
                }
            }
        } else if !test && !matches!(room, "lib" | "main") {
            wrong.push(format!("{name} belongs to no room"));
        }
        if !test
            && !matches!(room, "files" | "sandbox" | "lib")
            && imports(&text).iter().any(|other| other == "files")
        {
            wrong.push(format!(
                "{name} imports files, which runs in the child process of sandbox alone"
            ));
        }
        if !test && room != "sandbox" && text.contains("attached::read") {
            wrong.push(format!(
                "{name} reads a stranger's table, which only the child process of sandbox does"
            ));
        }
        for (outside, homes) in CRATES {
            let named =
                text.contains(&format!("{outside}::")) || text.contains(&format!("use {outside}"));
            let test = name.contains("/tests");
            if named && !test && !homes.iter().any(|h| name.starts_with(h)) {
                wrong.push(format!(
                    "{name} names {outside}, which belongs to {homes:?}"
                ));
            }
        }
    }
    wrong
}

#[test]
fn rooms_import_only_lower_rows() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = vec![];
    sources(&root, &mut paths);
    assert!(paths.len() > 50, "the source was not found");
    let files: Vec<(String, String)> = paths
        .iter()
        .map(|p| {
            (
                p.strip_prefix(&root)
                    .unwrap()
                    .to_string_lossy()
                    .into_owned(),
                fs::read_to_string(p).unwrap(),
            )
        })
        .collect();
    let wrong = violations(&files);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_violation_is_seen() {
    let file = |name: &str, text: &str| vec![(name.to_owned(), text.to_owned())];
    assert_eq!(
        violations(&file("matching/mod.rs", "use crate::draft::Text;")).len(),
        1
    );
    assert_eq!(
        violations(&file(
            "decode/mod.rs",
            "use crate::{\n  domain::{case, wish},\n  store::Store,\n};"
        ))
        .len(),
        1
    );
    assert_eq!(violations(&file("draft/mod.rs", "use sqlx::Row;")).len(), 1);
    assert_eq!(violations(&file("attic/mod.rs", "")).len(), 1);
    assert_eq!(
        violations(&file("pipeline/mod.rs", "use crate::files::read;")).len(),
        1
    );
    assert!(
        violations(&file(
            "store/mod.rs",
            "use crate::domain::case::CaseState;\n// crate::send::x\nuse sqlx::Row;"
        ))
        .is_empty()
    );
}

#[test]
fn no_file_is_longer_than_600_lines() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = vec![];
    sources(&root, &mut paths);
    let long: Vec<String> = paths
        .iter()
        .map(|p| (p, fs::read_to_string(p).unwrap().lines().count()))
        .filter(|(_, n)| *n > 600)
        .map(|(p, n)| format!("{}: {n}", p.display()))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

/// The words of the patterns in a source: what stands between the signs of regular expressions, without classes.
fn words_of_patterns(source: &str) -> Vec<String> {
    let code = source.split("#[cfg(test)]").next().unwrap_or_default();
    let patterns = code
        .split("r\"")
        .skip(1)
        .filter_map(|p| p.split('"').next());
    let mut words = vec![];
    for pattern in patterns {
        let mut word = String::new();
        let mut in_class = false;
        for c in pattern.chars().chain([' ']) {
            let sign = in_class || c.is_ascii();
            in_class = c != ']' && (in_class || c == '[');
            if !sign {
                word.push(c);
            } else if !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
        }
    }
    words
}

/// The words that no text has in the normal spelling, where numbers before a counter are digits: 「一番」 is 「1番」 there.
fn misspelled(source: &str) -> Vec<String> {
    let words = words_of_patterns(source).into_iter();
    // Behind a stop, so that nothing before it decides how it is read.
    let odd =
        words.filter(|w| madoguchi::understand::normal(&format!("。{w}")) != format!("。{w}"));
    // What stands behind digits is a unit.
    odd.filter(|w| !["千万", "百万"].contains(&w.as_str()))
        .collect()
}

#[test]
fn patterns_are_in_the_normal_spelling() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/understand");
    let mut paths = vec![];
    sources(&root, &mut paths);
    // A curriculum vitae and the ends of a mail are looked at in their own spelling.
    paths.retain(|p| !p.starts_with(root.join("cv")) && !p.ends_with("normalize.rs"));
    let mut wrong = vec![];
    for path in &paths {
        for word in misspelled(&fs::read_to_string(path).unwrap()) {
            wrong.push(format!("{}: {word}", path.display()));
        }
    }
    let kinds = fs::read_to_string(root.join("lexicon/kinds.tsv")).unwrap();
    let rows = kinds.lines().filter(|l| !l.starts_with('#'));
    for row in rows {
        wrong.extend(
            misspelled(&format!("r\"{row}\""))
                .into_iter()
                .map(|w| format!("kinds.tsv: {w}")),
        );
    }
    assert!(paths.len() > 50, "the source was not found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_misspelled_pattern_is_seen() {
    assert_eq!(misspelled("pattern!(A, r\"が(?:一番|理想)\");"), ["一番"]);
    assert!(misspelled("pattern!(A, r\"が(?:1番|理想)[一二三]\");").is_empty());
}
