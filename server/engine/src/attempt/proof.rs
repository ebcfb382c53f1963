//! Proofs: every chain verifies, every paper is drawn again from its seed, every mark is computed again.

use super::{
    ending::mark_row,
    frozen::Held,
    live,
    store::{AttemptRow, SavedRow},
};
use crate::{Engine, Result, store::Work};
use domain::{
    attempt::{Digest, Link, Paper, Sheet, draw, first_link, verify},
    id::{AttemptId, RoundId},
};
use std::fmt::{Display, Formatter};
use uuid::Uuid;

/// Attempts that are read at once.
const PORTION: i64 = 500;

/// Something about a stored attempt that does not agree with itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// The chain of saves breaks at this save, counted from 0.
    Chain(usize),
    /// The stored answers are not those of the last counted save.
    Answers,
    /// The paper is not what its seed draws.
    Paper,
    /// The stored mark is not what the answers earn.
    Mark,
}

/// What a proof of a whole round found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    /// How many attempts were looked at.
    pub attempts: usize,
    /// What does not agree.
    pub found: Vec<(AttemptId, Finding)>,
}

impl Display for Finding {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Chain(at) => write!(f, "the chain breaks at save {}", at + 1),
            Self::Answers => f.write_str("the answers are not those of the last counted save"),
            Self::Paper => f.write_str("the paper is not what its seed draws"),
            Self::Mark => f.write_str("the mark is not what the answers earn"),
        }
    }
}

impl Engine {
    /// Proves every attempt of a round: chains, papers and marks.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn prove_round(&self, round: RoundId) -> Result<Findings> {
        let mut found = Vec::new();
        let attempts = self.prove_each(round, |attempt, finding| found.push((attempt, finding))).await?;
        Ok(Findings { attempts, found })
    }

    /// The same, with each finding handed over as it comes; how many attempts there were.
    pub(crate) async fn prove_each(&self, round: RoundId, mut find: impl FnMut(AttemptId, Finding)) -> Result<usize> {
        let held = self.held(round).await?;
        let mut attempts = 0;
        let mut after = AttemptId(Uuid::nil());
        loop {
            // Somebody may be saving: an attempt and its saves are read as of one moment.
            let mut work = self.store.snapshot().await?;
            let rows = work.attempts_after(round, after, PORTION).await?;
            let Some(last) = rows.last() else { return Ok(attempts) };
            after = last.id;
            attempts += rows.len();
            for row in &rows {
                for finding in prove(&mut work, &held, row).await? {
                    find(row.id, finding);
                }
            }
        }
    }
}

async fn prove(work: &mut Work, held: &Held, row: &AttemptRow) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    let saves = work.saves(row.id).await?;
    let counted = saves.iter().rev().find(|save| !save.late).map(|save| save.answers.clone());
    found.extend(broken_at(row, saves).map(Finding::Chain));
    let Ok(paper) = live::paper(row) else {
        found.push(Finding::Paper);
        return Ok(found);
    };
    let blank = || Sheet::blank(paper.places.len()).to_bytes();
    let guess = Sheet::from_bytes(&row.answers).ok().and_then(|sheet| sheet.guess.value());
    if counted.unwrap_or_else(blank) != row.answers || guess != row.prediction {
        found.push(Finding::Answers);
    }
    if !is_drawn(held, row, &paper) {
        found.push(Finding::Paper);
    }
    if row.ended_at.is_some() && row.key_version == Some(held.keys.version) {
        let earned = mark_row(row, &held.keys).ok().map(|mark| (Some(mark.correct), Some(mark.score)));
        if earned != Some((row.correct, row.score)) {
            found.push(Finding::Mark);
        }
    }
    Ok(found)
}

/// The first save at which the chain breaks; one whose hash cannot be one breaks it too.
fn broken_at(row: &AttemptRow, saves: Vec<SavedRow>) -> Option<usize> {
    let start = first_link(row.id, row.started_at, &row.paper);
    let mut links = Vec::with_capacity(saves.len());
    for save in saves {
        let Ok(hash) = Digest::try_from(save.hash) else { return Some(links.len()) };
        links.push(Link { hold: save.hold, seq: save.seq, received_at: save.received_at, answers: save.answers, hash });
    }
    let Ok(head) = Digest::try_from(&row.head[..]) else { return Some(links.len()) };
    verify(row.id, &start, &links, &head).err()
}

fn is_drawn(held: &Held, row: &AttemptRow, paper: &Paper) -> bool {
    let division = held.frozen.division(row.division_id);
    division
        .is_some_and(|division| draw(paper.seed, &division.rules.blueprint, &division.slots, held.frozen.shuffle()).as_ref() == Ok(paper))
}
