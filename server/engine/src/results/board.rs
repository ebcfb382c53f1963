//! The boards of an announcement as far as somebody may see them: units block by block, and the first places.

use super::store::{PersonRow, TopRow, UnitRow};
use crate::{Result, ranking::store::Ranking, store::Work};
use domain::{
    contest::RoundRules,
    identity::{Audience, Block},
    ranking::Span,
    results::{Facts, Matter, Moment, Openness, Viewer, may_see},
};

/// One of the first places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopLine {
    /// The audience.
    pub audience: Audience,
    /// The name; none without consent to its publication.
    pub name: Option<String>,
    /// The unit; none without that consent either.
    pub unit: Option<String>,
    /// Mã dự thi.
    pub code: String,
    /// The place.
    pub place: i64,
    /// Right answers.
    pub correct: i64,
    /// Points.
    pub score: i64,
}

/// A unit's line on the board.
pub type UnitLine = UnitRow;

/// Units and first places, of the round or of the whole contest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    /// The units that may be seen.
    pub units: Vec<UnitLine>,
    /// Units that are left out.
    pub hidden_units: i64,
    /// The first places that may be seen.
    pub top: Vec<TopLine>,
}

/// What the round's rules open.
pub(super) fn openness(rules: &RoundRules, facts: &Facts) -> Openness {
    Openness {
        prediction: facts.divisions.iter().any(|division| division.prediction.is_some()),
        live_board: rules.live_board,
        top_places: rules.public_places > 0,
        lower_units: rules.lowest_units_public,
    }
}

/// The unit lines that are shown: of each block the upper half, whoever has 100 %, and the rest where it may be seen.
pub(super) fn shown_units(units: Vec<UnitRow>, lower_too: bool) -> (Vec<UnitRow>, i64) {
    if lower_too {
        return (units, 0);
    }
    let all = units.len();
    let placed =
        |block: Block| i64::try_from(units.iter().filter(|row| row.block == block && row.place.is_some()).count()).unwrap_or(i64::MAX);
    let halves: Vec<(Block, i64)> = Block::ALL.iter().map(|block| (*block, (placed(*block) + 1) / 2)).collect();
    let upper = |row: &UnitRow| {
        let half = halves.iter().find(|(block, _)| *block == row.block).map_or(0, |(_, half)| *half);
        row.place.is_some_and(|place| place <= half || row.rate_ppm == Some(1_000_000))
    };
    let shown: Vec<UnitRow> = units.iter().filter(|row| upper(row)).cloned().collect();
    let hidden = i64::try_from(all - shown.len()).unwrap_or(i64::MAX);
    (shown, hidden)
}

impl PersonRow {
    /// Name and unit, if they may be published; of anybody else only the mã dự thi is public.
    pub(super) fn public(self) -> (Option<String>, Option<String>) {
        if self.named { (Some(self.full_name), self.unit) } else { (None, None) }
    }
}

impl From<TopRow> for TopLine {
    fn from(row: TopRow) -> Self {
        let code = row.person.code.clone().unwrap_or_default();
        let (name, unit) = row.person.public();
        Self { audience: row.line.audience, name, unit, code, place: row.line.place, correct: row.line.correct, score: row.line.score.0 }
    }
}

impl Work {
    /// A board as far as the viewer may see it at that moment.
    pub(super) async fn board(
        &mut self,
        ranking: Ranking,
        span: Span,
        rules: &RoundRules,
        (viewer, moment, open): (Viewer, Moment, Openness),
    ) -> Result<Board> {
        let lower_too = may_see(Matter::LowerUnits, viewer, moment, open);
        let (units, hidden_units) = shown_units(self.unit_rows(ranking, span).await?, lower_too);
        let mut top = Vec::new();
        if may_see(Matter::TopPlaces, viewer, moment, open) && rules.public_places > 0 {
            for audience in Audience::ALL {
                let rows = self.top_rows(ranking, (span, *audience), i64::from(rules.public_places)).await?;
                top.extend(rows.into_iter().map(TopLine::from));
            }
        }
        Ok(Board { units, hidden_units, top })
    }
}
