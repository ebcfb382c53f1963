//! The bank: writing questions, reviewing them, finding them, and what a paper may draw.

use domain::{Field, Millis, Refusal, Timestamp, bank::{Difficulty, Kind, Status, Step}, id::QuestionId, identity::Role};
use engine::{Caller, Stop, bank::{Key, Part, QuestionFilter, SentImage, Writing}, store::Work};
use tests::{World, story};

/// A question that was submitted.
async fn submitted(world: &World, author: &Caller, writing: &Writing) -> QuestionId {
    let question = world.engine.draft_question(author, writing).await.expect("drafted");
    world.engine.submit(author, question, 1).await.expect("submitted");
    question
}

/// A question that was approved.
async fn approved(world: &World, writing: &Writing) -> QuestionId {
    let (author, reviewer) = (world.author().await, world.reviewer().await);
    let question = submitted(world, &author, writing).await;
    world.engine.approve(&reviewer, question, 2).await.expect("approved");
    question
}

async fn drawable(world: &World, writing: &Writing, at: Timestamp) -> usize {
    let mut work = world.engine.store.read().await.expect("the store");
    work.drawable(writing.topic, writing.difficulty, at).await.expect("read").len()
}

fn refusal<T: std::fmt::Debug>(outcome: engine::Result<T>) -> Refusal {
    outcome.expect_err("it is refused").refusal()
}

fn at<T: std::fmt::Debug>(outcome: engine::Result<T>) -> Vec<(Field, Refusal)> {
    match outcome {
        Err(Stop::AtFields(refused)) => refused,
        other => panic!("fields are refused, not {other:?}"),
    }
}

story!(a_question_goes_from_draft_to_approval, |world| {
    let (author, reviewer) = (world.author().await, world.reviewer().await);
    let writing = world.writing("2").await;
    let question = world.engine.draft_question(&author, &writing).await.expect("drafted");
    let page = world.engine.question_page(&author, question).await.expect("shown");
    assert_eq!(page.newest.writing, writing);
    assert_eq!((page.newest.status, page.writable, page.steps.as_slice()), (Status::Draft, true, &[Step::Submit, Step::Retire][..]));
    world.engine.submit(&author, question, 1).await.expect("submitted");
    assert_eq!(drawable(&world, &writing, world.now()).await, 0, "nothing is drawn before its approval");
    let page = world.engine.question_page(&reviewer, question).await.expect("shown");
    assert_eq!((page.newest.status, page.writable, page.steps.as_slice()), (Status::InReview, false, &[Step::Approve, Step::Return][..]));
    world.engine.approve(&reviewer, question, 2).await.expect("approved");
    let page = world.engine.question_page(&author, question).await.expect("shown");
    assert_eq!((page.newest.status, page.approved, page.newest.reviewer), (Status::Approved, Some(page.newest.id), Some(reviewer.account)));
    assert_eq!(page.steps, [Step::Retire, Step::Renew]);
    assert_eq!(drawable(&world, &writing, world.now()).await, 1);
});

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

story!(nobody_reviews_the_own_question, |world| {
    let both = world.member("Hồ Thị Cúc", "so-noi-vu", &[Role::Author, Role::Reviewer]).await;
    let reviewer = world.reviewer().await;
    let question = submitted(&world, &both, &world.writing("3").await).await;
    assert_eq!(refusal(world.engine.approve(&both, question, 2).await), Refusal::OwnQuestion);
    assert_eq!(refusal(world.engine.return_with_comments(&both, question, "Xin sửa").await), Refusal::OwnQuestion);
    world.engine.approve(&reviewer, question, 2).await.expect("a second person approves");
    // … and whoever wrote an earlier version does not review a later one.
    let author = world.author().await;
    world.engine.renew(&author, question).await.expect("renewed");
    world.engine.submit(&author, question, 1).await.expect("submitted");
    assert_eq!(refusal(world.engine.approve(&both, question, 2).await), Refusal::OwnQuestion);
    assert_eq!(world.engine.question_page(&both, question).await.expect("shown").steps, []);
});

