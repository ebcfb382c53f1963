//! A simulated contestant: starts, saves, repeats, reorders, takes over, goes offline, hands in, and asks until acknowledged;
//! then starts again ([`again`](crate::again)).

use crate::{
    Failure,
    dice::Dice,
    ground::{Contest, Person},
    history::{Deed, History, Said},
    manner::Manner,
};
use domain::id::AttemptId;
use futures::future::join_all;
use load::{
    form::{Sheet, encode, read_sheet},
    http::{Ask, Reply, Wires},
};
use std::{
    net::SocketAddr,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{
    sync::watch,
    time::{Instant, sleep, timeout},
};

/// Connections that a browser keeps.
const WIRES: usize = 4;
/// A browser's own patience with one request; some faults last longer.
const PATIENCE: Duration = Duration::from_secs(8);
/// A contestant who is not acknowledged for so long after a fault has lost trust.
pub(crate) const TRUST: Duration = Duration::from_secs(90);

/// What the day tells everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// Work.
    On,
    /// The line of those who behave [`Manner::Offline`] is dead; the others work.
    Offline,
    /// Come to an end.
    Ending,
}

/// Somebody at work.
pub struct Contestant<'r> {
    /// Who.
    pub person: Person,
    /// Where everything is written down.
    pub history: &'r History,
    /// How they behave.
    pub manner: Manner,
    /// Which contest.
    pub contest: Contest,
    /// Between two saves.
    pub pace: Duration,
    /// What the day says.
    pub day: watch::Receiver<Day>,
    /// The sheets on which something was acknowledged.
    pub begun: &'r Mutex<Vec<AttemptId>>,
    pub(crate) dice: Dice,
    wires: [Wires; 2],
    page: u32,
    sheet: Sheet,
}

/// Where somebody's sheet stands.
pub(crate) struct At {
    pub attempt: AttemptId,
    pub hold: i64,
    pub seq: i64,
}

/// What came of a save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Came {
    /// Nobody answered, or something is wrong over there.
    Silence,
    /// It is kept, or a newer one is.
    Kept(i64),
    /// Another tab or device has the sheet.
    Taken,
    /// It has ended.
    Over,
}

impl<'r> Contestant<'r> {
    /// Somebody who is about to start.
    pub fn new(
        person: Person,
        (manner, contest, pace): (Manner, Contest, Duration),
        run: (&'r History, &'r Mutex<Vec<AttemptId>>),
        at: (SocketAddr, Dice, watch::Receiver<Day>),
    ) -> Self {
        let (address, dice, day) = at;
        let wires = [Wires::new(address, WIRES), Wires::new(address, WIRES)];
        let sheet = Sheet { hold: String::new(), fields: Vec::new() };
        Self { person, history: run.0, manner, contest, pace, day, begun: run.1, dice, wires, page: 0, sheet }
    }

    /// Starts and opens the sheet; the attempt.
    ///
    /// # Errors
    /// When nothing was acknowledged in all that time.
    pub async fn sit_down(&mut self) -> Result<AttemptId, Failure> {
        let attempt = self.start().await?;
        self.open(attempt).await?;
        Ok(attempt)
    }

    /// The whole sitting; the attempt.
    ///
    /// # Errors
    /// When an acknowledgement never came, although everything runs again.
    pub async fn sit(mut self) -> Result<AttemptId, Failure> {
        let attempt = self.sit_down().await?;
        let mut at = At { attempt, hold: 0, seq: 0 };
        self.claim(0, &mut at).await?;
        let mut counted = false;
        let mut device = 0;
        let mut over = false;
        while !over && *self.day.borrow() != Day::Ending {
            over = self.step(&mut device, &mut at).await? == Came::Over;
            if !counted {
                counted = true;
                self.sheets().push(attempt);
            }
            // Those who send everything twice or thrice stay below what one account may ask in a second, too.
            let single = matches!(self.manner, Manner::Steady | Manner::Anew | Manner::Offline);
            sleep(if single { self.pace } else { 2 * self.pace }).await;
        }
        if !over {
            over = self.keep(device, &mut at).await? == Came::Over;
        }
        let hands_in = over || !self.dice.one_in(3);
        if hands_in {
            self.hand_in(device, attempt).await?;
        }
        self.sit_again(hands_in).await?;
        self.be_nosy(attempt).await;
        Ok(attempt)
    }

