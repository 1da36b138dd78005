//! Place names in a text: prefectures, municipalities and wards with and without their suffix, regions, stations.

mod names;

use self::names::{CITIES, ENGLISH, ENGLISH_PREFECTURES, HIDDEN, REGIONS, WRITTEN};
use crate::places::{municipalities, prefectures};
use aho_corasick::{AhoCorasick, MatchKind};
use regex::Regex;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A place found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceHit {
    /// First byte in the normal text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The canonical form (長野県松本市, 近畿, 名古屋駅), or the words as written.
    pub value: String,
    /// More than one municipality has the name and nothing tells which.
    pub ambiguous: bool,
}

#[derive(Debug, Clone)]
enum Name {
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
    /// Not a place.
    Hidden,
}

struct Gazetteer {
    machine: AhoCorasick,
    names: Vec<Name>,
    station: Regex,
    part: Regex,
    before: Regex,
    after: Regex,
    person: Regex,
    link: Regex,
    line: Regex,
}

static GAZETTEER: LazyLock<Option<Gazetteer>> = LazyLock::new(build);

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
        let stem = m
            .ward()
            .unwrap_or(m.name)
            .trim_end_matches(['市', '町', '村', '区']);
        let city = m.ward().is_none() && m.name.ends_with(['市', '区']);
        if stem.chars().count() >= 2
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
    for word in WRITTEN {
        table.insert((*word).to_owned(), Name::Written);
    }
    for word in HIDDEN {
        table.insert((*word).to_owned(), Name::Hidden);
    }
    for (word, full) in ENGLISH {
        table.insert((*word).to_owned(), Name::Full(vec![(*full).to_owned()]));
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
        station: Regex::new(r"([\p{Han}\p{Katakana}ー々ヶ]{1,7}|さいたま新都心|新さっぽろ)駅").ok()?,
        part: Regex::new(r"^(?:の)?(北部|南部|東部|西部|中部|県北|県南|中央部|北信|中信|南信|東信|北東部|南東部|北西部|南西部|中通り|浜通り|県央)").ok()?,
        before: Regex::new(r"(?:住まい|自宅|家|実家|場所|勤務地|勤務先|地域|候補|住所|エリア|在住|希望地|勤務|赴任先|転居先|キンムチ|ところ|所在地)\s*(?:は|が|も|:|=|の|ハ|で|→|\))?\s*(?:「|\()?\s*$").ok()?,
        after: Regex::new(r"^(?:市内|市|在住|在[。、\n ]|あたり|辺り|周辺|方面|近辺|界隈|近郊|近く|から|まで|駅|住み|に住|の自宅|の家|の空いた|の実家|に移|へ移|へ転|に転|へ引|に引|で(?:開業|働|勤|皮膚|内科|外科|\d|仕事|暮)|の(?:病院|クリニック|診療所|健診|町|市|北|南|東|西|中|どこ|どちら|いず|ほう|方|件|空|[^、。\n]{1,8}市)|エリア|圏|[~〜]|(?:は|が)(?:遠|雪|冬|通|勘弁|無理|×|○|◎|過去|だめ|駄目|難|あき|やや|ちょっと|候補|可)|(?:なら|でしたら|であれば|限定|のみ|だけ|など|より|にも|も可|では)|\s*[○◎△×]|に(?:ある|て|いる)|在|に帰|を離|から動|とその|に限|でも|くらい|ぐらい|へ(?:の|は)|に(?:入|通)|希望|勤務|(?:か|または|もしくは|や)[^らな]|カ |の分|=)").ok()?,
        person: Regex::new(r"^\s*[\p{Han}\p{Hiragana}--の]{0,4}(?:先生|さん|様|さま|氏|と申|といい|と言い|いいます|拝|君|と申します|医師)|^(?:です|だす|ですが)").ok()?,
        link: Regex::new(r"^(?:市内)?(?:、|・|か|や|~|/|または|もしくは|および|と|,|\s|,\s?|市|県|府|、もしくは|カ|\s?カ\s|、または|又は|とか|、あるいは|あるいは|ないし)$").ok()?,
        line: Regex::new(r"(?:[\p{Han}\p{Katakana}ー]{1,6}線(?:の)?(?:沿線|沿い)|(?:京阪|南海|阪急|阪神|近鉄|名鉄|西武|東武|京王|小田急|東急|京急|京成|西鉄)(?:[\p{Han}]{0,5}線)?(?:の)?沿線)").ok()?,
    })
}

