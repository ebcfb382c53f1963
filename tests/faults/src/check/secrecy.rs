//! I7, I8: what nobody may read before its time.

use super::{Broken, Findings};
use crate::{evidence::Evidence, history::Deed};
use domain::id::AccountId;

/// I7: no key leaves before release.
pub fn keys_stay_inside(evidence: &Evidence) -> Vec<Broken> {
    let mut findings = Findings::of("I7");
    for call in &evidence.calls {
        let Some(heard) = &call.heard else { continue };
        for canary in evidence.canaries.iter().filter(|canary| heard.body.contains(canary.as_str())) {
            findings.broken(format!("{:?} showed {canary}", call.deed));
        }
    }
    findings.found
}

/// What a page says that gives the own number of right answers, which these rounds do not allow before they close.
const OWN_NUMBER: &str = "Trả lời đúng";

/// I8: ranks and others' results are not readable before publication; one's own number only where the round allows it.
pub fn results_stay_inside(evidence: &Evidence) -> Vec<Broken> {
    let mut findings = Findings::of("I8");
    let receipts: Vec<(AccountId, &str)> =
        evidence.attempts.iter().filter_map(|attempt| Some((attempt.account_id, attempt.receipt.as_deref()?))).collect();
    for call in &evidence.calls {
        let Some(heard) = call.heard.as_ref() else { continue };
        if let Deed::Peek { path, foreign: true } = &call.deed {
            // A server in trouble may say so; nothing else but "there is no such sheet" is an answer.
            findings.must(heard.status == 404 || heard.status >= 500 || heard.status == 429, || {
                format!("{path} was answered with {}", heard.status)
            });
        }
        if heard.body.is_empty() {
            continue;
        }
        let seen = receipts.iter().find(|(whose, code)| *whose != call.person && heard.body.contains(code));
        findings.must(seen.is_none(), || format!("{} read the receipt of {:?}", call.person, seen.map(|(whose, _)| whose)));
        let named = evidence.names.iter().find(|(whose, name)| **whose != call.person && heard.body.contains(name.as_str()));
        findings
            .must(named.is_none(), || format!("{} read the name of {:?} at {:?}", call.person, named.map(|(whose, _)| whose), call.deed));
        findings.must(!heard.body.contains(OWN_NUMBER), || format!("{} read how many answers are right", call.person));
    }
    findings.found
}
