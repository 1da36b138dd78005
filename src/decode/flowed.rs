//! `format=flowed` (RFC 3676): lines that end in a blank go on in the next.

/// Joins the flowed lines of a text.
pub(crate) fn join(text: &str, delsp: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open: Option<usize> = None;
    for line in text.split('\n') {
        let quoted = line.len() - line.trim_start_matches('>').len();
        let content = line.trim_start_matches('>');
        let content = content.strip_prefix(' ').unwrap_or(content);
        if open != Some(quoted) {
            if open.is_some() {
                out.push('\n');
            }
            if quoted > 0 {
                out.push_str(&">".repeat(quoted));
                out.push(' ');
            }
        }
        // The ruler of a signature ends in a blank and flows nowhere.
        let flows = content.ends_with(' ') && content != "-- ";
        if flows {
            out.push_str(if delsp {
                content.strip_suffix(' ').unwrap_or(content)
            } else {
                content
            });
            open = Some(quoted);
        } else {
            out.push_str(content);
            out.push('\n');
            open = None;
        }
    }
    if !text.ends_with('\n') && out.ends_with('\n') {
        out.pop();
    }
    out
}
