//! The departments that the doctor practises or is trained in.

use super::card::{Card, Kind};
use super::{Fact, fact, latin, own};
use crate::domain::wish::{ProfileField, Value};
use crate::understand::kin::husband;
use crate::understand::lexicon::Meaning;
use crate::understand::pattern::pattern;
use crate::understand::rules::{Cx, specialty};

// Words that name a department only where the mail says that it is the writer's.
pattern!(
    LOOSE_WORD,
    r"麻酔|救急|透析|糖尿病|リハビリ|緩和|産婦|セイケイ"
);
// Said behind the department: it is what the writer does.
pattern!(
    PRACTISES,
    r"^(?:科)?で、?[^。、\n]{0,8}?(?:働いて|勤めて|勤務して|診療して|診療に携わって|診察して|仕事をして)(?:き(?:ま|た)|まい|参|い|お)|^(?:科)?に(?:勤務|所属|在籍)(?:し|いたし)て(?:い|お)|^(?:科)?の?(?:部長|医長|科長|教授|准教授|講師|助教|主任|責任者|診療部長)(?:職)?を(?:して(?:い|お|き|ま)|務めて|つとめて|勤めて|拝命し|仰せつか)|^(?:科)?と[^。、\n]{2,8}を専門に|^で、|^(?:科)?で、?[\p{Han}々]{1,5}(?:と申|といい|と言)|^(?:科)?の(?:老|町|勤務|開業|臨床|女|男性|女性|しがない)?医(?:師|者)?(?:で(?:ご|す|、|あ)|を(?:して|やって)|の[\p{Han}]|と申|、|。)|^(?:科)?の?(?:開業|勤務|臨床)医|^(?:科)?の?(?:小さな|ささやかな|個人)?(?:医院|クリニック|診療所)?を(?:開業|開設|開い|営ん|営み)|^(?:科)?を[^。、\n]{1,8}やって(?:い(?:ます|る|まし|た)|おり|きま|き(?:た|て)|まい|来)|^(?:科)?で、?(?:満|当年|今年で?|もう)?[3-9]\d(?:歳|才|です|っす|でご|だ|や|じゃ|どす|、|。|$|に)|^(?:科)?でござい(?:ます|まし)|^(?:科)?を(?:専ら|もっぱら|専業|本業|生業|なりわい)(?:に|と)|^(?:科)?が(?:本職|本業|本来|持ち場|メインです)|^(?:科)?(?:クリニック|医院|診療所)(?:に|で)(?:勤め|勤務して|働い)|^(?:科)?を(?:診て|担当して|受け持って)(?:い|お|まい|き)|^(?:科)?でした(?:。|が|$)|^(?:科)?の(?:看板|暖簾|のれん)を(?:掲げ(?:、|て|続け|\d)|守|下ろ|降ろ|出して|背負)|^(?:科)?の出(?:で|です|だ|身|、|。|$)|^(?:科)?(?:上がり|あがり|育ち)(?:の|で|、|。)|^(?:科)?(?:を|で)(?:標榜して(?:い|お)|身を立て|飯を食|メシを食|食って(?:き|来)|生きて(?:き|来)|過ごして(?:き|来|まい))|^(?:科)?(?:を|が|は)?(?:(?:主に|ずっと|長年|少し|一応)?やって(?:い|お|ま|き|る|て|[2-6一二三四五]\d?|おります)|専門(?:です|に|と|、|。|$|\n|で)|専攻|一筋|ひとすじ|ひと筋|一本(?:で|の|や|。|、|$|\n)|畑(?:で|を|一)|屋(?:です|を)|\d{1,2}年(?:目|やって|、|。|$|です|間)|歴\d|して(?:い|お)り?ます|長年|[^。、\n]{0,4}ヤッテ|30|40|診療に(?:携わ|従事))|^(?:科)?も(?:少し|一部|若干|多少|ときどき|時々)?(?:やって|診て|手がけ|やります)|^(?:科)?の(?:診療|臨床)(?:一筋|一本)?に[^。、\n]{0,6}(?:携わ|従事|打ち込|明け暮れ)|^(?:科)?に(?:\d{1,2}年|長年|従事|携わ)|^(?:科)?(?:クリニック|医院|診療所)(?:を|の院長)(?:開|経営|営|やって|して)?|^(?:科)?で\d{1,2}年|^(?:科)?ば(?:やって|\d)|^(?:科)?の[3-9]\d(?:歳|才|です|でござい|、|。|$)|^(?:科)?として\d|^ ヲ \d"
);
// 「五年前からリハビリテーション科に移りました」.
pattern!(
    MOVED,
    r"^(?:科)?(?:に|へ)(?:移り|転じ|転向し|替わり|変わり|転科し|鞍替えし)(?:ました|まして|、|た)"
);
// 「内科の菅原だす」: the person of the department.
pattern!(
    PERSON_OF,
    r"^(?:科)?の(?P<n>[\p{Han}々ヶノ]{1,5}(?:\s[\p{Han}]{1,3})?)(?:\([\p{Hiragana}\s]{2,12}\))?(?:先生|です(?:。|、|$|が|わ|ねん|けど|よ|\n)|と申|ち申|っ?て(?:いい|言い)|といい|と言|いいます|でござい|だす|だがね|だがや|どす|や(?:。|けど|で)|じゃ|だ(?:。|が、|けど)|ばい|っす|と(?:いう|言う)者)"
);
// A form's field that stands in the middle of a line.
pattern!(
    FIELD_BEFORE,
    r"(?:診療科目?|専門(?:科目?|分野|領域)?|科目|現科目|標榜(?:診療)?科?目?|診療領域|担当科|所属科|現在の科|dept|specialty|specialities|field)\s?(?:[:=|→】\])]|->|は|が|\s)[\s:=|→]*(?:(?:主|副)\s+)?$|(?:^|\s)(?:主|副)\s+$"
);
pattern!(
    ANOTHER,
    concat!(
        r"(?:仲間|同期|同級生|友人|知人|知り合い|同僚|先輩|後輩|部下|息子|娘|長男|長女|妻|",
        husband!(),
        r"|主人|家内|弟|兄|姉|妹|父|母|後継ぎ|跡継ぎ|前任|後任|院長|飯島先生|甥|姪|婿|いとこ|従兄弟?|従姉妹?|従弟|従妹|叔父|伯父|叔母|伯母|義父|義兄|義弟|恩師|教え子|弟子)(?:さん)?(?:の|が|は|も|\(|、)[^。\n]{0,10}$|(?:husband|wife|son|daughter|father|mother|brother|sister|cousin|uncle|aunt|nephew|niece|colleague|friend)\b[^;\n]{0,34}$"
    )
);
pattern!(
    OF_THE_FAMILY,
    r"(?:息子|娘|長男|長女|次男|次女|三男|甥|姪|いとこ|婿|奥様|奥さん|旦那|お嬢|後継ぎ|跡継ぎ|同期|後輩|先輩)(?:さん)?(?:の|が|は|も|\(|、)[^。\n]{0,10}$"
);
pattern!(
    WISHED,
    r"転科|転向|鞍替え|に絞|を希望|希望し|に移|へ移|たい(?:です|と|。|$)|に進み|募集|を探し"
);
pattern!(
    REPORTED,
    r"^[^「」\n]{0,12}」(?:という|との|と(?:伝|申|言|書))"
);
pattern!(
    SOCIETY,
    r"(?:日本|国際)[\p{Han}\p{Katakana}ー・]{0,14}$|認定$|学会$"
);

