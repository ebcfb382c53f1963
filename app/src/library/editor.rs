//! The editor of one article: its text, its preview, its pictures, publishing and taking back.

use crate::{
    door::{Answer, Ask, Doing},
    page::{caller, crumb, engine, page, param_id, shown},
    parts::{
        Badge, Check, Crumbs, FileField, FormErrors, Head, Hidden, Html, Moment, Notice, Select, TextArea, TextField, admin_frame,
        file_address,
    },
    submitted::typed_or,
};
use domain::{
    Refusal,
    id::ArticleId,
    library::{ArticleForm, ArticleKind},
};
use engine::{
    Caller,
    library::{Article, ArticleEdit},
    markdown,
};
use leptos::prelude::*;

const FIELDS: &[(&str, &str)] = &[
    ("kind", "Chuyên mục"),
    ("title", "Tiêu đề"),
    ("slug", "Đường dẫn"),
    ("summary", "Tóm tắt"),
    ("body", "Nội dung"),
    ("unit", "Đơn vị"),
    ("procedure", "Thủ tục liên quan"),
    ("contact", "Liên hệ"),
    ("contest", "Thuộc cuộc thi"),
    ("picture", "Ảnh đầu bài"),
    ("image", "Ảnh trong bài"),
];

/// The address of a picture that was just added.
struct AddedPicture(String);

/// A new article.
pub fn begin() -> AnyView {
    let (engine, caller) = (engine(), caller());
    page(async move {
        let caller = caller?;
        let contests = engine.contests_for_articles(&caller).await?;
        Ok(desk(&caller, None, contests))
    })
}

/// A stored article.
pub fn change() -> AnyView {
    let (engine, caller, article) = (engine(), caller(), param_id::<ArticleId>("article"));
    page(async move {
        let caller = caller?;
        let article = engine.article(&caller, article?).await?;
        let contests = engine.contests_for_articles(&caller).await?;
        Ok(desk(&caller, Some(article), contests))
    })
}

fn desk(caller: &Caller, article: Option<Article>, contests: Vec<(String, String)>) -> AnyView {
    let title = article.as_ref().map_or("Bài mới", |_| "Sửa bài");
    let work = view! {
        <Crumbs way=vec![crumb("Tin bài", "/quan-tri/tin-bai")] here=title/>
        <Head title=title/>
        {article.as_ref().map(standing)}
        {added()}
        <div class="editor">
            {form(article.as_ref(), contests)}
            {preview(article.as_ref())}
        </div>
        <form method="post" enctype="multipart/form-data" class="narrow">
            <h2>"Thêm ảnh vào nội dung"</h2>
            <Hidden name="deed" value="picture"/>
            <FileField name="image" label="Ảnh" accept="image/png,image/jpeg,image/webp" hint="PNG, JPEG hoặc WebP. Xin lưu bài trước khi thêm ảnh."/>
            <p class="actions"><button class="secondary">"Tải ảnh lên"</button></p>
        </form>
    };
    admin_frame(caller, work)
}

/// Where the article stands, and the button that moves it.
fn standing(article: &Article) -> AnyView {
    let (badge, moment, deed, name) = match article.published_at {
        Some(at) => (view! { <Badge tone="good" text="Đã đăng"/> }, Some(view! { " từ " <Moment at=at/> }), "unpublish", "Gỡ bài"),
        None => (view! { <Badge tone="neutral" text="Bản nháp"/> }, None, "publish", "Đăng bài"),
    };
    let read = article
        .published_at
        .map(|_| view! { <a class="button quiet" href=format!("/tin-tuc/{}", article.text.slug)>"Xem bài đã đăng"</a> });
    view! {
        <form method="post" enctype="multipart/form-data">
            <p>{badge} {moment}</p>
            <Hidden name="deed" value=deed/>
            <p class="actions"><button class="secondary">{name}</button> {read}</p>
        </form>
    }
    .into_any()
}

/// A picture that was just added, ready to be copied into the text.
fn added() -> Option<AnyView> {
    let picture = shown::<AddedPicture>()?;
    let line = format!("![mô tả ảnh]({})", picture.0);
    Some(
        view! {
            <Notice kind="success" answers=true>
                <p>"Đã nhận ảnh. Chép dòng này vào chỗ cần đặt ảnh trong nội dung: " <code>{line}</code></p>
            </Notice>
        }
        .into_any(),
    )
}

