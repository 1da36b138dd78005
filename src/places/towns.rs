//! Towns and postcodes finer than the municipality, from tables that people import; without one there are none.

use super::municipality::{Municipality, in_prefecture};
use super::point::Point;
use super::prefecture::Prefecture;
use super::site::Site;
use super::town::{key, split_town};
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::sync::OnceLock;

/// Where a town's point comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// The centre of the municipality, compiled in.
    Municipality,
    /// The station, compiled in.
    Station,
    /// A postcode, as the towns that have it.
    Postcode,
    /// Geolonia 住所データ.
    Geolonia,
    /// 位置参照情報.
    Isj,
}

impl Source {
    /// As it is printed and kept.
    pub fn as_str(self) -> &'static str {
        match self {
            Source::Municipality => "municipality",
            Source::Station => "station",
            Source::Postcode => "postcode",
            Source::Geolonia => "geolonia",
            Source::Isj => "isj",
        }
    }

    fn named(word: &str) -> Option<Self> {
        [Source::Geolonia, Source::Isj]
            .into_iter()
            .find(|s| s.as_str() == word)
    }
}

/// A town (町丁目): its middle, and how far from it a place in it may lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Town {
    /// The middle.
    pub point: Point,
    /// Kilometres.
    pub radius_km: f64,
    /// The table it is from.
    pub source: Source,
}

/// Imported towns and postcodes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Towns {
    /// By municipality, then the key of the town.
    towns: BTreeMap<(String, String), Town>,
    /// By the seven digits: municipality and the key of the town, empty for the whole municipality.
    postcodes: HashMap<String, Vec<(String, String)>>,
}

static INSTALLED: OnceLock<Towns> = OnceLock::new();

/// Makes imported towns known to the whole program, once at its start; later calls change nothing.
pub fn install(towns: Towns) {
    let _ = INSTALLED.set(towns);
}

/// The towns that are installed.
pub fn installed() -> Option<&'static Towns> {
    INSTALLED.get()
}

/// The first line of the kept table.
const MARK: &str = "# madoguchi places 1";

impl Towns {
    /// How many towns and postcodes.
    pub fn counts(&self) -> (usize, usize) {
        (self.towns.len(), self.postcodes.len())
    }

    /// Adds a town. A municipality is named as [`Municipality::full_name`] does.
    pub(super) fn add(&mut self, municipality: String, town: &str, found: Town) {
        self.towns.insert((municipality, key(town)), found);
    }

    /// Adds a place to a postcode.
    pub(super) fn add_postcode(&mut self, code: String, municipality: String, town: &str) {
        let place = (municipality, key(town));
        let places = self.postcodes.entry(code).or_default();
        if !places.contains(&place) {
            places.push(place);
        }
    }

    /// Lays another table over this one: its towns and postcodes take the place of the same ones here.
    pub fn merge(&mut self, other: Towns) {
        self.towns.extend(other.towns);
        self.postcodes.extend(other.postcodes);
    }

    /// Towns whose radius is not known yet get the distance to their nearest neighbour, between 0.15 and 5 km: a town reaches
    /// about as far as the next one is away.
    pub(super) fn estimate_radii(&mut self) {
        let mut by_municipality: BTreeMap<&str, Vec<Point>> = BTreeMap::new();
        for ((municipality, _), town) in &self.towns {
            by_municipality
                .entry(municipality)
                .or_default()
                .push(town.point);
        }
        let nearest = |municipality: &str, point: Point| {
            by_municipality
                .get(municipality)
                .into_iter()
                .flatten()
                .filter(|p| **p != point)
                .map(|p| p.kilometres_to(point))
                .min_by(f64::total_cmp)
        };
        let radii: Vec<f64> = self
            .towns
            .iter()
            .map(|((municipality, _), town)| {
                if town.radius_km > 0.0 {
                    town.radius_km
                } else {
                    let km = nearest(municipality, town.point)
                        .unwrap_or(1.0)
                        .clamp(0.15, 5.0);
                    (km * 100.0).round() / 100.0
                }
            })
            .collect();
        for (town, radius) in self.towns.values_mut().zip(radii) {
            town.radius_km = radius;
        }
    }

