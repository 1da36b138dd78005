//! What headings say of the lines under them.

use super::doc::{Block, Context, Line, Role};
use super::kana::is_hiragana;
use super::normalize::Norm;
use super::pattern::pattern;
use crate::domain::wish::Strength;

pattern!(BRACKET, r"^\s*(?:[\[【<《〈◆■▼●◇★〔(=]|[①-⑳]|==).{1,24}$");
pattern!(
    NEVER,
    r"絶対(?:に)?(?:避け|やら|し(?:たく)?な|受け)|ご(?:免|めん)(?:こうむ|被|蒙)|真っ平|まっぴら|^(?:だめ|ダメ|駄目)な(?:もの|こと)|^(?:やり|し|受け|いたし|引き受け)ません$|辞退(?:する|したい|いたします|します)|refuse|exclude|^(?:will|would|can|could|do) ?not (?:do|accept|take|want|consider)s?:?$|^(?:won't|can't|cannot) (?:do|accept):?$|not acceptable|^no-?go|deal-?breaker|^無理(?:なこと|なもの)?$|^・?(?:やら|し|でき|受け|引き?受け|受けられ|引き?受けられ|持て|いたし|致し)(?:ない|ません)(?:こと|もの|仕事)?$|やらん|論外|しないこと$|やらないこと|断りし?たい|お断り|不可の|できないこと|(?:^|[^a-z])ng(?:条件|項目)?[\s\]】>:*]*$|^ごめん(?:こうむる|被る)?$|(?:引き?受け|受け|いた|致|担当)?し(?:ません|ない)(?:こと|もの|業務)?\s*[\]】》〉>:■]*$|(?:でき|受けられ|やれ|やら|し|応じられ|引き受けられ|お受けでき)ない(?:こと|もの|業務|仕事|条件)|できません(?:こと)?[\]】》〉>:■]*$|受けられない|^不可(?:$|,)|できません$|^×$|してほしくない|^(?:what )?(?:i )?(?:cannot|can not|can't|will not|won't|do not want to) do:?$|things i (?:cannot|can't|will not|won't)"
);
pattern!(
    MUST,
    r"(?:無|な)(?:いと|ければ)(?:受け|考え|行|困|無理|お断り|辞退|困|難)|緩めない|変え(?:られ)?(?:ない|ません)|動かせ(?:ない|ません|ぬ)|動かしがた|最低(?:限の)?条件|最低限|前提|必須|絶対|ぜひとも|是非とも|譲れ|守ってほしい|守って欲しい|守っていただきたい|^必ず$|必ず守|外せ|上限|これだけは$|どうしても|must\b|required|essential|non-?negotiable"
);
pattern!(
    WANT,
    r"希望|望む|求める|^やりたい$|^したい$|できれば|あれば(?:嬉|うれ|有|あり|尚|なお|助|良|よ|幸)|かなえば|叶えば|有り?難|(?:と|ば)(?:うれ|嬉)し|できたら$|望み|条件|^\s*次[:は]|求む|足すもの|加えて(?:ほし|欲し|くだ|下|いただ)|改めて(?:ほし|欲し|くだ|下|いただ)|変えて(?:ほし|欲し|くだ|下|いただ)|\(追加\)|次の(?:とお|通)り|以下|要望|やりたいこと|looking for|wish|hope|prefer|what i (?:am|want)|want\b|would like|nice to have|ideal"
);
pattern!(
    AVOID,
    r"やめてほし|遠慮してほし|求めず|気(?:が|の)(?:進ま|乗ら)ない|不得手な|気乗りし|控えた(?:い|く)|な(?:い|し)(?:の)?(?:ほう|方)が(?:よ|良|い)|遠慮したい(?:こと|点|もの)|避けたい|避けてほし|避けて欲し|(?:望|好)ま(?:ない|ぬ|ず)|希望し(?:ない|ません)|(?:し|やり|受け)たく(?:ない|ありません)|苦手なこと|苦手な|やりたくな|avoid"
);
pattern!(
    DROP,
    r"\(削除\)|(?:こだわら|拘ら|考え|気にし|見)(?:ない|なく(?:ても)?)(?:こと(?:に)?|て(?:も)?(?:よ|い|構|結構))|(?:いただか|頂か|くださら)なくて(?:も)?(?:結構|よ|い|構)|削除する|(?:取り?消す|取り下げる|外す|やめる|不要な|消す)(?:項目|条件|希望|もの|こと)|なくて(?:も)?(?:よ|良|い)い|取り下げ|(?:消し|外し|削っ|省い|取っ)て(?:ほし|欲し|くだ|下|いただ|よ|も)|外してよい|不要なもの|不要になっ|(?:要ら|いら)なくなっ|捨てる(?:もの|条件|希望|こと)?[\s\]】》〉>:■]*$|なくす(?:もの|条件|希望)|^(?:撤回|取り?消し?|取り?下げ|削除)$"
);
pattern!(
    OK,
    r"^ok|^(?:お引き受け)?(?:でき|引き受け)ます$|^(?:頼|言わ|たの)まれれば|^言われ(?:れば|たら)|^(?:would|can|could|will|might) (?:also )?(?:accept|do|consider|take|live with):?$|^acceptable|^willing|^open to|^possible|どちらでも(?:可|よ|い|$)|相談に応じ|^まあ可|やってもよ|^やれる$|^できる$|^可$|^対応可$|^引き?受け(?:可|られる)$|やれること|(?:働け|出られ|勤務でき|入れ|対応でき|可能な|引き受けられ)る?(?:日|曜日|業務|時間|こと|もの|条件)|構わない|構いません|許容|(?:応じ|引き?受け|受け|担当でき|お引き受けでき)(?:られ)?る(?:こと|もの)|応じられ|お?引き?受け(?:いただける|できる|可能)|お?受けいただける|できること|対応可能なこと|してもよい|あってもよい"
);
pattern!(
    PRESENT,
    r"^(?:current|present)(?: (?:post|position|job|employer|employment|work|workplace|hospital|status))?$|^employer$|^now$|^\[?now\]?$|^現勤務|^現:|^現$|現在(?:の(?:勤務|状況|仕事|職))?|現職|いま[:\s]|いま$|(?:いま|今|前|先)の(?:勤務|仕事|職場|職|働き|病院|状況|暮らし)|^[◇◆■●▼【\[<《]?これまで(?:の(?:勤務|仕事|経歴|経験))?[】\]>》]?$|職歴|経歴|略歴|現況|^在職$|^所属|^前職|妻のこと|夫のこと|家族のこと|(?:奥様|奥さん|妻|夫|ご主人|ご家族|家族|息子|娘)(?:さん)?の(?:言|話|希望|弁|意見|ご意見|ご希望)$|所感$|参考まで|^勤務状況|^就業状況|^職業$|紹介済|^受付(?:番号|日|欄)|事務局(?:控|記入)"
);
pattern!(
    PROFILE,
    r"^資格|^\s*(?:専門医|保有資格|認定|卒業|所属|学会|出身|学歴|経歴|職業|ご職業)|基本情報|プロフィール|個人情報|本人情報|医師情報|自己紹介"
);
pattern!(CONTACT, r"連絡方法|連絡先|希望連絡");
pattern!(
    ANNOUNCES,
    r"(?:次|以下|下記)の(?:\d|二|三|四|五|六)?(?:つ|点|件|項目|条件)[^。]{0,16}(?:前提|条件|必須|譲れ|外せ|絶対)|(?:譲れない|外せない|絶対の|必須の)(?:線|条件|点|こと)(?:を|は|が)(?:\d|二|三|四|五)?つ[。:]?\s*$|(?:望み|願い|希望|条件|お願い)(?:は|を)(?:次の)?(?:\d|二|三|四|五|六)(?:つ|点)(?:です|でございます|あります|挙げます|書きます)?[。:]?\s*$"
);

