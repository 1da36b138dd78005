//! What people and Discord itself do.

use super::{
    Double,
    payload::{self, interaction},
    world::{APPLICATION, Asked, Fault, GUILD, Message, Out, Person, Planned, REVIEW, World},
};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// What somebody was answered, privately.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The first answer.
    pub first: Value,
    /// The text in the end.
    pub text: String,
    /// Everything in the end.
    pub body: Value,
    /// A file that came with it.
    pub file: Option<String>,
}

/// A form that was opened.
#[derive(Debug, Clone)]
pub struct Modal {
    pub custom_id: String,
    pub title: String,
    /// Id and value of each input.
    pub inputs: Vec<(String, String)>,
    channel: u64,
    message: Option<u64>,
}

impl Reply {
    /// The form, where one was opened.
    #[track_caller]
    pub fn modal(&self, card: &Message) -> Modal {
        assert_eq!(self.first["type"], 9, "no form: {}", self.first);
        let data = &self.first["data"];
        Modal {
            custom_id: data["custom_id"].as_str().unwrap().to_owned(),
            title: data["title"].as_str().unwrap().to_owned(),
            inputs: data["components"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| {
                    let i = &row["components"][0];
                    let text = |k: &str| i[k].as_str().unwrap_or_default().to_owned();
                    (text("custom_id"), text("value"))
                })
                .collect(),
            channel: card.channel,
            message: Some(card.id),
        }
    }
}

impl Modal {
    /// The value of an input.
    pub fn value(&self, id: &str) -> &str {
        self.inputs
            .iter()
            .find(|(i, _)| i == id)
            .map_or("", |(_, v)| v)
    }

    /// Types something.
    #[track_caller]
    pub fn fill(mut self, id: &str, text: &str) -> Modal {
        let input = self.inputs.iter_mut().find(|(i, _)| i == id);
        input.unwrap_or_else(|| panic!("no input {id}")).1 = text.to_owned();
        self
    }
}

impl Double {
    /// Writes a message.
    pub fn write(&self, channel: u64, who: Person, content: &str) -> u64 {
        self.world(|w| {
            let id = w.id();
            let message = Message {
                id,
                channel,
                author: who.id,
                content: content.to_owned(),
                body: Value::Null,
                file: None,
                nonce: None,
                edits: 0,
            };
            let mut event = payload::message(w, &message);
            w.channels
                .get_mut(&channel)
                .unwrap()
                .messages
                .insert(id, message);
            event["guild_id"] = json!(GUILD.to_string());
            event["member"] = payload::member(who);
            event["member"].as_object_mut().unwrap().remove("user");
            if w.intents & (1 << 15) == 0 {
                event["content"] = json!("");
            }
            if w.intents & (1 << 9) != 0 {
                w.emit("MESSAGE_CREATE", event);
            }
            id
        })
    }

    fn ask(&self, event: Value, message: Option<u64>) -> String {
        self.world(|w| {
            let token = event["token"].as_str().unwrap().to_owned();
            let id = |v: &Value| v.as_str().unwrap().parse().unwrap();
            w.asked.insert(
                token.clone(),
                Asked {
                    id: id(&event["id"]),
                    token: token.clone(),
                    at: Instant::now(),
                    first: None,
                    edits: vec![],
                    file: None,
                    channel: id(&event["channel_id"]),
                    message,
                },
            );
            w.emit("INTERACTION_CREATE", event);
            token
        })
    }

    async fn reply(&self, token: String) -> Reply {
        self.until("an answer to an interaction", |w| {
            let a = w.asked.get(&token)?;
            let (first, _) = a.first.as_ref()?;
            let body = match first["type"].as_u64() {
                Some(5) => a.edits.last()?.clone(),
                _ => first["data"].clone(),
            };
            Some(Reply {
                first: first.clone(),
                text: body["content"].as_str().unwrap_or_default().to_owned(),
                file: a.file.clone(),
                body,
            })
        })
        .await
    }

