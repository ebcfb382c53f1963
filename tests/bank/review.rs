//! The life of a question: review, versions, history.

use super::{approved, at, drawable, refusal, submitted};
use domain::{
    Millis, Refusal,
    bank::{Status, Step},
    identity::Role,
};
use engine::bank::{Key, Part};
use tests::story;

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

story!(the_queue_holds_what_waits_for_a_review, |world| {
    let (author, reviewer) = (world.author().await, world.reviewer().await);
    let waiting = submitted(&world, &author, &world.writing("1").await).await;
    world.engine.draft_question(&author, &world.writing("1").await).await.expect("drafted");
    let queue = world.engine.review_queue(&reviewer, 1).await.expect("the queue");
    assert_eq!(queue.questions.iter().map(|found| found.id).collect::<Vec<_>>(), [waiting]);
    assert_eq!(queue.questions[0].text(), "Cơ quan nào công bố PAR INDEX ?");
});
