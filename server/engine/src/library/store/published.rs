//! Statements about published articles, as the public reads them in lists.

use crate::store::{Result, Work};
use domain::{Timestamp, id::ContestId, library::ArticleKind};

/// Published articles by kind and contest: `$1` to `$4`.
macro_rules! published_articles {
    ($columns:literal, $order:literal) => {
        concat!(
            "select ",
            $columns,
            " from article
              where published_at is not null
                and kind in ($1, $2)
                and (contest_id = $3 or $4) ",
            $order
        )
    };
}

/// A published article in a list.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(in crate::library) struct LineRow {
    pub slug: String,
    pub kind: ArticleKind,
    pub title: String,
    pub summary: String,
    pub unit: String,
    pub image: Option<Vec<u8>>,
    pub published_at: Timestamp,
    pub changed_at: Timestamp,
}

impl Work {
    /// Published articles of these kinds, of one contest or of all.
    pub(in crate::library) async fn published(
        &mut self,
        kinds: [ArticleKind; 2],
        contest: Option<ContestId>,
        (from, most): (i64, i64),
    ) -> Result<Vec<LineRow>> {
        let [one, other] = kinds;
        list!(
            self,
            published_articles!(
                "slug, kind, title, summary, unit, image, published_at, changed_at",
                "order by published_at desc, slug limit $5 offset $6"
            ),
            one,
            other,
            contest,
            contest.is_none(),
            most,
            from,
        )
    }

    pub(in crate::library) async fn count_published(&mut self, kinds: [ArticleKind; 2], contest: Option<ContestId>) -> Result<i64> {
        let [one, other] = kinds;
        let (count,): (i64,) = get!(self, published_articles!("cast(count(*) as bigint)", ""), one, other, contest, contest.is_none())?;
        Ok(count)
    }
}
