//! Extra time and late starts: exactly as much as was granted, to exactly those to whom it was.

use super::{deadline, guesses};
use domain::{
    Millis, Refusal,
    attempt::{EndedBy, GRACE},
    contest::{AttemptPolicy, LateStart, RoundChange},
};
use tests::{INCIDENT, SMALL, SmallRound, refused, story, to_person, to_unit};

const MS: Millis = Millis(1);
const TEN: Millis = Millis::minutes(10);

story!(extra_time_reaches_the_running_sheet_and_every_later_one_of_that_person_alone, |world| {
    let small = world.small_round(&SmallRound { policy: AttemptPolicy::PerRound(2), ..SmallRound::default() }).await;
    let (lan, first) = world.sits("Nguyễn Thị Lan", &small).await;
    let (nam, other) = world.sits("Trần Văn Nam", &small).await;
    let before = deadline(&world, &lan, first).await;
    world.wind(Millis::minutes(7) + Millis(123));
    world.grants(small.round, &to_person(&lan, "time", "10")).await;
    assert_eq!(deadline(&world, &lan, first).await, before + TEN);
    assert_eq!(deadline(&world, &nam, other).await, before, "nobody else gains or loses");
    world.wind(before + TEN + GRACE - world.now());
    guesses(&world, (&lan, first), 1, "7").await.expect("the last moment counts");
    world.wind(MS);
    refused!(guesses(&world, (&lan, first), 2, "8").await, Refusal::TooLate);
    world.engine.sweep().await.expect("swept");
    let second = world.engine.start(&lan, small.round).await.expect("the second attempt");
    assert_eq!(deadline(&world, &lan, second).await, world.now() + Millis::minutes(30));
    assert_eq!(world.engine.prove_round(small.round).await.expect("proved").found, []);
});

story!(extra_time_passes_the_close_by_as_much_as_was_granted, |world| {
    let plan = SmallRound { lasts: Millis::minutes(30), ..SmallRound::default() };
    let closes = world.closing(&plan);
    let small = world.small_round(&plan).await;
    world.wind(Millis::minutes(25));
    let (lan, attempt) = world.sits("Nguyễn Thị Lan", &small).await;
    assert_eq!(deadline(&world, &lan, attempt).await, closes);
    world.grants(small.round, &to_person(&lan, "time", "10")).await;
    assert_eq!(deadline(&world, &lan, attempt).await, closes + TEN);
    let nam = world.entrant("Trần Văn Nam").await;
    world.grants(small.round, &to_person(&nam, "time", "10")).await;
    let late = world.engine.start(&nam, small.round).await.expect("started");
    assert_eq!(deadline(&world, &nam, late).await, closes + TEN);
    world.wind(closes - world.now());
    let organiser = world.organiser().await;
    refused!(world.engine.begin_review(&organiser, small.round).await, Refusal::SheetsRunning);
    let receipt = world.engine.hand_in(&lan, attempt).await.expect("handed in after the close");
    assert_eq!((receipt.at, receipt.by), (closes, EndedBy::Contestant));
});

story!(a_later_close_gives_every_running_sheet_exactly_what_the_rules_give, |world| {
    let plan = SmallRound { lasts: Millis::minutes(30), ..SmallRound::default() };
    let closes = world.closing(&plan);
    let small = world.small_round(&plan).await;
    let (early, whole) = world.sits("Lê Thị Hoa", &small).await;
    let full = deadline(&world, &early, whole).await;
    world.wind(Millis::minutes(15));
    let (lan, capped) = world.sits("Nguyễn Thị Lan", &small).await;
    let (nam, granted) = world.sits("Trần Văn Nam", &small).await;
    world.grants(small.round, &to_person(&nam, "time", "10")).await;
    assert_eq!((deadline(&world, &lan, capped).await, deadline(&world, &nam, granted).await), (closes, closes + TEN));
    let (one, two) = (world.organiser().await, world.second_organiser().await);
    for later in [Millis::minutes(3), Millis::minutes(60)] {
        let change = RoundChange::ExtendClose { closes: closes + later };
        let change = world.engine.propose_change(&one, small.round, &change, INCIDENT).await.expect("proposed");
        world.engine.decide_change(&two, change, true).await.expect("agreed");
        let more = later.min(Millis::minutes(5));
        assert_eq!(deadline(&world, &early, whole).await, full, "who has the full time has it already");
        assert_eq!(deadline(&world, &lan, capped).await, closes + more);
        assert_eq!(deadline(&world, &nam, granted).await, closes + more + TEN);
    }
});

