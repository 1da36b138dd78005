//! Places of Japan, offline: names, what holds what, coordinates, distances, commute bands.
//!
//! Everything is compiled in from the tables in `data/`, whose origin and licence stand in `data/LICENSE-DATA.md`.

mod bounds;
mod commute;
mod land;
mod municipality;
mod place;
mod point;
mod prefecture;
mod site;
mod station;
#[cfg(test)]
mod tests;

pub use bounds::{Area, Departure, Reach};
pub use commute::{Band, Means, band};
pub use land::Land;
pub use municipality::{
    Density, Municipality, by_name, in_prefecture, municipalities, split_prefix,
};
pub use place::{Holds, Place, complete, locate};
pub use point::Point;
pub use prefecture::{Prefecture, Region, prefectures};
pub use site::{Site, nearest};
pub use station::site as station_site;
