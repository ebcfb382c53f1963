//! Publication: complete, approved by a second person, decided, corrected in the open.

use super::{DECISION, SLUG, a_round_with_entries, nothing_leaks, refusal};
use domain::{Millis, Refusal, identity::Deed};
use engine::{Stop, results::Decision};
use tests::story;

story!(nothing_can_be_read_before_publication, |world| {
    let (one, other) = (world.organiser().await, world.second_organiser().await);
    let round = a_round_with_entries(&world).await;
    nothing_leaks(&world, "while it is open").await;
    world.wind(Millis::hours(1));
    nothing_leaks(&world, "when it has closed").await;
    world.engine.begin_review(&one, round.id).await.expect("review");
    nothing_leaks(&world, "in review").await;
    world.engine.rank_round(&one, round.id).await.expect("ranking");
    nothing_leaks(&world, "when it is ranked").await;
    world.verify_all(&round).await;
    world.engine.submit_results(&one, round.id).await.expect("submission");
    nothing_leaks(&world, "when it is submitted").await;
    world.engine.approve_results(&other, round.id).await.expect("approval");
    nothing_leaks(&world, "when it is approved").await;
    world.engine.publish_results(&one, round.id, DECISION).await.expect("publication");
    assert_eq!(world.engine.results(SLUG, 1, None).await.expect("published").version, 1);
    assert_eq!(refusal(world.engine.results(SLUG, 9, None).await), Refusal::NotFound);
    assert_eq!(refusal(world.engine.results("khong-co", 1, None).await), Refusal::NotFound);
    assert_eq!(refusal(world.engine.results(SLUG, 1, Some(2)).await), Refusal::NotFound);
});

story!(only_complete_results_are_submitted_and_only_a_second_person_approves, |world| {
    let (one, other) = (world.organiser().await, world.second_organiser().await);
    let round = a_round_with_entries(&world).await;
    let engine = &world.engine;
    assert_eq!(refusal(engine.submit_results(&one, round.id).await), Refusal::WrongOrder);
    world.wind(Millis::hours(1));
    engine.begin_review(&one, round.id).await.expect("review");
    engine.rank_round(&one, round.id).await.expect("ranking");
    assert_eq!(refusal(engine.submit_results(&one, round.id).await), Refusal::Unverified);
    world.verify_all(&round).await;
    assert_eq!(refusal(engine.approve_results(&other, round.id).await), Refusal::WrongOrder);
    assert_eq!(refusal(engine.publish_results(&one, round.id, DECISION).await), Refusal::WrongOrder);
    engine.submit_results(&one, round.id).await.expect("submission");
    assert_eq!(refusal(engine.submit_results(&one, round.id).await), Refusal::AlreadyDone);
    assert_eq!(refusal(engine.rank_round(&one, round.id).await), Refusal::WrongOrder);
    assert_eq!(refusal(engine.approve_results(&one, round.id).await), Refusal::SecondPerson);
    assert_eq!(refusal(engine.publish_results(&one, round.id, DECISION).await), Refusal::WrongOrder);
    assert_eq!(refusal(engine.decline_results(&other, round.id, " ").await), Refusal::ReasonNeeded);
    engine.decline_results(&other, round.id, "Thiếu biên bản").await.expect("sent back");
    assert_eq!(engine.publications(&one, round.id).await.expect("the list")[0].answer, "Thiếu biên bản");
    engine.submit_results(&other, round.id).await.expect("submitted again, by the other");
    assert_eq!(refusal(engine.approve_results(&other, round.id).await), Refusal::SecondPerson);
    engine.approve_results(&one, round.id).await.expect("approval");
    assert_eq!(refusal(engine.approve_results(&one, round.id).await), Refusal::AlreadyDone);
    engine.publish_results(&one, round.id, DECISION).await.expect("publication");
    assert_eq!(refusal(engine.publish_results(&one, round.id, DECISION).await), Refusal::WrongOrder);
    for (deed, times) in [(Deed::SubmitResults, 2), (Deed::ApproveResults, 1), (Deed::DeclineResults, 1), (Deed::PublishResults, 1)] {
        assert_eq!(world.notes_of(deed).await, times, "{deed:?}");
    }
});

