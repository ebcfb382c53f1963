//! Checking a blueprint (ma trận đề) against what the bank holds, with the missing cells named.

use super::{Blueprint, Cell};
use std::collections::BTreeSet;

/// How many questions the bank has for one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coverage {
    /// The cell.
    pub cell: Cell,
    /// How many questions can fill it.
    pub has: usize,
}

impl Coverage {
    /// How many are missing.
    pub fn missing(&self) -> usize {
        usize::from(self.cell.count).saturating_sub(self.has)
    }
}

impl Blueprint {
    /// Deals the bank's questions to the cells, so that no question fills two: a cell further down the tree takes first.
    ///
    /// `candidates` has, for each cell in its order, how deep its topic lies and which questions could fill it.
    pub fn deal<Q: Copy + Ord>(&self, candidates: &[(usize, Vec<Q>)]) -> Vec<Vec<Q>> {
        let mut order: Vec<usize> = (0..candidates.len()).collect();
        order.sort_by_key(|cell| std::cmp::Reverse(candidates[*cell].0));
        let mut dealt = vec![Vec::new(); self.cells.len()];
        let mut taken = BTreeSet::new();
        for cell in order.into_iter().filter(|cell| *cell < self.cells.len()) {
            dealt[cell] = candidates[cell].1.iter().copied().filter(|question| taken.insert(*question)).collect();
        }
        dealt
    }

    /// How well the dealt questions cover each cell.
    pub fn coverage<Q>(&self, dealt: &[Vec<Q>]) -> Vec<Coverage> {
        self.cells.iter().zip(dealt).map(|(cell, questions)| Coverage { cell: *cell, has: questions.len() }).collect()
    }

    /// Most points of a paper.
    pub fn points(&self) -> i64 {
        self.cells.iter().map(|cell| i64::from(cell.count) * cell.points).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{bank::Difficulty, id::TopicId};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn blueprint(counts: &[u16]) -> Blueprint {
        let cell = |(n, count): (u128, &u16)| Cell {
            topic: TopicId(Uuid::from_u128(n)),
            difficulty: Difficulty::Recognise,
            count: *count,
            points: 2,
        };
        Blueprint { cells: (0..).zip(counts).map(cell).collect() }
    }

    #[test]
    fn a_missing_cell_is_found() {
        let blueprint = blueprint(&[2, 1]);
        let dealt = blueprint.deal(&[(1, vec![1, 2]), (1, vec![])]);
        let missing: Vec<_> = blueprint.coverage(&dealt).iter().map(Coverage::missing).collect();
        assert_eq!(missing, [0, 1]);
        assert_eq!(blueprint.points(), 6);
    }

    #[test]
    fn the_deeper_cell_takes_first() {
        let blueprint = blueprint(&[1, 1]);
        assert_eq!(blueprint.deal(&[(1, vec![1, 2, 3]), (2, vec![2])]), [vec![1, 3], vec![2]]);
    }

    proptest! {
        #[test]
        fn no_question_fills_two_cells(candidates in proptest::collection::vec((1_usize..4, proptest::collection::vec(0_u32..30, 0..20)), 0..8)) {
            let blueprint = blueprint(&vec![1; candidates.len()]);
            let dealt = blueprint.deal(&candidates);
            let all: Vec<u32> = dealt.iter().flatten().copied().collect();
            let once: BTreeSet<u32> = all.iter().copied().collect();
            prop_assert_eq!(all.len(), once.len());
            // And none is lost: every candidate was dealt to one of its cells.
            let offered: BTreeSet<u32> = candidates.iter().flat_map(|(_, questions)| questions.iter().copied()).collect();
            prop_assert_eq!(once, offered);
        }
    }
}
