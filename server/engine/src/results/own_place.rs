//! The own place and why: for whoever took part, once the results are published.

use crate::{Caller, Engine, Result};
use domain::{
    Millis, Refusal, Timestamp,
    identity::{Action, Audience},
    ranking::{Performance, RankingRule, amount, explain, gap},
};

/// What somebody reads about the own place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnPlace {
    /// The audience of the division.
    pub audience: Audience,
    /// The place; none when no attempt was recognised.
    pub place: Option<i64>,
    /// Among so many people.
    pub among: i64,
    /// Right answers.
    pub correct: i64,
    /// Questions of the paper.
    pub questions: i64,
    /// Points.
    pub score: i64,
    /// The guess with its unit.
    pub prediction: Option<String>,
    /// The truth with its unit, where a prediction was asked.
    pub truth: Option<String>,
    /// The distance with its unit.
    pub distance: Option<String>,
    /// Time used.
    pub duration: Millis,
    /// Handed in.
    pub handed_in_at: Timestamp,
    /// Why this place.
    pub why: String,
    /// Prizes won.
    pub prizes: Vec<String>,
    /// Why attempts were not recognised.
    pub not_recognised: Vec<String>,
}

impl Engine {
    /// The caller's own place in published results; none when the caller did not take part.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::NotPublished`].
    pub async fn own_place(&self, caller: &Caller, slug: &str, position: i64) -> Result<Option<OwnPlace>> {
        caller.must(Action::TakePart)?;
        let mut work = self.store.read().await?;
        let (round,) = work.round_at(slug, position).await?.ok_or(Refusal::NotFound)?;
        let version = work.published_version(round).await?.ok_or(Refusal::NotPublished)?;
        let row = work.round_to_judge(round).await?;
        let (_, facts) = work.facts(round, version).await?;
        let not_recognised: Vec<String> = work.own_void(round, caller.account).await?.into_iter().map(|(why,)| why).collect();
        let Some(line) = work.own_line(round, version, caller.account).await? else {
            return Ok((!not_recognised.is_empty()).then(|| nothing_recognised(caller.audience, not_recognised)));
        };
        let above = work.line_above((round, version), &line).await?;
        let prizes = work.own_prizes(round, version, caller.account).await?.into_iter().map(|(prize,)| prize).collect();
        let division = facts.division(line.division_id);
        let prediction = division.and_then(|division| division.prediction.as_ref());
        let asked = prediction.map(|prediction| &prediction.asked);
        let rule = RankingRule::new(&row.read_rules()?.ranking);
        let own = Performance::from(&line);
        Ok(Some(OwnPlace {
            audience: division.map_or(caller.audience, |division| division.audience),
            place: Some(line.place),
            among: division.map_or(0, |division| division.people),
            correct: own.correct,
            questions: division.map_or(0, |division| division.questions),
            score: own.score.0,
            prediction: asked.and_then(|asked| own.prediction.map(|guess| amount(asked, guess))),
            truth: prediction.map(domain::results::PredictionFacts::answer),
            distance: asked.and_then(|asked| own.distance.map(|distance| gap(asked, distance))),
            duration: own.duration,
            handed_in_at: own.handed_in_at,
            why: explain(&rule, asked, above.as_ref().map(Performance::from).as_ref(), &own),
            prizes,
            not_recognised,
        }))
    }
}

/// What somebody reads whose every attempt was taken out of account.
fn nothing_recognised(audience: Audience, not_recognised: Vec<String>) -> OwnPlace {
    OwnPlace {
        audience,
        place: None,
        among: 0,
        correct: 0,
        questions: 0,
        score: 0,
        prediction: None,
        truth: None,
        distance: None,
        duration: Millis(0),
        handed_in_at: Timestamp(0),
        why: String::new(),
        prizes: Vec::new(),
        not_recognised,
    }
}
