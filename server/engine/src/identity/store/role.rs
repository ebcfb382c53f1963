//! Statements about roles and who holds them.

use crate::store::{Result, Work};
use domain::{Timestamp, id::AccountId, identity::Role};

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

impl Work {
    pub(in crate::identity) async fn roles_of(&mut self, account: AccountId) -> Result<Vec<Role>> {
        let rows: Vec<(Role,)> = list!(self, "select role from role_grant where account_id = $1 order by role", account)?;
        Ok(rows.into_iter().map(|(role,)| role).collect())
    }

    pub(in crate::identity) async fn holders(&mut self) -> Result<Vec<HolderOfRole>> {
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

    /// Grants a role; one that is held already stays as it was granted.
    pub(crate) async fn grant(&mut self, account: AccountId, role: Role, by: Option<AccountId>, now: Timestamp) -> Result<u64> {
        exec!(
            self,
            "insert into role_grant (account_id, role, granted_by, granted_at)
             values ($1, $2, $3, $4)
             on conflict (account_id, role) do nothing",
            account,
            role,
            by,
            now,
        )
    }

    /// Whether the account may be the second person of what `first` proposed or submitted then: it was an organiser already
    /// (those of the installation always were), and has not been let in since by a code of the first one.
    pub(crate) async fn is_second_person(&mut self, account: AccountId, (first, then): (AccountId, Timestamp)) -> Result<bool> {
        let row: (i64,) = get!(
            self,
            "select cast(count(*) as bigint)
             from role_grant g
             where g.account_id = $1
               and g.account_id <> $2
               and g.role = 'organiser'
               and (g.granted_by is null or g.granted_at < $3)
               and not exists (select 1
                               from one_time_code c
                               where c.account_id = $1
                                 and c.issued_by = $2
                                 and c.used_at >= $3)",
            account,
            first,
            then,
        )?;
        Ok(row.0 > 0)
    }

    pub(in crate::identity) async fn withdraw(&mut self, account: AccountId, role: Role) -> Result<u64> {
        exec!(self, "delete from role_grant where account_id = $1 and role = $2", account, role)
    }

    /// Writes nothing new, but makes others who change administrators wait.
    pub(in crate::identity) async fn hold_admins(&mut self) -> Result<u64> {
        exec!(self, "update role_grant set granted_at = granted_at where role = 'admin'")
    }

    pub(in crate::identity) async fn other_admins(&mut self, but: AccountId) -> Result<i64> {
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
}
