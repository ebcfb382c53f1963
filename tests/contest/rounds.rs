//! Rounds: drafted, complete, frozen, opened, copied, called off.

use super::{at, refusal};
use domain::{
    Millis, Refusal,
    bank::Difficulty,
    contest::{Caution, ContestState, DivisionForm, Lack, RoundChange, RoundState},
    identity::Audience,
};
use engine::Stop;
use tests::{RoundPlan, SLUG, contest_form, prize, story};

story!(an_empty_round_says_what_it_lacks, |world| {
    let bao = world.organiser().await;
    let contest = world.announced_contest(SLUG).await;
    let form = RoundPlan::default().form(world.now());
    let round = world.engine.add_round(&bao, contest, &form).await.expect("added");
    let plan = world.engine.plan_round(&bao, round).await.expect("planned");
    assert_eq!(plan.lacks, [Lack::NoDivision]);
    assert_eq!(refusal(world.engine.schedule_round(&bao, round).await), Refusal::NotReady);
});

story!(a_matrix_that_the_bank_cannot_fill_names_its_cell, |world| {
    let bao = world.organiser().await;
    let round = world.draft_round(&RoundPlan { each: 5, audiences: &[Audience::Citizen], ..RoundPlan::default() }).await;
    let lacks = world.engine.plan_round(&bao, round).await.expect("planned").lacks;
    let words: Vec<_> = lacks.iter().map(Lack::words).collect();
    assert_eq!(words.len(), 6, "{words:?}");
    assert!(words[0].contains("mức nhận biết cần 5 câu, ngân hàng có 3 câu (thiếu 2)"), "{words:?}");
    assert_eq!(refusal(world.engine.schedule_round(&bao, round).await), Refusal::BlueprintUncovered);
    assert_eq!(refusal(world.engine.preview_paper(&bao, round, Audience::Citizen).await), Refusal::BlueprintUncovered);
});

story!(a_complete_round_freezes_opens_and_closes, |world| {
    let bao = world.organiser().await;
    let plan = RoundPlan::default();
    let round = world.scheduled_round(&plan).await;
    let state = || async { world.engine.contest(&bao, SLUG).await.expect("seen").rounds[0].state };
    assert_eq!(state().await, RoundState::Waiting);
    world.wind(plan.opens_in);
    assert_eq!(state().await, RoundState::Open);
    let page = world.engine.contest_page(SLUG).await.expect("public");
    assert_eq!(page.state(world.now()), ContestState::Running);
    let shown = page.current_round(world.now()).expect("a round");
    assert_eq!((shown.id, shown.divisions.len(), shown.divisions[0].questions), (round, 2, 12));
    assert_eq!(shown.prizes.len(), 4);
    world.wind(Millis(plan.lasts.0 - 1));
    assert_eq!(state().await, RoundState::Open);
    world.wind(Millis(1));
    assert_eq!(state().await, RoundState::Closed);
});

story!(a_frozen_round_is_not_edited, |world| {
    let bao = world.organiser().await;
    let plan = RoundPlan::default();
    let round = world.scheduled_round(&plan).await;
    let contest = world.announced_contest(SLUG).await;
    let seen = world.engine.contest(&bao, SLUG).await.expect("seen");
    assert_eq!(refusal(world.engine.edit_round(&bao, round, seen.rounds[0].revision, &plan.form(world.now())).await), Refusal::Frozen);
    assert_eq!(
        refusal(world.engine.edit_division(&bao, round, Audience::Citizen, &world.division_form(&plan).await).await),
        Refusal::Frozen
    );
    assert_eq!(refusal(world.engine.remove_division(&bao, round, Audience::Citizen).await), Refusal::Frozen);
    assert_eq!(refusal(world.engine.edit_prizes(&bao, contest, Some(round), &[]).await), Refusal::Frozen);
    assert_eq!(refusal(world.engine.edit_prizes(&bao, contest, None, &[]).await), Refusal::Frozen);
    assert_eq!(refusal(world.engine.remove_round(&bao, round).await), Refusal::Frozen);
    assert_eq!(refusal(world.engine.schedule_round(&bao, round).await), Refusal::AlreadyDone);
    let mut form = contest_form(SLUG);
    form.one_prize_each = true;
    form.extra_fields = vec!["email".to_owned()];
    let revision = seen.revision;
    assert_eq!(at(world.engine.edit_contest(&bao, contest, revision, &form).await, "one_prize_each"), Refusal::Frozen);
    assert_eq!(at(world.engine.edit_contest(&bao, contest, revision, &form).await, "extra_fields"), Refusal::Frozen);
});

