//! Moving house: said without the word (「土浦から動く気はなく」), alone or with the family, and what is only told.

use super::{Cx, Item};
use crate::domain::wish::{Field, Strength, Value};
use crate::understand::pattern::pattern;

pattern!(
    STAYS,
    r"[\p{Han}]を離れる(?:こと|つもり|気|考え)?は、?(?:考えて(?:は)?(?:い|お)(?:ない|ません|りません)|想定して(?:い|お)(?:ない|ません|りません)|ありません|ございません|できません|ない)|(?:今の|いまの)?(?:家|自宅|うち|ここ|土地|地元)から(?:は)?(?:動か(?:ない|ん|ず|ぬ)|動きません|離れ(?:ない|ません|ず))|(?:を(?:離れ|出|動)(?:る|られ)|から(?:動く|動け|離れる|離れられ|出る))(?:気|つもり|予定|考え|わけに)?(?:は|が|も)?(?:毛頭|まったく|全く|さらさら|もう)?(?:ありません|ございません|あらへん|ない|なく|いきません|いかない|なし)|(?:私|自分|小生|わたし|当方)(?:は|も|自身は)、?(?:ここを|ここから)?動く(?:気|つもり|考え|予定)(?:は|が|も)?(?:毛頭|まったく|全く|さらさら)?(?:ありません|ございません|ない|なし)|(?:土地|町|街|ここ|地元|家|古里|故郷)を離れて(?:暮らす|住む|生きる)(?:つもり|気|考え)?(?:は|が|も)?(?:ありません|ございません|ない)|(?:町|街|土地|地元|家|ここ|県|市|村|島)を(?:動く|離れる|出る)(?:気|つもり|考え|予定)(?:は|が|も)?(?:ありません|ございません|ない|なし)|から(?:動き|動け|離れ|離れられ)ません|市から出ません|[\p{Han}]から出ません|住まいは(?:動かせ|変えられ)(?:ません|ない)|今の家(?:は|を)(?:離れ|動)(?:られ|け)ません|(?:住まい|住居|居|家|住むところ)を(?:移す|移る|変える|替える|引き払う)(?:こと|つもり|気|予定|考え)?(?:は|が|も)?(?:毛頭|まったく|全く|さらさら|もう)?(?:でき|ありません|ございません|ない|なく|なし|考えて(?:い|おり)?(?:ま|な))"
);
pattern!(
    REFUSED,
    r"(?:転居|引っ?越し?|移住|転勤|赴任)(?:を伴う[^。、\n]{0,8})?(?:は|も|までは|に(?:は|ついては))[^。\n]{0,34}?(?P<v>でき(?:ません|ない|かねます)|無理|不可|しません|考えて(?:い|お)?(?:ない|りません|ません)|想定して(?:い)?(?:ません|ない)|(?:予定|つもり)(?:は)?(?:ありません|ない|なし)|難し|厳し|避けたい|ng\b)"
);
pattern!(
    GOES,
    r"(?:^|[^人社院設場ク学科門])(?:へ|に)(?:移る|引っ越す|越す)(?:のは(?:確定|決ま)|予定|ことに(?:なり|し))|(?:へ|に)移らねば|(?:へ|に)(?:移り住|引っ越)(?:みたい|したい)"
);
pattern!(
    FREE,
    r"(?:へ|に|さ)(?:移る|引っ越す|越す|移り住む|住む)(?:の|こと)?(?:は|も|で)?(?:構|かま|いとわ|厭|差し支え|平気|可|大丈夫|苦になり)|住み込みで(?:も)?(?:構|かま|可|よい|いい|結構|大丈夫)|住むところは(?:変えられ|選び|問い|こだわり)|住まいは(?:変えられます|問いません)|(?:転居|引っ?越し?)(?:は|も)?(?:苦になりません|厭いません|いとわない)"
);
pattern!(
    ALONE,
    r"(?:妻子|家族|妻|夫|子ども?|家内|主人)(?:は|を)[^。、\n]{0,8}(?:置いて(?:い|行|ゆ)|残し(?:ます|て(?:い|行))|残ります)|(?:妻子|家族|妻|夫|家内|主人|女房|かみさん|嫁|奥様|奥さん)は(?:来ません|来ない|来られません|行きません|動きません|参りません)|(?:1人|ひとり|独り|1人)(?:だけ)?で(?:参り|行(?:き|く|け)|赴任|移(?:り|る)|まいり|向か)"
);
pattern!(
    TOGETHER,
    r"(?:妻|夫|家内|主人|夫婦|家族|女房)(?:と(?:2人(?:で)?|ともに|共に|一緒に)|2人で|で)[^。、\n]{0,14}?(?:へ|に)(?:移(?:ろう|り(?:たい|住)|る(?:つもり|予定|こと)|住)|引っ?越|越そう|越す)|(?:妻子?|夫|家内|主人|家族|女房|奥様|奥さん|ご主人|ご家族)(?:同伴|帯同|同行)|(?:妻子?|夫|家内|主人|家族|女房|かみさん|嫁|子ども|両親|母|奥様|奥さん|ご主人)(?:も|が|と|を)(?:一緒に?|ともに|共に|皆で)?(?:連れて(?:参|まい|引っ)|参(?:り|る)|行(?:き|く)ます|ついて(?:来|く|行|い)|付いて|同行|同道|同伴|伴(?:っ|い)|帯同|(?:行|来)(?:く|る|ます|きます)|一緒に来|連れて(?:行|移|赴|い)|移(?:り|る)|移住|引っ越)|my (?:family|wife|husband|children)(?: and [a-z]+)? (?:would|will|can|could) (?:move|relocate)"
);
pattern!(
    WILLING,
    r"^[^。\n]{0,14}(?:構い|かまい|構わ|可能|可\b|厭|いとわ|いとい|覚悟|問題|できます|大丈夫|平気|ok)"
);
pattern!(
    ON_CONDITION,
    r"(?:なら|でしたら|であれば|の場合は)、?[^。\n、]{0,10}$"
);
pattern!(
    TOLD_AFTER,
    r"^(?:を)?(?:先|代|費|が?落ち着|が?済|(?:て|して|し)?(?:き|まいり|参り|来)|ます(?:。|が|の|$)|したばかり|たばかり|ました|予定(?:です|で、|が|。|の)|の(?:ため|都合|関係|準備|荷物|時期|費用|補助|手当)|手当|支援|業者|が決ま|に伴)"
);
pattern!(
    TAKEN_BACK,
    r"^(?:く|る)?(?:つもり|予定|はず)(?:でした|だった)|^(?:、)?(?:では|じゃ|というわけでは)(?:な|あり)|^ていました"
);
pattern!(NOT_OF_MOVING, r"必要があ|同じ市に|同じ職場|共働き|医師です");

