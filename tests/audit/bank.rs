//! Deeds of the question bank.

use super::Log;
use domain::identity::Deed;
use engine::bank::SentImage;

const PNG: &[u8] = &[0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

pub async fn walk(log: &mut Log<'_>) {
    question(log).await;
    topics(log).await;
}

/// The whole life of a question.
async fn question(log: &mut Log<'_>) {
    let world = log.world;
    let (engine, author, reviewer) = (&world.engine, world.author().await, world.reviewer().await);
    let mut writing = world.writing("2").await;
    let question = log.once(Deed::DraftQuestion, engine.draft_question(&author, &writing)).await;
    writing.tags = vec!["PAPI".into()];
    log.once(Deed::SaveQuestion, engine.save_draft(&author, question, 1, &writing)).await;
    log.once(Deed::AddImage, engine.add_image(&author, "a.png", PNG)).await;
    let image = SentImage { name: "b.png", bytes: PNG, words: "Sơ đồ" };
    log.once(Deed::SaveQuestion, engine.illustrate(&author, question, 2, image)).await;
    log.once(Deed::SubmitQuestion, engine.submit(&author, question, 3)).await;
    log.once(Deed::TakeBackQuestion, engine.take_back(&author, question)).await;
    writing.tags = vec!["SIPAS".into()];
    log.once(Deed::SubmitQuestion, engine.submit_writing(&author, question, 5, &writing)).await;
    log.once(Deed::ReturnQuestion, engine.return_with_comments(&reviewer, question, "Nêu rõ năm.")).await;
    let revision = engine.question_page(&author, question).await.expect("the question").newest.revision;
    log.once(Deed::SubmitQuestion, engine.submit(&author, question, revision)).await;
    log.once(Deed::ApproveQuestion, engine.approve(&reviewer, question, revision + 1)).await;
    log.once(Deed::RenewQuestion, engine.renew(&author, question)).await;
    log.once(Deed::RetireQuestion, engine.retire(&author, question)).await;
}

async fn topics(log: &mut Log<'_>) {
    let world = log.world;
    let (engine, author) = (&world.engine, world.author().await);
    let head = world.writing("2").await.topic;
    let topic = log.once(Deed::EditTopic, engine.add_topic(&author, head, "Sáng kiến cấp xã")).await;
    log.once(Deed::EditTopic, engine.rename_topic(&author, topic, "Sáng kiến cấp cơ sở")).await;
    log.once(Deed::EditTopic, engine.remove_topic(&author, topic)).await;
}
