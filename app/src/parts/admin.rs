//! The frame of administration pages: the rooms a caller may work in, beside the work.

use crate::page::path;
use domain::identity::Action;
use engine::Caller;
use leptos::prelude::*;

/// Address, name, and the action that opens it.
type Room = (&'static str, &'static str, Action);

/// The rooms: heading, and links with the action that opens each.
const ROOMS: &[(&str, &[Room])] = &[
    ("Cuộc thi", &[("/quan-tri", "Việc cần làm", Action::OwnData), ("/quan-tri/cuoc-thi", "Cuộc thi và đợt thi", Action::SetUpContest)]),
    (
        "Ngân hàng câu hỏi",
        &[
            ("/quan-tri/cau-hoi", "Câu hỏi", Action::ReadBank),
            ("/quan-tri/tham-dinh", "Chờ thẩm định", Action::ReviewQuestion),
            ("/quan-tri/chu-de", "Chủ đề", Action::ReadBank),
        ],
    ),
    (
        "Tin bài",
        &[
            ("/quan-tri/tin-bai", "Tin tức, điển hình, tài liệu", Action::WriteLibrary),
            ("/quan-tri/huong-dan", "Hướng dẫn, tài liệu cuộc thi", Action::WriteLibrary),
        ],
    ),
    (
        "Người và đơn vị",
        &[
            ("/quan-tri/nguoi-dung", "Người dự thi", Action::ManagePeople),
            ("/quan-tri/danh-sach", "Nhập danh sách", Action::ManagePeople),
            ("/quan-tri/yeu-cau", "Yêu cầu", Action::ManagePeople),
            ("/quan-tri/don-vi", "Đơn vị", Action::ManagePeople),
            ("/dau-moi", "Đơn vị tôi", Action::WatchOwnUnit),
            ("/quan-tri/phan-quyen", "Phân quyền", Action::GrantRoles),
            ("/quan-tri/nhat-ky", "Nhật ký", Action::ReadAudit),
        ],
    ),
];

/// The address by which the menu knows a page: a round belongs to its contest, slips to their unit.
fn known_as<'h>(caller: &Caller, here: &'h str) -> &'h str {
    if here.starts_with("/quan-tri/dot/") {
        "/quan-tri/cuoc-thi"
    } else if here.starts_with("/quan-tri/phieu/") {
        if caller.may(Action::ManagePeople) { "/quan-tri/don-vi" } else { "/dau-moi" }
    } else {
        here
    }
}

/// The work of an administration page beside the menu of what this caller may do.
pub fn admin_frame(caller: &Caller, work: impl IntoView + 'static) -> AnyView {
    let here = path();
    let known = known_as(caller, &here);
    // The link whose address is the longest beginning of this one is the current room.
    let current = ROOMS
        .iter()
        .flat_map(|(_, links)| links.iter())
        .filter(|(.., action)| caller.may(*action))
        .map(|(address, ..)| *address)
        .filter(|address| known == *address || known.starts_with(&format!("{address}/")))
        .max_by_key(|address| address.len());
    let menu = ROOMS
        .iter()
        .map(|(heading, links)| {
            let links: Vec<_> = links
                .iter()
                .filter(|(.., action)| caller.may(*action))
                .map(|(address, name, _)| {
                    let current = (Some(*address) == current).then_some("page");
                    view! { <li><a href=*address aria-current=current>{*name}</a></li> }
                })
                .collect();
            (!links.is_empty()).then(|| view! { <p>{*heading}</p> <ul>{links}</ul> })
        })
        .collect_view()
        .into_any();
    // Erased here, or the compiler would have to lay out every page's whole type at once.
    let work = work.into_any();
    view! {
        <div class="admin">
            <nav class="side" aria-label="Quản trị">{menu}</nav>
            <div class="work">{work}</div>
        </div>
    }
    .into_any()
}
