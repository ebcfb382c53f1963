//! Contests of the stories: announced ones, rounds set up and frozen, people who entered.

use crate::World;
use domain::{
    Millis, Timestamp,
    bank::Difficulty,
    contest::{ContestForm, DivisionForm, PrizeForm, RoundChange, RoundForm},
    id::{ContestId, RoundId},
    identity::Audience,
};
use engine::{
    Caller,
    contest::{Entry, EntryForm},
};

/// The address of the contest that most stories play in.
pub const SLUG: &str = "tim-hieu-cchc-2026";

/// How the round of a story differs from the usual one.
#[derive(Debug, Clone)]
pub struct RoundPlan {
    /// Of which contest.
    pub slug: &'static str,
    /// Its label.
    pub label: &'static str,
    /// It opens so long from now.
    pub opens_in: Millis,
    /// It is open for so long.
    pub lasts: Millis,
    /// Minutes for the paper.
    pub minutes: i64,
    /// How many approved questions each cell of the bank has, all single choices whose first option is right.
    pub bank: usize,
    /// How many questions of each of the first two levels are drawn, from the first three heads of the plan.
    pub each: u16,
    /// Whether there is a prediction: of the number of people.
    pub predicts: bool,
    /// For whom.
    pub audiences: &'static [Audience],
    /// What else the form says.
    pub form: RoundForm,
}

impl Default for RoundPlan {
    fn default() -> Self {
        let form = RoundForm {
            policy: "per_round".to_owned(),
            times: "3".to_owned(),
            shuffle_questions: true,
            shuffle_options: true,
            ..RoundForm::default()
        };
        Self {
            slug: SLUG,
            label: "Tuần 1",
            opens_in: Millis::hours(1),
            lasts: Millis::days(5),
            minutes: 20,
            bank: 3,
            each: 2,
            predicts: true,
            audiences: Audience::ALL,
            form,
        }
    }
}

impl RoundPlan {
    /// The form as the organiser types it at this moment.
    pub fn form(&self, now: Timestamp) -> RoundForm {
        let opens = now + self.opens_in;
        let ranking: &[&str] =
            if self.predicts { &["correct", "prediction_distance", "handed_in_at"] } else { &["correct", "handed_in_at"] };
        let ranking =
            if self.form.ranking.is_empty() { ranking.iter().map(|key| (*key).to_owned()).collect() } else { self.form.ranking.clone() };
        RoundForm {
            label: self.label.to_owned(),
            opens_at: opens.short(),
            closes_at: (opens + self.lasts).short(),
            results_expected: (opens + self.lasts + Millis::days(3)).date(),
            headcount_as_of: now.date(),
            ranking,
            ..self.form.clone()
        }
    }
}

impl World {
    /// An announced contest of this address, made by the organiser; asked again, the same one comes.
    ///
    /// # Panics
    /// When a deed is refused.
    pub async fn announced_contest(&self, slug: &str) -> ContestId {
        let organiser = self.organiser().await;
        if let Ok(known) = self.engine.contest(&organiser, slug).await {
            return known.id;
        }
        let contest = self.engine.create_contest(&organiser, &contest_form(slug)).await.expect("the contest is made");
        self.engine.decide_rules(&organiser, contest, "# Thể lệ\n\nMỗi người dự thi ở một bảng.", "").await.expect("the thể lệ is decided");
        self.engine.announce_contest(&organiser, contest).await.expect("the contest is announced");
        contest
    }

    /// A draft round of an announced contest, complete but not frozen: 12 questions of a bank of single choices.
    ///
    /// # Panics
    /// When a deed is refused.
    pub async fn draft_round(&self, plan: &RoundPlan) -> RoundId {
        self.approved_bank(plan.bank).await;
        // The headcounts that freeze come from the units that every story knows.
        self.unit("so-noi-vu").await;
        let contest = self.announced_contest(plan.slug).await;
        let organiser = self.organiser().await;
        let round = self.engine.add_round(&organiser, contest, &plan.form(self.now())).await.expect("the round is added");
        let division = self.division_form(plan).await;
        for audience in plan.audiences {
            self.engine.edit_division(&organiser, round, *audience, &division).await.expect("the division is set up");
        }
        let prizes: Vec<PrizeForm> =
            plan.audiences.iter().flat_map(|audience| [prize(*audience, "Nhất", "1"), prize(*audience, "Nhì", "2")]).collect();
        self.engine.edit_prizes(&organiser, contest, Some(round), &prizes).await.expect("the prizes are set");
        round
    }

    /// A round that is frozen and waits for its opening.
    ///
    /// # Panics
    /// When a deed is refused.
    pub async fn scheduled_round(&self, plan: &RoundPlan) -> RoundId {
        let round = self.draft_round(plan).await;
        let organiser = self.organiser().await;
        self.engine.schedule_round(&organiser, round).await.expect("the round is frozen");
        round
    }

    /// A round that is open right now: the clock was wound to its opening.
    ///
    /// # Panics
    /// When a deed is refused.
    pub async fn open_round(&self, plan: &RoundPlan) -> RoundId {
        let round = self.scheduled_round(plan).await;
        self.wind(plan.opens_in);
        round
    }

    /// The organiser proposes a change of the frozen round, and the second one agrees.
    ///
    /// # Panics
    /// When a deed is refused.
    pub async fn changes(&self, round: RoundId, what: &RoundChange, reason: &str) {
        let (one, other) = (self.organiser().await, self.second_organiser().await);
        let proposed = self.engine.propose_change(&one, round, what, reason).await.expect("the change is proposed");
        self.engine.decide_change(&other, proposed, true).await.expect("the change is agreed to");
    }

    /// The person enters the contest.
    ///
    /// # Panics
    /// When that is refused.
    pub async fn enters(&self, person: &Caller, slug: &str) -> Entry {
        self.engine.enter_contest(person, slug, &EntryForm::default()).await.expect("the entry")
    }

    /// A division over the first three heads of the plan.
    ///
    /// # Panics
    /// When the topics cannot be read.
    pub async fn division_form(&self, plan: &RoundPlan) -> DivisionForm {
        let topics = self.engine.topics().await.expect("the topics");
        let heads = topics.iter().filter(|topic| topic.is_head()).take(3);
        let levels = [Difficulty::Recognise, Difficulty::Understand];
        DivisionForm {
            minutes: plan.minutes.to_string(),
            counts: heads.flat_map(|head| levels.map(|level| (head.id, level, plan.each.to_string()))).collect(),
            predicts: plan.predicts,
            question: "Có bao nhiêu người dự thi đợt này?".to_owned(),
            target: "people".to_owned(),
            ..DivisionForm::default()
        }
    }
}

/// What the organiser types about a contest.
pub fn contest_form(slug: &str) -> ContestForm {
    ContestForm {
        slug: slug.to_owned(),
        title: "Tìm hiểu cải cách hành chính năm 2026".to_owned(),
        host: "Trung tâm Phục vụ – Kiểm soát TTHC tỉnh".to_owned(),
        introduction: "Cuộc thi về **cải cách hành chính**.".to_owned(),
        help_line: "0255 3822 999".to_owned(),
        ..ContestForm::default()
    }
}

/// A row of the prize table.
pub fn prize(audience: Audience, name: &str, quantity: &str) -> PrizeForm {
    PrizeForm {
        scope: domain::contest::PrizeScope::Individual(audience).code(),
        name: name.to_owned(),
        quantity: quantity.to_owned(),
        value: String::new(),
    }
}
