//! What a place is to the writer: a home, a post, a name, a story, or somewhere to work.

use super::Cx;
use crate::understand::doc::{Block, Role};
use crate::understand::english::home as english_home;
use crate::understand::pattern::pattern;
use crate::understand::place::PlaceHit;
use crate::understand::profile::{self, foot, lives_there, practises_there};
use crate::understand::scope::Class;

pattern!(
    HOME_AFTER,
    r"^(?:市内|市|県|区)?(?:の)?(?:自宅|実家|家から|家に|家(?:は|を)(?:離れ|出|売|空け)|マンション|拙宅)|^(?:在住|住み|在[。、\n ]|に(?:\d{1,2}年)?住(?:んで|む(?:[\p{Han}]|$|。|者)|み(?:[^込たつ]|$)|まい|居)|在の|住まい|に自宅|の空いた家|@|で(?:開業|1人暮|暮らし)|に(?:居を|家|拠点))|^\S{0,6}に住んで|^から(?:通(?:い|う|っ)|[。\n])|^に(?:移って|越して|引っ越して)(?:\d|き)"
);
pattern!(
    HOME_BEFORE,
    r"(?:住んで(?:い(?:る|ます)|おり(?:ます)?|おる)のは、?|住まい|自宅|現住所|住所|居住地|お住まい|家|実家|ご住所|住まいのあります|市区町村|都道府県|在住地|拙宅|居所|@|home is in|home:|i(?: a|')m (?:a|an) [a-z ]{3,40} in|based in|live in|(?:have|has|i've) lived in|living in)\s*(?:は|が|も|:|=|\||->|→|のある|\s\.\.\.|\(|は、|】|\]|\})?\s*(?:〒?[\d\-]*)?\s*$|〒[\d\-x○]*\s*$|i live in\s$|i'm a \w+ in\s$|live in\s\w+,\s$"
);
pattern!(
    FROM_HOME,
    r"^(?:市)?から(?:は)?(?:数え|計算し|測っ|見て|新幹線|特急|京阪|阪急|阪神|南海|近鉄|名鉄|西鉄|京急|京王|小田急|東急|西武|東武|京成|相鉄|乗り換え|座って|(?:の)?(?:車|電車|バス|自転車|徒歩|地下鉄|jr|タクシー|乗|通|片道|\d))|^から(?:車|電車)?で?\d"
);
pattern!(
    WORKPLACE,
    r"^(?:市内|市|区|県内|内)?の\S{0,12}(?:病院|大学|クリニック|センター|医院|診療所)(?:に(?:勤|務)|で(?:週|勤務し|勤務医|勤務中|勤めて|働いて|働いた|[\p{Han}]{0,6}(?:科長|部長|院長|医長|科医|医員)|\d|は|す)|を[^。、\n]{0,6}?(?:最後|退|定年|辞)|の(?:院長|部長|勤務)|[\p{Han}]{0,4}院長)"
);
pattern!(
    PERSON_OF,
    r"^(?:市)?の[\p{Han}\p{Katakana}ー々]{1,10}(?:です|でございます)|^(?:市)?の[^。、\s]{1,12}(?:と申|といい|と言い|いいます|科医|医師)|^の[\p{Han}]{1,5}\(|^の[^。、\s]{0,6}(?:内|外|整形|皮膚|眼|小児|耳鼻|病理|精神|麻酔|産婦人|婦人|泌尿器)[^。、\s]{0,4}(?:医|の)|^(?:市)?の[\p{Han}]{1,4}、[\p{Han}]{1,8}(?:科|内科|外科)|^の人(?:間)?(?:です|だ)"
);
pattern!(
    PRACTISES,
    r"^(?:市|県|町)?(?:内)?で(?:\d{1,2}年|[^。、\n]{0,9}(?:科|医)(?:を|の勤務医|医)|働く[^つ、。]{0,10}(?:医|者)|開業|過ごし|診療して|院長をして|勤務医をして)|^に移って\d|^の空いた家|^から動く気は|^より(?:電車|車)"
);
pattern!(
    STORY_AFTER,
    r"^(?:市|県)?(?:で|に)?(?:生まれ|育ち|育っ|出身|の出(?:で|身)|の生まれ|過ご[しす]|[^。\n]{0,12}(?:経験|勤務歴)(?:が|も|は)?(?:あり|ござい|積)|おりました|いました|いた(?:頃|とき|時)|学び|赴任して(?:い|き|お)|勤務して(?:い|き|お)|研修(?:し|を)|を(?:離れ|出て|引き払|皮切り|経て)|から離れ|から動)|^(?:市|県)?(?:大学|医大|大病院|時代|での(?:勤務経験|経験|暮らし|生活|面談|勤務(?:が|は|も)(?:\d|長)|勤務を(?:終|経))|の(?:震災|地震|学会|会議|同窓|友人|妹|弟|兄|姉|娘|息子|孫|両親|親))|^(?:市)?に(?:残(?:り|る|して|し)|置(?:い|き)|帰省|出張|滞在|旅行|戻りたいと言|戻りたいらしい|来いと)|^へ?に?(?:移りたい|住みたい)(?:らしい|と言|そう|とのこと)|^から(?:は)?乗り換え|^(?:空港|方面の便)(?:へ|に|まで(?:送|迎))"
);
pattern!(
    STORY_BEFORE,
    r"(?:[2-7二三四五六七]\d?十?代は|学生時代(?:を|は)|若い頃は?|昔(?:は|、)?|かつて(?:は)?|以前(?:は)?|[子こ]ども?の頃(?:は|を)?|出身(?:は|地は|:)?|生まれ(?:は|も|:)?|本籍(?:は|:)?|大学は|職場は|病院は|勤務先は今|学会は|学会\(|研修は|いま|今は|転勤が|転勤で|前任地(?:は)?|赴任先(?:が|は)今)\s?$"
);
// 「職場は松本市内がいいです」.
pattern!(
    WISHED_THERE,
    r"^(?:市|県|内|の中心|あたり|周辺)*(?:が(?:第[一1]|いい|よい|良い|1番|理想|希望)|を(?:希望|第[一1])|で(?:お願い|お?探))"
);
pattern!(
    MEETING,
    r"\d{1,2}(?::|時)\d{0,2}(?:分)?(?:に)?\s?$|(?:面談|待ち合わせ|集合|会場|訪問メモ)[^\n]{0,16}$"
);
// 「秋田の母に会いに行きます」.
pattern!(
    OF_KIN,
    r"^(?:市|県)?の(?:母|父|両親|実家|娘|息子|兄|弟|姉|妹|孫|祖父|祖母|義母|義父|義兄|親戚|親)(?:に|が|の|を|は|と|へ|宅)"
);
pattern!(
    SUGGESTED,
    r"^[^。\n]{0,10}?と?(?:を)?ご?紹介いただ(?:き(?:ながら|、|まし)|い(?:た|て))|^[^。\n]{0,10}?(?:の(?:件|案件|求人)(?:は|で|が|、|に)|の(?:お話|話)(?:は|で|、|に)|の(?:方|ほう)、|案\d|(?:の)?(?:案件|求人)|の(?:クリニック|病院|健診センター|回復期病院)(?:に(?:関心|興味)|の件))"
);
// 「松本市の求人があればご紹介ください」.
pattern!(
    pub(super) IF_ANY,
    r"^[^。\n]{0,8}?(?:案件|求人|お?話|募集|お?口|ポスト)(?:は|が)、?(?:何か)?(?:(?:あり|ござい)ません|ない)(?:もの)?(?:でしょう|です)?か|^[^。\n]{0,8}?(?:案件|求人|お?話|募集|お?口|ポスト)(?:が|は|も|の[^。、\n]{1,4}が)?、?(?:あ(?:れば|りました|る(?:よう)?なら|りますか)|出(?:れば|ました|たら)|ござい(?:ました|ます(?:れば|なら))|を(?:探|希望|お願い|待))"
);
pattern!(
    SELF,
    r"\d{2}(?:歳|才|、|。|です|に| )|専門医|[科外内]医|医です|と申|といい|在住|年目|精神科|外科|内科|皮膚科|眼科|小児科|整形|放射線|麻酔|産婦人科|泌尿器|耳鼻|病理|救急|i am|i'm|my name"
);

