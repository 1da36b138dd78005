//! An institution's mail becomes openings that wait for staff.

use super::{Pipeline, take_in::Considered};
use crate::{
    domain::{
        opening::{Opening, OpeningState},
        wish::{Field, MessageKind, Reading},
    },
    draft::{
        Suited, opening as words,
        suits::{NAMED, suited},
    },
    kept::Named,
    openings::{
        self,
        find::{self, Spoken},
    },
    store::{NewNotice, NewOpeningChange, Result},
};

/// The institution's name, where the mail gives one.
pub(super) fn institution_name(reading: &Reading) -> Option<String> {
    let item = reading
        .opening
        .iter()
        .find(|i| i.field == Field::InstitutionName)?;
    item.value.as_text().map(str::to_owned)
}

/// What a mail means for openings on file.
#[derive(Default)]
pub(super) struct OnFile {
    pub changes: Vec<NewOpeningChange>,
    /// For staff, a piece a matter.
    pub told: Vec<String>,
}

/// What staff are told of proposed changes.
fn proposed(changes: &[NewOpeningChange]) -> String {
    let shown: Vec<_> = changes
        .iter()
        .map(|c| (&c.before, c.after.as_ref()))
        .collect();
    words::proposed(&shown)
}

pub(super) fn action(reading: &Reading) -> Option<&str> {
    reading
        .opening
        .iter()
        .find(|i| i.field == Field::Action)
        .and_then(|i| i.value.as_text())
}

/// What staff are told of the openings that a mail offers.
fn alike(offered: &[Opening], standing: &[Opening]) -> String {
    let alike: Vec<&Opening> = offered
        .iter()
        .flat_map(|o| find::like(o, standing))
        .collect();
    let drafts: Vec<(Opening, Vec<Field>)> = offered
        .iter()
        .map(|o| (o.clone(), openings::draft::missing(o)))
        .collect();
    words::offered(&drafts, &alike)
}

/// The changes of openings on file that the mail's own words mean.
fn spoken_of(spoken: &Spoken<'_>, withdrawn: bool, standing: &[Opening], on_file: &mut OnFile) {
    let found = spoken.among(standing);
    // One is meant; several only where all of them are withdrawn by name.
    let named = found.iter().all(|o| spoken.text.contains(&o.id));
    if found.is_empty() || (found.len() > 1 && !named) {
        on_file.told.push(words::which_opening(withdrawn, &found));
        return;
    }
    on_file.changes = found
        .into_iter()
        .filter_map(|o| {
            let after = (!withdrawn).then(|| find::changed(o, spoken.items));
            // A change that changes nothing is none.
            (after != Some(None)).then(|| NewOpeningChange {
                opening_id: o.id.clone(),
                after: after.flatten(),
                before: o.clone(),
            })
        })
        .collect();
    if !on_file.changes.is_empty() {
        on_file.told.push(proposed(&on_file.changes));
    }
}

impl Pipeline {
    /// For a mail that changes or withdraws openings: which ones, as proposals for staff. For a mail that offers some: which
    /// ones on file are like it.
    pub(super) async fn on_file(&self, c: &Considered<'_>, offered: &[Opening]) -> Result<OnFile> {
        let (mail, reading) = (&c.mail, &c.reading);
        let mut on_file = OnFile::default();
        if reading.kind != MessageKind::Opening {
            return Ok(on_file);
        }
        let text = format!("{}\n{}", mail.subject, mail.new_text);
        let spoken = Spoken {
            items: &reading.opening,
            text: &text,
        };
        let records = self
            .store
            .openings_of(
                &mail.from.address,
                spoken.institution().as_deref(),
                &spoken.phones(),
            )
            .await?;
        let standing: Vec<Opening> = records
            .into_iter()
            .filter(|r| r.state != OpeningState::Closed)
            .map(|r| r.opening)
            .collect();
        on_file.told.clone_from(&c.attached.told);
        if !offered.is_empty() {
            on_file.told.push(alike(offered, &standing));
        }
        if !c.attached.changes.is_empty() {
            on_file.changes.clone_from(&c.attached.changes);
            on_file.told.push(proposed(&on_file.changes));
        } else if let Some(action @ ("change" | "withdraw")) = action(reading) {
            spoken_of(&spoken, action == "withdraw", &standing, &mut on_file);
        }
        // The sentences of the mail that ask for an age or a sex.
        if !on_file.told.is_empty() {
            on_file.told.extend(words::barred(&mail.new_text));
        }
        Ok(on_file)
    }

    /// Which doctors would be suggested the openings that a mail offers, for the thread of its case: by their case numbers
    /// alone, since it is another's.
    pub(super) async fn suited(&self, offered: &[Opening]) -> Result<Option<String>> {
        let mut seeking = self.seeking.lock().await;
        let suits = seeking.suited(&*self.store, offered, NAMED).await?;
        drop(seeking);
        let texts: Vec<String> = offered
            .iter()
            .zip(suits)
            .filter_map(|(opening, (count, named))| {
                let one = |n: &Named| {
                    let (number, wishes) = (&n.seeker.number, &n.seeker.wishes);
                    Suited::new(number, String::new(), &n.suits, opening, wishes)
                };
                let named: Vec<Suited> = named.iter().map(one).collect();
                suited(opening, count, &named)
            })
            .collect();
        Ok((!texts.is_empty()).then(|| texts.join("\n")))
    }

    /// Tells staff of openings whose last day has passed. False where there is none.
    pub(super) async fn expiries(&self) -> Result<bool> {
        let now = self.clock.now();
        let passed = self.store.untold_expiries(&self.today(), 20).await?;
        for opening in &passed {
            let notice = NewNotice {
                kind: "opening_expired".into(),
                dedupe: format!(
                    "opening_expired:{}:{}",
                    opening.id,
                    opening.expires.as_deref().unwrap_or_default()
                ),
                text: words::expired(opening),
                in_thread: false,
            };
            self.store.tell_expiry(&opening.id, notice, now).await?;
        }
        Ok(!passed.is_empty())
    }

    /// The openings that a mail offers; a change or a withdrawal makes none, but for what its files hold.
    pub(super) fn offered(&self, c: &Considered<'_>) -> Vec<Opening> {
        if c.reading.kind != MessageKind::Opening {
            return vec![];
        }
        let posted = c
            .stored
            .received_at
            .with_timezone(&self.desk.time_zone)
            .date_naive()
            .to_string();
        let sender = Some(c.mail.from.name.as_str()).filter(|n| !n.is_empty());
        let id = format!("MAIL-{}", c.stored.id);
        let rows = &c.attached.rows;
        let posts: Vec<_> = match action(&c.reading) {
            Some("change" | "withdraw") => vec![],
            // A mail that sums its files up offers nothing besides.
            _ => c
                .posts
                .iter()
                .filter(|post| !openings::draft::is_among(post, rows))
                .cloned()
                .collect(),
        };
        let mut offered = openings::from_posts(&posts, &id, sender, Some(&posted));
        offered.extend(openings::from_rows(
            rows.clone(),
            &c.reading.opening,
            (&id, offered.len()),
            sender,
            Some(&posted),
        ));
        offered
    }
}
