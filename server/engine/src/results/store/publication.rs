//! Statements about versions of results on their way to the public.

use crate::store::{Result, Work};
use domain::{
    Timestamp,
    id::{AccountId, PublicationId, RoundId},
    results::PublicationState,
};

/// A publication as stored.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct PublicationRow {
    /// Which version of the results.
    pub version: i64,
    /// Where it stands.
    pub state: PublicationState,
    /// Why a correction was made.
    pub reason: String,
    /// Why it was sent back.
    pub answer: String,
    /// Who submitted it.
    pub submitted_by: Option<AccountId>,
    /// When.
    pub submitted_at: Option<Timestamp>,
    /// Who approved it.
    pub approved_by: Option<AccountId>,
    /// When it was published.
    pub published_at: Option<Timestamp>,
    /// Number of the decision.
    pub decision_number: String,
    /// Its date.
    pub decision_date: Option<Timestamp>,
    /// Hash of the signed PDF.
    pub decision_file: Option<Vec<u8>>,
}

/// The columns of a [`PublicationRow`].
macro_rules! publication_columns {
    () => {
        "version, state, reason, answer, submitted_by, submitted_at, approved_by, published_at, decision_number, decision_date, decision_file"
    };
}

impl Work {
    pub(in crate::results) async fn publication(&mut self, round: RoundId, version: i64) -> Result<Option<PublicationRow>> {
        find!(self, concat!("select ", publication_columns!(), " from publication where round_id = $1 and version = $2"), round, version,)
    }

    /// Every version, the newest first.
    pub(in crate::results) async fn publications(&mut self, round: RoundId) -> Result<Vec<PublicationRow>> {
        list!(self, concat!("select ", publication_columns!(), " from publication where round_id = $1 order by version desc"), round)
    }

    pub(in crate::results) async fn add_publication(
        &mut self,
        key: (PublicationId, RoundId, i64),
        state: PublicationState,
        reason: &str,
        submitted: Option<(AccountId, Timestamp)>,
    ) -> Result<()> {
        exec!(
            self,
            "insert into publication (id, round_id, version, state, reason, submitted_by, submitted_at)
             values ($1, $2, $3, $4, $5, $6, $7)",
            key.0,
            key.1,
            key.2,
            state,
            reason,
            submitted.map(|(by, _)| by),
            submitted.map(|(_, at)| at),
        )?;
        Ok(())
    }

    /// Submits again what was sent back, or a correction that was being prepared.
    pub(in crate::results) async fn resubmit(&mut self, round: RoundId, version: i64, by: AccountId, now: Timestamp) -> Result<bool> {
        let done = exec!(
            self,
            "update publication
             set state = 'submitted', submitted_by = $3, submitted_at = $4, approved_by = null, approved_at = null
             where round_id = $1 and version = $2 and state in ('preparing', 'declined')",
            round,
            version,
            by,
            now,
        )?;
        Ok(done == 1)
    }

    pub(in crate::results) async fn approve(&mut self, round: RoundId, version: i64, by: AccountId, now: Timestamp) -> Result<bool> {
        let done = exec!(
            self,
            "update publication
             set state = 'approved', approved_by = $3, approved_at = $4
             where round_id = $1 and version = $2 and state = 'submitted' and submitted_by <> $3",
            round,
            version,
            by,
            now,
        )?;
        Ok(done == 1)
    }

    pub(crate) async fn decline(&mut self, round: RoundId, version: i64, answer: &str) -> Result<bool> {
        let done = exec!(
            self,
            "update publication
             set state = 'declined', answer = $3
             where round_id = $1 and version = $2 and state in ('submitted', 'approved')",
            round,
            version,
            answer,
        )?;
        Ok(done == 1)
    }

    /// Makes an approved version the public one; the one before is kept as superseded.
    pub(in crate::results) async fn make_public(&mut self, round: RoundId, version: i64, now: Timestamp) -> Result<bool> {
        exec!(&mut *self, "update publication set state = 'superseded' where round_id = $1 and state = 'published'", round,)?;
        let done = exec!(
            &mut *self,
            "update publication
             set state = 'published', published_at = $3
             where round_id = $1 and version = $2 and state = 'approved'",
            round,
            version,
            now,
        )?;
        Ok(done == 1)
    }

    /// Records the decision; a file that was kept before stays when none is given.
    pub(in crate::results) async fn put_decision(
        &mut self,
        key: (RoundId, i64),
        number: &str,
        date: Timestamp,
        file: Option<Vec<u8>>,
    ) -> Result<bool> {
        let done = exec!(
            self,
            "update publication
             set decision_number = $3, decision_date = $4, decision_file = coalesce($5, decision_file)
             where round_id = $1 and version = $2",
            key.0,
            key.1,
            number,
            date,
            file,
        )?;
        Ok(done == 1)
    }

    /// The version the public reads, if any.
    pub(crate) async fn published_version(&mut self, round: RoundId) -> Result<Option<i64>> {
        let row: Option<(i64,)> = find!(self, "select version from publication where round_id = $1 and state = 'published'", round)?;
        Ok(row.map(|(version,)| version))
    }
}
