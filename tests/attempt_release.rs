//! From the closing of a round to what its contestants may know: reviewed, published, corrected.

use domain::{
    Millis, Refusal,
    attempt::{EndedBy, GRACE, Stage},
    contest::{Caution, ContestState, RoundState},
    id::AttemptId,
};
use engine::Caller;
use tests::{CANARIES, SMALL, Small, SmallRound, World, refused, story};

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
    assert!(
        review
            .iter()
            .all(|question| question.released.as_ref().is_some_and(|released| released.explanation.as_str().contains("chim-hoang-yen")))
    );
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
        let own = browser.get("/luot-thi").await;
        assert!(own.says(&format!(r#"href="/ket-qua/{SMALL}/1""#)), "{step}: the place stands there: {}", own.body);
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

story!(keys_of_a_question_that_another_round_still_asks_are_held_back, |world| {
    let plan = SmallRound::default();
    let small = world.small_round(&plan).await;
    let (person, attempt) = sat(&world, "Quách Thị Ngân", &small, 5).await;
    world.wind(Millis::hours(3));
    world.publish_small(&small).await;
    let organiser = world.organiser().await;
    let second = world.engine.copy_round(&organiser, small.round).await.expect("next week's");
    let planned = world.engine.plan_round(&organiser, second).await.expect("planned");
    let [Caution::KeysPublic { round, questions }, Caution::NoPrizes] = &planned.cautions[..] else { panic!("{:?}", planned.cautions) };
    assert_eq!((round.as_str(), *questions), ("Tuần 1, Vòng thi nhỏ", 7));
    let page = world.browser_of(&organiser).await.get(&format!("/quan-tri/dot/{second}")).await;
    assert!(page.says("đã công bố đáp án") && page.says("Tuần 1, Vòng thi nhỏ"), "{}", page.body);
    assert!(page.says("chưa có cơ cấu giải thưởng"), "{}", page.body);

    let released = async |when: &str| {
        let result = world.engine.result(&person, attempt).await.expect("the result");
        assert_eq!(result.own.own.map(|(correct, _)| correct), Some(5), "{when}: the own number is told");
        let review = result.review.expect("published");
        assert_eq!(review.len(), 7, "{when}");
        let shown = world.browser_of(&person).await.get(&format!("/thi/{attempt}/ket-qua")).await;
        let told = CANARIES[..2].iter().any(|canary| shown.says(canary)) || shown.says("data-key") || shown.says("data-result");
        let released = review.iter().filter(|question| question.released.is_some()).count();
        assert_eq!(told, released > 0, "{when}: {}", shown.body);
        assert_eq!(shown.says("còn dùng trong một đợt thi chưa đóng"), released == 0, "{when}: {}", shown.body);
        released
    };
    assert_eq!(released("before the next round is frozen").await, 7);
    world.engine.schedule_round(&organiser, second).await.expect("frozen");
    assert_eq!(released("while the next round waits").await, 0);
    world.wind(Millis(Millis::days(7).0 - Millis::hours(2).0));
    assert_eq!(released("while the next round is open").await, 0);
    world.wind(Millis::days(1));
    assert_eq!(released("when it has closed").await, 7);
});
