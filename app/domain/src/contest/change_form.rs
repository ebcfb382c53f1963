//! What an organiser types about a change of a frozen round.

use super::{
    RoundChange,
    typed::{moment, number},
};
use crate::{Field, Refusal, Refused, Timestamp};
use uuid::Uuid;

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
