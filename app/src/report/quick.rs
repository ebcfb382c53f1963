//! "Báo cáo nhanh": a paper in the form of Decree 30/2020, ready to print, and its workbook.

use crate::{
    door::{Ask, Doing},
    page::{caller, crumb, engine, page, param_id},
    parts::{Crumbs, Head, Notice, admin_frame},
    results::files,
};
use axum::response::Response;
use domain::id::RoundId;
use engine::{
    report::{Table, tables},
    results::ResultsPage,
};
use leptos::prelude::*;

/// The page.
pub fn view() -> AnyView {
    let (engine, caller, round) = (engine(), caller(), param_id::<RoundId>("round"));
    page(async move {
        let (caller, round) = (caller?, round?);
        let results = engine.results_to_judge(&caller, round).await?;
        let today = engine.now().date();
        Ok(admin_frame(&caller, inside(&results, &today)))
    })
}

/// The workbook, or one table as CSV, with every line.
pub fn sheet(ask: Ask) -> Doing<Response> {
    Box::pin(async move {
        let made = made(&ask).await;
        files::answer(made, &format!("bao-cao-nhanh-{}", ask.param("file")))
    })
}

async fn made(ask: &Ask) -> engine::Result<(&'static str, Vec<u8>)> {
    let (caller, round) = (ask.caller()?, ask.param_id::<RoundId>("round")?);
    let results = ask.engine.results_to_judge(&caller, round).await?;
    files::file(&results, ask.param("file"))
}

fn inside(results: &ResultsPage, today: &str) -> AnyView {
    let base = format!("/quan-tri/dot/{}", results.round);
    let way = vec![crumb("Việc cần làm", "/quan-tri"), crumb("Kết quả", format!("{base}/ket-qua"))];
    let draft = results.published_at.is_none().then(|| {
        view! {
            <Notice kind="warning">
                <p>"Số liệu chưa công bố: chỉ dùng trong Ban Tổ chức, không để lộ ra ngoài."</p>
            </Notice>
        }
    });
    view! {
        <div class="no-print">
            <Crumbs way=way here="Báo cáo nhanh"/>
            <Head title="Báo cáo nhanh" lede="In bằng lệnh in của trình duyệt (khổ A4), hoặc tải bảng tính.">
                <a class="button" href=format!("{base}/bao-cao/ket-qua.xlsx")>"Tải bảng tính (XLSX)"</a>
            </Head>
            {draft}
        </div>
        {paper(results, today)}
    }
    .into_any()
}

fn paper(results: &ResultsPage, today: &str) -> AnyView {
    let facts = &results.announcement.facts;
    let tables = tables(results).iter().filter(|table| !table.rows.is_empty()).map(table_view).collect_view();
    view! {
        <article class="paper">
            <header>
                <div>
                    <p>"VĂN PHÒNG UBND TỈNH QUẢNG NGÃI"</p>
                    <p><b>{facts.host.to_uppercase()}</b></p>
                    <p>"Số: ……/BC-……"</p>
                </div>
                <div>
                    <p><b>"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"</b></p>
                    <p><b>"Độc lập - Tự do - Hạnh phúc"</b></p>
                    <p><i>{format!("Quảng Ngãi, ngày {}", official_date(today))}</i></p>
                </div>
            </header>
            <h2>"BÁO CÁO NHANH"</h2>
            <p class="subject">{format!("Kết quả {} cuộc thi “{}”", facts.round, facts.contest)}</p>
            {results.simulated.then(|| view! { <p><b>"Dữ liệu mô phỏng."</b></p> })}
            <p>{results.summary.clone()}</p>
            <p>{facts.rule.clone()} " " {facts.unit_rule.clone()}</p>
            {facts.whole_contest.as_ref().map(|contest| view! { <p>{contest.rule.clone()} " " {contest.unit_rule.clone()}</p> })}
            {tables}
            <footer>
                <div><p><b><i>"Nơi nhận:"</i></b></p><ul><li>"Như trên;"</li><li>"Lưu: VT."</li></ul></div>
                <div><p><b>"NGƯỜI KÝ"</b></p></div>
            </footer>
        </article>
    }
    .into_any()
}

/// "23 tháng 11 năm 2026" of "23/11/2026".
fn official_date(date: &str) -> String {
    let mut parts = date.split('/');
    match (parts.next(), parts.next(), parts.next()) {
        // Decree 30/2020: a leading nought for days below 10 and for the months January and February.
        (Some(day), Some(month), Some(year)) => {
            let month = if matches!(month, "01" | "02") { month } else { month.trim_start_matches('0') };
            format!("{day} tháng {month} năm {year}")
        }
        _ => date.to_owned(),
    }
}

fn table_view(table: &Table) -> AnyView {
    let heads = table.heads.iter().map(|head| view! { <th scope="col">{*head}</th> }).collect_view();
    // Words and figures stand in one column there: it reads from the left.
    let mixed = table.code == "so-lieu";
    let rows = table
        .rows
        .iter()
        .map(|row| {
            let cells = row
                .iter()
                .map(|cell| {
                    let figure = !mixed && !matches!(cell, engine::report::Cell::Text(_));
                    view! { <td class=figure.then_some("number")>{cell.words()}</td> }
                })
                .collect_view();
            view! { <tr>{cells}</tr> }
        })
        .collect_view();
    view! {
        <figure class="table" tabindex="0" aria-label=table.name>
            <table><caption>{table.name}</caption> <thead><tr>{heads}</tr></thead> <tbody>{rows}</tbody></table>
        </figure>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::official_date;

    #[test]
    fn a_date_is_written_as_the_decree_says() {
        assert_eq!(official_date("05/01/2026"), "05 tháng 01 năm 2026");
        assert_eq!(official_date("23/11/2026"), "23 tháng 11 năm 2026");
        assert_eq!(official_date("01/09/2026"), "01 tháng 9 năm 2026");
    }
}
