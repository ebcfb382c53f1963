//! Faults of the server's process: killed, halted, replaced by a new build.

use super::{DEPLOYED, HALTED, KILLED, RESTART, everybody, must_have_happened};
use crate::{
    Failure,
    cast::{Made, Played, play},
    history::Deed,
    proxy::Manner,
    run::Run,
};
use std::time::Duration;
use tokio::time::{sleep, timeout};

/// Answers that are swallowed before the server is killed: each was committed and is never told.
const SWALLOWED: usize = 5;

/// Killed while answers are on their way: what was committed was never acknowledged, and is asked for again.
pub async fn killed(run: &Run) -> Result<Played, Failure> {
    play(run, (KILLED, everybody(run)), async |_| {
        let mut made = Made { within: Some(RESTART), ..Made::default() };
        let mut swallowed = 0;
        for _ in 0..=run.scale.times {
            let before = run.proxy.swallowed();
            run.proxy.behave(Manner::Withhold);
            let enough = async {
                while run.proxy.swallowed() < before + SWALLOWED {
                    sleep(Duration::from_millis(5)).await;
                }
            };
            let withheld = timeout(Duration::from_secs(5), enough).await;
            run.server.lock().await.kill().await?;
            run.proxy.behave(Manner::Through);
            withheld.map_err(|_| "there was nothing to withhold")?;
            swallowed += run.proxy.swallowed() - before;
            made.lifted = Some(run.start_again(&[]).await?);
            sleep(run.scale.calm).await;
        }
        made.seen = must_have_happened(swallowed, "answers never arrived")?;
        Ok(made)
    })
    .await
}

/// Halted: it neither answers nor closes anything, and then goes on as if nothing had been.
pub async fn halted(run: &Run) -> Result<Played, Failure> {
    play(run, (HALTED, everybody(run)), async |_| {
        let server = run.server.lock().await;
        server.halt().await?;
        sleep(run.scale.halt).await;
        let lifted = run.history.now();
        server.go_on().await?;
        Ok(Made { lifted: Some(lifted), within: Some(RESTART), ..Made::default() })
    })
    .await
}

/// A new build: stopped as a service manager does, another process started; open sheets go on.
pub async fn deployed(run: &Run) -> Result<Played, Failure> {
    play(run, (DEPLOYED, everybody(run)), async |_| {
        let from = run.history.len();
        let mut made = Made { within: Some(RESTART), ..Made::default() };
        for _ in 0..=run.scale.times {
            made.lifted = Some(run.replace(&[]).await?);
            sleep(run.scale.calm).await;
        }
        let old = run.count(from, |call| matches!(call.deed, Deed::Save { .. }) && call.ack().is_some_and(|heard| heard.build > call.page));
        made.seen = must_have_happened(old, "saves of older pages acknowledged")?;
        Ok(made)
    })
    .await
}
