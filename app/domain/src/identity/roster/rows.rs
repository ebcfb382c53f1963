//! Reading rows: each becomes a unit or a person, or an issue at every wrong cell.

use super::{Cell, Column, Issue, MOST_ROWS, RawRow, RawSheet, RosterFault, SheetKind, cells, column::Heading};
use crate::{
    Timestamp,
    identity::{Audience, Block, UnitKind},
    vietnamese::has_diacritics,
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

/// What a file says, and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// Rows about units that could be read.
    pub units: Vec<Placed<UnitRow>>,
    /// Rows about people that could be read.
    pub people: Vec<Placed<PersonRow>>,
    /// What is wrong or worth knowing.
    pub issues: Vec<Issue>,
}

/// Reads the sheets of a file. A sheet that is neither of units nor of people is an issue.
pub fn read(sheets: &[RawSheet], now: Timestamp) -> Reading {
    let mut reading = Reading::default();
    if sheets.iter().map(|sheet| sheet.rows.len()).sum::<usize>() > MOST_ROWS || sheets.iter().any(|sheet| sheet.cut) {
        reading.issues.push(Issue { sheet: String::new(), row: 0, column: None, heading: None, fault: RosterFault::TooManyRows });
        return reading;
    }
    if sheets.iter().all(|sheet| sheet.rows.is_empty()) {
        reading.issues.push(Issue { sheet: String::new(), row: 0, column: None, heading: None, fault: RosterFault::HeadingMissing });
    }
    for sheet in sheets.iter().filter(|sheet| !sheet.rows.is_empty()) {
        let Some(heading) = Heading::find(sheet, &mut reading.issues) else { continue };
        let places: Vec<(Column, u32)> = Column::of(heading.kind)
            .iter()
            .filter_map(|column| heading.place(*column).and_then(|place| u32::try_from(place).ok()).map(|place| (*column, place)))
            .collect();
        for row in &sheet.rows[heading.body..] {
            let mut line = Line { heading: &heading, row, refused: Vec::new() };
            if line.blank() {
                continue;
            }
            let mut placed = Placed { sheet: sheet.name.clone(), row: row.number, places: places.clone(), value: () };
            match heading.kind {
                SheetKind::Units => {
                    let value = line.unit();
                    let sound = placed.settle(&line.refused, &mut reading.issues);
                    reading.units.extend(value.filter(|_| sound).map(|value| placed.with(value)));
                }
                SheetKind::People => {
                    let value = line.person(now);
                    let sound = placed.settle(&line.refused, &mut reading.issues);
                    reading.people.extend(value.filter(|_| sound).map(|value| placed.with(value)));
                }
            }
        }
    }
    reading
}

impl Placed<()> {
    /// Writes down the row's issues; whether it may go on.
    fn settle(&mut self, refused: &[(Column, RosterFault)], issues: &mut Vec<Issue>) -> bool {
        issues.extend(refused.iter().map(|(column, fault)| self.issue(*column, *fault)));
        !refused.iter().any(|(_, fault)| fault.blocks())
    }

    fn with<T>(self, value: T) -> Placed<T> {
        Placed { sheet: self.sheet, row: self.row, places: self.places, value }
    }
}

/// One row while it is read.
struct Line<'a> {
    heading: &'a Heading,
    row: &'a RawRow,
    refused: Vec<(Column, RosterFault)>,
}

