//! What an editor types for the guide of a contest: Hướng dẫn and Hỏi đáp.

use super::typed::text;
use crate::Refused;

/// What was typed for the guide; each part may stay empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GuideForm {
    /// Markdown: Hướng dẫn.
    pub guide: String,
    /// Markdown: Hỏi đáp.
    pub faq: String,
}

impl GuideForm {
    /// Reads the form: the same texts, tidy.
    ///
    /// # Errors
    /// [`crate::Refusal::TooLong`] at `guide` or `faq`.
    pub fn read(&self) -> Result<Self, Refused> {
        let mut refused = Refused::new();
        let read = Self { guide: text(&mut refused, "guide", &self.guide), faq: text(&mut refused, "faq", &self.faq) };
        if refused.is_empty() { Ok(read) } else { Err(refused) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Field, Refusal};

    #[test]
    fn the_texts_are_tidied_and_bounded() {
        let form = GuideForm { guide: " Ba bước:\r\n- đăng ký ".to_owned(), faq: String::new() };
        assert_eq!(form.read().expect("it reads").guide, "Ba bước:\n- đăng ký");
        let long = GuideForm { faq: "a".repeat(60_001), ..form };
        assert_eq!(long.read(), Err(vec![(Field::named("faq"), Refusal::TooLong)]));
    }
}
