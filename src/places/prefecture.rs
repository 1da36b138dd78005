//! The 47 prefectures and the regions they form.

/// A prefecture by its JIS X 0401 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Prefecture(u8);

const NAMES: [&str; 47] = [
    "北海道",
    "青森県",
    "岩手県",
    "宮城県",
    "秋田県",
    "山形県",
    "福島県",
    "茨城県",
    "栃木県",
    "群馬県",
    "埼玉県",
    "千葉県",
    "東京都",
    "神奈川県",
    "新潟県",
    "富山県",
    "石川県",
    "福井県",
    "山梨県",
    "長野県",
    "岐阜県",
    "静岡県",
    "愛知県",
    "三重県",
    "滋賀県",
    "京都府",
    "大阪府",
    "兵庫県",
    "奈良県",
    "和歌山県",
    "鳥取県",
    "島根県",
    "岡山県",
    "広島県",
    "山口県",
    "徳島県",
    "香川県",
    "愛媛県",
    "高知県",
    "福岡県",
    "佐賀県",
    "長崎県",
    "熊本県",
    "大分県",
    "宮崎県",
    "鹿児島県",
    "沖縄県",
];

/// All prefectures in the order of their codes.
pub fn prefectures() -> impl ExactSizeIterator<Item = Prefecture> {
    (1..=47u8).map(Prefecture)
}

impl Prefecture {
    /// The prefecture of a JIS code, 1 to 47.
    pub fn from_code(code: u8) -> Option<Self> {
        (1..=47).contains(&code).then_some(Prefecture(code))
    }

    /// The prefecture of a name with its suffix (長野県).
    pub fn from_name(name: &str) -> Option<Self> {
        prefectures().find(|p| p.name() == name)
    }

    /// The prefecture of a name without its suffix (長野); 北海道 has none to leave out.
    pub fn from_stem(stem: &str) -> Option<Self> {
        prefectures().find(|p| p.stem() == stem)
    }

    /// The JIS code.
    pub fn code(self) -> u8 {
        self.0
    }

    /// 長野県.
    pub fn name(self) -> &'static str {
        NAMES
            .get(usize::from(self.0) - 1)
            .copied()
            .unwrap_or_default()
    }

    /// 長野; 京都 for 京都府, 東京 for 東京都, 北海道 as it is.
    pub fn stem(self) -> &'static str {
        let name = self.name();
        if self.0 == 1 {
            return name;
        }
        name.strip_suffix(['都', '府', '県']).unwrap_or(name)
    }

    /// The prefecture that a text begins with, and what follows it.
    pub fn split(text: &str) -> Option<(Self, &str)> {
        prefectures().find_map(|p| text.strip_prefix(p.name()).map(|rest| (p, rest)))
    }
}

/// A region as `docs/wishes.md` names them; the sets are those of `docs/matching.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Region {
    /// 北海道
    Hokkaido,
    /// 東北
    Tohoku,
    /// 関東
    Kanto,
    /// 首都圏
    Capital,
    /// 甲信越
    Koshinetsu,
    /// 北陸
    Hokuriku,
    /// 東海
    Tokai,
    /// 近畿
    Kinki,
    /// 中国
    Chugoku,
    /// 四国
    Shikoku,
    /// 九州
    Kyushu,
    /// 沖縄
    Okinawa,
}

impl Region {
    /// Every region in the order of the vocabulary.
    pub const ALL: [Region; 12] = [
        Region::Hokkaido,
        Region::Tohoku,
        Region::Kanto,
        Region::Capital,
        Region::Koshinetsu,
        Region::Hokuriku,
        Region::Tokai,
        Region::Kinki,
        Region::Chugoku,
        Region::Shikoku,
        Region::Kyushu,
        Region::Okinawa,
    ];

    /// The written name.
    pub fn name(self) -> &'static str {
        match self {
            Region::Hokkaido => "北海道",
            Region::Tohoku => "東北",
            Region::Kanto => "関東",
            Region::Capital => "首都圏",
            Region::Koshinetsu => "甲信越",
            Region::Hokuriku => "北陸",
            Region::Tokai => "東海",
            Region::Kinki => "近畿",
            Region::Chugoku => "中国",
            Region::Shikoku => "四国",
            Region::Kyushu => "九州",
            Region::Okinawa => "沖縄",
        }
    }

    /// The region of a name, with the usual other names (関西, 東北地方, 中国地方).
    pub fn from_name(name: &str) -> Option<Self> {
        let stem = name
            .strip_suffix("地方")
            .or_else(|| name.strip_suffix("圏").filter(|_| name != "首都圏"))
            .unwrap_or(name);
        match stem {
            "関西" => Some(Region::Kinki),
            "首都圏" => Some(Region::Capital),
            _ => Region::ALL.into_iter().find(|r| r.name() == stem),
        }
    }

    /// The codes of its prefectures.
    pub fn codes(self) -> &'static [u8] {
        match self {
            Region::Hokkaido => &[1],
            Region::Tohoku => &[2, 3, 4, 5, 6, 7],
            Region::Kanto => &[8, 9, 10, 11, 12, 13, 14],
            Region::Capital => &[11, 12, 13, 14],
            Region::Koshinetsu => &[15, 19, 20],
            Region::Hokuriku => &[16, 17, 18],
            Region::Tokai => &[21, 22, 23, 24],
            Region::Kinki => &[25, 26, 27, 28, 29, 30],
            Region::Chugoku => &[31, 32, 33, 34, 35],
            Region::Shikoku => &[36, 37, 38, 39],
            Region::Kyushu => &[40, 41, 42, 43, 44, 45, 46],
            Region::Okinawa => &[47],
        }
    }

    /// Whether the prefecture belongs to it.
    pub fn contains(self, prefecture: Prefecture) -> bool {
        self.codes().contains(&prefecture.code())
    }
}
