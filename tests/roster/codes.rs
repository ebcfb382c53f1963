//! One-time codes: activating an account of the roster, resetting a forgotten password.

use domain::{Millis, Refusal, id::AccountId, identity::Role};
use engine::{
    Caller,
    identity::{Agreed, Network, Slip},
};
use tests::{PASSWORD, World, network, refused, refused_at, story};

const YES: Agreed = Agreed { process: true, publish: true };
const LIST: &str = "login,full_name,unit\nlan.nt,Nguyễn Thị Lan,so-noi-vu\nminh.tv,Trần Văn Minh,so-noi-vu\nhoa.lt,Lê Thị Hoa,so-y-te\n";

/// Where people type their codes.
fn here() -> Network {
    network("192.0.2.20")
}

/// The organiser has imported a list of three.
async fn with_a_roster(world: &World) -> Caller {
    let bao = world.organiser().await;
    world.unit("so-noi-vu").await;
    let trial = world.engine.try_roster(&bao, "danh-sach.csv", LIST.into()).await.expect("tried");
    world.engine.import_roster(&bao, &trial.hash, &trial.mark).await.expect("accepted");
    bao
}

/// The slip of the person with this login.
fn slip_of<'a>(slips: &'a [Slip], login: &str) -> &'a Slip {
    slips.iter().find(|slip| slip.login == login).expect("a slip")
}

story!(a_slip_lets_its_owner_in_with_a_password_of_their_own, |world| {
    let bao = with_a_roster(&world).await;
    let unit = world.unit("so-noi-vu").await;
    let slips = world.engine.issue_slips(&bao, unit).await.expect("issued");
    assert_eq!(slips.slips.iter().map(|slip| slip.full_name.as_str()).collect::<Vec<_>>(), ["Nguyễn Thị Lan", "Trần Văn Minh"]);
    let lan = slip_of(&slips.slips, "lan.nt");
    assert_eq!(lan.code.shown().len(), 14, "twelve letters in three groups");
    let typed = lan.code.shown().to_lowercase().replace('-', " ");
    let token = world.engine.activate(&typed, PASSWORD, YES, &here()).await.expect("activated");
    let caller = world.engine.caller(token.as_str()).await.expect("looked up").expect("signed in");
    assert_eq!((caller.account, caller.unit), (lan.account, Some(unit)));
    assert_eq!(world.count("select cast(count(*) as bigint) from consent where account_id = $1", &[lan.account.0]).await, 2);
    assert_eq!(world.count("select cast(count(*) as bigint) from audit_note where deed = 'identity.activate'", &[]).await, 1);
    refused_at!(world.engine.activate(&typed, PASSWORD, YES, &here()).await, "code": Refusal::CodeInvalid);
});

story!(no_code_is_kept_as_it_is, |world| {
    let bao = with_a_roster(&world).await;
    let slips = world.engine.issue_slips(&bao, world.unit("so-noi-vu").await).await.expect("issued");
    let code = slips.slips[0].code.shown();
    assert!(!format!("{slips:?}").contains(&code), "not even in a log");
    for row in [
        "select cast(count(*) as bigint) from audit_note where detail like '%-%-%' and deed = 'identity.issue_code' and detail like '%code%'",
    ] {
        assert_eq!(world.count(row, &[]).await, 0);
    }
    assert_eq!(world.count("select cast(count(*) as bigint) from one_time_code where length(code_hash) = 32", &[]).await, 2);
});

story!(activation_tells_every_wrong_field_and_keeps_the_code, |world| {
    let bao = with_a_roster(&world).await;
    let slips = world.engine.issue_slips(&bao, world.unit("so-noi-vu").await).await.expect("issued");
    let code = slip_of(&slips.slips, "minh.tv").code.shown();
    refused_at!(
        world.engine.activate("", "ngắn", Agreed::default(), &here()).await,
        "code": Refusal::Required, "password": Refusal::PasswordShort, "consent_process": Refusal::ConsentNeeded
    );
    refused_at!(world.engine.activate("BBBB-BBBB-BBBB", PASSWORD, YES, &here()).await, "code": Refusal::CodeInvalid);
    refused_at!(world.engine.activate(&code, "minh.tv-2026", YES, &here()).await, "password": Refusal::PasswordIsLogin);
    refused_at!(world.engine.activate(&code, PASSWORD, Agreed { process: false, publish: true }, &here()).await, "consent_process": Refusal::ConsentNeeded);
    world.engine.activate(&code, PASSWORD, Agreed { process: true, publish: false }, &here()).await.expect("the code still works");
    let account = slip_of(&slips.slips, "minh.tv").account;
    assert_eq!(world.count("select cast(count(*) as bigint) from consent where account_id = $1", &[account.0]).await, 1);
});

