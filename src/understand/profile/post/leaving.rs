//! Every clause that tells that the doctor's post ends or ended, weighed by its tense and its date.

use super::{Told, counts};
use crate::understand::dates::DateHit;
use crate::understand::kin::husband;
use crate::understand::pattern::{number, pattern};
use crate::understand::rules::{Cx, tail};
use chrono::Datelike;

// Words that by themselves mean the end of a post.
pattern!(
    pub(super) ENDS,
    r"(?:年内|年度内|月|末|いっぱい|春|夏|秋|冬)(?:で|に|をもって|を?もちまして)[^。、\n]{0,8}?区切りを(?:付|つ)け|(?:任期|契約)(?:は|が)?\s?(?:\d{4}年|来年|再来年|今年)?の?\d{1,2}月(?:\d{1,2}日|末|いっぱい)?まで|(?:月|末|いっぱい|年内|年度末)で(?:交代|役を降り)|(?:月|末|いっぱい|年内|年度末)まで(?:で|とし)、?更新(?:し(?:ない|ません|ま)|せず|は(?:しない|ない|なし))|(?:月|末|年)(?:で|に)満期|定年延長(?:も|は|が)[^。、\n]{0,12}終わ|区切りと(?:いた|致)?(?:し|さ)|(?:月|末|いっぱい|年内|年度末)まで(?:は)?残(?:ることに|って(?:くれ|ほし)|る(?:予定|約束|つもり))|籍を抜|(?:契約|任期|雇用期間)(?:は|が|も)?[^。、\n]{0,8}終了|雇用の?期限|(?:県|市|町|国)を(?:退|辞)[いきめ]|年度末(?:に|で)(?:出|離れ|去)(?:る|ます)|\d月(?:末|いっぱい)?まで(?:は)?(?:い(?:ます|る(?:が|。|、|$))|おります)|(?:月|年内|年度末|年末|来春|\d日|末|いっぱい|来月)までの(?:契約|任期|雇用|約束)|(?:月|年内|年度末|年末|来春|\d日|末|いっぱい|来月)までは(?:今|いま|現在)の(?:病院|職場|所|ところ|大学|勤務先|勤め先|クリニック)(?:に|で)(?:勤め|働き|勤務し|おり|い)|席(?:は|が|も)[^。、\n]{0,12}な(?:くな|い)|席を[^。、\n]{0,8}譲|退職|退官|退任|辞職|離職|定年|引退|勇退|身を引|店じまい|閉院|廃業|役職定年|承継|お?役目?御免|雇い?止め|任を解かれ|辞表|廃院|閉所|(?:院長|理事長|所長|施設長)職?(?:を|から)(?:降|下)り(?:る|ます)|(?:病院|医院|診療所|クリニック|会社|職場|法人|母体)(?:が|は|も)[^。、\n]{0,12}(?:(?:潰|つぶ)れ|なくな|無くな|解散|倒産|破産)|retired?\b|retiring|retirement"
);
// Words that mean it where a post stands beside them.
pattern!(
    pub(super) LEAVES,
    r"辞(?:め|し|す(?:る|こと))|やめ(?:る|た|て|ます|まし)|(?:を|から)?離れ|去(?:る|り|っ|ります)|出ること|を出(?:る|ます)|閉(?:め|じ|ぢ|ま)|縁を切|(?:ピリオド|終止符|区切り)を(?:打|付|つ)|幕を(?:下ろ|降ろ|引|閉)|明け渡|引き渡|引き継|バトンを渡|抜け(?:る|ま|て)|人手に渡|手放|売却|渡(?:す|し|っ)|(?:灯|灯り|明かり)を(?:落と|消)|お払い箱|(?:クビ|首)にな|後に(?:し|いた|する)|おさらば|見切りをつけ|お暇を|暇乞い|畳(?:み|む|ん)|たた(?:む|み|ん)|譲(?:り|る|っ)|任せ|(?:看板|暖簾|のれん|幕|シャッター)を(?:下ろ|降ろ|おろ|畳|たた|外)|一区切り|けじめ|終(?:え|わり|わっ|わる)|満了|打ち?止め|切れ|明け(?:ます|る)|を引|を?卒業|退(?:く|き|い)|runs? out|expires?|\bends?\b|closed?|sold|\bleft\b|leav(?:e|ing)|まで(?:です|。|、|$|\n|の(?:契約|任期)|と(?:言われ|なって|なりま|決ま|聞い))|続けません|身分を離"
);
pattern!(
    pub(super) POST,
    r"病院|医院|診療所|クリニック|大学|医局|職場|勤め|勤務|会社|今の(?:所|とこ|ところ)|ここ|県立|市立|町立|道立|国立|県病|日赤|役所|保健所|所長|院長|理事長|部長|教授|(?:^|[^休])職を|職(?:から|$)|契約|任期|嘱託|再雇用|再任用|センター|行政|開業|法人|施設|後進に譲|息子に渡|跡継ぎに渡|息子に譲|弟に任|息子に任|contract|clinic|hospital|practice|university|my post|my job|再就職先|公務員|現職|当院|自院|院(?:を|は|も|ごと)|常勤を|診察室|仕事(?:は|を)|役目|任務|お務め|(?:勤務医|開業医|医師|医者|病院)(?:生活|人生|稼業)|宮仕え|職責|大役|看板|のれん|暖簾|当クリニック|当医院|その任(?:も|は|が)|診療(?:は|も)"
);
// Of a duty, a wish or a limit, not of a post.
pattern!(
    NOT_A_POST,
    r"定年(?:(?:の|が)(?:早|遅|高)|なし|無し|の?ない|が(?:な|70|遅|75|延)|は(?:\d|な|あり)|制|年齢|[:=](?:\d|な)|まで(?:長く|働|勤|安心|いられ)|後も|の定めの|を(?:定め|設け)|延長|65|70)|退職金|退職(?:者|年齢)|(?:手術|当直|執刀|オペ|メス|外来|往診|分娩|お産|カテ|内視鏡|運転|車|煙草|酒|救急|麻酔|転科)(?:は|を|も|から)?(?:[^。、\n]{0,6})(?:やめ|辞め|離れ|卒業|引退|退[いき])|話を(?:終|切)|診療(?:時間)?が?終わ|(?:面接|面談|見学|論文|手続き|登録|会議|講演|説明)[^。、\n]{0,4}(?:を|が|は|も)[^。、\n]{0,4}(?:終|済|出し終)|通話|外来(?:が|を)終|離れる(?:つもり|気|予定|考え)(?:は|が|も)?な|都会を離れ|親元を離|一線を|第一線"
);
// Somebody else leaves.
pattern!(
    pub(super) ANOTHER,
    concat!(r"(?:部下|同僚|同級生|妻|", husband!(), r"|主人|家内|女房|息子|娘|先輩|後輩|前任(?:者)?|前院長|スタッフ(?:の(?:皆さん|皆様|みなさん|方々?))?|看護師|患者|常勤医|友人|知人|医師|先生|父|母|後継ぎ|2人|託児所|保育園|病棟|売店)(?:\([^)\n]{0,16}\))?(?:が|は|も)[^。\n]{0,20}$|(?:院長|理事長|部長|教授|上司|所長)(?:\([^)\n]{0,16}\))?(?:が|も)[^。\n]{0,20}$|(?:妻|", husband!(), r"|主人|息子|娘)(?:の|\([^)]*\)(?:が|は|も))[^。\n]{0,10}$")
);
// The verb's own ending looks ahead; a bare noun does so where its date does.
// The doctor, as family or secretary call him.
pattern!(
    PATRON,
    concat!(
        r"(?:父|母|主人|",
        husband!(),
        r"|祖父|叔父|伯父|義父|兄|姉|院長|理事長|教授|部長|所長|センター長|先生|同僚|友人|知人)(?:自身)?(?:\([^)\n]{0,24}\))?(?:は|が|も)[^。\n]{0,20}$"
    )
);
pattern!(
    AHEAD,
    r"^(?:(?:いた|致)?(?:し|なり|となり|になり|を迎え|じ|め|み|き|り|れ|ち|わり|え|ぢ)?(?:ます|申す)|(?:する|となる|になる|を迎える|める|る|む|く|れる|わる|じる)(?:。|、|$|\n|予定|ので|ため|が|と|の|こと|つもり|頃|際|まで)|です|でございます|となります|になります|を控え|間近|予定|ん|よう|。|、|$|\n|\)|が近|まで(?:あと|の|です|。|、|$)|\s)|^(?:とな|にな|を迎え)"
);
pattern!(
    BEHIND,
    r"^され(?:、|まし|て(?:い|お)|た)|^(?:に|と)なり?(?:まして|った(?:。|が|、|ので|ため|そう|と(?:の|いう|伺)|$)|って)|^て、?[^。、\n]{0,10}(?:暮らし|過ごし|のんびり|気まま|悠々)|^[きりしちめえじ]?もした|^で[^。、\n]{0,12}(?:ました|た)(?:。|が、|$)|^(?:は|も)(?:既に|すでに|もう)?(?:済ん|済ませ|完了)|^(?:(?:いた|致)?し)?(?:まし)?(?:た(?:。|が|、|$|\n|ばかり|後|あと|の(?:で|ち)|身|ところ|者|元|医|\)|\s|ため)|て(?:い(?:ま|る|た)|お|、|か(?:ら|れ)|家|暇|ぶら|遊|庭|今|フリ|半|一|二|三|数|\d|。|以|し|まいり|は|悠|久|療養|の))|^済|^し候|^(?:し|り|き|じ|め|え|わり|ち|せ|ぢ|れ|いて|って|い|っ|ん)?(?:申|まし(?:た|て)|て(?:い(?:ま|る|た)|お|、|か|家|暇|ぶら|遊|庭|今|\d|一|半|何|数|以|フ|。|し|は|まい|療養)|、(?:今|いま|現在|以後|以来|その後|それから|悠々|隠居|今年|家)|た(?:。|が|、|け|$|\n|ばかり|後|あと|の|身|\s|\))|だ(?:。|が|、|後|あと)|\d年|1年|半年)|^(?:後|後は|後の)(?:、|は|フリ|自宅|在宅)|^\(|^(?:し|となり|になり)[^。\n]{0,4}ました|^d\b|^[^.\n]{0,30}(?:last|in 20[012]\d)|^し(?:時間|、)|^で(?:退|辞)"
);
pattern!(
    pub(super) NO_POST,
    r"\bi(?: have|'ve)? (?:stopped|ceased|finished|quit) (?:full-time |clinical )?(?:working|work|practi[sc]ing|practi[sc]e)\b|\b(?:am|'m) not (?:currently |presently )?working\b|無職|専業主[婦夫]|離職中|失業|求職中の身|現役(?:は|を)、?(?:既に|すでに|もう)?(?:退いて|引退し|退きまし)|リタイアし(?:て|まし|、)|浪人(?:の身|中|です|して)|肩書(?:き)?(?:の|は|も)な|自由の身(?:です|になりました|となりました|になって)|どこにも(?:勤め|属し)て(?:い|お)|職に(?:は)?(?:就|つ)いて(?:い|お)(?:ません|りません|らず)|毎日が日曜|晴耕雨読|(?:もう|今は|いまは|現在は|以後は)、?(?:どこにも)?(?:勤めは?|仕事は?|勤務は?)(?:な(?:し|い)(?:。|$|\n|です)|して(?:い|お)(?:ません|りません)|ありません|ございません)|余生を|年金(?:生活|暮らし)(?:です|を|の身|に入りまし)|失業(?:保険|手当)を|充電中|隠居(?:して(?:い|お)|(?:いた|致)?しま|生活(?:を(?:送|して)|です|中|の身))|定年済|退職済|フリーの身|職を離れ(?:、|て|1年|半年|\d)|(?:今|いま|現在)は?、?(?:家に|自宅に|無職|悠々|釣り|ぷー|何もして|隠居|のんびり|畑|在野)|隠居の身|悠々自適|以後はフリー|臨床を離れて\d|(?:子育て|介護|看病)(?:の?ため|で)(?:に)?(?:離職|退職|職を離)|(?:今は|、|現在は|自)家(?:に|で)(?:おり|居り|いる)|辞めて家に|until i closed|between jobs|not working (?:now|at present)|unemployed"
);
// A post that was held until a time: 「昨年の暮れまで老健の施設長をしておりました」.
pattern!(
    UNTIL,
    r"(?:昨年|去年|一昨年|今年|先月|先々月|この(?:春|夏|秋|冬|\d{1,2}月)|\d{1,2}月|年度末|暮れ|年末)(?:の\S{1,4})?まで[^。\n]{0,24}(?:を|で|に|として)[^。、\n]{0,8}(?:して|務めて|勤めて|つとめて|勤務して|働いて|診て|携わって|守って|続けて|預かって|任されて|営んで|やって)(?:い|おり)まし?た|[^れ今ま]まで[^。\n]{0,20}でした(?:。|が)"
);
// 「病院が閉じることになり、退職しました」.
pattern!(
    SINCE_LEFT,
    r"^(?:る|む|く)ことに(?:なり|なって|決まり)[^。、\n]{0,4}、[^。\n]{0,12}?(?:退職|辞め|辞職|失職|離職|離れ)[^。、\n]{0,4}(?:ました|た(?:。|ところ|ばかり|身))"
);
struct Leaving {
    start: usize,
    end: usize,
    ahead: bool,
    behind: bool,
}

