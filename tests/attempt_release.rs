//! From the closing of a round to what its contestants may know: reviewed, published, corrected.

use domain::{
    Millis, Refusal,
    attempt::{EndedBy, GRACE, Stage},
    contest::{ContestState, RoundState},
    id::AttemptId,
};
use engine::Caller;
use tests::{SMALL, Small, SmallRound, World, refused, story};

/// Somebody has handed a sheet in with so many right answers.
async fn sat(world: &World, full_name: &str, small: &Small, known: usize) -> (Caller, AttemptId) {
    let (person, attempt) = world.sits(full_name, small).await;
    let fields = world.right_fields(&person, attempt, known).await;
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    world.engine.save(&person, attempt, World::save_of(0, 1, &fields)).await.expect("saved");
    world.engine.hand_in(&person, attempt).await.expect("handed in");
    (person, attempt)
}

story!(keys_and_marks_wait_for_what_the_rules_allow, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (person, attempt) = sat(&world, "Quách Thị Ngân", &small, 5).await;
    let nothing_yet = async |when: &str| {
        let result = world.engine.result(&person, attempt).await.expect("the receipt");
        assert!(result.own.own.is_none() && result.review.is_none(), "{when}: only the receipt");
    };
    nothing_yet("while it is open").await;
    let (one, other) = (world.organiser().await, world.second_organiser().await);
    world.wind(Millis::hours(3));
    world.engine.begin_review(&one, small.round).await.expect("review");
    nothing_yet("in review").await;
    world.engine.rank_round(&one, small.round).await.expect("ranking");
    nothing_yet("when it is ranked").await;
    world.engine.submit_results(&one, small.round).await.expect("submission");
    nothing_yet("when it is submitted").await;
    world.engine.approve_results(&other, small.round).await.expect("approval");
    nothing_yet("when it is approved").await;
    let decision = engine::results::Decision { number: "12/QĐ-BTC", date: "23/11/2026", file: None };
    world.engine.publish_results(&one, small.round, decision).await.expect("publication");
    let result = world.engine.result(&person, attempt).await.expect("the result");
    assert_eq!(result.own.own.map(|(correct, _)| correct), Some(5));
    assert_eq!(result.own.stage, Stage::Marked);
    let review = result.review.expect("published");
    assert_eq!(review.len(), 7);
    assert!(review.iter().all(|question| question.explanation.as_str().contains("chim-hoang-yen")));
    let mine = world.engine.my_attempts(&person).await.expect("the list");
    assert_eq!(mine.iter().map(|own| own.id).collect::<Vec<_>>(), [attempt]);
});

story!(a_correction_takes_nothing_back_while_it_is_prepared, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (person, attempt) = sat(&world, "Nguyễn Thị Lan", &small, 5).await;
    sat(&world, "Trần Văn Nam", &small, 6).await;
    world.wind(Millis::hours(3));
    world.publish_small(&small).await;
    let place = world.engine.own_place(&person, SMALL, 1).await.expect("published").expect("a place");
    assert_eq!((place.place, place.correct), (Some(2), 5));
    let organiser = world.organiser().await;
    let mut browser = world.browser_of(&person).await;
    world.engine.correct_results(&organiser, small.round, "Sửa số liệu của một đơn vị").await.expect("a correction begins");
    for step in ["in review", "ranked anew"] {
        let result = world.engine.result(&person, attempt).await.expect("the result");
        assert_eq!(result.own.own.map(|(correct, _)| correct), Some(5), "{step}");
        assert_eq!(result.review.expect("still public").len(), 7, "{step}");
        assert_eq!(world.engine.own_place(&person, SMALL, 1).await.expect("still public"), Some(place.clone()), "{step}");
        let page = world.engine.contest_page(SMALL).await.expect("public");
        assert_eq!((page.rounds[0].state(world.now()), page.state(world.now())), (RoundState::Published, ContestState::Over), "{step}");
        let shown = browser.get(&format!("/cuoc-thi/{SMALL}")).await;
        assert!(shown.says(RoundState::Published.label()) && shown.says("Xem kết quả"), "{step}: {}", shown.body);
        assert!(!shown.says(RoundState::Review.label()) && !shown.says(RoundState::Ranked.label()), "{step}: {}", shown.body);
        let receipt = browser.get(&format!("/thi/{attempt}/ket-qua")).await;
        assert!(receipt.says("Đáp án và giải thích") && !receipt.says("Kết quả sẽ được công bố"), "{step}: {}", receipt.body);
        if step == "in review" {
            // The organisers see where the correction stands.
            let contest = world.engine.contest(&organiser, SMALL).await.expect("seen");
            assert_eq!((contest.rounds[0].state, contest.state), (RoundState::Review, ContestState::Judging));
            world.engine.rank_round(&organiser, small.round).await.expect("ranked anew");
        }
    }
});

story!(a_review_first_ends_the_sheets_whose_time_is_over, |world| {
    let plan = SmallRound::default();
    let small = world.small_round(&plan).await;
    let organiser = world.organiser().await;
    let (early, first) = world.sits("Nguyễn Thị Lan", &small).await;
    world.wind(plan.lasts + Millis::minutes(-5));
    let (late, second) = world.sits("Trần Văn Nam", &small).await;
    refused!(world.engine.begin_review(&organiser, small.round).await, Refusal::StillOpen);
    world.wind(Millis::minutes(5) + GRACE);
    let closed = world.now() - GRACE;
    refused!(world.engine.begin_review(&organiser, small.round).await, Refusal::SheetsRunning);
    let ended = world.engine.hand_in(&early, first).await.expect("the receipt of the clock's ending");
    assert_eq!(ended.by, EndedBy::Clock);
    assert!(world.engine.pulse(&late, second).await.expect("the pulse").running, "the other one has its grace");
    world.wind(Millis(1));
    world.engine.begin_review(&organiser, small.round).await.expect("nobody waits for the sweeper");
    let ended = world.engine.hand_in(&late, second).await.expect("the receipt of the clock's ending");
    assert_eq!((ended.at, ended.by), (closed, EndedBy::Clock));
    assert_eq!(world.engine.sweep().await.expect("swept").ended, 0, "nothing is left");
});
