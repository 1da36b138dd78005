//! The fields of a PDF form, which are not part of the page's own text.

use pdf_oxide::{document::PdfDocument, object::Object};
use std::collections::HashMap;

/// What somebody typed into a form, and where it stands on the page, in points from the lower left corner.
pub(super) struct Field {
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) bottom: f32,
    pub(super) top: f32,
}

/// Fields of a page beyond this are not looked at.
const MOST: usize = 2_000;
/// A field's value may stand with its parent, and so on.
const PARENTS: usize = 8;

/// The filled-in fields of a page.
pub(super) fn fields(document: &PdfDocument, page: usize) -> Vec<Field> {
    let resolved = |object: &Object| document.resolve_object(object).ok();
    let Some(page) = document.get_page(page).ok() else {
        return vec![];
    };
    let Some(annotations) = page
        .as_dict()
        .and_then(|page| page.get("Annots"))
        .and_then(resolved)
    else {
        return vec![];
    };
    annotations
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default()
        .iter()
        .take(MOST)
        .filter_map(|annotation| {
            let annotation = resolved(annotation)?;
            field(annotation.as_dict()?, &resolved)
        })
        .collect()
}

fn field(
    annotation: &HashMap<String, Object>,
    resolved: &impl Fn(&Object) -> Option<Object>,
) -> Option<Field> {
    let number = |object: &Object| {
        let object = resolved(object)?;
        #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)]
        object
            .as_real()
            .or_else(|| object.as_integer().map(|n| n as f64))
            .map(|n| n as f32)
    };
    if annotation.get("Subtype").and_then(resolved)?.as_name() != Some("Widget") {
        return None;
    }
    // Hidden, or not to be seen.
    let flags = annotation
        .get("F")
        .and_then(resolved)
        .and_then(|flags| flags.as_integer())
        .unwrap_or(0);
    if flags & 0b10_0010 != 0 {
        return None;
    }
    let value = inherited(annotation, resolved)?;
    let text = string(value.as_string()?);
    let rectangle = annotation.get("Rect").and_then(resolved)?;
    let sides: Vec<f32> = rectangle.as_array()?.iter().filter_map(number).collect();
    let [x1, y1, x2, y2] = sides.as_slice() else {
        return None;
    };
    Some(Field {
        text,
        left: x1.min(*x2),
        right: x1.max(*x2),
        bottom: y1.min(*y2),
        top: y1.max(*y2),
    })
    .filter(|field| !field.text.trim().is_empty())
}

/// The value of a field, or of the field that it is a part of.
fn inherited(
    annotation: &HashMap<String, Object>,
    resolved: &impl Fn(&Object) -> Option<Object>,
) -> Option<Object> {
    let mut at = annotation.clone();
    for _ in 0..PARENTS {
        if let Some(value) = at.get("V").and_then(resolved) {
            return Some(value);
        }
        at = at.get("Parent").and_then(resolved)?.as_dict()?.clone();
    }
    None
}

/// A text string: UTF-16 or UTF-8 by its mark; else what programs of the place write, which here is Shift_JIS.
fn string(bytes: &[u8]) -> String {
    let decoded = match bytes {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0,
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0,
        [0xef, 0xbb, 0xbf, rest @ ..] => encoding_rs::UTF_8.decode_without_bom_handling(rest).0,
        bytes => encoding_rs::SHIFT_JIS.decode_without_bom_handling(bytes).0,
    };
    decoded.into_owned()
}
