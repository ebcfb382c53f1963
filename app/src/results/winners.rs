//! Winners with their prizes, and the first places where the rules make them public.

use super::parts::audience_name;
use domain::{
    identity::Audience,
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
    let questions = facts.questions(winner.span, winner.audience);
    let value = (winner.value > 0).then(|| format!(" · {} đồng", number(winner.value)));
    view! {
        <li data-prize=winner.rank.min(4).to_string()>
            <p class="prize">{prize_name(&winner.prize, winner.span)}</p>
            <h4>{name}</h4>
            <p>{winner.unit.clone().unwrap_or_default()}</p>
            <p class="meta">
                {format!("Hạng {} · mã dự thi {} · đúng {}/{questions}", winner.place, winner.code, winner.correct)}
                {guess(winner, facts)} {format!(" · {}", winner.duration.words())} {value}
            </p>
            <p class="why">{winner.why.clone()}</p>
        </li>
    }
    .into_any()
}

/// The winner's prediction with its distance; over the whole contest the sum of distances.
fn guess(winner: &Winner, facts: &Facts) -> Option<String> {
    let asked = facts.asked(winner.span, winner.audience)?;
    let distance = gap(asked, winner.distance?);
    Some(match winner.span {
        Span::Round => format!(" · dự đoán {} (lệch {distance})", amount(asked, winner.prediction?)),
        Span::Contest => format!(" · dự đoán lệch tổng cộng {distance}"),
    })
}

fn collective<'a>(prizes: impl Iterator<Item = &'a CollectivePrize>) -> Option<AnyView> {
    let cards = prizes
        .map(|prize| {
            let value = (prize.value > 0).then(|| format!(" · {} đồng", number(prize.value)));
            view! {
                <li data-prize=prize.rank.min(4).to_string()>
                    <p class="prize">{prize_name(&prize.prize, prize.span)}</p>
                    <h4>{prize.name.clone()}</h4>
                    <p class="meta">{format!("{} · hạng {}", prize.block.label(), prize.place)} {value}</p>
                </li>
            }
        })
        .collect::<Vec<_>>();
    (!cards.is_empty()).then(|| view! { <h3>"Giải tập thể"</h3> <ol class="podium">{cards}</ol> }.into_any())
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
                    <td>{line.unit.clone().unwrap_or_default()}</td>
                    <td><code>{line.code.clone()}</code></td>
                    <td class="number">{line.correct}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <figure class="table" tabindex="0" aria-labelledby=labelled>
            <table>
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