struct Raw<'t> {
    start: usize,
    end: usize,
    name: &'t Name,
}

/// All places of a normal text, in order.
pub fn find(text: &str) -> Vec<PlaceHit> {
    let Some(g) = GAZETTEER.as_ref() else {
        return Vec::new();
    };
    let mut raws: Vec<Raw> = Vec::new();
    for m in g.machine.find_iter(text) {
        let Some(name) = g.names.get(m.pattern().as_usize()) else {
            continue;
        };
        if matches!(name, Name::Hidden) || !whole_word(text, m.start(), m.end()) {
            continue;
        }
        raws.push(Raw {
            start: m.start(),
            end: m.end(),
            name,
        });
    }
    let context = prefectures_in(&raws);
    let mut hits: Vec<PlaceHit> = Vec::new();
    let mut doubtful: Vec<(usize, PlaceHit)> = Vec::new();
    let mut i = 0;
    while let Some(raw) = raws.get(i) {
        i += 1;
        if hits.last().is_some_and(|h| raw.start < h.end) {
            continue;
        }
        let rest = text.get(raw.end..).unwrap_or_default();
        match raw.name {
            Name::Prefecture(p) | Name::Stem(p) => {
                // 長野県松本市, 長野の上田, 横浜市青葉区 under its prefecture.
                let joined = raws.get(i).and_then(|next| {
                    let gap = text.get(raw.end..next.start)?;
                    let near = gap.is_empty()
                        || matches!(gap, "の" | "県" | "府" | "都" | "県の" | " ")
                        || gap.ends_with('郡') && gap.chars().count() < 7;
                    let list = match next.name {
                        Name::Full(l) | Name::Bare(l) => l,
                        _ => return None,
                    };
                    if !near {
                        return None;
                    }
                    let full = best_within(list, p)?;
                    Some((next.end, full))
                });
                if let Some((end, full)) = joined {
                    i += 1;
                    let (end, full, used) = with_ward(text, &raws, i, end, full);
                    i += used;
                    hits.push(hit(raw.start, end, full));
                    continue;
                }
                // 大阪市 after the stem is the city.
                if matches!(raw.name, Name::Stem(_)) && rest.starts_with("市内") {
                    let full = format!("{p}{}市", text.get(raw.start..raw.end).unwrap_or_default());
                    hits.push(hit(raw.start, raw.end + "市内".len(), full));
                    continue;
                }
                let stem = matches!(raw.name, Name::Stem(_));
                if let Some(part) = g.part.captures(rest).and_then(|c| c.get(1)) {
                    let end = raw.end + part.end();
                    let words = text.get(raw.start..end).unwrap_or_default();
                    hits.push(hit(raw.start, end, words.to_owned()));
                    continue;
                }
                if stem
                    && (g.person.is_match(rest) && !g.before.is_match(head(text, raw.start))
                        || rest.starts_with(['大', '駅']))
                {
                    continue;
                }
                let end = if rest.starts_with(['県', '府', '都']) && stem {
                    raw.end + '県'.len_utf8()
                } else {
                    raw.end
                };
                hits.push(hit(raw.start, end, (*p).to_owned()));
            }
            Name::Region(r) => hits.push(hit(raw.start, raw.end, (*r).to_owned())),
            Name::Written => {
                let words = text.get(raw.start..raw.end).unwrap_or_default();
                hits.push(hit(
                    raw.start,
                    raw.end,
                    words.trim_end_matches('内').to_owned(),
                ));
            }
            Name::Full(list) => {
                let (full, ambiguous) = choose(
                    list,
                    &context,
                    text.get(raw.start..raw.end).unwrap_or_default(),
                );
                let (end, full, used) = with_ward(text, &raws, i, raw.end, full);
                i += used;
                let mut h = hit(raw.start, end, full);
                h.ambiguous = ambiguous && used == 0;
                hits.push(h);
            }
            Name::Bare(list) => {
                let (full, ambiguous) = choose(list, &context, "");
                let (end, full, used) = with_ward(text, &raws, i, raw.end, full);
                let mut h = hit(raw.start, end, full);
                h.ambiguous = ambiguous;
                let before = head(text, raw.start);
                let named = g.person.is_match(rest)
                    || before.ends_with("申す")
                    || rest.starts_with(['駅', '線', '家', '会']);
                let known = CITIES.contains(&text.get(raw.start..raw.end).unwrap_or_default());
                let placed =
                    known || used > 0 || g.before.is_match(before) || g.after.is_match(rest);
                let list_city = list.iter().any(|f| f.ends_with(['市', '区']))
                    || list.len() == 1
                        && text
                            .get(raw.start..raw.end)
                            .is_some_and(|w| w.chars().count() >= 3);
                let before_says = g.before.is_match(before);
                if placed && (!named || before_says) && list_city && !ambiguous {
                    i += used;
                    hits.push(h);
                } else if !named && !ambiguous {
                    doubtful.push((hits.len(), h));
                }
            }
            Name::Hidden => {}
        }
    }
    // A bare name in a list with a sure place, or with another of the same prefecture, is a place too.
    let linked = |a: &PlaceHit, b: &PlaceHit| {
        let gap = if a.end <= b.start {
            text.get(a.end..b.start)
        } else {
            text.get(b.end..a.start)
        };
        gap.is_some_and(|t| t.len() < 20 && g.link.is_match(t))
    };
    let candidates: Vec<PlaceHit> = doubtful.into_iter().map(|(_, h)| h).collect();
    let mut taken = vec![false; candidates.len()];
    for (i, pair) in candidates.windows(2).enumerate() {
        if let [a, b] = pair
            && linked(a, b)
            && prefecture_of(&a.value) == prefecture_of(&b.value)
        {
            for k in [i, i + 1] {
                if let Some(t) = taken.get_mut(k) {
                    *t = true;
                }
            }
        }
    }
    hits.extend(
        candidates
            .iter()
            .zip(&taken)
            .filter(|(_, t)| **t)
            .map(|(h, _)| h.clone()),
    );
    hits.sort_by_key(|h| h.start);
    // Twice, so that a chain of names hangs together from both ends.
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    for _ in 0..2 {
        for &i in &order {
            let (Some(h), Some(false)) = (candidates.get(i), taken.get(i).copied()) else {
                continue;
            };
            let at = hits.partition_point(|k| k.start < h.start);
            let near = [at.checked_sub(1), Some(at)];
            if near
                .iter()
                .flatten()
                .filter_map(|k| hits.get(*k))
                .any(|k| linked(k, h))
            {
                hits.insert(at, h.clone());
                if let Some(t) = taken.get_mut(i) {
                    *t = true;
                }
            }
        }
        order.reverse();
    }
    for c in g.station.captures_iter(text) {
        let (Some(all), Some(name)) = (c.get(0), c.get(1)) else {
            continue;
        };
        let cut = [
            "最寄",
            "最寄り",
            "各",
            "乗換",
            "始発",
            "急行",
            "両",
            "同",
            "私鉄",
            "線",
            "幹線",
            "町は",
            "の",
        ];
        if cut.iter().any(|w| name.as_str().ends_with(w)) {
            continue;
        }
        hits.retain(|h| h.end <= all.start() || h.start >= all.end());
        hits.push(hit(all.start(), all.end(), all.as_str().to_owned()));
    }
    for m in g.line.find_iter(text) {
        hits.push(hit(m.start(), m.end(), m.as_str().to_owned()));
    }
    hits.sort_by_key(|h| h.start);
    hits
}

