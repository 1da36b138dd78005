#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod towns;
mod waters;

use super::*;

/// Town halls and the like, from general maps, to two decimals: place, degrees north, degrees east, tolerated kilometres.
const KNOWN: &[(&str, f64, f64, f64)] = &[
    ("北海道札幌市", 43.06, 141.35, 5.0),
    ("北海道函館市", 41.77, 140.73, 6.0),
    ("北海道稚内市", 45.42, 141.67, 6.0),
    ("北海道幕別町", 42.91, 143.36, 6.0),
    ("北海道江差町", 41.87, 140.13, 6.0),
    ("青森県青森市", 40.82, 140.75, 6.0),
    ("青森県むつ市", 41.29, 141.18, 6.0),
    ("岩手県盛岡市", 39.70, 141.15, 5.0),
    ("岩手県釜石市", 39.28, 141.89, 6.0),
    ("宮城県仙台市", 38.27, 140.87, 5.0),
    ("宮城県気仙沼市", 38.91, 141.57, 6.0),
    ("秋田県横手市", 39.31, 140.57, 6.0),
    ("山形県鶴岡市", 38.73, 139.83, 6.0),
    ("福島県郡山市", 37.40, 140.36, 5.0),
    ("福島県南相馬市", 37.64, 140.96, 6.0),
    ("茨城県つくば市", 36.08, 140.08, 8.0),
    ("栃木県宇都宮市", 36.56, 139.88, 5.0),
    ("群馬県前橋市", 36.39, 139.06, 5.0),
    ("埼玉県川越市", 35.93, 139.49, 4.0),
    ("埼玉県秩父市", 35.99, 139.09, 6.0),
    ("千葉県船橋市", 35.69, 139.98, 4.0),
    ("千葉県館山市", 34.99, 139.87, 5.0),
    ("東京都世田谷区", 35.65, 139.65, 3.0),
    ("東京都江東区", 35.67, 139.82, 3.0),
    ("東京都練馬区", 35.74, 139.65, 3.0),
    ("東京都調布市", 35.65, 139.54, 4.0),
    ("東京都大島町", 34.75, 139.36, 6.0),
    ("東京都小笠原村", 27.09, 142.19, 10.0),
    ("神奈川県横浜市青葉区", 35.55, 139.54, 3.0),
    ("神奈川県横浜市鶴見区", 35.51, 139.68, 3.0),
    ("神奈川県小田原市", 35.26, 139.15, 4.0),
    ("新潟県新潟市", 37.92, 139.04, 6.0),
    ("新潟県佐渡市", 38.02, 138.37, 10.0),
    ("富山県富山市", 36.70, 137.21, 5.0),
    ("石川県輪島市", 37.39, 136.90, 5.0),
    ("福井県敦賀市", 35.65, 136.06, 5.0),
    ("山梨県中央市", 35.60, 138.52, 5.0),
    ("長野県松本市", 36.24, 137.97, 5.0),
    ("長野県飯田市", 35.51, 137.82, 6.0),
    ("長野県白馬村", 36.70, 137.86, 6.0),
    ("岐阜県高山市", 36.15, 137.25, 6.0),
    ("静岡県浜松市", 34.71, 137.73, 6.0),
    ("愛知県名古屋市中村区", 35.17, 136.87, 3.0),
    ("愛知県豊田市", 35.08, 137.16, 6.0),
    ("三重県尾鷲市", 34.07, 136.19, 6.0),
    ("滋賀県彦根市", 35.27, 136.26, 5.0),
    ("京都府京都市左京区", 35.05, 135.78, 5.0),
    ("大阪府大阪市", 34.69, 135.50, 4.0),
    ("兵庫県淡路市", 34.44, 134.91, 10.0),
    ("奈良県橿原市", 34.51, 135.79, 4.0),
    ("和歌山県白浜町", 33.68, 135.35, 8.0),
    ("鳥取県米子市", 35.43, 133.33, 5.0),
    ("島根県海士町", 36.10, 133.10, 8.0),
    ("岡山県倉敷市", 34.59, 133.77, 6.0),
    ("広島県府中町", 34.39, 132.50, 3.0),
    ("山口県下関市", 33.96, 130.94, 6.0),
    ("徳島県三好市", 34.03, 133.81, 10.0),
    ("香川県高松市", 34.34, 134.05, 5.0),
    ("愛媛県宇和島市", 33.22, 132.56, 5.0),
    ("高知県四万十市", 32.99, 132.93, 6.0),
    ("福岡県那珂川市", 33.50, 130.42, 4.0),
    ("佐賀県唐津市", 33.45, 129.97, 6.0),
    ("長崎県対馬市", 34.20, 129.29, 15.0),
    ("熊本県天草市", 32.46, 130.19, 8.0),
    ("大分県別府市", 33.28, 131.49, 5.0),
    ("宮崎県都城市", 31.72, 131.06, 6.0),
    ("鹿児島県奄美市", 28.38, 129.49, 8.0),
    ("沖縄県那覇市", 26.21, 127.68, 4.0),
    ("沖縄県石垣市", 24.34, 124.16, 8.0),
];

