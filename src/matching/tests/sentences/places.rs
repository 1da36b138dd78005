//! Places within places, and commutes.

use super::{
    super::{ask, opening},
    at, at_cap, sign,
};
use crate::places::{municipalities, prefectures};
use proptest::prelude::*;

/// The regions as the contract writes them.
const REGIONS: &[(&str, &[&str])] = &[
    (
        "東北",
        &["青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県"],
    ),
    (
        "関東",
        &[
            "茨城県",
            "栃木県",
            "群馬県",
            "埼玉県",
            "千葉県",
            "東京都",
            "神奈川県",
        ],
    ),
    ("首都圏", &["東京都", "神奈川県", "埼玉県", "千葉県"]),
    ("甲信越", &["山梨県", "長野県", "新潟県"]),
    ("北陸", &["富山県", "石川県", "福井県"]),
    ("東海", &["愛知県", "岐阜県", "三重県", "静岡県"]),
    (
        "近畿",
        &["滋賀県", "京都府", "大阪府", "兵庫県", "奈良県", "和歌山県"],
    ),
    ("中国", &["鳥取県", "島根県", "岡山県", "広島県", "山口県"]),
    ("四国", &["徳島県", "香川県", "愛媛県", "高知県"]),
    (
        "九州",
        &[
            "福岡県",
            "佐賀県",
            "長崎県",
            "熊本県",
            "大分県",
            "宮崎県",
            "鹿児島県",
        ],
    ),
];

#[test]
fn a_region_is_its_prefectures() {
    for prefecture in prefectures() {
        for (region, members) in REGIONS {
            let expected = if members.contains(&prefecture.name()) {
                "+"
            } else {
                "-"
            };
            let got = sign(
                "",
                &format!("want area={region}"),
                &format!("area={}", prefecture.name()),
            );
            assert_eq!(got, expected, "{region} {}", prefecture.name());
        }
    }
}

/// A municipality by its place in the table, as the chain of what holds it, from itself up.
fn chain(index: usize) -> Vec<String> {
    let all = municipalities();
    let m = &all[index % all.len()];
    let mut chain = vec![m.full_name()];
    if let (Some(city), Some(_)) = (m.city(), m.ward()) {
        chain.push(format!("{}{city}", m.prefecture.name()));
    }
    chain.push(m.prefecture.name().to_owned());
    let region = REGIONS
        .iter()
        .find(|(_, members)| members.contains(&m.prefecture.name()));
    chain.extend(region.map(|(name, _)| (*name).to_owned()));
    chain
}

const STRENGTHS: [&str; 4] = ["must", "want", "avoid", "never"];

/// Kilometres on the ball.
fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat, lon) = ((b.0 - a.0).to_radians(), (b.1 - a.1).to_radians());
    let h = (lat / 2.0).sin().powi(2)
        + a.0.to_radians().cos() * b.0.to_radians().cos() * (lon / 2.0).sin().powi(2);
    2.0 * 6371.0 * h.sqrt().asin()
}

