//! How well readings agree with labels: precision, recall and F1 by field, and what differs.

use crate::domain::wish::{MessageKind, Reading, Strength, Value, Wish};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;

/// The right reading of a labelled mail.
#[derive(Debug, Clone, Deserialize)]
pub struct Label {
    /// What the mail is.
    pub kind: MessageKind,
    /// `ja` or `en`.
    #[serde(default)]
    pub language: Option<String>,
    /// Facts.
    #[serde(default)]
    pub profile: Vec<LabelItem>,
    /// Wishes.
    #[serde(default)]
    pub wishes: Vec<LabelItem>,
    /// Items of an opening.
    #[serde(default)]
    pub opening: Vec<LabelItem>,
}

/// One labelled item.
#[derive(Debug, Clone, Deserialize)]
pub struct LabelItem {
    /// The field's name.
    pub field: String,
    /// The value.
    pub value: serde_json::Value,
    /// The strength, where it is a wish.
    #[serde(default)]
    pub strength: Option<Strength>,
    /// The words that prove it.
    #[serde(default)]
    pub quote: String,
}

/// One labelled mail, a line of a JSON Lines file.
#[derive(Debug, Clone, Deserialize)]
pub struct Labelled {
    /// Its number.
    pub id: String,
    /// RFC 3339.
    pub date: String,
    /// `name <address>`.
    pub from: String,
    /// The subject.
    #[serde(default)]
    pub subject: String,
    /// The text.
    pub body: String,
    /// Further headers.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// The right reading.
    pub gold: Label,
}

/// What is right of what was said, what was found of what is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Said and labelled.
    pub right: usize,
    /// Said.
    pub said: usize,
    /// Labelled.
    pub asked: usize,
}

impl Tally {
    fn add(&mut self, gold: &BTreeSet<Key>, said: &BTreeSet<Key>) {
        self.right += gold.intersection(said).count();
        self.said += said.len();
        self.asked += gold.len();
    }

    /// The share of what was said that is right.
    pub fn precision(&self) -> f64 {
        ratio(self.right, self.said)
    }

    /// The share of what is labelled that was said.
    pub fn recall(&self) -> f64 {
        ratio(self.right, self.asked)
    }

    /// Their harmonic mean.
    pub fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 {
            2.0 * p * r / (p + r)
        } else {
            0.0
        }
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        1.0
    } else {
        part as f64 / whole as f64
    }
}

/// Field, value and, where it counts, strength or polarity.
type Key = (String, String, &'static str);

/// The figures over a set of mails.
#[derive(Debug, Clone, Default)]
pub struct Score {
    /// Field, value and strength right.
    pub strict: Tally,
    /// Field, value and polarity right.
    pub loose: Tally,
    /// Profile items.
    pub profile: Tally,
    /// Opening items.
    pub opening: Tally,
    /// Mails whose kind is right, and all mails.
    pub kind: (usize, usize),
    /// Items whose quote stands in the mail, and all items.
    pub grounded: (usize, usize),
    /// By field, named `wish area` and so on.
    pub fields: BTreeMap<String, Tally>,
    /// What differs: mail, sign (`-` missed, `+` wrong), item.
    pub differences: Vec<(String, char, String)>,
}

impl Score {
    /// Counts one mail.
    pub fn add(&mut self, mail: &Labelled, said: &Reading) {
        let gold = &mail.gold;
        self.kind.1 += 1;
        self.kind.0 += usize::from(gold.kind == said.kind);
        if gold.kind != said.kind {
            self.differences.push((
                mail.id.clone(),
                '+',
                format!("kind {} for {}", said.kind, gold.kind),
            ));
        }
        self.strict.add(
            &labelled(&gold.wishes, strict),
            &wishes(&said.wishes, strict),
        );
        self.loose.add(
            &labelled(&gold.wishes, polarity),
            &wishes(&said.wishes, polarity),
        );
        let profile: BTreeSet<Key> = said
            .profile
            .iter()
            .map(|p| key(p.field.as_str(), &p.value, ""))
            .collect();
        let opening: BTreeSet<Key> = said
            .opening
            .iter()
            .map(|p| key(p.field.as_str(), &p.value, ""))
            .collect();
        let gold_profile = labelled(&gold.profile, |_| "");
        let gold_opening = labelled(&gold.opening, |_| "");
        self.profile.add(&gold_profile, &profile);
        self.by_field(
            &mail.id,
            "wish",
            &labelled(&gold.wishes, strict),
            &wishes(&said.wishes, strict),
        );
        self.by_field(&mail.id, "profile", &gold_profile, &profile);
        if gold.kind == MessageKind::Opening {
            self.opening.add(&gold_opening, &opening);
            self.by_field(&mail.id, "opening", &gold_opening, &opening);
        }
        let own = format!("{}\n{}", squash(&mail.body), squash(&mail.from));
        let quotes = said
            .wishes
            .iter()
            .map(|w| &w.quote)
            .chain(said.profile.iter().map(|p| &p.quote))
            .chain(said.opening.iter().map(|o| &o.quote));
        for quote in quotes {
            self.grounded.1 += 1;
            self.grounded.0 += usize::from(!quote.is_empty() && own.contains(&squash(quote)));
        }
    }

    fn by_field(&mut self, id: &str, what: &str, gold: &BTreeSet<Key>, said: &BTreeSet<Key>) {
        let names: BTreeSet<&String> = gold.iter().chain(said).map(|k| &k.0).collect();
        for name in names {
            let of = |set: &BTreeSet<Key>| set.iter().filter(|k| &k.0 == name).cloned().collect();
            self.fields
                .entry(format!("{what} {name}"))
                .or_default()
                .add(&of(gold), &of(said));
        }
        for (sign, from, other) in [('-', gold, said), ('+', said, gold)] {
            for k in from.difference(other) {
                self.differences.push((
                    id.to_owned(),
                    sign,
                    format!("{what} {}={} {}", k.0, k.1, k.2)
                        .trim_end()
                        .to_owned(),
                ));
            }
        }
    }

    /// The share of mails with the right kind.
    pub fn kind_share(&self) -> f64 {
        ratio(self.kind.0, self.kind.1)
    }

    /// The share of items whose quote stands in the mail.
    pub fn grounded_share(&self) -> f64 {
        ratio(self.grounded.0, self.grounded.1)
    }

    /// A table by field, the totals last.
    pub fn table(&self) -> String {
        let row = |name: &str, t: &Tally| {
            format!(
                "{name:30} P {:6.3}  R {:6.3}  F1 {:6.3}   ({} of {} said are right, {} asked for)\n",
                t.precision(),
                t.recall(),
                t.f1(),
                t.right,
                t.said,
                t.asked
            )
        };
        let mut out = String::new();
        for (name, tally) in &self.fields {
            out.push_str(&row(name, tally));
        }
        out.push_str(&row("wishes strict", &self.strict));
        out.push_str(&row("wishes loose", &self.loose));
        out.push_str(&row("profile", &self.profile));
        out.push_str(&row("opening", &self.opening));
        out.push_str(&format!(
            "{:30} {} of {} = {:.3}\n",
            "kind",
            self.kind.0,
            self.kind.1,
            self.kind_share()
        ));
        out.push_str(&format!(
            "{:30} {} of {} = {:.3}\n",
            "grounded",
            self.grounded.0,
            self.grounded.1,
            self.grounded_share()
        ));
        out
    }
}

fn strict(s: Strength) -> &'static str {
    s.as_str()
}

