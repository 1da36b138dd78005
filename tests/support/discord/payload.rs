//! What Discord would say: messages, members, channels, interactions.

use super::world::{APPLICATION, BOT, Channel, GUILD, Message, Person, STAFF_ROLE, World};
use serde_json::{Value, json};

pub fn user(id: u64, name: &str) -> Value {
    json!({"id": id.to_string(), "username": name, "global_name": null, "discriminator": "0", "avatar": null,
        "bot": id == BOT, "public_flags": 0})
}

pub fn roles(p: Person) -> Value {
    if p.staff {
        json!([STAFF_ROLE.to_string()])
    } else {
        json!([])
    }
}

pub fn member(p: Person) -> Value {
    json!({"user": user(p.id, p.name), "nick": null, "roles": roles(p), "joined_at": "2026-01-05T00:00:00+00:00",
        "deaf": false, "mute": false, "flags": 0, "permissions": "0", "pending": false})
}

pub fn message(w: &World, m: &Message) -> Value {
    let name = w.members.get(&m.author).map_or("madoguchi", |p| p.name);
    let mut components = m.body["components"].clone();
    number(&mut components, &mut 0);
    let attachments = match &m.file {
        Some(f) => {
            json!([{"id": m.id.to_string(), "filename": "file.txt", "size": f.len(), "url": "https://cdn.example.com/f",
            "proxy_url": "https://cdn.example.com/f"}])
        }
        None => json!([]),
    };
    json!({"id": m.id.to_string(), "channel_id": m.channel.to_string(), "author": user(m.author, name), "content": m.content,
        "timestamp": "2026-11-21T00:00:00+00:00", "edited_timestamp": null, "tts": false, "type": 0, "pinned": false,
        "mention_everyone": false, "mentions": [], "mention_roles": [], "attachments": attachments,
        "embeds": m.body["embeds"].as_array().cloned().unwrap_or_default(),
        "components": if components.is_array() { components } else { json!([]) }, "flags": 0, "nonce": m.nonce})
}

/// Discord numbers components when it gives them back.
fn number(v: &mut Value, next: &mut u64) {
    match v {
        Value::Array(a) => a.iter_mut().for_each(|v| number(v, next)),
        Value::Object(o) => {
            if o.contains_key("type") {
                *next += 1;
                o.insert("id".into(), json!(*next));
            }
            if let Some(inner) = o.get_mut("components") {
                number(inner, next);
            }
        }
        _ => {}
    }
}

pub fn channel(id: u64, c: &Channel) -> Value {
    let mut out = json!({"id": id.to_string(), "type": c.kind, "name": c.name, "guild_id": GUILD.to_string(), "position": 0,
        "permission_overwrites": [], "nsfw": false, "flags": 0, "last_message_id": null, "rate_limit_per_user": 0});
    if let Some(parent) = c.parent {
        out["parent_id"] = json!(parent.to_string());
        out["owner_id"] = json!(BOT.to_string());
        out["message_count"] = json!(0);
        out["member_count"] = json!(1);
        out["thread_metadata"] = json!({"archived": c.archived, "auto_archive_duration": 10080, "locked": false,
            "archive_timestamp": "2026-11-21T00:00:00+00:00", "create_timestamp": "2026-11-21T00:00:00+00:00"});
    }
    out
}

/// An interaction of a person in a channel.
pub fn interaction(
    w: &mut World,
    kind: u8,
    who: Person,
    channel_id: u64,
    data: Value,
    about: Option<Value>,
) -> Value {
    let id = w.id();
    let token = format!("interaction-token-{id}");
    let c = w.channels.get(&channel_id);
    let place = json!({"id": channel_id.to_string(), "type": c.map_or(0, |c| c.kind), "name": c.map_or("", |c| c.name.as_str()),
        "parent_id": c.and_then(|c| c.parent).map(|p| p.to_string()), "permissions": "0"});
    let mut out = json!({"id": id.to_string(), "application_id": APPLICATION.to_string(), "type": kind, "token": token,
        "version": 1, "guild_id": GUILD.to_string(), "channel_id": channel_id.to_string(), "channel": place,
        "member": member(who), "data": data, "locale": "ja", "guild_locale": "ja", "entitlements": [],
        "attachment_size_limit": 8_388_608, "app_permissions": "0", "authorizing_integration_owners": {}, "context": 0});
    if let Some(message) = about {
        out["message"] = message;
    }
    out
}

pub fn all_roles() -> Value {
    let role = |id: u64, name: &str| {
        json!({"id": id.to_string(), "name": name, "color": 0, "colors": {"primary_color": 0}, "hoist": false,
            "managed": false, "mentionable": false, "permissions": "0", "position": 1, "flags": 0})
    };
    json!([role(GUILD, "@everyone"), role(STAFF_ROLE, "担当")])
}

pub fn application(flags: u64) -> Value {
    json!({"id": APPLICATION.to_string(), "name": "madoguchi", "icon": null, "description": "", "bot_public": false,
        "bot_require_code_grant": false, "verify_key": "00", "team": null, "flags": flags, "summary": ""})
}
