//! Signing up: what is asked, what is kept, what is refused.

use domain::{
    Millis, Refusal,
    identity::{Audience, Purpose},
};
use engine::identity::SignUp;
use tests::{PASSWORD, World, network, refused, refused_at, story};

/// A form that is accepted.
async fn form(world: &World) -> SignUp {
    SignUp {
        login: "+84 905 123 456".into(),
        full_name: "  Nguye\u{302}\u{303}n Thị  Lan ".into(),
        audience: "civil_servant".into(),
        unit: world.unit("so-noi-vu").await.to_string(),
        password: PASSWORD.into(),
        process: true,
        publish: false,
    }
}

async fn accounts(world: &World) -> i64 {
    world.count("select cast(count(*) as bigint) from account", &[]).await
}

story!(a_newcomer_signs_up_and_is_signed_in, |world| {
    let form = form(&world).await;
    let token = world.engine.sign_up(&form, &network("192.0.2.1")).await.expect("signed up");
    let lan = world.engine.caller(token.as_str()).await.expect("looked up").expect("a session");
    assert_eq!(lan.full_name, "Nguyễn Thị Lan");
    assert_eq!(lan.audience, Audience::CivilServant);
    assert_eq!(lan.unit, Some(world.unit("so-noi-vu").await));
    let kept = world.engine.my_data(&lan).await.expect("own data");
    assert_eq!(kept.account.login, "0905123456");
    assert!(world.engine.sign_in("0905.123.456", PASSWORD, &network("198.51.100.7")).await.is_ok());
    let notes = "select cast(count(*) as bigint) from audit_note where deed = 'identity.sign_up' and account_id = $1";
    assert_eq!(world.count(notes, &[lan.account.0]).await, 1);
});

story!(each_consent_is_kept_with_its_words_and_version, |world| {
    let mut form = form(&world).await;
    let token = world.engine.sign_up(&form, &network("192.0.2.1")).await.expect("signed up");
    let lan = world.engine.caller(token.as_str()).await.expect("looked up").expect("a session");
    let kept = world.engine.my_data(&lan).await.expect("own data");
    assert_eq!(kept.consents.len(), 1);
    assert_eq!(kept.consents[0].purpose, Purpose::Process);
    assert!(kept.consents[0].text.ends_with("đến hết ngày 31/12/2027."), "{}", kept.consents[0].text);
    assert_eq!(kept.consents[0].version, domain::identity::CONSENT_VERSION);
    assert_eq!(kept.consents[0].given_at, world.now());
    assert!(!kept.consents_to(Purpose::Publish), "not asked for, not given");

    form.login = "0905 123 457".into();
    form.publish = true;
    let token = world.engine.sign_up(&form, &network("192.0.2.1")).await.expect("signed up");
    let other = world.engine.caller(token.as_str()).await.expect("looked up").expect("a session");
    assert!(world.engine.my_data(&other).await.expect("own data").consents_to(Purpose::Publish));
});

story!(all_wrong_fields_are_named_at_once_and_nothing_is_written, |world| {
    let form = SignUp { login: "090512345".into(), full_name: "Lan 90".into(), password: "cchc".into(), ..SignUp::default() };
    refused_at!(
        world.engine.sign_up(&form, &network("192.0.2.1")).await,
        "login": Refusal::BadPhone,
        "full_name": Refusal::BadName,
        "audience": Refusal::NotOffered,
        "unit": Refusal::UnitUnknown,
        "password": Refusal::PasswordShort,
        "consent_process": Refusal::ConsentNeeded,
    );
    assert_eq!(accounts(&world).await, 0);
});

story!(nobody_takes_part_without_consent_to_processing, |world| {
    let form = SignUp { process: false, publish: true, ..form(&world).await };
    refused_at!(world.engine.sign_up(&form, &network("192.0.2.1")).await, "consent_process": Refusal::ConsentNeeded);
    assert_eq!(accounts(&world).await, 0);
});

story!(a_phone_number_signs_up_once, |world| {
    let form = form(&world).await;
    world.engine.sign_up(&form, &network("192.0.2.1")).await.expect("signed up");
    let again = SignUp { login: "0905123456".into(), ..form };
    refused_at!(world.engine.sign_up(&again, &network("192.0.2.1")).await, "login": Refusal::LoginTaken);
    assert_eq!(accounts(&world).await, 1);
});

