//! Questions to the jury while the paper is sat, and their answers.

use super::messages::Message;
use crate::{Caller, Engine, Result, Stop, notify::Change, random, store::StoreError};
use domain::{
    Refusal, Timestamp,
    attempt::{OPEN_QUESTIONS, Stage, read_answer, read_words},
    id::{AskedId, AttemptId, RoundId},
    identity::{Action, Deed},
};

/// A question to the jury; who asked it stays unsaid.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Asked {
    /// Which.
    pub id: AskedId,
    /// The first, second … of its sheet.
    pub ordinal: i64,
    /// When.
    pub asked_at: Timestamp,
    /// What.
    pub words: String,
    /// When it was answered; `None`: it waits.
    pub answered_at: Option<Timestamp>,
    /// The answer.
    pub answer: String,
}

/// The questions of one's own sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnQuestions {
    /// The round.
    pub round: RoundId,
    /// The contest's own help line.
    pub help_line: String,
    /// Whether the sheet runs, so that one may ask.
    pub running: bool,
    /// In the order in which they were asked.
    pub asked: Vec<Asked>,
}

impl OwnQuestions {
    /// Whether one more may be asked.
    pub fn may_ask(&self) -> bool {
        let waiting = self.asked.iter().filter(|asked| asked.answered_at.is_none()).count();
        self.running && i64::try_from(waiting).unwrap_or(i64::MAX) < OPEN_QUESTIONS
    }
}

/// An answer as it is given.
#[derive(Debug, Clone, Copy, Default)]
pub struct GivenAnswer<'a> {
    /// The code of one that lies ready, unless `own` says something.
    pub canned: &'a str,
    /// The jury's own words.
    pub own: &'a str,
    /// Whether everybody who sits the round is told.
    pub to_everybody: bool,
}

impl Engine {
    /// Asks the jury from one's own running sheet.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::HandedIn`], [`Refusal::QuestionsWaiting`], [`Refusal::ChangedMeanwhile`]; at the
    /// field `words`.
    pub async fn ask_jury(&self, caller: &Caller, attempt: AttemptId, typed: &str) -> Result<AskedId> {
        let now = self.now();
        caller.must(Action::TakePart)?;
        let row = self.own_attempt(caller, attempt).await?;
        if row.stage != Stage::Running {
            return Err(Refusal::HandedIn.into());
        }
        let words = read_words(typed).map_err(|refusal| Stop::at("words", refusal))?;
        let mut work = self.store.begin().await?;
        let (all, waiting) = work.asked_so_far(attempt).await?;
        if waiting >= OPEN_QUESTIONS {
            return Err(Refusal::QuestionsWaiting.into());
        }
        let asked = Asked { id: random::id(now), ordinal: all + 1, asked_at: now, words, answered_at: None, answer: String::new() };
        match work.ask((row.round_id, attempt), &asked).await {
            // Two questions of one sheet that meet: the second looks at the page again.
            Err(StoreError::Duplicate) => return Err(Refusal::ChangedMeanwhile.into()),
            asked => asked?,
        };
        work.note(now, caller, Deed::AskJury, &attempt.to_string(), "").await?;
        work.commit().await?;
        Ok(asked.id)
    }

    /// The questions that the caller asked from this sheet.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it is none of the caller's.
    pub async fn own_questions(&self, caller: &Caller, attempt: AttemptId) -> Result<OwnQuestions> {
        caller.must(Action::TakePart)?;
        let row = self.own_attempt(caller, attempt).await?;
        let asked = self.store.glance().await?.asked_from(attempt).await?;
        let help_line = self.frozen(row.round_id).await?.help_line.clone();
        Ok(OwnQuestions { round: row.round_id, help_line, running: row.stage == Stage::Running, asked })
    }

    /// The questions of a round: first those that wait, the oldest first.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub async fn questions_to_jury(&self, caller: &Caller, round: RoundId) -> Result<Vec<Asked>> {
        caller.must(Action::JudgeRound)?;
        Ok(self.store.glance().await?.asked_in(round).await?)
    }

    /// Answers a question; it reaches the sheet with its next pulse, or every sheet of the round.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::NotFound`], [`Refusal::AlreadyDone`]; at the fields `canned` and `answer`.
    pub async fn answer_question(&self, caller: &Caller, question: AskedId, given: GivenAnswer<'_>) -> Result<RoundId> {
        let now = self.now();
        caller.must(Action::JudgeRound)?;
        let answer = read_answer(given.canned, given.own).map_err(Stop::AtFields)?;
        let mut work = self.store.begin().await?;
        let (round, attempt) = work.asked_where(question).await?.ok_or(Refusal::NotFound)?;
        if work.answer(question, (caller.account, now), &answer).await? == 0 {
            return Err(Refusal::AlreadyDone.into());
        }
        let (to, words) = if given.to_everybody {
            (None, format!("Ban Giám khảo giải đáp: {answer}"))
        } else {
            (Some(attempt), format!("Ban Giám khảo trả lời câu hỏi của anh/chị: {answer}"))
        };
        work.add_message((round, to), caller.account, &Message { id: random::id(now), at: now, words }).await?;
        let detail = serde_json::json!({ "round": round, "to_everybody": given.to_everybody }).to_string();
        work.note(now, caller, Deed::AnswerQuestion, &question.to_string(), &detail).await?;
        work.commit().await?;
        self.notify.tell(Change::Messages(round));
        Ok(round)
    }
}