impl Line<'_> {
    /// Whether every known column is blank.
    fn blank(&self) -> bool {
        Column::of(self.heading.kind)
            .iter()
            .filter_map(|column| self.heading.place(*column).and_then(|place| self.row.cells.get(place)))
            .all(|cell| matches!(cell, Cell::Text(text) if text.trim().is_empty()))
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

    fn unit(&mut self) -> Option<UnitRow> {
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
        Some(row)
    }

    fn person(&mut self, now: Timestamp) -> Option<PersonRow> {
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
        Some(PersonRow {
            login: login.unwrap_or_default(),
            full_name: full_name.unwrap_or_default(),
            unit,
            unit_name,
            audience: self.may(Column::Audience, cells::audience),
            position: self.may(Column::Position, cells::position),
            email: self.may(Column::Email, cells::email),
            birth_date: self.may(Column::BirthDate, |text| cells::birth_date(text, now)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sheet(rows: &[&[&str]]) -> RawSheet {
        let rows = rows.iter().enumerate().map(|(i, cells)| RawRow {
            number: u32::try_from(i + 1).expect("few rows"),
            cells: cells.iter().map(|text| Cell::Text((*text).to_owned())).collect(),
        });
        RawSheet { name: String::new(), rows: rows.collect(), cut: false }
    }

    fn read(sheets: &[RawSheet]) -> Reading {
        super::read(sheets, Timestamp(1_795_395_600_000))
    }

    fn faults(reading: &Reading) -> Vec<(String, RosterFault)> {
        reading.issues.iter().map(|issue| (issue.cell(), issue.fault)).collect()
    }

    #[test]
    fn a_list_with_a_title_above_its_heading_is_read() {
        let reading = read(&[sheet(&[
            &["DANH SÁCH CÁN BỘ, CÔNG CHỨC", "", ""],
            &["STT", "Họ và tên", "Số điện thoại", "Đơn vị"],
            &["1", "Nguyễn Thị Lan", "905123456", "Sở Nội vụ"],
        ])]);
        assert_eq!(faults(&reading), []);
        assert_eq!(reading.people[0].value.login, "0905123456");
        assert_eq!(reading.people[0].row, 3);
    }

    #[test]
    fn every_wrong_cell_of_a_row_is_told_by_row_and_column() {
        let reading = read(&[sheet(&[
            &["Tên đăng nhập", "Họ và tên", "Mã đơn vị", "E-mail", "Ngày sinh", "Sở thích"],
            &["x", "", "Sở Nội vụ", "lan", "32/01/1990", "đọc sách"],
            &["lan.nt", "Nguyen Thi Lan", "so-noi-vu", "", "", ""],
        ])]);
        assert_eq!(
            faults(&reading),
            [
                ("F1".to_owned(), RosterFault::ColumnUnknown),
                ("A2".to_owned(), RosterFault::BadLogin),
                ("B2".to_owned(), RosterFault::CellEmpty),
                ("C2".to_owned(), RosterFault::BadCode),
                ("D2".to_owned(), RosterFault::BadEmail),
                ("E2".to_owned(), RosterFault::BadBirthDate),
                ("B3".to_owned(), RosterFault::NoDiacritics),
            ]
        );
        assert_eq!(reading.people.len(), 1, "a warning does not refuse the row");
    }

    #[test]
    fn formulas_and_long_cells_are_refused() {
        let mut raw = sheet(&[&["Tên đăng nhập", "Họ và tên", "Mã đơn vị", "Chức vụ"], &["lan.nt", "", "so-noi-vu", ""]]);
        raw.rows[1].cells[1] = Cell::Formula;
        raw.rows[1].cells[3] = Cell::TooLong;
        let reading = read(&[raw]);
        assert_eq!(faults(&reading), [("B2".to_owned(), RosterFault::Formula), ("D2".to_owned(), RosterFault::CellTooLong)]);
        assert_eq!(reading.people, []);
    }

    #[test]
    fn headings_are_checked() {
        assert_eq!(faults(&read(&[sheet(&[&["một", "hai"]])])), [(String::new(), RosterFault::HeadingMissing)]);
        assert_eq!(faults(&read(&[])), [(String::new(), RosterFault::HeadingMissing)]);
        let twice = read(&[sheet(&[&["Mã đơn vị", "Tên đơn vị", "Khối", "khối"]])]);
        assert_eq!(faults(&twice), [("D1".to_owned(), RosterFault::ColumnTwice)]);
        let homeless = read(&[sheet(&[&["Tên đăng nhập", "Họ và tên"]])]);
        assert_eq!(faults(&homeless), [("1".to_owned(), RosterFault::ColumnMissing)]);
    }

    #[test]
    fn a_file_with_too_many_rows_is_refused_whole() {
        let mut raw = sheet(&[&["Tên đăng nhập", "Họ và tên", "Mã đơn vị"]]);
        raw.cut = true;
        let reading = read(&[raw]);
        assert_eq!(faults(&reading), [(String::new(), RosterFault::TooManyRows)]);
    }

    #[test]
    fn a_unit_may_not_end_before_it_begins() {
        let reading = read(&[sheet(&[
            &["Mã đơn vị", "Tên đơn vị", "Hiệu lực từ ngày", "Hiệu lực đến ngày"],
            &["xa-mau", "Xã mẫu", "01/07/2025", "30/06/2025"],
        ])]);
        assert_eq!(faults(&reading), [("D2".to_owned(), RosterFault::EndsBeforeStart)]);
    }

    proptest! {
        #[test]
        fn every_row_is_read_or_has_an_issue_that_blocks(cells in proptest::collection::vec("\\PC{0,12}", 8)) {
            let heading: Vec<&str> = Column::of(SheetKind::People).iter().map(|column| column.code()).collect();
            let body: Vec<&str> = cells.iter().map(String::as_str).collect();
            let reading = read(&[sheet(&[&heading, &body])]);
            let blank = body.iter().all(|text| text.trim().is_empty());
            let blocked = reading.issues.iter().any(|issue| issue.row == 2 && issue.fault.blocks());
            prop_assert_eq!(reading.people.len() == 1, !blocked && !blank);
        }

        #[test]
        fn what_a_row_says_is_what_is_read(login in "[a-z]{4,12}", headcount in 0_i64..=100_000, given in "[A-Z][a-z]{1,8}") {
            let name = format!("Đặng {given}");
            let people = read(&[sheet(&[&["login", "full_name", "unit"], &[&login, &name, "so-noi-vu"]])]);
            prop_assert_eq!(&people.people[0].value.login, &login);
            prop_assert_eq!(&people.people[0].value.full_name, &name);
            let count = crate::vietnamese::number(headcount);
            let units = read(&[sheet(&[&["code", "name", "headcount"], &[&login, &name, &count]])]);
            prop_assert_eq!(units.units[0].value.headcount, Some(headcount));
        }
    }
}
