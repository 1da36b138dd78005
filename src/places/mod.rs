//! Places of Japan, offline: names, what holds what, coordinates, distances, commute bands.
//!
//! Municipalities and stations are compiled in from the tables in `data/`, whose origin and licence stand in
//! `data/LICENSE-DATA.md`. Towns and postcodes come from tables that people import ([`import`]); the program reads what was kept
//! of them at its start and hands it over by [`install`]. No file is read here.

mod bounds;
mod commute;
mod import;
mod land;
mod municipality;
mod place;
mod point;
mod prefecture;
mod routed;
mod site;
mod station;
#[cfg(test)]
mod tests;
mod town;
mod towns;

pub use bounds::{Area, Departure, Reach, Vicinity};
pub use commute::{Band, Means, band};
pub use import::{Format, Imported, import};
pub use land::{Cut, Land, Waters};
pub use municipality::{
    Density, Municipality, by_name, in_prefecture, municipalities, split_prefix,
};
pub use place::{Holds, Place, complete, locate};
pub use point::Point;
pub use prefecture::{Prefecture, Region, prefectures};
pub use routed::routed_band;
pub use site::{Site, nearest};
pub use station::site as station_site;
pub use town::split_town;
pub use towns::{Found, Source, Town, Towns, find, find_in, finer_site, install, installed};
