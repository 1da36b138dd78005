//! When the licence was given, and how many years the doctor has practised.

use super::{Fact, fact, own};
use crate::domain::wish::{ProfileField, Value};
use crate::understand::dates;
use crate::understand::pattern::{number, pattern};
use crate::understand::rules::{Cx, tail};

pattern!(
    YEAR,
    r"(?:(?P<era>昭和|平成|令和|昭|平|令|s|h|r)\s?(?P<ey>元|\d{1,2})|(?P<y>(?:19|20)\d{2}))\s?年?(?:度)?"
);
pattern!(
    LICENSED,
    r"qualified in|qualified|免許|免状|国家試験|医籍|医師(?:に|と)な|医者(?:に|と)な|licen[cs]|国試|登録"
);
pattern!(GRADUATED, r"卒|graduat");
pattern!(
    NOT_LICENCE,
    r"記入日|申込日|受付|受理日|作成日|提出日|運転|返納|生まれ|生年|月生|年生|運転免許|車の免許|退職|入職|入局|開業|専門医"
);

/// The year of the licence; of graduation where only that is said.
pub(super) fn license(cx: &Cx, out: &mut Vec<Fact>) {
    let mut graduation: Option<Fact> = None;
    for c in YEAR.all(cx.text()) {
        let Some(m) = c.get(0) else { continue };
        let year = match (c.name("era"), c.name("ey")) {
            (Some(era), Some(ey)) => {
                let era = match era.as_str() {
                    "昭" => "昭和",
                    "平" => "平成",
                    "令" => "令和",
                    other => other,
                };
                dates::era_year(era, ey.as_str()).map(i64::from)
            }
            _ => number(&c, "y"),
        };
        let latin = cx
            .head(m.start())
            .ends_with(|c: char| c.is_ascii_alphanumeric());
        let Some(year) = year.filter(|y| (1940..=2040).contains(y) && !latin) else {
            continue;
        };
        if !own(cx, m.start()) || super::another(cx, m.start()) {
            continue;
        }
        let label = cx.doc.label_before(m.start()).unwrap_or_default();
        let clause = cx.clause(m.start());
        let rest = cx.rest(m.end());
        let near: String = rest
            .split(['、', '。', ',', '(', ' ', '⑦'])
            .next()
            .unwrap_or_default()
            .chars()
            .take(16)
            .collect();
        let head = cx.head(m.start());
        let before = tail(head, 16);
        let before = before
            .rsplit(['、', '。', '・'])
            .next()
            .unwrap_or_default()
            .to_owned();
        if NOT_LICENCE.is(&near) || NOT_LICENCE.is(label) || NOT_LICENCE.is(&before) {
            continue;
        }
        let make = || {
            fact(
                ProfileField::LicenseYear,
                Value::Number(year),
                m.start(),
                m.end(),
                "profile::license_year",
            )
        };
        let labelled = |w: &[&str]| w.iter().any(|w| label.contains(w));
        let field_before = ["免許", "医籍登録", "医籍"]
            .iter()
            .any(|w| tail(head, 18).contains(w))
            && cx.doc.text(m.start(), m.end()).len() > 2
            && !head.ends_with("卒業 ")
            && (label.is_empty() || head.contains("医籍"));
        let licensed = LICENSED.is(&near)
            || cx.doc.latin && LICENSED.is(cx.sentence(m.start())) && !clause.contains("graduat")
            || LICENSED.is(&before) && !GRADUATED.is(&near)
            || field_before && !GRADUATED.is(&near)
            || labelled(&["免許", "医籍", "取得年"]) && !GRADUATED.is(&before)
            || clause.contains("卒・同年");
        if licensed {
            out.push(make());
            return;
        }
        if graduation.is_none()
            && (GRADUATED.is(&near.chars().take(8).collect::<String>())
                || labelled(&["卒"])
                || GRADUATED.is(&before))
        {
            graduation = Some(make());
        }
    }
    out.extend(graduation);
}

