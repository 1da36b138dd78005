//! The name of the house: its own name without the corporation that runs it.

use super::super::Input;
use super::{Found, anywhere};
use crate::domain::wish::{Field, Value};
use crate::understand::doc::Role;
use crate::understand::kana::is_hiragana;
use crate::understand::normalize::Norm;
use crate::understand::pattern::pattern;
use crate::understand::place;
use crate::understand::rules::Cx;

// What names of houses end with, and homes whose kind stands before the name.
pattern!(
    ENDING,
    r"リハビリテーション病院|療養病院|総合医療センター|医療センター|記念病院|健診センター|検診センター|リハビリテーションセンター|ハートセンター|がんセンター|健康管理センター|健診サービス|プラザ|病院|クリニック|医院|診療所|保健所|検疫所|刑務所|拘置所|少年院|少年鑑別所|センター|サービス|ホスピタル|株式会社|(?:介護老人保健施設|特別養護老人ホーム|介護医療院|老人保健施設|養護老人ホーム)[\p{Han}\p{Katakana}\p{Hiragana}ー]{2,12}|の里|の丘|の郷|の杜|の森|苑|荘|園|整形外科|皮膚科|眼科|内科|小児科|耳鼻咽喉科|産婦人科|泌尿器科|脳神経外科|外科|clinic|hospital|medical cent(?:er|re)"
);
pattern!(
    LABEL,
    r"施設名?|機関名|勤務先|医療機関|名称|病院名|法人|事業所名|勤務場所|求人者|クリニック名"
);
pattern!(NOT_LABEL, r"種別|種類|形態|所在地|住所");
/// What only says the kind of a house.
const KINDS: &[&str] = &[
    "",
    "総合",
    "一般",
    "療養",
    "療養型",
    "精神科",
    "単科精神",
    "単科の精神科",
    "内科",
    "外科",
    "整形外科",
    "小児科",
    "透析",
    "大学",
    "公立",
    "市立",
    "町立",
    "村立",
    "県立",
    "国立",
    "民間",
    "急性期",
    "回復期",
    "慢性期",
    "地域",
    "在宅",
    "在宅専門",
    "専門",
    "訪問診療",
    "訪問診療専門",
    "中小",
    "大",
    "基幹",
    "中核",
    "有床",
    "無床",
    "健診",
    "検診",
    "関連",
    "系列",
    "近隣",
    "近隣の",
    "隣の",
    "提携",
    "提携先",
    "系列の",
    "当法人の",
    "同法人の",
    "他",
    "他の",
    "当",
    "同",
    "個人",
    "産科",
    "市内",
    "町内",
    "県内",
    "地域の",
    "老人",
    "介護",
    "特別",
    "救命救急",
    "一次",
    "二次",
    "自治体",
    "公的",
    "国保",
    "国民健康保険",
    "総合医療",
    "医療",
    "連携",
    "派遣先",
    "リハビリ",
    "リハビリテーション",
    "回復期リハビリテーション",
    "ケアミックス",
    "地域密着型",
    "都市型",
    "へき地",
    "離島",
    "認知症疾患医療",
    "認知症疾患",
    "地域包括支援",
    "包括支援",
    "救急",
    "分娩",
    "健康管理",
    "予防医学",
    "子育て支援",
    "院内保育",
    "デイ",
    "デイサービス",
    "小さな",
    "小規模",
    "眼科",
    "皮膚科",
    "歯科",
    "別の",
    "市民",
    "本院",
    "分院",
    "附属",
    "関連の",
    "外来",
    "訪問",
    "送迎",
];

/// Names the house.
pub(super) fn institution_name(cx: &Cx, input: &Input, found: &mut Vec<Found>) {
    let all = candidates(cx);
    let best = labelled(cx, &all)
        .or_else(|| of_sender(cx, input, &all))
        .or_else(|| said(cx, &all));
    if let Some((start, end)) = best {
        let quote = cx.doc.norm.quote(start, end).trim().to_owned();
        found.push(Found {
            field: Field::InstitutionName,
            value: Value::text(quote),
            start,
            end,
            rule: "opening::institution_name",
        });
    }
    for (start, end) in at_heads(cx, &all) {
        let quote = cx.doc.norm.quote(start, end).trim().to_owned();
        found.push(Found {
            field: Field::InstitutionName,
            value: Value::text(quote),
            start,
            end,
            rule: "opening::institution_name",
        });
    }
}

