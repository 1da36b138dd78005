//! Openings as JSON Lines, in the shape of `docs/cli.md`.

use super::check::{Names, Row, finish};
use super::import::{Import, RowProblem, Writer};
use crate::domain::wish::{Field, OpeningItem, Value};
use serde_json::{Map, Value as Json};

const NAMES: Names = Names {
    id: "id",
    institution_name: "institution_name",
    area: "area",
    address: "address",
    lat: "lat",
    posted: "posted",
    expires: "expires",
};

/// Reads a file of one opening a line; empty lines are passed over.
pub fn read(bytes: &[u8]) -> Import {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.starts_with(b"PK\x03\x04") {
        return Import {
            openings: vec![],
            problems: vec![RowProblem::of_file(
                "JSON Lines ではなく、Excel などの圧縮ファイルのようです",
            )],
        };
    }
    let rows = bytes
        .split(|b| *b == b'\n')
        .enumerate()
        .filter(|(_, line)| !line.trim_ascii().is_empty())
        .map(|(index, line)| row(index + 1, line))
        .collect();
    finish(rows, &NAMES, Writer::Desk)
}

fn row(line: usize, bytes: &[u8]) -> Row {
    let mut row = Row::new(line);
    let Ok(text) = std::str::from_utf8(bytes) else {
        row.refuse("", "UTF-8 として読めない文字があります");
        return row;
    };
    match serde_json::from_str::<Json>(text) {
        Ok(Json::Object(object)) => fill(&mut row, object),
        Ok(_) => row.refuse("", "1行に1件の JSON オブジェクトではありません"),
        Err(e) => row.refuse(
            "",
            format!("JSON として読めません（{}バイト目）", e.column()),
        ),
    }
    row
}

fn fill(row: &mut Row, object: Map<String, Json>) {
    for (key, value) in object {
        match key.as_str() {
            "id" => row.id = text(row, &key, value).unwrap_or_default(),
            "institution_name" => {
                row.institution_name = text(row, &key, value).unwrap_or_default();
            }
            "area" => row.area = text(row, &key, value).unwrap_or_default(),
            "address" => row.address = text(row, &key, value),
            "posted" => row.posted = text(row, &key, value),
            "expires" => row.expires = text(row, &key, value),
            "terms" => terms(row, value),
            "lat" => row.lat = number(row, &key, &value),
            "lon" => row.lon = number(row, &key, &value),
            "items" => items(row, value),
            _ => row.flag(&key, "知らない項目なので読み飛ばします"),
        }
    }
}

fn text(row: &mut Row, key: &str, value: Json) -> Option<String> {
    match value {
        Json::String(s) => Some(s),
        Json::Number(n) if key == "id" => Some(n.to_string()),
        Json::Null => None,
        _ => {
            row.refuse(key, "文字列ではありません");
            None
        }
    }
}

fn number(row: &mut Row, key: &str, value: &Json) -> Option<f64> {
    if value.is_null() {
        return None;
    }
    let number = value.as_f64();
    if number.is_none() {
        row.refuse(key, "数値ではありません");
    }
    number
}

fn terms(row: &mut Row, value: Json) {
    let Json::Object(map) = value else {
        row.refuse("terms", "JSON オブジェクトではありません");
        return;
    };
    for (id, value) in map {
        match value {
            Json::String(words) if !words.trim().is_empty() => {
                row.terms.insert(id, words);
            }
            Json::String(_) | Json::Null => {}
            _ => row.refuse(&format!("terms.{id}"), "文字列ではありません"),
        }
    }
}

fn items(row: &mut Row, value: Json) {
    let Json::Array(list) = value else {
        row.refuse("items", "配列ではありません");
        return;
    };
    for (index, json) in list.into_iter().enumerate() {
        let column = format!("items[{index}]");
        match item(&json) {
            Ok(item) => row.items.push((column, item)),
            Err(reason) => row.refuse(&column, reason),
        }
    }
}

fn item(json: &Json) -> Result<OpeningItem, String> {
    let name = json
        .get("field")
        .and_then(Json::as_str)
        .ok_or("field がありません")?;
    let field: Field = name
        .parse()
        .map_err(|_| format!("「{name}」という項目はありません"))?;
    let value = json.get("value").ok_or("value がありません")?;
    let value: Value = serde_json::from_value(value.clone())
        .map_err(|_| format!("「{name}」の値 {value} の形が違います"))?;
    let words = |key: &str| {
        json.get(key)
            .and_then(Json::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    Ok(OpeningItem {
        field,
        value,
        quote: words("quote"),
        rule: words("rule"),
    })
}
