//! Statements about people as organisers and coordinators see them, about roles, requests and the audit log.

use super::{
    audit_log::{AuditLine, AuditQuery},
    coordinator::UnitRound,
    people::{Issued, LINES, Moved},
    requests::Request,
};
use crate::store::{Result, Work};
use domain::{
    Timestamp,
    id::{AccountId, RequestId, RoundId, UnitId},
    identity::{Audience, RequestState, Role},
};

/// One person in a list.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ListLine {
    /// The account.
    pub id: AccountId,
    /// The login.
    pub login: String,
    /// The full name.
    pub full_name: String,
    /// The audience.
    pub audience: Audience,
    /// The unit's name.
    pub unit: Option<String>,
    /// `active`, `invited` or `closed`.
    pub state: String,
    /// Whether the person is simulated.
    pub sample: bool,
}

/// One account.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct PersonRow {
    /// The account.
    pub id: AccountId,
    /// The login.
    pub login: String,
    /// The full name.
    pub full_name: String,
    /// The audience.
    pub audience: Audience,
    /// The unit.
    pub unit_id: Option<UnitId>,
    /// The unit's name.
    pub unit: Option<String>,
    /// `active`, `invited` or `closed`.
    pub state: String,
    /// Whether the person is simulated.
    pub sample: bool,
    /// The e-mail address.
    pub email: String,
    /// The position.
    pub position: String,
    /// The date of birth.
    pub birth_date: Option<Timestamp>,
    /// When the account was made.
    pub created_at: Timestamp,
}

/// Somebody who holds a role.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct HolderOfRole {
    /// The role.
    pub role: Role,
    /// The account.
    pub id: AccountId,
    /// The login.
    pub login: String,
    /// The full name.
    pub full_name: String,
    /// The unit's name.
    pub unit: Option<String>,
    /// Who granted it; nobody for those from the command line.
    pub by_whom: Option<String>,
    /// Since when.
    pub granted_at: Timestamp,
}

/// Somebody of a coordinator's unit: whether, never how well.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Colleague {
    /// The account.
    pub id: AccountId,
    /// The full name.
    pub full_name: String,
    /// The position.
    pub position: String,
    /// `active` or `invited`.
    pub state: String,
    /// Sheets that have ended in the round, as far as a list needs them: 0, or more.
    pub(super) ended: i64,
}

impl Colleague {
    /// Whether the person has taken part.
    pub const fn has_taken_part(&self) -> bool {
        self.ended > 0
    }
}

impl Work {
    pub(super) async fn count_people(&mut self, (name, login): (&str, &str), unit: Option<UnitId>, state: &str) -> Result<i64> {
        let row: (i64,) = get!(
            self,
            "select cast(count(*) as bigint)
             from account a
             where (a.folded like $1 escape '\\' or a.login like $2 escape '\\')
               and (a.unit_id = $3 or $3 is null)
               and (a.state = $4 or $4 = '')",
            name,
            login,
            unit,
            state,
        )?;
        Ok(row.0)
    }

    pub(super) async fn people(
        &mut self,
        (name, login): (&str, &str),
        unit: Option<UnitId>,
        state: &str,
        from: i64,
    ) -> Result<Vec<ListLine>> {
        list!(
            self,
            "select a.id, a.login, a.full_name, a.audience, u.name as unit, a.state, a.sample
             from account a
             left join unit u on u.id = a.unit_id
             where (a.folded like $1 escape '\\' or a.login like $2 escape '\\')
               and (a.unit_id = $3 or $3 is null)
               and (a.state = $4 or $4 = '')
             order by a.sort_key, a.login
             limit $5 offset $6",
            name,
            login,
            unit,
            state,
            LINES,
            from,
        )
    }

    pub(super) async fn person(&mut self, account: AccountId) -> Result<Option<PersonRow>> {
        find!(
            self,
            "select a.id, a.login, a.full_name, a.audience, a.unit_id, u.name as unit, a.state, a.sample,
                    a.email, a.position, a.birth_date, a.created_at
             from account a
             left join unit u on u.id = a.unit_id
             where a.id = $1",
            account,
        )
    }