    fn sheets(&self) -> MutexGuard<'r, Vec<AttemptId>> {
        self.begun.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tries to read what is none of one's business: another's sheet and receipt, and results before their time.
    async fn be_nosy(&self, own: AttemptId) {
        let other = self.sheets().iter().copied().find(|other| *other != own);
        let slug = self.contest.slug;
        let mut peeks = vec![
            (format!("/ket-qua/{slug}"), false),
            (format!("/ket-qua/{slug}/1"), false),
            (format!("/cuoc-thi/{slug}/truc-tiep/1"), false),
        ];
        if let Some(other) = other {
            peeks.extend(["", "/nop", "/ket-qua", "/nhip"].map(|part| (format!("/thi/{other}{part}"), true)));
        }
        for (path, foreign) in peeks {
            self.ask(0, None, Deed::Peek { path, foreign }).await;
        }
        self.ask(0, Some(own), Deed::Pulse).await;
    }

    /// Asks and writes it into the history; `None`: no answer.
    pub(crate) async fn ask(&self, device: usize, attempt: Option<AttemptId>, deed: Deed) -> Option<(Reply, Said)> {
        let address = attempt.map_or_else(String::new, |id| format!("/thi/{id}"));
        let (path, form, json) = match &deed {
            Deed::Start { round } => (format!("/cuoc-thi/{}/thi", self.contest.slug), Some(format!("round={round}")), false),
            Deed::Open => (address, None, false),
            Deed::Save { hold, seq, fields } => {
                let mut all = vec![("hold".to_owned(), hold.to_string()), ("seq".to_owned(), seq.to_string())];
                all.extend(fields.iter().cloned());
                (address, Some(encode(&all)), true)
            }
            Deed::TakeOver => (address, Some("deed=take-over".to_owned()), true),
            Deed::HandIn => (format!("{address}/nop"), Some(String::new()), true),
            Deed::Pulse => (format!("{address}/nhip"), None, true),
            Deed::Receipt => (format!("{address}/ket-qua"), None, false),
            Deed::Peek { path, .. } => (path.clone(), None, false),
        };
        let own = !matches!(deed, Deed::Peek { .. });
        let call = self.history.send(self.person.account, attempt.filter(|_| own), (deed, self.page));
        let ask = Ask { token: &self.person.tokens[device], path: &path, form: form.as_deref(), json };
        let reply = timeout(PATIENCE, self.wires[device].ask(ask)).await.ok()?.ok()?;
        let body = String::from_utf8_lossy(&reply.body).into_owned();
        let said: Said = if json { serde_json::from_str(&body).unwrap_or_default() } else { Said::of_page(reply.status.as_u16(), &body) };
        let begun = reply.location().strip_prefix("/thi/").and_then(|id| id.parse().ok());
        self.history.hear(call, begun, (reply.status.as_u16(), said.clone(), body));
        Some((reply, said))
    }

    /// A pause before something is tried again, below what one account may ask in a second.
    pub(crate) async fn breathe(&mut self) {
        sleep(Duration::from_millis(self.dice.between(150, 450))).await;
    }

    async fn start(&mut self) -> Result<AttemptId, Failure> {
        let since = Instant::now();
        while since.elapsed() < TRUST {
            let deed = Deed::Start { round: self.contest.round };
            // Some press twice.
            let twice = if self.dice.one_in(3) { 2 } else { 1 };
            let replies = join_all((0..twice).map(|n| self.ask(n, None, deed.clone()))).await;
            for (reply, _) in replies.iter().flatten() {
                if let Some(id) = reply.location().strip_prefix("/thi/").and_then(|id| id.parse().ok()) {
                    return Ok(id);
                }
            }
            self.breathe().await;
        }
        Err(format!("{} could not start", self.person.account).into())
    }

