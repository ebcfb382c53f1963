//! I4, I5, I6, I9: marks, boards, chains and endings.

use super::{Broken, Findings};
use crate::{
    evidence::{Evidence, StoredAward, StoredLine, StoredUnit},
    history::Deed,
};
use domain::{
    Timestamp,
    attempt::{Link, Stage, first_link, verify},
    id::{AccountId, AttemptId, RoundId},
    ranking::Span,
};
use engine::attempt::Finding;
use load::marking::count_correct;
use std::{cmp::Ordering, collections::HashMap};

/// I4: the mark is a pure function of paper, keys and answers; marking everything again agrees.
pub fn marks_agree(evidence: &Evidence) -> Vec<Broken> {
    let mut findings = Findings::of("I4");
    for attempt in evidence.attempts.iter().filter(|attempt| attempt.stage != Stage::Running) {
        let keys = evidence.keys.get(&attempt.division_id).map_or(&[][..], Vec::as_slice);
        let ours = count_correct((&attempt.paper, &attempt.answers), keys);
        findings.must(ours.is_some() && ours == attempt.correct, || {
            format!("{} is marked {:?}, and we count {ours:?}", attempt.id, attempt.correct)
        });
    }
    for (id, found) in evidence.found.iter().filter(|(_, found)| matches!(found, Finding::Mark | Finding::Paper)) {
        findings.broken(format!("the proof of {id} finds {found:?}"));
    }
    findings.found
}

/// The rule of our rounds: more right answers, then the nearer guess, then the earlier hand-in.
fn order(a: &StoredLine, b: &StoredLine) -> Ordering {
    let far = |line: &StoredLine| line.distance.unwrap_or(i64::MAX);
    b.correct.cmp(&a.correct).then_with(|| far(a).cmp(&far(b))).then_with(|| a.handed_in_at.cmp(&b.handed_in_at))
}

/// I5: ranking is total and deterministic: from a backup in another place come the same boards of people and units, of the
/// round and of the contest, and the same prizes.
pub fn boards_are_total(evidence: &Evidence) -> Vec<Broken> {
    let mut findings = Findings::of("I5");
    for [here, there] in &evidence.boards {
        findings.must(here.people == there.people, || "people were ranked in two ways".to_owned());
        findings.must(here.units == there.units, || "units were ranked in two ways".to_owned());
        findings.must(here.awards == there.awards, || "prizes were given in two ways".to_owned());
        for span in [Span::Round, Span::Contest] {
            let board = here.people_of(span);
            let places = in_order(&board, &mut findings);
            everybody_stands(evidence, here.round, (&board, &places), &mut findings);
            let leads = here.units.iter().any(|unit| unit.span == span && unit.place == Some(1));
            findings.must(leads, || format!("no unit is the first of the {}", span.code()));
            let given: Vec<&StoredAward> = here.awards.iter().filter(|award| award.span() == span).collect();
            let people = given.iter().any(|award| award.account_id.is_some());
            let tied = board.iter().filter(|line| line.place == 1).count() > 1;
            findings.must(people || tied, || format!("nobody has a prize of the {}", span.code()));
            for award in given {
                let person = award.account_id.is_some_and(|id| places.get(&id) == Some(&award.place));
                let of_unit =
                    |unit: &StoredUnit| unit.span == span && Some(unit.unit_id) == award.unit_id && unit.place == Some(award.place);
                findings.must(person || here.units.iter().any(of_unit), || format!("a prize was given against the board: {award:?}"));
            }
        }
    }
    findings.found
}

/// The places of a board whose lines stand in the order of the rule.
fn in_order(board: &[&StoredLine], findings: &mut Findings) -> HashMap<AccountId, i64> {
    let mut places: HashMap<AccountId, i64> = HashMap::new();
    for (n, line) in (1..).zip(board) {
        findings.must(line.line == n, || format!("line {} stands at {n}", line.line));
        let better = board.iter().filter(|other| order(other, line).is_lt()).count();
        findings
            .must(i64::try_from(better + 1) == Ok(line.place), || format!("{} has place {} behind {better}", line.account_id, line.place));
        findings.must(places.insert(line.account_id, line.place).is_none(), || format!("{} stands twice", line.account_id));
    }
    for pair in board.windows(2) {
        findings.must(order(pair[0], pair[1]).is_le(), || format!("{} stands before somebody better", pair[0].account_id));
    }
    places
}

