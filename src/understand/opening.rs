//! A hospital's offer.

use super::Input;
use super::rules::Cx;
use crate::domain::wish::OpeningItem;

/// The items of an opening.
pub fn read(_cx: &Cx, _input: &Input) -> Vec<OpeningItem> {
    Vec::new()
}
