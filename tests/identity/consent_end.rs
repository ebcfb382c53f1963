//! Processing until a date: nothing new is begun after it, and then the account is closed.

use domain::{
    Millis, Refusal,
    contest::AttemptPolicy,
    identity::{Deed, Purpose, Role},
};
use engine::{Caller, contest::EntryForm};
use tests::{SMALL, SimulatedPlan, SmallRound, World, refused, story};

/// From the beginning of a story to the last moment of the consent that is given there: 23:59:59,999 on 31/12/2027.
const STANDS: Millis = Millis(403 * 86_400_000 + 16 * 3_600_000 - 1);

async fn agrees(world: &World, person: &Caller) {
    let mut work = world.engine.store.begin().await.expect("a unit of work");
    work.give_consent(person.account, Purpose::Process, world.now()).await.expect("given");
    work.commit().await.expect("committed");
}

async fn is_closed(world: &World, person: &Caller) -> bool {
    world.count("select cast(count(*) as bigint) from account where id = $1 and state = 'closed'", &[person.account.0]).await == 1
}

story!(nothing_new_is_begun_on_a_consent_that_has_ended, |world| {
    let plan = SmallRound { policy: AttemptPolicy::PerRound(3), lasts: Millis::days(500), ..SmallRound::default() };
    let small = world.small_round(&plan).await;
    let lan = world.entrant("Nguyễn Thị Lan").await;
    let minh = world.contestant("Trần Văn Minh", "so-noi-vu").await;
    agrees(&world, &lan).await;
    agrees(&world, &minh).await;
    world.wind(STANDS);
    let attempt = world.engine.start(&lan, small.round).await.expect("it stands to the last moment of the day");
    world.wind(Millis(1));
    assert_eq!(world.engine.start(&lan, small.round).await.expect("what runs goes on"), attempt);
    world.engine.hand_in(&lan, attempt).await.expect("handed in");
    refused!(world.engine.start(&lan, small.round).await, Refusal::ConsentEnded);
    assert_eq!(world.engine.entrance(&lan, SMALL).await.expect("the start page").refusal, Some(Refusal::ConsentEnded));
    refused!(world.engine.enter_contest(&minh, SMALL, &EntryForm::default()).await, Refusal::ConsentEnded);

    let mut browser = world.browser_of(&minh).await;
    assert!(browser.get("/du-lieu-cua-toi").await.says("thời hạn này đã qua"));
    assert_eq!(browser.post("/du-lieu-cua-toi", &[("deed", "renew")]).await.location(), "/du-lieu-cua-toi?xong=gia-han");
    assert!(browser.get("/du-lieu-cua-toi?xong=gia-han").await.says("đến hết ngày 31/12/2029"));
    refused!(world.engine.renew_consent(&minh).await, Refusal::AlreadyDone);
    world.engine.enter_contest(&minh, SMALL, &EntryForm::default()).await.expect("entered");
    world.engine.renew_consent(&lan).await.expect("renewed");
    world.engine.start(&lan, small.round).await.expect("a second attempt");
});

story!(accounts_are_closed_when_their_consent_has_ended, |world| {
    let round = world.simulated_round(&SimulatedPlan::default()).await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let minh = world.contestant("Trần Văn Minh", "so-y-te").await;
    let thu = world.member("Huỳnh Thị Thu", "so-y-te", &[Role::Coordinator]).await;
    let never_asked = world.contestant("Lê Thị Đào", "xa-an-phu").await;
    for person in [&lan, &minh, &thu] {
        agrees(&world, person).await;
    }
    world.may_be_named(&minh).await;
    world.sat(&round, &minh, 9, 10, Some(3)).await;
    let closed = async || {
        world.engine.forget_expired().await.expect("forgotten");
        let mut closed = Vec::new();
        for person in [&lan, &minh, &thu, &never_asked] {
            closed.push(is_closed(&world, person).await);
        }
        closed
    };
    world.wind(STANDS);
    assert_eq!(closed().await, [false; 4], "it stands to the last moment of the day");
    world.wind(Millis(1));
    assert_eq!(closed().await, [true, false, false, false], "results to come, duties and what was never asked are waited for");
    assert_eq!(closed().await, [true, false, false, false]);
    assert_eq!(world.notes_of(Deed::ForgetExpired).await, 1);
    world.publish(&round).await;
    assert_eq!(closed().await, [true, true, false, false]);
    let page = world.engine.results("cai-cach-hanh-chinh-2026", 1, None).await.expect("published");
    let winner = page.announcement.winners.iter().find_map(|winner| winner.name.as_deref());
    assert_eq!(winner, Some("Trần Văn Minh"), "the consent to publication was not withdrawn");
});
