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
