//! Reading sheets: each row becomes a unit or a person, or an issue at every wrong cell.

use super::{Column, Issue, MOST_ROWS, PersonRow, Placed, RawSheet, RosterFault, SheetKind, UnitRow, column::Heading, line::Line};
use crate::Timestamp;

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
            let mut line = Line::new(&heading, row);
            if line.is_blank() {
                continue;
            }
            let here = Placed { sheet: sheet.name.clone(), row: row.number, places: places.clone(), value: () };
            match heading.kind {
                SheetKind::Units => {
                    let unit = line.unit();
                    reading.units.extend(settle(here, unit, &line.refused, &mut reading.issues));
                }
                SheetKind::People => {
                    let person = line.person(now);
                    reading.people.extend(settle(here, person, &line.refused, &mut reading.issues));
                }
            }
        }
    }
    reading
}

/// Writes down the row's issues; its value, unless one of them blocks.
fn settle<T>(here: Placed<()>, value: T, refused: &[(Column, RosterFault)], issues: &mut Vec<Issue>) -> Option<Placed<T>> {
    issues.extend(refused.iter().map(|(column, fault)| here.issue(*column, *fault)));
    let sound = !refused.iter().any(|(_, fault)| fault.blocks());
    sound.then(|| Placed { sheet: here.sheet, row: here.row, places: here.places, value })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::roster::{Cell, RawRow};
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
