//! What may still change in a frozen round: a closed set, each with a reason, a second person and a public notice.

use super::{
    RoundState, Window,
    typed::{moment, number},
};
use crate::{
    Field, Refusal, Refused, Timestamp,
    id::{DivisionId, QuestionId, UnitId},
    vietnamese,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

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

/// What an organiser typed about a change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChangeForm {
    /// Which change: see [`ChangeForm::KINDS`].
    pub what: String,
    /// The new opening.
    pub opens_at: String,
    /// The new closing.
    pub closes_at: String,
    /// The new day.
    pub expected_at: String,
    /// The unit.
    pub unit: String,
    /// The right figure; empty: no figure.
    pub headcount: String,
    /// The division and the question that leaves, `division/question`.
    pub leaving: String,
    /// What comes.
    pub by: String,
}

impl ChangeForm {
    /// The words of the changes, with what organisers call them.
    pub const KINDS: &'static [(&'static str, &'static str)] = &[
        ("extend_close", "Gia hạn giờ đóng"),
        ("shift_window", "Chuyển cả thời gian mở và đóng"),
        ("expect_results", "Đổi ngày dự kiến công bố"),
        ("correct_headcount", "Đính chính số người của đơn vị"),
        ("replace_question", "Thay một câu hỏi"),
        ("return_to_draft", "Đưa đợt thi về bản soạn"),
        ("call_off", "Hủy đợt thi"),
    ];

    /// Reads the form.
    ///
    /// # Errors
    /// Every refused field with its reason.
    pub fn read(&self) -> Result<RoundChange, Refused> {
        let mut refused = Refused::new();
        let change = match self.what.as_str() {
            "shift_window" => RoundChange::ShiftWindow {
                opens: moment(&mut refused, "opens_at", &self.opens_at).unwrap_or_default(),
                closes: moment(&mut refused, "closes_at", &self.closes_at).unwrap_or_default(),
            },
            "extend_close" => RoundChange::ExtendClose { closes: moment(&mut refused, "closes_at", &self.closes_at).unwrap_or_default() },
            "expect_results" => {
                let at = Timestamp::read_date(&self.expected_at);
                if at.is_none() {
                    refused.push((Field::named("expected_at"), Refusal::NotADate));
                }
                RoundChange::ExpectResults { at: at.unwrap_or_default() }
            }
            "correct_headcount" => {
                let typed = self.headcount.trim();
                let headcount = (!typed.is_empty()).then(|| number(&mut refused, "headcount", typed, (1, 1_000_000)));
                RoundChange::CorrectHeadcount { unit: id(&mut refused, "unit", &self.unit), headcount }
            }
            "replace_question" => {
                let (division, question) = self.leaving.split_once('/').unwrap_or_default();
                RoundChange::ReplaceQuestion {
                    division: id(&mut refused, "leaving", division),
                    question: id(&mut refused, "leaving", question),
                    by: id(&mut refused, "by", &self.by),
                }
            }
            "return_to_draft" => RoundChange::ReturnToDraft,
            "call_off" => RoundChange::CallOff,
            _ => return Err(vec![(Field::named("what"), Refusal::NotOffered)]),
        };
        if refused.is_empty() { Ok(change) } else { Err(refused) }
    }
}

fn id<I: From<Uuid>>(refused: &mut Refused, field: &'static str, typed: &str) -> I {
    let read = Uuid::parse_str(typed.trim());
    if read.is_err() && !refused.iter().any(|(known, _)| *known == Field::named(field)) {
        refused.push((Field::named(field), Refusal::NotOffered));
    }
    read.unwrap_or_default().into()
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
            Self::ReturnToDraft => "Đưa đợt thi về bản soạn trước giờ mở; cấu hình mới sẽ được công bố lại.".to_owned(),
            Self::CallOff => "Hủy đợt thi trước giờ mở.".to_owned(),
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
            RoundChange::ReturnToDraft,
            RoundChange::CallOff,
        ]
    }

    #[test]
    fn each_change_has_its_time() {
        let allowed =
            |state, now| -> Vec<bool> { every_change().iter().map(|change| change.check(state, WINDOW, Timestamp(now)).is_ok()).collect() };
        assert_eq!(allowed(RoundState::Draft, 0), [false; 7], "a draft is simply edited");
        assert_eq!(allowed(RoundState::Waiting, 0), [true; 7]);
        assert_eq!(allowed(RoundState::Open, 1_500), [false, true, true, true, false, false, false]);
        assert_eq!(allowed(RoundState::Closed, 2_500), [false, false, true, true, false, false, false]);
        assert_eq!(allowed(RoundState::Review, 2_500), [false, false, true, true, false, false, false]);
        assert_eq!(allowed(RoundState::Ranked, 2_500), [false, false, true, false, false, false, false]);
        assert_eq!(allowed(RoundState::Published, 2_500), [false; 7]);
        assert_eq!(allowed(RoundState::Cancelled, 2_500), [false; 7]);
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
