//! What no person sees: hidden elements, where senders count opens and where orders to a language model hide.

use super::tag::Tag;
use std::collections::HashSet;

/// Classes and ids that a style sheet of the mail hides.
#[derive(Debug, Default)]
pub(super) struct HiddenClasses {
    names: HashSet<String>,
}

impl HiddenClasses {
    /// Reads simple rules (`.a, #b { display: none }`); rules inside `@media` hold for some screens only and do not count.
    pub(super) fn read(&mut self, css: &str) {
        let mut depth = 0_u32;
        let mut conditional = false;
        let mut selector = String::new();
        let mut body = String::new();
        for c in css.chars() {
            match c {
                '{' => {
                    depth += 1;
                    conditional |= depth == 1 && selector.trim_start().starts_with('@');
                }
                '}' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        if !conditional && hides(&body) {
                            self.add(&selector);
                        }
                        conditional = false;
                        selector.clear();
                        body.clear();
                    }
                }
                _ if depth == 0 => selector.push(c),
                _ if depth == 1 && !conditional => body.push(c),
                _ => {}
            }
        }
    }

    fn add(&mut self, selectors: &str) {
        for selector in selectors.split(',') {
            let selector = selector.trim();
            let name = selector.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
            if name.starts_with(['.', '#']) && !name.contains([' ', '>', ':', '[', '+', '~']) {
                self.names.insert(name.to_ascii_lowercase());
            }
        }
    }

    fn hides(&self, tag: &Tag) -> bool {
        if self.names.is_empty() {
            return false;
        }
        let class = tag.attribute("class").unwrap_or_default();
        let id = tag.attribute("id").unwrap_or_default();
        class
            .split_whitespace()
            .map(|class| format!(".{}", class.to_ascii_lowercase()))
            .chain((!id.is_empty()).then(|| format!("#{}", id.to_ascii_lowercase())))
            .any(|name| self.names.contains(&name))
    }
}

/// Whether a start tag hides what it holds.
pub(super) fn is_hidden(tag: &Tag, classes: &HiddenClasses) -> bool {
    tag.attribute("hidden").is_some()
        || tag.attribute("style").is_some_and(hides)
        || (tag.name == "font" && tag.attribute("size") == Some("0"))
        || classes.hides(tag)
}

/// Whether declarations make an element invisible.
fn hides(style: &str) -> bool {
    let mut overflow = false;
    let mut flat = false;
    let mut color = None;
    let mut background = None;
    for declaration in style.split(';') {
        let Some((property, value)) = declaration.split_once(':') else {
            continue;
        };
        let property = property.trim().to_ascii_lowercase();
        let value = value
            .to_ascii_lowercase()
            .replace("!important", "")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        match property.as_str() {
            "display" if value == "none" => return true,
            "visibility" if value == "hidden" || value == "collapse" => return true,
            "font-size" if is_nothing(&value, 1.0) => return true,
            "font"
                if value
                    .split([' ', '/'])
                    .any(|part| part.len() > 1 && is_nothing(part, 1.0)) =>
            {
                return true;
            }
            "opacity" if value.parse::<f32>().is_ok_and(|v| v <= 0.05) => return true,
            "mso-hide" if value == "all" => return true,
            "overflow" => overflow |= value == "hidden",
            "width" | "height" | "max-height" | "max-width" => flat |= is_nothing(&value, 1.0),
            "text-indent" | "left" | "top" | "margin-left" if is_far(&value) => return true,
            "clip" if value.starts_with("rect(0") => return true,
            "color" => color = Some(value),
            "background" | "background-color" => background = Some(value),
            _ => {}
        }
    }
    (overflow && flat)
        || color.as_deref() == Some("transparent")
        || (color.is_some() && color == background)
}

/// A length too small to be seen.
fn is_nothing(value: &str, limit: f32) -> bool {
    let number = value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    let unit = value.get(number.len()..).unwrap_or_default();
    match number.parse::<f32>() {
        Ok(length) if matches!(unit, "em" | "rem" | "%") => length.abs() < 0.05,
        Ok(length) => length >= 0.0 && length < limit,
        Err(_) => false,
    }
}

/// A position far outside the page.
fn is_far(value: &str) -> bool {
    value
        .strip_suffix("px")
        .and_then(|number| number.parse::<f32>().ok())
        .is_some_and(|position| position <= -900.0)
}

/// Follows the hidden element that is open.
#[derive(Debug, Default)]
pub(super) struct Hiding {
    open: Option<(String, usize)>,
}

/// Elements that hold nothing and therefore hide nothing.
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "br" | "img"
            | "hr"
            | "input"
            | "meta"
            | "link"
            | "area"
            | "base"
            | "col"
            | "wbr"
            | "source"
    )
}

impl Hiding {
    pub(super) fn is_on(&self) -> bool {
        self.open.is_some()
    }

    /// Takes a start tag; true where it stands inside something hidden or begins it.
    pub(super) fn open(&mut self, tag: &Tag, hidden: bool) -> bool {
        if is_void(&tag.name) || tag.self_closing {
            return self.is_on() || hidden;
        }
        match &mut self.open {
            Some((name, depth)) => {
                *depth += usize::from(*name == tag.name);
                true
            }
            None if hidden => {
                self.open = Some((tag.name.clone(), 0));
                true
            }
            None => false,
        }
    }

    /// Takes an end tag; true where it belongs to something hidden. The body's end ends everything.
    pub(super) fn close(&mut self, closed: &str) -> bool {
        let Some((name, depth)) = &mut self.open else {
            return false;
        };
        if closed == "body" || (name == closed && *depth == 0) {
            self.open = None;
        } else {
            *depth -= usize::from(name == closed);
        }
        true
    }
}
