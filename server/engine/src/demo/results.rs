//! The way of a closed round to its publication, by the hands of two organisers.

use super::{accounts::Cast, journey::Journey};
use crate::{Engine, Fault, Result, results::Decision};
use domain::{
    id::RoundId,
    ranking::{AwardState, TieRuling},
};

/// How often winners are looked through before something must be wrong.
const ROUNDS_OF_VERIFICATION: usize = 10;

/// Reviews, ranks, verifies, submits, approves and publishes the round.
pub(super) async fn publish(engine: &Engine, journey: &Journey<'_>, cast: &Cast, round: RoundId) -> Result<()> {
    journey.to(-13, 9);
    engine.begin_review(&cast.organiser, round).await?;
    for (n, entry) in (0..).zip(engine.entries_to_review(&cast.organiser, round).await?) {
        if n % 4 == 0 {
            let why = "Thời gian làm bài không đủ để đọc đề; người dự thi không giải trình.";
            engine.void_attempt(&cast.organiser, entry.attempt, why).await?;
        } else {
            engine.keep_attempt(&cast.organiser, entry.attempt).await?;
        }
    }
    journey.to(-13, 15);
    engine.rank_round(&cast.organiser, round).await?;
    journey.to(-12, 9);
    verify(engine, cast, round).await?;
    journey.to(-12, 16);
    engine.submit_results(&cast.organiser, round).await?;
    journey.to(-11, 8);
    engine.approve_results(&cast.second_organiser, round).await?;
    journey.to(-11, 9);
    let date = journey.moment(-11, 0).date();
    let decision = Decision { number: "01/QĐ-BTC (mô phỏng)", date: &date, file: None };
    engine.publish_results(&cast.second_organiser, round, decision).await
}

/// Settles ties, lets one winner withdraw, ticks everybody else.
async fn verify(engine: &Engine, cast: &Cast, round: RoundId) -> Result<()> {
    let organiser = &cast.organiser;
    let mut withdrawn = false;
    for _ in 0..ROUNDS_OF_VERIFICATION {
        let found = engine.verification(organiser, round).await?;
        if let Some(tie) = found.ties.first() {
            let seats = usize::try_from(tie.seats).unwrap_or(1);
            let drawn: Vec<_> = tie.among.iter().take(seats).map(|member| member.id).collect();
            engine
                .decide_tie(
                    organiser,
                    (round, tie.prize),
                    TieRuling::Lots,
                    (&drawn, "Bốc thăm công khai tại phòng họp, có biên bản mô phỏng."),
                )
                .await?;
            continue;
        }
        let proposed: Vec<_> = found.awards.into_iter().filter(|award| award.state == AwardState::Proposed).collect();
        if proposed.is_empty() {
            return Ok(());
        }
        if !withdrawn && let Some(award) = proposed.iter().rev().find(|award| award.audience.is_some()) {
            engine.withdraw_winner(organiser, award.id, "Người đạt giải từ chối nhận giải (mô phỏng).").await?;
            withdrawn = true;
            continue;
        }
        for award in proposed {
            engine.verify_winner(organiser, award.id).await?;
        }
    }
    Err(Fault::Broken("the winners of the demo could not be verified").into())
}
