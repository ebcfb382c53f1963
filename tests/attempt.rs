//! Sittings: start, save, take over, hand in, the clock's ending, proofs; on both databases. What is late: `attempt_late.rs`.

use domain::{
    Millis, Refusal, Timestamp,
    attempt::{EndedBy, GRACE},
    contest::{AfterHandIn, AttemptPolicy, LateStart},
};
use engine::attempt::Finding;
use std::collections::BTreeSet;
use tests::{RoundPlan, SLUG, SmallRound, World, refused, story};

const MS: Millis = Millis(1);

fn fields(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

story!(somebody_who_knows_everything_gets_every_point, |world| {
    let small = world.small_round(&SmallRound { after_hand_in: AfterHandIn::OwnCorrect, ..SmallRound::default() }).await;
    let (lan, attempt) = world.sits("Nguyễn Thị Lan", &small).await;
    world.wind(Millis::minutes(3));
    let mut right = world.right_fields(&lan, attempt, 7).await;
    right.push(("prediction".to_owned(), "14.492".to_owned()));
    let saved = world.engine.save(&lan, attempt, World::save_of(0, 1, &fields(&right))).await.expect("saved");
    assert_eq!((saved.seq, saved.answered, saved.questions, saved.at), (1, 7, 7, world.now()));
    world.wind(Millis::minutes(1));
    let receipt = world.engine.hand_in(&lan, attempt).await.expect("handed in");
    assert_eq!((receipt.at, receipt.by, receipt.code.len()), (world.now(), EndedBy::Contestant, 8));
    let result = world.engine.result(&lan, attempt).await.expect("the result");
    assert_eq!(result.own.own, Some((7, domain::Points(70))));
    assert_eq!(result.guess.as_deref(), Some("14.492 người"));
    assert!(result.review.is_none(), "keys wait for publication");
    assert_eq!(world.engine.prove_round(small.round).await.expect("proved").found, []);
});

story!(somebody_who_leaves_and_comes_back_finds_the_answers, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (nam, attempt) = world.sits("Trần Văn Nam", &small).await;
    let known = world.right_fields(&nam, attempt, 4).await;
    world.engine.save(&nam, attempt, World::save_of(0, 1, &fields(&known))).await.expect("saved");
    world.wind(Millis::minutes(5));
    assert_eq!(world.engine.start(&nam, small.round).await.expect("resumed"), attempt);
    let view = world.engine.sheet(&nam, attempt).await.expect("the sheet");
    assert_eq!((view.sheet.answered(), view.seq), (4, 1));
    assert_eq!(view.sheet.unanswered(), [5, 6, 7]);
});

story!(the_unit_is_copied_and_outlives_a_move, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (_, attempt) = world.sits("Lê Thị Hoa", &small).await;
    let unit = world.unit("so-noi-vu").await;
    assert_eq!(world.count("select cast(count(*) as bigint) from attempt where id = $1 and unit_id = $2", &[attempt.0, unit.0]).await, 1);
});

