//! Patients a day, how to be reached, what must stay confidential.

use super::{Cx, Item};
use crate::domain::wish::{Field, Strength, Value};
use crate::understand::lexicon::Meaning;
use crate::understand::pattern::{number, pattern};
use crate::understand::scope::Scope;

/// Reads them.
pub fn read(cx: &Cx, items: &mut Vec<Item>) {
    patients(cx, items);
    contact(cx, items);
    not_at_work(cx, items);
    by_number(cx, items);
    confidential(cx, items);
}

pattern!(
    PATIENTS,
    r"(?:(?P<lo>\d{1,3})\s?(?:~|-|から)\s?)?(?P<n>\d{1,3})\s?(?:人|名|(?:out)?patients)"
);
pattern!(
    SEEN,
    r"患者|外来|1日|1コマ|半日|午前|診る|一晩|1晩|patients|1枠"
);
pattern!(
    NOT_SEEN,
    r"受診者|常勤|医師|職員|従業員|募集|体制|スタッフ|子|家族|受け持|担当|病棟|主治医|床|看取"
);

fn patients(cx: &Cx, items: &mut Vec<Item>) {
    for c in PATIENTS.all(cx.text()) {
        let (Some(m), Some(n)) = (c.get(0), number(&c, "n")) else {
            continue;
        };
        let sentence = cx.sentence(m.start());
        let clause = cx.clause(m.start());
        if !SEEN.is(sentence)
            || NOT_SEEN.is(clause)
            || !(5..=150).contains(&n)
            || cx.head(m.start()).ends_with(|c: char| c.is_ascii_digit())
        {
            continue;
        }
        items.push(Item::new(
            Field::OutpatientsPerDay,
            Value::Number(n),
            m.start(),
            m.end(),
            "misc::patients",
        ));
    }
}

pattern!(
    REACH,
    r"連絡|返事|返信|折り?返し|お目にかか|見学|面接|打合せ|でも(?:構|かま|結構|可|よ|い)|お知らせ|面談|やりとり|相談|話|打ち合わせ|までお|にお願い|(?:に)?て(?:お願い|。|、)|で(?:お願い|。|、|$|と|の|十分)|会って|必ず|どうぞ|ください|下さい|ちょうだい|ほしい|欲しい|希望|reply|reach|contact|please|prefer|好き|頼|ありがた|有り?難|助か|幸い|かけて(?:ほ|欲|くだ|下|いただ|頂|もら)|へ(?:$|。|\n)|ring me|繋がり|つながり|ng|か(?:メール|郵便|電話)|へ\(0|アドレスに(?:$|。|お|送|くだ|下)"
);
pattern!(
    NOT_REACH,
    r"電話\s?(?:約)?\d+分|電話は[^。、\n]{0,8}(?:つなが|繋が|出られ)|(?:さっき|先週|昨日|昨夜|今朝|いま|今日|本日)(?:お)?電話|電子?メールは[^。、]{0,14}(?:打っ|不慣れ|見て|見ない)|営業電話|初回(?:お)?電話|朝(?:イチ|一)?の?お?電話|携帯は切|さ?きほど(?:お)?電話|先ほど(?:お)?電話|次の電話|電話で話せ|電話(?:が|を)(?:あ(?:った|り(?:、|ま|。|$)|る(?:が|の|と))|い?ただ|くだ)|不慣れ|アドレス(?:に心当|変)|に心当たり|メールいた|メールし|メールに書|メールを(?:いただ|差|送|拝)|先日|前回|前のメール|ありがとう|失礼|突然|お電話(?:を|)(?:いただき|差)|電話番|電話当番|電話待ち|先生[^。]*(?:から|より|に)[^。]{0,14}電話|問合せ電話|代表電話|ながめの電話|tel|電話メモ|電話対応|電話(?:が)?鳴|診察|診療|読影|会議|このメールは|このメールを|(?:時|分|半|日|昼|夜)に(?:お)?電話|[\p{Han})]より(?:お)?電話|携帯(?:電話)?(?:は|を)(?:持ちません|持って(?:い|お)|持たず|持たない|使いません|使わない)|電話で(?:答え|応じ|対応|済む|の指示|指示)|電話(?:とり|取り|受け|あり|が(?:あ(?:っ|り(?:、|ま|。)|る(?:。|の|と|が))|来)|口)"
);

