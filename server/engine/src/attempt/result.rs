//! What somebody may know of the own attempts: the receipt at once, more as far as the round allows.

use super::{
    ending::mark_row,
    frozen::{Frozen, Served},
    live,
    store::AttemptRow,
};
use crate::{Caller, Engine, Fault, SafeHtml, markdown};
use domain::{
    Points, Timestamp,
    attempt::{Answer, EndedBy, Paper, Place, Sheet, Stage, Verdict},
    bank::Key,
    contest::AfterHandIn,
    id::{AttemptId, DivisionId},
    identity::Action,
    vietnamese,
};
use std::sync::Arc;

/// One line of "Lượt thi của tôi".
#[derive(Debug, Clone)]
pub struct OwnAttempt {
    /// The attempt.
    pub id: AttemptId,
    /// Its round.
    pub frozen: Arc<Frozen>,
    /// Which of its divisions.
    pub division: DivisionId,
    /// 1, 2, 3 … in the round or the day.
    pub ordinal: i64,
    /// Where it stands.
    pub stage: Stage,
    /// When it began.
    pub started_at: Timestamp,
    /// When its time is up.
    pub deadline: Timestamp,
    /// How it ended.
    pub ended: Option<(Timestamp, EndedBy)>,
    /// The code of its receipt.
    pub receipt: Option<String>,
    /// How many questions its paper has.
    pub questions: usize,
    /// The own number of right answers and points, where the round allows it.
    pub own: Option<(i64, Points)>,
    /// Why the result is not recognised; empty unless it is void.
    pub void_why: String,
}

/// What the receipt's page shows.
#[derive(Debug)]
pub struct Result {
    /// The line of the list.
    pub own: OwnAttempt,
    /// How many questions were answered on the sheet that counts.
    pub answered: usize,
    /// The prediction, as the page repeats it.
    pub guess: Option<String>,
    /// Each question with its key and explanation, after publication.
    pub review: Option<Vec<Reviewed>>,
    /// What the clock of the server says.
    pub now: Timestamp,
}

/// One question after publication.
#[derive(Debug)]
pub struct Reviewed {
    /// Its number in the pool of the division.
    pub pool: u16,
    /// Where its options stood.
    pub place: Place,
    /// What was answered.
    pub answer: Answer,
    /// What is right; nothing while the question stands in the pool of another round that has not closed.
    pub released: Option<Released>,
}

/// The key of a question, with all that it tells.
#[derive(Debug)]
pub struct Released {
    /// Whether the answer is right.
    pub verdict: Verdict,
    /// The displayed numbers of the right options.
    pub right: Vec<u8>,
    /// The right answer in words, where no option can be marked.
    pub right_words: Vec<String>,
    /// Why it is right.
    pub explanation: SafeHtml,
    /// Document and article.
    pub legal_basis: String,
}