story!(extra_time_for_a_unit_reaches_everybody_of_it_and_nobody_else, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (lan, of_lan) = world.sits("Nguyễn Thị Lan", &small).await;
    let hoa = world.contestant("Lê Thị Hoa", "so-y-te").await;
    world.enters(&hoa, SMALL).await;
    let of_hoa = world.engine.start(&hoa, small.round).await.expect("started");
    let before = deadline(&world, &lan, of_lan).await;
    let unit = world.unit("so-y-te").await;
    let change = world.grants(small.round, &to_unit(unit, "time", "15")).await;
    world.grants(small.round, &to_person(&hoa, "time", "5")).await;
    assert_eq!(deadline(&world, &lan, of_lan).await, before);
    assert_eq!(deadline(&world, &hoa, of_hoa).await, before + Millis::minutes(20), "grants add up");
    let minh = world.contestant("Võ Văn Minh", "so-y-te").await;
    world.enters(&minh, SMALL).await;
    let of_minh = world.engine.start(&minh, small.round).await.expect("started");
    assert_eq!(deadline(&world, &minh, of_minh).await, before + Millis::minutes(15));
    let minutes = world.engine.minutes_of(&world.organiser().await, small.round, change).await.expect("the minutes");
    assert_eq!((minutes.sheets, minutes.change.concerns.as_deref()), (Some(1), Some("Sở Y tế")));
});

story!(extra_time_comes_in_the_grace_and_not_after_it, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (lan, attempt) = world.sits("Nguyễn Thị Lan", &small).await;
    let (nam, other) = world.sits("Trần Văn Nam", &small).await;
    let before = deadline(&world, &lan, attempt).await;
    world.wind(Millis::minutes(20) + GRACE);
    world.grants(small.round, &to_person(&lan, "time", "10")).await;
    assert_eq!(deadline(&world, &lan, attempt).await, before + TEN);
    world.wind(MS);
    world.grants(small.round, &to_person(&nam, "time", "10")).await;
    assert_eq!(deadline(&world, &nam, other).await, before, "its time is over: the remedy is another attempt");
    assert_eq!(world.engine.sweep().await.expect("swept").ended, 1);
});

story!(somebody_with_a_late_start_starts_after_the_close_with_the_full_time, |world| {
    let plan = SmallRound { lasts: Millis::minutes(30), ..SmallRound::default() };
    let closes = world.closing(&plan);
    let small = world.small_round(&plan).await;
    let (lan, nam) = (world.entrant("Nguyễn Thị Lan").await, world.entrant("Trần Văn Nam").await);
    world.wind(Millis::minutes(40));
    refused!(world.engine.start(&lan, small.round).await, Refusal::Closed);
    let until = closes + Millis::hours(1);
    world.grants(small.round, &to_person(&lan, "late_start", &until.short())).await;
    refused!(world.engine.start(&nam, small.round).await, Refusal::Closed);
    let organiser = world.organiser().await;
    refused!(world.engine.begin_review(&organiser, small.round).await, Refusal::LateStartOpen);
    world.wind(until - world.now() + Millis(-1));
    let entrance = world.engine.entrance(&lan, SMALL).await.expect("the start page");
    assert_eq!((entrance.refusal, entrance.short, entrance.granted.start_until), (None, false, Some(until)));
    let attempt = world.engine.start(&lan, small.round).await.expect("the last moment");
    assert_eq!(deadline(&world, &lan, attempt).await, world.now() + plan.duration);
    world.grants(small.round, &to_person(&nam, "late_start", &(until + Millis::minutes(1)).short())).await;
    world.wind(Millis::minutes(1) + MS);
    refused!(world.engine.start(&nam, small.round).await, Refusal::Closed);
    refused!(world.engine.begin_review(&organiser, small.round).await, Refusal::SheetsRunning);
    world.wind(plan.duration);
    world.engine.begin_review(&organiser, small.round).await.expect("everything has ended");
    assert_eq!(world.engine.frozen(small.round).await.expect("frozen").rules.late_start, LateStart::EndsAtClose);
    assert_eq!(world.engine.prove_round(small.round).await.expect("proved").found, []);
});

