//! One bit for each of a block's openings.

/// How many openings stand in a block.
pub(super) const ROWS: usize = 4096;

/// So many bits the processor takes at once: a line of its memory.
pub(super) type Lane = [u64; 8];
/// How many those are.
pub(super) const LANE: usize = 512;
const LANES: usize = ROWS / LANE;

/// A bit for each opening of a block.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[repr(align(64))]
pub(super) struct Plane([Lane; LANES]);

/// Whether any bit is set.
pub(super) fn any(lane: &Lane) -> bool {
    lane.iter().fold(0, |a, b| a | b) != 0
}

/// How many bits are set.
pub(super) fn count(lane: &Lane) -> usize {
    lane.iter().map(|w| w.count_ones() as usize).sum()
}

/// The bits that are set, ascending.
pub(super) fn bits(lane: Lane) -> impl Iterator<Item = usize> {
    lane.into_iter().enumerate().flat_map(|(at, word)| {
        let mut rest = word;
        std::iter::from_fn(move || {
            if rest == 0 {
                return None;
            }
            let bit = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            Some(at * 64 + bit)
        })
    })
}

/// Each word of two lanes put together.
pub(super) fn join(a: &Lane, b: &Lane, f: impl Fn(u64, u64) -> u64) -> Lane {
    let mut joined = *a;
    for (a, b) in joined.iter_mut().zip(b) {
        *a = f(*a, *b);
    }
    joined
}

impl Plane {
    fn words(&self) -> &[u64] {
        self.0.as_flattened()
    }

    /// Reads a bit of each line of memory, so that what is asked for next is there: all lines come at once and not one after
    /// the other.
    pub fn fetch(&self) -> u64 {
        self.0.iter().fold(0, |all, lane| all | lane[0])
    }

    /// The bits, those of the lowest rows first.
    pub fn lanes(&self) -> impl Iterator<Item = &Lane> {
        self.0.iter()
    }

    pub fn lane(&self, at: usize) -> &Lane {
        const NONE: &Lane = &[0; 8];
        self.0.get(at).unwrap_or(NONE)
    }

    fn word_of(&mut self, row: usize) -> Option<&mut u64> {
        self.0.as_flattened_mut().get_mut(row / 64)
    }

    pub fn set(&mut self, row: usize, on: bool) {
        if let Some(word) = self.word_of(row) {
            let bit = 1 << (row % 64);
            if on {
                *word |= bit;
            } else {
                *word &= !bit;
            }
        }
    }

    pub fn has(&self, row: usize) -> bool {
        self.words()
            .get(row / 64)
            .is_some_and(|word| word & (1 << (row % 64)) != 0)
    }

    /// Sets a run of bits.
    pub fn set_range(&mut self, start: usize, end: usize) {
        let end = end.min(ROWS);
        let mut at = start;
        while at < end {
            let upto = ((at / 64 + 1) * 64).min(end);
            let ones = u64::MAX >> (64 - (upto - at));
            if let Some(word) = self.word_of(at) {
                *word |= ones << (at % 64);
            }
            at = upto;
        }
    }

    /// Whether any bit of a run is set.
    pub fn has_any(&self, start: usize, end: usize) -> bool {
        let mut at = start;
        while at < end {
            let upto = ((at / 64 + 1) * 64).min(end);
            let ones = (u64::MAX >> (64 - (upto - at))) << (at % 64);
            if self
                .words()
                .get(at / 64)
                .is_some_and(|word| word & ones != 0)
            {
                return true;
            }
            at = upto;
        }
        false
    }

    pub fn is_empty(&self) -> bool {
        !self.0.iter().any(any)
    }

    /// Whether another has all its bits.
    pub fn is_within(&self, other: &Plane) -> bool {
        let mut lanes = self.0.iter().zip(&other.0);
        !lanes.any(|(own, other)| any(&join(own, other, |own, other| own & !other)))
    }

    pub fn count(&self) -> usize {
        self.0.iter().map(count).sum()
    }

