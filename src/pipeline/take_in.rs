//! A stored message becomes a decoded, read and assigned one: person, case, wishes, acknowledgement, all in one transaction.

use super::{Pipeline, attached::Attached};
use crate::{
    decode,
    domain::{
        case::CaseEvent,
        message::{Auth, AutomaticKind, Doubt, InboundMessage, Source},
        person::{PersonKind, mask_address},
        wish::{MessageKind, OpeningItem, ProfileField, Reading},
    },
    draft::{message_id, reasons, staff},
    faults, sandbox,
    store::{
        About, CaseChoice, Facts, FactsQuery, NewNotice, PersonChoice, StoredMessage, TakenIn,
    },
    trust, understand,
};
use chrono::{DateTime, Datelike as _, Duration, FixedOffset, Utc};

/// A message with everything that is known about it before it is decided on.
pub(super) struct Considered<'a> {
    pub stored: &'a StoredMessage,
    pub mail: InboundMessage,
    pub doubts: Vec<Doubt>,
    pub reading: Reading,
    /// What it offers, one list a post.
    pub posts: Vec<Vec<OpeningItem>>,
    /// What its files offer.
    pub attached: Attached,
    pub facts: Facts,
    pub now: DateTime<Utc>,
}

impl Pipeline {
    /// Decides on one message and saves the decision.
    pub(super) async fn take_in(&self, stored: &StoredMessage) -> anyhow::Result<()> {
        let now = self.clock.now();
        let (mut mail, files) = match stored.source {
            Source::Mail if stored.header_only => (decode::header_only(&stored.raw), vec![]),
            Source::Mail => decode::decode_with_files(&stored.raw, &self.limits),
            Source::Sent => return self.answered_by_hand(stored).await,
            Source::Chat => (super::chat::decode(&stored.raw)?, vec![]),
        };
        let ours: Vec<String> = mail
            .in_reply_to
            .iter()
            .chain(mail.references.iter().rev())
            .filter(|id| message_id::verify(&self.key, id).is_some())
            .cloned()
            .collect();
        let facts = self
            .store
            .facts(FactsQuery {
                message: stored.id,
                sender: &mail.from.address,
                name: &trust::plain_name(&mail.from.name),
                subject: &mail.subject,
                ours: &ours,
                number_prefix: &self.number_prefix(now),
                now,
            })
            .await?;
        if let Some(taken) = self.heed_machine(stored, &mail, &facts, now).await? {
            return self.save(taken, now).await;
        }
        let doubts = self.doubts(stored, &mut mail, &facts).await;
        let (mut reading, posts) = self.read(stored, &mail, &facts);
        let mut attached = Attached::default();
        // Advertisers' files are nobody's business.
        if !matches!(reading.kind, MessageKind::Sales | MessageKind::Automatic) {
            let date = mail.date.unwrap_or_else(|| self.received(stored));
            let read = sandbox::read_attachments(&self.reader, &mut mail, &files).await;
            let sizes: Vec<usize> = mail.attachments.iter().map(|file| file.size).collect();
            let bringing = understand::cv::Mail {
                text: &mail.new_text,
                known_doctor: facts.person_kind == Some(PersonKind::Doctor),
                today: date.date_naive(),
                sizes: &sizes,
            };
            understand::cv::add(&mut reading, &bringing, &read);
            attached = self
                .attached(
                    (&mail, date),
                    &mut reading,
                    facts.person_kind,
                    (&read, &files),
                )
                .await?;
        }
        let considered = Considered {
            stored,
            mail,
            doubts,
            reading,
            posts,
            attached,
            facts,
            now,
        };
        let mut taken = self.decide(&considered)?;
        // What starts nothing (our own address, several authors) changes no opening either.
        if taken.person.is_some() {
            let on_file = self.on_file(&considered, &taken.openings).await?;
            taken.opening_changes = on_file.changes;
            if !on_file.told.is_empty() {
                taken.notices.push(NewNotice {
                    kind: "openings".into(),
                    dedupe: format!("openings:{}", stored.id),
                    text: on_file.told.join("\n"),
                    in_thread: true,
                });
            }
            if let Some(text) = self.suited(&taken.openings).await? {
                taken.notices.push(NewNotice {
                    kind: "suits".into(),
                    dedupe: format!("suits:{}", stored.id),
                    text,
                    in_thread: true,
                });
            }
        }
        self.save(taken, now).await
    }

    async fn save(&self, taken: TakenIn, now: DateTime<Utc>) -> anyhow::Result<()> {
        faults::point("take_in.before");
        self.store.take_in(taken, now).await?;
        faults::point("take_in.saved");
        Ok(())
    }

    /// `MD-2611-`: the month in the desk's own zone.
    fn number_prefix(&self, now: DateTime<Utc>) -> String {
        let local = now.with_timezone(&self.desk.time_zone);
        format!(
            "MD-{:02}{:02}-",
            local.year().rem_euclid(100),
            local.month()
        )
    }