/// The houses at the heads of several posts: 「［A］みどりの里 施設長」, 「［B］きずな診療所 外来」.
fn at_heads(cx: &Cx, all: &[(usize, usize)]) -> Vec<(usize, usize)> {
    pattern!(
        HEAD,
        r"^\s*(?:[①-⑨]|[\[(【《<]?\s?[a-c1-5][\])】》>.、:]|[■◆●]|[一二三1-3][、.])"
    );
    let heads: Vec<(usize, usize)> = cx
        .doc
        .lines
        .iter()
        .filter(|l| l.role == Role::Own && HEAD.is(cx.doc.text(l.start, l.end)))
        .filter_map(|l| {
            all.iter()
                .find(|c| l.start <= c.0 && c.1 <= l.end && !cx.doc.text(c.0, c.1).ends_with('科'))
                .copied()
        })
        .collect();
    if heads.len() < 2 { Vec::new() } else { heads }
}

/// Everything in the text that can be the name of a house.
fn candidates(cx: &Cx) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    for c in ENDING.all(cx.text()).into_iter().take(60) {
        let Some(m) = c.get(0) else { continue };
        if !anywhere(cx, m.start()) {
            continue;
        }
        let end = m.end() - tail(m.as_str());
        let start = first_of_name(cx, m.start());
        let start = without_place(cx, start, m.start());
        // 「鹿沼市で介護老人保健施設さつきの杜を…」: where it stands is no part of the name.
        let start = cx
            .doc
            .text(start, m.start())
            .strip_suffix('で')
            .filter(|p| p.ends_with(['市', '町', '村', '区']))
            .map_or(start, |_| m.start());
        let word = cx.doc.text(start, end);
        let stem = cx.doc.text(start, m.start());
        let prefixed = m.as_str().contains("施設")
            || m.as_str().contains("ホーム")
            || m.as_str().contains("医療院");
        let company = m.as_str() == "株式会社" && stem.is_empty();
        let generic = KINDS.contains(&stem) && !prefixed && !company
            || word.chars().count() < 3
            || stem == "の"
            || stem.starts_with(['各', '諸'])
            || stem.contains("先生")
            || cx.rest(end).starts_with(['科', '医', '長'])
            || matches!(m.as_str(), "苑" | "荘" | "園") && stem.chars().count() < 2;
        if generic {
            continue;
        }
        // 「株式会社東海」: the name stands behind.
        let end = if company { behind(cx, end) } else { end };
        // 「きのさき湯の里病院」: the name goes on behind what may end one.
        if let Some(last) = out.last_mut()
            && (start <= last.0 && last.1 <= end || m.start() == last.1)
        {
            *last = (start.min(last.0), end);
            continue;
        }
        out.push((start, end));
    }
    out
}

/// Bytes of words behind a name that the pattern took with it: 「老人ホーム日向の丘の黒木」.
fn tail(word: &str) -> usize {
    if let Some(i) = ["の里", "の丘", "の郷", "の杜", "の森", "苑", "荘", "園"]
        .iter()
        .filter_map(|w| word.find(w).map(|i| i + w.len()))
        .min()
        && word.chars().count() > 5
    {
        return word.len() - i;
    }
    ["です", "と申", "では", "でご", "にて", "の"]
        .iter()
        .filter_map(|w| word.rfind(w))
        .filter(|i| *i > 12)
        .min()
        .map_or(0, |i| word.len() - i)
}

fn behind(cx: &Cx, end: usize) -> usize {
    let more = cx
        .rest(end)
        .chars()
        // 「株式会社ふゆぞら食品」: a name may begin in hiragana, and then what is none follows it.
        .scan(false, |past, c| {
            let kana = is_hiragana(c);
            *past |= !kana;
            (!(kana && *past) && ('\u{3041}'..='\u{9fff}').contains(&c)).then_some(c)
        })
        .map(char::len_utf8)
        .sum::<usize>();
    end + more
}

/// Where a name begins that ends at a byte: back over kanji, katakana and runs of hiragana that are no particles.
fn first_of_name(cx: &Cx, end: usize) -> usize {
    let head = cx.head(end);
    if cx.doc.latin {
        return latin_start(cx, head, end);
    }
    let chars: Vec<char> = head.chars().rev().collect();
    let kana = is_hiragana;
    let hard = |c: char| {
        ('\u{30a1}'..='\u{30fc}').contains(&c)
            || ('\u{4e00}'..='\u{9fff}').contains(&c)
            || matches!(c, '々' | 'ヶ' | 'ヵ')
    };
    let mut len = 0;
    let mut i = 0;
    while let Some(&c) = chars.get(i) {
        if hard(c) {
            len += c.len_utf8();
            i += 1;
        } else if kana(c) {
            let run: Vec<char> = chars
                .iter()
                .skip(i)
                .take_while(|c| kana(**c))
                .copied()
                .collect();
            let written: String = run.iter().rev().collect();
            let gone: usize = chars.iter().take(i + run.len()).map(|c| c.len_utf8()).sum();
            let before = head.get(..head.len() - gone).unwrap_or_default();
            // 「北の森病院」: one kanji at the head of the line is no place that the house stands in.
            let kept = if written == "の" && i > 0 && alone(before) {
                written.len()
            } else {
                name_part(&written, before, i == 0)
            };
            len += kept;
            if kept < written.len() {
                break;
            }
            i += run.len();
        } else {
            break;
        }
        if i > 24 {
            break;
        }
    }
    end - len
}

