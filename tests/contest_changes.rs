//! Changes of a frozen round: proposed by one, decided by another, read by all.

use domain::{
    Millis, Refusal,
    contest::{ChangeState, RoundChange},
    identity::Audience,
};
use engine::{Stop, contest::TaskKind};
use http::StatusCode;
use tests::{RoundPlan, SLUG, World, story};

const REASON: &str = "trùng lịch họp của tỉnh";

fn refusal<T: std::fmt::Debug>(outcome: engine::Result<T>) -> Refusal {
    match outcome.expect_err("refused") {
        Stop::Fault(fault) => panic!("{fault}"),
        stop => stop.refusal(),
    }
}

story!(a_change_needs_a_second_person_and_is_public, |world| {
    let (bao, hanh) = (world.organiser().await, world.second_organiser().await);
    let plan = RoundPlan::default();
    let round = world.open_round(&plan).await;
    let closes = world.now() + plan.lasts + Millis::days(1);
    let change = RoundChange::ExtendClose { closes };
    assert_eq!(refusal(world.engine.propose_change(&bao, round, &change, "vì thế").await), Refusal::ReasonNeeded);
    let proposed = world.engine.propose_change(&bao, round, &change, REASON).await.expect("proposed");
    assert!(world.engine.contest_page(SLUG).await.expect("public").rounds[0].changes.is_empty(), "not yet");
    assert_eq!(refusal(world.engine.decide_change(&bao, proposed, true).await), Refusal::SecondPerson);
    let waiting = world.engine.to_do(&hanh).await.expect("listed");
    assert!(waiting.iter().any(|task| matches!(task.what, TaskKind::Decide { change, .. } if change == proposed)));
    world.engine.decide_change(&hanh, proposed, true).await.expect("agreed");
    assert_eq!(refusal(world.engine.decide_change(&hanh, proposed, true).await), Refusal::AlreadyDone);
    let page = world.engine.contest_page(SLUG).await.expect("public");
    let shown = &page.rounds[0];
    assert_eq!(shown.window.closes, closes);
    assert_eq!((shown.changes.len(), shown.changes[0].reason.as_str()), (1, REASON));
    assert!(shown.changes[0].words.starts_with("Gia hạn giờ đóng đến"));
    let known = world.engine.changes_of(&bao, round).await.expect("kept");
    assert_eq!((known[0].state, known[0].decider.as_deref(), known[0].own), (ChangeState::Done, Some("Phạm Thị Hạnh"), true));
});

story!(a_declined_change_changes_nothing, |world| {
    let (bao, hanh) = (world.organiser().await, world.second_organiser().await);
    let plan = RoundPlan::default();
    let round = world.scheduled_round(&plan).await;
    let opens = world.now() + Millis::days(2);
    let change = RoundChange::ShiftWindow { opens, closes: opens + Millis::days(1) };
    let first = world.engine.propose_change(&bao, round, &change, REASON).await.expect("proposed");
    world.engine.decide_change(&hanh, first, false).await.expect("declined");
    let second = world.engine.propose_change(&bao, round, &change, REASON).await.expect("proposed");
    world.engine.decide_change(&bao, second, false).await.expect("taken back by who proposed it");
    assert_eq!(world.engine.contest_page(SLUG).await.expect("public").rounds[0].window.opens, world.now() + plan.opens_in);
    let third = world.engine.propose_change(&bao, round, &change, REASON).await.expect("proposed");
    world.wind(plan.opens_in);
    assert_eq!(refusal(world.engine.decide_change(&hanh, third, true).await), Refusal::WrongOrder, "it opened meanwhile");
});

