//! Statements about what is read of a ranking: winners, first places, units, lists of published rounds.

use crate::{
    ranking::store::{Ranking, StandingRow, standing_columns},
    store::{Result, Work},
};
use domain::{
    Timestamp,
    id::{AccountId, ContestId, PrizeId, RoundId, UnitId},
    identity::{Audience, Block},
    ranking::Span,
};

/// A person as results name them.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct PersonRow {
    /// The name.
    pub full_name: String,
    /// Whether the name may be published.
    pub named: bool,
    /// The unit.
    pub unit: Option<String>,
    /// Mã dự thi.
    pub code: Option<String>,
}

/// The columns of a [`PersonRow`], of the account `c`, the unit `u` and the entry `e`.
macro_rules! person_columns {
    () => {
        "c.full_name,
         (c.sample or exists (
             select 1 from consent k
             where k.account_id = c.id and k.purpose = 'publish' and k.withdrawn_at is null)) as named,
         u.name as unit, e.code"
    };
}

/// A winner of an individual prize.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct WinnerRow {
    /// Whether it is a prize of the round or of the whole contest.
    pub span: Span,
    /// The prize.
    pub prize_id: PrizeId,
    /// Its name.
    pub prize: String,
    /// Its value.
    pub value: i64,
    /// Who.
    #[sqlx(flatten)]
    pub person: PersonRow,
    /// The line on the board of the prize.
    #[sqlx(flatten)]
    pub line: StandingRow,
}

/// One of the first places.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct TopRow {
    /// Who.
    #[sqlx(flatten)]
    pub person: PersonRow,
    /// The line.
    #[sqlx(flatten)]
    pub line: StandingRow,
}

/// A winner of a collective prize.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct CollectiveRow {
    /// Whether it is a prize of the round or of the whole contest.
    pub span: Span,
    /// The prize.
    pub prize_id: PrizeId,
    /// Its name.
    pub prize: String,
    /// Its value.
    pub value: i64,
    /// The block.
    pub block: Block,
    /// The unit.
    pub unit_id: UnitId,
    /// Its name.
    pub name: String,
    /// The place.
    pub place: i64,
}

/// A unit's line on the board, with its name.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct UnitRow {
    /// The unit.
    pub unit_id: UnitId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its block.
    pub block: Block,
    /// Its place.
    pub place: Option<i64>,
    /// People.
    pub people: i64,
    /// Attempts.
    pub attempts: i64,
    /// Headcount.
    pub headcount: Option<i64>,
    /// Participation in millionths.
    pub rate_ppm: Option<i64>,
    /// More people than headcount.
    pub over_headcount: bool,
    /// Mean points in thousandths.
    pub mean_milli: i64,
}

/// A published round in a list.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct PublishedRow {
    /// The round.
    pub round_id: RoundId,
    /// The contest's address.
    pub slug: String,
    /// The contest's title.
    pub title: String,
    /// Everything in it is simulated.
    pub simulated: bool,
    /// Which round.
    pub position: i64,
    /// Its label.
    pub label: String,
    /// Which version is public.
    pub version: i64,
    /// Since when.
    pub published_at: Timestamp,
}

impl Work {
    /// The round at this public address.
    pub(crate) async fn round_at(&mut self, slug: &str, position: i64) -> Result<Option<(RoundId,)>> {
        find!(
            self,
            "select r.id
             from round r
             join contest c on c.id = r.contest_id
             where c.slug = $1 and r.position = $2 and c.stage <> 'draft' and r.stage <> 'draft'",
            slug,
            position,
        )
    }

    pub(in crate::results) async fn published_rows(&mut self, slug: &str) -> Result<Vec<PublishedRow>> {
        list!(
            self,
            "select r.id as round_id, c.slug, c.title, c.simulated, r.position, r.label, p.version, p.published_at
             from publication p
             join round r on r.id = p.round_id
             join contest c on c.id = r.contest_id
             where p.state = 'published' and c.stage <> 'draft' and ($1 = '' or c.slug = $1)
             order by p.published_at desc, r.position desc",
            slug,
        )
    }

    /// Everybody who holds an individual prize, those of the round first, the highest prize first.
    pub(in crate::results) async fn winner_rows(&mut self, ranking: Ranking) -> Result<Vec<WinnerRow>> {
        list!(
            self,
            concat!(
                "select s.span, a.prize_id, p.name as prize, p.value, ",
                person_columns!(),
                ", ",
                standing_columns!(),
                " from award a
                 join prize p on p.id = a.prize_id
                 join account c on c.id = a.account_id
                 join standing s on s.round_id = a.round_id and s.run = $3 and s.account_id = a.account_id
                                and s.span = case when p.round_id is null then 'contest' else 'round' end
                 left join unit u on u.id = s.unit_id
                 left join entry e on e.contest_id = a.contest_id and e.account_id = a.account_id
                 where a.round_id = $1 and a.version = $2 and a.state <> 'withdrawn' and p.audience is not null
                 order by s.span desc, p.audience desc, p.position, s.line"
            ),
            ranking.round,
            ranking.version,
            ranking.run,
        )
    }

