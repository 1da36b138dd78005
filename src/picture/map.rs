//! Home, the reach of the wished commute and the suggestions, on the municipalities as faint ground.

use super::{
    Shown, Sketch, ground,
    scale::{Area, Scale, Taken},
    spot::{self, Reach},
    svg::{Anchor, Svg, width},
};
use crate::places::{Density, Means, Municipality, Point, Site, municipalities};

/// What a map shows, put on paper.
pub(super) struct Map<'a> {
    scale: Scale,
    width: f64,
    height: f64,
    home: Option<(Site, String)>,
    reach: Option<Reach>,
    /// Number and name of each suggestion whose place is known.
    spots: Vec<(usize, &'a str, Point)>,
    /// The numbers of suggestions far beyond the rest, and of those whose place is not known.
    elsewhere: Vec<usize>,
}

/// The number of a suggestion on the map.
struct Badge {
    number: usize,
    /// Where its opening lies.
    place: (f64, f64),
    /// Where there was room for it.
    at: (f64, f64),
}

/// What is this far from home, in kilometres, is left off the map where something is nearer: a map of half the country would
/// show nothing of the neighbourhood. A wished commute draws the line nearer.
const FAR_KM: f64 = 120.0;
const FAR_REACHES: f64 = 3.0;

/// A reach beyond this is not drawn as a whole, in kilometres.
const WIDE_REACH_KM: f64 = 120.0;
/// Up to this many kilometres across municipalities are named, beyond it prefectures.
const NAMED_KM: f64 = 220.0;
const BADGE: f64 = 12.5;