pattern!(
    YEARS,
    r"(?P<n>\d{1,2})\s?(?:余)?年(?:余り?|間|目|以上|ほど|あまり|ちょっと|近く)?|(?P<e>\d{1,2})\syears|(?P<k>\d{1,2})ネン|(?:経験|臨床)年数\s?[\])】:=|]\s?(?P<f>\d{1,2})(?m:$|\s)"
);
pattern!(
    PRACTISED,
    r"(?:医師歴|医者歴|経験年数|医師(?:に|と)な(?:って|り)(?:から)?|医者(?:に|と)な(?:って|り)(?:から)?|白衣を着て|メスを握って|聴診器を(?:下げ|提げ|握っ)て|免許を(?:得|取っ|もらっ)て|卒後|卒業後|医師経験|(?:医師|医者|勤務医|臨床)(?:生活|人生)|臨床経験|経験|医歴|臨床歴|キャリア|臨床|医師として|医者として|科医として|内科医として|外科医として|医として|診療歴)(?:\}|は|が|も|を|ば|:|=|\||→|】|\]|\s|年数|約|およそ|、)*$|(?:^|[、。「\s])(?:医者|医師)(?:を|ば|は)?$"
);
pattern!(
    OF_PRACTICE,
    r"^(?:の(?:経験|臨床|キャリア|診療)|(?:に|、)?(?:わたり|わたって)[^。\n]{0,24}(?:診療|診て|携わ|従事|やって)|[^。、\n]{0,4}メスを握|の間、|、?[^。、\n]{0,8}(?:一筋|一本|ひとすじ))|^ of experience|^ of practi|^ as an? "
);
pattern!(
    DEVOTED,
    r"一筋|ひとすじ|ひと筋|携わ|続けて(?:き|ま|お|い)|歩んで|やって|診て|やりました|専門にして|一本|ヤッテ|従事"
);
pattern!(
    PRACTISING,
    r"^(?:です|になります|になりました|やって|やっと(?:り|る|っ)|おり(?:ます|まし)|おって|目の|やりま|目|、|に(?:わたり|なり)|続け|務め|つとめ|メス|専門|一筋|ほど|余|。|$|勤め|携わ|診て|\s|、去|の経験|を迎え)"
);
pattern!(
    NOT_YEARS,
    r"暮らし|移り住|越して|開業して|開院して|開設して|開いて|構えて|営んで|看板|暖簾|のれん|ブランク|結婚|前に|年前|住ん|前の|病院に|最初の|保育|休職|ぶり|閉じ|大学で|後に|ここ\d|あと|今の病院|病棟を|往診は|臨床は\d+年離れ|やってない|まで|やっていない|離れて|長を\d|長として|働きた|任期|契約|住宅|住んで|離職|勤続|(?:所|院|部|科)長を"
);

pattern!(
    OWN_PRACTICE,
    r"^(?:間)?、[^。、\n]{0,12}(?:看板|暖簾|のれん|開業|医院を|診療所を|クリニックを)"
);

pub(super) fn experience(cx: &Cx, proxy: bool, out: &mut Vec<Fact>) {
    for c in YEARS.all(cx.text()) {
        let n = number(&c, "n")
            .or(number(&c, "e"))
            .or(number(&c, "k"))
            .or(number(&c, "f"));
        let (Some(m), Some(n)) = (c.get(0), n) else {
            continue;
        };
        let head = cx.head(m.start());
        if !own(cx, m.start())
            || !proxy && super::another(cx, m.start())
            || !(2..=65).contains(&n)
            || cx.rest(m.end()).starts_with(" old")
            || head.ends_with(|c: char| c.is_ascii_digit() || "和成十百".contains(c))
        {
            continue;
        }
        let clause = cx.clause(m.start());
        let rest = cx.rest(m.end());
        let before = tail(head, 14);
        let near_dept = cx.depts.iter().any(|d| {
            let gap = cx.doc.text(d.end, m.start());
            d.end <= m.start() && gap.chars().count() <= 7 && !gap.contains(['。', '\n'])
        }) || cx.depts.iter().any(|d| {
            let gap = cx.doc.text(m.end(), d.start);
            d.start >= m.end() && gap.chars().count() <= 6 && !gap.contains(['\n', '。'])
        });
        let loose = ["麻酔", "救急", "セイケイ ヲ", "透析"].iter().any(|w| {
            before.contains(w)
                || rest.starts_with('、') && rest.contains(w) && rest.contains("一本")
        });
        let devoted = (near_dept || loose)
            && (DEVOTED.is(&rest.chars().take(16).collect::<String>()) || DEVOTED.is(before));
        let counted = PRACTISED.is(before) || c.name("f").is_some();
        let said = devoted
            || counted
            || m.as_str().ends_with("年目")
                && (near_dept || loose || cx.sentence(m.start()).contains("医師"))
            || near_dept && PRACTISING.is(rest)
            || OF_PRACTICE.is(rest)
                && (near_dept
                    || rest.starts_with(" of")
                    || rest.starts_with("の経験")
                    || rest.contains("メス"));
        let other = NOT_YEARS.is(clause) && !counted
            || rest.starts_with('生')
            || rest.starts_with('月')
            || rest.starts_with('前')
            || rest.starts_with("以内")
            || rest.starts_with("後")
            || m.as_str().ends_with("近く")
            || rest.starts_with("離れ")
            || rest.starts_with("は働")
            || clause.contains("まで") && !counted
            // 「人吉にて四十一年、眼科の看板を掲げ」: the years of a practice of one's own.
            || !counted && OWN_PRACTICE.is(rest);
        if said && !other {
            out.push(fact(
                ProfileField::YearsExperience,
                Value::Number(n),
                m.start(),
                m.end(),
                "profile::years",
            ));
            return;
        }
    }
}
