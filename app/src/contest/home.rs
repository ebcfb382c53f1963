//! Việc cần làm: the first page of the administration.

use super::tabs::step_address;
use crate::{
    page::{caller, engine, page},
    parts::{Badge, Empty, Head, Moment, admin_frame},
};
use domain::{contest::NextStep, identity::Action};
use engine::contest::{Task, TaskKind};
use leptos::prelude::*;

/// Where everybody with a task begins, by what they may do.
const ENTRANCES: &[(&str, &str, &str, Action)] = &[
    ("/quan-tri/cau-hoi", "Câu hỏi", "Soạn câu hỏi, xem ngân hàng theo chủ đề và mức độ.", Action::ReadBank),
    ("/quan-tri/tham-dinh", "Chờ thẩm định", "Câu hỏi của người khác đang chờ anh/chị duyệt hoặc trả lại.", Action::ReviewQuestion),
    ("/quan-tri/tin-bai", "Tin bài", "Tin tức, sáng kiến, điển hình và tài liệu.", Action::WriteLibrary),
    ("/dau-moi", "Đơn vị của tôi", "Ai đã thi, ai chưa thi, tỷ lệ tham gia.", Action::WatchOwnUnit),
    ("/quan-tri/yeu-cau", "Yêu cầu", "Yêu cầu về đơn vị và dữ liệu cá nhân đang chờ trả lời.", Action::ManagePeople),
    ("/quan-tri/phan-quyen", "Phân quyền", "Giao và thu hồi quyền.", Action::GrantRoles),
    ("/quan-tri/nhat-ky", "Nhật ký", "Ai đã làm gì, lúc nào.", Action::ReadAudit),
];

/// The page.
pub fn view() -> AnyView {
    let (engine, caller) = (engine(), caller());
    page(async move {
        let caller = caller?;
        let entrances: Vec<_> = ENTRANCES.iter().filter(|(.., action)| caller.may(*action)).collect();
        let organises = caller.may(Action::SetUpContest);
        if !organises && entrances.is_empty() {
            return Err(domain::Refusal::NotAllowed.into());
        }
        let tasks = if organises { engine.to_do(&caller).await? } else { Vec::new() };
        let cards = entrances
            .into_iter()
            .map(|(address, name, words, _)| view! { <li><article class="card"><h3><a href=*address>{*name}</a></h3><p>{*words}</p></article></li> })
            .collect_view();
        let work = view! {
            <Head title="Việc cần làm" lede="Bước tiếp theo của từng đợt thi và những việc đang chờ anh/chị."/>
            {organises.then(|| listed(tasks))}
            <h2>"Lối vào"</h2>
            <ul class="cards">{cards}</ul>
        };
        Ok(admin_frame(&caller, work))
    })
}

fn listed(tasks: Vec<Task>) -> AnyView {
    if tasks.is_empty() {
        return view! {
            <Empty title="Chưa có cuộc thi nào đang chuẩn bị">
                <p class="actions"><a class="button" href="/quan-tri/cuoc-thi/moi">"Tạo cuộc thi"</a></p>
            </Empty>
        }
        .into_any();
    }
    let lines = tasks.iter().map(line).collect_view();
    view! { <ol class="todo">{lines}</ol> }.into_any()
}

fn line(task: &Task) -> AnyView {
    let contest = format!("/quan-tri/cuoc-thi/{}", task.slug);
    let (title, words, address, deadline) = match &task.what {
        TaskKind::Announce => (task.title.clone(), "Hoàn thiện giới thiệu, thể lệ, rồi công bố cuộc thi.".to_owned(), contest, ""),
        TaskKind::AddRound => (task.title.clone(), "Thêm đợt thi đầu tiên.".to_owned(), format!("{contest}/dot-moi"), ""),
        TaskKind::Archive => (task.title.clone(), "Mọi đợt đã công bố kết quả; chuyển cuộc thi vào lưu trữ.".to_owned(), contest, ""),
        TaskKind::Step { round, label, state, next, lacks } => {
            let lacking = if *lacks > 0 { format!(" Còn thiếu {lacks} mục.") } else { String::new() };
            let deadline = match next {
                NextStep::Schedule | NextStep::AwaitOpening => "mở lúc ",
                NextStep::Watch => "đóng lúc ",
                _ => "dự kiến có kết quả ",
            };
            (
                format!("{label}: {}", task.title),
                format!("{}. {}.{lacking}", state.label(), next.label()),
                step_address(*round, *state),
                deadline,
            )
        }
        TaskKind::Decide { round, label, proposal, .. } => (
            format!("{label}: {}", task.title),
            format!("Chờ anh/chị quyết định: {}", proposal.words(None)),
            format!("/quan-tri/dot/{round}/thay-doi"),
            "",
        ),
    };
    let (tone, word) = if task.is_due() { ("warn", "Cần làm") } else { ("info", "Đang chờ") };
    let due = task.due.filter(|_| !deadline.is_empty()).map(|at| view! { <p class="meta">{deadline} <Moment at=at/></p> });
    view! {
        <li data-tone=tone>
            <h3><a href=address>{title}</a></h3>
            <p><Badge tone=tone text=word/> " " {words}</p>
            {due}
        </li>
    }
    .into_any()
}
