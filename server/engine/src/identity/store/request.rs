//! Statements about requests that wait for a decision.

use crate::{
    identity::requests::Request,
    store::{Result, Work},
};
use domain::{
    Timestamp,
    id::{AccountId, RequestId},
    identity::{RequestKind, RequestState},
};

/// Requests with the names of everybody they are about.
macro_rules! requests {
    ($rest:literal) => {
        concat!(
            "select q.id, q.kind, q.state, q.detail, q.created_at, q.due_at, q.decided_at, q.answer,
                    a.id as account, a.full_name, a.login, u.name as unit,
                    o.id as other_account, o.full_name as other_name, o.login as other_login,
                    b.full_name as decided_by
             from request q
             left join account a on a.id = q.account_id
             left join unit u on u.id = a.unit_id
             left join account o on o.id = q.other_account_id
             left join account b on b.id = q.decided_by ",
            $rest
        )
    };
}

impl Work {
    pub(in crate::identity) async fn requests(&mut self, state: &str, kind: &str) -> Result<Vec<Request>> {
        list!(
            self,
            requests!(
                "where (q.state = $1 or $1 = '') and (q.kind = $2 or $2 = '')
                 order by case when q.state = 'open' then 0 else 1 end, coalesce(q.due_at, q.created_at), q.id
                 limit 500"
            ),
            state,
            kind,
        )
    }

    pub(in crate::identity) async fn request(&mut self, id: RequestId) -> Result<Option<Request>> {
        find!(self, requests!("where q.id = $1"), id)
    }

    /// Queues a request: whose it is and whom else it names, what it says, since when and due when.
    pub(in crate::identity) async fn add_request(
        &mut self,
        (id, kind): (RequestId, RequestKind),
        (account, other): (Option<AccountId>, Option<AccountId>),
        detail: &str,
        (now, due): (Timestamp, Option<Timestamp>),
    ) -> Result<()> {
        exec!(
            self,
            "insert into request (id, kind, account_id, other_account_id, detail, created_at, due_at, state)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
            id,
            kind,
            account,
            other,
            detail,
            now,
            due,
            RequestState::Open,
        )?;
        Ok(())
    }

    /// An open request of this kind by the account: when its answer is due.
    pub(in crate::identity) async fn open_request(&mut self, kind: RequestKind, account: AccountId) -> Result<Option<Option<Timestamp>>> {
        let row: Option<(Option<Timestamp>,)> = find!(
            self,
            "select due_at
             from request
             where kind = $1
               and account_id = $2
               and state = 'open'
             order by created_at
             limit 1",
            kind,
            account,
        )?;
        Ok(row.map(|(due,)| due))
    }

    /// Whether the same request waits already.
    pub(in crate::identity) async fn request_waits(&mut self, kind: RequestKind, detail: &str) -> Result<bool> {
        let row: Option<(RequestId,)> =
            find!(self, "select id from request where kind = $1 and state = 'open' and detail = $2 limit 1", kind, detail)?;
        Ok(row.is_some())
    }

    /// Whether the two accounts wait for a decision about one identity number.
    pub(in crate::identity) async fn duplicate_waits(&mut self, account: AccountId, other: AccountId) -> Result<bool> {
        let row: Option<(RequestId,)> = find!(
            self,
            "select id
             from request
             where kind = 'duplicate_id'
               and state = 'open'
               and account_id = $1
               and other_account_id = $2
             limit 1",
            account,
            other,
        )?;
        Ok(row.is_some())
    }

    /// Decides a request that still waits.
    pub(in crate::identity) async fn decide_request(
        &mut self,
        id: RequestId,
        state: RequestState,
        (by, at): (AccountId, Timestamp),
        answer: &str,
    ) -> Result<u64> {
        exec!(
            self,
            "update request
             set state = $2, decided_by = $3, decided_at = $4, answer = $5
             where id = $1 and state = 'open'",
            id,
            state,
            by,
            at,
            answer,
        )
    }
}
