use super::super::jsonl::read;
use super::verdicts;
use crate::places::{Holds, Place};

fn one(rest: &str) -> String {
    format!(
        "{{\"id\": \"A-1\", \"institution_name\": \"○○病院\", \"area\": \"長野県松本市\"{rest}}}"
    )
}

#[test]
fn the_samples_are_thirty_sound_openings() {
    let import = read(include_bytes!("../../../samples/openings.jsonl"));
    assert_eq!(import.problems, []);
    assert_eq!(import.openings.len(), 30);
    for o in &import.openings {
        let point = crate::places::Point::in_japan(o.lat.unwrap(), o.lon.unwrap()).unwrap();
        let place = Place::parse(&o.area);
        let near = crate::places::nearest(point).unwrap();
        let close = place.site().unwrap().point.kilometres_to(point) < 15.0;
        assert!(
            place.holds(&Place::Municipality(near)) != Holds::No || close,
            "{}: {} is in {}",
            o.id,
            o.area,
            near.full_name()
        );
    }
}

#[test]
fn a_bad_row_is_named_and_the_good_ones_go_in() {
    let file = [
        &one(""),
        "{\"institution_name\": \"○○病院\", \"area\": \"長野県\"}",
        "",
        "{\"id\": \"A-3\", \"area\": \"長野県\"}",
        "{\"id\": \"A-4\", \"institution_name\": \"○○病院\", \"area\": \"長野件松本市\"}",
        "{\"id\": \"A-5\", \"institution_name\": \"○○病院\"}",
        "not json",
        "[1]",
        &one(""),
        "{\"id\": \"A-9\", \"institution_name\": \"○○病院\", \"area\": \"東京都\"}",
    ]
    .join("\n");
    let import = read(file.as_bytes());
    assert_eq!(
        verdicts(&import),
        [
            "2/id: refused",
            "4/institution_name: refused",
            "5/area: refused",
            "6/area: refused",
            "7/: refused",
            "8/: refused",
            "9/id: refused",
        ]
    );
    let ids: Vec<&str> = import.openings.iter().map(|o| o.id.as_str()).collect();
    assert_eq!(ids, ["A-1", "A-9"]);
    let shown = import.problems[3].to_string();
    assert!(
        shown.contains("6行目「area」") && shown.contains("取り込みません"),
        "{shown}"
    );
}

#[test]
fn each_wrong_value_is_named_with_its_place() {
    for (rest, verdict) in [
        (
            ", \"items\": [{\"field\": \"days_per_week\", \"value\": {\"min\": 9}}]",
            "1/items[0]: refused",
        ),
        (
            ", \"items\": [{\"field\": \"duty\", \"value\": \"ward\"}, {\"field\": \"duty\", \"value\": \"x\"}]",
            "1/items[1]: refused",
        ),
        (
            ", \"items\": [{\"field\": \"salary_min\", \"value\": {\"amount\": 3, \"unit\": \"year\"}}]",
            "1/items[0]: refused",
        ),
        (
            ", \"items\": [{\"field\": \"salary_min\", \"value\": {\"amount\": 15000000, \"unit\": \"year\"}}, {\"field\": \"salary_max\", \"value\": {\"amount\": 12000000, \"unit\": \"year\"}}]",
            "1/items[1]: refused",
        ),
        (
            ", \"items\": [{\"field\": \"mood\", \"value\": \"good\"}]",
            "1/items[0]: refused",
        ),
        (
            ", \"items\": [{\"field\": \"duty\"}]",
            "1/items[0]: refused",
        ),
        (
            ", \"items\": [{\"field\": \"duty\", \"value\": [1]}]",
            "1/items[0]: refused",
        ),
        (", \"items\": {}", "1/items: refused"),
        (", \"lat\": \"x\"", "1/lat: refused"),
        (", \"lat\": 0, \"lon\": 0", "1/lat: flagged"),
        (", \"lat\": 48.85, \"lon\": 2.35", "1/lat: flagged"),
        (", \"lat\": 36.2", "1/lat: flagged"),
        (", \"lat\": 35.68, \"lon\": 139.77", "1/lat: flagged"),
        (", \"posted\": \"先月\"", "1/posted: flagged"),
        (", \"address\": \"東京都港区1-1\"", "1/address: flagged"),
        (", \"note\": 1", "1/note: flagged"),
    ] {
        let import = read(one(rest).as_bytes());
        assert_eq!(verdicts(&import), [verdict], "{rest}");
        assert_eq!(
            import.openings.len(),
            usize::from(verdict.ends_with("flagged")),
            "{rest}"
        );
        assert!(
            import
                .openings
                .iter()
                .all(|o| o.lat.is_none() && o.posted.is_none()),
            "{rest}"
        );
    }
}

#[test]
fn the_area_becomes_canonical() {
    for (area, canonical) in [
        ("松本市", "長野県松本市"),
        ("長野県松本市旭3-1-1", "長野県松本市"),
        ("関西", "近畿"),
        ("長野県どこか村", "長野県"),
    ] {
        let line = one("").replace("長野県松本市", area);
        assert_eq!(read(line.as_bytes()).openings[0].area, canonical, "{area}");
    }
}

#[test]
fn strange_files_are_said_to_be_strange() {
    assert_eq!(verdicts(&read(b"PK\x03\x04rest")), ["0/: refused"]);
    assert_eq!(verdicts(&read(b"\xff\xfe\n")), ["1/: refused"]);
    assert_eq!(read(b"").problems, []);
    let bom = format!("\u{feff}{}\r\n", one(""));
    assert_eq!(read(bom.as_bytes()).openings.len(), 1);
}
