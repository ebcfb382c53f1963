//! Contests: setting up, freezing, entering, and what the public reads.

mod entering;
mod guide;
mod rounds;
mod rules;
mod setting_up;

use domain::{Field, Refusal};
use engine::Stop;

/// What one field was refused for.
fn at<T: std::fmt::Debug>(outcome: engine::Result<T>, field: &'static str) -> Refusal {
    match outcome.expect_err("refused") {
        Stop::AtFields(refused) => {
            refused.into_iter().find(|(known, _)| *known == Field::named(field)).unwrap_or_else(|| panic!("{field} is refused")).1
        }
        other => panic!("refused at {field}, but {other}"),
    }
}

/// What the whole request was refused for.
fn refusal<T: std::fmt::Debug>(outcome: engine::Result<T>) -> Refusal {
    match outcome.expect_err("refused") {
        Stop::Refused(refusal) => refusal,
        other => panic!("refused as a whole, but {other}"),
    }
}
