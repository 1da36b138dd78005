//! The tree of parts: which of them is the text, which are files, and what cannot be read.

use super::attachment::{self, File};
use super::header::Headers;
use super::params::Parameterised;
use super::transfer::{self, Transfer};
use super::{Limits, binhex, charset, flowed, html, signed, structure, tnef, uu};
use crate::domain::message::Attachment;
use std::borrow::Cow;

/// What the tree holds.
#[derive(Debug, Default)]
pub(crate) struct Body {
    /// The text, with `\n` line ends.
    pub(crate) text: String,
    pub(crate) attachments: Vec<Attachment>,
    /// The bytes of each attachment; only where they are asked for.
    pub(crate) files: Vec<Vec<u8>>,
    /// `METHOD` of a calendar part.
    pub(crate) calendar: Option<String>,
    /// The machine-readable part of a delivery report.
    pub(crate) delivery_status: Option<String>,
    /// A disposition notification is there.
    pub(crate) disposition_notification: Option<String>,
    /// The mail that came back in a delivery report, or its headers.
    pub(crate) returned: Option<String>,
    /// `report-type` of the topmost `multipart/report`.
    pub(crate) report_type: Option<String>,
    pub(crate) problems: Vec<String>,
}

/// The parts of one mail while they are visited.
pub(crate) struct Walk<'l> {
    limits: &'l Limits,
    body: Body,
    parts: usize,
    cut: bool,
    room: usize,
    /// A text was found: a named text part after it is a file, even where it is to be shown in place.
    text_seen: bool,
    /// The bytes of files are wanted.
    keeps_files: bool,
}

/// One part with its headers read.
struct Part<'x> {
    kind: Parameterised,
    disposition: Parameterised,
    headers: &'x Headers<'x>,
    bytes: Cow<'x, [u8]>,
}

/// For `problems`.
const ENCRYPTED: &str = "encrypted: the text cannot be read here";

/// Text parts are joined by a blank line.
const BETWEEN: &str = "\n\n";

impl<'l> Walk<'l> {
    pub(crate) fn new(limits: &'l Limits) -> Self {
        Walk {
            limits,
            body: Body::default(),
            parts: 0,
            cut: false,
            room: limits.max_text_chars,
            text_seen: false,
            keeps_files: false,
        }
    }

    /// Also gives the bytes of files.
    pub(crate) fn keeping_files(mut self) -> Self {
        self.keeps_files = true;
        self
    }

    /// Visits every part below `headers`.
    pub(crate) fn run(mut self, headers: &Headers<'_>, body: &[u8]) -> Body {
        let text = self.visit(headers, body, 0, true).unwrap_or_default();
        self.body.text = text;
        if self.cut {
            self.note("too many parts or too deeply nested: the rest was not read");
        }
        self.body
    }

    fn note(&mut self, problem: &str) {
        if !self.body.problems.iter().any(|known| known == problem) {
            self.body.problems.push(problem.to_owned());
        }
    }

    /// The text of an entity and of what it holds; files are gathered on the way.
    fn visit(
        &mut self,
        headers: &Headers<'_>,
        encoded: &[u8],
        depth: usize,
        is_root: bool,
    ) -> Option<String> {
        self.parts += 1;
        if self.parts > self.limits.max_parts || depth > self.limits.max_depth {
            self.cut = true;
            return None;
        }
        let mut problem = None;
        let mut parameterised = |name: &str| {
            headers
                .raw(name)
                .map(|raw| Parameterised::parse(raw, &mut problem))
                .unwrap_or_default()
        };
        let kind = parameterised("Content-Type");
        let disposition = parameterised("Content-Disposition");
        if let Some(problem) = problem {
            self.note(&format!("name of an attachment: {problem}"));
        }
        if kind.value.starts_with("multipart/")
            && let Some(text) = self.multipart(&kind, encoded, depth)
        {
            return text;
        }
        let bytes = self.transferred(encoded, headers);
        if matches!(kind.value.as_str(), "message/rfc822" | "message/global") && !is_root {
            self.enclosed(&bytes, &kind, &disposition, depth);
            return None;
        }
        let part = Part {
            kind,
            disposition,
            headers,
            bytes,
        };
        self.leaf(part, is_root, depth)
    }

