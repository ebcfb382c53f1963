//! How people behave towards the server: one after the other, twice, out of order, on two devices, offline.

use crate::{
    Failure,
    contestant::{At, Came, Contestant, Day},
    history::Deed,
};
use futures::future::join_all;
use std::time::Duration;
use tokio::time::sleep;

/// How somebody behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// One save after the other; what was not acknowledged is sent again as it was.
    Steady,
    /// As our own page does it: what was not acknowledged is sent anew under the next number.
    Anew,
    /// Everything twice at the same time, and old requests once more later.
    Repeating,
    /// The next save overtakes the one before.
    Reordering,
    /// Two devices that take the sheet from each other, in mid-save.
    TwoDevices,
    /// Two tabs that think they have the same sheet and use the same numbers.
    TwoTabs,
    /// Works on while the line is dead, then sends everything at once, the newest first.
    Offline,
}

impl Manner {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Steady, Self::Anew, Self::Repeating, Self::Reordering, Self::TwoDevices, Self::TwoTabs, Self::Offline];
}

impl Contestant<'_> {
    /// One save in one's own manner, until it is acknowledged.
    pub(crate) async fn step(&mut self, device: &mut usize, at: &mut At) -> Result<Came, Failure> {
        match self.manner {
            Manner::Repeating => {
                let (next, fields) = (at.seq + 1, self.answers());
                let (one, two) = tokio::join!(self.save(*device, at, (next, &fields)), self.save(*device, at, (next, &fields)));
                if one == Came::Kept(next) || two == Came::Kept(next) {
                    at.seq = next;
                    if self.dice.one_in(3) {
                        self.save(*device, at, (next, &fields)).await;
                    }
                    return Ok(Came::Kept(next));
                }
                // It may be there under this number, so what follows takes the next one.
                at.seq = next;
            }
            Manner::Reordering => {
                let (first, second) = (self.answers(), self.answers());
                let next = at.seq + 1;
                let (two, one) = tokio::join!(self.save(*device, at, (next + 1, &second)), async {
                    sleep(Duration::from_millis(3)).await;
                    self.save(*device, at, (next, &first)).await
                });
                at.seq = next + 1;
                if one == Came::Over || two == Came::Over {
                    return Ok(Came::Over);
                }
            }
            Manner::TwoDevices if self.dice.one_in(3) => {
                let other = 1 - *device;
                let (next, fields) = (at.seq + 1, self.answers());
                let before = At { attempt: at.attempt, hold: at.hold, seq: at.seq };
                let (_, claimed) =
                    tokio::join!(self.save(*device, &before, (next, &fields)), self.ask(other, Some(before.attempt), Deed::TakeOver));
                if let Some((reply, said)) = claimed
                    && reply.status.is_success()
                {
                    // The device that lost it speaks once more, and is told.
                    self.save(*device, &before, (next + 1, &fields)).await;
                    (at.hold, *device) = (said.hold, other);
                }
                at.seq = next + 1;
            }
            Manner::TwoTabs if self.dice.one_in(2) => {
                let (here, there) = (self.answers(), self.answers());
                let next = at.seq + 1;
                tokio::join!(self.save(0, at, (next, &here)), self.save(1, at, (next, &there)));
                at.seq = next;
            }
            Manner::Offline if *self.day.borrow() == Day::Offline => return self.burst(*device, at).await,
            _ => {}
        }
        self.keep(*device, at).await
    }

    /// Works on without a line, then sends everything at once, the newest first.
    async fn burst(&mut self, device: usize, at: &mut At) -> Result<Came, Failure> {
        let mut waiting = Vec::new();
        while *self.day.borrow() == Day::Offline {
            if waiting.len() < 8 {
                at.seq += 1;
                waiting.push((at.seq, self.answers()));
            }
            sleep(self.pace).await;
        }
        let came = join_all(waiting.iter().rev().map(|(seq, fields)| self.save(device, at, (*seq, fields)))).await;
        if came.contains(&Came::Over) { Ok(Came::Over) } else { self.keep(device, at).await }
    }
}
