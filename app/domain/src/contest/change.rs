//! What may still change in a frozen round: a closed set, each with a reason, a second person and a public notice.

use super::{RoundState, Window};
use crate::{
    Refusal, Timestamp,
    id::{DivisionId, QuestionId, UnitId},
    vietnamese,
};
use serde::{Deserialize, Serialize};

/// A change of a frozen round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum RoundChange {
    /// The whole window moves; only before it opens.
    ShiftWindow {
        /// The new opening.
        opens: Timestamp,
        /// The new closing.
        closes: Timestamp,
    },
    /// The round closes later; while it waits or is open.
    ExtendClose {
        /// The new closing.
        closes: Timestamp,
    },
    /// Results are expected on another day; until they are public.
    ExpectResults {
        /// The new day.
        at: Timestamp,
    },
    /// A unit's frozen headcount was wrong; until the round is ranked.
    CorrectHeadcount {
        /// The unit.
        unit: UnitId,
        /// The right figure; none: no figure.
        headcount: Option<i64>,
    },
    /// A question leaves the pool for another of the same cell; only before it opens.
    ReplaceQuestion {
        /// The division.
        division: DivisionId,
        /// What leaves.
        question: QuestionId,
        /// What comes.
        by: QuestionId,
    },
}

words! {
    /// Where a proposed change stands.
    pub enum ChangeState {
        /// It waits for a second person.
        Proposed = "proposed", "Chờ người thứ hai quyết định";
        /// It holds.
        Done = "done", "Đã áp dụng";
        /// It was turned down.
        Declined = "declined", "Không đồng ý";
    }
}

impl RoundChange {
    /// Whether a round in this state and window may be changed so, at this moment.
    ///
    /// # Errors
    /// [`Refusal::WrongOrder`] when it is too early or too late in the round's life,
    /// [`Refusal::ClosesTooEarly`] or [`Refusal::OutOfRange`] when the new values make no sense.
    pub fn check(&self, state: RoundState, window: Window, now: Timestamp) -> Result<(), Refusal> {
        let timely = match self {
            Self::ShiftWindow { .. } | Self::ReplaceQuestion { .. } => state == RoundState::Waiting,
            Self::ExtendClose { .. } => matches!(state, RoundState::Waiting | RoundState::Open),
            Self::ExpectResults { .. } => state.is_frozen() && state != RoundState::Published,
            Self::CorrectHeadcount { .. } => matches!(state, RoundState::Waiting | RoundState::Open | RoundState::Closed | RoundState::Review),
        };
        if !timely {
            return Err(Refusal::WrongOrder);
        }
        match self {
            Self::ShiftWindow { opens, closes } if closes <= opens => Err(Refusal::ClosesTooEarly),
            Self::ShiftWindow { opens, .. } if *opens <= now => Err(Refusal::OutOfRange),
            // Closing earlier would take time from those who planned on it.
            Self::ExtendClose { closes } if *closes <= window.closes => Err(Refusal::ClosesTooEarly),
            Self::ExpectResults { at } if *at < Timestamp(window.closes.0.min(now.0)) => Err(Refusal::OutOfRange),
            Self::CorrectHeadcount { headcount: Some(headcount), .. } if !(1..=1_000_000).contains(headcount) => Err(Refusal::OutOfRange),
            Self::ReplaceQuestion { question, by, .. } if question == by => Err(Refusal::NotOffered),
            _ => Ok(()),
        }
    }

