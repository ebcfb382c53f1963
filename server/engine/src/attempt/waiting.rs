//! The waiting page: when the round opens, and when this person's own start comes.

use super::Entrance;
use crate::{Caller, Engine, Result};
use domain::{
    Millis, Timestamp,
    attempt::{free_spread, ticket},
};

/// What the waiting page says.
#[derive(Debug)]
pub struct Waiting {
    /// What the start page would say.
    pub entrance: Entrance,
    /// When this person's start comes: at the opening, or so little later that nothing is lost.
    pub starts_at: Timestamp,
}

impl Engine {
    /// When the caller's start comes in the round that the start page would mean.
    ///
    /// # Errors
    /// [`domain::Refusal::NotFound`] when the contest has no round that people may know of.
    pub async fn waiting_for(&self, caller: &Caller, slug: &str) -> Result<Waiting> {
        let entrance = self.entrance(caller, slug).await?;
        let frozen = &entrance.frozen;
        let later = entrance.division.map_or(Millis(0), |i| {
            let spread = free_spread(&frozen.timing(&frozen.divisions[i]), &frozen.rules.ranking, self.start_spread);
            let seed = self.secrets.lookup("start ticket", "").try_into().unwrap_or([0; 32]);
            ticket(&seed, caller.account, frozen.round, spread)
        });
        Ok(Waiting { starts_at: frozen.opens_at + later, entrance })
    }
}
