//! The gateway: hello, identify or resume, heartbeats, events.

use super::{
    TOKEN,
    payload::user,
    world::{APPLICATION, BOT, GUILD, Out, Session, World},
};
use axum::extract::ws::{CloseFrame, Message, WebSocket};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use tokio::sync::mpsc;

pub async fn serve(mut socket: WebSocket, world: Arc<Mutex<World>>) {
    let closes = world.lock().unwrap().gateway_closes;
    if let Some(code) = closes {
        let _ = socket.send(close(code)).await;
        return;
    }
    let hello = json!({"op": 10, "d": {"heartbeat_interval": 5000}, "s": null, "t": null});
    if socket.send(Message::text(hello.to_string())).await.is_err() {
        return;
    }
    let (out, mut queue) = mpsc::unbounded_channel();
    let mut mine = None;
    loop {
        tokio::select! {
            said = socket.recv() => {
                let Some(Ok(said)) = said else { break };
                let Message::Text(text) = said else { continue };
                let Ok(message) = serde_json::from_str::<Value>(&text) else { break };
                heard(&message, &world, &out, &mut mine);
            }
            event = queue.recv() => match event {
                Some(Out::Text(text)) => {
                    if socket.send(Message::text(text)).await.is_err() {
                        break;
                    }
                }
                Some(Out::Close(code)) => {
                    let _ = socket.send(close(code)).await;
                    break;
                }
                Some(Out::Cut) | None => break,
            }
        }
    }
    let mut w = world.lock().unwrap();
    if w.current
        .as_ref()
        .is_some_and(|(s, o)| Some(s) == mine.as_ref() && o.same_channel(&out))
    {
        w.current = None;
    }
}

fn close(code: u16) -> Message {
    Message::Close(Some(CloseFrame {
        code,
        reason: "".into(),
    }))
}

fn heard(
    message: &Value,
    world: &Arc<Mutex<World>>,
    out: &mpsc::UnboundedSender<Out>,
    mine: &mut Option<String>,
) {
    let mut w = world.lock().unwrap();
    let say = |v: Value| drop(out.send(Out::Text(v.to_string())));
    let accepted =
        message["d"]["token"] == format!("Bot {TOKEN}") || message["d"]["token"] == TOKEN;
    match message["op"].as_u64() {
        Some(1) => say(json!({"op": 11, "d": null, "s": null, "t": null})),
        Some(2) => {
            if !accepted || w.revoked {
                let _ = out.send(Out::Close(4004));
                return;
            }
            w.identified += 1;
            w.intents = message["d"]["intents"].as_u64().unwrap();
            for s in w.sessions.values_mut() {
                s.alive = false;
            }
            let id = format!("session-{}", w.identified);
            w.sessions.insert(
                id.clone(),
                Session {
                    alive: true,
                    ..Session::default()
                },
            );
            w.current = Some((id.clone(), out.clone()));
            *mine = Some(id.clone());
            let ready = json!({"v": 10, "user": {"id": BOT.to_string(), "username": "madoguchi", "discriminator": "0",
                "avatar": null, "bot": true, "verified": true, "mfa_enabled": true, "flags": 0},
                "guilds": [{"id": GUILD.to_string(), "unavailable": true}], "session_id": id,
                "resume_gateway_url": "wss://gateway.discord.gg", "shard": [0, 1],
                "application": {"id": APPLICATION.to_string(), "flags": 0}, "user_settings": user(BOT, "madoguchi")});
            w.emit("READY", ready);
        }
        Some(6) => {
            let id = message["d"]["session_id"]
                .as_str()
                .unwrap_or_default()
                .to_owned();
            let seen = message["d"]["seq"].as_u64().unwrap_or(0) as usize;
            let missed: Option<Vec<Value>> = w
                .sessions
                .get(&id)
                .filter(|s| s.alive)
                .map(|s| s.sent.iter().skip(seen).cloned().collect());
            match missed {
                None => say(json!({"op": 9, "d": false, "s": null, "t": null})),
                Some(missed) => {
                    w.resumed += 1;
                    w.current = Some((id.clone(), out.clone()));
                    *mine = Some(id);
                    for event in missed {
                        say(event);
                    }
                    w.emit("RESUMED", json!({}));
                }
            }
        }
        _ => {}
    }
}