    pub(super) async fn account_with_login(&mut self, login: &str) -> Result<Option<AccountId>> {
        let row: Option<(AccountId,)> = find!(self, "select id from account where login = $1 and state <> 'closed'", login)?;
        Ok(row.map(|(id,)| id))
    }

    pub(super) async fn roles_of(&mut self, account: AccountId) -> Result<Vec<Role>> {
        let rows: Vec<(Role,)> = list!(self, "select role from role_grant where account_id = $1 order by role", account)?;
        Ok(rows.into_iter().map(|(role,)| role).collect())
    }

    pub(super) async fn national_id_tail(&mut self, account: AccountId) -> Result<Option<String>> {
        let row: Option<(String,)> = find!(self, "select tail from national_id where account_id = $1", account)?;
        Ok(row.map(|(tail,)| tail))
    }

    pub(super) async fn moves_of(&mut self, account: AccountId) -> Result<Vec<Moved>> {
        list!(
            self,
            "select o.name as from_unit, n.name as to_unit, a.full_name as by_whom, c.reason, c.changed_at
             from unit_change c
             join account a on a.id = c.changed_by
             left join unit o on o.id = c.old_unit_id
             left join unit n on n.id = c.new_unit_id
             where c.account_id = $1
             order by c.changed_at desc, c.id desc",
            account,
        )
    }