fn polarity(s: Strength) -> &'static str {
    if s.is_positive() {
        "+"
    } else if s.is_refusal() {
        "-"
    } else {
        "0"
    }
}

fn wishes(said: &[Wish], of: fn(Strength) -> &'static str) -> BTreeSet<Key> {
    said.iter()
        .map(|w| key(w.field.as_str(), &w.value, of(w.strength)))
        .collect()
}

fn labelled(items: &[LabelItem], of: fn(Strength) -> &'static str) -> BTreeSet<Key> {
    items
        .iter()
        .map(|i| {
            (
                i.field.clone(),
                canonical(&i.field, &i.value),
                i.strength.map_or("", of),
            )
        })
        .collect()
}

fn key(field: &str, value: &Value, strength: &'static str) -> Key {
    let json = serde_json::to_value(value).unwrap_or_default();
    (field.to_owned(), canonical(field, &json), strength)
}

/// One form for values that mean the same.
fn canonical(field: &str, value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Number(n) => format!("{:?}", n.as_f64().unwrap_or_default()),
        serde_json::Value::Object(map) => {
            let sorted: BTreeMap<&String, String> = map
                .iter()
                .filter(|(_, v)| !v.is_null())
                .map(|(k, v)| (k, canonical("", v)))
                .collect();
            format!("{sorted:?}")
        }
        serde_json::Value::String(s) => {
            let s = squash(s);
            match field {
                "phone" => s.chars().filter(char::is_ascii_digit).collect(),
                "area" | "home" => match s.as_str() {
                    "関西" | "近畿地方" => "近畿".into(),
                    "東海地方" => "東海".into(),
                    "全国どこでも" => "全国".into(),
                    _ => s,
                },
                "certification" => {
                    let mut s = s;
                    for gone in [
                        "公益社団法人",
                        "一般社団法人",
                        "社団法人",
                        "認定",
                        "・",
                        "の",
                        "/",
                    ] {
                        s = s.replace(gone, "");
                    }
                    s
                }
                _ => s.parse::<f64>().map_or(s.clone(), |n| format!("{n:?}")),
            }
        }
        other => other.to_string(),
    }
}

/// Compatible characters made one, white space and quote marks away.
pub fn squash(s: &str) -> String {
    s.nfkc()
        .map(|c| match c {
            '〜' | '∼' => '~',
            '−' | '–' | '—' | '―' | '‐' => '-',
            '‖' => '|',
            c => c,
        })
        .filter(|c| !c.is_whitespace() && *c != '>')
        .collect()
}
