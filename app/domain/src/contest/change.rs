//! What may still change in a frozen round: a closed set, each with a reason, a second person and a public notice.

use super::{
    RoundState, Window,
    grant::{Grant, Grantee},
    pause::Pause,
};
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
    /// The round is taken back to a draft, to be announced anew; only before it opens.
    ReturnToDraft,
    /// The round does not take place; only before it opens.
    CallOff,
    /// A person or a unit gets more than the rules give; until the review begins.
    Grant {
        /// Who.
        to: Grantee,
        /// What.
        grant: Grant,
    },
    /// The round goes on after a pause; every deadline and the close move by exactly its length.
    Resume {
        /// Since when it is paused: the proposal is for this pause and no other.
        since: Timestamp,
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
            Self::ShiftWindow { .. } | Self::ReplaceQuestion { .. } | Self::ReturnToDraft | Self::CallOff => state == RoundState::Waiting,
            Self::ExtendClose { .. } => matches!(state, RoundState::Waiting | RoundState::Open),
            Self::ExpectResults { .. } => state.is_frozen() && state != RoundState::Published,
            Self::CorrectHeadcount { .. } => {
                matches!(state, RoundState::Waiting | RoundState::Open | RoundState::Closed | RoundState::Review)
            }
            Self::Grant { .. } => matches!(state, RoundState::Waiting | RoundState::Open | RoundState::Closed),
            Self::Resume { .. } => matches!(state, RoundState::Open | RoundState::Closed),
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
            Self::Grant { grant, .. } => grant.check(window, now),
            _ => Ok(()),
        }
    }

    /// Whether it fits the round's being paused: a paused round is resumed first, and then its window may be moved.
    ///
    /// # Errors
    /// [`Refusal::WrongOrder`].
    pub fn check_pause(&self, pause: Pause) -> Result<(), Refusal> {
        let fits = match self {
            Self::Resume { since } => pause.since == Some(*since),
            Self::ShiftWindow { .. } | Self::ExtendClose { .. } => !pause.is_on(),
            Self::ExpectResults { .. }
            | Self::CorrectHeadcount { .. }
            | Self::ReplaceQuestion { .. }
            | Self::ReturnToDraft
            | Self::CallOff
            | Self::Grant { .. } => true,
        };
        if fits { Ok(()) } else { Err(Refusal::WrongOrder) }
    }

    /// The unit that it concerns, whose name [`Self::words`] asks for.
    pub const fn unit(&self) -> Option<UnitId> {
        match self {
            Self::CorrectHeadcount { unit, .. } | Self::Grant { to: Grantee::Unit(unit), .. } => Some(*unit),
            _ => None,
        }
    }

    /// Whether it belongs to running the day, and not to what was frozen.
    pub const fn is_of_the_day(&self) -> bool {
        matches!(self, Self::Grant { .. } | Self::Resume { .. })
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
            Self::ReturnToDraft => "Đưa đợt thi về bản soạn trước giờ mở; cấu hình mới sẽ được công bố lại.".to_owned(),
            Self::CallOff => "Hủy đợt thi trước giờ mở.".to_owned(),
            Self::Grant { to: Grantee::Person(_), grant } => grant.words("01 người dự thi"),
            Self::Grant { to: Grantee::Unit(_), grant } => grant.words(&format!("người dự thi của {}", unit.unwrap_or("một đơn vị"))),
            Self::Resume { since } => format!(
                "Tiếp tục đợt thi sau khi tạm dừng từ {}; giờ đóng và thời gian làm bài được lùi đúng bằng thời gian tạm dừng.",
                since.words()
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::ChangeForm, *};
    use crate::Millis;
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
            RoundChange::ReturnToDraft,
            RoundChange::CallOff,
            RoundChange::Grant { to: Grantee::Unit(UnitId(Uuid::nil())), grant: Grant::Time(Millis::minutes(10)) },
            RoundChange::Resume { since: Timestamp(1_200) },
        ]
    }

    #[test]
    fn each_change_has_its_time() {
        let allowed =
            |state, now| -> Vec<bool> { every_change().iter().map(|change| change.check(state, WINDOW, Timestamp(now)).is_ok()).collect() };
        assert_eq!(allowed(RoundState::Draft, 0), [false; 9], "a draft is simply edited");
        assert_eq!(allowed(RoundState::Waiting, 0), [true, true, true, true, true, true, true, true, false]);
        assert_eq!(allowed(RoundState::Open, 1_500), [false, true, true, true, false, false, false, true, true]);
        assert_eq!(allowed(RoundState::Closed, 2_500), [false, false, true, true, false, false, false, true, true]);
        assert_eq!(allowed(RoundState::Review, 2_500), [false, false, true, true, false, false, false, false, false]);
        assert_eq!(allowed(RoundState::Ranked, 2_500), [false, false, true, false, false, false, false, false, false]);
        assert_eq!(allowed(RoundState::Published, 2_500), [false; 9]);
        assert_eq!(allowed(RoundState::Cancelled, 2_500), [false; 9]);
    }

    #[test]
    fn a_paused_round_is_resumed_first() {
        let fits = |pause| -> Vec<bool> { every_change().iter().map(|change| change.check_pause(pause).is_ok()).collect() };
        assert_eq!(fits(Pause::default()), [true, true, true, true, true, true, true, true, false]);
        assert_eq!(fits(Pause { since: Some(Timestamp(1_200)) }), [false, false, true, true, true, true, true, true, true]);
        assert!(!fits(Pause { since: Some(Timestamp(1_300)) })[8], "the proposal was for another pause");
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
        assert_eq!(
            check(RoundChange::ReplaceQuestion { division: DivisionId(Uuid::nil()), question, by: question }),
            Err(Refusal::NotOffered)
        );
    }

    #[test]
    fn a_typed_change_is_read_and_its_wrong_fields_named() {
        let form =
            ChangeForm { what: "extend_close".to_owned(), closes_at: "24 giờ 00 ngày 29/11/2026".to_owned(), ..ChangeForm::default() };
        let closes = Timestamp::read("00:00 30/11/2026").expect("a moment");
        assert_eq!(form.read(), Ok(RoundChange::ExtendClose { closes }));
        let wrong = |what: &str| -> Vec<(String, Refusal)> {
            let form =
                ChangeForm { what: what.to_owned(), closes_at: "mai".to_owned(), headcount: "nhiều".to_owned(), ..ChangeForm::default() };
            form.read().expect_err("refused").into_iter().map(|(field, refusal)| (field.0.into_owned(), refusal)).collect()
        };
        assert_eq!(wrong("shift_window"), [("opens_at".to_owned(), Refusal::Required), ("closes_at".to_owned(), Refusal::NotAMoment)]);
        assert_eq!(wrong("expect_results"), [("expected_at".to_owned(), Refusal::NotADate)]);
        assert_eq!(wrong("correct_headcount"), [("headcount".to_owned(), Refusal::NotANumber), ("unit".to_owned(), Refusal::NotOffered)]);
        assert_eq!(wrong("replace_question"), [("leaving".to_owned(), Refusal::NotOffered), ("by".to_owned(), Refusal::NotOffered)]);
        assert_eq!(wrong("close_at_once"), [("what".to_owned(), Refusal::NotOffered)]);
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
