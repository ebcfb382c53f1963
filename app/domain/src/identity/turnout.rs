//! Turnout: how many people of a unit have taken part, of how many there are.

/// People who have taken part, and the headcount where there is a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turnout {
    /// People (not attempts) who have taken part.
    pub people: i64,
    /// Civil servants and workers of the unit.
    pub headcount: Option<i64>,
}

impl Turnout {
    /// The rate in hundredths of a percent, at most 100 %; `None` without a headcount.
    pub const fn rate(self) -> Option<i64> {
        match self.headcount {
            Some(headcount) if headcount > 0 => {
                let rate = self.people.saturating_mul(10_000) / headcount;
                Some(if rate > 10_000 { 10_000 } else { rate })
            }
            _ => None,
        }
    }

    /// Whether more people took part than the headcount knows: the figure is out of date.
    pub const fn exceeds(self) -> bool {
        matches!(self.headcount, Some(headcount) if self.people > headcount)
    }

    /// "37,50 %", or "chưa có số liệu" without a headcount.
    pub fn words(self) -> String {
        self.rate().map_or_else(|| "chưa có số liệu".to_owned(), |rate| format!("{} %", crate::vietnamese::decimal(rate, 2)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_rate_needs_a_headcount() {
        assert_eq!(Turnout { people: 3, headcount: Some(8) }.words(), "37,50 %");
        assert_eq!(Turnout { people: 3, headcount: None }.words(), "chưa có số liệu");
        assert_eq!(Turnout { people: 0, headcount: Some(0) }.rate(), None);
    }

    #[test]
    fn more_than_everybody_is_everybody_and_flagged() {
        let turnout = Turnout { people: 9, headcount: Some(8) };
        assert_eq!((turnout.rate(), turnout.exceeds()), (Some(10_000), true));
    }

    proptest! {
        #[test]
        fn a_rate_lies_between_nothing_and_everything(people in 0_i64..1_000_000, headcount in 1_i64..1_000_000) {
            let turnout = Turnout { people, headcount: Some(headcount) };
            prop_assert!(turnout.rate().is_some_and(|rate| (0..=10_000).contains(&rate)));
        }
    }
}
