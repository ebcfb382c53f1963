//! Statements about one-time codes.

use crate::{
    identity::people::Issued,
    store::{Result, Work},
};
use domain::{
    Timestamp,
    id::{AccountId, UnitId},
};

/// Accounts of real people that codes are issued for.
macro_rules! code_holders {
    ($rest:literal) => {
        concat!(
            "select a.id, a.login, a.full_name, a.unit_id, u.name as unit_name, a.state,
                    cast((select count(*) from role_grant g where g.account_id = a.id and g.role <> 'coordinator') as bigint) as trusted,
                    cast((select count(*) from role_grant g where g.account_id = a.id and g.role = 'coordinator') as bigint) as coordinates
             from account a
             left join unit u on u.id = a.unit_id
             where a.sample = false ",
            $rest
        )
    };
}

/// What issuing a code needs to know of an account.
#[derive(sqlx::FromRow)]
pub(in crate::identity) struct HolderRow {
    pub id: AccountId,
    pub login: String,
    pub full_name: String,
    pub unit_id: Option<UnitId>,
    pub unit_name: Option<String>,
    pub state: String,
    /// Roles that make somebody else's code a way to more power.
    pub trusted: i64,
    /// 1: a coordinator, whom another one of the same unit does not act for.
    pub coordinates: i64,
}

/// A code that was issued.
#[derive(sqlx::FromRow)]
pub(in crate::identity) struct CodeRow {
    pub account_id: AccountId,
    pub login: String,
    pub purpose: String,
    pub expires_at: Timestamp,
    pub used_at: Option<Timestamp>,
    pub state: String,
}

/// A code as the table takes it.
pub(in crate::identity) struct NewCode<'a> {
    pub hash: &'a [u8],
    pub account: AccountId,
    pub purpose: &'a str,
    pub by: Option<AccountId>,
    pub at: Timestamp,
    pub expires_at: Timestamp,
}

impl Work {
    pub(in crate::identity) async fn code_holder(&mut self, account: AccountId) -> Result<Option<HolderRow>> {
        find!(self, code_holders!("and a.id = $1"), account)
    }

    /// Whoever of the unit has not activated the account yet.
    pub(in crate::identity) async fn invited_of(&mut self, unit: UnitId) -> Result<Vec<HolderRow>> {
        list!(self, code_holders!("and a.unit_id = $1 and a.state = 'invited' order by a.sort_key, a.login"), unit)
    }

    pub(in crate::identity) async fn add_code(&mut self, code: &NewCode<'_>) -> Result<()> {
        exec!(
            self,
            "insert into one_time_code (code_hash, account_id, purpose, issued_by, issued_at, expires_at)
             values ($1, $2, $3, $4, $5, $6)",
            code.hash,
            code.account,
            code.purpose,
            code.by,
            code.at,
            code.expires_at,
        )?;
        Ok(())
    }

    /// Ends the codes of the account that could still be used.
    pub(in crate::identity) async fn end_codes(&mut self, account: AccountId, now: Timestamp) -> Result<u64> {
        exec!(
            self,
            "update one_time_code
             set expires_at = $2
             where account_id = $1 and used_at is null and expires_at > $3",
            account,
            now,
            now,
        )
    }

    pub(in crate::identity) async fn code(&mut self, hash: &[u8]) -> Result<Option<CodeRow>> {
        find!(
            self,
            "select c.account_id, a.login, c.purpose, c.expires_at, c.used_at, a.state
             from one_time_code c
             join account a on a.id = c.account_id
             where c.code_hash = $1",
            hash,
        )
    }

    /// Uses the code up; nothing is touched when it was used or has expired.
    pub(in crate::identity) async fn use_code(&mut self, hash: &[u8], now: Timestamp) -> Result<u64> {
        exec!(
            self,
            "update one_time_code
             set used_at = $2
             where code_hash = $1 and used_at is null and expires_at > $3",
            hash,
            now,
            now,
        )
    }

    pub(in crate::identity) async fn codes_of(&mut self, account: AccountId) -> Result<Vec<Issued>> {
        list!(
            self,
            "select c.purpose, a.full_name as by_whom, c.issued_at, c.expires_at, c.used_at
             from one_time_code c
             left join account a on a.id = c.issued_by
             where c.account_id = $1
             order by c.issued_at desc
             limit 20",
            account,
        )
    }
}
