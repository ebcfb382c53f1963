//! A roster's file: .xlsx or .csv bytes become plain tables, with bounds on everything; and our own sample file.

use crate::Fault;
use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use domain::{
    Refusal,
    identity::roster::{Cell, Column, LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, RawRow, RawSheet, SheetKind, is_listing},
};
use rust_xlsxwriter::{Format, Workbook, XlsxError as WriteError};
use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
};

/// Largest file that is read.
pub const LARGEST_ROSTER: usize = 5 * 1024 * 1024;
/// Most that a workbook may unpack to: a few kilobytes can claim gigabytes.
const LARGEST_UNPACKED: u64 = 16 * 1024 * 1024;

/// Reads the tables of a file.
///
/// # Errors
/// [`Refusal::Required`] for an empty file, [`Refusal::TooLarge`], or [`Refusal::UnreadableSheet`].
pub fn read_sheets(bytes: &[u8]) -> Result<Vec<RawSheet>, Refusal> {
    match bytes {
        [] => Err(Refusal::Required),
        _ if bytes.len() > LARGEST_ROSTER => Err(Refusal::TooLarge),
        [b'P', b'K', 3, 4, ..] => {
            measure(bytes)?;
            read_workbook(bytes).map_err(|_| Refusal::UnreadableSheet)
        }
        _ => Ok(vec![read_text(bytes)?]),
    }
}

/// Unpacks every part once without keeping it: declared sizes may lie.
fn measure(bytes: &[u8]) -> Result<(), Refusal> {
    let unreadable = |_| Refusal::UnreadableSheet;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
    let mut left = LARGEST_UNPACKED;
    for i in 0..archive.len() {
        let part = archive.by_index(i).map_err(unreadable)?;
        let size = std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(|_| Refusal::UnreadableSheet)?;
        left = left.checked_sub(size).ok_or(Refusal::TooLarge)?;
    }
    Ok(())
}

fn read_workbook(bytes: &[u8]) -> Result<Vec<RawSheet>, XlsxError> {
    let mut workbook = Xlsx::new(Cursor::new(bytes))?;
    let names: Vec<String> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    names.into_iter().map(|name| read_worksheet(&mut workbook, name)).collect()
}

/// Cells are streamed: one far below would make a dense table of billions.
fn read_worksheet(workbook: &mut Xlsx<Cursor<&[u8]>>, name: String) -> Result<RawSheet, XlsxError> {
    let mut rows: BTreeMap<u32, Vec<Cell>> = BTreeMap::new();
    let mut cut = false;
    let mut cells = workbook.worksheet_cells_reader(&name)?;
    while let Some(record) = cells.next_cell_with_formula_metadata()? {
        let (row, column) = record.pos;
        let cell = if record.formula.is_some() { Cell::Formula } else { cell_of(&record.value) };
        let Ok(place) = usize::try_from(column) else { continue };
        if place >= MOST_COLUMNS || matches!(&cell, Cell::Text(text) if text.trim().is_empty()) {
            continue;
        }
        if rows.len() > MOST_ROWS && !rows.contains_key(&row) {
            cut = true;
            break;
        }
        let cells = rows.entry(row).or_default();
        if cells.len() <= place {
            cells.resize(place + 1, Cell::Text(String::new()));
        }
        cells[place] = cell;
    }
    let rows = rows.into_iter().map(|(row, cells)| RawRow { number: row.saturating_add(1), cells }).collect();
    Ok(RawSheet { name, rows, cut })
}

fn cell_of(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Text(String::new()),
        DataRef::Int(number) => Cell::Text(number.to_string()),
        // Display writes whole numbers without a point and never with an exponent.
        DataRef::Float(number) => text_cell(&number.to_string()),
        DataRef::String(text) | DataRef::DurationIso(text) => text_cell(text),
        DataRef::SharedString(text) => text_cell(text),
        DataRef::Bool(yes) => Cell::Text(if *yes { "có" } else { "không" }.to_owned()),
        DataRef::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            Cell::Text(format!("{day:02}/{month:02}/{year:04}"))
        }
        DataRef::DateTime(span) => Cell::Text(span.as_f64().to_string()),
        DataRef::DateTimeIso(text) => text_cell(text.get(..10).unwrap_or(text)),
        // Only a formula ends in an error value.
        DataRef::Error(_) => Cell::Formula,
    }
}

fn text_cell(text: &str) -> Cell {
    if text.chars().count() > LONGEST_CELL {
        return Cell::TooLong;
    }
    // What a spreadsheet would compute when somebody opens the list there.
    if text.trim_start().starts_with(['=', '@']) { Cell::Formula } else { Cell::Text(text.to_owned()) }
}

