//! Statements that read the audit log.

use crate::{
    identity::{
        audit_log::{AuditLine, AuditQuery},
        people::LINES,
    },
    store::{Result, Work},
};

/// Notes by deed, subject, person and time: `$1` to `$5`.
macro_rules! notes_found {
    ($columns:literal, $order:literal) => {
        concat!(
            "select ",
            $columns,
            " from audit_note n
              left join account a on a.id = n.account_id
              where (n.deed = $1 or $1 = '')
                and (n.subject = $2 or $2 = '')
                and (a.folded like $3 escape '\\' or a.login like $3 escape '\\' or $3 = '')
                and n.at >= $4 and n.at < $5 ",
            $order
        )
    };
}

impl Work {
    pub(in crate::identity) async fn count_notes(&mut self, query: &AuditQuery) -> Result<i64> {
        let row: (i64,) =
            get!(self, notes_found!("cast(count(*) as bigint)", ""), &query.deed, &query.subject, &query.who, query.from, query.until)?;
        Ok(row.0)
    }

    pub(in crate::identity) async fn notes(&mut self, query: &AuditQuery, from: i64) -> Result<Vec<AuditLine>> {
        list!(
            self,
            notes_found!(
                "n.id, n.at, n.deed, n.subject, n.detail, a.id as account, a.full_name, a.login",
                "order by n.at desc, n.id desc limit $6 offset $7"
            ),
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
