//! The requests.

use super::{
    TOKEN, limits,
    payload::{self},
    schema,
    world::{BOT, Channel, Fault, GUILD, Logged, Message, World},
};
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, Method, Response, StatusCode, Uri},
};
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

pub type Answered = (u16, Value);

pub async fn handle(
    world: Arc<Mutex<World>>,
    plain: std::net::SocketAddr,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let path = uri
        .path()
        .strip_prefix("/api/v10")
        .unwrap_or(uri.path())
        .to_owned();
    let fault = world.lock().unwrap().fault_for(method.as_str(), &path);
    match fault {
        Some(Fault::Status(status, code)) => {
            return answer(
                &world,
                &method,
                &path,
                (status, json!({"code": code, "message": "planned fault"})),
            );
        }
        Some(Fault::Busy(seconds)) => {
            let said = json!({"message": "You are being rate limited.", "retry_after": seconds, "global": false});
            let mut response = answer(&world, &method, &path, (429, said));
            response
                .headers_mut()
                .insert("retry-after", seconds.to_string().parse().unwrap());
            return response;
        }
        Some(Fault::Slow(wait)) => tokio::time::sleep(wait).await,
        _ => {}
    }
    let authorized = headers
        .get("authorization")
        .is_some_and(|t| t == &format!("Bot {TOKEN}"));
    let answered = {
        let mut w = world.lock().unwrap();
        if !authorized || w.revoked {
            (401, json!({"code": 0, "message": "401: Unauthorized"}))
        } else {
            let query = query(uri.query().unwrap_or_default());
            let (json, file) = read(&headers, &body);
            request(&mut w, plain, &method, &path, &query, json, file)
        }
    };
    let response = answer(&world, &method, &path, answered);
    if let Some(Fault::LostAnswer) = fault {
        let broken = futures::stream::once(async { Err::<Bytes, _>(std::io::Error::other("cut")) });
        return Response::new(Body::from_stream(broken));
    }
    response
}

fn answer(
    world: &Arc<Mutex<World>>,
    method: &Method,
    path: &str,
    (status, body): Answered,
) -> Response<Body> {
    world.lock().unwrap().requests.push(Logged {
        method: method.to_string(),
        path: path.to_owned(),
        status,
    });
    let mut response = Response::new(if status == 204 {
        Body::empty()
    } else {
        Body::from(body.to_string())
    });
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    let headers = response.headers_mut();
    for (name, value) in [
        ("content-type", "application/json"),
        ("x-ratelimit-limit", "50"),
        ("x-ratelimit-remaining", "49"),
        ("x-ratelimit-reset-after", "1.0"),
        ("x-ratelimit-bucket", "double"),
    ] {
        headers.insert(name, value.parse().unwrap());
    }
    response
}

fn query(text: &str) -> HashMap<String, String> {
    text.split('&')
        .filter_map(|p| p.split_once('='))
        .map(|(k, v)| (k.to_owned(), v.to_owned()))
        .collect()
}

/// JSON, or the JSON part and the file of a form.
fn read(headers: &HeaderMap, body: &[u8]) -> (Value, Option<String>) {
    let kind = headers
        .get("content-type")
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    let Some(boundary) = kind.split("boundary=").nth(1) else {
        return (serde_json::from_slice(body).unwrap_or(Value::Null), None);
    };
    let text = String::from_utf8_lossy(body);
    let (mut json, mut file) = (Value::Null, None);
    for part in text.split(&format!("--{boundary}")) {
        let Some((head, content)) = part.split_once("\r\n\r\n") else {
            continue;
        };
        let content = content.strip_suffix("\r\n").unwrap_or(content);
        if head.contains("name=\"payload_json\"") {
            json = serde_json::from_str(content).unwrap();
        } else if head.contains("filename=") {
            let name = head
                .split("filename=")
                .nth(1)
                .and_then(|rest| rest.split('"').nth(1))
                .unwrap_or_default();
            file = Some(format!("{name}\n{content}"));
        }
    }
    (json, file)
}

