//! Where the doctor lives: the surest of what the mail says.

use super::card::{Card, Kind, local, resolve};
use super::{Fact, Role, fact};
use crate::domain::wish::{ProfileField, Value};
use crate::understand::english::home as english_home;
use crate::understand::kin::husband;
use crate::understand::pattern::pattern;
use crate::understand::place::PlaceHit;
use crate::understand::rules::Cx;
use crate::understand::rules::specialty::of_person;

pattern!(
    LABEL,
    r"^(?:お|ご|現)?(?:住\s?所|住まい|居住地|在住地|在住|自宅|現住所|住所地)|現住所|市区町村|都道府県|住まい|お住|居住|^(?:home )?address|^lives? in$|^living in$|^residence|^home$"
);
pattern!(NOT_LABEL, r"勤務先|希望|病院|勤務地|施設|職場|転居先");
// Said behind the place.
pattern!(
    LIVES_AFTER,
    r"^(?:市内|市|県|区|町|村)?[\p{Han}ヶ]{0,4}(?:の)?(?:ご?自宅|お宅|在住|拙宅)|^(?:市|県|区|町|村)?(?:の[^、。\n]{1,8})?(?:在[。、)\n ]|に住(?:ん|む|み(?:[、。 ]|ます|$|おり)|まい)|住まい|住み(?:[、。 ]|の|です|で|$)|に(?:自宅|居を|家を|家が|持ち家|住まう)|(?:で|にて、?)(?:[^。、\n]{0,12}暮ら(?:し(?:て(?:い|お|ま|、|\d|き|来|も)|を|です|。|、)|す[\p{Han}])|生活|[^。、\n]{0,8}(?:生活を送|余生を|隠居))|(?:民|っ子)(?:です|で、|の[\p{Han}])|に暮ら|に居住|の(?:空いた)?家(?:に|から|で|は)|の拙宅|のお宅|@)|^(?:市|町|村)?から[^。、\n]{0,16}(?:通勤して|通って)(?:い|お)(?:ます|る|り)|^(?:市|町|村)?(?:より|から)(?:失礼|お便り|メール|ご連絡|お手紙|書い|はじめて)|^(?:市内|市|県|区|町|村|内)?に、?[^。、\n]{0,10}?(?:お住まい|(?:1人|独り|ひとり)(?:で)?暮らし|住んで(?:お|い|る|ま|も|、)|住んど|住まい(?:し|いた|致|です|で)|住まう|住む(?:。|、|$|[\p{Han}])|住み(?:ます|おり|、|内)|居住して|暮らして(?:お|い|ま|、)|暮らす|寓居|隠居して|隠棲|閑居|仮住まい|居を(?:構|定)|根を(?:下ろ|張)|腰を(?:据|落ち))|^(?:市|町|村)?に(?:お(?:る|ります|りまして|り|って)|い(?:る|ます)|居(?:る|ります|りまして|り))(?:。|、|$|\s|が|けど|[\p{Han}])|^(?:市|町|村)?(?:に|へ)(?:移って|移住して|越して|引っ越して)(?:\d|き|か|十|お|い|まい|参|、)|^(?:市|町|村)?に[^。、\n]{1,16}(?:と|で)(?:暮らし|住んで)|^から動く気は|^を離れる気は"
);
pattern!(
    BOARDS,
    r"^(?:市|県|区|町|村)?(?:に|で)住み込|^に住むこと|^に住みたい|^に移り住"
);
// Said before the place.
pattern!(
    LIVES_BEFORE,
    r"(?:住まい|住んで(?:い|お)る(?:の|ところ)|自宅|現住所|住\s?所|居住地|お住まい|ご自宅|ご住所|拙宅|自宅住所|(?:今|いま|現在)の家|家は(?:今|いま)|住まいのあります|自宅のある|家のある|^家|[、。\s(]家|うち)\s?(?:は|が|も|:|=|->|→|のある|\(|は、)?\s?(?:〒?[\d-]{0,9})?\s?$|〒[\d\-x○]*\s*$"
);
pattern!(
    LIVES_EN,
    r"(?:i|we|who|and|he|she)\s(?:currently\s|now\s)?(?:live|lives|reside|resides|am based|am living)\sin\s(?:\w+,\s)?$|living in\s$|based in\s$|residing in\s$|home is in\s$|my home in\s$|home:\s$|lives? in:?\s|residence:?\s|(?:psychiatrist|physician|doctor|surgeon|internist|oncologist|[a-z]+ologist|[a-z]+ician|[a-z]+ist)\s(?:from|in)\s(?:\w+,\s)?$"
);
// The place stands with the person: 「久留米の権藤です」, 「久慈市で消化器内科の勤務医をしている下山です」.
pattern!(
    PERSON_OF,
    r"^(?:市|県|町)?の[\p{Han}]{1,6}(?:科|医)、[\p{Han}]{1,6}(?:です|でご|と申)|^(?:市|県|町)?の[\p{Han}]{0,5}科医。\s?\d{2}(?:。|歳|才)|^(?:市|県|町)?の[\p{Han}]{1,4}先生(?:\([^)\n]{0,24}\))?(?:から|より)の?(?:お?電話|tel|入電|留守電|着電|メール|fax|問い?合わ)|^(?:市|県|町)?の[\p{Han}]{1,8}(?:科|内|医|形)?[・ ](?P<m>[\p{Han}]{1,4})\s?先生|^(?:市|県|町)?[のん](?:[^。、\n]{0,12}(?:医|科)(?:の|で、?|をしている|をしております)?)?(?P<n>[\p{Han}\p{Katakana}ー々]{1,8})?(?:\s[\p{Han}]{1,3})?(?:です|でございます|だす|どす|だがね|だがや|ばい|じゃ|や。|だ。|と申|ち申|っ?て(?:いい|言い)ます|といい|いいます|と言い|\([^)\n]{0,20}\)(?:と申|です)|@)|^(?:市)?の[^。、\s]{0,8}(?:科医|内科医|外科医|医師|開業医|町医者|医者)(?:で|です|、|。|と|\s|$)|^(?:市)?の\d{2}歳|^(?:市|町)?の(?:[^。、\n]{0,8}(?:科|内|外|形|麻酔|救急)の)?[\p{Han}]{1,6}(?:\(|、\d{2}|(?:\(\d{2}\))?です)"
);
pattern!(
    NOT_PERSON,
    r"病院|クリニック|医院|診療所|センター|大学|施設|勤務|職場|求人|希望|^の?(?:件|話|方|間)(?:です|でご|で|は|が|に|と|、|$)|ほう|外来|条件|場合|どこ|辺|実家|出身|生まれ|患者|老健|市内|あたり|方面|みです|だけ|の間"
);
pattern!(
    PRACTISES,
    r"^(?:市|県|町|村)?(?:内)?(?:で|にて)(?:、)?(?:\d{1,2}年[^。\n]{0,20}(?:医|診|科)|[^。、\n]{0,12}(?:看板|暖簾|のれん)を|[^。、\n]{0,12}(?:科|医)(?:を|の勤務医|医)[^。\n]{0,24}(?:と申|です|おります|います|まして|やって|続け)|[^。、\n]{0,10}(?:クリニック|医院|診療所)を(?:開い|開業|営|経営|やって)|働く[^。\n]{0,14}(?:です|と申|、)|[^。、\n]{0,6}開業(?:して(?:い|お)|医)|過ごしてまい|(?:小さな)?(?:医院|診療所)を)"
);
// The commute counts from there.
pattern!(
    FROM_THERE,
    r"^(?:市|県|区)?(?:内)?から(?:は)?、?(?:乗り換え|(?:の)?(?:車|電車|バス|自転車|徒歩|歩い|地下鉄|jr|タクシー|乗車|片道|ドア|\d{1,3}(?:分|時間|キロ)))|^(?:市|区)?から[^。、\n]{0,12}(?:\d{1,3}分|\d時間)(?:まで|以内|くらい|程度)|^(?:市|区)?から[^。、\n]{0,14}に通(?:って|い|勤)|^から通(?:い(?:ます|たい|やす)|っ)|^(?:まで|から)自宅"
);
pattern!(
    MOVED_ON,
    r"学生時代|若い頃|若いころ|かつて|以前|生まれ|育(?:ち|った)|出身|帰り?たい|戻り?たい|戻る|移り?たい|住みたい|住むことに|転居(?:予定|する|し(?:ます|たい))|引っ越(?:す|し)(?:予定|ます)|実家|故郷|郷里|赴任|義父|義母|両親|単身先|別荘|妻の|夫の|家内の|移る予定|移らねば"
);