/// Whether the place is somewhere that the mail only tells of.
pub fn told(cx: &Cx, p: &PlaceHit, home: Option<&str>) -> bool {
    let rest = cx.rest(p.end);
    let head = cx.head(p.start);
    cx.doc
        .label_before(p.start)
        .is_some_and(|l| HOME_FIELD.is(l) || NAME_FIELD.is(l))
        || WORKPLACE.is(rest)
        || person_of(rest)
        || PRACTISES.is(rest)
        || practises_there(rest)
        || moved_by_another(rest, head)
        || STORY_AFTER.is(rest)
        || STORY_BEFORE.is(head) && !WISHED_THERE.is(rest)
        || MEETING.is(head)
        || SUGGESTED.is(rest) && !IF_ANY.is(rest)
        || OF_KIN.is(rest)
        || postal(head)
        || counts_from(rest, p, home)
        || told_of_self(cx, p)
        || name_alone(cx, p)
        || cx.doc.latin && english_home::comes_from(head)
}

/// 「久留米の権藤です」, and not 「埼玉の都市部(…」.
fn person_of(rest: &str) -> bool {
    (PERSON_OF.is(rest) || profile::person_of(rest))
        && ![
            "の都", "の市", "の中", "の郊", "の山", "の沿", "の北", "の南", "の東", "の西", "の病",
            "の離", "の過", "の田",
        ]
        .iter()
        .any(|w| rest.starts_with(w))
}