pattern!(
    NOT_AT_WORK,
    r"(?:病院|大学|医局|医院|職場|勤め先|勤務先|院内|会社|クリニック|学校|教室|教授室|講座|研究室|医長室|秘書室|代表|施設|役所)(?:の|側の?|のほうの?|の方の?)?(?:番号|代表|代表番号|代表電話|お?電話(?:番号)?|内線|直通|固定電話|お電話口)?(?:への|へ|に|宛て?に?|のほうに|の方に|のほうへ|の方へ)(?:は|も|の)?、?(?:絶対に?|決して|くれぐれも|どうか)?、?(?:(?:お?電話|お?掛け|お?かけ|お?掛けに|お?かけに|鳴ら|ダイヤル)[^。、
]{0,8}?(?:ないで|なさら|ならな|ならず|ならぬ|お?控え|ご?遠慮|お?やめ|お止め|困|避け|無用|禁|勘弁|ご?容赦|×|不可|ng|せんで|せんと)|(?:お?電話|連絡)を?し(?:ないで|てこないで))"
);

/// 「病院のほうへは電話しないでください」.
fn not_at_work(cx: &Cx, items: &mut Vec<Item>) {
    for (start, end) in NOT_AT_WORK.spans(cx.text()) {
        if !cx.doc.counts(start) || cx.scope.asked(start) {
            continue;
        }
        items.retain(|i| i.field != Field::Contact || i.end <= start || end <= i.start);
        items.push(
            Item::new(
                Field::Contact,
                Value::text("workplace_phone"),
                start,
                end,
                "misc::not_at_work",
            )
            .with(Strength::Never),
        );
    }
}

fn contact(cx: &Cx, items: &mut Vec<Item>) {
    let workplace: Vec<(usize, usize)> = cx
        .things
        .iter()
        .filter(|h| matches!(h.meaning, Meaning::Thing(Field::Contact, "workplace_phone")))
        .map(|h| (h.start, h.end))
        .collect();
    for hit in &cx.things {
        let Meaning::Thing(Field::Contact, value) = hit.meaning else {
            continue;
        };
        let block = cx.doc.line_at(hit.start).map(|l| l.context.block);
        let in_block = block == Some(crate::understand::doc::Block::Contact);
        let clause = cx.clause(hit.start);
        let sentence = cx.sentence(hit.start);
        let rest = cx.rest(hit.end);
        let label = cx
            .doc
            .line_at(hit.start)
            .and_then(|l| l.label)
            .is_some_and(|(s, e)| s <= hit.start && hit.end <= e);
        if label
            || rest.starts_with([':', '=', '|', '】', '…'])
            || value == "phone"
                && rest.trim_start().starts_with(|c: char| c.is_ascii_digit())
                && BY_NUMBER.is(clause)
            || value == "phone"
                && rest.trim_start().starts_with(|c: char| c.is_ascii_digit())
                && !clause.contains("連絡")
                && !sentence.contains("まで")
                && !sentence.contains("折り返し")
                && !sentence.contains("折返し")
                && !AT_NUMBER.is(rest)
        {
            continue;
        }
        if value == "workplace_phone" {
            items.retain(|i| !(hit.start <= i.start && i.end <= hit.end));
            let mut item = Item::new(
                Field::Contact,
                Value::text(value),
                hit.start,
                hit.end,
                "misc::workplace_phone",
            );
            let allowed = [
                "feel free",
                "もらってい",
                "もらって構",
                "しても構",
                "してもい",
                "知られても",
            ]
            .iter()
            .any(|w| sentence.contains(w));
            item.strength = Some(if allowed {
                Strength::Ok
            } else {
                Strength::Never
            });
            items.push(item);
            continue;
        }
        if workplace.iter().any(|w| sentence_holds(cx, w.0, hit.start)) && value == "phone" {
            continue;
        }
        if value == "phone"
            && HARD_OF_HEARING.is(clause)
            && !REQUESTED.is(rest)
            && !refused(cx, hit.start, hit.end)
        {
            continue;
        }
        if value == "online" && word_online(cx, hit.start, hit.end)
            || value == "in_person" && clause.contains("画面越し")
        {
            continue;
        }
        let requested = REQUESTED.is(rest) && ANSWERING.is(sentence);
        if !in_block
            && !requested
            && !FORBIDDEN.is(rest)
            && (!REACH.is(sentence) || !cx.doc.latin && NOT_REACH.is(clause))
        {
            continue;
        }
        // 「メールのみ」: what makes it a condition stands behind the way.
        let only = cx.doc.text(hit.start, hit.end).strip_suffix("のみ");
        let mut item = Item::new(
            Field::Contact,
            Value::text(value),
            hit.start,
            only.map_or(hit.end, |way| hit.start + way.len()),
            "misc::contact",
        );
        // 「携帯090-…へ、午後なら出られる」: the hour is willing and not the way.
        if !ALSO.is(rest)
            && cx
                .verdict(&item)
                .is_some_and(|v| v.strength == crate::domain::wish::Strength::Ok)
        {
            item.strength = Some(crate::domain::wish::Strength::Want);
        }
        items.push(item);
    }
}