/// Everybody of the round stands on the board, with the best that they reached; the contest has this one round.
fn everybody_stands(
    evidence: &Evidence,
    round: RoundId,
    (board, places): (&[&StoredLine], &HashMap<AccountId, i64>),
    findings: &mut Findings,
) {
    let of_round = || evidence.attempts.iter().filter(|attempt| attempt.round_id == round);
    for line in board {
        let marked = of_round().filter(|attempt| attempt.account_id == line.account_id && attempt.stage == Stage::Marked);
        findings.must(marked.map(|attempt| attempt.correct).max().flatten() == Some(line.correct), || {
            format!("the board does not show the best of {}", line.account_id)
        });
    }
    for attempt in of_round() {
        findings.must(places.contains_key(&attempt.account_id), || format!("{} is on no board", attempt.account_id));
    }
}

/// I6: each attempt's chain verifies.
pub fn chains_verify(evidence: &Evidence) -> Vec<Broken> {
    let mut findings = Findings::of("I6");
    for attempt in &evidence.attempts {
        let links: Option<Vec<Link>> = evidence
            .saves_of(attempt.id)
            .map(|save| {
                let hash = save.hash.as_slice().try_into().ok()?;
                Some(Link { hold: save.hold, seq: save.seq, received_at: save.received_at, answers: save.answers.clone(), hash })
            })
            .collect();
        let start = first_link(attempt.id, attempt.started_at, &attempt.paper);
        let head = attempt.head.as_slice().try_into();
        let whole = match (links, head) {
            (Some(links), Ok(head)) => verify(attempt.id, &start, &links, &head).is_ok(),
            _ => false,
        };
        findings.must(whole, || format!("the chain of {} does not verify", attempt.id));
    }
    for (id, found) in evidence.found.iter().filter(|(_, found)| matches!(found, Finding::Chain(_) | Finding::Answers)) {
        findings.broken(format!("the proof of {id} finds {found:?}"));
    }
    findings.found
}

/// I9: exactly one ending, and the same whoever asks how often.
pub fn endings_are_one(evidence: &Evidence) -> Vec<Broken> {
    let mut findings = Findings::of("I9");
    for attempt in &evidence.attempts {
        let id = attempt.id;
        let parts = [attempt.ended_at.is_some(), attempt.ended_by.is_some(), attempt.receipt.is_some(), attempt.correct.is_some()];
        let ended = attempt.stage != Stage::Running;
        findings.must(parts.iter().all(|part| *part == ended), || format!("{id} is half ended"));
        findings.must(ended || !evidence.over, || format!("{id} still runs"));
        findings.must(attempt.ended_at.is_none_or(|at| at <= attempt.deadline), || format!("{id} ended after its deadline"));
    }
    let mut told: HashMap<AttemptId, (String, i64)> = HashMap::new();
    for call in &evidence.calls {
        let (Some(id), Some(heard)) = (call.attempt, call.ack()) else { continue };
        let stored = evidence.attempt(id).and_then(|attempt| Some((attempt.receipt.clone()?, attempt.ended_at?)));
        match &call.deed {
            Deed::HandIn => {
                let said = (heard.said.receipt.clone(), heard.said.at);
                let first = told.entry(id).or_insert_with(|| said.clone());
                findings.must(*first == said, || format!("{id} has two receipts"));
                let same = stored.is_some_and(|(receipt, at)| receipt == said.0 && at == Timestamp(said.1));
                findings.must(same, || format!("the receipt of {id} is not what is stored"));
            }
            Deed::Receipt if told.contains_key(&id) && !heard.body.is_empty() => {
                let shown = stored.is_some_and(|(receipt, _)| heard.body.contains(&receipt));
                findings.must(shown, || format!("the page of {id} shows another receipt"));
            }
            _ => {}
        }
    }
    findings.found
}