/// 「主人の転勤が広島になった」.
fn moved_by_another(rest: &str, head: &str) -> bool {
    (head.contains("転勤") || head.contains("異動"))
        && [
            "に決ま",
            "になった",
            "になり",
            "となり",
            "じゃなく",
            "ではなく",
        ]
        .iter()
        .any(|w| rest.starts_with(w))
}

/// 「(46、女、奈良県橿原市)」.
fn in_own_bracket(head: &str, rest: &str) -> bool {
    rest.trim_end_matches('。')
        .strip_suffix([')', '」'])
        .is_some_and(|r| r.chars().count() <= 4)
        && head
            .rfind('(')
            .and_then(|at| head.get(at..))
            .is_some_and(|h| {
                h.contains(|c: char| c.is_ascii_digit())
                    || ["女", "男", "歳", "医", "科"].iter().any(|w| h.contains(w))
            })
}

/// What stands behind the place makes it the scene of a story: 「…の学会に」, 「…の病院に勤めて」, 「…で生まれ」.
pub fn in_a_story(cx: &Cx, p: &PlaceHit) -> bool {
    story_behind(cx.rest(p.end))
}

/// Whether the words behind a place, or a kind of place, tell a story.
pub fn story_behind(rest: &str) -> bool {
    WORKPLACE.is(rest) || PRACTISES.is(rest) || STORY_AFTER.is(rest)
}

/// 「柏から車で30分」 of the home, or of the only place that the way can count from.
fn counts_from(rest: &str, p: &PlaceHit, home: Option<&str>) -> bool {
    FROM_HOME.is(rest)
        && !(p.value.ends_with('駅')
            && (rest.starts_with("から徒歩") || rest.starts_with("から歩")))
        && home.is_none_or(|h| {
            h == p.value || h.starts_with(p.value.as_str()) || p.value.starts_with(h)
        })
}

fn postal(head: &str) -> bool {
    head.contains('〒')
}

/// 「宇都宮」 alone at the foot of a mail is the writer.
fn name_alone(cx: &Cx, p: &PlaceHit) -> bool {
    let line = cx.doc.line_index(p.start);
    let own = cx.doc.lines.get(line);
    let alone = own.is_some_and(|l| {
        cx.doc.text(l.start, p.start).trim().is_empty()
            && cx
                .doc
                .text(p.end, l.end)
                .trim_matches([' ', '拝', '。', '(', ')'])
                .chars()
                .all(|c| c.is_ascii_digit())
    });
    alone
        && !cx
            .doc
            .text(p.start, p.end)
            .ends_with(['県', '市', '都', '府', '町', '村', '区'])
        && cx.doc.lines.get(..line).is_some_and(|before| {
            before.iter().filter(|l| l.role == Role::Own).count() > 2
                && before.last().is_some_and(|l| l.role == Role::Blank)
        })
        && cx
            .doc
            .lines
            .get(line + 1..)
            .is_some_and(|after| after.iter().take(3).all(|l| l.role != Role::Own))
}

/// A place in a bare list about oneself near the beginning: 「泌尿器科、55歳、高松市。」, 「姫路市飾磨区、整形外科専門医」.
pub fn told_of_self(cx: &Cx, p: &PlaceHit) -> bool {
    let line = cx.doc.line_index(p.start);
    let early = cx
        .doc
        .lines
        .iter()
        .take(line)
        .filter(|l| l.role == Role::Own)
        .count()
        < 5;
    if !early
        || cx.doc.latin
        || cx
            .doc
            .label_before(p.start)
            .is_some_and(|l| !l.contains('名') && !OF_THE_CALLER.is(l))
    {
        return false;
    }
    let rest = cx.rest(p.end);
    let alone = rest.is_empty()
        || rest.starts_with(['、', '。', ')', ' '])
        || rest.starts_with("より")
        || rest.starts_with("から。")
        || QUARTER.is(rest);
    let head = cx.head(p.start);
    let lead = head.is_empty() || head.ends_with(['、', '。', '(', ' ', ',']);
    let spoken = || {
        cx.scope
            .decide(cx.doc, p.start, p.end, Class::Place)
            .is_some_and(|v| v.spoken)
    };
    let single = || {
        !cx.places
            .iter()
            .any(|q| q.start != p.start && cx.doc.clause_at(q.start) == cx.doc.clause_at(p.start))
    };
    alone && lead && about_self(cx, p) && single() && !spoken()
}

