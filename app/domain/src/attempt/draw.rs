//! Drawing a paper from a pool: a SHA-256 counter stream, rejection sampling and Fisher–Yates, all our
//! own, so that any paper can be drawn again from its seed in ten years.

use super::paper::{Paper, Place, Seed, Shape, Slot};
use crate::{bank::Kind, contest::Blueprint};
use sha2::{Digest, Sha256};

/// What may change its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shuffle {
    /// Questions stand in a random order.
    pub questions: bool,
    /// Options stand in a random order, pinned ones at their place.
    pub options: bool,
}

/// The pool has fewer questions than a cell of the blueprint asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("cell {cell} of the blueprint is not covered by the pool")]
pub struct Uncovered {
    /// Which cell, from 0.
    pub cell: usize,
}

/// Draws a paper: for each cell its number of questions, then the order of questions and options.
///
/// # Errors
/// [`Uncovered`] when a cell asks for more than the pool has.
pub fn draw(seed: Seed, blueprint: &Blueprint, pool: &[Slot], shuffle: Shuffle) -> Result<Paper, Uncovered> {
    let mut stream = Stream::new(seed);
    let mut drawn: Vec<u16> = Vec::with_capacity(blueprint.questions());
    for (i, cell) in blueprint.cells.iter().enumerate() {
        let mut candidates: Vec<u16> =
            (0_u16..).zip(pool).filter(|(_, slot)| usize::from(slot.cell) == i).map(|(number, _)| number).collect();
        let count = usize::from(cell.count);
        if candidates.len() < count {
            return Err(Uncovered { cell: i });
        }
        stream.choose(&mut candidates, count);
        drawn.extend(&candidates[..count]);
    }
    if shuffle.questions {
        stream.shuffle(&mut drawn);
    } else {
        drawn.sort_unstable();
    }
    let places = drawn.into_iter().map(|number| place(&mut stream, number, &pool[usize::from(number)].shape, shuffle.options)).collect();
    Ok(Paper { seed, places })
}

/// The displayed orders of one question.
fn place(stream: &mut Stream, pool: u16, shape: &Shape, shuffle_options: bool) -> Place {
    let mut options: Vec<u8> = (0..shape.options()).collect();
    let mut matches: Vec<u8> = (0..shape.matches).collect();
    match shape.kind {
        // The author's order and pairs are the key: they are always hidden, pins and rules or not.
        Kind::Ordering => stream.shuffle(&mut options),
        Kind::Matching => {
            if shuffle_options {
                stream.shuffle(&mut options);
            }
            stream.shuffle(&mut matches);
        }
        Kind::Single | Kind::Several if shuffle_options => {
            let mut free: Vec<u8> = options.iter().copied().filter(|option| !shape.pinned[usize::from(*option)]).collect();
            stream.shuffle(&mut free);
            let mut next = free.into_iter();
            for (option, pinned) in options.iter_mut().zip(&shape.pinned) {
                if !pinned && let Some(other) = next.next() {
                    *option = other;
                }
            }
        }
        Kind::Single | Kind::Several | Kind::TrueFalse | Kind::Number | Kind::ShortText => {}
    }
    Place { pool, options, matches }
}

/// The bytes SHA-256("cchc draw 1" ‖ seed ‖ counter), read as 32-bit numbers, highest byte first.
struct Stream {
    seed: Seed,
    counter: u64,
    block: [u8; 32],
    used: usize,
}

impl Stream {
    fn new(seed: Seed) -> Self {
        Self { seed, counter: 0, block: [0; 32], used: 32 }
    }

    fn next(&mut self) -> u32 {
        if self.used == self.block.len() {
            let block = Sha256::new().chain_update(b"cchc draw 1").chain_update(self.seed).chain_update(self.counter.to_be_bytes());
            self.block = block.finalize().into();
            self.counter += 1;
            self.used = 0;
        }
        let mut word = [0; 4];
        word.copy_from_slice(&self.block[self.used..self.used + 4]);
        self.used += 4;
        u32::from_be_bytes(word)
    }

    /// A number below `bound`, each equally likely: what would favour small ones is drawn again.
    fn below(&mut self, bound: u32) -> usize {
        let accepted = u64::from(u32::MAX) + 1;
        let accepted = accepted - accepted % u64::from(bound);
        loop {
            let word = self.next();
            if u64::from(word) < accepted {
                return usize::try_from(word % bound).unwrap_or(0);
            }
        }
    }

