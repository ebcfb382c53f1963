//! Faults of the server's process: killed, halted, replaced by a new build.

use super::{DEPLOYED, HALTED, KILLED, RESTART, everybody, must_have_happened};
use crate::{
    Failure,
    cast::{Lifted, Made, Played, play},
    evidence::Evidence,
    history::Deed,
    proxy::Manner,
    run::Run,
};
use domain::{Millis, id::AttemptId};
use load::http::{Ask, Wires};
use std::{collections::HashSet, time::Duration};
use tokio::time::{sleep, timeout};

/// Answers that are swallowed before the server is killed: what was asked for was done, and nobody is told.
const SWALLOWED: usize = 5;
/// Where no save had been committed and not answered by then, chance has so many more tries.
const MORE: usize = 6;
/// An answer that had left the halted server is with its caller by then.
const ON_THE_WAY: Millis = Millis(500);

/// The number of a save.
type Number = (AttemptId, i64, i64);

/// Killed while answers are on their way: what was committed was never acknowledged, and is asked for again.
pub async fn killed(run: &Run) -> Result<Played, Failure> {
    play(run, (KILLED, everybody(run)), async |_| {
        let from = run.history.len();
        let (mut lifted, mut swallowed, mut untold) = (Vec::new(), 0, HashSet::new());
        while lifted.len() <= run.scale.times || untold.is_empty() && lifted.len() <= run.scale.times + MORE {
            let before = run.proxy.swallowed();
            run.proxy.behave(Manner::Withhold);
            let enough = async {
                while run.proxy.swallowed() < before + SWALLOWED {
                    sleep(Duration::from_millis(5)).await;
                }
            };
            let withheld = timeout(Duration::from_secs(5), enough).await;
            run.server.lock().await.kill().await?;
            withheld.map_err(|_| "there was nothing to withhold")?;
            untold.extend(committed_and_untold(run, from).await?);
            run.proxy.behave(Manner::Through);
            swallowed += run.proxy.swallowed() - before;
            lifted.push(run.start_again(&[]).await?.within(RESTART));
            sleep(run.scale.calm).await;
        }
        let swallowed = must_have_happened(swallowed, "answers never arrived")?;
        let untold = must_have_happened(untold.len(), "saves were committed and never answered")?;
        Ok(Made { lifted, seen: format!("{swallowed}, {untold}"), ..Made::default() })
    })
    .await
}

/// The saves since this place in the history that stand in the database, while nobody who sent them was answered.
///
/// It is asked while no server runs: afterwards they are sent again, and nobody could tell when they were committed.
async fn committed_and_untold(run: &Run, from: usize) -> Result<HashSet<Number>, Failure> {
    let mut stored = Evidence::default();
    stored.read(&run.ground.engine.store, &[run.long.round]).await?;
    let stored: HashSet<Number> = stored.saves.iter().map(|save| (save.attempt_id, save.hold, save.seq)).collect();
    let (mut told, mut untold) = (HashSet::new(), HashSet::new());
    for call in run.history.calls_since(from) {
        if let (Deed::Save { hold, seq, .. }, Some(attempt)) = (&call.deed, call.attempt) {
            let of = if call.heard.is_some() { &mut told } else { &mut untold };
            of.insert((attempt, *hold, *seq));
        }
    }
    Ok(untold.into_iter().filter(|number| stored.contains(number) && !told.contains(number)).collect())
}

/// Halted: it neither answers nor closes anything, and then goes on as if nothing had been.
pub async fn halted(run: &Run) -> Result<Played, Failure> {
    play(run, (HALTED, everybody(run)), async |_| {
        let (server, probe) = (run.server.lock().await, Wires::new(run.ground.plan.listen, 1));
        let from = run.history.len();
        server.halt().await?;
        let halted = run.history.now();
        let going_on = async {
            sleep(run.scale.halt).await;
            let lifted = run.history.now();
            server.go_on().await.map(|()| lifted)
        };
        // Somebody who has more patience than people have.
        let ask = Ask { token: "", path: "/readyz", form: None, json: false };
        let (answered, lifted) = tokio::join!(probe.ask(ask), going_on);
        let (answered, lifted) = (answered?, lifted?);
        let waited = run.history.now() - halted;
        if !answered.status.is_success() || waited < Millis(i64::try_from(run.scale.halt.as_millis())?) {
            return Err(format!("a call was answered {} after {} ms: the server was not halted", answered.status, waited.0).into());
        }
        let during = run.count(from, |call| call.heard.as_ref().is_some_and(|heard| heard.at > halted + ON_THE_WAY && heard.at < lifted));
        if during > 0 {
            return Err(format!("{during} calls were answered by a halted server").into());
        }
        let calls = run.count(from, |call| call.heard.as_ref().is_none_or(|heard| heard.at >= lifted));
        let calls = must_have_happened(calls, "calls waited or were given up, and none was answered")?;
        Ok(Made {
            lifted: vec![Lifted::at(lifted).within(RESTART)],
            seen: format!("{calls}; one waited {} ms for its answer", waited.0),
            ..Made::default()
        })
    })
    .await
}

/// A new build: stopped as a service manager does, another process started; open sheets go on.
pub async fn deployed(run: &Run) -> Result<Played, Failure> {
    play(run, (DEPLOYED, everybody(run)), async |_| {
        let from = run.history.len();
        let mut lifted = Vec::new();
        for _ in 0..=run.scale.times {
            lifted.push(run.replace(&[]).await?.within(RESTART));
            sleep(run.scale.calm).await;
        }
        let old = run.count(from, |call| matches!(call.deed, Deed::Save { .. }) && call.ack().is_some_and(|heard| heard.build > call.page));
        Ok(Made { lifted, seen: must_have_happened(old, "saves of older pages acknowledged")?, ..Made::default() })
    })
    .await
}
