//! Signing in, the throttle that nobody can turn against others, passwords and sessions.

use domain::{Millis, Refusal};
use engine::{Caller, identity::SessionToken, notify::Change};
use tests::{PASSWORD, SmallRound, World, login_of, network, refused, refused_at, story};

const HOME: &str = "192.0.2.10";
const TOWN_HALL: &str = "198.51.100.1";
const RIVAL: &str = "203.0.113.66";

/// Somebody types a wrong password so many times.
async fn guess(world: &World, login: &str, from: &str, times: usize) {
    for _ in 0..times {
        let answer = world.engine.sign_in(login, "đoán mò thôi", &network(from)).await;
        assert!(answer.is_err());
    }
}

async fn lives(world: &World, token: &SessionToken) -> bool {
    world.engine.caller(token.as_str()).await.expect("looked up").is_some()
}

async fn lan(world: &World) -> (Caller, String) {
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let login = login_of(&lan.full_name);
    (lan, login)
}

story!(an_unknown_login_and_a_wrong_password_get_the_same_answer, |world| {
    let (_, login) = lan(&world).await;
    refused!(world.engine.sign_in(&login, "sai mật khẩu", &network(HOME)).await, Refusal::WrongSignIn);
    refused!(world.engine.sign_in("khong.co.ai", PASSWORD, &network(HOME)).await, Refusal::WrongSignIn);
    refused!(world.engine.sign_in("", "", &network(HOME)).await, Refusal::WrongSignIn);
    assert!(world.engine.sign_in(&format!(" {} ", login.to_uppercase()), PASSWORD, &network(HOME)).await.is_ok());
});

story!(whoever_is_closed_or_has_no_password_cannot_sign_in, |world| {
    let (lan, login) = lan(&world).await;
    world.run("update account set state = 'closed' where id = $1", &[lan.account.0]).await;
    refused!(world.engine.sign_in(&login, PASSWORD, &network(HOME)).await, Refusal::WrongSignIn);
    world.run("update account set state = 'active', password_hash = null where id = $1", &[lan.account.0]).await;
    refused!(world.engine.sign_in(&login, PASSWORD, &network(HOME)).await, Refusal::WrongSignIn);
    refused!(world.engine.sign_in(&login, "", &network(HOME)).await, Refusal::WrongSignIn);
});

story!(after_ten_wrong_tries_a_stranger_waits_a_quarter_of_an_hour, |world| {
    let (_, login) = lan(&world).await;
    guess(&world, &login, RIVAL, 10).await;
    refused!(world.engine.sign_in(&login, PASSWORD, &network(RIVAL)).await, Refusal::TooManySignIns);
    world.wind(Millis::minutes(15));
    assert!(world.engine.sign_in(&login, PASSWORD, &network(RIVAL)).await.is_ok());
});

story!(an_unknown_login_is_throttled_like_a_known_one, |world| {
    guess(&world, "khong.co.ai", RIVAL, 10).await;
    refused!(world.engine.sign_in("khong.co.ai", PASSWORD, &network(RIVAL)).await, Refusal::TooManySignIns);
});

story!(a_rival_elsewhere_locks_nobody_out, |world| {
    let (_, login) = lan(&world).await;
    guess(&world, &login, RIVAL, 12).await;
    assert!(world.engine.sign_in(&login, PASSWORD, &network(HOME)).await.is_ok(), "her own network has its own count");
});

story!(a_rival_in_a_known_network_locks_nobody_out, |world| {
    let (_, login) = lan(&world).await;
    world.engine.sign_in(&login, PASSWORD, &network(TOWN_HALL)).await.expect("from now on known");
    guess(&world, &login, TOWN_HALL, 20).await;
    refused!(world.engine.sign_in(&login, "đoán mò thôi", &network(TOWN_HALL)).await, Refusal::TooManySignIns);
    assert!(world.engine.sign_in(&login, PASSWORD, &network(TOWN_HALL)).await.is_ok());
});