story!(whoever_reviewed_a_question_does_not_write_its_next_version, |world| {
    let both = world.member("Hồ Thị Cúc", "so-noi-vu", &[Role::Author, Role::Reviewer]).await;
    let author = world.author().await;
    let question = submitted(&world, &author, &world.writing("3").await).await;
    world.engine.approve(&both, question, 2).await.expect("approved");
    assert_eq!(refusal(world.engine.renew(&both, question).await), Refusal::ReviewedQuestion);
});

story!(a_returned_question_says_why_and_is_submitted_again, |world| {
    let (author, reviewer) = (world.author().await, world.reviewer().await);
    let mut writing = world.writing("4").await;
    let question = submitted(&world, &author, &writing).await;
    assert_eq!(at(world.engine.return_with_comments(&reviewer, question, " ").await), [("comment".into(), Refusal::ReasonNeeded)]);
    let long = "x".repeat(2_001);
    assert_eq!(at(world.engine.return_with_comments(&reviewer, question, &long).await), [("comment".into(), Refusal::TooLong)]);
    world.engine.return_with_comments(&reviewer, question, "Nghị định 61/2018 đã hết hiệu lực.").await.expect("returned");
    let page = world.engine.question_page(&author, question).await.expect("shown");
    assert_eq!((page.newest.status, page.writable), (Status::Returned, true));
    let comment = page.comment.expect("a comment");
    assert_eq!((comment.comment.as_str(), comment.full_name.as_str()), ("Nghị định 61/2018 đã hết hiệu lực.", "Võ Thị Mai"));
    writing.legal.document = "Nghị định số 118/2025/NĐ-CP".into();
    let saved = world.engine.save_draft(&author, question, page.newest.revision, &writing).await.expect("saved");
    world.engine.submit(&author, question, saved.revision).await.expect("submitted again");
    assert_eq!(refusal(world.engine.submit(&author, question, saved.revision).await), Refusal::AlreadyDone);
});

story!(a_submitted_version_is_taken_back_only_before_its_review, |world| {
    let (author, reviewer) = (world.author().await, world.reviewer().await);
    let writing = world.writing("4").await;
    let question = submitted(&world, &author, &writing).await;
    assert_eq!(refusal(world.engine.save_draft(&author, question, 2, &writing).await), Refusal::WrongOrder);
    world.engine.take_back(&author, question).await.expect("taken back");
    assert_eq!(refusal(world.engine.take_back(&author, question).await), Refusal::AlreadyDone);
    assert_eq!(refusal(world.engine.approve(&reviewer, question, 3).await), Refusal::WrongOrder);
    world.engine.submit(&author, question, 3).await.expect("submitted again");
    assert_eq!(refusal(world.engine.approve(&reviewer, question, 2).await), Refusal::ChangedMeanwhile);
    world.engine.approve(&reviewer, question, 4).await.expect("approved");
    assert_eq!(refusal(world.engine.take_back(&author, question).await), Refusal::WrongOrder);
    assert_eq!(refusal(world.engine.approve(&reviewer, question, 5).await), Refusal::AlreadyDone);
});

story!(what_was_served_never_changes_and_a_new_version_replaces_it, |world| {
    let (author, reviewer) = (world.author().await, world.reviewer().await);
    let mut writing = world.writing("2").await;
    let question = approved(&world, &writing).await;
    let first = world.engine.question_page(&author, question).await.expect("shown").newest;
    assert_eq!(refusal(world.engine.save_draft(&author, question, first.revision, &writing).await), Refusal::WrongOrder);
    let mut work = world.engine.store.begin().await.expect("the store");
    work.mark_served(first.id).await.expect("served");
    work.commit().await.expect("committed");
    assert_eq!(refusal(world.engine.save_draft(&author, question, first.revision, &writing).await), Refusal::VersionServed);

    world.engine.renew(&author, question).await.expect("renewed");
    assert_eq!(refusal(world.engine.renew(&author, question).await), Refusal::AlreadyDone);
    assert_eq!(drawable(&world, &writing, world.now()).await, 1, "the old version is drawn until the new one is approved");
    writing.content.text = "Bộ nào công bố **PAR INDEX**?".into();
    writing.key = Some(Key::One(1));
    world.engine.save_draft(&author, question, 1, &writing).await.expect("saved");
    world.engine.submit(&author, question, 2).await.expect("submitted");
    world.engine.approve(&reviewer, question, 3).await.expect("approved");

    let mut work = world.engine.store.read().await.expect("the store");
    let drawn = work.drawable(writing.topic, writing.difficulty, world.now()).await.expect("read");
    let newest = work.version(drawn[0].1).await.expect("the newest version");
    assert_eq!((drawn.len(), newest.number, newest.key, newest.served), (1, 2, Key::One(1), false));
    let old = work.version(first.id).await.expect("the old version is kept");
    assert_eq!((old.status, old.served, old.key, old.content), (Status::Retired, true, Key::One(0), first.writing.content));
});

