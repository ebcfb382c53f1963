//! Who may touch the bank, and the notes that its deeds leave.

use super::{PNG, refusal, submitted};
use domain::{Millis, Refusal, id::QuestionId};
use engine::{bank::QuestionFilter, store::Database};
use tests::{World, story};

/// The deeds and details noted about a subject, in their order.
async fn notes(world: &World, subject: &str) -> Vec<(String, String)> {
    let sql = "select deed, detail from audit_note where subject = $1 order by at, id";
    let outcome = match &world.engine.store {
        Database::Sqlite { read, .. } => sqlx::query_as(sql).bind(subject).fetch_all(read).await,
        Database::Postgres(pool) => sqlx::query_as(sql).bind(subject).fetch_all(pool).await,
    };
    outcome.expect("the log")
}

story!(without_its_role_nobody_touches_the_bank, |world| {
    let (author, reviewer, organiser) = (world.author().await, world.reviewer().await, world.organiser().await);
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let writing = world.writing("6").await;
    let question = submitted(&world, &author, &writing).await;
    let engine = &world.engine;
    for caller in [&lan, &world.editor().await, &world.admin().await, &world.auditor().await, &world.coordinator("xa-an-phu").await] {
        assert_eq!(refusal(engine.find_questions(caller, &QuestionFilter::default()).await), Refusal::NotAllowed);
        assert_eq!(refusal(engine.question_facets(caller).await), Refusal::NotAllowed);
        assert_eq!(refusal(engine.question_page(caller, question).await), Refusal::NotAllowed);
        assert_eq!(refusal(engine.history(caller, question).await), Refusal::NotAllowed);
        assert_eq!(refusal(engine.preview(caller, &[])), Refusal::NotAllowed);
        assert_eq!(refusal(engine.retire(caller, question).await), Refusal::NotAllowed);
        assert_eq!(refusal(engine.topic_counts(caller).await), Refusal::NotAllowed);
    }
    for caller in [&lan, &reviewer, &organiser] {
        assert_eq!(refusal(engine.draft_question(caller, &writing).await), Refusal::NotAllowed);
        assert_eq!(refusal(engine.save_draft(caller, question, 1, &writing).await), Refusal::NotAllowed);
        assert_eq!(refusal(engine.submit(caller, question, 1).await), Refusal::NotAllowed);
        assert_eq!(refusal(engine.take_back(caller, question).await), Refusal::NotAllowed);
        assert_eq!(refusal(engine.renew(caller, question).await), Refusal::NotAllowed);
        assert_eq!(refusal(engine.add_image(caller, "a.png", PNG).await), Refusal::NotAllowed);
        assert_eq!(refusal(engine.load_questions("question = []", caller, &reviewer).await), Refusal::NotAllowed);
    }
    for caller in [&lan, &author, &organiser] {
        assert_eq!(refusal(engine.approve(caller, question, 2).await), Refusal::NotAllowed);
        assert_eq!(refusal(engine.return_with_comments(caller, question, "Không").await), Refusal::NotAllowed);
        assert_eq!(refusal(engine.review_queue(caller, 1).await), Refusal::NotAllowed);
    }
    for caller in [&lan, &organiser] {
        assert_eq!(refusal(engine.add_topic(caller, writing.topic, "Một").await), Refusal::NotAllowed);
        assert_eq!(refusal(engine.rename_topic(caller, writing.topic, "Một").await), Refusal::NotAllowed);
        assert_eq!(refusal(engine.remove_topic(caller, writing.topic).await), Refusal::NotAllowed);
    }
    assert_eq!(engine.find_questions(&organiser, &QuestionFilter::default()).await.expect("organisers read").total, 1);
});

story!(a_question_that_is_not_there_is_not_found, |world| {
    let (author, reviewer) = (world.author().await, world.reviewer().await);
    let nowhere = QuestionId(uuid::Uuid::nil());
    let writing = world.writing("1").await;
    assert_eq!(refusal(world.engine.question_page(&author, nowhere).await), Refusal::NotFound);
    assert_eq!(refusal(world.engine.history(&author, nowhere).await), Refusal::NotFound);
    assert_eq!(refusal(world.engine.save_draft(&author, nowhere, 1, &writing).await), Refusal::NotFound);
    assert_eq!(refusal(world.engine.submit(&author, nowhere, 1).await), Refusal::NotFound);
    assert_eq!(refusal(world.engine.take_back(&author, nowhere).await), Refusal::NotFound);
    assert_eq!(refusal(world.engine.approve(&reviewer, nowhere, 1).await), Refusal::NotFound);
    assert_eq!(refusal(world.engine.return_with_comments(&reviewer, nowhere, "Không").await), Refusal::NotFound);
    assert_eq!(refusal(world.engine.retire(&author, nowhere).await), Refusal::NotFound);
    assert_eq!(refusal(world.engine.renew(&author, nowhere).await), Refusal::NotFound);
});

story!(every_deed_of_the_bank_leaves_a_note, |world| {
    let (author, reviewer) = (world.author().await, world.reviewer().await);
    let engine = &world.engine;
    let next = || world.wind(Millis(1));
    let mut writing = world.writing("7").await;
    let question = engine.draft_question(&author, &writing).await.expect("drafted");
    next();
    writing.tags = vec!["PAPI".into()];
    engine.save_draft(&author, question, 1, &writing).await.expect("saved");
    next();
    engine.submit(&author, question, 2).await.expect("submitted");
    next();
    engine.take_back(&author, question).await.expect("taken back");
    next();
    engine.submit(&author, question, 4).await.expect("submitted");
    next();
    engine.return_with_comments(&reviewer, question, "Thêm nhãn").await.expect("returned");
    next();
    engine.submit(&author, question, 6).await.expect("submitted");
    next();
    engine.approve(&reviewer, question, 7).await.expect("approved");
    next();
    engine.renew(&author, question).await.expect("renewed");
    next();
    engine.retire(&author, question).await.expect("retired");
    let notes_of_question = notes(&world, &question.to_string()).await;
    let deeds: Vec<&str> = notes_of_question.iter().map(|(deed, _)| deed.as_str()).collect();
    let expected = [
        "bank.draft",
        "bank.save",
        "bank.submit",
        "bank.take_back",
        "bank.submit",
        "bank.return",
        "bank.submit",
        "bank.approve",
        "bank.renew",
        "bank.retire",
    ];
    assert_eq!(deeds, expected);
    assert!(notes_of_question.iter().all(|(_, detail)| !detail.contains("Nội vụ")), "a note holds no text and no key");
    let topic = engine.add_topic(&author, writing.topic, "Sáng kiến cấp xã").await.expect("added");
    next();
    engine.rename_topic(&author, topic, "Sáng kiến cấp cơ sở").await.expect("renamed");
    next();
    engine.remove_topic(&author, topic).await.expect("removed");
    let details: Vec<String> = notes(&world, &topic.to_string()).await.into_iter().map(|(_, detail)| detail).collect();
    assert_eq!(details, [r#"{"added":true}"#, r#"{"renamed":true}"#, r#"{"removed":true}"#]);
    let image = engine.add_image(&author, "a.png", PNG).await.expect("kept");
    assert_eq!(notes(&world, image.trim_start_matches("/tep/")).await.len(), 1);
});
