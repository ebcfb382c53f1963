//! The thể lệ: every version is kept, with the reason of its change.

use crate::{Caller, Engine, Result, Stop, notify::Change, store::StoreError};
use domain::{
    Refusal,
    contest::ContestStage,
    id::ContestId,
    identity::{Action, Deed},
    vietnamese::{tidy, tidy_text},
};

/// The longest thể lệ, in bytes.
const LONGEST: usize = 100_000;

impl Engine {
    /// Decides a new version of the thể lệ; once the contest is public, a change needs a reason.
    ///
    /// # Errors
    /// At `text` or `reason`; [`Refusal::ChangedMeanwhile`] when somebody decided one at the same time.
    pub async fn decide_rules(&self, caller: &Caller, contest: ContestId, text: &str, reason: &str) -> Result<i64> {
        caller.must(Action::SetUpContest)?;
        let now = self.now();
        let (text, reason) = (tidy_text(text), tidy(reason));
        let mut work = self.store.begin().await?;
        let known = work.contest_row(contest).await?.ok_or(Refusal::NotFound)?;
        let versions = work.rules_of(contest).await?;
        let newest = versions.first();
        let mut refused = Vec::new();
        match text.len() {
            0 => refused.push(("text".into(), Refusal::Required)),
            LONGEST.. => refused.push(("text".into(), Refusal::TooLong)),
            _ if newest.is_some_and(|rules| rules.text == text) => refused.push(("text".into(), Refusal::AlreadyDone)),
            _ => {}
        }
        if newest.is_some() && known.stage != ContestStage::Draft && reason.chars().count() < 10 {
            refused.push(("reason".into(), Refusal::ReasonNeeded));
        }
        crate::fault::accept(refused)?;
        let version = newest.map_or(0, |rules| rules.version) + 1;
        work.add_rules(contest, (version, &text, &reason), caller.account, now).await.map_err(|error| match error {
            StoreError::Duplicate => Stop::Refused(Refusal::ChangedMeanwhile),
            failed @ StoreError::Driver(_) => failed.into(),
        })?;
        work.note(now, caller, Deed::DecideRules, &known.slug, &format!(r#"{{"version":{version}}}"#)).await?;
        work.commit().await?;
        self.notify.tell(Change::Contest(contest));
        Ok(version)
    }
}
