//! "Tổng kết cuộc thi": what the announcement of the last round says of the whole contest.

use super::{units, winners};
use domain::{ranking::Span, results::ContestFacts, vietnamese::number};
use engine::results::ResultsPage;
use leptos::prelude::*;

/// The section; nothing where the round does not announce the contest.
pub fn view(page: &ResultsPage) -> Option<AnyView> {
    let (facts, board) = (page.announcement.facts.whole_contest.as_ref()?, page.whole_contest.as_ref()?);
    let podiums = winners::podiums(&page.announcement, Span::Contest);
    let top = winners::top_tables(&board.top, Span::Contest).map(|tables| view! { <h3>"Các thứ hạng đầu toàn cuộc thi"</h3> {tables} });
    Some(
        view! {
            <section aria-labelledby="tong-ket">
                <h2 id="tong-ket">"Tổng kết cuộc thi"</h2>
                {figures(facts, &page.slug)}
                <p>{facts.rule.clone()}</p>
                {podiums}
                {top}
                <details>
                    <summary>"Kết quả toàn cuộc thi của các đơn vị"</summary>
                    <p>{facts.unit_rule.clone()}</p>
                    {units::tables(Span::Contest, &board.units, board.hidden_units, &units::address(page))}
                </details>
            </section>
        }
        .into_any(),
    )
}

/// Which results were added, and how many took part.
fn figures(facts: &ContestFacts, slug: &str) -> AnyView {
    let rounds = facts
        .rounds
        .iter()
        .map(|round| {
            let address = format!("/ket-qua/{slug}/{}?ban={}", round.position, round.version);
            view! { <li><a href=address>{format!("{} (bản {})", round.label, round.version)}</a></li> }
        })
        .collect_view();
    view! {
        <dl class="facts">
            <div><dt>"Người dự thi"</dt><dd>{number(facts.people())}</dd></div>
            <div><dt>"Lượt dự thi được công nhận"</dt><dd>{number(facts.attempts())}</dd></div>
            <div><dt>"Các đợt được cộng"</dt><dd><ul>{rounds}</ul></dd></div>
        </dl>
    }
    .into_any()
}