    fn zip(&mut self, other: &Plane, f: impl Fn(u64, u64) -> u64) {
        for (a, b) in self.0.iter_mut().zip(&other.0) {
            *a = join(a, b, &f);
        }
    }

    pub fn or(&mut self, other: &Plane) {
        self.zip(other, |a, b| a | b);
    }

    pub fn and(&mut self, other: &Plane) {
        self.zip(other, |a, b| a & b);
    }

    pub fn without(&mut self, other: &Plane) {
        self.zip(other, |a, b| a & !b);
    }

    pub fn clear(&mut self) {
        *self = Plane::default();
    }

    /// Leaves out what is excluded; it has no bits but those of openings that stand.
    pub fn leave(&mut self, excluded: Those) {
        match excluded {
            Those::None => {}
            Those::All => self.clear(),
            Those::Of(plane) => self.without(plane),
        }
    }

    /// Every bit.
    fn full() -> Self {
        Plane([[u64::MAX; 8]; LANES])
    }

    /// Where the number that the digits write, the lowest first, is one of a set (a bit each). Numbers outside `occurring`
    /// do not occur, and nothing is said of them.
    pub fn one_of(digits: &[Plane], set: u64, occurring: u64) -> Plane {
        if set & occurring == 0 {
            return Plane::default();
        }
        let Some((digit, lower)) = digits.split_last().filter(|_| set & occurring != occurring)
        else {
            return Plane::full();
        };
        let half = 1u32 << lower.len();
        let low = (1u64 << half) - 1;
        let one = |set: u64, occurring: u64| Plane::one_of(lower, set, occurring);
        // Where only one half occurs, the digit decides nothing.
        if occurring & low == 0 {
            return one(set >> half, occurring >> half);
        }
        if occurring >> half == 0 {
            return one(set & low, occurring & low);
        }
        let mut small = one(set & low, occurring & low);
        let mut large = one(set >> half, occurring >> half);
        small.without(digit);
        large.and(digit);
        small.or(&large);
        small
    }

    /// The rows of the bits that it has in common with another plane, ascending.
    pub fn rows_within(&self, other: &Plane) -> impl Iterator<Item = usize> {
        let lanes = self.0.iter().zip(&other.0).enumerate();
        lanes.flat_map(|(at, (own, other))| {
            let both = join(own, other, |own, other| own & other);
            bits(both).map(move |bit| at * LANE + bit)
        })
    }
}

/// Some openings of a block: none, all that stand, or those of a plane.
#[derive(Debug, Clone, Copy)]
pub(super) enum Those<'p> {
    None,
    All,
    Of(&'p Plane),
}

/// What excludes a block's openings, put together.
#[derive(Debug, Default)]
pub(super) struct Sieve {
    /// Those that nothing excludes.
    pub alive: Plane,
    /// Those that more than one thing excludes.
    twice: Plane,
}

impl Sieve {
    /// Puts together what several things exclude of the openings that stand, and gives to `count` how many each is the first
    /// to exclude.
    pub fn put(&mut self, live: &Plane, excluded: &[Those], mut first: impl FnMut(usize)) {
        self.alive.clone_from(live);
        self.twice.clear();
        for those in excluded {
            let mut gone = 0;
            let own = self.alive.0.iter_mut().zip(&mut self.twice.0).zip(&live.0);
            match those {
                Those::None => {}
                Those::All => {
                    for ((alive, twice), live) in own {
                        gone += count(alive);
                        *twice = join(live, alive, |live, alive| live & !alive);
                        *alive = Lane::default();
                    }
                }
                Those::Of(plane) => {
                    for (((alive, twice), live), own) in own.zip(&plane.0) {
                        gone += count(&join(alive, own, |alive, own| alive & own));
                        let before = join(live, alive, |live, alive| live & !alive);
                        let again = join(&before, own, |before, own| before & own);
                        *twice = join(twice, &again, |twice, again| twice | again);
                        *alive = join(alive, own, |alive, own| alive & !own);
                    }
                }
            }
            first(gone);
        }
    }

