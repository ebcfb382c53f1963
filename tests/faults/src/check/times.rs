//! I10, I12: the time is the same for everybody whatever clocks and builds do.

use super::{Broken, Findings};
use crate::{
    evidence::Evidence,
    history::{Call, Deed},
};
use domain::{
    Millis, Timestamp,
    id::{AccountId, AttemptId, RoundId},
};
use std::collections::HashMap;

/// What changes on one node is known on all within this time.
const A_SECOND: Millis = Millis::seconds(1);

/// A save by its hold and number.
type Numbered<'e> = ((i64, i64), &'e Call);

/// I10: deadlines are absolute; whatever a clock did, each moment that is stored or told lies within its call.
pub fn deadlines_are_absolute(evidence: &Evidence) -> Vec<Broken> {
    let mut findings = Findings::of("I10");
    // By person and round: whoever was never told of their attempt pressed again, and was led to the first one.
    let mut starts: HashMap<(AccountId, RoundId), Vec<&Call>> = HashMap::new();
    let mut saves: HashMap<AttemptId, Vec<Numbered<'_>>> = HashMap::new();
    for call in &evidence.calls {
        if let Deed::Start { round } = &call.deed {
            starts.entry((call.person, *round)).or_default().push(call);
        }
        let Some(id) = call.attempt else { continue };
        if let Deed::Save { hold, seq, .. } = &call.deed {
            saves.entry(id).or_default().push(((*hold, *seq), call));
        }
        if let Some(heard) = call.ack().filter(|heard| heard.said.now != 0) {
            findings.must(call.spans(Timestamp(heard.said.now)), || {
                format!("{id} was told that it is {}, between {} and {}", heard.said.now, call.sent.0, heard.at.0)
            });
        }
        let Some(attempt) = evidence.attempt(id) else { continue };
        if let Some(heard) = call.ack().filter(|heard| heard.said.deadline != 0) {
            let told = Timestamp(heard.said.deadline);
            // What was given is known everywhere within a second, and may be known while the answer is on its way.
            let known = evidence.due(attempt, Timestamp(heard.said.now) - A_SECOND).zip(evidence.due(attempt, heard.at + call.slack));
            findings.must(known.is_some_and(|(from, until)| from <= told && told <= until), || {
                format!("{id} was told another deadline: {} is not of {known:?}", told.0)
            });
        }
    }
    for attempt in &evidence.attempts {
        let id = attempt.id;
        let starts = starts.get(&(attempt.account_id, attempt.round_id));
        let pressed = starts.is_some_and(|calls| calls.iter().any(|call| call.spans(attempt.started_at)));
        findings.must(pressed, || format!("{id} began at {} when nobody pressed", attempt.started_at.0));
        let due = evidence.due(attempt, Timestamp(i64::MAX));
        findings.must(due == Some(attempt.deadline), || format!("the deadline of {id} is {} and not {due:?}", attempt.deadline.0));
    }
    for save in &evidence.saves {
        let number = (save.hold, save.seq);
        let mut sent = saves.get(&save.attempt_id).into_iter().flatten();
        // What came too late may be kept under another number.
        let sent = sent.any(|(called, call)| (save.late || *called == number) && call.spans(save.received_at));
        findings
            .must(sent, || format!("save {number:?} of {} was received at {} when nobody sent it", save.attempt_id, save.received_at.0));
    }
    for given in evidence.rules.values().flat_map(|ruled| &ruled.given) {
        for moment in given.pressed() {
            let pressed = evidence.pressed.iter().any(|(sent, heard)| *sent - A_SECOND <= moment && moment <= *heard + A_SECOND);
            findings.must(pressed, || format!("{given:?} holds from {} on, when no organiser pressed", moment.0));
        }
    }
    findings.found
}

/// What may be said to a save of an older page as well as to one of a new page.
const USUAL: [&str; 7] = ["", "TakenOver", "SaveConflict", "HandedIn", "TooLate", "Paused", "Busy"];

/// I12: a sheet that was opened from an earlier build goes on and finishes on the new one.
pub fn old_pages_go_on(evidence: &Evidence) -> Vec<Broken> {
    let mut findings = Findings::of("I12");
    for call in &evidence.calls {
        let asks = matches!(call.deed, Deed::Save { .. } | Deed::TakeOver | Deed::HandIn | Deed::Pulse);
        let Some(heard) = call.heard.as_ref().filter(|heard| asks && heard.build > call.page) else { continue };
        let understood = matches!(heard.status, 200 | 409 | 423 | 429 | 500..);
        findings.must(understood && (heard.status >= 500 || USUAL.contains(&heard.said.refusal.as_str())), || {
            format!("a page of build {} heard {} {} from build {}", call.page, heard.status, heard.said.refusal, heard.build)
        });
    }
    findings.found
}
