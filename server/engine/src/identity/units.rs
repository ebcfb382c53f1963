//! The unit tree: read once and kept until it changes; loaded from a table of units.

use crate::{
    Engine, Fault, Result,
    notify::{Change, Heard, Notify, Remembered},
    random,
};
use domain::{
    Refusal, Timestamp,
    id::UnitId,
    identity::{Audience, Block, Deed, Unit, UnitGroup, UnitKind, UnitTree},
    vietnamese::{order_key, tidy},
};
use std::{collections::HashMap, sync::Arc};

/// The tree as this node last read it; forgets it when it hears of a change.
pub struct UnitCache(Remembered<Option<Arc<UnitTree>>>);

impl UnitCache {
    /// An empty cache that listens.
    pub fn new(notify: &Notify) -> Self {
        Self(Remembered::new(notify, forget))
    }
}

fn forget(tree: &mut Option<Arc<UnitTree>>, heard: Heard) -> bool {
    match heard {
        Heard::Change(Change::Units) | Heard::Missed => {
            *tree = None;
            true
        }
        Heard::Change(Change::Account(_) | Change::Contest(_) | Change::Round(_) | Change::Messages(_) | Change::Library) => false,
    }
}

/// A line of a table of units; a date is written `2025-07-01`.
#[derive(Debug, serde::Deserialize)]
struct UnitLine {
    code: String,
    name: String,
    kind: String,
    parent: String,
    block: String,
    headcount: Option<i64>,
    valid_from: String,
    valid_until: String,
    former_names: String,
    sample: bool,
}

impl Engine {
    /// The unit tree.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn unit_tree(&self) -> Result<Arc<UnitTree>> {
        let (known, age) = self.units.0.look(Clone::clone);
        if let Some(tree) = known {
            return Ok(tree);
        }
        let tree = Arc::new(UnitTree::new(self.store.read().await?.units().await?));
        self.units.0.keep(age, |kept| *kept = Some(tree.clone()));
        Ok(tree)
    }

    /// The units that fit the query and are open to the audience, by block.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn search_units(&self, query: &str, audience: Audience) -> Result<Vec<UnitGroup>> {
        let query: String = query.chars().take(100).collect();
        Ok(self.unit_tree().await?.search(&query, audience, self.now()))
    }

    /// Loads a table of units (CSV with a header) with parents before children; a known code is left as it is.
    ///
    /// Each former name becomes a line of the lineage: which unit became which. How many units were added.
    ///
    /// # Errors
    /// When a line cannot be read or names an unknown kind, block or parent; then nothing is written.
    pub async fn load_units(&self, csv: &str) -> Result<u64> {
        let now = self.now();
        let mut work = self.store.begin().await?;
        let mut known: HashMap<String, UnitId> = work.units().await?.into_iter().map(|unit| (unit.code, unit.id)).collect();
        let mut added = 0;
        for line in csv::Reader::from_reader(csv.as_bytes()).into_deserialize() {
            let line: UnitLine = line.map_err(|error| Fault::Unreadable("table of units", Box::new(error)))?;
            if known.contains_key(&line.code) {
                continue;
            }
            let unit = read_unit(line, &known, random::id(now))?;
            known.insert(unit.code.clone(), unit.id);
            work.add_unit(&unit, &order_key(&unit.name)).await?;
            for former in &unit.former_names {
                work.add_lineage(former, unit.id, unit.valid_from.unwrap_or(now)).await?;
            }
            added += 1;
        }
        work.note_by(now, None, Deed::EditUnit, "units", &format!(r#"{{"added":{added}}}"#)).await?;
        work.commit().await?;
        self.forget_units();
        Ok(added)
    }

    /// Tells this node and every other one that the tree changed.
    pub fn forget_units(&self) {
        self.notify.tell(Change::Units);
    }
}

fn read_unit(line: UnitLine, known: &HashMap<String, UnitId>, id: UnitId) -> Result<Unit> {
    let parent = match line.parent.as_str() {
        "" => None,
        code => Some(*known.get(code).ok_or(Refusal::UnitUnknown)?),
    };
    let day = |typed: &str| Timestamp::read_date(typed);
    Ok(Unit {
        id,
        kind: UnitKind::from_code(&line.kind).ok_or(Refusal::NotOffered)?,
        block: Block::from_code(&line.block).ok_or(Refusal::NotOffered)?,
        parent,
        headcount: line.headcount,
        headcount_as_of: line.headcount.and(day(&line.valid_from)),
        valid_from: day(&line.valid_from),
        valid_until: day(&line.valid_until),
        former_names: line.former_names.split(';').map(tidy).filter(|name| !name.is_empty()).collect(),
        sample: line.sample,
        name: tidy(&line.name),
        code: line.code,
    })
}