    pub(crate) async fn open(&mut self, attempt: AttemptId) -> Result<(), Failure> {
        let since = Instant::now();
        while since.elapsed() < TRUST {
            let build = self.history.build();
            if let Some((reply, _)) = self.ask(0, Some(attempt), Deed::Open).await
                && reply.status.is_success()
                && let Some(sheet) = read_sheet(&String::from_utf8_lossy(&reply.body))
            {
                (self.sheet, self.page) = (sheet, build);
                return Ok(());
            }
            self.breathe().await;
        }
        Err(format!("the sheet {attempt} could not be opened").into())
    }

    /// Takes the sheet to this device; `false`: it has ended.
    pub(crate) async fn claim(&mut self, device: usize, at: &mut At) -> Result<bool, Failure> {
        let since = Instant::now();
        while since.elapsed() < TRUST {
            if let Some((reply, said)) = self.ask(device, Some(at.attempt), Deed::TakeOver).await {
                if reply.status.is_success() && said.refusal.is_empty() {
                    (at.hold, at.seq) = (said.hold, said.seq.max(at.seq));
                    return Ok(true);
                }
                if matches!(said.refusal.as_str(), "TooLate" | "HandedIn") {
                    return Ok(false);
                }
            }
            self.breathe().await;
        }
        Err(format!("the sheet {} could not be taken over", at.attempt).into())
    }

    pub(crate) fn answers(&mut self) -> Vec<(String, String)> {
        let share = usize::try_from(self.dice.between(1, 8)).unwrap_or(8);
        let turn = usize::try_from(self.dice.below(900)).unwrap_or(0);
        self.sheet.answers((share, 8), turn)
    }

    pub(crate) async fn save(&self, device: usize, at: &At, (seq, fields): (i64, &[(String, String)])) -> Came {
        let deed = Deed::Save { hold: at.hold, seq, fields: fields.to_vec() };
        match self.ask(device, Some(at.attempt), deed).await {
            Some((reply, said)) if reply.status.is_success() && said.refusal.is_empty() => Came::Kept(said.seq),
            Some((_, said)) => match said.refusal.as_str() {
                "TakenOver" | "SaveConflict" => Came::Taken,
                "HandedIn" | "TooLate" => Came::Over,
                _ => Came::Silence,
            },
            None => Came::Silence,
        }
    }

    /// One save that is sent until it is acknowledged.
    pub(crate) async fn keep(&mut self, device: usize, at: &mut At) -> Result<Came, Failure> {
        let since = Instant::now();
        let fields = self.answers();
        at.seq += 1;
        while since.elapsed() < TRUST {
            match self.save(device, at, (at.seq, &fields)).await {
                Came::Kept(seq) if seq > at.seq => at.seq = seq + 1,
                Came::Taken => {
                    if !self.claim(device, at).await? {
                        return Ok(Came::Over);
                    }
                    at.seq += 1;
                }
                Came::Silence => {
                    if self.manner == Manner::Anew {
                        at.seq += 1;
                    }
                    self.breathe().await;
                }
                came => return Ok(came),
            }
        }
        Err(format!("a save of {} was never acknowledged", at.attempt).into())
    }

    /// Hands in, some twice at the same time, and looks at the receipt.
    pub(crate) async fn hand_in(&mut self, device: usize, attempt: AttemptId) -> Result<(), Failure> {
        let since = Instant::now();
        while since.elapsed() < TRUST {
            let twice = if self.dice.one_in(3) { 2 } else { 1 };
            let replies = join_all((0..twice).map(|_| self.ask(device, Some(attempt), Deed::HandIn))).await;
            if replies.iter().flatten().any(|(reply, said)| reply.status.is_success() && !said.receipt.is_empty()) {
                self.ask(device, Some(attempt), Deed::Receipt).await;
                return Ok(());
            }
            self.breathe().await;
        }
        Err(format!("{attempt} could not be handed in").into())
    }
}
