//! Who won what, as the public reads it.

use super::Facts;
use crate::{
    Millis, Timestamp,
    id::UnitId,
    identity::{Audience, Block},
    ranking::Span,
};
use serde::{Deserialize, Serialize};

/// A prize that a person won, as the public reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Winner {
    /// Whether it is a prize of the round or of the whole contest.
    pub span: Span,
    /// The prize: Giải Nhất.
    pub prize: String,
    /// Its rank among the prizes of its kind, from 1.
    pub rank: i64,
    /// Value in đồng; 0 when none is stated.
    pub value: i64,
    /// The audience.
    pub audience: Audience,
    /// The name; none without consent to its publication.
    pub name: Option<String>,
    /// The unit; none without that consent either.
    pub unit: Option<String>,
    /// Mã dự thi.
    pub code: String,
    /// The place.
    pub place: i64,
    /// Right answers.
    pub correct: i64,
    /// Points.
    pub score: i64,
    /// The guess.
    pub prediction: Option<i64>,
    /// Its distance.
    pub distance: Option<i64>,
    /// Time used.
    pub duration: Millis,
    /// Handed in.
    pub handed_in_at: Timestamp,
    /// Why this place.
    pub why: String,
}

/// A prize that a unit won.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectivePrize {
    /// Whether it is a prize of the round or of the whole contest.
    pub span: Span,
    /// The prize.
    pub prize: String,
    /// Its rank among the prizes of its kind, from 1.
    pub rank: i64,
    /// Value in đồng.
    pub value: i64,
    /// The block.
    pub block: Block,
    /// The unit.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// The place in its block.
    pub place: i64,
}

/// Everything a summary needs beside the facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announcement {
    /// The frozen figures.
    pub facts: Facts,
    /// Winners of individual prizes, the highest first.
    pub winners: Vec<Winner>,
    /// Winners of collective prizes.
    pub collective: Vec<CollectivePrize>,
    /// Number of the decision; empty when none was recorded.
    pub decision_number: String,
    /// Date of the decision.
    pub decision_date: Option<Timestamp>,
}

impl Announcement {
    /// The individual prizes of the round, or of the whole contest.
    pub fn winners_of(&self, span: Span) -> impl Iterator<Item = &Winner> {
        self.winners.iter().filter(move |winner| winner.span == span)
    }

    /// The collective prizes of the round, or of the whole contest.
    pub fn collective_of(&self, span: Span) -> impl Iterator<Item = &CollectivePrize> {
        self.collective.iter().filter(move |prize| prize.span == span)
    }
}

/// "Giải Nhất", whether the prize is called "Nhất" or "Giải Nhất"; one of the contest says so.
pub fn prize_name(name: &str, span: Span) -> String {
    let title = if name.to_lowercase().starts_with("giải") { name.to_owned() } else { format!("Giải {name}") };
    match span {
        Span::Round => title,
        Span::Contest => format!("{title} toàn cuộc thi"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prize_is_named_once_and_says_whether_it_is_of_the_contest() {
        assert_eq!(prize_name("Nhất", Span::Round), "Giải Nhất");
        assert_eq!(prize_name("Giải Nhất", Span::Round), "Giải Nhất");
        assert_eq!(prize_name("Nhất", Span::Contest), "Giải Nhất toàn cuộc thi");
    }
}
