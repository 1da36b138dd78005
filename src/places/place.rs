//! A place as `docs/wishes.md` writes it, and which place holds which.

use super::municipality::{Municipality, by_name, in_prefecture, split_prefix};
use super::prefecture::{Prefecture, Region};
use super::site::Site;
use super::station;
use std::fmt;

/// A place in one of the written forms.
#[derive(Debug, Clone, PartialEq)]
pub enum Place {
    /// 全国
    All,
    /// 関東
    Region(Region),
    /// 長野県
    Prefecture(Prefecture),
    /// 長野県松本市, 神奈川県横浜市青葉区
    Municipality(&'static Municipality),
    /// 名古屋駅
    Station(String),
    /// Words that are no known place (津軽地方).
    Words(String),
}

/// Whether one place holds another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Certainly.
    Yes,
    /// Certainly not.
    No,
    /// Known too coarsely to say.
    Unknown,
}

/// A wish for a station is met within this distance.
const STATION_KM: f64 = 5.0;

impl Place {
    /// Reads a canonical form. A municipality without its prefecture is completed where only one has the name; where
    /// several have it, and for whatever is no known place, the words are kept.
    pub fn parse(text: &str) -> Place {
        let text = text.trim();
        if matches!(text, "全国" | "日本全国" | "全国どこでも") {
            return Place::All;
        }
        if text.ends_with('駅') {
            return Place::Station(text.to_owned());
        }
        if let Some((prefecture, rest)) = Prefecture::split(text) {
            let rest = rest.trim();
            if rest.is_empty() || matches!(rest, "内" | "全域") {
                return Place::Prefecture(prefecture);
            }
            return in_prefecture(prefecture, rest)
                .map_or_else(|| Place::Words(text.to_owned()), Place::Municipality);
        }
        if let Some(region) = Region::from_name(text) {
            return Place::Region(region);
        }
        match complete(text).as_slice() {
            [one] => Place::Municipality(one),
            _ => Prefecture::from_stem(text)
                .map_or_else(|| Place::Words(text.to_owned()), Place::Prefecture),
        }
    }

    /// Whether the other place lies in this one. Of what is known more coarsely than this place, nothing is said.
    pub fn holds(&self, other: &Place) -> Holds {
        match self {
            Place::All => Holds::Yes,
            Place::Words(_) => Holds::Unknown,
            Place::Station(name) => match (station::site(name), other.site()) {
                (Some(station), Some(other)) => near_station(&station, &other),
                _ => Holds::Unknown,
            },
            Place::Region(_) | Place::Prefecture(_) => self.holds_by_prefecture(other),
            Place::Municipality(m) => match other {
                Place::Municipality(o) if m.contains(o) => Holds::Yes,
                Place::Municipality(o) if o.contains(m) => Holds::Unknown,
                Place::Municipality(_) => Holds::No,
                _ => match self.prefecture() {
                    Some(p) if Place::Prefecture(p).holds(other) == Holds::No => Holds::No,
                    _ => Holds::Unknown,
                },
            },
        }
    }

    fn holds_by_prefecture(&self, other: &Place) -> Holds {
        let (mut one, mut another) = ([0], [0]);
        let (Some(own), Some(others)) = (self.codes(&mut one), other.codes(&mut another)) else {
            return Holds::Unknown;
        };
        let inside = others.iter().filter(|c| own.contains(c)).count();
        match inside {
            0 => Holds::No,
            n if n == others.len() => Holds::Yes,
            _ => Holds::Unknown,
        }
    }

    /// The codes of its prefectures; `one` holds the code where it is a single one.
    fn codes<'a>(&self, one: &'a mut [u8; 1]) -> Option<&'a [u8]> {
        let code = match self {
            Place::Region(r) => return Some(r.codes()),
            Place::Station(name) => {
                let site = station::site(name)?;
                super::site::nearest(site.point)?.prefecture.code()
            }
            other => other.prefecture()?.code(),
        };
        *one = [code];
        Some(one)
    }

    /// Whether the station is within five kilometres of a site; for any place but a station that is known, nothing is said.
    pub fn near(&self, site: &Site) -> Holds {
        match self {
            Place::Station(name) => {
                station::site(name).map_or(Holds::Unknown, |station| near_station(&station, site))
            }
            _ => Holds::Unknown,
        }
    }

    /// The prefecture of a prefecture or municipality.
    pub fn prefecture(&self) -> Option<Prefecture> {
        match self {
            Place::Prefecture(p) => Some(*p),
            Place::Municipality(m) => Some(m.prefecture),
            _ => None,
        }
    }

    /// Where it is, for distances: of municipalities and known stations only.
    pub fn site(&self) -> Option<Site> {
        match self {
            Place::Municipality(m) => Some(Site::in_municipality(m)),
            Place::Station(name) => station::site(name),
            _ => None,
        }
    }
}

fn near_station(station: &Site, other: &Site) -> Holds {
    let km = station.point.kilometres_to(other.point);
    let error = station.error_km + other.error_km;
    if km + error <= STATION_KM {
        Holds::Yes
    } else if km - error > STATION_KM {
        Holds::No
    } else {
        Holds::Unknown
    }
}

impl fmt::Display for Place {
    /// The canonical form.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::All => f.write_str("全国"),
            Place::Region(r) => f.write_str(r.name()),
            Place::Prefecture(p) => f.write_str(p.name()),
            Place::Municipality(m) => f.write_str(&m.full_name()),
            Place::Station(s) | Place::Words(s) => f.write_str(s),
        }
    }
}

/// The municipalities that a name without prefecture may mean: 松本市, 松本 (one suffix left out), 青葉区 (two).
pub fn complete(name: &str) -> Vec<&'static Municipality> {
    let exact = by_name(name);
    if !exact.is_empty() {
        return exact;
    }
    ["市", "区", "町", "村"]
        .iter()
        .flat_map(|suffix| by_name(&format!("{name}{suffix}")))
        .filter(|_| name.chars().count() >= 2 && Prefecture::from_stem(name).is_none())
        .collect()
}

/// The place that an address or a longer text begins with, down to the municipality or ward, and what follows it.
pub fn locate(address: &str) -> (Option<Place>, &str) {
    let address = address.trim();
    if let Some((prefecture, rest)) = Prefecture::split(address) {
        let rest = rest.trim_start();
        return match split_prefix(Some(prefecture), rest) {
            Some((found, rest)) => (found.first().map(|m| Place::Municipality(m)), rest),
            None => (Some(Place::Prefecture(prefecture)), rest),
        };
    }
    match split_prefix(None, address) {
        Some((found, rest)) => match found.as_slice() {
            [one] => (Some(Place::Municipality(one)), rest),
            _ => (None, address),
        },
        None => (None, address),
    }
}
