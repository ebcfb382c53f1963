//! What an organiser types about a contest, and how it is read: every wrong field at once.

use super::{
    IdNumberRule, check_help_line,
    typed::{choice, line, text},
};
use crate::{Field, Refusal, Refused, Timestamp};
use serde::{Deserialize, Serialize};

words! {
    /// Something a contest asks once, on entry, beside what the account holds.
    pub enum ExtraField {
        /// Typed ngày/tháng/năm.
        BirthDate = "birth_date", "Ngày sinh";
        /// Position or title at work.
        Position = "position", "Chức vụ, vị trí công tác";
        /// E-mail.
        Email = "email", "E-mail";
    }
}

/// What was typed about a contest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContestForm {
    /// The address: a–z, 0–9, hyphens.
    pub slug: String,
    /// The title.
    pub title: String,
    /// Đơn vị chủ trì.
    pub host: String,
    /// Markdown: Giới thiệu.
    pub introduction: String,
    /// Markdown: Hướng dẫn.
    pub guide: String,
    /// Phone number of the help line; see [`check_help_line`].
    pub help_line: String,
    /// Markdown: Liên hệ.
    pub contact: String,
    /// Markdown: Hỏi đáp.
    pub faq: String,
    /// Whom newspapers ask.
    pub press_contact: String,
    /// Mỗi người tối đa một giải trong cuộc thi.
    pub one_prize_each: bool,
    /// Code of an [`IdNumberRule`]; empty: not asked.
    pub id_number: String,
    /// Until when the number is kept; needed when it is asked.
    pub id_number_until: String,
    /// Codes of [`ExtraField`].
    pub extra_fields: Vec<String>,
}

/// A contest's settings, read and tidy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContestSettings {
    /// The address.
    pub slug: String,
    /// The title.
    pub title: String,
    /// Đơn vị chủ trì.
    pub host: String,
    /// Markdown.
    pub introduction: String,
    /// Markdown.
    pub guide: String,
    /// Phone number of the help line.
    pub help_line: String,
    /// Markdown.
    pub contact: String,
    /// Markdown.
    pub faq: String,
    /// Whom newspapers ask.
    pub press_contact: String,
    /// Mỗi người tối đa một giải trong cuộc thi.
    pub one_prize_each: bool,
    /// When the identity number is asked.
    pub id_number: IdNumberRule,
    /// Until when it is kept.
    pub id_number_until: Option<Timestamp>,
    /// What is asked on entry.
    pub extra_fields: Vec<ExtraField>,
}

impl ContestForm {
    /// Reads the form.
    ///
    /// # Errors
    /// Every refused field with its reason.
    pub fn read(&self) -> Result<ContestSettings, Refused> {
        let mut refused = Refused::new();
        let slug = self.slug.trim().to_lowercase();
        if let Err(refusal) = check_slug(&slug) {
            refused.push((Field::named("slug"), refusal));
        }
        let title = line(&mut refused, "title", &self.title, (5, 200));
        let host = line(&mut refused, "host", &self.host, (2, 200));
        let help_line = line(&mut refused, "help_line", &self.help_line, (0, 40));
        if let Err(refusal) = check_help_line(&help_line)
            && !help_line.is_empty()
        {
            refused.push((Field::named("help_line"), refusal));
        }
        let press_contact = line(&mut refused, "press_contact", &self.press_contact, (0, 300));
        let introduction = text(&mut refused, "introduction", &self.introduction);
        let guide = text(&mut refused, "guide", &self.guide);
        let contact = text(&mut refused, "contact", &self.contact);
        let faq = text(&mut refused, "faq", &self.faq);
        let id_number = choice(&mut refused, "id_number", &self.id_number, IdNumberRule::NotAsked, IdNumberRule::from_code);
        let id_number_until = self.read_until(&mut refused, id_number);
        let mut extra_fields = Vec::new();
        for code in &self.extra_fields {
            match ExtraField::from_code(code) {
                Some(extra) if !extra_fields.contains(&extra) => extra_fields.push(extra),
                Some(_) => {}
                None => refused.push((Field::named("extra_fields"), Refusal::NotOffered)),
            }
        }
        if !refused.is_empty() {
            return Err(refused);
        }
        Ok(ContestSettings {
            slug,
            title,
            host,
            introduction,
            guide,
            help_line,
            contact,
            faq,
            press_contact,
            one_prize_each: self.one_prize_each,
            id_number,
            id_number_until,
            extra_fields,
        })
    }

