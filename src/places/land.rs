//! What lies between two places: which of them a road or a track joins, and where only water is.

use super::bounds::Area;
use super::point::{Point, segments_cross, side};
use std::sync::LazyLock;

/// The land that a place stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Land {
    /// 北海道
    Hokkaido,
    /// 本州
    Honshu,
    /// 四国
    Shikoku,
    /// 九州
    Kyushu,
    /// 沖縄本島
    Okinawa,
    /// 淡路島, which two bridges join with 本州 and 四国.
    Awaji,
    /// Another island, by its name.
    Island(&'static str),
    /// A municipality of several islands: nothing can be said even within it.
    Scattered,
}

impl Land {
    /// The land of a name in the table of municipalities.
    pub fn named(name: &'static str) -> Self {
        match name {
            "北海道" => Land::Hokkaido,
            "本州" => Land::Honshu,
            "四国" => Land::Shikoku,
            "九州" => Land::Kyushu,
            "沖縄" => Land::Okinawa,
            "淡路島" => Land::Awaji,
            other if other.ends_with("諸島") => Land::Scattered,
            other => Land::Island(other),
        }
    }

    /// Whether expressways may be on the way.
    pub fn has_expressways(self) -> bool {
        !matches!(self, Land::Island(_) | Land::Scattered)
    }
}

const fn at(lat: f64, lon: f64) -> Point {
    Point { lat, lon }
}

/// A fixed link between two lands: where it leaves the first and where it reaches the second.
struct Link {
    lands: (Land, Land),
    ends: (Point, Point),
    rail: bool,
}

const LINKS: [Link; 5] = [
    // 関門トンネル・関門橋
    Link {
        lands: (Land::Honshu, Land::Kyushu),
        ends: (at(33.96, 130.95), at(33.94, 130.96)),
        rail: true,
    },
    // 明石海峡大橋
    Link {
        lands: (Land::Honshu, Land::Awaji),
        ends: (at(34.64, 135.04), at(34.59, 135.01)),
        rail: false,
    },
    // 大鳴門橋
    Link {
        lands: (Land::Shikoku, Land::Awaji),
        ends: (at(34.22, 134.63), at(34.26, 134.67)),
        rail: false,
    },
    // 瀬戸大橋
    Link {
        lands: (Land::Honshu, Land::Shikoku),
        ends: (at(34.44, 133.80), at(34.34, 133.83)),
        rail: false,
    },
    // しまなみ海道
    Link {
        lands: (Land::Honshu, Land::Shikoku),
        ends: (at(34.41, 133.19), at(34.09, 132.98)),
        rail: false,
    },
];

/// Bays and one lake that a straight line must not cross, as lines along their middle.
const WATERS: &[&[Point]] = &[
    // 東京湾
    &[
        at(35.55, 139.90),
        at(35.35, 139.75),
        at(35.20, 139.73),
        at(34.95, 139.68),
    ],
    // 相模湾
    &[at(35.22, 139.35), at(34.80, 139.30)],
    // 駿河湾
    &[at(35.05, 138.78), at(34.90, 138.65), at(34.50, 138.50)],
    // 三河湾
    &[at(34.74, 137.30), at(34.71, 137.10), at(34.65, 136.98)],
    // 伊勢湾
    &[
        at(34.98, 136.78),
        at(34.80, 136.70),
        at(34.60, 136.85),
        at(34.45, 137.05),
        at(34.20, 137.20),
    ],
    // 琵琶湖
    &[at(35.45, 136.12), at(35.30, 136.12), at(35.12, 135.93)],
    // 大阪湾
    &[at(34.60, 135.36), at(34.40, 135.15), at(34.25, 134.98)],
    // 富山湾
    &[at(36.86, 137.20), at(37.20, 137.30), at(37.50, 137.60)],
    // 広島湾
    &[at(34.34, 132.42), at(34.20, 132.37), at(34.00, 132.30)],
    // 陸奥湾
    &[at(40.95, 140.85), at(41.10, 140.90), at(41.25, 140.75)],
    // 噴火湾
    &[at(42.50, 140.45), at(42.35, 140.75), at(42.20, 141.00)],
    // 有明海
    &[
        at(33.10, 130.30),
        at(32.95, 130.35),
        at(32.75, 130.45),
        at(32.60, 130.45),
        at(32.50, 130.35),
    ],
    // 八代海
    &[at(32.58, 130.55), at(32.40, 130.40), at(32.20, 130.25)],
    // 別府湾
    &[at(33.30, 131.55), at(33.33, 131.80)],
    // 鹿児島湾
    &[at(31.66, 130.70), at(31.50, 130.65), at(31.20, 130.70)],
];

