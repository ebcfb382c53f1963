//! Closing an account for good: its consent was withdrawn, or has ended.

use crate::{Engine, Result, notify::Change, store::Work};
use domain::{
    Timestamp,
    id::{AccountId, AttemptId, RoundId},
    identity::Deed,
};

/// Why attempts are not recognised, as their results say.
const WITHDRAWN: &str = "Đã rút lại sự đồng ý xử lý dữ liệu cá nhân";
/// Accounts whose consent has ended that are looked up at once.
const PORTION: i64 = 500;

/// What a closed account leaves to be told after the commit.
pub(super) struct Closed {
    account: AccountId,
    sheets: Vec<AttemptId>,
    rounds: Vec<RoundId>,
}

impl Engine {
    /// Closes the account in this unit of work: sessions, codes and running sheets end; attempts in rounds without
    /// published results are not recognised, and what was ranked with them goes back into review; what the records do not
    /// need is erased. After the commit [`Self::tell_closed`] is due. Nothing for an account that is closed already.
    ///
    /// # Errors
    /// When the store fails; [`domain::Refusal::Busy`] when saves of a running sheet come in all the time.
    pub(super) async fn close(&self, work: &mut Work, account: AccountId, now: Timestamp) -> Result<Option<Closed>> {
        // First of all, so that no sheet is begun meanwhile.
        if work.close_account(account).await? == 0 {
            return Ok(None);
        }
        work.end_codes(account, now).await?;
        work.end_sessions_of(account).await?;
        let sheets = self.end_sheets_of(work, account, now).await?;
        let rounds = work.leave_rankings(account, WITHDRAWN).await?;
        Ok(Some(Closed { account, sheets, rounds }))
    }

    /// Tells everybody who remembers something of a closed account.
    pub(super) fn tell_closed(&self, closed: &Closed) {
        self.forget_sheets(&closed.sheets);
        self.forget_account(closed.account);
        for round in &closed.rounds {
            self.notify.tell(Change::Round(*round));
        }
    }

    /// Closes the accounts whose consent to processing has ended, each in a unit of work of its own.
    pub(super) async fn close_out_of_consent(&self, now: Timestamp) -> Result<()> {
        loop {
            let ended = self.store.glance().await?.accounts_out_of_consent(now, PORTION).await?;
            if ended.is_empty() {
                return Ok(());
            }
            for (account,) in ended {
                let mut work = self.store.begin().await?;
                // Its owner may have renewed the consent, or another node closed it, since they were listed.
                if work.consent_ended(account, now).await?
                    && let Some(closed) = self.close(&mut work, account, now).await?
                {
                    work.note_by(now, None, Deed::ForgetExpired, &account.to_string(), r#"{"consent":"ended"}"#).await?;
                    work.commit().await?;
                    self.tell_closed(&closed);
                }
            }
        }
    }
}
