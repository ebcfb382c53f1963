//! Attempts of somebody who has withdrawn the consent: they leave every ranking that is not public yet.

use crate::{Result, store::Work};
use domain::{
    contest::RoundStage,
    id::{AccountId, RoundId},
};

/// What the other organisers read where results had been submitted.
const SENT_BACK: &str = "Một người dự thi đã rút lại sự đồng ý xử lý dữ liệu. Đợt thi cần được xếp hạng lại.";

impl Work {
    /// Recognises no ended attempt of the account in rounds without published results, for this reason, and takes what was
    /// ranked or submitted with it back into review: it has to be ranked again. The rounds that changed.
    ///
    /// # Errors
    /// When the store fails.
    pub(crate) async fn leave_rankings(&mut self, account: AccountId, why: &str) -> Result<Vec<RoundId>> {
        self.void_unpublished(account, why).await?;
        let mut changed = Vec::new();
        for (round, stage) in self.unpublished_rankings_with(account).await? {
            if stage == RoundStage::Submitted {
                let version = self.working_version(round).await?;
                self.decline(round, version, SENT_BACK).await?;
            }
            // Under review too: its revision moves on, so that a ranking that is under way does not hold.
            self.move_round(round, stage, RoundStage::Review).await?;
            changed.push(round);
        }
        Ok(changed)
    }
}
