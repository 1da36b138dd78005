//! An institution's mail becomes openings that wait for staff.

use super::{Pipeline, take_in::Considered};
use crate::{
    domain::{
        message::InboundMessage,
        opening::{Opening, OpeningState},
        wish::{Field, MessageKind, Reading},
    },
    draft::{Suited, opening as words, suits::suited},
    matching::{self, Doctor},
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
    pub notice: Option<String>,
}

fn action(reading: &Reading) -> Option<&str> {
    reading
        .opening
        .iter()
        .find(|i| i.field == Field::Action)
        .and_then(|i| i.value.as_text())
}

/// What staff are told, with the sentences of the mail that ask for an age or a sex.
fn with_barred(mut told: String, text: &str) -> String {
    if let Some(barred) = words::barred(text) {
        told.push('\n');
        told.push_str(&barred);
    }
    told
}

impl Pipeline {
    /// For a mail that changes or withdraws openings: which ones, as proposals for staff. For a mail that offers some: which
    /// ones on file are like it.
    pub(super) async fn on_file(
        &self,
        mail: &InboundMessage,
        reading: &Reading,
        offered: &[Opening],
    ) -> Result<OnFile> {
        if reading.kind != MessageKind::Opening {
            return Ok(OnFile::default());
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
        let action = action(reading);
        if !matches!(action, Some("change" | "withdraw")) {
            if offered.is_empty() {
                return Ok(OnFile::default());
            }
            let alike: Vec<&Opening> = offered
                .iter()
                .flat_map(|o| find::like(o, &standing))
                .collect();
            let drafts: Vec<(Opening, Vec<Field>)> = offered
                .iter()
                .map(|o| (o.clone(), openings::draft::missing(o)))
                .collect();
            return Ok(OnFile {
                changes: vec![],
                notice: Some(with_barred(words::offered(&drafts, &alike), &mail.new_text)),
            });
        }
        let withdrawn = action == Some("withdraw");
        let found = spoken.among(&standing);
        // One is meant; several only where all of them are withdrawn by name.
        let named = found.iter().all(|o| text.contains(&o.id));
        if found.is_empty() || (found.len() > 1 && !named) {
            return Ok(OnFile {
                changes: vec![],
                notice: Some(words::which_opening(withdrawn, &found)),
            });
        }
        let proposed: Vec<(&Opening, Option<Opening>)> = found
            .into_iter()
            .filter_map(|o| {
                if withdrawn {
                    Some((o, None))
                } else {
                    find::changed(o, &reading.opening).map(|after| (o, Some(after)))
                }
            })
            .collect();
        if proposed.is_empty() {
            return Ok(OnFile::default());
        }
        let shown: Vec<(&Opening, Option<&Opening>)> = proposed
            .iter()
            .map(|(o, after)| (*o, after.as_ref()))
            .collect();
        Ok(OnFile {
            notice: Some(with_barred(words::proposed(&shown), &mail.new_text)),
            changes: proposed
                .iter()
                .map(|(o, after)| NewOpeningChange {
                    opening_id: o.id.clone(),
                    after: after.clone(),
                    before: (*o).clone(),
                })
                .collect(),
        })
    }

    /// Which doctors would be suggested the openings that a mail offers, for the thread of its case: by their case numbers
    /// alone, since it is another's.
    pub(super) async fn suited(&self, offered: &[Opening]) -> Result<Option<String>> {
        if offered.is_empty() {
            return Ok(None);
        }
        let seekers = self.store.seekers().await?;
        let doctors: Vec<Doctor<'_>> = seekers
            .iter()
            .map(|s| Doctor {
                profile: &s.profile,
                wishes: &s.wishes,
            })
            .collect();
        let texts: Vec<String> = offered
            .iter()
            .filter_map(|opening| {
                let found: Vec<Suited> = matching::suits(opening, &doctors)
                    .iter()
                    .filter_map(|(i, m)| {
                        let s = seekers.get(*i)?;
                        Some(Suited::new(&s.number, String::new(), m, opening, &s.wishes))
                    })
                    .collect();
                suited(opening, &found)
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

    /// The openings that a mail offers; a change or a withdrawal makes none.
    pub(super) fn offered(&self, c: &Considered<'_>) -> Vec<Opening> {
        if c.reading.kind != MessageKind::Opening
            || matches!(action(&c.reading), Some("change" | "withdraw"))
        {
            return vec![];
        }
        let posted = c
            .stored
            .received_at
            .with_timezone(&self.desk.time_zone)
            .date_naive()
            .to_string();
        let sender = Some(c.mail.from.name.as_str()).filter(|n| !n.is_empty());
        openings::from_posts(
            &c.posts,
            &format!("MAIL-{}", c.stored.id),
            sender,
            Some(&posted),
        )
    }
}
