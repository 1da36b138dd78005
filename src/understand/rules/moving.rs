//! Moving house said without the word: 「土浦から動く気はなく」, 「妻子は福岡に置いていく」.

use super::{Cx, Item};
use crate::domain::wish::{Field, Strength, Value};
use crate::understand::pattern::pattern;

pattern!(
    STAYS,
    r"(?:を離れ(?:る|られ)|から(?:動く|動け|離れる|離れられ|出る))(?:気|つもり|予定|考え|わけに)?(?:は|が|も)?(?:ありません|ございません|ない|なく|いきません|いかない|なし)|から(?:動き|動け|離れ|離れられ)ません|市から出ません|[\p{Han}]から出ません|住まいは(?:動かせ|変えられ)(?:ません|ない)"
);
pattern!(
    GOES,
    r"(?:へ|に)(?:移る|引っ越す|越す)(?:のは(?:確定|決ま)|予定|ことに(?:なり|し))|へ移らねば"
);
pattern!(
    FREE,
    r"住むところは(?:変えられ|選び|問い|こだわり)|住まいは(?:変えられます|問いません)"
);
pattern!(
    ALONE,
    r"(?:妻子|家族|妻|夫|子ども?)は[^。、\n]{0,8}(?:置いて(?:い|行|ゆ)|残し(?:ます|て(?:い|行)))"
);

/// Reads them.
pub fn read(cx: &Cx, items: &mut Vec<Item>) {
    for (pattern, value, strength) in [
        (&STAYS, "yes", Strength::Never),
        (&GOES, "yes", Strength::Want),
        (&FREE, "yes", Strength::Ok),
        (&ALONE, "alone", Strength::Want),
    ] {
        for c in pattern.all(cx.text()) {
            let Some(m) = c.get(0) else { continue };
            if cx.scope.asked(m.start()) {
                continue;
            }
            items.push(
                Item::new(
                    Field::Relocation,
                    Value::text(value),
                    m.start(),
                    m.end(),
                    "moving::said",
                )
                .with(strength),
            );
        }
    }
}
