//! How many attempts somebody still has, and which attempt a start leads to.

use super::{Stage, phase::Phase};
use crate::{
    Timestamp,
    contest::{AttemptPolicy, Left},
    id::AttemptId,
    time::Day,
};
use std::collections::BTreeMap;

/// What a start needs to know of an earlier attempt of the same person in the same round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sitting {
    /// The attempt.
    pub id: AttemptId,
    /// Day in Vietnam for per-day policies, else 0.
    pub day: Day,
    /// 1, 2, 3 … in its day or round.
    pub ordinal: i64,
    /// Where it stands.
    pub stage: Stage,
    /// When its time is up.
    pub deadline: Timestamp,
}

/// What a start leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entitlement {
    /// A sheet is still running: go on with it.
    Resume(AttemptId),
    /// A new attempt, with this day and ordinal.
    Fresh {
        /// Day of per-day policies, else 0.
        day: Day,
        /// Its number.
        ordinal: i64,
    },
    /// None is left (today, for per-day policies).
    Spent,
}

/// The day that the policy counts on at `now`: today in Vietnam for per-day policies, else 0 for the whole round.
const fn span(policy: AttemptPolicy, now: Timestamp) -> Day {
    match policy {
        AttemptPolicy::PerDay(_) => now.day(),
        AttemptPolicy::Once | AttemptPolicy::PerRound(_) | AttemptPolicy::Unlimited => Day(0),
    }
}

/// How many attempts were used so far: in the round, or today for per-day policies.
pub fn used(policy: AttemptPolicy, sittings: &[Sitting], now: Timestamp) -> u32 {
    let day = span(policy, now);
    let last = sittings.iter().filter(|sitting| sitting.day == day).map(|sitting| sitting.ordinal).max().unwrap_or(0);
    u32::try_from(last).unwrap_or(u32::MAX)
}

/// The policy for somebody who was granted more attempts: what other days of a per-day policy took of them is gone.
pub fn widened(policy: AttemptPolicy, more: u16, sittings: &[Sitting], now: Timestamp) -> AttemptPolicy {
    let AttemptPolicy::PerDay(times) = policy else { return policy.and(more) };
    let mut days: BTreeMap<Day, i64> = BTreeMap::new();
    for sitting in sittings.iter().filter(|sitting| sitting.day != span(policy, now)) {
        let last = days.entry(sitting.day).or_default();
        *last = sitting.ordinal.max(*last);
    }
    let taken: i64 = days.values().map(|used| (used - i64::from(times)).max(0)).sum();
    policy.and(more.saturating_sub(u16::try_from(taken).unwrap_or(u16::MAX)))
}

