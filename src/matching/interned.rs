//! Values that many share, each kept once and known by a number.

use std::collections::HashMap;
use std::hash::Hash;

/// Values by the keys that tell them apart.
#[derive(Debug, Clone)]
pub(super) struct Interned<T, K = String> {
    numbers: HashMap<K, u32>,
    values: Vec<T>,
}

impl<T, K> Default for Interned<T, K> {
    fn default() -> Self {
        Interned {
            numbers: HashMap::new(),
            values: vec![],
        }
    }
}

impl<T, K: Hash + Eq> Interned<T, K> {
    /// The number of the value of a key, which is made where it is new.
    pub fn number(&mut self, key: K, value: impl FnOnce() -> T) -> u32 {
        let next = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        let values = &mut self.values;
        *self.numbers.entry(key).or_insert_with(|| {
            values.push(value());
            next
        })
    }

    pub fn get(&self, number: u32) -> Option<&T> {
        self.values.get(number as usize)
    }

    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// In the order of their numbers.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.values.iter()
    }

    /// Drops values that nobody uses. `used` says whether one is in use; it becomes the new number of each.
    pub fn keep(&mut self, used: &mut [Option<u32>]) {
        for (slot, next) in used.iter_mut().flatten().zip(0u32..) {
            *slot = next;
        }
        let new = |old: usize| used.get(old).copied().flatten();
        let mut at = 0;
        self.values.retain(|_| {
            at += 1;
            new(at - 1).is_some()
        });
        self.numbers.retain(|_, number| {
            let to = new(*number as usize);
            *number = to.unwrap_or_default();
            to.is_some()
        });
    }
}

impl<T: Copy + Hash + Eq> Interned<T, T> {
    /// Puts another value in the place of each; no two become the same.
    pub fn rename(&mut self, to: impl Fn(T) -> T) {
        for value in &mut self.values {
            *value = to(*value);
        }
        self.numbers = self.values.iter().copied().zip(0..).collect();
    }
}
