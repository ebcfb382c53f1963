//! Statements about rosters and the codes by which people on them get in.

use crate::store::{Result, Work};
use domain::{
    Timestamp,
    id::{AccountId, UnitId},
    identity::{Audience, Unit, roster::PersonRow},
    vietnamese::{fold, order_key, person_key},
};

/// A file that was tried and waits to be accepted.
#[derive(sqlx::FromRow)]
pub(super) struct DraftRow {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// What a roster compares its rows about people with.
#[derive(sqlx::FromRow)]
pub(super) struct ListedRow {
    pub full_name: String,
    pub audience: Audience,
    pub unit_code: Option<String>,
    pub position: String,
    pub email: String,
    pub birth_date: Option<Timestamp>,
    pub state: String,
}

/// What issuing a code needs to know of an account.
#[derive(sqlx::FromRow)]
pub(super) struct HolderRow {
    pub id: AccountId,
    pub login: String,
    pub full_name: String,
    pub unit_id: Option<UnitId>,
    pub unit_name: Option<String>,
    pub state: String,
    /// Roles that make somebody else's code a way to more power.
    pub trusted: i64,
}

/// A code that was issued.
#[derive(sqlx::FromRow)]
pub(super) struct CodeRow {
    pub account_id: AccountId,
    pub login: String,
    pub purpose: String,
    pub expires_at: Timestamp,
    pub used_at: Option<Timestamp>,
    pub state: String,
}

impl Work {
    /// Keeps a file for its uploader until it is accepted or out of date.
    pub(super) async fn keep_roster(&mut self, hash: &[u8], by: AccountId, name: &str, bytes: &[u8], now: Timestamp) -> Result<()> {
        exec!(
            self,
            "insert into roster_draft (hash, account_id, name, bytes, tried_at)
             values ($1, $2, $3, $4, $5)
             on conflict (hash, account_id) do update set name = excluded.name, tried_at = excluded.tried_at",
            hash,
            by,
            name,
            bytes,
            now,
        )?;
        Ok(())
    }

    pub(super) async fn forget_rosters_before(&mut self, moment: Timestamp) -> Result<u64> {
        exec!(self, "delete from roster_draft where tried_at <= $1", moment)
    }

    pub(super) async fn kept_roster(&mut self, hash: &[u8], by: AccountId, after: Timestamp) -> Result<Option<DraftRow>> {
        find!(
            self,
            "select name, bytes
             from roster_draft
             where hash = $1 and account_id = $2 and tried_at > $3",
            hash,
            by,
            after,
        )
    }

    pub(super) async fn drop_roster(&mut self, hash: &[u8], by: AccountId) -> Result<u64> {
        exec!(self, "delete from roster_draft where hash = $1 and account_id = $2", hash, by)
    }

    pub(super) async fn listed(&mut self, login: &str) -> Result<Option<ListedRow>> {
        find!(
            self,
            "select a.full_name, a.audience, u.code as unit_code, a.position, a.email, a.birth_date, a.state
             from account a
             left join unit u on u.id = a.unit_id
             where a.login = $1",
            login,
        )
    }

    /// Adds somebody of a roster, who activates the account with a code.
    pub(super) async fn add_invited(&mut self, id: AccountId, person: &PersonRow, unit: UnitId, now: Timestamp) -> Result<()> {
        exec!(
            self,
            "insert into account (id, login, full_name, folded, sort_key, audience, unit_id, state, email, position, birth_date, created_at)
             values ($1, $2, $3, $4, $5, $6, $7, 'invited', $8, $9, $10, $11)",
            id,
            &person.login,
            &person.full_name,
            fold(&person.full_name),
            person_key(&person.full_name),
            person.audience,
            unit,
            person.email.as_deref().unwrap_or_default(),
            person.position.as_deref().unwrap_or_default(),
            person.birth_date,
            now,
        )?;
        Ok(())
    }

