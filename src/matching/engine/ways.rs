//! The commute to each opening of a block as far as anything depends on it, laid out once for all that ask.

use super::super::commute::{Limit, lies, limits};
use super::super::doctor::Group;
use super::geo::Commutes;
use super::lay::Lay;
use super::plan::Round;
use super::plane::Plane;
use super::rings::Rings;
use crate::places::Band;

/// The commutes by some means, and how those to a block lie to all numbers that are wished or refused.
pub(super) struct Ways<'e> {
    pub commutes: Commutes<'e>,
    limits: Vec<Limit>,
    rings: Rings,
    /// Bands that lie alike are one, each with how it lies and one of its bands.
    kinds: Vec<(u64, Option<Band>)>,
    /// The openings of each kind in the block in hand, or the kind that all of them are of.
    planes: Vec<Plane>,
    whole: Option<usize>,
    is_laid: bool,
    /// Whether it has been tried to say something of all openings of the block at once.
    is_glanced: bool,
    /// The openings of which it has been asked.
    asked: Plane,
}

impl<'e> Ways<'e> {
    /// `groups` are those that may ask.
    pub fn new<'g>(commutes: Commutes<'e>, groups: impl Iterator<Item = &'g Group>) -> Self {
        let mut all: Vec<Limit> = groups.flat_map(limits).collect();
        all.sort_unstable();
        all.dedup();
        Ways {
            commutes,
            limits: all,
            rings: Rings::default(),
            kinds: vec![],
            planes: vec![],
            whole: None,
            is_laid: false,
            is_glanced: false,
            asked: Plane::default(),
        }
    }

    /// Another block comes.
    pub fn forget(&mut self) {
        self.is_laid = false;
        self.is_glanced = false;
    }

    /// Whether it has gone through the block in hand.
    pub fn is_laid(&self) -> bool {
        self.is_laid
    }

    /// Whether one kind holds for all openings of a block, where that is known at once.
    pub fn glance(&mut self, round: &Round) -> bool {
        if !self.is_laid && !std::mem::replace(&mut self.is_glanced, true) {
            self.whole = self.find(round, true);
            self.is_laid = self.whole.is_some();
            self.asked.clone_from(&round.block.live);
        }
        self.is_laid && self.whole.is_some()
    }

    /// Goes through a block, unless it has done so for all openings of interest.
    pub fn lay(&mut self, round: &Round) {
        if !std::mem::replace(&mut self.is_laid, true) {
            self.asked.clear();
        } else if round.interest.is_within(&self.asked) {
            return;
        }
        self.asked.or(round.interest);
        let asked = self.asked.clone();
        let round = &Round {
            interest: &asked,
            ..*round
        };
        self.planes.iter_mut().for_each(Plane::clear);
        self.whole = self.find(round, false);
        self.planes.resize_with(self.kinds.len(), Plane::default);
    }

    /// The kind of all openings of a block, where they are of one: by a glance, or else they are laid out.
    fn find(&mut self, round: &Round, glance: bool) -> Option<usize> {
        let (limits, kinds) = (&self.limits, &mut self.kinds);
        let verdict = |band: Option<Band>| {
            let own = lies(limits.iter().copied(), band);
            // Where the numbers are too many the band itself says it.
            let own = own.or_else(|| band.map(|b| u64::from(b.low) << 32 | u64::from(b.high)));
            let known = kinds.iter().position(|(lies, _)| Some(*lies) == own);
            known.unwrap_or_else(|| {
                kinds.push((own.unwrap_or(u64::MAX), band));
                kinds.len() - 1
            })
        };
        let (rings, planes) = (&mut self.rings, &mut self.planes);
        let mut lay = Lay::new(&self.commutes, round, rings, verdict, planes);
        if glance { lay.whole() } else { lay.all() }
    }

    /// The kinds of bands that have occurred, each with one of them.
    pub fn kinds(&self) -> &[(u64, Option<Band>)] {
        &self.kinds
    }

    /// The kind of all openings of the block in hand that were asked for, where they are of one.
    pub fn whole(&self) -> Option<usize> {
        self.whole
    }

    /// The openings of each kind, of those that were asked for, where they are not all of one.
    pub fn planes(&self) -> &[Plane] {
        if self.whole.is_some() {
            &[]
        } else {
            &self.planes
        }
    }
}
