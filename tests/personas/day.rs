//! Organisers on the day: they pause and resume, and grant what the rules do not give.

use crate::{World, login_of};
use domain::{
    contest::GrantForm,
    id::{ChangeId, RoundId, UnitId},
};
use engine::Caller;

/// Why they do it, in every story.
pub const INCIDENT: &str = "mất điện diện rộng tại xã";

/// What an organiser types to give a person something: `time` in minutes, `late_start` until a moment, `attempts` in number.
pub fn to_person(person: &Caller, what: &str, value: &str) -> GrantForm {
    GrantForm { person: login_of(&person.full_name), ..granting(what, value) }
}

/// The same for everybody of a unit.
pub fn to_unit(unit: UnitId, what: &str, value: &str) -> GrantForm {
    GrantForm { unit: unit.to_string(), ..granting(what, value) }
}

fn granting(what: &str, value: &str) -> GrantForm {
    let value = value.to_owned();
    GrantForm { what: what.to_owned(), minutes: value.clone(), until: value.clone(), count: value, ..GrantForm::default() }
}

impl World {
    /// The organiser pauses the round.
    ///
    /// # Panics
    /// When that is refused.
    pub async fn pauses(&self, round: RoundId) {
        self.engine.pause_round(&self.organiser().await, round, INCIDENT).await.expect("paused");
    }

    /// The organiser proposes that the round goes on, and the second one agrees.
    ///
    /// # Panics
    /// When that is refused.
    pub async fn resumes(&self, round: RoundId) -> ChangeId {
        let (one, two) = (self.organiser().await, self.second_organiser().await);
        let change = self.engine.propose_resume(&one, round, INCIDENT).await.expect("proposed");
        self.engine.decide_change(&two, change, true).await.expect("agreed");
        change
    }

    /// The organiser proposes the grant, and the second one agrees.
    ///
    /// # Panics
    /// When that is refused.
    pub async fn grants(&self, round: RoundId, form: &GrantForm) -> ChangeId {
        let (one, two) = (self.organiser().await, self.second_organiser().await);
        let change = self.engine.propose_grant(&one, round, form, INCIDENT).await.expect("proposed");
        self.engine.decide_change(&two, change, true).await.expect("agreed");
        change
    }
}
