//! What stands right beside a thing and speaks for it: marks, brackets, exceptions, open conditions.

use super::doc::Doc;
use super::pattern::pattern;
use crate::domain::wish::Strength;

/// 「当直は」, 「当直：」: what follows is said of it.
pub(super) fn topical(doc: &Doc, end: usize) -> bool {
    let rest = doc.text(end, doc.norm.text.len().min(end + 60));
    let rest = if rest.is_empty() {
        doc.line_at(end)
            .map_or("", |l| doc.text(end, l.end.max(end)))
    } else {
        rest
    };
    [
        "は",
        "のほうは",
        "側は",
        "方面は",
        "については",
        "に関しては",
        ":",
        "自体",
        "の件",
        "も",
        "の方は",
        "とか",
    ]
    .iter()
    .any(|w| rest.starts_with(w))
}

/// 「水曜以外」, 「延岡を除き」: the named one is refused.
pub(super) fn excepted(doc: &Doc, end: usize) -> bool {
    let line = doc.line_at(end.saturating_sub(1)).map_or(end, |l| l.end);
    let rest = doc.text(end, line.max(end));
    [
        "以外",
        "日以外",
        "を除",
        "は除",
        "方面を除",
        "以外な",
        "のほかは",
        "曜のほか",
        "曜日のほか",
    ]
    .iter()
    .any(|w| rest.starts_with(w))
        && !["以外は不可", "以外不可", "以外にも", "以外でも", "以外も"]
            .iter()
            .any(|w| rest.contains(w))
}

/// 「可（月3回まで）」, 「△（月1まで）」: the word before the bracket speaks for what stands in it.
pub(super) fn bracketed(doc: &Doc, start: usize) -> Option<Strength> {
    let head = doc.head(start);
    let before = head.trim_end().strip_suffix('(').map(str::trim_end)?;
    // 「当直[可]・不可(月3回まで)」: what was not chosen does not speak.
    if ends_masked(doc, start, before) {
        return before.contains("[可]").then_some(Strength::Ok);
    }
    if before.ends_with("不可") || before.ends_with('×') {
        Some(Strength::Never)
    } else if before.ends_with('可') || before.ends_with(['○', '△']) {
        Some(Strength::Ok)
    } else if before.ends_with("必須") {
        Some(Strength::Must)
    } else {
        None
    }
}

/// 「久慈でも宮古でも」: one as good as the other.
pub(super) fn either(rest: &str) -> bool {
    BOTH.is(rest)
}

pattern!(BOTH, r"^でも[^。、\n]{1,10}でも");
pattern!(BARE_DEMO, r"^でも(?:$|[。、」\n])");
pattern!(
    AS_SAID,
    r"、?」?と(?:申し|言い|言って|のこと|いう|伺|お話|話して)[^。]{0,16}$"
);

/// 「日直は月1回なら。」: a condition left open is willingness.
pub(super) fn left_open(doc: &Doc, until: usize, end: usize) -> bool {
    let rest = doc.text(end, until.max(end));
    if either(rest) || BARE_DEMO.is(rest) {
        return true;
    }
    let (_, clause_end) = doc.clause_at(end.saturating_sub(1));
    let near = doc
        .text(end, clause_end.min(until))
        .trim_end_matches(['、', '/', ' ', '。']);
    if ["なら", "でしたら", "であれば", "ならば"].contains(&near)
        && (["まで", "くらい", "程度", "回"]
            .iter()
            .any(|w| doc.text(0, end).ends_with(w))
            || doc.text(0, end).ends_with(|c: char| c.is_ascii_digit()))
    {
        return true;
    }
    let rest = doc
        .text(end, until)
        .trim_end_matches(['。', '、', '…', '!', ' ', ')', '・', '\n']);
    let rest = AS_SAID
        .span(rest)
        .map_or(rest, |s| rest.get(..s.0).unwrap_or(rest));
    let rest = rest.trim_end_matches(['。', '、', '…', '!', ' ', ')', '・', '\n', '」']);
    if [
        "とかも",
        "なども",
        "も多少は",
        "も少しは",
        "も少しなら",
        "も一興",
        "もあり",
        "も多少なら",
    ]
    .iter()
    .any(|w| rest.ends_with(w))
        && rest.chars().count() < 26
    {
        return true;
    }
    ["なら", "でしたら", "であれば", "ならば", "だったら"]
        .iter()
        .any(|w| rest.ends_with(w))
        && rest.chars().count() < 26
        || rest.contains("なら")
            && rest.ends_with("でも")
            && !rest.contains('、')
            && rest.chars().count() < 26
}

pattern!(PICKED, r"希望に○|○を(?:つけ|付け|した)|○で囲|該当に○");

