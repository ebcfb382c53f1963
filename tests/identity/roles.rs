//! Who may do what, and the accounts that the installation opens itself.

use domain::{
    Refusal,
    identity::{Action, Audience, Role, bars, may},
};
use engine::contest::EntryForm;
use std::fmt::Write;
use tests::{SMALL, SmallRound, network, refused, refused_at, story};

/// The table as it stands in `golden/roles.txt`.
fn table() -> String {
    let mut text = String::new();
    for action in Action::ALL {
        let roles: Vec<&str> = Role::ALL.iter().filter(|role| may(**role, *action)).map(|role| role.code()).collect();
        writeln!(text, "{:<16} {}", action.code(), roles.join(" ")).expect("a string takes it");
    }
    text
}

#[test]
fn the_table_of_roles_is_the_golden_one() {
    let golden = include_str!("../golden/roles.txt");
    assert_eq!(table(), golden, "if the change is meant, write the left side to tests/golden/roles.txt");
}

#[test]
fn whoever_sees_running_totals_or_keys_never_takes_part_by_that_role() {
    for role in Role::ALL {
        let sees = may(*role, Action::WatchRound) || may(*role, Action::ReadBank);
        assert!(!(sees && may(*role, Action::TakePart)), "{role:?}");
    }
}

story!(whoever_sees_running_totals_or_keys_is_barred_from_entering_and_starting, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    for role in Role::ALL {
        let roles = if *role == Role::Contestant { &[][..] } else { std::slice::from_ref(role) };
        let person = world.member(&format!("Ngô Văn {}", role.code().replace('_', " ")), "so-noi-vu", roles).await;
        assert_eq!(person.is_barred(), bars(*role), "{role:?}");
        let entry = world.engine.enter_contest(&person, SMALL, &EntryForm::default()).await;
        if bars(*role) {
            refused!(entry, Refusal::Excluded);
            refused!(world.engine.start(&person, small.round).await, Refusal::Excluded);
        } else {
            entry.expect("the entry");
            world.engine.start(&person, small.round).await.expect("the start");
        }
    }
    assert_eq!(Role::ALL.iter().filter(|role| bars(**role)).count(), 5, "organisers, authors, reviewers, administrators, auditors");
});

story!(people_of_the_stories_are_who_they_say, |world| {
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    assert_eq!(lan.audience, Audience::CivilServant);
    assert_eq!(lan.unit, Some(world.unit("so-noi-vu").await));
    assert!(lan.may(Action::TakePart) && !lan.may(Action::ReadBank));
    assert!(world.organiser().await.may(Action::JudgeRound));
    assert!(world.author().await.may(Action::WriteQuestion));
    assert!(world.reviewer().await.may(Action::ReviewQuestion));
    assert!(world.admin().await.may(Action::GrantRoles));
    assert_eq!(world.organiser().await.account, world.organiser().await.account, "the same person comes again");
});

story!(an_administrator_is_made_from_the_command_line, |world| {
    let id = world.engine.create_admin("Quan.Tri", "Bùi Đức Long", "đèo Violắc mùa mưa").await.expect("made");
    assert!(world.engine.caller_of(id).await.expect("active").may(Action::GrantRoles));
    let token = world.engine.sign_in("quan.tri", "đèo Violắc mùa mưa", &network("192.0.2.1")).await.expect("signed in");
    let caller = world.engine.caller(token.as_str()).await.expect("looked up").expect("a session");
    assert_eq!(caller.account, id);
    assert_eq!(world.count("select cast(count(*) as bigint) from audit_note where deed = 'identity.create_admin'", &[]).await, 1);
});

story!(an_administrator_needs_a_free_login_and_a_good_password, |world| {
    let engine = &world.engine;
    refused_at!(engine.create_admin("lân", "", "cchc2026").await, "login": Refusal::BadLogin, "full_name": Refusal::Required, "password": Refusal::PasswordCommon);
    engine.create_admin("quan.tri", "Bùi Đức Long", "đèo Violắc mùa mưa").await.expect("made");
    refused_at!(engine.create_admin("quan.tri", "Bùi Đức Long", "đèo Violắc mùa mưa").await, "login": Refusal::LoginTaken);
    assert_eq!(world.count("select cast(count(*) as bigint) from account", &[]).await, 1);
});

story!(nobody_is_a_caller_without_an_account, |world| {
    refused!(world.engine.caller_of(domain::id::AccountId(uuid::Uuid::nil())).await, Refusal::NotFound);
    assert!(world.engine.caller("no-such-token").await.expect("looked up").is_none());
});
