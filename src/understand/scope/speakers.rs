//! Whose words a sentence is: those of kin and others that are told, and what is asked.

use super::super::doc::Doc;
use super::super::nearby::last_clause_start;
use super::super::pattern::pattern;
use crate::understand::kin::husband;

pattern!(
    OTHERS,
    concat!(
        r"(?:妻|",
        husband!(),
        r"|主人|旦那|家内|女房|かみさん|嫁(?:はん)?|奥様|奥さん|旦那さん|息子(?:さん)?|娘(?:さん)?|(?:知人|友人|同僚|同期|後輩|先輩|知り合い|友だち|友達|教え子|仲間|^いとこ|従兄弟|従兄|甥|姪)(?:の[^。、は]{1,8})?|家族|先方|配偶者|ご子息|両親|義父|my husband|my wife|my friend|a colleague|my colleague)(?:\([^)]{0,40}\))?(?:自身|のほう|の方)?(?:は|が|も)|(?:医局長|教授|部長|事務長|上司|理事長|院長|主任)(?:が|から)[^。\n]{0,40}と(?:申し|言|話|の話|の打診)|(?:先方|病院側?|事務長|院長|担当|あちら)[^。、\n]{0,8}(?:いわく|曰く|の(?:ご)?説明(?:で|に|「|:)|によると|の話では)|(?:頂いた|いただいた|お送りの)?(?:資料|求人票|募集要項|ご案内)(?:では|によると|によれば|に(?:は)?、?[^。\n]{0,14}と(?:あり|書))|(?:病院|医局|大学|職場|教室|先方|前の職場)(?:側)?(?:から(?:は)?|は|が)[^。\n]{0,40}と(?:言われ|誘われ|頼まれ|打診|慰留|申し出)|あちら(?:は|が)|先方(?:の|\()|私自身(?:も|は)|俺は|(?:妻|",
        husband!(),
        r"|主人|息子|娘)\([^)]{3,40}\)"
    )
);
pattern!(
    QUESTION,
    r"(?:何|どう|どの|どんな|いつ|誰)[^。]{0,24}(?:の|ん)(?:でしょう|です)(?:か|ね)?[。]*\s*$|(?:違い|意味|仕組み|流れ|詳細|内容|様子)(?:を|は|について)[^。]{0,6}(?:教えて|お聞かせ)[^。]{0,8}[。]*\s*$|の有無(?:を|は|も|について)?、?(?:お)?(?:教え|知りた|聞か|伺い|確認)[^。]{0,10}[。]*\s*$|(?:でしょうか|ですか|ますか|ませんか|るのか|ありますか|のかな|ますかね|あるものでしょうか)(?:ね)?[。?？!]*\s*$|\?\s*$"
);
pattern!(
    REQUEST,
    r"(?:いただけ|頂け|くださ|下さ|もらえ|働け|勤められ|務められ|お願いでき|願え|ご紹介|くれ|ありまへん|ないもの|ありません|ございません|ないでしょう|できない|お目にかかれ|お会いでき|お話しでき)[^。?]{0,14}(?:か|やろか)[。?!]*\s*$|could you|would you|would there be|is there an|are there any|could i (?:start|begin|work|come|join)|would it be possible to (?:start|begin|work|come|join|have)|do you (?:also |happen to )?(?:have|know of) any|any (?:chance|prospect|hope) of|might there be|could there be|ありまへん"
);
pattern!(
    SETTLED,
    r"(?:昨年|去年|先月|一昨年)(?:の)?(?:\d{1,2}月)?(?:末)?(?:で|に)[^。、\n]{2,20}(?:終了|退任|を終え|を退)|(?:行く|勤める|勤務する|働く|就く|お世話になる|移る|入る)(?:こと)?(?:に|が|と)(?:相成|なりまし|決まりまし|決まって|決まった)"
);
pattern!(
    FOUND_POST,
    r"(?:病院|クリニック|医院|診療所|老健|施設|センター|会社|そちら|職場|勤務先|勤め先|就職先|行き先|次)(?:さん)?(?:の[^。、\n]{1,8})?(?:に|が|は)、?[^。、\n]{0,10}?(?:決まり(?:まし|、)|決まった|内定(?:し|を|が)|採用(?:が決|に|とな)|お世話になることに)"
);
// Terms one after the other, without any word of wishing.
pattern!(
    TERMS_ALONE,
    r"^[^。]*\d[^。たいほお願希望欲求]*(?:。|です。|とのことです。|になります。)?$"
);
pattern!(
    KEPT,
    r"(?:続けて|やって|担当して|行って|勤めて)(?:いる|おります|おる)[^。、]{2,24}(?:は|を|が)(?:辞め|やめ|外せ|許し|認め)|^[^。、]{2,24}は(?:今後も|引き続き|このまま)?続けます(?:ので|が)、?(?:それ|これ|そちら)とは別"
);
// The writer's family, whose days and places are not the writer's wishes; unless it is they who are written for.
pattern!(
    KIN_AND_OTHERS,
    concat!(
        r"(?:父|母|弟|兄|姉|妹|次男|長男|長女|次女|三男|義兄|義弟|甥|姪|祖父|祖母|同級生|会長|園長(?:先生)?|彼|彼女|世間|後輩たち|みな|皆|(?:院長|部長|教授|医局長|事務長|理事長)(?:先生)?)(?:自身)?(?:\([^)]{0,40}\))?(?:は|が|も|から(?:は)?|では|の(?:透析|通院|介護|送迎|送り迎え|付き添い|付添|手術|入院|世話|看病|見舞|リハビリ)(?:が|は|に|で|の))|(?:妻|",
        husband!(),
        r"|家内|主人|子|お子さん|子ども|子供|息子|娘|義父|義母|両親)の(?:透析|通院|介護|送迎|送り迎え|お?迎え|付き添い|付添|手術|入院|世話|看病|塾|学校|習い事|保育園|部活|職場|勤務先)(?:が|は|に|で)"
    )
);
pattern!(
    FOR_KIN,
    concat!(
        r"(?:父|母|主人|",
        husband!(),
        r"|兄|弟|義父|祖父)(?:、|の)?[^。\n]{0,16}(?:のこと(?:で|に)|の件|に代わ|の再就職|の働き口|の勤め|の登録|の希望)|代わって|代理|代筆|口述"
    )
);
// Those whom their family writes for.
pattern!(
    WRITTEN_FOR,
    concat!(r"^(?:主人|", husband!(), r"|旦那|義父|祖父|父|母|兄|弟)")
);
// 「主人の介護があり土日は動けない」: the care is another's, what follows from it is the writer's.
pattern!(
    CARED_FOR,
    r"の(?:透析|通院|介護|送迎|送り迎え|お?迎え|付き添い|付添|入院|世話|看病)[がはにで]$"
);
pattern!(
    CARE_ENDS,
    r"^[^。]{0,30}?(?:ありまして|あって|あり|ある|ため|ので|から)"
);
// 「大学の同級生の花岡に勧められて」: whoever is called so further on is another.
pattern!(
    ACQUAINTANCE,
    r"(?:同級生|同窓|同期|友人|旧友|親友|後輩|先輩|同僚|知人|仲間|弟子|教え子|幼なじみ|戦友|盟友)(?:の|、|である)(?P<n>[\p{Han}々]{2,4}?)(?:君|くん|氏|さん|先生|医師)?(?:\(|、|は|が|も|に|と|を|から|の)"
);
pattern!(
    CALLED,
    r"^(?:君|くん|氏|さん|先生|医師)?(?:は|が|も|の(?:い|勤|よう|ところ|所))"
);
/// How many acquaintances are followed through a text: each is looked for in every sentence.
const MOST_ACQUAINTANCES: usize = 20;
/// Where a note of the desk says whom it is about, in characters.
const NOTE_HEAD: usize = 60;
// 「美容のクリニックは時給2万円とも聞きますが」.
pattern!(
    HEARD,
    r"^[^。\n私]{2,60}?と(?:も|か|の噂も)?(?:聞き(?:ます|まし)|聞いて(?:い|お)|言われ(?:て|ます|ました|たり)|言っていました|話していました|こぼして|自慢して|笑(?:う|って|い))"
);
// 「妻は…託児所のある病院に週三日で出たいと申しております」: all of the sentence is another's.
pattern!(
    SAYS_SO,
    r"^[^私僕俺]*と(?:申し|言っ|話し|希望し|騒い|張り切っ|誘っ)[^。、私僕俺]{0,12}(?:ます|る|た|ている)[。]?$"
);
pattern!(HEARSAY, r"(?:と|そうです|らしい|とのこと|とか)[。」]?\s*$");

