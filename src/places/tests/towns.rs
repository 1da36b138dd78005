use super::super::*;

const GEOLONIA: &str = "\u{feff}\"都道府県コード\",\"都道府県名\",\"都道府県名カナ\",\"都道府県名ローマ字\",\"市区町村コード\",\"市区町村名\",\"市区町村名カナ\",\"市区町村名ローマ字\",\"大字町丁目名\",\"大字町丁目名カナ\",\"大字町丁目名ローマ字\",\"小字・通称名\",\"緯度\",\"経度\"
\"20\",\"長野県\",\"\",\"\",\"20202\",\"松本市\",\"\",\"\",\"旭一丁目\",\"\",\"\",\"\",\"36.2440\",\"137.9780\"
\"20\",\"長野県\",\"\",\"\",\"20202\",\"松本市\",\"\",\"\",\"旭二丁目\",\"\",\"\",\"\",\"36.2480\",\"137.9800\"
\"20\",\"長野県\",\"\",\"\",\"20202\",\"松本市\",\"\",\"\",\"大字島内\",\"\",\"\",\"\",\"36.2600\",\"137.9400\"
\"20\",\"長野県\",\"\",\"\",\"20485\",\"北安曇郡白馬村\",\"\",\"\",\"大字北城\",\"\",\"\",\"\",\"36.7000\",\"137.8600\"
\"20\",\"長野県\",\"\",\"\",\"20202\",\"松本市\",\"\",\"\",\"海の中\",\"\",\"\",\"\",\"0.0\",\"0.0\"
\"20\",\"長野県\",\"\",\"\",\"99999\",\"架空市\",\"\",\"\",\"中央\",\"\",\"\",\"\",\"36.2\",\"137.9\"
";

const BLOCKS: &str = "\"都道府県名\",\"市区町村名\",\"大字・丁目名\",\"小字・通称名\",\"街区符号・地番\",\"座標系番号\",\"Ｘ座標\",\"Ｙ座標\",\"緯度\",\"経度\",\"住居表示フラグ\",\"代表フラグ\",\"更新前履歴フラグ\",\"更新後履歴フラグ\"
\"東京都\",\"江東区\",\"豊洲一丁目\",\"\",\"1\",\"9\",\"0\",\"0\",\"35.6550\",\"139.7900\",\"1\",\"1\",\"0\",\"0\"
\"東京都\",\"江東区\",\"豊洲一丁目\",\"\",\"2\",\"9\",\"0\",\"0\",\"35.6570\",\"139.7940\",\"1\",\"1\",\"0\",\"0\"
";

const ISJ_TOWNS: &str = "\"都道府県コード\",\"都道府県名\",\"市区町村コード\",\"市区町村名\",\"大字町丁目コード\",\"大字町丁目名\",\"緯度\",\"経度\",\"原典資料コード\",\"大字・字・丁目区分コード\"
\"20\",\"長野県\",\"20201\",\"長野市\",\"202010001000\",\"大字鶴賀\",\"36.6490\",\"138.1930\",\"0\",\"1\"
";

const KEN_ALL: &str = "20202,\"390  \",\"3908621\",\"ﾅｶﾞﾉｹﾝ\",\"ﾏﾂﾓﾄｼ\",\"ｱｻﾋ\",\"長野県\",\"松本市\",\"旭（１～３丁目）\",0,0,1,0,0,0
20202,\"390  \",\"3900000\",\"ﾅｶﾞﾉｹﾝ\",\"ﾏﾂﾓﾄｼ\",\"ｲｶﾆｹｲｻｲｶﾞﾅｲﾊﾞｱｲ\",\"長野県\",\"松本市\",\"以下に掲載がない場合\",0,0,0,0,0,0
20202,\"390  \",\"bad\",\"\",\"\",\"\",\"長野県\",\"松本市\",\"島内\",0,0,0,0,0,0
";

fn shift_jis(text: &str) -> Vec<u8> {
    let (bytes, _, broken) = encoding_rs::SHIFT_JIS.encode(text);
    assert!(!broken);
    bytes.into_owned()
}

fn all() -> Towns {
    let mut towns = Towns::default();
    for (bytes, format) in [
        (GEOLONIA.as_bytes().to_vec(), Format::Geolonia),
        (shift_jis(BLOCKS), Format::IsjBlock),
        (shift_jis(ISJ_TOWNS), Format::IsjTown),
        (KEN_ALL.as_bytes().to_vec(), Format::KenAll),
    ] {
        let done = import(&bytes).unwrap();
        assert_eq!(done.format, format);
        towns.merge(done.towns);
    }
    towns
}

#[test]
fn every_table_is_known_and_bad_rows_are_counted() {
    let done = import(GEOLONIA.as_bytes()).unwrap();
    assert_eq!((done.rows, done.towns.counts()), (4, (4, 0)));
    assert_eq!(done.passed_over["座標が日本の外の行"], (1, 6));
    assert_eq!(done.passed_over["知らない市区町村の行"], (1, 7));
    // KEN_ALL comes in both encodings.
    let wide = KEN_ALL.replace("１～３", "１〜３");
    for bytes in [shift_jis(KEN_ALL), wide.into_bytes()] {
        let done = import(&bytes).unwrap();
        assert_eq!((done.rows, done.towns.counts()), (2, (0, 2)));
        assert_eq!(done.passed_over["郵便番号のない行"], (1, 3));
    }
    for (bytes, word) in [
        (b"PK\x03\x04".as_slice(), "ZIP"),
        (b"".as_slice(), "空"),
        ("求人番号,施設名\n".as_bytes(), "知らない形式"),
        (b"\x81\x00\xff\xff".as_slice(), "文字コード"),
        (
            GEOLONIA.lines().next().unwrap().as_bytes(),
            "一つもありません",
        ),
    ] {
        let error = import(bytes).unwrap_err();
        assert!(error.contains(word), "{error}");
    }
}