    /// Those that one thing alone excludes.
    pub fn only(&self, live: &Plane, excluded: Those) -> Plane {
        let mut rows = live.clone();
        match excluded {
            Those::None => rows.clear(),
            Those::All => {}
            Those::Of(plane) => rows.and(plane),
        }
        rows.without(&self.twice);
        rows
    }

    /// Those that may have a say in the answer: nothing excludes them or one thing, unless one relaxation `reaches` several.
    pub fn interest(&self, live: &Plane, reaches: bool) -> Plane {
        let mut rows = live.clone();
        if !reaches {
            rows.without(&self.twice);
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing)]

    use super::*;

    #[test]
    fn runs_of_bits_are_set_end_by_end() {
        for (start, end) in [(0, 1), (0, 64), (63, 65), (5, 200), (4032, 4096), (7, 7)] {
            let mut plane = Plane::default();
            plane.set_range(start, end);
            assert_eq!(
                plane.rows_within(&plane).collect::<Vec<_>>(),
                (start..end).collect::<Vec<_>>()
            );
            assert_eq!(plane.count(), end - start);
            assert_eq!(plane.has_any(0, ROWS), start < end);
            assert!(!plane.has_any(0, start) && !plane.has_any(end, ROWS));
            assert!((start..end).all(|row| plane.has_any(row, row + 1)));
        }
    }

    #[test]
    fn a_set_of_numbers_is_found_by_their_digits() {
        let numbers: Vec<u64> = (0..ROWS as u64).map(|i| i * 7919 % 64).collect();
        let digits: Vec<Plane> = (0..6)
            .map(|digit| {
                let mut plane = Plane::default();
                for (row, n) in numbers.iter().enumerate() {
                    plane.set(row, n >> digit & 1 == 1);
                }
                plane
            })
            .collect();
        for set in [
            0,
            1,
            u64::MAX,
            1 << 63,
            0xff00,
            0x5555_5555_5555_5555,
            0b1011,
        ] {
            let found = Plane::one_of(&digits, set, u64::MAX);
            assert!((0..ROWS).all(|row| found.has(row) == (set >> numbers[row] & 1 == 1)));
            // What does not occur may come out either way.
            let found = Plane::one_of(&digits, set, 0xffff_0000);
            let occurs = |row: &usize| (16..32).contains(&numbers[*row]);
            assert!(
                (0..ROWS)
                    .filter(occurs)
                    .all(|row| found.has(row) == (set >> numbers[row] & 1 == 1))
            );
        }
    }

    #[test]
    fn each_is_counted_where_it_is_excluded_first() {
        let of = |n: usize| {
            let mut plane = Plane::default();
            (0..ROWS)
                .filter(|row| row % n == 0)
                .for_each(|row| plane.set(row, true));
            plane
        };
        let mut live = Plane::default();
        live.set_range(0, 4000);
        let planes = [of(2), of(3), of(5)];
        let by = |row: usize| {
            [2usize, 3, 5]
                .iter()
                .filter(|n| row.is_multiple_of(**n))
                .count()
        };
        let mut sieve = Sieve::default();
        for last in [Those::None, Those::All] {
            let [a, b, c] = planes.each_ref().map(Those::Of);
            let mut counts = vec![];
            sieve.put(&live, &[a, b, c, last], |gone| counts.push(gone));
            let all = matches!(last, Those::All);
            let rest = (0..4000).filter(|row| by(*row) == 0).count();
            let threes = (0..4000).filter(|row| row % 3 == 0 && row % 2 == 1).count();
            assert_eq!(counts[..2], [2000, threes]);
            assert_eq!(counts[3], if all { rest } else { 0 });
            assert_eq!(sieve.alive.count(), if all { 0 } else { rest });
            let times = |row: usize| by(row) + usize::from(all);
            let interest = sieve.interest(&live, false);
            let only = sieve.only(&live, b);
            let alone = sieve.only(&live, last);
            for row in 0..ROWS {
                assert_eq!(interest.has(row), row < 4000 && times(row) < 2);
                assert_eq!(only.has(row), row < 4000 && times(row) == 1 && row % 3 == 0);
                assert_eq!(alone.has(row), all && row < 4000 && times(row) == 1);
            }
        }
    }
}
