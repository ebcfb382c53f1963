//! The thể lệ: at once while nothing is frozen, by a second person from then on.

use super::{at, refusal};
use domain::{Refusal, contest::ChangeState, id::ChangeId};
use engine::{
    Caller,
    contest::{NewRules, TaskKind},
};
use http::StatusCode;
use tests::{RoundPlan, SLUG, World, story};

const REASON: &str = "làm rõ cách tính giải tập thể";
const TEXT: &str = "# Thể lệ\n\nMỗi người dự thi ở **một** bảng.";

/// A new thể lệ that waits for a second person, while a round is open.
async fn proposed(world: &World, by: &Caller) -> ChangeId {
    world.open_round(&RoundPlan::default()).await;
    let contest = world.announced_contest(SLUG).await;
    match world.engine.decide_rules(by, contest, TEXT, REASON).await.expect("proposed") {
        NewRules::Proposed(id) => id,
        in_force @ NewRules::InForce(_) => panic!("a round is open, but {in_force:?}"),
    }
}

/// Whether a proposed thể lệ is among what the organiser has to do.
async fn waits_for(world: &World, who: &Caller) -> bool {
    world.engine.to_do(who).await.expect("listed").iter().any(|task| task.what == TaskKind::DecideRules)
}

story!(a_new_the_le_of_an_open_round_needs_a_second_person, |world| {
    let (bao, hanh) = (world.organiser().await, world.second_organiser().await);
    let proposal = proposed(&world, &bao).await;
    let contest = world.announced_contest(SLUG).await;
    let version = || async { world.engine.contest_page(SLUG).await.expect("public").rules_in_force().expect("one").version };
    assert_eq!(version().await, 1, "not yet");
    assert_eq!(refusal(world.engine.decide_proposed_rules(&bao, proposal, true, "").await), Refusal::SecondPerson);
    assert_eq!(refusal(world.engine.decide_rules(&hanh, contest, "Khác nữa", REASON).await), Refusal::WrongOrder, "one at a time");
    assert_eq!((waits_for(&world, &bao).await, waits_for(&world, &hanh).await), (false, true));
    world.engine.decide_proposed_rules(&hanh, proposal, true, "").await.expect("agreed");
    assert_eq!(version().await, 2);
    assert_eq!(refusal(world.engine.decide_proposed_rules(&hanh, proposal, true, "").await), Refusal::AlreadyDone);
    let kept = &world.engine.rules_of(&bao, contest).await.expect("kept")[0];
    assert_eq!(
        (kept.decided_by.as_str(), kept.proposed_by.as_deref(), kept.reason.as_str()),
        ("Phạm Thị Hạnh", Some("Trần Quốc Bảo"), REASON)
    );
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    assert_eq!(world.enters(&lan, SLUG).await.rules_version, 2);
});

story!(a_declined_the_le_stays_out_of_force_and_its_proposer_reads_why, |world| {
    let (bao, hanh) = (world.organiser().await, world.second_organiser().await);
    let proposal = proposed(&world, &bao).await;
    let contest = world.announced_contest(SLUG).await;
    assert_eq!(at(world.engine.decide_proposed_rules(&hanh, proposal, false, "không").await, "reason"), Refusal::ReasonNeeded);
    world.engine.decide_proposed_rules(&hanh, proposal, false, "đợt thi đang mở, để đợt sau").await.expect("declined");
    assert_eq!(refusal(world.engine.decide_proposed_rules(&hanh, proposal, true, "").await), Refusal::AlreadyDone);
    let known = &world.engine.proposed_rules(&bao, contest).await.expect("kept")[0];
    assert_eq!((known.state, known.own, known.answer.as_str()), (ChangeState::Declined, true, "đợt thi đang mở, để đợt sau"));
    assert_eq!(world.engine.rules_of(&bao, contest).await.expect("kept").len(), 1);
    let NewRules::Proposed(again) = world.engine.decide_rules(&bao, contest, TEXT, REASON).await.expect("proposed anew") else {
        panic!("a round is open")
    };
    world.engine.decide_proposed_rules(&bao, again, false, "").await.expect("taken back by who proposed it");
    assert_eq!(world.engine.contest_page(SLUG).await.expect("public").rules.len(), 1);
});

