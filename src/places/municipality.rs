//! The municipalities and city wards of Japan, from the table in `data/` (its origin and licence stand beside it).

use super::land::Land;
use super::point::Point;
use super::prefecture::Prefecture;
use std::collections::HashMap;
use std::sync::LazyLock;

const TABLE: &str = include_str!("data/municipalities.tsv");

/// How densely an area is built: it decides the speed of a car. The densest, where cars are slowest, comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Density {
    /// Tokyo's wards and Osaka.
    Core,
    /// Cities.
    Town,
    /// The rest.
    Country,
}

/// A municipality, or a ward of a designated city.
#[derive(Debug, Clone, PartialEq)]
pub struct Municipality {
    /// Its prefecture.
    pub prefecture: Prefecture,
    /// The rural district (北安曇郡); empty for cities and wards.
    pub district: &'static str,
    /// 松本市, 白馬村, 横浜市青葉区, 世田谷区.
    pub name: &'static str,
    /// マツモトシ.
    pub kana: &'static str,
    /// Its office or centre.
    pub point: Point,
    /// How far from that point a place in it usually lies, in kilometres.
    pub radius_km: f64,
    /// The land it stands on.
    pub land: Land,
    /// How densely it is built.
    pub density: Density,
}

impl Municipality {
    /// The canonical form: 長野県松本市.
    pub fn full_name(&self) -> String {
        format!("{}{}", self.prefecture.name(), self.name)
    }

    /// The city of a designated city's ward (横浜市), else nothing.
    pub fn city(&self) -> Option<&'static str> {
        if !self.name.ends_with('区') {
            return None;
        }
        let (index, c) = self.name.char_indices().find(|(_, c)| *c == '市')?;
        self.name.get(..index + c.len_utf8())
    }

    /// The ward of a designated city (青葉区), else nothing.
    pub fn ward(&self) -> Option<&'static str> {
        self.name.strip_prefix(self.city()?)
    }

    /// Whether the other one is this one or a ward of it.
    pub fn contains(&self, other: &Municipality) -> bool {
        self.prefecture == other.prefecture
            && (self.name == other.name || other.city() == Some(self.name))
    }
}

struct Gazetteer {
    all: Vec<Municipality>,
    by_name: HashMap<String, Vec<usize>>,
}

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| {
    let all: Vec<Municipality> = TABLE
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(read)
        .collect();
    let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, m) in all.iter().enumerate() {
        by_name.entry(spelling(m.name)).or_default().push(index);
        if let Some(ward) = m.ward() {
            by_name.entry(spelling(ward)).or_default().push(index);
        }
    }
    Gazetteer { all, by_name }
});

fn read(line: &'static str) -> Option<Municipality> {
    let mut columns = line.split('\t');
    let mut next = || columns.next();
    Some(Municipality {
        prefecture: Prefecture::from_code(next()?.parse().ok()?)?,
        district: next()?,
        name: next()?,
        kana: next()?,
        point: Point {
            lat: next()?.parse().ok()?,
            lon: next()?.parse().ok()?,
        },
        radius_km: next()?.parse().ok()?,
        land: Land::named(next()?),
        density: match next()? {
            "core" => Density::Core,
            "town" => Density::Town,
            _ => Density::Country,
        },
    })
}

/// Every municipality and every ward of a designated city, in the order of the prefectures.
pub fn municipalities() -> &'static [Municipality] {
    &GAZETTEER.all
}

/// The municipalities of a name: 松本市, 横浜市青葉区, or a ward alone (青葉区: two); in every prefecture that has one.
pub fn by_name(name: &str) -> Vec<&'static Municipality> {
    GAZETTEER
        .by_name
        .get(&spelling(name))
        .into_iter()
        .flatten()
        .filter_map(|i| GAZETTEER.all.get(*i))
        .collect()
}

/// The municipality of a name within a prefecture; a rural district before the name is allowed and must be right.
pub fn in_prefecture(prefecture: Prefecture, name: &str) -> Option<&'static Municipality> {
    let found = |name: &str| {
        by_name(name)
            .into_iter()
            .find(|m| m.prefecture == prefecture && spelling(m.name) == spelling(name))
    };
    found(name).or_else(|| {
        let (index, c) = name.char_indices().rfind(|(i, c)| *c == '郡' && *i > 0)?;
        let (district, rest) = name.split_at_checked(index + c.len_utf8())?;
        found(rest).filter(|m| spelling(m.district) == spelling(district))
    })
}

/// The longest municipality name that a text without its prefecture begins with, and what follows it.
pub fn split_prefix(
    prefecture: Option<Prefecture>,
    text: &str,
) -> Option<(Vec<&'static Municipality>, &str)> {
    let ends: Vec<usize> = text
        .char_indices()
        .take(16)
        .map(|(i, c)| i + c.len_utf8())
        .collect();
    for end in ends.into_iter().rev() {
        let (head, rest) = text.split_at_checked(end)?;
        let found: Vec<_> = match prefecture {
            Some(p) => in_prefecture(p, head).into_iter().collect(),
            None => by_name(head),
        };
        if !found.is_empty() {
            return Some((found, rest));
        }
    }
    None
}

/// One spelling for what differs in print only: ヶ and ケ (茅ヶ崎), old and new forms of a character (龍 and 竜, 條 and 条),
/// look-alikes of other alphabets and code pages, variation selectors, blanks between the parts.
fn spelling(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_whitespace() && !is_variation_selector(*c))
        .map(|c| match c {
            'ヵ' | 'ヶ' | 'が' => 'ケ',
            '竜' => '龍',
            '桧' => '檜',
            '梼' => '檮',
            '鯵' => '鰺',
            '竃' | '釜' => '竈',
            '渕' => '淵',
            '薮' => '藪',
            '條' => '条',
            '驒' => '騨',
            '娄' => '婁',
            '舘' => '館',
            '惠' => '恵',
            '\u{5dff}' => '市',
            '\u{fa10}' => '塚',
            other => other,
        })
        .collect()
}

fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}
