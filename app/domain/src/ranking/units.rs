//! The board of units: participation and mean score, inside each block.

use super::{Placed, place, prediction::half_up};
use crate::{contest::UnitRule, id::UnitId, identity::Block, vietnamese};
use std::cmp::Ordering;

/// What is counted for one unit; only civil servants count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitTally {
    /// The unit.
    pub unit: UnitId,
    /// The block in which it competes.
    pub block: Block,
    /// The frozen headcount; none when there is no figure.
    pub headcount: Option<i64>,
    /// People who took part.
    pub people: i64,
    /// Their recognised attempts.
    pub attempts: i64,
    /// The points of their counted attempts, added up.
    pub points: i64,
}

/// A unit's line on the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitStanding {
    /// What was counted.
    pub tally: UnitTally,
    /// The place inside the block; none below the minimum size or without the figure the rule needs.
    pub place: Option<i64>,
    /// Participation in millionths, capped at 1,000,000; none without a headcount.
    pub rate_ppm: Option<i64>,
    /// More people than headcount: the figure of the headcount should be looked at.
    pub over_headcount: bool,
    /// Mean points of the counted attempts, in thousandths, rounded half up.
    pub mean_milli: i64,
}

/// One hundred per cent in millionths.
const FULL: i64 = 1_000_000;

impl UnitTally {
    /// The headcount, when it is a figure one can divide by.
    fn heads(&self) -> Option<i64> {
        self.headcount.filter(|heads| *heads > 0)
    }

    fn rate_ppm(&self) -> Option<i64> {
        self.heads().map(|heads| half_up(i128::from(self.people) * i128::from(FULL), i128::from(heads)).min(FULL))
    }

    /// Participation as an exact fraction, capped at 1.
    fn share(&self) -> (i128, i128) {
        self.heads().map_or((0, 1), |heads| (i128::from(self.people.min(heads)), i128::from(heads)))
    }

    /// Mean points as an exact fraction.
    fn mean(&self) -> (i128, i128) {
        (i128::from(self.points), i128::from(self.people.max(1)))
    }
}

/// Orders two fractions, the larger first.
fn larger_first((a, b): (i128, i128), (c, d): (i128, i128)) -> Ordering {
    (c * b).cmp(&(a * d))
}

/// The rule's order of two units, in exact arithmetic.
fn order(rule: UnitRule, one: &UnitTally, other: &UnitTally) -> Ordering {
    let share = || larger_first(one.share(), other.share());
    let mean = || larger_first(one.mean(), other.mean());
    match rule {
        UnitRule::ParticipationThenMean => share().then_with(mean),
        UnitRule::PeopleThenMean => other.people.cmp(&one.people).then_with(mean),
        UnitRule::MeanThenParticipation => mean().then_with(share),
    }
}

/// Whether the unit can be placed at all.
fn is_placed(rule: UnitRule, minimum: u32, tally: &UnitTally) -> bool {
    let needs_headcount = match rule {
        UnitRule::ParticipationThenMean | UnitRule::MeanThenParticipation => true,
        UnitRule::PeopleThenMean => false,
    };
    tally.block != Block::None && tally.people >= i64::from(minimum).max(1) && (!needs_headcount || tally.heads().is_some())
}

/// The standings of all units: by block, placed ones first, the others behind by number of people.
pub fn place_units(rule: UnitRule, minimum: u32, tallies: Vec<UnitTally>) -> Vec<UnitStanding> {
    let mut standings = Vec::with_capacity(tallies.len());
    for block in Block::ALL {
        let of_block = tallies.iter().filter(|tally| tally.block == *block).copied();
        let (with_place, mut without): (Vec<_>, Vec<_>) = of_block.partition(|tally| is_placed(rule, minimum, tally));
        let placed = place(with_place, |one, other| order(rule, one, other), |one, other| one.unit.cmp(&other.unit));
        standings.extend(placed.into_iter().map(|Placed { place, who, .. }| standing(who, Some(place))));
        without.sort_unstable_by_key(|tally| (std::cmp::Reverse(tally.people), tally.unit));
        standings.extend(without.into_iter().map(|tally| standing(tally, None)));
    }
    standings
}

fn standing(tally: UnitTally, place: Option<i64>) -> UnitStanding {
    UnitStanding {
        tally,
        place,
        rate_ppm: tally.rate_ppm(),
        over_headcount: tally.heads().is_some_and(|heads| tally.people > heads),
        mean_milli: half_up(i128::from(tally.points) * 1_000, i128::from(tally.people)),
    }
}

/// "98,2 %": millionths as a percentage with one decimal; only a full rate reads "100,0 %".
pub fn percent(ppm: i64) -> String {
    let tenths = half_up(i128::from(ppm), 1_000);
    let shown = if ppm < FULL { tenths.min(999) } else { tenths };
    format!("{} %", vietnamese::decimal(shown, 1))
}

