//! Verdicts by distance: sites that differ in nothing but where they stand share those of the ring around the home that they
//! stand in.

use crate::places::{Density, Land, Site};

const WIDTH_KM: f64 = 0.25;
/// Nobody commutes farther than the last.
const RINGS: usize = 1000;

/// What is known of the sites of a ring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ring {
    Unseen,
    /// All are in one class.
    Class(u16),
    /// Some are in one, some in another.
    Split,
}

/// The surroundings of a site.
type Kind = (u64, Land, Density, u8);

/// The rings around one home, for one thing wished.
#[derive(Debug, Default)]
pub(super) struct Rings {
    kinds: Vec<(Kind, Vec<Ring>)>,
}

impl Rings {
    /// The number of the kind of sites that one is of.
    pub fn kind(&mut self, site: &Site) -> usize {
        let own = site.surroundings();
        let known = self.kinds.iter().position(|(kind, _)| *kind == own);
        known.unwrap_or_else(|| {
            self.kinds.push((own, vec![Ring::Unseen; RINGS]));
            self.kinds.len() - 1
        })
    }

    /// The class of all sites of a kind between two distances; nothing where they differ, or are far. `judge` says it of what
    /// lies between the ends of one ring.
    pub fn between(
        &mut self,
        kind: usize,
        (least, most): (f64, f64),
        mut judge: impl FnMut(f64, f64) -> Option<usize>,
    ) -> Option<usize> {
        let (_, rings) = self.kinds.get_mut(kind)?;
        let (first, last) = (number(least), number(most));
        let mut common = None;
        for (ring, at) in rings.get_mut(first..=last)?.iter_mut().zip(first..) {
            if *ring == Ring::Unseen {
                let class = judge(start(at), start(at + 1));
                let class = class.and_then(|class| u16::try_from(class).ok());
                *ring = class.map_or(Ring::Split, Ring::Class);
            }
            match *ring {
                Ring::Class(class) if common.is_none_or(|own| own == class) => common = Some(class),
                _ => return None,
            }
        }
        common.map(usize::from)
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn number(km: f64) -> usize {
    // A cast of what is below nought is nought.
    (km / WIDTH_KM) as usize
}

#[allow(clippy::cast_precision_loss)]
fn start(ring: usize) -> f64 {
    // The first reaches below nought, where a distance is not quite sure.
    if ring == 0 {
        -1.0
    } else {
        ring as f64 * WIDTH_KM
    }
}
