//! A contest's settings: making one, changing one, its banner.

use super::tabs::{contest_address, contest_head, offered};
use crate::{
    door::{Answer, Ask, Doing},
    page::{caller, crumb, engine, page, param},
    parts::{Check, Choices, Crumbs, FileField, FormErrors, Head, Hidden, TextArea, TextField, admin_frame, file_address},
    submitted::chosen_or,
};
use domain::{
    Refusal, Timestamp,
    contest::{ContestForm, ContestSettings, ExtraField, IdNumberRule},
};
use leptos::prelude::*;

const FIELDS: &[(&str, &str)] = &[
    ("title", "Tên cuộc thi"),
    ("slug", "Đường dẫn"),
    ("host", "Đơn vị chủ trì"),
    ("introduction", "Giới thiệu"),
    ("guide", "Hướng dẫn"),
    ("help_line", "Đường dây hỗ trợ"),
    ("contact", "Liên hệ"),
    ("faq", "Hỏi đáp"),
    ("press_contact", "Liên hệ báo chí"),
    ("id_number", "Số định danh cá nhân"),
    ("id_number_until", "Lưu số định danh đến"),
    ("extra_fields", "Thông tin hỏi thêm"),
    ("one_prize_each", "Mỗi người một giải"),
    ("banner", "Ảnh bìa"),
];

/// Where the contest's own number stands; the other pages show the installation's (`CCHC_HELP_LINE`).
const HELP_LINE: &str = "Hiện ở trang Liên hệ và áp phích của cuộc thi, trang bắt đầu, bài làm, trang nộp bài và xác nhận nộp bài. \
    Trang đăng nhập, trang báo lỗi và chân trang hiện số chung của hệ thống.";

/// A new contest.
pub fn begin() -> AnyView {
    let caller = caller();
    page(async move {
        let caller = caller?;
        caller.must(domain::identity::Action::SetUpContest)?;
        let work = view! {
            <Crumbs way=vec![crumb("Cuộc thi và đợt thi", "/quan-tri/cuoc-thi")] here="Cuộc thi mới"/>
            <Head title="Cuộc thi mới" lede="Cuộc thi chỉ hiện ra với mọi người sau khi được công bố."/>
            {form(&ContestForm::default(), 0, "Tạo cuộc thi")}
        };
        Ok(admin_frame(&caller, work))
    })
}

/// The settings of a contest.
pub fn view() -> AnyView {
    let (engine, caller, slug) = (engine(), caller(), param("slug"));
    page(async move {
        let caller = caller?;
        let contest = engine.contest(&caller, &slug).await?;
        let banner = contest.banner.as_deref().map(|hash| {
            view! { <figure><img src=file_address(hash) alt="Ảnh bìa đang dùng"/></figure> <Check name="without_banner" label="Bỏ ảnh bìa"/> }
        });
        let work = view! {
            {contest_head(&contest)}
            {form(&typed_of(&contest.settings), contest.revision, "Lưu thông tin")}
            <form method="post" enctype="multipart/form-data" class="narrow">
                <h2>"Ảnh bìa"</h2>
                <Hidden name="deed" value="banner"/>
                {banner}
                <FileField name="banner" label="Ảnh" accept="image/png,image/jpeg,image/webp" hint="PNG, JPEG hoặc WebP, nên rộng 1600 điểm ảnh."/>
                <p class="actions"><button class="secondary">"Lưu ảnh bìa"</button></p>
            </form>
        };
        Ok(admin_frame(&caller, work))
    })
}

fn typed_of(settings: &ContestSettings) -> ContestForm {
    ContestForm {
        slug: settings.slug.clone(),
        title: settings.title.clone(),
        host: settings.host.clone(),
        introduction: settings.introduction.clone(),
        guide: settings.guide.clone(),
        help_line: settings.help_line.clone(),
        contact: settings.contact.clone(),
        faq: settings.faq.clone(),
        press_contact: settings.press_contact.clone(),
        one_prize_each: settings.one_prize_each,
        id_number: settings.id_number.code().to_owned(),
        id_number_until: settings.id_number_until.map(Timestamp::date).unwrap_or_default(),
        extra_fields: settings.extra_fields.iter().map(|field| field.code().to_owned()).collect(),
    }
}

