//! Statements that count what waits for somebody's word.

use crate::store::{Result, Work};
use domain::{Timestamp, id::AccountId, identity::RequestKind};

impl Work {
    /// Questions in review of which the account wrote no version.
    pub(in crate::contest) async fn questions_to_review(&mut self, account: AccountId) -> Result<i64> {
        let (count,): (i64,) = get!(
            self,
            "select cast(count(*) as bigint)
             from question q
             where q.status = 'in_review'
               and not exists (select 1 from question_version v where v.question_id = q.id and v.author_id = $1)",
            account,
        )?;
        Ok(count)
    }

    /// Questions that were returned to the account.
    pub(in crate::contest) async fn questions_returned(&mut self, account: AccountId) -> Result<i64> {
        let (count,): (i64,) = get!(
            self,
            "select cast(count(*) as bigint)
             from question q
             join question_version v on v.id = q.newest_id
             where q.status = 'returned' and v.author_id = $1",
            account,
        )?;
        Ok(count)
    }

    /// Open requests of others by kind, each with the earliest moment by which one is due.
    pub(in crate::contest) async fn open_requests(&mut self, account: AccountId) -> Result<Vec<(RequestKind, i64, Option<Timestamp>)>> {
        list!(
            self,
            "select kind, cast(count(*) as bigint), min(due_at)
             from request
             where state = 'open' and (account_id is null or account_id <> $1)
             group by kind
             order by case when min(due_at) is null then 1 else 0 end, min(due_at), kind",
            account,
        )
    }
}