/// Every clause that tells that the doctor's post ends, with its tense.
fn leavings(cx: &Cx, proxy: bool) -> Vec<Leaving> {
    let text = cx.text();
    let this = cx.today.format("%Y-%m").to_string();
    let mut out = Vec::new();
    let sure = ENDS.all(text).into_iter().map(|c| (c, true));
    let with_post = LEAVES.all(text).into_iter().map(|c| (c, false));
    for (c, sure) in sure.chain(with_post) {
        let Some(m) = c.get(0) else { continue };
        let (cs, ce) = cx.doc.clause_at(m.start());
        if !counts(cx, m.start(), proxy) {
            continue;
        }
        let sentence = cx.doc.sentence_at(m.start());
        let ss = sentence.map_or(cs, |s| s.start);
        let before = cx.doc.text(ss, m.start());
        let clause = cx.doc.text(cs, ce);
        let label = cx
            .doc
            .label_before(m.start())
            .is_some_and(|l| POST.is(l) || ENDS.is(l));
        let near = tail(before, 30);
        let rest = cx.rest(m.end());
        // To wish to leave is no end that is fixed.
        let only_wished = ["たい", "たく", "ても", "るか", "ようか", "るべき"]
            .iter()
            .any(|w| rest.starts_with(w));
        let of_absence = cx.doc.latin
            && m.as_str().starts_with("leave")
            && [
                "childcare ",
                "child-care ",
                "maternity ",
                "parental ",
                "sick ",
                "medical ",
                "family ",
                "on ",
            ]
            .iter()
            .any(|w| cx.head(m.start()).ends_with(w));
        let part_of_word = only_wished
            || of_absence
            || matches!(m.as_str(), "退い" | "退き" | "退く")
                && near.ends_with(['辞', '引', '後', '早', '撤', '減']);
        if part_of_word
            || m.as_str() == "定年" && (rest.starts_with("で退") || rest.starts_with("退"))
            || NOT_A_POST.is(clause)
            || farewell(m.as_str()) && !dated(cx, ss, m.start())
            || another_leaves(before) && !(proxy && PATRON.is(before))
            || !sure
                && !label
                && !POST.is(near)
                && !(cx.doc.latin && POST.is(clause))
                && !dated_quit(cx, m.as_str(), ss, m.start(), near)
            || !sure
                && cx
                    .doc
                    .line_at(m.start())
                    .is_some_and(|l| l.context.strength.is_some())
        {
            continue;
        }
        let already = near.contains("既に") || near.contains("すでに");
        let mut behind = already
            || BEHIND.is(rest)
            || matches!(m.as_str(), "closed" | "left" | "retired" | "sold");
        // To have left the 医局 long ago is not to be without a post.
        if behind && near.contains("医局") && !near.contains("病院") {
            continue;
        }
        let mut ahead = AHEAD.is(rest) && !behind || announced(rest);
        if m.as_str().starts_with("まで") || cx.head(m.start()).ends_with("will ") {
            ahead = true;
            behind = false;
        }
        if told_on(cx, m.end()) {
            behind = true;
            ahead = false;
        } else if let Some(d) = nearest(cx, m.start()) {
            let month = month(cx, d);
            // 「来年の三月で定年になりまして」 cannot lie behind.
            let told_year = cx.doc.text(d.start, d.end).contains('来');
            if month < this {
                behind = behind || !announced(rest);
                ahead = ahead && !behind;
            } else if announced(rest) || !behind || told_year && month > this {
                ahead = true;
                behind = false;
            }
        }
        if SINCE_LEFT.is(rest) {
            behind = true;
            ahead = false;
        } else if announced(rest) {
            behind = false;
            ahead = true;
        }
        if ahead || behind {
            out.push(Leaving {
                start: m.start(),
                end: m.end() + first_words(rest),
                ahead,
                behind,
            });
        }
    }
    out.sort_by_key(|l| l.start);
    out
}

