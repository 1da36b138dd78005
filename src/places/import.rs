//! The public tables of towns and postcodes, as people download them: Geolonia 住所データ, 位置参照情報 (大字・町丁目 and 街区 level,
//! Shift_JIS or UTF-8), KEN_ALL and utf_ken_all of Japan Post.

use super::municipality::{Municipality, in_prefecture};
use super::point::Point;
use super::prefecture::Prefecture;
use super::towns::{Source, Town, Towns};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Which table a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Geolonia 住所データ: towns.
    Geolonia,
    /// 位置参照情報, 大字・町丁目レベル.
    IsjTown,
    /// 位置参照情報, 街区レベル: blocks, taken together by town.
    IsjBlock,
    /// 郵便番号データ.
    KenAll,
}

impl Format {
    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            Format::Geolonia => "Geolonia 住所データ",
            Format::IsjTown => "位置参照情報（大字・町丁目レベル）",
            Format::IsjBlock => "位置参照情報（街区レベル）",
            Format::KenAll => "郵便番号データ（KEN_ALL）",
        }
    }
}

/// What an import gives back.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// Which table it was.
    pub format: Format,
    /// What was read.
    pub towns: Towns,
    /// Rows that were read.
    pub rows: usize,
    /// Rows that were not, by reason, with the line of the first.
    pub passed_over: BTreeMap<&'static str, (usize, u64)>,
}

/// Reads a table.
///
/// # Errors
/// The file is none of the tables, in plain Japanese.
pub fn import(bytes: &[u8]) -> Result<Imported, String> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(
            "圧縮ファイル（ZIP）です。展開してから、中の CSV を指定してください".to_owned(),
        );
    }
    let text = decode(bytes)?;
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut records = reader.records();
    let first = match records.next() {
        Some(Ok(record)) => record,
        _ => return Err("空か、CSV として読めないファイルです".to_owned()),
    };
    let (layout, first) = match Layout::of(&first) {
        Some(layout) => (layout, None),
        None if is_ken_all(&first) => (Layout::KEN_ALL, Some(Ok(first))),
        None => {
            return Err("知らない形式です。Geolonia 住所データ、位置参照情報、郵便番号データ（KEN_ALL、utf_ken_all）の CSV を指定してください".to_owned());
        }
    };
    let mut done = Imported {
        format: layout.format,
        towns: Towns::default(),
        rows: 0,
        passed_over: BTreeMap::new(),
    };
    let mut blocks: BTreeMap<(String, String), Vec<Point>> = BTreeMap::new();
    for record in first.into_iter().chain(records) {
        let read = match &record {
            Ok(record) => layout.row(record, &mut done.towns, &mut blocks),
            Err(_) => Err("CSV として読めない行"),
        };
        match read {
            Ok(()) => done.rows += 1,
            Err(why) => {
                let line = record
                    .as_ref()
                    .ok()
                    .and_then(csv::StringRecord::position)
                    .map_or(0, csv::Position::line);
                done.passed_over.entry(why).or_insert((0, line)).0 += 1;
            }
        }
    }
    for ((municipality, town), points) in blocks {
        done.towns.add(municipality, &town, middle(&points));
    }
    done.towns.estimate_radii();
    if done.rows == 0 {
        return Err("読める行が一つもありません".to_owned());
    }
    Ok(done)
}

fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, String> {
    let (text, _, broken) = if std::str::from_utf8(bytes).is_ok() {
        encoding_rs::UTF_8.decode(bytes)
    } else {
        encoding_rs::SHIFT_JIS.decode(bytes)
    };
    if broken || text.contains('\0') {
        return Err(
            "文字コードを読めません（UTF-8 か Shift_JIS の CSV を指定してください）".to_owned(),
        );
    }
    Ok(text)
}

/// The blocks of a town as one: their middle, and the farthest of them.
fn middle(points: &[Point]) -> Town {
    // A town has a few thousand blocks at most.
    #[allow(clippy::cast_precision_loss)]
    let n = points.len().max(1) as f64;
    let point = Point {
        lat: points.iter().map(|p| p.lat).sum::<f64>() / n,
        lon: points.iter().map(|p| p.lon).sum::<f64>() / n,
    };
    let farthest = points
        .iter()
        .map(|p| p.kilometres_to(point))
        .fold(0.0, f64::max);
    Town {
        point,
        radius_km: (farthest * 100.0).round() / 100.0,
        source: Source::Isj,
    }
}

