//! The columns of a roster: how they may be headed, and which kind of sheet they make.

use super::{Cell, Issue, RawSheet, RosterFault};
use crate::vietnamese::fold;

words! {
    /// What a sheet lists.
    pub enum SheetKind {
        /// Units.
        Units = "units", "Đơn vị";
        /// People who may take part.
        People = "people", "Người dự thi";
    }
}

words! {
    /// What a column is for; the label is its heading in our own sample file.
    pub enum Column {
        /// A unit's short, stable code.
        Code = "code", "Mã đơn vị";
        /// A unit's name.
        Name = "name", "Tên đơn vị";
        /// A unit's kind.
        Kind = "kind", "Loại đơn vị";
        /// The code of the unit above.
        Parent = "parent", "Mã đơn vị cấp trên";
        /// The block in which the unit competes.
        Block = "block", "Khối";
        /// Civil servants and workers.
        Headcount = "headcount", "Số CBCCVC và người lao động";
        /// The day of the headcount.
        AsOf = "headcount_as_of", "Chốt đến ngày";
        /// When the unit began.
        ValidFrom = "valid_from", "Hiệu lực từ ngày";
        /// When the unit ended.
        ValidUntil = "valid_until", "Hiệu lực đến ngày";
        /// Names from before a merger, separated by semicolons.
        FormerNames = "former_names", "Tên cũ";
        /// Whether the unit is an invented sample.
        Sample = "sample", "Đơn vị mẫu";
        /// The phone number or name to sign in with.
        Login = "login", "Tên đăng nhập";
        /// The full name.
        FullName = "full_name", "Họ và tên";
        /// The person's unit by its code.
        Unit = "unit", "Mã đơn vị";
        /// The person's unit by its name.
        UnitName = "unit_name", "Tên đơn vị";
        /// The audience.
        Audience = "audience", "Đối tượng";
        /// The position.
        Position = "position", "Chức vụ";
        /// The e-mail address.
        Email = "email", "E-mail";
        /// The date of birth.
        BirthDate = "birth_date", "Ngày sinh";
    }
}

impl Column {
    /// The columns of our sample file for this kind of sheet, in order.
    pub const fn of(kind: SheetKind) -> &'static [Self] {
        match kind {
            SheetKind::Units => &[
                Self::Code,
                Self::Name,
                Self::Kind,
                Self::Parent,
                Self::Block,
                Self::Headcount,
                Self::AsOf,
                Self::ValidFrom,
                Self::ValidUntil,
                Self::FormerNames,
                Self::Sample,
            ],
            SheetKind::People => {
                &[Self::Login, Self::FullName, Self::Unit, Self::UnitName, Self::Audience, Self::Position, Self::Email, Self::BirthDate]
            }
        }
    }

    /// Other headings people write, without marks.
    const fn also(self) -> &'static [&'static str] {
        match self {
            Self::Code => &["ma", "ma dv"],
            Self::Name => &["ten", "don vi", "ten dv", "ten co quan, don vi", "ten co quan"],
            Self::Kind => &["loai", "loai hinh"],
            Self::Parent => &["don vi cap tren", "cap tren", "ma cap tren", "truc thuoc"],
            Self::Block => &["khoi thi dua"],
            Self::Headcount => &["so cbccvc", "so nguoi", "so cbccvc, nguoi lao dong", "so cbccvc va nld", "so cbccvcnld"],
            Self::AsOf => &["ngay chot", "chot ngay", "tinh den ngay"],
            Self::ValidFrom => &["hieu luc tu", "tu ngay"],
            Self::ValidUntil => &["hieu luc den", "den ngay"],
            Self::FormerNames => &["ten truoc sap nhap", "cac ten cu"],
            Self::Sample => &["mau"],
            Self::Login => &["so dien thoai", "dien thoai", "sdt", "tai khoan", "tai khoan dang nhap", "so dien thoai hoac ten dang nhap"],
            Self::FullName => &["ho ten", "ho va ten day du", "ho, ten", "ho va ten (co dau)"],
            Self::Unit => &["ma dv"],
            Self::UnitName => &["don vi", "co quan", "co quan, don vi", "don vi cong tac", "don vi du thi"],
            Self::Audience => &["doi tuong du thi", "bang thi"],
            Self::Position => &["chuc danh", "chuc vu, chuc danh", "chuc vu/chuc danh"],
            Self::Email => &["thu dien tu", "hop thu"],
            Self::BirthDate => &["ngay, thang, nam sinh", "ngay thang nam sinh", "nam sinh"],
        }
    }

    /// The column of this kind of sheet that bears the heading.
    pub fn read(kind: SheetKind, heading: &str) -> Option<Self> {
        let folded = fold(heading);
        let bare = folded.trim_matches(|c: char| matches!(c, '*' | ':' | '.' | ' '));
        Self::of(kind).iter().copied().find(|column| bare == column.code() || bare == fold(column.label()) || column.also().contains(&bare))
    }
}

