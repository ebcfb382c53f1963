//! One person's way through a sitting, over the real pages and the island's door.

use crate::{
    form::{Sheet, encode, read_sheet},
    ground::{Contest, PASSWORD, Person},
    http::{Ask, Failure, Reply, Wires},
    tally::Tally,
};
use domain::id::AttemptId;
use http::{StatusCode, header};
use serde::Deserialize;
use tokio::time::Instant;

/// What people and their measurements share.
pub struct Scene<'s> {
    /// The connections.
    pub wires: &'s Wires,
    /// Where measurements go.
    pub tally: &'s Tally,
    /// The contest.
    pub contest: &'s Contest,
}

/// An open sheet in somebody's browser.
#[derive(Debug, Clone)]
pub struct Open {
    /// The attempt.
    pub attempt: AttemptId,
    sheet: Sheet,
    seq: u32,
}

/// What the island is told.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Said {
    seq: u32,
    at: i64,
    running: bool,
    receipt: String,
    refusal: String,
}

impl Scene<'_> {
    /// Asks, measures from the intended moment, and notes what went wrong.
    async fn step<T>(
        &self,
        (step, intended): (&'static str, Instant),
        ask: Ask<'_>,
        read: impl FnOnce(Reply) -> Result<T, Failure>,
    ) -> Option<T> {
        let answer = self.wires.ask(ask).await;
        self.tally.took(step, intended.elapsed());
        match answer.and_then(read) {
            Ok(read) => Some(read),
            Err(why) => {
                self.tally.failed(step, &why);
                None
            }
        }
    }

    /// Signs in by password; the token of the new session.
    pub async fn sign_in(&self, person: &Person, intended: Instant) -> Option<String> {
        let form = encode(&[("login".to_owned(), person.login.clone()), ("password".to_owned(), PASSWORD.to_owned())]);
        let ask = Ask { token: "", path: "/dang-nhap", form: Some(&form), json: false };
        self.step(("sign_in", intended), ask, |reply| {
            must(reply.status == StatusCode::SEE_OTHER, &reply)?;
            let cookie = reply.headers.get(header::SET_COOKIE).and_then(|value| value.to_str().ok()).ok_or("no cookie")?;
            let token = cookie.split(';').next().and_then(|pair| pair.strip_prefix("cchc=")).ok_or("another cookie")?;
            Ok(token.to_owned())
        })
        .await
    }

    /// Opens the contest's page.
    pub async fn contest_page(&self, person: &Person, intended: Instant) -> Option<()> {
        let path = format!("/cuoc-thi/{}", self.contest.slug);
        self.step(("contest", intended), get(&person.token, &path), |reply| {
            must(reply.status == StatusCode::OK && reply.text()?.contains("/tham-gia") | reply.text()?.contains("/thi"), &reply)
        })
        .await
    }

    /// Presses "Bắt đầu".
    pub async fn start(&self, person: &Person, intended: Instant) -> Option<AttemptId> {
        let path = format!("/cuoc-thi/{}/thi", self.contest.slug);
        let form = format!("round={}", self.contest.round);
        let ask = Ask { token: &person.token, path: &path, form: Some(&form), json: false };
        let attempt = self
            .step(("start", intended), ask, |reply| {
                must(reply.status == StatusCode::SEE_OTHER, &reply)?;
                Ok(reply.location().strip_prefix("/thi/").ok_or("it leads elsewhere")?.parse::<AttemptId>()?)
            })
            .await?;
        self.tally.started(attempt);
        Some(attempt)
    }

    /// Opens the sheet.
    pub async fn sheet(&self, person: &Person, attempt: AttemptId, intended: Instant) -> Option<Open> {
        let path = format!("/thi/{attempt}");
        self.step(("sheet", intended), get(&person.token, &path), |reply| {
            must(reply.status == StatusCode::OK, &reply)?;
            let sheet = read_sheet(reply.text()?).ok_or("a page without a sheet")?;
            Ok(Open { attempt, sheet, seq: 0 })
        })
        .await
    }

    /// Saves the first `share` of the sheet as the island does; counted only when it is acknowledged.
    pub async fn save(&self, person: &Person, open: &mut Open, share: (usize, usize), intended: Instant) -> Option<()> {
        open.seq += 1;
        let seq = open.seq;
        let turn = usize::from(person.account.0.as_bytes()[15]) + seq as usize;
        let answers = open.sheet.answers(share, turn);
        let mut fields = vec![("hold".to_owned(), open.sheet.hold.clone()), ("seq".to_owned(), seq.to_string())];
        fields.extend(answers.iter().cloned());
        let (path, form) = (format!("/thi/{}", open.attempt), encode(&fields));
        let ask = Ask { token: &person.token, path: &path, form: Some(&form), json: true };
        let kept = self
            .step(("save", intended), ask, |reply| {
                must(reply.status == StatusCode::OK, &reply)?;
                let said: Said = serde_json::from_slice(&reply.body)?;
                if said.seq != seq || said.at == 0 || !said.refusal.is_empty() {
                    return Err(format!("save {seq} was answered with {said:?}").into());
                }
                Ok(())
            })
            .await;
        match kept {
            Some(()) => self.tally.saved(open.attempt, answers),
            None => self.tally.sent_in_vain(open.attempt, answers),
        }
        kept
    }

    /// The pulse of an open sheet.
    pub async fn pulse(&self, person: &Person, open: &Open, intended: Instant) -> Option<()> {
        let path = format!("/thi/{}/nhip", open.attempt);
        let ask = Ask { json: true, ..get(&person.token, &path) };
        self.step(("pulse", intended), ask, |reply| {
            must(reply.status == StatusCode::OK, &reply)?;
            let said: Said = serde_json::from_slice(&reply.body)?;
            if said.running { Ok(()) } else { Err("the sheet does not run".into()) }
        })
        .await
    }

    /// Hands in.
    pub async fn hand_in(&self, person: &Person, open: &Open, intended: Instant) -> Option<String> {
        let path = format!("/thi/{}/nop", open.attempt);
        let ask = Ask { token: &person.token, path: &path, form: Some(""), json: true };
        let receipt = self
            .step(("hand_in", intended), ask, |reply| {
                must(reply.status == StatusCode::OK, &reply)?;
                let said: Said = serde_json::from_slice(&reply.body)?;
                if said.receipt.is_empty() { Err(format!("no receipt: {said:?}").into()) } else { Ok(said.receipt) }
            })
            .await?;
        self.tally.handed_in(open.attempt, receipt.clone());
        Some(receipt)
    }

    /// Opens the page of the receipt.
    pub async fn result(&self, person: &Person, open: &Open, receipt: &str, intended: Instant) -> Option<()> {
        let path = format!("/thi/{}/ket-qua", open.attempt);
        self.step(("result", intended), get(&person.token, &path), |reply| {
            must(reply.status == StatusCode::OK, &reply)?;
            if reply.text()?.contains(receipt) { Ok(()) } else { Err("the receipt is not on its page".into()) }
        })
        .await
    }

    /// A whole sitting: contest page, start, sheet, three saves, hand-in, result.
    pub async fn sit(&self, person: &Person) -> Option<()> {
        self.contest_page(person, Instant::now()).await?;
        let attempt = self.start(person, Instant::now()).await?;
        let mut open = self.sheet(person, attempt, Instant::now()).await?;
        for share in 1..=3 {
            self.save(person, &mut open, (share, 3), Instant::now()).await?;
        }
        let receipt = self.hand_in(person, &open, Instant::now()).await?;
        self.result(person, &open, &receipt, Instant::now()).await
    }
}

fn get<'a>(token: &'a str, path: &'a str) -> Ask<'a> {
    Ask { token, path, form: None, json: false }
}

/// An answer that is not what it should be is an error, with the beginning of what it said.
fn must(right: bool, reply: &Reply) -> Result<(), Failure> {
    if right {
        return Ok(());
    }
    let words: String = String::from_utf8_lossy(&reply.body).chars().take(200).collect();
    Err(format!("{} {} {words}", reply.status, reply.location()).into())
}
