//! The card as plain text, for the terminal.

use super::{Card, Detail, Tone, harmless::visible, text};
use chrono_tz::Tz;
use std::fmt::Write as _;

/// The card as lines of text without control characters, times in `zone`.
pub fn render(card: &Card, details: &[Detail], zone: Tz) -> String {
    let mut out = String::new();
    let mut say = |line: std::fmt::Arguments<'_>| {
        let _ = writeln!(out, "{}", visible(&line.to_string()).trim_end());
    };
    say(format_args!(
        "■ {}  ［{}］",
        card.title(),
        card.state.label()
    ));
    say(format_args!("  種類　　{}", text::kind(card.kind)));
    if let Some(a) = &card.address {
        say(format_args!("  差出人　{a}"));
    }
    if let Some(at) = card.received_at {
        let at = at.with_timezone(&zone).format("%Y-%m-%d %H:%M");
        say(format_args!("  受信　　{at}  {}", one_line(&card.subject)));
    }
    if let Some(who) = &card.assignee {
        say(format_args!("  担当　　{who}"));
    }
    for n in &card.notes {
        let mark = match n.tone {
            Tone::Alarm => "!!",
            Tone::Caution => "! ",
            Tone::Plain => "・",
        };
        say(format_args!("  {mark} {}", one_line(&n.text)));
    }
    if let Some(until) = card.countdown {
        let at = until.with_timezone(&zone).format("%H:%M:%S");
        say(format_args!("  送信予定 {at}（それまで取り消せます）"));
    }
    list(&mut say, text::CHANGES, &card.changes);
    say(format_args!(""));
    say(format_args!("希望と経歴"));
    for d in details {
        if d.quote.is_empty() {
            say(format_args!("  {}", one_line(&d.label)));
        } else {
            say(format_args!(
                "  {}  「{}」",
                one_line(&d.label),
                one_line(&d.quote)
            ));
        }
    }
    if !card.choices.is_empty() || !card.suggestions.is_empty() {
        say(format_args!(""));
        say(format_args!("{}", text::SUGGESTIONS));
    }
    for (i, s) in card.suggestions.iter().enumerate() {
        say(format_args!(
            "  {}. [{}] {}",
            i + 1,
            s.id,
            one_line(&s.headline())
        ));
        for line in s.brief.lines() {
            say(format_args!("     {}", one_line(&line)));
        }
    }
    for c in card.choices.iter().filter(|c| !c.chosen) {
        say(format_args!(
            "  ほか [{}] {}  {}",
            c.id,
            one_line(&c.label),
            one_line(&c.description)
        ));
    }
    list(&mut say, text::RELAXATIONS, &card.relaxations);
    say(format_args!(""));
    match &card.draft {
        None => say(format_args!("{}", text::NOTHING_DRAFTED)),
        Some(d) => {
            say(format_args!(
                "下書き 第{}版（{}、{}）",
                d.revision, d.label, d.author
            ));
            say(format_args!("  宛先　　{}", d.recipients.join(", ")));
            say(format_args!("  件名　　{}", one_line(&d.subject)));
            say(format_args!(""));
            for line in d.body.lines() {
                say(format_args!("  | {line}"));
            }
        }
    }
    out
}

/// A heading and its lines, where there are any.
fn list(say: &mut impl FnMut(std::fmt::Arguments<'_>), heading: &str, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    say(format_args!(""));
    say(format_args!("{heading}"));
    for line in lines {
        say(format_args!("  {}", one_line(line)));
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