fn over_water(a: Point, b: Point) -> bool {
    WATER_LINES
        .iter()
        .any(|(c, d)| !are_apart(a, b, *c, *d) && segments_cross(a, b, *c, *d))
}

/// Whether the rectangles that two segments span have nothing in common.
fn are_apart(a: Point, b: Point, c: Point, d: Point) -> bool {
    let apart = |a: f64, b: f64, c: f64, d: f64| a.max(b) < c.min(d) || a.min(b) > c.max(d);
    apart(a.lat, b.lat, c.lat, d.lat) || apart(a.lon, b.lon, c.lon, d.lon)
}

fn dry(a: Point, b: Point) -> Option<f64> {
    (!over_water(a, b)).then(|| a.kilometres_to(b))
}

/// The length of the way over land in kilometres, straight except for the detour to a bridge or tunnel; nothing where
/// only a ship or an aeroplane goes. `rail` asks for a link that trains use.
pub fn way_km(from: (Land, Point), to: (Land, Point), rail: bool) -> Option<f64> {
    if from.0 == Land::Scattered || to.0 == Land::Scattered {
        return None;
    }
    if from.0 == to.0 {
        return dry(from.1, to.1);
    }
    // At most two links are ever needed: 本州–淡路島–四国.
    links(from, rail)
        .filter_map(|(land, near, far)| {
            let to_link = dry(from.1, near)?;
            let rest = if land == to.0 {
                dry(far, to.1)
            } else {
                links((land, far), rail)
                    .filter(|(next, _, _)| *next == to.0 && land == Land::Awaji)
                    .filter_map(|(_, near, end)| {
                        Some(dry(far, near)? + near.kilometres_to(end) + dry(end, to.1)?)
                    })
                    .min_by(f64::total_cmp)
            }?;
            Some(to_link + near.kilometres_to(far) + rest)
        })
        .min_by(f64::total_cmp)
}

/// What [`way_km`] can be to the points of an area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Way {
    /// Nothing but water for all of them.
    No,
    /// A way of at least and at most so many kilometres to each.
    Between(f64, f64),
    /// Water for some; to each of the others a way of at least and at most so many kilometres.
    Perhaps(f64, f64, Waters),
}

/// Waters on the ways to somewhere, which cut off what they cut off on each of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Waters([Option<(Point, u64)>; 3]);

impl Waters {
    /// The waters of a mask on the straight way from a point.
    fn of(from: Point, mask: u64) -> Self {
        Waters([Some((from, mask)), None, None])
    }

    /// Those on either way; nothing where there are more ways than there is room for.
    fn and(mut self, other: Self) -> Option<Self> {
        for way in other.0.into_iter().flatten() {
            *self.0.iter_mut().find(|slot| slot.is_none())? = Some(way);
        }
        Some(self)
    }

    fn ways(&self) -> impl Iterator<Item = (Point, u64)> {
        self.0.into_iter().flatten()
    }

    /// Whether they cut a point off.
    pub fn cut_off(&self, to: Point) -> bool {
        self.ways().all(|(from, mask)| {
            lines(mask)
                .any(|(_, (c, d))| !are_apart(from, to, *c, *d) && segments_cross(from, to, *c, *d))
        })
    }

    /// What they do to the points of an area.
    pub fn before(&self, area: &Area) -> Cut {
        let mut rest = Waters([None; 3]);
        for (slot, (from, mask)) in rest.0.iter_mut().zip(self.ways()) {
            match undecided(from, area, mask) {
                None => {}
                Some(0) => return Cut::None,
                Some(mixed) => *slot = Some((from, mixed)),
            }
        }
        if rest.ways().next().is_some() {
            Cut::Some(rest)
        } else {
            Cut::All
        }
    }
}

/// What waters cut off of an area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cut {
    /// All of its points.
    All,
    /// None of them.
    None,
    /// Those that these waters, of all of them, cut off.
    Some(Waters),
}