/// How units are ordered, as the thể lệ and the board say it.
pub fn unit_rule_text(rule: UnitRule, minimum: u32) -> String {
    let first = match rule {
        UnitRule::ParticipationThenMean => {
            "Đơn vị xếp trong khối theo tỷ lệ tham gia (số người dự thi chia cho số CBCCVC và người lao động, tính tối đa 100 %), \
             nếu bằng nhau thì theo điểm trung bình"
        }
        UnitRule::PeopleThenMean => "Đơn vị xếp trong khối theo số người dự thi, nếu bằng nhau thì theo điểm trung bình",
        UnitRule::MeanThenParticipation => {
            "Đơn vị xếp trong khối theo điểm trung bình, nếu bằng nhau thì theo tỷ lệ tham gia (tính tối đa 100 %)"
        }
    };
    if minimum > 1 { format!("{first}; chỉ xếp hạng đơn vị có từ {minimum} người dự thi.") } else { format!("{first}.") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn tally(unit: u128, headcount: Option<i64>, people: i64, points: i64) -> UnitTally {
        UnitTally { unit: UnitId(Uuid::from_u128(unit)), block: Block::Communes, headcount, people, attempts: people, points }
    }

    fn places(rule: UnitRule, minimum: u32, tallies: &[UnitTally]) -> Vec<(u128, Option<i64>)> {
        place_units(rule, minimum, tallies.to_vec()).iter().map(|row| (row.tally.unit.0.as_u128(), row.place)).collect()
    }

    #[test]
    fn participation_is_capped_and_the_surplus_flagged() {
        let rows = place_units(UnitRule::ParticipationThenMean, 1, vec![tally(1, Some(50), 60, 600), tally(2, Some(50), 50, 600)]);
        assert!(rows.iter().all(|row| row.rate_ppm == Some(1_000_000)));
        // Both at 100 %: the mean decides, 12 points against 10.
        assert_eq!(rows.iter().map(|row| (row.tally.unit.0.as_u128(), row.place)).collect::<Vec<_>>(), [(2, Some(1)), (1, Some(2))]);
        assert_eq!(rows.iter().map(|row| row.over_headcount).collect::<Vec<_>>(), [false, true]);
    }

    #[test]
    fn equal_units_share_a_place() {
        let rows = [tally(1, Some(100), 50, 500), tally(2, Some(10), 5, 50), tally(3, Some(100), 40, 400)];
        assert_eq!(places(UnitRule::ParticipationThenMean, 1, &rows), [(1, Some(1)), (2, Some(1)), (3, Some(3))]);
    }

    #[test]
    fn small_units_and_units_without_figures_are_not_placed() {
        let rows = [tally(1, Some(100), 4, 40), tally(2, None, 50, 500), tally(3, Some(0), 9, 90), tally(4, Some(100), 5, 50)];
        assert_eq!(places(UnitRule::ParticipationThenMean, 5, &rows), [(4, Some(1)), (2, None), (3, None), (1, None)]);
        assert_eq!(places(UnitRule::PeopleThenMean, 5, &rows), [(2, Some(1)), (3, Some(2)), (4, Some(3)), (1, None)]);
    }

    #[test]
    fn only_a_full_rate_reads_a_hundred() {
        assert_eq!(percent(1_000_000), "100,0 %");
        assert_eq!(percent(999_999), "99,9 %");
        assert_eq!(percent(982_456), "98,2 %");
        assert_eq!(percent(0), "0,0 %");
    }

    proptest! {
        #[test]
        fn better_units_never_stand_below(
            rule in proptest::sample::select(UnitRule::ALL),
            figures in proptest::collection::vec((proptest::option::of(0_i64..60), 0_i64..60, 0_i64..600), 0..25),
        ) {
            let tallies: Vec<_> = (0_u128..).zip(&figures).map(|(i, (heads, people, points))| tally(i, *heads, *people, *points)).collect();
            let rows = place_units(rule, 3, tallies.clone());
            prop_assert_eq!(rows.len(), tallies.len());
            for (i, one) in rows.iter().enumerate() {
                prop_assert_eq!(one.place.is_some(), is_placed(rule, 3, &one.tally));
                prop_assert!(one.rate_ppm.is_none_or(|rate| (0..=1_000_000).contains(&rate)));
                for other in &rows[i + 1..] {
                    if let (Some(a), Some(b)) = (one.place, other.place) {
                        prop_assert_eq!(a == b, order(rule, &one.tally, &other.tally).is_eq());
                        prop_assert!(a <= b);
                    }
                }
            }
        }
    }
}