/// ◎○△× right behind the thing.
pub fn marked(doc: &Doc, end: usize) -> Option<Strength> {
    let line = doc.line_at(end.saturating_sub(1))?;
    let rest = doc.rest(end);
    if rest.contains("○○") {
        return None;
    }
    let rest = rest.trim_start_matches([' ', ':', '=', '】', ']', '[', '|', '(']);
    if let Some(strength) = lettered(doc, rest) {
        return Some(strength);
    }
    let mark = rest.chars().next()?;
    let after = rest.chars().nth(1);
    if after.is_some_and(|c| "◎○△×".contains(c)) {
        return None;
    }
    if "○◎".contains(mark) && PICKED.is(doc.text(line.start, line.end)) {
        return Some(Strength::Want);
    }
    match mark {
        '◎' => Some(Strength::Want),
        '○' | '△' => Some(Strength::Ok),
        '×' => Some(Strength::Never),
        _ => None,
    }
}

/// 「外来A」, 「日曜 ....... 不」: the letter that a form grades a thing with.
fn lettered(doc: &Doc, rest: &str) -> Option<Strength> {
    let words = rest.trim_start_matches(['.', ' ']);
    let grade = words.chars().next()?;
    let alone = words
        .chars()
        .nth(1)
        .is_none_or(|c| " \n、,/・(".contains(c));
    doc.grade(grade).filter(|_| alone)
}

pattern!(MARKS_AHEAD, r"(?:^|[ :|/・、,】\]])[◎○△×][^\s◎○△×]");

/// 「雇用 ◎非常勤 △常勤 ×スポット」: marks that stand before their words, several on a line; a single one may be a bullet.
pub(super) fn mark_before(doc: &Doc, start: usize) -> Option<Strength> {
    let line = doc.line_at(start)?;
    // 「日数 ....... 希 週4日」
    if let Some(head) = doc.head(start).strip_suffix(' ')
        && let Some(letter) = head.chars().next_back()
        && head.chars().rev().nth(1).is_none_or(|c| " .".contains(c))
        && let Some(strength) = doc.grade(letter)
    {
        return Some(strength);
    }
    let mut back = doc.head(start).chars().rev();
    let words = doc.text(line.start, line.end);
    // A circle where no double one stands picks what is wished.
    let strength = match back.next()? {
        '◎' => Strength::Want,
        '○' if !words.contains('◎') => Strength::Want,
        '○' | '△' => Strength::Ok,
        '×' => Strength::Never,
        _ => return None,
    };
    let apart = back.next().is_none_or(|c| " :|/・、,】]".contains(c));
    let several = MARKS_AHEAD.spans(words).len() > 1;
    let refused = strength.is_positive() && MARK_WHAT_IS_REFUSED.is(words);
    (apart && several).then_some(if refused { Strength::Never } else { strength })
}

// 「できないことに○ ○当直 ○救急」.
pattern!(
    MARK_WHAT_IS_REFUSED,
    r"^[^◎○△×\n]{0,4}(?:でき|受けられ|し|やりたく)ない(?:もの|こと|仕事|業務)?(?:に|は)\s?○|^[^◎○△×\n]{0,4}(?:不可|お断り|ng)(?:の)?(?:もの|こと|仕事|業務)?(?:に|は)\s?○"
);

/// 「月4回 → 月2回」: an arrow stands before the thing, and before the arrow what was replaced.
pub(super) fn led_to(doc: &Doc, start: usize) -> bool {
    let head = doc.head(start);
    let Some(old) = head.trim_end().strip_suffix(['→', '⇒']) else {
        return false;
    };
    ends_masked(doc, start, old.trim_end())
}

/// Whether the beginning of the line before `start`, given as it stands in the line's head, ends with words that do not count.
fn ends_masked(doc: &Doc, start: usize, beginning: &str) -> bool {
    let line = start.saturating_sub(doc.head(start).len());
    doc.masked((line + beginning.len()).saturating_sub(1))
}

/// So many bytes of a line may be its label.
const LABEL_WITHIN: usize = 36;

/// 「外来( )」: a field of a form that was left empty.
pub(super) fn blank_field(doc: &Doc, end: usize) -> bool {
    let line = doc.line_at(end.saturating_sub(1)).map_or(end, |l| l.end);
    let rest = doc.text(end, line.max(end)).trim_start();
    // 「当直：」 over 「オンコール：月1回」.
    if !doc.latin && rest.trim_end() == ":" {
        let below = doc
            .line_at(line + 1)
            .map_or("", |l| doc.text(l.start, l.end));
        return below.trim().is_empty() || below.find(':').is_some_and(|at| at < LABEL_WITHIN);
    }
    // 「(*)自動車 ( )バス」: the next box is none of this one.
    let closed = |rest: &str| {
        let inside = rest.trim_start().strip_prefix(')');
        inside.is_some_and(|behind| !behind.starts_with(|c: char| c.is_alphanumeric()))
    };
    rest.strip_prefix('(').is_some_and(closed)
        || doc
            .text(end, line.max(end))
            .strip_prefix('[')
            .is_some_and(|rest| rest.trim_start().starts_with(']'))
}

