//! Roster import: a dry run first, then everything in one unit of work.
//!
//! The dry run says what the file would do. Accepting names the file by its hash and what was shown
//! by its mark: another file, or a roster that changed meanwhile, is refused and nothing is written.

use super::{roster_sheet, store::ListedRow};
use crate::{
    Caller, Engine, Fault, Result, Stop, random,
    store::{StoreError, Work},
};
use domain::{
    Millis, Refusal, Timestamp,
    id::{AccountId, UnitId},
    identity::{
        Action, Block, Deed, Unit, UnitKind,
        roster::{Known, KnownPerson, PersonRow, Plan, Reading, Step, UnitRow, plan, read},
    },
    vietnamese::order_key,
};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use tokio::sync::Semaphore;

/// A tried file waits so long to be accepted.
pub(super) const KEPT: Millis = Millis::hours(1);

/// A dry run: what accepting the file would do.
#[derive(Debug, Clone)]
pub struct Trial {
    /// The file's name, as it was uploaded.
    pub name: String,
    /// SHA-256 of the file's bytes, in hexadecimal.
    pub hash: String,
    /// A mark of everything shown: it differs when the plan differs.
    pub mark: String,
    /// What would be added and changed, and what is wrong.
    pub plan: Plan,
}

/// What an accepted roster did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Imported {
    /// New units.
    pub units_added: usize,
    /// Changed units.
    pub units_changed: usize,
    /// New people.
    pub people_added: usize,
    /// Changed people.
    pub people_changed: usize,
}

impl Engine {
    /// Tries a file: reads it, compares it, tells what it would do. The roster stays as it is.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`]; at `file`: [`Refusal::Required`], [`Refusal::TooLarge`] or [`Refusal::UnreadableSheet`].
    pub async fn try_roster(&self, caller: &Caller, name: &str, bytes: Vec<u8>) -> Result<Trial> {
        caller.must(Action::ManagePeople)?;
        let now = self.now();
        let name: String = domain::vietnamese::tidy(name).chars().take(120).collect();
        let hash: [u8; 32] = Sha256::digest(&bytes).into();
        let reading = read_file(bytes.clone(), now).await?;
        let trial = self.compare(name, &hash, reading, now).await?;
        let mut work = self.store.begin().await?;
        work.forget_rosters_before(now - KEPT).await?;
        work.keep_roster(&hash, caller.account, &trial.name, &bytes, now).await?;
        work.commit().await?;
        Ok(trial)
    }

    /// The dry run of a file that the caller tried within the last hour, against the roster as it is now.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::NotFound`].
    pub async fn roster_trial(&self, caller: &Caller, hash: &str) -> Result<Trial> {
        caller.must(Action::ManagePeople)?;
        let now = self.now();
        let hash = read_hash(hash)?;
        let draft = self.store.glance().await?.kept_roster(&hash, caller.account, now - KEPT).await?.ok_or(Refusal::NotFound)?;
        let reading = read_file(draft.bytes, now).await?;
        self.compare(draft.name, &hash, reading, now).await
    }

    /// Accepts a tried file: all of it, in one unit of work.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`]; [`Refusal::NotFound`] when it was not tried or too long ago;
    /// [`Refusal::ChangedMeanwhile`] when it would do something else than was shown;
    /// [`Refusal::RosterFaulty`] or [`Refusal::RosterUnchanged`] when there is nothing to accept.
    pub async fn import_roster(&self, caller: &Caller, hash: &str, mark: &str) -> Result<Imported> {
        let trial = self.roster_trial(caller, hash).await?;
        let now = self.now();
        let mut work = self.store.begin().await?;
        // Whoever deletes it carries it out: a double submit finds nothing.
        if work.drop_roster(&read_hash(hash)?, caller.account).await? == 0 {
            return Err(Refusal::AlreadyDone.into());
        }
        let imported = carry_out(&mut work, now, Some(caller.account), &trial, mark).await?;
        work.commit().await?;
        self.forget_units();
        Ok(imported)
    }

