#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::{
    Shown, Sketch, png,
    rows::{Fit, rows},
    scale::{Area, Scale, Taken},
    spot, svg,
};
use crate::{
    domain::{
        match_::{Commute, Match},
        opening::Opening,
        wish::{Field, ProfileField, ProfileItem, Strength, Value, Wish},
    },
    places::{Means, Point, band},
};
use proptest::prelude::*;

fn wish(field: Field, value: Value, strength: Strength) -> Wish {
    Wish {
        field,
        value,
        strength,
        quote: String::new(),
        rule: String::new(),
    }
}

fn home(place: &str) -> Vec<ProfileItem> {
    vec![ProfileItem {
        field: ProfileField::Home,
        value: Value::text(place),
        quote: String::new(),
        source: None,
        rule: String::new(),
    }]
}

fn opening(id: &str, name: &str, area: &str) -> Opening {
    Opening {
        id: id.into(),
        institution_name: name.into(),
        area: area.into(),
        ..Opening::default()
    }
}

fn fares(id: &str, met: &[&str], unknown: &[&str], unmet: &[&str]) -> Match {
    let items = |list: &[&str]| list.iter().map(|i| (*i).to_owned()).collect();
    Match {
        id: id.into(),
        score: 0.75,
        met: items(met),
        unmet: items(unmet),
        unknown: items(unknown),
        asks: vec![],
        commute: Some(Commute {
            mode: "car".into(),
            minutes: [18, 31],
        }),
    }
}

fn wishes() -> Vec<Wish> {
    vec![
        wish(Field::Day, Value::text("sat"), Strength::Ok),
        wish(Field::CommuteMinutes, Value::Number(45), Strength::Want),
        wish(Field::Area, Value::text("長野県松本市"), Strength::Want),
        wish(Field::Area, Value::text("長野県塩尻市"), Strength::Want),
        wish(Field::Duty, Value::text("outpatient"), Strength::Want),
        wish(Field::Duty, Value::text("ward"), Strength::Want),
        wish(Field::NightDuty, Value::text("any"), Strength::Never),
        wish(Field::Contact, Value::text("email"), Strength::Want),
    ]
}

#[test]
fn the_chart_says_of_each_wish_how_each_suggestion_fares() {
    let openings = [opening("A", "甲", "長野県松本市"), opening("B", "乙", "")];
    let mut second = fares(
        "B",
        &["duty=ward"],
        &["night_duty=any"],
        &["area=長野県塩尻市"],
    );
    second.asks = vec!["certification=総合内科専門医".into()];
    let matches = [
        fares(
            "A",
            &["area=長野県松本市", "day=sat", "specialty=内科"],
            &["commute_minutes=45"],
            &["duty=outpatient"],
        ),
        second,
    ];
    let shown: Vec<Shown> = matches
        .iter()
        .zip(&openings)
        .map(|(fares, opening)| Shown { fares, opening })
        .collect();
    let said: Vec<(String, &str, Vec<Option<Fit>>)> = rows(&wishes(), &shown)
        .into_iter()
        .map(|r| (r.label, r.weight, r.cells))
        .collect();
    let (met, check, lacks) = (Some(Fit::Met), Some(Fit::Check), Some(Fit::Lacks));
    let row = |label: &str, weight: &'static str, a, b| (label.to_owned(), weight, vec![a, b]);
    assert_eq!(
        said,
        [
            row("当直なし", "必須", None, check),
            row("通勤45分以内", "", check, None),
            row("長野県松本市・長野県塩尻市", "", met, lacks),
            row("外来", "", lacks, None),
            row("病棟", "", None, met),
            row("土曜", "可", met, None),
            row("ご経験の診療科", "", met, None),
            row("先方が求める資格・経験", "", None, check),
        ]
    );
}

#[test]
fn the_circle_is_where_the_estimate_keeps_the_wish() {
    let (site, name) = spot::home(&home("長野県松本市")).unwrap();
    assert_eq!(name, "松本市");
    let mut exact = site;
    exact.error_km = 0.0;
    let wished = wishes();
    let reach = spot::reach(&exact, &wished).unwrap();
    let at = |km: f64| {
        let mut there = exact;
        there.point = Point {
            lat: exact.point.lat + km * spot::DEGREES_A_KM,
            lon: exact.point.lon,
        };
        band(&exact, &there, Means::Car).unwrap()
    };
    let sure = reach.sure_km.unwrap();
    assert!(
        at(sure - 0.2).high <= 45 && at(sure + 0.5).high > 45,
        "{reach:?}"
    );
    assert!(at(reach.most_km - 0.2).low <= 45 && at(reach.most_km + 0.5).low > 45);
    // A home that is known only by its municipality makes the sure part smaller and the possible one larger.
    let coarse = spot::reach(&site, &wished).unwrap();
    assert!(coarse.most_km > reach.most_km && coarse.sure_km.unwrap_or(0.0) < sure);
    assert!(spot::reach(&site, &[]).is_none());
}

