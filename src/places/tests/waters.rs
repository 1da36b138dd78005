//! What is said of all places of a box must hold for each of them.

use super::super::{Area, Cut, Departure, Means, Place, Point, Reach};

/// A number from nought to one, the same ones every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(self.0 >> 33).unwrap()) / f64::from(1u32 << 31)
    }
}

#[test]
fn what_holds_for_a_box_holds_for_each_point_of_it() {
    let mut dice = Dice(5);
    let (mut cut, mut dry, mut mixed) = (0, 0, 0);
    for home in [
        "神奈川県横浜市中区",
        "千葉県館山市",
        "三重県鳥羽市",
        "滋賀県長浜市",
        "鹿児島県鹿児島市",
        "北海道室蘭市",
        "兵庫県淡路市",
        "山口県下関市",
    ] {
        let home = Place::parse(home).site().unwrap();
        let mut departure = Departure::new(home, &[Means::Car, Means::Train]);
        for _ in 0..4000 {
            let mut to = home;
            let (size, far) = (0.3 * dice.roll() * dice.roll(), 0.2 + 3.0 * dice.roll());
            let low = Point {
                lat: home.point.lat + far * (dice.roll() - 0.5),
                lon: home.point.lon + far * (dice.roll() - 0.5),
            };
            let mut area = Area::of(low);
            area.include(Point {
                lat: low.lat + size * dice.roll(),
                lon: low.lon + size * dice.roll(),
            });
            let reach = departure.reach(&to, &area);
            for _ in 0..8 {
                let (y, x) = (dice.roll().round(), dice.roll());
                to.point = Point {
                    lat: low.lat + y * (area.high.lat - low.lat),
                    lon: low.lon + x * (area.high.lon - low.lon),
                };
                let band = departure.band(&to);
                let within = |best, worst| {
                    let (best, worst): (super::super::Band, super::super::Band) = (best, worst);
                    band.is_some_and(|band| {
                        (best.low..=worst.low).contains(&band.low)
                            && (best.high..=worst.high).contains(&band.high)
                    })
                };
                match reach {
                    Reach::Unknown => {
                        cut += 1;
                        assert_eq!(band, None, "{to:?}");
                    }
                    Reach::Between(best, worst) => {
                        dry += 1;
                        assert!(within(best, worst), "{to:?}");
                    }
                    Reach::Perhaps(best, worst, waters) => {
                        mixed += 1;
                        let off = waters.cut_off(to.point);
                        assert_eq!(band.is_none(), off, "{to:?}");
                        assert!(off || within(best, worst), "{to:?}");
                        let cut = match waters.before(&area) {
                            Cut::All => true,
                            Cut::None => false,
                            Cut::Some(waters) => waters.cut_off(to.point),
                        };
                        assert_eq!(cut, off, "{to:?}");
                    }
                    Reach::Mixed => {}
                }
            }
        }
    }
    assert!(
        cut > 10_000 && dry > 50_000 && mixed > 1_000,
        "{cut} {dry} {mixed}"
    );
}

#[test]
fn a_bay_cuts_off_what_lies_behind_a_bend_of_its_middle() {
    let home = Place::parse("神奈川県横浜市中区").site().unwrap();
    let mut departure = Departure::new(home, &[Means::Car]);
    let mut area = Area::of(Point {
        lat: 35.08,
        lon: 139.93,
    });
    area.include(Point {
        lat: 35.22,
        lon: 140.03,
    });
    assert_eq!(departure.reach(&home, &area), Reach::Unknown);
}
