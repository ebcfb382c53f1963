//! Việc cần làm: what waits for whom, beside the steps of the contests.

use super::three;
use domain::{
    id::QuestionId,
    identity::{RequestKind, Role},
};
use engine::{
    Caller,
    contest::{Waiting, WaitingKind},
};
use http::StatusCode;
use tests::{World, story};

async fn waits_for(world: &World, who: &Caller) -> Vec<(WaitingKind, i64)> {
    let waiting = world.engine.waiting(who).await.expect("a list");
    waiting.into_iter().map(|Waiting { what, count, .. }| (what, count)).collect()
}

async fn submitted_by(world: &World, author: &Caller) -> QuestionId {
    let question = world.engine.draft_question(author, &world.writing("2").await).await.expect("drafted");
    world.engine.submit(author, question, 1).await.expect("submitted");
    question
}

story!(questions_wait_for_reviewers_of_others_and_come_back_to_their_authors, |world| {
    let (author, reviewer) = (world.author().await, world.reviewer().await);
    let both = world.member("Hồ Thị Cúc", "so-noi-vu", &[Role::Author, Role::Reviewer]).await;
    let question = submitted_by(&world, &author).await;
    submitted_by(&world, &both).await;
    assert_eq!(waits_for(&world, &reviewer).await, [(WaitingKind::Review, 2)]);
    assert_eq!(waits_for(&world, &both).await, [(WaitingKind::Review, 1)], "nobody reviews the own question");
    assert_eq!(waits_for(&world, &author).await, []);
    world.engine.return_with_comments(&reviewer, question, "Nêu rõ năm.").await.expect("returned");
    assert_eq!(waits_for(&world, &author).await, [(WaitingKind::Returned, 1)]);
    assert_eq!(waits_for(&world, &both).await, []);
});

story!(requests_wait_for_those_who_manage_people_with_their_due_date, |world| {
    let [lan, minh, _] = three(&world).await;
    world.share_a_number(&lan, &minh).await;
    world.engine.ask_withdrawal(&lan).await.expect("asked");
    let expected = [(WaitingKind::Requests(RequestKind::WithdrawData), 1), (WaitingKind::Requests(RequestKind::DuplicateId), 1)];
    for manager in [world.organiser().await, world.admin().await] {
        assert_eq!(waits_for(&world, &manager).await, expected, "what is due comes first");
    }
    let due = world.engine.waiting(&world.admin().await).await.expect("a list")[0].due;
    assert!(due.is_some_and(|due| due > world.now()), "{due:?}");
    for other in [&lan, &world.reviewer().await, &world.editor().await, &world.auditor().await, &world.coordinator("so-noi-vu").await] {
        assert_eq!(waits_for(&world, other).await, [], "{}", other.full_name);
    }
});

story!(the_first_page_of_the_administration_is_a_home_for_everybody_with_a_task, |world| {
    let [lan, minh, _] = three(&world).await;
    submitted_by(&world, &world.author().await).await;
    world.share_a_number(&lan, &minh).await;
    let says = async |who: &Caller, words: &[&str]| {
        let page = world.browser_of(who).await.get("/quan-tri").await;
        assert_eq!(page.status, StatusCode::OK, "{}", who.full_name);
        for words in words {
            assert!(page.says(words), "{} reads {words}: {}", who.full_name, page.body);
        }
    };
    says(&world.author().await, &["không có việc nào đang chờ", "/quan-tri/cau-hoi"]).await;
    says(&world.reviewer().await, &["1 câu hỏi chờ thẩm định", "/quan-tri/tham-dinh"]).await;
    says(&world.organiser().await, &["1 yêu cầu: số định danh trùng", "Tạo cuộc thi", "/quan-tri/cuoc-thi"]).await;
    says(&world.admin().await, &["1 yêu cầu: số định danh trùng", "/quan-tri/phan-quyen", "/quan-tri/nhat-ky"]).await;
    says(&world.editor().await, &["không có việc nào đang chờ", "/quan-tri/tin-bai"]).await;
    says(&world.auditor().await, &["không có việc nào đang chờ", "/quan-tri/nhat-ky"]).await;
    assert_eq!(world.browser_of(&lan).await.get("/quan-tri").await.status, StatusCode::FORBIDDEN);
});