pattern!(
    ANOTHER,
    concat!(
        r"(?:妻|",
        husband!(),
        r"|主人|家内|女房|旦那|息子|娘|義父|義母|両親|母|父|兄|弟|姉|妹|友人|知人|同僚|同期|後輩|先輩)(?:は|が|も|の)[^。\n]{0,12}$|(?:husband|wife|parents|son|daughter)\b[^.\n]{0,20}$"
    )
);

struct Found {
    rank: u8,
    value: String,
    start: usize,
    end: usize,
}

/// The home, where the mail tells it.
pub(super) fn home(cx: &Cx, card: &Card, proxy: bool, out: &mut Vec<Fact>) {
    let mut found: Vec<Found> = Vec::new();
    for p in &cx.places {
        if let Some(rank) = rank(cx, p, proxy) {
            found.push(Found {
                rank,
                value: p.value.clone(),
                start: p.start,
                end: p.end,
            });
        }
    }
    for p in &card.pieces {
        if let Kind::Place(value) = &p.kind {
            found.push(Found {
                rank: 4,
                value: value.clone(),
                start: p.start,
                end: p.end,
            });
        }
    }
    bare_person_of(cx, &mut found);
    found.retain(|f| local(&f.value));
    for f in &mut found {
        if f.value == "名駅" {
            f.value = "名古屋駅".to_owned();
        }
    }
    found.sort_by_key(|f| (f.rank, f.start));
    let Some(first) = found.first() else { return };
    // 「お住まいの都道府県：群馬県」 over 「市区町村：高崎市」: the closer one says more.
    let closest = found
        .iter()
        .filter(|f| f.rank <= 4 && f.value.starts_with(first.value.as_str()))
        .max_by_key(|f| f.value.len())
        .unwrap_or(first);
    out.push(fact(
        ProfileField::Home,
        Value::text(closest.value.clone()),
        closest.start,
        closest.end,
        "profile::home",
    ));
}