/// What a start at `now` leads to, after these sittings.
pub fn entitlement(policy: AttemptPolicy, sittings: &[Sitting], now: Timestamp) -> Entitlement {
    let running = |sitting: &&Sitting| sitting.stage == Stage::Running && Phase::of_sheet(sitting.deadline, now).boundary().is_some();
    if let Some(sitting) = sittings.iter().find(running) {
        return Entitlement::Resume(sitting.id);
    }
    let used = used(policy, sittings, now);
    if policy.left(used) == Left::Some(0) {
        return Entitlement::Spent;
    }
    Entitlement::Fresh { day: span(policy, now), ordinal: i64::from(used) + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Millis, attempt::GRACE};

    const NOW: Timestamp = Timestamp(1_795_395_600_000);

    fn sitting(ordinal: i64, day: Day, stage: Stage, deadline: Timestamp) -> Sitting {
        Sitting { id: AttemptId(uuid::Uuid::from_u128(ordinal.unsigned_abs().into())), day, ordinal, stage, deadline }
    }

    #[test]
    fn a_running_sheet_is_resumed_until_its_grace_is_over() {
        let one = sitting(1, Day(0), Stage::Running, NOW);
        assert_eq!(entitlement(AttemptPolicy::Once, &[one], NOW + GRACE), Entitlement::Resume(one.id));
        assert_eq!(entitlement(AttemptPolicy::Once, &[one], NOW + GRACE + Millis(1)), Entitlement::Spent);
    }

    #[test]
    fn attempts_are_counted_in_the_round() {
        let ended = sitting(1, Day(0), Stage::Marked, NOW);
        assert_eq!(entitlement(AttemptPolicy::Once, &[], NOW), Entitlement::Fresh { day: Day(0), ordinal: 1 });
        assert_eq!(entitlement(AttemptPolicy::Once, &[ended], NOW), Entitlement::Spent);
        assert_eq!(entitlement(AttemptPolicy::PerRound(2), &[ended], NOW), Entitlement::Fresh { day: Day(0), ordinal: 2 });
        assert_eq!(entitlement(AttemptPolicy::Unlimited, &[ended], NOW), Entitlement::Fresh { day: Day(0), ordinal: 2 });
    }

    #[test]
    fn attempts_are_counted_on_the_day_in_vietnam() {
        let midnight = Day(NOW.day().0 + 1).start();
        let evening = Timestamp(midnight.0 - 1);
        let today = sitting(1, evening.day(), Stage::Marked, evening);
        assert_eq!(entitlement(AttemptPolicy::PerDay(1), &[today], evening), Entitlement::Spent);
        assert_eq!(entitlement(AttemptPolicy::PerDay(1), &[today], midnight), Entitlement::Fresh { day: midnight.day(), ordinal: 1 });
    }

    #[test]
    fn what_was_used_yesterday_is_not_used_today() {
        let yesterday = NOW - Millis::days(1);
        let sittings = [sitting(1, yesterday.day(), Stage::Marked, yesterday), sitting(2, yesterday.day(), Stage::Marked, yesterday)];
        assert_eq!(used(AttemptPolicy::PerDay(2), &sittings, yesterday), 2);
        assert_eq!(used(AttemptPolicy::PerDay(2), &sittings, NOW), 0);
    }

    #[test]
    fn granted_attempts_are_so_many_and_no_more() {
        let ended = |ordinal| sitting(ordinal, Day(0), Stage::Marked, NOW);
        let leads_to = |policy, more, sittings: &[Sitting]| entitlement(widened(policy, more, sittings, NOW), sittings, NOW);
        assert_eq!(leads_to(AttemptPolicy::Once, 0, &[ended(1)]), Entitlement::Spent);
        assert_eq!(leads_to(AttemptPolicy::Once, 1, &[ended(1)]), Entitlement::Fresh { day: Day(0), ordinal: 2 });
        assert_eq!(leads_to(AttemptPolicy::Once, 1, &[ended(1), ended(2)]), Entitlement::Spent);
        assert_eq!(leads_to(AttemptPolicy::PerRound(2), 2, &[ended(3)]), Entitlement::Fresh { day: Day(0), ordinal: 4 });
        assert_eq!(widened(AttemptPolicy::Unlimited, 3, &[], NOW), AttemptPolicy::Unlimited);
        assert_eq!(widened(AttemptPolicy::PerRound(u16::MAX), 3, &[], NOW), AttemptPolicy::PerRound(u16::MAX));
    }

    #[test]
    fn what_was_granted_is_taken_once_on_whatever_day() {
        let (today, yesterday) = (NOW.day(), Day(NOW.day().0 - 1));
        let policy = AttemptPolicy::PerDay(1);
        let widened = |sittings: &[Sitting]| widened(policy, 2, sittings, NOW);
        assert_eq!(widened(&[sitting(1, yesterday, Stage::Marked, NOW)]), AttemptPolicy::PerDay(3), "yesterday's own one takes nothing");
        let twice = [sitting(1, yesterday, Stage::Marked, NOW), sitting(2, yesterday, Stage::Marked, NOW)];
        assert_eq!(widened(&twice), AttemptPolicy::PerDay(2));
        let today = [sitting(1, today, Stage::Marked, NOW), sitting(2, today, Stage::Marked, NOW)];
        assert_eq!(widened(&[twice, today].concat()), AttemptPolicy::PerDay(2));
        assert_eq!(entitlement(AttemptPolicy::PerDay(2), &[twice, today].concat(), NOW), Entitlement::Spent);
    }

    #[test]
    fn a_void_attempt_was_an_attempt() {
        let void = sitting(1, Day(0), Stage::Void, NOW);
        assert_eq!(entitlement(AttemptPolicy::Once, &[void], NOW), Entitlement::Spent);
    }
}
