//! Checking a blueprint (ma trận đề) against what the bank holds, with the missing cells named.

use super::{Blueprint, Cell};
use crate::{bank::Difficulty, id::TopicId};

/// Where a question of the bank stands: its topic first, then the topics above it up to the head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The topic and the topics above it.
    pub topics: Vec<TopicId>,
    /// The level.
    pub difficulty: Difficulty,
}

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
    /// The cell that a question fills: that of the nearest topic, so that no question fills two.
    pub fn cell_of(&self, standing: &Standing) -> Option<usize> {
        standing
            .topics
            .iter()
            .find_map(|topic| self.cells.iter().position(|cell| cell.topic == *topic && cell.difficulty == standing.difficulty))
    }

    /// How well these questions cover each cell.
    pub fn coverage<'a>(&self, bank: impl IntoIterator<Item = &'a Standing>) -> Vec<Coverage> {
        let mut coverage: Vec<Coverage> = self.cells.iter().map(|cell| Coverage { cell: *cell, has: 0 }).collect();
        for standing in bank {
            if let Some(cell) = self.cell_of(standing) {
                coverage[cell].has += 1;
            }
        }
        coverage
    }

    /// Most points of a paper.
    pub fn points(&self) -> i64 {
        self.cells.iter().map(|cell| i64::from(cell.count) * cell.points).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn topic(n: u8) -> TopicId {
        TopicId(Uuid::from_u128(u128::from(n)))
    }

    fn cell(n: u8, count: u16) -> Cell {
        Cell { topic: topic(n), difficulty: Difficulty::Recognise, count, points: 1 }
    }

    fn standing(topics: &[u8]) -> Standing {
        Standing { topics: topics.iter().map(|n| topic(*n)).collect(), difficulty: Difficulty::Recognise }
    }

    #[test]
    fn a_missing_cell_is_named() {
        let blueprint = Blueprint { cells: vec![cell(1, 2), cell(2, 1)] };
        let coverage = blueprint.coverage(&[standing(&[1]), standing(&[11, 1]), standing(&[3])]);
        assert_eq!(coverage[0].missing(), 0, "subtopics count");
        assert_eq!((coverage[1].cell, coverage[1].missing()), (cell(2, 1), 1));
    }

    #[test]
    fn a_question_fills_the_nearest_cell_only() {
        let blueprint = Blueprint { cells: vec![cell(1, 1), cell(11, 1)] };
        assert_eq!(blueprint.cell_of(&standing(&[11, 1])), Some(1));
        assert_eq!(blueprint.cell_of(&standing(&[12, 1])), Some(0));
        let apply = Standing { difficulty: Difficulty::Apply, ..standing(&[1]) };
        assert_eq!(blueprint.cell_of(&apply), None);
    }

    proptest! {
        #[test]
        fn no_question_is_counted_twice(heads in proptest::collection::vec((1_u8..5, 1_u8..9), 0..40), cells in proptest::collection::vec((1_u8..9, 1_u16..5), 0..8)) {
            let bank: Vec<Standing> = heads.iter().map(|(head, sub)| standing(&[*sub, *head])).collect();
            let blueprint = Blueprint { cells: cells.into_iter().map(|(n, count)| cell(n, count)).collect() };
            let counted: usize = blueprint.coverage(&bank).iter().map(|coverage| coverage.has).sum();
            prop_assert!(counted <= bank.len());
        }
    }
}
