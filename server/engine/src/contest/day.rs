//! Running the day: one organiser pauses a round at once; resuming it, and what people or units are granted beyond the
//! rules, is proposed by one and decided by another. Each decision has its minutes (biên bản sự cố).

use super::{
    change::ProposedChange,
    schedule::reason_given,
    store::{GrantRow, PauseRow},
};
use crate::{Caller, Engine, Fault, Result, Stop, notify::Change, store::Work};
use domain::{
    Refusal, Timestamp,
    attempt::GRACE,
    contest::{ChangeState, Grant, GrantForm, Grantee, Meant, Pause, RoundChange, RoundStage, RoundState},
    id::{AccountId, ChangeId, ContestId, RoundId, UnitId},
    identity::{Action, Deed, login_key},
};

/// A pause of a round, as organisers read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastPause {
    /// Since when.
    pub began_at: Timestamp,
    /// Who paused the round.
    pub began_by: String,
    /// Why.
    pub reason: String,
    /// Until when; none: it is on.
    pub ended_at: Option<Timestamp>,
}

/// The minutes of an agreed change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Minutes {
    /// The contest.
    pub contest: String,
    /// Đơn vị chủ trì.
    pub host: String,
    /// The round.
    pub round: String,
    /// What was proposed and agreed, by whom, when and why.
    pub change: ProposedChange,
    /// How many running sheets it gave time to; none: it concerns no sheet.
    pub sheets: Option<i64>,
    /// The pause that it ended.
    pub pause: Option<PastPause>,
    /// How many sheets of the round came too late to count; told from the review on.
    pub late: Option<i64>,
}

impl From<PauseRow> for PastPause {
    fn from(row: PauseRow) -> Self {
        Self { began_at: row.began_at, began_by: row.began_by, reason: row.reason, ended_at: row.ended_at }
    }
}

impl Engine {
    /// Pauses a round at once, over all its sheets: one organiser is enough, with a reason.
    ///
    /// # Errors
    /// [`Refusal::ReasonNeeded`] at `reason`; [`Refusal::AlreadyDone`]; [`Refusal::WrongOrder`] when it has not opened, or has
    /// closed and no sheet runs any more.
    pub async fn pause_round(&self, caller: &Caller, round: RoundId, reason: &str) -> Result<()> {
        caller.must(Action::SetUpContest)?;
        let now = self.now();
        let reason = reason_given(reason)?;
        let mut work = self.store.begin().await?;
        let known = work.round(round, now).await?;
        if known.pause.is_on() {
            return Err(Refusal::AlreadyDone.into());
        }
        let goes_on = match known.state {
            RoundState::Open => true,
            RoundState::Closed => work.unended(round).await? > 0,
            _ => false,
        };
        if !goes_on || work.pause_round(round, now).await? == 0 {
            return Err(Refusal::WrongOrder.into());
        }
        work.add_pause(round, now, caller.account, &reason).await?;
        let detail = serde_json::json!({ "reason": reason }).to_string();
        work.note(now, caller, Deed::PauseRound, &round.to_string(), &detail).await?;
        work.commit().await?;
        self.notify.tell(Change::Round(round));
        self.notify.tell(Change::Contest(known.contest));
        Ok(())
    }

    /// Proposes that the paused round goes on; it does when a second person agrees.
    ///
    /// # Errors
    /// [`Refusal::ReasonNeeded`] at `reason`; [`Refusal::WrongOrder`] when it is not paused.
    pub async fn propose_resume(&self, caller: &Caller, round: RoundId, reason: &str) -> Result<ChangeId> {
        caller.must(Action::SetUpContest)?;
        let known = self.store.glance().await?.round(round, self.now()).await?;
        let since = known.pause.since.ok_or(Refusal::WrongOrder)?;
        self.propose_change(caller, round, &RoundChange::Resume { since }, reason).await
    }

    /// Proposes to grant something to a person, typed by login or mã dự thi, or to a unit.
    ///
    /// # Errors
    /// At the fields, [`Refusal::EntrantUnknown`] at `person` and [`Refusal::ReasonNeeded`] at `reason` among them; what
    /// [`Engine::propose_change`] refuses.
    pub async fn propose_grant(&self, caller: &Caller, round: RoundId, form: &GrantForm, reason: &str) -> Result<ChangeId> {
        caller.must(Action::SetUpContest)?;
        let (meant, grant) = match (form.read(), reason_given(reason)) {
            (Ok(read), Ok(_)) => read,
            (Ok(_), Err(stop)) => return Err(stop),
            (Err(mut refused), Err(Stop::AtFields(more))) => {
                refused.extend(more);
                return Err(Stop::AtFields(refused));
            }
            (Err(refused), _) => return Err(Stop::AtFields(refused)),
        };
        let mut work = self.store.glance().await?;
        let contest = work.round(round, self.now()).await?.contest;
        let to = match meant {
            Meant::Unit(unit) => Grantee::Unit(unit),
            Meant::Person(typed) => {
                let known = work.entrant_called(contest, &login_key(&typed), &typed.to_uppercase()).await?;
                Grantee::Person(known.ok_or_else(|| Stop::at("person", Refusal::EntrantUnknown))?)
            }
        };
        drop(work);
        self.propose_change(caller, round, &RoundChange::Grant { to, grant }, reason).await
    }

