//! Two organisers at their desk: they pause, resume and give time through the server, as on the day.

use crate::{Failure, run::Run};
use domain::{Timestamp, contest::ChangeState, id::RoundId};
use load::{
    form::encode,
    http::{Ask, Wires},
};
use std::net::SocketAddr;

/// Why they do it.
const REASON: &str = "Mất điện ở nhiều xã";

/// The desk of a round.
pub struct Desk<'r> {
    run: &'r Run,
    round: RoundId,
    wires: Wires,
    tokens: [String; 2],
}

impl<'r> Desk<'r> {
    /// Both are signed in and ask this address.
    ///
    /// # Errors
    /// When they cannot be.
    pub async fn open(run: &'r Run, round: RoundId, at: SocketAddr) -> Result<Self, Failure> {
        let [one, two] = &run.ground.organisers;
        let tokens = [run.ground.session(one.account).await?, run.ground.session(two.account).await?];
        Ok(Self { run, round, wires: Wires::new(at, 2), tokens })
    }

    /// One pauses the round.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn pause(&self) -> Result<(), Failure> {
        self.send(0, "trong-gio-thi", &[("deed", "pause".to_owned()), ("reason", REASON.to_owned())]).await
    }

    /// One proposes that the round goes on, the other agrees.
    ///
    /// # Errors
    /// When one of it is refused.
    pub async fn resume(&self) -> Result<(), Failure> {
        self.send(0, "trong-gio-thi", &[("deed", "resume".to_owned()), ("reason", REASON.to_owned())]).await?;
        self.agree("trong-gio-thi").await
    }

    /// So many minutes more for everybody of the one unit: proposed and agreed.
    ///
    /// # Errors
    /// When one of it is refused.
    pub async fn give_minutes(&self, minutes: u8) -> Result<(), Failure> {
        let form = [
            ("deed", "grant".to_owned()),
            ("what", "time".to_owned()),
            ("minutes", minutes.to_string()),
            ("unit", self.run.ground.unit.to_string()),
            ("reason", REASON.to_owned()),
        ];
        self.send(0, "trong-gio-thi", &form).await?;
        self.agree("trong-gio-thi").await
    }

    /// The round closes later: proposed and agreed.
    ///
    /// # Errors
    /// When one of it is refused.
    pub async fn close_later(&self, closes_at: Timestamp) -> Result<(), Failure> {
        let form = [("what", "extend_close".to_owned()), ("closes_at", closes_at.short()), ("reason", REASON.to_owned())];
        self.send(0, "thay-doi", &form).await?;
        self.agree("thay-doi").await
    }

    /// The second one agrees to what waits.
    async fn agree(&self, page: &str) -> Result<(), Failure> {
        let ground = &self.run.ground;
        let changes = ground.engine.changes_of(&ground.organisers[1], self.round).await?;
        let waiting = changes.iter().find(|change| change.state == ChangeState::Proposed);
        let change = waiting.ok_or("nothing waits for the second organiser")?;
        self.send(1, page, &[("deed", "agree".to_owned()), ("change", change.id.to_string())]).await
    }

    async fn send(&self, who: usize, page: &str, form: &[(&str, String)]) -> Result<(), Failure> {
        let form: Vec<_> = form.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        let (form, path) = (encode(&form), format!("/quan-tri/dot/{}/{page}", self.round));
        let sent = self.run.history.now();
        let reply = self.wires.ask(Ask { token: &self.tokens[who], path: &path, form: Some(&form), json: false }).await?;
        self.run.ground.organisers_pressed(sent, self.run.history.now());
        if reply.status.is_redirection() { Ok(()) } else { Err(format!("{path} answered {}", reply.status).into()) }
    }
}