fn request(
    w: &mut World,
    plain: std::net::SocketAddr,
    method: &Method,
    path: &str,
    query: &HashMap<String, String>,
    body: Value,
    file: Option<String>,
) -> Answered {
    let Some(operation) = schema::operation(method.as_str(), path) else {
        w.broken(format!("{method} {path}: no such request"));
        return (404, json!({"code": 0, "message": "404: Not Found"}));
    };
    let mut wrong = match &operation.body {
        Some(validator) => schema::faults(validator, &body),
        None => vec![],
    };
    let template = operation.template.as_str();
    match (method.as_str(), template) {
        ("POST", "/channels/{channel_id}/messages") => {
            wrong.extend(limits::message(&body, file.is_none()))
        }
        ("PATCH", "/channels/{channel_id}/messages/{message_id}")
        | ("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/@original") => {
            wrong.extend(limits::message(&body, false));
        }
        ("POST", "/interactions/{interaction_id}/{interaction_token}/callback") => {
            match body["type"].as_u64() {
                Some(4) => wrong.extend(limits::message(&body["data"], true)),
                Some(9) => wrong.extend(limits::modal(&body["data"])),
                _ => {}
            }
        }
        _ => {}
    }
    if !wrong.is_empty() {
        w.broken(format!("{method} {path}: {}\n{body}", wrong.join("; ")));
        return (
            400,
            json!({"code": 50035, "message": "Invalid Form Body", "errors": {}}),
        );
    }
    let id = |n: usize| -> u64 {
        path.split('/')
            .nth(n)
            .and_then(|p| p.parse().ok())
            .unwrap_or(0)
    };
    match (method.as_str(), template) {
        ("GET", "/gateway") => (200, json!({"url": format!("ws://{plain}/events")})),
        ("PUT", "/applications/{application_id}/guilds/{guild_id}/commands") => {
            set_commands(w, id(2), id(4), &body)
        }
        ("POST", "/channels/{channel_id}/messages") => post(w, id(2), &body, file),
        ("GET", "/channels/{channel_id}/messages") => list(w, id(2), query),
        ("GET", "/channels/{channel_id}/messages/{message_id}") => {
            match w.find(id(4)).filter(|m| m.channel == id(2)) {
                Some(m) => (200, payload::message(w, m)),
                None => gone(),
            }
        }
        ("PATCH", "/channels/{channel_id}/messages/{message_id}") => edit(w, id(2), id(4), &body),
        ("DELETE", "/channels/{channel_id}/messages/{message_id}") => {
            match w
                .channels
                .get_mut(&id(2))
                .and_then(|c| c.messages.remove(&id(4)))
            {
                Some(_) => (204, Value::Null),
                None => gone(),
            }
        }
        ("POST", "/channels/{channel_id}/messages/{message_id}/threads") => {
            start_thread(w, id(2), id(4), &body)
        }
        ("PATCH", "/channels/{channel_id}") => match w.channels.get_mut(&id(2)) {
            Some(c) => {
                c.archived = body["archived"].as_bool().unwrap_or(c.archived);
                (200, payload::channel(id(2), c))
            }
            None => (404, json!({"code": 10003, "message": "Unknown Channel"})),
        },
        ("POST", "/interactions/{interaction_id}/{interaction_token}/callback") => {
            callback(w, path.split('/').nth(3).unwrap_or_default(), body)
        }
        ("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/@original") => {
            fill_in(w, path.split('/').nth(3).unwrap_or_default(), body, file)
        }
        ("GET", "/users/@me") => (200, payload::user(BOT, "madoguchi")),
        ("GET", "/oauth2/applications/@me") => (200, payload::application(w.application_flags)),
        ("GET", "/guilds/{guild_id}/roles") if id(2) == GUILD => (200, payload::all_roles()),
        ("GET", "/guilds/{guild_id}/roles") => {
            (404, json!({"code": 10004, "message": "Unknown Guild"}))
        }
        ("GET", "/channels/{channel_id}") => match w.channels.get(&id(2)) {
            Some(c) => (200, payload::channel(id(2), c)),
            None => (404, json!({"code": 10003, "message": "Unknown Channel"})),
        },
        ("GET", "/guilds/{guild_id}/members/{user_id}") => match w.members.get(&id(4)) {
            Some(p) => (200, payload::member(*p)),
            None => (404, json!({"code": 10007, "message": "Unknown Member"})),
        },
        _ => {
            w.broken(format!(
                "{method} {path}: the double does not know this request"
            ));
            (404, json!({"code": 0, "message": "404: Not Found"}))
        }
    }
}

fn gone() -> Answered {
    (404, json!({"code": 10008, "message": "Unknown Message"}))
}

fn set_commands(w: &mut World, application: u64, guild: u64, body: &Value) -> Answered {
    let list = body.as_array().cloned().unwrap_or_default();
    w.commands = list
        .into_iter()
        .map(|mut c| {
            let id = w.id();
            c["id"] = json!(id.to_string());
            c["application_id"] = json!(application.to_string());
            c["guild_id"] = json!(guild.to_string());
            c["version"] = json!(id.to_string());
            if c["type"].is_null() {
                c["type"] = json!(1);
            }
            c
        })
        .collect();
    (200, json!(w.commands))
}

