//! The own place and why: for whoever took part, once the results are published.

use crate::{
    Caller, Engine, Result,
    ranking::store::{Ranking, StandingRow},
    store::Work,
};
use domain::{
    Millis, Timestamp,
    identity::{Action, Audience},
    ranking::{Comparison, Performance, RankingRule, Span, amount, gap},
    results::{Facts, PredictionFacts, prize_name},
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
    /// The place over the whole contest, where this round announces it.
    pub whole_contest: Option<OwnTotal>,
}

/// The own place over the whole contest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnTotal {
    /// The place.
    pub place: i64,
    /// Among so many people.
    pub among: i64,
    /// Right answers in all rounds.
    pub correct: i64,
    /// Questions of the papers of all rounds.
    pub questions: i64,
    /// Points in all rounds.
    pub score: i64,
    /// Why this place.
    pub why: String,
}

impl Engine {
    /// The caller's own place in published results; none when the caller did not take part.
    ///
    /// # Errors
    /// [`domain::Refusal::NotFound`], [`domain::Refusal::NotPublished`].
    pub async fn own_place(&self, caller: &Caller, slug: &str, position: i64) -> Result<Option<OwnPlace>> {
        caller.must(Action::TakePart)?;
        let mut work = self.store.read().await?;
        let (round, version) = work.published_at(slug, position, None).await?;
        let row = work.round_to_judge(round).await?;
        let (ranking, _, facts) = work.facts(round, version).await?;
        let rule = RankingRule::new(&row.read_rules()?.ranking);
        let not_recognised: Vec<String> = work.own_void(round, caller.account).await?.into_iter().map(|(why,)| why).collect();
        let whole_contest = work.own_total(caller, ranking, (&rule, &facts)).await?;
        let prizes = work.own_prizes(ranking, caller.account).await?;
        // A prize of the round is named as in its table, one of the contest says that it is one.
        let prizes = prizes.into_iter().map(|(prize, span)| if span == Span::Round { prize } else { prize_name(&prize, span) }).collect();
        let Some(line) = work.own_line(ranking, Span::Round, caller.account).await? else {
            let nothing = not_recognised.is_empty() && whole_contest.is_none();
            return Ok((!nothing).then(|| OwnPlace { prizes, not_recognised, whole_contest, ..without_place(caller.audience) }));
        };
        let division = facts.division(line.audience);
        let prediction = division.and_then(|division| division.prediction.as_ref());
        let asked = prediction.map(|prediction| &prediction.asked);
        let own = Performance::from(&line);
        Ok(Some(OwnPlace {
            audience: line.audience,
            place: Some(line.place),
            among: division.map_or(0, |division| division.people),
            correct: own.correct,
            questions: division.map_or(0, |division| division.questions),
            score: own.score.0,
            prediction: asked.and_then(|asked| own.prediction.map(|guess| amount(asked, guess))),
            truth: prediction.map(PredictionFacts::answer),
            distance: asked.and_then(|asked| own.distance.map(|distance| gap(asked, distance))),
            duration: own.duration,
            handed_in_at: own.handed_in_at,
            why: work.why(ranking, (Span::Round, &line), (&rule, &facts)).await?,
            prizes,
            not_recognised,
            whole_contest,
        }))
    }
}

impl Work {
    async fn own_total(&mut self, caller: &Caller, ranking: Ranking, (rule, facts): (&RankingRule, &Facts)) -> Result<Option<OwnTotal>> {
        let Some(contest) = &facts.whole_contest else { return Ok(None) };
        let Some(line) = self.own_line(ranking, Span::Contest, caller.account).await? else { return Ok(None) };
        let division = contest.division(line.audience);
        Ok(Some(OwnTotal {
            place: line.place,
            among: division.map_or(0, |division| division.people),
            correct: line.correct,
            questions: division.map_or(0, |division| division.questions),
            score: line.score.0,
            why: self.why(ranking, (Span::Contest, &line), (rule, facts)).await?,
        }))
    }

    /// Why this line stands where it stands: by what it lies behind the nearest better place.
    pub(super) async fn why(
        &mut self,
        ranking: Ranking,
        (span, line): (Span, &StandingRow),
        (rule, facts): (&RankingRule, &Facts),
    ) -> Result<String> {
        let above = self.line_above(ranking, span, line).await?;
        let prediction = facts.asked(span, line.audience);
        let comparison = Comparison { rule: &rule.on_board(span, prediction), prediction, span };
        Ok(comparison.why(above.as_ref().map(Performance::from).as_ref(), &Performance::from(line)))
    }
}

/// Somebody who stands on no board of the round.
fn without_place(audience: Audience) -> OwnPlace {
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
        not_recognised: Vec::new(),
        whole_contest: None,
    }
}