story!(what_comes_too_late_or_makes_no_sense_is_refused, |world| {
    let bao = world.organiser().await;
    let plan = RoundPlan::default();
    let draft = world.draft_round(&plan).await;
    let later = RoundChange::ExtendClose { closes: world.now() + Millis::days(30) };
    assert_eq!(refusal(world.engine.propose_change(&bao, draft, &later, REASON).await), Refusal::WrongOrder, "a draft is simply edited");
    world.engine.schedule_round(&bao, draft).await.expect("frozen");
    let earlier = RoundChange::ExtendClose { closes: world.now() + plan.opens_in };
    assert_eq!(refusal(world.engine.propose_change(&bao, draft, &earlier, REASON).await), Refusal::ClosesTooEarly);
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    assert_eq!(refusal(world.engine.propose_change(&lan, draft, &later, REASON).await), Refusal::NotAllowed);
});

story!(a_headcount_is_corrected_in_the_round_alone, |world| {
    let (bao, hanh) = (world.organiser().await, world.second_organiser().await);
    let round = world.open_round(&RoundPlan::default()).await;
    let unit = world.unit("so-y-te").await;
    let change = RoundChange::CorrectHeadcount { unit, headcount: Some(412) };
    let proposed = world.engine.propose_change(&bao, round, &change, "đơn vị báo nhầm số liệu").await.expect("proposed");
    world.engine.decide_change(&hanh, proposed, true).await.expect("agreed");
    let page = world.engine.contest_page(SLUG).await.expect("public");
    assert_eq!(page.rounds[0].changes[0].words, "Đính chính số CBCCVC và người lao động của Sở Y tế: 412.");
    let province = world.unit("ubnd-tinh").await;
    let outside = RoundChange::CorrectHeadcount { unit: province, headcount: Some(5) };
    assert_eq!(refusal(world.engine.propose_change(&bao, round, &outside, REASON).await), Refusal::NotOffered, "it stands in no block");
});

story!(a_question_is_replaced_only_by_one_of_its_cell_and_before_opening, |world| {
    let (bao, hanh) = (world.organiser().await, world.second_organiser().await);
    let plan = RoundPlan { audiences: &[Audience::Citizen], ..RoundPlan::default() };
    let round = world.scheduled_round(&plan).await;
    let pool = world.engine.pool_of(&bao, round).await.expect("the pool");
    let division = pool[0].division;
    let (leaving, other) = (pool[0].question, pool[1].question);
    let swap = |by| RoundChange::ReplaceQuestion { division, question: leaving, by };
    assert_eq!(
        refusal(world.engine.propose_change(&bao, round, &swap(other), REASON).await),
        Refusal::Repeated,
        "it stands in the pool already"
    );
    assert_eq!(
        refusal(world.engine.propose_change(&bao, round, &swap(domain::id::QuestionId(uuid::Uuid::nil())), REASON).await),
        Refusal::NotOffered
    );
    // One more question of each cell is written and approved.
    assert_eq!(world.approved_bank(plan.bank + 1).await, 28);
    let spare = world.engine.spare_questions(&bao, round).await.expect("spares");
    let (cell, fresh) = spare.iter().map(|spare| (spare.cell, spare.question)).next().expect("one spare");
    let leaving = pool.iter().find(|place| place.cell == cell).expect("of the same cell").question;
    let change = RoundChange::ReplaceQuestion { division, question: leaving, by: fresh };
    let proposed = world.engine.propose_change(&bao, round, &change, "câu hỏi dẫn văn bản hết hiệu lực").await.expect("proposed");
    world.engine.decide_change(&hanh, proposed, true).await.expect("agreed");
    let now: Vec<_> = world.engine.pool_of(&bao, round).await.expect("the pool").into_iter().map(|place| place.question).collect();
    assert!(now.contains(&fresh) && !now.contains(&leaving) && now.len() == pool.len());
    world.wind(plan.opens_in);
    let back = RoundChange::ReplaceQuestion { division, question: fresh, by: leaving };
    assert_eq!(refusal(world.engine.propose_change(&bao, round, &back, REASON).await), Refusal::WrongOrder);
});

/// What nobody in particular reads on a page of the contest.
async fn read(world: &World, page: &str) -> String {
    let reply = world.client().get(&format!("/cuoc-thi/{SLUG}{page}")).await;
    assert_eq!(reply.status, StatusCode::OK, "{page}");
    reply.body
}

