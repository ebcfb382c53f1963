//! The organisers' list of people: search by name without marks, by login, unit and state.

use super::words::{account_state, unit_options};
use crate::{
    page::{caller, engine, page, query},
    parts::{Badge, Empty, Head, Pagination, Select, Table, TextField, admin_frame},
};
use domain::vietnamese::number;
use engine::identity::{ListLine, PeopleQuery};
use leptos::prelude::*;

/// The page.
pub fn view() -> AnyView {
    let (engine, caller) = (engine(), caller());
    let (text, unit, state, number_of_page) = (query("tim"), query("don-vi"), query("trang-thai"), query("trang"));
    page(async move {
        let caller = caller?;
        let asked =
            PeopleQuery { text: text.clone(), unit: unit.parse().ok(), state: state.clone(), page: number_of_page.parse().unwrap_or(1) };
        let found = engine.people(&caller, &asked).await?;
        let units = unit_options(&engine, "Tất cả đơn vị").await?;
        let states = vec![
            (String::new(), "Tất cả".to_owned()),
            ("active".to_owned(), "Đang dùng".to_owned()),
            ("invited".to_owned(), "Chưa kích hoạt".to_owned()),
            ("closed".to_owned(), "Đã đóng".to_owned()),
        ];
        let address = format!("/quan-tri/nguoi-dung?tim={}&don-vi={}&trang-thai={}&", encoded(&text), encoded(&unit), encoded(&state));
        let empty = found.lines.is_empty();
        let (here, last) = (u32::try_from(found.page).unwrap_or(1), u32::try_from(found.pages).unwrap_or(1));
        let caption = format!("{} người", number(found.found));
        Ok(admin_frame(
            &caller,
            view! {
                <Head title="Người dự thi" lede="Tìm theo họ tên (không cần dấu), tên đăng nhập hoặc số điện thoại.">
                    <a class="button secondary" href="/quan-tri/danh-sach">"Nhập danh sách"</a>
                </Head>
                <form method="get" class="toolbar">
                    <TextField name="tim" label="Tìm" value=text kind="search"/>
                    <Select name="don-vi" label="Đơn vị" options=units value=unit/>
                    <Select name="trang-thai" label="Tài khoản" options=states value=state/>
                    <button class="secondary">"Lọc"</button>
                    <a class="button quiet" href="/quan-tri/nguoi-dung">"Bỏ lọc"</a>
                </form>
                {if empty {
                    view! { <Empty title="Không tìm thấy ai"><p>"Xin thử ít chữ hơn, hoặc bỏ bớt điều kiện lọc."</p></Empty> }.into_any()
                } else {
                    view! {
                        <Table id="bang-nguoi" caption=caption heads=vec!["Họ và tên", "Tên đăng nhập", "Đơn vị", "Đối tượng", "Tài khoản"] stack=true>
                            {found.lines.into_iter().map(row).collect_view()}
                        </Table>
                        <Pagination address=address page=here last=last/>
                    }
                    .into_any()
                }}
            },
        ))
    })
}

fn row(line: ListLine) -> impl IntoView {
    let (tone, words) = account_state(&line.state);
    view! {
        <tr>
            <th scope="row">
                <a href=format!("/quan-tri/nguoi-dung/{}", line.id)>{line.full_name}</a>
                {line.sample.then(|| view! { " " <Badge tone="neutral" text="mô phỏng"/> })}
            </th>
            <td data-label="Tên đăng nhập">{line.login}</td>
            <td data-label="Đơn vị">{line.unit.unwrap_or_else(|| "—".to_owned())}</td>
            <td data-label="Đối tượng">{line.audience.label()}</td>
            <td data-label="Tài khoản"><Badge tone=tone text=words/></td>
        </tr>
    }
}

pub(super) fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