/// Reads them, and takes back what is only told.
pub fn read(cx: &Cx, items: &mut Vec<Item>) {
    items.retain(|i| i.field != Field::Relocation || !only_told(cx, i));
    let mut found: Vec<Item> = Vec::new();
    for (pattern, value, strength) in [
        (&STAYS, "yes", Strength::Never),
        (&REFUSED, "yes", Strength::Never),
        (&GOES, "yes", Strength::Want),
        (&FREE, "yes", Strength::Ok),
        (&ALONE, "alone", Strength::Want),
        (&TOGETHER, "with_family", Strength::Want),
    ] {
        for c in pattern.all(cx.text()) {
            let Some(m) = c.get(0) else { continue };
            if cx.scope.asked(m.start())
                || !cx.doc.counts(m.start())
                || TAKEN_BACK.is(cx.rest(m.end()))
                || c.name("v").is_some() && cx.head(m.start()).ends_with("単身")
                || c.name("v").is_some()
                    && ["可能", "が、", "けど"]
                        .iter()
                        .any(|w| m.as_str().contains(w))
            {
                continue;
            }
            let mut strength = strength;
            if c.name("v").is_some_and(|v| v.as_str() == "避けたい") {
                strength = Strength::Avoid;
            }
            if strength == Strength::Want
                && (WILLING.is(cx.rest(m.end())) || ON_CONDITION.is(cx.head(m.start())))
            {
                strength = Strength::Ok;
            }
            found.push(
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
    // A refusal of moving said in so many words stands for the bare word in it.
    items.retain(|i| {
        i.field != Field::Relocation
            || !found
                .iter()
                .any(|f| f.value == i.value && f.start <= i.start && i.end <= f.end)
    });
    for item in items.iter_mut().filter(|i| i.field == Field::Relocation) {
        if item.strength.is_none()
            && ON_CONDITION.is(cx.head(item.start))
            && cx
                .verdict(item)
                .is_some_and(|v| v.strength == Strength::Want)
        {
            item.strength = Some(Strength::Ok);
        }
    }
    items.append(&mut found);
    closer(cx, items);
}

/// 「引っ越しが落ち着いてから」, 「10月に転居予定です」, 「夫婦で同じ市に住む必要がある」.
fn only_told(cx: &Cx, item: &Item) -> bool {
    let rest = cx.rest(item.end);
    let word = cx.doc.text(item.start, item.end);
    let tells = ["転居", "引", "移住", "移り住"]
        .iter()
        .any(|w| word.starts_with(w));
    tells && (TOLD_AFTER.is(rest) || word == "転居先")
        || word.contains("夫婦") && NOT_OF_MOVING.is(rest)
}

/// Alone and with the family say more than moving itself: beside one of them the bare word adds nothing, and an
/// 「単身で」 behind it takes its strength.
fn closer(cx: &Cx, items: &mut Vec<Item>) {
    let near = |a: &Item, b: &Item| {
        let line = |i: &Item| cx.doc.line_index(i.start);
        line(a).abs_diff(line(b)) <= 1 && a.start.abs_diff(b.start) < 200
    };
    let judged: Vec<(usize, Option<Strength>)> = items
        .iter()
        .enumerate()
        .filter(|(_, i)| i.field == Field::Relocation)
        .map(|(k, i)| (k, cx.verdict(i).map(|v| v.strength)))
        .collect();
    let mut gone: Vec<usize> = Vec::new();
    let mut given: Vec<(usize, Strength)> = Vec::new();
    for (k, strength) in &judged {
        let Some(plain) = items.get(*k).filter(|i| i.value == Value::text("yes")) else {
            continue;
        };
        let Some(said) = strength.filter(|s| s.is_positive()) else {
            continue;
        };
        let sentence = |i: &Item| cx.doc.sentence_at(i.start).map(|s| s.start);
        let mut others = judged
            .iter()
            .filter(|(o, s)| {
                items.get(*o).is_some_and(|i| {
                    i.value != Value::text("yes")
                        && near(plain, i)
                        // 「移ることも厭いません。家内も一緒に参ります。」 says two things.
                        && (said == Strength::Want || sentence(plain) == sentence(i))
                        && s.is_none_or(Strength::is_positive)
                })
            })
            .peekable();
        if others.peek().is_some() {
            gone.push(*k);
        }
        for (o, s) in others {
            let behind = items.get(*o).is_some_and(|i| i.start > plain.start);
            if behind && (s.is_none() || said == Strength::Ok) {
                given.push((*o, said));
            }
        }
    }
    for (o, s) in given {
        if let Some(i) = items.get_mut(o) {
            i.strength = Some(s);
        }
    }
    gone.sort_unstable();
    for k in gone.into_iter().rev() {
        items.remove(k);
    }
}
