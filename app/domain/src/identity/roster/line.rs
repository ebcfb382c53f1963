//! One row while it is read: the values of its columns, and an issue at every wrong cell.

use super::{Cell, Column, PersonRow, RawRow, RosterFault, UnitRow, cells, column::Heading};
use crate::{Timestamp, vietnamese::has_diacritics};

/// One row while it is read.
pub(super) struct Line<'a> {
    heading: &'a Heading,
    row: &'a RawRow,
    /// What is wrong or worth knowing so far.
    pub(super) refused: Vec<(Column, RosterFault)>,
}

impl<'a> Line<'a> {
    /// A row below this heading.
    pub(super) const fn new(heading: &'a Heading, row: &'a RawRow) -> Self {
        Self { heading, row, refused: Vec::new() }
    }

    /// Whether every known column is blank.
    pub(super) fn is_blank(&self) -> bool {
        Column::of(self.heading.kind)
            .iter()
            .filter_map(|column| self.heading.place(*column).and_then(|place| self.row.cells.get(place)))
            .all(|cell| matches!(cell, Cell::Text(text) if text.trim().is_empty()))
    }

    /// The row as a unit; the values of refused columns are empty.
    pub(super) fn unit(&mut self) -> UnitRow {
        let (code, name) = (self.must(Column::Code, cells::code), self.must(Column::Name, cells::name));
        let row = UnitRow {
            code: code.unwrap_or_default(),
            name: name.unwrap_or_default(),
            kind: self.may(Column::Kind, cells::kind),
            parent: self.may(Column::Parent, cells::code),
            block: self.may(Column::Block, cells::block),
            headcount: self.may(Column::Headcount, cells::headcount),
            as_of: self.may(Column::AsOf, cells::date),
            valid_from: self.may(Column::ValidFrom, cells::date),
            valid_until: self.may(Column::ValidUntil, cells::date),
            former_names: self.may(Column::FormerNames, cells::former_names),
            sample: self.may(Column::Sample, cells::choice),
        };
        if row.valid_from.zip(row.valid_until).is_some_and(|(from, until)| until <= from) {
            self.refused.push((Column::ValidUntil, RosterFault::EndsBeforeStart));
        }
        row
    }

    /// The row as a person; the values of refused columns are empty.
    pub(super) fn person(&mut self, now: Timestamp) -> PersonRow {
        let (login, full_name) = (self.must(Column::Login, cells::login), self.must(Column::FullName, cells::full_name));
        if full_name.as_deref().is_some_and(|name| !has_diacritics(name)) {
            self.refused.push((Column::FullName, RosterFault::NoDiacritics));
        }
        let unit = self.may(Column::Unit, cells::code);
        let unit_name = self.may(Column::UnitName, cells::name);
        let unit_refused = self.refused.iter().any(|(column, _)| matches!(column, Column::Unit | Column::UnitName));
        if unit.is_none() && unit_name.is_none() && !unit_refused {
            let column = if self.heading.place(Column::Unit).is_some() { Column::Unit } else { Column::UnitName };
            self.refused.push((column, RosterFault::CellEmpty));
        }
        PersonRow {
            login: login.unwrap_or_default(),
            full_name: full_name.unwrap_or_default(),
            unit,
            unit_name,
            audience: self.may(Column::Audience, cells::audience),
            position: self.may(Column::Position, cells::position),
            email: self.may(Column::Email, cells::email),
            birth_date: self.may(Column::BirthDate, |text| cells::birth_date(text, now)),
        }
    }

    /// The text of a column, `None` when it is blank or not to be read.
    fn text(&mut self, column: Column) -> Option<String> {
        match self.heading.place(column).and_then(|place| self.row.cells.get(place)) {
            Some(Cell::Text(text)) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Some(Cell::Formula) => self.refuse(column, RosterFault::Formula),
            Some(Cell::TooLong) => self.refuse(column, RosterFault::CellTooLong),
            None => None,
        }
    }

    fn refuse<T>(&mut self, column: Column, fault: RosterFault) -> Option<T> {
        self.refused.push((column, fault));
        None
    }

    /// The value of a column that may be blank.
    fn may<T>(&mut self, column: Column, read: impl Fn(&str) -> Result<T, RosterFault>) -> Option<T> {
        let text = self.text(column)?;
        read(&text).map_or_else(|fault| self.refuse(column, fault), Some)
    }

    /// The value of a column that must be there.
    fn must<T>(&mut self, column: Column, read: impl Fn(&str) -> Result<T, RosterFault>) -> Option<T> {
        let before = self.refused.len();
        let value = self.may(column, read);
        if value.is_none() && self.refused.len() == before {
            self.refused.push((column, RosterFault::CellEmpty));
        }
        value
    }
}
