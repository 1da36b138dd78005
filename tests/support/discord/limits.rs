//! Limits that stand only in the prose of Discord's documentation, and the house's own rule on mentions.

use serde_json::Value;
use std::collections::HashSet;

fn chars(v: &Value) -> usize {
    v.as_str().map_or(0, |s| s.encode_utf16().count())
}

/// What is wrong with the data of a message (also of an ephemeral one).
pub fn message(body: &Value, new: bool) -> Vec<String> {
    let mut wrong = vec![];
    if chars(&body["content"]) > 2000 {
        wrong.push("content over 2000".to_owned());
    }
    let embeds: Vec<&Value> = body["embeds"].as_array().into_iter().flatten().collect();
    let mut sum = 0;
    for e in &embeds {
        sum += chars(&e["title"])
            + chars(&e["description"])
            + chars(&e["footer"]["text"])
            + chars(&e["author"]["name"]);
        for f in e["fields"].as_array().into_iter().flatten() {
            sum += chars(&f["name"]) + chars(&f["value"]);
            if chars(&f["name"]) == 0 || chars(&f["value"]) == 0 {
                wrong.push("an embed field without name or value".to_owned());
            }
            if chars(&f["value"]) > 1024 || chars(&f["name"]) > 256 {
                wrong.push("an embed field over its limit".to_owned());
            }
        }
    }
    if sum > 6000 {
        wrong.push(format!("embeds of {sum} characters"));
    }
    let rows: Vec<&Value> = body["components"]
        .as_array()
        .into_iter()
        .flatten()
        .collect();
    if rows.len() > 5 {
        wrong.push("more than five rows".to_owned());
    }
    let mut ids = HashSet::new();
    for row in &rows {
        let parts: Vec<&Value> = row["components"].as_array().into_iter().flatten().collect();
        if parts.is_empty() || parts.len() > 5 {
            wrong.push(format!("a row of {} components", parts.len()));
        }
        for c in parts {
            let id = c["custom_id"].as_str().unwrap_or_default();
            if !ids.insert(id.to_owned()) {
                wrong.push(format!("custom_id {id} stands twice"));
            }
            if c["type"] == 3 {
                wrong.extend(menu(c));
            }
        }
    }
    let mentions = &body["allowed_mentions"];
    let none = |key: &str| mentions[key].as_array().is_none_or(Vec::is_empty);
    if !mentions["parse"].as_array().is_some_and(Vec::is_empty) || !none("users") || !none("roles")
    {
        wrong.push(format!(
            "allowed_mentions must be {{parse: []}}, is {mentions}"
        ));
    }
    let empty = chars(&body["content"]) == 0 && embeds.is_empty();
    if new && empty && body["attachments"].as_array().is_none_or(Vec::is_empty) {
        wrong.push("an empty message".to_owned());
    }
    wrong
}

fn menu(c: &Value) -> Vec<String> {
    let mut wrong = vec![];
    let options: Vec<&Value> = c["options"].as_array().into_iter().flatten().collect();
    let most = c["max_values"].as_u64().unwrap_or(1) as usize;
    if options.is_empty() || options.len() > 25 || most > options.len() {
        wrong.push(format!(
            "a menu of {} options, {most} at most",
            options.len()
        ));
    }
    if options.iter().filter(|o| o["default"] == true).count() > most {
        wrong.push("more options preset than may be chosen".to_owned());
    }
    let values: HashSet<&str> = options.iter().filter_map(|o| o["value"].as_str()).collect();
    if values.len() != options.len() {
        wrong.push("two options of one value".to_owned());
    }
    wrong
}

/// What is wrong with a form.
pub fn modal(data: &Value) -> Vec<String> {
    let mut wrong = vec![];
    if chars(&data["title"]) > 45 || chars(&data["title"]) == 0 {
        wrong.push("the title of a form".to_owned());
    }
    let rows: Vec<&Value> = data["components"]
        .as_array()
        .into_iter()
        .flatten()
        .collect();
    if rows.is_empty() || rows.len() > 5 {
        wrong.push(format!("a form of {} inputs", rows.len()));
    }
    let mut ids = HashSet::new();
    for row in rows {
        let input = &row["components"][0];
        if !ids.insert(input["custom_id"].as_str().unwrap_or_default().to_owned()) {
            wrong.push("two inputs of one custom_id".to_owned());
        }
        let most = input["max_length"].as_u64().unwrap_or(4000) as usize;
        if chars(&input["value"]) > most.min(4000) {
            wrong.push(format!(
                "a value of {} where {most} fit",
                chars(&input["value"])
            ));
        }
        if chars(&input["label"]) > 45 {
            wrong.push("a label over 45".to_owned());
        }
    }
    wrong
}
