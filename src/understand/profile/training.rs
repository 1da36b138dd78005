//! What the doctor is trained in: departments, titles, the licence, years of experience.

use super::{Fact, Role, fact, own};
use crate::domain::wish::{ProfileField, Value};
use crate::understand::dates;
use crate::understand::lexicon::Meaning;
use crate::understand::pattern::{number, pattern};
use crate::understand::rules::{Cx, specialty};

pub(super) fn departments(cx: &Cx, out: &mut Vec<Fact>) {
    let mut seen = 0usize;
    let mut previous: Option<usize> = None;
    let mut title: Option<(usize, usize, &'static str)> = None;
    for d in &cx.depts {
        let Meaning::Dept(name) = d.meaning else {
            continue;
        };
        if !own(cx, d.start) || cx.scope.others_speak(cx.doc, d.start) {
            continue;
        }
        let label = cx.doc.label_before(d.start);
        let form = label.is_some_and(|l| {
            (l.contains("診療科")
                || l.contains("専門")
                || l.contains("科目")
                || l.contains("現在の科")
                || l == "科")
                && !l.contains("希望")
                && !l.contains("専門医")
                && !l.contains("志望")
        });
        let chained = previous.is_some_and(|p| {
            matches!(
                cx.doc.text(p, d.start).trim(),
                "・" | "、" | "/" | "," | "と" | ""
            )
        });
        let word = cx.doc.text(d.start, d.end);
        let noted = NOTED.is(cx.rest(d.end))
            || cx.head(d.start).ends_with("先生(")
            || cx.head(d.start).ends_with("【") && cx.rest(d.end).starts_with('】')
            || cx.head(d.start).ends_with("先生 ");
        let titled = word.ends_with('医')
            || word.ends_with("ist")
            || word.ends_with("ian")
            || word.ends_with("on");
        let titled =
            titled && !cx.rest(d.end).starts_with("療") && !cx.clause(d.start).contains("募集");
        if specialty::titled(cx, d.end) {
            title = title.or(Some((d.start, d.end, name)));
            continue;
        }
        let wishing = cx.clause(d.start).contains("転科")
            || cx.rest(d.end).starts_with("に絞")
            || cx.rest(d.end).starts_with("の専門を")
            || label.is_some_and(|l| l.contains("希望") || l.contains("業務"));
        if wishing {
            continue;
        }
        let hit = form
            || noted
            || titled
            || specialty::own(cx, d.start, d.end)
            || chained
            || bare(cx, d.start, d.end);
        if label.is_some_and(|l| {
            l.contains("専門医") || l.contains("資格") || l.contains("認定") || l.contains("希望")
        }) && !form
        {
            continue;
        }
        if !hit
            || cx.head(d.start).ends_with("認定")
            || cx.head(d.start).ends_with("学会")
            || cx.head(d.start).ends_with("日本")
        {
            continue;
        }
        seen += 1;
        previous = Some(d.end);
        out.push(fact(
            ProfileField::Specialty,
            Value::text(name),
            d.start,
            d.end,
            "profile::specialty",
        ));
        if seen > 8 {
            break;
        }
    }
    // 「眼科専門医の富永です」 names the department where nothing else does.
    if seen == 0
        && let Some((s, e, name)) = title
    {
        out.push(fact(
            ProfileField::Specialty,
            Value::text(name),
            s,
            e,
            "profile::specialty_title",
        ));
    }
}

pattern!(
    NOTED,
    r"^(?:(?:科)?の|・| )[\p{Han}]{1,4}先生|^の女医|^(?:をやめて|やめて)|^(?:ば|で|を)(?:や|四|\d{2}年)"
);

pattern!(ALONE, r"^\s*(?:[、。(\d]|$|\n|\s)");
pattern!(LEAD, r"(?:^|[、。・(（\s】:／/」]|医師、|です|歳|才|\d)$");

/// A department in a bare list about oneself: 「林田由紀子　38歳　放射線診断科」.
fn bare(cx: &Cx, start: usize, end: usize) -> bool {
    let head = cx.head(start);
    let rest = cx.rest(end);
    let label = cx.doc.label_before(start).is_some();
    let line = cx.doc.line_index(start);
    let early = cx
        .doc
        .lines
        .iter()
        .take(line)
        .filter(|l| l.role == Role::Own)
        .count()
        < 6;
    let me = cx
        .doc
        .line_at(start)
        .map(|l| cx.doc.text(l.start, l.end))
        .is_some_and(|t| {
            t.contains('歳')
                || t.contains("専門医")
                || t.contains("才")
                || t.contains("と申")
                || t.contains("です")
                || t.chars().any(|c| c.is_ascii_digit())
                || t.chars().count() < 22
        });
    let wishing = cx.clause(start).contains("希望")
        || cx.clause(start).contains("外来")
        || cx.clause(start).contains("たい");
    LEAD.is(head.trim_end_matches('、').trim_end())
        && ALONE.is(rest)
        && early
        && me
        && !wishing
        && !label
        || head.is_empty() && rest.starts_with("の") && early && rest.contains("です")
}

pattern!(
    TITLE,
    r"(?x)(?P<t>
      (?:(?:日本|国際)[\p{Han}ァ-ヶー・]{2,24}(?:学会|協会|連合学会|医師会|機構|機能評価機構))?(?:認定|公認)?\s?[\p{Han}ァ-ヶー・]{0,18}?
      (?:専門医|指導医|認定医|認定内科医|認定産業医|標榜医|指定医|認定臨床医|サポート医|コンサルタント|研修指導医|評価医|認定指導医)
      | 医学博士 | インフェクションコントロールドクター | 労働衛生コンサルタント | ph\.?\ ?d\.? | 認定産業医 | 博士\(医学\) )"
);