story!(many_starts_at_once_are_one_attempt, |world| {
    let small = world.small_round(&SmallRound { policy: AttemptPolicy::PerRound(2), ..SmallRound::default() }).await;
    let person = world.entrant("Phạm Văn Đức").await;
    for expected in 1..=2_i64 {
        let starts = (0..24).map(|_| {
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
});

story!(attempts_per_day_begin_anew_at_midnight_in_vietnam, |world| {
    let plan = SmallRound { policy: AttemptPolicy::PerDay(1), lasts: Millis::days(3), ..SmallRound::default() };
    let small = world.small_round(&plan).await;
    let (person, first) = world.sits("Đinh Văn Hải", &small).await;
    world.engine.hand_in(&person, first).await.expect("handed in");
    refused!(world.engine.start(&person, small.round).await, Refusal::NoAttemptsLeft);
    world.wind(Millis::hours(16) + Millis(-1));
    refused!(world.engine.start(&person, small.round).await, Refusal::NoAttemptsLeft);
    world.wind(MS);
    assert_ne!(world.engine.start(&person, small.round).await.expect("a new day"), first);
});

story!(a_start_outside_the_window_is_refused, |world| {
    let plan = SmallRound { opens_in: Millis::minutes(1), ..SmallRound::default() };
    let small = world.small_round(&plan).await;
    let person = world.entrant("Bùi Thị Nga").await;
    refused!(world.engine.start(&person, small.round).await, Refusal::NotOpen);
    world.wind(Millis::minutes(1) + Millis(-1));
    refused!(world.engine.start(&person, small.round).await, Refusal::NotOpen);
    world.wind(MS + plan.lasts);
    refused!(world.engine.start(&person, small.round).await, Refusal::Closed);
});

story!(who_may_not_take_part_is_told_why, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let stranger = world.contestant("Ngô Văn Lâm", "so-y-te").await;
    refused!(world.engine.start(&stranger, small.round).await, Refusal::EnterFirst);
    let citizen = world.citizen("Hồ Thị Mận", "xa-an-phu").await;
    refused!(world.engine.start(&citizen, small.round).await, Refusal::NoDivision);
    for maker in [world.organiser().await, world.author().await, world.reviewer().await] {
        refused!(world.engine.start(&maker, small.round).await, Refusal::Excluded);
    }
    let excluded = world.entrant("Cao Văn Tài").await;
    world.run("insert into exclusion (contest_id, account_id, why) values ($1, $2, 'named')", &[small.contest.0, excluded.account.0]).await;
    refused!(world.engine.start(&excluded, small.round).await, Refusal::Excluded);
    let nothing = domain::id::RoundId(uuid::Uuid::nil());
    refused!(world.engine.start(&stranger, nothing).await, Refusal::NotFound);
});

story!(one_division_is_entered_by_the_first_attempt, |world| {
    let round = world.open_round(&RoundPlan::default()).await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    world.enters(&lan, SLUG).await;
    let attempt = world.engine.start(&lan, round).await.expect("started");
    world.engine.hand_in(&lan, attempt).await.expect("handed in");
    // No deed changes the audience after an attempt; the round holds by itself.
    world.run("update account set audience = 'citizen' where id = $1", &[lan.account.0]).await;
    let lan = world.engine.caller_of(lan.account).await.expect("there");
    refused!(world.engine.start(&lan, round).await, Refusal::OtherDivision);
    assert_eq!(world.engine.entrance(&lan, SLUG).await.expect("the start page").refusal, Some(Refusal::OtherDivision));
});

story!(nobody_reaches_the_sheet_of_somebody_else, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (_, attempt) = world.sits("Nguyễn Thị Lan", &small).await;
    let other = world.entrant("Trần Văn Nam").await;
    refused!(world.engine.sheet(&other, attempt).await, Refusal::NotFound);
    refused!(world.engine.save(&other, attempt, World::save_of(0, 1, &[])).await, Refusal::NotFound);
    refused!(world.engine.take_over(&other, attempt).await, Refusal::NotFound);
    refused!(world.engine.hand_in(&other, attempt).await, Refusal::NotFound);
    refused!(world.engine.pulse(&other, attempt).await, Refusal::NotFound);
    refused!(world.engine.result(&other, attempt).await, Refusal::NotFound);
});

story!(repeated_reordered_and_conflicting_saves_have_no_second_effect, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (person, attempt) = world.sits("Võ Văn Bình", &small).await;
    let (one, two) = ([("prediction", "1")], [("prediction", "2")]);
    let first = world.engine.save(&person, attempt, World::save_of(0, 1, &one)).await.expect("saved");
    world.wind(Millis::seconds(2));
    let again = world.engine.save(&person, attempt, World::save_of(0, 1, &one)).await.expect("acknowledged again");
    assert_eq!((again.seq, again.at), (first.seq, first.at));
    refused!(world.engine.save(&person, attempt, World::save_of(0, 1, &two)).await, Refusal::SaveConflict);
    world.engine.save(&person, attempt, World::save_of(0, 3, &two)).await.expect("saved");
    let late = world.engine.save(&person, attempt, World::save_of(0, 2, &one)).await.expect("superseded");
    assert_eq!(late.seq, 3);
    assert_eq!(world.count("select cast(count(*) as bigint) from saved_sheet where attempt_id = $1", &[attempt.0]).await, 2);
    assert_eq!(world.engine.prove_round(small.round).await.expect("proved").found, []);
});