fn hit(start: usize, end: usize, value: String) -> PlaceHit {
    PlaceHit {
        start,
        end,
        value,
        ambiguous: false,
    }
}

fn head(text: &str, end: usize) -> &str {
    let line = text.get(..end).unwrap_or_default();
    let cut = line.rfind('\n').map_or(0, |i| i + 1);
    line.get(cut..).unwrap_or_default()
}

fn whole_word(text: &str, start: usize, end: usize) -> bool {
    let word = text.get(start..end).unwrap_or_default();
    if !word.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return true;
    }
    let before = text.get(..start).and_then(|t| t.chars().next_back());
    let after = text.get(end..).and_then(|t| t.chars().next());
    let letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '@' | '_' | '-');
    !before.is_some_and(|c| letter(c) || c == '.') && !after.is_some_and(letter)
}

/// The prefectures that a text names, by themselves or through a municipality that only one of them has.
fn prefectures_in(raws: &[Raw]) -> Vec<String> {
    let mut out = Vec::new();
    for raw in raws {
        match raw.name {
            Name::Prefecture(p) | Name::Stem(p) => out.push((*p).to_owned()),
            Name::Full(list) if list.len() == 1 => {
                out.extend(list.iter().filter_map(|f| prefecture_of(f)))
            }
            _ => {}
        }
    }
    for raw in raws {
        if let Name::Bare(list) = raw.name
            && list.len() == 1
        {
            out.extend(list.iter().filter_map(|f| prefecture_of(f)));
        }
    }
    out
}

