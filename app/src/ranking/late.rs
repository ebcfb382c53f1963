//! What came too late in a round, from its review on: beside what counts, for the jury to see.

use crate::{
    attempt::question::letter,
    parts::{Notice, Pagination, Table},
};
use domain::{
    Timestamp,
    attempt::Answer,
    id::RoundId,
    vietnamese::{decimal, number},
};
use engine::attempt::{LatePerson, LateSheet, LateSheets};
use leptos::prelude::*;

/// The table, and that nothing came too late where nothing did.
pub fn view(round: RoundId, late: LateSheets) -> AnyView {
    let none = late.people.is_empty();
    let found = if none { view! { <p>"Không có bài làm nào đến muộn."</p> }.into_any() } else { found(round, late) };
    view! { <h2>"Bài làm đến muộn"</h2> {found} }.into_any()
}

fn found(round: RoundId, late: LateSheets) -> AnyView {
    let rows = late.people.into_iter().map(row).collect_view();
    let heads = vec!["Người dự thi", "Hết giờ", "Các bản đến muộn"];
    let address = format!("/quan-tri/dot/{round}/ket-qua?");
    view! {
        <Notice kind="info">
            <p>"Những bản này đến sau khi hết giờ hơn 30 giây: được giữ lại để xem, không được tính. Nếu do sự cố, cách khắc phục là thêm lượt thi."</p>
        </Notice>
        <Table id="den-muon" caption=format!("{} bản đến muộn", number(late.sheets)) heads=heads stack=true>{rows}</Table>
        <Pagination address=address page=late.page last=late.last/>
    }
    .into_any()
}

fn row(person: LatePerson) -> AnyView {
    let meta = format!("{} · mã dự thi {}", person.unit.unwrap_or_default(), person.code.unwrap_or_default());
    let sheets = person.sheets.iter().map(sheet).collect_view();
    view! {
        <tr>
            <th scope="row">{person.full_name} <br/> <small>{meta}</small></th>
            <td data-label="Hết giờ">{moment(person.deadline)}</td>
            <td data-label="Các bản đến muộn"><ul>{sheets}</ul></td>
        </tr>
    }
    .into_any()
}

fn sheet(sheet: &LateSheet) -> AnyView {
    let questions = sheet.differs.iter().map(|(number, counted, late)| format!("câu {number}: {} → {}", words(counted), words(late)));
    let guess = sheet.guess_differs.iter().map(|(counted, late)| format!("dự đoán: {} → {}", or_blank(counted), or_blank(late)));
    let differs = questions.chain(guess).collect::<Vec<_>>().join("; ");
    let differs =
        if differs.is_empty() { "giống bài được tính".to_owned() } else { format!("khác bài được tính ở {differs}") };
    view! { <li>{format!("{}: trả lời {} câu, {differs}", moment(sheet.at), sheet.answered)}</li> }.into_any()
}

/// To the second, since seconds decide.
fn moment(at: Timestamp) -> String {
    format!("{} ngày {}", at.second(), at.date())
}

/// An answer as it stood on the sheet, in letters and numbers.
fn words(answer: &Answer) -> String {
    let listed = |numbers: &[u8]| numbers.iter().map(u8::to_string).collect::<Vec<_>>().join("-");
    match answer {
        Answer::Blank => or_blank(""),
        Answer::Options(chosen) => or_blank(&chosen.iter().map(|one| letter((*one).into())).collect::<Vec<_>>().join(", ")),
        Answer::Order(given) | Answer::Pairs(given) => listed(given),
        Answer::Number { scaled, decimals } => decimal(*scaled, (*decimals).into()),
        Answer::Typed(words) => or_blank(words),
    }
}

fn or_blank(words: &str) -> String {
    if words.is_empty() { "trống".to_owned() } else { words.to_owned() }
}
