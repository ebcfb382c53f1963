//! Winners with their prizes, and the first places where the rules make them public.

use super::parts::audience_name;
use domain::{
    identity::{Audience, Block},
    ranking::{Span, amount, gap},
    results::{Announcement, CollectivePrize, Facts, Winner, prize_name},
    vietnamese::number,
};
use engine::results::TopLine;
use leptos::prelude::*;

/// Everybody who won in the round, by audience, then the units.
pub fn winners(announcement: &Announcement, simulated: bool) -> AnyView {
    let podiums = podiums(announcement, Span::Round);
    let none = podiums.is_none().then(|| view! { <p>"Đợt thi này không có giải thưởng."</p> });
    view! {
        <section aria-labelledby="giai-thuong">
            <h2 id="giai-thuong">"Người và đơn vị đạt giải"</h2>
            {simulated.then(|| view! { <p class="meta">"Tên người dưới đây là dữ liệu mô phỏng."</p> })}
            {podiums}
            {none}
        </section>
    }
    .into_any()
}

/// The winners of the round or of the whole contest, people by audience, then units; nothing when nobody won.
pub fn podiums(announcement: &Announcement, span: Span) -> Option<AnyView> {
    let people = Audience::ALL
        .iter()
        .filter_map(|audience| {
            let own: Vec<&Winner> = announcement.winners_of(span).filter(|winner| winner.audience == *audience).collect();
            (!own.is_empty()).then(|| {
                let cards = own.into_iter().map(|winner| card(winner, &announcement.facts)).collect_view();
                view! { <h3>{audience_name(*audience)}</h3> <ol class="podium">{cards}</ol> }
            })
        })
        .collect::<Vec<_>>();
    let units = collective(announcement.collective_of(span));
    (!people.is_empty() || units.is_some()).then(|| view! { {people} {units} }.into_any())
}

fn card(winner: &Winner, facts: &Facts) -> AnyView {
    let name = winner.name.clone().unwrap_or_else(|| "Người dự thi (không công bố tên)".to_owned());
    view! {
        <li data-prize=winner.rank.min(4).to_string()>
            <p class="prize">{prize_name(&winner.prize, winner.span)}</p>
            <h4>{name}</h4>
            <p>{winner.unit.clone().unwrap_or_default()}</p>
            <p class="meta">{figures(winner, facts)}</p>
            <p class="why">{winner.why.clone()}</p>
        </li>
    }
    .into_any()
}

/// What the place rests on, and what the prize is worth.
fn figures(winner: &Winner, facts: &Facts) -> String {
    let questions = facts.questions(winner.span, winner.audience);
    joined([
        Some(unbroken(&format!("Hạng {}", winner.place))),
        Some(unbroken(&format!("mã dự thi {}", winner.code))),
        Some(unbroken(&format!("đúng {}/{questions}", winner.correct))),
        guess(winner, facts),
        Some(unbroken(&winner.duration.words())),
        worth(winner.value),
    ])
}

/// The value of a prize; nothing for one without a value.
fn worth(value: i64) -> Option<String> {
    (value > 0).then(|| unbroken(&format!("{} đồng", number(value))))
}

/// Words that stay on one line.
fn unbroken(words: &str) -> String {
    words.replace(' ', "\u{a0}")
}

/// Parts of a line, so joined that no line begins with a dot.
fn joined(parts: impl IntoIterator<Item = Option<String>>) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join("\u{a0}· ")
}

/// The winner's prediction with its distance; over the whole contest the sum of distances.
fn guess(winner: &Winner, facts: &Facts) -> Option<String> {
    let asked = facts.asked(winner.span, winner.audience)?;
    let distance = gap(asked, winner.distance?);
    Some(match winner.span {
        Span::Round => format!("dự đoán {} (lệch {distance})", amount(asked, winner.prediction?)),
        Span::Contest => format!("dự đoán lệch tổng cộng {distance}"),
    })
}

/// The units that won, block by block.
fn collective<'a>(prizes: impl Iterator<Item = &'a CollectivePrize>) -> Option<AnyView> {
    let prizes: Vec<_> = prizes.collect();
    let blocks = Block::ALL
        .iter()
        .filter_map(|block| {
            let cards: Vec<_> = prizes.iter().filter(|prize| prize.block == *block).map(|prize| collective_card(prize)).collect();
            (!cards.is_empty()).then(|| view! { <h3>"Giải tập thể: " {block.label()}</h3> <ol class="podium">{cards}</ol> })
        })
        .collect::<Vec<_>>();
    (!blocks.is_empty()).then(|| blocks.into_any())
}

fn collective_card(prize: &CollectivePrize) -> AnyView {
    view! {
        <li data-prize=prize.rank.min(4).to_string()>
            <p class="prize">{prize_name(&prize.prize, prize.span)}</p>
            <h4>{prize.name.clone()}</h4>
            <p class="meta">{joined([Some(unbroken(&format!("Hạng {}", prize.place))), worth(prize.value)])}</p>
        </li>
    }
    .into_any()
}

/// The first places beside the winners.
pub fn top(lines: &[TopLine]) -> Option<AnyView> {
    let tables = top_tables(lines, Span::Round)?;
    Some(view! { <section><h2>"Các thứ hạng đầu"</h2> {tables}</section> }.into_any())
}

/// The first places of the round or of the whole contest, a table for each audience; nothing when there are none.
pub fn top_tables(lines: &[TopLine], span: Span) -> Option<AnyView> {
    if lines.is_empty() {
        return None;
    }
    let tables = Audience::ALL
        .iter()
        .filter_map(|audience| {
            let own: Vec<&TopLine> = lines.iter().filter(|line| line.audience == *audience).collect();
            (!own.is_empty()).then(|| top_table(*audience, span, &own))
        })
        .collect_view();
    Some(tables.into_any())
}

fn top_table(audience: Audience, span: Span, lines: &[&TopLine]) -> AnyView {
    let id = format!("hang-dau-{}-{}", span.code(), audience.code());
    let labelled = id.clone();
    let rows = lines
        .iter()
        .map(|line| {
            view! {
                <tr>
                    <td class="place" data-place=line.place.to_string()>{line.place}</td>
                    <th scope="row">{line.name.clone().unwrap_or_else(|| "(không công bố tên)".to_owned())}</th>
                    <td data-label="Đơn vị">{line.unit.clone()}</td>
                    <td data-label="Mã dự thi"><code>{line.code.clone()}</code></td>
                    <td class="number" data-label="Số câu đúng">{line.correct}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <figure class="table" tabindex="0" aria-labelledby=labelled>
            <table data-stack="">
                <caption id=id>{audience_name(audience)}</caption>
                <thead>
                    <tr>
                        <th scope="col">"Hạng"</th>
                        <th scope="col">"Họ và tên"</th>
                        <th scope="col">"Đơn vị"</th>
                        <th scope="col">"Mã dự thi"</th>
                        <th scope="col" class="number">"Số câu đúng"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </figure>
    }
    .into_any()
}
