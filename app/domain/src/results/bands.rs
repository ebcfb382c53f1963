//! Score bands (phổ điểm): how many people answered how much of the paper right.

use super::shares;
use serde::{Deserialize, Serialize};

/// One band with its exact count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Band {
    /// Fewest right answers of the band.
    pub from: i64,
    /// Most right answers of the band.
    pub to: i64,
    /// People in it.
    pub people: i64,
    /// Its share in tenths of a per cent; all bands together make 1,000.
    pub tenths: i64,
}

impl Band {
    /// "Đúng tất cả (15 câu)", "12–14 câu đúng".
    pub fn name(&self, questions: i64) -> String {
        if self.from == questions {
            return format!("Đúng tất cả ({questions} câu)");
        }
        if self.from == self.to { format!("{} câu đúng", self.from) } else { format!("{}–{} câu đúng", self.from, self.to) }
    }
}

/// The bands of a paper with so many questions: all right, at least 80 %, at least 50 %, fewer.
///
/// `people[n]` is the number of people with `n` right answers; bands that can hold nobody are left out.
pub fn bands(questions: i64, people: &[i64]) -> Vec<Band> {
    let above = |percent: i64| (questions * percent + 99) / 100;
    let edges = [(questions, questions), (above(80), questions - 1), (above(50), above(80) - 1), (0, above(50) - 1)];
    let mut bands: Vec<Band> = edges
        .into_iter()
        .filter(|(from, to)| from <= to)
        .map(|(from, to)| Band { from, to, people: count(people, from, to), tenths: 0 })
        .collect();
    let counts: Vec<i64> = bands.iter().map(|band| band.people).collect();
    bands.iter_mut().zip(shares(&counts, 1_000)).for_each(|(band, tenths)| band.tenths = tenths);
    bands
}

fn count(people: &[i64], from: i64, to: i64) -> i64 {
    (0_i64..).zip(people).filter(|(correct, _)| (from..=to).contains(correct)).map(|(_, count)| count).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_paper_of_fifteen_has_four_bands() {
        let mut people = vec![0; 16];
        people[15] = 2;
        people[12] = 1;
        people[8] = 1;
        people[7] = 2;
        let bands = bands(15, &people);
        let table: Vec<_> = bands.iter().map(|band| (band.name(15), band.people, band.tenths)).collect();
        let expected = [("Đúng tất cả (15 câu)", 2, 333), ("12–14 câu đúng", 1, 167), ("8–11 câu đúng", 1, 167), ("0–7 câu đúng", 2, 333)];
        assert_eq!(table, expected.map(|(name, people, tenths)| (name.to_owned(), people, tenths)));
    }

    proptest! {
        #[test]
        fn every_person_is_in_one_band(people in proptest::collection::vec(0_i64..500, 2..60)) {
            let questions = i64::try_from(people.len()).unwrap_or(0) - 1;
            let bands = bands(questions, &people);
            let total: i64 = people.iter().sum();
            prop_assert_eq!(bands.iter().map(|band| band.people).sum::<i64>(), total);
            prop_assert_eq!(bands.iter().map(|band| band.tenths).sum::<i64>(), if total == 0 { 0 } else { 1_000 });
            for pair in bands.windows(2) {
                prop_assert_eq!(pair[0].from, pair[1].to + 1);
            }
        }
    }
}
