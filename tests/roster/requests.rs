//! The queue of requests and its decisions.

use domain::{
    Millis, Refusal,
    id::RequestId,
    identity::{RequestKind, RequestState},
};
use engine::Caller;
use tests::{World, refused, refused_at, story};
use uuid::Uuid;

const REQUEST: Uuid = Uuid::from_u128(7);

/// The person has asked for it; an answer is due in two days.
async fn asked(world: &World, person: &Caller, statement: &'static str) -> RequestId {
    world.run(statement, &[REQUEST, person.account.0]).await;
    RequestId(REQUEST)
}

const WITHDRAW: &str = "insert into request (id, kind, account_id, detail, created_at, due_at, state)
                        values ($1, 'withdraw_data', $2, '', 1795395600000, 1795568400000, 'open')";
const CORRECT: &str = "insert into request (id, kind, account_id, detail, created_at, due_at, state)
                       values ($1, 'correct_data', $2, '{\"full_name\":\"Nguyễn Thị Loan\"}', 1795395600000, 1795568400000, 'open')";

story!(requests_wait_in_the_order_of_their_due_dates, |world| {
    let bao = world.organiser().await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    asked(&world, &lan, WITHDRAW).await;
    world
        .run(
            "insert into request (id, kind, account_id, detail, created_at, due_at, state)
             values ($1, 'unit_change', $2, '', 1795395600000, 1795395700000, 'open')",
            &[Uuid::from_u128(8), lan.account.0],
        )
        .await;
    let open = world.engine.requests(&bao, Some(RequestState::Open), None).await.expect("listed");
    assert_eq!(open.iter().map(|request| request.kind).collect::<Vec<_>>(), [RequestKind::UnitChange, RequestKind::WithdrawData]);
    assert_eq!(open[1].full_name.as_deref(), Some("Nguyễn Thị Lan"));
    assert!(!open[0].is_overdue(world.now()));
    world.wind(Millis::days(1));
    assert!(open[0].is_overdue(world.now()) && !open[1].is_overdue(world.now()));
    let narrowed = world.engine.requests(&bao, None, Some(RequestKind::WithdrawData)).await.expect("listed");
    assert_eq!(narrowed.len(), 1);
});

story!(a_decision_needs_an_answer_and_is_made_once, |world| {
    let bao = world.organiser().await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let request = asked(&world, &lan, CORRECT).await;
    refused_at!(world.engine.decide_request(&bao, request, "open", " ").await, "state": Refusal::NotOffered, "answer": Refusal::Required);
    refused_at!(world.engine.decide_request(&bao, request, "done", &"a".repeat(1_001)).await, "answer": Refusal::TooLong);
    world.engine.decide_request(&bao, request, "done", "Đã sửa theo căn cước.").await.expect("decided");
    refused!(world.engine.decide_request(&bao, request, "declined", "Không.").await, Refusal::AlreadyDone);
    let renamed = world.engine.caller_of(lan.account).await.expect("there");
    assert_eq!(renamed.full_name, "Nguyễn Thị Loan");
    let done = world.engine.requests(&bao, Some(RequestState::Done), None).await.expect("listed");
    assert_eq!((done[0].answer.as_str(), done[0].decided_by.as_deref()), ("Đã sửa theo căn cước.", Some("Trần Quốc Bảo")));
});

story!(a_declined_correction_changes_nothing, |world| {
    let bao = world.organiser().await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let request = asked(&world, &lan, CORRECT).await;
    world.engine.decide_request(&bao, request, "declined", "Chưa đủ căn cứ.").await.expect("decided");
    assert_eq!(world.engine.caller_of(lan.account).await.expect("there").full_name, "Nguyễn Thị Lan");
});

story!(a_granted_withdrawal_closes_the_account_and_forgets, |world| {
    let bao = world.organiser().await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let token = world.sign_in(&lan).await;
    world
        .run("update account set email = 'lan@quangngai.test', position = 'Chuyên viên', birth_date = 1 where id = $1", &[lan.account.0])
        .await;
    let request = asked(&world, &lan, WITHDRAW).await;
    world.engine.decide_request(&bao, request, "done", "Đã xóa dữ liệu.").await.expect("decided");
    assert_eq!(world.engine.caller(token.as_str()).await.expect("looked up"), None);
    let forgotten = "select cast(count(*) as bigint) from account
                     where id = $1 and state = 'closed' and password_hash is null and email = '' and position = '' and birth_date is null";
    assert_eq!(world.count(forgotten, &[lan.account.0]).await, 1);
});

story!(only_organisers_decide_and_never_their_own, |world| {
    let bao = world.organiser().await;
    let thu = world.coordinator("so-noi-vu").await;
    let request = asked(&world, &bao, WITHDRAW).await;
    refused!(world.engine.requests(&thu, None, None).await, Refusal::NotAllowed);
    refused!(world.engine.decide_request(&thu, request, "done", "Được.").await, Refusal::NotAllowed);
    refused!(world.engine.decide_request(&bao, request, "done", "Được.").await, Refusal::SecondPerson);
    refused!(world.engine.decide_request(&bao, RequestId(Uuid::nil()), "done", "Được.").await, Refusal::NotFound);
});
