//! What comes after the grace: kept and never counted, in bounds, and shown to the jury; on both databases.

use domain::{
    Millis, Refusal,
    attempt::{GRACE, MOST_LATE},
    id::AttemptId,
};
use engine::{
    Caller, Result,
    attempt::{Finding, LateSheet, Save, Saved},
};
use tests::{SMALL, Small, SmallRound, World, refused, story};

const MS: Millis = Millis(1);
const LATE: &str = "select cast(count(*) as bigint) from saved_sheet where attempt_id = $1 and late";

/// A guess, saved under this number by the tab that has the sheet first.
async fn guesses(world: &World, (person, attempt): (&Caller, AttemptId), seq: u32, guess: &str) -> Result<Saved> {
    world.engine.save(person, attempt, World::save_of(0, seq, &[("prediction", guess)])).await
}

async fn late(world: &World, attempt: AttemptId) -> i64 {
    world.count(LATE, &[attempt.0]).await
}

/// Time passes until the round has closed and its sheets are over, and the review begins.
async fn into_review(world: &World, small: &Small) {
    world.wind(Millis::hours(3));
    world.engine.begin_review(&world.organiser().await, small.round).await.expect("the review begins");
}

/// What the jury reads of this attempt.
async fn shown(world: &World, small: &Small, attempt: AttemptId) -> Vec<LateSheet> {
    let seen = world.engine.late_sheets(&world.organiser().await, small.round, 1).await.expect("shown to the jury");
    seen.people.into_iter().find(|person| person.attempt == attempt).map(|person| person.sheets).unwrap_or_default()
}

story!(what_comes_after_the_grace_is_kept_as_late_and_never_counts, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (person, attempt) = world.sits("Lương Thị Thảo", &small).await;
    world.engine.save(&person, attempt, World::save_of(0, 1, &[("prediction", "1")])).await.expect("saved");
    world.wind(Millis::minutes(20) + GRACE);
    world.engine.save(&person, attempt, World::save_of(0, 2, &[("prediction", "2")])).await.expect("within the grace");
    world.wind(MS);
    refused!(world.engine.save(&person, attempt, World::save_of(0, 3, &[("prediction", "3")])).await, Refusal::TooLate);
    refused!(world.engine.save(&person, attempt, World::save_of(0, 3, &[("prediction", "3")])).await, Refusal::TooLate);
    refused!(world.engine.take_over(&person, attempt).await, Refusal::TooLate);
    assert_eq!(world.engine.sweep().await.expect("swept").ended, 1);
    refused!(world.engine.save(&person, attempt, World::save_of(0, 4, &[("prediction", "4")])).await, Refusal::TooLate);
    assert_eq!(world.count("select prediction from attempt where id = $1", &[attempt.0]).await, 2);
    assert_eq!(world.count("select cast(count(*) as bigint) from saved_sheet where attempt_id = $1 and late", &[attempt.0]).await, 2);
    assert_eq!(world.engine.prove_round(small.round).await.expect("proved").found, []);
});

story!(every_late_sheet_is_kept_once_whoever_sends_it_under_whatever_number_however_late, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (person, attempt) = world.sits("Bùi Thị Ngân", &small).await;
    let own = (&person, attempt);
    guesses(&world, own, 5, "5").await.expect("saved");
    world.wind(Millis::minutes(20) + GRACE + MS);
    for (seq, guess, kept) in
        [(4, "40", 1), (4, "40", 1), (5, "50", 2), (5, "50", 2), (4, "40", 2), (6, "60", 3), (9, "70", 4), (9, "70", 4)]
    {
        refused!(guesses(&world, own, seq, guess).await, Refusal::TooLate);
        assert_eq!(late(&world, attempt).await, kept, "after {guess} as number {seq}");
    }
    let plain = Save { seq: None, ..World::save_of(0, 1, &[("prediction", "80")]) };
    for _ in 0..2 {
        refused!(world.engine.save(&person, attempt, plain.clone()).await, Refusal::TooLate);
    }
    world.engine.sweep().await.expect("swept");
    world.wind(Millis::hours(26));
    refused!(guesses(&world, own, 30, "90").await, Refusal::TooLate);
    into_review(&world, &small).await;
    refused!(guesses(&world, own, 31, "100").await, Refusal::TooLate);
    let said: Vec<String> = shown(&world, &small, attempt).await.into_iter().filter_map(|sheet| Some(sheet.guess_differs?.1)).collect();
    assert_eq!(said, ["40", "50", "60", "70", "80", "90", "100"]);
    assert_eq!(world.count("select prediction from attempt where id = $1", &[attempt.0]).await, 5);
    assert_eq!(world.engine.prove_round(small.round).await.expect("proved").found, []);
});