/// Whether the words behind a place say that one lives there.
pub fn lives_there(rest: &str) -> bool {
    pattern!(
        KIN,
        r"^[^。、\n]{0,14}(?:る|む|す)(?:私の)?(?:妻|夫|息子|娘|長男|長女|次男|次女|孫|兄|弟|姉|妹|甥|姪|いとこ|友人|知人|両親|母|父|義父|義母|先輩|後輩|同期)"
    );
    LIVES_AFTER.is(rest) && !KIN.is(rest)
}

/// Whether the words behind a place say that one practises there.
pub fn practises_there(rest: &str) -> bool {
    PRACTISES.is(rest)
}

/// How sure a place is the home: 0 a form's field, 1 said, 2 an address at the foot, 3 of the person, 6 counted from.
fn rank(cx: &Cx, p: &PlaceHit, proxy: bool) -> Option<u8> {
    let role = cx.doc.line_at(p.start)?.role;
    let rest = cx.rest(p.end);
    let head = cx.head(p.start);
    let around = around(cx, p);
    if !matches!(role, Role::Own | Role::Signature)
        || cx.doc.masked(p.start)
        || !proxy && ANOTHER.is(around.0)
        || !local(&p.value)
    {
        return None;
    }
    if role == Role::Signature {
        let address = head.contains('〒')
            || cx.doc.latin
            || rest
                .chars()
                .take(14)
                .any(|c| c.is_ascii_digit() || c == '○')
            || head.trim().is_empty();
        return (address && !proxy && !head.contains("勤務先")).then_some(2);
    }
    if let Some(label) = cx.doc.label_before(p.start)
        && LABEL.is(label)
        && !NOT_LABEL.is(label)
    {
        return Some(0);
    }
    if head.contains("勤務先の住所") || head.contains("勤務先住所") || head.contains("勤務先:")
    {
        return None;
    }
    let sentence = cx.sentence(p.start);
    if BOARDS.is(rest) || cx.scope.asked(p.start) {
        return None;
    }
    if cx.doc.latin {
        if !proxy && crate::understand::english::of_another(cx.doc, p.start) {
            return None;
        }
        let said = LIVES_EN.is(head) || english_home::lives(head) || lives_above(cx, p);
        return if said {
            Some(1)
        } else if foot(cx, p) {
            Some(2)
        } else {
            (english_home::comes_from(head) && !p.value.ends_with('駅')).then_some(6)
        };
    }
    if foot(cx, p) {
        return Some(2);
    }
    // 「妻の実家のある出雲に引っ越します（現在は大阪府吹田市）」.
    if (head.ends_with("現在は") || head.ends_with("今は") || head.ends_with("現在、"))
        && (rest.is_empty() || rest.starts_with([')', '。', '、']) || rest.starts_with("です"))
    {
        return Some(1);
    }
    let gone = MOVED_ON.is(around.0)
        || MOVED_ON.is(around.1)
        || sentence.contains("住むことに")
        || sentence.contains("転居予定")
        || sentence.contains("いつか帰");
    if LIVES_BEFORE.is(head) && rest.starts_with("に家が") {
        return None;
    }
    let at_home = ["の自宅", "市の自宅", "のご自宅", "市のご自宅"]
        .iter()
        .any(|w| rest.starts_with(w));
    if (lives_there(rest) || LIVES_BEFORE.is(head)) && (!gone || at_home) {
        // A house that only lies there is less than a place that one lives in.
        return Some(
            if rest.starts_with("の家") || rest.starts_with("の空いた") {
                5
            } else {
                1
            },
        );
    }
    if proxy && (head.ends_with("実家は") || head.ends_with("実家は長野の")) {
        return Some(1);
    }
    let bracketed = head.ends_with("自宅(") || head.ends_with("住まい(") || head.ends_with("家(");
    if bracketed || LIVES_BEFORE.is(head) && !gone {
        return Some(1);
    }
    if gone {
        return None;
    }
    let told = proxy && head.ends_with(['(', '、', '・']) && of_person(head);
    if told
        || person_of(rest)
        || head.trim().is_empty() && opens_with_name(rest) && early(cx, p.start)
    {
        return Some(3);
    }
    if PRACTISES.is(rest) && !rest.contains("希望") && early(cx, p.start) {
        return Some(3);
    }
    let wished = cx
        .doc
        .label_before(p.start)
        .is_some_and(|l| l.contains("希望") || l.contains("wish"));
    let ends = head.ends_with(['~', '-']) || head.ends_with("または") || head.ends_with('か');
    (FROM_THERE.is(rest) && !ends && !wished).then_some(6)
}

