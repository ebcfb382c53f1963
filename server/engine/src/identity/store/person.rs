//! Statements about people as organisers find and read them.

use crate::{
    identity::people::{LINES, Moved},
    store::{Result, Work},
};
use domain::{
    Timestamp,
    id::{AccountId, UnitId},
    identity::Audience,
};

/// People by name or login, unit and state: `$1` to `$4`.
macro_rules! people_found {
    ($columns:literal, $order:literal) => {
        concat!(
            "select ",
            $columns,
            " from account a
              left join unit u on u.id = a.unit_id
              where (a.folded like $1 escape '\\' or a.login like $2 escape '\\')
                and (a.unit_id = $3 or $3 is null)
                and (a.state = $4 or $4 = '') ",
            $order
        )
    };
}

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

impl Work {
    pub(in crate::identity) async fn count_people(
        &mut self,
        (name, login): (&str, &str),
        unit: Option<UnitId>,
        state: &str,
    ) -> Result<i64> {
        let row: (i64,) = get!(self, people_found!("cast(count(*) as bigint)", ""), name, login, unit, state)?;
        Ok(row.0)
    }

    pub(in crate::identity) async fn people(
        &mut self,
        (name, login): (&str, &str),
        unit: Option<UnitId>,
        state: &str,
        from: i64,
    ) -> Result<Vec<ListLine>> {
        list!(
            self,
            people_found!(
                "a.id, a.login, a.full_name, a.audience, u.name as unit, a.state, a.sample",
                "order by a.sort_key, a.login limit $5 offset $6"
            ),
            name,
            login,
            unit,
            state,
            LINES,
            from,
        )
    }

    pub(in crate::identity) async fn person(&mut self, account: AccountId) -> Result<Option<PersonRow>> {
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

    pub(in crate::identity) async fn moves_of(&mut self, account: AccountId) -> Result<Vec<Moved>> {
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
}
