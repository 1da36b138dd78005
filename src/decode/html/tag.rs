//! HTML cut into tags and text, as leniently as browsers cut it.

/// A start tag.
#[derive(Debug, Clone, Default)]
pub(super) struct Tag {
    /// Lower case.
    pub(super) name: String,
    /// Lower-case names and raw values.
    pub(super) attributes: Vec<(String, String)>,
    pub(super) self_closing: bool,
}

impl Tag {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }
}

/// A piece of a document.
pub(super) enum Token<'x> {
    Text(&'x str),
    /// The content of a `style` element.
    Style(&'x str),
    Open(Tag),
    Close(String),
}

/// The pieces of a document in order.
pub(super) struct Tokens<'x> {
    rest: &'x str,
}

impl<'x> Tokens<'x> {
    pub(super) fn new(html: &'x str) -> Self {
        Tokens { rest: html }
    }

    fn skip_to(&mut self, end: &str) -> &'x str {
        match self.rest.split_once(end) {
            Some((inside, rest)) => {
                self.rest = rest;
                inside
            }
            None => std::mem::take(&mut self.rest),
        }
    }

    /// The content of an element that holds no markup, past its end tag.
    fn raw_content(&mut self, name: &str) -> &'x str {
        let whole = self.rest;
        let mut from = 0;
        while let Some(found) = whole.get(from..).and_then(|rest| rest.find("</")) {
            let at = from + found;
            let after = whole.get(at + 2..).unwrap_or_default();
            if after
                .get(..name.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(name))
            {
                self.rest = after;
                self.skip_to(">");
                return whole.get(..at).unwrap_or_default();
            }
            from = at + 2;
        }
        std::mem::take(&mut self.rest)
    }

    fn tag(&mut self) -> Option<Tag> {
        let name: String = self
            .rest
            .chars()
            .take_while(|c| !c.is_whitespace() && !matches!(c, '>' | '/' | '<' | '"' | '='))
            .collect();
        self.rest = self.rest.get(name.len()..).unwrap_or_default();
        let mut tag = Tag {
            name: name.to_ascii_lowercase(),
            ..Tag::default()
        };
        loop {
            self.rest = self.rest.trim_start();
            let Some(c) = self.rest.chars().next() else {
                return Some(tag);
            };
            match c {
                '>' => {
                    self.rest = self.rest.get(1..).unwrap_or_default();
                    return Some(tag);
                }
                '<' => return Some(tag),
                '/' => {
                    self.rest = self.rest.get(1..).unwrap_or_default();
                    tag.self_closing = self.rest.starts_with('>');
                }
                _ => self.attribute(&mut tag),
            }
        }
    }

    fn attribute(&mut self, tag: &mut Tag) {
        let length = self
            .rest
            .char_indices()
            .skip(1)
            .find(|(_, c)| c.is_whitespace() || matches!(c, '=' | '>' | '/'))
            .map_or(self.rest.len(), |(at, _)| at);
        let name = self.rest.get(..length).unwrap_or_default();
        self.rest = self.rest.get(length..).unwrap_or_default();
        let after = self.rest.trim_start();
        let mut value = "";
        if let Some(after) = after.strip_prefix('=') {
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
            if let Some(quote) = quote
                && let Some((inside, rest)) =
                    after.get(1..).and_then(|inside| inside.split_once(quote))
            {
                value = inside;
                self.rest = rest;
            } else {
                let after = after.trim_start_matches(['"', '\'']);
                let end = after
                    .find(|c: char| c.is_whitespace() || c == '>')
                    .unwrap_or(after.len());
                value = after.get(..end).unwrap_or_default();
                self.rest = after.get(end..).unwrap_or_default();
            }
        }
        // What decides about hiding and quoting stands in a handful of attributes.
        if tag.attributes.len() < 16 {
            tag.attributes
                .push((name.to_ascii_lowercase(), value.to_owned()));
        }
    }
}

impl<'x> Iterator for Tokens<'x> {
    type Item = Token<'x>;

    fn next(&mut self) -> Option<Token<'x>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let Some(after) = self.rest.strip_prefix('<') else {
                let end = self.rest.find('<').unwrap_or(self.rest.len());
                let text = self.rest.get(..end).unwrap_or_default();
                self.rest = self.rest.get(end..).unwrap_or_default();
                return Some(Token::Text(text));
            };
            if after.starts_with("!--") {
                self.rest = after.get(3..).unwrap_or_default();
                self.skip_to("-->");
            } else if after.starts_with(['!', '?']) {
                self.rest = after;
                self.skip_to(">");
            } else if let Some(closing) = after.strip_prefix('/') {
                self.rest = closing;
                let name = self.skip_to(">");
                let name: String = name
                    .chars()
                    .take_while(|c| !c.is_whitespace() && *c != '/')
                    .collect();
                return Some(Token::Close(name.to_ascii_lowercase()));
            } else if after.starts_with(|c: char| c.is_ascii_alphabetic()) {
                self.rest = after;
                let tag = self.tag()?;
                match tag.name.as_str() {
                    "script" | "title" | "template" | "textarea" | "xmp" | "noembed"
                        if !tag.self_closing =>
                    {
                        self.raw_content(&tag.name);
                    }
                    "style" if !tag.self_closing => {
                        return Some(Token::Style(self.raw_content("style")));
                    }
                    _ => return Some(Token::Open(tag)),
                }
            } else {
                // `a < b`: a sign, not a tag.
                let end = after.find('<').map_or(self.rest.len(), |at| at + 1);
                let text = self.rest.get(..end).unwrap_or_default();
                self.rest = self.rest.get(end..).unwrap_or_default();
                return Some(Token::Text(text));
            }
        }
    }
}