/// The words of the clause before the place and the nearest ones behind it.
fn around<'c>(cx: &'c Cx, p: &PlaceHit) -> (&'c str, &'c str) {
    let (s, e) = cx.doc.clause_at(p.start);
    let cut = |from: usize, to: usize, back: bool| -> (usize, usize) {
        let text = cx.doc.text(from, to);
        let n = text.chars().count();
        if n <= 16 {
            return (from, to);
        }
        let at = |k: usize| text.char_indices().nth(k).map_or(text.len(), |x| x.0);
        if back {
            (from + at(n - 16), to)
        } else {
            (from, from + at(16))
        }
    };
    let before = cut(s.min(p.start), p.start, true);
    let behind = cut(p.end, e.max(p.end), false);
    (
        cx.doc.text(before.0, before.1),
        cx.doc.text(behind.0, behind.1),
    )
}

// 「寺町0-0-0」, 「字上野1234番地」.
pattern!(
    STREET,
    r"^[\p{Han}\p{Katakana}ヶ]{1,10}\s?\d{1,5}(?:(?:-|番|丁目|番地|号)\d{0,5}){1,4}\s*$"
);

/// Whether a place is an address alone on one of the last lines.
pub fn foot(cx: &Cx, p: &PlaceHit) -> bool {
    let last = cx
        .doc
        .lines
        .iter()
        .rposition(|l| l.role == Role::Own)
        .unwrap_or(0);
    let at = cx.doc.line_index(p.start);
    let rest = cx.rest(p.end);
    let more = cx
        .places
        .iter()
        .any(|q| q.start > p.start && q.start < p.end + rest.len() && !cx.doc.latin);
    at + 3 > last
        && at > 0
        && (cx.head(p.start).trim().is_empty() || cx.head(p.start).trim().starts_with('〒'))
        && !more
        && !(cx.doc.latin && rest.split_whitespace().count() > 2)
        && (STREET.is(rest)
            || rest.chars().all(|c| {
                c.is_ascii_digit()
                    || " -,.○町村字番地丁目".contains(c)
                    || cx.doc.latin && c.is_ascii_alphabetic()
            }))
        && (cx.doc.latin
            || p.value.ends_with(['市', '区', '町', '村'])
                && cx.doc.text(p.start, p.end).starts_with(p.value.as_str()))
}