story!(a_plain_form_saves_without_numbers, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (person, attempt) = world.sits("Huỳnh Thị Yến", &small).await;
    let plain = |value: &str| engine::attempt::Save { seq: None, ..World::save_of(0, 1, &[("prediction", value)]) };
    assert_eq!(world.engine.save(&person, attempt, plain("1")).await.expect("saved").seq, 1);
    assert_eq!(world.engine.save(&person, attempt, plain("1")).await.expect("the same again").seq, 1);
    assert_eq!(world.engine.save(&person, attempt, plain("2")).await.expect("saved").seq, 2);
});

story!(another_device_takes_the_sheet_over_and_the_old_one_is_told, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (person, attempt) = world.sits("Phan Văn Lộc", &small).await;
    let phone = world.engine.take_over(&person, attempt).await.expect("the phone has it");
    world.engine.save(&person, attempt, World::save_of(phone.hold, 1, &[("f1", "1"), ("prediction", "1.200")])).await.expect("saved");
    let desk = world.engine.take_over(&person, attempt).await.expect("the desk has it");
    assert_eq!((desk.hold, desk.seq), (phone.hold + 1, 1));
    assert!(desk.fields.contains(&("prediction".to_owned(), "1.200".to_owned())), "{:?}", desk.fields);
    refused!(world.engine.save(&person, attempt, World::save_of(phone.hold, 2, &[("prediction", "7")])).await, Refusal::TakenOver);
    assert_eq!(world.engine.pulse(&person, attempt).await.expect("the pulse").hold, desk.hold);
    world.engine.save(&person, attempt, World::save_of(desk.hold, 2, &[("prediction", "7")])).await.expect("saved");
    assert_eq!(world.engine.prove_round(small.round).await.expect("proved").found, []);
});

story!(the_sweeper_ends_what_nobody_ended_and_not_a_moment_too_early, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (person, attempt) = world.sits("Tạ Văn Phúc", &small).await;
    let known = world.right_fields(&person, attempt, 3).await;
    world.engine.save(&person, attempt, World::save_of(0, 1, &fields(&known))).await.expect("saved");
    let deadline = world.now() + Millis::minutes(20);
    world.wind(Millis::minutes(20) + GRACE);
    assert_eq!(world.engine.sweep().await.expect("swept").ended, 0);
    world.wind(MS);
    assert_eq!(world.engine.sweep().await.expect("swept").ended, 1);
    assert_eq!(world.engine.sweep().await.expect("swept").ended, 0);
    let receipt = world.engine.hand_in(&person, attempt).await.expect("the receipt of the clock's ending");
    assert_eq!((receipt.at, receipt.by), (deadline, EndedBy::Clock));
    assert_eq!(world.count("select correct from attempt where id = $1", &[attempt.0]).await, 3);
    assert_eq!(world.engine.prove_round(small.round).await.expect("proved").found, []);
});

story!(handing_in_twice_gives_the_same_receipt_and_ends_the_saving, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (person, attempt) = world.sits("Mai Thị Liên", &small).await;
    world.engine.save(&person, attempt, World::save_of(0, 1, &[("prediction", "7")])).await.expect("saved");
    let both = futures::future::join(world.engine.hand_in(&person, attempt), world.engine.hand_in(&person, attempt)).await;
    let first = both.0.expect("handed in");
    assert_eq!(both.1.expect("handed in"), first);
    world.wind(Millis::minutes(1));
    assert_eq!(world.engine.hand_in(&person, attempt).await.expect("again"), first);
    refused!(world.engine.save(&person, attempt, World::save_of(0, 2, &[("prediction", "8")])).await, Refusal::HandedIn);
    refused!(world.engine.take_over(&person, attempt).await, Refusal::HandedIn);
    world.engine.save(&person, attempt, World::save_of(0, 1, &[("prediction", "7")])).await.expect("a repeated save is still acknowledged");
    refused!(world.engine.start(&person, small.round).await, Refusal::NoAttemptsLeft);
});

story!(handing_in_within_the_grace_is_recorded_at_the_deadline, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (person, attempt) = world.sits("Trịnh Văn Quý", &small).await;
    let deadline = world.now() + Millis::minutes(20);
    world.wind(Millis::minutes(20) + Millis::seconds(12));
    let receipt = world.engine.hand_in(&person, attempt).await.expect("handed in");
    assert_eq!((receipt.at, receipt.by), (deadline, EndedBy::Clock));
});

