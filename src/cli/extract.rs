use super::{
    arguments::ExtractArgs,
    files,
    print::{Printer, Style},
};
use crate::{
    domain::{
        label,
        wish::{Language, MessageKind, Reading},
    },
    pipeline::FileOffer,
};
use serde_json::{Value, json};

pub(super) async fn run(args: &ExtractArgs, p: &Printer) -> anyhow::Result<bool> {
    let now = files::now();
    for file in &args.files {
        let bytes = files::bytes(file)?;
        let filed = files::message_with_files(file, &bytes, args.date.as_deref()).await?;
        let mut reading = filed.reading(now);
        if p.for_programs() {
            p.object(&object(&reading, args.explain))?;
        } else {
            let offers = filed.offers(&mut reading, now).await;
            show(&reading, args.explain, p);
            show_offers(&offers, &reading, p);
        }
    }
    Ok(true)
}

/// The shape of the contract.
pub(super) fn object(r: &Reading, explain: bool) -> Value {
    let item = |field: &str, value: &crate::domain::wish::Value, quote: &str, rule: &str| {
        let mut o = json!({"field": field, "value": value, "quote": quote});
        if explain && let Some(map) = o.as_object_mut() {
            map.insert("rule".into(), rule.into());
        }
        o
    };
    let mut out = json!({"kind": r.kind, "language": r.language});
    let Some(map) = out.as_object_mut() else {
        return out;
    };
    if r.kind == MessageKind::Opening {
        let items = r
            .opening
            .iter()
            .map(|i| item(i.field.as_str(), &i.value, &i.quote, &i.rule))
            .collect();
        map.insert("opening".into(), Value::Array(items));
    } else {
        let profile = r
            .profile
            .iter()
            .map(|i| {
                let mut o = item(i.field.as_str(), &i.value, &i.quote, &i.rule);
                if let (Some(file), Some(map)) = (&i.source, o.as_object_mut()) {
                    map.insert("source".into(), file.clone().into());
                }
                o
            })
            .collect();
        map.insert("profile".into(), Value::Array(profile));
        let wishes = r.wishes.iter().map(|w| {
            let mut o = json!({"field": w.field, "value": w.value, "strength": w.strength, "quote": w.quote});
            if explain && let Some(map) = o.as_object_mut() {
                map.insert("rule".into(), w.rule.clone().into());
            }
            o
        });
        map.insert("wishes".into(), Value::Array(wishes.collect()));
    }
    if explain {
        map.insert("diagnostics".into(), json!(r.diagnostics));
    }
    out
}

/// What was read, a line an item, with the words that prove it.
pub(super) fn show(r: &Reading, explain: bool, p: &Printer) {
    p.line(format!(
        "{} {}",
        p.paint(Style::Title, kind_name(r.kind)),
        p.paint(Style::Faint, r.kind.as_str())
    ));
    let row = |words: &str, quote: &str, rule: &str| {
        let rule = if explain {
            format!("  [{rule}]")
        } else {
            String::new()
        };
        let quote = quote.split_whitespace().collect::<Vec<_>>().join(" ");
        p.line(format!(
            "  {} {}{}",
            super::print::pad(words, 34),
            p.paint(Style::Faint, &format!("「{quote}」")),
            p.paint(Style::Faint, &rule)
        ));
    };
    for i in &r.profile {
        let label = label::profile_label(i.field, &i.value, Language::Ja);
        match &i.source {
            Some(file) => row(&format!("{label}（{file}）"), &i.quote, &i.rule),
            None => row(&label, &i.quote, &i.rule),
        }
    }
    for w in &r.wishes {
        row(&label::wish_label(w, Language::Ja), &w.quote, &w.rule);
    }
    for i in &r.opening {
        row(&label::item_label(i, Language::Ja), &i.quote, &i.rule);
    }
    for file in &r.files {
        p.line(format!("  添付: {}", file.label()));
    }
    for d in &r.diagnostics {
        p.line(format!(
            "  {} {}",
            p.paint(Style::Warn, "？"),
            d.question.as_deref().unwrap_or(&d.message)
        ));
    }
}

/// What the files offer besides the mail's own text: a block a file, in it a line an item. The contract's shape has no place
/// for them, since their words do not stand in the mail.
fn show_offers(offers: &[FileOffer], reading: &Reading, p: &Printer) {
    if !offers.is_empty() && reading.kind != MessageKind::Opening {
        p.line("  添付に求人があるため、求人のメールとして扱います。");
    }
    for offer in offers {
        for line in &offer.told {
            p.line(line);
        }
        for (n, o) in (1..).zip(&offer.openings) {
            let named = [&o.id, &o.institution_name, &o.area].map(String::as_str);
            let named: Vec<&str> = named.into_iter().filter(|s| !s.is_empty()).collect();
            let title = format!("  {n}. {}", named.join(" "));
            p.line(p.paint(Style::Strong, &title));
            for i in &o.items {
                p.line(format!(
                    "     {} {}",
                    super::print::pad(label::field_name(i.field, Language::Ja), 16),
                    label::item_label(i, Language::Ja)
                ));
            }
        }
    }
}

/// A kind in plain Japanese.
pub(super) fn kind_name(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::DoctorInquiry => "医師からの相談",
        MessageKind::DoctorUpdate => "医師からの続報",
        MessageKind::Opening => "求人",
        MessageKind::InstitutionInquiry => "医療機関からの問い合わせ",
        MessageKind::OptOut => "配信停止の申し出",
        MessageKind::General => "その他のメール",
        MessageKind::Sales => "営業・広告",
        MessageKind::Automatic => "自動送信",
    }
}