#[test]
fn the_kept_table_reads_back_whole() {
    let towns = all();
    assert_eq!(Towns::read(&towns.write()), Some(towns.clone()));
    assert_eq!(Towns::read("求人番号\n"), None);
    let damaged = towns.write().replace("36.24400", "north");
    assert_eq!(
        Towns::read(&damaged).unwrap().counts(),
        (towns.counts().0 - 1, towns.counts().1)
    );
}

#[test]
fn an_address_has_its_finest_point_with_the_error() {
    let towns = all();
    for (address, source, lat, lon, most_km) in [
        (
            "長野県松本市旭1丁目3-5",
            Source::Geolonia,
            36.2440,
            137.9780,
            0.6,
        ),
        (
            "長野県松本市旭二丁目1",
            Source::Geolonia,
            36.2480,
            137.9800,
            0.6,
        ),
        (
            "長野県松本市旭１－３－５",
            Source::Geolonia,
            36.2440,
            137.9780,
            0.6,
        ),
        ("松本市旭", Source::Geolonia, 36.2460, 137.9790, 1.0),
        (
            "長野県松本市大字島内1234",
            Source::Geolonia,
            36.26,
            137.94,
            5.0,
        ),
        ("長野県松本市島内1234", Source::Geolonia, 36.26, 137.94, 5.0),
        (
            "長野県北安曇郡白馬村大字北城1",
            Source::Geolonia,
            36.70,
            137.86,
            5.0,
        ),
        (
            "東京都江東区豊洲1丁目2-27",
            Source::Isj,
            35.656,
            139.792,
            0.5,
        ),
        ("長野県長野市鶴賀", Source::Isj, 36.649, 138.193, 5.0),
        ("〒390-8621", Source::Postcode, 36.2460, 137.9790, 1.0),
        (
            "３９０－８６２１ 長野県松本市",
            Source::Postcode,
            36.2460,
            137.9790,
            1.0,
        ),
        (
            "〒390-8621 長野県松本市島内1",
            Source::Geolonia,
            36.26,
            137.94,
            5.0,
        ),
        // A postcode of another municipality is a slip.
        (
            "〒390-8621 長野県長野市",
            Source::Municipality,
            36.65,
            138.19,
            30.0,
        ),
        ("〒390-0000", Source::Municipality, 36.24, 137.97, 30.0),
        (
            "長野県松本市どこか1-1",
            Source::Municipality,
            36.24,
            137.97,
            30.0,
        ),
        (
            "長野県松本市旭町1-1",
            Source::Municipality,
            36.24,
            137.97,
            30.0,
        ),
        ("名古屋駅", Source::Station, 35.17, 136.88, 0.5),
    ] {
        let found = find_in(Some(&towns), address);
        assert_eq!(found.source, Some(source), "{address}: {found:?}");
        let site = found.site.unwrap();
        let km = site.point.kilometres_to(Point { lat, lon });
        let near = if source == Source::Municipality {
            6.0
        } else {
            0.3
        };
        assert!(km < near, "{address}: {km} km off");
        assert!(site.error_km <= most_km, "{address}: {}", site.error_km);
        assert!(
            site.error_km > 0.0 || source == Source::Station,
            "{address}"
        );
    }
    for nowhere in ["", "どこか", "架空県", "〒999-9999", "12345", "〒390-86211"] {
        let found = find_in(Some(&towns), nowhere);
        assert_eq!((found.site, found.source), (None, None), "{nowhere}");
    }
    assert_eq!(
        find_in(None, "長野県松本市旭1丁目").source,
        Some(Source::Municipality)
    );
}

#[test]
fn a_town_ends_before_its_numbers() {
    for (rest, town, tail) in [
        ("豊洲1丁目2-27", "豊洲1丁目", "2-27"),
        ("中山５丁目１－２４", "中山５丁目", "１－２４"),
        ("久が原一丁目", "久が原一丁目", ""),
        ("旭3-1-1", "旭3丁目", "1-1"),
        ("旭123-4", "旭", "123-4"),
        ("島内1234-5-6", "島内", "1234-5-6"),
        ("旭", "旭", ""),
        ("", "", ""),
        ("本町2番3号", "本町", "2番3号"),
        ("三番町5", "三番町", "5"),
    ] {
        let (found, left) = split_town(rest);
        assert_eq!((found.as_str(), left), (town, tail), "{rest}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 64, ..Default::default() })]
    #[test]
    fn no_address_and_no_table_makes_it_panic(text in "\\PC{0,40}", digits in "[〒０-９0-9丁目一二十 -]{0,12}") {
        let towns = all();
        find_in(Some(&towns), &text);
        find_in(Some(&towns), &digits);
        find_in(Some(&towns), &format!("長野県松本市{digits}"));
        let _ = import(text.as_bytes());
        let _ = Towns::read(&format!("# madoguchi places 1\n{text}"));
    }
}
