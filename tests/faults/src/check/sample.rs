//! A small good history with its database, and what breaks each invariant.

use crate::{
    due::{Given, Ruled},
    evidence::{Boards, Evidence, StoredAttempt, StoredAward, StoredLine, StoredSave, StoredUnit},
    history::{Call, Deed, Heard, SPENT, Said},
};
use domain::{
    Millis, Timestamp,
    attempt::{Answer, EndedBy, Guess, Link, Paper, Place, Sheet, Stage, first_link, link},
    bank::Key,
    id::{AccountId, AttemptId, DivisionId, PrizeId, RoundId, UnitId},
    ranking::{AwardState, Span},
};
use uuid::Uuid;

const T0: Timestamp = Timestamp(1_795_395_600_000);
const ROUND: RoundId = RoundId(Uuid::from_u128(1));
const DIVISION: DivisionId = DivisionId(Uuid::from_u128(2));
const UNIT: UnitId = UnitId(Uuid::from_u128(3));

fn at(seconds: i64) -> Timestamp {
    T0 + Millis::seconds(seconds)
}

fn person(n: u128) -> AccountId {
    AccountId(Uuid::from_u128(100 + n))
}

fn attempt(n: u128) -> AttemptId {
    AttemptId(Uuid::from_u128(200 + n))
}

fn heard(at: Timestamp, said: Said) -> Heard {
    Heard { at, build: 1, status: 200, said, body: String::new() }
}

fn call(n: u128, deed: Deed, sent: Timestamp, said: Said) -> Call {
    let slack = Millis::seconds(1);
    Call { person: person(n), attempt: Some(attempt(n)), deed, sent, page: 1, slack, heard: Some(heard(sent + Millis(50), said)) }
}

fn sheet(option: u8) -> Sheet {
    Sheet { answers: vec![Answer::Options(vec![option])], flagged: Vec::new(), guess: Guess::Blank }
}

fn fields(option: u8) -> Vec<(String, String)> {
    vec![("q1".to_owned(), option.to_string())]
}

/// Person `n` starts, saves twice (first option 2, then option `last`) and hands in.
fn sit(evidence: &mut Evidence, n: u128, last: u8) {
    let (id, begun) = (attempt(n), at(i64::try_from(n).unwrap_or(0)));
    let paper = Paper { seed: [7; 32], places: vec![Place { pool: 0, options: vec![0, 1, 2], matches: Vec::new() }] }.to_bytes();
    let mut head = first_link(id, begun, &paper);
    let deadline = begun + Millis::minutes(20);
    let said = |seq: i64, at: Timestamp| Said { seq, at: at.0, now: at.0, deadline: deadline.0, hold: 1, ..Said::default() };
    evidence.calls.push(call(n, Deed::Start { round: ROUND }, begun, Said::default()));
    for (seq, option) in (1..).zip([2, last]) {
        let received_at = begun + Millis::seconds(10 * seq);
        let mut next = Link { hold: 1, seq, received_at, answers: sheet(option).to_bytes(), hash: [0; 32] };
        next.hash = link(&head, id, &next);
        head = next.hash;
        let answers = next.answers;
        let hash = head.to_vec();
        evidence.saves.push(StoredSave { attempt_id: id, hold: 1, seq, received_at, late: false, answers, hash });
        let deed = Deed::Save { hold: 1, seq, fields: fields(option) };
        evidence.calls.push(call(n, deed, received_at, said(seq, received_at)));
    }
    let (ended, receipt) = (begun + Millis::seconds(60), format!("MANHAN0{n}"));
    let receipt_said = Said { receipt: receipt.clone(), at: ended.0, ..Said::default() };
    evidence.calls.push(call(n, Deed::HandIn, ended, receipt_said));
    let correct = i64::from(last == 1);
    evidence.attempts.push(StoredAttempt {
        id,
        round_id: ROUND,
        division_id: DIVISION,
        account_id: person(n),
        ordinal: 1,
        stage: Stage::Marked,
        started_at: begun,
        deadline,
        paper,
        answers: sheet(last).to_bytes(),
        head: head.to_vec(),
        prediction: None,
        ended_at: Some(ended),
        ended_by: Some(EndedBy::Contestant),
        receipt: Some(receipt),
        correct: Some(correct),
    });
}

