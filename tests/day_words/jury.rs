//! Questions to the jury and their answers.

use super::pulse;
use domain::{
    Millis, Refusal,
    attempt::{Canned, LONGEST},
    id::AskedId,
    identity::Deed,
};
use engine::attempt::GivenAnswer;
use http::StatusCode;
use tests::{SmallRound, refused, refused_at, story};

const QUESTION: &str = "Câu 3 hỏi năm ban hành hay năm có hiệu lực?";

fn canned(code: &str) -> GivenAnswer<'_> {
    GivenAnswer { canned: code, ..GivenAnswer::default() }
}

story!(a_question_is_answered_on_the_sheet_that_asked_and_on_no_other, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (lan, one) = world.sits("Nguyễn Thị Lan", &small).await;
    let (nam, other) = world.sits("Trần Văn Nam", &small).await;
    let (mut first, mut second) = (world.browser_of(&lan).await, world.browser_of(&nam).await);
    let sheet = first.get(&format!("/thi/{one}")).await;
    let page = format!("/thi/{one}/hoi");
    assert!(sheet.says(&page), "the sheet leads to the questions: {}", sheet.body);
    assert!(first.get(&page).await.says("Đồng hồ làm bài vẫn chạy"));
    let asked = first.post(&page, &[("words", QUESTION)]).await;
    assert_eq!((asked.status, asked.location()), (StatusCode::SEE_OTHER, page.as_str()), "{}", asked.body);
    assert!(first.get(&page).await.says("Đang chờ Ban Giám khảo trả lời."));

    let mut desk = world.browser_of(&world.organiser().await).await;
    let room = format!("/quan-tri/dot/{}/nhan-tin", small.round);
    let waiting = desk.get(&room).await;
    assert!(waiting.says(QUESTION) && waiting.says(Canned::ReadAgain.label()), "{}", waiting.body);
    assert!(!waiting.says("Nguyễn Thị Lan"), "the jury does not learn who asks");
    let question = world.engine.questions_to_jury(&world.organiser().await, small.round).await.expect("questions")[0].id.to_string();
    assert!(desk.get(&format!("{room}?cau={question}")).await.says("Gửi câu trả lời này cho mọi người"));
    let answered = desk.post(&room, &[("question", &question), ("canned", "read_again")]).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.body);
    let words = format!("Ban Giám khảo trả lời câu hỏi của anh/chị: {}", Canned::ReadAgain.label());
    assert_eq!(pulse(&mut first, one).await, [words]);
    assert_eq!(pulse(&mut second, other).await, [""; 0]);
    assert!(first.get(&page).await.says(Canned::ReadAgain.label()));
    assert!(!second.get(&format!("/thi/{other}/hoi")).await.says(Canned::ReadAgain.label()));
    assert_eq!((world.notes_of(Deed::AskJury).await, world.notes_of(Deed::AnswerQuestion).await), (1, 1));
});

story!(an_answer_may_be_told_to_everybody, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (lan, one) = world.sits("Nguyễn Thị Lan", &small).await;
    let (nam, other) = world.sits("Trần Văn Nam", &small).await;
    let question = world.engine.ask_jury(&lan, one, QUESTION).await.expect("asked");
    let mut desk = world.browser_of(&world.organiser().await).await;
    let given = [("question", question.to_string()), ("answer", "Năm ban hành.".to_owned()), ("to_everybody", "1".to_owned())];
    let given: Vec<_> = given.iter().map(|(name, value)| (*name, value.as_str())).collect();
    desk.post(&format!("/quan-tri/dot/{}/nhan-tin", small.round), &given).await;
    for (person, attempt) in [(lan, one), (nam, other)] {
        let mut browser = world.browser_of(&person).await;
        assert_eq!(pulse(&mut browser, attempt).await, ["Ban Giám khảo giải đáp: Năm ban hành."]);
    }
    assert_eq!(
        world.engine.own_questions(&world.contestant("Nguyễn Thị Lan", "so-noi-vu").await, one).await.expect("own").asked[0].answer,
        "Năm ban hành."
    );
});