    /// Presses a button by its label, as it stands on the message that the test has before it.
    #[track_caller]
    pub fn press<'a>(
        &'a self,
        card: &Message,
        label: &str,
        who: Person,
    ) -> impl Future<Output = Reply> + 'a {
        let c = card
            .component(label)
            .unwrap_or_else(|| panic!("no button {label} among {:?}", card.buttons()));
        assert_ne!(c["disabled"], true, "{label} cannot be pressed");
        self.press_id(card, c["custom_id"].as_str().unwrap(), who)
    }

    /// Presses a button by its id, whatever stands on the message.
    pub fn press_id<'a>(
        &'a self,
        card: &Message,
        custom_id: &str,
        who: Person,
    ) -> impl Future<Output = Reply> + 'a {
        let data = json!({"custom_id": custom_id, "component_type": 2, "id": 2});
        self.component(card, data, who)
    }

    /// Chooses from the menu.
    #[track_caller]
    pub fn choose<'a>(
        &'a self,
        card: &Message,
        values: &[&str],
        who: Person,
    ) -> impl Future<Output = Reply> + 'a {
        let menu = card
            .components()
            .into_iter()
            .find(|c| c["type"] == 3)
            .expect("a menu");
        let known: Vec<&str> = menu["options"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|o| o["value"].as_str())
            .collect();
        assert!(
            values.iter().all(|v| known.contains(v)),
            "{values:?} of {known:?}"
        );
        let data =
            json!({"custom_id": menu["custom_id"], "component_type": 3, "id": 2, "values": values});
        self.component(card, data, who)
    }

    fn component<'a>(
        &'a self,
        card: &Message,
        data: Value,
        who: Person,
    ) -> impl Future<Output = Reply> + 'a {
        let event = self.world(|w| {
            let message = payload::message(w, card);
            interaction(w, 3, who, card.channel, data, Some(message))
        });
        let token = self.ask(event, Some(card.id));
        self.reply(token)
    }

    /// Sends a form.
    pub async fn submit(&self, modal: &Modal, who: Person) -> Reply {
        let rows: Vec<Value> = modal
            .inputs
            .iter()
            .enumerate()
            // Discord trims what is typed.
            .map(|(i, (id, value))| {
                json!({"type": 1, "id": 2 * i + 1, "components": [
                    {"type": 4, "id": 2 * i + 2, "custom_id": id, "value": value.trim()}]})
            })
            .collect();
        let data = json!({"custom_id": modal.custom_id, "components": rows});
        let event = self.world(|w| {
            let message = modal
                .message
                .and_then(|m| w.find(m))
                .map(|m| payload::message(w, m));
            interaction(w, 5, who, modal.channel, data, message)
        });
        let token = self.ask(event, modal.message);
        self.reply(token).await
    }

    /// Uses a slash command.
    pub async fn command(&self, name: &str, word: Option<&str>, who: Person) -> Reply {
        self.command_in(REVIEW, name, word, who).await
    }

    /// Uses a slash command in a channel.
    pub async fn command_in(
        &self,
        channel: u64,
        name: &str,
        word: Option<&str>,
        who: Person,
    ) -> Reply {
        let event = self.world(|w| {
            let known = w.commands.iter().find(|c| c["name"] == name).expect("a registered command").clone();
            let options = match word {
                Some(word) => json!([{"name": known["options"][0]["name"], "type": 3, "value": word}]),
                None => json!([]),
            };
            let data = json!({"id": known["id"], "name": name, "type": 1, "guild_id": GUILD.to_string(), "options": options});
            interaction(w, 2, who, channel, data, None)
        });
        let token = self.ask(event, None);
        self.reply(token).await
    }

    /// Plans a fault for the next requests whose path contains `path`.
    pub fn plan(&self, method: &'static str, path: &str, fault: Fault, times: u32) {
        self.world(|w| {
            w.planned.push(Planned {
                method,
                path: path.to_owned(),
                fault,
                times,
            });
        });
    }

    /// No planned fault is left.
    pub fn plans_done(&self) -> bool {
        self.world(|w| w.planned.iter().all(|p| p.times == 0))
    }

    /// The gateway's connection breaks.
    pub fn cut(&self) {
        self.send(Out::Cut);
    }

    /// The gateway asks for a new connection (op 7).
    pub fn ask_to_reconnect(&self) {
        self.send(Out::Text(
            json!({"op": 7, "d": null, "s": null, "t": null}).to_string(),
        ));
    }

    /// The gateway says that the session is invalid (op 9).
    pub fn invalidate(&self, resumable: bool) {
        self.world(|w| {
            if !resumable {
                for s in w.sessions.values_mut() {
                    s.alive = false;
                }
            }
        });
        self.send(Out::Text(
            json!({"op": 9, "d": resumable, "s": null, "t": null}).to_string(),
        ));
        if !resumable {
            self.world(|w| w.current = None);
        }
    }

    fn send(&self, out: Out) {
        self.world(|w| {
            if let Some((_, to)) = &w.current {
                let _ = to.send(out);
            }
        });
    }

    /// Sessions begun and sessions resumed.
    pub fn sessions(&self) -> (u32, u32) {
        self.world(|w| (w.identified, w.resumed))
    }

    /// Something done to what the double knows.
    pub fn change<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        self.world(change)
    }

    /// The one card of a case, once it says this.
    pub async fn card(&self, what: &str) -> Message {
        self.until(&format!("a card with 「{what}」"), |w| {
            let cards = w.cards();
            cards
                .iter()
                .rev()
                .find(|m| m.all_text().contains(what))
                .map(|m| (*m).clone())
        })
        .await
    }

    /// Waits a moment, for what must not happen.
    pub async fn a_moment(&self) {
        tokio::time::sleep(Duration::from_millis(400)).await;
    }

    /// The application that asks.
    pub fn application(&self) -> u64 {
        APPLICATION
    }
}