/// Headings that are expected and mean nothing to us.
const IGNORED: &[&str] = &["stt", "tt", "so tt", "ghi chu", "gioi tinh"];
/// The heading stands in one of the first rows: lists often begin with a title.
const SEARCHED_ROWS: usize = 10;

/// Where a sheet's columns stand.
#[derive(Debug)]
pub(super) struct Heading {
    pub kind: SheetKind,
    /// The index in `rows` of the first row below the heading.
    pub body: usize,
    /// Each known column and its place.
    columns: Vec<(Column, usize)>,
}

impl Heading {
    /// The column's place.
    pub fn place(&self, column: Column) -> Option<usize> {
        self.columns.iter().find(|(known, _)| *known == column).map(|(_, place)| *place)
    }

    /// Finds the heading; tells what is wrong with it.
    pub fn find(sheet: &RawSheet, issues: &mut Vec<Issue>) -> Option<Self> {
        let found = sheet.rows.iter().take(SEARCHED_ROWS).enumerate().find_map(|(i, row)| {
            let texts: Vec<String> =
                row.cells.iter().map(|cell| if let Cell::Text(text) = cell { text.clone() } else { String::new() }).collect();
            kind_of(&texts).map(|kind| (i, row.number, kind, texts))
        });
        let Some((i, number, kind, texts)) = found else {
            issues.push(Issue { sheet: sheet.name.clone(), row: 0, column: None, heading: None, fault: RosterFault::HeadingMissing });
            return None;
        };
        let mut columns = Vec::new();
        for (place, text) in texts.iter().enumerate() {
            let mut tell = |heading, fault| {
                issues.push(Issue { sheet: sheet.name.clone(), row: number, column: u32::try_from(place).ok(), heading, fault });
            };
            match Column::read(kind, text) {
                Some(column) if columns.iter().any(|(known, _)| *known == column) => tell(Some(column), RosterFault::ColumnTwice),
                Some(column) => columns.push((column, place)),
                None if fold(text).is_empty() || IGNORED.contains(&fold(text).trim_matches('.')) => {}
                None => tell(None, RosterFault::ColumnUnknown),
            }
        }
        let heading = Self { kind, body: i + 1, columns };
        if kind == SheetKind::People && heading.place(Column::Unit).is_none() && heading.place(Column::UnitName).is_none() {
            let fault = RosterFault::ColumnMissing;
            issues.push(Issue { sheet: sheet.name.clone(), row: number, column: None, heading: Some(Column::Unit), fault });
        }
        Some(heading)
    }
}

/// Whether one of the first rows names the columns of a roster.
pub fn is_listing(sheet: &RawSheet) -> bool {
    Heading::find(sheet, &mut Vec::new()).is_some()
}

/// People are recognised first: their sheet too may name a unit's code and name.
fn kind_of(texts: &[String]) -> Option<SheetKind> {
    let has = |kind, column| texts.iter().any(|text| Column::read(kind, text) == Some(column));
    if has(SheetKind::People, Column::Login) && has(SheetKind::People, Column::FullName) {
        return Some(SheetKind::People);
    }
    (has(SheetKind::Units, Column::Code) && has(SheetKind::Units, Column::Name)).then_some(SheetKind::Units)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_heading_of_the_sample_is_read_back() {
        for kind in SheetKind::ALL {
            for column in Column::of(*kind) {
                assert_eq!(Column::read(*kind, column.label()), Some(*column), "{column:?}");
                assert_eq!(Column::read(*kind, column.code()), Some(*column), "{column:?}");
                assert_eq!(Column::read(*kind, &format!(" {} * ", column.label().to_uppercase())), Some(*column), "{column:?}");
            }
        }
    }

    #[test]
    fn no_heading_means_two_columns() {
        for kind in SheetKind::ALL {
            let mut seen = std::collections::BTreeSet::new();
            for column in Column::of(*kind) {
                for heading in column.also().iter().copied().chain([column.code()]) {
                    assert!(seen.insert(heading), "{heading} of {column:?}");
                }
            }
        }
    }
}