/// Boards on which the second person stands before the first, of the round and of the contest, with their prizes.
fn boards(evidence: &Evidence) -> Boards {
    let mut boards = Boards { round: ROUND, people: Vec::new(), units: Vec::new(), awards: Vec::new() };
    for span in [Span::Contest, Span::Round] {
        for (n, who, correct) in [(1, 2, 1), (2, 1, 0)] {
            let handed_in_at = evidence.attempt(attempt(who)).and_then(|attempt| attempt.ended_at).unwrap_or_default();
            let (account_id, attempt_id) = (person(who), (span == Span::Round).then(|| attempt(who)));
            let (score, duration_ms) = (10 * correct, 60_000);
            let line =
                StoredLine { span, account_id, attempt_id, line: n, place: n, correct, score, distance: None, duration_ms, handed_in_at };
            boards.people.push(line);
        }
        boards.units.push(StoredUnit {
            span,
            unit_id: UNIT,
            place: Some(1),
            people: 2,
            attempts: 2,
            rate_ppm: Some(2_000),
            mean_milli: 5_000,
        });
        let offered_in = (span == Span::Round).then_some(ROUND);
        for (prize, account_id, unit_id) in [(1, Some(person(2)), None), (2, None, Some(UNIT))] {
            let prize_id = PrizeId(Uuid::from_u128(prize));
            boards.awards.push(StoredAward { offered_in, prize_id, account_id, unit_id, place: 1, state: AwardState::Proposed });
        }
    }
    boards
}

/// Two people, one of whom knows the answer, and the other presses Start once more in vain.
pub fn good() -> Evidence {
    let mut evidence = Evidence { canaries: vec!["chim-hoang-yen".to_owned()], over: true, ..Evidence::default() };
    evidence.keys.insert(DIVISION, vec![Key::One(0)]);
    evidence.rules.insert(ROUND, Ruled { attempts: 1, duration: Millis::minutes(20), closes_at: at(36_000), given: Vec::new() });
    sit(&mut evidence, 1, 3);
    sit(&mut evidence, 2, 1);
    evidence.names.insert(person(1), "Lò Thị Thử".to_owned());
    let mut once_more = call(1, Deed::Start { round: ROUND }, at(90), Said { refusal: SPENT.to_owned(), ..Said::default() });
    once_more.attempt = None;
    once_more.heard.iter_mut().for_each(|heard| heard.status = 409);
    evidence.calls.push(once_more);
    let boards = boards(&evidence);
    evidence.boards = vec![[boards.clone(), boards]];
    evidence
}

/// The same with a pause of twenty seconds in it, and a minute more for the first of them.
pub fn good_with_time_given() -> Evidence {
    let mut evidence = good();
    let given =
        [Given::Pause { since: at(25), until: at(45) }, Given::Extra { at: at(50), to: Some(person(1)), extra: Millis::minutes(1) }];
    evidence.rules.insert(ROUND, Ruled { given: given.to_vec(), ..evidence.rules[&ROUND].clone() });
    evidence.pressed = vec![(at(24), at(25)), (at(45), at(46)), (at(50), at(50))];
    evidence.attempts[0].deadline = evidence.attempts[0].deadline + Millis::seconds(80);
    evidence.attempts[1].deadline = evidence.attempts[1].deadline + Millis::seconds(20);
    evidence
}

/// A save of the first person that came too late, was refused, and is kept under another number.
pub fn good_with_a_late_sheet() -> Evidence {
    let mut evidence = good();
    let (id, received_at) = (attempt(1), at(2_000));
    let mut late = Link { hold: 1, seq: 3, received_at, answers: sheet(1).to_bytes(), hash: [0; 32] };
    late.hash = link(&evidence.attempts[0].head.as_slice().try_into().unwrap_or_default(), id, &late);
    evidence.attempts[0].head = late.hash.to_vec();
    let (answers, hash) = (late.answers, late.hash.to_vec());
    evidence.saves.insert(2, StoredSave { attempt_id: id, hold: 1, seq: 3, received_at, late: true, answers, hash });
    let mut sent = call(1, Deed::Save { hold: 1, seq: 1, fields: fields(1) }, received_at, Said::default());
    sent.heard.iter_mut().for_each(|heard| (heard.status, heard.said.refusal) = (409, "TooLate".to_owned()));
    evidence.calls.push(sent);
    evidence
}