fn heading_context(text: &str) -> Option<Context> {
    let with = |strength, block| Some(Context { strength, block });
    let wish = Block::Wish;
    // 「これがなければお断り」 is a condition, though it speaks of refusing.
    let condition = ["なければ", "ないと", "無ければ", "無いと"]
        .iter()
        .any(|w| text.contains(w));
    if condition && MUST.is(text) {
        with(Some(Strength::Must), wish)
    } else if CONTACT.is(text) {
        with(Some(Strength::Want), Block::Contact)
    } else if NEVER.is(text) {
        with(Some(Strength::Never), wish)
    } else if AVOID.is(text) {
        with(Some(Strength::Avoid), wish)
    } else if DROP.is(text) {
        with(Some(Strength::Drop), wish)
    } else if MUST.is(text) {
        with(Some(Strength::Must), wish)
    } else if PROFILE.is(text) {
        with(None, Block::Profile)
    } else if PRESENT.is(text) {
        with(None, Block::Present)
    } else if OK.is(text) {
        with(Some(Strength::Ok), wish)
    } else if WANT.is(text) {
        with(Some(Strength::Want), wish)
    } else {
        None
    }
}

/// 「次の三つが揃うことが前提です。」, 「この先の望みは三つです。」: a sentence that announces a list.
fn announces(text: &str) -> bool {
    ANNOUNCES.is(text)
}