story!(history_tells_who_did_what_and_what_changed, |world| {
    let (author, reviewer) = (world.author().await, world.reviewer().await);
    let mut writing = world.writing("2").await;
    let question = approved(&world, &writing).await;
    world.wind(Millis::days(1));
    world.engine.renew(&author, question).await.expect("renewed");
    writing.content.text = "Bộ nào công bố **PAR INDEX**?".into();
    world.engine.save_draft(&author, question, 1, &writing).await.expect("saved");
    let history = world.engine.history(&reviewer, question).await.expect("told");
    assert_eq!(history.iter().map(|seen| seen.version.number).collect::<Vec<_>>(), [2, 1]);
    let what: Vec<(Step, &str)> = history[1].events.iter().map(|event| (event.what, event.full_name.as_str())).collect();
    assert_eq!(what, [(Step::Approve, "Võ Thị Mai"), (Step::Submit, "Lê Văn Sơn"), (Step::Draft, "Lê Văn Sơn")]);
    let changes = &history[0].changes;
    assert_eq!((changes.len(), changes[0].what.as_str()), (1, "Câu hỏi"));
    assert_eq!(changes[0].parts[..2], [Part::Removed("Cơ quan".into()), Part::Added("Bộ".into())]);
    assert!(history[1].changes.is_empty());
});

