//! Places: equal keys share one, and the next place counts everybody above ("1, 1, 3").

use std::cmp::Ordering;

/// Somebody with a line in the table and a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed<T> {
    /// The line in the table, from 1; never shared.
    pub line: i64,
    /// The place; shared by equals.
    pub place: i64,
    /// Who stands there.
    pub who: T,
}

/// Puts everybody in order: `order` decides places, `fixed` only the lines within a shared place.
pub fn place<T>(mut everybody: Vec<T>, order: impl Fn(&T, &T) -> Ordering, fixed: impl Fn(&T, &T) -> Ordering) -> Vec<Placed<T>> {
    everybody.sort_unstable_by(|one, other| order(one, other).then_with(|| fixed(one, other)));
    let mut placed: Vec<Placed<T>> = Vec::with_capacity(everybody.len());
    for (line, who) in (1_i64..).zip(everybody) {
        let place = placed.last().filter(|above| order(&above.who, &who).is_eq()).map_or(line, |above| above.place);
        placed.push(Placed { line, place, who });
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn equals_share_a_place_and_the_next_counts_them() {
        let placed = place(vec![('d', 7), ('b', 9), ('c', 8), ('a', 9)], |x, y| y.1.cmp(&x.1), |x, y| x.0.cmp(&y.0));
        let table: Vec<_> = placed.iter().map(|row| (row.line, row.place, row.who.0)).collect();
        assert_eq!(table, [(1, 1, 'a'), (2, 1, 'b'), (3, 3, 'c'), (4, 4, 'd')]);
    }

    proptest! {
        #[test]
        fn a_place_is_one_more_than_the_number_of_those_above(points in proptest::collection::vec(0_i64..5, 0..40)) {
            let everybody: Vec<(usize, i64)> = points.iter().copied().enumerate().collect();
            let placed = place(everybody, |x, y| y.1.cmp(&x.1), |x, y| x.0.cmp(&y.0));
            for row in &placed {
                let above = points.iter().filter(|other| **other > row.who.1).count();
                prop_assert_eq!(usize::try_from(row.place).ok(), Some(above + 1));
            }
        }

        #[test]
        fn the_table_does_not_depend_on_the_order_of_arrival(points in proptest::collection::vec(0_i64..5, 0..30)) {
            let one: Vec<(usize, i64)> = points.iter().copied().enumerate().collect();
            let mut other = one.clone();
            other.reverse();
            let table = |everybody| place(everybody, |x: &(usize, i64), y: &(usize, i64)| y.1.cmp(&x.1), |x, y| x.0.cmp(&y.0));
            prop_assert_eq!(table(one), table(other));
        }
    }
}