pattern!(
    REQUESTED,
    r"^(?:番号)?(?:を|にて|で|に)?(?:、)?(?:ください|下さい|お願い|いただけ|頂け|ちょうだい|差し上げ)|^(?:のみ|だけ|限定)"
);
// 「携帯 090-… にかけてほしい」: the number is where the telephone is to ring.
pattern!(
    AT_NUMBER,
    r"^\s*\(?0[\d-]{8,12}\)?\s*(?:に|へ|まで)、?(?:お?電話|ご?連絡|ご?一報)?(?:を|で)?(?:$|。|かけ|掛け|願|頼|お?願い|くだ|下さ|いただ|頂|ほし|欲し|どうぞ)"
);
pattern!(
    FORBIDDEN,
    r"^(?:で|に|へ)?(?:の(?:ご?連絡|お?返事)?)?(?:は|も)?(?:[^。、\n]{0,8}、?)?(?:不可|ng|×|無用|禁止|お断り|遠慮|ご?容赦|しないで|やめて|控えて)"
);
pattern!(ANSWERING, r"連絡|返事|返信|電話|携帯|まで|tel|メール");
pattern!(HARD_OF_HEARING, r"聞き取れ|耳が遠|通じません");

fn refused(cx: &Cx, start: usize, end: usize) -> bool {
    let item = Item::new(
        Field::Contact,
        Value::text("phone"),
        start,
        end,
        "misc::contact",
    );
    cx.verdict(&item)
        .is_some_and(|v| v.spoken && v.strength.is_refusal())
}

/// 「オンラインで復習したい」: online, and no meeting.
fn word_online(cx: &Cx, start: usize, end: usize) -> bool {
    matches!(cx.doc.text(start, end), "オンラインで" | "オンライン")
        && ![
            "面談",
            "面接",
            "話",
            "会",
            "お目",
            "相談",
            "希望",
            "打ち合わせ",
            "可",
            "対面",
        ]
        .iter()
        .any(|w| cx.clause(start).contains(w))
        && cx.doc.label_before(start).is_none()
        && !cx.doc.latin
        && !Scope::listed(cx.doc, start)
        || cx.sentence(start).contains("復習")
}

pattern!(
    BY_NUMBER,
    r"折り?返し(?:の(?:ご?連絡|お?電話))?(?:は|先は|:)[^。\n]{0,24}?0\d{1,3}-\d{2,4}-\d{3,4}|(?:連絡|返事|返信)(?:先)?(?:は|を)[^。\n]{0,16}?\(?0\d{1,3}-\d{2,4}-\d{3,4}\)?|(?:宛て|あて)\(?0\d{1,3}-\d{2,4}-\d{3,4}\)?|reach me (?:on|at) \d[\d-]{8,}"
);

/// 「ご連絡は必ず私(090-…)に」: a number stands for the telephone.
fn by_number(cx: &Cx, items: &mut Vec<Item>) {
    for c in BY_NUMBER.all(cx.text()) {
        let Some(m) = c.get(0) else { continue };
        if items
            .iter()
            .any(|i| i.field == Field::Contact && m.start() <= i.end && i.start <= m.end())
            || cx.rest(m.end()).starts_with("の電話")
        {
            continue;
        }
        let mut item = Item::new(
            Field::Contact,
            Value::text("phone"),
            m.start(),
            m.end(),
            "misc::number",
        );
        if m.as_str().contains("必ず") {
            item.strength = Some(Strength::Must);
        } else if cx.verdict(&item).is_none()
            && cx.doc.counts(m.start())
            && !cx.scope.asked(m.start())
            && !cx.scope.others_speak(cx.doc, m.start())
        {
            item.strength = Some(Strength::Want);
        }
        items.push(item);
    }
}

pattern!(
    ALSO,
    r"^(?:\([^)]*\))?[^。、\n]{0,10}(?:でも|も)(?:可|構|いい|よい|良い|結構|ok|大丈夫|$|。)|^(?:で)?(?:も)(?:結構|構|いい|よい|良い)|^(?:で)?(?:も)?(?:可|ok)|^(?:で|が|は)?[^。、\n]{0,4}(?:可|ok|大丈夫|構|いい|よい)| is fine| ok|whichever"
);

fn sentence_holds(cx: &Cx, a: usize, b: usize) -> bool {
    cx.doc.clause_at(a) == cx.doc.clause_at(b)
}

