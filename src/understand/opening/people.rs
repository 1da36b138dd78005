//! Whom to ask, and how.

use super::super::profile::is_name;
use super::{Found, anywhere};
use crate::domain::wish::{Field, Value};
use crate::understand::doc::Role;
use crate::understand::lexicon::Meaning;
use crate::understand::pattern::pattern;
use crate::understand::rules::Cx;

// A number or an address at the foot says nothing of how the house wishes to be reached; a request does.
pattern!(
    CALL,
    r"(?:お?電話|tel|携帯|☎|phone|直通\))[^。\n]{0,24}?(?:ください|下さい|くださいませ|まで|で(?:も|ご連絡|ご一報|お(?:問|尋|願|知)|受け付|承|お気軽)|にて(?:ご|お|受|承)|か(?:この|メール|、)|お寄せ|へお|me (?:on|at)|願います|お待ち)|(?:問い?合わ?せ|照会先|ご?連絡(?:先)?|応募先|申し込み先?|ご一報)(?:は|先|、|:|/)?[^\n。]{0,30}(?:0\d{1,4}-\d|☎|電話)|(?:へ|に|まで)お?電話(?:。|$|を(?:ください|願))|please (?:call|phone|ring|telephone)|(?:call|phone|ring) (?:me|us)|(?:to|へ|は|を)お電話(?:ください|下さい|を)|0\d{1,4}-\d{1,4}-\d{3,4}[^\n。]{0,20}へお|お?電話(?:で|にて)(?:$|[。、」)\s])|お?電話(?:を|なり)?(?:(?:いただけ|頂け|賜れ|もらえ)(?:ます|れば|ると|ましたら|たら|ないで)|(?:頂戴|頂だい|ちょうだい)(?:でき(?:れば|ますと|ましたら)|いた|したく|したい|くださ)|希望)|電話(?:の(?:ほう|方))?が(?:早|助か|確実|ありがた|つなが)"
);
pattern!(
    MAIL,
    r"(?:メール|このアドレス|本アドレス|e-?mail|[\w.-]+@[\w.-]+)[^。\n]{0,22}?(?:ください|下さい|にて(?:ご|お)|まで|へ(?:。|$|\s|お|ご)|(?:で|にて)(?:$|[。、」)\s]|頂戴|承)|で(?:も(?:お|結構|ご)|ご連絡|お(?:問|尋|知|寄)|ご一報|受け付)|への返信|ご一報|お願い|に(?:ご返信|返信)|お待ち)|メール(?:で|を|にて)?(?:希望|(?:いただけ|頂け|賜れ)(?:ます|れば|ると|ましたら)|頂戴(?:でき|いた|した))|(?:by|via) e-?mail|e-?mail (?:me|us|(?:mr|ms|mrs|dr)\b|[a-z]+ [a-z]+,)|(?:write|reply) to (?:us|me|this)"
);
pattern!(
    VIDEO,
    r"(?:オンライン|ウェブ|web|リモート|画面越し)(?:での?|にて|の)?(?:[^。、\n]{0,10})?(?:お?話|面談|面接|ご?説明|打ち?合わ?せ|お目にかか|見学)|web面談|zoom|ビデオ通話|テレビ電話|video call|online (?:interview|meeting|call)"
);
pattern!(
    VISIT,
    r"見学(?:に|も|は|を)|顔合わせ|お目にかか|面談に(?:お越し|伺)|ご来院|お越し(?:ください|になりませんか)"
);
// An invitation that needs no other word: 「一度町を見にいらしてください」, 「見学は随時受け付けております」.
pattern!(
    INVITED,
    r"(?:(?:見|ご覧|遊び)に(?:いらし|いらっしゃ|来て|お越し|おいで|お運び)|(?:[一1]度|ぜひ|まず(?:は)?|現地に)[^。\n]{0,16}(?:お運び|お会い(?:し|でき)|お目にかか|足をお運び|おいでください|いらしてください|いらっしゃ)|見学(?:いただけます|できます|可(?:能|$|。|\s)|歓迎)|見学(?:は|も)[^。\n]{0,10}(?:随時|いつでも|歓迎|受け付け|承)|お運びください|(?:come and (?:see|visit|meet)|come to see|visit us|pay us a visit))"
);
pattern!(
    THANKED,
    r"ありがとう|御礼|お礼|いただきまし|頂きまし|申し上げまし|どうも|オンコール|呼び?出し|看護師|電話対応|対応が主|健診結果|産業|面接は|個別面接|昼休みは|受診|予約|電話(?:番)?当番|拝受|拝見"
);

