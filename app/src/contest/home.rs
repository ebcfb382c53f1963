//! Việc cần làm: the first page of the administration, for everybody who has something to do there.

use super::tabs::step_address;
use crate::{
    page::{caller, engine, page},
    parts::{Badge, Empty, Head, Moment, admin_frame},
};
use domain::{
    Timestamp,
    contest::NextStep,
    identity::{Action, RequestKind},
};
use engine::contest::{Task, TaskKind, Waiting, WaitingKind};
use leptos::prelude::*;

/// Where everybody with a task begins, by what they may do.
const ENTRANCES: &[(&str, &str, &str, Action)] = &[
    ("/quan-tri/cuoc-thi", "Cuộc thi và đợt thi", "Thiết lập, chốt, theo dõi, xét và công bố kết quả.", Action::SetUpContest),
    ("/quan-tri/cau-hoi", "Câu hỏi", "Soạn câu hỏi, xem ngân hàng theo chủ đề và mức độ.", Action::ReadBank),
    ("/quan-tri/tham-dinh", "Chờ thẩm định", "Câu hỏi của người khác đang chờ anh/chị duyệt hoặc trả lại.", Action::ReviewQuestion),
    ("/quan-tri/tin-bai", "Tin bài", "Tin tức, sáng kiến, điển hình và tài liệu.", Action::WriteLibrary),
    ("/quan-tri/huong-dan", "Hướng dẫn, tài liệu cuộc thi", "Hướng dẫn, hỏi đáp và tài liệu của từng cuộc thi.", Action::WriteLibrary),
    ("/dau-moi", "Đơn vị của tôi", "Ai đã thi, ai chưa thi, tỷ lệ tham gia.", Action::WatchOwnUnit),
    ("/quan-tri/nguoi-dung", "Người dự thi", "Tìm người, chuyển đơn vị, cấp mã.", Action::ManagePeople),
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
        if entrances.is_empty() {
            return Err(domain::Refusal::NotAllowed.into());
        }
        let organises = caller.may(Action::SetUpContest);
        let waiting = engine.waiting(&caller).await?;
        let tasks = if organises { engine.to_do(&caller).await? } else { Vec::new() };
        let now = engine.now();
        let cards = entrances
            .into_iter()
            .map(|(address, name, words, _)| view! { <li><article class="card"><h3><a href=*address>{*name}</a></h3><p>{*words}</p></article></li> })
            .collect_view();
        let work = view! {
            <Head title="Việc cần làm" lede=lede(organises)/>
            {listed(&waiting, &tasks, now)}
            {(organises && tasks.is_empty()).then(no_contest)}
            <h2>"Lối vào"</h2>
            <ul class="cards">{cards}</ul>
        };
        Ok(admin_frame(&caller, work))
    })
}

const fn lede(organises: bool) -> &'static str {
    if organises {
        "Bước tiếp theo của từng đợt thi và những việc đang chờ anh/chị."
    } else {
        "Những việc đang chờ anh/chị."
    }
}

/// What waits, then the steps of the contests.
fn listed(waiting: &[Waiting], tasks: &[Task], now: Timestamp) -> AnyView {
    if waiting.is_empty() && tasks.is_empty() {
        return view! { <p>"Hiện không có việc nào đang chờ anh/chị."</p> }.into_any();
    }
    let waiting = waiting.iter().map(|waiting| waits(waiting, now)).collect_view();
    let steps = tasks.iter().map(line).collect_view();
    view! { <ol class="todo">{waiting} {steps}</ol> }.into_any()
}

fn no_contest() -> AnyView {
    view! {
        <Empty title="Chưa có cuộc thi nào đang chuẩn bị">
            <p class="actions"><a class="button" href="/quan-tri/cuoc-thi/moi">"Tạo cuộc thi"</a></p>
        </Empty>
    }
    .into_any()
}

/// Something that waits, with its count and by when the first of it is due.
fn waits(waiting: &Waiting, now: Timestamp) -> AnyView {
    let count = waiting.count;
    let (title, address) = match waiting.what {
        WaitingKind::Review => (format!("{count} câu hỏi chờ thẩm định"), "/quan-tri/tham-dinh".to_owned()),
        WaitingKind::Returned => {
            (format!("{count} câu hỏi được trả lại để anh/chị sửa"), "/quan-tri/cau-hoi?trang-thai=returned".to_owned())
        }
        WaitingKind::Requests(kind) => (format!("{count} yêu cầu: {}", asked(kind)), format!("/quan-tri/yeu-cau?loai={}", kind.code())),
    };
    let overdue = waiting.due.is_some_and(|due| due < now);
    let (tone, word) = if overdue { ("bad", "Quá hạn") } else { ("warn", "Cần làm") };
    let due = waiting.due.map(|at| view! { <p class="meta">"hạn trả lời sớm nhất " <Moment at=at/></p> });
    view! {
        <li data-tone=tone>
            <h2><a href=address>{title}</a></h2>
            <p><Badge tone=tone text=word/></p>
            {due}
        </li>
    }
    .into_any()
}

/// What people ask, within a sentence.
fn asked(kind: RequestKind) -> String {
    kind.label().to_lowercase()
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
        TaskKind::DecideRules => {
            (task.title.clone(), "Chờ anh/chị quyết định: bản thể lệ mới.".to_owned(), format!("{contest}/the-le"), "")
        }
        TaskKind::SumUp { round, label, again } => {
            let words = if *again {
                "Kết quả của đợt khác đã được đính chính: giải toàn cuộc thi cần được đính chính theo."
            } else {
                "Giải toàn cuộc thi chưa được công bố. Nếu đây là đợt cuối, xin đính chính đợt này để tổng kết; nếu chưa, xin thêm đợt tiếp theo."
            };
            (format!("{label}: {}", task.title), words.to_owned(), format!("/quan-tri/dot/{round}/ket-qua"), "")
        }
    };
    let (tone, word) = if task.is_due() { ("warn", "Cần làm") } else { ("info", "Đang chờ") };
    let due = task.due.filter(|_| !deadline.is_empty()).map(|at| view! { <p class="meta">{deadline} <Moment at=at/></p> });
    view! {
        <li data-tone=tone>
            <h2><a href=address>{title}</a></h2>
            <p><Badge tone=tone text=word/> " " {words}</p>
            {due}
        </li>
    }
    .into_any()
}
