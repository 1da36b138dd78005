//! Discord's published description of its API, against which every request is held.

use jsonschema::Validator;
use serde_json::{Map, Value, json};
use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex},
};

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let mut document: Value =
        serde_json::from_str(include_str!("../../data/discord/openapi.json")).unwrap();
    loosen(&mut document);
    document
});

/// Discord takes integers also as strings of digits, and the other way round.
fn loosen(v: &mut Value) {
    match v {
        Value::Object(o) => {
            let integer = match o.get("type") {
                Some(Value::String(t)) => t == "integer",
                Some(Value::Array(ts)) => ts.iter().any(|t| t == "integer"),
                _ => false,
            };
            // An attachment's place in the request is counted with plain numbers.
            if o.get("format").is_some_and(|f| f == "snowflake") {
                let strict = std::mem::take(o);
                *o = Map::from_iter([(
                    "anyOf".to_owned(),
                    json!([strict, {"type": "integer", "minimum": 0}]),
                )]);
                return;
            }
            if integer && !o.contains_key("enum") && !o.contains_key("oneOf") {
                let strict = std::mem::take(o);
                *o = Map::from_iter([(
                    "anyOf".to_owned(),
                    json!([strict, {"type": "string", "pattern": "^-?[0-9]+$"}]),
                )]);
                return;
            }
            o.values_mut().for_each(loosen);
        }
        Value::Array(a) => a.iter_mut().for_each(loosen),
        _ => {}
    }
}

/// The operation that a request calls: its path in the description, and its schema.
pub struct Operation {
    pub template: String,
    pub body: Option<Arc<Validator>>,
}

/// Looks up a request; `path` is without `/api/v10` and without a query.
pub fn operation(method: &str, path: &str) -> Option<Operation> {
    let parts: Vec<&str> = path.split('/').collect();
    let method = method.to_lowercase();
    let paths = DOCUMENT["paths"].as_object().unwrap();
    // A fixed word beats a placeholder (`@original` beats `{message_id}`).
    let mut best: Option<(usize, &String, &Value)> = None;
    for (template, item) in paths {
        let words: Vec<&str> = template.split('/').collect();
        if words.len() != parts.len() || item.get(&method).is_none() {
            continue;
        }
        let fits = words
            .iter()
            .zip(&parts)
            .all(|(w, p)| (w.starts_with('{') && !p.is_empty()) || w == p);
        let fixed = words.iter().filter(|w| !w.starts_with('{')).count();
        if fits && best.is_none_or(|(n, ..)| fixed > n) {
            best = Some((fixed, template, item));
        }
    }
    let (_, template, item) = best?;
    let schema = item[&method]["requestBody"]["content"]["application/json"].get("schema");
    Some(Operation {
        template: template.clone(),
        body: schema.map(|s| validator(&method, template, s)),
    })
}

fn validator(method: &str, template: &str, schema: &Value) -> Arc<Validator> {
    static MADE: LazyLock<Mutex<HashMap<String, Arc<Validator>>>> = LazyLock::new(Mutex::default);
    let key = format!("{method} {template}");
    if let Some(made) = MADE.lock().unwrap().get(&key) {
        return made.clone();
    }
    let whole = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "allOf": [schema],
        "components": reachable(schema),
    });
    let made = Arc::new(jsonschema::draft202012::new(&whole).unwrap());
    MADE.lock().unwrap().insert(key, made.clone());
    made
}

/// The named schemas that a schema needs; all thousand of them would take seconds to compile.
fn reachable(schema: &Value) -> Value {
    let mut found = Map::new();
    let mut todo = vec![schema.clone()];
    while let Some(v) = todo.pop() {
        match v {
            Value::Object(o) => {
                if let Some(Value::String(r)) = o.get("$ref")
                    && let Some(name) = r.strip_prefix("#/components/schemas/")
                    && !found.contains_key(name)
                {
                    let named = DOCUMENT["components"]["schemas"][name].clone();
                    found.insert(name.to_owned(), named.clone());
                    todo.push(named);
                }
                todo.extend(o.into_iter().map(|(_, v)| v));
            }
            Value::Array(a) => todo.extend(a),
            _ => {}
        }
    }
    json!({ "schemas": found })
}

/// What is wrong with a body.
pub fn faults(validator: &Validator, body: &Value) -> Vec<String> {
    validator
        .iter_errors(body)
        .map(|e| format!("{} at {}", e, e.instance_path()))
        .collect()
}