pattern!(
    OF_THE_CALLER,
    r"^(?:相手(?:方|先)?|先方|本人|発信者|電話主|かけてきた方|来訪者)$"
);
pattern!(
    NAME_FIELD,
    r"^(?:お|ご)?(?:氏\s?名|名\s?前|芳名|なまえ|ふりがな|フリガナ)$|^(?:full )?name$"
);
pattern!(
    HOME_FIELD,
    r"^(?:(?:home )?address|residence|lives? in|living in|home|home town|based in|place of residence|where i live)$|^(?:お|ご|現)?(?:住所|住まい|居住地?|在住地?|自宅)$"
);

pattern!(QUARTER, r"^[\p{Han}ヶケの]{1,5}(?:区|町|村)?(?:、|。|$|\))");

/// The sentence, or a short one right before or behind it on the same line, tells who writes.
fn about_self(cx: &Cx, p: &PlaceHit) -> bool {
    if SELF.is(cx.sentence(p.start)) {
        return true;
    }
    let Some(line) = cx.doc.line_at(p.start) else {
        return false;
    };
    let words = cx.doc.text(line.start, line.end);
    cx.sentence(p.start).chars().count() < 16 && SELF.is(words)
}

/// The place where the doctor lives, where the mail says it.
pub fn home<'c>(cx: &'c Cx) -> Option<&'c PlaceHit> {
    let sure = cx
        .places
        .iter()
        .filter(|p| usable(cx, p))
        .find(|p| is_home(cx, p));
    let mine = || {
        cx.places
            .iter()
            .filter(|p| usable(cx, p) && cx.doc.counts(p.start))
    };
    sure.or_else(|| mine().find(|p| told_of_self(cx, p)))
        // 「久留米の権藤です」, 「横手市で泌尿器科医をしております」.
        .or_else(|| mine().find(|p| person_of(cx.rest(p.end)) || PRACTISES.is(cx.rest(p.end))))
        // The place that the commute counts from.
        .or_else(|| {
            mine().find(|p| {
                FROM_HOME.is(cx.rest(p.end))
                    && !cx.head(p.start).ends_with('~')
                    && !p.value.ends_with('駅')
            })
        })
}

fn usable(cx: &Cx, p: &PlaceHit) -> bool {
    let role = cx.doc.line_at(p.start).map(|l| l.role);
    matches!(role, Some(Role::Own | Role::Signature))
        && !matches!(
            p.value.as_str(),
            "全国"
                | "東北"
                | "関東"
                | "九州"
                | "四国"
                | "近畿"
                | "東海"
                | "北陸"
                | "首都圏"
                | "甲信越"
                | "中国"
        )
        && !p.value.ends_with("沿線")
        && !p.value.ends_with("沿い")
        && !cx.scope.others_speak(cx.doc, p.start)
}

/// Whether the mail says that the doctor lives there.
pub fn is_home(cx: &Cx, p: &PlaceHit) -> bool {
    if !usable(cx, p) {
        return false;
    }
    let rest = cx.rest(p.end);
    let head = cx.head(p.start);
    let sentence = cx.sentence(p.start);
    let moving = ["住むことに", "転居予定", "戻る", "に移り住み", "に住みたい"]
        .iter()
        .any(|w| sentence.contains(w))
        || head.contains("勤務先の住所")
        || head.ends_with("実家のある");
    let signature = cx
        .doc
        .line_at(p.start)
        .is_some_and(|l| l.role == Role::Signature);
    let address = rest
        .chars()
        .take(14)
        .any(|c| c.is_ascii_digit() || c == '○')
        && !rest.starts_with(['は', 'の', 'で', 'か']);
    (HOME_AFTER.is(rest)
        || lives_there(rest)
        || HOME_BEFORE.is(head)
        || in_own_bracket(head, rest)
        || cx.doc.latin && english_home::lives(head))
        && !moving
        || signature && (postal(head) || address || cx.doc.latin)
        || foot(cx, p) && !wished_there(cx, p)
}

/// Whether the line of a place stands under a heading of wishes.
fn wished_there(cx: &Cx, p: &PlaceHit) -> bool {
    let context = cx.doc.line_at(p.start).map(|l| l.context);
    context.is_some_and(|c| c.strength.is_some() || c.block == Block::Wish)
}