/// A table as text: UTF-8, with or without the mark at its beginning; commas or semicolons.
fn read_text(bytes: &[u8]) -> Result<RawSheet, Refusal> {
    let text = std::str::from_utf8(bytes).map_err(|_| Refusal::UnreadableSheet)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.contains('\0') {
        return Err(Refusal::UnreadableSheet);
    }
    let comma = separated(text, b',')?;
    if is_listing(&comma) {
        return Ok(comma);
    }
    // Excel in Vietnamese separates by semicolons, since the comma is the decimal sign.
    let semicolon = separated(text, b';')?;
    Ok(if is_listing(&semicolon) { semicolon } else { comma })
}

fn separated(text: &str, separator: u8) -> Result<RawSheet, Refusal> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut sheet = RawSheet::default();
    for record in reader.records() {
        let record = record.map_err(|_| Refusal::UnreadableSheet)?;
        if sheet.rows.len() > MOST_ROWS {
            sheet.cut = true;
            break;
        }
        let number = record.position().map_or(0, |position| u32::try_from(position.line()).unwrap_or(u32::MAX));
        let cells: Vec<Cell> = record.iter().take(MOST_COLUMNS).map(text_cell).collect();
        if cells.iter().any(|cell| !matches!(cell, Cell::Text(text) if text.trim().is_empty())) {
            sheet.rows.push(RawRow { number, cells });
        }
    }
    Ok(sheet)
}

/// Rows that show how to fill the sample file in; none names a real person.
const EXAMPLES: &[(SheetKind, &[&[&str]])] = &[
    (
        SheetKind::Units,
        &[&["xa-mau-01", "Xã mẫu 01", "Xã", "", "Khối xã", "45", "01/11/2026", "01/07/2025", "", "Xã mẫu A (cũ); Xã mẫu B (cũ)", "có"]],
    ),
    (
        SheetKind::People,
        &[&[
            "0900000001",
            "Nguyễn Văn Mẫu",
            "xa-mau-01",
            "Xã mẫu 01",
            "Cán bộ, công chức, viên chức, người lao động",
            "Công chức một cửa",
            "",
            "23/11/1990",
        ]],
    ),
];

