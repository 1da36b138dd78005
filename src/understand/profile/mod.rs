//! Who the doctor is: the facts of the body and the signature.

mod name;
mod post;
mod training;

use super::Input;
use super::doc::Role;
use super::pattern::pattern;
use super::rules::{Cx, area};
use crate::domain::wish::{ProfileField, Value};

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
    let proxy = writer(cx, &mut out);
    name::name(cx, input, proxy, &mut out);
    age(cx, &mut out);
    training::departments(cx, &mut out);
    training::certifications(cx, &mut out);
    training::license(cx, &mut out);
    training::experience(cx, &mut out);
    residence(cx, proxy, &mut out);
    post::status(cx, &mut out);
    phone(cx, &mut out);
    out
}

/// Whether words at a byte are the sender's, in the body or the signature.
fn own(cx: &Cx, at: usize) -> bool {
    cx.doc
        .line_at(at)
        .is_some_and(|l| matches!(l.role, Role::Own | Role::Signature))
        && !cx.doc.masked(at)
}

pattern!(
    PROXY,
    r"(?:代わりに|代わって|に代わりまして|代筆|代理で|代わりまして)|(?:の)?秘書をして|(?:父|母|主人|夫|おやじ|親父|うちのおやじ|祖父|兄)(?:\([^)]*\))?の(?:件|こと|希望|働き口)|の(?:娘|息子|長女|長男|次女|次男|妻|秘書|家内)(?:です|の|で|でござ|と申)|on behalf of|writing for my"
);
pattern!(
    NOTE_HEAD,
    r"(?:先生)[^\n]{0,40}?(?:より|から|電話|tel|来局|着信|面談|お越し|折電|ご来局|伝言|メモ|電話とり)|(?:訪問メモ|電話メモ|新規tel|電話とりました|面談メモ)"
);

/// Someone else writes for the doctor.
fn writer(cx: &Cx, out: &mut Vec<Fact>) -> bool {
    for p in [&PROXY, &NOTE_HEAD] {
        if let Some(c) = p.all(cx.text()).into_iter().find(|c| {
            c.get(0)
                .is_some_and(|m| own(cx, m.start()) && !foreign(cx, m.start()))
        }) && let Some(m) = c.get(0)
        {
            let (s, _) = cx.doc.clause_at(m.start());
            out.push(fact(
                ProfileField::Writer,
                Value::text("proxy"),
                s.min(m.start()),
                m.end(),
                "profile::writer",
            ));
            return true;
        }
    }
    false
}

fn foreign(cx: &Cx, at: usize) -> bool {
    let s = cx.sentence(at);
    s.contains("代わりに水")
        || s.contains("代わりに金")
        || s.contains("代わりに産")
        || s.contains("代わりに後")
}

pattern!(
    AGE,
    r"(?x)(?P<a>[2-9]\d)\s?(?:歳|才|さい) | (?:年齢|年令|\[age\]|齢)\s*(?:は|:|=|\||】|\]|\.\.\.)*\s*(?P<b>[2-9]\d)\b | (?P<c>[2-9]\d)\s?(?:years?\ old|yrs?\ old|y/o|,\ licensed) | (?:i\ am|i'm|aged?)\ (?P<d>[2-9]\d)\b"
);
pattern!(
    AGE_BARE,
    r"(?:^|[、。(・/\s科医:」ではた])(?:今年|本年|当年とって|もう)?(?P<a>[2-9]\d)(?:です|にな(?:っ|り)|の(?:外科|内科|爺|婆|おじい|医|じい|男|女)|だす|、(?:男|女)|\)|。|\s*$|、|\s)"
);
pattern!(
    NOT_OWN_AGE,
    r"(?:まで|以上|以下|未満|代|定年|くらいまで|を過ぎ|以降|から)"
);
pattern!(
    NEXT_AGE,
    r"(?:来月|来年|今度|もうすぐ|まもなく|来春|来夏|来年\d月で|来年の\d月で)[^。\n]{0,8}$"
);
pattern!(
    BECOMES,
    r"^(?:\s?(?:歳|才|さい))?(?:に(?:な(?:り(?:ます|\s|。)|る))|(?:と|との)?(?:の)?誕生)"
);