    pub(super) async fn codes_of(&mut self, account: AccountId) -> Result<Vec<Issued>> {
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

    pub(super) async fn holders(&mut self) -> Result<Vec<HolderOfRole>> {
        list!(
            self,
            "select g.role, a.id, a.login, a.full_name, u.name as unit, b.full_name as by_whom, g.granted_at
             from role_grant g
             join account a on a.id = g.account_id
             left join unit u on u.id = a.unit_id
             left join account b on b.id = g.granted_by
             order by g.role, a.sort_key, a.login"
        )
    }

    /// Writes nothing new, but makes others who change administrators wait.
    pub(super) async fn hold_admins(&mut self) -> Result<u64> {
        exec!(self, "update role_grant set granted_at = granted_at where role = 'admin'")
    }

    pub(super) async fn other_admins(&mut self, but: AccountId) -> Result<i64> {
        let row: (i64,) = get!(
            self,
            "select cast(count(*) as bigint)
             from role_grant g
             join account a on a.id = g.account_id
             where g.role = 'admin' and g.account_id <> $1 and a.state = 'active'",
            but,
        )?;
        Ok(row.0)
    }

    pub(super) async fn withdraw(&mut self, account: AccountId, role: Role) -> Result<u64> {
        exec!(self, "delete from role_grant where account_id = $1 and role = $2", account, role)
    }

    /// Rounds in which the unit's civil servants can have taken part, newest first.
    pub(super) async fn unit_rounds(&mut self, now: Timestamp) -> Result<Vec<UnitRound>> {
        list!(
            self,
            "select r.id, c.title as contest, r.label, r.opens_at, r.closes_at, r.headcount_as_of
             from round r
             join contest c on c.id = r.contest_id
             join division d on d.round_id = r.id and d.audience = 'civil_servant'
             where r.stage not in ('draft', 'cancelled') and c.stage <> 'draft' and r.opens_at <= $1
             order by r.opens_at desc, r.id",
            now,
        )
    }

    /// The unit's headcount as it was frozen for the round.
    pub(super) async fn headcount_frozen_for(&mut self, round: RoundId, unit: UnitId) -> Result<Option<Option<i64>>> {
        let row: Option<(Option<i64>,)> =
            find!(self, "select headcount from frozen_headcount where round_id = $1 and unit_id = $2", round, unit)?;
        Ok(row.map(|(headcount,)| headcount))
    }

    /// The unit's civil servants and whether their sheets have ended; a sheet counts whatever became of it.
    pub(super) async fn colleagues(&mut self, unit: UnitId, round: RoundId) -> Result<Vec<Colleague>> {
        list!(
            self,
            "select a.id, a.full_name, a.position, a.state,
                    cast((select count(*) from attempt t where t.account_id = a.id and t.round_id = $2 and t.stage <> 'running') as bigint) as ended
             from account a
             where a.unit_id = $1 and a.audience = 'civil_servant' and a.state <> 'closed'
             order by a.sort_key, a.login",
            unit,
            round,
        )
    }

    /// People whose sheets carry the unit.
    pub(super) async fn people_of_unit(&mut self, unit: UnitId, round: RoundId) -> Result<i64> {
        let row: (i64,) = get!(
            self,
            "select cast(count(distinct t.account_id) as bigint)
             from attempt t
             join division d on d.id = t.division_id
             where t.round_id = $2 and t.unit_id = $1 and t.stage <> 'running' and d.audience = 'civil_servant'",
            unit,
            round,
        )?;
        Ok(row.0)
    }

    pub(super) async fn requests(&mut self, state: &str, kind: &str) -> Result<Vec<Request>> {
        list!(
            self,
            "select q.id, q.kind, q.state, q.detail, q.created_at, q.due_at, q.decided_at, q.answer,
                    a.id as account, a.full_name, a.login, u.name as unit,
                    o.id as other_account, o.full_name as other_name, o.login as other_login,
                    b.full_name as decided_by
             from request q
             left join account a on a.id = q.account_id
             left join unit u on u.id = a.unit_id
             left join account o on o.id = q.other_account_id
             left join account b on b.id = q.decided_by
             where (q.state = $1 or $1 = '') and (q.kind = $2 or $2 = '')
             order by case when q.state = 'open' then 0 else 1 end, coalesce(q.due_at, q.created_at), q.id
             limit 500",
            state,
            kind,
        )
    }

    pub(super) async fn request(&mut self, id: RequestId) -> Result<Option<Request>> {
        find!(
            self,
            "select q.id, q.kind, q.state, q.detail, q.created_at, q.due_at, q.decided_at, q.answer,
                    a.id as account, a.full_name, a.login, u.name as unit,
                    o.id as other_account, o.full_name as other_name, o.login as other_login,
                    b.full_name as decided_by
             from request q
             left join account a on a.id = q.account_id
             left join unit u on u.id = a.unit_id
             left join account o on o.id = q.other_account_id
             left join account b on b.id = q.decided_by
             where q.id = $1",
            id,
        )
    }

    /// Decides a request that still waits.
    pub(super) async fn decide_request(
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

    /// Withdraws every standing consent of the account.
    pub(super) async fn withdraw_consents(&mut self, account: AccountId, now: Timestamp) -> Result<u64> {
        exec!(self, "update consent set withdrawn_at = $2 where account_id = $1 and withdrawn_at is null", account, now)
    }

    /// Closes the account and forgets what its records do not need; the name stays with its attempts.
    pub(super) async fn close_account(&mut self, account: AccountId) -> Result<u64> {
        exec!(&mut *self, "delete from national_id where account_id = $1", account)?;
        exec!(&mut *self, "delete from role_grant where account_id = $1", account)?;
        exec!(
            self,
            "update account
             set state = 'closed', password_hash = null, email = '', position = '', birth_date = null
             where id = $1 and state <> 'closed'",
            account,
        )
    }

    pub(super) async fn count_notes(&mut self, query: &AuditQuery) -> Result<i64> {
        let row: (i64,) = get!(
            self,
            "select cast(count(*) as bigint)
             from audit_note n
             left join account a on a.id = n.account_id
             where (n.deed = $1 or $1 = '')
               and (n.subject = $2 or $2 = '')
               and (a.folded like $3 escape '\\' or a.login like $3 escape '\\' or $3 = '')
               and n.at >= $4 and n.at < $5",
            &query.deed,
            &query.subject,
            &query.who,
            query.from,
            query.until,
        )?;
        Ok(row.0)
    }

    pub(super) async fn notes(&mut self, query: &AuditQuery, from: i64) -> Result<Vec<AuditLine>> {
        list!(
            self,
            "select n.id, n.at, n.deed, n.subject, n.detail, a.id as account, a.full_name, a.login
             from audit_note n
             left join account a on a.id = n.account_id
             where (n.deed = $1 or $1 = '')
               and (n.subject = $2 or $2 = '')
               and (a.folded like $3 escape '\\' or a.login like $3 escape '\\' or $3 = '')
               and n.at >= $4 and n.at < $5
             order by n.at desc, n.id desc
             limit $6 offset $7",
            &query.deed,
            &query.subject,
            &query.who,
            query.from,
            query.until,
            LINES,
            from,
        )
    }
}
