//! What people write in a cell.

use crate::domain::values::DEPARTMENTS;
use crate::domain::wish::{DayRange, Field, Hours, Pay, PayUnit, Value};
use std::collections::HashMap;
use std::sync::LazyLock;

const WORDS: &str = include_str!("data/words.tsv");

static BY_WORDING: LazyLock<HashMap<(&'static str, &'static str), &'static str>> =
    LazyLock::new(|| {
        let mut map = HashMap::new();
        for line in WORDS.lines().filter(|l| !l.starts_with('#')) {
            let mut columns = line.split('\t');
            if let (Some(field), Some(word), Some(wordings)) =
                (columns.next(), columns.next(), columns.next())
            {
                map.insert((field, word), word);
                for wording in wordings.split('|') {
                    map.insert((field, wording), word);
                }
            }
        }
        map
    });

/// Full-width letters, digits and signs as their narrow forms, all dashes and tildes as one.
pub(super) fn narrow(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '～' | '〜' | '－' | '–' | '—' | '‐' | '−' => '~',
            '\u{3000}' => ' ',
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            other => other,
        })
        .collect()
}

/// Whether the cell leaves the matter open.
pub(super) fn says_nothing(cell: &str) -> bool {
    matches!(
        cell.trim(),
        "" | "-"
            | "ー"
            | "－"
            | "―"
            | "応相談"
            | "要相談"
            | "相談可"
            | "未定"
            | "不明"
            | "不問"
            | "特になし"
    )
}

fn parts(cell: &str, signs: &[char]) -> Vec<String> {
    cell.split(|c: char| signs.contains(&c))
        .map(|p| p.trim().to_owned())
        .filter(|p| !p.is_empty())
        .collect()
}

const LIST: &[char] = &['、', '，', ',', ';', '；', '/', '／', '\n', '\r'];
const LOOSE: &[char] = &['・', ' ', '\u{3000}', '･'];