/// Which column holds what.
struct Layout {
    format: Format,
    prefecture: usize,
    municipality: usize,
    town: usize,
    lat: usize,
    lon: usize,
}

impl Layout {
    const KEN_ALL: Layout = Layout {
        format: Format::KenAll,
        prefecture: 6,
        municipality: 7,
        town: 8,
        lat: 0,
        lon: 0,
    };

    /// By the headings.
    fn of(headings: &csv::StringRecord) -> Option<Layout> {
        let at = |name: &str| {
            headings
                .iter()
                .position(|h| h.trim().trim_start_matches('\u{feff}') == name)
        };
        let block = at("大字・丁目名")
            .or_else(|| at("大字・町丁目名"))
            .or_else(|| at("大字・町丁目"));
        let town = at("大字町丁目名");
        let format = match (block, town) {
            (Some(_), _) => Format::IsjBlock,
            (_, Some(_)) if at("大字町丁目コード").is_some() => Format::IsjTown,
            (_, Some(_)) => Format::Geolonia,
            _ => return None,
        };
        Some(Layout {
            format,
            prefecture: at("都道府県名")?,
            municipality: at("市区町村名")?,
            town: block.or(town)?,
            lat: at("緯度")?,
            lon: at("経度")?,
        })
    }

    fn row(
        &self,
        record: &csv::StringRecord,
        towns: &mut Towns,
        blocks: &mut BTreeMap<(String, String), Vec<Point>>,
    ) -> Result<(), &'static str> {
        let cell = |at: usize| record.get(at).map(str::trim).ok_or("列の足りない行");
        let municipality = municipality(cell(self.prefecture)?, cell(self.municipality)?)
            .ok_or("知らない市区町村の行")?
            .full_name();
        let town = cell(self.town)?;
        if self.format == Format::KenAll {
            let code = cell(2)?;
            if code.len() != 7 || !code.bytes().all(|b| b.is_ascii_digit()) {
                return Err("郵便番号のない行");
            }
            towns.add_postcode(code.to_owned(), municipality, postal_town(town));
            return Ok(());
        }
        if town.is_empty() {
            return Err("町丁目名のない行");
        }
        let number = |at: usize| cell(at)?.parse::<f64>().map_err(|_| "座標のない行");
        let point =
            Point::in_japan(number(self.lat)?, number(self.lon)?).ok_or("座標が日本の外の行")?;
        match self.format {
            Format::IsjBlock => blocks
                .entry((municipality, town.to_owned()))
                .or_default()
                .push(point),
            format => {
                let source = if format == Format::Geolonia {
                    Source::Geolonia
                } else {
                    Source::Isj
                };
                towns.add(
                    municipality,
                    town,
                    Town {
                        point,
                        radius_km: 0.0,
                        source,
                    },
                );
            }
        }
        Ok(())
    }
}

fn municipality(prefecture: &str, name: &str) -> Option<&'static Municipality> {
    let (prefecture, _) = Prefecture::split(prefecture)?;
    in_prefecture(prefecture, name)
}

fn is_ken_all(record: &csv::StringRecord) -> bool {
    let digits = |at: usize, n: usize| {
        record
            .get(at)
            .is_some_and(|c| c.trim().len() == n && c.trim().bytes().all(|b| b.is_ascii_digit()))
    };
    record.len() >= 9
        && digits(2, 7)
        && record
            .get(6)
            .is_some_and(|p| Prefecture::split(p).is_some())
}

/// The town of a postcode without what only explains it: 旭（１〜３丁目） is 旭; a remark in the place of a town is none.
fn postal_town(text: &str) -> &str {
    if text.contains("以下に掲載がない場合")
        || text.ends_with("一円")
        || text.contains("次に番地がくる")
    {
        return "";
    }
    text.split(['（', '(']).next().unwrap_or_default()
}