    /// What the public reads; a unit's name comes from whoever asks.
    pub fn words(&self, unit: Option<&str>) -> String {
        match self {
            Self::ShiftWindow { opens, closes } => format!("Chuyển thời gian của đợt thi: mở {}, đóng {}.", opens.words(), closes.words()),
            Self::ExtendClose { closes } => format!("Gia hạn giờ đóng đến {}.", closes.words()),
            Self::ExpectResults { at } => format!("Dự kiến công bố kết quả ngày {}.", at.date()),
            Self::CorrectHeadcount { headcount, .. } => {
                let figure = headcount.map_or_else(|| "chưa có số liệu".to_owned(), vietnamese::number);
                format!("Đính chính số CBCCVC và người lao động của {}: {figure}.", unit.unwrap_or("một đơn vị"))
            }
            Self::ReplaceQuestion { .. } => "Thay một câu hỏi trong bộ câu hỏi của đợt thi trước giờ mở.".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    const WINDOW: Window = Window { opens: Timestamp(1_000), closes: Timestamp(2_000) };

    fn every_change() -> Vec<RoundChange> {
        let question = QuestionId(Uuid::from_u128(1));
        vec![
            RoundChange::ShiftWindow { opens: Timestamp(3_000), closes: Timestamp(4_000) },
            RoundChange::ExtendClose { closes: Timestamp(3_000) },
            RoundChange::ExpectResults { at: Timestamp(9_000) },
            RoundChange::CorrectHeadcount { unit: UnitId(Uuid::nil()), headcount: Some(120) },
            RoundChange::ReplaceQuestion { division: DivisionId(Uuid::nil()), question, by: QuestionId(Uuid::from_u128(2)) },
        ]
    }

    #[test]
    fn each_change_has_its_time() {
        let allowed = |state, now| -> Vec<bool> { every_change().iter().map(|change| change.check(state, WINDOW, Timestamp(now)).is_ok()).collect() };
        assert_eq!(allowed(RoundState::Draft, 0), [false; 5], "a draft is simply edited");
        assert_eq!(allowed(RoundState::Waiting, 0), [true; 5]);
        assert_eq!(allowed(RoundState::Open, 1_500), [false, true, true, true, false]);
        assert_eq!(allowed(RoundState::Closed, 2_500), [false, false, true, true, false]);
        assert_eq!(allowed(RoundState::Review, 2_500), [false, false, true, true, false]);
        assert_eq!(allowed(RoundState::Ranked, 2_500), [false, false, true, false, false]);
        assert_eq!(allowed(RoundState::Published, 2_500), [false; 5]);
        assert_eq!(allowed(RoundState::Cancelled, 2_500), [false; 5]);
    }

    #[test]
    fn senseless_values_are_refused() {
        let check = |change: RoundChange| change.check(RoundState::Waiting, WINDOW, Timestamp(500));
        assert_eq!(check(RoundChange::ShiftWindow { opens: Timestamp(900), closes: Timestamp(900) }), Err(Refusal::ClosesTooEarly));
        assert_eq!(check(RoundChange::ShiftWindow { opens: Timestamp(500), closes: Timestamp(900) }), Err(Refusal::OutOfRange));
        assert_eq!(check(RoundChange::ExtendClose { closes: Timestamp(2_000) }), Err(Refusal::ClosesTooEarly));
        assert_eq!(check(RoundChange::ExpectResults { at: Timestamp(499) }), Err(Refusal::OutOfRange));
        assert_eq!(check(RoundChange::CorrectHeadcount { unit: UnitId(Uuid::nil()), headcount: Some(0) }), Err(Refusal::OutOfRange));
        let question = QuestionId(Uuid::nil());
        assert_eq!(check(RoundChange::ReplaceQuestion { division: DivisionId(Uuid::nil()), question, by: question }), Err(Refusal::NotOffered));
    }

    #[test]
    fn the_public_reads_what_changed() {
        let closes = Timestamp::read("17:00 28/11/2026").expect("a moment");
        assert_eq!(RoundChange::ExtendClose { closes }.words(None), "Gia hạn giờ đóng đến 17 giờ 00 phút ngày 28/11/2026.");
        let headcount = RoundChange::CorrectHeadcount { unit: UnitId(Uuid::nil()), headcount: Some(1_204) };
        assert_eq!(headcount.words(Some("Sở Nội vụ")), "Đính chính số CBCCVC và người lao động của Sở Nội vụ: 1.204.");
    }

    #[test]
    fn a_stored_change_reads_back() {
        for change in every_change() {
            let json = serde_json::to_string(&change).expect("JSON");
            assert_eq!(serde_json::from_str::<RoundChange>(&json).expect("it reads"), change, "{json}");
        }
    }

    proptest! {
        #[test]
        fn a_close_only_moves_later(closes in any::<i32>(), now in 0_i64..2_000) {
            let closes = Timestamp(i64::from(closes));
            let state = if now < 1_000 { RoundState::Waiting } else { RoundState::Open };
            let allowed = RoundChange::ExtendClose { closes }.check(state, WINDOW, Timestamp(now)).is_ok();
            prop_assert_eq!(allowed, closes > WINDOW.closes);
        }
    }
}
