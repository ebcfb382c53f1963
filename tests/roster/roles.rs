//! Granting and withdrawing roles.

use domain::{
    Refusal,
    id::AccountId,
    identity::{Action, Role, bars},
};
use tests::{SmallRound, refused, story};

story!(a_role_is_granted_and_withdrawn_with_a_note, |world| {
    let admin = world.admin().await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    world.engine.grant_role(&admin, lan.account, Role::Author).await.expect("granted");
    assert!(world.engine.caller_of(lan.account).await.expect("there").may(Action::WriteQuestion));
    refused!(world.engine.grant_role(&admin, lan.account, Role::Author).await, Refusal::AlreadyDone);
    let holders = world.engine.holders(&admin).await.expect("listed");
    assert!(
        holders
            .iter()
            .any(|holder| holder.id == lan.account && holder.role == Role::Author && holder.by_whom.as_deref() == Some("Bùi Đức Long"))
    );
    world.engine.withdraw_role(&admin, lan.account, Role::Author).await.expect("withdrawn");
    refused!(world.engine.withdraw_role(&admin, lan.account, Role::Author).await, Refusal::AlreadyDone);
    assert!(!world.engine.caller_of(lan.account).await.expect("there").may(Action::WriteQuestion));
    let notes = world
        .count("select cast(count(*) as bigint) from audit_note where deed in ('identity.grant_role', 'identity.withdraw_role')", &[])
        .await;
    assert_eq!(notes, 2);
});

story!(a_withdrawn_role_is_gone_for_open_sessions_too, |world| {
    let admin = world.admin().await;
    let author = world.author().await;
    let token = world.sign_in(&author).await;
    assert!(world.engine.caller(token.as_str()).await.expect("looked up").expect("signed in").is(Role::Author));
    world.engine.withdraw_role(&admin, author.account, Role::Author).await.expect("withdrawn");
    assert!(!world.engine.caller(token.as_str()).await.expect("looked up").expect("signed in").is(Role::Author));
});

story!(the_last_administrator_stays, |world| {
    let admin = world.admin().await;
    refused!(world.engine.withdraw_role(&admin, admin.account, Role::Admin).await, Refusal::LastAdmin);
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    world.engine.grant_role(&admin, lan.account, Role::Admin).await.expect("granted");
    world.run("update account set state = 'closed' where id = $1", &[lan.account.0]).await;
    refused!(world.engine.withdraw_role(&admin, admin.account, Role::Admin).await, Refusal::LastAdmin);
    world.run("update account set state = 'active' where id = $1", &[lan.account.0]).await;
    world.engine.withdraw_role(&admin, admin.account, Role::Admin).await.expect("there is another now");
});

story!(who_competes_is_given_no_role_that_shows_keys_or_totals, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let admin = world.admin().await;
    let (lan, attempt) = world.sits("Nguyễn Thị Lan", &small).await;
    let refused_to_lan = async || {
        for role in Role::ALL.iter().filter(|role| bars(**role)) {
            refused!(world.engine.grant_role(&admin, lan.account, *role).await, Refusal::StillCompetes);
        }
    };
    refused_to_lan().await;
    world.engine.grant_role(&admin, lan.account, Role::Editor).await.expect("it shows neither");
    world.engine.hand_in(&lan, attempt).await.expect("handed in");
    world.wind(domain::Millis::hours(3));
    refused_to_lan().await;
    world.publish_small(&small).await;
    let organiser = world.organiser().await;
    world.engine.correct_results(&organiser, small.round, "Sửa số liệu của một đơn vị").await.expect("a correction begins");
    refused_to_lan().await;
    world.engine.rank_round(&organiser, small.round).await.expect("ranked anew");
    world.engine.submit_results(&organiser, small.round).await.expect("submitted");
    world.engine.approve_results(&world.second_organiser().await, small.round).await.expect("approved");
    let decision = engine::results::Decision { number: "14/QĐ-BTC", date: "25/11/2026", file: None };
    world.engine.publish_results(&organiser, small.round, decision).await.expect("published anew");
    world.engine.grant_role(&admin, lan.account, Role::Author).await.expect("the contest is over");
});

story!(a_role_that_shows_keys_ends_an_entry_without_a_sheet, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let admin = world.admin().await;
    let minh = world.entrant("Trần Văn Minh").await;
    world.engine.grant_role(&admin, minh.account, Role::Reviewer).await.expect("no sheet was begun");
    // The caller of before, as a request that was under way has it.
    refused!(world.engine.start(&minh, small.round).await, Refusal::Excluded);
    let minh = world.engine.caller_of(minh.account).await.expect("there");
    refused!(world.engine.start(&minh, small.round).await, Refusal::Excluded);
    world.engine.withdraw_role(&admin, minh.account, Role::Reviewer).await.expect("withdrawn");
    let minh = world.engine.caller_of(minh.account).await.expect("there");
    world.engine.start(&minh, small.round).await.expect("a contestant again");
});

story!(who_may_not_grant_is_refused, |world| {
    let bao = world.organiser().await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    refused!(world.engine.grant_role(&bao, bao.account, Role::Admin).await, Refusal::NotAllowed);
    refused!(world.engine.withdraw_role(&bao, lan.account, Role::Author).await, Refusal::NotAllowed);
    refused!(world.engine.holders(&bao).await, Refusal::NotAllowed);
    assert!(world.engine.holders(&world.auditor().await).await.is_ok(), "auditors read");
});

story!(roles_go_to_people_who_can_hold_them, |world| {
    let admin = world.admin().await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    refused!(world.engine.grant_role(&admin, lan.account, Role::Contestant).await, Refusal::NotOffered);
    refused!(world.engine.grant_role(&admin, AccountId(uuid::Uuid::nil()), Role::Author).await, Refusal::NotFound);
    let homeless = world.editor().await;
    refused!(world.engine.grant_role(&admin, homeless.account, Role::Coordinator).await, Refusal::UnitNeeded);
    world.run("update account set state = 'closed' where id = $1", &[lan.account.0]).await;
    refused!(world.engine.grant_role(&admin, lan.account, Role::Author).await, Refusal::NotFound);
});
