//! The same desk as a table, and the hard filters of its doctors as conditions of SQL, to see how a database fares.

use super::desk::{self, Dice, Map};
use madoguchi::{
    domain::wish::{Field, ProfileField, ProfileItem, Strength, Value, Wish},
    domain::{opening::Opening, values::DEPARTMENTS},
    places::Place,
};
use std::{fmt::Write as _, path::Path};

/// What a database can filter by without knowing the rules: place, department, duty, employment. Silence passes.
pub fn write(folder: &Path, map: &Map, doctors: &[(Vec<ProfileItem>, Vec<Wish>)]) {
    let size = super::number("TABLE", 1_000_000);
    let mut dice = Dice(1);
    let mut rows = String::from(
        "id,prefecture,municipality,lat,lon,departments,employment,night_duty,posted\n",
    );
    for n in 0..size {
        row(&desk::opening(&mut dice, map, n), &mut rows);
    }
    std::fs::create_dir_all(folder).unwrap();
    std::fs::write(folder.join("openings.csv"), rows).unwrap();
    let conditions: Vec<String> = doctors.iter().map(|(p, w)| condition(p, w)).collect();
    std::fs::write(folder.join("conditions.sql"), conditions.join("\n")).unwrap();
    println!(
        "\nwritten: {size} openings and {} questions to {}",
        doctors.len(),
        folder.display()
    );
}

fn department(name: &str) -> u64 {
    1 << DEPARTMENTS.iter().position(|d| *d == name).unwrap()
}

fn row(o: &Opening, out: &mut String) {
    let text = |field: Field| o.values(field).filter_map(Value::as_text);
    let place = Place::parse(&o.area);
    let prefecture = place.prefecture().map_or(0, |p| p.code());
    let site = place.site().map(|s| s.point);
    let lat = o
        .lat
        .or(site.map(|p| p.lat))
        .map_or(String::new(), |v| format!("{v:.5}"));
    let lon = o
        .lon
        .or(site.map(|p| p.lon))
        .map_or(String::new(), |v| format!("{v:.5}"));
    let departments: u64 = text(Field::Specialty).map(department).fold(0, |a, b| a | b);
    let employment = text(Field::Employment).next().unwrap_or_default();
    // Times a month; -1 says nothing.
    let night = o.values(Field::NightDuty).next().map_or(-1, |v| match v {
        Value::Number(n) => *n,
        Value::Text(t) if t == "any" => 1,
        _ => 0,
    });
    let posted = o.posted.as_deref().unwrap_or_default();
    writeln!(
        out,
        "{},{prefecture},{},{lat},{lon},{departments},{employment},{night},{posted}",
        o.id, o.area
    )
    .unwrap();
}

fn condition(profile: &[ProfileItem], wishes: &[Wish]) -> String {
    let mut all = vec![];
    let home = profile
        .iter()
        .find(|p| p.field == ProfileField::Home)
        .and_then(|p| Place::parse(p.value.as_text()?).site());
    for w in wishes {
        match (w.field, w.strength, &w.value) {
            (Field::CommuteMinutes, Strength::Must, Value::Number(n)) => {
                if let Some(home) = home {
                    // The box around the farthest that a car gets.
                    let km = *n as f64 * 0.9 + home.error_km;
                    let (dy, dx) = (km / 111.0, km / 88.0);
                    let p = home.point;
                    all.push(format!(
                        "(lat IS NULL OR lat BETWEEN {:.4} AND {:.4} AND lon BETWEEN {:.4} AND {:.4})",
                        p.lat - dy, p.lat + dy, p.lon - dx, p.lon + dx
                    ));
                }
            }
            (Field::Area, Strength::Must, Value::Text(t)) => match Place::parse(t) {
                Place::Prefecture(p) => all.push(format!("prefecture = {}", p.code())),
                Place::Municipality(_) => all.push(format!("municipality = '{t}'")),
                Place::Region(r) => {
                    let codes: Vec<String> = r.codes().iter().map(u8::to_string).collect();
                    all.push(format!("prefecture IN ({})", codes.join(",")));
                }
                _ => {}
            },
            (Field::Employment, Strength::Must, Value::Text(t)) => {
                all.push(format!("employment = '{t}'"));
            }
            (Field::NightDuty, Strength::Never, _) => all.push("night_duty < 1".into()),
            (Field::NightDuty, Strength::Ok, Value::Number(n)) => {
                all.push(format!("night_duty <= {n}"));
            }
            _ => {}
        }
    }
    let own = profile
        .iter()
        .filter(|p| p.field == ProfileField::Specialty)
        .filter_map(|p| p.value.as_text())
        .map(department)
        .fold(0, |a, b| a | b);
    // General work is open to every internal department.
    let general = department("内科") | department("総合診療科");
    let suits = own
        | if own & general == 0 {
            department("内科")
        } else {
            general
        };
    all.push(format!("(departments = 0 OR departments & {suits} <> 0)"));
    all.join(" AND ")
}