/// 「(現在は月8回で、しんどい)」: what stands in such brackets is told.
pub(super) fn aside_of_now(doc: &Doc, start: usize) -> bool {
    let head = doc.head(start);
    if head.rfind('(').is_some_and(|at| {
        let (told, inside) = head.split_at_checked(at).unwrap_or((head, ""));
        !inside.contains(')') && TELLS.is(told)
    }) {
        return true;
    }
    head.rfind('(')
        .and_then(|at| head.get(at + 1..))
        .is_some_and(|inside| {
            !inside.contains(')')
                && !inside.contains("ので")
                && ["現在", "今は", "今の", "いま", "これまで", "前は", "以前"]
                    .iter()
                    .any(|w| inside.starts_with(w))
        })
}

pattern!(
    TELLS,
    r"(?:て(?:い|おり)(?:ます|ました)(?:が)?|でした(?:が)?|勤務中|在職中|ております(?:が)?|勤務医です|今の病院は|現職は|(?:今|いま|現在|現)の(?:勤め先|勤務先|職場|病院|大学|会社|クリニック))、?$"
);
pattern!(GRADED_CLOSELY, r"[^\s◎○△×][◎○△×](?: |$)");
pattern!(GRADED, r"\S[ :=]{1,3}[◎○△×](?: |$|\()");

/// 「外来 ○  病棟 △  訪問診療  健診 ◎」: a name without a mark among marked ones was left open.
pub(super) fn blank_in_grid(doc: &Doc, end: usize) -> bool {
    let Some(line) = doc.line_at(end.saturating_sub(1)) else {
        return false;
    };
    let rest = doc.rest(end);
    (rest.trim().is_empty() || rest.starts_with("  "))
        && marked(doc, end).is_none()
        && (GRADED.is(doc.text(line.start, line.end))
            || GRADED_CLOSELY.spans(doc.text(line.start, line.end)).len() > 1)
}

pattern!(
    CLEFT,
    r"(?:(?P<avoid>苦手|避けたい|気が進まない|やりたくない|遠慮したい|控えたい)|(?P<never>できない|お断りしたい|お断りする|ご?(?:免|めん)(?:こうむ|被|蒙)りたい|無理|受けられない|困る)|(?P<ok>(?:お引き受け|お手伝い|対応)?でき(?:ます|る)|(?:引き)?受けられ(?:ます|る))|(?P<want>第[一二三1-3]希望|希望(?:する|している)?|やりたい|したい|望む))(?:な)?(?:のは|ことは|ものは|仕事は|は)、?[^。]{0,30}$|(?P<must>(?:必須|絶対|最低|必要)(?:の)?条件(?:は|として(?:は)?)|(?:譲れ|外せ|欠かせ)ない(?:の|条件|点|もの|こと)は|条件は(?:ひとつ|1つ|ただ1つ|ただひとつ)(?:だけ)?(?:で(?:す)?)?)[、。]?[^。]{0,30}$"
);

/// 「苦手なのは会議と書類仕事」: the strength stands before what it is about.
pub(super) fn cleft(before: &str) -> Option<Strength> {
    let c = CLEFT.first(before)?;
    if c.name("avoid").is_some() {
        Some(Strength::Avoid)
    } else if c.name("never").is_some() {
        Some(Strength::Never)
    } else if c.name("ok").is_some() {
        Some(Strength::Ok)
    } else if c.name("must").is_some() {
        Some(Strength::Must)
    } else {
        Some(Strength::Want)
    }
}

/// 「×大学」: a cross before the word, where no other word stands right before the cross.
pub(super) fn crossed(doc: &Doc, start: usize) -> bool {
    doc.head(start).strip_suffix('×').is_some_and(|head| {
        head.is_empty() || head.ends_with([' ', '、', '=', ':', '・', '/', ','])
    })
}

/// 「だめなら…」, 「なければ…」: an alternative begins.
pub(super) fn fallback(clause: &str) -> bool {
    let clause = clause.trim_start();
    [
        "だめなら",
        "ダメなら",
        "駄目なら",
        "なければ",
        "難しければ",
        "無理なら",
        "もしくは",
        "あるいは",
        "それが",
        "でなければ",
        "ただし",
        "ただ",
        "慣れたら",
        "慣れてきたら",
        "慣れれば",
        "慣れましたら",
        "ゆくゆく",
        "余裕があれば",
    ]
    .iter()
    .any(|w| clause.starts_with(w))
}

pub(super) fn last_clause_start(doc: &Doc, start: usize, end: usize) -> usize {
    // A question takes its whole sentence unless a clause before it ends in a statement (〜ますが、…ですか).
    let words = doc.text(start, end);
    ["ますが、", "ですが、", "ので、", "ますけど、"]
        .iter()
        .filter_map(|w| words.rfind(w).map(|i| start + i + w.len()))
        .max()
        .unwrap_or(start)
}
