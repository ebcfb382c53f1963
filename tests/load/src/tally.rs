//! What was measured: latencies by step, errors, and what was acknowledged.

use domain::id::AttemptId;
use hdrhistogram::Histogram;
use serde_json::{Map, Value, json};
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// Errors that are kept word for word.
const KEPT: usize = 5;

/// What the server acknowledged for one attempt.
#[derive(Debug, Clone, Default)]
pub struct Acknowledged {
    /// The fields of the newest acknowledged save; none: it was only started.
    pub fields: Vec<(String, String)>,
    /// The fields of saves after that one whose acknowledgement never came: any of them may rightly have replaced it.
    pub unanswered: Vec<Vec<(String, String)>>,
    /// The code of the receipt; empty: it was not handed in.
    pub receipt: String,
}

/// The tally of one scenario.
#[derive(Default)]
pub struct Tally {
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    steps: BTreeMap<&'static str, Histogram<u64>>,
    errors: u64,
    first: Vec<String>,
    acknowledged: HashMap<AttemptId, Acknowledged>,
}

impl Tally {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A step took so long.
    pub fn took(&self, step: &'static str, time: Duration) {
        let micros = u64::try_from(time.as_micros()).unwrap_or(u64::MAX).max(1);
        let mut inner = self.inner();
        let histogram =
            inner.steps.entry(step).or_insert_with(|| Histogram::new(3).unwrap_or_else(|_| unreachable!("three digits are allowed")));
        // It grows by itself: only a span of centuries would not fit.
        let _ = histogram.record(micros);
    }

    /// Something went wrong.
    pub fn failed(&self, step: &str, why: &dyn std::fmt::Display) {
        let mut inner = self.inner();
        inner.errors += 1;
        if inner.first.len() < KEPT {
            inner.first.push(format!("{step}: {why}"));
        }
    }

    /// The server said that the attempt has begun, or goes on.
    pub fn started(&self, attempt: AttemptId) {
        self.inner().acknowledged.entry(attempt).or_default();
    }

    /// The server said that it has these answers.
    pub fn saved(&self, attempt: AttemptId, fields: Vec<(String, String)>) {
        let mut inner = self.inner();
        let acknowledged = inner.acknowledged.entry(attempt).or_default();
        (acknowledged.fields, acknowledged.unanswered) = (fields, Vec::new());
    }

    /// These answers were sent, and the server never said that it has them.
    pub fn sent_in_vain(&self, attempt: AttemptId, fields: Vec<(String, String)>) {
        self.inner().acknowledged.entry(attempt).or_default().unanswered.push(fields);
    }

    /// The server said that the sheet was handed in.
    pub fn handed_in(&self, attempt: AttemptId, receipt: String) {
        self.inner().acknowledged.entry(attempt).or_default().receipt = receipt;
    }

    /// Everything that was acknowledged.
    pub fn acknowledged(&self) -> HashMap<AttemptId, Acknowledged> {
        self.inner().acknowledged.clone()
    }

    /// How many errors there were.
    pub fn errors(&self) -> u64 {
        self.inner().errors
    }

    /// The first errors, in words.
    pub fn first_errors(&self) -> Vec<String> {
        self.inner().first.clone()
    }

    /// Percentiles of every step in milliseconds: `p50_ms`, `p95_ms`, `p99_ms`.
    pub fn percentiles(&self) -> Map<String, Value> {
        let inner = self.inner();
        let mut all = Map::new();
        for (name, quantile) in [("p50_ms", 0.5), ("p95_ms", 0.95), ("p99_ms", 0.99)] {
            let steps = inner.steps.iter().map(|(step, times)| ((*step).to_owned(), json!(ms(times.value_at_quantile(quantile)))));
            all.insert(name.to_owned(), Value::Object(steps.collect()));
        }
        all
    }

    /// The p99 of a step in milliseconds; 0 when it never happened.
    pub fn p99(&self, step: &str) -> f64 {
        self.quantile(step, 0.99)
    }

    /// A quantile of a step in milliseconds; 0 when it never happened.
    pub fn quantile(&self, step: &str, quantile: f64) -> f64 {
        self.inner().steps.get(step).map_or(0.0, |times| ms(times.value_at_quantile(quantile)))
    }

    /// Every step with how often it happened, and the errors, in one line.
    pub fn line(&self) -> String {
        let inner = self.inner();
        let steps: Vec<String> = inner.steps.iter().map(|(step, times)| format!("{step} {}, ", times.len())).collect();
        format!("{}errors {}", steps.concat(), inner.errors)
    }

    /// How often a step happened.
    pub fn count(&self, step: &str) -> u64 {
        self.inner().steps.get(step).map_or(0, Histogram::len)
    }
}

#[expect(clippy::cast_precision_loss, reason = "microseconds of a bench are far below 2^52")]
fn ms(micros: u64) -> f64 {
    (micros as f64 / 10.0).round() / 100.0
}
