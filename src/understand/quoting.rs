//! Which lines are not the sender's own: quoted mails in every client's form, and the signature.
//!
//! Mails come here with quotes and signature taken off already; this is the second look, for what slipped through and
//! for texts that come another way.

use super::doc::{Line, Role};
use super::pattern::compile;
use regex::Regex;
use std::sync::LazyLock;

struct Marks {
    colleague: Regex,
    separator: Regex,
    header: Regex,
    attribution: Regex,
    question: Regex,
    answer: Regex,
    contact: Regex,
    /// English prose.
    says: Regex,
    closing: Regex,
    sent_from: Regex,
}

static MARKS: LazyLock<Option<Marks>> = LazyLock::new(|| {
    let re = |p: &str| compile(p);
    Some(Marks {
        colleague: re(
            r"^\s*(?:→|⇒)\s*[^。\n]{0,30}(?:を当たる|に当たる|を出す|を送る|を探す|に聞く|に確認|へ連絡|に連絡)|^\s*(?:→|⇒|※)?\s*\p{Han}{1,4}(?:さん|くん|君)[、,へ:]?\s*[^。]{0,40}(?:渡して|お願い|ください|下さい|お伝え|確認)|^\s*\p{Han}{1,3}(?:メモ|所感|コメント|補足):|^\s*\p{Han}{1,3}:[^\n]*(?:してみます|しておいて|してみる|ですかね|と思います|確認します|探します|当たってみ|打診し|連絡します|さがして|しときます|しておきます)",
        )?,
        separator: re(
            r"^\s*[-_=*]{2,}\s*(?:original message|original|元のメッセージ|転送メッセージ|転送されたメッセージ|forwarded message|以下引用|引用|reply message|返信元)",
        )?,
        header: re(r"^\s*(?:from|差出人|送信者|送信元)\s*:\s*\S")?,
        attribution: re(r"(?x)
            ^\s*(?:on\s.{6,80}\bwrote|.{0,60}<[^<>\s]+@[^<>\s]+>(?:\s*wrote)?|\d{4}[年/\-].{4,90}(?:のメール|wrote|:)|.{2,60}のメッセージ|.{1,12}(?:様|先生|さん|事務局)からの(?:メール|ご連絡)(?:\(.{1,20}\))?)\s*:?\s*$")?,
        question: re(r"^\s*(?:q\s*[\d.:]|問\s*\d|質問\s*\d|\d+[).、]|[・●■①-⑳(])")?,
        answer: re(r"^\s*(?:→|⇒|->|=>|【回答】|\[回答\]|a\s*\d*[.:)]|答[:え)])")?,
        contact: re(
            r"tel|fax|phone|電話|携帯|〒|e-?mail|メール\s*:|[\w.+-]+@[\w.-]+|https?://|0\d{1,4}-\d{1,4}-\d{3,4}",
        )?,
        says: re(
            r"^[^@]*\b(?:please|i|i'm|i'd|i'll|me|you|is|are|would|not|never|only|must|don't|can|could|will|may|no|instead)\b[^@]{3,}$",
        )?,
        closing: re(r"^\s*[-_=*~─━]{2,}\s*$")?,
        sent_from: re(
            r"(?:iphone|android|ipad|スマートフォン|ドコモメール|yahoo!メール|outlook).{0,12}(?:から送信|より送信|送信)|^sent from|^送信元:|get outlook",
        )?,
    })
});

/// Gives every line its role.
pub fn mark(text: &str, lines: &mut [Line]) {
    let Some(marks) = MARKS.as_ref() else { return };
    mark_quotes(text, lines, marks);
    mark_questions(text, lines, marks);
    mark_colleagues(text, lines, marks);
    mark_signature(text, lines, marks);
}

super::pattern::pattern!(
    DATED,
    r"^(?:on )?\(?(?:20\d{2}[/年.-]\s?)?\d{1,2}[/月.-]\s?\d{1,2}(?:日)?[^\n]{0,40}:\s*$"
);

fn mark_quotes(text: &str, lines: &mut [Line], marks: &Marks) {
    let n = lines.len();
    let mut rest = false;
    let mut bars = false;
    for i in 0..n {
        let Some(line) = lines.get(i) else { break };
        if line.role == Role::Blank && !rest {
            continue;
        }
        let piece = text.get(line.start..line.end).unwrap_or_default();
        let trimmed = piece.trim_start();
        let below = next_text(text, lines, i + 1);
        let mut quoted = rest || trimmed.starts_with('>') || bars && trimmed.starts_with('|');
        if !rest {
            let header = marks
                .header
                .is_match(trimmed.trim_start_matches('|').trim_start())
                && followed_by_header(text, lines, i);
            let ruled = marks.separator.is_match(trimmed)
                || header
                || trimmed.len() >= 10
                    && trimmed.chars().all(|c| c == '_')
                    && below.is_some_and(|b| marks.header.is_match(b));
            // 「2026/11/18 事務局：」 over lines behind 「>」.
            let dated = DATED.is(trimmed) && below.is_some_and(|b| b.starts_with('>'));
            let attribution =
                dated || marks.attribution.is_match(piece) && piece.chars().count() < 110;
            if ruled || attribution {
                quoted = true;
                match below.map(str::trim_start) {
                    Some(b) if b.starts_with('>') => {}
                    Some(b) if b.starts_with('|') => bars = true,
                    _ if trimmed.starts_with('|') => bars = true,
                    _ => rest = true,
                }
            }
        }
        if quoted && let Some(line) = lines.get_mut(i) {
            line.role = Role::Quoted;
        }
    }
}

fn followed_by_header(text: &str, lines: &[Line], i: usize) -> bool {
    lines
        .iter()
        .skip(i + 1)
        .take(4)
        .filter_map(|l| text.get(l.start..l.end))
        .any(|t| {
            let t = t.trim_start_matches(['|', ' ', '>']);
            [
                "sent:",
                "date:",
                "to:",
                "subject:",
                "送信日時:",
                "宛先:",
                "件名:",
                "日付:",
                "日時:",
            ]
            .iter()
            .any(|k| t.starts_with(k))
        })
}

fn next_text<'t>(text: &'t str, lines: &[Line], from: usize) -> Option<&'t str> {
    lines
        .iter()
        .skip(from)
        .take(3)
        .filter_map(|l| text.get(l.start..l.end))
        .find(|t| !t.trim().is_empty())
}