struct Candidate {
    name: &'static str,
    start: usize,
    end: usize,
    loose: bool,
    mine: bool,
    titled: bool,
}

pub(super) fn departments(cx: &Cx, card: &Card, proxy: bool, out: &mut Vec<Fact>) {
    let mut found: Vec<Candidate> = candidates(cx);
    for c in &mut found {
        c.mine = own(cx, c.start) && !of_colleagues(cx.rest(c.end)) && mine(cx, card, c, proxy);
    }
    chain(cx, &mut found);
    posts_only(cx, &mut found);
    // 「ペインクリニックも」 adds to what the title says; another department told outright replaces it.
    let adds = found
        .iter()
        .filter(|c| c.mine)
        .all(|c| cx.rest(c.end).starts_with('も'));
    for i in 0..found.len() {
        let joined = adds && found.get(i).is_some_and(|c| said_title(cx, c, proxy));
        if joined && let Some(c) = found.get_mut(i) {
            c.mine = true;
        }
    }
    let mut any = false;
    for c in found.iter().filter(|c| c.mine).take(8) {
        any = true;
        push(c, "profile::specialty", out);
    }
    // 「眼科専門医の富永です」 names the department where nothing else does.
    if !any
        && let Some(c) = found.iter().find(|c| {
            c.titled
                && own(cx, c.start)
                && !SOCIETY.is(cx.head(c.start))
                && !super::another(cx, c.start)
                && !label(cx, c.start).contains("希望")
        })
    {
        push(c, "profile::specialty_title", out);
    }
}

