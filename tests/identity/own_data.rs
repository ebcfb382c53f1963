//! "Dữ liệu của tôi": seen, corrected, withdrawn.

use domain::{
    Millis, Refusal,
    identity::{Deed, Purpose, RequestKind, RequestState},
};
use engine::identity::{Corrected, Correction};
use tests::{refused, refused_at, story};

story!(everything_that_is_kept_is_shown_to_its_owner, |world| {
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    world.sign_in(&lan).await;
    world.wind(Millis::seconds(1));
    world.engine.give_national_id(&lan, "051 085 001 234", Some(world.now() + Millis::days(60))).await.expect("kept");
    let kept = world.engine.my_data(&lan).await.expect("own data");
    assert_eq!(kept.account.login, "nguyen.thi.lan");
    assert_eq!(kept.account.unit_id, lan.unit);
    assert_eq!(kept.national_id, Some(("•••••••••234".to_owned(), Some(world.now() + Millis::days(60)))));
    assert_eq!(kept.sessions.len(), 1);
    assert_eq!(kept.notes.iter().map(|note| note.deed).collect::<Vec<_>>(), [Deed::GiveIdNumber, Deed::SignIn]);
    assert!(!kept.name_fixed && kept.attempts.is_empty() && kept.entries.is_empty() && kept.requests.is_empty());
});

story!(own_data_are_corrected, |world| {
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let typed = Correction {
        full_name: "Nguyễn Thị Phương Lan".into(),
        birth_date: "5/6/1985".into(),
        email: " lan.nt@quangngai.gov.vn ".into(),
        position: "Chuyên viên".into(),
    };
    assert_eq!(world.engine.correct_data(&lan, &typed).await.expect("corrected"), Corrected::Now);
    let kept = world.engine.my_data(&lan).await.expect("own data").account;
    assert_eq!(kept.full_name, "Nguyễn Thị Phương Lan");
    assert_eq!(kept.birth_date.expect("a day").date(), "05/06/1985");
    assert_eq!((kept.email.as_str(), kept.position.as_str()), ("lan.nt@quangngai.gov.vn", "Chuyên viên"));

    let emptied = Correction { full_name: kept.full_name, ..Correction::default() };
    world.engine.correct_data(&lan, &emptied).await.expect("corrected");
    let kept = world.engine.my_data(&lan).await.expect("own data").account;
    assert_eq!((kept.birth_date, kept.email.as_str()), (None, ""), "what is not needed may be taken back");
});

story!(a_wrong_correction_changes_nothing, |world| {
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let typed = Correction { full_name: String::new(), birth_date: "31/02/1985".into(), email: "lan@".into(), position: "x".repeat(121) };
    refused_at!(
        world.engine.correct_data(&lan, &typed).await,
        "full_name": Refusal::Required, "birth_date": Refusal::NotADate, "email": Refusal::BadEmail, "position": Refusal::TooLong,
    );
    let typed = Correction { full_name: "Lan".into(), birth_date: "05/06/2026".into(), ..Correction::default() };
    refused_at!(world.engine.correct_data(&lan, &typed).await, "birth_date": Refusal::BadBirthDate);
    assert_eq!(world.engine.my_data(&lan).await.expect("own data").account.full_name, "Nguyễn Thị Lan");
});

story!(consent_to_publication_may_be_given_and_withdrawn, |world| {
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    refused!(world.engine.consent_to_publish(&lan, false).await, Refusal::AlreadyDone);
    world.engine.consent_to_publish(&lan, true).await.expect("given");
    refused!(world.engine.consent_to_publish(&lan, true).await, Refusal::AlreadyDone);
    assert!(world.engine.my_data(&lan).await.expect("own data").consents_to(Purpose::Publish));
    world.wind(Millis::minutes(1));
    world.engine.consent_to_publish(&lan, false).await.expect("withdrawn");
    let kept = world.engine.my_data(&lan).await.expect("own data");
    assert!(!kept.consents_to(Purpose::Publish));
    assert_eq!(kept.consents[0].withdrawn_at, Some(world.now()), "the old consent stays provable");
});

story!(a_withdrawal_is_queued_once_with_its_due_date, |world| {
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let due = world.engine.ask_withdrawal(&lan).await.expect("asked");
    assert_eq!(due.short(), "23:59 ngày 25/11/2026", "two working days after Monday");
    world.wind(Millis::days(1));
    assert_eq!(world.engine.ask_withdrawal(&lan).await.expect("asked again"), due);
    let requests = world.engine.my_data(&lan).await.expect("own data").requests;
    assert_eq!(requests.len(), 1);
    assert_eq!((requests[0].kind, requests[0].state, requests[0].due_at), (RequestKind::WithdrawData, RequestState::Open, Some(due)));
});