pattern!(
    NOT_BY_PHONE,
    r"電話(?:に|には)(?:は)?[^。、\n]{0,6}出(?:られ|ませ|な)|電話(?:で|では)?(?:は)?(?:なく|ご?遠慮|お?控え|つながり(?:ませ|にく)|お受け(?:し|でき)(?:て(?:い|お)り)?ません)"
);

pub(super) fn contact(cx: &Cx, found: &mut Vec<Found>) {
    for (p, value, outright) in [
        (&CALL, "phone", true),
        (&MAIL, "email", true),
        (&VIDEO, "online", true),
        (&VISIT, "in_person", false),
        (&INVITED, "in_person", true),
    ] {
        for c in p.all(cx.text()) {
            let Some(m) = c.get(0) else { continue };
            let sentence = cx.sentence(m.start());
            let clause = cx.clause(m.start());
            let invited = outright
                || [
                    "お越し",
                    "お願い",
                    "ぜひ",
                    "いかが",
                    "歓迎",
                    "できます",
                    "可能",
                    "どうぞ",
                ]
                .iter()
                .any(|w| sentence.contains(w));
            // 「診療中は電話に出られませんので」 asks for something else.
            if value == "phone" && NOT_BY_PHONE.is(clause) {
                continue;
            }
            let paid =
                value == "in_person" && (sentence.contains("旅費") || sentence.contains("費用"));
            let house = value == "in_person"
                && m.as_str().starts_with("お越し")
                && (sentence.contains("先生に")
                    || sentence.contains("駐車")
                    || sentence.contains("お車"));
            if !anywhere(cx, m.start())
                || THANKED.is(clause)
                || THANKED.is(sentence) && sentence.chars().count() < 40
                || !invited
                || cx.rest(m.start()).starts_with("メールより")
                || paid
                || house
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
    by_field(cx, found);
}

/// 「応募方法：メールまたは電話」: the field asks, a bare word answers.
fn by_field(cx: &Cx, found: &mut Vec<Found>) {
    for h in &cx.things {
        let Meaning::Thing(Field::Contact, value) = h.meaning else {
            continue;
        };
        let asked = cx.doc.label_before(h.start).is_some_and(|l| {
            ["方法", "手段", "応募", "連絡先の希望"]
                .iter()
                .any(|w| l.contains(w))
                || l.contains("連絡") && cx.head(h.start).trim_end().ends_with(['■', '☑', '✓'])
        });
        let known = found
            .iter()
            .any(|f| f.field == Field::Contact && f.value == Value::text(value));
        if asked && !known && value != "workplace_phone" && super::own(cx, h.start) {
            found.push(Found {
                field: Field::Contact,
                value: Value::text(value),
                start: h.start,
                end: h.end,
                rule: "opening::contact_field",
            });
        }
    }
}

// An office, and the person behind it: 「人事課 内海」, 「受付・平嶋」, 「事務長の阿部」.
pattern!(
    OF_OFFICE,
    r"(?:担当者?|事務長|院長|理事長|副院長|施設長|所長|事務|総務|医局秘書|人事|採用|係|室長|課長|部長|受付|課|グループ|部|秘書|主任|次長|事務局|医療対策室|管理者|地域連携室|室)(?:の者)?(?:の|[・:：\s]|を(?:して|務めて|つとめて)(?:おり|い)ます){1,3}(?P<n>[\p{Han}々]{1,5}(?: [\p{Han}\p{Hiragana}]{1,4})?)(?:と申|です|でご|\s|$|\(|まで|、|。|・|/|0|☎|宛|が(?:承|担当)|へ|さん|先生|様|氏|\n)"
);
pattern!(
    SAYS,
    r"(?:の|、|^|\n|。|\s|を(?:つとめ|務め|担当し)て(?:い|お)ります)(?P<n>[\p{Han}々]{1,5}(?: [\p{Han}]{1,3})?)(?:\([^)\n]{1,8}\))?(?:です(?:。|、|が|\s|$|\n)|と申(?:します|す)|といいます|でございます)"
);
pattern!(
    AT_FOOT,
    r"^\s*(?:[^\s@:]{2,24}\s+){0,3}?(?P<n>[\p{Han}々]{1,4}(?: ?[\p{Han}々]{1,3}| ?[\p{Han}]?[\p{Hiragana}]{1,4}[\p{Han}]?)?)\s*(?:\([^)\n]{1,10}\)|\((?:tel|電話|携帯|直通)[\s:]*[\d-]{9,16}\))?\s*(?:(?:tel|電話|携帯|直通|phone)?[\s:]*[\d()-]{9,16}(?:\([^)\n]{1,8}\))?)?\s*$"
);
pattern!(
    BESIDE_NUMBER,
    r"0\d{1,4}-\d{1,4}-\d{3,4}\s+(?P<n>[\p{Han}々]{1,4})(?:\s|$|。)|(?P<m>[\p{Han}々]{1,4})\s?\(?0\d{1,4}-\d{1,4}-\d{3,4}"
);
const NO_PERSON: &[&str] = &[
    "課",
    "求人",
    "案件",
    "件",
    "係",
    "部",
    "室",
    "電話",
    "直通",
    "代表",
    "内線",
    "御中",
    "常勤",
    "募集",
    "採用",
    "担当",
    "病院",
    "当院",
    "敬具",
    "総務",
    "人事",
    "課長",
    "院長",
    "理事長",
    "理事",
    "所長",
    "施設長",
    "次長",
    "主任",
    "師長",
    "看護師長",
    "会長",
    "社長",
    "園長",
    "室長",
    "主事",
    "主査",
    "相談員",
    "管理者",
    "係長",
    "部長",
    "事務長",
    "事務",
    "秘書",
    "医局",
    "受付",
    "曜日",
    "本件",
    "弊院",
    "同上",
    "休診",
    "診療",
    "形態",
    "施設",
    "法人",
    "下記",
    "貴会",
    "各位",
    "様",
    "医療",
    "連絡先",
    "照会先",
    "窓口",
    "同院",
    "代診",
    "麻酔",
    "透析",
    "健診",
    "予定",
    "補足",
    "追伸",
    "以上",
    "至急",
    "後任",
    "高齢",
    "承継",
];

pub(super) fn people(cx: &Cx, found: &mut Vec<Found>) {
    if let Some((s, e)) = person(cx, found) {
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
    phone(cx, found);
}

/// The person to ask: named as such first, then who writes; in the fullest form that the mail gives.
fn person(cx: &Cx, found: &[Found]) -> Option<(usize, usize)> {
    if cx.doc.latin {
        pattern!(
            REGARDS,
            r"(?:regards|sincerely|wishes|thanks|faithfully|best)[,.!]?\s*\n+\s*(?P<n>[a-z][a-z'-]+ [a-z][a-z'-]+)"
        );
        // 「Tom Brandt, office manager」 at the foot.
        pattern!(
            WITH_OFFICE,
            r"^(?P<n>[a-z][a-z'-]+ (?:[a-z][.] )?[a-z][a-z'-]+)(?:,| -|\s?\() ?(?:[a-z]+ ){0,2}(?:manager|director|secretary|administrator|coordinator|assistant|officer|superintendent|matron|recruiter|hr)\b"
        );
        pattern!(
            CONTACT,
            r"\b(?:contact|ask for|e-?mail|call|phone|write to|speak to):? (?:ms\.? |mr\.? |mrs\.? |dr\.? )?(?P<n>[a-z][a-z'-]+ [a-z][a-z'-]+)(?:,| at| on|\s?\(|\.|$)"
        );
        let named = |c: regex::Captures| c.name("n").map(|m| (m.start(), m.end()));
        return REGARDS.first(cx.text()).and_then(named).or_else(|| {
            cx.doc
                .lines
                .iter()
                .rev()
                .find_map(|l| {
                    let c = WITH_OFFICE.first(cx.doc.text(l.start, l.end))?;
                    named(c).map(|(s, e)| (l.start + s, l.start + e))
                })
                .or_else(|| CONTACT.first(cx.text()).and_then(named))
        });
    }
    let house: Vec<(usize, usize)> = found
        .iter()
        .filter(|f| f.field == Field::InstitutionName)
        .map(|f| (f.start, f.end))
        .collect();
    let ok = |s: usize, e: usize| {
        let word: String = cx.doc.text(s, e).chars().filter(|c| *c != ' ').collect();
        anywhere(cx, s)
            && (1..=7).contains(&word.chars().count())
            && is_name(&word)
            && !NO_PERSON
                .iter()
                .any(|w| word == *w || word.ends_with(w) && w.chars().count() > 1)
            && (!word.ends_with(['課', '係', '部', '室']) || family_of_bu(&word))
            && !house.iter().any(|h| h.0 < e && s < h.1)
            && !cx
                .depts
                .iter()
                .any(|d| d.start < e && s < d.end && d.end - d.start > 3)
            && !cx
                .places
                .iter()
                .any(|p| p.start == s && p.end == e && cx.doc.text(s, e).chars().count() > 2)
            && !cx.things.iter().any(|t| t.start < e && s < t.end)
            && !cx.dates.iter().any(|t| t.start < e && s < t.end)
    };
    let text = cx.text();
    let mut named: Vec<(u8, usize, usize)> = Vec::new();
    let mut take = |rank: u8, s: usize, e: usize| {
        let (s, e) = without_office(cx, s, e);
        if ok(s, e) {
            named.push((rank, s, e));
        }
    };
    for c in OF_OFFICE.all(text) {
        if let (Some(all), Some(m)) = (c.get(0), c.name("n")) {
            let chief = all.as_str().starts_with("院長") || all.as_str().starts_with("理事長");
            let asked = cx.head(all.start()).contains("担当") || all.as_str().starts_with("担当");
            take(
                if asked {
                    0
                } else if chief {
                    3
                } else {
                    1
                },
                m.start(),
                m.end(),
            );
        }
    }
    for c in SAYS.all(text) {
        if let Some(m) = c.name("n") {
            take(1, m.start(), m.end());
        }
    }
    for c in BESIDE_NUMBER.all(text) {
        if let Some(m) = c.name("n").or(c.name("m")) {
            take(2, m.start(), m.end());
        }
    }
    let last: Vec<_> = cx
        .doc
        .lines
        .iter()
        .filter(|l| matches!(l.role, Role::Own | Role::Signature))
        .rev()
        .take(6)
        .collect();
    for l in last {
        if let Some(m) = AT_FOOT
            .first(cx.doc.text(l.start, l.end))
            .and_then(|c| c.name("n").map(|m| (m.start(), m.end())))
        {
            take(2, l.start + m.0, l.start + m.1);
        }
    }
    let plain = |n: &(u8, usize, usize)| -> String {
        cx.doc
            .text(n.1, n.2)
            .chars()
            .filter(|c| *c != ' ')
            .collect()
    };
    let first = named.iter().min_by_key(|n| (n.0, n.1))?;
    let short = plain(first);
    let best = named
        .iter()
        .filter(|n| plain(n).starts_with(&short))
        .max_by_key(|n| plain(n).chars().count())?;
    Some((best.1, best.2))
}

/// 「磯部」 and 「長谷部」 are names, 「本部」 and 「人事部」 are none.
fn family_of_bu(word: &str) -> bool {
    const OFFICES: &[&str] = &[
        "本部", "支部", "学部", "各部", "全部", "当部", "同部", "外部", "内部", "幹部",
    ];
    let n = word.chars().count();
    word.ends_with('部')
        && (n == 2 && !OFFICES.contains(&word)
            || ["谷部", "我部", "下部", "訪部"]
                .iter()
                .any(|w| n == 3 && word.ends_with(w)))
}

/// 「人事課 内海」 and 「緒方 まで」: the name alone.
fn without_office(cx: &Cx, start: usize, end: usize) -> (usize, usize) {
    let word = cx.doc.text(start, end);
    if let Some(name) = ["先生", "さん", "様"]
        .iter()
        .find_map(|w| word.strip_suffix(w))
        .filter(|name| !name.is_empty())
    {
        return without_office(cx, start, start + name.len());
    }
    let Some((first, last)) = word.split_once(' ') else {
        return (start, end);
    };
    let office = NO_PERSON
        .iter()
        .any(|w| first == *w || w.chars().count() > 1 && first.ends_with(w))
        || first.chars().count() > 2
            && first.ends_with(['課', '係', '部', '室'])
            && !family_of_bu(first);
    if office {
        return (end - last.len(), end);
    }
    if ["まで", "より", "です", "宛", "へ", "ほか", "あて"].contains(&last) {
        return (start, start + first.len());
    }
    (start, end)
}

fn phone(cx: &Cx, found: &mut Vec<Found>) {
    pattern!(
        PHONE,
        r"0\d{1,4}-\d{1,4}-\d{3,4}|0\d{1,4}\(\d{1,4}\)\d{4}|\b0[789]0\d{8}\b"
    );
    for c in PHONE.all(cx.text()) {
        let Some(m) = c.get(0) else { continue };
        let head = cx.head(m.start()).trim_end_matches([' ', ':', '.']);
        let fax =
            head.ends_with("fax") && !head.ends_with("tel/fax") || head.ends_with("ファックス");
        if anywhere(cx, m.start()) && !fax && !head.ends_with('〒') {
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