/// 「外科の先生方も看護師さんも」: colleagues.
fn of_colleagues(rest: &str) -> bool {
    ["の先生方", "の先生たち", "の先生がた"]
        .iter()
        .any(|w| rest.starts_with(w))
}

/// 「外科部長の梶原（専門は消化器外科）」: where the field is told outright, the one that a post is named after says less.
fn posts_only(cx: &Cx, found: &mut [Candidate]) {
    pattern!(TOLD, r"専門(?:は|が|:|領域は|分野は)、?\s?$");
    pattern!(
        OF_A_POST,
        r"^(?:科)?(?:部長|医長|科長|副部長|主任|教授|准教授|講師|助教|統括|センター長|医局)"
    );
    let told = found.iter().any(|c| c.mine && TOLD.is(cx.head(c.start)));
    if told {
        for c in found.iter_mut() {
            c.mine = c.mine && !OF_A_POST.is(cx.rest(c.end));
        }
    }
}

/// 「麻酔科専門医、ペインクリニックも少しやっています」: a title told in the first lines names the department too.
fn said_title(cx: &Cx, c: &Candidate, proxy: bool) -> bool {
    let head = cx.head(c.start);
    c.titled
        && !c.loose
        && own(cx, c.start)
        && early(cx, c.start)
        && !SOCIETY.is(head)
        && cx.doc.text(c.start, c.end).ends_with('科')
        && !matches!(c.name, "内科" | "総合診療科")
        && label(cx, c.start).is_empty()
        && (proxy || !super::another(cx, c.start))
        && !cx.clause(c.start).contains("たい")
        && !cx.sentence(c.start).contains("先生")
}

fn push(c: &Candidate, rule: &'static str, out: &mut Vec<Fact>) {
    out.push(fact(
        ProfileField::Specialty,
        Value::text(c.name),
        c.start,
        c.end,
        rule,
    ));
}