/// Histories and databases in each of which one thing is broken, with the invariant that must find it.
#[expect(clippy::too_many_lines, reason = "a list: a line or two for each thing that is broken")]
pub fn broken_ones() -> Vec<(&'static str, Evidence)> {
    let mut all = Vec::new();
    let mut with = |name, break_it: &dyn Fn(&mut Evidence)| {
        let mut evidence = good();
        break_it(&mut evidence);
        all.push((name, evidence));
    };
    // An acknowledged save is gone, differs, or the sheet is an older one; an attempt is gone.
    with("I1", &|e| e.saves.truncate(3));
    with("I1", &|e| e.saves[1].answers = sheet(2).to_bytes());
    with("I1", &|e| e.saves[1].late = true);
    with("I1", &|e| e.attempts[0].answers = sheet(2).to_bytes());
    with("I1", &|e| e.attempts.truncate(1));
    with("I1", &|e| superseded(e, 9));
    // A save counts after the grace; one in time does not; a late one was thrown away.
    with("I2", &|e| e.saves[1].received_at = at(1_300));
    with("I2", &|e| e.saves[0].late = true);
    with("I2", &|e| {
        *e = good_with_a_late_sheet();
        e.saves.remove(2);
    });
    with("I2", &|e| {
        *e = good_with_time_given();
        give(e, 0, Given::Pause { since: at(-40), until: at(45) });
    });
    // One attempt too many, misnumbered, at the same time as another, somebody else's.
    with("I3", &|e| e.attempts[1].account_id = person(1));
    with("I3", &|e| e.attempts[0].ordinal = 2);
    with("I3", &|e| {
        e.rules.insert(ROUND, Ruled { attempts: 2, ..e.rules[&ROUND].clone() });
        (e.attempts[1].account_id, e.attempts[1].ordinal) = (person(1), 2);
        e.calls.iter_mut().for_each(|call| call.person = person(1));
    });
    with("I3", &|e| e.calls[0].attempt = Some(attempt(2)));
    // Led to a sheet that had ended; refused with an attempt left; refused while the sheet runs.
    with("I3", &|e| (e.calls[8].attempt, e.calls[8].heard) = (Some(attempt(1)), None));
    with("I3", &|e| {
        e.rules.insert(ROUND, Ruled { attempts: 2, ..e.rules[&ROUND].clone() });
    });
    with("I3", &|e| e.attempts[0].ended_at = None);
    with("I4", &|e| e.attempts[0].correct = Some(1));
    with("I4", &|e| e.found.push((attempt(1), engine::attempt::Finding::Mark)));
    // Elsewhere people, units or prizes come out otherwise, on either board.
    for n in [0, 2] {
        with("I5", &|e| e.boards[0][1].people[n].score += 1);
        with("I5", &|e| e.boards[0][1].units[n / 2].mean_milli += 1);
        with("I5", &|e| e.boards[0][1].awards[n].account_id = Some(person(1)));
    }
    with("I5", &|e| e.boards[0][1].awards.truncate(3));
    // Here and elsewhere alike: against the rule, somebody is missing, without a prize, with somebody else's.
    for n in [0, 2] {
        with("I5", &|e| ranked(e, |boards| boards.people.swap(n, n + 1)));
        with("I5", &|e| {
            ranked(e, |boards| {
                boards.people.remove(n + 1);
            });
        });
        with("I5", &|e| ranked(e, |boards| boards.people[n + 1].place = 1));
        with("I5", &|e| ranked(e, |boards| boards.people[n].correct = 2));
        with("I5", &|e| ranked(e, |boards| boards.units[n / 2].place = None));
        with("I5", &|e| {
            ranked(e, |boards| {
                boards.awards.remove(n);
            });
        });
        with("I5", &|e| ranked(e, |boards| boards.awards[n].account_id = Some(person(1))));
        with("I5", &|e| ranked(e, |boards| boards.awards[n + 1].place = 2));
    }
    with("I6", &|e| e.saves[0].answers = sheet(1).to_bytes());
    with("I6", &|e| e.saves[3].received_at = at(31));
    with("I6", &|e| e.attempts[0].head = vec![0; 32]);
    with("I6", &|e| e.found.push((attempt(1), engine::attempt::Finding::Chain(0))));
    with("I7", &|e| reads(e, "… chim-hoang-yen …"));
    with("I8", &|e| reads(e, "Lò Thị Thử"));
    with("I8", &|e| reads(e, "Mã xác nhận MANHAN01"));
    with("I8", &|e| reads(e, "Trả lời đúng"));
    with("I8", &|e| e.calls[7].deed = Deed::Peek { path: "/thi/x".to_owned(), foreign: true });
    // Half an ending, a late one, a running sheet, two receipts, another one than is stored.
    with("I9", &|e| e.attempts[0].receipt = None);
    with("I9", &|e| e.attempts[0].ended_at = Some(at(1_300)));
    with("I9", &|e| {
        let running = &mut e.attempts[0];
        (running.stage, running.ended_at, running.ended_by, running.receipt, running.correct) = (Stage::Running, None, None, None, None);
    });
    with("I9", &|e| {
        let mut again = e.calls[3].clone();
        again.heard.iter_mut().for_each(|heard| heard.said.receipt = "KHAC".to_owned());
        e.calls.push(again);
    });
    with("I9", &|e| {
        e.calls[3].deed = Deed::Receipt;
        e.calls[3].heard.iter_mut().for_each(|heard| heard.body = "Mã xác nhận KHAC".to_owned());
        let mut first = e.calls[7].clone();
        (first.person, first.attempt) = (person(1), Some(attempt(1)));
        first.heard.iter_mut().for_each(|heard| heard.said.receipt = "MANHAN01".to_owned());
        e.calls.insert(3, first);
    });
    // Times that nobody can have meant.
    with("I10", &|e| e.attempts[0].deadline = at(1_500));
    with("I10", &|e| e.attempts[0].started_at = at(300));
    with("I10", &|e| e.saves[0].received_at = at(311));
    with("I10", &|e| e.calls[1].heard.iter_mut().for_each(|heard| heard.said.now += 300_000));
    with("I10", &|e| e.calls[1].heard.iter_mut().for_each(|heard| heard.said.deadline += 1));
    // A pause that held nobody, another one than was decided, extra time for somebody else.
    with("I10", &|e| {
        *e = good_with_time_given();
        e.attempts[1].deadline = e.attempts[1].deadline - Millis::seconds(20);
    });
    with("I10", &|e| {
        *e = good_with_time_given();
        give(e, 0, Given::Pause { since: at(27), until: at(47) });
    });
    with("I10", &|e| {
        *e = good_with_time_given();
        give(e, 1, Given::Extra { at: at(50), to: Some(person(2)), extra: Millis::minutes(1) });
    });
    with("I10", &|e| {
        *e = good_with_a_late_sheet();
        e.saves[2].received_at = at(2_010);
    });
    // A save that nobody sent, twice under one number, acknowledged twice in different ways.
    with("I11", &|e| e.calls.retain(|call| !matches!(call.deed, Deed::Save { seq: 1, .. })));
    with("I11", &|e| e.saves.insert(1, e.saves[0].clone()));
    with("I11", &|e| e.calls.retain(|call| call.person != person(1)));
    with("I11", &|e| {
        let mut again = e.calls[1].clone();
        again.heard.iter_mut().for_each(|heard| heard.said.at += 1);
        e.calls.push(again);
    });
    with("I11", &|e| {
        let mut other = e.calls[1].clone();
        other.deed = Deed::Save { hold: 1, seq: 1, fields: fields(1) };
        e.calls.push(other);
    });
    with("I12", &|e| newer(e, (422, "BadAnswer")));
    with("I12", &|e| newer(e, (401, "SignInFirst")));
    with("I12", &|e| newer(e, (409, "ChangedMeanwhile")));
    all
}