story!(an_activation_code_lasts_fourteen_days, |world| {
    let bao = with_a_roster(&world).await;
    let slips = world.engine.issue_slips(&bao, world.unit("so-noi-vu").await).await.expect("issued");
    world.wind(Millis(Millis::days(14).0 - 1));
    world.engine.activate(&slip_of(&slips.slips, "lan.nt").code.shown(), PASSWORD, YES, &here()).await.expect("in time");
    world.wind(Millis(1));
    refused_at!(world.engine.activate(&slip_of(&slips.slips, "minh.tv").code.shown(), PASSWORD, YES, &here()).await, "code": Refusal::CodeInvalid);
});

story!(a_network_that_guesses_codes_waits, |world| {
    let bao = with_a_roster(&world).await;
    let slips = world.engine.issue_slips(&bao, world.unit("so-noi-vu").await).await.expect("issued").slips;
    let (lan, minh) = (slip_of(&slips, "lan.nt").code.shown(), slip_of(&slips, "minh.tv").code.shown());
    let counted = "select cast(coalesce(sum(count), 0) as bigint) from throttle where key like 'code/%'";
    refused_at!(world.engine.activate("BBBB-BBBB-BBBB", PASSWORD, YES, &here()).await, "code": Refusal::CodeInvalid);
    refused_at!(world.engine.reset_password("BBBB-BBBB-BBBB", PASSWORD, &here()).await, "code": Refusal::CodeInvalid);
    refused_at!(world.engine.activate(&lan, "ngắn", YES, &here()).await, "password": Refusal::PasswordShort);
    assert_eq!(world.count(counted, &[]).await, 2, "a right code is not held against its network");
    // The other two hundred and ninety-eight, without typing them.
    world.run("update throttle set count = 300 where key like 'code/%'", &[]).await;
    refused!(world.engine.activate("BBBB-BBBB-BBBB", PASSWORD, YES, &here()).await, Refusal::TooManyCodes);
    refused!(world.engine.reset_password(&lan, PASSWORD, &here()).await, Refusal::TooManyCodes);
    let elsewhere = network("198.51.100.1");
    refused_at!(world.engine.activate("BBBB-BBBB-BBBB", PASSWORD, YES, &elsewhere).await, "code": Refusal::CodeInvalid);
    world.engine.activate(&lan, PASSWORD, YES, &here()).await.expect("who has the code waits for no neighbour");
    world.wind(Millis::minutes(15));
    refused_at!(world.engine.activate("BBBB-BBBB-BBBB", PASSWORD, YES, &here()).await, "code": Refusal::CodeInvalid);
    world.engine.activate(&minh, PASSWORD, YES, &here()).await.expect("the other one too");
});

story!(whoever_activated_here_is_known_here, |world| {
    let bao = with_a_roster(&world).await;
    let slips = world.engine.issue_slips(&bao, world.unit("so-noi-vu").await).await.expect("issued").slips;
    world.engine.activate(&slip_of(&slips, "lan.nt").code.shown(), PASSWORD, YES, &here()).await.expect("activated");
    for _ in 0..10 {
        assert!(world.engine.sign_in("lan.nt", "đoán mò thôi", &here()).await.is_err());
    }
    world.engine.sign_in("lan.nt", PASSWORD, &here()).await.expect("a guesser beside her does not lock her out");
});

story!(a_new_code_ends_the_one_before, |world| {
    let bao = with_a_roster(&world).await;
    let unit = world.unit("so-noi-vu").await;
    let first = world.engine.issue_slips(&bao, unit).await.expect("issued");
    let second = world.engine.issue_slips(&bao, unit).await.expect("issued again");
    refused_at!(world.engine.activate(&slip_of(&first.slips, "lan.nt").code.shown(), PASSWORD, YES, &here()).await, "code": Refusal::CodeInvalid);
    world.engine.activate(&slip_of(&second.slips, "lan.nt").code.shown(), PASSWORD, YES, &here()).await.expect("activated");
    let third = world.engine.issue_slips(&bao, unit).await.expect("issued a third time");
    assert_eq!(third.slips.len(), 1, "who is in needs no slip");
});

story!(a_coordinator_issues_codes_in_the_own_unit_only, |world| {
    with_a_roster(&world).await;
    let thu = world.coordinator("so-noi-vu").await;
    let elsewhere = world.unit("so-y-te").await;
    let own = world.engine.issue_slips(&thu, world.unit("so-noi-vu").await).await.expect("issued");
    assert_eq!(own.slips.len(), 2);
    refused!(world.engine.issue_slips(&thu, elsewhere).await, Refusal::NotFound);
    let hoa = world.contestant("Lê Thị Hòa Bình", "so-y-te").await;
    refused!(world.engine.issue_code(&thu, hoa.account).await, Refusal::NotFound);
    let khoa = world.contestant("Phạm Đăng Khoa", "so-noi-vu").await;
    let slip = world.engine.issue_code(&thu, khoa.account).await.expect("issued");
    assert!(!slip.activates);
    refused!(world.engine.issue_code(&thu, thu.account).await, Refusal::SecondPerson);
    let other = world.member("Đinh Thị Hà", "so-noi-vu", &[Role::Coordinator]).await;
    refused!(world.engine.issue_code(&thu, other.account).await, Refusal::NotAllowed);
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    refused!(world.engine.issue_code(&lan, khoa.account).await, Refusal::NotAllowed);
    refused!(world.engine.issue_slips(&lan, elsewhere).await, Refusal::NotAllowed);
});