/// Cuts a list; 「・」 and blanks cut only where the piece is not known as a whole.
fn each<T>(cell: &str, known: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, String> {
    let mut out = Vec::new();
    for piece in parts(cell, LIST) {
        if let Some(value) = known(&piece) {
            out.push(value);
            continue;
        }
        for small in parts(&piece, LOOSE) {
            out.push(known(&small).ok_or_else(|| format!("「{small}」が分かりません"))?);
        }
    }
    Ok(out)
}

/// Words of a closed list.
pub(super) fn words(field: Field, cell: &str) -> Result<Vec<Value>, String> {
    each(cell, |piece| {
        BY_WORDING
            .get(&(field.as_str(), piece))
            .map(|word| Value::text(*word))
    })
}

/// Whether a piece of a cell is a word of a closed list, or a wording of one.
pub(super) fn known_word(field: Field, piece: &str) -> bool {
    BY_WORDING.contains_key(&(field.as_str(), piece))
}

/// The pieces of a list.
pub(super) fn pieces(cell: &str) -> Vec<String> {
    parts(cell, LIST)
}

/// As [`words`], but what is unknown is given back beside what is known.
pub(super) fn words_known(field: Field, cell: &str) -> (Vec<Value>, Vec<String>) {
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for piece in parts(cell, LIST) {
        let small = if known_word(field, &piece) {
            vec![piece]
        } else {
            parts(&piece, LOOSE)
        };
        for word in small {
            match words(field, &word) {
                Ok(values) => known.extend(
                    values
                        .into_iter()
                        .filter(|v| !known.contains(v))
                        .collect::<Vec<_>>(),
                ),
                Err(_) => unknown.push(word),
            }
        }
    }
    (known, unknown)
}

/// Departments by their canonical names; 科 may be left out.
pub(super) fn departments(cell: &str) -> Result<Vec<Value>, String> {
    each(cell, |piece| {
        let named = match piece {
            "循環器" => "循環器内科",
            "消化器" => "消化器内科",
            "呼吸器" => "呼吸器内科",
            "神経内科" => "脳神経内科",
            "一般内科" => "内科",
            "総合内科" | "総診" => "総合診療科",
            "糖尿病内科" | "内分泌内科" | "代謝内科" => "糖尿病内分泌内科",
            "膠原病内科" | "リウマチ" => "リウマチ科",
            "耳鼻科" => "耳鼻咽喉科",
            "透析科" | "透析内科" => "人工透析内科",
            "リハビリ科" => "リハビリテーション科",
            "救急" => "救急科",
            other => other,
        };
        DEPARTMENTS
            .iter()
            .find(|d| **d == named || d.strip_suffix('科') == Some(named))
            .map(|d| Value::text(*d))
    })
}

const WEEK: [(char, &str); 8] = [
    ('月', "mon"),
    ('火', "tue"),
    ('水', "wed"),
    ('木', "thu"),
    ('金', "fri"),
    ('土', "sat"),
    ('日', "sun"),
    ('祝', "holiday"),
];

/// 平日, 月・水・金, 月〜金, 土曜午前, 土日.
pub(super) fn weekdays(cell: &str) -> Result<Vec<Value>, String> {
    let cell = narrow(cell);
    let mut out: Vec<Value> = Vec::new();
    let mut push = |word: String| {
        let value = Value::Text(word);
        if !out.contains(&value) {
            out.push(value);
        }
    };
    for piece in cell.split(|c: char| LIST.contains(&c) || LOOSE.contains(&c)) {
        if piece.is_empty() {
            continue;
        }
        let (days, half) = if let Some(days) = piece.strip_suffix("午前") {
            (days, ":am")
        } else if let Some(days) = piece.strip_suffix("午後") {
            (days, ":pm")
        } else {
            (piece, "")
        };
        let bare = days
            .replace("曜日", "")
            .replace('曜', "")
            .replace("祝日", "祝");
        if matches!(bare.as_str(), "平日") {
            push(format!("weekdays{half}"));
            continue;
        }
        let index = |c: char| WEEK.iter().position(|(name, _)| *name == c);
        if let Some((from, to)) = bare.split_once('~') {
            let ends = |s: &str| {
                s.chars()
                    .next()
                    .filter(|_| s.chars().count() == 1)
                    .and_then(index)
            };
            match (ends(from), ends(to)) {
                (Some(a), Some(b)) if a <= b => {
                    for (_, word) in WEEK.iter().take(b + 1).skip(a) {
                        push(format!("{word}{half}"));
                    }
                }
                _ => return Err(format!("曜日「{piece}」が分かりません")),
            }
            continue;
        }
        for c in bare.chars() {
            let (_, word) = WEEK
                .iter()
                .find(|(name, _)| *name == c)
                .ok_or_else(|| format!("曜日「{piece}」が分かりません"))?;
            push(format!("{word}{half}"));
        }
    }
    Ok(out)
}

/// なし, あり, 月2回, 週1回 (four a month).
pub(super) fn duties(cell: &str) -> Result<Value, String> {
    let cell = narrow(cell.trim());
    match cell.as_str() {
        "なし" | "無し" | "無" | "免除" | "none" | "0" | "0回" => {
            return Ok(Value::text("none"));
        }
        "あり" | "有り" | "有" | "any" => return Ok(Value::text("any")),
        _ => {}
    }
    let times = if cell.starts_with('週') { 4 } else { 1 };
    let digits = upper_number(&cell).ok_or_else(|| {
        format!("「{cell}」が分かりません。「なし」「あり」「月2回」のように書いてください")
    })?;
    Ok(Value::Number(digits * times))
}

/// The last whole number of a cell that holds nothing else but units and signs of a range.
fn upper_number(cell: &str) -> Option<i64> {
    let known =
        |c: char| c.is_ascii_digit() || "月週回約程度~-年人名床時間日分 ,件か所".contains(c);
    if !cell.chars().all(known) {
        return None;
    }
    let cell = cell.replace(',', "");
    cell.split(|c: char| !c.is_ascii_digit())
        .rfind(|d| !d.is_empty())
        .and_then(|d| d.parse().ok())
}

/// A whole number with its unit: 180床, 25人.
pub(super) fn number(cell: &str) -> Result<Value, String> {
    upper_number(&narrow(cell.trim()))
        .map(Value::Number)
        .ok_or_else(|| format!("「{}」は数ではありません", cell.trim()))
}

/// 3, 3〜4日, 週3日以上, 4.5.
pub(super) fn days(cell: &str) -> Result<Value, String> {
    let text = narrow(cell.trim())
        .replace(['週', '月', '日', '約', ' '], "")
        .replace('-', "~");
    let wrong = || format!("「{}」は日数ではありません", cell.trim());
    let figure = |s: &str| s.parse::<f64>().map_err(|_| wrong());
    let range = if let Some(n) = text.strip_suffix("以上") {
        DayRange {
            min: Some(figure(n)?),
            max: None,
        }
    } else if let Some(n) = text
        .strip_suffix("以内")
        .or_else(|| text.strip_suffix("以下"))
    {
        DayRange {
            min: None,
            max: Some(figure(n)?),
        }
    } else if let Some((a, b)) = text.split_once('~') {
        let end = |s: &str| {
            if s.is_empty() {
                Ok(None)
            } else {
                figure(s).map(Some)
            }
        };
        DayRange {
            min: end(a)?,
            max: end(b)?,
        }
    } else {
        let n = figure(text.strip_suffix("程度").unwrap_or(&text))?;
        DayRange {
            min: Some(n),
            max: Some(n),
        }
    };
    Ok(Value::Days(range))
}

/// 9:00〜17:30, 9時〜17時半.
pub(super) fn hours(cell: &str) -> Result<Value, String> {
    let text = narrow(cell.trim())
        .replace(['-', 'ー'], "~")
        .replace(' ', "");
    let wrong = || {
        format!(
            "「{}」は勤務時間ではありません。「9:00〜17:00」のように書いてください",
            cell.trim()
        )
    };
    let (a, b) = text.split_once('~').ok_or_else(wrong)?;
    let end = |s: &str| -> Result<Option<String>, String> {
        if s.is_empty() {
            return Ok(None);
        }
        let s = s
            .replace("時半", ":30")
            .replace('時', ":")
            .replace('分', "");
        let (h, m) = s.split_once(':').unwrap_or((&s, "00"));
        let m = if m.is_empty() { "00" } else { m };
        let (h, m): (u32, u32) = (
            h.parse().map_err(|_| wrong())?,
            m.parse().map_err(|_| wrong())?,
        );
        Ok(Some(format!("{h:02}:{m:02}")))
    };
    Ok(Value::Hours(Hours {
        start: end(a)?,
        end: end(b)?,
    }))
}

/// Yen: 1,200万円, 12000000, 8.5万, 1200〜1500万円 (both ends), 〜1500万円 (the upper alone). A bare number is yen.
pub(super) fn pay(unit: PayUnit, cell: &str) -> Result<Vec<(Field, Value)>, String> {
    let text = narrow(cell.trim())
        .replace([',', ' ', '円', '¥', '約'], "")
        .replace('-', "~");
    let text = text.strip_suffix("程度").unwrap_or(&text);
    let text = text.strip_suffix("以上").unwrap_or(text);
    let wrong = || {
        format!(
            "「{}」は金額ではありません。「1,200万円」のように書いてください",
            cell.trim()
        )
    };
    // 「1200~1500万」: the unit behind the upper end holds for the lower one too.
    let (low, high) = text.split_once('~').unwrap_or((text, ""));
    let shared = high.ends_with('万') && low.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let yen = |s: &str, ten_thousands: bool| -> Result<i64, String> {
        let (figure, scale) = match s.strip_suffix('万') {
            Some(figure) => (figure, 10_000.0),
            None if ten_thousands => (s, 10_000.0),
            None => (s, 1.0),
        };
        let n: f64 = figure.parse().map_err(|_| wrong())?;
        let yen = (n * scale).round();
        if !(0.0..1e12).contains(&yen) {
            return Err(wrong());
        }
        #[allow(clippy::cast_possible_truncation)]
        Ok(yen as i64)
    };
    let mut out = Vec::new();
    if !low.is_empty() {
        out.push((
            Field::SalaryMin,
            Value::Pay(Pay {
                amount: yen(low, shared)?,
                unit,
            }),
        ));
    }
    if !high.is_empty() {
        out.push((
            Field::SalaryMax,
            Value::Pay(Pay {
                amount: yen(high, false)?,
                unit,
            }),
        ));
    }
    if out.is_empty() {
        Err(wrong())
    } else {
        Ok(out)
    }
}

/// 2026-10-01 of 2026/10/1, 2026年10月1日; 2027-04 of 2027年4月.
pub(super) fn date(cell: &str) -> Result<String, String> {
    let text = western_year(&narrow(cell.trim()))
        .replace(['年', '月', '/', '.', '~'], "-")
        .replace(['日', 'か', 'ら'], "");
    let parts: Option<Vec<u32>> = text
        .split('-')
        .filter(|p| !p.is_empty())
        .map(|p| p.trim().parse().ok())
        .collect();
    match parts.as_deref() {
        Some([y, m]) => Ok(format!("{y:04}-{m:02}")),
        Some([y, m, d]) => Ok(format!("{y:04}-{m:02}-{d:02}")),
        _ => Err(format!("「{}」は日付ではありません", cell.trim())),
    }
}

/// The last day of a period: 2027-03-31 of 2027/3/31, of 2026-10-01〜2027-03-31, of 2027年3月末 or 2027年3月. A text that is
/// none stays as it stands.
pub(super) fn last_day(cell: &str) -> String {
    let narrowed = narrow(cell.trim()).replace("から", "~").replace("まで", "");
    let last = narrowed
        .rsplit('~')
        .map(str::trim)
        .find(|p| !p.is_empty())
        .unwrap_or_default();
    // A hyphenated date has been turned to tildes by `narrow` where its hyphen was a dash of another alphabet.
    let last = if last.chars().filter(char::is_ascii_digit).count() >= 5 {
        last
    } else {
        narrowed.as_str()
    };
    let text = last
        .trim_end_matches('日')
        .trim_end_matches("必着")
        .trim_end_matches('末')
        .trim();
    match date(text) {
        Ok(month) if month.len() == 7 => month_end(&month).unwrap_or_else(|| cell.to_owned()),
        Ok(day) => day,
        Err(_) => cell.to_owned(),
    }
}

fn month_end(month: &str) -> Option<String> {
    let first = chrono::NaiveDate::parse_from_str(&format!("{month}-01"), "%Y-%m-%d").ok()?;
    let next = first.checked_add_months(chrono::Months::new(1))?;
    Some(next.pred_opt()?.to_string())
}

/// Bare figures of a column whose heading says 万円: 1200〜1500 is 1200万〜1500万. Figures that are yen already stay.
pub(super) fn in_ten_thousands(cell: &str) -> String {
    let text = narrow(cell).replace(',', "");
    let bare = text
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '~' | '-' | '.' | ' '));
    let small = text
        .split(['~', '-', ' '])
        .filter(|p| !p.is_empty())
        .all(|p| p.parse::<f64>().is_ok_and(|n| n < 100_000.0));
    if !bare || !small {
        return cell.to_owned();
    }
    text.replace('-', "~")
        .split('~')
        .map(|p| {
            if p.trim().is_empty() {
                String::new()
            } else {
                format!("{}万", p.trim())
            }
        })
        .collect::<Vec<_>>()
        .join("~")
}