fn age(cx: &Cx, out: &mut Vec<Fact>) {
    for line_first in [true, false] {
        let p = if line_first { &AGE } else { &AGE_BARE };
        for c in p.all(cx.text()) {
            let Some(all) = c.get(0) else { continue };
            let Some(m) = ["a", "b", "c", "d"].iter().find_map(|g| c.name(g)) else {
                continue;
            };
            let Ok(mut value) = m.as_str().parse::<i64>() else {
                continue;
            };
            let rest = cx.rest(m.end());
            let rest_word = rest.trim_start_matches(['歳', '才', ' ']);
            let head = cx.head(m.start());
            if !own(cx, m.start())
                || cx.scope.others_speak(cx.doc, m.start())
                || NOT_OWN_AGE.is(rest_word
                    .get(
                        ..rest_word
                            .char_indices()
                            .nth(5)
                            .map_or(rest_word.len(), |x| x.0),
                    )
                    .unwrap_or_default())
                    && !rest_word.starts_with("です")
            {
                continue;
            }
            if head.ends_with("満") && cx.sentence(m.start()).contains("来年")
                || rest_word.starts_with("の母")
                || rest_word.starts_with("の父")
                || head.contains("のとき")
            {
                continue;
            }
            if !line_first {
                let label_ok = cx.doc.label_before(m.start()).is_none();
                let lead = head.trim();
                let spoken = rest.starts_with("です")
                    || rest.starts_with("の")
                    || rest.starts_with("だす")
                    || rest.starts_with("にな")
                    || rest.starts_with(')')
                    || rest.starts_with("、男")
                    || rest.starts_with("、女");
                let near = cx.depts.iter().any(|d| {
                    d.end <= m.start()
                        && cx.doc.text(d.end, m.start()).chars().count() <= 12
                        && !cx.doc.text(d.end, m.start()).contains("経験")
                        && !cx.doc.text(d.end, m.start()).contains('\n')
                }) || cx
                    .depts
                    .iter()
                    .any(|d| d.start >= m.end() && d.start - m.end() <= 12);
                let named = out.iter().any(|f| {
                    f.field == ProfileField::Name
                        && f.quote.is_none()
                        && m.start() >= f.end
                        && m.start() - f.end <= 12
                });
                if !label_ok
                    || !(near
                        || named
                        || lead.is_empty() && spoken
                        || spoken && head.chars().count() < 24)
                    || rest.trim_start().starts_with([
                        '万', '年', '分', '回', '人', '日', '月', '時', '床', '件', '名',
                    ])
                {
                    continue;
                }
            }
            if NEXT_AGE.is(head)
                && (BECOMES.is(rest) || rest.contains("になり") || rest.contains("になる"))
            {
                value -= 1;
            }
            out.push(fact(
                ProfileField::Age,
                Value::Number(value),
                all.start().max(m.start()),
                m.end(),
                "profile::age",
            ));
            return;
        }
    }
}

fn residence(cx: &Cx, proxy: bool, out: &mut Vec<Fact>) {
    // A form gives prefecture and city on two lines.
    let Some(home) = area::home(cx) else { return };
    let role = cx.doc.line_at(home.start).map(|l| l.role);
    if proxy && role == Some(Role::Signature) {
        return;
    }
    let label = cx.doc.label_before(home.start).unwrap_or_default();
    if label.contains("都道府県")
        && let Some(city) = cx.places.iter().find(|p| {
            cx.doc
                .label_before(p.start)
                .is_some_and(|l| l.contains("市区町村"))
        })
    {
        out.push(fact(
            ProfileField::Home,
            Value::text(city.value.clone()),
            city.start,
            city.end,
            "profile::home",
        ));
        return;
    }
    out.push(fact(
        ProfileField::Home,
        Value::text(home.value.clone()),
        home.start,
        home.end,
        "profile::home",
    ));
}

pattern!(
    PHONE,
    r"(?P<n>\+?\d{2,5}-\d{1,4}-\d{3,4}|\b0[5789]0\d{8}\b|\b0\d{9}\b|\b0[5789]0 \d{4} \d{4}\b)"
);

fn phone(cx: &Cx, out: &mut Vec<Fact>) {
    for c in PHONE.all(cx.text()) {
        let Some(m) = c.name("n") else { continue };
        if !own(cx, m.start()) {
            continue;
        }
        let head: String = cx
            .head(m.start())
            .chars()
            .rev()
            .take(8)
            .collect::<String>()
            .chars()
            .rev()
            .collect();
        if head.ends_with("fax ")
            || head.ends_with("fax:")
            || head.contains('〒')
            || head.ends_with("fax") && !head.ends_with("tel/fax")
        {
            continue;
        }
        let digits = m.as_str().chars().filter(char::is_ascii_digit).count();
        if !(9..=12).contains(&digits) || !m.as_str().starts_with(['0', '+']) {
            continue;
        }
        out.push(fact(
            ProfileField::Phone,
            Value::text(m.as_str()),
            m.start(),
            m.end(),
            "profile::phone",
        ));
        return;
    }
}
