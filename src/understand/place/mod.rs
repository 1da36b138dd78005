//! Place names in a text: prefectures, municipalities and wards with and without their suffix, regions, stations.

mod english;
mod gazetteer;
mod names;
mod romaji;
mod stations;

use self::gazetteer::{GAZETTEER, Name};
use self::names::{CITIES, SURNAMES};
use super::pattern::pattern;
use crate::places::prefectures;

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

pattern!(
    EN_BEFORE,
    r"(?:\b(?:in|near|at|around|from|of|or|and|between|within|like|not|no|to|is|prefer|outside|except|beyond|delete|remove|drop|add|instead of)|,|:|\()\s$"
);
pattern!(
    EN_AFTER,
    r"^(?:\s(?:prefecture|area|region|instead|too\b|or\s|and\s|would|is\s|are\s)|,\s[a-z]+(?:\s(?:or|and)\s|,|$))"
);

/// What is called after a place and stands for itself.
const NAMED_AFTER: &[&str] = &[
    "空港",
    "港",
    "電車",
    "電鉄",
    "鉄道",
    "線",
    "本線",
    "新幹線",
    "自動車道",
    "高速",
    "大学",
    "大橋",
    "牛",
    "弁",
];

pattern!(
    WRITER_BEFORE,
    r"(?:私|わたくし|小生|担当の|秘書の|事務長の?|係の|課の|窓口の|部長の?)、?$"
);
pattern!(
    WRITER_AFTER,
    r"^(?:(?:が|は)(?:代わ|代理|お|ご|承|伺|うかが|申し|対応|窓口|連絡|担当)|まで(?:ご|お|連絡|。)|宛|あて)"
);

/// 「私、大隅が代わりに」, 「担当の福島まで」: a person with a place's name.
fn of_writer(before: &str, rest: &str) -> bool {
    WRITER_AFTER.is(rest) && WRITER_BEFORE.is(before)
}

