//! The search for the highest rate of starts at which an opening still holds: nobody waits, no errors, nothing lost.

use super::{Demand, Outcome, Scale, ceremony::Opening};
use crate::{ground::Ground, http::Failure};
use serde_json::{Value, json};

/// The search begins here, and must not end below it.
const LEAST: usize = 10_000;
/// Openings at most, each of new people in a new contest; a trial tries two.
const ROUNDS: usize = 6;
/// How often the span between what held and what did not is halved.
const HALVINGS: usize = 2;

/// Openings of more and more people who press Start within 60 s, until one does not hold; then closer to where it broke.
///
/// # Errors
/// When the ground or a server fails.
pub async fn start_rate(ground: &Ground, database: Option<u32>, scale: Scale) -> Result<Outcome, Failure> {
    let least = scale.people(LEAST);
    let mut search = Search::from(least, if scale.is_trial() { 2 } else { ROUNDS });
    let (mut tried, mut highest, mut broken) = (Vec::new(), None, None);
    while let Some(rate) = search.rate() {
        let opening = Opening::hold(ground, database, (&format!("tai-nhip-{}", tried.len() + 1), rate)).await?;
        let held = opening.lost == 0 && opening.quick().iter().all(|demand| demand.held);
        search.note(rate, held);
        tried.push(row(rate, &opening, held));
        eprintln!("   {rate} starts a minute: {}", tried.last().unwrap_or(&Value::Null));
        if held {
            highest = Some(opening);
        } else {
            broken = Some(opening);
        }
    }
    // The figures are those of the highest rate that held; where none did, of the lowest that was tried.
    let opening = highest.or(broken).ok_or("nothing was tried")?;
    let mut figures = opening.figures;
    figures.insert("starts_per_minute".to_owned(), json!(search.held));
    figures.insert("rates".to_owned(), Value::Array(tried));
    let demands = vec![Demand::at_least("people start within 60 s:", search.held, least)];
    Ok(Outcome { name: "start_rate", figures, demands, errors: opening.tally.first_errors() })
}

/// What is told of a rate that was tried.
fn row(rate: usize, opening: &Opening, held: bool) -> Value {
    let (start, save) = (opening.tally.p99("start"), opening.tally.p99("save"));
    json!({
        "starts_per_minute": rate, "start_p99_ms": start, "save_p99_ms": save, "errors": opening.tally.errors(),
        "lost": opening.lost, "peak_rss_mib": opening.rss, "held": held,
    })
}

/// Which rate is tried next, in people who start within a minute.
struct Search {
    least: usize,
    rounds: usize,
    halvings: usize,
    /// The highest that held; 0: none yet.
    held: usize,
    /// The lowest that did not.
    broke: Option<usize>,
}

impl Search {
    fn from(least: usize, rounds: usize) -> Self {
        Self { least, rounds, halvings: HALVINGS, held: 0, broke: None }
    }

    /// Half as much again while it holds, then halfway to where it broke; `None`: the search is over.
    fn rate(&self) -> Option<usize> {
        match self.broke {
            _ if self.rounds == 0 => None,
            None if self.held == 0 => Some(self.least),
            None => Some(self.held + self.held.div_ceil(2)),
            Some(broke) if self.halvings > 0 && self.held + 1 < broke => Some(self.held.midpoint(broke)),
            Some(_) => None,
        }
    }

    /// A rate was tried.
    fn note(&mut self, rate: usize, held: bool) {
        self.rounds = self.rounds.saturating_sub(1);
        if self.broke.is_some() {
            self.halvings = self.halvings.saturating_sub(1);
        }
        if held {
            self.held = rate;
        } else {
            self.broke = Some(rate);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rates that are tried where so many starts a minute hold, and what is reported.
    fn rates(limit: usize) -> (Vec<usize>, usize) {
        let (mut search, mut tried) = (Search::from(LEAST, ROUNDS), Vec::new());
        while let Some(rate) = search.rate() {
            tried.push(rate);
            search.note(rate, rate <= limit);
        }
        (tried, search.held)
    }

    #[test]
    fn the_search_goes_up_while_it_holds_and_then_closes_in_on_where_it_broke() {
        assert_eq!(rates(20_000), (vec![10_000, 15_000, 22_500, 18_750, 20_625], 18_750));
        assert_eq!(rates(14_999), (vec![10_000, 15_000, 12_500, 13_750], 13_750));
    }

    #[test]
    fn the_search_ends_after_six_rounds_whatever_holds() {
        let (tried, best) = rates(usize::MAX);
        assert_eq!((tried.len(), tried.last()), (ROUNDS, Some(&best)));
    }

    #[test]
    fn what_breaks_at_the_least_rate_is_searched_below_it() {
        assert_eq!(rates(6_000), (vec![10_000, 5_000, 7_500], 5_000));
        assert_eq!(rates(0), (vec![10_000, 5_000, 2_500], 0));
    }
}