    fn transferred<'x>(&mut self, encoded: &'x [u8], headers: &Headers<'_>) -> Cow<'x, [u8]> {
        let transfer = headers
            .value("Content-Transfer-Encoding")
            .map_or(Transfer::Identity, |value| Transfer::of(&value));
        match transfer {
            Transfer::Identity => Cow::Borrowed(encoded),
            Transfer::Base64 => {
                let (bytes, stray) = transfer::base64(encoded);
                if stray {
                    self.note("stray characters in a Base64 part");
                }
                Cow::Owned(bytes)
            }
            Transfer::QuotedPrintable => Cow::Owned(transfer::quoted_printable(encoded)),
            Transfer::Uuencode => Cow::Owned(uu::only_file(encoded)),
        }
    }

    /// The text of a multipart entity; nothing where it turns out to hold no parts.
    fn multipart(
        &mut self,
        kind: &Parameterised,
        body: &[u8],
        depth: usize,
    ) -> Option<Option<String>> {
        match kind.value.as_str() {
            "multipart/report" if self.body.report_type.is_none() => {
                self.body.report_type =
                    Some(kind.get("report-type").unwrap_or_default().to_lowercase());
            }
            "multipart/encrypted" => self.note(ENCRYPTED),
            _ => {}
        }
        let most = self.limits.max_parts + 1;
        let mut children = kind
            .get("boundary")
            .map(|boundary| structure::parts(body, boundary, most))
            .unwrap_or_default();
        if children.is_empty() {
            let boundary = structure::guess_boundary(body)?;
            self.note("the boundary of the parts is not the one declared");
            children = structure::parts(body, boundary, most);
        }
        let alternative = kind.value == "multipart/alternative";
        let related = kind.value == "multipart/related";
        let digest = kind.value == "multipart/digest";
        let mut texts: Vec<(bool, String)> = Vec::new();
        for (at, child) in children.into_iter().enumerate() {
            let (headers, content) = structure::split(child);
            if digest && !headers.has("Content-Type") {
                self.enclosed(
                    content,
                    &Parameterised::default(),
                    &Parameterised::default(),
                    depth,
                );
                continue;
            }
            let is_html = alternative && is_html(&headers, content);
            let Some(text) = self.visit(&headers, content, depth + 1, false) else {
                continue;
            };
            // The texts beside the root of a related part are shown by it.
            let filled = texts.iter().any(|(_, text)| !text.trim().is_empty());
            if !(related && at > 0 && filled) {
                texts.push((is_html, text));
            }
        }
        if alternative {
            return Some(choose(texts));
        }
        let joined: Vec<String> = texts
            .into_iter()
            .map(|(_, text)| text)
            .filter(|text| !text.trim().is_empty())
            .collect();
        Some((!joined.is_empty()).then(|| joined.join(BETWEEN)))
    }

    /// A mail inside the mail: somebody else's words, so a file and not text.
    fn enclosed(
        &mut self,
        raw: &[u8],
        kind: &Parameterised,
        disposition: &Parameterised,
        depth: usize,
    ) {
        let (headers, content) = structure::split(raw.trim_ascii_start());
        let subject = headers
            .raw("Subject")
            .map(|raw| super::word::decode(raw, &mut None))
            .filter(|subject| !subject.is_empty());
        if self.body.returned.is_none() {
            let length = raw.trim_ascii_start().len() - content.len();
            let block = raw.trim_ascii_start().get(..length).unwrap_or_default();
            self.body.returned = Some(unix_lines(charset::decode(block, None).text));
        }
        let name = disposition
            .get("filename")
            .or_else(|| kind.get("name"))
            .map(str::to_owned)
            .or_else(|| subject.map(|subject| format!("{subject}.eml")))
            .unwrap_or_else(|| "message.eml".to_owned());
        let at = self.body.attachments.len();
        self.body.attachments.push(Attachment {
            name: attachment::safe_name(&name, at, "message/rfc822"),
            content_type: kind_or(kind, "message/rfc822"),
            size: raw.len(),
            text: None,
        });
        self.keep(raw);
        let mut text = self
            .visit(&headers, content, depth + 1, true)
            .unwrap_or_default();
        self.truncate(&mut text);
        if let Some(file) = self.body.attachments.get_mut(at) {
            file.text = Some(text).filter(|text| !text.trim().is_empty());
        }
    }

