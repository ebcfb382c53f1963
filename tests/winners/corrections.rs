//! Corrections under the prizes of the whole contest: another round's makes the sums old.

use super::{SERVANTS, SLUG, all_sat, sum_up, three, two_rounds};
use domain::ranking::Span;
use engine::contest::TaskKind;
use tests::{SimulatedPlan, SimulatedRound, World, story};

/// Whether the organisers are told to sum the contest up, or to do it again.
async fn asked_to_sum_up(world: &World, round: &SimulatedRound) -> Option<bool> {
    let tasks = world.engine.to_do(&world.organiser().await).await.expect("tasks");
    tasks.into_iter().find_map(|task| match task.what {
        TaskKind::SumUp { round: id, again, .. } if id == round.id => Some(again),
        _ => None,
    })
}

story!(a_corrected_round_makes_the_sums_old_until_the_last_one_is_corrected_too, |world| {
    let plan = SimulatedPlan { prizes: Vec::new(), contest_prizes: vec![(SERVANTS, "Nhất", 1)], ..SimulatedPlan::default() };
    let [first, second] = two_rounds(&world, plan).await;
    let [lan, minh, _] = three(&world).await;
    world.may_be_named(&lan).await;
    world.may_be_named(&minh).await;
    world.sat_flagged(&first, &lan, (9, 10, None), "Nộp bài sau 12 giây").await;
    all_sat(&world, &first, &[(&minh, 8)], None).await;
    all_sat(&world, &second, &[(&lan, 9), (&minh, 9)], None).await;
    let organiser = world.organiser().await;
    world.wind(domain::Millis::hours(2));
    world.engine.begin_review(&organiser, first.id).await.expect("review");
    let entry = world.engine.entries_to_review(&organiser, first.id).await.expect("entries")[0].attempt;
    world.engine.keep_attempt(&organiser, entry).await.expect("kept");
    world.engine.rank_round(&organiser, first.id).await.expect("ranked");
    world.announce(&first).await;
    world.rank(&second).await;
    sum_up(&world, &second).await;
    world.announce(&second).await;
    let winner = async || {
        let page = world.engine.results(SLUG, 2, None).await.expect("published");
        let won = page.announcement.winners_of(Span::Contest).next().expect("a winner").clone();
        (page.version, won.unit.unwrap_or_default(), won.correct)
    };
    assert_eq!(winner().await, (1, "Sở Nội vụ".to_owned(), 19));
    assert_eq!(asked_to_sum_up(&world, &second).await, None);

    world.engine.correct_results(&organiser, first.id, "Bài của chị Lan không hợp lệ").await.expect("a correction");
    world.engine.void_attempt(&organiser, entry, "Dùng công cụ tự động").await.expect("voided");
    world.engine.rank_round(&organiser, first.id).await.expect("ranked");
    assert_eq!(asked_to_sum_up(&world, &second).await, None, "nothing is public yet");
    world.announce(&first).await;
    assert_eq!(asked_to_sum_up(&world, &second).await, Some(true));
    assert_eq!(winner().await, (1, "Sở Nội vụ".to_owned(), 19), "what was published stays until it is corrected");

    world.engine.correct_results(&organiser, second.id, "Tuần 1 đã được đính chính").await.expect("a correction");
    world.engine.rank_round(&organiser, second.id).await.expect("ranked");
    world.announce(&second).await;
    assert_eq!(winner().await, (2, "Sở Y tế".to_owned(), 17));
    assert_eq!(asked_to_sum_up(&world, &second).await, None);
});

story!(organisers_are_reminded_of_prizes_that_no_round_has_announced, |world| {
    let plan = SimulatedPlan { contest_prizes: vec![(SERVANTS, "Nhất", 1)], ..SimulatedPlan::default() };
    let [first, second] = two_rounds(&world, plan).await;
    let [lan, ..] = three(&world).await;
    all_sat(&world, &first, &[(&lan, 10)], None).await;
    all_sat(&world, &second, &[(&lan, 10)], None).await;
    world.publish(&first).await;
    assert_eq!(asked_to_sum_up(&world, &first).await, None, "another round follows");
    world.publish(&second).await;
    assert_eq!(asked_to_sum_up(&world, &second).await, Some(false));
    let mut browser = world.browser_of(&world.organiser().await).await;
    assert!(browser.get("/quan-tri").await.says("Giải toàn cuộc thi chưa được công bố"));
});