    /// The table as a text of lines, to be kept in a file.
    pub fn write(&self) -> String {
        let mut out = format!("{MARK}\n");
        for ((municipality, town), t) in &self.towns {
            let _ = writeln!(
                out,
                "T\t{municipality}\t{town}\t{:.5}\t{:.5}\t{}\t{}",
                t.point.lat,
                t.point.lon,
                t.radius_km,
                t.source.as_str()
            );
        }
        let mut codes: Vec<_> = self.postcodes.iter().collect();
        codes.sort();
        for (code, places) in codes {
            for (municipality, town) in places {
                let _ = writeln!(out, "P\t{code}\t{municipality}\t{town}");
            }
        }
        out
    }

    /// Reads what [`Towns::write`] wrote; nothing where it is another file. Damaged lines are passed over.
    pub fn read(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        if lines.next() != Some(MARK) {
            return None;
        }
        let mut towns = Towns::default();
        for line in lines {
            let columns: Vec<&str> = line.split('\t').collect();
            match columns.as_slice() {
                ["T", municipality, town, lat, lon, radius, source] => {
                    let number = |s: &str| s.parse::<f64>().ok();
                    if let (Some(lat), Some(lon), Some(radius_km), Some(source)) = (
                        number(lat),
                        number(lon),
                        number(radius),
                        Source::named(source),
                    ) && let Some(point) = Point::in_japan(lat, lon)
                    {
                        let town_key = ((*municipality).to_owned(), (*town).to_owned());
                        towns.towns.insert(
                            town_key,
                            Town {
                                point,
                                radius_km,
                                source,
                            },
                        );
                    }
                }
                ["P", code, municipality, town] => {
                    let place = ((*municipality).to_owned(), (*town).to_owned());
                    towns
                        .postcodes
                        .entry((*code).to_owned())
                        .or_default()
                        .push(place);
                }
                _ => {}
            }
        }
        Some(towns)
    }

    /// The town that a text behind the municipality begins with: the longest of the table; where the table has only the parts
    /// of it (the 丁目 of a town that is named without), all of them together.
    fn town(&self, municipality: &str, rest: &str) -> Option<Town> {
        let (split, _) = split_town(rest);
        for text in [key(&split), key(rest)] {
            let ends: Vec<usize> = text
                .char_indices()
                .skip(1)
                .map(|(i, _)| i)
                .take(24)
                .collect();
            for end in ends.into_iter().chain([text.len()]).rev() {
                let Some(head) = text.get(..end).filter(|h| !h.is_empty()) else {
                    continue;
                };
                if let Some(town) = self.towns.get(&(municipality.to_owned(), head.to_owned())) {
                    return Some(*town);
                }
            }
        }
        self.all_of(municipality, &key(&split))
    }

    /// The towns of a municipality whose name begins with a text, as one.
    fn all_of(&self, municipality: &str, prefix: &str) -> Option<Town> {
        if prefix.is_empty() {
            return None;
        }
        let from = (municipality.to_owned(), prefix.to_owned());
        let parts: Vec<&Town> = self
            .towns
            .range(from..)
            .take_while(|((m, t), _)| m == municipality && t.starts_with(prefix))
            // 旭 is 旭1丁目 and 旭2丁目, and not 旭町.
            .filter(|((_, t), _)| {
                t.chars()
                    .nth(prefix.chars().count())
                    .is_some_and(|c| c.is_ascii_digit())
            })
            .map(|(_, town)| town)
            .collect();
        together(&parts)
    }

    /// The place of a postcode: its towns as one, with the municipality; a municipality alone where no town of it is known.
    pub fn postcode(&self, code: &str) -> Option<(&'static Municipality, Option<Town>)> {
        let places = self.postcodes.get(code)?;
        let (first, _) = places.first()?;
        let municipality = named(first)?;
        let mut found = Vec::new();
        for (m, town) in places {
            let exact = self.towns.get(&(m.clone(), town.clone())).copied();
            match exact.or_else(|| self.all_of(m, town)) {
                Some(town) => found.push(town),
                // A postcode of a whole municipality, or of a town that no table has.
                None => return Some((municipality, None)),
            }
        }
        let parts: Vec<&Town> = found.iter().collect();
        let town = together(&parts).map(|t| Town {
            source: Source::Postcode,
            ..t
        });
        Some((municipality, town))
    }
}

fn named(full_name: &str) -> Option<&'static Municipality> {
    let (prefecture, rest) = Prefecture::split(full_name)?;
    in_prefecture(prefecture, rest)
}

