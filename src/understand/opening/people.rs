//! Whom to ask, and how.

use super::{Found, anywhere};
use crate::domain::wish::{Field, Value};
use crate::understand::pattern::pattern;
use crate::understand::rules::Cx;

pattern!(
    CALL,
    r"(?:お電話|電話|phone|☎|tel)[^。\n]{0,24}?(?:ください|下さい|くださいませ|まで|で(?:も|ご連絡)|か(?:この|メール)|お寄せ|me on|:?\s?0\d)|(?:問い?合わせ|照会先|連絡)[^\n。]{0,30}(?:0\d{1,4}-\d|☎)"
);
pattern!(
    MAIL,
    r"(?:メール|このアドレス|e-?mail|[\w.-]+@[\w.-]+)[^。\n]{0,22}?(?:ください|下さい|にて|まで|へ(?:。|$|\s|お)|でも(?:お|結構)|への返信|ご一報|お願い)"
);
pattern!(
    VIDEO,
    r"オンラインでの(?:お話|面談)|video call|online (?:interview|meeting)|オンライン面談"
);
pattern!(VISIT, r"見学に|顔合わせ|お目にかか|面談に(?:お越し|伺)");

pub(super) fn contact(cx: &Cx, found: &mut Vec<Found>) {
    for (p, value) in [
        (&CALL, "phone"),
        (&MAIL, "email"),
        (&VIDEO, "online"),
        (&VISIT, "in_person"),
    ] {
        for c in p.all(cx.text()) {
            let Some(m) = c.get(0) else { continue };
            let sentence = cx.sentence(m.start());
            if !anywhere(cx, m.start())
                || sentence.contains("オンコール")
                || sentence.contains("昼休みは")
                || value == "in_person"
                    && !(sentence.contains("お越し")
                        || sentence.contains("お願い")
                        || sentence.contains("ぜひ"))
            {
                continue;
            }
            found.push(Found {
                field: Field::Contact,
                value: Value::text(value),
                start: m.start(),
                end: m.end(),
                rule: "opening::contact",
            });
            break;
        }
    }
}

pattern!(
    PERSON,
    r"(?:担当|採用担当|事務長|院長|事務|総務|医局秘書|人事|係|室長|課長|受付|課|グループ|部|人事課|採用係|医療人材担当|秘書|総務課)(?:の|[・:：\s]|　)\s?(?P<n>[\p{Han}]{1,4}(?:[ 　][\p{Han}\p{Hiragana}]{1,4})?)(?:と申|です|でござ|\s|$|\(|まで|、|0|☎)"
);
pattern!(
    SAYS,
    r"(?:の|、)(?P<n>[\p{Han}]{1,4})(?:です|と申し(?:ます|)|でございます|と申す)"
);
pattern!(
    SIGNED,
    r"(?m)^\s*(?P<n>[\p{Han}]{1,4} ?[\p{Han}\p{Hiragana}]{0,4})\s*(?:(?:tel|電話|携帯)?[\s:]*[\d-]{9,14})?\s*$"
);

pub(super) fn people(cx: &Cx, found: &mut Vec<Found>) {
    let mut best: Option<(usize, usize)> = None;
    let mut consider = |s: usize, e: usize| {
        let len = cx.doc.text(s, e).chars().filter(|c| *c != ' ').count();
        let old = best.map_or(0, |(a, b)| {
            cx.doc.text(a, b).chars().filter(|c| *c != ' ').count()
        });
        if anywhere(cx, s)
            && (1..=6).contains(&len)
            && len > old
            && ![
                "課", "常勤", "電話", "御中", "診療", "形態", "事務", "病院", "まで", "募集", "曜",
            ]
            .iter()
            .any(|w| cx.doc.text(s, e).contains(w))
            && ![
                "募集", "御中", "採用", "担当", "病院", "以上", "当院", "敬具", "総務", "課長",
                "院長",
            ]
            .iter()
            .any(|w| cx.doc.text(s, e).starts_with(w))
            && !cx
                .doc
                .text(s, e)
                .ends_with(['課', '係', '部', '室', '様', '会', '科'])
        {
            best = Some((s, e));
        }
    };
    for p in [&PERSON, &SAYS, &SIGNED] {
        for c in p.all(cx.text()) {
            if let Some(m) = c.name("n") {
                consider(m.start(), m.end());
            }
        }
    }
    if cx.doc.latin {
        pattern!(
            REGARDS,
            r"(?:regards|sincerely|best wishes|thanks)[,.]?\s*\n+(?P<n>[a-z]+ [a-z]+)"
        );
        best = REGARDS
            .first(cx.text())
            .and_then(|c| c.name("n").map(|m| (m.start(), m.end())))
            .or(best);
    }
    if let Some((s, e)) = best {
        let value: String = cx
            .doc
            .norm
            .quote(s, e)
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect();
        found.push(Found {
            field: Field::ContactPerson,
            value: Value::text(value),
            start: s,
            end: e,
            rule: "opening::person",
        });
    }
    pattern!(PHONE, r"0\d{1,4}-\d{1,4}-\d{3,4}");
    for c in PHONE.all(cx.text()) {
        let Some(m) = c.get(0) else { continue };
        let head: String = cx
            .head(m.start())
            .chars()
            .rev()
            .take(6)
            .collect::<String>()
            .chars()
            .rev()
            .collect();
        if anywhere(cx, m.start()) && !head.contains("fax") && !head.contains('〒') {
            found.push(Found {
                field: Field::Phone,
                value: Value::text(m.as_str()),
                start: m.start(),
                end: m.end(),
                rule: "opening::phone",
            });
            break;
        }
    }
}
