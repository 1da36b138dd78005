//! Sums of the openings of a lane, all of them at once.

use super::plane::{Lane, any, join};

/// So many binary digits has a sum at most.
const DIGITS: usize = 40;

/// A sum for each opening, a lane a binary digit, the lowest first. It begins so high that what is beyond the budget overflows.
pub(super) struct Sums {
    digits: [Lane; DIGITS],
    many: usize,
    start: u64,
}

impl Sums {
    pub fn new(budget: u64) -> Self {
        let many = (u64::BITS - budget.leading_zeros()) as usize;
        Sums {
            digits: [Lane::default(); DIGITS],
            many: many.min(DIGITS),
            start: (1 << many) - 1 - budget,
        }
    }

    fn digits(&mut self) -> &mut [Lane] {
        self.digits.get_mut(..self.many).unwrap_or_default()
    }

    /// Begins anew.
    pub fn clear(&mut self) {
        let start = self.start;
        for (at, digit) in self.digits().iter_mut().enumerate() {
            *digit = [if start >> at & 1 == 1 { u64::MAX } else { 0 }; 8];
        }
    }

    /// Adds a number to the sums of those that some have in common with those alive; who is beyond the budget then is alive no
    /// more.
    pub fn add(&mut self, number: u64, own: &Lane, alive: &mut Lane) {
        let own = join(own, alive, |own, alive| own & alive);
        let mut rest = number;
        while rest != 0 {
            let mut carry = own;
            let low = rest.trailing_zeros() as usize;
            for digit in self.digits().iter_mut().skip(low) {
                let both = join(digit, &carry, |digit, carry| digit & carry);
                *digit = join(digit, &carry, |digit, carry| digit ^ carry);
                carry = both;
                if !any(&carry) {
                    break;
                }
            }
            *alive = join(alive, &carry, |alive, carry| alive & !carry);
            rest &= rest - 1;
        }
    }

    /// The sum of one.
    pub fn at(&self, bit: usize) -> u64 {
        let digits = self.digits.iter().take(self.many).rev();
        let of = |digit: &Lane| digit.get(bit / 64).map_or(0, |word| word >> (bit % 64) & 1);
        digits.fold(0, |sum, digit| sum << 1 | of(digit)) - self.start
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing)]

    use super::super::plane::{LANE, bits};
    use super::*;

    #[test]
    fn numbers_add_up_for_those_within_the_budget() {
        let numbers: Vec<u64> = (0..LANE as u64).map(|n| n * 7919 % 61).collect();
        let said = |digit: usize| {
            let mut lane = Lane::default();
            for (bit, n) in numbers.iter().enumerate() {
                lane[bit / 64] |= (n >> digit & 1) << (bit % 64);
            }
            lane
        };
        let all = [u64::MAX; 8];
        for budget in [0, 2, 3, 10, 31, 32, 63, 64, 255] {
            let mut sums = Sums::new(budget);
            let mut alive = all;
            sums.clear();
            for digit in 0..6 {
                sums.add(1 << digit, &said(digit), &mut alive);
            }
            sums.add(3, &all, &mut alive);
            let within: Vec<usize> = (0..LANE).filter(|at| numbers[*at] + 3 <= budget).collect();
            assert_eq!(bits(alive).collect::<Vec<_>>(), within);
            assert!(bits(alive).all(|bit| sums.at(bit) == numbers[bit] + 3));
        }
    }
}