    /// Brings `count` random items to the front, in random order.
    fn choose<T>(&mut self, items: &mut [T], count: usize) {
        for i in 0..count.min(items.len().saturating_sub(1)) {
            let rest = u32::try_from(items.len() - i).unwrap_or(u32::MAX);
            items.swap(i, i + self.below(rest));
        }
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        self.choose(items, items.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{bank::Difficulty, contest::Cell, id::TopicId};
    use proptest::prelude::*;

    const BOTH: Shuffle = Shuffle { questions: true, options: true };
    const NEITHER: Shuffle = Shuffle { questions: false, options: false };

    fn slot(cell: u16, kind: Kind, pinned: &[bool], matches: u8) -> Slot {
        Slot { cell, shape: Shape { kind, pinned: pinned.to_vec(), matches } }
    }

    fn blueprint(counts: &[u16]) -> Blueprint {
        let cell = |count: &u16| Cell { topic: TopicId(uuid::Uuid::nil()), difficulty: Difficulty::Recognise, count: *count, points: 1 };
        Blueprint { cells: counts.iter().map(cell).collect() }
    }

    fn pool() -> Vec<Slot> {
        let mut pool: Vec<Slot> = (0..6).map(|_| slot(0, Kind::Single, &[false, false, false, true], 0)).collect();
        pool.extend((0..4).map(|_| slot(1, Kind::Ordering, &[false; 4], 0)));
        pool.push(slot(1, Kind::Matching, &[false; 3], 4));
        pool.push(slot(1, Kind::TrueFalse, &[true, true], 0));
        pool
    }

    /// Computed by an independent program in another language.
    #[test]
    fn the_stream_and_the_paper_are_those_of_the_test_vectors() {
        let mut stream = Stream::new([7; 32]);
        let words: Vec<u32> = (0..10).map(|_| stream.next()).collect();
        assert_eq!(words, STREAM_OF_SEVENS);
        let paper = draw([7; 32], &blueprint(&[3, 4]), &pool(), BOTH).expect("covered");
        assert_eq!(hex(&paper.to_bytes()[33..]), PAPER_OF_SEVENS);
    }

    const STREAM_OF_SEVENS: [u32; 10] = [
        2_049_917_850,
        2_406_573_397,
        3_719_497_801,
        3_041_976_807,
        528_379_974,
        1_027_500_702,
        3_440_911_055,
        998_648_237,
        1_833_318_830,
        531_289_220,
    ];
    const PAPER_OF_SEVENS: &str =
        "0007000704030002010000090401000203000001040002010300000b020001000000040002010300000a0300020104020003010003040200010300";

    fn hex(bytes: &[u8]) -> String {
        use std::fmt::Write;
        bytes.iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    #[test]
    fn a_cell_that_the_pool_does_not_cover_is_named() {
        assert_eq!(draw([0; 32], &blueprint(&[3, 7]), &pool(), BOTH), Err(Uncovered { cell: 1 }));
    }

    #[test]
    fn without_shuffling_questions_and_options_stand_as_written_but_no_key_shows() {
        let papers = (0..32_u8).map(|i| draw([i; 32], &blueprint(&[6, 6]), &pool(), NEITHER).expect("covered"));
        let mut hidden = 0;
        for paper in papers {
            let order: Vec<u16> = paper.places.iter().map(|place| place.pool).collect();
            assert_eq!(order, (0..12).collect::<Vec<u16>>());
            assert_eq!(paper.places[0].options, [0, 1, 2, 3]);
            hidden += usize::from(paper.places[6].options != [0, 1, 2, 3]) + usize::from(paper.places[10].matches != [0, 1, 2, 3]);
        }
        assert!(hidden > 32, "items to be ordered and right-hand terms are always shuffled");
    }

    #[test]
    fn each_order_is_equally_likely() {
        let mut orders = std::collections::BTreeMap::<Vec<u8>, u32>::new();
        for i in 0..6_000_u32 {
            let mut seed = [0; 32];
            seed[..4].copy_from_slice(&i.to_be_bytes());
            let mut items = vec![0, 1, 2];
            Stream::new(seed).shuffle(&mut items);
            *orders.entry(items).or_default() += 1;
        }
        assert_eq!(orders.len(), 6);
        assert!(orders.values().all(|count| (850..1_150).contains(count)), "{orders:?}");
    }

    proptest! {
        #[test]
        fn a_paper_has_what_the_blueprint_asks_and_each_question_once(seed in any::<Seed>(), first in 0_u16..=6, second in 0_u16..=6) {
            let pool = pool();
            let paper = draw(seed, &blueprint(&[first, second]), &pool, BOTH).expect("covered");
            let mut numbers: Vec<u16> = paper.places.iter().map(|place| place.pool).collect();
            prop_assert_eq!(numbers.iter().filter(|number| pool[usize::from(**number)].cell == 0).count(), usize::from(first));
            prop_assert_eq!(numbers.len(), usize::from(first + second));
            numbers.sort_unstable();
            numbers.dedup();
            prop_assert_eq!(numbers.len(), usize::from(first + second));
        }

        #[test]
        fn options_are_all_there_and_pins_stay(seed in any::<Seed>(), pinned in proptest::collection::vec(any::<bool>(), 2..8)) {
            let pool = [slot(0, Kind::Several, &pinned, 0)];
            let paper = draw(seed, &blueprint(&[1]), &pool, BOTH).expect("covered");
            let options = &paper.places[0].options;
            for (i, pin) in pinned.iter().enumerate() {
                prop_assert!(!pin || usize::from(options[i]) == i);
            }
            let mut sorted = options.clone();
            sorted.sort_unstable();
            prop_assert_eq!(sorted, (0..u8::try_from(pinned.len()).expect("few")).collect::<Vec<u8>>());
        }

        #[test]
        fn the_same_seed_draws_the_same_paper_and_its_bytes_read_back(seed in any::<Seed>()) {
            let paper = draw(seed, &blueprint(&[4, 5]), &pool(), BOTH).expect("covered");
            prop_assert_eq!(&draw(seed, &blueprint(&[4, 5]), &pool(), BOTH).expect("covered"), &paper);
            let bytes = paper.to_bytes();
            prop_assert_eq!(&Paper::from_bytes(&bytes), &Ok(paper));
            prop_assert!(Paper::from_bytes(&bytes[..bytes.len() - 1]).is_err());
        }
    }
}
