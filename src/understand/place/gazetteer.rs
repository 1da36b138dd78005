//! The machine that finds every name of a place at once, and what stands around names.

use super::english::{ENGLISH, ENGLISH_PREFECTURES, ENGLISH_STATIONS};
use super::names::{ALIASES, HIDDEN, QUARTERS, REGIONS, WIDER};
use super::romaji;
use crate::places::{municipalities, prefectures};
use crate::understand::pattern::compile;
use aho_corasick::{AhoCorasick, MatchKind};
use regex::Regex;
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

/// Parts of prefectures and other districts as people call them, one a line.
const DISTRICTS: &str = include_str!("districts.txt");

#[derive(Debug, Clone)]
pub(super) enum Name {
    /// A prefecture with its suffix.
    Prefecture(&'static str),
    /// A prefecture without it.
    Stem(&'static str),
    /// A region in the vocabulary's name.
    Region(&'static str),
    /// Full names of the municipalities that are called so, suffix included.
    Full(Vec<String>),
    /// Full names of the municipalities whose name without suffix is this.
    Bare(Vec<String>),
    /// A district as people call it, kept as written.
    Written,
    /// Full names of the municipalities that an English mail calls so.
    Latin(Vec<String>),
    /// A quarter around a station.
    Quarter,
    /// Not a place.
    Hidden,
}

pub(super) struct Gazetteer {
    pub(super) machine: AhoCorasick,
    pub(super) names: Vec<Name>,
    pub(super) part: Regex,
    pub(super) before: Regex,
    pub(super) after: Regex,
    pub(super) person: Regex,
    pub(super) link: Regex,
}

pub(super) static GAZETTEER: LazyLock<Option<Gazetteer>> = LazyLock::new(build);

fn build() -> Option<Gazetteer> {
    let mut table: HashMap<String, Name> = HashMap::new();
    let mut put = |key: &str, full: String, bare: bool| {
        let key = key.to_lowercase();
        match table.get_mut(&key) {
            Some(Name::Full(list)) if !bare => list.push(full),
            Some(Name::Bare(list)) if bare => list.push(full),
            Some(_) => {}
            None => {
                let name = if bare {
                    Name::Bare(vec![full])
                } else {
                    Name::Full(vec![full])
                };
                table.insert(key, name);
            }
        }
    };
    for m in municipalities() {
        put(m.name, m.full_name(), false);
        if let Some(ward) = m.ward() {
            put(ward, m.full_name(), false);
        }
        for other in ["ヶ", "ケ"] {
            let spelt = m.name.replace(['ヶ', 'ケ'], other);
            if spelt != m.name {
                put(&spelt, m.full_name(), false);
            }
        }
    }
    for m in municipalities() {
        let name = m.ward().unwrap_or(m.name);
        // 余市町 is called 余市, 四日市市 四日市: one suffix goes.
        let stem = name.strip_suffix(['市', '町', '村', '区']).unwrap_or(name);
        let city = m.ward().is_none() && m.name.ends_with(['市', '区']);
        // 「三十分くらいの、真庭」, 「むつかしい」: two kana are part of any word.
        let two_kana = stem.chars().count() == 2
            && stem.chars().all(|c| ('\u{3041}'..='\u{309f}').contains(&c));
        if stem.chars().count() >= 2 && !two_kana
            || city && ["柏", "堺", "呉", "津", "関", "蕨", "旭"].contains(&stem)
        {
            put(stem, m.full_name(), true);
        }
    }
    for p in prefectures() {
        table.insert(p.stem().to_owned(), Name::Stem(p.name()));
        table.insert(p.name().to_owned(), Name::Prefecture(p.name()));
    }
    for (word, region) in REGIONS {
        table.insert((*word).to_owned(), Name::Region(region));
    }
    for (word, full) in ALIASES {
        let full = full.iter().map(|f| (*f).to_owned()).collect();
        table.insert((*word).to_owned(), Name::Bare(full));
    }
    for word in QUARTERS {
        table
            .entry((*word).to_owned())
            .or_insert_with(|| Name::Quarter);
    }
    written(&mut table);
    for word in HIDDEN {
        table.insert((*word).to_owned(), Name::Hidden);
    }
    latin(&mut table);
    for (word, full) in ENGLISH {
        table.insert((*word).to_owned(), Name::Full(vec![(*full).to_owned()]));
    }
    for (word, station) in ENGLISH_STATIONS {
        table.insert(
            format!("{word} station"),
            Name::Full(vec![format!("{station}駅")]),
        );
    }
    for (word, full) in ENGLISH_PREFECTURES {
        table.insert((*word).to_owned(), Name::Prefecture(full));
    }
    let (words, names): (Vec<String>, Vec<Name>) = table.into_iter().unzip();
    Some(Gazetteer {
        machine: AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(&words)
            .ok()?,
        names,
        part: compile(
            r"^(?:の)?(北部|南部|東部|西部|中部|県北|県南|中央部|北信|中信|南信|東信|北東部|南東部|北西部|南西部|中通り|浜通り|県央)",
        )?,
        before: compile(
            r"(?:住まい|自宅|家|実家|場所|勤務地|勤務先|地域|候補|住所|第[一二三1-3]?希望|希望|条件|条件は(?:ひとつ|1つ)、|エリア|在住|希望地|勤務|赴任先|転居先|キンムチ|ところ|所在地)\s*(?:は|が|も|:|=|の|ハ|で|→|\))?\s*(?:「|\()?\s*$",
        )?,
        after: compile(
            r"^(?:市内|市|在住|在[。、\n ]|あたり|辺り|周辺|方面|近辺|界隈|近郊|近く|から|まで|駅|の駅|住み|に住|の自宅|の家|の空いた|の実家|に移|へ移|へ転|に転|へ引|に引|で[^すごあし。、\n]|に(?:戻|帰って|赴)|の(?:病院|クリニック|診療所|健診|町|市|北|南|東|西|中|どこ|どちら|いず|ほう|方|件|空|[^、。\n]{1,8}市)|エリア|圏|[~〜]|も(?:行け|行き|通え|通い|可|ok|大丈夫|構|よい|良い|足し|お?加え)|(?:は|が)(?:パス|やめ|船|峠|坂|渋滞|山越|満員|混|遠|雪|冬|通|勘弁|無理|×|○|◎|過去|だめ|駄目|難|あき|やや|ちょっと|候補|可)|(?:なら|でしたら|であれば|限定|のみ|だけ|など|より|にも|も可|では)|\s*[○◎△×]|に(?:ある|て|いる)|在|に帰|を離|から動|とその|に限|でも|くらい|ぐらい|へ(?:の|は)|に(?:入|通)|希望|勤務|(?:か|または|もしくは|や)[^らな]|カ |の分|=)",
        )?,
        person: compile(
            r"^\s*[\p{Han}\p{Hiragana}--の]{0,4}(?:先生|さん|様|さま|氏|と申|といい|と言い|いいます|拝|君|と申します|医師)|^(?:です|だす|ですが)|^\s[\p{Han}]{1,2}(?:です|でございます)",
        )?,
        link: compile(
            r"^(?:市内)?(?:、|・|か、?|や|~|/|または|もしくは|および|と|,|\s|,\s?|市|県|府|、もしくは|カ|\s?カ\s|、または|又は|とか|、あるいは|あるいは|ないし)$",
        )?,
    })
}

/// Municipalities, and the stations of their names, as English mails write them.
fn latin(table: &mut HashMap<String, Name>) {
    let readings: HashMap<String, &str> = municipalities()
        .iter()
        .map(|m| (m.full_name(), m.kana))
        .collect();
    for m in municipalities() {
        let city = m
            .city()
            .and_then(|c| readings.get(&format!("{}{c}", m.prefecture.name())));
        let kana = city.map_or(m.kana, |c| m.kana.strip_prefix(*c).unwrap_or(m.kana));
        let name = m.ward().unwrap_or(m.name);
        let Some((bare, full)) = romaji::names(kana, name) else {
            continue;
        };
        for key in full {
            match table.get_mut(&key) {
                Some(Name::Full(list)) => list.push(m.full_name()),
                Some(_) => {}
                None => {
                    table.insert(key, Name::Full(vec![m.full_name()]));
                }
            }
        }
        // A town or a village alone may be a family's name; with its prefecture it is a place: 「Kutchan, Hokkaido」.
        if name.ends_with(['町', '村'])
            && let Some((latin, _)) = ENGLISH_PREFECTURES
                .iter()
                .find(|p| p.1 == m.prefecture.name())
        {
            for key in [
                format!("{bare}, {latin}"),
                format!("{bare} ({latin}"),
                format!("{bare} in {latin}"),
            ] {
                table
                    .entry(key)
                    .or_insert_with(|| Name::Full(vec![m.full_name()]));
            }
        }
        if !name.ends_with(['市', '区']) || !romaji::stands_alone(&bare) {
            continue;
        }
        let stem = name.strip_suffix(['市', '区']).unwrap_or(name);
        table
            .entry(format!("{bare} station"))
            .or_insert_with(|| Name::Full(vec![format!("{stem}駅")]));
        match table.get_mut(&bare) {
            Some(Name::Latin(list)) => list.push(m.full_name()),
            Some(_) => {}
            None => {
                table.insert(bare, Name::Latin(vec![m.full_name()]));
            }
        }
    }
}

/// Districts as people call them: 最上地域 after the rural district, 東予, 上川地方.
fn written(table: &mut HashMap<String, Name>) {
    for word in DISTRICTS.lines().filter(|w| !w.is_empty()) {
        if WIDER.contains(&word) {
            table.insert(word.to_owned(), Name::Written);
        } else {
            table.entry(word.to_owned()).or_insert(Name::Written);
        }
    }
    let rural: BTreeSet<&str> = municipalities()
        .iter()
        .filter_map(|m| m.district.strip_suffix('郡'))
        .collect();
    let named = DISTRICTS
        .lines()
        .filter(|w| !w.ends_with(['地', '方', '域', '島']) && !w.is_empty());
    for stem in rural.into_iter().chain(named) {
        for kind in ["地方", "地域", "地区", "郡", "圏域"] {
            table
                .entry(format!("{stem}{kind}"))
                .or_insert(Name::Written);
        }
    }
}
