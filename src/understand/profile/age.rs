//! How old the doctor is.

use super::card::{Card, Kind, figure};
use super::{Fact, fact, own};
use crate::domain::wish::{ProfileField, Value};
use crate::understand::kin::{child, husband};
use crate::understand::pattern::{number, pattern};
use crate::understand::rules::Cx;
use chrono::Datelike;

pattern!(
    SAID,
    r"(?P<a>[2-9]\d)\s?(?:歳|才|さい)|(?:齢|当年(?:とって|取って)?|馬齢|行年|よわい)\s?(?P<b>[2-9]\d|[二三四五六七八九][十拾][一二三四五六七八九]?)(?:[^\d:]|$)|(?:i am|i'm|aged?)\s(?P<c>[2-9]\d)\b|(?P<d>[2-9]\d)[\s-]?(?:years?[\s-]old|yrs?\sold|y/o)|(?:\),|\bdr\.?[^.\n]{0,30},)\s(?P<e>[2-9]\d)\b[,.]|(?P<f>[2-9]\d),\slicensed"
);
// What follows says that the figure is a limit, a time or another's.
pattern!(
    NOT_AN_AGE,
    r"^\s?(?:の(?:病院|職場|施設|制)|まで|以上|以下|未満|以降|代|定年|くらい|ぐらい|前後|を?過ぎ|を?超え|から|頃|のころ|のとき|の時|時に|で(?:定年|終わ|退職|引退|辞|切)|の(?:母|父|妻|夫|子|息子|娘|孫|患者|方|院長|先生(?:に|が|も)|誕生日まで)|の壁|が(?:上限|定年)|限り|迄|でも)|^(?:歳|才)?定年"
);
pattern!(
    ANOTHER,
    concat!(
        r"(?:妻|",
        husband!(),
        r"|主人|家内|母|父|両親|息子|娘|長男|長女|次男|次女|",
        child!(),
        r"|子供|子ども|孫|義父|義母|祖父|祖母|兄|弟|姉|妹|院長|理事長|施設長|前任|先輩|後輩|同僚|患者|患者さん|定年)(?:さん)?(?:も|は|が|の|、|:|\()?\s?(?:今年|現在|満|で|もう)?[^。、\n]{0,3}$"
    )
);
pattern!(
    COMING,
    r"(?:来月|来年|再来月|今度|この暮れ|年末|もうすぐ|まもなく|間もなく|近々|次の|来春|来夏|来る|あと\S{1,4}で)[^。\n]{0,10}$|(?P<m>\d{1,2})月(?:\d{1,2}日)?(?:で|に|の誕生日で)(?:満)?$"
);
pattern!(
    BECOMES,
    r"^\s?(?:歳|才|さい)?(?:に(?:なり(?:ます|、|$|。)|なる|達)|を(?:迎え(?:る|ます)|むかえ)|と(?:なり|なる)|の誕生日を(?:迎え(?:る|ます)|むかえ(?:る|ます))|の誕生日(?:です|。|、|$)|です|だ|\)|$|。|、)"
);
pattern!(
    SPOKEN,
    r"(?:先週|先日|先月|今週|昨日|今月|今日|本日|過日|このたび|この[春夏秋冬])(?:で|に|、)?(?P<q>[2-9]\d)(?:に|と)(?:な(?:り|っ)|達し)|(?:^|[、。\n\s(]|は|で|もう|すぐ|まだ|ちょうど|今年|本年|当年|来月|来年|月に|度に)(?P<n>[2-9]\d)(?:です|だす|っす|でございます|どす|だ(?:。|が|し|けど)|や(?:。|けど|から|で)|じゃ|の(?:外科|内科|医|男|女|手習|[^。、\n]{0,7}科医))|(?:^|[^\d.,~〜万億円約計第週¥/が十百-])(?P<o>[2-9]\d|[三四五六七八九]十[一二三四五六七八九]?)(?:になり(?:ま|、)|になる|になった|になって|になりゃ|とな(?:り(?:ま|、)|った|って)|に(?:相成|あいな)|の(?:誕生日|春|正月)を(?:迎|むか|済|祝|過)|の[^。、友先同\n]{0,6}(?:科|内|外)医|の大台(?:に|を)(?:乗|のり|のっ|迎|越))|(?P<m>[4-9]\d)の(?:身(?:で|に|と|の)|手前|爺|婆|おじい|おばあ|じい|ばあ|年寄|老)"
);
pattern!(
    FESTIVE,
    r"(?P<w>還暦|古希|古稀|喜寿|傘寿|米寿)(?:を迎え|となり|になり|になった|の(?:身|年|爺|[^。、友先同妻夫\n]{0,8}医)|です|の祝い|、)"
);
/// The first thing that says it, the surest first.
pub(super) fn age(cx: &Cx, card: &Card, proxy: bool, out: &mut Vec<Fact>) {
    let found = labelled(cx)
        .or_else(|| said(cx, proxy))
        .or_else(|| carded(card))
        .or_else(|| bracketed(cx))
        .or_else(|| spoken(cx, proxy))
        .or_else(|| beside(cx, proxy))
        .or_else(|| festive(cx, proxy));
    if let Some((value, s, e, rule)) = found {
        out.push(fact(ProfileField::Age, Value::Number(value), s, e, rule));
    }
}

