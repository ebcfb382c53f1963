//! Whether anything was lost: what was acknowledged against what is stored, every mark worked out again.

use crate::{
    ground::{Contest, Ground},
    http::Failure,
    marking::{count_correct, keys_of, says},
    rows,
    tally::Acknowledged,
};
use domain::{
    attempt::Sheet,
    id::{AttemptId, DivisionId},
};
use std::collections::HashMap;

/// What a proof found.
#[derive(Debug, Clone, Default)]
pub struct Lost {
    /// Acknowledged answers or receipts that are not stored so.
    pub answers: usize,
    /// Marks that differ from ours.
    pub marks: usize,
    /// Sheets that should have ended and have not.
    pub running: usize,
    /// What the product's own proof of chains, papers and marks found.
    pub findings: usize,
}

impl Lost {
    /// Everything that is not as it should be.
    pub fn all(&self) -> usize {
        self.answers + self.marks + self.running + self.findings
    }
}

#[derive(sqlx::FromRow)]
struct Stored {
    id: AttemptId,
    division_id: DivisionId,
    stage: String,
    paper: Vec<u8>,
    answers: Vec<u8>,
    receipt: Option<String>,
    correct: Option<i64>,
}

/// Compares every attempt of the contest's round with what was acknowledged; `ended`: all must have ended.
///
/// # Errors
/// When the database cannot be read.
pub async fn prove(
    ground: &Ground,
    contest: &Contest,
    acknowledged: &HashMap<AttemptId, Acknowledged>,
    ended: bool,
) -> Result<Lost, Failure> {
    eprintln!("   what was acknowledged is compared with what is stored");
    let store = &ground.engine.store;
    let keys = keys_of(store, contest.round).await?;
    let stored: Vec<Stored> =
        rows!(store, "select id, division_id, stage, paper, answers, receipt, correct from attempt where round_id = $1", contest.round,);
    let by_id: HashMap<AttemptId, &Stored> = stored.iter().map(|row| (row.id, row)).collect();
    let mut lost = Lost::default();
    for (id, said) in acknowledged {
        let kept = by_id.get(id).is_some_and(|row| {
            let receipt = said.receipt.is_empty() || row.receipt.as_deref() == Some(said.receipt.as_str());
            let sent = || said.unanswered.iter().chain([&said.fields]);
            receipt && Sheet::from_bytes(&row.answers).is_ok_and(|sheet| sent().any(|fields| says(&sheet, fields)))
        });
        lost.answers += usize::from(!kept);
    }
    for row in &stored {
        if row.stage == "running" {
            lost.running += usize::from(ended);
            continue;
        }
        let ours = count_correct((&row.paper, &row.answers), keys.get(&row.division_id).map_or(&[], Vec::as_slice));
        lost.marks += usize::from(row.stage != "marked" || row.correct != ours);
    }
    lost.findings = ground.engine.prove_round(contest.round).await?.found.len();
    Ok(lost)
}