fn candidates(cx: &Cx) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = cx
        .depts
        .iter()
        // 麻 of 麻酔, and of a name: 早乙女麻里.
        .filter(|d| {
            cx.doc.text(d.start, d.end).chars().count() > 1 || !beside_kanji(cx, d.start, d.end)
        })
        .filter_map(|d| match d.meaning {
            Meaning::Dept(name) => Some(Candidate {
                name,
                start: d.start,
                end: d.end,
                loose: false,
                mine: false,
                titled: specialty::titled(cx, d.end)
                    || cx.rest(d.end).starts_with("標榜医")
                    || cx.doc.text(d.start, d.end).ends_with("専門")
                        && cx.rest(d.end).starts_with('医'),
            }),
            _ => None,
        })
        .collect();
    for c in LOOSE_WORD.all(cx.text()) {
        let Some(m) = c.get(0) else { continue };
        let covered = found
            .iter()
            .any(|f| !f.loose && f.start < m.end() && m.start() < f.end);
        if covered {
            continue;
        }
        let Some(name) = specialty::short_for(m.as_str()) else {
            continue;
        };
        let rest = cx.rest(m.end());
        found.push(Candidate {
            name,
            start: m.start(),
            end: m.end(),
            loose: true,
            mine: false,
            titled: rest.starts_with("専門医") || rest.starts_with("標榜医"),
        });
    }
    found.sort_by_key(|c| c.start);
    found
}

fn beside_kanji(cx: &Cx, start: usize, end: usize) -> bool {
    let han = |c: Option<char>| c.is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    han(cx.head(start).chars().next_back()) || han(cx.rest(end).chars().next())
}

fn label<'c>(cx: &'c Cx, at: usize) -> &'c str {
    cx.doc.label_before(at).unwrap_or_default()
}

fn mine(cx: &Cx, card: &Card, c: &Candidate, proxy: bool) -> bool {
    let head = cx.head(c.start);
    let rest = cx.rest(c.end);
    let label = label(cx, c.start);
    let word = cx.doc.text(c.start, c.end);
    // 「透析クリニックの院長」: the clinic is called so.
    let of_house = word.ends_with("クリニック") && !word.starts_with("ペイン")
        || c.loose
            && ["クリニック", "医院", "センター", "病院"]
                .iter()
                .any(|w| rest.starts_with(w));
    if c.titled
        || of_house
        || SOCIETY.is(head)
        || REPORTED.is(rest)
        || !proxy && (super::another(cx, c.start) || ANOTHER.is(head))
        || OF_THE_FAMILY.is(head)
        || super::of_kin(head, proxy)
        || cx.scope.asked(c.start)
        || label.contains("希望")
        || label.contains("業務")
        || label.contains("志望")
        || label.contains("専門医")
        || label.contains("資格")
        || label.contains("認定")
        || rest.starts_with("療")
        || cx.clause(c.start).contains("転科")
    {
        return false;
    }
    let field = [
        "field",
        "field of practice",
        "speciality",
        "specialities",
        "specialties",
    ]
    .contains(&label)
        || label.contains("診療科")
        || label.contains("専門")
        || label.contains("標榜")
        || label.contains("診療領域")
        || label.contains("担当科")
        || label.contains("所属科")
        || label.contains("科目")
        || label.contains("現在の科")
        || label == "科"
        || FIELD_BEFORE.is(head) && !head.contains("希望");
    if field {
        return true;
    }
    let listed = cx
        .doc
        .line_at(c.start)
        .is_some_and(|l| l.context.strength.is_some());
    if MOVED.is(rest) && !cx.clause(c.start).contains("たい") {
        return true;
    }
    if (PRACTISES.is(rest) || person_of(rest)) && !listed && !WISHED.is(cx.clause(c.start)) {
        return true;
    }
    if cx.doc.latin && latin::practises(head) && !listed {
        return true;
    }
    if specialty::of_person(head) && (!c.loose || ends_there(rest))
        || in_own_bracket(cx, c)
        || head.ends_with("先生 ")
        || head.ends_with("先生(")
        || head.ends_with("dr(")
        || head.ends_with('【') && rest.starts_with('】')
        || NOTED.is(rest)
        || head.ends_with("専門は")
        || head.ends_with("専門:")
    {
        return true;
    }
    if card
        .pieces
        .iter()
        .any(|p| matches!(p.kind, Kind::Dept(_)) && p.start == c.start)
    {
        return true;
    }
    if c.loose {
        return false;
    }
    let profession = (word.ends_with('医')
        || word.ends_with("ist")
        || word.ends_with("ian")
        || word.ends_with("geon"))
        && !cx.clause(c.start).contains("募集");
    let bare =
        head.is_empty() && rest.starts_with('の') && early(cx, c.start) && rest.contains("です");
    // 「黒田です。内科です。」
    let said_so = rest.starts_with("です")
        && early(cx, c.start)
        && label.is_empty()
        && (head.is_empty() || head.ends_with(['。', '!']));
    if said_so && !listed {
        return true;
    }
    let wishing = rest.starts_with("に絞") || rest.starts_with("の専門を") || listed && !profession;
    !wishing && (profession || specialty::own(cx, c.start, c.end) || bare)
}