story!(near_the_close_the_rules_decide_how_much_time_there_is, |world| {
    let plan = SmallRound { lasts: Millis::minutes(30), ..SmallRound::default() };
    let closes: Timestamp = world.closing(&plan);
    let small = world.small_round(&plan).await;
    world.wind(Millis::minutes(25));
    let (short, attempt) = world.sits("Lý Thị Hương", &small).await;
    assert_eq!(world.engine.sheet(&short, attempt).await.expect("the sheet").deadline, closes);
    world.run("update round set rules = replace(rules, 'ends_at_close', 'full_time') where id = $1", &[small.round.0]).await;
    world.engine.notify.tell(engine::notify::Change::Round(small.round));
    let (full, attempt) = world.sits("Đoàn Văn Thắng", &small).await;
    assert_eq!(world.engine.sheet(&full, attempt).await.expect("the sheet").deadline, world.now() + Millis::minutes(20));
    assert_eq!(world.engine.frozen(small.round).await.expect("frozen").rules.late_start, LateStart::FullTime);
});

story!(an_edited_byte_is_found, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (person, attempt) = world.sits("Châu Thị Bích", &small).await;
    world.engine.save(&person, attempt, World::save_of(0, 1, &[("prediction", "500")])).await.expect("saved");
    world.engine.save(&person, attempt, World::save_of(0, 2, &[("prediction", "501")])).await.expect("saved");
    world.engine.hand_in(&person, attempt).await.expect("handed in");
    assert_eq!(world.engine.prove_round(small.round).await.expect("proved").found, []);
    world.run("update saved_sheet set received_at = received_at + 1 where attempt_id = $1 and seq = 2", &[attempt.0]).await;
    assert_eq!(world.engine.prove_round(small.round).await.expect("proved").found, [(attempt, Finding::Chain(1))]);
    world.run("update saved_sheet set received_at = received_at - 1 where attempt_id = $1 and seq = 2", &[attempt.0]).await;
    world.run("update attempt set prediction = 502, correct = 7 where id = $1", &[attempt.0]).await;
    assert_eq!(world.engine.prove_round(small.round).await.expect("proved").found, [(attempt, Finding::Answers), (attempt, Finding::Mark)]);
});

story!(the_start_page_says_what_a_start_would_lead_to, |world| {
    let small = world.small_round(&SmallRound { policy: AttemptPolicy::PerRound(3), ..SmallRound::default() }).await;
    let person = world.entrant("Thái Văn Toàn").await;
    let entrance = world.engine.entrance(&person, tests::SMALL).await.expect("the start page");
    assert_eq!((entrance.used, entrance.running, entrance.refusal, entrance.short), (0, None, None, false));
    let attempt = world.engine.start(&person, small.round).await.expect("started");
    let entrance = world.engine.entrance(&person, tests::SMALL).await.expect("the start page");
    assert_eq!((entrance.used, entrance.running), (1, Some(attempt)));
    world.engine.hand_in(&person, attempt).await.expect("handed in");
    world.wind(Millis::minutes(110));
    let entrance = world.engine.entrance(&person, tests::SMALL).await.expect("the start page");
    assert!(entrance.short && entrance.refusal.is_none());
    let stranger = world.contestant("Ngô Văn Lâm", "so-y-te").await;
    assert_eq!(world.engine.entrance(&stranger, tests::SMALL).await.expect("the start page").refusal, Some(Refusal::EnterFirst));
    refused!(world.engine.entrance(&person, "khong-co").await, Refusal::NotFound);
});

story!(whoever_changes_the_audience_under_way_starts_in_no_other_division, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let lan = world.entrant("Nguyễn Thị Lan").await;
    let an_phu = world.unit("xa-an-phu").await.to_string();
    world.engine.choose_unit(&lan, "citizen", &an_phu).await.expect("chosen");
    // The caller of before, as a request that was under way has it.
    refused!(world.engine.start(&lan, small.round).await, Refusal::ChangedMeanwhile);
    let lan = world.engine.caller_of(lan.account).await.expect("active");
    refused!(world.engine.start(&lan, small.round).await, Refusal::NoDivision);
});
