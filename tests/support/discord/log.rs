//! serenity drops events that it cannot parse with a mere log line; here such a line fails the test.

use std::{
    fmt::Write as _,
    sync::{Mutex, Once},
};
use tracing::{
    Event, Level, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{
    EnvFilter, Layer,
    layer::{Context, SubscriberExt as _},
    util::SubscriberInitExt as _,
};

static DROPPED: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Starts listening, once in a process. With `MADOGUCHI_LOG` set the log is also printed.
pub fn capture() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let printed = std::env::var("MADOGUCHI_LOG").ok().map(|filter| {
            tracing_subscriber::fmt::layer()
                .with_test_writer()
                .with_filter(EnvFilter::new(filter))
        });
        let watched = Watch.with_filter(EnvFilter::new("serenity=debug"));
        tracing_subscriber::registry()
            .with(watched)
            .with(printed)
            .init();
    });
}

/// What was dropped in this process.
pub fn dropped_events() -> Vec<String> {
    DROPPED.lock().unwrap().clone()
}

struct Watch;

#[derive(Default)]
struct Words(String);

impl Visit for Words {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        if field.name() == "message" {
            let _ = write!(self.0, "{value:?}");
        }
    }
}

impl<S: Subscriber> Layer<S> for Watch {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if !event.metadata().target().starts_with("serenity")
            || *event.metadata().level() > Level::DEBUG
        {
            return;
        }
        let mut words = Words::default();
        event.record(&mut words);
        let said = words.0.to_lowercase();
        if said.contains("unknown event") || said.contains("err deserializing") {
            DROPPED.lock().unwrap().push(words.0);
        }
    }
}
