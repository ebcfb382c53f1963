//! The editor's list of articles.

use crate::{
    page::{caller, engine, page},
    parts::{Badge, Empty, Head, Moment, Table, admin_frame},
};
use engine::library::Article;
use leptos::prelude::*;

/// The page.
pub fn view() -> AnyView {
    let (engine, caller) = (engine(), caller());
    page(async move {
        let caller = caller?;
        let articles = engine.articles(&caller).await?;
        let list = if articles.is_empty() {
            view! { <Empty title="Chưa có bài nào"><p>"Bài mới là bản nháp, chỉ hiện ra khi được đăng."</p></Empty> }.into_any()
        } else {
            view! {
                <Table id="tin-bai" caption="Tin bài, bản nháp đứng trước" heads=vec!["Tiêu đề", "Chuyên mục", "Trạng thái", "Sửa lần cuối"] stack=true>
                    {articles.into_iter().map(row).collect_view()}
                </Table>
            }
            .into_any()
        };
        let work = view! {
            <Head title="Tin bài" lede="Tin tức, sáng kiến, điển hình tiên tiến và bài học tập.">
                <a class="button" href="/quan-tri/tin-bai/moi">"Viết bài mới"</a>
                " "
                <a class="button secondary" href="/quan-tri/tai-lieu">"Tài liệu học tập"</a>
            </Head>
            {list}
        };
        Ok(admin_frame(&caller, work))
    })
}

fn row(article: Article) -> AnyView {
    let state = match article.published_at {
        Some(_) => view! { <Badge tone="good" text="Đã đăng"/> },
        None => view! { <Badge tone="neutral" text="Bản nháp"/> },
    };
    view! {
        <tr>
            <th scope="row"><a href=format!("/quan-tri/tin-bai/{}", article.id)>{article.text.title}</a></th>
            <td data-label="Chuyên mục">{article.text.kind.label()}</td>
            <td data-label="Trạng thái">{state}</td>
            <td data-label="Sửa lần cuối"><Moment at=article.changed_at/></td>
        </tr>
    }
    .into_any()
}