    /// Forgets a tried file that the caller does not want.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::NotFound`].
    pub async fn discard_roster(&self, caller: &Caller, hash: &str) -> Result<()> {
        caller.must(Action::ManagePeople)?;
        let mut work = self.store.begin().await?;
        work.drop_roster(&read_hash(hash)?, caller.account).await?;
        work.commit().await?;
        Ok(())
    }

    /// Tries a file at the server's console.
    ///
    /// # Errors
    /// As [`Self::try_roster`], but for the permission.
    pub async fn try_roster_at_console(&self, name: &str, bytes: Vec<u8>) -> Result<Trial> {
        let now = self.now();
        let hash: [u8; 32] = Sha256::digest(&bytes).into();
        let reading = read_file(bytes, now).await?;
        self.compare(name.to_owned(), &hash, reading, now).await
    }

    /// Accepts a file at the server's console, where the dry run has just been shown.
    ///
    /// # Errors
    /// As [`Self::import_roster`], but for the permission.
    pub async fn import_roster_at_console(&self, bytes: Vec<u8>, shown: &Trial) -> Result<Imported> {
        let trial = self.try_roster_at_console(&shown.name, bytes).await?;
        if trial.hash != shown.hash {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        let mut work = self.store.begin().await?;
        let imported = carry_out(&mut work, self.now(), None, &trial, &shown.mark).await?;
        work.commit().await?;
        self.forget_units();
        Ok(imported)
    }

    /// The sample file that shows how a roster is filled in.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn sample_roster(&self) -> Result<Vec<u8>> {
        Ok(roster_sheet::sample_roster()?)
    }

    async fn compare(&self, name: String, hash: &[u8], reading: Reading, now: Timestamp) -> Result<Trial> {
        let mut work = self.store.read().await?;
        let mut known = Known { units: known_units(&work.units().await?), people: BTreeMap::new() };
        for person in &reading.people {
            if let Some(row) = work.listed(&person.value.login).await? {
                known.people.insert(person.value.login.clone(), known_person(&person.value.login, row));
            }
        }
        let plan = plan(reading, &known, now);
        let shown = serde_json::to_vec(&plan).map_err(|error| Fault::Unreadable("plan", Box::new(error)))?;
        Ok(Trial { name, hash: hex::encode(hash), mark: hex::encode(Sha256::digest(shown)), plan })
    }
}

/// One file is read at a time: a small one may unpack to a hundred megabytes of memory.
static READING: Semaphore = Semaphore::const_new(1);

async fn read_file(bytes: Vec<u8>, now: Timestamp) -> Result<Reading> {
    // The semaphore is never closed.
    let _turn = READING.acquire().await.map_err(|_| Refusal::Busy)?;
    let done = tokio::task::spawn_blocking(move || roster_sheet::read_sheets(&bytes).map(|sheets| read(&sheets, now))).await;
    // A workbook that breaks its reader is one that cannot be read.
    done.unwrap_or(Err(Refusal::UnreadableSheet)).map_err(|refusal| crate::Stop::at("file", refusal))
}

fn read_hash(hash: &str) -> Result<[u8; 32], Refusal> {
    let mut bytes = [0; 32];
    hex::decode_to_slice(hash, &mut bytes).map_err(|_| Refusal::NotFound)?;
    Ok(bytes)
}

fn known_units(units: &[Unit]) -> BTreeMap<String, UnitRow> {
    let codes: BTreeMap<UnitId, &str> = units.iter().map(|unit| (unit.id, unit.code.as_str())).collect();
    let row = |unit: &Unit| UnitRow {
        code: unit.code.clone(),
        name: unit.name.clone(),
        kind: Some(unit.kind),
        parent: unit.parent.and_then(|parent| codes.get(&parent)).map(|code| (*code).to_owned()),
        block: Some(unit.block),
        headcount: unit.headcount,
        as_of: unit.headcount_as_of,
        valid_from: unit.valid_from,
        valid_until: unit.valid_until,
        former_names: Some(unit.former_names.clone()),
        sample: Some(unit.sample),
    };
    units.iter().map(|unit| (unit.code.clone(), row(unit))).collect()
}