story!(a_unit_with_a_late_start_enters_the_contest_and_starts_after_the_close, |world| {
    let plan = SmallRound { lasts: Millis::minutes(30), ..SmallRound::default() };
    let closes = world.closing(&plan);
    let small = world.small_round(&plan).await;
    let (lan, hoa) = (world.contestant("Nguyễn Thị Lan", "so-noi-vu").await, world.contestant("Lê Thị Hoa", "so-y-te").await);
    let (citizen, form) = (world.citizen("Hồ Thị Mận", "xa-an-phu").await, engine::contest::EntryForm::default());
    world.wind(Millis::minutes(31));
    let until = closes + Millis::hours(1);
    for unit in ["so-y-te", "xa-an-phu"] {
        world.grants(small.round, &to_unit(world.unit(unit).await, "late_start", &until.short())).await;
    }
    refused!(world.engine.enter_contest(&lan, SMALL, &form).await, Refusal::ContestNotRunning);
    refused!(world.engine.enter_contest(&citizen, SMALL, &form).await, Refusal::ContestNotRunning);
    let mut browser = world.browser_of(&hoa).await;
    let start = format!("/cuoc-thi/{SMALL}/thi");
    let entry = format!("/cuoc-thi/{SMALL}/tham-gia");
    assert_eq!(browser.get(&start).await.location(), entry);
    assert_eq!(browser.post(&entry, &[]).await.location(), start);
    let attempt = world.engine.start(&hoa, small.round).await.expect("started");
    assert_eq!(deadline(&world, &hoa, attempt).await, world.now() + plan.duration);
    let minh = world.contestant("Võ Văn Minh", "so-y-te").await;
    world.wind(until - world.now());
    refused!(world.engine.enter_contest(&minh, SMALL, &form).await, Refusal::ContestNotRunning);
});

story!(a_grant_waits_with_a_round_that_has_not_opened, |world| {
    let plan = SmallRound { opens_in: Millis::hours(1), ..SmallRound::default() };
    let small = world.small_round(&plan).await;
    let lan = world.entrant("Nguyễn Thị Lan").await;
    world.grants(small.round, &to_person(&lan, "time", "10")).await;
    refused!(world.engine.start(&lan, small.round).await, Refusal::NotOpen);
    let organiser = world.organiser().await;
    world.changes(small.round, &RoundChange::ReturnToDraft, "chỉnh lại ma trận đề").await;
    world.engine.schedule_round(&organiser, small.round).await.expect("frozen again");
    world.wind(plan.opens_in);
    let attempt = world.engine.start(&lan, small.round).await.expect("started");
    assert_eq!(deadline(&world, &lan, attempt).await, world.now() + Millis::minutes(30));
});

story!(a_draft_in_which_something_was_granted_stays, |world| {
    let small = world.small_round(&SmallRound { opens_in: Millis::hours(1), ..SmallRound::default() }).await;
    let lan = world.entrant("Nguyễn Thị Lan").await;
    world.grants(small.round, &to_person(&lan, "time", "10")).await;
    world.changes(small.round, &RoundChange::ReturnToDraft, "không tổ chức đợt này").await;
    let organiser = world.organiser().await;
    refused!(world.engine.remove_round(&organiser, small.round).await, Refusal::RoundWasPublic);
    assert_eq!(world.count("select cast(count(*) as bigint) from round_grant", &[]).await, 1);
});