    fn leaf(&mut self, part: Part<'_>, is_root: bool, depth: usize) -> Option<String> {
        let kind = part.kind.value.as_str();
        let named = part.disposition.get("filename").is_some() || part.kind.get("name").is_some();
        let inline = part.disposition.value == "inline" && !self.text_seen;
        let attached = part.disposition.value == "attachment" || (named && !is_root && !inline);
        if inline && named && !is_root && kind.starts_with("text/") {
            // Shown in place and yet a file: both.
            self.file(&part);
        }
        match kind {
            "message/delivery-status" | "message/global-delivery-status" => {
                let text = self.decoded(&part);
                self.body.delivery_status.get_or_insert(text);
                self.file(&part);
                None
            }
            "message/disposition-notification" => {
                let text = self.decoded(&part);
                self.body.disposition_notification.get_or_insert(text);
                self.file(&part);
                None
            }
            "text/rfc822-headers" | "message/rfc822-headers" => {
                let text = self.decoded(&part);
                self.body.returned.get_or_insert(text);
                self.file(&part);
                None
            }
            "text/calendar" => {
                let text = self.decoded(&part);
                let method = text
                    .lines()
                    .find_map(|line| line.trim().strip_prefix("METHOD:"))
                    .or_else(|| part.kind.get("method"))
                    .unwrap_or("PUBLISH")
                    .to_uppercase();
                self.body.calendar.get_or_insert(method);
                self.file(&part);
                None
            }
            "application/pgp-encrypted" => {
                self.note(ENCRYPTED);
                self.file(&part);
                None
            }
            "application/pkcs7-mime" | "application/x-pkcs7-mime" => self.pkcs7(&part, depth),
            "application/ms-tnef" | "application/vnd.ms-tnef" => self.tnef(&part),
            "text/html" if !attached => {
                self.text_seen = true;
                Some(self.html(&part))
            }
            "" | "text" | "text/plain" | "text/enriched" | "text/richtext" | "text/x-amp-html"
                if !attached =>
            {
                self.text_seen = true;
                self.plain(&part)
            }
            // A multipart entity comes here only where its parts were lost on the way.
            _ if is_root
                && !attached
                && (kind.starts_with("text/") || kind.starts_with("multipart/")) =>
            {
                self.plain(&part)
            }
            _ => {
                self.file(&part);
                None
            }
        }
    }

    /// S/MIME in one block: signed ones hold a mail in the clear.
    fn pkcs7(&mut self, part: &Part<'_>, depth: usize) -> Option<String> {
        self.file(part);
        let Some(inner) = signed::content(&part.bytes) else {
            self.note(ENCRYPTED);
            return None;
        };
        let (headers, content) = structure::split(&inner);
        self.visit(&headers, content, depth + 1, false)
    }

    /// Outlook's envelope: its text counts where it is the only one; its files are files of the mail.
    fn tnef(&mut self, part: &Part<'_>) -> Option<String> {
        let Some(envelope) = tnef::open(&part.bytes) else {
            self.file(part);
            return None;
        };
        for (name, bytes) in envelope.files {
            self.add(File {
                name,
                content_type: String::new(),
                bytes: &bytes,
                charset: None,
            });
        }
        if self.text_seen {
            return None;
        }
        let mut text = envelope
            .text
            .or_else(|| envelope.html.map(|html| html::to_text(&html).text))
            .map(unix_lines)?;
        self.truncate(&mut text);
        Some(text)
    }

    fn decoded(&mut self, part: &Part<'_>) -> String {
        let decoded = charset::decode(&part.bytes, part.kind.get("charset"));
        if let Some(problem) = decoded.problem {
            self.note(&problem);
        }
        let mut text = unix_lines(decoded.text);
        if text.contains('\u{fffd}') {
            self.note("undecodable bytes in the text");
        }
        self.truncate(&mut text);
        text
    }

    fn truncate(&mut self, text: &mut String) {
        if text.len() <= self.room {
            return;
        }
        let kept = text
            .char_indices()
            .nth(self.room)
            .map_or(text.len(), |(at, _)| at);
        if kept < text.len() {
            text.truncate(kept);
            self.note("text too long: the rest was not read");
        }
    }

    fn plain(&mut self, part: &Part<'_>) -> Option<String> {
        let mut text = self.decoded(part);
        if part
            .kind
            .get("format")
            .is_some_and(|format| format.eq_ignore_ascii_case("flowed"))
        {
            let delsp = part
                .kind
                .get("delsp")
                .is_some_and(|value| value.eq_ignore_ascii_case("yes"));
            text = flowed::join(&text, delsp);
        }
        if uu::has_file(&text) {
            let (rest, files) = uu::extract(&text);
            text = rest;
            for (name, bytes) in files {
                self.add(File {
                    name,
                    content_type: String::new(),
                    bytes: &bytes,
                    charset: None,
                });
            }
        }
        text.retain(|c| !matches!(c, '\u{e0000}'..='\u{e007f}' | '\0'));
        Some(text)
    }

