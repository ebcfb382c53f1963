//! The tree of topics.

use super::words::topic_choices;
use crate::{
    door::{Answer, Ask, Doing},
    page::{caller, engine, page},
    parts::{FormErrors, Head, Select, Table, TextField, admin_frame},
};
use domain::identity::Action;
use engine::{
    Caller, Stop,
    bank::{Topic, TopicCount},
};
use leptos::prelude::*;

/// Whether the caller may change the tree.
pub fn may_edit(caller: &Caller) -> bool {
    caller.may(Action::WriteQuestion) || caller.may(Action::ReviewQuestion)
}

/// The page.
pub fn view() -> AnyView {
    let (engine, caller) = (engine(), caller());
    page(async move {
        let caller = caller?;
        let counts = engine.topic_counts(&caller).await?;
        let may_edit = may_edit(&caller);
        let topics: Vec<Topic> = counts.iter().map(|count| count.topic.clone()).collect();
        let form = may_edit.then(|| add_form(&topics));
        let mut heads = vec!["Chủ đề", "#Câu hỏi"];
        heads.extend(may_edit.then_some(""));
        let rows = counts.iter().map(|count| row(count, may_edit)).collect_view();
        Ok(admin_frame(
            &caller,
            view! {
                <Head title="Chủ đề" lede="Bảy nội dung của kế hoạch và các chủ đề bên dưới; số câu hỏi gồm cả chủ đề con."/>
                <Table id="chu-de" caption="Cây chủ đề" heads=heads stack=true>{rows}</Table>
                {form}
            },
        ))
    })
}

fn row(count: &TopicCount, may_edit: bool) -> AnyView {
    let topic = &count.topic;
    let (label, address) = (topic.label(), format!("/quan-tri/chu-de/{}", topic.id));
    let questions = format!("/quan-tri/cau-hoi?chu-de={}", topic.id);
    let edit = (may_edit && !topic.is_head()).then(|| view! { <a class="button secondary small" href=address>"Sửa"</a> });
    let name = if topic.is_head() {
        view! { <b>{label}</b> }.into_any()
    } else {
        view! { {"\u{2003}".repeat(topic.depth() - 1)} {label} }.into_any()
    };
    view! {
        <tr>
            <th scope="row" data-label="Chủ đề">{name}</th>
            <td class="number" data-label="Câu hỏi"><a href=questions>{domain::vietnamese::number(count.questions)}</a></td>
            {may_edit.then(|| view! { <td class="actions">{edit}</td> })}
        </tr>
    }
    .into_any()
}

fn add_form(topics: &[Topic]) -> AnyView {
    view! {
        <section>
            <h2>"Thêm chủ đề con"</h2>
            <form method="post" class="narrow">
                <FormErrors fields=vec![("parent", "Thuộc chủ đề"), ("name", "Tên")]/>
                <Select name="parent" label="Thuộc chủ đề" options=topic_choices(topics)/>
                <TextField name="name" label="Tên"/>
                <p class="actions"><button>"Thêm"</button></p>
            </form>
        </section>
    }
    .into_any()
}

/// Adds a topic.
pub fn add(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let parent = ask.form.text("parent").parse().map_err(|_| Stop::at("parent", domain::Refusal::NotOffered))?;
        ask.engine.add_topic(&ask.caller()?, parent, ask.form.text("name")).await?;
        Ok(Answer::go("/quan-tri/chu-de"))
    })
}