story!(two_who_sign_up_at_once_with_one_number_are_one_account, |world| {
    let form = form(&world).await;
    let here = network("192.0.2.1");
    let (one, two) = tokio::join!(world.engine.sign_up(&form, &here), world.engine.sign_up(&form, &here));
    assert_ne!(one.is_ok(), two.is_ok());
    refused_at!(if one.is_ok() { two } else { one }, "login": Refusal::LoginTaken);
    assert_eq!(accounts(&world).await, 1);
    assert_eq!(world.count("select cast(count(*) as bigint) from consent", &[]).await, 1);
});

story!(a_roster_name_is_not_for_newcomers, |world| {
    let form = SignUp { login: "lan.nt".into(), ..form(&world).await };
    refused_at!(world.engine.sign_up(&form, &network("192.0.2.1")).await, "login": Refusal::BadPhone);
});

story!(passwords_that_are_easy_to_guess_are_refused, |world| {
    let good = form(&world).await;
    for (password, refusal) in [
        ("", Refusal::Required),
        ("bảy ký.", Refusal::PasswordShort),
        ("12345678", Refusal::PasswordCommon),
        ("QuangNgai@2026", Refusal::PasswordCommon),
        ("0905123456", Refusal::PasswordIsLogin),
    ] {
        let form = SignUp { password: password.into(), ..good.clone() };
        refused_at!(world.engine.sign_up(&form, &network("192.0.2.1")).await, "password": refusal);
    }
    assert_eq!(accounts(&world).await, 0);
});

story!(citizens_choose_a_commune_and_nobody_the_province, |world| {
    let good = form(&world).await;
    for (audience, unit) in [("citizen", "so-noi-vu"), ("citizen", "ubnd-tinh"), ("civil_servant", "ubnd-tinh")] {
        let form = SignUp { audience: audience.into(), unit: world.unit(unit).await.to_string(), ..good.clone() };
        refused_at!(world.engine.sign_up(&form, &network("192.0.2.1")).await, "unit": Refusal::UnitUnknown);
    }
    let form = SignUp { audience: "citizen".into(), unit: world.unit("xa-an-phu").await.to_string(), ..good };
    assert!(world.engine.sign_up(&form, &network("192.0.2.1")).await.is_ok());
});

story!(a_network_signs_up_a_hall_full_and_no_flood, |world| {
    let form = form(&world).await;
    let (hall, home) = (network("192.0.2.1"), network("192.0.2.2"));
    let wrong = SignUp { full_name: "Lan 90".into(), ..form.clone() };
    refused_at!(world.engine.sign_up(&wrong, &hall).await, "full_name": Refusal::BadName);
    let counted = "select cast(coalesce(sum(count), 0) as bigint) from throttle where key like 'sign-up/%'";
    assert_eq!(world.count(counted, &[]).await, 0, "a form that is not right tells nothing and counts for nothing");
    world.engine.sign_up(&form, &hall).await.expect("signed up");
    // The other nine hundred and ninety-nine, without typing them.
    world.run("update throttle set count = 1000 where key like 'sign-up/hour/%'", &[]).await;
    let next = |login: &str| SignUp { login: login.into(), ..form.clone() };
    refused!(world.engine.sign_up(&next("0905123457"), &hall).await, Refusal::TooManySignUps);
    refused!(world.engine.sign_up(&form, &hall).await, Refusal::TooManySignUps);
    world.engine.sign_up(&next("0905123457"), &home).await.expect("another network has its own count");
    world.wind(Millis::minutes(20));
    world.engine.forget_expired().await.expect("forgotten");
    refused!(world.engine.sign_up(&next("0905123458"), &hall).await, Refusal::TooManySignUps);
    world.wind(Millis::minutes(40));
    world.engine.sign_up(&next("0905123458"), &hall).await.expect("an hour later");
    world.run("update throttle set count = 2000 where key like 'sign-up/day/%'", &[]).await;
    refused!(world.engine.sign_up(&next("0905123459"), &hall).await, Refusal::TooManySignUps);
});

story!(who_has_an_account_is_told_only_to_a_form_that_is_right, |world| {
    let form = form(&world).await;
    world.engine.sign_up(&form, &network("192.0.2.1")).await.expect("signed up");
    let probe = SignUp { password: "1".into(), ..form };
    refused_at!(world.engine.sign_up(&probe, &network("192.0.2.1")).await, "password": Refusal::PasswordShort);
});