/// Parts of a text, first byte and one past the last.
#[derive(Default)]
pub(super) struct Found {
    /// Where somebody else speaks or is spoken of.
    pub(super) others: Vec<(usize, usize)>,
    /// Where something is asked.
    pub(super) questions: Vec<(usize, usize)>,
}

/// Finds them. `turn` gives where the telling ends that begins and, at the latest, ends at two bytes.
pub(super) fn find(doc: &Doc, turn: impl Fn(usize, usize) -> usize) -> Found {
    let text = &doc.norm.text;
    let proxy = FOR_KIN.is(text);
    let first: String = text.chars().take(NOTE_HEAD).collect();
    let note = ["先生", "dr", "tel", "電話", "様"]
        .iter()
        .any(|w| first.contains(w));
    let mut acquaintances: Vec<&str> = Vec::new();
    if !proxy && !note {
        for named in ACQUAINTANCE.all(text) {
            if acquaintances.len() < MOST_ACQUAINTANCES
                && let Some(name) = named.name("n")
                && !acquaintances.contains(&name.as_str())
            {
                acquaintances.push(name.as_str());
            }
        }
    }
    let mut found = Found::default();
    let mut spoken_until = None;
    let mut settled_until: Option<usize> = None;
    for s in &doc.sentences {
        let words = doc.text(s.start, s.end);
        if QUESTION.is(words.trim_end()) && !REQUEST.is(words.trim_end()) {
            let from = last_clause_start(doc, s.start, s.end);
            found.questions.push((from, s.end));
        }
        if SETTLED.is(words) {
            found.others.push((s.start, s.end));
        }
        // 「宇和島の老健に決まりました。四月から週四日、年八百万。」: the terms behind are those of the post found.
        if settled_until.is_some_and(|end| end + 6 >= s.start) && TERMS_ALONE.is(words.trim_end()) {
            found.others.push((s.start, s.end));
        }
        settled_until = FOUND_POST.is(words).then_some(s.end);
        let kept = KEPT.spans(words);
        found
            .others
            .extend(kept.iter().map(|m| (s.start + m.0, s.start + m.1)));
        let mut spoken: Vec<(usize, usize)> = Vec::new();
        // 「友人も興味があるそうです。週1の産業医を探していると。」
        if spoken_until.is_some_and(|end| end + 6 >= s.start && end <= s.start + 3)
            && HEARSAY.is(words)
        {
            spoken.push((s.start, s.end));
        }
        if !proxy && !note {
            spoken.extend(HEARD.spans(words).iter().map(|m| (s.start, s.start + m.1)));
        }
        let told_until = |end: usize| {
            let behind = doc.text(end, s.end);
            if SAYS_SO.is(behind.trim_end()) {
                s.end
            } else {
                turn(end, s.end)
            }
        };
        for (from, to) in KIN_AND_OTHERS.spans(words) {
            let name = words.get(from..to).unwrap_or_default();
            let end = s.start + to;
            let until = if CARED_FOR.is(name) {
                let care = doc.text(end, s.end);
                CARE_ENDS.span(care).map_or(told_until(end), |m| end + m.1)
            } else {
                told_until(end)
            };
            if !(proxy && WRITTEN_FOR.is(name)) {
                spoken.push((s.start + from, until));
            }
        }
        for (from, to) in OTHERS.spans(words) {
            let head = words.get(..from).unwrap_or_default();
            let name = words.get(from..to).unwrap_or_default();
            let end = s.start + to;
            if head.ends_with('ご') || proxy && WRITTEN_FOR.is(name) {
                continue;
            }
            let until = if name.ends_with(')') {
                end
            } else {
                told_until(end)
            };
            spoken.push((s.start + from, until));
        }
        for (at, name) in acquaintances.iter().flat_map(|n| words.match_indices(*n)) {
            let end = at + name.len();
            if CALLED.is(words.get(end..).unwrap_or_default()) {
                spoken.push((s.start + at, told_until(s.start + end)));
            }
        }
        spoken_until = spoken.last().map(|o| o.1).or(spoken_until);
        found.others.append(&mut spoken);
    }
    found
}