story!(a_draft_is_edited_by_one_at_a_time, |world| {
    let (bao, hanh) = (world.organiser().await, world.second_organiser().await);
    let plan = RoundPlan::default();
    let round = world.draft_round(&plan).await;
    let revision = world.engine.contest(&bao, SLUG).await.expect("seen").rounds[0].revision;
    let mut form = plan.form(world.now());
    "Kỳ 1".clone_into(&mut form.label);
    world.engine.edit_round(&bao, round, revision, &form).await.expect("changed");
    assert_eq!(refusal(world.engine.edit_round(&hanh, round, revision, &form).await), Refusal::ChangedMeanwhile);
    form.closes_at = form.opens_at.clone();
    assert_eq!(at(world.engine.edit_round(&hanh, round, revision + 1, &form).await, "closes_at"), Refusal::ClosesTooEarly);
    let unknown = DivisionForm {
        minutes: "20".to_owned(),
        counts: vec![(domain::id::TopicId(uuid::Uuid::nil()), Difficulty::Apply, "1".to_owned())],
        ..DivisionForm::default()
    };
    assert!(
        matches!(world.engine.edit_division(&bao, round, Audience::Citizen, &unknown).await, Err(Stop::AtFields(_))),
        "an unknown topic"
    );
    world.engine.remove_division(&bao, round, Audience::Citizen).await.expect("removed");
    assert_eq!(refusal(world.engine.remove_division(&bao, round, Audience::Citizen).await), Refusal::NotFound);
    let lacks = world.engine.plan_round(&bao, round).await.expect("planned").lacks;
    assert!(matches!(lacks[..], [Lack::PrizeWithoutDivision(_)]), "{lacks:?}");
    world.engine.remove_round(&bao, round).await.expect("removed");
    assert!(world.engine.contest(&bao, SLUG).await.expect("seen").rounds.is_empty());
});

story!(a_copied_round_is_the_next_week, |world| {
    let bao = world.organiser().await;
    let round = world.scheduled_round(&RoundPlan::default()).await;
    let copy = world.engine.copy_round(&bao, round).await.expect("copied");
    let contest = world.engine.contest(&bao, SLUG).await.expect("seen");
    let [first, second] = &contest.rounds[..] else { panic!("two rounds") };
    assert_eq!((second.id, second.settings.label.as_str(), second.state), (copy, "Tuần 2", RoundState::Draft));
    assert_eq!(second.settings.window.opens - first.settings.window.opens, Millis::days(7));
    let plan = world.engine.plan_round(&bao, copy).await.expect("planned");
    assert_eq!((plan.divisions.len(), plan.lacks.len()), (2, 0), "{:?}", plan.lacks);
    assert_eq!(world.engine.prizes_of(&bao, contest.id, Some(copy)).await.expect("copied").len(), 4);
});

