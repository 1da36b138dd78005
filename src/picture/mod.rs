//! Pictures for staff: where home and suggestions lie, and how each suggestion fares on each wish.
//!
//! A [`Sketch`] becomes an SVG by a pure function, and the SVG a PNG with the font that is compiled in (`font/`, whose licence
//! stands beside it), so that no font need be installed. `map` draws what `scale` has put on paper, on the `ground`, `chart` the table, `list`
//! the suggestions with their numbers. Colours are those of Okabe and Ito, and every mark differs in shape as well.

mod chart;
mod ground;
mod list;
mod map;
mod png;
mod rows;
mod scale;
mod spot;
mod svg;
#[cfg(test)]
mod tests;

use crate::domain::{
    match_::Match,
    opening::Opening,
    wish::{ProfileItem, Wish},
};
use svg::{Anchor, Svg};

pub use png::{PictureError, png};

/// The most suggestions that a picture shows.
pub const MOST: usize = 8;

/// What a picture shows.
#[derive(Debug, Clone, Copy)]
pub struct Sketch<'a> {
    /// What it is called, such as a case number. No name of a person: pictures wander.
    pub title: &'a str,
    /// What is known of the doctor; only the home is drawn.
    pub profile: &'a [ProfileItem],
    /// Standing wishes.
    pub wishes: &'a [Wish],
    /// The suggestions in their order; at most [`MOST`] are drawn.
    pub matches: &'a [Match],
    /// Where their openings are found by id.
    pub openings: &'a [Opening],
}

/// A suggestion with its opening.
#[derive(Debug, Clone, Copy)]
struct Shown<'a> {
    fares: &'a Match,
    opening: &'a Opening,
}

impl Sketch<'_> {
    fn shown(&self) -> Vec<Shown<'_>> {
        self.matches
            .iter()
            .filter_map(|fares| {
                let opening = self.openings.iter().find(|o| o.id == fares.id)?;
                Some(Shown { fares, opening })
            })
            .take(MOST)
            .collect()
    }
}

const MARGIN: f64 = 24.0;
const TITLE: f64 = 56.0;
const MAP_WIDTH: f64 = 600.0;
const LEAST_MAP_HEIGHT: f64 = 460.0;
const MOST_MAP_HEIGHT: f64 = 640.0;
const SIDE: f64 = 520.0;

/// The picture as SVG; nothing where there is no suggestion to show.
pub fn svg(sketch: &Sketch) -> Option<String> {
    let shown = sketch.shown();
    if shown.is_empty() {
        return None;
    }
    let rows = rows::rows(sketch.wishes, &shown);
    let side = list::height(&shown) + chart::height(&rows);
    let map_height = side.clamp(LEAST_MAP_HEIGHT, MOST_MAP_HEIGHT);
    let map = map::Map::of(sketch, &shown, MAP_WIDTH, map_height);
    let side_x = MARGIN + map.as_ref().map_or(0.0, |_| MAP_WIDTH + MARGIN);
    let width = side_x + SIDE + MARGIN;
    let height = TITLE + map.as_ref().map_or(side, |_| side.max(map_height)) + MARGIN;
    let mut out = Svg::new(width, height);
    let title = format!("{} ご希望と候補の求人", sketch.title);
    out.bold(MARGIN, 38.0, 20.0, "#1f2933", Anchor::Start, title.trim());
    if let Some(map) = map {
        map.draw(&mut out, MARGIN, TITLE);
    }
    let below = list::draw(&mut out, &shown, side_x, TITLE, SIDE);
    chart::draw(&mut out, &rows, shown.len(), side_x, below, SIDE);
    Some(out.finish())
}
