//! Tables as CSV and XLSX, safe against formulas that somebody hid in a name.

use super::{Cell, Table};
use crate::Fault;
use rust_xlsxwriter::{Format, FormatAlign, Workbook, XlsxError};

/// What spreadsheets take for the beginning of a formula (OWASP, "CSV Injection").
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '＠'];

/// A text that no spreadsheet runs: an apostrophe stands before what would begin a formula.
fn harmless(text: String) -> String {
    if text.trim_start_matches(' ').starts_with(FORMULA) { format!("'{text}") } else { text }
}

/// The table as CSV (RFC 4180) in UTF-8 with the mark by which spreadsheets know it.
///
/// # Errors
/// When the table cannot be written.
pub fn csv(table: &Table) -> Result<Vec<u8>, Fault> {
    let broken = |error: csv::Error| Fault::Outside("writing a CSV", Box::new(error));
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(&table.heads).map_err(broken)?;
    for row in &table.rows {
        let cells = row.iter().map(|cell| match cell {
            Cell::Text(text) => harmless(text.clone()),
            Cell::Number(_) | Cell::Decimal(..) => cell.plain(),
        });
        writer.write_record(cells).map_err(broken)?;
    }
    writer.into_inner().map_err(|error| Fault::Outside("writing a CSV", Box::new(error.into_error())))
}

/// The tables as one workbook, a sheet for each; texts are strings, never formulas.
///
/// # Errors
/// When the workbook cannot be written.
pub fn xlsx(tables: &[Table]) -> Result<Vec<u8>, Fault> {
    workbook(tables).map_err(|error| Fault::Outside("writing a workbook", Box::new(error)))
}

const WIDEST: usize = 60;

fn workbook(tables: &[Table]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    for table in tables {
        let sheet = book.add_worksheet();
        sheet.set_name(table.name)?;
        sheet.set_freeze_panes(1, 0)?;
        for (column, name) in (0_u16..).zip(&table.heads) {
            sheet.write_string_with_format(0, column, *name, &head)?;
            let index = usize::from(column);
            let cells = table.rows.iter().filter_map(|row| row.get(index)).map(|cell| cell.words().chars().count());
            let widest = cells.chain([name.chars().count()]).max().unwrap_or(8).clamp(8, WIDEST);
            sheet.set_column_width(column, f64::from(u16::try_from(widest + 2).unwrap_or(u16::MAX)))?;
        }
        for (line, row) in (1_u32..).zip(&table.rows) {
            for (column, cell) in (0_u16..).zip(row) {
                write(sheet, (line, column), cell)?;
            }
        }
    }
    book.save_to_buffer()
}

fn write(sheet: &mut rust_xlsxwriter::Worksheet, at: (u32, u16), cell: &Cell) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) => sheet.write_string(at.0, at.1, text)?,
        // A sheet knows only floating numbers; these are read back from exact digits and shown as they are.
        Cell::Number(_) | Cell::Decimal(..) => {
            let value: f64 = cell.plain().parse().unwrap_or(0.0);
            let shown = match cell {
                Cell::Decimal(_, decimals) => format!("#,##0.{}", "0".repeat(usize::try_from(*decimals).unwrap_or(0))),
                Cell::Number(_) | Cell::Text(_) => "#,##0".to_owned(),
            };
            sheet.write_number_with_format(at.0, at.1, value, &Format::new().set_num_format(shown))?
        }
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
    use std::io::Cursor;

    fn table() -> Table {
        let rows = vec![
            vec![Cell::Text("=HYPERLINK(\"http://a\")".to_owned()), Cell::Number(14_492)],
            vec![Cell::Text(" @SUM(1)".to_owned()), Cell::Decimal(12_345, 3)],
            vec![Cell::Text("Nguyễn \"An\", Sở Y tế".to_owned()), Cell::Decimal(-5, 1)],
        ];
        Table { code: "thu", name: "Thử", heads: vec!["Tên", "Số"], rows }
    }

    #[test]
    fn a_csv_has_its_mark_and_no_formula() {
        let bytes = csv(&table()).expect("a CSV");
        let text = String::from_utf8(bytes).expect("UTF-8");
        let expected =
            "\u{feff}Tên,Số\r\n\"'=HYPERLINK(\"\"http://a\"\")\",14492\r\n' @SUM(1),12.345\r\n\"Nguyễn \"\"An\"\", Sở Y tế\",-0.5\r\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn a_workbook_reads_back_as_it_was_written() {
        let bytes = xlsx(&[table()]).expect("a workbook");
        let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
        let sheet = book.worksheet_range("Thử").expect("the sheet");
        assert_eq!(sheet.get_value((1, 0)), Some(&Data::String("=HYPERLINK(\"http://a\")".to_owned())));
        assert_eq!(sheet.get_value((1, 1)), Some(&Data::Float(14_492.0)));
        assert_eq!(sheet.get_value((2, 1)), Some(&Data::Float(12.345)));
        let formulas = book.worksheet_formula("Thử").expect("the sheet");
        assert!(formulas.is_empty(), "no cell is a formula");
    }
}
