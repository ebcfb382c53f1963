//! What a row states: a unit or a person, at its place in the file.

use super::{Column, Issue, RosterFault};
use crate::{
    Timestamp,
    identity::{Audience, Block, UnitKind},
};
use serde::{Deserialize, Serialize};

/// A unit as one row states it; `None` is a blank, which changes nothing of a unit we know.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitRow {
    /// The short, stable code.
    pub code: String,
    /// The name.
    pub name: String,
    /// The kind; a new unit needs one.
    pub kind: Option<UnitKind>,
    /// The code of the unit above.
    pub parent: Option<String>,
    /// The block.
    pub block: Option<Block>,
    /// Civil servants and workers.
    pub headcount: Option<i64>,
    /// The day of the headcount.
    pub as_of: Option<Timestamp>,
    /// When the unit began.
    pub valid_from: Option<Timestamp>,
    /// When it ended.
    pub valid_until: Option<Timestamp>,
    /// Names from before a merger.
    pub former_names: Option<Vec<String>>,
    /// Whether it is an invented sample.
    pub sample: Option<bool>,
}

/// A person as one row states it; `None` is a blank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    /// The phone number or roster name.
    pub login: String,
    /// The full name.
    pub full_name: String,
    /// The unit's code.
    pub unit: Option<String>,
    /// The unit's name, where no code is given.
    pub unit_name: Option<String>,
    /// The audience; civil servants unless the file says otherwise.
    pub audience: Option<Audience>,
    /// The position.
    pub position: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// The date of birth.
    pub birth_date: Option<Timestamp>,
}

/// Something at its place in the file, so that later checks can point at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed<T> {
    /// The sheet's name.
    pub sheet: String,
    /// The row, from 1.
    pub row: u32,
    /// The places of the columns that the sheet has.
    pub places: Vec<(Column, u32)>,
    /// What stands there.
    pub value: T,
}

impl<T> Placed<T> {
    /// An issue at a column of this row.
    pub fn issue(&self, column: Column, fault: RosterFault) -> Issue {
        let place = self.places.iter().find(|(known, _)| *known == column).map(|(_, place)| *place);
        Issue { sheet: self.sheet.clone(), row: self.row, column: place, heading: Some(column), fault }
    }
}
