//! A contest for people who are played: announced, frozen before it opened an hour ago, open for a while.

use crate::http::Failure;
use domain::{
    Millis, Timestamp,
    contest::{ContestForm, DivisionForm, PrizeForm, RoundForm},
    id::{RoundId, UnitId},
    identity::{Audience, Role},
};
use engine::{Caller, Engine, identity::NewAccount};

const MINUTE: i64 = 60_000;

/// How a contest differs.
#[derive(Debug, Clone)]
pub struct Wish<'w> {
    /// Its address.
    pub slug: &'w str,
    /// Its round is open for so long from now, rounded up to the minute.
    pub lasts: Millis,
    /// The rules of the round that are not the same for all.
    pub round: RoundForm,
    /// The division of civil servants.
    pub division: DivisionForm,
    /// The prizes of the round, and the same again of the whole contest.
    pub prizes: Vec<PrizeForm>,
}

/// Its one round, and when that closes.
pub type Opened = (RoundId, Timestamp);

/// Sets up a contest whose round is open.
///
/// # Errors
/// When a deed is refused.
pub async fn open_contest(engine: &Engine, organiser: &Caller, wish: Wish<'_>) -> Result<Opened, Failure> {
    // Set up two hours ago, opened one hour ago: rounds are frozen before they open.
    engine.clock.wind(Millis::hours(-2));
    let opened = set_up(engine, organiser, wish).await;
    engine.clock.wind(Millis::hours(2));
    opened
}

async fn set_up(engine: &Engine, organiser: &Caller, wish: Wish<'_>) -> Result<Opened, Failure> {
    let now = engine.now();
    let opens = Timestamp((now + Millis::hours(1)).0 / MINUTE * MINUTE);
    let closes = Timestamp(((now + Millis::hours(2) + wish.lasts).0 + MINUTE - 1) / MINUTE * MINUTE);
    let form = ContestForm {
        slug: wish.slug.to_owned(),
        title: "Tìm hiểu cải cách hành chính".to_owned(),
        host: "Trung tâm Phục vụ – Kiểm soát thủ tục hành chính tỉnh Quảng Ngãi".to_owned(),
        introduction: "Cuộc thi tìm hiểu về **cải cách hành chính**.".to_owned(),
        guide: "Đăng ký, vào thi, nộp bài.".to_owned(),
        help_line: "0255 000 0000".to_owned(),
        ..ContestForm::default()
    };
    let contest = engine.create_contest(organiser, &form).await?;
    engine.decide_rules(organiser, contest, "# Thể lệ\n\nMỗi người dự thi ở một bảng.", "").await?;
    engine.edit_prizes(organiser, contest, None, &wish.prizes).await?;
    engine.announce_contest(organiser, contest).await?;
    let round = RoundForm {
        label: "Tuần 1".to_owned(),
        opens_at: opens.short(),
        closes_at: closes.short(),
        results_expected: (closes + Millis::days(3)).date(),
        headcount_as_of: now.date(),
        policy: "per_round".to_owned(),
        ranking: ["correct", "prediction_distance", "handed_in_at"].map(str::to_owned).to_vec(),
        shuffle_questions: true,
        shuffle_options: true,
        public_places: "20".to_owned(),
        ..wish.round
    };
    let round = engine.add_round(organiser, contest, &round).await?;
    engine.edit_division(organiser, round, Audience::CivilServant, &wish.division).await?;
    engine.edit_prizes(organiser, contest, Some(round), &wish.prizes).await?;
    engine.schedule_round(organiser, round).await?;
    Ok((round, closes))
}

/// A civil servant's account, without a password.
pub fn account<'a>(login: &'a str, full_name: &'a str, unit: Option<UnitId>, roles: &'a [Role]) -> NewAccount<'a> {
    NewAccount { login, full_name, audience: Audience::CivilServant, unit, password: None, sample: false, roles }
}
