//! Part of the day with no day named: 午前のみ, 午後から, and nights off without 当直 or 夜勤.

use super::{Cx, Item};
use crate::domain::wish::{Field, Strength, Value};
use crate::understand::pattern::pattern;

pattern!(HALF, r"(?P<am>午前)(?:中)?|(?P<pm>午後)");
pattern!(
    ONLY,
    r"^(?:(?:のうち)?(?:のみ|だけ)|に限(?:り|る|って|定)|に\d時間|中(?:の|心|に|だけ|のみ)|からの|診(?:療)?のみ|の(?:みで|外来|勤務|枠|\d時間|[^。、]{1,8}のみ)|が(?:よい|いい|希望)|を希望|は[^。、\n]{0,16}(?:駄目|だめ|ダメ|無理|不可|難し|できま))"
);
// 「午後なら大丈夫です」, 「朝が弱いので午後からがいいです」; 「午後なら電話に出られます」 is no shift.
pattern!(
    AT_THAT_TIME,
    r"^でお願い|^(?:なら|でしたら|であれば)(?:ば)?、?[^。、\n]{0,10}?(?:大丈夫|可能|可|構|かま|働け|出られ|ok|でき|入れ|お?受け|引き受け|勤務)|^から(?:(?:の(?:勤務|仕事))?(?:が(?:よ|い|良|希望)|を希望|でお願い|にして|でしたら|なら)|(?:働|勤務|出勤|勤め)[^。、\n]{0,4}(?:たい|たく|ます|希望|可))|^は[^。、\n]{0,8}(?:働け|出られ|勤務でき|入れ|(?:体|身|腰|足|目)が(?:も|持))(?:た)?(?:ちません|ません|ない)"
);
pattern!(
    OF_A_TALK,
    r"電話|携帯|折り?返|連絡|つなが|繋が|面談|面接|見学|伺え|お?話|会議|用事|外来は|手術"
);
pattern!(
    NIGHT_OFF,
    r"夜(?:間)?の(?:仕事|勤務|診療|業務|対応|診察)(?:は|も)[^。\n]{0,14}?(?:止められ|無理|不可|でき(?:ません|ない)|しません|断り|勘弁|御免|容赦|遠慮|辞退|難し|控え)|夜(?:間)?(?:と[^、。\n]{1,6})?(?:は|も)、?(?:もう|一切|全て|すべて)?(?:お?断り|勘弁|御免|ご容赦|(?:でき|出来|出られ|受けられ)(?:ません|ない))|夜(?:間)?に(?:働く|勤める|出る|診る|仕事をする)(?:の|こと)(?:は|も)[^。\n]{0,20}?(?:無理|不可|でき(?:ま|な)|断り|勘弁|御免|難し|ません)|夜(?:間)?は[^。\n]{0,14}(?:寝かせ|寝られ|帰ら|働け|働か|働きま|家に居|家にいた|休ませ|不可|無理|ng|だめ|駄目|自分の布団|勤務でき)"
);

// 「午前のうちに終わること」.
pattern!(WITHIN, r"^(?:中)?のうちに(?:終わ|済|上が|帰)");

/// Reads them.
pub fn read(cx: &Cx, items: &mut Vec<Item>) {
    let days: Vec<(usize, usize)> = items
        .iter()
        .filter(|i| i.field == Field::Day || i.field == Field::Hours)
        .map(|i| (i.start, i.end))
        .collect();
    for c in HALF.all(cx.text()) {
        let Some(m) = c.get(0) else { continue };
        let rest = cx.rest(c.name("am").or(c.name("pm")).map_or(m.end(), |x| x.end()));
        let taken = days.iter().any(|(s, e)| *s <= m.start() && m.start() < *e);
        let of_a_day = cx.head(m.start()).ends_with(['曜', '日', 'の'])
            || cx.head(m.start()).ends_with("平日");
        let alone = matches!(
            cx.clause(m.start()).trim_matches(['、', '。', ' ', '\n']),
            "午前" | "午後" | "午前中"
        ) || cx.head(m.start()).ends_with("いずれも")
            || WITHIN.is(rest);
        let sentence = |at: usize| cx.doc.sentence_at(at).map(|s| s.start);
        let then = || {
            AT_THAT_TIME.is(rest)
                && !OF_A_TALK.is(cx.sentence(m.start()))
                && !days.iter().any(|d| sentence(d.0) == sentence(m.start()))
        };
        if taken || of_a_day || !(alone || ONLY.is(rest) || then()) {
            continue;
        }
        let value = if c.name("am").is_some() {
            "morning"
        } else {
            "afternoon"
        };
        items.push(Item::new(
            Field::Shift,
            Value::text(value),
            m.start(),
            m.end(),
            "shift::half",
        ));
    }
    for c in NIGHT_OFF.all(cx.text()) {
        let Some(m) = c.get(0) else { continue };
        let strength = if m.as_str().contains("帰ら")
            || cx.rest(m.end()).starts_with("たい")
            || m.as_str().ends_with("いた")
        {
            Strength::Avoid
        } else {
            Strength::Never
        };
        items.push(
            Item::new(
                Field::Shift,
                Value::text("night"),
                m.start(),
                m.end(),
                "shift::night_off",
            )
            .with(strength),
        );
    }
}
