//! Words and choices that several pages of the bank share.

use domain::bank::{Difficulty, Kind, Status};
use engine::{
    Stop,
    bank::{Topic, Writing, form},
    fault::accept,
};

/// The colour of a status.
pub const fn tone(status: Status) -> &'static str {
    match status {
        Status::Draft | Status::Retired => "neutral",
        Status::InReview => "info",
        Status::Returned => "warn",
        Status::Approved => "good",
    }
}

/// The topics as choices, deeper ones set in.
pub fn topic_choices(topics: &[Topic]) -> Vec<(String, String)> {
    let choice = |topic: &Topic| (topic.id.to_string(), format!("{}{}", "\u{2003}".repeat(topic.depth() - 1), topic.label()));
    topics.iter().map(choice).collect()
}

/// The levels as choices.
pub fn difficulty_choices() -> Vec<(String, String)> {
    Difficulty::ALL.iter().map(|level| (level.code().to_owned(), level.label().to_owned())).collect()
}

/// The kinds as choices.
pub fn kind_choices() -> Vec<(String, String)> {
    Kind::ALL.iter().map(|kind| (kind.code().to_owned(), kind.label().to_owned())).collect()
}

/// Choices that begin with one for all.
pub fn or_all(all: &str, choices: Vec<(String, String)>) -> Vec<(String, String)> {
    std::iter::once((String::new(), all.to_owned())).chain(choices).collect()
}

/// The fields of the editor with what people call them.
pub fn field_names() -> Vec<(&'static str, &'static str)> {
    vec![
        ("topic", "Chủ đề"),
        ("difficulty", "Mức độ"),
        ("kind", "Dạng câu hỏi"),
        ("text", "Câu hỏi"),
        ("options", "Phương án"),
        ("option1", "Phương án 1"),
        ("option2", "Phương án 2"),
        ("option3", "Phương án 3"),
        ("option4", "Phương án 4"),
        ("option5", "Phương án 5"),
        ("option6", "Phương án 6"),
        ("option7", "Phương án 7"),
        ("option8", "Phương án 8"),
        ("match1", "Vế phải 1"),
        ("match2", "Vế phải 2"),
        ("match3", "Vế phải 3"),
        ("match4", "Vế phải 4"),
        ("match5", "Vế phải 5"),
        ("match6", "Vế phải 6"),
        ("match7", "Vế phải 7"),
        ("match8", "Vế phải 8"),
        ("right", "Đáp án"),
        ("pin", "Giữ nguyên vị trí"),
        ("truth", "Đáp án"),
        ("answer", "Đáp án"),
        ("tolerance", "Sai số cho phép"),
        ("unit", "Đơn vị tính"),
        ("texts", "Các câu trả lời được chấp nhận"),
        ("explanation", "Giải thích"),
        ("legal_document", "Căn cứ pháp lý"),
        ("legal_article", "Điều, khoản"),
        ("legal_from", "Có hiệu lực từ"),
        ("legal_until", "Hết hiệu lực từ"),
        ("tags", "Nhãn"),
        ("comment", "Góp ý"),
    ]
}

/// What the editor's form says.
///
/// # Errors
/// At the fields that cannot be read.
pub fn writing(values: &form::Pairs) -> engine::Result<Writing> {
    let (writing, refused) = form::read(values);
    accept(refused)?;
    writing.ok_or_else(|| Stop::at("topic", domain::Refusal::NotOffered))
}