proptest! {
    #[test]
    fn a_place_holds_what_lies_in_it_and_nothing_else(
        a in any::<prop::sample::Index>(), b in any::<prop::sample::Index>(), same in any::<bool>(), up in 0..4usize, coarse in 0..4usize,
        strength in prop::sample::select(&STRENGTHS)
    ) {
        let a = chain(a.index(municipalities().len()));
        let b = if same { a.clone() } else { chain(b.index(municipalities().len())) };
        let wish = &a[up.min(a.len() - 1)];
        let stands = &b[coarse.min(b.len() - 1)..];
        let here = stands.contains(wish);
        let coarser = a.contains(&stands[0]) && !here;
        let refused = ["avoid", "never"].contains(&strength);
        let status = match (here, coarser) {
            (_, true) => "?",
            (here, _) => if here != refused { "+" } else { "-" },
        };
        // 首都圏 and 関東 overlap; the chain has one of them.
        prop_assert_eq!(sign("", &format!("{strength} area={wish}"), &format!("area={}", stands[0])), at(strength, status), "{} {}", wish, stands[0]);
        prop_assert_eq!(sign("", "want area=全国", &format!("area={}", stands[0])), "+");
    }

    #[test]
    fn a_wished_place_inside_a_refused_one_is_spared_and_the_other_way_round(
        index in any::<prop::sample::Index>(), other in any::<prop::sample::Index>(), outer in 1..4usize,
        strength in prop::sample::select(&["must", "want", "ok"][..])
    ) {
        let inner = chain(index.index(municipalities().len()));
        let other = chain(other.index(municipalities().len()));
        let wide = &inner[outer.min(inner.len() - 1)];
        let narrow = &inner[0];
        prop_assume!(wide != narrow);
        // A designated city beside its own ward would hold it; that is open, not outside.
        let beside = other.contains(wide) && !other.contains(narrow) && !inner.contains(&other[0]);
        let spared = format!("never area={wide}; {strength} area={narrow}");
        prop_assert_ne!(sign("", &spared, &format!("area={narrow}")), "x");
        if beside {
            prop_assert_eq!(sign("", &spared, &format!("area={}", other[0])), "x");
        }
        // The whole country spares nothing.
        let everywhere = format!("never area={wide}; {strength} area=全国");
        prop_assert_eq!(sign("", &everywhere, &format!("area={narrow}")), "x");
        // Nor does the same place once more.
        let same = format!("never area={wide}; {strength} area={wide}");
        prop_assert_eq!(sign("", &same, &format!("area={narrow}")), "x");
        // And a refusal inside a wished place cuts it out.
        let cut = format!("{strength} area={wide}; never area={narrow}");
        prop_assert_eq!(sign("", &cut, &format!("area={narrow}")), "x");
        if beside {
            prop_assert_eq!(sign("", &cut, &format!("area={}", other[0])), "+");
        }
    }

    #[test]
    fn a_station_is_near_within_five_kilometres(dy in -0.08..0.08f64, dx in -0.08..0.08f64, strength in prop::sample::select(&STRENGTHS)) {
        // 名古屋駅 as the table has it.
        let station = (35.1707, 136.8816);
        let point = (station.0 + dy, station.1 + dx);
        let km = kilometres(station, point);
        prop_assume!((km - 5.0).abs() > 0.3);
        let near = (km < 5.0) != ["avoid", "never"].contains(&strength);
        let offered = format!("area=愛知県名古屋市; at={},{}", point.0, point.1);
        prop_assert_eq!(sign("", &format!("{strength} area=名古屋駅"), &offered), at(strength, if near { "+" } else { "-" }), "{}", km);
    }

    #[test]
    fn a_commute_is_met_by_its_upper_end_and_missed_by_its_lower(
        dy in -0.9..0.9f64, dx in -0.6..0.6f64, about in 5i64..150, end in 0..7usize, strength in prop::sample::select(&["must", "want", "ok", "avoid", "never"][..])
    ) {
        let offered = format!("area=長野県; at={},{}", 36.23 + dy, 137.97 + dx);
        let band = ask("home=松本駅", "", &[opening("A", &offered)]).matches[0].commute.clone();
        let [low, high] = band.map_or([0, u32::MAX], |c| c.minutes.map(|m| m));
        prop_assert!(low <= high);
        let (low, high) = (i64::from(low), i64::from(high));
        // Around both ends, and anywhere.
        let minutes = *[low - 1, low, low + 1, high - 1, high, high + 1].get(end).unwrap_or(&about);
        prop_assume!((1..600).contains(&minutes));
        let status = match strength {
            // A refused number means that or more.
            "avoid" | "never" => if high < minutes { "+" } else if low >= minutes { "-" } else { "?" },
            _ => if high <= minutes { "+" } else if low > minutes { "-" } else { "?" },
        };
        let got = sign("home=松本駅", &format!("{strength} commute_minutes={minutes}"), &offered);
        prop_assert_eq!(got, at_cap(strength, status), "{}..{}", low, high);
        // Without a home, or a place, nothing is known.
        prop_assert_eq!(sign("", &format!("{strength} commute_minutes={minutes}"), &offered), at_cap(strength, "?"));
        prop_assert_eq!(sign("home=松本駅", &format!("{strength} commute_minutes={minutes}"), "area=どこか"), at_cap(strength, "?"));
        // Who refuses to move refuses what is certainly more than two hours away.
        let moving = if high <= 120 { "+" } else if low > 120 { "-" } else { "?" };
        if ["avoid", "never"].contains(&strength) {
            prop_assert_eq!(sign("home=松本駅", &format!("{strength} relocation=yes"), &offered), at(strength, moving));
        }
    }

    #[test]
    fn there_is_no_estimate_across_the_sea_nor_by_shinkansen(from in 0..5usize, to in 0..5usize, dy in -0.1..0.1f64) {
        let sides = [
            ("札幌駅", "北海道札幌市", 43.06, 141.35),
            ("松本駅", "長野県松本市", 36.23, 137.97),
            ("那覇市", "沖縄県那覇市", 26.21, 127.68),
            ("佐渡市", "新潟県佐渡市", 38.02, 138.37),
            ("石垣市", "沖縄県石垣市", 24.34, 124.16),
        ];
        let home = sides[from].0;
        let home = if home.ends_with('駅') { home.to_owned() } else { sides[from].1.to_owned() };
        let (_, area, lat, lon) = sides[to];
        let offered = [opening("A", &format!("area={area}; at={},{lon}", lat + dy * 0.2))];
        let answer = ask(&format!("home={home}"), "", &offered);
        prop_assert_eq!(answer.matches[0].commute.is_some(), from == to, "{} {}", home, area);
        let answer = ask(&format!("home={home}"), "must commute_mode=shinkansen", &offered);
        prop_assert!(answer.matches.iter().all(|m| m.commute.is_none()));
    }
}
