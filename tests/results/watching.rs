//! Watching a running round: totals for watchers, a live board where the rules allow it.

use super::{SLUG, a_round_with_entries, refusal};
use domain::{Millis, Refusal, identity::Deed};
use tests::{SimulatedPlan, story};

story!(totals_of_a_running_round_are_for_watchers_and_every_look_is_noted, |world| {
    let round = a_round_with_entries(&world).await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    world.still_sits(&round, &lan).await;
    for outsider in [&lan, &world.coordinator("so-noi-vu").await, &world.author().await, &world.auditor().await] {
        assert_eq!(refusal(world.engine.watch_round(outsider, round.id).await), Refusal::NotAllowed);
    }
    assert_eq!(world.notes_of(Deed::WatchRound).await, 0);
    let totals = world.engine.watch_round(&world.organiser().await, round.id).await.expect("totals");
    let lines: Vec<_> = totals.divisions.iter().map(|line| (line.people, line.attempts, line.running)).collect();
    assert_eq!(lines, [(2, 2, 1), (1, 1, 0)]);
    assert_eq!(world.notes_of(Deed::WatchRound).await, 1);
});

story!(a_live_board_moves_only_where_the_rules_allow_it_and_nothing_is_predicted, |world| {
    let mut plan = SimulatedPlan { prediction: None, ..SimulatedPlan::default() };
    plan.rules.live_board = true;
    let round = world.simulated_round(&plan).await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    world.sat(&round, &lan, 5, 10, None).await;
    let board = world.engine.live_board(SLUG, 1).await.expect("the board");
    assert!(board.units.contains(&("Sở Nội vụ".to_owned(), 1)), "{board:?}");
    world.wind(Millis::hours(1));
    assert_eq!(refusal(world.engine.live_board(SLUG, 1).await), Refusal::NotFound);
    let mut predicted = SimulatedPlan { position: 2, ..SimulatedPlan::default() };
    predicted.rules.live_board = true;
    world.simulated_round(&predicted).await;
    assert_eq!(refusal(world.engine.live_board(SLUG, 2).await), Refusal::NotFound);
});

story!(simulated_entries_are_for_simulated_contests_only, |world| {
    let round = world.simulated_round(&SimulatedPlan::default()).await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    world.make_real(&round).await;
    let person = engine::ranking::SimulatedPerson { account: lan.account, sittings: Vec::new() };
    assert_eq!(refusal(world.engine.simulate_sittings(round.id, &[person]).await), Refusal::NotSimulated);
});
