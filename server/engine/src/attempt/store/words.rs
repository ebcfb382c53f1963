//! Statements about messages to those who sit a round, and their questions to the jury.

use crate::{
    attempt::{Asked, Message, SentMessage},
    store::{Result, Work},
};
use domain::{
    Timestamp,
    id::{AccountId, AskedId, AttemptId, MessageId, RoundId},
};

/// Questions with every column of an [`Asked`].
macro_rules! questions {
    ($rest:literal) => {
        concat!("select id, ordinal, asked_at, words, answered_at, answer from asked ", $rest)
    };
}

impl Work {
    /// Keeps a message to one sheet of the round, or to all.
    pub(in crate::attempt) async fn add_message(
        &mut self,
        (round, attempt): (RoundId, Option<AttemptId>),
        said_by: AccountId,
        message: &Message,
    ) -> Result<u64> {
        exec!(
            self,
            "insert into message (id, round_id, attempt_id, said_by, at, words)
             values ($1, $2, $3, $4, $5, $6)",
            message.id,
            round,
            attempt,
            said_by,
            message.at,
            &message.words[..],
        )
    }

    pub(in crate::attempt) async fn messages_of(
        &mut self,
        round: RoundId,
    ) -> Result<Vec<(MessageId, Option<AttemptId>, Timestamp, String)>> {
        list!(self, "select id, attempt_id, at, words from message where round_id = $1 order by at, id", round)
    }

    pub(in crate::attempt) async fn messages_to_everybody(&mut self, round: RoundId) -> Result<Vec<SentMessage>> {
        list!(
            self,
            "select m.at, a.full_name as said_by, m.words
             from message m
             join account a on a.id = m.said_by
             where m.round_id = $1 and m.attempt_id is null
             order by m.at desc, m.id",
            round,
        )
    }

    /// How many questions were asked from the sheet, and how many of them wait for an answer.
    pub(in crate::attempt) async fn asked_so_far(&mut self, attempt: AttemptId) -> Result<(i64, i64)> {
        get!(
            self,
            "select cast(count(*) as bigint), cast(coalesce(sum(case when answered_at is null then 1 else 0 end), 0) as bigint)
             from asked
             where attempt_id = $1",
            attempt,
        )
    }

    pub(in crate::attempt) async fn ask(&mut self, (round, attempt): (RoundId, AttemptId), asked: &Asked) -> Result<u64> {
        exec!(
            self,
            "insert into asked (id, round_id, attempt_id, ordinal, asked_at, words)
             values ($1, $2, $3, $4, $5, $6)",
            asked.id,
            round,
            attempt,
            asked.ordinal,
            asked.asked_at,
            &asked.words[..],
        )
    }

    pub(in crate::attempt) async fn asked_from(&mut self, attempt: AttemptId) -> Result<Vec<Asked>> {
        list!(self, questions!("where attempt_id = $1 order by ordinal"), attempt)
    }

    pub(in crate::attempt) async fn asked_in(&mut self, round: RoundId) -> Result<Vec<Asked>> {
        list!(
            self,
            questions!("where round_id = $1 order by case when answered_at is null then 0 else 1 end, asked_at, id limit 500"),
            round
        )
    }

    /// How many questions of the round wait for an answer.
    pub(in crate::attempt) async fn questions_waiting(&mut self, round: RoundId) -> Result<i64> {
        let (waiting,): (i64,) =
            get!(self, "select cast(count(*) as bigint) from asked where round_id = $1 and answered_at is null", round)?;
        Ok(waiting)
    }

    /// The round and the sheet that a question came from.
    pub(in crate::attempt) async fn asked_where(&mut self, question: AskedId) -> Result<Option<(RoundId, AttemptId)>> {
        find!(self, "select round_id, attempt_id from asked where id = $1", question)
    }

    /// Answers a question that waits; 0 rows: somebody has answered it.
    pub(in crate::attempt) async fn answer(
        &mut self,
        question: AskedId,
        (answered_by, now): (AccountId, Timestamp),
        answer: &str,
    ) -> Result<u64> {
        exec!(
            self,
            "update asked
             set answered_by = $2, answered_at = $3, answer = $4
             where id = $1 and answered_at is null",
            question,
            answered_by,
            now,
            answer,
        )
    }
}