/// The prefecture that a full name begins with.
pub fn prefecture_of(full: &str) -> Option<String> {
    prefectures()
        .find(|p| full.starts_with(p.name()))
        .map(|p| p.name().to_owned())
}

fn best_within(list: &[String], prefecture: &str) -> Option<String> {
    let mut of: Vec<&String> = list.iter().filter(|f| f.starts_with(prefecture)).collect();
    of.sort_by_key(|f| (!f.ends_with('市'), f.chars().count()));
    of.first().map(|f| (*f).clone())
}

fn choose(list: &[String], context: &[String], written: &str) -> (String, bool) {
    let first = || list.first().cloned().unwrap_or_default();
    if list.len() == 1 {
        return (first(), false);
    }
    for p in context {
        let of: Vec<&String> = list.iter().filter(|f| f.starts_with(p.as_str())).collect();
        if of.len() == 1 {
            return (of.first().map(|f| (*f).clone()).unwrap_or_default(), false);
        }
        if let Some(city) = of.iter().find(|f| f.ends_with('市')) {
            return ((*city).clone(), false);
        }
    }
    if written.is_empty() {
        let cities: Vec<&String> = list.iter().filter(|f| f.ends_with('市')).collect();
        if let [only] = cities.as_slice() {
            return ((*only).clone(), false);
        }
        return (first(), true);
    }
    (written.to_owned(), true)
}

/// 「横浜市」 followed by 「青葉区」, also 「横浜の港北区」.
fn with_ward(
    text: &str,
    raws: &[Raw],
    i: usize,
    end: usize,
    full: String,
) -> (usize, String, usize) {
    let Some(next) = raws.get(i) else {
        return (end, full, 0);
    };
    let gap = text.get(end..next.start).unwrap_or("?");
    if !matches!(gap, "" | "の" | "市" | "市の" | " ") || !full.ends_with('市') {
        return (end, full, 0);
    }
    if let Name::Full(list) = next.name
        && let Some(ward) = list
            .iter()
            .find(|f| f.ends_with('区') && f.starts_with(full.as_str()))
    {
        return (next.end, ward.clone(), 1);
    }
    (end, full, 0)
}
