//! An open sheet: what the page, plain or with its island, sends for these answers.

use super::recording::{Heard, Step};
use domain::{Millis, id::AttemptId};
use load::form::Sheet;
use tests::{Client, World};

/// Between two requests.
const PACE: Millis = Millis::seconds(5);

/// A page on which somebody sits.
pub(super) struct OpenPage<'w> {
    pub world: &'w World,
    pub browser: Client,
    pub attempt: AttemptId,
    /// Its form, as a browser reads it.
    pub form: Sheet,
    /// Everything that it sent.
    pub sent: Vec<Step>,
}

impl OpenPage<'_> {
    /// The island asks, with a form or without one.
    pub(super) async fn asks(&mut self, what: &str, door: &str, form: Option<&str>) -> &Heard {
        self.send(what, door, (form.map(str::to_owned), true)).await
    }

    /// The island saves: the fields of the form, then its own numbers.
    pub(super) async fn saves(&mut self, what: &str, answers: &[(String, String)], (hold, seq): (i64, i64)) -> &Heard {
        let mut fields = self.fields(answers);
        fields.extend([("hold".to_owned(), hold.to_string()), ("seq".to_owned(), seq.to_string())]);
        self.send(what, "", (Some(encoded(&fields)), true)).await
    }

    /// The plain form is sent by its button: the hidden hold stands first, the button last.
    pub(super) async fn presses(&mut self, what: &str, answers: &[(String, String)], (hold, deed): (i64, &str)) -> &Heard {
        let mut fields = vec![("hold".to_owned(), hold.to_string())];
        fields.extend(self.fields(answers));
        fields.push(("deed".to_owned(), deed.to_owned()));
        self.send(what, "", (Some(encoded(&fields)), false)).await
    }

    async fn send(&mut self, what: &str, door: &str, (form, island): (Option<String>, bool)) -> &Heard {
        self.world.wind(PACE);
        let (what, door) = (what.to_owned(), door.to_owned());
        let mut step = Step { what, at: self.world.now().0, door, form, island, heard: Heard::default() };
        step.heard = step.send(&mut self.browser, self.attempt).await;
        self.sent.push(step);
        &self.sent.last().expect("just sent").heard
    }

    /// The fields as `FormData` lists them: in the order of the page, what is not chosen left out, empty selects and
    /// empty typed fields not. An answer `f2` says that question 2 is to be looked at again.
    fn fields(&self, answers: &[(String, String)]) -> Vec<(String, String)> {
        let mut sent = Vec::new();
        for (i, field) in self.form.fields.iter().enumerate() {
            let said = |value: &String| answers.iter().any(|(name, said)| *name == field.name && said == value);
            let chosen: Vec<String> = if field.offers.is_empty() {
                answers.iter().filter(|(name, _)| *name == field.name).map(|(_, typed)| typed.clone()).collect()
            } else {
                field.offers.iter().filter(|offer| said(offer)).cloned().collect()
            };
            let always = field.offers.is_empty() || field.name.contains('_');
            let empty = (chosen.is_empty() && always).then(String::new);
            sent.extend(chosen.into_iter().chain(empty).map(|value| (field.name.clone(), value)));
            // "Xem lại" stands below the question.
            let flag = question(&field.name).replace('q', "f");
            let is_last = self.form.fields.get(i + 1).is_none_or(|next| question(&next.name) != question(&field.name));
            sent.extend(answers.iter().filter(|(name, _)| is_last && *name == flag && flag.starts_with('f')).cloned());
        }
        sent
    }
}

/// `q7_2` → `q7`.
fn question(field: &str) -> &str {
    field.split('_').next().unwrap_or_default()
}

/// As browsers encode a form.
fn encoded(fields: &[(String, String)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}