/// Whether nothing but one kanji stands on the line.
fn alone(before: &str) -> bool {
    let mut chars = before.trim_start().chars();
    chars
        .next()
        .is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
        && chars.next().is_none()
}

/// How many bytes at the end of a run of hiragana belong to a name; `before` is what stands before the run.
fn name_part(run: &str, before: &str, at_suffix: bool) -> usize {
    const PARTICLES: &[&str] = &[
        "にございます",
        "における",
        "にあります",
        "にある",
        "において",
        "におります",
        "いたします",
        "しております",
        "している",
        "します",
        "ました",
        "ている",
        "おります",
        "います",
        "ます",
        "です",
        "ました",
        "では",
        "から",
        "まで",
        "より",
        "にて",
        "との",
        "への",
        "での",
        "など",
        "という",
        "もの",
        "この",
        "その",
        "ための",
        "ような",
        "または",
        "および",
        "ほか",
        "お",
        "ご",
    ];
    let mut rest = run;
    loop {
        let last = rest;
        for p in PARTICLES {
            if let Some(i) = rest.rfind(p)
                && (rest.len() - i - p.len() >= 6 || rest.len() == i + p.len())
                && p.chars().count() >= 2
            {
                rest = rest.get(i + p.len()..).unwrap_or_default();
            }
        }
        // 「春日市のあさがお」 loses the particle, 「花のぞみ」 does not.
        if rest.len() == run.len() && of_place(before) {
            rest = rest.strip_prefix(['の', 'で']).unwrap_or(rest);
        }
        if NEGATIVE.iter().any(|w| rest.ends_with(w)) {
            rest = "";
        }
        if rest == last {
            break;
        }
    }
    // One kana alone between kanji is a particle, but for 「さくらの里」 and 「北のはま」.
    if rest.chars().count() == 1 && !at_suffix && run.chars().count() == 1 {
        return 0;
    }
    rest.len()
}

/// Endings of verbs that stand before a house and not in its name: 「200床を超えない病院」.
const NEGATIVE: &[&str] = &[
    "えない",
    "らない",
    "かない",
    "れない",
    "せない",
    "けない",
    "しない",
    "きない",
    "たい",
    "ている",
    "できる",
];

/// Whether a text ends with a place: 「福岡県春日市」, 「静岡」.
fn of_place(before: &str) -> bool {
    if before.ends_with(['市', '県', '町', '村', '区', '府', '都', '島', '郡']) {
        return true;
    }
    let word: String = before
        .chars()
        .rev()
        .take_while(|c| ('\u{4e00}'..='\u{9fff}').contains(c))
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    let asked = format!("{word}市内");
    !word.is_empty()
        && place::find(&asked)
            .first()
            .is_some_and(|p| p.start == 0 && p.end >= word.len())
}

fn latin_start(cx: &Cx, head: &str, end: usize) -> usize {
    let words: Vec<&str> = head.trim_end().split(' ').collect();
    let mut len = head.len() - head.trim_end().len();
    let mut n = 0;
    for w in words.iter().rev() {
        let stop = [
            "manage", "at", "the", "our", "a", "of", "for", "from", "is", "small", "in", "i", "and",
        ]
        .contains(w)
            || w.is_empty()
            || !w.chars().all(|c| c.is_alphabetic() || "-'.".contains(c));
        let at = end - len - w.len() - usize::from(n > 0);
        let capital = cx
            .doc
            .norm
            .quote(at, at + w.len())
            .starts_with(|c: char| c.is_uppercase());
        let stop = stop || !capital || ["we", "are", "am"].contains(w);
        if stop || n >= 4 {
            break;
        }
        len += w.len() + usize::from(n > 0);
        n += 1;
    }
    if n == 0 { end } else { end - len }
}

/// 「福岡県春日市あさがおクリニック」 and 「医療法人社団緑会さくら病院」 lose what stands before the name.
fn without_place(cx: &Cx, start: usize, suffix: usize) -> usize {
    let word = cx.doc.text(start, suffix);
    let mut at = start;
    for corporate in ["財団", "社団", "法人"] {
        if let Some(i) = word.rfind(corporate) {
            let rest = word.get(i + corporate.len()..).unwrap_or_default();
            let cut = rest.find('会').map_or(0, |k| k + '会'.len_utf8());
            if rest.len() > cut + 3 {
                at = at.max(start + i + corporate.len() + cut);
            }
        }
    }
    let places = place::find(cx.doc.text(at, suffix));
    if let Some(p) = places.first().filter(|p| {
        p.start == 0
            && cx
                .doc
                .text(at, at + p.end)
                .ends_with(['県', '府', '都', '市', '区', '町', '村'])
            && at + p.end + 5 < suffix
    }) {
        at += p.end;
    }
    at
}

