//! Winners with their prizes, and the first places where the rules make them public.

use super::parts::audience_name;
use domain::{
    identity::Audience,
    results::{Announcement, CollectivePrize, DivisionFacts, Winner},
    vietnamese::number,
};
use engine::results::TopLine;
use leptos::prelude::*;

/// Everybody who won, by audience, then the units.
pub fn winners(announcement: &Announcement, simulated: bool) -> AnyView {
    let people = Audience::ALL.iter().filter_map(|audience| {
        let division = announcement.facts.divisions.iter().find(|division| division.audience == *audience);
        let own: Vec<&Winner> = announcement.winners.iter().filter(|winner| winner.audience == *audience).collect();
        (!own.is_empty()).then(|| {
            let cards = own.into_iter().map(|winner| card(winner, division)).collect_view();
            view! { <h3>{audience_name(*audience)}</h3> <ol class="podium">{cards}</ol> }
        })
    });
    let people = people.collect_view();
    let none = announcement.winners.is_empty() && announcement.collective.is_empty();
    view! {
        <section aria-labelledby="giai-thuong">
            <h2 id="giai-thuong">"Người và đơn vị đạt giải"</h2>
            {simulated.then(|| view! { <p class="meta">"Tên người dưới đây là dữ liệu mô phỏng."</p> })}
            {people}
            {collective(&announcement.collective)}
            {none.then(|| view! { <p>"Đợt thi này không có giải thưởng."</p> })}
        </section>
    }
    .into_any()
}

fn card(winner: &Winner, division: Option<&DivisionFacts>) -> AnyView {
    let name = winner.name.clone().unwrap_or_else(|| "Người dự thi (không công bố tên)".to_owned());
    let questions = division.map_or(0, |division| division.questions);
    let guess = division.and_then(|division| division.prediction.as_ref()).and_then(|prediction| {
        let guess = winner.prediction.map(|guess| domain::ranking::amount(&prediction.asked, guess))?;
        let gap = winner.distance.map(|distance| domain::ranking::gap(&prediction.asked, distance))?;
        Some(format!(" · dự đoán {guess} (lệch {gap})"))
    });
    let value = (winner.value > 0).then(|| format!(" · {} đồng", number(winner.value)));
    view! {
        <li data-prize=winner.rank.min(4).to_string()>
            <p class="prize">{prize_name(&winner.prize)}</p>
            <h4>{name}</h4>
            <p>{winner.unit.clone().unwrap_or_default()}</p>
            <p class="meta">
                {format!("Hạng {} · mã dự thi {} · đúng {}/{questions}", winner.place, winner.code, winner.correct)}
                {guess} {format!(" · {}", winner.duration.words())} {value}
            </p>
            <p class="why">{winner.why.clone()}</p>
        </li>
    }
    .into_any()
}

/// "Giải Nhất", whether the prize is called "Nhất" or "Giải Nhất".
pub fn prize_name(name: &str) -> String {
    if name.to_lowercase().starts_with("giải") { name.to_owned() } else { format!("Giải {name}") }
}

fn collective(prizes: &[CollectivePrize]) -> Option<AnyView> {
    if prizes.is_empty() {
        return None;
    }
    let cards = prizes
        .iter()
        .map(|prize| {
            let value = (prize.value > 0).then(|| format!(" · {} đồng", number(prize.value)));
            view! {
                <li data-prize=prize.rank.min(4).to_string()>
                    <p class="prize">{prize_name(&prize.prize)}</p>
                    <h4>{prize.name.clone()}</h4>
                    <p class="meta">{format!("{} · hạng {}", prize.block.label(), prize.place)} {value}</p>
                </li>
            }
        })
        .collect_view();
    Some(view! { <h3>"Giải tập thể"</h3> <ol class="podium">{cards}</ol> }.into_any())
}

/// The first places beside the winners.
pub fn top(lines: &[TopLine]) -> Option<AnyView> {
    if lines.is_empty() {
        return None;
    }
    let tables = Audience::ALL
        .iter()
        .filter_map(|audience| {
            let own: Vec<&TopLine> = lines.iter().filter(|line| line.audience == *audience).collect();
            (!own.is_empty()).then(|| top_table(*audience, &own))
        })
        .collect_view();
    Some(view! { <section><h2>"Các thứ hạng đầu"</h2> {tables}</section> }.into_any())
}

fn top_table(audience: Audience, lines: &[&TopLine]) -> AnyView {
    let id = format!("hang-dau-{}", audience.code());
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
