//! The identity number: sealed, unique without being told whose, masked, erased when its time is over.

use domain::{Millis, Refusal, contest::ContestForm};
use engine::contest::EntryForm;
use tests::{RoundPlan, SLUG, World, contest_form, refused, refused_at, story};

const NUMBER: &str = "051 085 001 234";

story!(a_number_is_kept_sealed_and_shown_masked, |world| {
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    assert_eq!(world.engine.masked_national_id(&lan).await.expect("looked up"), None);
    world.engine.give_national_id(&lan, NUMBER, None).await.expect("kept");
    assert_eq!(world.engine.masked_national_id(&lan).await.expect("looked up").as_deref(), Some("•••••••••234"));
    let sealed = "select cast(count(*) as bigint) from national_id where length(sealed) = 12 + 12 + 16 and length(lookup) = 32";
    assert_eq!(world.count(sealed, &[]).await, 1, "nonce, twelve digits encrypted, tag");
    assert_eq!(world.count("select cast(count(*) as bigint) from audit_note where detail like '%085001%'", &[]).await, 0);
});

story!(the_own_number_may_be_corrected, |world| {
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    world.engine.give_national_id(&lan, NUMBER, None).await.expect("kept");
    world.engine.give_national_id(&lan, NUMBER, None).await.expect("the same again");
    world.engine.give_national_id(&lan, "051085001235", None).await.expect("another");
    assert_eq!(world.engine.masked_national_id(&lan).await.expect("looked up").as_deref(), Some("•••••••••235"));
});

story!(what_is_no_number_is_refused, |world| {
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let give = async |typed: &str| world.engine.give_national_id(&lan, typed, None).await;
    refused_at!(give("212345678").await, "national_id": Refusal::OldIdNumber);
    refused_at!(give("05108500123").await, "national_id": Refusal::BadIdNumber);
    refused_at!(give("  ").await, "national_id": Refusal::Required);
});

story!(a_number_held_by_another_account_waits_for_the_organisers, |world| {
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let twin = world.contestant("Trần Văn Hai", "so-y-te").await;
    world.engine.give_national_id(&lan, NUMBER, None).await.expect("kept");
    for _ in 0..2 {
        refused_at!(world.engine.give_national_id(&twin, NUMBER, None).await, "national_id": Refusal::IdNumberHeld);
    }
    let queued = "select cast(count(*) as bigint) from request
                  where kind = 'duplicate_id' and state = 'open' and account_id = $1 and other_account_id = $2";
    assert_eq!(world.count(queued, &[twin.account.0, lan.account.0]).await, 1);
    for person in [&lan, &twin] {
        assert!(world.engine.my_data(person).await.expect("own data").requests.is_empty(), "neither learns of the other");
    }
    assert_eq!(world.engine.masked_national_id(&twin).await.expect("looked up"), None);
});

story!(two_who_give_one_number_at_once_are_told_apart, |world| {
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let twin = world.contestant("Trần Văn Hai", "so-y-te").await;
    let (one, two) = tokio::join!(world.engine.give_national_id(&lan, NUMBER, None), world.engine.give_national_id(&twin, NUMBER, None));
    assert_ne!(one.is_ok(), two.is_ok());
    refused_at!(if one.is_ok() { two } else { one }, "national_id": Refusal::IdNumberHeld);
    assert_eq!(world.count("select cast(count(*) as bigint) from national_id", &[]).await, 1);
});

story!(a_number_is_erased_when_its_time_is_over, |world| {
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    world.engine.give_national_id(&lan, NUMBER, Some(world.now() + Millis::days(30))).await.expect("kept");
    world.wind(Millis::days(29));
    world.engine.forget_expired().await.expect("forgotten");
    assert!(world.engine.masked_national_id(&lan).await.expect("looked up").is_some());
    world.wind(Millis::days(1));
    world.engine.forget_expired().await.expect("forgotten");
    assert!(world.engine.masked_national_id(&lan).await.expect("looked up").is_none());
    assert_eq!(world.count("select cast(count(*) as bigint) from audit_note where deed = 'identity.forget_expired'", &[]).await, 1);
});

/// A contest that asks the number on entry.
async fn asked_on_entry(world: &World) {
    let organiser = world.organiser().await;
    let asks = ContestForm { id_number: "on_entry".into(), id_number_until: "31/12/2027".into(), ..contest_form(SLUG) };
    let contest = world.engine.create_contest(&organiser, &asks).await.expect("made");
    world.engine.decide_rules(&organiser, contest, "Thể lệ", "").await.expect("decided");
    world.engine.announce_contest(&organiser, contest).await.expect("announced");
    world.scheduled_round(&RoundPlan::default()).await;
}

fn with(number: &str) -> EntryForm {
    EntryForm { national_id: number.to_owned(), ..EntryForm::default() }
}

story!(a_number_given_with_an_entry_that_fails_is_not_kept, |world| {
    asked_on_entry(&world).await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    world.engine.enter_contest(&lan, SLUG, &with(NUMBER)).await.expect("entered");
    assert!(world.engine.masked_national_id(&lan).await.expect("looked up").is_some());
    // The next entry meets a row with its key, as when two draw the same mã dự thi at once.
    world.run("create unique index one_entry_only on entry (contest_id)", &[]).await;
    let hai = world.contestant("Trần Văn Hai", "so-y-te").await;
    refused!(world.engine.enter_contest(&hai, SLUG, &with("051085009999")).await, Refusal::ChangedMeanwhile);
    assert_eq!(world.engine.masked_national_id(&hai).await.expect("looked up"), None, "nothing half written");
    assert_eq!(world.count("select cast(count(*) as bigint) from audit_note where deed = 'contest.enter'", &[]).await, 1);
    world.run("drop index one_entry_only", &[]).await;
    world.engine.enter_contest(&hai, SLUG, &with("051085009999")).await.expect("entered");
});

story!(a_number_held_by_another_account_lets_nobody_enter_and_waits_for_the_organisers, |world| {
    asked_on_entry(&world).await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let twin = world.contestant("Trần Văn Hai", "so-y-te").await;
    world.engine.give_national_id(&lan, NUMBER, None).await.expect("kept");
    refused_at!(world.engine.enter_contest(&twin, SLUG, &with(NUMBER)).await, "national_id": Refusal::IdNumberHeld);
    assert_eq!(world.engine.entry_of(&twin, SLUG).await.expect("asked"), None);
    let queued = "select cast(count(*) as bigint) from request where kind = 'duplicate_id' and account_id = $1 and other_account_id = $2";
    assert_eq!(world.count(queued, &[twin.account.0, lan.account.0]).await, 1);
});
