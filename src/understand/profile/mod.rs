//! Who the doctor is: the facts of the body and the signature.

mod age;
mod card;
pub(super) use card::figure;
mod career;
mod departments;
mod form_name;
mod given_name;
mod home;
pub(super) use home::{foot, lives_there, person_of, practises_there};
mod latin;
mod name;
mod names;
mod patron_name;
mod post;
mod titles;
mod writer;
pub use writer::DESK;

pub(super) use self::names::is_name;
use super::Input;
use super::doc::Role;
use super::pattern::pattern;
use super::rules::Cx;
use crate::domain::wish::{ProfileField, Value};
use crate::understand::kin::husband;

/// A fact and where it stands in the normal text.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// What it is about.
    pub field: ProfileField,
    /// The fact.
    pub value: Value,
    /// First byte in the normal text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The rule that read it.
    pub rule: &'static str,
    /// The words, where they do not stand in the text (the name of the `From` header).
    pub quote: Option<String>,
}

fn fact(field: ProfileField, value: Value, start: usize, end: usize, rule: &'static str) -> Fact {
    Fact {
        field,
        value,
        start,
        end,
        rule,
        quote: None,
    }
}

/// All facts of a mail.
pub fn read(cx: &Cx, input: &Input) -> Vec<Fact> {
    let mut out = Vec::new();
    let proxy = writer::writer(cx, input, &mut out);
    let card = card::Card::read(cx, proxy);
    name::name(cx, input, &card, proxy, &mut out);
    age::age(cx, &card, proxy, &mut out);
    departments::departments(cx, &card, proxy, &mut out);
    titles::certifications(cx, &mut out);
    career::license(cx, &mut out);
    career::experience(cx, proxy, &mut out);
    home::home(cx, &card, proxy, &mut out);
    post::status(cx, proxy, &mut out);
    latin::facts(cx, proxy, &mut out);
    phone(cx, &mut out);
    out
}

/// Whether words at a byte are the sender's, in the body or the signature.
fn own(cx: &Cx, at: usize) -> bool {
    cx.doc
        .line_at(at)
        .is_some_and(|l| matches!(l.role, Role::Own | Role::Signature | Role::Colleague))
        && !cx.doc.masked(at)
}

pattern!(
    ANOTHER_PERSON,
    concat!(
        r"妻|",
        husband!(),
        r"|主人|旦那|家内|女房|かみさん|嫁|奥様|奥さん|息子|娘|知人|友人|同僚|同期|後輩|先輩|家族|知り合い|先方|配偶者|両親|義父|義母|父|母|兄|弟|姉|妹|前任|子(?:供|ども)|孫|部下|husband|wife|friend|colleague|son\b|daughter"
    )
);

/// Whether the words at a byte are said of somebody else, who is named before them in the sentence.
fn another(cx: &Cx, at: usize) -> bool {
    cx.scope.others_speak(cx.doc, at)
        && cx.doc.sentence_at(at).is_some_and(|s| {
            ANOTHER_PERSON.is(cx.doc.text(s.start, at)) || ANOTHER_PERSON.is(cx.head(at))
        })
}

pattern!(
    KIN_OPENS,
    concat!(
        r"(?:上司|妻|",
        husband!(),
        r"|主人|家内|女房|旦那|嫁|婿|息子|娘|長男|長女|次男|次女|三男|三女|父|母|兄|弟|姉|妹|甥|姪|孫|いとこ|イトコ|従兄弟?|従姉妹?|従弟|従妹|叔父|伯父|叔母|伯母|おじ|おば|友人|旧友|親友|悪友|知人|知り合い|同僚|同期(?:生)?|同級生|同窓(?:生)?|後輩|先輩|部下|恩師|弟子|教え子|後任|前任|跡継ぎ|後継ぎ|仲間)(?:さん)?(?:の[\p{Han}]{1,4})?(?:も(?:また)?、?(?:同じ|同じく)?(?:医者|医師))?\([^()]{0,16}$"
    )
);

pattern!(
    YOUNGER_OPENS,
    r"(?:息子|娘|嫁|婿|長男|長女|次男|次女|三男|三女|甥|姪|孫|いとこ|イトコ|従兄弟?|従姉妹?|従弟|従妹)(?:さん)?(?:の[\p{Han}]{1,4})?(?:も(?:また)?、?(?:同じ|同じく)?(?:医者|医師))?\([^()]{0,16}$"
);

/// 「甥（内科）」, 「いとこの加藤（循環器、」: the words behind stand in the bracket of another person. The elder ones may be
/// whom a proxy writes for.
fn of_kin(head: &str, proxy: bool) -> bool {
    if proxy {
        YOUNGER_OPENS.is(head)
    } else {
        KIN_OPENS.is(head)
    }
}

pattern!(
    PHONE,
    r"(?P<n>\+\d{1,3}[- ]\d{1,4}-\d{3,4}-\d{3,4}|\+?\d{2,5}-\d{1,4}-\d{3,4}|\b0\d{1,4}\(\d{1,4}\)\d{3,4}|\b0[5789]0 ?\d{4} ?\d{4}\b|\b0\d{9}\b|(?:tel|電話|携帯)[:\s]{0,3}0\d{9,10}\b)"
);

fn phone(cx: &Cx, out: &mut Vec<Fact>) {
    for c in PHONE.all(cx.text()) {
        let Some(m) = c.name("n") else { continue };
        if !own(cx, m.start()) {
            continue;
        }
        let word = m.as_str();
        let skip = word.len()
            - word
                .trim_start_matches(|c: char| !c.is_ascii_digit() && c != '+')
                .len();
        let word = word.get(skip..).unwrap_or_default();
        let head = cx.head(m.start()).trim_end_matches([' ', ':', '.', ')']);
        let fax =
            head.ends_with("fax") && !head.ends_with("tel/fax") && !head.ends_with("tel・fax")
                || head.ends_with("ファックス")
                || head.ends_with("ファクス");
        let other =
            head.ends_with('〒') || head.ends_with("免許番号") || head.ends_with("登録番号");
        let digits = word.chars().filter(char::is_ascii_digit).count();
        if fax || other || !(9..=13).contains(&digits) || !word.starts_with(['0', '+']) {
            continue;
        }
        out.push(fact(
            ProfileField::Phone,
            Value::text(word),
            m.start() + skip,
            m.end(),
            "profile::phone",
        ));
        return;
    }
}

/// A month that only its name tells lies behind, where the post has ended.
fn past(month: String, cx: &Cx) -> String {
    let today = cx.today.format("%Y-%m").to_string();
    if month <= today {
        return month;
    }
    match month
        .split_once('-')
        .and_then(|(y, m)| y.parse::<i32>().ok().map(|y| (y, m)))
    {
        Some((y, m)) => format!("{}-{m}", y - 1),
        None => month,
    }
}
