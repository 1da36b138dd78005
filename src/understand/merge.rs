//! Standing wishes and an update become new standing wishes, with what changed.

use crate::domain::wish::{Field, Reading, Strength, Value, Wish};

/// The outcome of a merge.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Merged {
    /// The wishes that stand now.
    pub wishes: Vec<Wish>,
    /// New ones.
    pub added: Vec<Wish>,
    /// What stood before and what stands now.
    pub changed: Vec<(Wish, Wish)>,
    /// What the update took away.
    pub dropped: Vec<Wish>,
}

/// Fields of which a doctor has one value at a time: a new positive value replaces the old positive one.
fn single(field: Field) -> bool {
    matches!(
        field,
        Field::DaysPerWeek
            | Field::DaysPerMonth
            | Field::CommuteMinutes
            | Field::Hours
            | Field::HoursPerDay
            | Field::HoursPerWeek
            | Field::Start
            | Field::Duration
            | Field::OutpatientsPerDay
            | Field::NightDuty
            | Field::OnCall
            | Field::DayDuty
    )
}

/// Applies what an update says to the wishes on file.
pub fn merge(on_file: &[Wish], new: &Reading) -> Merged {
    let mut out = Merged {
        wishes: on_file.to_vec(),
        ..Merged::default()
    };
    let mut replaced: Vec<Field> = Vec::new();
    for wish in &new.wishes {
        if wish.strength == Strength::Drop {
            drop_wish(&mut out, wish);
            continue;
        }
        if let Some(at) = out
            .wishes
            .iter()
            .position(|w| w.field == wish.field && w.value == wish.value)
        {
            if let Some(old) = out.wishes.get_mut(at) {
                if old.strength != wish.strength {
                    out.changed.push((old.clone(), wish.clone()));
                }
                *old = wish.clone();
            }
            continue;
        }
        // One figure replaces another; two figures of one mail (30 rather, 60 at most) stand side by side.
        if replaces(wish) && !replaced.contains(&wish.field) {
            replaced.push(wish.field);
            let kept: Vec<Wish> = new.wishes.clone();
            let gone: Vec<Wish> = out
                .wishes
                .iter()
                .filter(|w| {
                    w.field == wish.field
                        && same_matter(w, wish)
                        && !kept
                            .iter()
                            .any(|k| k.field == w.field && k.value == w.value)
                })
                .cloned()
                .collect();
            if let Some(first) = gone.first() {
                out.wishes.retain(|w| !gone.contains(w));
                out.changed.push((first.clone(), wish.clone()));
                out.dropped.extend(gone.into_iter().skip(1));
                out.wishes.push(wish.clone());
                continue;
            }
        }
        out.wishes.push(wish.clone());
        out.added.push(wish.clone());
    }
    out
}

fn replaces(wish: &Wish) -> bool {
    single(wish.field) || wish.field == Field::SalaryMin
}

/// Pay for a year does not replace pay for a day.
fn same_matter(old: &Wish, new: &Wish) -> bool {
    match (&old.value, &new.value) {
        (Value::Pay(a), Value::Pay(b)) => a.unit == b.unit,
        _ => true,
    }
}

fn drop_wish(out: &mut Merged, wish: &Wish) {
    let any = wish.value == Value::text("any");
    let gone: Vec<Wish> = out
        .wishes
        .iter()
        .filter(|w| w.field == wish.field && (w.value == wish.value || any))
        .cloned()
        .collect();
    out.wishes.retain(|w| !gone.contains(w));
    out.dropped.extend(gone);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::wish::{Language, MessageKind};

    fn wish(field: Field, value: Value, strength: Strength) -> Wish {
        Wish {
            field,
            value,
            strength,
            quote: "q".into(),
            rule: String::new(),
        }
    }

    fn update(wishes: Vec<Wish>) -> Reading {
        let mut r = Reading::empty(MessageKind::DoctorUpdate, Language::Ja);
        r.wishes = wishes;
        r
    }

    #[test]
    fn a_new_figure_replaces_the_old_one() {
        let old = wish(
            Field::DaysPerWeek,
            Value::days(Some(4.0), Some(4.0)),
            Strength::Want,
        );
        let new = wish(
            Field::DaysPerWeek,
            Value::days(Some(3.0), Some(3.0)),
            Strength::Want,
        );
        let m = merge(std::slice::from_ref(&old), &update(vec![new.clone()]));
        assert_eq!(m.wishes, vec![new.clone()]);
        assert_eq!(m.changed, vec![(old, new)]);
        assert!(m.added.is_empty() && m.dropped.is_empty());
    }

    #[test]
    fn a_day_is_added_and_a_condition_dropped() {
        let duty = wish(Field::NightDuty, Value::text("any"), Strength::Never);
        let gone = wish(Field::NightDuty, Value::text("any"), Strength::Drop);
        let sat = wish(Field::Day, Value::text("sat"), Strength::Ok);
        let m = merge(
            std::slice::from_ref(&duty),
            &update(vec![gone, sat.clone()]),
        );
        assert_eq!(m.wishes, vec![sat.clone()]);
        assert_eq!(m.added, vec![sat]);
        assert_eq!(m.dropped, vec![duty]);
    }
}
