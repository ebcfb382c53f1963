//! A ranking is written in stages: half of one is never seen, and two at a time do no harm.

use super::{SERVANTS, all_sat, refusal, three};
use domain::{Refusal, contest::RankingKey};
use tests::{SimulatedPlan, SimulatedRound, World, story};

/// Lines on boards that were left by a ranking of this run.
const LEFT: &str = "select cast(count(*) as bigint) from standing where round_id = $1 and run = 999";
/// Runs of the round whose lines are kept, beside the one that holds.
const OTHER_RUNS: &str = "select cast(count(distinct s.run) as bigint)
                          from standing s
                          join outcome o on o.round_id = s.round_id
                          where s.round_id = $1 and s.run <> o.run";

async fn a_ranked_round(world: &World) -> SimulatedRound {
    let mut plan = SimulatedPlan { prizes: vec![(SERVANTS, "Nhất", 1)], ..SimulatedPlan::default() };
    plan.rules.public_places = 10;
    plan.rules.ranking = vec![RankingKey::Correct];
    let round = world.simulated_round(&plan).await;
    let [lan, minh, dao] = three(world).await;
    all_sat(world, &round, &[(&lan, 10), (&minh, 9), (&dao, 8)], Some(3)).await;
    world.rank(&round).await;
    round
}

story!(what_an_interrupted_ranking_left_is_never_seen_and_removed_by_the_next, |world| {
    let round = a_ranked_round(&world).await;
    let organiser = world.organiser().await;
    let people = "insert into standing (round_id, run, span, account_id, audience, attempt_id, unit_id, line, place,
                                        correct, score, prediction, distance, duration_ms, handed_in_at)
                  select round_id, 999, span, account_id, audience, attempt_id, unit_id, line, 1, 99, 99, prediction, distance, 1, 1
                  from standing
                  where round_id = $1";
    world.run(people, &[round.id.0]).await;
    let units = "insert into unit_standing (round_id, run, span, unit_id, block, place, people, attempts, headcount,
                                            rate_ppm, over_headcount, mean_milli)
                 select round_id, 999, span, unit_id, block, 1, 99, 99, headcount, rate_ppm, over_headcount, mean_milli
                 from unit_standing
                 where round_id = $1";
    world.run(units, &[round.id.0]).await;
    assert_eq!(world.count(LEFT, &[round.id.0]).await, 3);
    let page = world.engine.results_to_judge(&organiser, round.id).await.expect("results");
    assert_eq!(page.top.iter().map(|line| line.correct).collect::<Vec<_>>(), [10, 9, 8]);
    assert!(page.units.iter().all(|unit| unit.people < 99));
    assert_eq!(page.announcement.winners[0].correct, 10);
    world.engine.rank_round(&organiser, round.id).await.expect("ranked again");
    assert_eq!(world.count(LEFT, &[round.id.0]).await, 0);
    let left = "select cast(count(*) as bigint) from unit_standing where round_id = $1 and run = 999";
    assert_eq!(world.count(left, &[round.id.0]).await, 0);
});

story!(ranking_again_keeps_at_most_the_ranking_before, |world| {
    let round = a_ranked_round(&world).await;
    let organiser = world.organiser().await;
    for _ in 0..3 {
        world.engine.rank_round(&organiser, round.id).await.expect("ranked again");
        assert!(world.count(OTHER_RUNS, &[round.id.0]).await <= 1);
    }
    assert_eq!(world.engine.results_to_judge(&organiser, round.id).await.expect("results").top.len(), 3);
});

story!(two_who_rank_at_once_leave_one_whole_ranking, |world| {
    let round = a_ranked_round(&world).await;
    let (one, other) = (world.organiser().await, world.second_organiser().await);
    let (first, second) = tokio::join!(world.engine.rank_round(&one, round.id), world.engine.rank_round(&other, round.id));
    assert!(first.is_ok() || second.is_ok(), "{first:?} {second:?}");
    for outcome in [first, second] {
        if outcome.is_err() {
            assert_eq!(refusal(outcome), Refusal::ChangedMeanwhile);
        }
    }
    let page = world.engine.results_to_judge(&one, round.id).await.expect("results");
    assert_eq!(page.top.iter().map(|line| (line.place, line.correct)).collect::<Vec<_>>(), [(1, 10), (2, 9), (3, 8)]);
    assert_eq!(page.announcement.facts.people(), 3);
});