/// Whether somebody else is told to leave. Who only gives the reason is not: 「息子が戻るので、3月で医院を譲ります」.
pub(super) fn another_leaves(before: &str) -> bool {
    pattern!(
        REASON,
        r"(?:が|も)[^。\n]{0,24}(?:ので|んで|から|ため|ために|て|し|り|れ|え|たら|ことに?より)、[^。\n]{0,20}$|の[^。、\n]{1,10}(?:ため|により|に伴い|を機に|で)(?:に)?、?[^。、\n]{0,10}$"
    );
    let turned = [
        "が、",
        "けど、",
        "けれど、",
        "けれども、",
        "ものの、",
        "私も",
        "私は",
        "私が",
        "小生",
    ]
    .iter()
    .filter_map(|w| before.rfind(w).map(|i| i + w.len()))
    .max()
    .unwrap_or(0);
    let said = before.get(turned..).unwrap_or_default();
    ANOTHER.is(said) && !REASON.is(said)
}

/// 「来年6月末で辞めるつもり」: to quit on a date is to quit a post, where nothing else is quit.
fn dated_quit(cx: &Cx, word: &str, from: usize, at: usize, near: &str) -> bool {
    let quits = farewell(word)
        || [
            "辞",
            "退",
            "閉",
            "身を引",
            "看板",
            "出ること",
            "離れ",
            "終",
            "閉",
        ]
        .iter()
        .any(|w| word.starts_with(w));
    // 「来年3月で北見を辞めて」 leaves the post there.
    let there = || cx.places.iter().any(|p| p.end + 'を'.len_utf8() == at);
    let other = near.ends_with("を") && !POST.is(near) && !there()
        || cx
            .things
            .iter()
            .any(|t| from <= t.start && t.end <= at && at - t.end < 12);
    quits && !other && dated(cx, from, at)
        || near.contains("私はあと") && word.contains("続けません")
        || quits && near.ends_with('、') && near.contains("今の")
}

