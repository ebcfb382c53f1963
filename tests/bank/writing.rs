//! Writing: drafts, saves, images, previews.

use super::{PNG, at, refusal};
use domain::{Millis, Refusal, bank::Status, identity::Role};
use engine::bank::{SentImage, Writing};
use tests::story;

story!(an_unfinished_draft_is_kept_but_not_submitted, |world| {
    let author = world.author().await;
    let topic = world.writing("1").await.topic;
    let blank = Writing::blank(topic);
    let question = world.engine.draft_question(&author, &blank).await.expect("an unfinished draft is kept");
    let refused = at(world.engine.submit(&author, question, 1).await);
    let fields: Vec<&str> = refused.iter().map(|(field, _)| field.0.as_ref()).collect();
    assert_eq!(fields, ["text", "option1", "option2", "option3", "option4", "right", "legal_document", "explanation"]);
    let page = world.engine.question_page(&author, question).await.expect("shown");
    assert_eq!((page.newest.status, page.newest.writing), (Status::Draft, blank), "nothing was changed");
});

story!(a_draft_is_saved_unless_somebody_else_saved_it, |world| {
    let author = world.author().await;
    let mut writing = world.writing("1").await;
    let question = world.engine.draft_question(&author, &writing).await.expect("drafted");
    writing.content.text = "Cơ quan nào công bố SIPAS?".into();
    world.wind(Millis::seconds(5));
    let saved = world.engine.save_draft(&author, question, 1, &writing).await.expect("saved");
    assert_eq!((saved.revision, saved.at), (2, world.now()));
    let again = world.engine.save_draft(&author, question, 2, &writing).await.expect("nothing to save");
    assert_eq!(again.revision, 2, "the same text makes no new revision");
    writing.content.text = "Ở thẻ khác".into();
    assert_eq!(refusal(world.engine.save_draft(&author, question, 1, &writing).await), Refusal::ChangedMeanwhile);
    assert_eq!(refusal(world.engine.submit(&author, question, 1).await), Refusal::ChangedMeanwhile);
    let page = world.engine.question_page(&author, question).await.expect("shown");
    assert_eq!(page.newest.writing.content.text, "Cơ quan nào công bố SIPAS?");
});

story!(texts_that_are_too_long_and_unknown_topics_are_refused_at_their_fields, |world| {
    let author = world.author().await;
    let mut writing = world.writing("1").await;
    writing.explanation = "x".repeat(4_001);
    assert_eq!(at(world.engine.draft_question(&author, &writing).await), [("explanation".into(), Refusal::TooLong)]);
    let mut writing = world.writing("1").await;
    writing.topic = domain::id::TopicId(uuid::Uuid::nil());
    assert_eq!(at(world.engine.draft_question(&author, &writing).await), [("topic".into(), Refusal::NotOffered)]);
    let question = world.engine.draft_question(&author, &world.writing("1").await).await.expect("drafted");
    assert_eq!(at(world.engine.save_draft(&author, question, 1, &writing).await), [("topic".into(), Refusal::NotOffered)]);
});

story!(only_the_author_writes_on_a_draft, |world| {
    let author = world.author().await;
    let other = world.member("Trương Quang Hải", "so-noi-vu", &[Role::Author]).await;
    let writing = world.writing("6").await;
    let question = world.engine.draft_question(&author, &writing).await.expect("drafted");
    assert_eq!(refusal(world.engine.save_draft(&other, question, 1, &writing).await), Refusal::NotAllowed);
    assert_eq!(refusal(world.engine.submit(&other, question, 1).await), Refusal::NotAllowed);
    assert_eq!(refusal(world.engine.take_back(&other, question).await), Refusal::NotAllowed);
    assert!(!world.engine.question_page(&other, question).await.expect("shown").writable);
});

story!(what_is_typed_is_saved_with_its_submission_or_not_at_all, |world| {
    let author = world.author().await;
    let mut writing = world.writing("2").await;
    let question = world.engine.draft_question(&author, &writing).await.expect("drafted");
    writing.content.text = "Bộ nào công bố?".into();
    writing.explanation.clear();
    assert_eq!(at(world.engine.submit_writing(&author, question, 1, &writing).await), [("explanation".into(), Refusal::Required)]);
    let page = world.engine.question_page(&author, question).await.expect("shown");
    assert_eq!((page.newest.revision, page.newest.writing.content.text.as_str()), (1, "Cơ quan nào công bố **PAR INDEX**?"));
    writing.explanation = "Bộ Nội vụ.".into();
    world.engine.submit_writing(&author, question, 1, &writing).await.expect("submitted");
    let page = world.engine.question_page(&author, question).await.expect("shown");
    assert_eq!((page.newest.status, &page.newest.writing), (Status::InReview, &writing));
});

