//! Grants are proposed by one organiser and decided by another; who is meant must be of the contest.

use super::deadline;
use domain::{
    Millis, Refusal,
    contest::{ChangeState, Grant, GrantForm, Grantee, RoundChange},
    id::{AccountId, UnitId},
};
use tests::{INCIDENT, RoundPlan, SMALL, SmallRound, refused, refused_at, story, to_person, to_unit};
use uuid::Uuid;

story!(a_grant_needs_a_second_person, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (lan, attempt) = world.sits("Nguyễn Thị Lan", &small).await;
    let before = deadline(&world, &lan, attempt).await;
    let (one, two) = (world.organiser().await, world.second_organiser().await);
    let form = to_person(&lan, "time", "10");
    let change = world.engine.propose_grant(&one, small.round, &form, INCIDENT).await.expect("proposed");
    refused!(world.engine.decide_change(&one, change, true).await, Refusal::SecondPerson);
    refused!(world.engine.decide_change(&lan, change, true).await, Refusal::NotAllowed);
    assert_eq!(deadline(&world, &lan, attempt).await, before, "not yet");
    refused!(world.engine.minutes_of(&one, small.round, change).await, Refusal::NotFound);
    world.engine.decide_change(&two, change, false).await.expect("declined");
    refused!(world.engine.decide_change(&two, change, true).await, Refusal::AlreadyDone);
    assert_eq!(deadline(&world, &lan, attempt).await, before);
    assert_eq!(world.count("select cast(count(*) as bigint) from round_grant", &[]).await, 0);
    let known = world.engine.changes_of(&one, small.round).await.expect("kept");
    assert_eq!(known[0].state, ChangeState::Declined);
});

story!(a_person_is_named_by_login_or_by_the_code_of_the_entry, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (lan, attempt) = world.sits("Nguyễn Thị Lan", &small).await;
    let before = deadline(&world, &lan, attempt).await;
    let code = world.engine.entry_of(&lan, SMALL).await.expect("looked up").expect("entered").code;
    let by_code = GrantForm { person: format!(" {} ", code.to_lowercase()), ..to_person(&lan, "time", "10") };
    let change = world.grants(small.round, &by_code).await;
    let by_login = GrantForm { person: "NGUYEN.THI.LAN".to_owned(), ..by_code };
    world.grants(small.round, &by_login).await;
    assert_eq!(deadline(&world, &lan, attempt).await, before + Millis::minutes(20));
    let organiser = world.organiser().await;
    let minutes = world.engine.minutes_of(&organiser, small.round, change).await.expect("the minutes");
    assert_eq!(minutes.change.concerns, Some(format!("Nguyễn Thị Lan, mã dự thi {code}, Sở Nội vụ")));
    assert_eq!((minutes.sheets, minutes.pause), (Some(1), None));
});

story!(who_is_not_of_the_contest_is_granted_nothing, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let foreign = world.open_round(&RoundPlan { opens_in: Millis::minutes(1), ..RoundPlan::default() }).await;
    let organiser = world.organiser().await;
    let engine = &world.engine;
    let lan = world.entrant("Nguyễn Thị Lan").await;
    let hoa = world.contestant("Lê Thị Hoa", "so-y-te").await;
    let propose = async |round, form: GrantForm| engine.propose_grant(&organiser, round, &form, INCIDENT).await;
    refused_at!(propose(small.round, to_person(&hoa, "time", "10")).await, "person": Refusal::EntrantUnknown);
    refused_at!(propose(foreign, to_person(&lan, "time", "10")).await, "person": Refusal::EntrantUnknown);
    let code = engine.entry_of(&lan, SMALL).await.expect("looked up").expect("entered").code;
    let by_code = GrantForm { person: code, ..to_person(&lan, "time", "10") };
    refused_at!(propose(foreign, by_code).await, "person": Refusal::EntrantUnknown);
    let direct = |to| RoundChange::Grant { to, grant: Grant::Attempts(1) };
    let stranger = direct(Grantee::Person(lan.account));
    refused!(engine.propose_change(&organiser, foreign, &stranger, INCIDENT).await, Refusal::EntrantUnknown);
    let nobody = direct(Grantee::Person(AccountId(Uuid::nil())));
    refused!(engine.propose_change(&organiser, small.round, &nobody, INCIDENT).await, Refusal::EntrantUnknown);
    let nowhere = direct(Grantee::Unit(UnitId(Uuid::nil())));
    refused!(engine.propose_change(&organiser, small.round, &nowhere, INCIDENT).await, Refusal::UnitUnknown);
    let nothing = domain::id::RoundId(Uuid::nil());
    refused!(propose(nothing, to_person(&lan, "time", "10")).await, Refusal::NotFound);
});

story!(what_is_typed_wrongly_is_named_field_by_field, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let lan = world.entrant("Nguyễn Thị Lan").await;
    let organiser = world.organiser().await;
    let engine = &world.engine;
    let form = to_person(&lan, "time", "10");
    refused_at!(engine.propose_grant(&organiser, small.round, &form, "vì thế").await, "reason": Refusal::ReasonNeeded);
    let wrong = GrantForm { minutes: "0".to_owned(), ..form.clone() };
    let refusal = engine.propose_grant(&organiser, small.round, &wrong, "").await;
    refused_at!(refusal, "minutes": Refusal::OutOfRange, "reason": Refusal::ReasonNeeded);
    let both = GrantForm { unit: world.unit("so-y-te").await.to_string(), ..form.clone() };
    refused_at!(engine.propose_grant(&organiser, small.round, &both, INCIDENT).await, "unit": Refusal::EitherOr);
    let early = to_person(&lan, "late_start", &(world.now() + Millis::hours(1)).short());
    refused!(engine.propose_grant(&organiser, small.round, &early, INCIDENT).await, Refusal::NotLater);
    refused!(engine.propose_grant(&lan, small.round, &form, INCIDENT).await, Refusal::NotAllowed);
    world.wind(Millis::hours(2));
    let late = to_person(&lan, "late_start", &(world.now() + Millis::hours(1)).short());
    let waiting = engine.propose_grant(&organiser, small.round, &late, INCIDENT).await.expect("closed, not yet in review");
    engine.begin_review(&organiser, small.round).await.expect("in review");
    refused!(engine.propose_grant(&organiser, small.round, &form, INCIDENT).await, Refusal::WrongOrder);
    refused!(engine.decide_change(&world.second_organiser().await, waiting, true).await, Refusal::WrongOrder);
});

story!(the_public_reads_grants_and_resumptions_with_their_reasons_and_no_names, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let lan = world.entrant("Nguyễn Thị Lan").await;
    let unit = world.unit("so-y-te").await;
    world.grants(small.round, &to_person(&lan, "time", "10")).await;
    world.grants(small.round, &to_unit(unit, "attempts", "1")).await;
    world.pauses(small.round).await;
    let address = format!("/cuoc-thi/{SMALL}");
    let page = world.client().get(&address).await;
    assert!(page.says("đang tạm dừng đợt thi") && page.says("Đang tạm dừng"), "{}", page.body);
    world.resumes(small.round).await;
    let page = world.client().get(&address).await;
    for words in ["Bù giờ 10 phút cho 01 người dự thi.", "Thêm 01 lượt dự thi cho người dự thi của Sở Y tế.", "Tiếp tục đợt thi", INCIDENT]
    {
        assert!(page.says(words), "{words} in {}", page.body);
    }
    assert!(!page.says("Nguyễn Thị Lan") && !page.says("nguyen.thi.lan"), "{}", page.body);
    assert!(!page.says("đang tạm dừng đợt thi"));
});
