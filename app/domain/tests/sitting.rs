//! One person's sittings under a simulated clock: whatever is pressed, repeated, reordered or wound, the invariants hold.
//!
//! The model keeps what the store keeps (attempts, the newest save, the chain of saves) and asks the domain for every
//! decision, as the engine does; it adds no rule of its own.

use domain::{
    Millis, Refusal, Timestamp,
    attempt::{
        Decision, EndedBy, Ending, Entitlement, GRACE, Granted, Incoming, Keeping, LateSoFar, MOST_LATE, Newest, Phase, Sitting, Stage,
        Timing, decide, entitlement, keep_late,
    },
    contest::{AttemptPolicy, LateStart, Pause},
    id::AttemptId,
    time::Day,
};
use proptest::prelude::*;
use std::collections::BTreeMap;
use uuid::Uuid;

const OPENS: Timestamp = Timestamp(1_795_395_600_000);
const CLOSES: Timestamp = Timestamp(OPENS.0 + 40 * 3_600_000);

/// What happens next.
#[derive(Debug, Clone)]
enum Event {
    /// "Bắt đầu" is pressed.
    Start,
    /// A save of the attempt: by the tab that has it (`stale` 0) or one that had it, so many numbers ahead or behind.
    Save { attempt: usize, stale: i64, ahead: i64, says: u8 },
    /// An earlier save arrives once more, exactly as it was.
    Repeat(usize),
    /// Another device takes the newest sheet over.
    TakeOver,
    /// The sheet is handed in.
    HandIn { attempt: usize },
    /// The sweeper looks.
    Sweep,
    /// Time passes, or the clock is stepped back a little: no rule may rest on a clock that only runs forward.
    Wind(i64),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sent {
    attempt: usize,
    hold: i64,
    seq: i64,
    says: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Kept {
    says: u8,
    received_at: Timestamp,
    late: bool,
}

/// An attempt as the store has it.
#[derive(Debug, Clone, PartialEq)]
struct Stored {
    day: Day,
    ordinal: i64,
    stage: Stage,
    deadline: Timestamp,
    hold: i64,
    seq: i64,
    /// What the newest counted sheet says; 0: blank.
    says: u8,
    saves: BTreeMap<(i64, i64), Kept>,
    /// Its endings, each with what the sheet said when it was marked.
    endings: Vec<(Ending, u8)>,
}

impl Stored {
    fn keep(&mut self, (hold, seq): (i64, i64), save: Kept) {
        let replaced = self.saves.insert((hold, seq), save);
        assert_eq!(replaced, None, "a number is used once");
        self.seq = seq;
    }

    fn late(&self) -> i64 {
        i64::try_from(self.saves.values().filter(|kept| kept.late).count()).expect("few")
    }

    fn keep_late(&mut self, (sent, seq): (i64, i64), save: Kept) {
        let newest = self.saves.last_key_value().is_some_and(|(_, kept)| kept.late);
        let known = self.saves.values().any(|kept| kept.says == save.says);
        match keep_late(Some(sent), self.seq, LateSoFar { kept: self.late(), newest, known, published: false }) {
            Keeping::Next => self.keep((self.hold, seq), save),
            Keeping::InPlaceOfNewest => {
                self.saves.pop_last();
                self.keep((self.hold, seq), save);
            }
            Keeping::Nothing => {}
        }
    }
}

struct World {
    policy: AttemptPolicy,
    timing: Timing,
    now: Timestamp,
    attempts: Vec<Stored>,
    /// Every save that was sent, and whether it was kept and counted.
    sent: Vec<(Sent, bool)>,
}

impl World {
    fn start(&mut self) {
        let sittings: Vec<Sitting> = (1_u128..)
            .zip(&self.attempts)
            .map(|(n, stored)| Sitting {
                id: AttemptId(Uuid::from_u128(n)),
                day: stored.day,
                ordinal: stored.ordinal,
                stage: stored.stage,
                deadline: stored.deadline,
            })
            .collect();
        let entitled = entitlement(self.policy, &sittings, self.now);
        let open = matches!(self.timing.phase(Granted::default(), None, self.now), Phase::Open { .. });
        if let (Entitlement::Fresh { day, ordinal }, true) = (entitled, open) {
            self.attempts.push(Stored {
                day,
                ordinal,
                stage: Stage::Running,
                deadline: self.timing.deadline(Granted::default(), self.now),
                hold: 1,
                seq: 0,
                says: 0,
                saves: BTreeMap::new(),
                endings: Vec::new(),
            });
        }
    }

    /// Receives a save as the engine does: the domain decides, the store keeps.
    fn receive(&mut self, sent: Sent) -> Decision {
        let now = self.now;
        let stored = &mut self.attempts[sent.attempt];
        let newest = stored.saves.get(&(stored.hold, stored.seq)).copied();
        let late = newest.is_some_and(|kept| kept.late);
        let same = newest.map_or(stored.says, |kept| kept.says) == sent.says;
        let held =
            Newest { stage: stored.stage, deadline: stored.deadline, hold: stored.hold, seq: stored.seq, late, pause: Pause::default() };
        let decision = decide(held, Incoming { hold: sent.hold, seq: Some(sent.seq), seen: None, same }, now);
        match decision {
            Decision::Append(seq) => {
                stored.keep((sent.hold, seq), Kept { says: sent.says, received_at: now, late: false });
                stored.says = sent.says;
            }
            Decision::TooLate(seq) => stored.keep_late((sent.seq, seq), Kept { says: sent.says, received_at: now, late: true }),
            _ => {}
        }
        if decision.refusal() == Some(Refusal::TooLate) {
            let here = stored.saves.values().any(|kept| kept.says == sent.says);
            assert!(here || stored.late() >= MOST_LATE, "I2: {sent:?} is not kept as late");
        }
        decision
    }

    fn end(&mut self, attempt: usize, by: EndedBy) {
        let stored = &mut self.attempts[attempt];
        let early = by == EndedBy::Clock && Phase::of_sheet(stored.deadline, self.now).counts();
        if stored.stage == Stage::Running && !early {
            stored.endings.push((Ending::of(stored.deadline, by, self.now), stored.says));
            stored.stage = Stage::Marked;
        }
    }

    fn happen(&mut self, event: &Event) {
        match *event {
            Event::Start => self.start(),
            Event::Save { attempt, stale, ahead, says } => {
                let Some((attempt, stored)) = pick(&self.attempts, attempt) else { return };
                let sent = Sent { attempt, hold: (stored.hold - stale).max(0), seq: (stored.seq + ahead).max(1), says };
                let decision = self.receive(sent);
                // A superseded one is acknowledged by the newer one's number and not kept: beyond the time it may still come as late.
                self.sent.push((sent, matches!(decision, Decision::Append(_) | Decision::SameAgain)));
                self.at_once_again(sent);
            }
            Event::Repeat(which) => {
                let Some((_, &(sent, kept))) = pick(&self.sent, which) else { return };
                let before = self.attempts.clone();
                self.at_once_again(sent);
                assert!(!kept || self.attempts == before, "{sent:?} was kept before, and has an effect again");
            }
            Event::TakeOver => {
                if let Some(stored) = self.attempts.last_mut().filter(|stored| stored.stage == Stage::Running) {
                    stored.hold += 1;
                }
            }
            Event::HandIn { attempt } => {
                if let Some((attempt, _)) = pick(&self.attempts, attempt) {
                    self.end(attempt, EndedBy::Contestant);
                }
            }
            Event::Sweep => (0..self.attempts.len()).for_each(|attempt| self.end(attempt, EndedBy::Clock)),
            Event::Wind(by) => self.now = self.now + Millis(by),
        }
    }

    /// I11: what was received already has no second effect. A save that was refused before may of course be kept late.
    fn at_once_again(&mut self, sent: Sent) {
        let first = self.receive(sent);
        let before = self.attempts.clone();
        let second = self.receive(sent);
        assert_eq!(self.attempts, before, "the second {sent:?} had an effect: {first:?}, {second:?}");
        if matches!(first, Decision::Append(_)) {
            assert_eq!(second, Decision::SameAgain);
        }
    }

    /// I2, I3, I9, after every event.
    fn holds(&self) -> Result<(), TestCaseError> {
        let most = match self.policy {
            AttemptPolicy::Once => 1,
            AttemptPolicy::PerRound(times) | AttemptPolicy::PerDay(times) => usize::from(times),
            AttemptPolicy::Unlimited => usize::MAX,
        };
        let mut by_day: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        for stored in &self.attempts {
            by_day.entry(stored.day.0).or_default().push(stored.ordinal);
            let counted = stored.saves.values().filter(|kept| !kept.late);
            for kept in counted {
                prop_assert!(kept.received_at <= stored.deadline + GRACE, "I2: {kept:?} counts");
            }
            for kept in stored.saves.values().filter(|kept| kept.late) {
                prop_assert!(kept.received_at > stored.deadline + GRACE, "I2: {kept:?} does not count");
            }
            let last = stored.saves.values().rev().find(|kept| !kept.late).map_or(0, |kept| kept.says);
            prop_assert_eq!(last, stored.says, "I1: the sheet is the newest counted save");
            prop_assert_eq!(stored.endings.len(), usize::from(stored.stage == Stage::Marked), "I9: one ending");
            for (ending, marked) in &stored.endings {
                prop_assert_eq!(*marked, stored.says, "I9: what was marked stays as it was");
                prop_assert!(ending.at <= stored.deadline, "I9: it ended after its deadline");
                prop_assert!(ending.at < stored.deadline || ending.by == EndedBy::Clock, "I9: at the deadline the clock ends it");
            }
        }
        for ordinals in by_day.values() {
            prop_assert!(ordinals.len() <= most, "I3: {ordinals:?} with {:?}", self.policy);
            prop_assert!((1..).zip(ordinals).all(|(n, ordinal)| n == *ordinal), "I3: {ordinals:?}");
        }
        Ok(())
    }
}

fn pick<T>(all: &[T], which: usize) -> Option<(usize, &T)> {
    let at = which.checked_rem(all.len())?;
    all.get(at).map(|one| (at, one))
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        2 => Just(Event::Start),
        8 => (any::<usize>(), 0_i64..3, -2_i64..4, 1_u8..5)
            .prop_map(|(attempt, stale, ahead, says)| Event::Save { attempt, stale, ahead, says }),
        3 => any::<usize>().prop_map(Event::Repeat),
        1 => Just(Event::TakeOver),
        1 => any::<usize>().prop_map(|attempt| Event::HandIn { attempt }),
        2 => Just(Event::Sweep),
        4 => prop_oneof![3 => 0_i64..120_000, 1 => Just(GRACE.0), 1 => -300_000_i64..0, 1 => 0_i64..9 * 3_600_000].prop_map(Event::Wind),
    ]
}

fn policy() -> impl Strategy<Value = AttemptPolicy> {
    prop_oneof![
        Just(AttemptPolicy::Once),
        (1_u16..4).prop_map(AttemptPolicy::PerRound),
        (1_u16..3).prop_map(AttemptPolicy::PerDay),
        Just(AttemptPolicy::Unlimited),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_in_whatever_order_the_invariants_hold(
        policy in policy(),
        full in any::<bool>(),
        minutes in 1_i64..40,
        events in proptest::collection::vec(event(), 1..80),
    ) {
        let late_start = if full { LateStart::FullTime } else { LateStart::EndsAtClose };
        let timing = Timing { opens_at: OPENS, closes_at: CLOSES, duration: Millis::minutes(minutes), late_start };
        let mut world = World { policy, timing, now: OPENS, attempts: Vec::new(), sent: Vec::new() };
        for event in &events {
            let ended: Vec<Vec<(Ending, u8)>> = world.attempts.iter().map(|stored| stored.endings.clone()).collect();
            world.happen(event);
            world.holds()?;
            for (before, stored) in ended.iter().zip(&world.attempts) {
                prop_assert!(before.is_empty() || *before == stored.endings, "I9: an ending stays as it is");
            }
        }
    }
}