story!(a_retired_question_is_drawn_no_more_and_can_be_renewed, |world| {
    let (author, reviewer, organiser) = (world.author().await, world.reviewer().await, world.organiser().await);
    let writing = world.writing("5").await;
    let question = approved(&world, &writing).await;
    assert_eq!(refusal(world.engine.retire(&organiser, question).await), Refusal::NotAllowed);
    let other = world.member("Trương Quang Hải", "so-noi-vu", &[Role::Author]).await;
    assert_eq!(refusal(world.engine.retire(&other, question).await), Refusal::NotAllowed);
    world.engine.retire(&reviewer, question).await.expect("retired");
    assert_eq!(refusal(world.engine.retire(&author, question).await), Refusal::AlreadyDone);
    assert_eq!(drawable(&world, &writing, world.now()).await, 0);
    world.engine.renew(&other, question).await.expect("another author renews it");
    let page = world.engine.question_page(&other, question).await.expect("shown");
    assert_eq!((page.author_name.as_str(), page.newest.number, page.writable), ("Trương Quang Hải", 2, true));
    let in_review = submitted(&world, &author, &writing).await;
    assert_eq!(refusal(world.engine.retire(&author, in_review).await), Refusal::WrongOrder);
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

story!(questions_are_found_by_every_filter, |world| {
    let (author, reviewer) = (world.author().await, world.reviewer().await);
    let engine = &world.engine;
    assert_eq!(world.sample_bank().await, 98);
    let topics = engine.topics().await.expect("topics");
    let count = async |filter: QuestionFilter| engine.find_questions(&reviewer, &filter).await.expect("found").total;
    let any = QuestionFilter::default;
    assert_eq!(count(any()).await, 98);
    assert_eq!(count(QuestionFilter { status: Some(Status::Approved), ..any() }).await, 98);
    assert_eq!(count(QuestionFilter { status: Some(Status::Draft), ..any() }).await, 0);
    assert_eq!(count(QuestionFilter { topic: Some(topics[0].id), ..any() }).await, 14);
    assert_eq!(count(QuestionFilter { topic: Some(topics[0].id), difficulty: Some(Difficulty::Apply), ..any() }).await, 3);
    assert_eq!(count(QuestionFilter { kind: Some(Kind::Matching), ..any() }).await, 5);
    assert_eq!(count(QuestionFilter { author: Some(author.account), ..any() }).await, 98);
    assert_eq!(count(QuestionFilter { author: Some(reviewer.account), ..any() }).await, 0);
    for words in ["PAR INDEX", "par index", "cơ quan nào công bố chỉ số cải cách", "co quan nao cong bo chi so cai cach", "CCHC-015"] {
        assert!(count(QuestionFilter { words: words.into(), ..any() }).await >= 1, "{words}");
    }
    assert_eq!(count(QuestionFilter { words: "%".into(), ..any() }).await, 7, "a percent sign is a sign like others");
    assert_eq!(count(QuestionFilter { words: "cchc_001".into(), ..any() }).await, 0);
    let (documents, authors) = engine.question_facets(&reviewer).await.expect("facets");
    assert_eq!(authors, [(author.account, "Lê Văn Sơn".to_owned())]);
    let decree = documents.iter().find(|document| document.starts_with("Nghị định số 118/2025")).expect("a decree").clone();
    assert!(count(QuestionFilter { document: Some(decree), ..any() }).await >= 1);
});

story!(a_long_list_comes_in_pages, |world| {
    let reviewer = world.reviewer().await;
    world.sample_bank().await;
    let page = async |page| world.engine.find_questions(&reviewer, &QuestionFilter { page, ..QuestionFilter::default() }).await.expect("found");
    let (first, last) = (page(1).await, page(4).await);
    assert_eq!((first.questions.len(), first.pages, last.questions.len()), (30, 4, 8));
    assert!(first.questions.iter().all(|question| last.questions.iter().all(|other| other.id != question.id)));
    assert_eq!(page(99).await.page, 4, "beyond the last page is the last page");
    assert_eq!(page(0).await.page, 1);
    assert_eq!(first.by_status, [(Status::Approved, 98)]);
});

story!(the_queue_holds_what_waits_for_a_review, |world| {
    let (author, reviewer) = (world.author().await, world.reviewer().await);
    let waiting = submitted(&world, &author, &world.writing("1").await).await;
    world.engine.draft_question(&author, &world.writing("1").await).await.expect("drafted");
    let queue = world.engine.review_queue(&reviewer, 1).await.expect("the queue");
    assert_eq!(queue.questions.iter().map(|found| found.id).collect::<Vec<_>>(), [waiting]);
    assert_eq!(queue.questions[0].text(), "Cơ quan nào công bố PAR INDEX ?");
});

story!(an_expired_legal_basis_is_found_and_not_drawn, |world| {
    let mut writing = world.writing("3").await;
    writing.legal.from = Some(world.now() - Millis::days(100));
    writing.legal.until = Some(world.now() + Millis::days(7));
    approved(&world, &writing).await;
    let expired = QuestionFilter { expired_at: Some(world.now() + Millis::days(7)), ..QuestionFilter::default() };
    let found = world.engine.find_questions(&world.author().await, &expired).await.expect("found");
    assert_eq!(found.total, 1);
    assert_eq!(drawable(&world, &writing, world.now()).await, 1);
    assert_eq!(drawable(&world, &writing, world.now() + Millis::days(7)).await, 0);
    assert_eq!(drawable(&world, &writing, world.now() - Millis::days(101)).await, 0, "not in force yet");
});

story!(short_texts_are_for_practice_and_never_drawn, |world| {
    let mut writing = world.writing("3").await;
    writing.content.kind = Kind::ShortText;
    writing.content.choices.clear();
    writing.key = Some(Key::Texts(vec!["một cửa".into()]));
    approved(&world, &writing).await;
    assert_eq!(drawable(&world, &writing, world.now()).await, 0);
});

story!(coverage_counts_what_can_be_drawn_with_subtopics, |world| {
    let author = world.author().await;
    assert_eq!(world.approved_bank(2).await, 56);
    assert_eq!(world.approved_bank(2).await, 0, "asked again, nothing is made twice");
    let mut writing = world.writing("2").await;
    let below = world.engine.add_topic(&author, writing.topic, "Chỉ số hài lòng").await.expect("added");
    let head = std::mem::replace(&mut writing.topic, below);
    approved(&world, &writing).await;
    let mut work = world.engine.store.read().await.expect("the store");
    let coverage = work.bank_coverage(world.now()).await.expect("counted");
    assert_eq!(coverage.total(), 57);
    assert_eq!(coverage.count(head, Difficulty::Recognise), 3);
    assert_eq!(coverage.count(below, Difficulty::Recognise), 1);
    assert_eq!(coverage.count(below, Difficulty::Apply), 0);
    assert_eq!(work.drawable(head, Difficulty::Recognise, world.now()).await.expect("drawable").len(), 3);
});

story!(the_seven_heads_stand_and_topics_grow_below_them, |world| {
    let author = world.author().await;
    let engine = &world.engine;
    let heads = engine.topics().await.expect("topics");
    assert_eq!(heads.iter().map(|topic| topic.code.as_str()).collect::<Vec<_>>(), ["1", "2", "3", "4", "5", "6", "7"]);
    let papi = engine.add_topic(&author, heads[1].id, "PAPI").await.expect("added");
    let part = engine.add_topic(&author, papi, "Tám chỉ số nội dung").await.expect("added");
    assert_eq!(at(engine.add_topic(&author, part, "Quá sâu").await), [("parent".into(), Refusal::OutOfRange)]);
    assert_eq!(at(engine.add_topic(&author, heads[1].id, " papi ").await), [("name".into(), Refusal::Taken)]);
    assert_eq!(at(engine.add_topic(&author, heads[1].id, "").await), [("name".into(), Refusal::Required)]);
    let nowhere = domain::id::TopicId(uuid::Uuid::nil());
    assert_eq!(at(engine.add_topic(&author, nowhere, "Một").await), [("parent".into(), Refusal::NotOffered)]);
    engine.rename_topic(&author, papi, "Chỉ số PAPI").await.expect("renamed");
    assert_eq!(refusal(engine.rename_topic(&author, heads[1].id, "Khác").await), Refusal::NotAllowed);
    assert_eq!(refusal(engine.rename_topic(&author, nowhere, "Khác").await), Refusal::NotFound);
    let labels: Vec<String> = engine.topics().await.expect("topics").iter().map(domain::bank::Topic::label).collect();
    assert_eq!(labels[2..4], ["2.1. Chỉ số PAPI", "2.1.1. Tám chỉ số nội dung"]);
    assert_eq!(refusal(engine.remove_topic(&author, papi).await), Refusal::TopicInUse, "it has a part");
    engine.remove_topic(&author, part).await.expect("removed");
    let mut writing = world.writing("2").await;
    writing.topic = papi;
    engine.draft_question(&author, &writing).await.expect("drafted");
    assert_eq!(refusal(engine.remove_topic(&author, papi).await), Refusal::TopicInUse, "it has a question");
    assert_eq!(refusal(engine.remove_topic(&author, heads[1].id).await), Refusal::NotAllowed);
    let counts = engine.topic_counts(&author).await.expect("counted");
    assert_eq!(counts.iter().map(|count| count.questions).collect::<Vec<_>>(), [0, 1, 1, 0, 0, 0, 0, 0]);
});

const PNG: &[u8] = &[0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

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

story!(a_preview_shows_sanitised_html_and_no_key, |world| {
    let author = world.author().await;
    let typed = [("kind", "single"), ("text", "**Ai** <script>alert(1)</script>"), ("option1", "*Bộ*"), ("option2", "Sở"), ("right", "1"), ("pin", "2")];
    let typed = typed.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let shown = world.engine.preview(&author, &typed).expect("shown");
    assert!(shown.text.as_str().contains("<strong>Ai</strong>") && !shown.text.as_str().contains("script"));
    assert_eq!(shown.choices.iter().map(|choice| (choice.text.as_str(), choice.pinned)).collect::<Vec<_>>(), [("<em>Bộ</em>", false), ("Sở", true)]);
    let rows = [("kind", "ordering"), ("option1", "một"), ("option2", "hai"), ("option3", "ba"), ("option4", "bốn"), ("option5", "năm")];
    let shown = world.engine.preview(&author, &rows.map(|(name, value)| (name.to_owned(), value.to_owned()))).expect("shown");
    let again = world.engine.preview(&author, &rows.map(|(name, value)| (name.to_owned(), value.to_owned()))).expect("shown");
    assert_ne!(shown.words, ["một", "hai", "ba", "bốn", "năm"], "the right order is not given away");
    assert_eq!(shown, again, "a preview does not jump");
});

story!(a_sample_bank_is_loaded_whole_or_not_at_all, |world| {
    let (author, reviewer) = (world.author().await, world.reviewer().await);
    let both = world.member("Hồ Thị Cúc", "so-noi-vu", &[Role::Author, Role::Reviewer]).await;
    let engine = &world.engine;
    assert_eq!(refusal(engine.load_questions("question = []", &both, &both).await), Refusal::OwnQuestion);
    assert!(matches!(engine.load_questions("nonsense", &author, &reviewer).await, Err(Stop::Fault(_))));
    let sheet = "\
        [[question]]\ncode = \"A-1\"\ntopic = \"1\"\ndifficulty = \"apply\"\nkind = \"true_false\"\ntext = \"Đúng không?\"\nright_is_true = true\n\
        explanation = \"Đúng.\"\nlegal = { document = \"Kế hoạch\" }\n\
        [[question]]\ncode = \"A-2\"\ntopic = \"1\"\ndifficulty = \"apply\"\nkind = \"number\"\ntext = \"Bao nhiêu?\"\nanswer = \"1.5\"\n\
        explanation = \"Tính ra.\"\nlegal = { document = \"Kế hoạch\" }\n\
        [[question]]\ncode = \"A-3\"\ntopic = \"9\"\ndifficulty = \"apply\"\nkind = \"true_false\"\ntext = \"Sai không?\"\n\
        explanation = \"Sai.\"\nlegal = { document = \"Kế hoạch\" }\n\
        [[question]]\ncode = \"A-4\"\ntopic = \"1\"\ndifficulty = \"apply\"\nkind = \"true_false\"\ntext = \"Sai không?\"\n\
        explanation = \"Sai.\"\nlegal = { document = \"Kế hoạch\", from = \"hôm qua\" }\n";
    let refused = at(engine.load_questions(sheet, &author, &reviewer).await);
    let told: Vec<(&str, Refusal)> = refused.iter().map(|(field, refusal)| (field.0.as_ref(), *refusal)).collect();
    assert_eq!(told, [("A-2.answer", Refusal::AmbiguousNumber), ("A-3.topic", Refusal::NotOffered), ("A-4.legal_from", Refusal::NotADate)]);
    assert_eq!(engine.find_questions(&author, &QuestionFilter::default()).await.expect("found").total, 0, "nothing was written");
});

/// The deeds and details noted about a subject, in their order.
async fn notes(world: &World, subject: &str) -> Vec<(String, String)> {
    let sql = "select deed, detail from audit_note where subject = $1 order by at, id";
    let outcome = match world.engine.store.read().await.expect("the store") {
        Work::Sqlite(mut tx) => sqlx::query_as(sql).bind(subject).fetch_all(&mut *tx).await,
        Work::Postgres(mut tx) => sqlx::query_as(sql).bind(subject).fetch_all(&mut *tx).await,
    };
    outcome.expect("the log")
}

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
        "bank.draft", "bank.save", "bank.submit", "bank.take_back", "bank.submit", "bank.return", "bank.submit", "bank.approve", "bank.renew", "bank.retire",
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