pattern!(
    EMPLOYER,
    r"(?:職場|勤務先|勤め先|病院|院内|医局|大学|教室)(?:の中)?(?:で|に|の)[^。、\n]{0,6}?(?:噂|うわさ|話題)(?:に|が|を)[^。、\n]{0,6}?(?:困|避け|(?:なら|立た|流れ|なり)(?:な|た)|立つ|広ま|嫌|いや)|(?:職員|スタッフ|患者(?:さん)?|周り|周囲|まわり|同僚|医局|教授|院内|病院|職場|上司|院長|理事長)(?:に|へ)は?、?(?:まだ|何も|一切|当面)[^。、\n]{0,10}?(?:公に|公表|話し|言っ|伝え|知らせ|明かし|打ち明け)[^。\n]{0,10}?(?:ませ?ん|ない|おらず)[^。\n]{0,14}?(?:含みおき|内密|内緒|内聞|伏せ|ご配慮|秘密|他言)|(?:医局|職場|病院|院内|大学|教室)[^。\n]{0,14}?(?:まだ|誰も)[^。\n]{0,8}?知り?(?:ません|らない)[^\n]{0,10}?(?:内密|内緒|内聞|伏せ|秘密|他言|含みおき)|(?:上司|ボス|院長|理事長|部長|学長|所長|同僚|同門|会社|人事|教室の者|(?:今|いま|現在|現)の(?:所|ところ|会社))(?:に(?:は|も)?|へは?|の耳に(?:は|も)?)、?[^。、\n]{0,12}?(?:知られ(?:た(?:く|ら)|ない|ず|まい|る(?:と|わけ))|知れ(?:る|た)と|伏せ|内密|内緒|漏れ|ばれ|バレ|秘密|言わず|言わな|言って(?:い)?な|告げ|告げて|知らせて(?:い)?(?:な|ません|お)|話して(?:い)?な|話して(?:おり|い)?ません|黙っ|耳に入|入れた(?:く|ら)|入(?:ら|れ)(?:な|ず)|伝わら|明かし)|(?:病院|勤務先|勤め先|職場|医局|教室|上|院内|先方の?耳|ボス)(?:に|へ)(?:は|も)?[^。、\n]{0,8}?(?:知れ(?:る|た|て)|黙っ(?:て|と)|露見|聞こえ|感づかれ|気づかれ|勘づかれ)|(?:どうか|くれぐれも|当面|しばらく|それまで|まだ|今は)[^。、\n]{0,8}?(?:内密に|内緒に|ご内聞|伏せて(?:お|い|く|下|ほし)|黙っ(?:て(?:い)?て|といて|ておいて))|(?:上司|教授|(?:今|いま|現在|現)の(?:病院|職場|勤務先|勤め先|大学|医局)|現?職場(?:の(?:者|人|方))?|勤務先|勤め先|勤務元|本業先|院内|医局|病院|現職|職場|大学|教授|employer|hospital)[^。\n]{0,16}?(?:知られ|伏せ|内密|内緒|漏れ|ばれ|バレ|秘密|伝えて|伝わら|明かして|明かさ|知らせて|耳に入|(?:次の)?(?:話|こと)を?して(?:おり|い)ません|話して(?:おり|い)ません|打ち明け|黙って|申しておりません|話して|言わな|言って(?:い)?な|公に|know about|find out)|(?:転職活動|この件|本件|かみさん以外)[^。\n]{0,24}?(?:伏せ|内密|内緒|秘密|公に)|ご内[密分聞]|ご他言|他言(?:は)?(?:無用|ご?無用|しない)|(?:まだ)?誰にも(?:言って|話して|申して|話し)|くれぐれも(?:伏せ|内密|内緒)|(?:教授会|医局会|職場|周囲|同僚|院長)[^。\n]{0,6}(?:洩ら|漏ら|もら)|内緒(?:で|に)(?:お願い|頼|願|$|。|、|\))|職員の目|職場の人に見られ|内密に(?:お)?願|内々に(?:お)?願|内密希望\s?[=:]\s?(?:\[有|有|○|はい|希望)|(?:勤め先|勤務先|職場|病院|大学|医局|会社)(?:に|へ)(?:は|も)?秘して|どうか内々に|内々に(?:お取り扱い|ご?対応|進め|話)|(?:絶対に?|決して)(?:に)?知られ(?:ない|ぬ)よう|(?:病院|職場|勤め先|勤務先|医局|職員|スタッフ|職場の人)(?:に|へ)(?:は|も)?、?[^。\n]{0,14}?(?:話さない|言わない|知らせない|明かさない|伝えない)(?:つもり|でおき|でお|予定|方針)|(?:職員|スタッフ|看護師|同僚|部下)(?:たち|一同)?(?:に|へ)(?:は|も)?、?(?:まだ|いまだ)[^。、\n]{0,4}(?:知らせ|話し|伝え|申し|言っ|明かし)|一言も(?:漏ら|洩ら|話し)|知られたくない(?:相手|人|先)|(?:当院|病院|職場|医局|大学|周り|周囲|同僚)(?:の(?:者|人|皆さん|皆様|職員|方々?))(?:に|へ)?(?:は|も)?まだ(?:ご存じな|伝わって(?:おりません|いません|いな)|知らせて(?:い|お)|話して(?:い|お)|申して(?:おりません|い(?:な|ません))|知りません|知らな)|(?:do not|don't|never) (?:tell|inform) my (?:current |present )?(?:employer|hospital|clinic|boss|director|department)|they (?:don't|do not) know|keep this (?:from|confidential|between|quiet)|in confidence|be discreet"
);
pattern!(
    NAME,
    r"(?:氏名|お?名前|本名|実名|(?:私|自分|当方)の名|名字|姓名)(?:は|を|も|だけは|について|に関して)?[^。、\n]{0,14}?(?:ご?容赦|ご?勘弁|名乗(?:れ|ら|り(?:ま|た))|お?会い(?:して|でき|した)(?:から|とき)|会ってから|面談(?:の際|の折|の時|のとき|まで|後|で)|追って|後ほど|後日|申し(?:上げ)?(?:られ|かね)|出さ(?:ず|な)|書け(?:ま|な)|書かず)|(?:氏名|名前|本名|実名)を(?:出す|明かす|伝える|知らせる)のは[^。、\n]{0,8}?(?:後|あと|から)|(?:氏名|名前|本名|実名)[^。\n]{0,14}?(?:伏せ|出したく(?:な|あり)|出さない|言えな|言いたくな|出さな明かせ|決まってから|控え|内緒|非公開|固まって|伏せて)|(?:氏名|お?名前|本名|実名)(?:は|を)?[^。、\n]{0,6}?(?:まだ|今は|いまは|当面|しばらく)[^。、\n]{0,4}?(?:出しません|出さん|出しとう|言いません|明かせ|明かしたく)|(?:私の名|私の氏名|(?:^|[、。\s])名)(?:を|は)、?(?:まだ)?伏せて|匿名(?:で|での|を|希望)|name (?:confidential|private)|anonymous"
);

