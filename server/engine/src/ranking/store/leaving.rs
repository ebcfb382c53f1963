//! Statements about somebody who leaves the rankings that are not public yet.

use crate::store::{Result, Work};
use domain::{
    contest::RoundStage,
    id::{AccountId, RoundId},
};

/// Whether the round of the row `r` has no public results.
macro_rules! unpublished {
    () => {
        "not exists (select 1 from publication p where p.round_id = r.id and p.state = 'published')"
    };
}

impl Work {
    /// Takes every ended attempt of the account out of account where nothing is published. What the review said of it is
    /// gone with it, so that nobody recognises it again.
    pub(in crate::ranking) async fn void_unpublished(&mut self, account: AccountId, why: &str) -> Result<()> {
        exec!(
            &mut *self,
            concat!(
                "delete from attempt_review
                 where attempt_id in (select a.id
                                      from attempt a
                                      join round r on r.id = a.round_id
                                      where a.account_id = $1 and ",
                unpublished!(),
                ")"
            ),
            account,
        )?;
        exec!(
            self,
            concat!(
                "update attempt
                 set stage = 'void', void_why = $2
                 where account_id = $1
                   and stage in ('handed_in', 'marked', 'void')
                   and round_id in (select r.id from round r where ",
                unpublished!(),
                ")"
            ),
            account,
            why,
        )?;
        Ok(())
    }

    /// Rounds without public results that are reviewed or ranked with the account: it has an attempt in the round, or in
    /// another one of the contest that this one sums up.
    pub(in crate::ranking) async fn unpublished_rankings_with(&mut self, account: AccountId) -> Result<Vec<(RoundId, RoundStage)>> {
        list!(
            self,
            concat!(
                "select r.id, r.stage
                 from round r
                 join contest c on c.id = r.contest_id
                 where r.stage in ('review', 'ranked', 'submitted')
                   and exists (select 1
                               from attempt a
                               join round o on o.id = a.round_id
                               where a.account_id = $1
                                 and (o.id = r.id or (c.summed_up_with = r.id and o.contest_id = c.id)))
                   and ",
                unpublished!()
            ),
            account,
        )
    }
}
