//! The three questions of the trial paper: harmless, and of no bank.

use domain::{
    attempt::{Place, Shape},
    bank::Kind,
    id::VersionId,
};
use engine::{attempt::Served, markdown};
use std::sync::LazyLock;
use uuid::Uuid;

/// How many there are.
pub const COUNT: usize = 3;

/// The questions as they are shown.
pub static QUESTIONS: LazyLock<[Served; COUNT]> = LazyLock::new(|| {
    [
        served(Kind::Single, "Một tuần có bao nhiêu ngày?", &["Năm ngày", "Sáu ngày", "Bảy ngày", "Tám ngày"]),
        served(Kind::Several, "Những ngày nào là ngày cuối tuần?", &["Thứ Ba", "Thứ Bảy", "Thứ Năm", "Chủ nhật"]),
        served(Kind::Number, "Hãy ghi số **2026** vào ô dưới đây.", &[]),
    ]
});

fn served(kind: Kind, stem: &str, choices: &[&str]) -> Served {
    Served {
        version: VersionId(Uuid::nil()),
        kind,
        stem: markdown::render(stem),
        choices: choices.iter().map(|choice| markdown::render_line(choice)).collect(),
        matches: Vec::new(),
        unit: String::new(),
    }
}

/// How each is answered.
pub fn shapes() -> Vec<Shape> {
    QUESTIONS.iter().map(|served| Shape { kind: served.kind, pinned: vec![false; served.choices.len()], matches: 0 }).collect()
}

/// Where each stands: in the order in which they are written.
pub fn places() -> Vec<Place> {
    let place = |(pool, served): (u16, &Served)| Place {
        pool,
        options: (0..u8::try_from(served.choices.len()).unwrap_or(u8::MAX)).collect(),
        matches: Vec::new(),
    };
    (0..).zip(QUESTIONS.iter()).map(place).collect()
}
