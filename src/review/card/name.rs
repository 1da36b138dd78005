//! As much of a person's name as colleagues need to speak of a case: the family name.

use super::harmless;

/// Common family names of three characters, which a name without a blank would else be cut in the middle of.
const THREE: &[&str] = &[
    "長谷川",
    "五十嵐",
    "小笠原",
    "久保田",
    "大久保",
    "長谷部",
    "宇都宮",
    "日比野",
    "佐久間",
    "小久保",
    "小野寺",
    "小野田",
    "小山田",
    "小田切",
    "小田島",
    "阿久津",
    "安孫子",
    "伊集院",
    "宇佐美",
    "海老原",
    "大河原",
    "大河内",
    "大和田",
    "加賀谷",
    "我孫子",
    "神宮寺",
    "久保寺",
    "西園寺",
    "三田村",
    "四方田",
    "曽我部",
    "高見沢",
    "竹之内",
    "東海林",
    "中曽根",
    "仲宗根",
    "波多野",
    "日下部",
    "二階堂",
    "美濃部",
    "山之内",
    "早乙女",
    "与那嶺",
    "屋比久",
    "我那覇",
    "喜屋武",
];

/// The family name: the part before the blank of a Japanese name, the last word of one in Latin letters, and of a Japanese
/// name without a blank its first two characters (three where the name is known to have them).
pub fn family_name(name: &str) -> String {
    let name = harmless::plain(name, 60);
    let words: Vec<&str> = name.split(' ').filter(|w| !w.is_empty()).collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return String::new();
    };
    if name.chars().any(|c| c.is_ascii_alphabetic()) {
        // Titles after a comma stand behind the name.
        let before_title = name.split(',').next().unwrap_or(&name);
        return before_title
            .split_whitespace()
            .last()
            .unwrap_or(last)
            .to_owned();
    }
    if words.len() > 1 {
        return (*first).to_owned();
    }
    let all: Vec<char> = name.chars().collect();
    let head: String = all.iter().take(3).collect();
    let length = match all.len() {
        0..=2 => all.len(),
        _ if THREE.contains(&head.as_str()) || all.get(1) == Some(&'々') => 3,
        _ => 2,
    };
    all.into_iter().take(length).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_given_name_is_left_out() {
        for (name, expect) in [
            ("佐藤 一郎", "佐藤"),
            ("佐藤　一郎", "佐藤"),
            ("佐藤一郎", "佐藤"),
            ("佐々木健", "佐々木"),
            ("長谷川太郎", "長谷川"),
            ("野々山花子", "野々山"),
            ("林太", "林太"),
            ("Taro Yamada", "Yamada"),
            ("Taro Yamada, MD", "Yamada"),
            ("", ""),
            ("**佐藤** @everyone", "@everyone"),
        ] {
            assert_eq!(family_name(name), expect, "{name}");
        }
    }
}
