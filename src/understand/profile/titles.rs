//! Titles: 専門医, 指導医, 認定医 and what stands beside them on a doctor's card.

use super::{Fact, fact, own};
use crate::domain::wish::{ProfileField, Value};
use crate::understand::pattern::pattern;
use crate::understand::rules::Cx;

pattern!(
    TITLE,
    r"(?x)(?P<t>
      (?:(?:日本|国際|米国|欧州)[\p{Han}\p{Katakana}ー・がんてかい]{2,24}?(?:学会|協会|連合学会|医師会|機構|医学会))?
      (?:[\p{Han}\p{Katakana}ー]|がん|てんかん|こども|・[\p{Han}\p{Katakana}]|い[んた]){0,18}?
      (?:専門医|指導医|認定医|認定内科医|認定産業医|標榜医|指定医|認定臨床医|認定登録医|サポート医|研修指導医|評価医|認定指導医|技術認定医|総合医|スポーツ医|相談医|判定医|学校医認定)
      | 医学博士 | インフェクションコントロールドクター | (?:労働衛生|保健医療|医業経営)コンサルタント | ph\.?\ ?d\.? | 認定産業医 | 博士\(医学\)
      | 介護支援専門員 | 死体解剖資格(?:認定医?)? | 公衆衛生学修士 | 経営学修士 )"
);
pattern!(
    NOT_HELD,
    r"^(?:を|も)?(?:やって|して)い?た|^(?:の資格)?(?:を|は|が|も)?(?:取得(?:を|に|予定|希望|が|でき|支援|の|し?た[いく])|まだ|未取得|持って(?:い|お)?(?:な|ま?せん)|なし|無し|ない|ありません|失効|切れ|更新(?:して(?:い)?な|せ|を|の|に要|でき|は(?:し|や))|取(?:り|る|れ)(?:たい|つもり|予定|る)|目指|(?:の)?(?:おられ|いる|いらっしゃ|先生(?:が|に|の)|方(?:が|に|の)|資格は?な|指導(?:を|の下)|が(?:いる|おられ|い(?:て|れば))|に(?:教わ|指導|つい)|業務|として働ける|歓迎|優遇))|^の?資格は(?:な|あり?ません|未)"
);
pattern!(
    SOCIETY_BEHIND,
    r"^\s?\([^()\n]{0,12}(?:学会|協会|医師会|機構)[^()\n]{0,6}\)"
);

pub(super) fn certifications(cx: &Cx, out: &mut Vec<Fact>) {
    let mut last: Option<(usize, String)> = None;
    for c in TITLE.all(cx.text()) {
        let Some(m) = c.name("t") else { continue };
        if !own(cx, m.start()) || super::another(cx, m.start()) {
            continue;
        }
        let start = first_word(m.as_str()) + m.start();
        let word = cx.doc.text(start, m.end());
        let rest = cx.rest(m.end());
        let joined = last.as_ref().is_some_and(|l| {
            matches!(
                cx.doc.text(l.0, start),
                "・" | "、" | "/" | "および" | "兼" | " "
            )
        });
        let second = joined
            && last.as_ref().is_some_and(|l| l.1.chars().count() > 3)
            && matches!(word, "指導医" | "専門医" | "認定医")
            && !cx.head(start).ends_with(' ');
        if NOT_HELD.is(rest)
            || word.starts_with("各")
            || word.contains("主治医")
            || word.starts_with("ph") && !cx.doc.latin
            || !second && alone(cx, word, start)
            || wished(cx, start)
        {
            continue;
        }
        let behind = SOCIETY_BEHIND
            .span(rest)
            .filter(|_| !word.contains("学会"))
            .map_or(0, |s| s.1);
        let end = m.end() + behind;
        let value = if word.starts_with("ph") || word == "博士(医学)" {
            "医学博士".to_owned()
        } else if second && behind == 0 {
            // 「○○専門医・指導医」: two titles of one society.
            let first = last.as_ref().map(|l| l.1.clone()).unwrap_or_default();
            let stem = ["専門医", "認定医", "指導医"]
                .iter()
                .find_map(|w| first.strip_suffix(w))
                .unwrap_or(&first);
            format!("{stem}{word}")
        } else {
            let quote = cx.doc.norm.quote(start, end);
            let plain: String = quote.chars().filter(|c| !c.is_whitespace()).collect();
            plain
                .strip_suffix("認定")
                .map_or(plain.clone(), str::to_owned)
        };
        last = Some((end, value.clone()));
        out.push(fact(
            ProfileField::Certification,
            Value::text(value),
            start,
            end,
            "profile::certification",
        ));
    }
}

/// Where the title itself begins: 「・」 divides titles, inside a society's name it does not.
fn first_word(all: &str) -> usize {
    let lead = all.len() - all.trim_start_matches([' ', '・', '\n']).len();
    let word = all.get(lead..).unwrap_or_default();
    let cut = word.rfind('・').filter(|i| {
        word.get(..*i).is_some_and(|h| {
            h.ends_with('医')
                || h.ends_with("博士")
                || !h.starts_with("日本") && !h.contains("学会")
        }) && !word.get(..*i).is_some_and(|h| h.ends_with("プライマリ"))
    });
    lead + cut.map_or(0, |i| i + '・'.len_utf8())
}

/// 「指導医」 alone is a person, no title that the writer says to hold.
fn alone(cx: &Cx, word: &str, start: usize) -> bool {
    let labelled = cx
        .doc
        .label_before(start)
        .is_some_and(|l| l.contains("資格") || l.contains("専門医") || l.contains("認定"));
    let short = word.chars().count() <= 3 && !word.starts_with("ph") || word == "学会専門医";
    let listed =
        cx.head(start).ends_with(['、', '・']) || cx.rest(start + word.len()).starts_with('、');
    short
        && !(word == "指定医"
            && (labelled
                || listed
                || cx.sentence(start).contains("持って")
                || cx.rest(start + word.len()).contains("取得済")))
        || word == "認定産業医" && cx.head(start).ends_with('会')
        || word == "臨床研修指導医" && cx.sentence(start).contains("おられ")
}

fn wished(cx: &Cx, start: usize) -> bool {
    let clause = cx.clause(start);
    let line = cx.doc.line_at(start);
    clause.contains("たい") && !clause.contains("活か")
        || clause.contains("目指")
        || line.is_some_and(|l| {
            l.context.strength.is_some()
                && !["持", "歳", "才", "資格", "取りました", "取得し", "合格し"]
                    .iter()
                    .any(|w| cx.doc.text(l.start, l.end).contains(w))
        })
}