fn municipality(name: &str) -> &'static Municipality {
    match Place::parse(name) {
        Place::Municipality(m) => m,
        other => panic!("{name} was read as {other:?}"),
    }
}

#[test]
fn known_points_are_where_maps_have_them() {
    for (name, lat, lon, km) in KNOWN {
        let m = municipality(name);
        let expected = Point::in_japan(*lat, *lon).unwrap();
        let off = m.point.kilometres_to(expected);
        assert!(off <= *km, "{name} is {off:.1} km off");
    }
}

#[test]
fn the_table_is_whole() {
    let all = municipalities();
    let wards = all.iter().filter(|m| m.ward().is_some()).count();
    assert_eq!((all.len() - wards, wards), (1741, 171));
    for p in prefectures() {
        assert!(all.iter().any(|m| m.prefecture == p), "{}", p.name());
    }
    for m in all {
        assert!(
            Point::in_japan(m.point.lat, m.point.lon).is_some(),
            "{}",
            m.full_name()
        );
        assert!((2.0..=15.0).contains(&m.radius_km), "{}", m.full_name());
        assert_eq!(Place::parse(&m.full_name()), Place::Municipality(m));
        if let Some(city) = m.city() {
            let city = in_prefecture(m.prefecture, city).unwrap();
            assert!(city.contains(m) && !m.contains(city), "{}", m.full_name());
            assert!(
                city.point.kilometres_to(m.point) < 30.0,
                "{}",
                m.full_name()
            );
        }
    }
}

#[test]
fn written_forms_become_canonical() {
    for (text, canonical) in [
        ("松本市", "長野県松本市"),
        ("松本", "長野県松本市"),
        ("世田谷区", "東京都世田谷区"),
        ("横浜市青葉区", "神奈川県横浜市青葉区"),
        ("長野県北安曇郡白馬村", "長野県白馬村"),
        ("長野県", "長野県"),
        ("東京", "東京都"),
        ("関西", "近畿"),
        ("東北地方", "東北"),
        ("中国", "中国"),
        ("首都圏", "首都圏"),
        ("沖縄", "沖縄"),
        ("全国", "全国"),
        ("名古屋駅", "名古屋駅"),
        ("茅ケ崎市", "神奈川県茅ヶ崎市"),
        ("京都府京都市 下京区", "京都府京都市下京区"),
        ("奈良県葛\u{e0100}城市", "奈良県葛城市"),
        ("大阪府四条畷市", "大阪府四條畷市"),
        ("岐阜県飛驒市", "岐阜県飛騨市"),
        ("福岡県須惠町", "福岡県須恵町"),
        ("津軽地方", "津軽地方"),
        ("府中市", "府中市"),
        ("青葉区", "青葉区"),
        ("長野県北信", "長野県北信"),
        ("長野県南安曇郡白馬村", "長野県南安曇郡白馬村"),
    ] {
        assert_eq!(Place::parse(text).to_string(), canonical, "{text}");
    }
    let names = |text| -> Vec<String> { complete(text).iter().map(|m| m.full_name()).collect() };
    assert_eq!(names("府中市"), ["東京都府中市", "広島県府中市"]);
    assert_eq!(
        names("青葉区"),
        ["宮城県仙台市青葉区", "神奈川県横浜市青葉区"]
    );
    assert_eq!(names("松本市"), ["長野県松本市"]);
    assert!(names("どこか").is_empty());
}

