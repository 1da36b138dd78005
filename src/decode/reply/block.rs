//! Outlook's header block above an old mail: a ruler, then 差出人 / 送信日時 / 宛先 / 件名, or either alone.

/// The labels of such a block, by what they say.
const LABELS: [(Label, &str); 5] = [
    (
        Label::From,
        "差出人 送信者 送信元 発信者 from von de da van från fra od от відправник lähettäjä 发件人 寄件者 보낸_사람",
    ),
    (
        Label::Date,
        "送信日時 送信日 送信時間 日時 日付 受信日時 sent date gesendet datum envoyé date_d'envoi message_du enviado enviado_el data inviato \
         verzonden skickat sendt dato wysłano fecha lähetetty дата отправлено 发送时间 日期 寄件日期 보낸_날짜",
    ),
    (
        Label::To,
        "宛先 送信先 受信者 to an à para a aan till til do vastaanottaja кому 收件人 받는_사람",
    ),
    (
        Label::Subject,
        "件名 題名 表題 subject betreff objet sujet asunto assunto oggetto onderwerp ämne emne temat aihe тема 主题 主旨 제목",
    ),
    (
        Label::Other,
        "cc bcc ｃｃ copie_à kopie kopia копия 重要度 importance 添付ファイル attachments 返信先 reply-to 優先度 organization x-mailer",
    ),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    From,
    Date,
    To,
    Subject,
    Other,
}

/// The label that a line begins with, bold marks and decorations aside.
fn label(line: &str) -> Option<Label> {
    let line = line
        .trim()
        .trim_start_matches(['*', '【', '[', '■', '・', '_'])
        .trim_start();
    let (name, value) = line.split_once([':', '：'])?;
    let name = name
        .trim()
        .trim_end_matches(['*', '】', ']', '_', ' ', '　']);
    if name.chars().count() > 16 {
        return None;
    }
    let name: String = name.to_lowercase().replace(' ', "_");
    let found = LABELS
        .iter()
        .find(|(_, names)| names.split_whitespace().any(|known| known == name))
        .map(|(label, _)| *label)?;
    // A one-letter word before a colon is a label only with something behind it.
    (name.chars().count() > 1 || !value.trim().is_empty()).then_some(found)
}

/// Words between the dashes of a ruler.
const RULER_WORDS: [&str; 31] = [
    "original message",
    "original mail",
    "original email",
    "original-nachricht",
    "元のメッセージ",
    "元のメール",
    "オリジナルメッセージ",
    "オリジナルメール",
    "元メール",
    "受信メール",
    "受信メッセージ",
    "送信メール",
    "forwarded message",
    "forwarded by",
    "forward message",
    "転送メッセージ",
    "転送されたメッセージ",
    "転送メール",
    "転送ここから",
    "ursprüngliche nachricht",
    "antwort nachricht",
    "message d'origine",
    "message original",
    "mensaje original",
    "mensagem original",
    "messaggio originale",
    "oorspronkelijk bericht",
    "oprindelig meddelelse",
    "oprindelig besked",
    "ursprungligt meddelande",
    "reply message",
];

/// `-----Original Message-----` and its translations, whatever the dashes are made of.
fn is_worded_ruler(line: &str) -> bool {
    let line = line.trim();
    let dash = |c: char| {
        matches!(
            c,
            '-' | '－'
                | '―'
                | '─'
                | '━'
                | '_'
                | '='
                | '＝'
                | '*'
                | 'ー'
                | '—'
                | '–'
                | '~'
                | '<'
                | '>'
                | '#'
                | ' '
                | '　'
                | '['
                | ']'
        )
    };
    let inner = line.trim_matches(dash);
    let may_be_bare = inner.starts_with(['B', 'b', '転']);
    if inner.is_empty() || (inner.len() == line.len() && !may_be_bare) {
        return false;
    }
    let dashes = line.chars().count() - inner.chars().count();
    if inner.chars().count() > 60 {
        return false;
    }
    let lower = inner.to_lowercase();
    let exact = RULER_WORDS
        .iter()
        .any(|word| lower == *word || (dashes >= 4 && lower.starts_with(word)));
    let bare = lower == "begin forwarded message:"
        || lower == "転送されたメッセージ:"
        || lower == "転送されたメッセージ：";
    bare || (exact && dashes >= 2)
}

/// The words of a ruler that stand on a line of their own below it.
fn is_ruler_word(line: Option<&&str>) -> bool {
    line.is_some_and(|line| RULER_WORDS.contains(&line.trim().to_lowercase().as_str()))
}

/// A line of nothing but underscores or the like, as clients put above their block.
pub(super) fn is_bare_ruler(line: &str) -> bool {
    let line = line.trim();
    line.chars().count() >= 5
        && ['_', '-', '─', '━', '―', '=', '＿']
            .iter()
            .any(|sign| line.chars().all(|c| c == *sign))
}

/// How many lines at the start stand above an old mail: a worded ruler with or without labels, or the labels alone.
pub(super) fn header_block(rest: &[&str]) -> Option<usize> {
    let first = rest.first()?;
    let worded = is_worded_ruler(first);
    let ruler = worded || is_bare_ruler(first);
    // Only Outlook's underscores stand apart from their block; other rulers may close a signature.
    let apart = if worded || first.trim().starts_with('_') {
        3
    } else {
        0
    };
    let begin = if ruler {
        1 + rest
            .get(1..)?
            .iter()
            .take(apart)
            .take_while(|line| line.trim().is_empty())
            .count()
            + usize::from(is_ruler_word(rest.get(1)))
    } else {
        label(first)?;
        0
    };
    // Outlook's line of underscores says already what follows; two labels are enough below it.
    let least = if ruler && first.trim().chars().filter(|c| *c == '_').count() >= 20 {
        2
    } else {
        3
    };
    let labels = labels(rest.get(begin..).unwrap_or_default(), least);
    match labels {
        Some(length) => Some(begin + length),
        None if worded => Some(1),
        None => None,
    }
}

/// The length of a run of labels that names a sender, `least` things in all.
fn labels(lines: &[&str], least: usize) -> Option<usize> {
    let mut seen = Vec::new();
    let mut length = 0;
    let mut loose = 0;
    for (at, line) in lines.iter().take(24).enumerate() {
        if let Some(label) = label(line.trim_start_matches(['>', '＞', ' '])) {
            if seen.contains(&label) && label == Label::From {
                break;
            }
            seen.push(label);
            length = at + 1;
            loose = 0;
        } else if at == 0 {
            return None;
        } else {
            // A long list of recipients runs on; one blank line between labels comes from HTML.
            loose += 1;
            if loose > 2 {
                break;
            }
        }
    }
    let has = |label| seen.contains(&label);
    let kinds = [Label::From, Label::Date, Label::To, Label::Subject]
        .into_iter()
        .filter(|label| has(*label))
        .count();
    let first_two = seen.first() == Some(&Label::From) || seen.get(1) == Some(&Label::From);
    (has(Label::From) && (first_two || kinds >= 4) && kinds >= least).then_some(length)
}