/// The sample file: both sheets with their headings and one example each.
///
/// # Errors
/// When the file cannot be written.
pub fn sample_roster() -> Result<Vec<u8>, Fault> {
    let write = || -> Result<Vec<u8>, WriteError> {
        let mut workbook = Workbook::new();
        let bold = Format::new().set_bold();
        let as_text = Format::new().set_num_format("@");
        for (kind, rows) in EXAMPLES {
            let sheet = workbook.add_worksheet().set_name(kind.label())?;
            for (place, column) in (0_u16..).zip(Column::of(*kind)) {
                sheet.set_column_width(place, 24)?.set_column_format(place, &as_text)?;
                sheet.write_string_with_format(0, place, column.label(), &bold)?;
            }
            for (row, cells) in (1_u32..).zip(rows.iter()) {
                for (place, text) in (0_u16..).zip(cells.iter()) {
                    sheet.write_string_with_format(row, place, *text, &as_text)?;
                }
            }
            sheet.set_freeze_panes(1, 0)?;
        }
        workbook.save_to_buffer()
    };
    write().map_err(|error| Fault::Outside("the sample roster", Box::new(error)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        Timestamp,
        identity::roster::{RosterFault, read},
    };
    use proptest::prelude::*;
    use rust_xlsxwriter::Formula;

    const NOW: Timestamp = Timestamp(1_795_395_600_000);

    fn workbook(fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet) -> Result<(), WriteError>) -> Vec<u8> {
        let mut workbook = Workbook::new();
        fill(workbook.add_worksheet()).expect("filled");
        workbook.save_to_buffer().expect("written")
    }

    fn heading(sheet: &mut rust_xlsxwriter::Worksheet) -> Result<(), WriteError> {
        sheet.write_row(0, 0, ["Tên đăng nhập", "Họ và tên", "Mã đơn vị", "Ngày sinh"])?;
        Ok(())
    }

    #[test]
    fn our_own_sample_is_read_without_a_word() {
        let sheets = read_sheets(&sample_roster().expect("written")).expect("read");
        let reading = read(&sheets, NOW);
        assert_eq!(reading.issues, []);
        assert_eq!((reading.units.len(), reading.people.len()), (1, 1));
    }

    #[test]
    fn numbers_and_dates_of_a_spreadsheet_are_read_as_people_see_them() {
        let bytes = workbook(|sheet| {
            heading(sheet)?;
            sheet.write_number(1, 0, 905_123_456.0)?.write_string(1, 1, "Nguyễn Thị Lan")?.write_string(1, 2, "so-noi-vu")?;
            let day = rust_xlsxwriter::ExcelDateTime::from_ymd(1990, 11, 23)?;
            sheet.write_datetime_with_format(1, 3, day, &Format::new().set_num_format("dd/mm/yyyy"))?;
            Ok(())
        });
        let reading = read(&read_sheets(&bytes).expect("read"), NOW);
        assert_eq!(reading.issues, []);
        assert_eq!(reading.people[0].value.login, "0905123456");
        assert_eq!(reading.people[0].value.birth_date, Timestamp::read_date("23/11/1990"));
    }

    #[test]
    fn a_formula_is_refused_whatever_its_value() {
        let bytes = workbook(|sheet| {
            heading(sheet)?;
            sheet.write_string(1, 0, "lan.nt")?.write_formula(1, 1, Formula::new("=\"Nguyễn \"&\"Lan\"").set_result("Nguyễn Lan"))?;
            sheet.write_string(1, 2, "so-noi-vu")?;
            Ok(())
        });
        let reading = read(&read_sheets(&bytes).expect("read"), NOW);
        assert_eq!(
            reading.issues.iter().map(|issue| (issue.cell(), issue.fault)).collect::<Vec<_>>(),
            [("B2".to_owned(), RosterFault::Formula)]
        );
        let text = "login,full_name,unit\nlan.nt,=HYPERLINK(1),so-noi-vu\n";
        let reading = read(&read_sheets(text.as_bytes()).expect("read"), NOW);
        assert_eq!(reading.issues[0].fault, RosterFault::Formula);
    }

    #[test]
    fn a_cell_far_below_costs_nothing() {
        let bytes = workbook(|sheet| {
            heading(sheet)?;
            sheet.write_string(1_048_575, 0, "lan.nt")?.write_string(1, 16_383, "xa")?;
            Ok(())
        });
        let sheets = read_sheets(&bytes).expect("read");
        assert_eq!(sheets[0].rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 1_048_576]);
    }

    #[test]
    fn tables_of_text_come_with_commas_or_semicolons_and_a_mark() {
        for text in [
            "login,full_name,unit\nlan.nt,Nguyễn Thị Lan,so-noi-vu\n",
            "\u{feff}Tên đăng nhập;Họ và tên;Mã đơn vị\r\nlan.nt;Nguyễn Thị Lan;so-noi-vu\r\n",
            "DANH SÁCH CÁN BỘ, CÔNG CHỨC;;\n\nTên đăng nhập;Họ và tên;Tên đơn vị\nlan.nt;Nguyễn Thị Lan;\"Sở Văn hóa, Thể thao\"\n",
        ] {
            let reading = read(&read_sheets(text.as_bytes()).expect("read"), NOW);
            assert_eq!(reading.issues, [], "{text}");
            assert_eq!(reading.people[0].value.full_name, "Nguyễn Thị Lan");
        }
    }

    #[test]
    fn what_is_no_table_is_refused() {
        assert_eq!(read_sheets(&[]), Err(Refusal::Required));
        assert_eq!(read_sheets(&vec![b'a'; LARGEST_ROSTER + 1]), Err(Refusal::TooLarge));
        assert_eq!(read_sheets(b"PK\x03\x04 but no workbook"), Err(Refusal::UnreadableSheet));
        assert_eq!(read_sheets(b"\xd0\xcf\x11\xe0 an old workbook"), Err(Refusal::UnreadableSheet));
        assert_eq!(
            read_sheets("tên,mã".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>().as_slice()),
            Err(Refusal::UnreadableSheet)
        );
    }

    #[test]
    fn a_workbook_that_unpacks_to_gigabytes_is_refused() {
        use std::io::Write;
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        archive.start_file("xl/worksheets/sheet1.xml", zip::write::SimpleFileOptions::default()).expect("begun");
        let zeros = vec![0; 1024 * 1024];
        for _ in 0..65 {
            archive.write_all(&zeros).expect("written");
        }
        let bytes = archive.finish().expect("closed").into_inner();
        assert!(bytes.len() < LARGEST_ROSTER);
        assert_eq!(read_sheets(&bytes), Err(Refusal::TooLarge));
    }

    #[test]
    fn too_many_rows_are_told_and_long_cells_not_kept() {
        let body = "lan.nt,Nguyễn Thị Lan,so-noi-vu\n".repeat(MOST_ROWS + 1);
        let reading = read(&read_sheets(format!("login,full_name,unit\n{body}").as_bytes()).expect("read"), NOW);
        assert_eq!(reading.issues.iter().map(|issue| issue.fault).collect::<Vec<_>>(), [RosterFault::TooManyRows]);
        let long = format!("login,full_name,unit\nlan.nt,{},so-noi-vu\n", "a".repeat(LONGEST_CELL + 1));
        let reading = read(&read_sheets(long.as_bytes()).expect("read"), NOW);
        assert_eq!(reading.issues[0].fault, RosterFault::CellTooLong);
    }

    proptest! {
        #[test]
        fn no_bytes_break_it(bytes in proptest::collection::vec(any::<u8>(), 0..400), workbook: bool) {
            let mut bytes = bytes;
            if workbook {
                bytes.splice(0..0, *b"PK\x03\x04");
            }
            if let Ok(sheets) = read_sheets(&bytes) {
                let _ = read(&sheets, NOW);
            }
        }
    }
}