    /// What speaks against the sender. What the own server found out stands already; else it is looked up, where that is wanted.
    async fn doubts(
        &self,
        stored: &StoredMessage,
        mail: &mut InboundMessage,
        facts: &Facts,
    ) -> Vec<Doubt> {
        if stored.source != Source::Mail || self.desk.owns(&mail.from.address) {
            return vec![];
        }
        // Of a mail whose body was not fetched no signature can be checked.
        if let Some(verifier) = &self.verifier
            && !stored.header_only
            && mail.auth == Auth::default()
        {
            mail.auth = verifier.verify(&stored.raw, mail).await;
        }
        let known = |(address, name): &(String, String)| trust::Known {
            address: address.clone(),
            name: name.clone(),
        };
        let desk = trust::Known {
            address: self.desk.address.clone(),
            name: self.desk.name.clone(),
        };
        let twins: Vec<trust::Known> = facts.twins.iter().map(known).chain([desk]).collect();
        let namesakes: Vec<trust::Known> = facts.namesakes.iter().map(known).collect();
        let named = facts.named.as_ref().map(known);
        trust::doubts(&mail.from, &mail.auth, &twins, &namesakes, named.as_ref())
    }

    /// When the server took a message, in the desk's own zone.
    fn received(&self, stored: &StoredMessage) -> DateTime<FixedOffset> {
        stored
            .received_at
            .with_timezone(&self.desk.time_zone)
            .fixed_offset()
    }

    /// What the mail says, and the posts that it offers, each by itself.
    fn read(
        &self,
        stored: &StoredMessage,
        mail: &InboundMessage,
        facts: &Facts,
    ) -> (Reading, Vec<Vec<OpeningItem>>) {
        // What staff type into the channel has no sender: it is a note of the desk.
        let note = stored.source == Source::Chat && mail.from.name.is_empty();
        let from_name = if note {
            understand::profile::DESK
        } else {
            &mail.from.name
        };
        let input = understand::Input {
            text: mail.to_read(),
            signature: mail.signature.as_deref(),
            subject: &mail.subject,
            from_name,
            from_address: &mail.from.address,
            date: mail.date.unwrap_or_else(|| self.received(stored)),
            automatic: mail.automatic.is_automatic && mail.automatic.kind != AutomaticKind::NoReply,
            known_doctor: facts.person_kind == Some(PersonKind::Doctor),
            on_file: &facts.wishes,
        };
        let (mut reading, posts) = understand::read_with_posts(&input);
        // Somebody who is in contact with the desk is never taken for an advertiser or a machine: a person looks.
        let in_contact = facts.referenced.is_some() || facts.case.is_some();
        if in_contact && matches!(reading.kind, MessageKind::Sales | MessageKind::Automatic) {
            reading.kind = MessageKind::General;
        }
        (reading, posts)
    }

    fn decide(&self, c: &Considered<'_>) -> anyhow::Result<TakenIn> {
        let mut taken = TakenIn {
            message: c.stored.id,
            message_id: c.mail.message_id.clone(),
            kind: Some(c.reading.kind),
            subject: c.mail.subject.clone(),
            new_text: c.mail.new_text.clone(),
            sender: c.mail.from.address.clone(),
            reading: Some(c.reading.clone()),
            doubts: c.doubts.clone(),
            ..TakenIn::default()
        };
        if self.desk.owns(&c.mail.from.address) {
            taken
                .audit
                .push(("own_address".into(), "kept, starts nothing".into()));
            return Ok(taken);
        }
        if matches!(c.reading.kind, MessageKind::Sales | MessageKind::Automatic)
            && !c.stored.header_only
        {
            taken
                .audit
                .push(("starts_nothing".into(), c.reading.kind.to_string()));
            return Ok(taken);
        }
        self.assign(c, &mut taken);
        self.proceed(c, &mut taken);
        if let Some(wishes) = super::wishes::standing(c) {
            taken.wishes = Some(wishes);
        }
        taken.openings = self.offered(c);
        match self.acknowledgement(c, &taken) {
            Ok(ack) => taken.acknowledgement = Some(ack),
            Err(why) => {
                if why == super::acknowledge::AGAIN_AND_AGAIN {
                    taken.notices.push(NewNotice {
                        kind: "loop".into(),
                        dedupe: format!("loop:{}:{}", c.mail.from.address, c.now.date_naive()),
                        text: staff::loop_suspected(&mask_address(&c.mail.from.address)),
                        in_thread: true,
                    });
                }
                taken.audit.push(("not_acknowledged".into(), why));
            }
        }
        Ok(taken)
    }

