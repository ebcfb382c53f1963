//! What organisers do while people sit: a pause, and time that they give.

use super::{PAUSED, RESTART, everybody, must_have_happened};
use crate::{
    Failure,
    cast::{Lifted, Made, Played, play},
    due::sheets_given,
    organisers::Desk,
    run::Run,
};
use tokio::time::sleep;

/// The round is paused among people who sit, everybody is given a minute meanwhile, and it goes on.
pub async fn paused(run: &Run) -> Result<Played, Failure> {
    let round = run.long.round;
    play(run, (PAUSED, everybody(run)), async |_| {
        let desk = Desk::open(run, round, run.entrance()).await?;
        desk.pause().await?;
        // At length beyond the grace of a pause: then what arrives is not kept, and comes again.
        sleep(run.scale.halt * 2).await;
        desk.give_minutes(1).await?;
        desk.resume().await?;
        let lifted = vec![Lifted::at(run.history.now()).within(RESTART)];
        sleep(run.scale.calm).await;
        let moved = sheets_given(&run.ground.engine.store, round).await?;
        let seen = must_have_happened(moved, "deadlines moved by the pause and the minute")?;
        Ok(Made { lifted, seen, ..Made::default() })
    })
    .await
}