impl Engine {
    /// Every attempt of the caller, the newest first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn my_attempts(&self, caller: &Caller) -> crate::Result<Vec<OwnAttempt>> {
        let now = self.now();
        caller.must(Action::TakePart)?;
        let rows = self.store.glance().await?.attempts_of(caller.account).await?;
        let mut own = Vec::with_capacity(rows.len());
        for row in rows {
            let frozen = self.frozen(row.round_id).await?;
            own.push(own_attempt(&row, frozen, now)?);
        }
        Ok(own)
    }

    /// What the caller may know of the own attempt right now.
    ///
    /// # Errors
    /// [`domain::Refusal::NotFound`] when it is none of the caller's.
    pub async fn result(&self, caller: &Caller, attempt: AttemptId) -> crate::Result<Result> {
        let now = self.now();
        caller.must(Action::TakePart)?;
        let row = self.own_attempt(caller, attempt).await?;
        let frozen = self.frozen(row.round_id).await?;
        let sheet = sheet(&row)?;
        let asked = frozen.division(row.division_id).and_then(|division| division.rules.prediction.as_ref());
        let guess = asked.and_then(|asked| sheet.guess.value().map(|value| asked.figure(value)));
        let review =
            if frozen.is_published(now) && row.stage != Stage::Running { Some(self.review(&row, &sheet, now).await?) } else { None };
        Ok(Result { answered: sheet.answered(), guess, review, now, own: own_attempt(&row, frozen, now)? })
    }

    /// Every question of the paper with its key and explanation: only after publication, and not while another round asks it.
    async fn review(&self, row: &AttemptRow, sheet: &Sheet, now: Timestamp) -> crate::Result<Vec<Reviewed>> {
        let held = self.held(row.round_id).await?;
        let division = held.frozen.division(row.division_id).ok_or(Fault::Broken("an attempt's division is gone"))?;
        let mut work = self.store.read().await?;
        let explanations = work.explanations(row.division_id).await?;
        let held_back = work.held_back(row.division_id, now).await?;
        drop(work);
        let keys = held.keys.of(row.division_id);
        let verdicts = mark_row(row, &held.keys)?.verdicts;
        let Paper { places, .. } = live::paper(row)?;
        let mut review = Vec::with_capacity(places.len());
        for (i, (place, verdict)) in places.into_iter().zip(verdicts).enumerate() {
            let number = usize::from(place.pool);
            let (Some(keyed), Some(served), Some((_, explanation, document, article))) =
                (keys.get(number), division.pool.get(number), explanations.get(number))
            else {
                return Err(Fault::Broken("a paper names a question outside its pool").into());
            };
            let released = (!held_back.contains(&i64::from(place.pool))).then(|| {
                let (right, right_words) = right_answer(&place, &keyed.key, served);
                let legal_basis = if article.is_empty() { document.clone() } else { format!("{article} {document}") };
                Released { verdict, right, right_words, explanation: markdown::render(explanation), legal_basis }
            });
            review.push(Reviewed { pool: place.pool, answer: sheet.answers.get(i).cloned().unwrap_or_default(), released, place });
        }
        Ok(review)
    }
}

/// The displayed numbers of the right options, or the right answer in words.
fn right_answer(place: &Place, key: &Key, served: &Served) -> (Vec<u8>, Vec<String>) {
    let shown = |author: u8| (1_u8..).zip(&place.options).find(|(_, one)| **one == author).map(|(number, _)| number);
    let words = |html: &SafeHtml| markdown::plain(html.as_str());
    match key {
        Key::One(right) => (shown(*right).into_iter().collect(), Vec::new()),
        Key::Set(right) => (right.iter().filter_map(|one| shown(*one)).collect(), Vec::new()),
        Key::Truth(truth) => (vec![if *truth { 1 } else { 2 }], Vec::new()),
        Key::AsWritten if served.matches.is_empty() => (Vec::new(), served.choices.iter().map(words).collect()),
        Key::AsWritten => {
            (Vec::new(), served.choices.iter().zip(&served.matches).map(|(left, right)| format!("{} – {right}", words(left))).collect())
        }
        Key::Number { scaled, decimals, .. } => {
            (Vec::new(), vec![format!("{} {}", vietnamese::decimal(*scaled, (*decimals).into()), served.unit).trim_end().to_owned()])
        }
        Key::Texts(accepted) => (Vec::new(), accepted.iter().take(1).cloned().collect()),
    }
}

fn sheet(row: &AttemptRow) -> crate::Result<Sheet> {
    Sheet::from_bytes(&row.answers).map_err(|error| Fault::Unreadable("answers of an attempt", Box::new(error)).into())
}

/// The line of the list, without what the round does not allow yet.
fn own_attempt(row: &AttemptRow, frozen: Arc<Frozen>, now: Timestamp) -> crate::Result<OwnAttempt> {
    let allowed = frozen.rules.after_hand_in == AfterHandIn::OwnCorrect || frozen.is_published(now);
    Ok(OwnAttempt {
        id: row.id,
        division: row.division_id,
        ordinal: row.ordinal,
        stage: row.stage,
        started_at: row.started_at,
        deadline: row.deadline,
        ended: row.ended_at.zip(row.ended_by),
        receipt: row.receipt.clone(),
        questions: live::paper(row)?.places.len(),
        own: row.correct.zip(row.score).filter(|_| allowed && row.stage == Stage::Marked),
        void_why: row.void_why.clone(),
        frozen,
    })
}