#[test]
fn addresses_are_split_after_the_municipality() {
    for (address, place, rest) in [
        ("長野県松本市旭3-1-1", "長野県松本市", "旭3-1-1"),
        (
            "神奈川県横浜市青葉区あざみ野1丁目",
            "神奈川県横浜市青葉区",
            "あざみ野1丁目",
        ),
        ("北海道久遠郡せたな町北檜山区", "北海道せたな町", "北檜山区"),
        ("三重県四日市市芝田2-2-37", "三重県四日市市", "芝田2-2-37"),
        ("松本市旭", "長野県松本市", "旭"),
        ("長野県どこか", "長野県", "どこか"),
    ] {
        let (found, left) = locate(address);
        assert_eq!(found.unwrap().to_string(), place, "{address}");
        assert_eq!(left, rest, "{address}");
    }
    assert_eq!(locate("府中市1-1").0, None);
}

#[test]
fn places_hold_what_lies_in_them() {
    use Holds::{No, Unknown, Yes};
    for (outer, inner, expected) in [
        ("全国", "津軽地方", Yes),
        ("関東", "埼玉県川越市", Yes),
        ("関東", "首都圏", Yes),
        ("首都圏", "関東", Unknown),
        ("首都圏", "群馬県", No),
        ("九州", "沖縄県", No),
        ("沖縄", "沖縄県石垣市", Yes),
        ("長野県", "甲信越", Unknown),
        ("長野県", "長野県松本市", Yes),
        ("長野県", "岐阜県", No),
        ("長野県松本市", "長野県", Unknown),
        ("長野県松本市", "長野県塩尻市", No),
        ("長野県松本市", "東京都", No),
        ("長野県松本市", "東北", No),
        ("長野県松本市", "甲信越", Unknown),
        ("神奈川県横浜市", "神奈川県横浜市青葉区", Yes),
        ("神奈川県横浜市青葉区", "神奈川県横浜市", Unknown),
        ("神奈川県横浜市青葉区", "神奈川県横浜市西区", No),
        ("津軽地方", "青森県弘前市", Unknown),
        ("名古屋駅", "福岡県福岡市", No),
        ("名古屋駅", "愛知県", Unknown),
        ("知らない駅", "愛知県名古屋市", Unknown),
        ("愛知県", "名古屋駅", Yes),
    ] {
        let got = Place::parse(outer).holds(&Place::parse(inner));
        assert_eq!(got, expected, "{outer} ∋ {inner}");
    }
}

#[test]
fn a_quick_distance_is_nearly_the_great_circle() {
    let corners = [
        (24.3, 123.7),
        (35.68, 139.76),
        (43.06, 141.35),
        (45.5, 141.9),
    ];
    for (lat, lon) in corners {
        let from = Point { lat, lon };
        let centre = super::point::Centre::new(from);
        for step in 0..10_000 {
            let turn = f64::from(step) * 0.7;
            let far = f64::from(step % 397) * 0.008;
            let to = Point {
                lat: lat + far * turn.sin(),
                lon: lon + far * turn.cos(),
            };
            let exact = from.kilometres_to(to);
            match centre.kilometres_to(to) {
                Some(km) => assert!(
                    (km - exact).abs() < super::point::Centre::ERROR_KM,
                    "{km} {exact}"
                ),
                None => assert!(exact > super::point::Centre::FAR_KM - 1.0),
            }
        }
    }
}