    /// Whose it is and which case: by one of our own signed Message-IDs, or by the same person; a case number in the text
    /// joins nothing.
    fn assign(&self, c: &Considered<'_>, taken: &mut TakenIn) {
        let new_person = || {
            let address = c.mail.from.address.trim();
            PersonChoice::New {
                address: address.contains('@').then(|| address.to_owned()),
            }
        };
        let (person, case) = match (&c.facts.referenced, c.facts.person_id) {
            (Some((case, _, owner)), known) if known.is_none_or(|k| k == *owner) => {
                if known.is_none() {
                    taken.notices.push(NewNotice {
                        kind: "new_address".into(),
                        dedupe: format!("new_address:{}", c.stored.id),
                        text: reasons::unknown_address(&c.mail.from.address),
                        in_thread: true,
                    });
                }
                (PersonChoice::Known(*owner), Some(*case))
            }
            // Somebody else on file answers a mail that was not theirs: it joins their own case.
            (_, Some(person)) => (
                PersonChoice::Known(person),
                c.facts.case.as_ref().map(|(id, _)| *id),
            ),
            _ => (new_person(), None),
        };
        taken.person = Some(person);
        taken.case = Some(match case {
            Some(id) => CaseChoice::Existing(id),
            None => CaseChoice::New {
                number: c.facts.next_number.clone(),
            },
        });
        let name = c
            .reading
            .profile
            .iter()
            .find(|p| p.field == ProfileField::Name)
            .and_then(|p| p.value.as_text())
            .map(str::to_owned);
        let kind = match c.reading.kind {
            MessageKind::DoctorInquiry | MessageKind::DoctorUpdate => PersonKind::Doctor,
            MessageKind::Opening | MessageKind::InstitutionInquiry => PersonKind::Institution,
            _ => PersonKind::Unknown,
        };
        let name = match kind {
            PersonKind::Institution => super::openings::institution_name(&c.reading),
            _ => name.or_else(|| {
                Some(c.mail.from.name.clone())
                    .filter(|n| !n.is_empty() && c.facts.person_id.is_none())
            }),
        };
        taken.about = Some(About {
            kind,
            name: name.unwrap_or_default(),
            language: c.reading.language,
        });
    }

    /// What happens to the case, and when a draft is due.
    fn proceed(&self, c: &Considered<'_>, taken: &mut TakenIn) {
        taken.newest = true;
        let follow_up = matches!(taken.case, Some(CaseChoice::Existing(_)));
        let number = number_of(c, taken);
        if follow_up {
            taken.events.push(CaseEvent::MessageArrived);
            taken.notices.push(NewNotice {
                kind: "new_message".into(),
                dedupe: format!("new_message:{}", c.stored.id),
                text: reasons::new_message(c.reading.kind, c.facts.has_open_draft),
                in_thread: true,
            });
        }
        if c.mail.authors.len() > 1 {
            return needs_human(taken, reasons::several_authors());
        }
        if c.stored.header_only {
            taken.notices.push(NewNotice {
                kind: "oversize".into(),
                dedupe: format!("oversize:{}", c.stored.id),
                text: reasons::oversize(c.stored.size, self.size_limit_mb),
                in_thread: true,
            });
            return needs_human(taken, reasons::oversize(c.stored.size, self.size_limit_mb));
        }
        match c.reading.kind {
            MessageKind::OptOut => {
                taken.opt_out = true;
                taken.notices.push(NewNotice {
                    kind: "opt_out".into(),
                    dedupe: format!("opt_out:{}", c.stored.id),
                    text: staff::opted_out(&number),
                    in_thread: true,
                });
            }
            MessageKind::General => return needs_human(taken, reasons::general_mail()),
            _ => {}
        }
        taken.events.push(CaseEvent::Understood);
        // The first mail of a case is answered at once; of several in a row only the last starts a draft.
        let quiet = if follow_up {
            self.review.quiet_seconds
        } else {
            0
        };
        taken.draft_due = Some(c.now + Duration::seconds(i64::from(quiet)));
    }
}

fn needs_human(taken: &mut TakenIn, why: String) {
    taken.events.push(CaseEvent::HumanNeeded);
    taken.reason = Some(why);
}

/// The number of the case that a message was assigned to.
pub(super) fn number_of(c: &Considered<'_>, taken: &TakenIn) -> String {
    let known = || {
        let referenced = c
            .facts
            .referenced
            .as_ref()
            .map(|(id, number, _)| (*id, number));
        let own = c.facts.case.as_ref().map(|(id, number)| (*id, number));
        let wanted = match taken.case {
            Some(CaseChoice::Existing(id)) => id,
            _ => return None,
        };
        referenced
            .into_iter()
            .chain(own)
            .find(|(id, _)| *id == wanted)
            .map(|(_, number)| number.clone())
    };
    match &taken.case {
        Some(CaseChoice::New { number }) => number.clone(),
        _ => known().unwrap_or_default(),
    }
}