fn form(article: Option<&Article>, contests: Vec<(String, String)>) -> AnyView {
    let text = article.map(|article| article.text.clone());
    let of = |pick: fn(&domain::library::ArticleText) -> &String| text.as_ref().map(|text| pick(text).clone()).unwrap_or_default();
    let kind = text.as_ref().map_or(ArticleKind::News, |text| text.kind);
    let kinds = ArticleKind::ALL.iter().map(|kind| (kind.code().to_owned(), kind.label().to_owned())).collect();
    let contests = std::iter::once((String::new(), "Toàn trang".to_owned())).chain(contests).collect();
    let picture = article.and_then(|article| article.picture.as_deref()).map(|hash| {
        view! {
            <figure><img src=file_address(hash) alt="Ảnh đầu bài đang dùng"/></figure>
            <Check name="without_picture" label="Bỏ ảnh đầu bài"/>
        }
    });
    view! {
        <form method="post" enctype="multipart/form-data">
            <FormErrors fields=FIELDS.to_vec()/>
            <Hidden name="revision" value=article.map_or(0, |article| article.revision).to_string()/>
            <Select name="kind" label="Chuyên mục" options=kinds value=kind.code()/>
            <TextField name="title" label="Tiêu đề" value=of(|text| &text.title)/>
            <TextField name="slug" label="Đường dẫn" value=of(|text| &text.slug) optional=true hint="Để trống thì lấy theo tiêu đề. Bài đã đăng giữ nguyên đường dẫn."/>
            <TextArea name="summary" label="Tóm tắt" value=of(|text| &text.summary) rows=3 hint="Một hoặc hai câu, hiện ở danh sách và khi chia sẻ."/>
            <TextArea name="body" label="Nội dung" value=of(|text| &text.body) rows=18 hint="Viết bằng Markdown: ## tiêu đề, **đậm**, - gạch đầu dòng, [chữ](https://…)."/>
            <div class="fields">
                <TextField name="unit" label="Đơn vị" value=of(|text| &text.unit) hint="Bắt buộc với sáng kiến." optional=true/>
                <TextField name="contact" label="Liên hệ" value=of(|text| &text.contact) hint="Người hoặc bộ phận trả lời khi có người hỏi." optional=true/>
            </div>
            <TextField name="procedure" label="Thủ tục liên quan" value=of(|text| &text.procedure) optional=true/>
            <Select name="contest" label="Thuộc cuộc thi" options=contests value=article.map(|article| article.contest.clone()).unwrap_or_default()/>
            {picture}
            <FileField name="picture" label="Ảnh đầu bài" accept="image/png,image/jpeg,image/webp" hint="Không bắt buộc. PNG, JPEG hoặc WebP."/>
            <p class="actions">
                <button name="deed" value="save">"Lưu"</button>
                " "
                <button name="deed" value="preview" class="secondary">"Xem trước"</button>
            </p>
        </form>
    }
    .into_any()
}

/// What readers will see: of what was just typed, or else of what is stored.
fn preview(article: Option<&Article>) -> AnyView {
    let stored =
        |pick: fn(&domain::library::ArticleText) -> &String| article.map(|article| pick(&article.text).clone()).unwrap_or_default();
    let title = typed_or("title", stored(|text| &text.title));
    let summary = typed_or("summary", stored(|text| &text.summary));
    let body = markdown::render(&typed_or("body", stored(|text| &text.body)));
    view! {
        <aside class="preview" aria-label="Xem trước">
            <h2>"Người đọc sẽ thấy"</h2>
            <h3>{title}</h3>
            <p class="lede">{summary}</p>
            <Html text=body/>
        </aside>
    }
    .into_any()
}

/// Saves, previews, publishes, takes back, adds a picture.
pub fn save(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let caller = ask.caller()?;
        let id = match ask.param("article") {
            "" => None,
            _ => Some(ask.param_id::<ArticleId>("article")?),
        };
        match (ask.form.text("deed"), id) {
            ("preview", _) => Ok(Answer::Again),
            ("picture", _) => {
                let file = ask.form.file("image").ok_or_else(|| engine::Stop::at("image", Refusal::Required))?;
                Ok(Answer::show(AddedPicture(ask.engine.add_picture(&caller, (&file.name, &file.bytes)).await?)))
            }
            ("publish", Some(id)) => {
                ask.engine.publish_article(&caller, id).await?;
                Ok(Answer::go(desk_address(id)))
            }
            ("unpublish", Some(id)) => {
                ask.engine.unpublish_article(&caller, id).await?;
                Ok(Answer::go(desk_address(id)))
            }
            _ => {
                let revision = ask.form.text("revision").parse().unwrap_or(0);
                let edit = ArticleEdit {
                    of: id.map(|id| (id, revision)),
                    form: typed(&ask),
                    contest: ask.form.text("contest"),
                    picture: ask.form.file("picture").map(|file| (file.name.as_str(), file.bytes.as_slice())),
                    without_picture: ask.form.ticked("without_picture"),
                };
                Ok(Answer::go(desk_address(ask.engine.write_article(&caller, &edit).await?)))
            }
        }
    })
}

fn desk_address(id: ArticleId) -> String {
    format!("/quan-tri/tin-bai/{id}")
}

fn typed(ask: &Ask) -> ArticleForm {
    let text = |name| ask.form.text(name).to_owned();
    ArticleForm {
        kind: text("kind"),
        slug: text("slug"),
        title: text("title"),
        summary: text("summary"),
        body: ask.form.raw("body").to_owned(),
        unit: text("unit"),
        contact: text("contact"),
        procedure: text("procedure"),
    }
}
