//! What an organiser types about a round, and how it is read.

use super::{
    AfterHandIn, AttemptPolicy, Counts, LateStart, RankingKey, RoundRules, UnitRule, Window,
    typed::{choice, date, line, moment, number, optional},
};
use crate::{Field, Refusal, Refused, Timestamp};
use serde::{Deserialize, Serialize};

/// What was typed about a round.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundForm {
    /// Tuần 1, Kỳ 1, Vòng 1.
    pub label: String,
    /// When it opens.
    pub opens_at: String,
    /// When it closes; "24 giờ 00" is midnight at the end of the day.
    pub closes_at: String,
    /// "dự kiến ngày"; may be empty.
    pub results_expected: String,
    /// Headcounts as of this day; may be empty until the round is frozen.
    pub headcount_as_of: String,
    /// `once`, `per_round`, `per_day` or `unlimited`.
    pub policy: String,
    /// How often, for the middle two.
    pub times: String,
    /// Code of [`Counts`].
    pub counts: String,
    /// Code of [`LateStart`].
    pub late_start: String,
    /// Code of [`AfterHandIn`].
    pub after_hand_in: String,
    /// Codes of [`RankingKey`], first key first; empty ones are skipped.
    pub ranking: Vec<String>,
    /// Code of [`UnitRule`].
    pub unit_rule: String,
    /// Fewest people for a unit to be placed.
    pub unit_minimum: String,
    /// Questions in a random order.
    pub shuffle_questions: bool,
    /// Options in a random order.
    pub shuffle_options: bool,
    /// A live board.
    pub live_board: bool,
    /// How many places are public beside the winners.
    pub public_places: String,
    /// Whether the units at the lower end are public.
    pub lowest_units_public: bool,
}

/// A round's settings, read and tidy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundSettings {
    /// Tuần 1, Kỳ 1, Vòng 1.
    pub label: String,
    /// When people may start.
    pub window: Window,
    /// "dự kiến ngày".
    pub results_expected: Option<Timestamp>,
    /// Headcounts as of this day.
    pub headcount_as_of: Option<Timestamp>,
    /// The rules.
    pub rules: RoundRules,
}

impl RoundForm {
    /// The form of these settings, to be changed.
    pub fn of(settings: &RoundSettings) -> Self {
        let rules = &settings.rules;
        let (policy, times) = match rules.policy {
            AttemptPolicy::Once => ("once", String::new()),
            AttemptPolicy::PerRound(times) => ("per_round", times.to_string()),
            AttemptPolicy::PerDay(times) => ("per_day", times.to_string()),
            AttemptPolicy::Unlimited => ("unlimited", String::new()),
        };
        Self {
            label: settings.label.clone(),
            opens_at: settings.window.opens.short(),
            closes_at: settings.window.closes.short(),
            results_expected: settings.results_expected.map(Timestamp::date).unwrap_or_default(),
            headcount_as_of: settings.headcount_as_of.map(Timestamp::date).unwrap_or_default(),
            policy: policy.to_owned(),
            times,
            counts: rules.counts.code().to_owned(),
            late_start: rules.late_start.code().to_owned(),
            after_hand_in: rules.after_hand_in.code().to_owned(),
            ranking: rules.ranking.iter().map(|key| key.code().to_owned()).collect(),
            unit_rule: rules.unit_rule.code().to_owned(),
            unit_minimum: rules.unit_minimum.to_string(),
            shuffle_questions: rules.shuffle_questions,
            shuffle_options: rules.shuffle_options,
            live_board: rules.live_board,
            public_places: rules.public_places.to_string(),
            lowest_units_public: rules.lowest_units_public,
        }
    }

    /// Reads the form.
    ///
    /// # Errors
    /// Every refused field with its reason.
    pub fn read(&self) -> Result<RoundSettings, Refused> {
        let mut refused = Refused::new();
        let label = line(&mut refused, "label", &self.label, (1, 40));
        let opens = moment(&mut refused, "opens_at", &self.opens_at);
        let closes = moment(&mut refused, "closes_at", &self.closes_at);
        if let (Some(opens), Some(closes)) = (opens, closes)
            && closes <= opens
        {
            refused.push((Field::named("closes_at"), Refusal::ClosesTooEarly));
        }
        let window = Window { opens: opens.unwrap_or_default(), closes: closes.unwrap_or_default() };
        let results_expected = date(&mut refused, "results_expected", &self.results_expected);
        let headcount_as_of = date(&mut refused, "headcount_as_of", &self.headcount_as_of);
        let rules = self.read_rules(&mut refused);
        if refused.is_empty() { Ok(RoundSettings { label, window, results_expected, headcount_as_of, rules }) } else { Err(refused) }
    }

    fn read_rules(&self, refused: &mut Refused) -> RoundRules {
        let usual = RoundRules::usual();
        RoundRules {
            policy: self.read_policy(refused),
            counts: choice(refused, "counts", &self.counts, usual.counts, Counts::from_code),
            late_start: choice(refused, "late_start", &self.late_start, usual.late_start, LateStart::from_code),
            after_hand_in: choice(refused, "after_hand_in", &self.after_hand_in, usual.after_hand_in, AfterHandIn::from_code),
            ranking: self.read_ranking(refused),
            unit_rule: choice(refused, "unit_rule", &self.unit_rule, usual.unit_rule, UnitRule::from_code),
            unit_minimum: optional(refused, "unit_minimum", &self.unit_minimum, (1, 10_000)).unwrap_or(usual.unit_minimum),
            shuffle_questions: self.shuffle_questions,
            shuffle_options: self.shuffle_options,
            live_board: self.live_board,
            public_places: optional(refused, "public_places", &self.public_places, (0, 1_000)).unwrap_or(usual.public_places),
            lowest_units_public: self.lowest_units_public,
        }
    }

    fn read_policy(&self, refused: &mut Refused) -> AttemptPolicy {
        match self.policy.as_str() {
            "" | "once" => AttemptPolicy::Once,
            "unlimited" => AttemptPolicy::Unlimited,
            kind @ ("per_round" | "per_day") => {
                let times = u16::try_from(number(refused, "times", &self.times, (1, 100))).unwrap_or(1);
                if kind == "per_day" { AttemptPolicy::PerDay(times) } else { AttemptPolicy::PerRound(times) }
            }
            _ => {
                refused.push((Field::named("policy"), Refusal::NotOffered));
                AttemptPolicy::Once
            }
        }
    }

    fn read_ranking(&self, refused: &mut Refused) -> Vec<RankingKey> {
        let mut chain = Vec::new();
        for (i, code) in self.ranking.iter().enumerate().filter(|(_, code)| !code.is_empty()) {
            match RankingKey::from_code(code) {
                Some(key) if chain.contains(&key) => refused.push((Field::nth("ranking", i), Refusal::Repeated)),
                Some(key) => chain.push(key),
                None => refused.push((Field::nth("ranking", i), Refusal::NotOffered)),
            }
        }
        if chain.is_empty() && self.ranking.iter().all(String::is_empty) {
            refused.push((Field::nth("ranking", 0), Refusal::Required));
        }
        chain
    }
}

#[cfg(test)]
#[path = "round_form_tests.rs"]
mod tests;