/// Whether the words behind a place name the writer as of there: 「八戸の蛯名だす」.
pub fn person_of(rest: &str) -> bool {
    PERSON_OF.first(rest).is_some_and(|c| {
        let words = c.get(0).filter(|m| m.start() == 0).map(|m| m.as_str());
        words.is_some_and(|w| !NOT_PERSON.is(w))
            && c.name("n")
                .is_none_or(|n| n.as_str().ends_with('医') || super::name::is_name(n.as_str()))
    })
}

/// 「佐世保の大隈、呼吸器内科」.
fn opens_with_name(rest: &str) -> bool {
    pattern!(NAMED, r"^の(?P<n>[\p{Han}々]{1,4})、");
    NAMED
        .first(rest)
        .and_then(|c| c.name("n").map(|n| super::name::is_name(n.as_str())))
        .unwrap_or(false)
}

/// The course of life is told at the head of a letter.
fn early(cx: &Cx, at: usize) -> bool {
    cx.doc.own_lines_above(at) < 6
}

/// 「a medical oncologist in Sendai (Aoba-ku)」, where a ward stands in the bracket.
fn lives_above(cx: &Cx, p: &PlaceHit) -> bool {
    cx.head(p.start)
        .trim_end()
        .strip_suffix('(')
        .is_some_and(|h| {
            cx.places.iter().any(|q| {
                q.end <= p.start
                    && p.start - q.end <= 2
                    && LIVES_EN.is(cx.head(q.start))
                    && h.ends_with(|c: char| c.is_alphabetic())
            })
        })
}

/// A name without 市 beside a person: 「佐世保の大隈、呼吸器内科」, 「湯浅@尾道です」.
fn bare_person_of(cx: &Cx, found: &mut Vec<Found>) {
    pattern!(
        BARE,
        r"(?:^|[\n。、\s(・])(?P<p>[\p{Han}\p{Katakana}ヶ々]{2,5})[のん](?P<n>[\p{Han}々]{1,4})(?:です|だす|どす|だがね|だがや|ばい|じゃ|や。|だ。|ち申|っ?て(?:いい|言い)ます|と申|といい|いいます|でござい|と言い|、|拝|より|\s?[\p{Han}]{1,3}です)|@(?P<q>[\p{Han}\p{Katakana}]{2,5}?)(?:です|$|\n|。|、|より|から|在住)|(?:^|[・(\s])(?P<r>[\p{Han}]{2,5})の人(?:です|だが|$|。)|(?:^|[。、\n\s])(?P<s>[\p{Han}ヶ]{2,5})(?:に|で)"
    );
    for c in BARE.all(cx.text()).into_iter().take(24) {
        let Some(m) = c.name("p").or(c.name("q")).or(c.name("r")).or(c.name("s")) else {
            continue;
        };
        let known = cx
            .places
            .iter()
            .any(|p| p.start < m.end() && m.start() < p.end);
        let named = c
            .name("n")
            .is_none_or(|n| super::name::is_name(n.as_str()) && !NOT_PERSON.is(n.as_str()));
        if c.name("s").is_some() && !LIVES_AFTER.is(cx.rest(m.end())) {
            continue;
        }
        let dept = cx
            .depts
            .iter()
            .any(|p| p.start < m.end() && m.start() < p.end);
        if known
            || dept
            || !named
            || !super::own(cx, m.start())
            || super::another(cx, m.start())
            || !early(cx, m.start())
        {
            continue;
        }
        if let Some(value) = resolve(m.as_str()) {
            found.push(Found {
                rank: 3,
                value,
                start: m.start(),
                end: m.end(),
            });
        }
    }
}