impl<'a> Map<'a> {
    /// Nothing where neither home nor any suggestion has a known place.
    pub fn of(sketch: &Sketch, shown: &[Shown<'a>], width: f64, height: f64) -> Option<Self> {
        let home = spot::home(sketch.profile);
        let reach = home
            .as_ref()
            .and_then(|(site, _)| spot::reach(site, sketch.wishes));
        let placed = shown.iter().enumerate().filter_map(|(i, s)| {
            let point = spot::of(s.opening)?;
            Some((i + 1, s.opening.institution_name.as_str(), point))
        });
        let mut spots: Vec<(usize, &str, Point)> = placed.collect();
        if let Some((site, _)) = &home {
            let far = reach.map_or(FAR_KM, |r| (r.most_km * FAR_REACHES).min(FAR_KM));
            let near = |p: Point| site.point.kilometres_to(p) <= far;
            if spots.iter().any(|(_, _, p)| near(*p)) {
                spots.retain(|(_, _, p)| near(*p));
            }
        }
        let elsewhere = (1..=shown.len())
            .filter(|n| !spots.iter().any(|(number, _, _)| number == n))
            .collect();
        let mut points: Vec<(Point, f64)> = spots.iter().map(|(_, _, p)| (*p, 1.0)).collect();
        if let Some((site, _)) = &home {
            let around = reach.map_or(site.error_km, |r| r.most_km.min(WIDE_REACH_KM));
            points.push((site.point, around));
        }
        Some(Map {
            scale: Scale::of(&points, width, height)?,
            width,
            height,
            home,
            reach,
            elsewhere,
            spots,
        })
    }

    pub fn draw(&self, out: &mut Svg, x: f64, y: f64) {
        let (w, h) = (self.width, self.height);
        out.raw(format_args!(
            "<clipPath id=\"paper\"><rect width=\"{w:.0}\" height=\"{h:.0}\" rx=\"6\"/></clipPath>\n\
             <g transform=\"translate({x:.0} {y:.0})\" clip-path=\"url(#paper)\">"
        ));
        out.rect(0.0, 0.0, w, h, "fill=\"#dfe9f0\"");
        let beside = ground::NEIGHBOURS_KM * self.scale.per_km;
        ground::draw(out, &self.scale, &self.seen(beside).collect::<Vec<_>>());
        self.circles(out);
        let mut taken = Taken::new(w, h);
        // The lower edge is for the measure and the credit.
        taken.hold(Area {
            x: 0.0,
            y: h - 30.0,
            width: w,
            height: 30.0,
        });
        let badges = self.badges(&mut taken);
        self.names(out, &mut taken, &badges);
        self.foot(out);
        out.raw(format_args!("</g>"));
    }

    /// The municipalities on the paper and at most so many pixels beside it.
    fn seen(&self, beside: f64) -> impl Iterator<Item = (&'static Municipality, (f64, f64))> {
        municipalities()
            .iter()
            .map(|m| (m, self.scale.at(m.point)))
            .filter(move |(_, at)| self.scale.shows(*at, beside))
    }

    fn circles(&self, out: &mut Svg) {
        let (Some((site, _)), Some(reach)) = (&self.home, &self.reach) else {
            return;
        };
        let (x, y) = self.scale.at(site.point);
        out.circle(
            x,
            y,
            reach.most_km * self.scale.per_km,
            "fill=\"#0072b2\" fill-opacity=\"0.09\" stroke=\"#0072b2\" stroke-width=\"1.6\" stroke-dasharray=\"6 5\"",
        );
        if let Some(km) = reach.sure_km {
            out.circle(
                x,
                y,
                km * self.scale.per_km,
                "fill=\"#0072b2\" fill-opacity=\"0.10\" stroke=\"#0072b2\" stroke-width=\"1.6\"",
            );
        }
    }

    /// Where each number stands: on its place, or as near as there is room.
    fn badges(&self, taken: &mut Taken) -> Vec<Badge> {
        if let Some((site, _)) = &self.home {
            taken.hold(Area::around(self.scale.at(site.point), 12.0));
        }
        self.spots
            .iter()
            .map(|(number, _, point)| {
                let own = self.scale.at(*point);
                let near = around(own)
                    .find(|at| taken.claim(Area::around(*at, BADGE)))
                    .unwrap_or(own);
                Badge {
                    number: *number,
                    place: own,
                    at: near,
                }
            })
            .collect()
    }

    fn names(&self, out: &mut Svg, taken: &mut Taken, badges: &[Badge]) {
        for b in badges.iter().filter(|b| b.place != b.at) {
            out.line(b.place, b.at, "stroke=\"#0b4f8a\" stroke-width=\"1.4\"");
            out.circle(b.place.0, b.place.1, 2.6, "fill=\"#0b4f8a\"");
        }
        if let Some((site, name)) = &self.home {
            let (x, y) = self.scale.at(site.point);
            house(out, x, y);
            let name = format!("お住まい（{name}）");
            if let Some((at, anchor)) = beside((x, y), 13.0, &name, 13.0, taken) {
                out.haloed(at.0, at.1, 13.0, "#8a3400", anchor, &name);
            }
            self.name_of_reach(out, taken, (x, y));
        }
        for b in badges {
            out.badge(b.at.0, b.at.1, b.number);
        }
        for b in badges {
            let name = self.spots.iter().find(|(n, _, _)| *n == b.number);
            let name = name.map_or("", |(_, name, _)| name);
            let name = super::svg::fit(name, 12.5, 170.0);
            if let Some((at, anchor)) = beside(b.at, 14.0, &name, 12.5, taken) {
                out.haloed(at.0, at.1, 12.5, "#0b3c66", anchor, &name);
            }
        }
        self.name_places(out, taken);
    }

    /// What the circles mean, on top of the outer one or, where that is off the paper, below it.
    fn name_of_reach(&self, out: &mut Svg, taken: &mut Taken, (x, y): (f64, f64)) {
        let Some(reach) = &self.reach else { return };
        let means = match reach.means {
            Means::Car => "車",
            Means::Train => "電車",
        };
        let name = format!("{means}で{}分の見込み", reach.minutes);
        let wide = width(&name, 12.0) + 6.0;
        let radius = reach.most_km * self.scale.per_km;
        for line in [y - radius - 7.0, y + radius + 16.0] {
            let area = Area {
                x: x - wide / 2.0,
                y: line - 13.0,
                width: wide,
                height: 17.0,
            };
            if taken.claim(area) {
                out.haloed(x, line, 12.0, "#00507d", Anchor::Middle, &name);
                return;
            }
        }
    }

    fn name_places(&self, out: &mut Svg, taken: &mut Taken) {
        if self.scale.across_km() > NAMED_KM {
            for (name, at) in self.prefectures() {
                name_place(out, taken, name, at, 12.5, "#857f70");
            }
            return;
        }
        let mut seen: Vec<_> = self.seen(0.0).collect();
        // Larger places first; of wards and cities alike the nearer to the middle.
        let middle = (self.width / 2.0, self.height / 2.0);
        seen.sort_by(|(a, at), (b, bt)| {
            let kind = |m: &Municipality| match (m.density, m.name.ends_with(['町', '村'])) {
                (Density::Core | Density::Town, _) => 0,
                (Density::Country, false) => 1,
                (Density::Country, true) => 2,
            };
            let far = |p: &(f64, f64)| (p.0 - middle.0).hypot(p.1 - middle.1);
            kind(a).cmp(&kind(b)).then(far(at).total_cmp(&far(bt)))
        });
        for (m, at) in seen {
            let name = m.ward().unwrap_or(m.name);
            name_place(out, taken, name, at, 11.0, "#8f8a7c");
        }
    }

    /// The prefectures that are seen, each at the middle of its municipalities.
    fn prefectures(&self) -> Vec<(&'static str, (f64, f64))> {
        crate::places::prefectures()
            .filter_map(|p| {
                let own: Vec<(f64, f64)> = municipalities()
                    .iter()
                    .filter(|m| m.prefecture == p)
                    .map(|m| self.scale.at(m.point))
                    .collect();
                let middle = |pick: fn(&(f64, f64)) -> f64| {
                    let mut all: Vec<f64> = own.iter().map(pick).collect();
                    all.sort_by(f64::total_cmp);
                    all.get(all.len() / 2).copied()
                };
                let at = (middle(|p| p.0)?, middle(|p| p.1)?);
                self.scale.shows(at, 0.0).then_some((p.name(), at))
            })
            .collect()
    }

    /// A measure, what could not be placed, and whose data it is.
    fn foot(&self, out: &mut Svg) {
        let y = self.height - 12.0;
        let km = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0]
            .into_iter()
            .rfind(|km| km * self.scale.per_km <= 130.0)
            .unwrap_or(1.0);
        let end = 14.0 + km * self.scale.per_km;
        out.raw(format_args!(
            "<path d=\"M14 {:.1}v5H{end:.1}v-5\" fill=\"none\" stroke=\"#52606d\" stroke-width=\"1.6\"/>",
            y - 4.0
        ));
        let measure = format!("{km:.0} km");
        out.haloed(end + 7.0, y + 2.0, 11.5, "#52606d", Anchor::Start, &measure);
        let mut said = "円は直線距離からの概算　地点: GeoNames (CC BY 4.0)".to_owned();
        if !self.elsewhere.is_empty() {
            let numbers: Vec<String> = self.elsewhere.iter().map(usize::to_string).collect();
            said = format!("図の外の求人: {}　{said}", numbers.join("、"));
        }
        out.haloed(
            self.width - 10.0,
            y + 2.0,
            10.0,
            "#6b7580",
            Anchor::End,
            &said,
        );
    }
}