fn post(w: &mut World, channel: u64, body: &Value, file: Option<String>) -> Answered {
    let nonce = body["nonce"].as_str().map(str::to_owned);
    if nonce.as_ref().is_none_or(|n| n.len() > 25) || body["enforce_nonce"] != true {
        w.broken(format!(
            "POST in {channel} without nonce and enforce_nonce: {body}"
        ));
    }
    let Some(c) = w.channels.get(&channel) else {
        return (404, json!({"code": 10003, "message": "Unknown Channel"}));
    };
    if c.archived {
        return (400, json!({"code": 50083, "message": "Thread is archived"}));
    }
    if let Some(same) = c
        .messages
        .values()
        .find(|m| m.nonce.is_some() && m.nonce == nonce)
    {
        return (200, payload::message(w, same));
    }
    let id = w.id();
    let message = Message {
        id,
        channel,
        author: BOT,
        content: body["content"].as_str().unwrap_or_default().to_owned(),
        body: body.clone(),
        file,
        nonce,
        edits: 0,
    };
    let said = payload::message(w, &message);
    w.channels
        .get_mut(&channel)
        .unwrap()
        .messages
        .insert(id, message);
    if w.intents & (1 << 9) != 0 {
        let mut event = said.clone();
        event["guild_id"] = json!(super::GUILD.to_string());
        w.emit("MESSAGE_CREATE", event);
    }
    (200, said)
}

fn list(w: &mut World, channel: u64, query: &HashMap<String, String>) -> Answered {
    let limit: usize = query
        .get("limit")
        .and_then(|l| l.parse().ok())
        .unwrap_or(50);
    let after: Option<u64> = query.get("after").and_then(|l| l.parse().ok());
    let Some(c) = w.channels.get(&channel) else {
        return (404, json!({"code": 10003, "message": "Unknown Channel"}));
    };
    let mut found: Vec<&Message> = match after {
        Some(after) => c
            .messages
            .range(after + 1..)
            .map(|(_, m)| m)
            .take(limit)
            .collect(),
        None => c.messages.values().rev().take(limit).collect(),
    };
    // Newest first, whatever was asked.
    found.sort_by_key(|m| std::cmp::Reverse(m.id));
    (
        200,
        json!(
            found
                .iter()
                .map(|m| payload::message(w, m))
                .collect::<Vec<_>>()
        ),
    )
}

fn edit(w: &mut World, channel: u64, id: u64, body: &Value) -> Answered {
    let Some(m) = w
        .channels
        .get_mut(&channel)
        .and_then(|c| c.messages.get_mut(&id))
    else {
        return gone();
    };
    if m.author != BOT {
        return (
            403,
            json!({"code": 50005, "message": "Cannot edit a message authored by another user"}),
        );
    }
    if let Some(content) = body["content"].as_str() {
        m.content = content.to_owned();
    }
    for key in ["embeds", "components"] {
        if !body[key].is_null() {
            m.body[key] = body[key].clone();
        }
    }
    m.edits += 1;
    let m = m.clone();
    (200, payload::message(w, &m))
}

fn start_thread(w: &mut World, channel: u64, message: u64, body: &Value) -> Answered {
    if w.find(message).is_none_or(|m| m.channel != channel) {
        return gone();
    }
    if w.channels.contains_key(&message) {
        return (
            400,
            json!({"code": 160_004, "message": "A thread has already been created for this message"}),
        );
    }
    let c = Channel {
        kind: 11,
        name: body["name"].as_str().unwrap_or_default().to_owned(),
        parent: Some(channel),
        ..Channel::default()
    };
    let said = payload::channel(message, &c);
    w.channels.insert(message, c);
    let mut event = said.clone();
    event["newly_created"] = json!(true);
    w.emit("THREAD_CREATE", event);
    (201, said)
}

fn callback(w: &mut World, token: &str, body: Value) -> Answered {
    let Some(asked) = w.asked.get_mut(token) else {
        return (
            404,
            json!({"code": 10062, "message": "Unknown interaction"}),
        );
    };
    let after = asked.at.elapsed();
    if after > Duration::from_secs(3) {
        return (
            404,
            json!({"code": 10062, "message": "Unknown interaction"}),
        );
    }
    if asked.first.is_some() {
        return (
            400,
            json!({"code": 40060, "message": "Interaction has already been acknowledged."}),
        );
    }
    let private = body["data"]["flags"].as_u64().unwrap_or(0) & 64 != 0;
    asked.first = Some((body.clone(), after));
    if matches!(body["type"].as_u64(), Some(4 | 5)) && !private {
        w.broken(format!("a public answer to an interaction: {body}"));
    }
    (204, Value::Null)
}

fn fill_in(w: &mut World, token: &str, body: Value, file: Option<String>) -> Answered {
    let id = w.id();
    let Some(asked) = w.asked.get_mut(token) else {
        return (404, json!({"code": 10015, "message": "Unknown Webhook"}));
    };
    if asked.first.is_none() {
        w.broken("an answer was filled in before the first answer");
        return (404, json!({"code": 10008, "message": "Unknown Message"}));
    }
    asked.edits.push(body.clone());
    asked.file = file.clone();
    let message = Message {
        id,
        channel: asked.channel,
        author: BOT,
        content: body["content"].as_str().unwrap_or_default().to_owned(),
        body,
        file,
        nonce: None,
        edits: 0,
    };
    (200, payload::message(w, &message))
}