/// 「Q1. 勤務地は？」 over 「→ 熊本県内」: the question is not the sender's, the answer is.
fn mark_questions(text: &str, lines: &mut [Line], marks: &Marks) {
    for i in 1..lines.len() {
        let answers = lines
            .get(i)
            .filter(|l| l.role == Role::Own)
            .and_then(|l| text.get(l.start..l.end))
            .is_some_and(|t| marks.answer.is_match(t));
        let asks = lines
            .get(i - 1)
            .filter(|l| l.role == Role::Own)
            .and_then(|l| text.get(l.start..l.end))
            .is_some_and(|t| {
                marks.question.is_match(t) && !marks.answer.is_match(t) && t.chars().count() > 5
            });
        if answers
            && asks
            && let Some(l) = lines.get_mut(i - 1)
        {
            l.role = Role::Question;
        }
    }
}

/// 「→山下さん、リスト渡してください」, 「田中：次は金沢に当たってみます」: colleagues talk in a note.
fn mark_colleagues(text: &str, lines: &mut [Line], marks: &Marks) {
    for line in lines.iter_mut().filter(|l| l.role == Role::Own) {
        let piece = text.get(line.start..line.end).unwrap_or_default();
        if marks.colleague.is_match(piece) {
            line.role = Role::Colleague;
        }
    }
}

/// The closing block: what follows the last line that says something, where it has an address, a number or a rule.
fn mark_signature(text: &str, lines: &mut [Line], marks: &Marks) {
    let mut first = None;
    let mut evidence = false;
    for i in (0..lines.len()).rev() {
        let Some(line) = lines.get(i) else { break };
        let piece = text.get(line.start..line.end).unwrap_or_default();
        match line.role {
            Role::Blank => continue,
            Role::Quoted if first.is_none() => continue,
            Role::Own => {}
            _ => break,
        }
        let chars = piece.trim().chars().count();
        if marks.closing.is_match(piece) || marks.sent_from.is_match(piece) {
            first = Some(i);
            evidence = true;
            continue;
        }
        let says = piece.contains(['。', '!', '?', '、', '「', '・', '→', '☑', '□'])
            && !piece.contains("〒")
            || piece.contains("です")
            || piece.contains("ます")
            || piece.contains("ください")
            || piece.contains("下さい")
            || piece.contains("たい")
            || piece.contains("希望")
            || piece.contains("まで") && !piece.contains('〒');
        if piece.contains(['☑', '□', '◎', '○', '×']) && !piece.contains('〒') {
            break;
        }
        // 「電話よりメールでお願いします」 names a way and holds no number.
        let digits = piece.chars().filter(char::is_ascii_digit).count();
        let numbered = digits >= 6 || piece.contains(['@', '〒']) || piece.contains("://");
        let contact = marks.contact.is_match(piece)
            && !piece.contains("連絡")
            && chars < 60
            && (numbered || chars <= 8);
        if says && !(contact && chars < 44 && !piece.contains('。')) || chars > 44 && !contact {
            break;
        }
        if piece.is_ascii() && marks.says.is_match(piece) {
            break;
        }
        let plain = piece.trim();
        let nominal = chars <= 14
            && plain
                .chars()
                .all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c) || " 々ヶ".contains(c))
            && !plain.contains("可")
            && !plain.contains("無")
            && !plain.contains("勤");
        let title = [
            "専門医",
            "博士",
            "指定医",
            "指導医",
            "認定医",
            "病院",
            "クリニック",
            "センター",
            "大学",
            "株式会社",
            "法人",
            "〒",
            "医院",
            "課",
            "財団",
        ]
        .iter()
        .any(|w| plain.contains(w))
            && !plain.contains(['が', 'を', 'に', 'は'])
            && !plain.contains("なら")
            && chars < 44;
        let given =
            chars <= 10 && plain.contains(' ') && !plain.contains(|c: char| c.is_ascii_digit());
        let latin = plain.is_ascii() && chars < 44;
        if !(contact || nominal || title || given || latin) {
            break;
        }
        let labelled = piece.contains(':') && !contact;
        if labelled || piece.starts_with(['-', '◎', '○', '△', '×', '■', '●', '◆', '|'])
        {
            break;
        }
        evidence |= contact;
        first = Some(i);
        if lines.len() - i > 14 {
            break;
        }
    }
    if let Some(first) = first.filter(|_| evidence) {
        for line in lines.iter_mut().skip(first).filter(|l| l.role == Role::Own) {
            line.role = Role::Signature;
        }
    }
}
