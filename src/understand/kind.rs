//! What a mail is: the kind for which most speaks.
//!
//! `lexicon/kinds.tsv` lists what speaks for which kind, with its weight. A single word decides nothing: a nurse looks
//! for work with a doctor's words, a recruiter offers posts with a hospital's. Frames of sentences are written with
//! classes of words (`{letters}` of which there are `{enough}`), so that a wording is taught once for all its frames.

pub mod likeness;

use super::Input;
use super::doc::Role;
use super::pattern::{Table, note, pattern};
use super::rules::Cx;
use crate::domain::wish::{Field, MessageKind};
use std::sync::LazyLock;

/// What a row of the table speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum For {
    Automatic,
    Sales,
    OptOut,
    General,
    Opening,
    /// An institution writes, whatever it wants.
    House,
    /// An institution asks about the service.
    Service,
    Doctor,
    /// Said by doctors and institutions alike.
    Work,
    /// The writer is in contact with the desk already.
    Desk,
    /// The terms of a post are stated: a figure, a day, an hour.
    Terms,
}

/// `lexicon/kinds.tsv`: what speaks for which kind, and how strongly.
struct Evidence {
    rows: Vec<(For, i32)>,
    /// Wordings of the sender's own text, by the number of their row.
    own: Table<usize>,
    /// Wordings of the subject.
    subject: Table<usize>,
    /// Wordings of the sender's display name.
    from: Table<usize>,
}

static EVIDENCE: LazyLock<Option<Evidence>> = LazyLock::new(|| {
    let mut rows = Vec::new();
    let (mut own, mut subject, mut from) = (Vec::new(), Vec::new(), Vec::new());
    let mut classes: Vec<(String, String)> = Vec::new();
    for row in include_str!("lexicon/kinds.tsv")
        .lines()
        .filter(|l| !l.starts_with('#') && !l.trim().is_empty())
    {
        if let Some((name, words)) = row.strip_prefix('@').and_then(|r| r.split_once('\t')) {
            classes.push((
                format!("{{{name}}}"),
                format!("(?:{})", filled(words, &classes)),
            ));
            continue;
        }
        let mut columns = row.splitn(3, '\t');
        let kind = match columns.next()? {
            "automatic" => For::Automatic,
            "sales" => For::Sales,
            "opt_out" => For::OptOut,
            "general" => For::General,
            "opening" => For::Opening,
            "house" => For::House,
            "service" => For::Service,
            "doctor" => For::Doctor,
            "work" => For::Work,
            "desk" => For::Desk,
            "terms" => For::Terms,
            _ => return None,
        };
        let weight: i32 = columns.next()?.parse().ok()?;
        // One row may hold alternatives for the subject, the sender's name and the text; a row of which several speak
        // counts as often.
        let pattern = filled(columns.next()?, &classes);
        let alternatives = split(&pattern);
        for (of, list) in [("s:", &mut subject), ("f:", &mut from), ("", &mut own)] {
            let before = list.len();
            for words in &alternatives {
                let marked = ["s:", "f:"].into_iter().find(|m| words.starts_with(m));
                if marked.unwrap_or("") == of {
                    let words = words.get(of.len()..).unwrap_or_default();
                    list.push((format!("(?m){words}"), rows.len()));
                }
            }
            if list.len() > before {
                rows.push((kind, weight));
            }
        }
    }
    let table = |list: &[(String, usize)]| {
        Table::new(list.iter().map(|(words, row)| (words.as_str(), *row)))
    };
    Some(Evidence {
        rows,
        own: table(&own),
        subject: table(&subject),
        from: table(&from),
    })
});

/// A pattern with the words of its classes in their places.
fn filled(pattern: &str, classes: &[(String, String)]) -> String {
    classes.iter().fold(pattern.to_owned(), |p, (name, words)| {
        p.replace(name, words)
    })
}

/// The alternatives of a pattern at its top level; after `s:` each stands for the subject.
fn split(pattern: &str) -> Vec<&str> {
    let (mut out, mut depth, mut class, mut escaped, mut from) = (Vec::new(), 0, false, false, 0);
    for (at, c) in pattern.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => class = true,
            ']' => class = false,
            '(' if !class => depth += 1,
            ')' if !class => depth -= 1,
            '|' if !class && depth == 0 => {
                out.extend(pattern.get(from..at));
                from = at + 1;
            }
            _ => {}
        }
    }
    out.extend(pattern.get(from..));
    out
}