fn known_person(login: &str, row: ListedRow) -> KnownPerson {
    KnownPerson {
        invited: row.state == "invited",
        closed: row.state == "closed",
        row: PersonRow {
            login: login.to_owned(),
            full_name: row.full_name,
            unit: row.unit_code,
            unit_name: None,
            audience: Some(row.audience),
            position: Some(row.position),
            email: Some(row.email),
            birth_date: row.birth_date,
        },
    }
}

/// Writes what the trial shows, if it is what the person agreed to.
async fn carry_out(work: &mut Work, now: Timestamp, by: Option<AccountId>, trial: &Trial, agreed: &str) -> Result<Imported> {
    if trial.mark != agreed {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let plan = &trial.plan;
    if plan.issues.iter().any(|issue| issue.fault.blocks()) {
        return Err(Refusal::RosterFaulty.into());
    }
    if !plan.moves() {
        return Err(Refusal::RosterUnchanged.into());
    }
    let mut ids: BTreeMap<String, UnitId> = work.units().await?.into_iter().map(|unit| (unit.code, unit.id)).collect();
    for planned in plan.units.iter().filter(|planned| matches!(planned.step, Step::Add | Step::Change)) {
        let id = ids.get(&planned.value.code).copied();
        if id.is_none() != (planned.step == Step::Add) {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        let unit = unit_of(&planned.value, id.unwrap_or_else(|| random::id(now)), &ids)?;
        match planned.step {
            Step::Add => work.add_unit(&unit, &order_key(&unit.name)).await?,
            _ if work.change_unit(&unit).await? == 0 => return Err(Refusal::ChangedMeanwhile.into()),
            _ => {}
        }
        for former in &unit.former_names {
            work.add_lineage(former, unit.id, unit.valid_from.unwrap_or(now)).await?;
        }
        ids.insert(unit.code, unit.id);
    }
    for planned in &plan.people {
        let unit = planned.value.unit.as_ref().and_then(|code| ids.get(code)).copied();
        match planned.step {
            Step::Add => {
                let unit = unit.ok_or(Refusal::ChangedMeanwhile)?;
                work.add_invited(random::id(now), &planned.value, unit, now).await.map_err(changed)?;
            }
            Step::Change if work.change_invited(&planned.value, unit.ok_or(Refusal::ChangedMeanwhile)?).await? == 0 => {
                return Err(Refusal::ChangedMeanwhile.into());
            }
            Step::Change | Step::Same | Step::Keep => {}
        }
    }
    let imported = Imported {
        units_added: plan.count_units(Step::Add),
        units_changed: plan.count_units(Step::Change),
        people_added: plan.count_people(Step::Add),
        people_changed: plan.count_people(Step::Change),
    };
    let detail = serde_json::json!({ "file": trial.name, "done": imported }).to_string();
    work.note_by(now, by, Deed::ImportRoster, &trial.hash, &detail).await?;
    Ok(imported)
}

/// Somebody else added the same login since the dry run.
fn changed(error: StoreError) -> Stop {
    match error {
        StoreError::Duplicate => Refusal::ChangedMeanwhile.into(),
        failed @ StoreError::Driver(_) => failed.into(),
    }
}

fn unit_of(row: &UnitRow, id: UnitId, ids: &BTreeMap<String, UnitId>) -> Result<Unit> {
    let parent = match &row.parent {
        Some(code) => Some(*ids.get(code).ok_or(Refusal::ChangedMeanwhile)?),
        None => None,
    };
    Ok(Unit {
        id,
        code: row.code.clone(),
        name: row.name.clone(),
        kind: row.kind.unwrap_or(UnitKind::Department),
        parent,
        block: row.block.unwrap_or(Block::None),
        headcount: row.headcount,
        headcount_as_of: row.as_of,
        valid_from: row.valid_from,
        valid_until: row.valid_until,
        former_names: row.former_names.clone().unwrap_or_default(),
        sample: row.sample.unwrap_or_default(),
    })
}
