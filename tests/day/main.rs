//! The day of a round: pauses, extra time, late starts, more attempts, and what everybody reads of them.

mod attempts;
mod nodes;
mod pages;
mod pause;
mod proposals;
mod time;

use domain::{Timestamp, id::AttemptId};
use engine::Caller;
use tests::World;

/// When the time of the sheet is up, as its pulse says.
async fn deadline(world: &World, person: &Caller, attempt: AttemptId) -> Timestamp {
    world.engine.pulse(person, attempt).await.expect("the pulse").deadline
}

/// The person guesses this number, in the save of this number.
async fn guesses(world: &World, (person, attempt): (&Caller, AttemptId), seq: u32, guess: &str) -> engine::Result<engine::attempt::Saved> {
    world.engine.save(person, attempt, World::save_of(0, seq, &[("prediction", guess)])).await
}