#[test]
fn a_station_reaches_five_kilometres() {
    let nagoya = Place::parse("名古屋駅");
    let near = |lat, lon| nagoya.near(&Site::at(Point::in_japan(lat, lon).unwrap(), None).unwrap());
    assert_eq!(near(35.17, 136.91), Holds::Yes);
    assert_eq!(near(35.09, 136.95), Holds::No);
    assert_eq!(station_site("福島駅"), None, "two prefectures have one");
    assert!(station_site("塩尻駅").unwrap().error_km < 0.1);
    assert!(station_site("安曇野駅").unwrap().error_km > 1.0);
}

#[test]
fn coordinates_outside_japan_are_none() {
    for (lat, lon) in [(0.0, 0.0), (139.7, 35.7), (48.85, 2.35), (f64::NAN, 139.0)] {
        assert_eq!(Point::in_japan(lat, lon), None);
    }
}

#[test]
fn distances_match_known_ones() {
    let km = |a: &str, b: &str| {
        station_site(a)
            .unwrap()
            .point
            .kilometres_to(station_site(b).unwrap().point)
    };
    assert!((km("東京駅", "新大阪駅") - 401.0).abs() < 5.0);
    assert!((km("東京駅", "横浜駅") - 27.5).abs() < 1.5);
}

fn site(name: &str) -> Site {
    Place::parse(name).site().unwrap()
}

#[test]
fn a_commute_is_a_band_around_the_plausible_time() {
    for (from, to, means, plausible) in [
        ("松本駅", "塩尻駅", Means::Car, 30),
        ("松本駅", "上田駅", Means::Car, 70),
        ("千葉駅", "東京駅", Means::Train, 75),
        ("大宮駅", "新宿駅", Means::Train, 60),
        ("岡山駅", "高松駅", Means::Car, 90),
        ("下関駅", "小倉駅", Means::Car, 35),
        ("下関駅", "博多駅", Means::Car, 90),
    ] {
        let band = band(&site(from), &site(to), means).unwrap();
        assert!(
            band.low <= plausible && plausible <= band.high && band.high < plausible * 2,
            "{from} to {to}: {band:?}"
        );
    }
}

#[test]
fn the_error_of_a_municipality_widens_the_band() {
    let home = site("長野県松本市");
    let exact = Site {
        error_km: 0.0,
        ..home
    };
    let work = site("塩尻駅");
    let (wide, narrow) = (
        band(&home, &work, Means::Car).unwrap(),
        band(&exact, &work, Means::Car).unwrap(),
    );
    assert!(
        wide.low < narrow.low && wide.high > narrow.high,
        "{wide:?} {narrow:?}"
    );
}

#[test]
fn nothing_is_estimated_across_the_sea() {
    for (from, to, means) in [
        ("函館駅", "青森駅", Means::Car),
        ("新潟県佐渡市", "新潟駅", Means::Car),
        ("那覇空港駅", "博多駅", Means::Car),
        ("沖縄県石垣市", "沖縄県竹富町", Means::Car),
        ("沖縄県竹富町", "沖縄県竹富町", Means::Car),
        ("松山駅", "大分駅", Means::Car),
        ("木更津駅", "横浜駅", Means::Car),
        ("木更津駅", "横浜駅", Means::Train),
        ("長崎県島原市", "熊本駅", Means::Car),
        ("鹿児島県垂水市", "鹿児島中央駅", Means::Car),
        ("岡山駅", "高松駅", Means::Train),
    ] {
        assert_eq!(band(&site(from), &site(to), means), None, "{from} to {to}");
    }
    let across = band(&site("神戸駅"), &site("徳島駅"), Means::Car).unwrap();
    assert!(across.low > 55, "by way of 淡路島: {across:?}");
    assert!(band(&site("新潟県佐渡市"), &site("新潟県佐渡市"), Means::Car).is_some());
}

#[test]
fn trains_are_estimated_in_metropolitan_areas_only() {
    assert_eq!(band(&site("松本駅"), &site("長野駅"), Means::Train), None);
    assert_eq!(
        band(&site("東京駅"), &site("名古屋駅"), Means::Train),
        None,
        "that would be the Shinkansen"
    );
}