fn person_of(rest: &str) -> bool {
    PERSON_OF
        .first(rest)
        .and_then(|c| c.name("n").map(|n| super::is_name(n.as_str())))
        .unwrap_or(false)
}

/// 「浜田美保（形成外科、小児外科も少々、44歳）と申します」.
fn in_own_bracket(cx: &Cx, c: &Candidate) -> bool {
    let rest = cx.rest(c.end);
    let Some(close) = rest
        .find(')')
        .filter(|i| !rest.get(..*i).unwrap_or_default().contains('('))
    else {
        return false;
    };
    let behind = rest.get(close + 1..).unwrap_or_default();
    let open = cx
        .head(c.start)
        .rfind('(')
        .is_some_and(|i| !cx.head(c.start).get(i..).unwrap_or_default().contains(')'));
    open && ["と申", "です", "でござ", "といい"]
        .iter()
        .any(|w| behind.starts_with(w))
}

pattern!(
    NOTED,
    r"^(?:(?:科)?の|・| )[\p{Han}ヶケ]{1,4}(?:先生|dr)|^の女医|^(?:をやめて|やめて)|^(?:ば|で|を)(?:や(?:っ|り|る)|四|\d{2}年)"
);

fn early(cx: &Cx, at: usize) -> bool {
    cx.doc.line_index(at) < 6
}

/// 「腎臓内科・透析を専門に」, 「内科（糖尿病）」: what is joined to the writer's department is the writer's too.
fn chain(cx: &Cx, found: &mut [Candidate]) {
    let joined = |a: &Candidate, b: &Candidate| {
        matches!(
            cx.doc.text(a.end, b.start).trim(),
            "・" | "、"
                | "/"
                | ","
                | "と"
                | ""
                | "("
                | "科・"
                | "や"
                | "、主に"
                | "・一般"
                | "、とくに"
                | "、特に"
                | "、中でも"
                | "、なかでも"
                | "、主として"
                | "、うち"
        ) && cx.doc.line_index(a.start) == cx.doc.line_index(b.start)
    };
    let open = |c: &Candidate| !c.titled && own(cx, c.start) && !WISHED.is(cx.clause(c.start));
    for i in 1..found.len() {
        let (left, right) = found.split_at_mut(i);
        if let (Some(a), Some(b)) = (left.last(), right.first_mut())
            && a.mine
            && !b.mine
            && open(b)
            && joined(a, b)
            && ends_there(cx.rest(b.end))
        {
            b.mine = true;
        }
    }
    for i in (1..found.len()).rev() {
        let (left, right) = found.split_at_mut(i);
        if let (Some(a), Some(b)) = (left.last_mut(), right.first())
            && b.mine
            && !a.mine
            && open(a)
            && joined(a, b)
        {
            a.mine = true;
        }
    }
}

/// Nothing behind makes it a piece of work: 「内科、循環器」 and not 「内科、循環器の外来を」.
fn ends_there(rest: &str) -> bool {
    rest.is_empty()
        || rest.starts_with([
            ' ', '。', '、', ')', '・', '(', '/', '|', '医', '科', 'を', 'が',
        ]) && !rest.starts_with("を希望")
        || rest.starts_with("です")
        || rest.starts_with("専門")
}