    /// Changes somebody whom nobody has activated meanwhile.
    pub(super) async fn change_invited(&mut self, person: &PersonRow, unit: UnitId) -> Result<u64> {
        exec!(
            self,
            "update account
             set full_name = $2, folded = $3, sort_key = $4, audience = $5, unit_id = $6, email = $7, position = $8, birth_date = $9
             where login = $1 and state = 'invited'",
            &person.login,
            &person.full_name,
            fold(&person.full_name),
            person_key(&person.full_name),
            person.audience,
            unit,
            person.email.as_deref().unwrap_or_default(),
            person.position.as_deref().unwrap_or_default(),
            person.birth_date,
        )
    }

    /// Writes every value of a unit but its code and id.
    pub(super) async fn change_unit(&mut self, unit: &Unit) -> Result<u64> {
        exec!(
            self,
            "update unit
             set name = $2, folded = $3, sort_key = $4, kind = $5, parent_id = $6, block = $7, headcount = $8, headcount_as_of = $9,
                 valid_from = $10, valid_until = $11, former_names = $12, sample = $13
             where id = $1",
            unit.id,
            &unit.name,
            fold(&format!("{} {}", unit.name, unit.former_line())),
            order_key(&unit.name),
            unit.kind,
            unit.parent,
            unit.block,
            unit.headcount,
            unit.headcount_as_of,
            unit.valid_from,
            unit.valid_until,
            unit.former_line(),
            unit.sample,
        )
    }

    pub(super) async fn code_holder(&mut self, account: AccountId) -> Result<Option<HolderRow>> {
        find!(
            self,
            "select a.id, a.login, a.full_name, a.unit_id, u.name as unit_name, a.state,
                    cast((select count(*) from role_grant g where g.account_id = a.id and g.role <> 'coordinator') as bigint) as trusted
             from account a
             left join unit u on u.id = a.unit_id
             where a.id = $1 and a.sample = false",
            account,
        )
    }

    /// Whoever of the unit has not activated the account yet.
    pub(super) async fn invited_of(&mut self, unit: UnitId) -> Result<Vec<HolderRow>> {
        list!(
            self,
            "select a.id, a.login, a.full_name, a.unit_id, u.name as unit_name, a.state,
                    cast((select count(*) from role_grant g where g.account_id = a.id and g.role <> 'coordinator') as bigint) as trusted
             from account a
             join unit u on u.id = a.unit_id
             where a.unit_id = $1 and a.state = 'invited' and a.sample = false
             order by a.sort_key, a.login",
            unit,
        )
    }

    /// Ends the codes of the account that could still be used.
    pub(super) async fn end_codes(&mut self, account: AccountId, now: Timestamp) -> Result<u64> {
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

    pub(super) async fn add_code(&mut self, code: &NewCode<'_>) -> Result<()> {
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

    pub(super) async fn code(&mut self, hash: &[u8]) -> Result<Option<CodeRow>> {
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
    pub(super) async fn use_code(&mut self, hash: &[u8], now: Timestamp) -> Result<u64> {
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

    /// Gives an invited account its owner's password.
    pub(super) async fn activate_account(&mut self, account: AccountId, password_hash: &str, now: Timestamp) -> Result<u64> {
        exec!(
            self,
            "update account
             set password_hash = $2, password_at = $3, state = 'active'
             where id = $1 and state = 'invited'",
            account,
            password_hash,
            now,
        )
    }

    /// Gives an active account another password.
    pub(super) async fn reset_password_hash(&mut self, account: AccountId, password_hash: &str, now: Timestamp) -> Result<u64> {
        exec!(
            self,
            "update account
             set password_hash = $2, password_at = $3
             where id = $1 and state = 'active'",
            account,
            password_hash,
            now,
        )
    }
}

/// A code as the table takes it.
pub(super) struct NewCode<'a> {
    pub hash: &'a [u8],
    pub account: AccountId,
    pub purpose: &'a str,
    pub by: Option<AccountId>,
    pub at: Timestamp,
    pub expires_at: Timestamp,
}
