//! A long draft in the input fields of a form, and back without loss.

/// What stands between two paragraphs, and between two pieces when they are joined.
const PARAGRAPH: &str = "\n\n";

/// A text as at most `parts` pieces of at most `most` characters each, cut between paragraphs; nothing where it does not fit.
///
/// Characters are counted in UTF-16 units, as chat programs do. A cut is made only where neither side begins or ends with a blank,
/// because forms trim what is typed into them.
pub fn split_for_inputs(text: &str, most: usize, parts: usize) -> Option<Vec<String>> {
    let mut pieces: Vec<String> = Vec::new();
    for paragraph in unbreakable(text) {
        if length(&paragraph) > most {
            return None;
        }
        match pieces.last_mut() {
            Some(piece) if length(piece) + PARAGRAPH.len() + length(&paragraph) <= most => {
                piece.push_str(PARAGRAPH);
                piece.push_str(&paragraph);
            }
            _ => pieces.push(paragraph),
        }
    }
    (pieces.len() <= parts).then_some(pieces)
}

/// The text that `split_for_inputs` cut; pieces that a person emptied leave nothing behind.
pub fn join(pieces: &[String]) -> String {
    if let [only] = pieces {
        return only.clone();
    }
    let filled: Vec<&str> = pieces
        .iter()
        .map(String::as_str)
        .filter(|piece| !piece.trim().is_empty())
        .collect();
    filled.join(PARAGRAPH)
}

/// The paragraphs of a text, those kept together between which a trimming form would lose something.
fn unbreakable(text: &str) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for paragraph in text.split(PARAGRAPH) {
        match kept.last_mut() {
            Some(last) if !(is_clean_end(last) && is_clean_start(paragraph)) => {
                last.push_str(PARAGRAPH);
                last.push_str(paragraph);
            }
            _ => kept.push(paragraph.to_owned()),
        }
    }
    kept
}

fn is_clean_end(text: &str) -> bool {
    text.chars().next_back().is_some_and(|c| !c.is_whitespace())
}

fn is_clean_start(text: &str) -> bool {
    text.chars().next().is_some_and(|c| !c.is_whitespace())
}

fn length(text: &str) -> usize {
    text.encode_utf16().count()
}