/// 令和8年10月1日, R8.10.1 with the year of our era; other texts as they stand.
fn western_year(text: &str) -> String {
    let rest = text.strip_prefix("令和").or_else(|| {
        text.strip_prefix(['R', 'r'])
            .filter(|r| r.starts_with(|c: char| c.is_ascii_digit()))
    });
    let Some(rest) = rest.map(str::trim_start) else {
        return text.to_owned();
    };
    let rest = rest
        .strip_prefix('元')
        .map_or_else(|| rest.to_owned(), |r| format!("1{r}"));
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    match digits.parse::<u32>() {
        Ok(year) if year < 100 => {
            let tail: String = rest.chars().skip(digits.len()).collect();
            format!("{}{tail}", 2018 + year)
        }
        _ => text.to_owned(),
    }
}

/// A start: a date, or 随時 and the like.
pub(super) fn start(cell: &str) -> Result<Value, String> {
    match cell.trim() {
        "随時" | "即日" | "すぐ" | "至急" | "早急" | "asap" | "できるだけ早く" => {
            Ok(Value::text("asap"))
        }
        other => date(other).map(Value::Text),
    }
}

/// 長期, 6か月, 1年.
pub(super) fn duration(cell: &str) -> Result<Value, String> {
    let text = narrow(cell.trim());
    match text.as_str() {
        "長期" | "無期" | "期間の定めなし" | "long" => return Ok(Value::text("long")),
        "半年" => return Ok(Value::Number(6)),
        _ => {}
    }
    let (figure, months) = match text
        .strip_suffix("年間")
        .or_else(|| text.strip_suffix('年'))
    {
        Some(figure) => (figure, 12),
        None => (text.trim_end_matches(|c: char| !c.is_ascii_digit()), 1),
    };
    figure
        .trim()
        .parse::<i64>()
        .ok()
        .filter(|n| (0..1_000).contains(n))
        .map(|n| Value::Number(n * months))
        .ok_or_else(|| format!("「{}」は期間ではありません", cell.trim()))
}

/// Texts as they stand, one a piece.
pub(super) fn texts(cell: &str) -> Vec<Value> {
    parts(cell, LIST).into_iter().map(Value::Text).collect()
}
