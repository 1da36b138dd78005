//! Stations and railway lines: 名古屋駅, 「甲府か石和温泉の駅」, 「池袋から川越までの東上線沿い」, 京阪沿線.

use super::{PlaceHit, hit};
use crate::understand::pattern::pattern;

/// Stations whose name is not of Chinese characters and katakana alone.
const MIXED: &[&str] = &[
    "さいたま新都心",
    "新さっぽろ",
    "いわき",
    "つくば",
    "あざみ野",
    "たまプラーザ",
    "ひばりヶ丘",
    "なんば",
    "なかもず",
    "ふじみ野",
    "みなとみらい",
    "せんげん台",
    "おおたかの森",
    "おごと温泉",
];

/// What stands before 駅 and is no name of one.
const NOT_NAMES: &[&str] = &[
    "最寄",
    "各",
    "乗換",
    "始発",
    "急行",
    "快速",
    "両",
    "同",
    "私鉄",
    "線",
    "幹線",
    "主要",
    "地下鉄",
    "新幹線停車",
    "終着",
    "近隣",
    "特急停車",
    "停車",
    "隣",
    "二",
    "三",
    "数",
    "全",
    "当",
    "別",
    "前",
    "無人",
    "最寄下車",
    "ターミナル",
    "道の",
    "自宅最寄",
];

/// A place whose station, and not the place, is meant.
fn to_station(h: &mut PlaceHit, text: &str) {
    let word = text.get(h.start..h.end).unwrap_or_default();
    let stem = word.trim_end_matches(['市', '駅']);
    h.value = format!("{stem}駅");
    h.ambiguous = false;
}

pattern!(
    AND,
    r"^(?:市|駅)?(?:、|・|か|や|と|~|から|-|/|または|もしくは)$"
);
pattern!(
    TO_LINE,
    r"^(?:まで|間|くらいまで|あたりまで)?(?:の|、)?[\p{Han}\p{Katakana}ー]{0,8}(?:線|鉄道|電鉄)(?:の)?(?:沿線|沿い|上|で|の駅)"
);

/// Adds the stations and lines of a text to the places found, and turns places into stations where 「の駅」 or a line
/// follows them.
pub(super) fn add(text: &str, hits: &mut Vec<PlaceHit>) {
    named(text, hits);
    hits.sort_by_key(|h| h.start);
    together(text, hits);
    lines(text, hits);
    hits.sort_by_key(|h| h.start);
}

fn named(text: &str, hits: &mut Vec<PlaceHit>) {
    for (at, mark) in text.match_indices('駅') {
        let end = at + mark.len();
        let before = text.get(..at).unwrap_or_default();
        let start = match MIXED.iter().find(|m| before.ends_with(**m)) {
            Some(m) => at - m.len(),
            None => {
                let run: usize = before
                    .chars()
                    .rev()
                    .take(9)
                    .take_while(|c| name_char(*c))
                    .map(char::len_utf8)
                    .sum();
                let words = before.get(at - run..).unwrap_or_default();
                let cut = ["線", "鉄道", "電鉄", "地下鉄"]
                    .iter()
                    .filter_map(|w| words.rfind(w).map(|i| i + w.len()))
                    .max()
                    .unwrap_or(0);
                at - run + cut
            }
        };
        let name = text.get(start..at).unwrap_or_default();
        let known = name.chars().count();
        if known == 0
            || known > 7
            || NOT_NAMES.contains(&name)
            || ["最寄", "幹線", "急行", "始発", "主要"]
                .iter()
                .any(|w| name.ends_with(w))
        {
            continue;
        }
        hits.retain(|h| h.end <= start || h.start >= end);
        hits.push(hit(start, end, format!("{name}駅")));
    }
}

fn name_char(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
        || ('\u{30a1}'..='\u{30fa}').contains(&c)
        || matches!(c, 'ー' | '々' | 'ヶ')
}

/// 「立川・八王子の駅」, 「池袋から川越までの東上線沿い」: the names of one list are all stations.
fn together(text: &str, hits: &mut [PlaceHit]) {
    let mut i = hits.len();
    while i > 0 {
        i -= 1;
        let Some(last) = hits.get(i) else { break };
        let rest = text.get(last.end..).unwrap_or_default();
        let shinkansen = ["、新幹線", "の新幹線", "新幹線", "まで新幹線"];
        let line = TO_LINE.is(rest) && !shinkansen.iter().any(|w| rest.starts_with(w));
        if !(rest.starts_with("の駅") || line) || last.value.ends_with("沿線") {
            continue;
        }
        let single = rest.starts_with("の駅") || last.value.ends_with('駅');
        let mut from = i;
        while from > 0 {
            let (Some(a), Some(b)) = (hits.get(from - 1), hits.get(from)) else {
                break;
            };
            if !text.get(a.end..b.start).is_some_and(|gap| AND.is(gap)) {
                break;
            }
            from -= 1;
        }
        if from == i && !single {
            continue;
        }
        for h in hits.get_mut(from..=i).unwrap_or_default() {
            to_station(h, text);
        }
        i = from;
    }
}

pattern!(
    LINE,
    r"(?:[\p{Han}\p{Katakana}ー]{1,8}(?:線|鉄道|電鉄|電車)|京阪|南海|阪急|阪神|近鉄|名鉄|西武|東武|京王|小田急|東急|京急|京成|西鉄|相鉄|地下鉄|市電)(?:の)?(?:沿線|沿い)"
);
pattern!(
    NEAR_LINE,
    r"([\p{Han}\p{Katakana}ー]{2,8}線)の?駅(?:近|周辺|そば|から|が)"
);

fn lines(text: &str, hits: &mut Vec<PlaceHit>) {
    if text.contains('沿') {
        for c in LINE.all(text) {
            let Some(m) = c.get(0) else { continue };
            let words = m.as_str();
            let generic = ["地下鉄", "市電", "新幹線", "私鉄", "海岸線", "沿岸"]
                .iter()
                .any(|w| words.starts_with(w));
            if !generic {
                hits.retain(|h| h.end <= m.start() || h.start >= m.end());
                hits.push(hit(m.start(), m.end(), words.to_owned()));
            }
        }
    }
    if text.contains("線の駅") || text.contains("線駅") {
        for c in NEAR_LINE.all(text) {
            if let Some(m) = c.get(1)
                && !m.as_str().ends_with("新幹線")
            {
                hits.retain(|h| h.end <= m.start() || h.start >= m.end());
                hits.push(hit(m.start(), m.end(), m.as_str().to_owned()));
            }
        }
    }
}
