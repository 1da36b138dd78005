//! Writes SVG.

use std::fmt::Write as _;

/// Where a text begins at its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// The family name of the font that is compiled in.
pub(super) const FAMILY: &str = "Noto Sans CJK JP";

/// A drawing in the making, in pixels from the upper left corner.
pub(super) struct Svg(String);

impl Svg {
    pub fn new(width: f64, height: f64) -> Self {
        Svg(format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
             viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"{FAMILY}\">\n\
             <rect width=\"{width:.0}\" height=\"{height:.0}\" fill=\"#ffffff\"/>\n"
        ))
    }

    /// Anything whose texts are already safe.
    pub fn raw(&mut self, element: std::fmt::Arguments<'_>) {
        let _ = writeln!(self.0, "{element}");
    }

    pub fn text(&mut self, x: f64, y: f64, size: f64, fill: &str, anchor: Anchor, text: &str) {
        self.write(x, y, size, fill, anchor, text, "");
    }

    /// The font has one weight; a thin outline makes it heavier.
    pub fn bold(&mut self, x: f64, y: f64, size: f64, fill: &str, anchor: Anchor, text: &str) {
        let more = format!(" stroke=\"{fill}\" stroke-width=\"{:.2}\"", size * 0.035);
        self.write(x, y, size, fill, anchor, text, &more);
    }

    /// With a light edge, to be read on a map.
    pub fn haloed(&mut self, x: f64, y: f64, size: f64, fill: &str, anchor: Anchor, text: &str) {
        let edge = " stroke=\"#ffffff\" stroke-width=\"3\" stroke-linejoin=\"round\"";
        self.write(x, y, size, "#ffffff", anchor, text, edge);
        self.write(x, y, size, fill, anchor, text, "");
    }

    #[allow(clippy::too_many_arguments)]
    fn write(
        &mut self,
        x: f64,
        y: f64,
        size: f64,
        fill: &str,
        anchor: Anchor,
        text: &str,
        more: &str,
    ) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let text = escape(text);
        self.raw(format_args!(
            "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size}\" fill=\"{fill}\" text-anchor=\"{anchor}\"{more}>{text}</text>"
        ));
    }

    pub fn circle(&mut self, x: f64, y: f64, radius: f64, paint: &str) {
        self.raw(format_args!(
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\" {paint}/>"
        ));
    }

    pub fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, paint: &str) {
        self.raw(format_args!(
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" {paint}/>"
        ));
    }

    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), paint: &str) {
        self.raw(format_args!(
            "<path d=\"M{:.1} {:.1}L{:.1} {:.1}\" fill=\"none\" {paint}/>",
            from.0, from.1, to.0, to.1
        ));
    }

    /// The number of a suggestion on its disc.
    pub fn badge(&mut self, x: f64, y: f64, number: usize) {
        self.circle(
            x,
            y,
            11.0,
            "fill=\"#0b4f8a\" stroke=\"#ffffff\" stroke-width=\"2\"",
        );
        self.bold(
            x,
            y + 4.9,
            13.5,
            "#ffffff",
            Anchor::Middle,
            &number.to_string(),
        );
    }

    pub fn finish(mut self) -> String {
        self.0.push_str("</svg>\n");
        self.0
    }
}

/// Text as XML holds it, without what no XML may hold or what would turn the direction of writing.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => {}
            '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// About how wide a text is, in pixels.
pub(super) fn width(text: &str, size: f64) -> f64 {
    text.chars()
        .map(|c| match c {
            ' ' => 0.25,
            'ｦ'..='ﾟ' => 0.5,
            'M' | 'W' | 'm' | 'w' | '%' | '@' => 0.9,
            c if c.is_ascii_uppercase() => 0.66,
            c if c.is_ascii() => 0.56,
            _ => 1.0,
        })
        .sum::<f64>()
        * size
}

/// A text cut to a width, with 「…」 where something is missing.
pub(super) fn fit(text: &str, size: f64, most: f64) -> String {
    if width(text, size) <= most {
        return text.to_owned();
    }
    let mut out = String::new();
    for c in text.chars() {
        out.push(c);
        if width(&out, size) > most - size {
            out.pop();
            break;
        }
    }
    out.push('…');
    out
}