story!(the_decision_is_read_with_care, |world| {
    let (one, other) = (world.organiser().await, world.second_organiser().await);
    let round = a_round_with_entries(&world).await;
    let engine = &world.engine;
    world.wind(Millis::hours(1));
    engine.begin_review(&one, round.id).await.expect("review");
    engine.rank_round(&one, round.id).await.expect("ranking");
    world.verify_all(&round).await;
    engine.submit_results(&one, round.id).await.expect("submission");
    engine.approve_results(&other, round.id).await.expect("approval");
    assert_eq!(refusal(engine.record_decision(&one, round.id, DECISION).await), Refusal::NotPublished);
    let wrong = Decision { number: " ", date: "31/02/2026", file: None };
    let Err(Stop::AtFields(fields)) = engine.publish_results(&one, round.id, wrong).await else { panic!("fields are refused") };
    assert_eq!(fields, [("number".into(), Refusal::Required), ("date".into(), Refusal::NotADate)]);
    let no_pdf = Decision { file: Some(("quyet-dinh.pdf", b"MZ not a PDF")), ..DECISION };
    assert_eq!(refusal(engine.publish_results(&one, round.id, no_pdf).await), Refusal::BadFile);
    nothing_leaks(&world, "after refused decisions").await;
    engine.publish_results(&one, round.id, DECISION).await.expect("publication");
    let signed = Decision { file: Some(("quyet-dinh.pdf", b"%PDF-1.7 signed")), ..DECISION };
    engine.record_decision(&one, round.id, signed).await.expect("the signed file is added");
    engine.record_decision(&one, round.id, Decision { number: "13/QĐ-BTC", ..DECISION }).await.expect("the number is put right");
    let page = engine.results(SLUG, 1, None).await.expect("published");
    assert_eq!(page.announcement.decision_number, "13/QĐ-BTC");
    let hash = page.decision_file.expect("the file stays");
    let bytes: Vec<u8> = (0..hash.len()).step_by(2).map(|i| u8::from_str_radix(&hash[i..i + 2], 16).expect("hex")).collect();
    assert_eq!(engine.file(&bytes).await.expect("the file").bytes, b"%PDF-1.7 signed");
});

story!(a_correction_replaces_what_is_public_and_keeps_the_old_with_its_reason, |world| {
    let (one, other) = (world.organiser().await, world.second_organiser().await);
    let round = a_round_with_entries(&world).await;
    let minh = world.contestant("Trần Văn Minh", "so-y-te").await;
    world.may_be_named(&minh).await;
    let engine = &world.engine;
    assert_eq!(refusal(engine.correct_results(&one, round.id, "nhầm").await), Refusal::NotPublished);
    world.publish(&round).await;
    assert_eq!(engine.results(SLUG, 1, None).await.expect("published").announcement.winners[0].name.as_deref(), Some("Trần Văn Minh"));
    assert_eq!(refusal(engine.correct_results(&one, round.id, "").await), Refusal::ReasonNeeded);
    engine.correct_results(&one, round.id, "Người đạt giải Nhất không đủ điều kiện").await.expect("a correction begins");
    assert_eq!(refusal(engine.correct_results(&one, round.id, "lần nữa").await), Refusal::NotPublished);
    // While it is prepared the public reads the old version.
    assert_eq!(engine.results(SLUG, 1, None).await.expect("still published").version, 1);
    engine.rank_round(&one, round.id).await.expect("ranking");
    let award = engine.verification(&one, round.id).await.expect("winners").awards[0].id;
    engine.withdraw_winner(&one, award, "Không đủ điều kiện").await.expect("withdrawn");
    assert_eq!(engine.results(SLUG, 1, None).await.expect("still published").announcement.winners.len(), 1);
    world.verify_all(&round).await;
    engine.submit_results(&one, round.id).await.expect("submission");
    engine.approve_results(&other, round.id).await.expect("approval");
    world.wind(Millis::minutes(1));
    engine.publish_results(&one, round.id, Decision { number: "14/QĐ-BTC", ..DECISION }).await.expect("publication");
    let page = engine.results(SLUG, 1, None).await.expect("published");
    assert_eq!((page.version, page.announcement.decision_number.as_str()), (2, "14/QĐ-BTC"));
    let winner = &page.announcement.winners[0];
    assert_eq!((winner.correct, winner.name.as_ref(), winner.unit.as_ref()), (10, None, None), "Lan never agreed to be named");
    let history: Vec<_> = page.history.iter().map(|line| (line.version, line.current, line.reason.as_str())).collect();
    assert_eq!(history, [(2, true, "Người đạt giải Nhất không đủ điều kiện"), (1, false, "")]);
    let old = engine.results(SLUG, 1, Some(1)).await.expect("the old version is kept");
    assert_eq!(old.announcement.winners[0].name.as_deref(), Some("Trần Văn Minh"));
});
