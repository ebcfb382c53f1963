//! "Cho thi lại, thêm lượt": so many attempts more, and late answers stay uncounted.

use super::guesses;
use domain::{Millis, Refusal, attempt::GRACE, contest::AttemptPolicy};
use std::collections::BTreeSet;
use tests::{SMALL, SmallRound, refused, story, to_person, to_unit};

const MS: Millis = Millis(1);

story!(the_remedy_for_a_lost_sheet_is_another_attempt_and_its_late_answers_stay_uncounted, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (lan, first) = world.sits("Nguyễn Thị Lan", &small).await;
    guesses(&world, (&lan, first), 1, "1").await.expect("saved");
    world.wind(Millis::minutes(20) + GRACE + MS);
    refused!(guesses(&world, (&lan, first), 2, "2").await, Refusal::TooLate);
    world.engine.sweep().await.expect("swept");
    refused!(world.engine.start(&lan, small.round).await, Refusal::NoAttemptsLeft);
    world.grants(small.round, &to_person(&lan, "attempts", "1")).await;
    let entrance = world.engine.entrance(&lan, SMALL).await.expect("the start page");
    assert_eq!((entrance.refusal, entrance.used, entrance.policy), (None, 1, AttemptPolicy::PerRound(2)));
    let second = world.engine.start(&lan, small.round).await.expect("the remedy");
    assert_ne!(second, first);
    guesses(&world, (&lan, second), 1, "9").await.expect("saved");
    world.engine.hand_in(&lan, second).await.expect("handed in");
    refused!(world.engine.start(&lan, small.round).await, Refusal::NoAttemptsLeft);
    assert_eq!(world.count("select prediction from attempt where id = $1", &[first.0]).await, 1);
    assert_eq!(world.count("select cast(count(*) as bigint) from saved_sheet where attempt_id = $1 and late", &[first.0]).await, 1);
    assert_eq!(world.engine.prove_round(small.round).await.expect("proved").found, []);
});

story!(attempts_never_exceed_the_policy_and_the_grant_however_many_start_at_once, |world| {
    let small = world.small_round(&SmallRound { policy: AttemptPolicy::PerRound(1), ..SmallRound::default() }).await;
    let person = world.entrant("Phạm Văn Đức").await;
    world.grants(small.round, &to_unit(world.unit("so-noi-vu").await, "attempts", "1")).await;
    world.grants(small.round, &to_person(&person, "attempts", "1")).await;
    for expected in 1..=3_i64 {
        let starts = (0..16).map(|_| {
            let (engine, person) = (world.engine.clone(), person.clone());
            tokio::spawn(async move { engine.start(&person, small.round).await.expect("started or resumed") })
        });
        let attempts: BTreeSet<_> = futures::future::join_all(starts).await.into_iter().map(|start| start.expect("joined")).collect();
        assert_eq!(attempts.len(), 1);
        assert_eq!(world.count("select cast(count(*) as bigint) from attempt where account_id = $1", &[person.account.0]).await, expected);
        let attempt = attempts.into_iter().next().expect("one");
        world.engine.hand_in(&person, attempt).await.expect("handed in");
    }
    refused!(world.engine.start(&person, small.round).await, Refusal::NoAttemptsLeft);
    let other = world.entrant("Trần Văn Nam").await;
    for _ in 0..2 {
        let attempt = world.engine.start(&other, small.round).await.expect("the unit's attempt too");
        world.engine.hand_in(&other, attempt).await.expect("handed in");
    }
    refused!(world.engine.start(&other, small.round).await, Refusal::NoAttemptsLeft);
});

story!(an_attempt_more_on_one_day_is_taken_once, |world| {
    let plan = SmallRound { policy: AttemptPolicy::PerDay(1), lasts: Millis::days(3), ..SmallRound::default() };
    let small = world.small_round(&plan).await;
    let lan = world.entrant("Nguyễn Thị Lan").await;
    world.grants(small.round, &to_person(&lan, "attempts", "1")).await;
    for _ in 0..2 {
        let attempt = world.engine.start(&lan, small.round).await.expect("started");
        world.engine.hand_in(&lan, attempt).await.expect("handed in");
    }
    refused!(world.engine.start(&lan, small.round).await, Refusal::NoAttemptsLeft);
    world.wind(Millis::days(1));
    let attempt = world.engine.start(&lan, small.round).await.expect("a new day");
    world.engine.hand_in(&lan, attempt).await.expect("handed in");
    refused!(world.engine.start(&lan, small.round).await, Refusal::NoAttemptsLeft);
});

story!(after_the_close_another_attempt_needs_a_late_start_too, |world| {
    let plan = SmallRound::default();
    let closes = world.closing(&plan);
    let small = world.small_round(&plan).await;
    let (lan, first) = world.sits("Nguyễn Thị Lan", &small).await;
    world.engine.hand_in(&lan, first).await.expect("handed in");
    world.wind(plan.lasts);
    world.grants(small.round, &to_person(&lan, "attempts", "1")).await;
    refused!(world.engine.start(&lan, small.round).await, Refusal::Closed);
    world.grants(small.round, &to_person(&lan, "late_start", &(closes + Millis::hours(1)).short())).await;
    world.engine.start(&lan, small.round).await.expect("started");
});
