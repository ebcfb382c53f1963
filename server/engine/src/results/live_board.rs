//! The live board of a round: people who have taken part, unit by unit, while the rules allow it.

use crate::{Engine, Result, contest::RoundPage};
use domain::{
    Millis, Refusal, Timestamp,
    contest::RoundState,
    id::RoundId,
    results::{Matter, Moment, Openness, Viewer, may_see},
};
use std::{collections::HashMap, sync::Arc};
use tokio::sync::Mutex;

/// A board is counted at most so often, however many people look at it.
const COUNTED_EVERY: Millis = Millis::seconds(10);

/// The board of a round as it was counted a few seconds ago.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveBoard {
    /// The contest's title.
    pub contest: String,
    /// The round's label.
    pub round: String,
    /// When the round closes.
    pub closes_at: Timestamp,
    /// When it was counted.
    pub at: Timestamp,
    /// Everything in it is simulated.
    pub simulated: bool,
    /// Competing units and the people who have taken part from each.
    pub units: Vec<(String, i64)>,
}

/// Boards counted in the last seconds.
#[derive(Default)]
pub struct LiveBoards(Mutex<HashMap<RoundId, Arc<LiveBoard>>>);

impl RoundPage {
    /// Whether everybody may see its live board at this moment: it is open, its rules ask for one, and nothing is predicted.
    pub fn has_live_board(&self, now: Timestamp) -> bool {
        let moment = match self.state(now) {
            RoundState::Open => Moment::Open,
            RoundState::Published => Moment::Published,
            _ => Moment::Closed,
        };
        let rules = Openness {
            prediction: self.divisions.iter().any(|division| division.prediction.is_some()),
            live_board: self.rules.live_board,
            top_places: self.rules.public_places > 0,
            lower_units: self.rules.lowest_units_public,
        };
        may_see(Matter::LiveBoard, Viewer::Public, moment, rules)
    }
}

impl Engine {
    /// Units and the people who have taken part so far, where the rules allow it and no prediction is open.
    ///
    /// Nobody who answers waits for it: it is read from a snapshot, and counted by one asker for all of them.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] in every other case, so that nothing tells a hidden board from none.
    pub async fn live_board(&self, slug: &str, position: i64) -> Result<Arc<LiveBoard>> {
        let now = self.now();
        let contest = self.contest_page(slug).await?;
        let round = contest.rounds.iter().find(|round| round.position == position && round.has_live_board(now));
        let round = round.ok_or(Refusal::NotFound)?;
        // Held while counting: whoever comes meanwhile waits for this count instead of beginning another.
        let mut boards = self.live_boards.0.lock().await;
        if let Some(board) = boards.get(&round.id).filter(|board| board.at <= now && now - board.at < COUNTED_EVERY) {
            return Ok(board.clone());
        }
        boards.retain(|_, board| now < board.closes_at);
        let board = Arc::new(LiveBoard {
            contest: contest.title.clone(),
            round: round.label.clone(),
            closes_at: round.window.closes,
            at: now,
            simulated: contest.simulated,
            units: self.store.glance().await?.people_by_unit(round.id).await?,
        });
        boards.insert(round.id, board.clone());
        Ok(board)
    }
}
