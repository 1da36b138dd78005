//! The signature block below the words.

use super::line::Kind;

/// So many filled lines at the end are looked at.
const MOST_LINES: usize = 24;

/// A block below a ruler that has no more lines than these may be a signature even where it reads like words.
const DOUBTFUL_LINES: usize = 6;

/// Finds the signature, marks its lines, and gives its text. `sender` is the display name of the mail's author.
pub(super) fn find(
    lines: &[&str],
    kinds: &mut [Kind],
    sender: &str,
    problems: &mut Vec<String>,
) -> Option<String> {
    let line = |at: usize| lines.get(at).copied().unwrap_or_default();
    let own: Vec<usize> = kinds
        .iter()
        .enumerate()
        .filter(|(_, kind)| **kind == Kind::Own)
        .map(|(at, _)| at)
        .collect();
    let filled: Vec<usize> = own
        .iter()
        .copied()
        .filter(|at| !line(*at).trim().is_empty())
        .collect();
    let device = filled
        .iter()
        .rev()
        .take(4)
        .copied()
        .find(|at| is_device_line(line(*at)));
    let disclaimer = disclaimer(&filled, &line);
    let end = [device, disclaimer].into_iter().flatten().min();
    let body: Vec<usize> = filled
        .into_iter()
        .filter(|at| end.is_none_or(|end| *at < end))
        .collect();
    // A ruler that has only the device's line below it goes with it.
    let above = body
        .last()
        .copied()
        .filter(|at| body.len() > 1 && (is_standard(line(*at)) || is_ruler(line(*at))));
    let begin = begin(&body, &line, sender, problems).or(end.map(|end| above.unwrap_or(end)))?;
    let mut text = String::new();
    for at in own.into_iter().filter(|at| *at >= begin) {
        if let Some(kind) = kinds.get_mut(at) {
            *kind = Kind::Signature;
        }
        text.push_str(line(at).trim_end());
        text.push('\n');
    }
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// The line where the block begins: the earliest ruler near the end below which only a signature can be.
fn begin<'x>(
    body: &[usize],
    line: &impl Fn(usize) -> &'x str,
    sender: &str,
    problems: &mut Vec<String>,
) -> Option<usize> {
    let tail = body.len().saturating_sub(MOST_LINES);
    let last = body.get(tail..).unwrap_or_default();
    let mut doubtful = false;
    for (position, at) in last.iter().enumerate() {
        let standard = is_standard(line(*at));
        if !standard && !is_ruler(line(*at)) {
            continue;
        }
        let below: Vec<&str> = last
            .get(position + 1..)
            .unwrap_or_default()
            .iter()
            .map(|at| line(*at))
            .filter(|line| !is_ruler(line))
            .collect();
        // A ruler with nothing above it or nothing below it opens no signature.
        if below.is_empty() || tail + position == 0 {
            continue;
        }
        match judge(&below, sender) {
            Judgement::Signature => return Some(*at),
            Judgement::Unsure if standard => return Some(*at),
            _ => doubtful |= below.len() <= DOUBTFUL_LINES,
        }
    }
    if doubtful {
        problems.push("a ruler near the end may begin a signature: kept as text".to_owned());
    }
    None
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Judgement {
    Signature,
    Unsure,
    Words,
}

/// What the lines below a ruler are.
fn judge(below: &[&str], sender: &str) -> Judgement {
    if below
        .iter()
        .any(|line| is_words(line) && !is_device_line(line))
        || below.len() > 14
    {
        return Judgement::Words;
    }
    if below
        .iter()
        .any(|line| has_contact(line) || is_device_line(line))
    {
        return Judgement::Signature;
    }
    let short = below.iter().all(|line| line.chars().count() <= 30);
    let named = below
        .iter()
        .any(|line| is_name(line, sender) || has_institution(line));
    if short && named && below.len() <= 5 {
        Judgement::Signature
    } else if below.len() <= 4 && short {
        Judgement::Unsure
    } else {
        Judgement::Words
    }
}

/// A sentence, or a line about work: what a doctor says, never what stands below a name.
fn is_words(line: &str) -> bool {
    let line = line.trim();
    let ended = line.trim_end_matches(['。', '．', '！', '？', '、', '.', '!', '?']);
    let polite = [
        "です",
        "ます",
        "ません",
        "ました",
        "ください",
        "下さい",
        "でした",
        "たい",
        "存じます",
        "ない",
        "ません",
        "可能",
        "不可",
    ]
    .iter()
    .any(|end| ended.ends_with(end));
    const WORK: [&str; 36] = [
        "希望",
        "当直",
        "週に",
        "週1",
        "週2",
        "週3",
        "週4",
        "週5",
        "週１",
        "週２",
        "週３",
        "週４",
        "週５",
        "週一",
        "週二",
        "週三",
        "曜日",
        "時給",
        "日給",
        "年収",
        "月給",
        "給与",
        "報酬",
        "通勤",
        "条件",
        "オンコール",
        "定年",
        "退職",
        "募集",
        "万円",
        "経験",
        "開始",
        "勤務日",
        "勤務地",
        "勤務時間",
        "非常勤を",
    ];
    let english = line.split_whitespace().count() > 9 && line.ends_with(['.', '!', '?']);
    line.contains('。') || polite || english || WORK.iter().any(|word| line.contains(word))
}

/// `-- ` of RFC 3676, and what becomes of it.
fn is_standard(line: &str) -> bool {
    matches!(line.trim_end(), "--" | "__" | "—" | "――" | "‐‐" | "−−") && !line.starts_with(' ')
}

/// Rows of signs: ━━━━, ＊＊＊＊, ====, □■□■, =-=-=-.
pub(super) fn is_ruler(line: &str) -> bool {
    let line = line.trim();
    let count = line.chars().count();
    (4..=120).contains(&count)
        && line.chars().all(is_ruler_sign)
        && !line.chars().all(char::is_whitespace)
}

fn is_ruler_sign(c: char) -> bool {
    const SIGNS: &str = "-=_*~+.:/･・…‥－＝＿＊～〜＋＃─━―—–ー═┏┓┗┛┌┐└┘│┃┣┫□■◇◆○●◎☆★△▲▽▼※♪♭♡♥❤✿❀☘♠♣♦＾^≡｡゜ﾟ°⌒∞‐−｜|＜＞<> 　";
    SIGNS.contains(c)
}

/// The sender's own name, or a part of it that is longer than a letter.
fn is_name(line: &str, sender: &str) -> bool {
    let squeeze = |text: &str| -> String {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let line = squeeze(line);
    let whole = squeeze(sender);
    if line.is_empty() || whole.is_empty() {
        return false;
    }
    line.contains(&whole)
        || (line.chars().count() >= 2 && whole.contains(&line))
        || sender
            .split([' ', '　'])
            .map(squeeze)
            .any(|part| part.chars().count() >= 2 && line.contains(&part))
}

fn has_institution(line: &str) -> bool {
    const PLACES: [&str; 16] = [
        "病院",
        "医院",
        "クリニック",
        "診療所",
        "大学",
        "センター",
        "財団",
        "社団",
        "法人",
        "株式会社",
        "事務局",
        "教授",
        "医師",
        "院長",
        "部長",
        "hospital",
    ];
    let lower = line.to_lowercase();
    PLACES.iter().any(|word| lower.contains(word))
}

/// What only addresses and numbers of people have.
fn has_contact(line: &str) -> bool {
    const MARKS: [&str; 19] = [
        "tel",
        "fax",
        "e-mail",
        "email",
        "mail:",
        "〒",
        "電話",
        "携帯",
        "ファックス",
        "http",
        "www.",
        "@",
        "住所",
        "phone",
        "mobile",
        "℡",
        "☎",
        "✉",
        "内線",
    ];
    let lower = line.to_lowercase();
    MARKS.iter().any(|mark| lower.contains(mark))
}

/// Where the notice about secrecy begins that many institutions put at the end: its paragraph, if it is the last text.
fn disclaimer<'x>(filled: &[usize], line: &impl Fn(usize) -> &'x str) -> Option<usize> {
    let tail = filled.len().saturating_sub(12);
    let last = filled.get(tail..).unwrap_or_default();
    let position = last.iter().position(|at| is_disclaimer(line(*at)))?;
    let text: String = last
        .get(position..)
        .unwrap_or_default()
        .iter()
        .map(|at| line(*at))
        .collect::<String>()
        .to_lowercase();
    const SECOND: [&str; 15] = [
        "削除",
        "破棄",
        "禁止",
        "禁じ",
        "お断りいたします",
        "責任を負い",
        "複写",
        "お知らせ",
        "ご連絡",
        "delete",
        "destroy",
        "notify",
        "prohibited",
        "disclos",
        "unauthor",
    ];
    let sure = SECOND.iter().any(|word| text.contains(word));
    let begin = last.get(position).copied()?;
    // A ruler straight above belongs to the notice.
    let above = position
        .checked_sub(1)
        .and_then(|above| last.get(above))
        .copied()
        .filter(|above| is_ruler(line(*above)));
    (sure && tail + position > 0).then(|| above.unwrap_or(begin))
}

fn is_disclaimer(line: &str) -> bool {
    let lower = line.to_lowercase();
    const FIRST: [&str; 23] = [
        "誤って受信",
        "誤って送信",
        "誤送信",
        "誤って届",
        "心当たりのない",
        "機密情報",
        "秘密情報を含",
        "意図した受信者",
        "本来の受信者",
        "名宛人",
        "宛先以外",
        "宛先に記載された",
        "受取人以外",
        "誤配信",
        "誤って本メール",
        "誤って本電子メール",
        "免責事項",
        "is confidential",
        "confidential and",
        "confidential information",
        "intended recipient",
        "intended solely",
        "intended only for",
    ];
    FIRST.iter().any(|word| lower.contains(word))
}

/// What a telephone's mail program adds.
fn is_device_line(line: &str) -> bool {
    let line = line.trim().trim_matches(['<', '>', '[', ']']);
    let lower = line.to_lowercase();
    if line.chars().count() > 100 {
        return false;
    }
    const ENDINGS: [&str; 10] = [
        "から送信",
        "から送信されました",
        "から送信しました",
        "より送信",
        "からの送信",
        "で送信",
        "で送信しました",
        "で送信しました。",
        "で送信されました",
        "を使用して送信",
    ];
    const BEGINNINGS: [&str; 23] = [
        "get outlook for",
        "enviado desde",
        "enviado do meu",
        "enviado de",
        "envoyé de mon",
        "envoyé depuis",
        "envoyé à partir",
        "von meinem",
        "gesendet von",
        "gesendet mit",
        "inviato da",
        "verzonden vanaf",
        "verstuurd vanaf",
        "skickat från",
        "sendt fra",
        "wysłane z",
        "отправлено с",
        "отправлено из",
        "надіслано з",
        "lähetetty",
        "odesláno z",
        "发自我的",
        "從我的",
    ];
    let app = lower.contains("outlook")
        && ["入手", "取得", "ダウンロード"]
            .iter()
            .any(|word| lower.contains(word));
    let sent = ["sent from", "sent via", "sent with", "sent by"]
        .iter()
        .any(|word| lower.starts_with(word))
        && lower.split_whitespace().count() <= 8
        && !lower.contains(',');
    let yahoo = lower.starts_with("yahoo!メール") && lower.chars().count() < 40;
    ENDINGS.iter().any(|end| line.ends_with(end))
        || app
        || sent
        || yahoo
        || BEGINNINGS.iter().any(|begin| lower.starts_with(begin))
        || ["k-9 mail", "mobiltelefon", "android app"]
            .iter()
            .any(|app| lower.contains(app))
            && ["sent", "gesendet", "envoyé", "送信"]
                .iter()
                .any(|word| lower.contains(word))
}