/// Words that end a post only where a date is said: 「年内でおさらばです」, and not 「急性期とはおさらば」.
fn farewell(word: &str) -> bool {
    ["おさらば", "見切り", "お暇", "暇乞い"]
        .iter()
        .any(|w| word.starts_with(w))
}

fn dated(cx: &Cx, from: usize, at: usize) -> bool {
    cx.dates
        .iter()
        .any(|d| from <= d.start && d.end <= at && d.value != "asap")
}

/// 「六月に部長職を辞し、身軽になりました」: the sentence goes on and tells of a time that lies behind.
fn told_on(cx: &Cx, at: usize) -> bool {
    pattern!(
        GOES_ON,
        r"^(?:(?:いた)?し|と?な(?:り|って)|を迎え(?:て)?|り|き|め|え|じ|れ|ち|わり|まり)?、(?P<on>[^。\n]{2,40}?)(?:ました|でした|(?:て|で|に)(?:い|お)り?ます|の身です|た(?:ところ|ばかり)です)(?:。|が、|$)"
    );
    pattern!(
        NOT_YET,
        r"から|以降|たい|予定|つもり|決|考え|思|希望|探|\d月|来年|来春|これから|今後"
    );
    GOES_ON
        .first(cx.rest(at))
        .and_then(|c| c.name("on").map(|on| !NOT_YET.is(on.as_str())))
        .unwrap_or(false)
}

