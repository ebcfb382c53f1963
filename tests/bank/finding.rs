//! Finding questions, the tree of topics, and what a paper may draw.

use super::{approved, at, drawable, refusal};
use domain::{
    Millis, Refusal,
    bank::{Difficulty, Kind, Status},
    identity::Role,
};
use engine::{
    Stop,
    bank::{Key, QuestionFilter},
};
use tests::story;

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
    for words in ["PAR INDEX", "par index", "cơ quan nào công bố chỉ số cải cách", "co quan nao cong bo chi so cai cach", "CCHC-015"]
    {
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
    let page =
        async |page| world.engine.find_questions(&reviewer, &QuestionFilter { page, ..QuestionFilter::default() }).await.expect("found");
    let (first, last) = (page(1).await, page(4).await);
    assert_eq!((first.questions.len(), first.pages, last.questions.len()), (30, 4, 8));
    assert!(first.questions.iter().all(|question| last.questions.iter().all(|other| other.id != question.id)));
    assert_eq!(page(99).await.page, 4, "beyond the last page is the last page");
    assert_eq!(page(0).await.page, 1);
    assert_eq!(first.by_status, [(Status::Approved, 98)]);
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
