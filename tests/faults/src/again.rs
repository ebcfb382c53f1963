//! What somebody does after the first sheet: presses Start on both devices at once, sits again while the rules allow it, and
//! is refused in the end.

use crate::{
    Failure,
    contestant::{At, Came, Contestant, TRUST},
    history::{Deed, SPENT},
};
use domain::id::AttemptId;
use futures::future::join_all;
use tokio::time::Instant;

/// The devices on which Start is pressed at the same time.
const PRESSED: [usize; 4] = [0, 1, 0, 1];

impl Contestant<'_> {
    /// Starts as often as the rules allow, and once more; a sheet that was left running is only led back to.
    ///
    /// # Errors
    /// When something was never answered, although everything runs again.
    pub(crate) async fn sit_again(&mut self, mut has_ended: bool) -> Result<(), Failure> {
        while let Some(attempt) = self.press_everywhere().await?
            && has_ended
        {
            has_ended = self.sit_once_more(attempt).await?;
        }
        Ok(())
    }

    /// Presses Start several times at once; the sheet to which it leads, or none when there are no attempts left.
    async fn press_everywhere(&mut self) -> Result<Option<AttemptId>, Failure> {
        let since = Instant::now();
        while since.elapsed() < TRUST {
            let deed = Deed::Start { round: self.contest.round };
            let replies = join_all(PRESSED.map(|device| self.ask(device, None, deed.clone()))).await;
            if let Some(attempt) = replies.iter().flatten().find_map(|(reply, _)| reply.location().strip_prefix("/thi/")?.parse().ok()) {
                return Ok(Some(attempt));
            }
            if replies.iter().flatten().any(|(_, said)| said.refusal == SPENT) {
                return Ok(None);
            }
            self.breathe().await;
        }
        Err(format!("{} was neither led to a sheet nor told that there are no attempts left", self.person.account).into())
    }

    /// A short sitting on this sheet; whether it has ended.
    async fn sit_once_more(&mut self, attempt: AttemptId) -> Result<bool, Failure> {
        self.open(attempt).await?;
        let mut at = At { attempt, hold: 0, seq: 0 };
        if !self.claim(0, &mut at).await? {
            return Ok(true);
        }
        let mut device = 0;
        let over = self.step(&mut device, &mut at).await? == Came::Over || self.keep(device, &mut at).await? == Came::Over;
        if !over && self.dice.one_in(3) {
            return Ok(false);
        }
        self.hand_in(device, attempt).await?;
        Ok(true)
    }
}