/// Gives each line the context of the heading above it.
pub(super) fn mark_context(norm: &Norm, lines: &mut [Line], latin: bool) {
    let mut current = Context::default();
    let mut blank = false;
    let mut since = 0usize;
    let mut above = None;
    let mut opened_by = None;
    let marks: Vec<(usize, char)> = lines
        .iter()
        .filter_map(|l| Some((l.start, norm.slice(l.start, l.end).trim().chars().next()?)))
        .collect();
    for line in lines.iter_mut() {
        match line.role {
            Role::Blank => {
                blank = true;
                continue;
            }
            Role::Own => {}
            _ => {
                current = Context::default();
                continue;
            }
        }
        let text = norm.slice(line.start, line.end).trim();
        let chars = text.chars().count();
        let announces = announces(text);
        let ends_open = announces
            || text.ends_with(':')
            || text.ends_with('↓')
            || ["です。", "ください。", "下さい。", "します。"]
                .iter()
                .any(|w| text.ends_with(w))
                && chars < 34
                && ["次の", "次を", "以下の", "以下を"]
                    .iter()
                    .any(|w| text.contains(w))
            || text.contains("とおり") && chars < 40
            || text.contains("通りです")
            || text.contains("次のような") && chars < 60
            || latin && text.ends_with(':');
        let one_of_many = text.chars().next().is_some_and(|c| {
            "◆◇★●■▼".contains(c) && (Some(c) == above || Some(c) == below(norm, &marks, line.end))
        });
        above = text.chars().next();
        let bracketed = BRACKET.is(text)
            && !one_of_many
            && (text.ends_with(['】', ']', '>', '》', '〉', '◇', '〕', ')', '=', '■', '◆'])
                || chars <= 16 && line.label.is_none());
        let short = chars <= 14
            && !text.contains(['。', '、', '・'])
            && !text.starts_with(['-', '*'])
            && (text.ends_with("条件")
                || text.ends_with("こと")
                || text.ends_with("方")
                || text.ends_with("要望"));
        let says = || heading_context(without_number(text));
        // A short line over lines that stand further in, or that are items: 「これだけは」, 「ロ.できたら」.
        let over_items = chars <= 24
            && !text.contains(['。', '、', '・'])
            && !text.starts_with(['-', '*', '×', '△'])
            && line.label.is_none_or(|(_, e)| {
                norm.slice(e, line.end)
                    .trim_start_matches([':', ' ', '.'])
                    .is_empty()
            })
            && !norm.slice(line.start, line.end).starts_with(' ')
            && (further_in(norm, line.end) || over_names(norm, line.end))
            && says().is_some();
        let numbered_item =
            text.starts_with(|c: char| ('①'..='⑳').contains(&c)) && line.label.is_some();
        if (ends_open || bracketed || short || over_items)
            && !numbered_item
            && !text.contains(['☑', '□', '☐'])
        {
            line.heading = true;
            opened_by = text.chars().next();
            current = says().unwrap_or_default();
            since = 0;
            blank = false;
            line.context = current;
            continue;
        }
        let bullet = text.starts_with(|c: char| {
            "・-*●◆■▼○◎△×★☆→→(①②③④⑤⑥⑦⑧⑨⑩一二三四五六[0123456789イロハニホヘト".contains(c)
        }) || [
            "その一",
            "その二",
            "その三",
            "ひとつ",
            "1つ",
            "2つ",
            "3つ",
            "もうひとつ",
        ]
        .iter()
        .any(|w| text.starts_with(w));
        // The next field of a form, written like the heading, is no item of its list.
        let next_field = line.label.is_some()
            && text.starts_with(['[', '【', '<', '《', '〔', '■', '◆', '▼'])
            && text.chars().next() == opened_by
            || follows(opened_by, text.chars().next());
        if next_field || blank && !bullet && since > 0 && line.label.is_none() {
            current = Context::default();
        }
        blank = false;
        since += 1;
        line.context = current;
        // A label on the line itself rules the line: 「希望：週2日の外来」, 「必須：駐車場」.
        if let Some((s, e)) = line.label
            && let Some(own) = heading_context(norm.slice(s, e))
        {
            line.context = own;
        }
    }
}

/// 「4 期間」 behind 「3 お断りすること」.
fn follows(before: Option<char>, this: Option<char>) -> bool {
    let number = |c: Option<char>| c.and_then(|c| c.to_digit(10));
    number(before).is_some_and(|n| number(this) == Some(n + 1))
}

pattern!(
    PREFIX,
    r"^(?:[イロハニホヘトa-e①-⑳一二三四五六]|\d{1,2})[.)、]\s?"
);

