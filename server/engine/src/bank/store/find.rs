//! Statements that find questions by what their newest version says.

use crate::{
    bank::find::{Found, QuestionFilter},
    store::{Result, Work},
};
use domain::{bank::Status, id::AccountId};

/// Questions that match a filter: `$1` to `$8`.
macro_rules! questions_found {
    ($columns:literal, $order:literal) => {
        concat!(
            "select ",
            $columns,
            " from question q
              join question_version v on v.id = q.newest_id
              join topic t on t.id = q.topic_id
              join account a on a.id = v.author_id
              where ($1 is null or exists (select 1 from topic h where h.id = $1 and (t.id = h.id or t.code like h.code || '.%')))
                and ($2 is null or q.difficulty = $2)
                and ($3 is null or q.status = $3)
                and ($4 is null or v.legal_document = $4)
                and ($5 is null or q.folded like $5 escape '!')
                and ($6 is null or v.author_id = $6)
                and ($7 is null or v.kind = $7)
                and ($8 is null or v.legal_until <= $8) ",
            $order
        )
    };
}

impl Work {
    pub(in crate::bank) async fn found(&mut self, filter: &QuestionFilter, words: Option<&str>, page: (i64, i64)) -> Result<Vec<Found>> {
        list!(
            self,
            questions_found!(
                "q.id, q.code, q.difficulty, q.status, q.changed_at, q.approved_id is not null as drawable,
                 v.id as version_id, v.number, v.kind, v.content, v.legal_document, v.legal_until,
                 t.code as topic_code, t.name as topic_name, a.full_name as author",
                "order by q.changed_at desc, q.id desc limit $9 offset $10"
            ),
            filter.topic,
            filter.difficulty,
            filter.status,
            filter.document.as_deref(),
            words,
            filter.author,
            filter.kind,
            filter.expired_at,
            page.0,
            page.1,
        )
    }

    pub(in crate::bank) async fn count_found(&mut self, filter: &QuestionFilter, words: Option<&str>) -> Result<i64> {
        let (count,): (i64,) = get!(
            self,
            questions_found!("cast(count(*) as bigint)", ""),
            filter.topic,
            filter.difficulty,
            filter.status,
            filter.document.as_deref(),
            words,
            filter.author,
            filter.kind,
            filter.expired_at,
        )?;
        Ok(count)
    }

    /// Every document that a newest version cites.
    pub(in crate::bank) async fn legal_documents(&mut self) -> Result<Vec<(String,)>> {
        list!(
            self,
            "select distinct v.legal_document
             from question q
             join question_version v on v.id = q.newest_id
             where v.legal_document <> ''
             order by v.legal_document",
        )
    }

    /// Everybody who writes a newest version.
    pub(in crate::bank) async fn question_authors(&mut self) -> Result<Vec<(AccountId, String)>> {
        list!(
            self,
            "select a.id, a.full_name
             from account a
             where a.id in (select v.author_id from question q join question_version v on v.id = q.newest_id)
             order by a.sort_key",
        )
    }

    /// How many questions stand at each status.
    pub(in crate::bank) async fn questions_by_status(&mut self) -> Result<Vec<(Status, i64)>> {
        list!(self, "select status, cast(count(*) as bigint) from question group by status")
    }
}
