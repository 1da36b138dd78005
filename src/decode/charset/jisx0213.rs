//! The characters that JIS X 0213 has and JIS X 0208 lacks.
//!
//! `jisx0213.txt` has a line for each row: the plane, the row's first byte in its EUC form, and the 94 characters of the
//! row with `.` where the standard has none or JIS X 0208 has the same.

use std::sync::LazyLock;

const ROWS: usize = 0x5f;

static PLANES: LazyLock<[Vec<Vec<char>>; 2]> = LazyLock::new(|| {
    let mut planes = [vec![Vec::new(); ROWS], vec![Vec::new(); ROWS]];
    for line in include_str!("jisx0213.txt").lines() {
        let Some((key, characters)) = line.split_once(' ') else {
            continue;
        };
        let plane = usize::from(key.starts_with('2'));
        let row = key
            .get(1..)
            .and_then(|hex| usize::from_str_radix(hex, 16).ok())
            .and_then(|first| first.checked_sub(0xa0));
        if let Some(slot) = row.and_then(|row| planes.get_mut(plane)?.get_mut(row)) {
            *slot = characters.chars().collect();
        }
    }
    planes
});

/// A character of plane 1 by its EUC bytes.
pub(super) fn plane1(first: u8, second: u8) -> Option<char> {
    let [plane, _] = &*PLANES;
    character(plane, first, second)
}

/// A character of plane 2 by its EUC bytes, without the single shift.
pub(super) fn plane2(first: u8, second: u8) -> Option<char> {
    let [_, plane] = &*PLANES;
    character(plane, first, second)
}

fn character(plane: &[Vec<char>], first: u8, second: u8) -> Option<char> {
    plane
        .get(usize::from(first.checked_sub(0xa0)?))?
        .get(usize::from(second.checked_sub(0xa1)?))
        .copied()
        .filter(|&c| c != '.')
}