#[test]
fn what_is_shown_lies_on_the_paper_and_nothing_overlaps() {
    let points = [
        (
            Point {
                lat: 36.2,
                lon: 137.9,
            },
            20.0,
        ),
        (
            Point {
                lat: 43.0,
                lon: 141.3,
            },
            0.0,
        ),
    ];
    let scale = Scale::of(&points, 600.0, 400.0).unwrap();
    for (point, _) in points {
        assert!(scale.shows(scale.at(point), -10.0));
    }
    assert!(Scale::of(&[], 600.0, 400.0).is_none());
    let mut taken = Taken::new(100.0, 100.0);
    let area = |x: f64| Area {
        x,
        y: 10.0,
        width: 20.0,
        height: 10.0,
    };
    assert!(taken.claim(area(10.0)));
    assert!(!taken.claim(area(25.0)), "it lies on the first one");
    assert!(!taken.claim(area(90.0)), "it leaves the paper");
    assert!(taken.claim(area(31.0)));
}

fn sketch<'a>(
    profile: &'a [ProfileItem],
    wishes: &'a [Wish],
    matches: &'a [Match],
    openings: &'a [Opening],
) -> Sketch<'a> {
    Sketch {
        title: "MD-2611-0042",
        profile,
        wishes,
        matches,
        openings,
    }
}

#[test]
fn home_and_suggestions_are_on_the_map() {
    let (profile, wished) = (home("長野県松本市"), wishes());
    let openings = [
        opening("A", "みどり病院", "長野県安曇野市"),
        opening("B", "遠くの病院", "沖縄県那覇市"),
        opening("C", "どこかの病院", "どこか"),
    ];
    let matches = ["A", "B", "C"].map(|id| fares(id, &["day=sat"], &[], &[]));
    let drawn = svg(&sketch(&profile, &wished, &matches, &openings)).unwrap();
    for said in [
        "お住まい（松本市）",
        "車で45分の見込み",
        "みどり病院",
        "図の外の求人: 2、3",
        "GeoNames (CC BY 4.0)",
        "車で約15〜35分",
    ] {
        assert!(drawn.contains(said), "{said} is missing");
    }
    assert_eq!(
        drawn,
        svg(&sketch(&profile, &wished, &matches, &openings)).unwrap()
    );
    // Without any known place there is the chart alone, without a suggestion nothing.
    let alone = svg(&sketch(&[], &wished, &matches[2..], &openings)).unwrap();
    assert!(alone.contains("どこかの病院") && !alone.contains("GeoNames"));
    assert!(svg(&sketch(&profile, &wished, &[], &openings)).is_none());
}

#[test]
fn the_shipped_font_writes_japanese() {
    let written = |text: &str| {
        png(&format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"80\" height=\"30\"><text x=\"2\" y=\"20\" font-size=\"16\">{text}</text></svg>"
        ))
        .unwrap()
    };
    let missing = written("\u{e000}");
    let blank = written("");
    for c in "松髙﨑ｱあ①〜龍Aa0・（".chars() {
        let one = written(&c.to_string());
        assert!(one != missing && one != blank, "{c} is not in the font");
    }
}

#[test]
fn a_picture_too_large_is_refused() {
    let huge = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"90000\" height=\"10\"/>";
    assert!(png(huge).is_err());
    assert!(png("no picture").is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_stands_in_names_the_picture_is_drawn(
        name in "\\PC{0,60}|[<>&\"'\\x00-\\x1f\u{202e}\u{ffff}]{0,20}",
        area in "\\PC{0,20}|東京都港区",
        lat in prop::option::of(-90.0..90.0f64),
        lon in prop::option::of(-180.0..180.0f64),
        many in 1usize..12,
    ) {
        let openings: Vec<Opening> = (0..many)
            .map(|i| Opening { lat, lon, ..opening(&i.to_string(), &name, &area) })
            .collect();
        let matches: Vec<Match> = openings
            .iter()
            .map(|o| fares(&o.id, &["day=sat", &name], &[&area], &["=", "x"]))
            .collect();
        let profile = home(&area);
        let wished = vec![wish(Field::Area, Value::text(name.as_str()), Strength::Must)];
        let sketch = Sketch { title: &name, ..sketch(&profile, &wished, &matches, &openings) };
        let drawn = svg(&sketch).unwrap();
        // What draws it also reads it as XML; drawing itself is dear in a debug build.
        prop_assert!(resvg::usvg::Tree::from_str(&drawn, &resvg::usvg::Options::default()).is_ok());
    }
}

#[test]
fn sites_of_openings_are_found_by_coordinates_address_or_area() {
    let exact = Opening {
        lat: Some(36.24),
        lon: Some(137.97),
        ..opening("A", "", "東京都港区")
    };
    assert_eq!(spot::of(&exact), Point::in_japan(36.24, 137.97));
    let swapped = Opening {
        lat: Some(137.97),
        lon: Some(36.24),
        ..opening("A", "", "東京都港区")
    };
    let minato = spot::of(&swapped).unwrap();
    assert!(
        minato.kilometres_to(Point {
            lat: 35.66,
            lon: 139.75
        }) < 5.0
    );
    let finer = Opening {
        address: Some("神奈川県横浜市青葉区市ケ尾町1".into()),
        ..opening("A", "", "神奈川県")
    };
    assert!(spot::of(&finer).is_some() && spot::of(&opening("A", "", "神奈川県")).is_none());
}
