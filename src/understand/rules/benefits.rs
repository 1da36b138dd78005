//! What the house is to give, said as something and what is done with it: 「寝起きする所は用意してください」, 「入力の手伝いのある所」.

use std::collections::HashSet;

use super::{Cx, Item};
use crate::domain::wish::{Field, Value};
use crate::understand::pattern::{Pattern, pattern};

pattern!(
    HOUSING,
    r"(?:住まい|住(?:む|める)(?:ところ|所|場所|家|部屋)|寝(?:る|起きする|泊まり(?:する|できる)?)(?:の)?(?:ところ|所|場所|部屋)|住みか|住宅|住居|宿舎|官舎|公舎|社宅|寮|借家|家|部屋|一軒家|アパート|マンション)(?:を|が|は|も|さえ|くらい|ぐらい|だけ)?[^。、\n]{0,6}?(?:用意|手配|貸し|貸与|提供して|世話して|借り上げ|取って(?:いただ|くだ|もら|くれ)|住まわせ)|(?:住まい|住(?:む|める)(?:ところ|所|場所)|寝(?:る|起きする|泊まり(?:する|できる)?)(?:ところ|所|場所)|住宅|住居|宿舎|官舎|公舎|社宅|寮)(?:の|が|は|も)?(?:付き|つき|付いて|あれば|ある|な(?:い|けれ)|無(?:い|けれ)|込み)|家賃(?:の|は|も|を)?[^。、\n]{0,6}?(?:補助|手当|負担|もって|持って|出して)|住宅手当"
);
pattern!(
    NO_AGE,
    r"(?:\d{2}(?:歳|才)?|何歳|いくつ|年を?取って)(?:まで|に(?:なって|なろうと)?も|を(?:過ぎ|越え|超え|すぎ)て(?:から)?も?|過ぎても?)(?:は|も)?[^。、\n]{0,6}?(?:置いて|雇って|使って|働かせ|続けさせ|勤めさせ|居させ|働け|続けられ|勤められ|居られ|いられ)|\d{2}(?:歳|才)?で切(?:ら|り)(?:ない|ません|れない)|(?:何歳まで|いくつまで)、?(?:と(?:か|いう|いった)|の)(?:決まり|定め|規定|制限|区切り)(?:の|が|は)?(?:(?:な|無)(?:い|く))?|(?:歳|年齢|お?年|定年)(?:の|に)?(?:制限|上限|決まり|定め|規定|区切り|縛り)(?:が|の|は|を)?(?:な|無|設け(?:て(?:い)?)?な)|定年(?:や|の)?[^。、\n]{0,4}(?:がな|のな|が無|の無|を設けな|にとらわれな)"
);
pattern!(
    SUPPORT,
    r"(?:入力|打ち込み|電(?:子)?カルテ|電カル|カルテ|書類|書き物|パソコン|キーボード|記録|口述)(?:の|を|は|に|も)?[^。、\n]{0,10}?(?:手伝(?:い|って)|代わ(?:り|って)|代行|代筆|助手|補助|打って|入れて|書いて)(?:[^。、\n]{0,12}?(?:くれ|くださ|下さ|いただけ|頂け|もらえ|人|方|者|係|いれば|いる|ある|あれば|付|つい|つけ|して)|$)|(?:クラーク|医療秘書|秘書さん|医師事務作業補助者|診療補助者?|書記)(?:さん)?(?:が|を|の|に|も|は)?[^。、\n]{0,8}?(?:付|つい|つけ|い(?:れば|る|て|な)|居|お(?:れば|ら)|配置|応援|助け|手伝)"
);
pattern!(
    TRAINING,
    r"(?:一から|いちから|初めから|初歩から|基礎から|基本から|改めて|しっかり|手取り足取り|ちゃんと|丁寧に|誰か[がに]|先輩[にがの]|指導医[にがの]|経験者[にがの])[^。、\n]{0,8}?(?:教えて|教われ|教わり|指導|手ほどき|仕込んで|鍛えて|鍛え直|習え|学べ|学び直せ|研修)|(?:専門医|資格|技術|指定医|認定)[^。、\n]{0,10}?(?:取得|取り直し|更新|取る)[^。、\n]{0,8}?(?:支援|面倒|後押し|応援|助け|できる|させて)|指導医(?:が|の|も)?[^。、\n]{0,4}?(?:在籍|いらっしゃ|常駐|居る|おられ|いる)"
);
pattern!(
    ABSENT,
    r"(?:の|が|は|も)?(?:な(?:い|け|く)|無(?:い|け|く)|おらん|いない)"
);
// An hour for oneself or a helping hand asked of the family is none of the house.
pattern!(
    NOT_ASKED,
    r"(?:妻|家内|夫|息子|娘|孫|家族|女房|主人)(?:が|に|は|の)[^。、\n]{0,10}$|(?:自分|私|当方)(?:が|で)[^。、\n]{0,6}$"
);
// 「若い人に一から教えて」 is a teacher's.
pattern!(
    TEACHES,
    r"(?:若い|後輩|若手|研修医|学生|後進|専攻医)[^。、\n]{0,10}$"
);

const READ: &[(&Pattern, &str)] = &[
    (&HOUSING, "housing"),
    (&NO_AGE, "no_age_limit"),
    (&SUPPORT, "support_staff"),
    (&TRAINING, "training"),
];

/// Reads them where no word of the lexicon says the same already.
pub fn read(cx: &Cx, items: &mut Vec<Item>) {
    if cx.doc.latin {
        return;
    }
    let sentence = |at| cx.doc.sentence_at(at).map(|s| s.start);
    for &(pattern, value) in READ {
        let mut known: HashSet<_> = items
            .iter()
            .filter(|i| i.field == Field::Benefit && i.value == Value::text(value))
            .map(|i| sentence(i.start))
            .collect();
        for (start, end) in pattern.spans(cx.text()) {
            // 「住まいのない所には行けません」: what is said of its absence is behind it.
            let absent = ABSENT.span(cx.doc.text(start, end));
            let end = absent
                .filter(|_| matches!(value, "housing" | "support_staff"))
                .map_or(end, |s| start + s.0);
            let head = cx.head(start);
            let told = NOT_ASKED.is(head) || value == "training" && TEACHES.is(head);
            if !told && cx.doc.counts(start) && known.insert(sentence(start)) {
                items.push(Item::new(
                    Field::Benefit,
                    Value::text(value),
                    start,
                    end,
                    "benefits::given",
                ));
            }
        }
    }
}