story!(five_questions_of_a_sheet_may_wait_at_once, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (lan, attempt) = world.sits("Nguyễn Thị Lan", &small).await;
    let organiser = world.organiser().await;
    let mut asked = Vec::new();
    for n in 1..=5 {
        world.wind(Millis::seconds(1));
        asked.push(world.engine.ask_jury(&lan, attempt, &format!("Câu {n}?")).await.expect("asked"));
    }
    refused!(world.engine.ask_jury(&lan, attempt, "Câu 6?").await, Refusal::QuestionsWaiting);
    let mut browser = world.browser_of(&lan).await;
    let page = browser.get(&format!("/thi/{attempt}/hoi")).await;
    assert!(page.says("5 câu hỏi chờ trả lời") && !page.says("Gửi câu hỏi"), "{}", page.body);
    assert_eq!(browser.post(&format!("/thi/{attempt}/hoi"), &[("words", "Câu 6?")]).await.status, StatusCode::CONFLICT);
    world.engine.answer_question(&organiser, asked[2], canned("noted")).await.expect("answered");
    world.wind(Millis::seconds(1));
    world.engine.ask_jury(&lan, attempt, "Câu 6?").await.expect("one is answered");
    let order: Vec<_> =
        world.engine.questions_to_jury(&organiser, small.round).await.expect("questions").iter().map(|asked| asked.ordinal).collect();
    assert_eq!(order, [1, 2, 4, 5, 6, 3], "those that wait come first");
});

story!(questions_sent_at_once_are_never_more_than_may_wait, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (lan, attempt) = world.sits("Nguyễn Thị Lan", &small).await;
    let asking = (0..12).map(|n| {
        let (engine, lan) = (world.engine.clone(), lan.clone());
        tokio::spawn(async move { engine.ask_jury(&lan, attempt, &format!("Câu {n}?")).await })
    });
    for asked in futures::future::join_all(asking).await {
        match asked.expect("joined") {
            Ok(_) | Err(engine::Stop::Refused(Refusal::QuestionsWaiting | Refusal::ChangedMeanwhile)) => {}
            Err(stop) => panic!("{stop}"),
        }
    }
    let waiting = world.count("select cast(count(*) as bigint) from asked where attempt_id = $1", &[attempt.0]).await;
    assert!((1..=5).contains(&waiting), "{waiting}");
});

story!(only_the_owner_asks_while_the_sheet_runs, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (lan, attempt) = world.sits("Nguyễn Thị Lan", &small).await;
    let nam = world.entrant("Trần Văn Nam").await;
    let mut stranger = world.browser_of(&nam).await;
    let page = format!("/thi/{attempt}/hoi");
    refused!(world.engine.ask_jury(&nam, attempt, QUESTION).await, Refusal::NotFound);
    refused!(world.engine.own_questions(&nam, attempt).await, Refusal::NotFound);
    assert_eq!(stranger.get(&page).await.status, StatusCode::NOT_FOUND);
    assert_eq!(stranger.post(&page, &[("words", QUESTION)]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.client().get(&page).await.status, StatusCode::SEE_OTHER);
    refused_at!(world.engine.ask_jury(&lan, attempt, "  ").await, "words": Refusal::Required);
    refused_at!(world.engine.ask_jury(&lan, attempt, &"ơ".repeat(LONGEST + 1)).await, "words": Refusal::TooLong);
    world.engine.hand_in(&lan, attempt).await.expect("handed in");
    refused!(world.engine.ask_jury(&lan, attempt, QUESTION).await, Refusal::HandedIn);
    assert!(world.browser_of(&lan).await.get(&page).await.says("không gửi thêm câu hỏi được"));
    assert_eq!(world.notes_of(Deed::AskJury).await, 0);
});

story!(only_the_jury_answers_and_once, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (lan, attempt) = world.sits("Nguyễn Thị Lan", &small).await;
    let organiser = world.organiser().await;
    let question = world.engine.ask_jury(&lan, attempt, QUESTION).await.expect("asked");
    for outsider in [&lan, &world.coordinator("so-noi-vu").await, &world.author().await, &world.auditor().await] {
        refused!(world.engine.answer_question(outsider, question, canned("noted")).await, Refusal::NotAllowed);
        refused!(world.engine.questions_to_jury(outsider, small.round).await, Refusal::NotAllowed);
    }
    refused_at!(world.engine.answer_question(&organiser, question, canned("")).await, "answer": Refusal::Required);
    refused_at!(world.engine.answer_question(&organiser, question, canned("dap-an")).await, "canned": Refusal::NotOffered);
    let long = "a".repeat(LONGEST + 1);
    let own = GivenAnswer { own: &long, ..GivenAnswer::default() };
    refused_at!(world.engine.answer_question(&organiser, question, own).await, "answer": Refusal::TooLong);
    let unknown = AskedId(uuid::Uuid::from_u128(7));
    refused!(world.engine.answer_question(&organiser, unknown, canned("noted")).await, Refusal::NotFound);
    world.engine.answer_question(&organiser, question, canned("noted")).await.expect("answered");
    refused!(world.engine.answer_question(&world.second_organiser().await, question, canned("no_comment")).await, Refusal::AlreadyDone);
    assert_eq!(world.notes_of(Deed::AnswerQuestion).await, 1);
});
