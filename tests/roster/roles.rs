//! Granting and withdrawing roles.

use domain::{
    Refusal,
    contest::RoundChange,
    id::AccountId,
    identity::{Action, Role, bars},
};
use engine::contest::EntryForm;
use tests::{RoundPlan, SLUG, SmallRound, network, refused, refused_at, story};

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
    refused!(world.engine.start(&minh, small.round).await, Refusal::Excluded);
});

story!(who_saw_the_keys_by_a_role_stays_out_when_it_is_withdrawn, |world| {
    let round = world.open_round(&RoundPlan::default()).await;
    let admin = world.admin().await;
    let (lan, minh) = (world.contestant("Nguyễn Thị Lan", "so-noi-vu").await, world.contestant("Trần Văn Minh", "so-y-te").await);
    world.engine.grant_role(&admin, lan.account, Role::Reviewer).await.expect("granted");
    world.engine.grant_role(&admin, minh.account, Role::Editor).await.expect("granted");
    for (person, role) in [(&lan, Role::Reviewer), (&minh, Role::Editor)] {
        world.engine.withdraw_role(&admin, person.account, role).await.expect("withdrawn");
    }
    refused!(world.engine.enter_contest(&lan, SLUG, &EntryForm::default()).await, Refusal::Excluded);
    // A change of the round looks for its makers anew; whoever was found before stays found.
    let closes = world.now() + domain::Millis::days(30);
    world.changes(round, &RoundChange::ExtendClose { closes }, "mất điện diện rộng").await;
    refused!(world.engine.enter_contest(&lan, SLUG, &EntryForm::default()).await, Refusal::Excluded);
    world.enters(&minh, SLUG).await;
});

story!(an_exclusion_after_the_close_takes_no_prize_away, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let admin = world.admin().await;
    let (lan, attempt) = world.sits("Nguyễn Thị Lan", &small).await;
    world.engine.hand_in(&lan, attempt).await.expect("handed in");
    world.wind(domain::Millis::hours(3));
    world.publish_small(&small).await;
    world.engine.grant_role(&admin, lan.account, Role::Author).await.expect("the contest is over");
    world.engine.withdraw_role(&admin, lan.account, Role::Author).await.expect("withdrawn");
    let before_the_close = "select cast(count(*) as bigint)
                            from exclusion e
                            join round r on r.contest_id = e.contest_id
                            where e.account_id = $1 and e.since < r.closes_at";
    assert_eq!(world.count(before_the_close, &[lan.account.0]).await, 0);
    assert_eq!(world.count("select cast(count(*) as bigint) from exclusion where account_id = $1", &[lan.account.0]).await, 1);
});

story!(nobody_grants_a_role_to_oneself, |world| {
    let admin = world.admin().await;
    for role in [Role::Organiser, Role::Author, Role::Coordinator] {
        refused!(world.engine.grant_role(&admin, admin.account, role).await, Refusal::SecondPerson);
    }
    refused!(world.engine.grant_role_to(&admin, "bui.duc.long", "organiser").await, Refusal::SecondPerson);
});

story!(a_second_person_was_one_before_the_proposal, |world| {
    let (bao, admin) = (world.organiser().await, world.admin().await);
    let round = world.open_round(&RoundPlan::default()).await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let extend = |days| RoundChange::ExtendClose { closes: world.now() + domain::Millis::days(days) };
    let first = world.engine.propose_change(&bao, round, &extend(30), "mất điện diện rộng").await.expect("proposed");
    world.wind(domain::Millis::minutes(1));
    world.engine.grant_role(&admin, lan.account, Role::Organiser).await.expect("granted");
    let lan = world.engine.caller_of(lan.account).await.expect("there");
    refused!(world.engine.decide_change(&lan, first, true).await, Refusal::SecondPerson);
    world.engine.decide_change(&lan, first, false).await.expect("declining takes no second person");
    world.wind(domain::Millis::minutes(1));
    let second = world.engine.propose_change(&bao, round, &extend(31), "mất điện diện rộng").await.expect("proposed");
    world.engine.decide_change(&lan, second, true).await.expect("an organiser since before");
});

story!(who_lets_the_second_person_in_acts_alone, |world| {
    let (hanh, admin) = (world.second_organiser().await, world.admin().await);
    let round = world.open_round(&RoundPlan::default()).await;
    // An administrator who also organises, by the installation.
    let both = world.member("Ngô Văn Hòa", "so-y-te", &[Role::Organiser, Role::Admin]).await;
    let change = RoundChange::ExtendClose { closes: world.now() + domain::Millis::days(30) };
    let proposed = world.engine.propose_change(&both, round, &change, "mất điện diện rộng").await.expect("proposed");
    let slip = world.engine.issue_code(&both, hanh.account).await.expect("issued");
    world.engine.reset_password(&slip.code.shown(), "Thiên-Ấn-1627", &network("192.0.2.20")).await.expect("taken over");
    refused!(world.engine.decide_change(&hanh, proposed, true).await, Refusal::SecondPerson);
    let slip = world.engine.issue_code(&admin, hanh.account).await.expect("issued");
    world.engine.reset_password(&slip.code.shown(), "Thiên-Bút-1627", &network("192.0.2.20")).await.expect("back again");
    world.engine.decide_change(&world.organiser().await, proposed, true).await.expect("somebody else agrees");
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

story!(a_role_is_granted_by_login, |world| {
    let admin = world.admin().await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    refused_at!(world.engine.grant_role_to(&admin, "khong.co.ai", "author").await, "login": Refusal::LoginUnknown);
    refused_at!(
        world.engine.grant_role_to(&admin, " ", "người lạ").await,
        "login": Refusal::Required, "role": Refusal::NotOffered,
    );
    world.engine.grant_role_to(&admin, "Nguyen.Thi.Lan", "author").await.expect("granted");
    assert!(world.engine.caller_of(lan.account).await.expect("there").is(Role::Author));
    world.run("update account set state = 'closed' where id = $1", &[lan.account.0]).await;
    refused_at!(world.engine.grant_role_to(&admin, "nguyen.thi.lan", "editor").await, "login": Refusal::LoginUnknown);
});