/// Every ranking comes out so.
fn ranked(evidence: &mut Evidence, change: impl Fn(&mut Boards)) {
    evidence.boards.iter_mut().flatten().for_each(change);
}

/// The first save of the first person gave way to this number.
fn superseded(evidence: &mut Evidence, by: i64) {
    evidence.calls[1].heard.iter_mut().for_each(|heard| heard.said.seq = by);
}

/// Something else was given.
fn give(evidence: &mut Evidence, which: usize, given: Given) {
    if let Some(ruled) = evidence.rules.get_mut(&ROUND) {
        ruled.given[which] = given;
    }
}

fn refused(evidence: &mut Evidence, call: usize, (status, refusal): (u16, &str)) {
    if let Some(heard) = &mut evidence.calls[call].heard {
        (heard.status, heard.said.refusal) = (status, refusal.to_owned());
    }
}

/// The second person opens a page that says this.
fn reads(evidence: &mut Evidence, body: &str) {
    let mut page = call(2, Deed::Open, at(30), Said::default());
    page.heard.iter_mut().for_each(|heard| heard.body = body.to_owned());
    evidence.calls.push(page);
}

/// A later build answers an older page so.
fn newer(evidence: &mut Evidence, answer: (u16, &str)) {
    refused(evidence, 2, answer);
    evidence.calls[2].heard.iter_mut().for_each(|heard| heard.build = 2);
}
