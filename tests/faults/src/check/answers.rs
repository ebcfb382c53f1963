//! I1, I2, I3, I11: what was acknowledged is kept, once, in time, and nobody has more than the rules give.

use super::{Broken, Findings};
use crate::{
    evidence::{Evidence, StoredAttempt},
    history::{Call, Deed, Kept, SPENT},
};
use domain::{
    Millis, Timestamp,
    attempt::{GRACE, MOST_LATE, Sheet, Stage},
    id::AttemptId,
};
use load::marking::says;
use std::collections::{BTreeMap, HashMap};

/// Two nodes may have read their clocks in another order than the database saw their saves.
const APART: Millis = Millis::seconds(1);

/// Whether stored bytes say what these fields say.
pub(super) fn same(bytes: &[u8], fields: &[(String, String)]) -> bool {
    Sheet::from_bytes(bytes).is_ok_and(|sheet| says(&sheet, fields))
}

/// The calls by attempt.
fn by_attempt(calls: &[Call]) -> BTreeMap<AttemptId, Vec<&Call>> {
    let mut all: BTreeMap<AttemptId, Vec<&Call>> = BTreeMap::new();
    for call in calls {
        if let Some(attempt) = call.attempt {
            all.entry(attempt).or_default().push(call);
        }
    }
    all
}

/// I1: every acknowledged answer is final or replaced by a later one.
pub fn answers_are_kept(evidence: &Evidence) -> Vec<Broken> {
    let mut findings = Findings::of("I1");
    for (id, calls) in by_attempt(&evidence.calls) {
        let acknowledged = calls.iter().any(|call| call.ack().is_some() || matches!(call.deed, Deed::Start { .. }));
        let Some(attempt) = evidence.attempt(id) else {
            findings.must(!acknowledged, || format!("attempt {id} was acknowledged and is gone"));
            continue;
        };
        let saves: BTreeMap<(i64, i64), _> = evidence.saves_of(id).map(|save| ((save.hold, save.seq), save)).collect();
        for call in &calls {
            if let Some(Kept { number, fields, .. }) = call.kept() {
                let kept = saves.get(&number).is_some_and(|save| !save.late && same(&save.answers, fields));
                findings.must(kept, || format!("save {number:?} of {id} was acknowledged and is not kept"));
            } else if let (Deed::Save { seq, .. }, Some(heard)) = (&call.deed, call.ack()) {
                let newer = heard.said.seq > *seq && saves.keys().any(|(_, kept)| *kept == heard.said.seq);
                findings.must(newer, || format!("save {seq} of {id} gave way to {}, which is not kept", heard.said.seq));
            }
        }
        let last = evidence.saves_of(id).rfind(|save| !save.late);
        let is_final = match last {
            Some(last) => last.answers == attempt.answers,
            None => Sheet::from_bytes(&attempt.answers).is_ok_and(|sheet| sheet == Sheet::blank(sheet.answers.len())),
        };
        findings.must(is_final, || format!("the sheet of {id} is not its newest counted save"));
    }
    findings.found
}

/// I2: nothing after deadline and grace counts, nor in a pause after its grace; every late sheet is kept as late, within the bound
/// of the domain.
pub fn what_is_late_does_not_count(evidence: &Evidence) -> Vec<Broken> {
    let mut findings = Findings::of("I2");
    for attempt in &evidence.attempts {
        let until = attempt.deadline + GRACE;
        for save in evidence.saves_of(attempt.id) {
            let (id, number) = (attempt.id, (save.hold, save.seq));
            let Some((ruled, due)) = evidence.ruled(attempt).zip(evidence.due(attempt, save.received_at)) else { continue };
            if save.late {
                // Where the deadline was moved afterwards, it was late when it came.
                findings.must(save.received_at > due + GRACE, || format!("save {number:?} of {id} came in time and does not count"));
            } else {
                findings.must(save.received_at <= until, || format!("save {number:?} of {id} came too late and counts"));
                let held = ruled.is_held(due, (save.received_at, GRACE + APART));
                findings.must(!held, || format!("save {number:?} of {id} came in a pause and counts"));
            }
        }
    }
    for call in &evidence.calls {
        let (Deed::Save { hold, seq, fields }, Some(id), Some(heard)) = (&call.deed, call.attempt, &call.heard) else { continue };
        if heard.said.refusal == "TooLate" {
            let kept = evidence.saves_of(id).any(|save| same(&save.answers, fields));
            let many = i64::try_from(evidence.saves_of(id).filter(|save| save.late).count()).is_ok_and(|late| late >= MOST_LATE);
            findings.must(kept || many, || format!("save {:?} of {id} was too late and is not kept for the jury", (hold, seq)));
        }
    }
    findings.found
}

