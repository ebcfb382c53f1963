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
use domain::{
    Timestamp,
    id::{AccountId, AttemptId},
};
use futures::future::try_join_all;
use std::{
    collections::{HashMap, HashSet},
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
    /// When the fault was lifted, each time: answers must flow from then on.
    pub lifted: Vec<Lifted>,
    /// What was seen that shows that the fault was really made.
    pub seen: String,
    /// It could not be made here, for this reason.
    pub not_run: Option<String>,
}

/// A moment from which answers must flow again.
#[derive(Debug, Clone, Copy)]
pub struct Lifted {
    /// The moment.
    pub at: Timestamp,
    /// Only what this start of the server, or a later one, answers is meant.
    pub build: u32,
    /// Somebody's answers flow within so many milliseconds; none: it is only measured.
    pub within: Option<i64>,
    /// Everybody's do within so many; none: it is only measured.
    pub everybody: Option<i64>,
}

impl Lifted {
    /// From this moment on, which is measured.
    pub const fn at(at: Timestamp) -> Self {
        Self { at, build: 0, within: None, everybody: None }
    }

    /// Only what this start of the server answers: the one before it had not stopped at once.
    #[must_use]
    pub const fn by_build(self, build: u32) -> Self {
        Self { build, ..self }
    }

    /// Somebody's answers must flow within so many milliseconds of it.
    #[must_use]
    pub const fn within(self, within: i64) -> Self {
        Self { within: Some(within), ..self }
    }

    /// Everybody's answers must flow within so many milliseconds of it.
    #[must_use]
    pub const fn for_everybody(self, within: i64) -> Self {
        Self { everybody: Some(within), ..self }
    }
}

/// How soon answers flowed again, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flow {
    /// Until the first save was acknowledged that was sent since.
    pub first: i64,
    /// Until everybody had one who has one at all.
    pub everybody: i64,
    /// How many had one before and none since.
    pub without: usize,
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
    /// How soon answers flowed again after each lifting.
    pub flows: Vec<Option<Flow>>,
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
        let worst = |of: fn(&Flow) -> i64| self.flows.iter().flatten().map(of).max();
        if let Some((first, all)) = worst(|flow| flow.first).zip(worst(|flow| flow.everybody)) {
            let often = if self.flows.len() > 1 { format!(" at worst of {} times", self.flows.len()) } else { String::new() };
            let _ = write!(line, ", answers flow again after {first} ms, to everybody after {all} ms{often}");
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
    let flows: Vec<Option<Flow>> = made.lifted.iter().map(|lifted| flow(calls, *lifted)).collect();
    let mut broken = check(&evidence);
    broken.extend(made.lifted.iter().zip(&flows).flat_map(|(lifted, flow)| late(*lifted, *flow)));
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
fn late(lifted: Lifted, flow: Option<Flow>) -> Vec<Broken> {
    let mut late = Vec::new();
    match flow {
        None if lifted.within.or(lifted.everybody).is_some() => late.push("nothing was acknowledged after the fault".to_owned()),
        None => {}
        Some(flow) => {
            if let Some(within) = lifted.within.filter(|within| flow.first > *within) {
                late.push(format!("answers flowed again after {} ms, not within {within} ms", flow.first));
            }
            if let Some(within) = lifted.everybody.filter(|within| flow.everybody > *within || flow.without > 0) {
                let (all, without) = (flow.everybody, flow.without);
                late.push(format!(
                    "everybody's answers flowed again after {all} ms, {without} people's not at all; not within {within} ms"
                ));
            }
        }
    }
    late.into_iter().map(|what| Broken { invariant: "the time until answers flow", what }).collect()
}

/// How soon answers flowed from this moment on; `None`: nothing was acknowledged.
///
/// What had been sent before does not count: its answer may have been on the way when the fault was made.
fn flow(calls: &[Call], lifted: Lifted) -> Option<Flow> {
    let mut before: HashSet<AccountId> = HashSet::new();
    let mut first: HashMap<AccountId, i64> = HashMap::new();
    for call in calls {
        let (Deed::Save { .. }, Some(heard)) = (&call.deed, call.ack()) else { continue };
        if call.sent < lifted.at {
            before.insert(call.person);
        } else if heard.build >= lifted.build {
            let after = (heard.at - lifted.at).0;
            first.entry(call.person).and_modify(|earliest| *earliest = (*earliest).min(after)).or_insert(after);
        }
    }
    let without = before.iter().filter(|person| !first.contains_key(person)).count();
    Some(Flow { first: *first.values().min()?, everybody: *first.values().max()?, without })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::{Heard, Said};
    use uuid::Uuid;

    /// A save of this person that was sent 5 ms before it was acknowledged, by this start of the server.
    fn kept(person: u128, at: i64, build: u32) -> Call {
        let heard = Heard { at: Timestamp(at), build, status: 200, said: Said::default(), body: String::new() };
        Call {
            person: AccountId(Uuid::from_u128(person)),
            attempt: None,
            deed: Deed::Save { hold: 1, seq: 1, fields: Vec::new() },
            sent: Timestamp(at - 5),
            page: 1,
            slack: domain::Millis(0),
            heard: Some(heard),
        }
    }

    #[test]
    fn the_first_answer_is_not_everybodys() {
        let calls = [kept(1, 50, 1), kept(2, 60, 1), kept(3, 104, 1), kept(1, 120, 1), kept(2, 900, 2), kept(2, 1_000, 2)];
        let at = Lifted::at(Timestamp(100));
        let flowed = flow(&calls, at).expect("something was acknowledged");
        assert_eq!(flowed, Flow { first: 20, everybody: 800, without: 1 });
        assert_eq!(flow(&calls, at.by_build(2)), Some(Flow { first: 800, everybody: 800, without: 2 }), "the last words of the one before");
        assert_eq!(flow(&calls, Lifted::at(Timestamp(2_000))), None);
        let count = |lifted: Lifted, flow| late(lifted, flow).len();
        assert_eq!((count(at, Some(flowed)), count(at, None)), (0, 0), "it is only measured");
        assert_eq!((count(at.within(20), Some(flowed)), count(at.within(19), Some(flowed)), count(at.within(20), None)), (0, 1, 1));
        assert_eq!(count(at.within(20).for_everybody(800), Some(flowed)), 1, "one has none at all");
        let all = Flow { without: 0, ..flowed };
        assert_eq!((count(at.for_everybody(800), Some(all)), count(at.for_everybody(799), Some(all))), (0, 1));
    }
}