impl Way {
    /// By one of two ways; nothing where that cannot be told.
    fn or(self, other: Self) -> Option<Self> {
        Some(match (self, other) {
            (Way::No, way) | (way, Way::No) => way,
            (Way::Between(a, b), Way::Between(c, d)) => Way::Between(a.min(c), b.min(d)),
            (Way::Between(a, b), Way::Perhaps(c, ..))
            | (Way::Perhaps(c, ..), Way::Between(a, b)) => Way::Between(a.min(c), b),
            (Way::Perhaps(a, b, own), Way::Perhaps(c, d, other)) => {
                Way::Perhaps(a.min(c), b.max(d), own.and(other)?)
            }
        })
    }
}

/// A point that ways to some land begin at: the home, or the far end of a bridge.
#[derive(Debug)]
pub(super) struct Exit {
    from: Point,
    /// The way to that point.
    km: f64,
    /// For each direction the waters that lie there, a bit each.
    directions: Vec<u64>,
}

const DIRECTIONS: usize = 256;

static WATER_LINES: LazyLock<Vec<(Point, Point)>> = LazyLock::new(|| {
    WATERS
        .iter()
        .flat_map(|line| line.windows(2))
        .filter_map(|pair| Some((*pair.first()?, *pair.get(1)?)))
        .collect()
});

impl Exit {
    fn new(from: Point, km: f64) -> Self {
        let mut directions = vec![0; DIRECTIONS];
        for (bit, (c, d)) in WATER_LINES.iter().enumerate() {
            let (c, d) = (direction(from, *c), direction(from, *d));
            let turn = (d - c).rem_euclid(1.0);
            let (start, width) = if turn <= 0.5 {
                (c, turn)
            } else {
                (d, 1.0 - turn)
            };
            mark(&mut directions, start, width, |mask| *mask |= 1 << bit);
        }
        Exit {
            from,
            km,
            directions,
        }
    }

    fn bounds(&self, area: &Area) -> Way {
        let mut waters = 0;
        let (centre, radius) = area.disc();
        let (height, width) = (centre.lat - self.from.lat, centre.lon - self.from.lon);
        let far = (height * height + width * width).sqrt();
        if far > 2.0 * radius {
            // A sine is at most half a circle's sixth wider than its angle here.
            let half = radius / far * 1.05 / std::f64::consts::TAU;
            let towards = direction(self.from, centre);
            each(&self.directions, towards - half, 2.0 * half, |mask| {
                waters |= *mask;
            });
        } else {
            waters = u64::MAX;
        }
        let Some(mixed) = undecided(self.from, area, waters) else {
            return Way::No;
        };
        let (least, most) = area.kilometres_from(self.from);
        if mixed != 0 {
            let waters = Waters::of(self.from, mixed);
            return Way::Perhaps(least + self.km, most + self.km, waters);
        }
        Way::Between(least + self.km, most + self.km)
    }
}

/// Of some waters, a bit each, those that lie before some points of an area and not before others; nothing where water lies
/// before all of them.
fn undecided(from: Point, area: &Area, waters: u64) -> Option<u64> {
    let mut mixed = 0;
    for (bit, (c, d)) in lines(waters) {
        match crossing(from, area, *c, *d) {
            Some(true) => return None,
            Some(false) => {}
            None => mixed |= bit,
        }
    }
    (mixed.count_ones() < 2 || !is_behind_bay(from, area, mixed)).then_some(mixed)
}

/// Whether an area lies behind some waters that follow each other, as it does behind none of them alone: between the rays through
/// the outer ends, and beyond each of the lines.
fn is_behind_bay(from: Point, area: &Area, waters: u64) -> bool {
    let mut bay: Option<(Point, Point, f64)> = None;
    for (_, (c, d)) in lines(waters) {
        let (own, turn) = (side(*c, *d, from), side(from, *c, *d));
        let behind = own.abs() > HAIR && area.sides(*c, *d, -own.signum()).0 > HAIR;
        bay = match bay {
            _ if !behind || turn.abs() < HAIR => None,
            Some((first, last, way)) if last == *c && way == turn.signum() => {
                Some((first, *d, way))
            }
            _ => Some((*c, *d, turn.signum())),
        };
        if let Some((first, last, way)) = bay
            && side(from, first, last) * way > HAIR
            && area.sides(from, first, way).0 > HAIR
            && area.sides(from, last, -way).0 > HAIR
        {
            return true;
        }
    }
    false
}

