//! What open sheets are told beside their answers: the organisers' messages; and what is noticed of the sheets.

use super::wire::{Said, Told};
use crate::{door::Ask, problem};
use domain::id::AttemptId;
use engine::{Engine, Stop, attempt::Message};
use leptos::prelude::*;

/// Puts the newest messages into what the sheet is told, and notices that it was heard, saved, or met a fault.
pub async fn with_messages(ask: &Ask, said: engine::Result<Said>) -> engine::Result<Said> {
    let Ok(attempt) = ask.param_id::<AttemptId>("attempt") else { return said };
    let mut said = noticed(ask, attempt, said)?;
    if said.running {
        match ask.engine.newest_messages(attempt).await {
            Ok(newest) => said.messages = newest.into_iter().map(Told::from).collect(),
            // What was saved is saved: the next pulse brings the messages.
            Err(stop) => {
                problem::log(&stop);
            }
        }
    }
    Ok(said)
}

/// Notices what became of a request of this sheet.
pub fn noticed(ask: &Ask, attempt: AttemptId, said: engine::Result<Said>) -> engine::Result<Said> {
    match &said {
        Ok(said) if said.at > 0 => ask.engine.saved_sheet(attempt),
        Ok(said) if said.running => ask.engine.heard_sheet(attempt),
        Ok(_) | Err(_) => {}
    }
    counted(&ask.engine, attempt, said)
}

/// Counts the fault that a request of this sheet met, if it met one; a refusal is none.
pub fn counted<T>(engine: &Engine, attempt: AttemptId, came: engine::Result<T>) -> engine::Result<T> {
    if let Err(Stop::Fault(_)) = &came {
        engine.broken_sheet(attempt);
    }
    came
}

impl From<Message> for Told {
    fn from(message: Message) -> Self {
        Self { id: message.id.to_string(), at: message.at.0, words: message.words }
    }
}

/// The messages on the sheet; the island adds those that come, so the list stands there empty too.
pub fn messages(messages: &[Message]) -> AnyView {
    let lines = messages
        .iter()
        .map(|message| {
            view! { <li id=format!("tin-{}", message.id)><b>{message.at.second()}</b> " " <span>{message.words.clone()}</span></li> }
        })
        .collect_view();
    view! { <ol class="messages" id="loi-nhan" aria-label="Lời nhắn của Ban Tổ chức" aria-live="polite" tabindex="-1">{lines}</ol> }
        .into_any()
}
