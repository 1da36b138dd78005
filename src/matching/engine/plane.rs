//! One bit for each of a block's openings, and numbers written in such bits.

/// How many openings stand in a block.
pub(super) const ROWS: usize = 4096;
const WORDS: usize = ROWS / 64;

/// A bit for each opening of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plane([u64; WORDS]);

impl Default for Plane {
    fn default() -> Self {
        Plane([0; WORDS])
    }
}

impl Plane {
    pub fn set(&mut self, row: usize, on: bool) {
        if let Some(word) = self.0.get_mut(row / 64) {
            let bit = 1 << (row % 64);
            if on {
                *word |= bit;
            } else {
                *word &= !bit;
            }
        }
    }

    pub fn has(&self, row: usize) -> bool {
        self.0
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
            if let Some(word) = self.0.get_mut(at / 64) {
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
            if self.0.get(at / 64).is_some_and(|word| word & ones != 0) {
                return true;
            }
            at = upto;
        }
        false
    }

    pub fn is_empty(&self) -> bool {
        self.0.iter().fold(0, |a, b| a | b) == 0
    }

    pub fn count(&self) -> usize {
        self.0.iter().map(|w| w.count_ones() as usize).sum()
    }

    /// Whether there are no more bits than some.
    pub fn is_few(&self, most: usize) -> bool {
        let mut count = 0;
        for word in self.0.iter().filter(|word| **word != 0) {
            count += word.count_ones() as usize;
            if count > most {
                return false;
            }
        }
        true
    }