/// 庄内交通 is a company, 「交通の便」 a wish.
fn carrier(rest: &str) -> bool {
    rest.strip_prefix("交通").is_some_and(|r| {
        !["の便", "費", "事情", "アク", "至便", "量", "網", "機関"]
            .iter()
            .any(|w| r.starts_with(w))
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
    let mut hits: Vec<PlaceHit> = Vec::new();
    let mut doubtful: Vec<(usize, PlaceHit)> = Vec::new();
    let mut i = 0;
    while let Some(raw) = raws.get(i) {
        i += 1;
        if hits.last().is_some_and(|h| raw.start < h.end) {
            continue;
        }
        let rest = text.get(raw.end..).unwrap_or_default();
        // 仙台空港, 山陽電車, 南海本線: named after the place, and not the place.
        if NAMED_AFTER.iter().any(|w| rest.starts_with(w))
            || carrier(rest)
            || of_writer(head(text, raw.start), rest)
        {
            continue;
        }
        match raw.name {
            Name::Prefecture(p) | Name::Stem(p) => {
                // 長野県松本市, 長野の上田, 横浜市青葉区 under its prefecture.
                let joined = raws.get(i).and_then(|next| {
                    let gap = text.get(raw.end..next.start)?;
                    let near = gap.is_empty()
                        || matches!(
                            gap,
                            "の" | "県"
                                | "府"
                                | "都"
                                | "県の"
                                | " "
                                | "に入って"
                                | "県に入って"
                                | "県内の"
                        )
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
                if matches!(raw.name, Name::Stem(_))
                    && let Some(inside) = ["市内", "の市内", "の市街"]
                        .iter()
                        .find(|w| rest.starts_with(**w))
                {
                    let full = format!("{p}{}市", text.get(raw.start..raw.end).unwrap_or_default());
                    hits.push(hit(raw.start, raw.end + inside.len(), full));
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
                    // 「京都か大阪です」 names a place beside another, 「大阪です」 alone a person.
                    if rest.starts_with("です") {
                        doubtful.push((hits.len(), hit(raw.start, raw.end, (*p).to_owned())));
                    }
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
                let words = words
                    .strip_suffix("区内")
                    .map_or(words, |_| words.trim_end_matches('内'));
                hits.push(hit(raw.start, raw.end, words.to_owned()));
            }
            Name::Full(list) => {
                let (full, ambiguous) = choose(
                    list,
                    &raws,
                    i - 1,
                    text.get(raw.start..raw.end).unwrap_or_default(),
                );
                let (end, full, used) = with_ward(text, &raws, i, raw.end, full);
                i += used;
                let mut h = hit(raw.start, end, full);
                h.ambiguous = ambiguous && used == 0;
                hits.push(h);
            }
            // 「交通機関で」: one character behind another is a part of a word.
            Name::Bare(_) if part_of_a_word(text, raw) => {}
            Name::Bare(list) => {
                let (full, ambiguous) = choose(list, &raws, i - 1, "");
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
                if ambiguous && before_says && !named {
                    // Left open, and asked about.
                    text.get(raw.start..raw.end)
                        .unwrap_or_default()
                        .clone_into(&mut h.value);
                    hits.push(h);
                    continue;
                }
                if placed && (!named || before_says) && (list_city || before_says) && !ambiguous {
                    i += used;
                    hits.push(h);
                } else if (!named || rest.starts_with("です")) && !ambiguous {
                    doubtful.push((hits.len(), h));
                }
            }
            Name::Latin(list) => {
                let (full, ambiguous) = choose(list, &raws, i - 1, "");
                if !ambiguous && (EN_BEFORE.is(head(text, raw.start)) || EN_AFTER.is(rest)) {
                    hits.push(hit(raw.start, raw.end, full));
                }
            }
            Name::Quarter => {
                let before = head(text, raw.start);
                let mut h = hit(raw.start, raw.end, String::new());
                text.get(raw.start..raw.end)
                    .unwrap_or_default()
                    .clone_into(&mut h.value);
                if g.before.is_match(before) || g.after.is_match(rest) && !g.person.is_match(rest) {
                    hits.push(h);
                } else {
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
            && (linked(a, b) || a.end == b.start)
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
    company(text, &candidates, &mut taken, &mut hits);
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
    cities_beside_cities(text, &mut hits, &linked);
    stations::add(text, &mut hits);
    hits
}

/// Prefectures whose name is also that of a city in them.
const NAMED_LIKE_A_CITY: &[&str] = &[
    "青森",
    "秋田",
    "山形",
    "福島",
    "千葉",
    "新潟",
    "富山",
    "福井",
    "長野",
    "岐阜",
    "静岡",
    "京都",
    "大阪",
    "奈良",
    "和歌山",
    "鳥取",
    "岡山",
    "広島",
    "山口",
    "徳島",
    "高知",
    "福岡",
    "佐賀",
    "長崎",
    "熊本",
    "大分",
    "宮崎",
    "鹿児島",
];

/// 「静岡か浜松」, 「鳥取でも米子でも」: beside a city the bare name is the city's, beside a prefecture the prefecture's.
fn cities_beside_cities(
    text: &str,
    hits: &mut [PlaceHit],
    linked: &impl Fn(&PlaceHit, &PlaceHit) -> bool,
) {
    let bare_city = |h: &PlaceHit| {
        let word = text.get(h.start..h.end).unwrap_or_default();
        h.value.ends_with(['市', '町', '村']) && h.value.ends_with(word)
            || h.value.ends_with(&format!("{word}市"))
    };
    for i in 0..hits.len() {
        let Some(h) = hits.get(i) else { continue };
        let word = text.get(h.start..h.end).unwrap_or_default();
        if !NAMED_LIKE_A_CITY.contains(&word) || !h.value.ends_with(['県', '府']) {
            continue;
        }
        let near: Vec<&PlaceHit> = [i.checked_sub(1), Some(i + 1)]
            .into_iter()
            .flatten()
            .filter_map(|k| hits.get(k))
            .filter(|k| linked(h, k) || or_else(text, h, k))
            .collect();
        if !near.is_empty() && near.iter().all(|k| bare_city(k)) {
            let city = format!("{}{word}市", h.value);
            if let Some(h) = hits.get_mut(i) {
                h.value = city;
            }
        }
    }
}

/// 「鳥取でも米子でも」
fn or_else(text: &str, a: &PlaceHit, b: &PlaceHit) -> bool {
    let (from, to) = (a.end.min(b.end), a.start.max(b.start));
    text.get(from..to) == Some("でも")
}

/// 「串本は遠い」 in a mail that names other places of that prefecture: a bare name before a particle is a place too.
fn company(text: &str, candidates: &[PlaceHit], taken: &mut [bool], hits: &mut Vec<PlaceHit>) {
    let known: Vec<String> = hits
        .iter()
        .filter_map(|h| prefecture_of(&h.value))
        .collect();
    for (h, taken) in candidates.iter().zip(taken) {
        let word = text.get(h.start..h.end).unwrap_or_default();
        let rest = text.get(h.end..).unwrap_or_default();
        let before = text.get(..h.start).and_then(|t| t.chars().next_back());
        let apart = !before.is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        if !*taken
            && apart
            && word.chars().count() >= 2
            && (WAY_THERE.is(rest)
                || !SURNAMES.contains(&word)
                    && PARTICLES.iter().any(|w| rest.starts_with(w))
                    && prefecture_of(&h.value).is_some_and(|p| known.contains(&p)))
        {
            *taken = true;
            hits.push(h.clone());
        }
    }
}

// 「一宮は橋が混むのでお断りします」: of a way there is spoken of places only.
pattern!(
    WAY_THERE,
    r"^(?:は|も|の(?:ほう|方)は|まで(?:は|も)?|でも|なら|だけは|には|へは|へも|→|のお話は)[^。\n]{0,20}?(?:遠(?:い|く|す|か)|通(?:え|い|う|勤|わ)|(?:には?|へは?)行(?:け|き|か|く)|候補から|消し(?:て|とい)|外し(?:て|とい)|除いて|取り消し|削(?:って|除)|渋滞|乗り?換え|不便|片道|行く気|雪(?:が|道)|混(?:む|み|ん)|峠|道が|道も|橋が|坂が)"
);
/// What follows a place that is spoken of.
const PARTICLES: &[&str] = &[
    "は",
    "も",
    "まで",
    "でも",
    "なら",
    "へ",
    "には",
    "方面",
    "あたり",
    "とか",
    "などは",
    "や",
];

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

fn part_of_a_word(text: &str, raw: &Raw) -> bool {
    let word = text.get(raw.start..raw.end).unwrap_or_default();
    let before = text.get(..raw.start).and_then(|t| t.chars().next_back());
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    word.chars().count() == 1 && before.is_some_and(han)
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

/// Which of the places of one name is meant: the one in the city, else in the prefecture, of the nearest sure place.
fn choose(list: &[String], raws: &[Raw], own: usize, written: &str) -> (String, bool) {
    let first = || list.first().cloned().unwrap_or_default();
    if list.len() == 1 {
        return (first(), false);
    }
    let of_city = |sure: &str| {
        let city = sure
            .find('市')
            .and_then(|at| sure.get(..at + '市'.len_utf8()))?;
        only(
            list.iter()
                .filter(|f| f.starts_with(city) && f.as_str() != city),
        )
    };
    let of_prefecture = |sure: &str| {
        let p = prefecture_of(sure)?;
        let of = || list.iter().filter(|f| f.starts_with(p.as_str()));
        only(of()).or_else(|| of().find(|f| f.ends_with('市')))
    };
    if let Some(found) = nearest(raws, own, of_city).or_else(|| nearest(raws, own, of_prefecture)) {
        return (found.clone(), false);
    }
    if written.is_empty() {
        return match only(list.iter().filter(|f| f.ends_with('市'))) {
            Some(city) => (city.clone(), false),
            None => (first(), true),
        };
    }
    (written.to_owned(), true)
}

fn only<'a>(mut of: impl Iterator<Item = &'a String>) -> Option<&'a String> {
    let one = of.next()?;
    of.next().is_none().then_some(one)
}

/// What the sure places around give, the nearest first.
fn nearest<'a>(
    raws: &[Raw],
    own: usize,
    give: impl Fn(&str) -> Option<&'a String>,
) -> Option<&'a String> {
    let at = raws.get(own)?.start;
    let mut around: Vec<(usize, &'a String)> = Vec::new();
    for (i, raw) in raws.iter().enumerate() {
        let sure = match raw.name {
            Name::Prefecture(p) | Name::Stem(p) => Some(*p),
            Name::Full(l) | Name::Bare(l) if l.len() == 1 => l.first().map(String::as_str),
            _ => None,
        };
        if i != own
            && let Some(found) = sure.and_then(&give)
        {
            around.push((raw.start.abs_diff(at), found));
        }
    }
    around.into_iter().min_by_key(|a| a.0).map(|a| a.1)
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