/// The lines of some waters, each with its bit.
fn lines(waters: u64) -> impl Iterator<Item = (u64, &'static (Point, Point))> {
    let mut rest = waters;
    std::iter::from_fn(move || {
        while rest != 0 {
            let at = rest.trailing_zeros();
            rest &= rest - 1;
            if let Some(line) = WATER_LINES.get(at as usize) {
                return Some((1 << at, line));
            }
        }
        None
    })
}

/// Where a point lies, in turns of the circle from the east, on the plane of degrees.
fn direction(from: Point, to: Point) -> f64 {
    (to.lat - from.lat).atan2(to.lon - from.lon) / std::f64::consts::TAU
}

#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss
)]
fn slots(start: f64, width: f64) -> impl Iterator<Item = usize> {
    let count = DIRECTIONS as f64;
    // One more on either side, so that no rounding leaves a water out.
    let first = (start * count).floor() - 1.0;
    let first = first.rem_euclid(count) as usize;
    let many = ((width * count).ceil() as usize + 3).min(DIRECTIONS);
    (first..first + many).map(|at| at % DIRECTIONS)
}

fn mark(slots_of: &mut [u64], start: f64, width: f64, mut f: impl FnMut(&mut u64)) {
    for at in slots(start, width) {
        if let Some(mask) = slots_of.get_mut(at) {
            f(mask);
        }
    }
}

fn each(slots_of: &[u64], start: f64, width: f64, mut f: impl FnMut(&u64)) {
    for at in slots(start, width) {
        if let Some(mask) = slots_of.get(at) {
            f(mask);
        }
    }
}

/// The points that ways from a place to a land begin at; none where only a ship or an aeroplane goes.
pub(super) fn exits(from: (Land, Point), to: Land, rail: bool) -> Vec<Exit> {
    if from.0 == Land::Scattered || to == Land::Scattered {
        return vec![];
    }
    if from.0 == to {
        return vec![Exit::new(from.1, 0.0)];
    }
    let mut found = vec![];
    for (land, near, far) in links(from, rail) {
        let Some(to_link) = dry(from.1, near) else {
            continue;
        };
        let so_far = to_link + near.kilometres_to(far);
        if land == to {
            found.push(Exit::new(far, so_far));
            continue;
        }
        for (_, near, end) in
            links((land, far), rail).filter(|(next, _, _)| *next == to && land == Land::Awaji)
        {
            if let Some(km) = dry(far, near) {
                found.push(Exit::new(end, so_far + km + near.kilometres_to(end)));
            }
        }
    }
    found
}

/// Bounds of [`way_km`] for all points of an area on the land that the exits lead to; nothing where they cannot be told.
pub(super) fn way_bounds(exits: &[Exit], area: &Area) -> Option<Way> {
    exits
        .iter()
        .map(|exit| exit.bounds(area))
        .try_fold(Way::No, Way::or)
}

/// Whether the lines from a point to all points of an area cross a segment; nothing where some do, or nobody can say. The
/// points to which a line crosses lie behind the segment and between the rays through its ends.
fn crossing(from: Point, area: &Area, c: Point, d: Point) -> Option<bool> {
    let hull = [area.low, area.high]
        .into_iter()
        .fold(Area::of(from), |mut hull, p| {
            hull.include(p);
            hull
        });
    if are_apart(hull.low, hull.high, c, d) {
        return Some(false);
    }
    if area.low == area.high {
        return Some(segments_cross(from, area.low, c, d));
    }
    let (own, turn) = (side(c, d, from), side(from, c, d));
    if own.abs() < HAIR {
        return None;
    }
    let sides = [
        area.sides(c, d, -own.signum()),
        area.sides(from, c, turn.signum()),
        area.sides(from, d, -turn.signum()),
    ];
    if sides.iter().any(|(_, most)| *most < -HAIR) {
        return Some(false);
    }
    (sides.iter().all(|(least, _)| *least > HAIR)).then_some(true)
}

/// What is nearer to a line than this is left to those who look at the single point, in square degrees.
const HAIR: f64 = 1e-9;

fn links(from: (Land, Point), rail: bool) -> impl Iterator<Item = (Land, Point, Point)> {
    LINKS
        .iter()
        .filter(move |l| l.rail || !rail)
        .filter_map(move |l| {
            if l.lands.0 == from.0 {
                Some((l.lands.1, l.ends.0, l.ends.1))
            } else if l.lands.1 == from.0 {
                Some((l.lands.0, l.ends.1, l.ends.0))
            } else {
                None
            }
        })
}
