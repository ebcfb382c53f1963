//! Loading a sample bank from TOML: each question goes the way of every question, in one unit of work.

use crate::fault::accept;
use crate::{Caller, Engine, Fault, Result};
use domain::{
    Field, Refusal, Timestamp,
    bank::{Choice, Content, Difficulty, Key, Kind, LegalBasis, Quantity, Step, Topic, Writing, life},
    identity::Action,
    vietnamese::{tidy, tidy_text},
};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    question: Vec<Entry>,
}

/// One question: the right option stands first, items stand in the right order, pairs belong together.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    code: String,
    topic: String,
    difficulty: Difficulty,
    kind: Kind,
    text: String,
    #[serde(default)]
    options: Vec<String>,
    /// The last option stays last ("Tất cả các đáp án trên").
    #[serde(default)]
    pinned_last: bool,
    /// Which option is right, where it is not the first (single).
    #[serde(default)]
    right_index: u8,
    /// How many options from the first are right (several).
    #[serde(default)]
    right: u8,
    right_is_true: Option<bool>,
    #[serde(default)]
    pairs: Vec<(String, String)>,
    /// A number with a decimal comma.
    answer: Option<String>,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    texts: Vec<String>,
    explanation: String,
    legal: Basis,
    #[serde(default)]
    tags: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Basis {
    document: String,
    #[serde(default)]
    article: String,
    from: Option<String>,
    until: Option<String>,
}

impl Entry {
    fn writing(&self, topics: &[Topic]) -> Result<Writing, (&'static str, Refusal)> {
        let topic = topics.iter().find(|topic| topic.code == self.topic).ok_or(("topic", Refusal::NotOffered))?.id;
        let day = |typed: &Option<String>| match typed {
            Some(typed) => Timestamp::read_date(typed).map(Some).ok_or(("legal_from", Refusal::NotADate)),
            None => Ok(None),
        };
        let last = self.options.len().saturating_sub(1);
        let option = |(place, text): (usize, &String)| Choice { text: tidy(text), pinned: self.pinned_last && place == last };
        let left = |(left, _): &(String, String)| Choice { text: tidy(left), pinned: false };
        let choices = if self.kind == Kind::Matching {
            self.pairs.iter().map(left).collect()
        } else {
            self.options.iter().enumerate().map(option).collect()
        };
        Ok(Writing {
            topic,
            difficulty: self.difficulty,
            content: Content {
                kind: self.kind,
                text: tidy_text(&self.text),
                choices,
                matches: self.pairs.iter().map(|(_, right)| tidy(right)).collect(),
                unit: tidy(&self.unit),
            },
            key: self.key()?,
            explanation: tidy_text(&self.explanation),
            legal: LegalBasis {
                document: tidy(&self.legal.document),
                article: tidy(&self.legal.article),
                from: day(&self.legal.from)?,
                until: day(&self.legal.until)?,
            },
            tags: self.tags.iter().map(|tag| tidy(tag)).collect(),
        })
    }

    fn key(&self) -> Result<Option<Key>, (&'static str, Refusal)> {
        Ok(match self.kind {
            Kind::Single => Some(Key::One(self.right_index)),
            Kind::Several => Some(Key::Set((0..self.right).collect())),
            Kind::TrueFalse => self.right_is_true.map(Key::Truth),
            Kind::Ordering | Kind::Matching => Some(Key::AsWritten),
            Kind::Number => {
                let read = |typed: &String| Quantity::read(typed).map_err(|refusal| ("answer", refusal));
                let number = self.answer.as_ref().map(read).transpose()?;
                number.map(|number| Key::Number { scaled: number.scaled, decimals: number.decimals, tolerance: 0 })
            }
            Kind::ShortText => Some(Key::Texts(self.texts.iter().map(|text| tidy(text)).collect())),
        })
    }
}

impl Engine {
    /// Loads questions from TOML as written by one person and approved by another; a code that is known is passed over.
    ///
    /// All are checked as if they were typed; when one is refused, nothing is written and each refusal stands at the
    /// code of its question.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] when the two lack their roles; [`Refusal::OwnQuestion`] when they are one person;
    /// [`Fault::Unreadable`] when it is no such TOML.
    pub async fn load_questions(&self, toml: &str, author: &Caller, reviewer: &Caller) -> Result<usize> {
        author.must(Action::WriteQuestion)?;
        reviewer.must(Action::ReviewQuestion)?;
        life::may_review(reviewer.account, &[author.account])?;
        let sheet: Sheet = toml::from_str(toml).map_err(|error| Fault::Unreadable("sample bank", Box::new(error)))?;
        let now = self.now();
        let topics = self.topics().await?;
        let mut refused = vec![];
        let mut writings = vec![];
        for entry in &sheet.question {
            match entry.writing(&topics) {
                Ok(writing) => {
                    let at_entry = |(field, refusal): (Field, Refusal)| (Field(format!("{}.{}", entry.code, field.0).into()), refusal);
                    refused.extend(writing.check().into_iter().map(at_entry));
                    writings.push((entry.code.as_str(), writing));
                }
                Err((field, refusal)) => refused.push((Field(format!("{}.{field}", entry.code).into()), refusal)),
            }
        }
        accept(refused)?;
        let mut work = self.store.begin().await?;
        let mut loaded = 0;
        for (code, writing) in &writings {
            if work.question_by_code(code).await?.is_some() {
                continue;
            }
            let version = work.begin_question(now, author, code, writing).await?;
            let (row, version) = work.newest_version(version.question).await?;
            let version = work.take_step(now, author, (&row, version), (Step::Submit, "")).await?;
            work.take_step(now, reviewer, (&row, version), (Step::Approve, "")).await?;
            loaded += 1;
        }
        work.commit().await?;
        Ok(loaded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{bank::topic::HEADS, id::TopicId};

    #[test]
    fn every_sample_question_is_complete() {
        let heads: Vec<Topic> = HEADS
            .iter()
            .map(|(code, name)| Topic { id: TopicId(uuid::Uuid::nil()), code: (*code).into(), name: (*name).into(), parent: None })
            .collect();
        let sheet: Sheet = toml::from_str(include_str!("../../demo/questions.toml")).expect("the sample bank is read");
        assert_eq!(sheet.question.len(), 98);
        for entry in &sheet.question {
            let writing = entry.writing(&heads).expect("the question is read");
            assert_eq!(writing.check(), [], "{}", entry.code);
        }
    }

    #[test]
    fn what_is_misspelt_is_refused() {
        let no_such_field = "[[question]]\ncode = \"A\"\nrite = 3";
        assert!(toml::from_str::<Sheet>(no_such_field).is_err());
    }
}