/// Under a label: 「施設名　医療法人緑会　みどりの里」.
fn labelled(cx: &Cx, all: &[(usize, usize)]) -> Option<(usize, usize)> {
    cx.doc.lines.iter().find_map(|l| {
        let label = l.label.map(|(s, e)| (cx.doc.text(s, e), e));
        let gap = || {
            pattern!(
                GAP,
                r"^[\s●■◆・\d.①-⑳]*(?P<l>施設名?|事業所名?|勤務先|医療機関名|病院名|名称)(?:\s|:)+"
            );
            let text = cx.doc.text(l.start, l.end);
            GAP.first(text)
                .and_then(|c| Some((c.name("l")?.as_str().to_owned(), l.start + c.get(0)?.end())))
        };
        let from = match label {
            Some((word, e)) if LABEL.is(word) && !NOT_LABEL.is(word) => e,
            _ => gap()?.1,
        };
        if l.role != Role::Own {
            return None;
        }
        all.iter()
            .filter(|c| from <= c.0 && c.1 <= l.end)
            .max_by_key(|c| c.1 - c.0)
            .copied()
            .or_else(|| plain_value(cx, from, l.end))
    })
}

/// The value of the field itself, where it ends like no house that is known.
fn plain_value(cx: &Cx, from: usize, end: usize) -> Option<(usize, usize)> {
    let value = cx.doc.text(from, end);
    let skip = value.len()
        - value
            .trim_start_matches([' ', ':', '=', '|', '】', ']'])
            .len();
    let word = value.get(skip..)?.split(['(', ' ', '、', '/']).next()?;
    let n = word.chars().count();
    ((3..=20).contains(&n) && !word.contains("法人") && !KINDS.contains(&word))
        .then_some((from + skip, from + skip + word.len()))
}

/// The one that the sender's name tells, too.
fn of_sender(cx: &Cx, input: &Input, all: &[(usize, usize)]) -> Option<(usize, usize)> {
    let from = Norm::new(input.from_name).text;
    if from.is_empty() {
        return None;
    }
    let hit = all
        .iter()
        .filter(|c| {
            let word = cx.doc.text(c.0, c.1);
            from.contains(word)
                || word.len() > 9
                    && from
                        .split([' ', '　'])
                        .any(|t| t.len() > 9 && word.ends_with(t))
        })
        .max_by_key(|c| c.1 - c.0)
        .copied();
    hit.or_else(|| {
        let named = |t: &&str| {
            t.chars().count() >= 3
                && ([
                    "の里",
                    "の丘",
                    "の郷",
                    "の杜",
                    "苑",
                    "荘",
                    "株式会社",
                    "clinic",
                    "hospital",
                ]
                .iter()
                .any(|w| t.ends_with(w))
                    || ["介護", "老健", "特養", "グループホーム"]
                        .iter()
                        .any(|w| t.starts_with(w) && t != w))
        };
        let tokens: Vec<&str> = if cx.doc.latin {
            from.split(" - ").collect()
        } else {
            from.split(' ').collect()
        };
        let token = tokens.into_iter().map(str::trim).find(named)?;
        let at = cx.text().find(token)?;
        Some((at, at + token.len()))
    })
}

/// The first that introduces itself, in its fullest form.
fn said(cx: &Cx, all: &[(usize, usize)]) -> Option<(usize, usize)> {
    pattern!(
        SELF,
        r"^(?:\([^)\n]{0,60}\))?(?:の|です|と申|でござ|では|、|\s|にて|で(?:事務|人事|採用|総務|院長)|より|\(|は|が|$|。|人事|総務|事務|採用|医局|,| in)"
    );
    let dept = |c: &&(usize, usize)| {
        let word = cx.doc.text(c.0, c.1);
        word.ends_with('科')
            && !cx.head(c.0).ends_with(['の', '市', '町', '、'])
            && cx.head(c.0).trim() != ""
    };
    let first = all
        .iter()
        .find(|c| SELF.is(cx.rest(c.1)) && !dept(c))
        .or_else(|| all.iter().find(|c| !dept(c)))?;
    let short = cx.doc.text(first.0, first.1);
    all.iter()
        .filter(|c| cx.doc.text(c.0, c.1).ends_with(short))
        .min_by_key(|c| (c.1 - c.0, c.0))
        .copied()
}
