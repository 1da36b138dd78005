//! Openings and doctors of a whole country, made up: the same ones every time.

use madoguchi::{
    domain::{
        opening::Opening,
        wish::{Field, OpeningItem, ProfileField, ProfileItem, Strength, Value, Wish},
    },
    places::{Density, Municipality, municipalities},
};
use serde_json::json;

/// SplitMix64.
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    /// True in `percent` of a hundred cases.
    pub fn in_100(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// -1 to 1.
    fn spread(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 52) as f64 - 1.0
    }

    pub fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len() as u64) as usize]
    }

    /// One of a list with weights.
    fn weighed<T: Clone>(&mut self, list: &[(u64, T)]) -> T {
        let mut at = self.below(list.iter().map(|(w, _)| w).sum());
        for (weight, value) in list {
            if at < *weight {
                return value.clone();
            }
            at -= weight;
        }
        unreachable!()
    }
}

/// Municipalities by how many people, and so how many hospitals, they have.
pub struct Map(Vec<&'static Municipality>);

impl Map {
    pub fn new() -> Self {
        let weight = |m: &Municipality| match m.density {
            Density::Core => 12,
            Density::Town => 5,
            Density::Country => 1,
        };
        Map(municipalities()
            .iter()
            .flat_map(|m| std::iter::repeat_n(m, weight(m)))
            .collect())
    }
}

/// Shares of the departments in a hundred openings, roughly those of the doctors' census.
const DEPARTMENTS: &[(u64, &str)] = &[
    (260, "内科"),
    (35, "総合診療科"),
    (50, "循環器内科"),
    (60, "消化器内科"),
    (30, "呼吸器内科"),
    (25, "腎臓内科"),
    (25, "糖尿病内分泌内科"),
    (25, "脳神経内科"),
    (12, "血液内科"),
    (60, "精神科"),
    (50, "小児科"),
    (50, "外科"),
    (25, "消化器外科"),
    (75, "整形外科"),
    (25, "脳神経外科"),
    (30, "皮膚科"),
    (25, "泌尿器科"),
    (35, "産婦人科"),
    (35, "眼科"),
    (30, "耳鼻咽喉科"),
    (30, "リハビリテーション科"),
    (25, "放射線診断科"),
    (35, "麻酔科"),
    (20, "救急科"),
    (20, "人工透析内科"),
    (12, "緩和ケア内科"),
    (8, "病理診断科"),
];

struct Items(Vec<OpeningItem>);

impl Items {
    fn say(&mut self, field: Field, value: serde_json::Value) {
        self.0.push(OpeningItem {
            field,
            value: serde_json::from_value(value).unwrap(),
            quote: String::new(),
            rule: String::new(),
        });
    }
}

pub fn opening(d: &mut Dice, map: &Map, number: usize) -> Opening {
    let m = *d.of(&map.0);
    let known = d.in_100(97);
    let exact = known && d.in_100(75);
    let (dy, dx) = (d.spread(), d.spread());
    let reach = m.radius_km.min(12.0);
    let mut items = Items(vec![]);
    let full = d.in_100(55);
    let spot = !full && d.in_100(20);
    let employment = match (full, spot) {
        (true, _) => "full_time",
        (_, true) => "spot",
        _ => "part_time",
    };
    items.say(Field::Employment, json!(employment));
    if full && d.in_100(15) {
        items.say(Field::Employment, json!("part_time"));
    }
    if d.in_100(94) {
        for _ in 0..d.weighed(&[(70, 1), (20, 2), (10, 4)]) {
            items.say(Field::Specialty, json!(d.weighed(DEPARTMENTS)));
        }
    }
    if full && d.in_100(70) {
        let (min, max) = d.weighed(&[(30, (4, 5)), (40, (5, 5)), (20, (4, 4)), (10, (3, 5))]);
        items.say(Field::DaysPerWeek, json!({"min": min, "max": max}));
    } else if !full && !spot && d.in_100(60) {
        let n = 1 + d.below(3);
        items.say(Field::DaysPerWeek, json!({"min": n, "max": n + d.below(2)}));
    }
    if d.in_100(65) {
        if full {
            items.say(Field::Day, json!("weekdays"));
            if d.in_100(45) {
                items.say(
                    Field::Day,
                    json!(if d.in_100(60) { "sat:am" } else { "sat" }),
                );
            }
        } else {
            let half = *d.of(&["", "", ":am", ":pm"]);
            for _ in 0..1 + d.below(3) {
                let day = *d.of(&["mon", "tue", "wed", "thu", "fri", "sat", "sun"]);
                items.say(Field::Day, json!(format!("{day}{half}")));
            }
        }
    }
    if d.in_100(50) {
        items.say(
            Field::Shift,
            json!(d.weighed(&[
                (70, "day"),
                (12, "morning"),
                (8, "afternoon"),
                (10, "night")
            ])),
        );
    }
    if d.in_100(55) {
        let (start, end) = (16 + d.below(5), 31 + d.below(10));
        let time = |half: u64| format!("{:02}:{:02}", half / 2, half % 2 * 30);
        items.say(
            Field::Hours,
            json!({"start": time(start), "end": time(end)}),
        );
    }
    if d.in_100(75) {
        let duty = d.weighed(&[
            (45, json!("none")),
            (8, json!("any")),
            (10, json!(1)),
            (14, json!(2)),
            (10, json!(3)),
            (13, json!(4)),
        ]);
        items.say(Field::NightDuty, duty);
    }
    if d.in_100(50) {
        let duty = d.weighed(&[(55, json!("none")), (30, json!("any")), (15, json!(4))]);
        items.say(Field::OnCall, duty);
    }
    if d.in_100(25) {
        items.say(Field::Overtime, json!(d.of(&["none", "any"])));
    }
    let duties = d.weighed(&[
        (30, &["outpatient", "ward"][..]),
        (20, &["outpatient"]),
        (8, &["ward"]),
        (8, &["outpatient", "ward", "emergency"]),
        (6, &["home_visit"]),
        (6, &["outpatient", "home_visit"]),
        (6, &["checkup"]),
        (3, &["industrial"]),
        (4, &["outpatient", "endoscopy"]),
        (3, &["dialysis"]),
        (3, &["reading"]),
        (3, &["ward", "rehabilitation"]),
    ]);
    for duty in duties {
        items.say(Field::Duty, json!(duty));
    }
    for (percent, duty) in [
        (5, "telemedicine"),
        (4, "dementia"),
        (4, "ultrasound"),
        (3, "vaccination"),
    ] {
        if d.in_100(percent) {
            items.say(Field::Duty, json!(duty));
        }
    }
    if d.in_100(85) {
        items.say(
            Field::Institution,
            json!(d.weighed(&[
                (25, "hospital"),
                (30, "clinic"),
                (8, "long_term"),
                (8, "acute"),
                (6, "rehabilitation"),
                (5, "public_hospital"),
                (5, "psychiatric"),
                (5, "care_facility"),
                (4, "company"),
                (4, "checkup_center"),
            ])),
        );
    }
    if d.in_100(80) {
        let (amount, unit) = match employment {
            "full_time" => (8_000_000 + 500_000 * d.below(30), "year"),
            "part_time" if d.in_100(60) => (50_000 + 5_000 * d.below(18), "day"),
            "part_time" => (8_000 + 500 * d.below(16), "hour"),
            _ => (40_000 + 10_000 * d.below(10), "once"),
        };
        items.say(Field::SalaryMin, json!({"amount": amount, "unit": unit}));
        if full && d.in_100(50) {
            items.say(
                Field::SalaryMax,
                json!({"amount": amount + 1_000_000 * (1 + d.below(8)), "unit": unit}),
            );
        }
    }
    for (percent, benefit) in [
        (30, "housing"),
        (40, "car_commute"),
        (15, "childcare"),
        (25, "travel_cost"),
        (12, "support_staff"),
    ] {
        if d.in_100(percent) {
            items.say(Field::Benefit, json!(benefit));
        }
    }
    if d.in_100(30) {
        let start = d.weighed(&[
            (40, "asap"),
            (30, "2027-04"),
            (15, "2027-01"),
            (15, "2027-10"),
        ]);
        items.say(Field::Start, json!(start));
    }
    if d.in_100(20) {
        items.say(Field::OutpatientsPerDay, json!(15 + 5 * d.below(8)));
    }
    if d.in_100(10) {
        items.say(Field::AreaType, json!("shortage"));
    } else if d.in_100(30) {
        items.say(Field::AreaType, json!(d.of(&["urban", "rural"])));
    }
    if d.in_100(10) {
        items.say(
            Field::Certification,
            json!(d.of(&["総合内科専門医", "精神保健指定医", "外科専門医"])),
        );
    }
    let days = d.below(330);
    Opening {
        id: format!("JP-{number:07}"),
        institution_name: "○○病院".to_owned(),
        area: if known {
            m.full_name()
        } else {
            m.prefecture.name().to_owned()
        },
        address: None,
        lat: exact.then_some(m.point.lat + dy * reach / 111.0),
        lon: exact.then_some(m.point.lon + dx * reach / 90.0),
        posted: d
            .in_100(90)
            .then(|| format!("2026-{:02}-{:02}", 1 + days / 30, 1 + days % 30)),
        expires: None,
        terms: std::collections::BTreeMap::new(),
        items: items.0,
    }
}

/// A doctor's profile and wishes: seven to fourteen of them, as a long first mail has.
pub fn doctor(d: &mut Dice, map: &Map) -> (Vec<ProfileItem>, Vec<Wish>) {
    let m = *d.of(&map.0);
    let mut profile = vec![];
    let mut fact = |field: ProfileField, value: Value| {
        profile.push(ProfileItem {
            field,
            value,
            quote: String::new(),
            rule: String::new(),
            source: None,
        });
    };
    let department = d.weighed(DEPARTMENTS);
    fact(ProfileField::Specialty, Value::text(department));
    if d.in_100(90) {
        fact(ProfileField::Home, Value::text(m.full_name()));
    }
    fact(
        ProfileField::YearsExperience,
        Value::Number(10 + d.below(30) as i64),
    );
    let mut wishes: Vec<Wish> = vec![];
    let mut wish = |strength: &str, field: Field, value: serde_json::Value| {
        wishes.push(Wish {
            field,
            value: serde_json::from_value(value).unwrap(),
            strength: strength.parse::<Strength>().unwrap(),
            quote: String::new(),
            rule: String::new(),
        });
    };
    let firmly = |d: &mut Dice| d.weighed(&[(40, "must"), (60, "want")]);
    if d.in_100(65) {
        let minutes = d.weighed(&[(25, 30), (15, 45), (40, 60), (20, 90)]);
        wish(
            d.weighed(&[(70, "must"), (30, "want")]),
            Field::CommuteMinutes,
            json!(minutes),
        );
    }
    if d.in_100(20) {
        wish(
            d.of::<&str>(&["want", "never"]),
            Field::CommuteMode,
            json!(d.of(&["car", "train"])),
        );
    }
    if d.in_100(50) {
        let strength = d.weighed(&[(55, "must"), (45, "want")]);
        match d.below(10) {
            0..5 => wish(strength, Field::Area, json!(m.prefecture.name())),
            5..7 => wish(strength, Field::Area, json!(m.full_name())),
            7 => wish(
                strength,
                Field::Area,
                json!(d.of(&["首都圏", "東海", "近畿", "九州", "東北"])),
            ),
            8 => wish(
                strength,
                Field::Area,
                json!(d.of(&["新宿駅", "名古屋駅", "大阪駅", "博多駅"])),
            ),
            _ => wish("want", Field::Area, json!("全国")),
        }
    }
    if d.in_100(10) {
        wish("never", Field::Relocation, json!("yes"));
    }
    if d.in_100(60) {
        wish(
            firmly(d),
            Field::Employment,
            json!(d.of(&["full_time", "part_time"])),
        );
    }
    if d.in_100(45) {
        let n = 3 + d.below(3);
        wish(
            firmly(d),
            Field::DaysPerWeek,
            json!({"min": n - 1, "max": n}),
        );
    }
    for (percent, strength, day) in [
        (15, "never", "sat"),
        (15, "avoid", "sat"),
        (20, "never", "sun"),
        (10, "must", "weekdays"),
        (10, "want", "weekdays"),
        (5, "never", "wed"),
    ] {
        if d.in_100(percent) {
            wish(strength, Field::Day, json!(day));
        }
    }
    if d.in_100(35) {
        wish(firmly(d), Field::Shift, json!("day"));
    }
    if d.in_100(15) {
        wish(
            "want",
            Field::Hours,
            json!({"start": "09:00", "end": "17:30"}),
        );
    }
    match d.below(10) {
        0..4 => wish("never", Field::NightDuty, json!("any")),
        4..6 => wish("avoid", Field::NightDuty, json!("any")),
        6..8 => wish("ok", Field::NightDuty, json!(1 + d.below(4))),
        _ => {}
    }
    if d.in_100(35) {
        wish(
            d.of::<&str>(&["never", "avoid"]),
            Field::OnCall,
            json!("any"),
        );
    }
    if d.in_100(25) {
        wish(firmly(d), Field::Specialty, json!(department));
    }
    for duty in ["outpatient", "ward", "home_visit", "checkup"] {
        if d.in_100(22) {
            wish("want", Field::Duty, json!(duty));
        }
    }
    if d.in_100(15) {
        wish(
            d.of::<&str>(&["never", "avoid"]),
            Field::Duty,
            json!("emergency"),
        );
    }
    if d.in_100(35) {
        wish(
            d.weighed(&[(15, "must"), (60, "want"), (25, "avoid")]),
            Field::Institution,
            json!(d.of(&["hospital", "clinic", "long_term"])),
        );
    }
    if d.in_100(40) {
        wish(
            firmly(d),
            Field::SalaryMin,
            json!({"amount": 10_000_000 + 1_000_000 * d.below(7), "unit": "year"}),
        );
    }
    for benefit in ["housing", "car_commute", "childcare"] {
        if d.in_100(15) {
            wish("want", Field::Benefit, json!(benefit));
        }
    }
    if d.in_100(25) {
        wish("want", Field::Start, json!("2027-04"));
    }
    if d.in_100(10) {
        wish("must", Field::OutpatientsPerDay, json!(30));
    }
    (profile, wishes)
}