story!(a_device_that_lost_the_sheet_is_heard_when_nothing_counts_any_more, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (person, attempt) = world.sits("Phan Văn Lộc", &small).await;
    let phone = world.engine.take_over(&person, attempt).await.expect("the phone has it");
    world.engine.save(&person, attempt, World::save_of(phone.hold, 1, &[("prediction", "1")])).await.expect("saved");
    refused!(guesses(&world, (&person, attempt), 2, "2").await, Refusal::TakenOver);
    world.wind(Millis::minutes(20) + GRACE + MS);
    refused!(guesses(&world, (&person, attempt), 2, "2").await, Refusal::TooLate);
    refused!(guesses(&world, (&person, attempt), 2, "2").await, Refusal::TooLate);
    let again = world.engine.save(&person, attempt, World::save_of(phone.hold, 1, &[("prediction", "1")])).await;
    refused!(again, Refusal::TooLate);
    assert_eq!(late(&world, attempt).await, 1);
    world.engine.sweep().await.expect("swept");
    assert_eq!(world.count("select prediction from attempt where id = $1", &[attempt.0]).await, 1);
    assert_eq!(world.engine.prove_round(small.round).await.expect("proved").found, []);
});

story!(what_was_acknowledged_in_time_is_acknowledged_again_after_it, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (person, attempt) = world.sits("Hồ Văn Tín", &small).await;
    let first = guesses(&world, (&person, attempt), 1, "1").await.expect("saved, and the answer is lost on its way");
    world.wind(Millis::hours(1));
    let again = guesses(&world, (&person, attempt), 1, "1").await.expect("acknowledged");
    assert_eq!((again.seq, again.at), (first.seq, first.at));
    assert_eq!(late(&world, attempt).await, 0);
});

story!(beyond_twenty_late_sheets_the_newest_is_the_last_and_the_chain_still_verifies, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (person, attempt) = world.sits("Tạ Văn Phúc", &small).await;
    let own = (&person, attempt);
    guesses(&world, own, 1, "1").await.expect("saved");
    world.wind(Millis::minutes(20) + GRACE + MS);
    for seq in 2..60_u32 {
        refused!(guesses(&world, own, seq, &(100 + seq).to_string()).await, Refusal::TooLate);
    }
    assert_eq!(late(&world, attempt).await, MOST_LATE);
    for seq in [2, 30, 58, 59] {
        refused!(guesses(&world, own, seq, &(100 + seq).to_string()).await, Refusal::TooLate);
    }
    assert_eq!(world.engine.prove_round(small.round).await.expect("proved").found, []);
    into_review(&world, &small).await;
    let said: Vec<String> = shown(&world, &small, attempt).await.into_iter().filter_map(|sheet| Some(sheet.guess_differs?.1)).collect();
    let expected: Vec<String> = (102..121).chain([159]).map(|guess| guess.to_string()).collect();
    assert_eq!(said, expected);
    world.run("update saved_sheet set received_at = received_at + 1 where attempt_id = $1 and seq = 59", &[attempt.0]).await;
    assert_eq!(world.engine.prove_round(small.round).await.expect("proved").found, [(attempt, Finding::Chain(20))]);
});

story!(late_sheets_that_meet_are_all_kept_in_one_unbroken_chain, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (person, attempt) = world.sits("Đặng Thị Hiền", &small).await;
    world.wind(Millis::minutes(20) + GRACE + MS);
    let mut kept = 0;
    let saves = (1..=8_u32).map(|seq| {
        let (engine, person) = (world.engine.clone(), person.clone());
        tokio::spawn(async move { engine.save(&person, attempt, World::save_of(0, seq, &[("prediction", &seq.to_string())])).await })
    });
    for saved in futures::future::join_all(saves).await {
        match saved.expect("joined").expect_err("refused").refusal() {
            Refusal::TooLate => kept += 1,
            // One that met five others is asked to come back.
            other => assert_eq!(other, Refusal::Busy),
        }
    }
    assert_eq!(late(&world, attempt).await, kept);
    assert_eq!(world.engine.prove_round(small.round).await.expect("proved").found, []);
});