    fn html(&mut self, part: &Part<'_>) -> String {
        let source = self.decoded(part);
        let converted = html::to_text(&source);
        if converted.hidden {
            self.note("hidden text in the HTML was left out");
        }
        converted.text
    }

    fn file(&mut self, part: &Part<'_>) {
        let name = part
            .disposition
            .get("filename")
            .or_else(|| part.kind.get("name"))
            .or_else(|| part.kind.get("filename"))
            .or_else(|| part.disposition.get("name"))
            .map(str::to_owned)
            .or_else(|| {
                part.headers
                    .raw("Content-Description")
                    .map(|raw| super::word::decode(raw, &mut None))
                    .filter(|description| description.contains('.'))
            })
            .unwrap_or_default();
        let unpacked = part
            .kind
            .value
            .starts_with("application/mac-binhex")
            .then(|| binhex::data(&part.bytes))
            .flatten();
        self.add(File {
            name,
            content_type: part.kind.value.clone(),
            bytes: unpacked.as_deref().unwrap_or(&part.bytes),
            charset: part.kind.get("charset").map(str::to_owned),
        });
    }

    fn keep(&mut self, bytes: &[u8]) {
        if self.keeps_files {
            self.body.files.push(bytes.to_vec());
        }
    }

    fn add(&mut self, file: File<'_>) {
        let at = self.body.attachments.len();
        let bytes = file.bytes;
        let (attachment, problem) = attachment::describe(file, at, self.room);
        self.keep(bytes);
        self.body.attachments.push(attachment);
        if let Some(problem) = problem {
            self.note(&problem);
        }
    }
}

/// Whether an entity is HTML, or holds HTML as the root of a related part.
fn is_html(headers: &Headers<'_>, content: &[u8]) -> bool {
    let Some(raw) = headers.raw("Content-Type") else {
        return false;
    };
    let kind = Parameterised::parse(raw, &mut None);
    if !kind.value.starts_with("multipart/") {
        return kind.value == "text/html";
    }
    let first = kind
        .get("boundary")
        .and_then(|boundary| structure::parts(content, boundary, 1).into_iter().next());
    first.is_some_and(|first| {
        let (headers, _) = structure::split(first);
        headers
            .raw("Content-Type")
            .is_some_and(|raw| Parameterised::parse(raw, &mut None).value == "text/html")
    })
}

/// Of several readings of one text: the plain one; the HTML one where the plain one is empty; both where the plain one
/// only says that there is HTML.
fn choose(texts: Vec<(bool, String)>) -> Option<String> {
    let weight = |text: &str| {
        text.chars()
            .filter(|c| c.is_ascii_alphanumeric() || !(c.is_ascii() || c.is_whitespace()))
            .count()
    };
    let html = texts
        .iter()
        .rev()
        .find(|(is_html, text)| *is_html && weight(text) > 0)
        .map(|(_, text)| text.clone());
    let plain = texts
        .into_iter()
        .find(|(is_html, text)| !*is_html && weight(text) > 0)
        .map(|(_, text)| text);
    match (plain, html) {
        (Some(plain), Some(html)) if is_notice(&plain) && weight(&html) > weight(&plain) => {
            Some(plain + BETWEEN + &html)
        }
        (Some(plain), _) => Some(plain),
        (None, html) => html,
    }
}

/// 「このメールはHTML形式です」 and the like.
fn is_notice(plain: &str) -> bool {
    let lower = plain.to_lowercase();
    plain.chars().count() < 200
        && lower.contains("html")
        && ["メール", "mail", "view", "表示", "message", "client"]
            .iter()
            .any(|word| lower.contains(word))
}

fn kind_or(kind: &Parameterised, default: &str) -> String {
    if kind.value.is_empty() {
        default.to_owned()
    } else {
        kind.value.clone()
    }
}

/// `\r\n` and lone `\r` to `\n`.
pub(crate) fn unix_lines(text: String) -> String {
    if !text.contains('\r') {
        return text;
    }
    let mut lines = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((line, after)) = rest.split_once('\r') {
        lines.push_str(line);
        // Some relays double the return.
        if !after.starts_with('\n') && !after.starts_with("\r\n") {
            lines.push('\n');
        }
        rest = after;
    }
    lines.push_str(rest);
    lines
}