fn name_place(
    out: &mut Svg,
    taken: &mut Taken,
    name: &str,
    (x, y): (f64, f64),
    size: f64,
    fill: &str,
) {
    let wide = width(name, size);
    for line in [y - 5.0, y + size + 4.0] {
        let area = Area {
            x: x - wide / 2.0 - 3.0,
            y: line - size,
            width: wide + 6.0,
            height: size + 4.0,
        };
        if taken.claim(area) {
            out.text(x, line, size, fill, Anchor::Middle, name);
            return;
        }
    }
}

/// The place itself, then ever wider rings around it.
fn around((x, y): (f64, f64)) -> impl Iterator<Item = (f64, f64)> {
    let rings = (1..=5).flat_map(move |ring| {
        (0..12).map(move |step| {
            let turn = f64::from(step) * std::f64::consts::TAU / 12.0;
            let far = f64::from(ring) * 22.0;
            (x + far * turn.sin(), y - far * turn.cos())
        })
    });
    std::iter::once((x, y)).chain(rings)
}

/// Where a name finds room beside a mark: right, left, above or below.
fn beside(
    (x, y): (f64, f64),
    radius: f64,
    name: &str,
    size: f64,
    taken: &mut Taken,
) -> Option<((f64, f64), Anchor)> {
    let wide = width(name, size) + 4.0;
    let level = y + size * 0.36;
    [
        (x + radius + 2.0, level, Anchor::Start),
        (x - radius - 2.0, level, Anchor::End),
        (x, y - radius - 5.0, Anchor::Middle),
        (x, y + radius + size, Anchor::Middle),
    ]
    .into_iter()
    .find(|(x, line, anchor)| {
        let left = match anchor {
            Anchor::Start => *x,
            Anchor::Middle => x - wide / 2.0,
            Anchor::End => x - wide,
        };
        taken.claim(Area {
            x: left,
            y: line - size,
            width: wide,
            height: size + 4.0,
        })
    })
    .map(|(x, line, anchor)| ((x, line), anchor))
}

fn house(out: &mut Svg, x: f64, y: f64) {
    out.raw(format_args!(
        "<path d=\"M{x:.1} {:.1}l11 9.5h-3v9h-16v-9h-3z\" fill=\"#d55e00\" stroke=\"#ffffff\" stroke-width=\"2\" stroke-linejoin=\"round\"/>",
        y - 11.0
    ));
}