story!(the_jury_sees_what_came_too_late_and_nobody_else_or_earlier, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (person, attempt) = world.sits("Nguyễn Thị Lan", &small).await;
    let (_, silent) = world.sits("Trần Văn Nam", &small).await;
    let organiser = world.organiser().await;
    let known = world.right_fields(&person, attempt, 2).await;
    let mut answers: Vec<(&str, &str)> = known.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    world.wind(Millis::minutes(20) + GRACE + MS);
    refused!(world.engine.save(&person, attempt, World::save_of(0, 1, &answers)).await, Refusal::TooLate);
    answers.push(("prediction", "14.492"));
    world.wind(Millis::seconds(5));
    refused!(world.engine.save(&person, attempt, World::save_of(0, 2, &answers)).await, Refusal::TooLate);
    refused!(world.engine.late_sheets(&organiser, small.round, 1).await, Refusal::WrongOrder);
    refused!(world.engine.late_sheets(&person, small.round, 1).await, Refusal::NotAllowed);
    refused!(world.engine.late_sheets(&organiser, domain::id::RoundId(uuid::Uuid::nil()), 1).await, Refusal::NotFound);
    into_review(&world, &small).await;
    let seen = world.engine.late_sheets(&organiser, small.round, 1).await.expect("shown");
    assert_eq!((seen.sheets, seen.people.len(), seen.people[0].full_name.as_str()), (2, 1, "Nguyễn Thị Lan"));
    let sheets = &seen.people[0].sheets;
    assert_eq!((sheets[1].at - sheets[0].at, sheets[0].at - seen.people[0].deadline), (Millis::seconds(5), GRACE + MS));
    assert_eq!((sheets[0].answered, sheets[0].differs.len(), &sheets[0].guess_differs), (2, 2, &None));
    assert_eq!(sheets[1].guess_differs, Some((String::new(), "14.492".to_owned())));
    assert!(shown(&world, &small, silent).await.is_empty());
    let page = world.browser_of(&organiser).await.get(&format!("/quan-tri/dot/{}/ket-qua", small.round)).await;
    assert!(page.says("Bài làm đến muộn") && page.says("dự đoán: trống → 14.492"), "{}", page.body);
    world.engine.rank_round(&organiser, small.round).await.expect("ranked");
    let page = world.browser_of(&organiser).await.get(&format!("/quan-tri/dot/{}/ket-qua", small.round)).await;
    assert!(page.says("dự đoán: trống → 14.492"), "after the ranking, too: {}", page.body);
    let own = world.browser_of(&person).await.get(&format!("/ket-qua/{SMALL}")).await;
    assert!(!own.says("14.492"), "{}", own.body);
});

story!(where_nothing_came_too_late_the_page_says_so, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    world.sits("Trần Văn Nam", &small).await;
    into_review(&world, &small).await;
    let page = world.browser_of(&world.organiser().await).await.get(&format!("/quan-tri/dot/{}/ket-qua", small.round)).await;
    assert!(page.says("Không có bài làm nào đến muộn."), "{}", page.body);
});

story!(more_late_sheets_than_stand_on_a_page_are_on_the_next_one, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let mut people = Vec::new();
    for n in 0..11 {
        people.push(world.sits(&format!("Người thi {n}"), &small).await);
    }
    let organiser = world.organiser().await;
    world.wind(Millis::minutes(20) + GRACE + MS);
    for (person, attempt) in &people {
        for seq in 1..=20_u32 {
            refused!(guesses(&world, (person, *attempt), seq, &seq.to_string()).await, Refusal::TooLate);
        }
    }
    into_review(&world, &small).await;
    let mut seen = Vec::new();
    for (page, sheets) in [(1, 200), (2, 20), (3, 20)] {
        let late = world.engine.late_sheets(&organiser, small.round, page).await.expect("shown");
        assert_eq!((late.sheets, late.page, late.last), (220, page.min(2), 2));
        assert_eq!(late.people.iter().map(|person| person.sheets.len()).sum::<usize>(), sheets);
        seen.extend(late.people.into_iter().take(if page < 3 { usize::MAX } else { 0 }).map(|person| person.attempt));
    }
    seen.sort();
    let mut all: Vec<AttemptId> = people.iter().map(|(_, attempt)| *attempt).collect();
    all.sort();
    assert_eq!(seen, all, "everybody once");
    let mut browser = world.browser_of(&organiser).await;
    let address = format!("/quan-tri/dot/{}/ket-qua", small.round);
    assert!(browser.get(&address).await.says(&format!("{address}?trang=2")));
    assert!(browser.get(&format!("{address}?trang=2")).await.says("220 bản đến muộn"));
});

story!(once_results_are_public_no_late_sheet_is_kept_any_more, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (person, attempt) = world.sits("Mai Thị Liên", &small).await;
    guesses(&world, (&person, attempt), 1, "1").await.expect("saved");
    world.wind(Millis::hours(3));
    refused!(guesses(&world, (&person, attempt), 2, "2").await, Refusal::TooLate);
    world.publish_small(&small).await;
    refused!(guesses(&world, (&person, attempt), 3, "3").await, Refusal::TooLate);
    assert_eq!(late(&world, attempt).await, 1);
    assert_eq!(world.engine.prove_round(small.round).await.expect("proved").found, []);
});
