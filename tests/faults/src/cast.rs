//! A cast: people who sit while a fault is made, and what is checked when they have come to their ends.

use crate::{
    Failure,
    check::{Broken, check},
    contestant::{Contestant, Day},
    ground::Contest,
    history::{Call, Deed},
    manner::Manner,
    run::Run,
};
use domain::{Timestamp, id::AttemptId};
use futures::future::try_join_all;
use std::{
    collections::HashMap,
    fmt::Write as _,
    sync::{Mutex, PoisonError},
    time::Duration,
};
use tokio::{
    sync::watch,
    time::{Instant, sleep, timeout},
};

/// People must be at work by then.
const BEGIN: Duration = Duration::from_mins(1);

/// Who plays, and how.
#[derive(Debug, Clone)]
pub struct Cast {
    /// The manners, in turn.
    pub manners: Vec<Manner>,
    /// The contests, in turn.
    pub contests: Vec<Contest>,
    /// How many people.
    pub people: usize,
}

/// What the fault's own part tells.
#[derive(Debug, Clone, Default)]
pub struct Made {
    /// When the fault was lifted: answers must flow from then on.
    pub lifted: Option<Timestamp>,
    /// Answers must flow again within so many milliseconds; none: it is only measured.
    pub within: Option<i64>,
    /// What was seen that shows that the fault was really made.
    pub seen: String,
    /// It could not be made here, for this reason.
    pub not_run: Option<String>,
}

/// How a fault went.
#[derive(Debug, Clone)]
pub struct Played {
    /// Its name.
    pub name: &'static str,
    /// What the fault's own part tells.
    pub made: Made,
    /// Acknowledged saves.
    pub saves: usize,
    /// Calls without an answer, or with one that tells of trouble.
    pub troubled: usize,
    /// Milliseconds from the lifting of the fault to the first acknowledged save, and until everybody had one.
    pub flows: Option<(i64, i64)>,
    /// What is broken.
    pub broken: Vec<Broken>,
    /// How long it took.
    pub took: Duration,
}

impl Played {
    /// Whether everything held.
    pub fn held(&self) -> bool {
        self.broken.is_empty()
    }

    /// One line for people.
    pub fn line(&self) -> String {
        let mut line = format!("{:<34}", self.name);
        if let Some(why) = &self.made.not_run {
            let _ = write!(line, " NOT RUN: {why}");
            return line;
        }
        let _ = write!(line, " {:>5.1} s, {:>5} saves, {:>4} calls in trouble", self.took.as_secs_f64(), self.saves, self.troubled);
        if let Some((first, all)) = self.flows {
            let _ = write!(line, ", answers flow again after {first} ms, to everybody after {all} ms");
        }
        if !self.made.seen.is_empty() {
            let _ = write!(line, "; {}", self.made.seen);
        }
        for broken in &self.broken {
            let _ = write!(line, "\n   {} IS BROKEN: {}", broken.invariant, broken.what);
        }
        line
    }
}

/// Plays a fault: people begin, the fault is made among them, they come to their ends, and everything is checked.
///
/// # Errors
/// When a part of the play itself fails: nobody could begin, a process did not start, answers never flowed again.
pub async fn play<F>(run: &Run, (name, cast): (&'static str, Cast), fault: F) -> Result<Played, Failure>
where
    F: AsyncFnOnce(&watch::Sender<Day>) -> Result<Made, Failure>,
{
    let begun_at = Instant::now();
    let (from, since) = (run.history.len(), run.dice_of(name));
    let people = run.ground.people(&cast.contests, cast.people).await?;
    let (day, told) = watch::channel(Day::On);
    let sheets: Mutex<Vec<AttemptId>> = Mutex::default();
    let contestants = people.into_iter().enumerate().map(|(n, person)| {
        let (manner, contest) = (cast.manners[n % cast.manners.len()], cast.contests[n % cast.contests.len()]);
        let at = (run.entrance(), since.of(n), told.clone());
        Contestant::new(person, (manner, contest, run.scale.pace), (&run.history, &sheets), at).sit()
    });
    let interfere = async {
        let everybody = async {
            while sheets.lock().unwrap_or_else(PoisonError::into_inner).len() < cast.people {
                sleep(Duration::from_millis(20)).await;
            }
        };
        timeout(BEGIN, everybody).await.map_err(|_| "people could not begin")?;
        sleep(run.scale.calm).await;
        let result = fault(&day).await?;
        sleep(run.scale.calm).await;
        day.send_replace(Day::Ending);
        Ok::<_, Failure>(result)
    };
    let (_, made) = tokio::try_join!(try_join_all(contestants), interfere)?;
    let rounds = run.rounds();
    let evidence = run.ground.evidence(&run.history, &rounds).await?;
    let calls = &evidence.calls[from..];
    let flows = made.lifted.and_then(|lifted| flows(calls, lifted));
    let mut broken = check(&evidence);
    broken.extend(late(&made, flows));
    let played = Played {
        name,
        saves: calls.iter().filter(|call| call.kept().is_some()).count(),
        troubled: calls.iter().filter(|call| call.heard.as_ref().is_none_or(|heard| heard.status >= 500)).count(),
        flows,
        broken,
        made,
        took: begun_at.elapsed(),
    };
    run.history.forget_bodies();
    Ok(played)
}

/// Answers that flow too late break the promise, not an invariant.
fn late(made: &Made, flows: Option<(i64, i64)>) -> Option<Broken> {
    let (within, _) = (made.within?, made.lifted?);
    let what = match flows {
        None => "nothing was acknowledged after the fault".to_owned(),
        Some((first, _)) if first > within => format!("answers flowed again after {first} ms, not within {within} ms"),
        Some(_) => return None,
    };
    Some(Broken { invariant: "the time until answers flow", what })
}

/// Milliseconds from this moment to the first acknowledged save, and until everybody who saved at all had one.
fn flows(calls: &[Call], lifted: Timestamp) -> Option<(i64, i64)> {
    let mut first: HashMap<_, i64> = HashMap::new();
    for call in calls {
        if let (Deed::Save { .. }, Some(heard)) = (&call.deed, call.ack())
            && heard.at >= lifted
        {
            let after = (heard.at - lifted).0;
            first.entry(call.person).and_modify(|earliest| *earliest = (*earliest).min(after)).or_insert(after);
        }
    }
    Some((*first.values().min()?, *first.values().max()?))
}