story!(guessing_ends_in_a_known_network_too, |world| {
    let (_, login) = lan(&world).await;
    let desk = network(TOWN_HALL).in_browser("trinh-duyet-cua-lan");
    world.engine.sign_in(&login, PASSWORD, &desk).await.expect("from now on known");
    guess(&world, &login, TOWN_HALL, 1).await;
    world.run("update throttle set count = 100 where key like 'pair/%'", &[]).await;
    refused!(world.engine.sign_in(&login, PASSWORD, &network(TOWN_HALL)).await, Refusal::TooManySignIns);
    let strange = network(TOWN_HALL).in_browser("trinh-duyet-khac");
    refused!(world.engine.sign_in(&login, PASSWORD, &strange).await, Refusal::TooManySignIns);
    world.engine.sign_in(&login, PASSWORD, &desk).await.expect("at her own desk she waits for nobody");
    // Somebody sits down there.
    assert!(world.engine.sign_in(&login, "đoán mò thôi", &desk).await.is_err());
    world.run("update throttle set count = 100 where key like 'device/%'", &[]).await;
    refused!(world.engine.sign_in(&login, PASSWORD, &desk).await, Refusal::TooManySignIns);
    world.wind(Millis::minutes(15));
    world.engine.sign_in(&login, PASSWORD, &network(TOWN_HALL)).await.expect("a quarter of an hour later");
});

story!(a_browser_is_marked_by_a_right_sign_in_and_stays_marked, |world| {
    let (lan, login) = lan(&world).await;
    let mut browser = world.client();
    let wrong = browser.post("/dang-nhap", &[("login", &login), ("password", "đoán mò thôi")]).await;
    assert!(!wrong.headers.contains_key(http::header::SET_COOKIE));
    browser.sign_in(&login, PASSWORD).await;
    let known = "select cast(count(*) as bigint) from account_network where account_id = $1";
    assert_eq!(world.count(known, &[lan.account.0]).await, 2, "the network and the browser");
    browser.post("/dang-xuat", &[]).await;
    browser.sign_in(&login, PASSWORD).await;
    assert_eq!(world.count(known, &[lan.account.0]).await, 2, "the same browser");
    world.client().sign_in(&login, PASSWORD).await;
    assert_eq!(world.count(known, &[lan.account.0]).await, 3, "another one");
});

story!(a_loud_network_leaves_everybody_two_tries, |world| {
    let (_, login) = lan(&world).await;
    // Three hundred failures of others, counted without the time that hashing takes.
    guess(&world, "ai.do", TOWN_HALL, 1).await;
    world.run("update throttle set count = 300 where key like 'network/%'", &[]).await;
    guess(&world, "nguoi.khac", TOWN_HALL, 2).await;
    refused!(world.engine.sign_in("nguoi.khac", PASSWORD, &network(TOWN_HALL)).await, Refusal::TooManySignIns);
    assert!(world.engine.sign_in(&login, PASSWORD, &network(TOWN_HALL)).await.is_ok(), "she makes no mistake and waits for nobody");
});

story!(right_tries_are_not_held_against_anybody, |world| {
    let (_, login) = lan(&world).await;
    for _ in 0..12 {
        world.engine.sign_in(&login, PASSWORD, &network(HOME)).await.expect("right each time");
    }
    assert_eq!(world.count("select cast(sum(count) as bigint) from throttle", &[]).await, 0);
});

story!(no_address_is_kept_in_clear, |world| {
    let (_, login) = lan(&world).await;
    world.engine.sign_in(&login, PASSWORD, &network(HOME)).await.expect("signed in");
    assert_eq!(
        world.count("select cast(count(*) as bigint) from throttle where key like '%192.0.2%' or key like '%nguyen%'", &[]).await,
        0
    );
    assert_eq!(world.count("select cast(count(*) as bigint) from account_network where length(network) = 32", &[]).await, 1);
});

story!(a_new_password_ends_every_other_session, |world| {
    let (lan, login) = lan(&world).await;
    let (here, there) = (world.sign_in(&lan).await, world.sign_in(&lan).await);
    world.engine.change_password(&lan, here.as_str(), PASSWORD, "chợ phiên Trà My 5h").await.expect("changed");
    assert!(lives(&world, &here).await);
    assert!(!lives(&world, &there).await);
    refused!(world.engine.sign_in(&login, PASSWORD, &network(HOME)).await, Refusal::WrongSignIn);
    assert!(world.engine.sign_in(&login, "chợ phiên Trà My 5h", &network(HOME)).await.is_ok());
});