story!(a_reset_code_lasts_thirty_minutes_and_ends_every_session, |world| {
    let bao = world.organiser().await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let old = world.sign_in(&lan).await;
    let late = world.engine.issue_code(&bao, lan.account).await.expect("issued");
    world.wind(Millis::minutes(30));
    refused_at!(world.engine.reset_password(&late.code.shown(), "Thiên-Ấn-1627", &here()).await, "code": Refusal::CodeInvalid);
    let slip = world.engine.issue_code(&bao, lan.account).await.expect("issued");
    refused_at!(world.engine.reset_password(&slip.code.shown(), "12345678", &here()).await, "password": Refusal::PasswordCommon);
    refused_at!(world.engine.activate(&slip.code.shown(), "Thiên-Ấn-1627", YES, &here()).await, "code": Refusal::CodeInvalid);
    let new = world.engine.reset_password(&slip.code.shown(), "Thiên-Ấn-1627", &here()).await.expect("reset");
    assert_eq!(world.engine.caller(old.as_str()).await.expect("looked up"), None);
    assert_eq!(world.engine.caller(new.as_str()).await.expect("looked up").map(|caller| caller.account), Some(lan.account));
    refused_at!(world.engine.reset_password(&slip.code.shown(), "Thiên-Ấn-1627", &here()).await, "code": Refusal::CodeInvalid);
    assert_eq!(world.count("select cast(count(*) as bigint) from audit_note where deed = 'identity.issue_code' and subject = (select subject from audit_note where deed = 'identity.change_password')", &[]).await, 2);
});

story!(a_code_is_no_way_to_more_power, |world| {
    let bao = world.organiser().await;
    let thu = world.coordinator("so-noi-vu").await;
    let reviewer = world.member("Võ Thị Mai", "so-noi-vu", &[Role::Reviewer]).await;
    refused!(world.engine.issue_code(&thu, reviewer.account).await, Refusal::NotAllowed);
    refused!(world.engine.issue_code(&bao, reviewer.account).await, Refusal::NotAllowed);
    let admin = world.admin().await;
    refused!(world.engine.issue_code(&bao, admin.account).await, Refusal::NotAllowed);
    world.engine.issue_code(&admin, reviewer.account).await.expect("an administrator may");
    world.engine.issue_code(&bao, thu.account).await.expect("a coordinator is helped by organisers");
    refused!(world.engine.issue_code(&bao, AccountId(uuid::Uuid::nil())).await, Refusal::NotFound);
});

story!(somebody_with_a_role_is_left_out_of_the_slips, |world| {
    let bao = with_a_roster(&world).await;
    let unit = world.unit("so-noi-vu").await;
    let admin = world.admin().await;
    let lan = slip_of(&world.engine.issue_slips(&bao, unit).await.expect("issued").slips, "lan.nt").account;
    world.engine.grant_role(&admin, lan, Role::Author).await.expect("granted");
    let slips = world.engine.issue_slips(&bao, unit).await.expect("issued");
    assert_eq!((slips.slips.len(), slips.left_out), (1, vec!["Nguyễn Thị Lan".to_owned()]));
    assert_eq!(world.engine.issue_slips(&admin, unit).await.expect("issued").slips.len(), 2);
});

story!(a_closed_account_gets_no_code, |world| {
    let bao = world.organiser().await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let slip = world.engine.issue_code(&bao, lan.account).await.expect("issued");
    world.run("update account set state = 'closed' where id = $1", &[lan.account.0]).await;
    refused!(world.engine.issue_code(&bao, lan.account).await, Refusal::NotFound);
    refused_at!(world.engine.reset_password(&slip.code.shown(), PASSWORD, &here()).await, "code": Refusal::CodeInvalid);
});

story!(the_console_makes_the_first_administrator, |world| {
    let slip = world.engine.invite_admin_at_console("0905 111 222", "Bùi Đức Long").await.expect("invited");
    refused_at!(world.engine.invite_admin_at_console("0905111222", "Bùi Đức Long").await, "login": Refusal::LoginTaken);
    refused_at!(world.engine.invite_admin_at_console("x", "1").await, "login": Refusal::BadLogin, "full_name": Refusal::BadName);
    let token = world.engine.activate(&slip.code.shown(), PASSWORD, YES, &here()).await.expect("activated");
    let caller = world.engine.caller(token.as_str()).await.expect("looked up").expect("signed in");
    assert!(caller.is(Role::Admin));
});