story!(a_round_leaves_the_schedule_only_before_it_opens_and_by_two, |world| {
    let (bao, hanh) = (world.organiser().await, world.second_organiser().await);
    let plan = RoundPlan::default();
    let round = world.scheduled_round(&plan).await;
    let (draft, off) = (RoundChange::ReturnToDraft, RoundChange::CallOff);
    let propose = async |what: &RoundChange, reason: &str| world.engine.propose_change(&bao, round, what, reason).await;
    assert_eq!(at(propose(&draft, "nhầm").await, "reason"), Refusal::ReasonNeeded);
    let pending = propose(&off, "không đủ kinh phí tổ chức").await.expect("proposed");
    let proposed = propose(&draft, "chỉnh lại ma trận đề").await.expect("proposed");
    assert_eq!(refusal(world.engine.decide_change(&bao, proposed, true).await), Refusal::SecondPerson);
    world.engine.decide_change(&hanh, proposed, true).await.expect("a draft again");
    assert_eq!(refusal(world.engine.decide_change(&hanh, pending, true).await), Refusal::AlreadyDone, "turned down with it");
    assert_eq!(refusal(propose(&draft, "chỉnh lại ma trận đề").await), Refusal::WrongOrder);
    let page = world.engine.contest_page(SLUG).await.expect("public");
    assert!(page.rounds.is_empty());
    let (label, notices) = page.recalled.first().expect("everybody reads of it");
    assert_eq!((label.as_str(), notices.len(), notices[0].reason.as_str()), ("Tuần 1", 1, "chỉnh lại ma trận đề"));
    let shown = world.client().get(&format!("/cuoc-thi/{SLUG}")).await;
    assert!(shown.says("Tuần 1") && shown.says("đang soạn lại") && shown.says("chỉnh lại ma trận đề"), "{}", shown.body);
    assert_eq!(refusal(world.engine.remove_round(&bao, round).await), Refusal::RoundWasPublic);
    world.engine.schedule_round(&bao, round).await.expect("frozen again");
    let page = world.engine.contest_page(SLUG).await.expect("public");
    assert!(page.recalled.is_empty());
    assert_eq!(page.rounds[0].changes.len(), 1, "what was read stays to be read");
    world.wind(plan.opens_in);
    assert_eq!(refusal(propose(&draft, "chỉnh lại ma trận đề").await), Refusal::WrongOrder);
    assert_eq!(refusal(propose(&off, "không tổ chức nữa").await), Refusal::WrongOrder);
});

story!(a_round_that_is_called_off_says_why, |world| {
    let round = world.scheduled_round(&RoundPlan::default()).await;
    world.changes(round, &RoundChange::CallOff, "không tổ chức đợt này").await;
    let page = world.engine.contest_page(SLUG).await.expect("public");
    assert_eq!(page.rounds[0].state(world.now()), RoundState::Cancelled);
    assert_eq!(page.rounds[0].changes[0].reason, "không tổ chức đợt này");
    let bao = world.organiser().await;
    assert_eq!(refusal(world.engine.schedule_round(&bao, round).await), Refusal::AlreadyDone);
});

story!(keys_that_can_be_found_out_are_warned_of_before_freezing, |world| {
    let bao = world.organiser().await;
    let mut plan = RoundPlan::default();
    "own_correct".clone_into(&mut plan.form.after_hand_in);
    let round = world.draft_round(&plan).await;
    let planned = world.engine.plan_round(&bao, round).await.expect("planned");
    assert_eq!((planned.cautions, planned.lacks), (vec![Caution::OwnCorrectAgain], vec![]));
    let page = world.browser_of(&bao).await.get(&format!("/quan-tri/dot/{round}")).await;
    assert!(page.says("dò đáp án") && page.says("Chốt và lên lịch"), "{}", page.body);
    world.engine.schedule_round(&bao, round).await.expect("a warning is no bar");
});

story!(prizes_are_read_row_by_row, |world| {
    let bao = world.organiser().await;
    let contest = world.announced_contest(SLUG).await;
    let rows = [prize(Audience::Citizen, "Nhất", "1"), prize(Audience::Citizen, "Nhì", "không")];
    assert_eq!(at(world.engine.edit_prizes(&bao, contest, None, &rows).await, "quantity1"), Refusal::NotANumber);
    assert!(world.engine.prizes_of(&bao, contest, None).await.expect("read").is_empty(), "nothing half written");
    world.engine.edit_prizes(&bao, contest, None, &rows[..1]).await.expect("set");
    assert_eq!(world.engine.prizes_of(&bao, contest, None).await.expect("read").len(), 1);
});

story!(a_sample_paper_is_drawn_as_a_contestants, |world| {
    let bao = world.organiser().await;
    let round = world.draft_round(&RoundPlan::default()).await;
    let draft = world.engine.preview_paper(&bao, round, Audience::CivilServant).await.expect("drawn from the bank");
    assert_eq!((draft.places.len(), draft.minutes), (12, 20));
    world.engine.schedule_round(&bao, round).await.expect("frozen");
    let frozen = world.engine.preview_paper(&bao, round, Audience::Citizen).await.expect("drawn from the pool");
    assert_eq!(frozen.places.len(), 12);
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    assert_eq!(refusal(world.engine.preview_paper(&lan, round, Audience::Citizen).await), Refusal::NotAllowed);
});