story!(a_password_is_changed_only_by_who_knows_it_to_a_good_one, |world| {
    let (lan, _) = lan(&world).await;
    let token = world.sign_in(&lan).await;
    let change = async |current: &str, new: &str| world.engine.change_password(&lan, token.as_str(), current, new).await;
    refused_at!(change("sai mật khẩu", "cchc2026").await, "old_password": Refusal::WrongPassword, "password": Refusal::PasswordCommon);
    refused_at!(change(PASSWORD, "ngắn").await, "password": Refusal::PasswordShort);
    refused_at!(change(PASSWORD, "nguyen.thi.lan 1").await, "password": Refusal::PasswordIsLogin);
    for _ in 0..7 {
        refused_at!(change("sai mật khẩu", "chợ phiên Trà My 5h").await, "old_password": Refusal::WrongPassword);
    }
    refused_at!(change(PASSWORD, "chợ phiên Trà My 5h").await, "old_password": Refusal::TooManySignIns);
    world.wind(Millis::minutes(15));
    change(PASSWORD, "chợ phiên Trà My 5h").await.expect("changed");
});

story!(signing_out_ends_this_session_or_all, |world| {
    let (lan, _) = lan(&world).await;
    let (one, two, three) = (world.sign_in(&lan).await, world.sign_in(&lan).await, world.sign_in(&lan).await);
    assert!(lives(&world, &one).await && lives(&world, &two).await);
    world.engine.sign_out(&lan, one.as_str()).await.expect("signed out");
    assert!(!lives(&world, &one).await && lives(&world, &two).await);
    world.engine.sign_out_everywhere(&lan).await.expect("signed out");
    assert!(!lives(&world, &two).await && !lives(&world, &three).await);
});

story!(a_session_ended_on_another_node_ends_here_when_it_is_told, |world| {
    let (lan, _) = lan(&world).await;
    let token = world.sign_in(&lan).await;
    assert!(lives(&world, &token).await);
    world.run("delete from session where account_id = $1", &[lan.account.0]).await;
    assert!(lives(&world, &token).await, "believed for a few seconds");
    world.engine.notify.tell(Change::Account(lan.account));
    assert!(!lives(&world, &token).await);
});

story!(a_session_ends_when_it_idles_and_in_any_case_after_a_week, |world| {
    let (lan, _) = lan(&world).await;
    let idle = world.sign_in(&lan).await;
    world.wind(Millis::hours(12));
    assert!(!lives(&world, &idle).await);
    let busy = world.sign_in(&lan).await;
    for _ in 0..15 {
        world.wind(Millis::hours(11));
        assert!(lives(&world, &busy).await);
    }
    world.wind(Millis::hours(4));
    assert!(!lives(&world, &busy).await, "a week is over");
});

story!(an_idle_session_does_not_revive_by_a_start_elsewhere, |world| {
    let plan = SmallRound { lasts: Millis::days(5), duration: Millis::hours(3), ..SmallRound::default() };
    let small = world.small_round(&plan).await;
    let lan = world.entrant("Nguyễn Thị Lan").await;
    let forgotten = world.sign_in(&lan).await;
    world.wind(Millis::hours(13));
    assert!(!lives(&world, &forgotten).await);
    let used = world.sign_in(&lan).await;
    world.wind(Millis::hours(11));
    world.engine.start(&lan, small.round).await.expect("begun");
    assert!(!lives(&world, &forgotten).await, "what has ended stays ended");
    world.wind(Millis::hours(2));
    assert!(!lives(&world, &forgotten).await);
    assert!(lives(&world, &used).await, "the one that was alive lasts as long as the sheet");
});

story!(what_has_served_is_forgotten, |world| {
    let (lan, login) = lan(&world).await;
    world.sign_in(&lan).await;
    guess(&world, &login, RIVAL, 1).await;
    world.engine.forget_expired().await.expect("forgotten");
    assert_eq!(world.count("select cast(count(*) as bigint) from session", &[]).await, 1, "still of use");
    world.wind(Millis::days(91));
    world.engine.forget_expired().await.expect("forgotten");
    for table in [
        "select cast(count(*) as bigint) from session",
        "select cast(count(*) as bigint) from throttle",
        "select cast(count(*) as bigint) from account_network",
    ] {
        assert_eq!(world.count(table, &[]).await, 0, "{table}");
    }
});