story!(everybody_reads_what_was_changed_after_freezing_and_why, |world| {
    let (bao, hanh) = (world.organiser().await, world.second_organiser().await);
    let plan = RoundPlan::default();
    let round = world.scheduled_round(&plan).await;
    assert!(!read(&world, "").await.contains("Thay đổi sau khi chốt"), "nothing has changed yet");
    let opens = world.now() + Millis::days(1);
    let closes = opens + Millis::days(4);
    let unit = world.unit("so-y-te").await;
    let pool = world.engine.pool_of(&bao, round).await.expect("the pool");
    assert_eq!(world.approved_bank(plan.bank + 1).await, 28, "one more question of each cell");
    let spare = world.engine.spare_questions(&bao, round).await.expect("spares");
    let place = pool.iter().find(|place| place.cell == spare[0].cell && place.division == spare[0].division).expect("of its cell");
    let changes = [
        (RoundChange::ShiftWindow { opens, closes }, "trùng lịch họp của tỉnh", "Chuyển thời gian của đợt thi"),
        (RoundChange::ExtendClose { closes: closes + Millis::days(2) }, "mất điện diện rộng", "Gia hạn giờ đóng đến"),
        (RoundChange::ExpectResults { at: closes + Millis::days(9) }, "chờ xác minh đơn vị", "Dự kiến công bố kết quả ngày 07/12/2026"),
        (RoundChange::CorrectHeadcount { unit, headcount: Some(412) }, "đơn vị báo nhầm số liệu", "Sở Y tế: 412"),
        (
            RoundChange::ReplaceQuestion { division: place.division, question: place.question, by: spare[0].question },
            "câu hỏi dẫn văn bản hết hiệu lực",
            "Thay một câu hỏi",
        ),
    ];
    for (change, reason, words) in changes {
        let proposed = world.engine.propose_change(&bao, round, &change, reason).await.expect("proposed");
        assert!(!read(&world, "").await.contains(reason), "a proposal is nobody's business: {reason}");
        world.engine.decide_change(&hanh, proposed, true).await.expect("agreed");
        let page = read(&world, "").await;
        assert!(page.contains("Thay đổi sau khi chốt") && page.contains(reason) && page.contains(words), "{reason}: {page}");
        assert!(!page.contains("Đúng 1.recognise.4"), "no question is shown");
        world.wind(Millis::minutes(1));
    }
    let declined = RoundChange::ExpectResults { at: closes + Millis::days(20) };
    let proposed = world.engine.propose_change(&bao, round, &declined, "muốn thong thả hơn").await.expect("proposed");
    world.engine.decide_change(&hanh, proposed, false).await.expect("declined");
    assert!(!read(&world, "").await.contains("muốn thong thả hơn"), "what did not come about is not public");
});

story!(every_version_of_the_rules_stays_readable_with_its_reason, |world| {
    let bao = world.organiser().await;
    let contest = world.announced_contest(SLUG).await;
    for (text, reason) in
        [("Mỗi người **hai** lượt.", "làm rõ số lượt dự thi"), ("Mỗi người **ba** lượt.", "theo kiến nghị của các đơn vị")]
    {
        world.wind(Millis::days(1));
        world.engine.decide_rules(&bao, contest, text, reason).await.expect("decided");
    }
    let page = read(&world, "/the-le").await;
    for words in [
        "Bản 3",
        "<strong>ba</strong>",
        "theo kiến nghị của các đơn vị",
        "Các bản trước",
        "Bản 2",
        "<strong>hai</strong>",
        "làm rõ số lượt dự thi",
        "Bản 1",
        "Mỗi người dự thi ở một bảng.",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    let places = ["Bản 3", "Bản 2", "Bản 1"].map(|version| page.find(version));
    assert!(places.is_sorted(), "the newest comes first: {places:?}");
});
