//! Proofs: every chain verifies, every paper is drawn again from its seed, every mark is computed again.

use super::{ending::mark_row, frozen::Held, live, store::AttemptRow};
use crate::{Engine, Fault, Result, store::Work};
use domain::{
    attempt::{Digest, Link, Paper, Sheet, draw, first_link, verify},
    id::{AttemptId, RoundId},
};
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

impl Engine {
    /// Proves every attempt of a round: chains, papers and marks.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn prove_round(&self, round: RoundId) -> Result<Findings> {
        let held = self.held(round).await?;
        let mut findings = Findings::default();
        let mut after = AttemptId(Uuid::nil());
        loop {
            let mut work = self.store.read().await?;
            let rows = work.attempts_after(round, after, PORTION).await?;
            let Some(last) = rows.last() else { return Ok(findings) };
            after = last.id;
            for row in &rows {
                findings.attempts += 1;
                findings.found.extend(prove(&mut work, &held, row).await?.into_iter().map(|finding| (row.id, finding)));
            }
        }
    }
}

async fn prove(work: &mut Work, held: &Held, row: &AttemptRow) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    let saves = work.saves(row.id).await?;
    let start = first_link(row.id, row.started_at, &row.paper);
    let counted = saves.iter().rev().find(|save| !save.late).map(|save| save.answers.clone());
    let links = saves.into_iter().map(|save| {
        let hash = digest(&save.hash)?;
        Ok(Link { hold: save.hold, seq: save.seq, received_at: save.received_at, answers: save.answers, hash })
    });
    let links = links.collect::<Result<Vec<Link>>>()?;
    if let Err(at) = verify(row.id, &start, &links, &digest(&row.head)?) {
        found.push(Finding::Chain(at));
    }
    let paper = live::paper(row)?;
    let blank = || Sheet::blank(paper.places.len()).to_bytes();
    let guess = Sheet::from_bytes(&row.answers).ok().and_then(|sheet| sheet.guess.value());
    if counted.unwrap_or_else(blank) != row.answers || guess != row.prediction {
        found.push(Finding::Answers);
    }
    if !is_drawn(held, row, &paper) {
        found.push(Finding::Paper);
    }
    if row.ended_at.is_some() && row.key_version == Some(held.keys.version) {
        let marked = mark_row(row, &held.keys)?;
        if row.correct != Some(marked.correct) || row.score != Some(marked.score) {
            found.push(Finding::Mark);
        }
    }
    Ok(found)
}

fn is_drawn(held: &Held, row: &AttemptRow, paper: &Paper) -> bool {
    let division = held.frozen.division(row.division_id);
    division
        .is_some_and(|division| draw(paper.seed, &division.rules.blueprint, &division.slots, held.frozen.shuffle()).as_ref() == Ok(paper))
}

fn digest(bytes: &[u8]) -> Result<Digest> {
    bytes.try_into().map_err(|_| Fault::Broken("a stored hash has another length").into())
}
