//! Pauses: at once by one, over by two, and nobody has more or less time by them.

use super::{deadline, guesses};
use domain::{
    Millis, Refusal,
    attempt::{EndedBy, GRACE},
    contest::{LateStart, RoundChange, RoundState},
};
use tests::{INCIDENT, SMALL, SmallRound, refused, refused_at, story, to_person};

const MS: Millis = Millis(1);
const SAVES: &str = "select cast(count(*) as bigint) from saved_sheet where attempt_id = $1";

story!(a_pause_locks_at_once_and_afterwards_every_deadline_has_moved_exactly, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (lan, attempt) = world.sits("Nguyễn Thị Lan", &small).await;
    let nam = world.entrant("Trần Văn Nam").await;
    let before = deadline(&world, &lan, attempt).await;
    world.wind(Millis::minutes(3));
    world.pauses(small.round).await;
    let left = before - world.now();
    refused!(world.engine.start(&nam, small.round).await, Refusal::Paused);
    assert_eq!(world.engine.start(&lan, small.round).await.expect("her own sheet is there"), attempt);
    world.wind(GRACE);
    let saved = guesses(&world, (&lan, attempt), 1, "1").await.expect("it was on its way");
    assert_eq!((saved.paused, saved.deadline - saved.now), (true, left));
    world.wind(MS);
    refused!(guesses(&world, (&lan, attempt), 2, "2").await, Refusal::Paused);
    assert_eq!(world.count(SAVES, &[attempt.0]).await, 1, "it is not kept: it comes again");
    let pulse = world.engine.pulse(&lan, attempt).await.expect("the pulse");
    assert_eq!((pulse.paused, pulse.running, pulse.deadline - pulse.now), (true, true, left));
    world.wind(Millis::hours(1));
    let sheet = world.engine.sheet(&lan, attempt).await.expect("the sheet");
    assert!(sheet.paused && sheet.is_running() && sheet.deadline - sheet.now == left);
    world.resumes(small.round).await;
    let length = Millis::hours(1) + GRACE + MS;
    assert_eq!(deadline(&world, &lan, attempt).await, before + length);
    assert!(!world.engine.pulse(&lan, attempt).await.expect("the pulse").paused);
    guesses(&world, (&lan, attempt), 2, "2").await.expect("sent again");
    world.engine.start(&nam, small.round).await.expect("started");
    world.wind(left);
    world.engine.hand_in(&lan, attempt).await.expect("handed in");
    let paused = world.count("select paused from attempt where id = $1", &[attempt.0]).await;
    assert_eq!(Millis(paused), length);
    assert_eq!(world.engine.prove_round(small.round).await.expect("proved").found, []);
});

story!(two_pauses_add_up_and_the_close_moves_by_both, |world| {
    let plan = SmallRound { lasts: Millis::minutes(30), ..SmallRound::default() };
    let closes = world.closing(&plan);
    let small = world.small_round(&plan).await;
    let (early, whole) = world.sits("Lê Thị Hoa", &small).await;
    let full = deadline(&world, &early, whole).await;
    world.wind(Millis::minutes(15));
    let (lan, capped) = world.sits("Nguyễn Thị Lan", &small).await;
    let mut moved = Millis(0);
    for length in [Millis::minutes(2) + Millis(17), Millis::seconds(41)] {
        world.pauses(small.round).await;
        world.wind(length);
        world.resumes(small.round).await;
        moved = moved + length;
        assert_eq!(deadline(&world, &early, whole).await, full + moved);
        assert_eq!(deadline(&world, &lan, capped).await, closes + moved);
        assert_eq!(world.engine.contest_page(SMALL).await.expect("public").rounds[0].window.closes, closes + moved);
        world.wind(Millis::seconds(9));
    }
    let (one, two) = (world.organiser().await, world.second_organiser().await);
    let later = RoundChange::ExtendClose { closes: closes + moved + Millis::hours(1) };
    let change = world.engine.propose_change(&one, small.round, &later, INCIDENT).await.expect("proposed");
    world.engine.decide_change(&two, change, true).await.expect("agreed");
    assert_eq!(deadline(&world, &early, whole).await, full + moved, "the pauses are hers, a later close gives no more");
    assert_eq!(deadline(&world, &lan, capped).await, closes + moved + Millis::minutes(5));
});