pub(super) fn certifications(cx: &Cx, out: &mut Vec<Fact>) {
    for c in TITLE.all(cx.text()) {
        let Some(m) = c.name("t") else { continue };
        if !own(cx, m.start()) || cx.scope.others_speak(cx.doc, m.start()) {
            continue;
        }
        let mut start = m.start() + (m.as_str().len() - m.as_str().trim_start().len());
        let whole = m.as_str().trim_start();
        let rest = cx.rest(m.end());
        // 「・」 between titles divides them, inside a society's name it does not.
        if !whole.starts_with("日本") {
            if let Some(i) = whole.rfind('・').filter(|i| {
                *i > 0
                    && whole
                        .get(..*i)
                        .is_some_and(|h| h.ends_with('医') || h.ends_with("博士"))
            }) {
                start += i + '・'.len_utf8();
            }
        } else if let Some(i) = whole.rfind('・').filter(|i| {
            whole.get(..*i).is_some_and(|h| {
                h.ends_with("専門医") || h.ends_with("指導医") || h.ends_with("認定医")
            })
        }) {
            start += i + '・'.len_utf8();
        }
        let word = cx.doc.text(start, m.end());
        let bare = word.chars().count() <= 3 && word != "指定医" && !word.starts_with("ph")
            || matches!(word, "認定産業医" if cx.head(start).ends_with("会"));
        if bare
            || word.starts_with("各")
            || rest.starts_with("取得")
            || rest.starts_with("の更新")
            || rest.starts_with("は持って")
            || rest.starts_with("を失効")
            || rest.starts_with("は失効")
            || rest.starts_with("の資格はな")
            || rest.starts_with("更新")
            || rest.starts_with("なし")
            || rest.starts_with("を取")
            || rest.starts_with("の取得")
            || word.contains("主治医")
        {
            continue;
        }
        let sentence = cx.clause(start);
        if sentence.contains("たい") && !sentence.contains("活か") || sentence.contains("目指")
        {
            continue;
        }
        let quote = cx.doc.norm.quote(start, m.end());
        let plain: String = quote.chars().filter(|c| !c.is_whitespace()).collect();
        let value = if word.starts_with("ph") || word == "博士(医学)" {
            "医学博士".to_owned()
        } else {
            plain
        };
        if word.starts_with("ph") && !cx.doc.latin {
            continue;
        }
        out.push(fact(
            ProfileField::Certification,
            Value::text(value),
            start,
            m.end(),
            "profile::certification",
        ));
        // 「○○専門医・指導医」: two titles of one society.
        if let Some(second) = ["・指導医", "、指導医", "/指導医"]
            .iter()
            .find(|w| rest.starts_with(**w))
        {
            let stem = quote.trim_end_matches("専門医").trim_end_matches("認定医");
            let value: String = format!("{stem}指導医")
                .chars()
                .filter(|c| !c.is_whitespace())
                .collect();
            out.push(fact(
                ProfileField::Certification,
                Value::text(value),
                start,
                m.end() + second.len(),
                "profile::certification_second",
            ));
        }
    }
}

pattern!(
    YEAR,
    r"(?:(?P<era>昭和|平成|令和|s|h|r)\s?(?P<ey>元|\d{1,2})|(?P<y>(?:19|20)\d{2}))\s?年?(?:度)?"
);
pattern!(
    LICENSED,
    r"qualified in|免許|国家試験|医籍|医師になり|医者になり|licen|国試"
);
pattern!(GRADUATED, r"卒");

