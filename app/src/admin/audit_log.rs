//! The audit log, read by auditors and administrators.

use super::people::encoded;
use crate::{
    page::{caller, engine, page, query},
    parts::{DATE, Empty, Head, Moment, Notice, Pagination, Select, Table, TextField, admin_frame},
};
use domain::{Refusal, Timestamp, identity::Deed, vietnamese::number};
use engine::identity::{AuditFilter, AuditLine};
use leptos::prelude::*;

/// The page.
pub fn view() -> AnyView {
    let (engine, caller) = (engine(), caller());
    let filter = AuditFilter {
        deed: query("viec"),
        who: query("nguoi"),
        subject: query("doi-tuong"),
        from: query("tu"),
        until: query("den"),
        page: query("trang").parse().unwrap_or(1),
    };
    page(async move {
        let caller = caller?;
        let log = engine.audit_log(&caller, &filter).await?;
        let deeds = Deed::ALL.iter().map(|deed| (deed.code().to_owned(), deed.label().to_owned()));
        let deeds = std::iter::once((String::new(), "Tất cả".to_owned())).chain(deeds).collect();
        let address = format!(
            "/quan-tri/nhat-ky?viec={}&nguoi={}&doi-tuong={}&tu={}&den={}&",
            encoded(&filter.deed),
            encoded(&filter.who),
            encoded(&filter.subject),
            encoded(&filter.from),
            encoded(&filter.until)
        );
        let (here, last) = (u32::try_from(log.page).unwrap_or(1), u32::try_from(log.pages).unwrap_or(1));
        let caption = format!("{} dòng, mới nhất trước", number(log.found));
        let empty = log.lines.is_empty();
        let unread = [&filter.from, &filter.until].into_iter().any(|day| !day.is_empty() && Timestamp::read_date(day).is_none());
        Ok(admin_frame(
            &caller,
            view! {
                <Head title="Nhật ký" lede="Mọi việc làm thay đổi dữ liệu, trừ lúc làm bài (bài làm có chuỗi lưu riêng). Nhật ký chỉ đọc."/>
                <form method="get" class="toolbar">
                    <Select name="viec" label="Việc" options=deeds value=filter.deed/>
                    <TextField name="nguoi" label="Người làm" value=filter.who kind="search"/>
                    <TextField name="doi-tuong" label="Mã đối tượng" value=filter.subject/>
                    <TextField name="tu" label="Từ ngày" value=filter.from hint=DATE inputmode="numeric"/>
                    <TextField name="den" label="Đến ngày" value=filter.until hint=DATE inputmode="numeric"/>
                    <button class="secondary">"Lọc"</button>
                    <a class="button quiet" href="/quan-tri/nhat-ky">"Bỏ lọc"</a>
                </form>
                {unread.then(|| view! { <Notice kind="warning" answers=true><p>{Refusal::NotADate.words()}</p></Notice> })}
                {if empty {
                    view! { <Empty title="Không có dòng nào"/> }.into_any()
                } else {
                    view! {
                        <Table id="bang-nhat-ky" caption=caption heads=vec!["Lúc", "Người làm", "Việc", "Đối tượng", "Chi tiết"] stack=true>
                            {log.lines.into_iter().map(row).collect_view()}
                        </Table>
                        <Pagination address=address page=here last=last/>
                    }
                    .into_any()
                }}
            },
        ))
    })
}

fn row(line: AuditLine) -> impl IntoView {
    let words = line.words().to_owned();
    let who = match (line.full_name, line.login) {
        (Some(name), Some(login)) => format!("{name} ({login})"),
        _ => "hệ thống".to_owned(),
    };
    let subject = line.subject_name.unwrap_or_else(|| short(&line.subject));
    view! {
        <tr>
            <td data-label="Lúc"><Moment at=line.at/></td>
            <td data-label="Người làm">{who}</td>
            <th scope="row">{words}</th>
            <td data-label="Đối tượng"><a href=format!("/quan-tri/nhat-ky?doi-tuong={}", encoded(&line.subject))>{subject}</a></td>
            <td data-label="Chi tiết">
                {(!line.detail.is_empty()).then(|| view! { <details><summary>"Xem"</summary><code>{line.detail}</code></details> })}
            </td>
        </tr>
    }
}

/// The end of a long id, which tells two apart; slugs as they are.
fn short(subject: &str) -> String {
    let is_id = subject.len() >= 32 && subject.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    if is_id { format!("…{}", &subject[subject.len() - 8..]) } else { subject.to_owned() }
}