/// The sums of what speaks for each kind.
#[derive(Debug, Default, Clone, Copy)]
struct Sums {
    automatic: i32,
    sales: i32,
    opt_out: i32,
    general: i32,
    opening: i32,
    house: i32,
    service: i32,
    doctor: i32,
    work: i32,
    desk: i32,
    terms: i32,
}

impl Sums {
    fn of(own: &str, subject: &str, from: &str) -> Self {
        let mut sums = Sums::default();
        let Some(evidence) = EVIDENCE.as_ref() else {
            return sums;
        };
        for (table, text) in [
            (&evidence.own, own),
            (&evidence.subject, subject),
            (&evidence.from, from),
        ] {
            let rows = table.all(text).into_iter();
            for (kind, weight) in rows.filter_map(|row| evidence.rows.get(row)) {
                *match kind {
                    For::Automatic => &mut sums.automatic,
                    For::Sales => &mut sums.sales,
                    For::OptOut => &mut sums.opt_out,
                    For::General => &mut sums.general,
                    For::Opening => &mut sums.opening,
                    For::House => &mut sums.house,
                    For::Service => &mut sums.service,
                    For::Doctor => &mut sums.doctor,
                    For::Work => &mut sums.work,
                    For::Desk => &mut sums.desk,
                    For::Terms => &mut sums.terms,
                } += weight;
            }
        }
        sums
    }
}

impl Sums {
    /// Whether nothing says that it is no doctor who writes.
    fn is_bare_of_others(&self) -> bool {
        let others = [
            self.automatic,
            self.sales,
            self.opt_out,
            self.general,
            self.opening,
            self.house,
            self.service,
        ];
        others.iter().all(|sum| *sum <= 1)
    }

    /// What was found for a kind.
    fn speaking_for(&self, kind: MessageKind) -> i32 {
        match kind {
            MessageKind::DoctorInquiry => self.doctor + self.work,
            MessageKind::DoctorUpdate => self.desk,
            MessageKind::Opening => self.opening + self.house,
            MessageKind::InstitutionInquiry => self.service + self.house,
            MessageKind::OptOut => self.opt_out,
            MessageKind::General => self.general,
            MessageKind::Sales => self.sales,
            MessageKind::Automatic => self.automatic,
        }
    }
}

/// Decides the kind.
pub fn read(cx: &Cx, input: &Input) -> MessageKind {
    let own = likeness::own_words(cx.doc);
    let subject = super::normalize::Norm::new(input.subject).text;
    let from = super::normalize::Norm::new(input.from_name).text;
    let text = format!("{subject}\n{own}");
    let mut sums = {
        let _note = note(&text);
        Sums::of(&text, text.get(..subject.len()).unwrap_or_default(), &from)
    };
    if input.automatic {
        sums.automatic += 9;
    }
    if !cx.depts.is_empty() {
        sums.doctor += 1;
    }
    // A line or two may be copied from a page; an answer quotes more, or its subject says so.
    let quoted = cx
        .doc
        .lines
        .iter()
        .filter(|l| l.role == Role::Quoted)
        .count();
    if quoted >= 3 || quoted > 0 && subject.starts_with("re:") {
        sums.desk += 4;
    }
    let found = decide(sums, input.known_doctor);
    let likely = likeness::weigh(&text, found);
    // What much speaks for stands, unless something speaks for the other kind too.
    let sure = sums.speaking_for(found) >= SURE
        // A doctor's list of conditions looks like a post, and a post without a house is none.
        || found == MessageKind::DoctorInquiry
            && likely == MessageKind::Opening
            && sums.doctor >= NAMES_HIMSELF;
    if sure && sums.speaking_for(likely) <= 0 {
        return found;
    }
    let line_of_wishes = || sums.is_bare_of_others() && is_a_line_of_wishes(cx, &own);
    let likely = match likely {
        MessageKind::General if line_of_wishes() => MessageKind::DoctorInquiry,
        kind => kind,
    };
    match likely {
        MessageKind::DoctorInquiry if input.known_doctor => MessageKind::DoctorUpdate,
        kind => kind,
    }
}