pub(super) fn license(cx: &Cx, out: &mut Vec<Fact>) {
    let mut graduation: Option<Fact> = None;
    for c in YEAR.all(cx.text()) {
        let Some(m) = c.get(0) else { continue };
        let year = if let (Some(era), Some(ey)) = (c.name("era"), c.name("ey")) {
            dates::era_year(era.as_str(), ey.as_str()).map(i64::from)
        } else {
            number(&c, "y")
        };
        let Some(year) = year.filter(|y| (1940..=2040).contains(y)) else {
            continue;
        };
        if !own(cx, m.start()) || cx.scope.others_speak(cx.doc, m.start()) {
            continue;
        }
        let label = cx.doc.label_before(m.start()).unwrap_or_default();
        let (cs, ce) = cx.doc.clause_at(m.start());
        let clause = cx.doc.text(cs, ce);
        let near: String = cx.rest(m.end()).chars().take(16).collect();
        let before: String = cx
            .head(m.start())
            .chars()
            .rev()
            .take(14)
            .collect::<String>()
            .chars()
            .rev()
            .collect();
        let born = near.starts_with("生")
            || clause.contains("生まれ")
            || label.contains("生年")
            || near.contains("月生");
        if born || label.contains("退職") {
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
        if LICENSED.is(&near)
            || cx.doc.latin && LICENSED.is(clause) && !clause.contains("graduat")
            || LICENSED.is(&before)
            || labelled(&["免許", "医籍", "取得年"])
            || clause.contains("卒・同年")
        {
            out.push(make());
            return;
        }
        if graduation.is_none()
            && (GRADUATED.is(&near.chars().take(5).collect::<String>())
                || labelled(&["卒"])
                || near.contains("graduat")
                || before.contains("graduated in"))
        {
            graduation = Some(make());
        }
    }
    out.extend(graduation);
}

pattern!(
    YEARS,
    r"(?P<n>\d{1,2})\s?年(?:余り?|間|目|以上|ほど|あまり|ちょっと)?|(?P<e>\d{1,2})\syears"
);
pattern!(
    PRACTISED,
    r"医師歴|医者歴|経験年数|医師になって|医者になって|卒後|卒業後|経験|年目|一筋|医歴|臨床歴|キャリア"
);
pattern!(
    PRACTISING,
    r"^(?:\s?(?:余り?|間|目|以上|ほど|あまり))?(?:です|になります|やって|やりま|目|、|に(?:わたり|なり)|メス|専門|一筋|ほど|余|。|$|勤め|携わ|診て|\s|、去|of experience|の経験)"
);
pattern!(
    NOT_YEARS,
    r"開業して|ブランク|結婚|前に|年前|住ん|前の|病院に|最初の|保育|休職|ぶり|閉じ|大学で|後に|ここ\d|あと|この\d|今の病院|病棟を|往診は|臨床は\d+年離れ|やってない|まで|やっていない"
);

pub(super) fn experience(cx: &Cx, out: &mut Vec<Fact>) {
    for c in YEARS.all(cx.text()) {
        let (Some(m), Some(n)) = (c.get(0), number(&c, "n").or(number(&c, "e"))) else {
            continue;
        };
        if !own(cx, m.start())
            || cx.scope.others_speak(cx.doc, m.start())
            || !(2..=65).contains(&n)
            || cx
                .head(m.start())
                .ends_with(|c: char| c.is_ascii_digit() || "和成十百".contains(c))
        {
            continue;
        }
        let clause = cx.clause(m.start());
        let head: String = cx
            .head(m.start())
            .chars()
            .rev()
            .take(12)
            .collect::<String>()
            .chars()
            .rev()
            .collect();
        let rest = cx.rest(m.end());
        let near_dept = cx.depts.iter().any(|d| {
            d.end <= m.start()
                && cx.doc.text(d.end, m.start()).chars().count() <= 7
                && !cx.doc.text(d.end, m.start()).contains('。')
        }) || cx.depts.iter().any(|d| {
            d.start >= m.end()
                && cx.doc.text(m.end(), d.start).chars().count() <= 6
                && !cx.doc.text(m.end(), d.start).contains('\n')
        });
        let devoted = near_dept
            && [
                "一筋",
                "ひとすじ",
                "携わ",
                "歩んで",
                "やって",
                "診て",
                "やりました",
            ]
            .iter()
            .any(|w| rest.contains(w) || head.contains(w))
            || head.ends_with("専門にして")
            || head.ends_with("ひとすじに")
            || head.ends_with("一筋に");
        let said = devoted
            || PRACTISED.is(&head)
            || m.as_str().ends_with("年目") && near_dept
            || near_dept && PRACTISING.is(rest)
            || rest.contains("メスを握")
            || rest.starts_with(" of experience")
            || PRACTISED.is(clause) && clause.contains("年目");
        if !said
            || NOT_YEARS.is(clause) && !PRACTISED.is(&head)
            || rest.starts_with("生")
            || rest.starts_with("月")
            || rest.starts_with("前")
        {
            continue;
        }
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
