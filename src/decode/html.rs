//! HTML to text: what a person would have seen, in lines.
//!
//! Lists, table rows and quotations keep their shape (`> ` before a quoted line, a tab between cells); text that no person
//! would have seen is dropped. One pass over the source, so that no nesting costs more than its length.

mod entity;
mod hidden;
mod tag;
mod writer;

use hidden::{HiddenClasses, Hiding};
use tag::{Tag, Token, Tokens};
use writer::Writer;

/// Text out of HTML.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct HtmlText {
    /// The lines a person sees.
    pub(crate) text: String,
    /// Something was there that a person would not have seen.
    pub(crate) hidden: bool,
}

/// Converts a document. Where everything would be hidden, everything is shown: a broken style is likelier than an empty mail.
pub(crate) fn to_text(html: &str) -> HtmlText {
    let shown = convert(html, true);
    if shown.hidden && shown.text.trim().is_empty() {
        let all = convert(html, false);
        return HtmlText {
            hidden: true,
            ..all
        };
    }
    shown
}

fn convert(html: &str, hide: bool) -> HtmlText {
    let mut writer = Writer::default();
    let mut classes = HiddenClasses::default();
    let mut hiding = Hiding::default();
    let mut quotes: Vec<(String, usize)> = Vec::new();
    let mut hidden_text = false;
    for token in Tokens::new(html) {
        match token {
            Token::Text(text) => {
                if hiding.is_on() {
                    hidden_text |= !text.trim().is_empty();
                } else {
                    writer.text(text);
                }
            }
            Token::Style(css) => classes.read(css),
            Token::Open(tag) => {
                if hiding.open(&tag, hide && hidden::is_hidden(&tag, &classes)) {
                    continue;
                }
                if is_quote(&tag) {
                    quotes.push((tag.name.clone(), 0));
                    writer.quote(1);
                } else if let Some((name, depth)) = quotes.last_mut()
                    && *name == tag.name
                {
                    *depth += 1;
                }
                open(&mut writer, &tag);
            }
            Token::Close(name) => {
                if hiding.close(&name) {
                    continue;
                }
                close(&mut writer, &name);
                let ended = match quotes.last_mut() {
                    Some((quote, 0)) => *quote == name,
                    Some((quote, depth)) => {
                        *depth -= usize::from(*quote == name);
                        false
                    }
                    None => false,
                };
                if ended {
                    quotes.pop();
                    writer.quote(-1);
                }
            }
        }
    }
    HtmlText {
        text: writer.finish(),
        hidden: hidden_text,
    }
}

/// Containers in which clients put the mail that is answered, besides `blockquote`.
const QUOTE_CLASSES: [&str; 7] = [
    "yahoo_quoted",
    "protonmail_quote",
    "tutanota_quote",
    "zmail_extra",
    "front-blockquote",
    "freebirdformviewer",
    "crisp_quote",
];

fn is_quote(tag: &Tag) -> bool {
    if tag.self_closing {
        return false;
    }
    if tag.name == "blockquote" {
        return true;
    }
    tag.name == "div"
        && tag
            .attribute("class")
            .is_some_and(|class| class.split_whitespace().any(|c| QUOTE_CLASSES.contains(&c)))
}

fn open(writer: &mut Writer, tag: &Tag) {
    match tag.name.as_str() {
        "br" => writer.line_break(),
        "p" => {
            let tight = tag
                .attribute("class")
                .is_some_and(|class| class.starts_with("Mso"))
                || tag.attribute("style").is_some_and(|style| {
                    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
                    style.contains("margin:0") || style.contains("margin-top:0")
                });
            writer.paragraph(if tight { 1 } else { 2 });
        }
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => writer.paragraph(2),
        "ul" | "ol" | "dl" => writer.list(tag.name == "ol"),
        "li" => writer.item(),
        "table" => writer.table(),
        "tr" => writer.row(),
        "td" | "th" => writer.cell(),
        "hr" => writer.ruler(),
        "pre" => writer.preformatted(true),
        name if is_block(name) => writer.paragraph(1),
        _ => {}
    }
}

fn close(writer: &mut Writer, name: &str) {
    match name {
        "p" => writer.end_paragraph(),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => writer.paragraph(2),
        "ul" | "ol" | "dl" => writer.end_list(),
        "pre" => writer.preformatted(false),
        "td" | "th" => {}
        "br" => writer.line_break(),
        name if name == "li" || name == "tr" || is_block(name) => writer.paragraph(1),
        _ => {}
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "div"
            | "table"
            | "tbody"
            | "thead"
            | "tfoot"
            | "blockquote"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "aside"
            | "main"
            | "nav"
            | "address"
            | "center"
            | "form"
            | "fieldset"
            | "dt"
            | "dd"
            | "body"
            | "html"
            | "caption"
            | "figure"
            | "details"
            | "summary"
            | "title"
    )
}
