//! Words during a round: what organisers tell those who sit the paper, and what those ask the jury.

use crate::{Field, Refusal, Refused, vietnamese::tidy_text};

/// A message of the organisers, a question or an answer has at most so many signs.
pub const LONGEST: usize = 500;
/// So many questions of one sheet may wait for an answer.
pub const OPEN_QUESTIONS: i64 = 5;

words! {
    /// Answers that lie ready: none of them tells anything about a key.
    pub enum Canned {
        /// The question's own words say it.
        ReadAgain = "read_again", "Anh/chị vui lòng đọc lại đề bài.";
        /// Nothing is said about it.
        NoComment = "no_comment", "Ban Giám khảo không bình luận về nội dung này.";
        /// There is no misprint.
        AsWritten = "as_written", "Đề bài đúng như đã ghi trên trang, anh/chị làm theo đề bài.";
        /// The jury will look at it after the round.
        Noted = "noted", "Đã ghi nhận, Ban Giám khảo sẽ xem xét.";
        /// It is nothing for the jury.
        HelpLine = "help_line", "Đây là việc kỹ thuật, xin gọi đường dây hỗ trợ ghi trên trang.";
    }
}

/// Reads a message or question: not empty, not longer than [`LONGEST`].
///
/// # Errors
/// [`Refusal::Required`] or [`Refusal::TooLong`].
pub fn read_words(typed: &str) -> Result<String, Refusal> {
    let words = tidy_text(typed);
    match words.chars().count() {
        0 => Err(Refusal::Required),
        1..=LONGEST => Ok(words),
        _ => Err(Refusal::TooLong),
    }
}

/// Reads an answer: the jury's own words, or else one that lies ready.
///
/// # Errors
/// The refusals at the fields `answer` and `canned`.
pub fn read_answer(canned: &str, own: &str) -> Result<String, Refused> {
    match (read_words(own), Canned::from_code(canned)) {
        (Ok(words), _) => Ok(words),
        (Err(Refusal::Required), Some(canned)) => Ok(canned.label().to_owned()),
        (Err(Refusal::Required), None) if !canned.is_empty() => Err(vec![(Field::named("canned"), Refusal::NotOffered)]),
        (Err(refusal), _) => Err(vec![(Field::named("answer"), refusal)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_are_neither_empty_nor_too_long() {
        assert_eq!(read_words(" \r\n "), Err(Refusal::Required));
        assert_eq!(read_words(" Còn 10 phút. \r\n"), Ok("Còn 10 phút.".to_owned()));
        assert_eq!(read_words(&"ệ".repeat(LONGEST)).map(|words| words.chars().count()), Ok(LONGEST));
        assert_eq!(read_words(&"ệ".repeat(LONGEST + 1)), Err(Refusal::TooLong));
    }

    #[test]
    fn an_answer_is_the_jurys_own_or_one_that_lies_ready() {
        assert_eq!(read_answer("noted", ""), Ok(Canned::Noted.label().to_owned()));
        assert_eq!(read_answer("noted", "Xem câu 3."), Ok("Xem câu 3.".to_owned()));
        assert_eq!(read_answer("", "Xem câu 3."), Ok("Xem câu 3.".to_owned()));
        assert_eq!(read_answer("", " "), Err(vec![(Field::named("answer"), Refusal::Required)]));
        assert_eq!(read_answer("key", ""), Err(vec![(Field::named("canned"), Refusal::NotOffered)]));
        assert_eq!(read_answer("noted", &"a".repeat(LONGEST + 1)), Err(vec![(Field::named("answer"), Refusal::TooLong)]));
    }

    #[test]
    fn what_lies_ready_is_short_enough_itself() {
        for canned in Canned::ALL {
            assert_eq!(read_words(canned.label()), Ok(canned.label().to_owned()));
        }
    }

    proptest! {
        #[test]
        fn what_was_read_once_reads_the_same_again(typed in "\\PC{0,520}") {
            if let Ok(words) = read_words(&typed) {
                prop_assert!(words.chars().count() <= LONGEST);
                prop_assert_eq!(read_words(&words), Ok(words.clone()));
            }
        }
    }
}