    /// Every unit that holds a collective prize, those of the round first.
    pub(in crate::results) async fn collective_rows(&mut self, ranking: Ranking) -> Result<Vec<CollectiveRow>> {
        list!(
            self,
            "select case when p.round_id is null then 'contest' else 'round' end as span,
                    a.prize_id, p.name as prize, p.value, p.block, a.unit_id, u.name, a.place
             from award a
             join prize p on p.id = a.prize_id
             join unit u on u.id = a.unit_id
             where a.round_id = $1 and a.version = $2 and a.state <> 'withdrawn' and p.block is not null
             order by case when p.round_id is null then 1 else 0 end, p.block, p.position, a.place, u.sort_key",
            ranking.round,
            ranking.version,
        )
    }

    pub(in crate::results) async fn top_rows(
        &mut self,
        ranking: Ranking,
        (span, audience): (Span, Audience),
        places: i64,
    ) -> Result<Vec<TopRow>> {
        list!(
            self,
            concat!(
                "select ",
                person_columns!(),
                ", ",
                standing_columns!(),
                " from standing s
                 join round r on r.id = s.round_id
                 join account c on c.id = s.account_id
                 left join unit u on u.id = s.unit_id
                 left join entry e on e.contest_id = r.contest_id and e.account_id = s.account_id
                 where s.round_id = $1 and s.run = $2 and s.span = $3 and s.audience = $4 and s.place <= $5
                 order by s.place, s.line"
            ),
            ranking.round,
            ranking.run,
            span,
            audience,
            places,
        )
    }

    /// Whether the account stands on the board of people for this unit.
    pub(in crate::results) async fn stood_for(&mut self, ranking: Ranking, account: AccountId, unit: UnitId) -> Result<bool> {
        let row: Option<(i64,)> = find!(
            self,
            "select cast(1 as bigint)
             from standing
             where round_id = $1 and run = $2 and span = 'round' and account_id = $3 and unit_id = $4",
            ranking.round,
            ranking.run,
            account,
            unit,
        )?;
        Ok(row.is_some())
    }

    pub(in crate::results) async fn unit_rows(&mut self, ranking: Ranking, span: Span) -> Result<Vec<UnitRow>> {
        list!(
            self,
            "select s.unit_id, u.code, u.name, s.block, s.place, s.people, s.attempts, s.headcount, s.rate_ppm,
                    s.over_headcount, s.mean_milli
             from unit_standing s
             join unit u on u.id = s.unit_id
             where s.round_id = $1 and s.run = $2 and s.span = $3
             order by s.block, case when s.place is null then 1 else 0 end, s.place, u.sort_key",
            ranking.round,
            ranking.run,
            span,
        )
    }

    /// The prizes that somebody holds: name, and whether it is of the round or of the whole contest.
    pub(in crate::results) async fn own_prizes(&mut self, ranking: Ranking, account: AccountId) -> Result<Vec<(String, Span)>> {
        list!(
            self,
            "select p.name, case when p.round_id is null then 'contest' else 'round' end
             from award a
             join prize p on p.id = a.prize_id
             where a.round_id = $1 and a.version = $2 and a.account_id = $3 and a.state <> 'withdrawn'
             order by case when p.round_id is null then 1 else 0 end, p.position",
            ranking.round,
            ranking.version,
            account,
        )
    }

    /// Why attempts of the account were not recognised in the round.
    pub(in crate::results) async fn own_void(&mut self, round: RoundId, account: AccountId) -> Result<Vec<(String,)>> {
        list!(
            self,
            "select void_why
             from attempt
             where round_id = $1 and account_id = $2 and stage = 'void'
             order by started_at",
            round,
            account,
        )
    }

    /// Position and label of the rounds in which the unit's line was published, the newest first.
    pub(in crate::results) async fn published_with_unit(&mut self, contest: ContestId, unit: UnitId) -> Result<Vec<(i64, String)>> {
        list!(
            self,
            "select r.position, r.label
             from publication p
             join round r on r.id = p.round_id
             join outcome o on o.round_id = p.round_id and o.version = p.version
             join unit_standing s on s.round_id = o.round_id and s.run = o.run and s.span = 'round'
             where p.state = 'published' and r.contest_id = $1 and s.unit_id = $2
             order by r.position desc",
            contest,
            unit,
        )
    }
}
