//! Statements about who entered a contest and who may not.

use crate::store::{Result, Work};
use domain::{
    Timestamp,
    contest::Exclusion,
    id::{AccountId, ContestId},
    identity::Role,
};

/// Somebody's entry.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct EntryRow {
    pub code: String,
    pub extra: String,
    pub rules_version: i64,
    pub entered_at: Timestamp,
}

/// Somebody who may not take part.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct ExclusionRow {
    pub account_id: AccountId,
    pub login: String,
    pub full_name: String,
    pub unit: Option<String>,
    pub why: Exclusion,
}

impl Work {
    pub(crate) async fn entry_of(&mut self, contest: ContestId, account: AccountId) -> Result<Option<EntryRow>> {
        find!(
            self,
            "select code, extra, rules_version, entered_at
             from entry
             where contest_id = $1
               and account_id = $2",
            contest,
            account,
        )
    }

    pub(crate) async fn add_entry(&mut self, contest: ContestId, account: AccountId, entry: &EntryRow) -> Result<()> {
        exec!(
            self,
            "insert into entry (contest_id, account_id, code, extra, rules_version, entered_at)
             values ($1, $2, $3, $4, $5, $6)",
            contest,
            account,
            &entry.code,
            &entry.extra,
            entry.rules_version,
            entry.entered_at,
        )?;
        Ok(())
    }

    pub(crate) async fn code_is_taken(&mut self, contest: ContestId, code: &str) -> Result<bool> {
        let row: Option<(i64,)> = find!(self, "select entered_at from entry where contest_id = $1 and code = $2", contest, code)?;
        Ok(row.is_some())
    }

    /// Who may not take part in the contest: who is listed, and who holds a role that bars.
    pub(crate) async fn exclusions_of(&mut self, contest: ContestId) -> Result<Vec<ExclusionRow>> {
        list!(
            self,
            concat!(
                "select e.account_id, a.login, a.full_name, u.name as unit, e.why
             from (
                 select account_id, why
                 from exclusion
                 where contest_id = $1
                 union all
                 select g.account_id, min(g.role)
                 from role_grant g
                 where g.role in ",
                barring_roles!(),
                "
                   and not exists (select 1 from exclusion x where x.contest_id = $1 and x.account_id = g.account_id)
                 group by g.account_id
             ) e
             join account a on a.id = e.account_id
             left join unit u on u.id = a.unit_id
             order by a.sort_key, a.id"
            ),
            contest,
        )
    }

    /// Why the account may not take part in the contest: as listed, or by a role that bars.
    pub(crate) async fn exclusion_of(&mut self, contest: ContestId, account: AccountId) -> Result<Option<Exclusion>> {
        let row: Option<(Exclusion,)> = find!(
            self,
            concat!(
                "select why from exclusion where contest_id = $1 and account_id = $2
             union all
             select role from role_grant where account_id = $2 and role in ",
                barring_roles!(),
                "
             limit 1"
            ),
            contest,
            account,
        )?;
        Ok(row.map(|(why,)| why))
    }

    pub(crate) async fn exclude(&mut self, contest: ContestId, account: AccountId, (why, now): (Exclusion, Timestamp)) -> Result<u64> {
        exec!(
            self,
            "insert into exclusion (contest_id, account_id, why, since)
             values ($1, $2, $3, $4)
             on conflict (contest_id, account_id) do nothing",
            contest,
            account,
            why,
            now,
        )
    }

    /// Takes a named person off the list; the system's own exclusions stay.
    pub(crate) async fn admit(&mut self, contest: ContestId, account: AccountId) -> Result<u64> {
        exec!(self, "delete from exclusion where contest_id = $1 and account_id = $2 and why = 'named'", contest, account)
    }

    /// Excludes whoever wrote or reviewed any version of a question in the contest's pools, and whoever holds a role that
    /// bars at this moment; nobody is taken off the list: what leaves a pool, or a role, leaves nobody's memory.
    pub(crate) async fn exclude_makers(&mut self, contest: ContestId, now: Timestamp) -> Result<()> {
        exec!(
            &mut *self,
            "insert into exclusion (contest_id, account_id, why, since)
             select distinct r.contest_id, v.author_id, 'author', cast($2 as bigint)
             from division_pool p
             join division d on d.id = p.division_id
             join round r on r.id = d.round_id
             join question_version v on v.question_id = p.question_id
             where r.contest_id = $1
             on conflict (contest_id, account_id) do nothing",
            contest,
            now,
        )?;
        exec!(
            &mut *self,
            "insert into exclusion (contest_id, account_id, why, since)
             select distinct r.contest_id, v.reviewer_id, 'reviewer', cast($2 as bigint)
             from division_pool p
             join division d on d.id = p.division_id
             join round r on r.id = d.round_id
             join question_version v on v.question_id = p.question_id
             where r.contest_id = $1
               and v.reviewer_id is not null
             on conflict (contest_id, account_id) do nothing",
            contest,
            now,
        )?;
        exec!(
            &mut *self,
            concat!(
                "insert into exclusion (contest_id, account_id, why, since)
             select c.id, g.account_id, g.role, cast($2 as bigint)
             from contest c
             join role_grant g on g.role in ",
                barring_roles!(),
                "
             where c.id = $1
             on conflict (contest_id, account_id) do nothing"
            ),
            contest,
            now,
        )?;
        Ok(())
    }

    /// Excludes from every contest of today whoever holds this role that bars, before it is withdrawn: the bank is one, and
    /// what was seen in it is known.
    pub(crate) async fn exclude_for_good(&mut self, account: AccountId, role: Role, now: Timestamp) -> Result<u64> {
        exec!(
            self,
            "insert into exclusion (contest_id, account_id, why, since)
             select c.id, g.account_id, g.role, cast($3 as bigint)
             from contest c
             join role_grant g on g.account_id = $1 and g.role = $2
             where true
             on conflict (contest_id, account_id) do nothing",
            account,
            role,
            now,
        )
    }

    /// Whether the account has an attempt in the contest that still stands.
    pub(crate) async fn has_taken_part(&mut self, contest: ContestId, account: AccountId) -> Result<bool> {
        let row: (i64,) = get!(
            self,
            "select cast(count(*) as bigint)
             from attempt a
             join round r on r.id = a.round_id
             where r.contest_id = $1
               and a.account_id = $2
               and a.stage <> 'void'",
            contest,
            account,
        )?;
        Ok(row.0 > 0)
    }

    /// The contests in which the account has an attempt that still stands.
    pub(crate) async fn contests_sat_by(&mut self, account: AccountId) -> Result<Vec<ContestId>> {
        let rows: Vec<(ContestId,)> = list!(
            self,
            "select distinct r.contest_id
             from attempt a
             join round r on r.id = a.round_id
             where a.account_id = $1
               and a.stage <> 'void'",
            account,
        )?;
        Ok(rows.into_iter().map(|(contest,)| contest).collect())
    }

    pub(crate) async fn account_called(&mut self, login: &str) -> Result<Option<AccountId>> {
        let row: Option<(AccountId,)> = find!(self, "select id from account where login = $1", login)?;
        Ok(row.map(|(id,)| id))
    }
}