    fn zip(&mut self, other: &Plane, f: impl Fn(u64, u64) -> u64) {
        for (a, b) in self.0.iter_mut().zip(&other.0) {
            *a = f(*a, *b);
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
        self.0 = [0; WORDS];
    }

    /// Sets every bit.
    pub fn fill(&mut self) {
        self.0 = [u64::MAX; WORDS];
    }

    /// Keeps those of a plane only, and says whether any remain.
    pub fn keep(&mut self, other: &Plane) -> bool {
        let mut any = 0;
        for (a, b) in self.0.iter_mut().zip(&other.0) {
            *a &= b;
            any |= *a;
        }
        any != 0
    }

    /// Leaves those of a plane out, and says whether any remain.
    pub fn leave_out(&mut self, other: &Plane) -> bool {
        let mut any = 0;
        for (a, b) in self.0.iter_mut().zip(&other.0) {
            *a &= !b;
            any |= *a;
        }
        any != 0
    }

    /// Every bit.
    fn full() -> Self {
        Plane([u64::MAX; WORDS])
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

    /// The rows of its bits, ascending.
    pub fn rows(&self) -> impl Iterator<Item = usize> {
        self.rows_within(self)
    }

    /// The rows of the bits that it has in common with another plane, ascending.
    pub fn rows_within(&self, other: &Plane) -> impl Iterator<Item = usize> {
        let words = self.0.iter().zip(&other.0).enumerate();
        words.flat_map(|(at, (a, b))| {
            let mut rest = a & b;
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
}

/// A block's openings while what excludes them is counted.
#[derive(Debug, Default)]
pub(super) struct Sieve {
    /// Those that nothing excludes so far.
    pub alive: Plane,
    /// Those that may still have a say in the answer: nothing excludes them, or one relaxation may let them in.
    pub interest: Plane,
    /// Those that something excludes, and those that something else excludes than the way to work.
    seen: Plane,
    beside: Plane,
}

impl Sieve {
    /// A sieve with these openings.
    pub fn fill(&mut self, live: &Plane) {
        self.alive.clone_from(live);
        self.interest.clone_from(live);
        self.seen.clear();
        self.beside.clear();
    }

    /// Strikes out what a field excludes, and returns how many it is the first to exclude. Of those, `still` are excluded by the
    /// field however it is relaxed.
    pub fn strike(&mut self, excluded: &Plane, still: &Plane, of_the_way: bool) -> usize {
        let mut count = 0;
        let apart = if of_the_way { 0 } else { u64::MAX };
        let words = excluded.0.iter().zip(&still.0);
        let own = self.alive.0.iter_mut().zip(&mut self.interest.0);
        let before = self.seen.0.iter_mut().zip(&mut self.beside.0);
        for (((excluded, still), (alive, interest)), (seen, beside)) in words.zip(own).zip(before) {
            let new = *excluded & *interest;
            count += (new & *alive).count_ones();
            *alive &= !new;
            let twice = *beside | (*seen & apart);
            *interest &= !(new & (*still | twice));
            *seen |= new;
            *beside |= new & apart;
        }
        count as usize
    }
}

/// A number for each opening of a block, one plane a binary digit, the lowest first.
#[derive(Debug, Clone, Default)]
pub(super) struct Counter {
    digits: Vec<Plane>,
    carry: Plane,
}

impl Counter {
    /// Counts from nought up to `most`.
    pub fn new(most: u64) -> Self {
        Counter {
            digits: vec![Plane::default(); (u64::BITS - most.leading_zeros()) as usize],
            carry: Plane::default(),
        }
    }

    pub fn clear(&mut self) {
        for digit in &mut self.digits {
            digit.clear();
        }
    }

    /// Adds a number where a bit is set.
    pub fn add(&mut self, rows: &Plane, number: u64) {
        let mut rest = number;
        while rest != 0 {
            let from = rest.trailing_zeros();
            rest &= rest - 1;
            let mut digits = self.digits.iter_mut().skip(from as usize);
            let Some(first) = digits.next() else {
                return;
            };
            let mut any = 0;
            for ((d, c), carry) in first.0.iter_mut().zip(&rows.0).zip(&mut self.carry.0) {
                *carry = *d & *c;
                *d ^= *c;
                any |= *carry;
            }
            for digit in digits {
                if any == 0 {
                    break;
                }
                any = 0;
                for (d, c) in digit.0.iter_mut().zip(&mut self.carry.0) {
                    let both = *d & *c;
                    *d ^= *c;
                    *c = both;
                    any |= both;
                }
            }
        }
    }

    #[cfg(test)]
    pub fn at(&self, row: usize) -> u64 {
        self.digits
            .iter()
            .rev()
            .fold(0, |n, digit| n << 1 | u64::from(digit.has(row)))
    }

    /// Of some rows the `least` with the smallest numbers, and all that equal the last of them.
    pub fn keep_least(&self, rows: &mut Plane, least: usize) {
        let mut chosen = Plane::default();
        let mut need = least;
        for digit in self.digits.iter().rev() {
            let mut small = rows.clone();
            small.without(digit);
            let count = small.count();
            if count >= need {
                *rows = small;
            } else {
                chosen.or(&small);
                need -= count;
                rows.and(digit);
            }
        }
        rows.or(&chosen);
    }

    /// Of some rows those whose numbers are at most `most`.
    pub fn keep_up_to(&self, rows: &mut Plane, most: u64) {
        let mut below = Plane::default();
        for (at, digit) in self.digits.iter().enumerate().rev() {
            if most >> at & 1 == 1 {
                let mut small = rows.clone();
                small.without(digit);
                below.or(&small);
                rows.and(digit);
            } else {
                rows.without(digit);
            }
        }
        rows.or(&below);
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
                plane.rows().collect::<Vec<_>>(),
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
    fn numbers_add_up_and_the_least_are_found() {
        let numbers: Vec<u32> = (0..ROWS as u32).map(|i| i * 7919 % 61).collect();
        let mut counter = Counter::new(200);
        for bit in 0..6 {
            let mut rows = Plane::default();
            for (row, n) in numbers.iter().enumerate() {
                rows.set(row, n >> bit & 1 == 1);
            }
            counter.add(&rows, 1 << bit);
        }
        let mut all = Plane::default();
        all.set_range(0, ROWS);
        counter.add(&all, 3);
        assert!((0..ROWS).all(|row| counter.at(row) == u64::from(numbers[row]) + 3));
        let sorted = {
            let mut sorted = numbers.clone();
            sorted.sort_unstable();
            sorted
        };
        for least in [1, 10, 1000, 4096] {
            let mut kept = all.clone();
            counter.keep_least(&mut kept, least);
            let worst = sorted[least - 1];
            assert!((0..ROWS).all(|row| kept.has(row) == (numbers[row] <= worst)));
        }
        for most in [0, 3, 10, 63, 64, 255] {
            let mut kept = all.clone();
            counter.keep_up_to(&mut kept, most);
            assert!((0..ROWS).all(|row| kept.has(row) == (u64::from(numbers[row]) + 3 <= most)));
        }
    }
}
