//! What the double knows.

use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, HashMap},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};
use tokio::sync::mpsc::UnboundedSender;

pub const GUILD: u64 = 1001;
pub const REVIEW: u64 = 2002;
pub const INTAKE: u64 = 2003;
pub const STAFF_ROLE: u64 = 3004;
pub const APPLICATION: u64 = 4005;
pub const BOT: u64 = 4006;

/// Somebody in the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person {
    pub id: u64,
    pub name: &'static str,
    pub staff: bool,
}

impl Person {
    pub const SATO: Person = Person {
        id: 501,
        name: "佐藤",
        staff: true,
    };
    pub const SUZUKI: Person = Person {
        id: 502,
        name: "鈴木",
        staff: true,
    };
    pub const GUEST: Person = Person {
        id: 503,
        name: "客",
        staff: false,
    };
}

/// A message.
#[derive(Debug, Clone)]
pub struct Message {
    pub id: u64,
    pub channel: u64,
    pub author: u64,
    pub content: String,
    /// As it was sent: embeds, components, flags.
    pub body: Value,
    pub file: Option<String>,
    pub nonce: Option<String>,
    pub edits: u32,
}

impl Message {
    /// Every text in it, for looking at.
    pub fn all_text(&self) -> String {
        let mut out = self.content.clone();
        fn walk(v: &Value, out: &mut String) {
            match v {
                Value::String(s) => {
                    out.push('\n');
                    out.push_str(s);
                }
                Value::Array(a) => a.iter().for_each(|v| walk(v, out)),
                Value::Object(o) => o.values().for_each(|v| walk(v, out)),
                _ => {}
            }
        }
        walk(&self.body["embeds"], &mut out);
        walk(&self.body["components"], &mut out);
        if let Some(f) = &self.file {
            out.push('\n');
            out.push_str(f);
        }
        out
    }

    /// The same as people read it, without the signs that only escape.
    pub fn reads(&self) -> String {
        self.all_text().replace(['\\', '\u{200B}'], "")
    }

    /// The buttons and menus, in order.
    pub fn components(&self) -> Vec<&Value> {
        self.body["components"]
            .as_array()
            .into_iter()
            .flatten()
            .flat_map(|row| row["components"].as_array().into_iter().flatten())
            .collect()
    }

