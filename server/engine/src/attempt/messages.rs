//! What organisers tell those who sit a round: written once, carried by pulses and saves from memory.

use super::Frozen;
use crate::{
    Caller, Engine, Result, Stop,
    notify::{Change, Heard, Notify, Remembered},
    random,
};
use domain::{
    Refusal, Timestamp,
    attempt::read_words,
    contest::RoundStage,
    id::{AttemptId, MessageId, RoundId},
    identity::{Action, Deed},
};
use std::{collections::HashMap, sync::Arc};

/// A pulse or a save carries at most so many.
const NEWEST: usize = 10;

/// Something the organisers said.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Message {
    /// Which.
    pub id: MessageId,
    /// When.
    pub at: Timestamp,
    /// What.
    pub words: String,
}

/// A message to everybody, as organisers read it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SentMessage {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub said_by: String,
    /// What.
    pub words: String,
}

/// Everything said in a round, the oldest first.
#[derive(Default)]
struct Said {
    everybody: Vec<Message>,
    own: HashMap<AttemptId, Vec<Message>>,
}

impl Said {
    fn of(rows: Vec<(MessageId, Option<AttemptId>, Timestamp, String)>) -> Self {
        let mut said = Self::default();
        for (id, attempt, at, words) in rows {
            let heard = attempt.map_or(&mut said.everybody, |attempt| said.own.entry(attempt).or_default());
            heard.push(Message { id, at, words });
        }
        said
    }

    fn to(&self, attempt: AttemptId) -> Vec<Message> {
        let own = self.own.get(&attempt).map_or(&[][..], Vec::as_slice);
        let mut all = [&self.everybody[..], own].concat();
        all.sort_by_key(|message| (message.at, message.id));
        all
    }
}

/// The messages of the rounds that this node serves.
pub(super) struct Messages(Remembered<HashMap<RoundId, Arc<Said>>>);

impl Messages {
    pub(super) fn new(notify: &Notify) -> Self {
        Self(Remembered::new(notify, forget))
    }
}

fn forget(rounds: &mut HashMap<RoundId, Arc<Said>>, heard: Heard) -> bool {
    match heard {
        Heard::Change(Change::Messages(round)) => {
            rounds.remove(&round);
        }
        Heard::Missed => rounds.clear(),
        Heard::Change(_) => return false,
    }
    true
}

impl Frozen {
    /// Refuses before the opening, and when the round is no longer under way.
    pub(super) fn must_be_under_way(&self, now: Timestamp) -> Result<(), Refusal> {
        match self.stage {
            RoundStage::Scheduled if now < self.opens_at => Err(Refusal::NotOpen),
            RoundStage::Scheduled => Ok(()),
            _ => Err(Refusal::Closed),
        }
    }
}

impl Engine {
    /// Tells everybody who sits the round; an open sheet has it with its next pulse.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::NotFound`], [`Refusal::NotOpen`], [`Refusal::Closed`]; at the field `words`.
    pub async fn broadcast(&self, caller: &Caller, round: RoundId, typed: &str) -> Result<MessageId> {
        let now = self.now();
        caller.must(Action::SetUpContest)?;
        self.frozen(round).await?.must_be_under_way(now)?;
        let message = Message { id: random::id(now), at: now, words: read_words(typed).map_err(|refusal| Stop::at("words", refusal))? };
        let mut work = self.store.begin().await?;
        work.add_message((round, None), caller.account, &message).await?;
        let detail = serde_json::json!({ "message": message.id }).to_string();
        work.note(now, caller, Deed::Broadcast, &round.to_string(), &detail).await?;
        work.commit().await?;
        self.notify.tell(Change::Messages(round));
        Ok(message.id)
    }

    /// What everybody was told, the newest first.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub async fn messages_sent(&self, caller: &Caller, round: RoundId) -> Result<Vec<SentMessage>> {
        caller.must(Action::SetUpContest)?;
        Ok(self.store.glance().await?.messages_to_everybody(round).await?)
    }

    /// What the owner of this sheet was told, the oldest first: from memory when it is there.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn messages_to(&self, round: RoundId, attempt: AttemptId) -> Result<Vec<Message>> {
        let messages = &self.sittings.messages.0;
        let (known, age) = messages.look(|rounds| rounds.get(&round).cloned());
        let said = if let Some(said) = known {
            said
        } else {
            let said = Arc::new(Said::of(self.store.glance().await?.messages_of(round).await?));
            messages.keep(age, |rounds| {
                rounds.insert(round, Arc::clone(&said));
            });
            said
        };
        Ok(said.to(attempt))
    }

    /// The newest of what the owner of a running sheet was told; nothing where this node does not know the sheet.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn newest_messages(&self, attempt: AttemptId) -> Result<Vec<Message>> {
        let Some(round) = self.sittings.live.round_of(attempt) else { return Ok(Vec::new()) };
        let mut all = self.messages_to(round, attempt).await?;
        Ok(all.split_off(all.len().saturating_sub(NEWEST)))
    }
}
