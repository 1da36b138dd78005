//! Names of places as English mails write them: Matsumoto, Aoba-ku, Osaka City, made from the readings in the table.

/// A reading in katakana in Hepburn spelling without marks of length: マツモトシ is matsumotoshi.
pub(super) fn romaji(kana: &str) -> String {
    let mut out = String::new();
    let mut double = false;
    let chars: Vec<char> = kana.chars().collect();
    let mut i = 0;
    while let Some(c) = chars.get(i).copied() {
        let small = chars.get(i + 1).copied().filter(|c| "ャュョ".contains(*c));
        i += 1;
        if c == 'ッ' {
            double = true;
            continue;
        }
        let Some(mut sound) = syllable(c).map(str::to_owned) else {
            continue;
        };
        if let Some(small) = small {
            i += 1;
            let vowel = match small {
                'ャ' => "a",
                'ュ' => "u",
                _ => "o",
            };
            sound.pop();
            if !sound.ends_with("sh") && !sound.ends_with("ch") && !sound.ends_with('j') {
                sound.push('y');
            }
            sound.push_str(vowel);
        }
        if double {
            if sound.starts_with("ch") {
                out.push('t');
            } else {
                out.extend(sound.chars().next());
            }
            double = false;
        }
        // オオ, オウ and ウウ are long vowels.
        let long = sound.len() == 1
            && (sound == "o" && out.ends_with('o') || sound == "u" && out.ends_with(['o', 'u']));
        if !long {
            out.push_str(&sound);
        }
    }
    out
}

fn syllable(c: char) -> Option<&'static str> {
    const ROWS: &[(&str, [&str; 5])] = &[
        ("アイウエオ", ["a", "i", "u", "e", "o"]),
        ("カキクケコ", ["ka", "ki", "ku", "ke", "ko"]),
        ("サシスセソ", ["sa", "shi", "su", "se", "so"]),
        ("タチツテト", ["ta", "chi", "tsu", "te", "to"]),
        ("ナニヌネノ", ["na", "ni", "nu", "ne", "no"]),
        ("ハヒフヘホ", ["ha", "hi", "fu", "he", "ho"]),
        ("マミムメモ", ["ma", "mi", "mu", "me", "mo"]),
        ("ラリルレロ", ["ra", "ri", "ru", "re", "ro"]),
        ("ガギグゲゴ", ["ga", "gi", "gu", "ge", "go"]),
        ("ザジズゼゾ", ["za", "ji", "zu", "ze", "zo"]),
        ("ダヂヅデド", ["da", "ji", "zu", "de", "do"]),
        ("バビブベボ", ["ba", "bi", "bu", "be", "bo"]),
        ("パピプペポ", ["pa", "pi", "pu", "pe", "po"]),
        ("ヤユヨワン", ["ya", "yu", "yo", "wa", "n"]),
    ];
    ROWS.iter().find_map(|(kana, sounds)| {
        let at = kana.chars().position(|k| k == c)?;
        sounds.get(at).copied()
    })
}

/// English words, and names of people that are too frequent to be a place by themselves.
const NO_PLACES: &[&str] = &[
    "date", "mine", "same", "use", "one", "none", "sue", "ome", "ise", "ito", "abe", "ono", "noda",
    "hino", "sano", "honda", "seki", "oda", "ota", "hara", "mori", "kure", "joso", "kazo", "soja",
    "toki", "obama", "minami", "higashi", "nishi", "kita", "chuo", "naka", "midori", "asahi",
    "izumi",
];

/// Names of a municipality in English: the bare one, and those with city, ward or a Japanese ending.
pub(super) fn names(kana: &str, kanji: &str) -> Option<(String, Vec<String>)> {
    let (endings, english): (&[&str], &[&str]) = match kanji.chars().next_back()? {
        '市' => (&["シ"], &["city", "shi"]),
        '区' => (&["ク"], &["ward", "ku"]),
        '町' => (&["チョウ", "マチ"], &["town", "cho", "machi"]),
        '村' => (&["ムラ", "ソン"], &["village", "mura"]),
        _ => return None,
    };
    let stem = endings.iter().find_map(|e| kana.strip_suffix(e))?;
    let bare = romaji(stem);
    if bare.len() < 2 {
        return None;
    }
    let full = english
        .iter()
        .flat_map(|e| [format!("{bare} {e}"), format!("{bare}-{e}")])
        .collect();
    Some((bare, full))
}

/// Whether a bare name may stand for its place.
pub(super) fn stands_alone(bare: &str) -> bool {
    bare.len() >= 4 && !NO_PLACES.contains(&bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_become_hepburn() {
        for (kana, latin) in [
            ("マツモト", "matsumoto"),
            ("オオサカ", "osaka"),
            ("コウフ", "kofu"),
            ("サッポロ", "sapporo"),
            ("キョウト", "kyoto"),
            ("ジョウエツ", "joetsu"),
            ("ニイガタ", "niigata"),
            ("チュウオウ", "chuo"),
        ] {
            assert_eq!(romaji(kana), latin, "{kana}");
        }
    }
}