    fn read_until(&self, refused: &mut Refused, rule: IdNumberRule) -> Option<Timestamp> {
        if rule == IdNumberRule::NotAsked {
            return None;
        }
        let until = Timestamp::read_date(&self.id_number_until);
        if until.is_none() {
            let refusal = if self.id_number_until.trim().is_empty() { Refusal::Required } else { Refusal::NotADate };
            refused.push((Field::named("id_number_until"), refusal));
        }
        until
    }
}

/// Whether a slug may stand in an address: 3–60 signs, a–z, 0–9, single hyphens between.
///
/// # Errors
/// [`Refusal::Required`], [`Refusal::BadSlug`], [`Refusal::TooShort`] or [`Refusal::TooLong`].
pub fn check_slug(slug: &str) -> Result<(), Refusal> {
    let signs = slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    match slug.len() {
        0 => Err(Refusal::Required),
        // "moi" is where new contests are made.
        _ if slug == "moi" => Err(Refusal::Taken),
        _ if !signs || slug.starts_with('-') || slug.ends_with('-') || slug.contains("--") => Err(Refusal::BadSlug),
        1 | 2 => Err(Refusal::TooShort),
        3..=60 => Ok(()),
        _ => Err(Refusal::TooLong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> ContestForm {
        ContestForm {
            slug: "tim-hieu-cchc".to_owned(),
            title: "Tìm hiểu cải cách hành chính".to_owned(),
            host: "Trung tâm".to_owned(),
            ..ContestForm::default()
        }
    }

    fn refusal_at(form: &ContestForm, field: &'static str) -> Option<Refusal> {
        form.read().err()?.into_iter().find(|(at, _)| *at == Field::named(field)).map(|(_, refusal)| refusal)
    }

    #[test]
    fn a_short_form_is_enough_to_begin() {
        let settings = form().read().expect("it reads");
        assert_eq!(settings.id_number, IdNumberRule::NotAsked);
        assert!(settings.extra_fields.is_empty());
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let wrong = ContestForm {
            slug: "Cuộc thi".to_owned(),
            id_number: "on_entry".to_owned(),
            extra_fields: vec!["shoe".to_owned()],
            ..ContestForm::default()
        };
        let fields: Vec<_> = wrong.read().expect_err("refused").into_iter().map(|(field, _)| field.0.into_owned()).collect();
        assert_eq!(fields, ["slug", "title", "host", "id_number_until", "extra_fields"]);
    }

    #[test]
    fn an_address_is_plain() {
        for (slug, refusal) in [
            ("", Refusal::Required),
            ("ab", Refusal::TooShort),
            ("a--b", Refusal::BadSlug),
            ("-ab", Refusal::BadSlug),
            ("cuộc-thi", Refusal::BadSlug),
        ] {
            assert_eq!(check_slug(slug), Err(refusal), "{slug}");
        }
        assert_eq!(check_slug(&"a".repeat(61)), Err(Refusal::TooLong));
        assert_eq!(check_slug("cchc-2026"), Ok(()));
    }

    #[test]
    fn a_number_asked_needs_its_end() {
        let asked = ContestForm { id_number: "winners_only".to_owned(), ..form() };
        assert_eq!(refusal_at(&asked, "id_number_until"), Some(Refusal::Required));
        let wrong = ContestForm { id_number_until: "mai".to_owned(), ..asked.clone() };
        assert_eq!(refusal_at(&wrong, "id_number_until"), Some(Refusal::NotADate));
        let right = ContestForm { id_number_until: "31/12/2027".to_owned(), ..asked };
        assert!(right.read().is_ok());
    }

    #[test]
    fn a_help_line_can_be_dialled() {
        assert_eq!(refusal_at(&ContestForm { help_line: "abc".to_owned(), ..form() }, "help_line"), Some(Refusal::BadHelpLine));
        let spaced = ContestForm { help_line: " 0255  3822 123 ".to_owned(), ..form() };
        assert_eq!(spaced.read().expect("it reads").help_line, "0255 3822 123");
    }

    #[test]
    fn texts_have_bounds() {
        assert_eq!(refusal_at(&ContestForm { title: "Thi".to_owned(), ..form() }, "title"), Some(Refusal::TooShort));
        assert_eq!(refusal_at(&ContestForm { host: "a".repeat(201), ..form() }, "host"), Some(Refusal::TooLong));
        assert_eq!(refusal_at(&ContestForm { faq: "a".repeat(60_001), ..form() }, "faq"), Some(Refusal::TooLong));
        assert_eq!(refusal_at(&ContestForm { id_number: "always".to_owned(), ..form() }, "id_number"), Some(Refusal::NotOffered));
    }
}