story!(the_clock_ends_no_sheet_that_a_pause_holds_and_every_other, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (nam, over) = world.sits("Trần Văn Nam", &small).await;
    world.wind(Millis::minutes(5));
    let (lan, held) = world.sits("Nguyễn Thị Lan", &small).await;
    let (ended, before) = (deadline(&world, &nam, over).await, deadline(&world, &lan, held).await);
    world.wind(ended - world.now());
    world.pauses(small.round).await;
    guesses(&world, (&nam, over), 1, "1").await.expect("his time was up, the grace is not");
    world.wind(Millis::minutes(30));
    assert_eq!(world.engine.sweep().await.expect("swept").ended, 1);
    let receipt = world.engine.hand_in(&nam, over).await.expect("the receipt");
    assert_eq!((receipt.at, receipt.by), (ended, EndedBy::Clock));
    assert_eq!(world.engine.sweep().await.expect("swept").ended, 0, "hers stands still, though its old deadline is over");
    world.resumes(small.round).await;
    let moved = before + Millis::minutes(30);
    assert_eq!(deadline(&world, &lan, held).await, moved);
    world.wind(moved + GRACE - world.now());
    assert_eq!(world.engine.sweep().await.expect("swept").ended, 0);
    world.wind(MS);
    assert_eq!(world.engine.sweep().await.expect("swept").ended, 1);
    let receipt = world.engine.hand_in(&lan, held).await.expect("the receipt");
    assert_eq!((receipt.at, receipt.by), (moved, EndedBy::Clock));
});

story!(handing_in_during_a_pause_counts_only_the_time_before_it, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (lan, attempt) = world.sits("Nguyễn Thị Lan", &small).await;
    world.wind(Millis::minutes(8));
    world.pauses(small.round).await;
    world.wind(Millis::hours(1));
    let receipt = world.engine.hand_in(&lan, attempt).await.expect("allowed");
    assert_eq!((receipt.at, receipt.by), (world.now(), EndedBy::Contestant));
    let spent = "select ended_at - started_at - paused from attempt where id = $1";
    assert_eq!(Millis(world.count(spent, &[attempt.0]).await), Millis::minutes(8));
    world.resumes(small.round).await;
    assert_eq!(world.engine.hand_in(&lan, attempt).await.expect("the same"), receipt);
    refused!(guesses(&world, (&lan, attempt), 1, "1").await, Refusal::HandedIn);
    assert_eq!(world.engine.prove_round(small.round).await.expect("proved").found, []);
});

story!(a_round_whose_hour_passes_in_a_pause_stays_open, |world| {
    let plan = SmallRound { lasts: Millis::minutes(30), ..SmallRound::default() };
    let closes = world.closing(&plan);
    let small = world.small_round(&plan).await;
    let lan = world.entrant("Nguyễn Thị Lan").await;
    world.wind(Millis::minutes(29));
    world.pauses(small.round).await;
    world.wind(Millis::hours(2));
    let organiser = world.organiser().await;
    let page = world.engine.contest_page(SMALL).await.expect("public");
    assert_eq!(page.rounds[0].state(world.now()), RoundState::Open);
    refused!(world.engine.begin_review(&organiser, small.round).await, Refusal::StillOpen);
    assert_eq!(world.engine.entrance(&lan, SMALL).await.expect("the start page").refusal, Some(Refusal::Paused));
    let late = world.entrant("Trần Văn Nam").await;
    world.resumes(small.round).await;
    world.wind(Millis::minutes(1) + Millis(-1));
    world.engine.start(&late, small.round).await.expect("the last moment before the moved close");
    world.wind(MS);
    assert_eq!(world.now(), closes + Millis::hours(2));
    refused!(world.engine.start(&lan, small.round).await, Refusal::Closed);
});

