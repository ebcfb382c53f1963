//! The list of questions, with filters, counts and pages.

use super::words::{difficulty_choices, kind_choices, or_all, tone, topic_choices};
use crate::{
    page::{caller, engine, page, query},
    parts::{Badge, Empty, Head, Moment, Pagination, Select, Table, TextField, admin_frame},
};
use domain::{
    Timestamp,
    bank::{Difficulty, Kind, Status},
    identity::Action,
};
use engine::bank::{Found, FoundPage, QuestionFilter, Topic};
use leptos::prelude::*;

/// What the address asks for.
struct Asked {
    values: Vec<(&'static str, String)>,
}

impl Asked {
    fn here() -> Self {
        let names = ["chu-de", "muc-do", "dang", "trang-thai", "can-cu", "tac-gia", "tim", "het-hieu-luc"];
        Self { values: names.into_iter().map(|name| (name, query(name))).collect() }
    }

    fn value(&self, name: &str) -> &str {
        self.values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value.as_str())
    }

    fn filter(&self, now: Timestamp, page: i64) -> QuestionFilter {
        let document = self.value("can-cu").trim();
        QuestionFilter {
            topic: self.value("chu-de").parse().ok(),
            difficulty: Difficulty::from_code(self.value("muc-do")),
            kind: Kind::from_code(self.value("dang")),
            status: Status::from_code(self.value("trang-thai")),
            document: (!document.is_empty()).then(|| document.to_owned()),
            expired_at: (!self.value("het-hieu-luc").is_empty()).then_some(now),
            words: self.value("tim").to_owned(),
            author: self.value("tac-gia").parse().ok(),
            page,
        }
    }

    /// The address of this list, ready for `trang=`; `status` replaces the one asked for.
    fn address(&self, status: Option<&str>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in &self.values {
            let value = status.filter(|_| *name == "trang-thai").unwrap_or(value);
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        let query = query.finish();
        if query.is_empty() { "/quan-tri/cau-hoi?".to_owned() } else { format!("/quan-tri/cau-hoi?{query}&") }
    }
}

/// The page.
pub fn view() -> AnyView {
    let (engine, caller, asked, at) = (engine(), caller(), Asked::here(), query("trang"));
    page(async move {
        let caller = caller?;
        let found = engine.find_questions(&caller, &asked.filter(engine.now(), at.parse().unwrap_or(1))).await?;
        let (documents, authors) = engine.question_facets(&caller).await?;
        let topics = engine.topics().await?;
        let authors = authors.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
        let (counts, filters, table) = (counts(&found, &asked), filters(&asked, &topics, documents, authors), table(&found));
        let begin = caller.may(Action::WriteQuestion).then(|| view! { <a class="button" href="/quan-tri/cau-hoi/moi">"Soạn câu hỏi"</a> });
        Ok(admin_frame(
            &caller,
            view! {
                <Head title="Ngân hàng câu hỏi" lede="Câu hỏi và đáp án chỉ người ra đề, người thẩm định và Ban Tổ chức xem được.">{begin}</Head>
                {counts}
                {filters}
                {table}
                <Pagination address=asked.address(None) page=small(found.page) last=small(found.pages)/>
            },
        ))
    })
}

fn small(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(1)
}

/// How many questions stand at each status, each leading to them.
fn counts(found: &FoundPage, asked: &Asked) -> AnyView {
    let count = |(status, count): &(Status, i64)| {
        let address = asked.address(Some(status.code()));
        view! { <li><a href=address.trim_end_matches(['?', '&']).to_owned()><b>{domain::vietnamese::number(*count)}</b> " " {status.label().to_lowercase()}</a></li> }
    };
    view! { <ul class="tallies">{found.by_status.iter().map(count).collect_view()}</ul> }.into_any()
}

fn filters(asked: &Asked, topics: &[Topic], documents: Vec<String>, authors: Vec<(String, String)>) -> AnyView {
    let value = |name: &str| asked.value(name).to_owned();
    let statuses = Status::ALL.iter().map(|status| (status.code().to_owned(), status.label().to_owned())).collect();
    let documents = documents.into_iter().map(|document| (document.clone(), document)).collect();
    let expired = vec![(String::new(), "Tất cả".to_owned()), ("1".to_owned(), "Chỉ căn cứ đã hết hiệu lực".to_owned())];
    view! {
        <form method="get" class="toolbar" role="search">
            <TextField name="tim" label="Tìm trong câu hỏi" kind="search" value=value("tim") hint="Gõ có dấu hoặc không dấu."/>
            <Select name="chu-de" label="Chủ đề" options=or_all("Tất cả chủ đề", topic_choices(topics)) value=value("chu-de")/>
            <Select name="muc-do" label="Mức độ" options=or_all("Tất cả mức độ", difficulty_choices()) value=value("muc-do")/>
            <Select name="dang" label="Dạng" options=or_all("Tất cả dạng", kind_choices()) value=value("dang")/>
            <Select name="trang-thai" label="Trạng thái" options=or_all("Tất cả trạng thái", statuses) value=value("trang-thai")/>
            <Select name="can-cu" label="Căn cứ pháp lý" options=or_all("Tất cả văn bản", documents) value=value("can-cu")/>
            <Select name="het-hieu-luc" label="Hiệu lực" options=expired value=value("het-hieu-luc")/>
            <Select name="tac-gia" label="Người ra đề" options=or_all("Tất cả", authors) value=value("tac-gia")/>
            <button class="secondary">"Lọc"</button>
            " "
            <a class="button quiet" href="/quan-tri/cau-hoi">"Bỏ lọc"</a>
        </form>
    }
    .into_any()
}

fn table(found: &FoundPage) -> AnyView {
    if found.questions.is_empty() {
        return view! { <Empty title="Không có câu hỏi nào như vậy"><p>"Thử bỏ bớt điều kiện lọc."</p></Empty> }.into_any();
    }
    let rows = found.questions.iter().map(row).collect_view();
    let caption = format!("{} câu hỏi", domain::vietnamese::number(found.total));
    view! {
        <Table id="cau-hoi" caption=caption heads=vec!["Mã", "Câu hỏi", "Trạng thái", "Người ra đề"] stack=true>
            {rows}
        </Table>
    }
    .into_any()
}

/// One question.
pub fn row(found: &Found) -> AnyView {
    let address = format!("/quan-tri/cau-hoi/{}", found.id);
    let text = found.text();
    let text = if text.is_empty() { "(chưa có nội dung)".to_owned() } else { shortened(&text) };
    let still_drawn = (found.drawable && found.status != Status::Approved).then_some(" (bản trước vẫn được dùng)");
    view! {
        <tr>
            <th scope="row" data-label="Mã"><a href=address>{found.code.clone()}</a></th>
            <td data-label="Câu hỏi">
                {text} " "
                <small>{format!("Chủ đề {} · {} · {}", found.topic_code, found.difficulty.label(), found.kind.label())}</small>
            </td>
            <td data-label="Trạng thái"><Badge tone=tone(found.status) text=found.status.label()/> {still_drawn.map(|words| view! { <small>{words}</small> })}</td>
            <td data-label="Người ra đề">{found.author.clone()} " " <small><Moment at=found.changed_at/></small></td>
        </tr>
    }
    .into_any()
}

/// The beginning of a text, cut between words.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 140;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LONGEST).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{whole} …")
}
