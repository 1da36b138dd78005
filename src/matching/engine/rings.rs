//! Verdicts by distance: sites that differ in nothing but where they stand share those of the ring around the home that they
//! stand in.

use crate::places::{Density, Land, Site};

/// Nobody commutes farther, in kilometres.
const FAR_KM: f64 = 256.0;
/// The verdicts change within rings as narrow as this.
const NARROW_KM: f64 = 0.125;

/// Sites up to a distance, beyond those of the ring within.
#[derive(Debug, Clone, Copy)]
struct Ring {
    upto: f64,
    /// The class of all of them; nothing where they differ.
    class: Option<usize>,
}

/// The surroundings of a site.
type Kind = (u64, Land, Density, u8);

/// The rings around one home, for one thing wished.
#[derive(Debug, Default)]
pub(super) struct Rings {
    kinds: Vec<(Kind, Vec<Ring>)>,
}

impl Rings {
    /// The number of the kind of sites that one is of. `judge` says the class of all that lie between two distances, where they
    /// have one.
    pub fn kind(&mut self, site: &Site, mut judge: impl FnMut(f64, f64) -> Option<usize>) -> usize {
        let own = site.surroundings();
        let known = self.kinds.iter().position(|(kind, _)| *kind == own);
        known.unwrap_or_else(|| {
            let mut rings = vec![];
            split((0.0, FAR_KM), &mut judge, &mut rings);
            self.kinds.push((own, rings));
            self.kinds.len() - 1
        })
    }

    /// The class of all sites of a kind between two distances; nothing where they differ, or are far.
    pub fn between(&self, kind: usize, (least, most): (f64, f64)) -> Option<usize> {
        let (_, rings) = self.kinds.get(kind)?;
        let ring = rings.iter().find(|ring| least <= ring.upto)?;
        ring.class.filter(|_| most <= ring.upto)
    }
}

/// Adds the rings between two distances.
fn split(
    (near, far): (f64, f64),
    judge: &mut impl FnMut(f64, f64) -> Option<usize>,
    rings: &mut Vec<Ring>,
) {
    let class = judge(near, far);
    if class.is_none() && far - near > NARROW_KM {
        let middle = f64::midpoint(near, far);
        split((near, middle), judge, rings);
        split((middle, far), judge, rings);
        return;
    }
    match rings.last_mut().filter(|last| last.class == class) {
        Some(last) => last.upto = far,
        None => rings.push(Ring { upto: far, class }),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::places::Place;

    #[test]
    fn a_ring_says_what_holds_for_each_of_its_distances() {
        let site = Place::parse("長野県松本市").site().unwrap();
        let edges = [3.0, 17.25, 17.3, 91.7];
        let class = |km: f64| edges.iter().filter(|edge| km >= **edge).count();
        let judge = |least, most| (class(least) == class(most)).then_some(class(least));
        let mut rings = Rings::default();
        let kind = rings.kind(&site, judge);
        assert_eq!(rings.kind(&site, |_, _| Some(0)), kind);
        let mut known = 0;
        for step in 0..2600 {
            let (least, most) = (f64::from(step) * 0.1 - 0.02, f64::from(step) * 0.1 + 0.03);
            if let Some(found) = rings.between(kind, (least, most)) {
                known += 1;
                assert_eq!((found, found), (class(least), class(most)), "{least}");
            }
        }
        assert!(known > 2540, "{known}");
    }
}
