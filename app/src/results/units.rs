//! The board of units, block by block.

use domain::{
    identity::Block,
    ranking::{Span, percent},
    vietnamese::{decimal, number},
};
use engine::results::{ResultsPage, UnitLine};
use leptos::prelude::*;

/// The board of the round as far as the page may show it.
pub fn board(page: &ResultsPage) -> AnyView {
    let facts = &page.announcement.facts;
    let as_of = facts.headcount_as_of.map(|day| format!(" Số CBCCVC và người lao động chốt đến ngày {}.", day.date()));
    view! {
        <section aria-labelledby="don-vi">
            <h2 id="don-vi">"Kết quả của các đơn vị"</h2>
            <p>{facts.unit_rule.clone()} {as_of}</p>
            {tables(Span::Round, &page.units, page.hidden_units, &address(page))}
        </section>
    }
    .into_any()
}

/// Units block by block, and how many are left out; their lines lead to the pages of the units below this address.
pub fn tables(span: Span, units: &[UnitLine], hidden: i64, base: &str) -> AnyView {
    let tables = Block::ALL
        .iter()
        .filter(|block| **block != Block::None)
        .filter_map(|block| {
            let lines: Vec<&UnitLine> = units.iter().filter(|line| line.block == *block).collect();
            (!lines.is_empty()).then(|| table((span, *block), &lines, base))
        })
        .collect_view();
    let hidden = (hidden > 0).then(|| {
        view! {
            <p class="meta">
                {format!(
                    "Bảng này nêu các đơn vị xếp ở nửa trên của mỗi khối và các đơn vị đạt 100 %. Kết quả của {hidden} đơn vị khác chỉ người của đơn vị xem được, sau khi đăng nhập.",
                )}
            </p>
        }
    });
    view! { {tables} {hidden} }.into_any()
}

/// Where the pages of the units stand.
pub fn address(page: &ResultsPage) -> String {
    format!("/ket-qua/{}/{}/don-vi", page.slug, page.position)
}

fn table((span, block): (Span, Block), lines: &[&UnitLine], base: &str) -> AnyView {
    let id = format!("khoi-{}-{}", span.code(), block.code());
    let labelled = id.clone();
    let rows = lines.iter().map(|line| row(line, base)).collect_view();
    view! {
        <figure class="table" tabindex="0" aria-labelledby=labelled>
            <table data-stack="">
                <caption id=id>{block.label()}</caption>
                <thead>
                    <tr>
                        <th scope="col">"Hạng"</th>
                        <th scope="col">"Đơn vị"</th>
                        <th scope="col" class="number">"Người dự thi"</th>
                        <th scope="col" class="number">"Lượt dự thi"</th>
                        <th scope="col" class="number">"Số CBCCVC, NLĐ"</th>
                        <th scope="col" class="number">"Tỷ lệ tham gia"</th>
                        <th scope="col" class="number">"Điểm trung bình"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </figure>
    }
    .into_any()
}

fn row(line: &UnitLine, base: &str) -> AnyView {
    let place = line.place.map_or_else(|| "–".to_owned(), |place| place.to_string());
    view! {
        <tr>
            <td class="place" data-place=line.place.map(|place| place.to_string()) data-label="Hạng">{place}</td>
            <th scope="row"><a href=format!("{base}/{}", line.code)>{line.name.clone()}</a></th>
            <td class="number" data-label="Người dự thi">{number(line.people)}</td>
            <td class="number" data-label="Lượt dự thi">{number(line.attempts)}</td>
            <td class="number" data-label="Số CBCCVC, NLĐ">{headcount(line)}</td>
            <td class="number" data-label="Tỷ lệ tham gia">{rate(line)}</td>
            <td class="number" data-label="Điểm trung bình">{decimal(line.mean_milli, 3)}</td>
        </tr>
    }
    .into_any()
}

/// The headcount, or that there is no figure.
pub fn headcount(line: &UnitLine) -> String {
    line.headcount.map_or_else(|| "chưa có số liệu".to_owned(), number)
}

/// Participation, flagged where more people took part than the headcount says.
pub fn rate(line: &UnitLine) -> AnyView {
    let rate = line.rate_ppm.map_or_else(|| "chưa có số liệu".to_owned(), percent);
    let flag = line.over_headcount.then(|| view! { " " <small>"(vượt số đã chốt)"</small> });
    view! { {rate} {flag} }.into_any()
}