/// What has been announced or decided lies ahead, in whatever tense it is told.
fn announced(rest: &str) -> bool {
    pattern!(
        SAID_AHEAD,
        r"^(?:を|は|も)?(?:すでに|既に|もう|先に)?(?:出し|出す|提出|受け取)|^[^。\n]{0,22}?(?:予定|つもり|ことに(?:し|な|いた|決)|決ま|受理|申し出|意向|所存|届|願|する話|話が|よう(?:と|か)|まであと|まで半年|のは決)|^(?:た|る)(?:あと|後)[^。\n]{0,30}(?:たい|希望)|^日(?:は|が|:|\s)"
    );
    SAID_AHEAD.is(rest)
}

fn first_words(rest: &str) -> usize {
    rest.char_indices()
        .take_while(|(_, c)| !"。、\n)".contains(*c))
        .take(8)
        .map(|(i, c)| i + c.len_utf8())
        .last()
        .unwrap_or(0)
}
pub(super) fn ahead(cx: &Cx, proxy: bool) -> Option<Told> {
    leavings(cx, proxy)
        .into_iter()
        .filter(|l| l.ahead)
        .min_by_key(|l| {
            let month = nearest(cx, l.start).map(|d| month(cx, d));
            (month.is_none(), month, l.start)
        })
        .map(|l| Told {
            value: "retiring",
            start: l.start,
            end: l.end,
        })
}

