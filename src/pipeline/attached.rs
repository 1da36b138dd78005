//! Openings in the files that an institution attached to its mail.

use super::{Pipeline, papers};
use crate::{
    domain::{
        file::{FileKind, FileText},
        message::InboundMessage,
        opening::{Opening, OpeningState},
        person::{PersonKind, normal_address},
        wish::{MessageKind, OpeningItem, Reading},
    },
    draft::opening as words,
    openings, sandbox,
    store::{NewOpeningChange, Result},
};
use chrono::{DateTime, FixedOffset};

/// What the files of a mail offer.
#[derive(Default)]
pub(super) struct Attached {
    /// New openings, with what their rows say.
    pub rows: Vec<Opening>,
    /// Rows that have the number of an opening of the same institution on file.
    pub changes: Vec<NewOpeningChange>,
    /// For staff: which file, how many, and which rows could not be read.
    pub told: Vec<String>,
}

/// What one file of a mail offers.
#[derive(Debug)]
pub struct FileOffer {
    /// Its openings, as far as no file before it has them; those of tables with the institution's own numbers.
    pub openings: Vec<Opening>,
    /// For staff: how many, and what could not be read.
    pub told: Vec<String>,
}

/// Reads the files of a mail that may be an institution's, tables first. `read` is what is known of them and `bytes` are
/// theirs; what came of each is noted in the reading.
pub async fn offers(
    reader: &sandbox::Reader,
    (mail, date): (&InboundMessage, DateTime<FixedOffset>),
    reading: &mut Reading,
    sender: Option<PersonKind>,
    (read, bytes): (&[FileText], &[Vec<u8>]),
) -> Vec<FileOffer> {
    let mut offers: Vec<FileOffer> = vec![];
    if !may_offer(reading, sender) {
        return offers;
    }
    for table in sandbox::read_tables(reader, read, bytes).await {
        let Some(note) = reading.files.get_mut(table.at) else {
            continue;
        };
        let import = match table.found {
            Ok(import) => import,
            Err(problem) => {
                note.problem = note.problem.or(Some(problem));
                continue;
            }
        };
        note.openings = import.openings.len();
        if !import.openings.is_empty() || !import.problems.is_empty() {
            let problems: Vec<String> = import.problems.iter().map(|p| p.to_string()).collect();
            let told = words::attached(&table.name, import.openings.len(), &problems);
            offers.push(FileOffer {
                openings: import.openings,
                told: vec![told],
            });
        }
    }
    for (note, file) in reading.files.iter_mut().zip(read) {
        let Some(text) = file.text.as_deref().filter(|_| is_paper(file)) else {
            continue;
        };
        let rows = papers::offered(text, mail, date);
        if rows.is_empty() {
            continue;
        }
        let found = rows.len();
        // The same 求人票 often comes as Excel and as PDF.
        let known = |row: &Opening| {
            let mut all = offers.iter();
            all.any(|o| openings::draft::is_among(&row.items, &o.openings))
        };
        let new: Vec<Opening> = rows.into_iter().filter(|row| !known(row)).collect();
        note.openings = new.len();
        let mut told = vec![words::paper(&file.name, found, new.len())];
        told.extend(words::barred(text));
        offers.push(FileOffer {
            openings: new,
            told,
        });
    }
    offers
}

impl Pipeline {
    /// What the files of a mail offer, new or as changes of what is on file. A mail that says little itself
    /// (「求人票をお送りします」) is an offer when a file of it is.
    pub(super) async fn attached(
        &self,
        (mail, date): (&InboundMessage, DateTime<FixedOffset>),
        reading: &mut Reading,
        sender: Option<PersonKind>,
        files: (&[FileText], &[Vec<u8>]),
    ) -> Result<Attached> {
        let mut attached = Attached::default();
        for offer in offers(&self.reader, (mail, date), reading, sender, files).await {
            attached.told.extend(offer.told);
            for row in offer.openings {
                match self.known(mail, reading, &row).await? {
                    Some(change) if change.after.as_ref() == Some(&change.before) => {}
                    Some(change) => attached.changes.push(change),
                    None => attached.rows.push(row),
                }
            }
        }
        if !attached.told.is_empty() {
            reading.kind = MessageKind::Opening;
        }
        Ok(attached)
    }

    /// The change of an opening on file that a row with its number means. A number alone proves nothing: the opening must have
    /// come from this sender or be of the institution that the row or the mail names.
    async fn known(
        &self,
        mail: &InboundMessage,
        reading: &Reading,
        row: &Opening,
    ) -> Result<Option<NewOpeningChange>> {
        if row.id.is_empty() {
            return Ok(None);
        }
        let Some(record) = self.store.opening(&row.id).await? else {
            return Ok(None);
        };
        let before = record.opening;
        let key = Opening::institution_key(&before.institution_name);
        let named = super::openings::institution_name(reading);
        let own = record.sender.as_deref() == Some(normal_address(&mail.from.address).as_str())
            || [Some(row.institution_name.clone()), named]
                .iter()
                .flatten()
                .any(|name| Opening::institution_key(name) == key);
        if !own || record.state == OpeningState::Closed {
            return Ok(None);
        }
        Ok(Some(NewOpeningChange {
            opening_id: before.id.clone(),
            after: Some(merged(&before, row)),
            before,
        }))
    }
}

/// Files of running text, which a form in Word is too.
fn is_paper(file: &FileText) -> bool {
    matches!(
        file.kind,
        FileKind::Pdf | FileKind::Docx | FileKind::Doc | FileKind::Rtf
    )
}

/// Whether the files of a mail are looked at for openings: a doctor's never are.
fn may_offer(reading: &Reading, sender: Option<PersonKind>) -> bool {
    let institutions = match reading.kind {
        MessageKind::Opening | MessageKind::InstitutionInquiry => true,
        MessageKind::General => sender != Some(PersonKind::Doctor),
        _ => false,
    };
    institutions && super::openings::action(reading) != Some("withdraw")
}

/// An opening on file with what a row says in the place of what it said; what the row leaves open stays.
fn merged(before: &Opening, row: &Opening) -> Opening {
    let kept = |i: &&OpeningItem| row.values(i.field).next().is_none();
    let mut after = before.clone();
    after.items = before
        .items
        .iter()
        .filter(kept)
        .chain(&row.items)
        .cloned()
        .collect();
    if !row.area.is_empty() {
        after.area.clone_from(&row.area);
    }
    after.address = row.address.clone().or(after.address);
    after.expires = row.expires.clone().or(after.expires);
    after.terms.extend(row.terms.clone());
    if after.items.len() == before.items.len()
        && before.items.iter().all(|i| after.items.contains(i))
    {
        after.items.clone_from(&before.items);
    }
    after
}
