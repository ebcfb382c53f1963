//! Prizes (cơ cấu giải thưởng): how many of what, for whom.

use crate::{
    Field, Refusal, Refused,
    contest::typed::number,
    identity::{Audience, Block},
    vietnamese::{self, tidy},
};
use serde::{Deserialize, Serialize};

/// Most rows of one prize table.
pub const MOST_PRIZES: usize = 40;

/// For whom a prize is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrizeScope {
    /// Giải cá nhân of a division.
    Individual(Audience),
    /// Giải tập thể of a block.
    Collective(Block),
}

/// One row of the prize table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prize {
    /// For whom.
    pub scope: PrizeScope,
    /// Nhất, Nhì, Ba, Khuyến khích.
    pub name: String,
    /// How many.
    pub quantity: u32,
    /// In đồng, each.
    pub value: i64,
}

/// What was typed in one row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrizeForm {
    /// Code of a scope: see [`PrizeScope::code`].
    pub scope: String,
    /// The name; an empty row is skipped.
    pub name: String,
    /// How many.
    pub quantity: String,
    /// In đồng; empty: no money.
    pub value: String,
}

impl PrizeScope {
    /// Every scope a prize can have.
    pub fn all() -> impl Iterator<Item = Self> {
        let people = Audience::ALL.iter().copied().map(Self::Individual);
        people.chain(Block::ALL.iter().copied().filter(|block| *block != Block::None).map(Self::Collective))
    }

    /// The word of a select: `person-civil_servant`, `unit-xa`.
    pub fn code(self) -> String {
        match self {
            Self::Individual(audience) => format!("person-{}", audience.code()),
            Self::Collective(block) => format!("unit-{}", block.code()),
        }
    }

    /// The scope of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::all().find(|scope| scope.code() == code)
    }

    /// "Giải cá nhân – Người dân".
    pub fn label(self) -> String {
        match self {
            Self::Individual(audience) => format!("Giải cá nhân – {}", audience.label()),
            Self::Collective(block) => format!("Giải tập thể – {}", block.label()),
        }
    }
}

impl Prize {
    /// "02 giải, mỗi giải 1.000.000 đồng".
    pub fn words(&self) -> String {
        match self.value {
            0 => format!("{:02} giải", self.quantity),
            value => format!("{:02} giải, mỗi giải {} đồng", self.quantity, vietnamese::number(value)),
        }
    }

    /// The row's form, to be changed.
    pub fn form(&self) -> PrizeForm {
        PrizeForm {
            scope: self.scope.code(),
            name: self.name.clone(),
            quantity: self.quantity.to_string(),
            value: vietnamese::number(self.value),
        }
    }
}

/// Reads a prize table, from the highest prize down within each scope; empty rows are skipped.
///
/// # Errors
/// Every refused field of every row: `scope0`, `name0`, `quantity0`, `value0` …
pub fn read_prizes(rows: &[PrizeForm]) -> Result<Vec<Prize>, Refused> {
    let mut refused = Refused::new();
    let mut prizes: Vec<Prize> = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        let name = tidy(&row.name);
        if name.is_empty() && row.quantity.trim().is_empty() && row.value.trim().is_empty() {
            continue;
        }
        if name.is_empty() {
            refused.push((Field::nth("name", i), Refusal::Required));
        } else if name.chars().count() > 60 {
            refused.push((Field::nth("name", i), Refusal::TooLong));
        }
        let scope = PrizeScope::from_code(&row.scope);
        if scope.is_none() {
            refused.push((Field::nth("scope", i), Refusal::NotOffered));
        }
        let quantity = u32::try_from(number(&mut refused, Field::nth("quantity", i), &row.quantity, (1, 1_000))).unwrap_or(1);
        let value =
            if row.value.trim().is_empty() { 0 } else { number(&mut refused, Field::nth("value", i), &row.value, (0, 1_000_000_000_000)) };
        let Some(scope) = scope else { continue };
        if prizes.iter().any(|prize| prize.scope == scope && prize.name == name) {
            refused.push((Field::nth("name", i), Refusal::Repeated));
        }
        // Prizes are given from the top: a lower row may not be worth more than a higher one.
        if prizes.iter().rev().find(|prize| prize.scope == scope).is_some_and(|above| above.value < value && above.value > 0) {
            refused.push((Field::nth("value", i), Refusal::PrizeOrder));
        }
        prizes.push(Prize { scope, name, quantity, value });
    }
    if prizes.len() > MOST_PRIZES {
        refused.push((Field::named("prizes"), Refusal::OutOfRange));
    }
    if refused.is_empty() { Ok(prizes) } else { Err(refused) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, quantity: &str, value: &str) -> PrizeForm {
        PrizeForm { scope: "person-citizen".to_owned(), name: name.to_owned(), quantity: quantity.to_owned(), value: value.to_owned() }
    }

    fn refusals(rows: &[PrizeForm]) -> Vec<(String, Refusal)> {
        read_prizes(rows).expect_err("refused").into_iter().map(|(field, refusal)| (field.0.into_owned(), refusal)).collect()
    }

    #[test]
    fn a_table_reads_and_speaks() {
        let prizes = read_prizes(&[row("Nhất", "1", "2.000.000"), row("", "", ""), row("Nhì", "2", "1 000 000")]).expect("it reads");
        assert_eq!(prizes.len(), 2);
        assert_eq!(prizes[1].words(), "02 giải, mỗi giải 1.000.000 đồng");
        assert_eq!(prizes[0].scope.label(), "Giải cá nhân – Người dân");
        let forms: Vec<_> = prizes.iter().map(Prize::form).collect();
        assert_eq!(read_prizes(&forms), Ok(prizes));
    }

    #[test]
    fn wrong_rows_are_named() {
        let mut bad = row("", "0", "x");
        bad.scope = "unit-".to_owned();
        assert_eq!(
            refusals(&[row("Nhất", "1", ""), bad]),
            [
                ("name1".to_owned(), Refusal::Required),
                ("scope1".to_owned(), Refusal::NotOffered),
                ("quantity1".to_owned(), Refusal::OutOfRange),
                ("value1".to_owned(), Refusal::NotANumber),
            ]
        );
    }

    #[test]
    fn a_name_stands_once_and_values_fall() {
        assert_eq!(refusals(&[row("Nhất", "1", "1"), row("Nhất", "1", "1")]), [("name1".to_owned(), Refusal::Repeated)]);
        assert_eq!(refusals(&[row("Nhất", "1", "100"), row("Nhì", "1", "200")]), [("value1".to_owned(), Refusal::PrizeOrder)]);
        assert_eq!(refusals(&[row(&"N".repeat(61), "1", "")]), [("name0".to_owned(), Refusal::TooLong)]);
        let many: Vec<_> = (0..=MOST_PRIZES).map(|i| row(&format!("Giải {i}"), "1", "")).collect();
        assert_eq!(refusals(&many), [("prizes".to_owned(), Refusal::OutOfRange)]);
    }

    #[test]
    fn every_scope_has_its_word() {
        assert!(PrizeScope::all().all(|scope| PrizeScope::from_code(&scope.code()) == Some(scope)));
        assert_eq!(PrizeScope::from_code("unit-"), None);
    }
}
