//! Words of strangers made harmless before they stand in a header or in a text of ours.

/// Characters that steer the direction of text or stand invisibly in it: in a name or a subject they only deceive.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// One line without control characters, invisible marks and runs of blanks, of at most `most` characters; a cut is shown by 「…」.
pub fn line(text: &str, most: usize) -> String {
    let mut out = String::new();
    let mut blank: Option<char> = None;
    for c in text.chars() {
        if is_invisible(c) {
            continue;
        }
        if c.is_control() || c.is_whitespace() {
            // An ideographic space between a family name and a given name is kept as it was written.
            blank.get_or_insert(if c == '\u{3000}' { c } else { ' ' });
            continue;
        }
        if let Some(space) = blank.take()
            && !out.is_empty()
        {
            out.push(space);
        }
        out.push(c);
    }
    cut(out, most)
}

fn cut(text: String, most: usize) -> String {
    if text.chars().count() <= most {
        return text;
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// A body: lines end in `\n`, other control characters are gone, blanks at line ends too, and it ends in one line end.
pub fn body(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut out = String::with_capacity(text.len());
    for line in text.split('\n') {
        let line: String = line
            .chars()
            .filter(|c| *c == '\t' || !c.is_control())
            .collect();
        out.push_str(line.trim_end());
        out.push('\n');
    }
    let end = out.trim_end_matches('\n').len();
    out.truncate(end);
    out.push('\n');
    out
}

/// Whether a stranger's words carry an address or a link, and so could make an automatic mail carry an advertisement.
pub fn advertises(text: &str) -> bool {
    let lower = text.to_lowercase();
    [
        "http:", "https:", "://", "www.", "@", ".com", ".jp/", ".net", ".org",
    ]
    .iter()
    .any(|mark| lower.contains(mark))
}

/// A person's name as far as it may stand in a salutation: one short line of letters; nothing where it is not that.
pub fn person_name(name: &str) -> Option<String> {
    let name = line(name, usize::MAX);
    let name = name
        .trim_end_matches(['.', ',', '、', '。', ' '])
        .to_owned();
    let most = if name.is_ascii() { 48 } else { 20 };
    let fits = !name.is_empty()
        && name.chars().count() <= most
        && name.chars().any(char::is_alphabetic)
        && name.chars().all(is_of_a_name)
        && !has_lone_particle(&name)
        && !advertises(&name);
    fits.then_some(name)
}

fn is_of_a_name(c: char) -> bool {
    c.is_alphabetic()
        || matches!(
            c,
            ' ' | '\u{3000}' | '-' | '.' | '\'' | '’' | '・' | '々' | '〆' | 'ー'
        )
}

/// Whether a single particle stands between two kanji, as in 「土曜も可能」: that is a sentence and no name.
fn has_lone_particle(name: &str) -> bool {
    let kanji = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
    let chars: Vec<char> = name.chars().collect();
    chars.windows(3).any(|three| {
        matches!(three, [before, particle, after]
            if kanji(*before) && "もはがをにでとへ".contains(*particle) && kanji(*after))
    })
}

/// An institution's name as far as it may stand in a text: one line, no link; nothing where it is not that.
pub fn institution_name(name: &str) -> Option<String> {
    let name = line(name, usize::MAX);
    let fits = !name.is_empty()
        && name.chars().count() <= 50
        && name.chars().any(char::is_alphabetic)
        && !advertises(&name);
    fits.then_some(name)
}