    /// The pauses of a round, newest first.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub async fn pauses_of(&self, caller: &Caller, round: RoundId) -> Result<Vec<PastPause>> {
        caller.must(Action::SetUpContest)?;
        Ok(self.store.glance().await?.pauses_of(round).await?.into_iter().map(PastPause::from).collect())
    }

    /// The minutes of a change of this round that holds.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`]; [`Refusal::NotFound`] when it is none of the round, or was not agreed.
    pub async fn minutes_of(&self, caller: &Caller, round: RoundId, change: ChangeId) -> Result<Minutes> {
        caller.must(Action::SetUpContest)?;
        let now = self.now();
        let mut work = self.store.read().await?;
        let row = work.change_row(change).await?.filter(|row| row.round_id == round && row.state == ChangeState::Done);
        let row = row.ok_or(Refusal::NotFound)?;
        let known = work.round(round, now).await?;
        let contest = work.contest_row(known.contest).await?.ok_or(Refusal::NotFound)?;
        let pause = work.pauses_of(round).await?.into_iter().find(|pause| pause.resumed_with == Some(change));
        let sheets = match &pause {
            Some(pause) => Some(pause.sheets),
            None => work.sheets_granted(change).await?,
        };
        let judged = matches!(known.stage, RoundStage::Review | RoundStage::Ranked | RoundStage::Submitted | RoundStage::Published);
        let late = if judged { Some(work.count_late(round).await?) } else { None };
        Ok(Minutes {
            contest: contest.title,
            host: contest.host,
            round: known.settings.label,
            change: work.proposed(row, known.contest, caller).await?,
            sheets,
            pause: pause.map(PastPause::from),
            late,
        })
    }
}

impl Work {
    /// Refuses a person who has not entered the contest, and a unit that there is not.
    pub(super) async fn check_grantee(&mut self, contest: ContestId, to: Grantee) -> Result<()> {
        match to {
            Grantee::Person(account) => self.entrant(contest, account).await?.map(drop).ok_or(Refusal::EntrantUnknown.into()),
            Grantee::Unit(unit) => self.unit_name(unit).await?.map(drop).ok_or(Refusal::UnitUnknown.into()),
        }
    }

    /// "Nguyễn Thị Lan, mã dự thi K7P4MX, Sở Nội vụ": for organisers only.
    pub(super) async fn concerned(&mut self, contest: ContestId, what: &RoundChange) -> Result<Option<String>> {
        match what {
            RoundChange::Grant { to: Grantee::Person(account), .. } => {
                let known = self.entrant(contest, *account).await?;
                Ok(known.map(|(name, code, unit)| {
                    let unit = unit.map_or_else(String::new, |unit| format!(", {unit}"));
                    format!("{name}, mã dự thi {code}{unit}")
                }))
            }
            what => match what.unit() {
                Some(unit) => Ok(self.unit_name(unit).await?),
                None => Ok(None),
            },
        }
    }

    /// Grants it, and moves the deadlines of the sheets that run.
    pub(super) async fn apply_grant(
        &mut self,
        (round, pause): (RoundId, Pause),
        change: ChangeId,
        (to, grant): (Grantee, Grant),
        now: Timestamp,
    ) -> Result<u64> {
        let (account, unit): (Option<AccountId>, Option<UnitId>) = match to {
            Grantee::Person(account) => (Some(account), None),
            Grantee::Unit(unit) => (None, Some(unit)),
        };
        let given = grant.gives();
        let sheets = if let Grant::Time(extra) = grant {
            // A sheet whose grace is over stays over, and one that a pause holds is not over.
            let still = pause.since.map_or(now - GRACE, |since| (now - GRACE).min(since + domain::Millis(1)));
            self.extend_sheets(round, (account, unit), extra, still).await?
        } else {
            0
        };
        let row = GrantRow {
            change,
            round,
            account,
            unit,
            extra: given.extra,
            start_until: given.start_until,
            attempts: given.attempts.into(),
            sheets: count(sheets)?,
        };
        Ok(self.add_grant(&row).await?)
    }

    /// Ends the pause: every deadline that it held, and the close, move by exactly its length.
    pub(super) async fn apply_resume(&mut self, round: RoundId, change: ChangeId, since: Timestamp, now: Timestamp) -> Result<u64> {
        let resumed = self.resume_round(round, since, now).await?;
        if resumed > 0 {
            let sheets = self.resume_sheets(round, since, now).await?;
            self.end_pause((round, since), now, (change, count(sheets)?)).await?;
        }
        Ok(resumed)
    }
}

fn count(sheets: u64) -> Result<i64, Fault> {
    i64::try_from(sheets).map_err(|error| Fault::Unreadable("number of sheets", Box::new(error)))
}