story!(a_proposed_the_le_is_written_as_carefully_as_a_decided_one, |world| {
    let bao = world.organiser().await;
    world.scheduled_round(&RoundPlan::default()).await;
    let contest = world.announced_contest(SLUG).await;
    assert_eq!(at(world.engine.decide_rules(&bao, contest, TEXT, "sửa").await, "reason"), Refusal::ReasonNeeded);
    assert_eq!(at(world.engine.decide_rules(&bao, contest, TEXT, &"dài".repeat(400)).await, "reason"), Refusal::TooLong);
    assert_eq!(at(world.engine.decide_rules(&bao, contest, "", REASON).await, "text"), Refusal::Required);
    let nobodys = ChangeId(uuid::Uuid::nil());
    assert_eq!(refusal(world.engine.decide_proposed_rules(&bao, nobodys, true, "").await), Refusal::NotFound);
    for person in [world.editor().await, world.contestant("Nguyễn Thị Lan", "so-noi-vu").await] {
        assert_eq!(refusal(world.engine.decide_proposed_rules(&person, nobodys, true, "").await), Refusal::NotAllowed);
        assert_eq!(refusal(world.engine.proposed_rules(&person, contest).await), Refusal::NotAllowed);
    }
});

story!(a_new_the_le_is_proposed_and_decided_in_the_browser, |world| {
    let (bao, hanh) = (world.organiser().await, world.second_organiser().await);
    world.open_round(&RoundPlan::default()).await;
    let (mut first, mut second) = (world.browser_of(&bao).await, world.browser_of(&hanh).await);
    let page = format!("/quan-tri/cuoc-thi/{SLUG}/the-le");
    assert!(first.get(&page).await.says("Gửi người thứ hai quyết định"));
    let form = [("deed", "decide"), ("text", TEXT), ("reason", REASON)];
    assert_eq!(first.post(&page, &form).await.status, StatusCode::SEE_OTHER);
    assert_eq!(first.post(&page, &form).await.status, StatusCode::CONFLICT, "sending twice does no harm");
    let own = first.get(&page).await;
    assert!(own.says("Rút đề nghị") && !own.says(r#"value="agree""#), "the one who proposed it cannot agree");
    assert!(second.get("/quan-tri").await.says("bản thể lệ mới"));
    let seen = second.get(&page).await;
    assert!(seen.says("Khác với bản đang có hiệu lực") && seen.says("<ins>**một**</ins>"), "{}", seen.body);
    assert!(!world.client().get(&format!("/cuoc-thi/{SLUG}/the-le")).await.says(REASON), "a proposal is nobody's business");
    let id = seen.body.split("name=\"proposal\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a proposal").to_owned();
    let unsaid = second.post(&page, &[("deed", "decline"), ("proposal", &id), ("reason", "ít")]).await;
    assert!(unsaid.status == StatusCode::UNPROCESSABLE_ENTITY && unsaid.says("Xin ghi rõ lý do."), "{}", unsaid.body);
    assert_eq!(first.post(&page, &[("deed", "agree"), ("proposal", &id)]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(second.post(&page, &[("deed", "agree"), ("proposal", &id)]).await.status, StatusCode::SEE_OTHER);
    assert!(second.get(&page).await.says("Theo đề nghị của Trần Quốc Bảo"));
    let public = world.client().get(&format!("/cuoc-thi/{SLUG}/the-le")).await;
    assert!(public.says("Bản 2") && public.says(REASON) && public.says("người thứ hai"), "{}", public.body);
    let first_page = world.client().get(&format!("/cuoc-thi/{SLUG}")).await;
    assert!(first_page.says("Thay đổi thể lệ sau khi chốt") && first_page.says(REASON), "{}", first_page.body);
});
