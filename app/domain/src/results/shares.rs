//! Percentages that add up: the largest remainder gets what rounding leaves over.

use crate::vietnamese;

/// Splits `whole` units (1,000 for tenths of a per cent) in proportion to the counts.
///
/// The parts add up to `whole` exactly; each differs from its exact share by less than one unit.
/// Equal remainders are served from the front. Without anything to split every part is 0.
pub fn shares(counts: &[i64], whole: i64) -> Vec<i64> {
    let total: i128 = counts.iter().map(|count| i128::from(*count)).sum();
    if total <= 0 {
        return vec![0; counts.len()];
    }
    let exact = |count: &i64| i128::from(*count) * i128::from(whole);
    let mut parts: Vec<i64> = counts.iter().map(|count| i64::try_from(exact(count) / total).unwrap_or(0)).collect();
    let left = usize::try_from(whole - parts.iter().sum::<i64>()).unwrap_or(0);
    let mut by_remainder: Vec<usize> = (0..counts.len()).collect();
    by_remainder.sort_by_key(|i| std::cmp::Reverse(exact(&counts[*i]) % total));
    by_remainder.into_iter().take(left).for_each(|i| parts[i] += 1);
    parts
}

/// "45,2 %": `part` of `whole`, rounded half up to a tenth of a per cent.
pub fn share(part: i64, whole: i64) -> String {
    if whole <= 0 {
        return "0,0 %".to_owned();
    }
    let (part, whole) = (i128::from(part), i128::from(whole));
    let tenths = i64::try_from((2_000 * part + whole).div_euclid(2 * whole)).unwrap_or(i64::MAX);
    format!("{} %", vietnamese::decimal(tenths, 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn thirds_add_up() {
        assert_eq!(shares(&[1, 1, 1], 1_000), [334, 333, 333]);
        assert_eq!(shares(&[0, 0], 1_000), [0, 0]);
        assert_eq!(shares(&[2, 0, 4], 1_000), [333, 0, 667]);
        assert_eq!(share(14_492, 25_980), "55,8 %");
        assert_eq!(share(1, 0), "0,0 %");
    }

    proptest! {
        #[test]
        fn the_parts_add_up_and_are_near_their_exact_share(counts in proptest::collection::vec(0_i64..1_000_000, 1..12)) {
            let total: i64 = counts.iter().sum();
            let parts = shares(&counts, 1_000);
            prop_assert_eq!(parts.iter().sum::<i64>(), if total == 0 { 0 } else { 1_000 });
            for (count, part) in counts.iter().zip(&parts) {
                prop_assert!((part * total - count * 1_000).abs() < total.max(1));
                prop_assert!(*count > 0 || *part == 0);
            }
        }
    }
}