pub(super) fn behind(cx: &Cx, proxy: bool) -> Option<Told> {
    let none = NO_POST
        .spans(cx.text())
        .into_iter()
        .find(|(s, _)| counts(cx, *s, proxy));
    // The last post that ended is the one that counts.
    let until = || {
        UNTIL
            .spans(cx.text())
            .into_iter()
            .find(|(s, _)| counts(cx, *s, proxy))
            .map(|(start, end)| Told {
                value: "retired",
                start,
                end,
            })
    };
    let left = leavings(cx, proxy)
        .into_iter()
        .filter(|l| l.behind)
        .max_by_key(|l| (nearest(cx, l.start).is_some(), l.start));
    match (left, none) {
        (Some(l), _) => Some(Told {
            value: "retired",
            start: l.start,
            end: l.end,
        }),
        (None, Some((start, end))) => Some(Told {
            value: "retired",
            start,
            end,
        }),
        _ => until(),
    }
}

/// The date of the sentence that stands closest, before the word rather than behind it.
pub(super) fn nearest<'c>(cx: &'c Cx, at: usize) -> Option<&'c DateHit> {
    let s = cx.doc.sentence_at(at)?;
    cx.dates
        .iter()
        .filter(|d| s.start <= d.start && d.end <= s.end && d.value != "asap")
        .filter(|d| !cx.rest(d.end).starts_with("から"))
        .min_by_key(|d| {
            // 「I turned 70 in May and retired in June」: the time stands behind the verb in English.
            let same = if cx.doc.latin {
                d.start >= at
            } else {
                d.start <= at
            };
            if same {
                at.abs_diff(d.start)
            } else {
                at.abs_diff(d.start) * 2
            }
        })
        .filter(|d| d.start <= at || d.start - at < 60)
}

/// The month of a date. 「三年前の三月」 lies so many years back.
pub(super) fn month(cx: &Cx, date: &DateHit) -> String {
    pattern!(BYGONE, r"(?:^|[^をがらは])去る$");
    pattern!(AGO, r"(?P<n>\d{1,2})年(?:前|まえ)の?$");
    let month = date.value.get(..7).unwrap_or(&date.value);
    let ago = AGO
        .first(cx.head(date.start))
        .and_then(|c| number(&c, "n"))
        .and_then(|n| i32::try_from(n).ok());
    match (ago, month.get(4..)) {
        (Some(n), Some(of_year)) => format!("{}{of_year}", cx.today.year() - n),
        // 「去る3月31日に」
        _ if BYGONE.is(cx.head(date.start)) => super::super::past(month.to_owned(), cx),
        _ => month.to_owned(),
    }
}