pattern!(
    HAS_TOLD,
    r"^(?:あります|あり、|ある|いる|います|おります|おり、|済み|ずみ)"
);
pattern!(
    LIFTED,
    r"(?:内緒|内密|秘密|伏せ)[^。\n]{0,12}?(?:なくて(?:も)?(?:結構|よ|い|良|構)|必要は(?:もう)?(?:あり|ござい|な))|外して(?:構|かま|くだ|下|いただ|よ|い)|(?:もう|必要|伏せる必要は?)(?:不要|あり?ません|ない)|(?:名前|氏名|本名|名)を(?:出し|明かし|伝え|知らせ)て(?:もらって|いただいて|くださって)?(?:も)?、?(?:結構|構|かま|よ|い|良|大丈夫)|解除|取り?下げ|撤回|知られて(?:も)?(?:構|かま|よ|い|大丈夫)"
);

fn confidential(cx: &Cx, items: &mut Vec<Item>) {
    for (pattern, value) in [(&EMPLOYER, "employer"), (&NAME, "name")] {
        for c in pattern.all(cx.text()) {
            let Some(m) = c.get(0) else { continue };
            let sentence = cx
                .doc
                .text(cx.doc.clause_at(m.start()).0, cx.doc.clause_at(m.end()).1);
            if cx.scope.asked(m.start()) || HAS_TOLD.is(cx.rest(m.end())) {
                continue;
            }
            let strength = if cx.update && LIFTED.is(cx.sentence(m.start())) {
                Strength::Drop
            } else if sentence.contains("絶対")
                || sentence.contains("必ず")
                || sentence.contains("くれぐれも")
            {
                Strength::Must
            } else {
                Strength::Want
            };
            // 「院長には知られたくない」, 「会社の人事には…」: no wish about the post or the house.
            let from = cx.doc.clause_at(m.start()).0;
            items.retain(|i| {
                !matches!(i.field, Field::Role | Field::Institution)
                    || i.end <= from
                    || m.end() <= i.start
            });
            items.push(
                Item::new(
                    Field::Confidential,
                    Value::text(value),
                    m.start(),
                    m.end(),
                    "misc::confidential",
                )
                .with(strength),
            );
        }
    }
}
