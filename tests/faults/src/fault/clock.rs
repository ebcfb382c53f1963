//! Faults of time: a browser that was offline for five minutes, machines whose clocks are wrong.

use super::{OFFLINE, RESTART, STEPPED, everybody, must_have_happened};
use crate::{
    Failure,
    cast::{Cast, Lifted, Made, Played, play},
    contestant::Day,
    history::Deed,
    manner::Manner,
    run::Run,
};
use domain::Millis;
use std::time::Duration;
use tokio::time::sleep;

const FIVE_MINUTES: Millis = Millis::minutes(5);
/// What the server says when it finds a clock that is wrong.
const ALARMS: [&str; 2] = ["the machine's clock is behind the stored times", "the machine's clock is not the database's"];

/// Five minutes without a line: whose time was over by then is told so and the answers are kept as late; the others go on.
///
/// With an embedded database they pass on the server's clock, else they pass.
pub async fn offline(run: &Run) -> Result<Played, Failure> {
    let cast = Cast { manners: vec![Manner::Offline], contests: vec![run.long, run.short], people: run.scale.people };
    play(run, (OFFLINE, cast), async |today| {
        today.send_replace(Day::Offline);
        // What was on its way arrives; some saves wait in the browsers.
        sleep(run.scale.pace * 10).await;
        let from = run.history.len();
        let lifted = if run.ground.is_on_postgres() {
            sleep(Duration::from_mins(5)).await;
            Lifted::at(run.history.now())
        } else {
            run.server.lock().await.stop().await?;
            run.pass(FIVE_MINUTES);
            run.start_again(&[]).await?
        };
        today.send_replace(Day::On);
        sleep(run.scale.calm * 2).await;
        let late = run.count(from, |call| {
            matches!(call.deed, Deed::Save { .. }) && call.heard.as_ref().is_some_and(|heard| heard.said.refusal == "TooLate")
        });
        let kept = run.count(from, |call| call.kept().is_some());
        let (late, kept) = (must_have_happened(late, "saves too late")?, must_have_happened(kept, "in time")?);
        Ok(Made { lifted: vec![lifted.within(RESTART)], seen: format!("{late}, {kept}"), ..Made::default() })
    })
    .await
}

/// The server starts on a machine whose wall clock is five minutes off.
///
/// With PostgreSQL the database's clock rules. An embedded database has only the machine's: it never runs back behind
/// what is stored, and while the server runs it is monotonic, whatever happens to the wall clock.
pub async fn stepped(run: &Run) -> Result<Played, Failure> {
    let on_postgres = run.ground.is_on_postgres();
    let steps = if on_postgres { vec![FIVE_MINUTES, Millis(-FIVE_MINUTES.0)] } else { vec![Millis(-FIVE_MINUTES.0)] };
    play(run, (STEPPED, everybody(run)), async |_| {
        let mut alarms = 0;
        if !on_postgres {
            // From the newest stored moment on: the time that the restart took is missing.
            run.history.allow_slack(Millis::seconds(20));
        }
        for step in &steps {
            let before = count_alarms(run).await;
            run.replace(&[("CCHC_WALL_CLOCK_OFF_MS", step.0.to_string())]).await?;
            sleep(run.scale.halt).await;
            alarms += must_have_happened(count_alarms(run).await - before, "alarm").map(|_| 1)?;
        }
        let lifted = run.replace(&[]).await?;
        run.history.allow_slack(Millis(0));
        Ok(Made { lifted: vec![lifted.within(RESTART)], seen: format!("{alarms} alarms"), ..Made::default() })
    })
    .await
}

async fn count_alarms(run: &Run) -> usize {
    let log = run.server.lock().await.log();
    ALARMS.iter().map(|alarm| log.matches(alarm).count()).sum()
}
