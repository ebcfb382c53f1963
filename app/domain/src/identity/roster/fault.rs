//! What can be wrong in a roster, and where: sheet, row and column.

use super::Column;
use serde::{Deserialize, Serialize};

words! {
    /// Something that a person should correct, or know, before a roster is accepted.
    pub enum RosterFault {
        /// No row names the columns we know.
        HeadingMissing = "heading_missing", "Không thấy dòng tiêu đề. Trang đơn vị cần cột “Mã đơn vị”, “Tên đơn vị”; trang người dự thi cần cột “Tên đăng nhập”, “Họ và tên”.";
        /// A required column is missing.
        ColumnMissing = "column_missing", "Thiếu cột bắt buộc này.";
        /// Two columns have the same meaning.
        ColumnTwice = "column_twice", "Có hai cột cùng nội dung này. Xin bỏ một cột.";
        /// A heading that we do not know.
        ColumnUnknown = "column_unknown", "Cột này không có trong mẫu nên được bỏ qua.";
        /// More rows than one file may hold.
        TooManyRows = "too_many_rows", "Tệp có quá nhiều dòng. Xin chia thành nhiều tệp, mỗi tệp không quá 5.000 dòng.";
        /// The cell is a formula.
        Formula = "formula", "Ô này chứa công thức. Xin thay bằng giá trị (dán dạng “chỉ giá trị”).";
        /// The cell is too long.
        CellTooLong = "cell_too_long", "Nội dung ô quá dài.";
        /// The cell is empty.
        CellEmpty = "cell_empty", "Ô này đang trống.";
        /// A unit's code has other signs than a–z, 0–9 and hyphens.
        BadCode = "bad_code", "Mã đơn vị chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối, từ 2 đến 64 ký tự.";
        /// A unit stands twice in the file.
        CodeTwice = "code_twice", "Mã đơn vị này đã có ở dòng trên.";
        /// A name has too few letters.
        NameTooShort = "name_too_short", "Tên quá ngắn.";
        /// A person's name holds signs that no name has.
        BadName = "bad_name", "Xin ghi họ và tên bằng chữ, không có chữ số hay ký hiệu.";
        /// Not a kind of unit.
        BadKind = "bad_kind", "Loại đơn vị là một trong: Tỉnh; Sở, ban, ngành; Đơn vị trực thuộc; Xã; Phường; Đặc khu.";
        /// Not a block.
        BadBlock = "bad_block", "Khối là một trong: Khối sở, ban, ngành; Khối xã; Khối phường, đặc khu; Ngoài khối thi đua.";
        /// The unit above is neither in the file nor known.
        ParentUnknown = "parent_unknown", "Không có đơn vị cấp trên với mã này.";
        /// A unit would stand above itself.
        ParentCircle = "parent_circle", "Đơn vị cấp trên tạo thành vòng lặp.";
        /// Not a count of people.
        BadHeadcount = "bad_headcount", "Số CBCCVC và người lao động là số nguyên từ 0 đến 100.000.";
        /// A headcount whose day is not said.
        AsOfMissing = "as_of_missing", "Có số CBCCVC nhưng chưa ghi ngày chốt.";
        /// Not a date.
        BadDate = "bad_date", "Xin nhập ngày theo mẫu 23/11/2026.";
        /// A unit would end before it begins.
        EndsBeforeStart = "ends_before_start", "Ngày hết hiệu lực phải sau ngày có hiệu lực.";
        /// Neither yes nor no.
        BadChoice = "bad_choice", "Xin ghi “có” hoặc “không”.";
        /// A login of a form we do not accept.
        BadLogin = "bad_login", "Tên đăng nhập là số điện thoại 10 chữ số, hoặc tên gồm chữ không dấu, chữ số, dấu chấm (từ 4 ký tự).";
        /// A login stands twice in the file.
        LoginTwice = "login_twice", "Tên đăng nhập này đã có ở dòng trên.";
        /// The unit is neither in the file nor known.
        UnitUnknown = "unit_unknown", "Không có đơn vị với mã hoặc tên này.";
        /// Several units bear the name.
        UnitAmbiguous = "unit_ambiguous", "Có nhiều đơn vị cùng tên. Xin ghi mã đơn vị.";
        /// The unit has ended.
        UnitEnded = "unit_ended", "Đơn vị này đã hết hiệu lực.";
        /// Not an audience.
        BadAudience = "bad_audience", "Đối tượng là “Cán bộ, công chức, viên chức, người lao động” hoặc “Người dân”.";
        /// Not an e-mail address.
        BadEmail = "bad_email", "Địa chỉ e-mail chưa đúng.";
        /// A date of birth that cannot be one.
        BadBirthDate = "bad_birth_date", "Ngày sinh chưa đúng. Xin nhập theo mẫu 23/11/1990.";
        /// A name without Vietnamese marks.
        NoDiacritics = "no_diacritics", "Họ tên không có dấu. Xin kiểm tra lại, tên này in trên giấy chứng nhận.";
        /// The account is in use: its owner and the organisers change it, no list does.
        AccountInUse = "account_in_use", "Tài khoản đã kích hoạt nên được giữ nguyên. Muốn chuyển đơn vị, xin dùng trang của người dự thi.";
        /// The account was closed.
        AccountClosed = "account_closed", "Tài khoản này đã đóng nên không nhập lại được.";
    }
}

impl RosterFault {
    /// Whether it prevents accepting the roster; the others only tell.
    pub const fn blocks(self) -> bool {
        !matches!(self, Self::ColumnUnknown | Self::AsOfMissing | Self::NoDiacritics | Self::AccountInUse)
    }
}

/// A fault at its place in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// The sheet's name; empty for a file with one table.
    pub sheet: String,
    /// The row as the spreadsheet counts it, from 1; 0 for the sheet as a whole.
    pub row: u32,
    /// The column from 0, where there is one.
    pub column: Option<u32>,
    /// What the column is for, where we know it.
    pub heading: Option<Column>,
    /// What is wrong.
    pub fault: RosterFault,
}

impl Issue {
    /// "C5": the place as a spreadsheet names it; empty for the sheet as a whole.
    pub fn cell(&self) -> String {
        match (self.column, self.row) {
            (Some(column), row @ 1..) => format!("{}{row}", letters(column)),
            (Some(column), 0) => letters(column),
            (None, row @ 1..) => format!("{row}"),
            (None, 0) => String::new(),
        }
    }
}

/// A column as spreadsheets name it: 0 is A, 25 is Z, 26 is AA.
pub fn letters(column: u32) -> String {
    let mut name = Vec::new();
    let mut rest = column;
    loop {
        name.push(char::from_u32(u32::from('A') + rest % 26).unwrap_or('?'));
        if rest < 26 {
            break;
        }
        rest = rest / 26 - 1;
    }
    name.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_fault_is_a_sentence() {
        for fault in RosterFault::ALL {
            assert!(fault.label().ends_with('.'), "{fault:?}");
        }
    }

    #[test]
    fn columns_are_named_as_spreadsheets_name_them() {
        let named: Vec<String> = [0, 25, 26, 51, 52, 701, 702].into_iter().map(letters).collect();
        assert_eq!(named, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
        let issue = Issue { sheet: String::new(), row: 5, column: Some(2), heading: None, fault: RosterFault::CellEmpty };
        assert_eq!(issue.cell(), "C5");
    }

    proptest! {
        #[test]
        fn no_two_columns_share_a_name(a in 0_u32..20_000, b in 0_u32..20_000) {
            prop_assert_eq!(letters(a) == letters(b), a == b);
        }
    }
}