fn form(typed: &ContestForm, revision: i64, button: &'static str) -> AnyView {
    let id_rules = offered!(IdNumberRule).into_iter().map(|(code, words)| (code, words, String::new())).collect();
    let id_rule = if typed.id_number.is_empty() { IdNumberRule::NotAsked.code().to_owned() } else { typed.id_number.clone() };
    let extras = ExtraField::ALL
        .iter()
        .map(|field| {
            let stored = typed.extra_fields.iter().any(|code| code == field.code());
            let ticked = chosen_or("extra_fields", field.code(), stored);
            view! {
                <label class="check">
                    <input type="checkbox" name="extra_fields" value=field.code() checked=ticked/>
                    <span>{field.label()}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <form method="post" enctype="multipart/form-data" class="narrow">
            <FormErrors fields=FIELDS.to_vec()/>
            <Hidden name="revision" value=revision.to_string()/>
            <TextField name="title" label="Tên cuộc thi" value=typed.title.clone()/>
            <TextField name="slug" label="Đường dẫn" value=typed.slug.clone() hint="Chữ thường không dấu, chữ số và gạch nối. Không đổi được sau khi công bố."/>
            <TextField name="host" label="Đơn vị chủ trì" value=typed.host.clone()/>
            <TextField name="help_line" label="Đường dây hỗ trợ" value=typed.help_line.clone() kind="tel" width="medium" hint=HELP_LINE/>
            <TextArea name="introduction" label="Giới thiệu" value=typed.introduction.clone() rows=8 hint="Markdown: ## tiêu đề, **đậm**, - gạch đầu dòng."/>
            <TextArea name="guide" label="Hướng dẫn" value=typed.guide.clone() optional=true/>
            <TextArea name="faq" label="Hỏi đáp" value=typed.faq.clone() optional=true/>
            <TextArea name="contact" label="Liên hệ" value=typed.contact.clone() rows=4 optional=true/>
            <TextField name="press_contact" label="Liên hệ báo chí" value=typed.press_contact.clone() optional=true/>
            <fieldset id="extra_fields">
                <legend>"Hỏi thêm một lần khi vào cuộc thi"</legend>
                {extras}
            </fieldset>
            <Choices name="id_number" legend="Số định danh cá nhân (12 chữ số)" options=id_rules value=id_rule/>
            <TextField name="id_number_until" label="Lưu số định danh đến ngày" value=typed.id_number_until.clone() width="medium" hint="Ngày/tháng/năm; cần khi có hỏi." optional=true/>
            <Check name="one_prize_each" label="Mỗi người tối đa một giải trong cuộc thi" ticked=typed.one_prize_each/>
            <p class="actions"><button name="deed" value="save">{button}</button></p>
        </form>
    }
    .into_any()
}

fn typed(ask: &Ask) -> ContestForm {
    let text = |name| ask.form.raw(name).to_owned();
    ContestForm {
        slug: text("slug"),
        title: text("title"),
        host: text("host"),
        introduction: text("introduction"),
        guide: text("guide"),
        help_line: text("help_line"),
        contact: text("contact"),
        faq: text("faq"),
        press_contact: text("press_contact"),
        one_prize_each: ask.form.ticked("one_prize_each"),
        id_number: text("id_number"),
        id_number_until: text("id_number_until"),
        extra_fields: ask.form.all("extra_fields").into_iter().map(ToOwned::to_owned).collect(),
    }
}

/// Makes a contest.
pub fn create(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let caller = ask.caller()?;
        let form = typed(&ask);
        ask.engine.create_contest(&caller, &form).await?;
        Ok(Answer::go(contest_address(form.slug.trim().to_lowercase().as_str())))
    })
}

/// Changes a contest, or its banner.
pub fn save(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let caller = ask.caller()?;
        let contest = ask.engine.contest(&caller, ask.param("slug")).await?;
        if ask.form.text("deed") == "banner" {
            let picture = ask.form.file("banner").map(|file| (file.name.as_str(), file.bytes.as_slice()));
            if picture.is_none() && !ask.form.ticked("without_banner") {
                return Err(engine::Stop::at("banner", Refusal::Required));
            }
            ask.engine.hang_banner(&caller, contest.id, picture).await?;
            return Ok(Answer::go(format!("{}/thong-tin", contest_address(&contest.settings.slug))));
        }
        let form = typed(&ask);
        let revision = ask.form.text("revision").parse().unwrap_or(0);
        ask.engine.edit_contest(&caller, contest.id, revision, &form).await?;
        Ok(Answer::go(format!("{}/thong-tin", contest_address(form.slug.trim().to_lowercase().as_str()))))
    })
}
