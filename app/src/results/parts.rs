//! What several pages of results show alike: figures, bands, blocks.

use super::chart::{Bar, bars};
use domain::{
    identity::Audience,
    results::{BlockFacts, DivisionFacts, Facts, share},
    vietnamese::{decimal, number},
};
use leptos::prelude::*;

/// Seven words for a table: who the division is for.
pub const fn audience_name(audience: Audience) -> &'static str {
    match audience {
        Audience::CivilServant => "Bảng cán bộ, công chức, viên chức, người lao động",
        Audience::Citizen => "Bảng người dân",
    }
}

/// The few big figures.
pub fn tallies(facts: &Facts) -> AnyView {
    let previous = facts.previous.clone();
    let change = |now: i64, before: fn(&domain::results::PreviousRound) -> i64| {
        previous.as_ref().map(|previous| {
            let difference = now - before(previous);
            let sign = if difference > 0 { "+" } else { "" };
            view! { <small>{format!("{sign}{} so với {}", number(difference), previous.label)}</small> }
        })
    };
    view! {
        <ul class="tallies">
            <li><b>{number(facts.people())}</b> " người dự thi " {change(facts.people(), |previous| previous.people)}</li>
            <li><b>{number(facts.attempts())}</b> " lượt dự thi " {change(facts.attempts(), |previous| previous.attempts)}</li>
            <li>
                <b>{format!("{}/{}", number(facts.units_taking_part()), number(facts.units()))}</b> " đơn vị có người dự thi "
                {change(facts.units_taking_part(), |previous| previous.units)}
            </li>
            <li><b>{number(facts.units_full())}</b> " đơn vị đạt 100 %"</li>
        </ul>
    }
    .into_any()
}

/// One division: totals, the prediction's truth, score bands.
pub fn division(facts: &DivisionFacts) -> AnyView {
    let rows = facts
        .bands
        .iter()
        .map(|band| Bar {
            name: band.name(facts.questions),
            tenths: band.tenths,
            figure: format!("{} %", decimal(band.tenths, 1)),
            detail: format!("({} người)", number(band.people)),
        })
        .collect();
    let prediction = facts.prediction.as_ref().map(|prediction| {
        view! {
            <div><dt>"Câu dự đoán"</dt><dd>{prediction.asked.question.clone()}</dd></div>
            <div><dt>"Kết quả đúng của câu dự đoán"</dt><dd><b>{prediction.answer()}</b></dd></div>
        }
    });
    view! {
        <section>
            <h3>{audience_name(facts.audience)}</h3>
            <dl class="facts">
                <div><dt>"Người dự thi"</dt><dd>{number(facts.people)}</dd></div>
                <div><dt>"Lượt dự thi được công nhận"</dt><dd>{number(facts.attempts)}</dd></div>
                <div><dt>"Đúng tất cả"</dt><dd>{format!("{} người ({})", number(facts.perfect), share(facts.perfect, facts.people))}</dd></div>
                <div><dt>"Điểm trung bình"</dt><dd>{decimal(facts.mean_milli, 3)}</dd></div>
                {prediction}
            </dl>
            {bars("Phổ điểm: số câu đúng của lượt được tính", ["Số câu đúng", "Tỷ lệ và số người"], rows)}
        </section>
    }
    .into_any()
}

/// Participation of the blocks: units that took part, and people against headcount.
pub fn blocks(facts: &[BlockFacts]) -> AnyView {
    let units = facts
        .iter()
        .map(|block| Bar {
            name: block.block.label().to_owned(),
            tenths: tenths(block.taking_part, block.units),
            figure: share(block.taking_part, block.units),
            detail: format!("({}/{} đơn vị, {} đạt 100 %)", block.taking_part, block.units, block.full),
        })
        .collect();
    let people = facts
        .iter()
        .map(|block| Bar {
            name: block.block.label().to_owned(),
            tenths: tenths(block.counted_people, block.headcount),
            figure: share(block.counted_people, block.headcount),
            detail: match block.without_headcount {
                0 => format!("({}/{} người)", number(block.counted_people), number(block.headcount)),
                missing => {
                    format!("({}/{} người; {missing} đơn vị chưa có số liệu)", number(block.counted_people), number(block.headcount))
                }
            },
        })
        .collect();
    view! {
        {bars("Đơn vị có người dự thi, theo khối", ["Khối", "Tỷ lệ và số đơn vị"], units)}
        {bars("Tỷ lệ tham gia theo khối (mỗi đơn vị tính tối đa 100 %)", ["Khối", "Tỷ lệ và số người"], people)}
    }
    .into_any()
}

fn tenths(part: i64, whole: i64) -> i64 {
    if whole <= 0 { 0 } else { (2_000 * part + whole) / (2 * whole) }
}
