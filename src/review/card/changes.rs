//! What the newest message changed of what is on file, as staff read it: 「＋ 土曜（可）」, 「週4日 → 週3日」, 「− 当直なしの条件」.

use crate::{
    domain::{
        label,
        wish::{Language, ProfileItem, Strength, Wish},
    },
    store::{StandingWishes, WishChange},
};

/// What changed since the version `base`, over all of `versions` after it (oldest first): facts first, then what was added,
/// changed and dropped. What came and went again is not told.
pub(super) fn changes(versions: &[StandingWishes], base: u32) -> Vec<String> {
    let later: Vec<&StandingWishes> = versions.iter().filter(|v| v.version > base).collect();
    let (Some(before), Some(now)) = (versions.iter().rfind(|v| v.version <= base), later.last())
    else {
        return vec![];
    };
    let mut out = facts(&before.profile, &now.profile);
    let list = summed(&later);
    for order in [added, changed, dropped] {
        for line in list.iter().filter_map(order) {
            if !out.contains(&line) {
                out.push(line);
            }
        }
    }
    out
}

/// The changes of several versions as one: each wish as it was at first and as it is at last.
fn summed(versions: &[&StandingWishes]) -> Vec<WishChange> {
    let mut sum: Vec<WishChange> = vec![];
    for version in versions {
        let list: Vec<WishChange> =
            serde_json::from_value(version.changes.clone()).unwrap_or_default();
        for change in list {
            let follows = sum
                .iter_mut()
                .find(|earlier| match (&earlier.after, &change.before) {
                    (Some(after), Some(before)) => same(after, before),
                    // Dropped, and now there again.
                    (None, None) => earlier
                        .before
                        .as_ref()
                        .zip(change.after.as_ref())
                        .is_some_and(|(was, is)| same(was, is)),
                    _ => false,
                });
            match follows {
                Some(earlier) => earlier.after = change.after,
                None => sum.push(change),
            }
        }
    }
    sum
}

fn same(a: &Wish, b: &Wish) -> bool {
    a.field == b.field && a.value == b.value
}

fn added(c: &WishChange) -> Option<String> {
    match (&c.before, &c.after) {
        (None, Some(w)) => Some(format!("＋ {}", weighed(w))),
        _ => None,
    }
}

fn changed(c: &WishChange) -> Option<String> {
    let (Some(before), Some(after)) = (&c.before, &c.after) else {
        return None;
    };
    let (from, to) = (weighed(before), weighed(after));
    (from != to).then(|| format!("{from} → {to}"))
}

fn dropped(c: &WishChange) -> Option<String> {
    let (Some(w), None) = (&c.before, &c.after) else {
        return None;
    };
    let what = match w.strength {
        Strength::Must | Strength::Never => "の条件",
        _ => "の希望",
    };
    Some(format!("− {}{what}", bare(w)))
}

/// The words without what the strength adds to an acceptance (「土曜」, not 「土曜も可」).
fn bare(w: &Wish) -> String {
    let strength = match w.strength {
        Strength::Ok => Strength::Want,
        other => other,
    };
    label::label(w.field, &w.value, strength, Language::Ja)
}

/// 「平日（必須）」, 「土曜（可）」, 「当直なし（なるべく）」; a mere wish stands bare.
pub(super) fn weighed(w: &Wish) -> String {
    let weight = match w.strength {
        Strength::Must | Strength::Never => "（必須）",
        Strength::Ok => "（可）",
        Strength::Avoid => "（なるべく）",
        Strength::Want | Strength::Drop => "",
    };
    format!("{}{weight}", bare(w))
}

/// 「お住まい: 松本市 → 長野市」, and facts that were not on file before.
fn facts(before: &[ProfileItem], now: &[ProfileItem]) -> Vec<String> {
    let mut fields: Vec<_> = now.iter().map(|p| p.field).collect();
    fields.dedup();
    fields
        .into_iter()
        .filter_map(|field| {
            let of = |list: &[ProfileItem]| -> Vec<String> {
                list.iter()
                    .filter(|p| p.field == field)
                    .map(|p| label::profile_label(field, &p.value, Language::Ja))
                    .collect()
            };
            let (old, new) = (of(before), of(now));
            let name = label::profile_name(field, Language::Ja);
            let more: Vec<&String> = new.iter().filter(|n| !old.contains(n)).collect();
            if more.is_empty() {
                return None;
            }
            let more = more.into_iter().cloned().collect::<Vec<_>>().join("・");
            let gone: Vec<String> = old.into_iter().filter(|o| !new.contains(o)).collect();
            Some(if gone.is_empty() {
                format!("＋ {name}: {more}")
            } else {
                format!("{name}: {} → {more}", gone.join("・"))
            })
        })
        .collect()
}