type Found = (i64, usize, usize, &'static str);

/// 「年齢：61」, 「②歳　74」, 「●年齢＝46」, 「[age] 52」.
fn labelled(cx: &Cx) -> Option<Found> {
    // A birth date gives no age: only what the mail itself says is written down.
    pattern!(
        FIELD,
        r"(?:年\s?[齢令]|[①-⑳●■◆・]\s?歳|お歳|\bage)(?:は|\s?\((?:満|歳)\))?[\s:=|→】\])}>.…‥-]{1,24}満?\s?(?P<n>[2-9]\d)(?:\s?[歳才さ\n,、。()/|①-⑳●■◆・【\[]|\s|$)|(?:年齢は|年は|歳は)(?P<m>[2-9]\d)"
    );
    FIELD.all(cx.text()).into_iter().find_map(|c| {
        let m = c.name("n").or(c.name("m"))?;
        let rest = cx.rest(m.end());
        (own(cx, m.start()) && !NOT_AN_AGE.is(rest.trim_start_matches(['歳', '才', ' ']))).then(
            || {
                (
                    m.as_str().parse().unwrap_or(0),
                    m.start(),
                    m.end(),
                    "age::label",
                )
            },
        )
    })
}

/// 「61歳です」 where nothing makes it a limit or another person's.
fn said(cx: &Cx, proxy: bool) -> Option<Found> {
    SAID.all(cx.text()).into_iter().find_map(|c| {
        let m = ["a", "b", "c", "d", "e", "f"]
            .iter()
            .find_map(|g| c.name(g))?;
        let value = figure(m.as_str())?;
        let end = m
            .end()
            .max(c.name("a").map_or(0, |_| c.get(0).map_or(0, |a| a.end())));
        let head = cx.head(m.start());
        let rest = cx.rest(m.end()).trim_start_matches([' ', '歳', '才']);
        let rest = rest.strip_prefix("さい").unwrap_or(rest);
        let mine = own(cx, m.start())
            && (proxy || !super::another(cx, m.start()) && !ANOTHER.is(head))
            && (proxy || !cx.doc.latin || super::latin::mine(cx, m.start()))
            && !NOT_AN_AGE.is(rest)
            && !head.ends_with(|c: char| c.is_ascii_digit() || c == '~' || c == '-');
        mine.then(|| {
            (
                value - coming(cx, head, m.end()),
                m.start(),
                end,
                "age::said",
            )
        })
    })
}

/// One where the birthday that the words name still lies ahead.
fn coming(cx: &Cx, head: &str, end: usize) -> i64 {
    let Some(c) = COMING.first(head) else {
        return 0;
    };
    let rest = cx.rest(end);
    if let Some(month) = number(&c, "m") {
        let ahead = month > i64::from(cx.today.month());
        return i64::from(ahead && BECOMES.is(rest) && !rest.contains("ました"));
    }
    let till = rest.chars().take(12).collect::<String>();
    i64::from(BECOMES.is(rest) || till.contains("にな") || till.contains("迎え"))
}

fn carded(card: &Card) -> Option<Found> {
    card.pieces.iter().find_map(|p| match p.kind {
        Kind::Age(n, _) => Some((n, p.start, p.end, "age::card")),
        _ => None,
    })
}

/// 「皮膚科医です(53)」, 「瀬能先生（放診・60）」: a bare number in the bracket behind a person.
fn bracketed(cx: &Cx) -> Option<Found> {
    pattern!(
        BRACKET,
        r"(?:先生|医師|医|です|ます|と申します|氏|さん|[\p{Han}]{2})\s?\((?P<in>[^()\n]{1,40})\)"
    );
    pattern!(
        LONE,
        r"(?:^|[、・,\s/])(?:満)?(?P<n>[3-9]\d)(?:$|[、・,\s/])|来月(?P<x>[3-9]\d)になる"
    );
    BRACKET.all(cx.text()).into_iter().find_map(|c| {
        let inside = c.name("in")?;
        let at = inside.start();
        if !own(cx, at) || super::another(cx, at) || ANOTHER.is(cx.head(c.get(0)?.start())) {
            return None;
        }
        let l = LONE.first(inside.as_str())?;
        let (m, less) = match (l.name("n"), l.name("x")) {
            (Some(n), _) => (n, 0),
            (None, Some(x)) => (x, 1),
            _ => return None,
        };
        let value: i64 = m.as_str().parse().ok()?;
        Some((value - less, at + m.start(), at + m.end(), "age::bracket"))
    })
}

/// 「四十八です」, 「七十になったじゃ」, 「74の爺」: a number that is said like an age.
fn spoken(cx: &Cx, proxy: bool) -> Option<Found> {
    SPOKEN.all(cx.text()).into_iter().find_map(|c| {
        let m = ["n", "o", "m", "q"].iter().find_map(|g| c.name(g))?;
        let value = figure(m.as_str())?;
        let head = cx.head(m.start());
        let clause = cx.clause(m.start());
        let counted = [
            "通勤", "片道", "日数", "平均", "人数", "件", "床", "回", "患者", "年収", "偏差",
            "最大", "時給", "月給", "単価", "料金", "まで",
        ]
        .iter()
        .any(|w| clause.contains(w));
        (own(cx, m.start())
            && !counted
            && (proxy || !super::another(cx, m.start()) && !ANOTHER.is(head))
            && cx.doc.label_before(m.start()).is_none())
        .then(|| {
            (
                value - coming(cx, head, m.end()),
                m.start(),
                m.end(),
                "age::spoken",
            )
        })
    })
}

/// 「泌尿器科の69です」, 「主人は産婦人科で六十九、」, 「…の牟田です、66。」: a bare number beside what a person is.
fn beside(cx: &Cx, proxy: bool) -> Option<Found> {
    pattern!(
        BEHIND_DEPT,
        r"^(?:科)?(?:の?(?:専門)?医(?:師)?)?(?:の|で、?|、|,|をしており(?:ます|まして)、?|です。|です、|一筋、?|\s)(?:満|今年で?|本年で?|当年|もう|現在|今|年は|歳は|ことし)?(?P<n>[2-9]\d)(?:です|でございます|だす|っす|じゃ|どす|や(?:。|で|けど)|だ(?:。|が)|、|。|$|\))"
    );
    pattern!(
        BEHIND_NAME,
        r"(?:です|と申します|といいます|と言います|いいます|でございます|だす|だ|や|じゃ)(?:、|。)\s?(?:満|今年で?|本年で?|当年|もう|現在|今|年は|歳は|ことし)?(?P<n>[2-9]\d)(?:です(?:。|、|$)|でございます|だす|、|。|$)"
    );
    let of_depts = cx.depts.iter().filter_map(|d| {
        let n = BEHIND_DEPT.first(cx.rest(d.end))?.name("n")?.range();
        Some((d.end + n.start, d.end + n.end))
    });
    let of_names = BEHIND_NAME
        .all(cx.text())
        .into_iter()
        .filter_map(|c| c.name("n").map(|n| (n.start(), n.end())));
    of_depts
        .chain(of_names)
        .filter(|(start, end)| {
            let head = cx.head(*start);
            own(cx, *start)
                && cx.doc.own_lines_above(*start) < 6
                && cx.doc.label_before(*start).is_none()
                && (proxy || !super::another(cx, *start) && !ANOTHER.is(head))
                && !super::of_kin(head, proxy)
                && !NOT_AN_AGE.is(cx.rest(*end))
        })
        .find_map(|(start, end)| {
            let value: i64 = cx.doc.text(start, end).parse().ok()?;
            (24..=95)
                .contains(&value)
                .then_some((value, start, end, "age::beside"))
        })
}

/// 「今年古希を迎えました」.
fn festive(cx: &Cx, proxy: bool) -> Option<Found> {
    FESTIVE.all(cx.text()).into_iter().find_map(|c| {
        let m = c.name("w")?;
        let value = match m.as_str() {
            "還暦" => 60,
            "古希" | "古稀" => 70,
            "喜寿" => 77,
            "傘寿" => 80,
            _ => 88,
        };
        let another = !proxy && (super::another(cx, m.start()) || ANOTHER.is(cx.head(m.start())));
        let coming = cx.head(m.start()).contains("来年");
        let end = c.get(0)?.end();
        (own(cx, m.start()) && !another)
            .then(|| (value - i64::from(coming), m.start(), end, "age::festive"))
    })
}