/// A heading without its brackets and the letter or the number before it.
fn without_number(text: &str) -> &str {
    let text = text
        .trim_start_matches(|c: char| "[【<《〈〔(◆■▼●◇★◎○=・ ".contains(c))
        .trim_end_matches(|c: char| "]】>》〉〕)◆■◇=: ".contains(c));
    PREFIX
        .span(text)
        .map_or(text, |s| text.get(s.1..).unwrap_or(text))
}

/// Whether the next line stands further in, or is an item of a list.
fn further_in(norm: &Norm, end: usize) -> bool {
    let next = norm.text.get(end + 1..).unwrap_or_default();
    (next.starts_with([' ', '・']) || next.starts_with("- "))
        && !next.trim_start_matches(' ').starts_with('\n')
}

/// Whether the next line is nothing but names: 「手術、救急、当直」.
fn over_names(norm: &Norm, end: usize) -> bool {
    let next = norm.text.get(end + 1..).unwrap_or_default();
    let next = next.lines().next().unwrap_or_default().trim();
    let of_a_sentence = |c: char| c == '。' || is_hiragana(c) && !"のやと".contains(c);
    next.contains(['、', '・', '/']) && next.chars().count() <= 40 && !next.contains(of_a_sentence)
}

/// The first character of the next line that has one.
fn below(norm: &Norm, marks: &[(usize, char)], end: usize) -> Option<char> {
    let at = marks.partition_point(|m| m.0 < end.min(norm.text.len()));
    marks.get(at).map(|m| m.1)
}

/// Lines that begin with ◎, ○, △ and ×: the mark is the strength. A legend may make ◎ a condition.
pub(super) fn mark_graded(norm: &Norm, lines: &mut [Line]) {
    let mark = |l: &Line| {
        let text = norm.slice(l.start, l.end).trim_start();
        let c = text.chars().next()?;
        ("◎○△×".contains(c) && l.role == Role::Own).then_some(c)
    };
    let mut kinds: Vec<char> = lines.iter().filter_map(mark).collect();
    kinds.sort_unstable();
    kinds.dedup();
    if kinds.len() < 2 {
        return;
    }
    let legend = [
        "◎は絶対",
        "◎=絶対",
        "◎:絶対",
        "◎は必須",
        "◎=必須",
        "◎:必須",
        "◎ 必須",
        "◎は譲れ",
    ]
    .iter()
    .any(|w| norm.text.contains(w));
    for line in lines.iter_mut() {
        let Some(c) = mark(line) else { continue };
        line.context = Context {
            strength: Some(match c {
                '◎' if legend => Strength::Must,
                '◎' | '○' => Strength::Want,
                '△' => Strength::Ok,
                _ => Strength::Never,
            }),
            block: Block::Wish,
        };
    }
}

pattern!(
    LEGEND,
    r"(?:^|[\s、,/(\[])(?P<m>[a-e1-5])\s?(?:=|:|は|…|\.{3}|…\s?)\s?(?P<w>[^\s=:/,、。]{1,14})"
);
pattern!(RANKED_BEHIND, r"[…\s.:]\s?(?P<m>[a-e1-5])\s*(?:$|\()");
pattern!(
    RANKED,
    r"^[\s・\[(]{0,3}(?P<m>[a-e1-5])(?:[\])]|\s|:|\.)\s{0,4}[^\s\d]"
);

/// Lines under ranks that a legend explains: 「A=これがないと困る B=希望 C=引き受けられる D=お断り」, 「D 訪問診療」.
pub(super) fn mark_ranked(norm: &Norm, lines: &mut [Line]) {
    let mut legend: Vec<(char, Context)> = Vec::new();
    let mut at = None;
    for line in lines.iter().filter(|l| l.role == Role::Own) {
        let text = norm.slice(line.start, line.end);
        let found: Vec<(char, Context)> = LEGEND
            .all(text)
            .iter()
            .filter_map(|c| {
                let mark = c.name("m")?.as_str().chars().next()?;
                Some((mark, heading_context(c.name("w")?.as_str())?))
            })
            .filter(|(_, context)| context.strength.is_some())
            .collect();
        if found.len() >= 3 {
            legend = found;
            at = Some(line.start);
            break;
        }
    }
    let Some(at) = at else { return };
    for line in lines
        .iter_mut()
        .filter(|l| l.role == Role::Own && l.start != at)
    {
        let words = norm.slice(line.start, line.end);
        let mark = RANKED
            .first(words)
            .or_else(|| RANKED_BEHIND.first(words))
            .and_then(|c| c.name("m")?.as_str().chars().next());
        if let Some((_, context)) = legend.iter().find(|(m, _)| Some(*m) == mark) {
            line.context = *context;
        }
    }
}
