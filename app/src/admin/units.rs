//! The list of units by block, with the number of their people.

use crate::{
    page::{caller, engine, page, query},
    parts::{Badge, Empty, Head, Table, TextField, admin_frame, simulated_headcounts},
};
use domain::{
    Timestamp,
    identity::{Block, Unit},
    vietnamese::{fold, number},
};
use engine::identity::UnitTally;
use leptos::prelude::*;

/// The page.
pub fn view() -> AnyView {
    let (engine, caller, text) = (engine(), caller(), query("tim"));
    page(async move {
        let caller = caller?;
        let now = engine.now();
        let wanted = fold(&text);
        let all = engine.units_with_people(&caller).await?;
        let fits = |unit: &Unit| fold(&format!("{} {} {}", unit.name, unit.code, unit.former_line())).contains(&wanted);
        let found: Vec<(Unit, UnitTally)> = all.into_iter().filter(|(unit, _)| fits(unit)).collect();
        let tables = Block::ALL.iter().filter_map(|block| table(*block, &found, now)).collect_view();
        let simulated = simulated_headcounts(&engine).await?;
        let empty = found.is_empty().then(|| view! { <Empty title="Không tìm thấy đơn vị nào"/> });
        Ok(admin_frame(
            &caller,
            view! {
                {simulated}
                <Head title="Đơn vị" lede="Tìm theo tên hiện nay, tên trước sáp nhập hoặc mã.">
                    <a class="button" href="/quan-tri/don-vi/moi">"Thêm đơn vị"</a>
                    <a class="button secondary" href="/quan-tri/danh-sach">"Nhập từ tệp"</a>
                </Head>
                <form method="get" class="toolbar">
                    <TextField name="tim" label="Tìm" value=text kind="search"/>
                    <button class="secondary">"Tìm"</button>
                </form>
                {empty}
                {tables}
            },
        ))
    })
}

fn table(block: Block, found: &[(Unit, UnitTally)], now: Timestamp) -> Option<AnyView> {
    let (id, caption) = match block {
        Block::Departments => ("khoi-so-nganh", block.label()),
        Block::Communes => ("khoi-xa", block.label()),
        Block::Wards => ("khoi-phuong", block.label()),
        Block::None => ("ngoai-khoi", block.label()),
    };
    let rows: Vec<_> = found.iter().filter(|(unit, _)| unit.block == block).map(|(unit, tally)| row(unit, tally, now)).collect();
    (!rows.is_empty()).then(|| {
        let heads = vec!["Đơn vị", "#Số CBCCVC và NLĐ", "Chốt đến ngày", "#Trong danh sách", "#Chưa kích hoạt", "Đầu mối"];
        view! { <Table id=id caption=caption heads=heads stack=true>{rows}</Table> }.into_any()
    })
}

fn row(unit: &Unit, tally: &UnitTally, now: Timestamp) -> impl IntoView + use<> {
    let headcount = unit.headcount.map_or_else(|| "chưa có số liệu".to_owned(), number);
    let coordinators = if tally.coordinators == 0 { "chưa có".to_owned() } else { number(tally.coordinators) };
    view! {
        <tr>
            <th scope="row">
                <a href=format!("/quan-tri/don-vi/{}", unit.id)>{unit.name.clone()}</a>
                {(!unit.stands(now)).then(|| view! { " " <Badge tone="neutral" text="hết hiệu lực"/> })}
                {unit.sample.then(|| view! { " " <Badge tone="neutral" text="đơn vị mẫu"/> })}
            </th>
            <td data-label="Số CBCCVC và NLĐ" class="number">{headcount}</td>
            <td data-label="Chốt đến ngày">{super::words::day(unit.headcount_as_of)}</td>
            <td data-label="Trong danh sách" class="number">{number(tally.servants)}</td>
            <td data-label="Chưa kích hoạt" class="number">{number(tally.invited)}</td>
            <td data-label="Đầu mối">{coordinators}</td>
        </tr>
    }
}