/// I3: nobody has more attempts than the rules give, nor two at a time; every start leads to the one that runs, and is refused
/// for want of attempts only where all were taken.
pub fn people_get_their_attempts(evidence: &Evidence) -> Vec<Broken> {
    let mut findings = Findings::of("I3");
    let mut people: HashMap<_, Vec<_>> = HashMap::new();
    for attempt in &evidence.attempts {
        people.entry((attempt.round_id, attempt.account_id)).or_default().push(attempt);
    }
    for ((round, person), attempts) in &mut people {
        attempts.sort_by_key(|attempt| attempt.ordinal);
        let most = evidence.rules.get(round).map_or(0, |ruled| ruled.attempts);
        let count = i64::try_from(attempts.len()).unwrap_or(i64::MAX);
        findings.must(count <= most, || format!("{person} has {count} attempts of {most}"));
        findings.must((1..).zip(attempts.iter()).all(|(n, attempt)| n == attempt.ordinal), || {
            format!("the attempts of {person} are misnumbered")
        });
        for pair in attempts.windows(2) {
            let apart = pair[0].ended_at.is_some_and(|ended| ended <= pair[1].started_at) && pair[0].stage != Stage::Running;
            findings.must(apart, || format!("two sheets of {person} ran at the same time"));
        }
    }
    for call in &evidence.calls {
        let Deed::Start { round } = &call.deed else { continue };
        let own = people.get(&(*round, call.person)).map_or(&[][..], Vec::as_slice);
        if let Some(id) = call.attempt {
            let led = own.iter().find(|attempt| attempt.id == id);
            findings.must(led.is_some(), || format!("{} was led to {id}, which is none of theirs", call.person));
            // A sheet whose time is up still takes what is on its way.
            let until = |ended: Timestamp, attempt: &StoredAttempt| if ended < attempt.deadline { ended } else { ended + GRACE };
            let ran = led.is_none_or(|attempt| attempt.ended_at.is_none_or(|ended| call.sent <= until(ended, attempt) + call.slack));
            findings.must(ran, || format!("{} was led to {id}, which had ended", call.person));
        }
        if let Some(heard) = call.heard.as_ref().filter(|heard| heard.said.refusal == SPENT) {
            let most = evidence.rules.get(round).map_or(0, |ruled| ruled.attempts);
            let taken = own.iter().filter(|attempt| attempt.started_at <= heard.at + call.slack).count();
            let all = i64::try_from(taken).is_ok_and(|taken| taken >= most);
            findings.must(all, || format!("{} was refused a start after {taken} attempts of {most}", call.person));
            let runs = own.iter().any(|attempt| {
                let ended_later =
                    attempt.ended_at.is_none_or(|ended| ended > heard.at + call.slack) && attempt.deadline > heard.at + call.slack;
                attempt.started_at + call.slack < call.sent && ended_later
            });
            findings.must(!runs, || format!("{} was refused a start while their sheet ran", call.person));
        }
    }
    findings.found
}

/// I11: a repeated or reordered request has no second effect.
pub fn repeats_have_no_effect(evidence: &Evidence) -> Vec<Broken> {
    let mut findings = Findings::of("I11");
    let calls = by_attempt(&evidence.calls);
    for attempt in &evidence.attempts {
        let id = attempt.id;
        let Some(calls) = calls.get(&id) else {
            findings.broken(format!("nobody asked for attempt {id}"));
            continue;
        };
        let mut before: Option<((i64, i64), Timestamp)> = None;
        for save in evidence.saves_of(id) {
            let number = (save.hold, save.seq);
            // What came too late is kept under the next number, where its own was taken.
            let sent = calls.iter().any(|call| match &call.deed {
                Deed::Save { hold, seq, fields } => (save.late || (*hold, *seq) == number) && same(&save.answers, fields),
                _ => false,
            });
            findings.must(sent, || format!("nobody sent save {number:?} of {id} as it is kept"));
            if let Some((earlier, at)) = before {
                findings
                    .must(earlier != number && earlier.1 < number.1, || format!("save {number:?} of {id} stands twice or out of order"));
                findings.must(at <= save.received_at + APART, || format!("save {number:?} of {id} was received before the one it follows"));
            }
            before = Some((number, save.received_at));
        }
        let mut told: HashMap<(i64, i64), Kept<'_>> = HashMap::new();
        for kept in calls.iter().filter_map(|call| call.kept()) {
            let (first, number) = (*told.entry(kept.number).or_insert(kept), kept.number);
            findings.must(first.at == kept.at, || format!("save {number:?} of {id} was acknowledged at two times"));
            findings.must(first.fields == kept.fields, || format!("two different sheets were acknowledged as {number:?} of {id}"));
        }
    }
    findings.found
}