story!(images_are_sniffed_and_addressed_by_their_hash, |world| {
    let author = world.author().await;
    let address = world.engine.add_image(&author, "so-do.png", PNG).await.expect("kept");
    assert_eq!(address.len(), "/tep/".len() + 64);
    assert_eq!(world.engine.add_image(&author, "ban-sao.png", PNG).await.expect("kept once"), address);
    assert_eq!(at(world.engine.add_image(&author, "a.pdf", b"%PDF-1.7").await), [("image".into(), Refusal::BadFile)]);
    assert_eq!(at(world.engine.add_image(&author, "a.svg", b"<svg/>").await), [("image".into(), Refusal::BadFile)]);
    let mut large = PNG.to_vec();
    large.resize((1 << 20) + 1, 0);
    assert_eq!(at(world.engine.add_image(&author, "a.png", &large).await), [("image".into(), Refusal::TooLarge)]);
});

story!(an_image_goes_to_the_end_of_the_draft, |world| {
    let author = world.author().await;
    let engine = &world.engine;
    let question = engine.draft_question(&author, &world.writing("2").await).await.expect("drafted");
    let image = |words| SentImage { name: "so-do.png", bytes: PNG, words };
    assert_eq!(at(engine.illustrate(&author, question, 1, image(" ")).await), [("words".into(), Refusal::Required)]);
    let long = "x".repeat(201);
    assert_eq!(at(engine.illustrate(&author, question, 1, image(&long)).await), [("words".into(), Refusal::TooLong)]);
    let pdf = SentImage { bytes: b"%PDF-1.7", ..image("Sơ đồ") };
    assert_eq!(at(engine.illustrate(&author, question, 1, pdf).await), [("image".into(), Refusal::BadFile)]);
    assert_eq!(refusal(engine.illustrate(&author, question, 9, image("Sơ đồ")).await), Refusal::ChangedMeanwhile);
    assert_eq!(refusal(engine.illustrate(&world.reviewer().await, question, 1, image("Sơ đồ")).await), Refusal::NotAllowed);
    engine.illustrate(&author, question, 1, image("Sơ đồ [một cửa]")).await.expect("illustrated");
    let text = engine.question_page(&author, question).await.expect("shown").newest.writing.content.text;
    assert!(text.starts_with("Cơ quan nào công bố **PAR INDEX**?\n\n![Sơ đồ một cửa](/tep/"), "{text}");
});

story!(a_preview_shows_sanitised_html_and_no_key, |world| {
    let author = world.author().await;
    let typed = [
        ("kind", "single"),
        ("text", "**Ai** <script>alert(1)</script>"),
        ("option1", "*Bộ*"),
        ("option2", "Sở"),
        ("right", "1"),
        ("pin", "2"),
    ];
    let typed = typed.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let shown = world.engine.preview(&author, &typed).expect("shown");
    assert!(shown.text.as_str().contains("<strong>Ai</strong>") && !shown.text.as_str().contains("script"));
    assert_eq!(
        shown.choices.iter().map(|choice| (choice.text.as_str(), choice.pinned)).collect::<Vec<_>>(),
        [("<em>Bộ</em>", false), ("Sở", true)]
    );
    let rows = [("kind", "ordering"), ("option1", "một"), ("option2", "hai"), ("option3", "ba"), ("option4", "bốn"), ("option5", "năm")];
    let shown = world.engine.preview(&author, &rows.map(|(name, value)| (name.to_owned(), value.to_owned()))).expect("shown");
    let again = world.engine.preview(&author, &rows.map(|(name, value)| (name.to_owned(), value.to_owned()))).expect("shown");
    assert_ne!(shown.words, ["một", "hai", "ba", "bốn", "năm"], "the right order is not given away");
    assert_eq!(shown, again, "a preview does not jump");
});