story!(after_the_close_a_pause_holds_the_sheets_and_not_the_close, |world| {
    let plan = SmallRound { lasts: Millis::minutes(10), late_start: LateStart::FullTime, ..SmallRound::default() };
    let closes = world.closing(&plan);
    let small = world.small_round(&plan).await;
    let (lan, attempt) = world.sits("Nguyễn Thị Lan", &small).await;
    let before = deadline(&world, &lan, attempt).await;
    world.wind(Millis::minutes(15));
    world.pauses(small.round).await;
    world.wind(Millis::minutes(30));
    world.resumes(small.round).await;
    assert_eq!(deadline(&world, &lan, attempt).await, before + Millis::minutes(30));
    assert_eq!(world.engine.contest_page(SMALL).await.expect("public").rounds[0].window.closes, closes);
    world.engine.hand_in(&lan, attempt).await.expect("handed in");
    let organiser = world.organiser().await;
    refused!(world.engine.pause_round(&organiser, small.round, INCIDENT).await, Refusal::WrongOrder);
    world.engine.begin_review(&organiser, small.round).await.expect("nothing runs");
});

story!(extra_time_granted_in_a_pause_comes_on_top_of_it, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (lan, attempt) = world.sits("Nguyễn Thị Lan", &small).await;
    let before = deadline(&world, &lan, attempt).await;
    world.wind(Millis::minutes(19));
    world.pauses(small.round).await;
    world.wind(Millis::minutes(40));
    world.grants(small.round, &to_person(&lan, "time", "10")).await;
    let pulse = world.engine.pulse(&lan, attempt).await.expect("the pulse");
    assert_eq!(pulse.deadline - pulse.now, Millis::minutes(11));
    world.resumes(small.round).await;
    assert_eq!(deadline(&world, &lan, attempt).await, before + Millis::minutes(50));
});

story!(a_pause_needs_a_reason_an_open_round_and_an_organiser, |world| {
    let plan = SmallRound { opens_in: Millis::minutes(5), ..SmallRound::default() };
    let small = world.small_round(&plan).await;
    let (one, two) = (world.organiser().await, world.second_organiser().await);
    let engine = &world.engine;
    refused!(engine.pause_round(&one, small.round, INCIDENT).await, Refusal::WrongOrder);
    world.wind(plan.opens_in);
    refused_at!(engine.pause_round(&one, small.round, "ngắn").await, "reason": Refusal::ReasonNeeded);
    let lan = world.entrant("Nguyễn Thị Lan").await;
    refused!(engine.pause_round(&lan, small.round, INCIDENT).await, Refusal::NotAllowed);
    let nothing = domain::id::RoundId(uuid::Uuid::nil());
    refused!(engine.pause_round(&one, nothing, INCIDENT).await, Refusal::NotFound);
    engine.pause_round(&one, small.round, INCIDENT).await.expect("paused");
    refused!(engine.pause_round(&two, small.round, INCIDENT).await, Refusal::AlreadyDone);
});

story!(resuming_needs_a_second_person_and_the_pause_it_was_proposed_for, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (one, two) = (world.organiser().await, world.second_organiser().await);
    let engine = &world.engine;
    refused!(engine.propose_resume(&one, small.round, INCIDENT).await, Refusal::WrongOrder);
    world.pauses(small.round).await;
    refused_at!(engine.propose_resume(&one, small.round, "").await, "reason": Refusal::ReasonNeeded);
    let lan = world.entrant("Nguyễn Thị Lan").await;
    refused!(engine.propose_resume(&lan, small.round, INCIDENT).await, Refusal::NotAllowed);
    let change = engine.propose_resume(&one, small.round, INCIDENT).await.expect("proposed");
    let spare = engine.propose_resume(&one, small.round, INCIDENT).await.expect("proposed");
    refused!(engine.decide_change(&one, change, true).await, Refusal::SecondPerson);
    refused!(engine.start(&lan, small.round).await, Refusal::Paused);
    let later = RoundChange::ExtendClose { closes: world.now() + Millis::days(1) };
    refused!(engine.propose_change(&one, small.round, &later, INCIDENT).await, Refusal::WrongOrder);
    engine.decide_change(&two, change, true).await.expect("agreed");
    refused!(engine.decide_change(&two, change, true).await, Refusal::AlreadyDone);
    world.wind(Millis::minutes(1));
    world.pauses(small.round).await;
    refused!(engine.decide_change(&two, spare, true).await, Refusal::WrongOrder);
    refused!(engine.start(&lan, small.round).await, Refusal::Paused);
});
