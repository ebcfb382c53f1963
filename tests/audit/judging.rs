//! Deeds from the closed round to published results, and their correction.

use super::Log;
use domain::{
    Millis, Points,
    contest::RankingKey,
    identity::{Audience, Deed},
    ranking::{AwardState, TieRuling},
};
use engine::{
    Caller,
    ranking::{SimulatedPerson, SimulatedSitting},
    results::Decision,
};
use tests::{PrizeFor, SimulatedPlan, SimulatedRound};
use uuid::Uuid;

const DECISION: Decision<'static> = Decision { number: "12/QĐ-BTC", date: "23/11/2026", file: None };

pub async fn walk(log: &mut Log<'_>) {
    let mut plan = SimulatedPlan { prizes: vec![(PrizeFor::People(Audience::CivilServant), "Nhất", 1)], ..SimulatedPlan::default() };
    plan.rules.ranking = vec![RankingKey::Correct];
    let round = log.world.simulated_round(&plan).await;
    for name in ["Trần Văn Minh", "Võ Thị An", "Bùi Thị Bình"] {
        let person = log.world.contestant(name, "so-y-te").await;
        sits(log, &round, &person).await;
    }
    let organiser = log.world.organiser().await;
    Box::pin(review(log, &organiser, &round)).await;
    verify(log, &organiser, &round).await;
    publish(log, &organiser, &round).await;
    asks_for_another_unit(log).await;
}

/// Whoever has an attempt chooses the unit no longer.
async fn asks_for_another_unit(log: &mut Log<'_>) {
    let world = log.world;
    let (engine, minh) = (&world.engine, world.contestant("Trần Văn Minh", "so-y-te").await);
    let home = world.unit("so-noi-vu").await.to_string();
    log.once(Deed::AskUnitChange, engine.ask_unit_change(&minh, &home)).await;
}

/// Everybody has everything right: a tie; and everybody is to be looked at.
async fn sits(log: &mut Log<'_>, round: &SimulatedRound, person: &Caller) {
    let sitting = SimulatedSitting {
        started_at: round.opens_at,
        ended_at: round.opens_at + Millis::minutes(9),
        correct: 10,
        score: Points(10),
        prediction: Some(3),
        flag: "Nộp bài sau 12 giây",
        sheet: None,
    };
    let person = SimulatedPerson { account: person.account, sittings: vec![sitting] };
    log.once(Deed::SeedDemo, log.world.engine.simulate_sittings(round.id, &[person])).await;
}

async fn review(log: &mut Log<'_>, organiser: &Caller, round: &SimulatedRound) {
    let engine = &log.world.engine;
    log.world.wind(Millis::hours(2));
    log.once(Deed::BeginReview, engine.begin_review(organiser, round.id)).await;
    let flagged = engine.entries_to_review(organiser, round.id).await.expect("the flagged");
    let [first, second, third] = &flagged[..] else { panic!("three, not {flagged:?}") };
    log.once(Deed::VoidAttempt, engine.void_attempt(organiser, first.attempt, "Nộp bằng công cụ tự động")).await;
    log.once(Deed::KeepAttempt, engine.keep_attempt(organiser, second.attempt)).await;
    log.once(Deed::KeepAttempt, engine.keep_attempt(organiser, third.attempt)).await;
    let prize = Uuid::from_u128(99);
    let of_contest = "insert into prize (id, contest_id, audience, name, quantity, value, position)
                      select $1, contest_id, 'civil_servant', 'Chung cuộc', 1, 0, 99 from round where id = $2";
    log.world.run(of_contest, &[prize, round.id.0]).await;
    log.once(Deed::SumUpContest, engine.sum_up_contest(organiser, round.id, true)).await;
    log.once(Deed::SumUpContest, engine.sum_up_contest(organiser, round.id, false)).await;
    log.world.run("delete from prize where id = $1", &[prize]).await;
    Box::pin(log.once(Deed::RankRound, engine.rank_round(organiser, round.id))).await;
}

async fn verify(log: &mut Log<'_>, organiser: &Caller, round: &SimulatedRound) {
    let engine = &log.world.engine;
    let tie = (round.id, round.prizes[0]);
    log.once(Deed::DecideTie, engine.decide_tie(organiser, tie, TieRuling::Divide, (&[], "Biên bản số 3"))).await;
    let awards = engine.verification(organiser, round.id).await.expect("the winners").awards;
    let proposed: Vec<_> = awards.iter().filter(|award| award.state == AwardState::Proposed).collect();
    let asks = "update contest set id_number = 'winners_only' where id = (select contest_id from round where id = $1)";
    log.world.run(asks, &[round.id.0]).await;
    log.once(Deed::AskNumbers, engine.ask_winners(organiser, round.id)).await;
    let winner = log.world.contestant(&proposed[0].name, "so-y-te").await;
    log.once(Deed::GiveIdNumber, engine.give_winner_number(&winner, round.id, "051 085 001 235")).await;
    log.once(Deed::VerifyWinner, engine.verify_winner(organiser, proposed[0].id)).await;
    log.once(Deed::WithdrawWinner, engine.withdraw_winner(organiser, proposed[1].id, "Từ chối nhận giải")).await;
}

async fn publish(log: &mut Log<'_>, organiser: &Caller, round: &SimulatedRound) {
    let (engine, second) = (&log.world.engine, log.world.second_organiser().await);
    log.once(Deed::SubmitResults, engine.submit_results(organiser, round.id)).await;
    log.once(Deed::DeclineResults, engine.decline_results(&second, round.id, "Thiếu biên bản")).await;
    log.once(Deed::SubmitResults, engine.submit_results(organiser, round.id)).await;
    log.once(Deed::ApproveResults, engine.approve_results(&second, round.id)).await;
    log.once(Deed::PublishResults, engine.publish_results(organiser, round.id, DECISION)).await;
    log.once(Deed::RecordDecision, engine.record_decision(organiser, round.id, DECISION)).await;
    log.once(Deed::CorrectResults, engine.correct_results(organiser, round.id, "Sai tên đơn vị của người đạt giải")).await;
}
