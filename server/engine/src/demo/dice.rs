//! Chance that falls the same way in every demo: a SHA-256 counter stream.

use sha2::{Digest, Sha256};

/// Dice that remember how often they were thrown.
pub(super) struct Dice {
    seed: &'static str,
    thrown: u64,
}

impl Dice {
    /// Dice of this name.
    pub const fn new(seed: &'static str) -> Self {
        Self { seed, thrown: 0 }
    }

    /// 256 bits.
    pub fn bytes(&mut self) -> [u8; 32] {
        self.thrown += 1;
        Sha256::new().chain_update(self.seed).chain_update(self.thrown.to_be_bytes()).finalize().into()
    }

    /// A number below `bound`; 0 when there is none. (Simulations need no rejection of the last few values.)
    pub fn below(&mut self, bound: u64) -> u64 {
        let mut word = [0; 8];
        word.copy_from_slice(&self.bytes()[..8]);
        u64::from_be_bytes(word).checked_rem(bound).unwrap_or(0)
    }

    /// A number from `least` up to, and without, `most`.
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        let width = u64::try_from(most - least).unwrap_or(0);
        least + i64::try_from(self.below(width)).unwrap_or(0)
    }

    /// A number around the middle of these bounds, as the sum of three throws.
    pub fn around(&mut self, least: i64, most: i64) -> i64 {
        (self.between(least, most) + self.between(least, most) + self.between(least, most)).div_euclid(3)
    }

    /// Whether something of so many thousandths happens.
    pub fn happens(&mut self, per_mille: i64) -> bool {
        self.between(0, 1_000) < per_mille
    }

    /// One of the items.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let n = self.below(u64::try_from(items.len()).unwrap_or(0));
        items.get(usize::try_from(n).unwrap_or(0))
    }

    /// The number of one of the weights, each as likely as it is heavy.
    pub fn weighted(&mut self, weights: &[u64]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (i, weight) in weights.iter().enumerate() {
            if left < *weight {
                return i;
            }
            left -= weight;
        }
        0
    }
}

#[cfg(test)]
mod tests {
    use super::Dice;

    #[test]
    fn the_same_dice_fall_the_same_way() {
        let throw = |seed| {
            let mut dice = Dice::new(seed);
            (0..20).map(|_| dice.below(6)).collect::<Vec<_>>()
        };
        assert_eq!(throw("một"), throw("một"));
        assert_ne!(throw("một"), throw("hai"));
    }

    #[test]
    fn weights_are_kept_and_nothing_is_picked_from_nothing() {
        let mut dice = Dice::new("cân");
        let heavy = (0..1_000).filter(|_| dice.weighted(&[1, 9]) == 1).count();
        assert!((850..950).contains(&heavy), "{heavy}");
        assert_eq!(dice.pick::<u8>(&[]), None);
        assert_eq!(dice.between(5, 5), 5);
    }
}
