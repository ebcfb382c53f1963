//! The bank: writing questions, reviewing them, finding them, and what a paper may draw.

mod doors;
mod finding;
mod pages;
mod review;
mod writing;

use domain::{Field, Refusal, Timestamp, id::QuestionId};
use engine::{Caller, Stop, bank::Writing};
use tests::World;

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

const PNG: &[u8] = &[0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];