/// Several towns as one: the middle, and a radius that covers all.
fn together(parts: &[&Town]) -> Option<Town> {
    let first = parts.first()?;
    // A few hundred towns at most.
    #[allow(clippy::cast_precision_loss)]
    let n = parts.len() as f64;
    let point = Point {
        lat: parts.iter().map(|t| t.point.lat).sum::<f64>() / n,
        lon: parts.iter().map(|t| t.point.lon).sum::<f64>() / n,
    };
    let radius_km = parts
        .iter()
        .map(|t| t.point.kilometres_to(point) + t.radius_km)
        .fold(0.0, f64::max);
    Some(Town {
        point,
        radius_km: (radius_km * 100.0).round() / 100.0,
        source: first.source,
    })
}

/// An address with the finest point that is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Prefecture, municipality or station, where the text names one.
    pub place: Option<super::Place>,
    /// The seven digits of the postcode, where the text has one.
    pub postcode: Option<String>,
    /// The town.
    pub town: String,
    /// What follows it.
    pub rest: String,
    /// The best point with its error.
    pub site: Option<Site>,
    /// Where the point comes from.
    pub source: Option<Source>,
}

/// Reads an address, with the installed towns where there are any.
pub fn find(address: &str) -> Found {
    find_in(installed(), address)
}

/// The point of an address where the installed towns know it finer than the municipality.
pub fn finer_site(address: &str) -> Option<Site> {
    let found = find_in(Some(installed()?), address);
    let fine = matches!(
        found.source,
        Some(Source::Geolonia | Source::Isj | Source::Postcode)
    );
    found.site.filter(|_| fine)
}

/// Reads an address with these towns.
pub fn find_in(towns: Option<&Towns>, address: &str) -> Found {
    let (postcode, address) = split_postcode(address);
    let (place, rest) = super::locate(address);
    let place = place.or_else(|| {
        let parsed = super::Place::parse(address);
        matches!(parsed, super::Place::Station(_)).then_some(parsed)
    });
    let by_code = || {
        towns
            .zip(postcode.as_deref())
            .and_then(|(t, code)| t.postcode(code))
    };
    let is_station = matches!(place, Some(super::Place::Station(_)));
    let (town, tail) = if is_station {
        (String::new(), "")
    } else {
        split_town(rest)
    };
    let mut found = Found {
        town,
        rest: tail.trim().to_owned(),
        postcode: postcode.clone(),
        site: place.as_ref().and_then(super::Place::site),
        source: None,
        place,
    };
    let municipality = match &found.place {
        Some(super::Place::Municipality(m)) => Some(*m),
        _ => None,
    };
    let in_table = municipality.and_then(|m| towns?.town(&m.full_name(), rest).map(|t| (m, t)));
    let (m, town) = match (in_table, by_code()) {
        (Some((m, town)), _) => (Some(m), Some(town)),
        // A postcode elsewhere than the address says is a slip: the address holds.
        (None, Some((m, town))) if municipality.is_none_or(|n| n.contains(m)) => (Some(m), town),
        _ => (municipality, None),
    };
    if found
        .place
        .as_ref()
        .is_none_or(|p| !matches!(p, super::Place::Station(_)))
        && let Some(m) = m
    {
        found.place = Some(super::Place::Municipality(m));
        found.site = match town {
            Some(town) => Site::at(town.point, Some(m)).map(|s| Site {
                error_km: town.radius_km,
                ..s
            }),
            None => Some(Site::in_municipality(m)),
        };
    }
    found.source = match (&found.site, town) {
        (None, _) => None,
        (Some(_), _) if is_station => Some(Source::Station),
        (Some(_), Some(town)) => Some(town.source),
        (Some(_), None) => Some(Source::Municipality),
    };
    found
}

/// The postcode before an address, without its hyphen, and the address.
fn split_postcode(text: &str) -> (Option<String>, &str) {
    let text = text.trim();
    let start = text.trim_start_matches(['〒', ' ', '\u{3000}', ':', '：']);
    let mut digits = String::new();
    for (i, c) in start.char_indices() {
        let narrow = match c {
            '0'..='9' => Some(c),
            '０'..='９' => char::from_u32(u32::from(c) - 0xfee0),
            '-' | '－' | '−' | '‐' | 'ー' if digits.len() == 3 => continue,
            _ => None,
        };
        match narrow {
            Some(d) if digits.len() < 7 => digits.push(d),
            _ if digits.len() == 7 && narrow.is_none() => {
                return (
                    Some(digits),
                    start.get(i..).unwrap_or_default().trim_start(),
                );
            }
            _ => return (None, text),
        }
    }
    if digits.len() == 7 {
        (Some(digits), "")
    } else {
        (None, text)
    }
}