/// A line from a phone is no longer, in characters.
const LINE: usize = 140;

/// 「常勤希望、当直可、年1500万以上、九州ならどこでも」: nothing but wishes about work, at least three, and nobody else's words.
fn is_a_line_of_wishes(cx: &Cx, own: &str) -> bool {
    pattern!(
        ANOTHER_TRADE,
        r"歯科医|歯科の|看護師|薬剤師|技師|療法士|助産師|保健師|介護士|nurse|dentist|pharmacist"
    );
    if own.chars().count() > LINE || ANOTHER_TRADE.is(own) {
        return false;
    }
    let (wishes, _) = super::settle::wishes(cx);
    let mut fields: Vec<Field> = wishes.iter().map(|w| w.field).collect();
    fields.sort_unstable();
    fields.dedup();
    let of_work = |f: &Field| {
        matches!(
            f,
            Field::Duty
                | Field::NightDuty
                | Field::OnCall
                | Field::DaysPerWeek
                | Field::DaysPerMonth
                | Field::Employment
                | Field::Shift
                | Field::Institution
                | Field::Specialty
        )
    };
    fields.len() >= 3 && fields.iter().any(of_work)
}

/// What the table gives one who says that he is a doctor.
const NAMES_HIMSELF: i32 = 4;

/// So much evidence is not overruled by likeness alone.
const SURE: i32 = 6;

fn decide(mut sums: Sums, known_doctor: bool) -> MessageKind {
    // Who writes as a house offers or asks; what is offered is told apart from who writes.
    let offered = sums.opening;
    sums.opening += sums.house;
    let person = sums.doctor + sums.work;
    let institution = if sums.opening >= 3 {
        sums.opening
            + if sums.doctor < 4 || offered == 0 {
                sums.service / 2
            } else {
                0
            }
    } else {
        sums.service
    };
    if sums.automatic >= 6 && sums.automatic >= sums.sales && sums.automatic * 2 >= sums.doctor {
        return MessageKind::Automatic;
    }
    // A house that stops its own advertisement stays.
    let own_offer = sums.house >= 3 && offered > sums.opt_out;
    if sums.opt_out >= 5 && sums.opt_out + 3 >= sums.doctor && !own_offer {
        return MessageKind::OptOut;
    }
    if sums.sales >= 4 && sums.sales >= sums.doctor.max(sums.opening) {
        return MessageKind::Sales;
    }
    let asks_as_house = sums.house >= 3 && sums.service >= 4;
    if sums.general >= 6 && !asks_as_house && sums.general + 3 >= sums.doctor.max(sums.opening) {
        return MessageKind::General;
    }
    // A doctor too asks how the service works; only who speaks as a house asks as one.
    let house = sums.opening >= 3 && sums.opening + 2 > sums.doctor || sums.doctor < 3;
    // Terms are an offer's where nothing else says that a doctor writes.
    let institution = institution
        + if offered >= 3 && sums.doctor < 2 {
            sums.terms.min(3)
        } else {
            0
        };
    let ahead = institution > sums.doctor || sums.opening >= 9 && institution + 3 > sums.doctor;
    let answering = sums.desk >= 3 && sums.opening == 0 || sums.desk >= 8 && sums.opening < 6;
    if institution >= 4 && house && ahead && !answering {
        // Who states terms offers, whatever is asked about the service besides.
        let asks = sums.service >= 4 && (sums.service >= sums.opening || sums.service > offered)
            || sums.service >= 3 && offered == 0
            || sums.service >= 6 && sums.terms == 0;
        return if asks && (sums.terms < 4 || offered == 0) {
            MessageKind::InstitutionInquiry
        } else {
            MessageKind::Opening
        };
    }
    if known_doctor || sums.desk >= 3 {
        return MessageKind::DoctorUpdate;
    }
    if person >= 2 && (sums.doctor > 0 || sums.work > 2) {
        return MessageKind::DoctorInquiry;
    }
    MessageKind::General
}