    /// The labels of the buttons that can be pressed.
    pub fn buttons(&self) -> Vec<String> {
        self.components()
            .into_iter()
            .filter(|c| c["type"] == 2 && c["disabled"] != true)
            .map(|c| c["label"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    /// The button or menu of this label, or whose id begins with this.
    pub fn component(&self, wanted: &str) -> Option<&Value> {
        self.components().into_iter().find(|c| {
            c["label"] == wanted
                || c["placeholder"] == wanted
                || c["custom_id"]
                    .as_str()
                    .is_some_and(|id| id.starts_with(wanted))
        })
    }
}

#[derive(Debug, Default)]
pub struct Channel {
    pub kind: u8,
    pub name: String,
    pub parent: Option<u64>,
    pub messages: BTreeMap<u64, Message>,
    pub archived: bool,
}

/// What an interaction was answered with.
#[derive(Debug)]
pub struct Asked {
    pub id: u64,
    pub token: String,
    pub at: Instant,
    pub first: Option<(Value, Duration)>,
    pub edits: Vec<Value>,
    pub file: Option<String>,
    pub channel: u64,
    pub message: Option<u64>,
}

/// Something that goes wrong on purpose.
#[derive(Debug, Clone)]
pub enum Fault {
    /// This status and Discord error code, nothing done.
    Status(u16, i64),
    /// 429, with the seconds to wait.
    Busy(f64),
    /// Done, but the answer is lost on the way.
    LostAnswer,
    /// The answer takes this long.
    Slow(Duration),
}

pub struct Planned {
    pub method: &'static str,
    pub path: String,
    pub fault: Fault,
    pub times: u32,
}

pub struct Logged {
    pub method: String,
    pub path: String,
    pub status: u16,
}

/// A gateway session that can be resumed.
#[derive(Default)]
pub struct Session {
    pub sent: Vec<Value>,
    pub alive: bool,
}

pub enum Out {
    Text(String),
    Close(u16),
    Cut,
}

pub struct World {
    pub channels: BTreeMap<u64, Channel>,
    pub commands: Vec<Value>,
    pub asked: HashMap<String, Asked>,
    pub sessions: HashMap<String, Session>,
    pub current: Option<(String, UnboundedSender<Out>)>,
    pub intents: u64,
    pub identified: u32,
    pub resumed: u32,
    pub gateway_closes: Option<u16>,
    pub revoked: bool,
    /// As Discord says it of the application.
    pub application_flags: u64,
    pub members: HashMap<u64, Person>,
    pub planned: Vec<Planned>,
    pub requests: Vec<Logged>,
    pub violations: Vec<String>,
    last: u64,
}

impl World {
    pub fn new() -> World {
        let channel = |name: &str| Channel {
            name: name.into(),
            ..Channel::default()
        };
        World {
            channels: [(REVIEW, channel("review")), (INTAKE, channel("intake"))].into(),
            commands: vec![],
            asked: HashMap::new(),
            sessions: HashMap::new(),
            current: None,
            intents: 0,
            identified: 0,
            resumed: 0,
            gateway_closes: None,
            revoked: false,
            application_flags: 1 << 18,
            members: [Person::SATO, Person::SUZUKI, Person::GUEST]
                .map(|p| (p.id, p))
                .into(),
            planned: vec![],
            requests: vec![],
            violations: vec![],
            last: 0,
        }
    }

    /// A new id, later than all before and telling the time as Discord's do.
    pub fn id(&mut self) -> u64 {
        let ms = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap()
            .as_millis() as u64;
        self.last = self.last.max((ms - 1_420_070_400_000) << 22) + 1;
        self.last
    }

    pub fn broken(&mut self, what: impl Into<String>) {
        self.violations.push(what.into());
    }

    pub fn find(&self, id: u64) -> Option<&Message> {
        self.channels.values().find_map(|c| c.messages.get(&id))
    }

    /// Messages of a channel, oldest first.
    pub fn messages(&self, channel: u64) -> Vec<&Message> {
        self.channels
            .get(&channel)
            .map(|c| c.messages.values().collect())
            .unwrap_or_default()
    }

    /// The cards: messages of the review channel that have buttons.
    pub fn cards(&self) -> Vec<&Message> {
        self.messages(REVIEW)
            .into_iter()
            .filter(|m| !m.components().is_empty())
            .collect()
    }

    /// The fault that is planned for this request, counted down.
    pub fn fault_for(&mut self, method: &str, path: &str) -> Option<Fault> {
        let i = self
            .planned
            .iter()
            .position(|p| p.method == method && path.contains(&p.path) && p.times > 0)?;
        let planned = &mut self.planned[i];
        planned.times -= 1;
        Some(planned.fault.clone())
    }

    /// Sends an event to whoever is connected, and keeps it for a resume.
    pub fn emit(&mut self, name: &str, data: Value) {
        let Some((session, out)) = self.current.clone() else {
            // Nobody is connected: a session that can be resumed still gets it.
            if let Some(s) = self.sessions.values_mut().find(|s| s.alive) {
                let seq = s.sent.len() + 1;
                s.sent
                    .push(json!({"op": 0, "s": seq, "t": name, "d": data}));
            }
            return;
        };
        let Some(s) = self.sessions.get_mut(&session) else {
            return;
        };
        let seq = s.sent.len() + 1;
        let event = json!({"op": 0, "s": seq, "t": name, "d": data});
        s.sent.push(event.clone());
        let _ = out.send(Out::Text(event.to_string()));
    }

    pub fn look_for_late_answers(&mut self) {
        let late: Vec<String> = self
            .asked
            .values()
            .filter_map(|a| match &a.first {
                None => Some(format!("interaction {} was never answered", a.id)),
                Some((_, after)) if *after > Duration::from_secs(3) => {
                    Some(format!("interaction {} was answered after {after:?}", a.id))
                }
                Some(_) => None,
            })
            .collect();
        self.violations.extend(late);
    }

    /// For messages of failed tests.
    pub fn summary(&self) -> String {
        let mut out = String::new();
        for (id, c) in &self.channels {
            out.push_str(&format!(
                "channel {id} {} ({} messages)\n",
                c.name,
                c.messages.len()
            ));
            for m in c.messages.values() {
                out.push_str(&format!(
                    "  {} by {}: {}\n",
                    m.id,
                    m.author,
                    m.all_text()
                        .replace('\n', " | ")
                        .chars()
                        .take(300)
                        .collect::<String>()
                ));
            }
        }
        for r in self.requests.iter().rev().take(12) {
            out.push_str(&format!("{} {} -> {}\n", r.method, r.path, r.status));
        }
        out.push_str(&self.violations.join("\n"));
        out
    }
}
