//! One unit: its facts, changing it, merging it into another, its slips.

use super::words::{day, unit_options};
use crate::{
    door::{Answer, Ask, Doing, Form},
    page::{caller, crumb, engine, page, param_id},
    parts::{Crumbs, DATE, FormErrors, Head, Hidden, Notice, Select, TextArea, TextField, admin_frame, simulated_headcounts},
};
use domain::{
    Refusal, Timestamp,
    id::UnitId,
    identity::{Action, Block, UnitKind},
    vietnamese::number,
};
use engine::identity::{UnitAbout, UnitForm};
use leptos::prelude::*;

const FIELDS: &[(&str, &str)] = &[
    ("code", "Mã đơn vị"),
    ("name", "Tên đơn vị"),
    ("kind", "Loại"),
    ("block", "Khối"),
    ("parent", "Đơn vị cấp trên"),
    ("headcount", "Số CBCCVC và người lao động"),
    ("headcount_as_of", "Chốt đến ngày"),
    ("valid_from", "Hiệu lực từ ngày"),
    ("valid_until", "Hiệu lực đến ngày"),
    ("former_names", "Tên trước sáp nhập"),
    ("into", "Sáp nhập vào"),
    ("at", "Từ ngày"),
    ("reason", "Lý do"),
];

/// The page of a new unit.
pub fn new_view() -> AnyView {
    let (engine, caller) = (engine(), caller());
    page(async move {
        let caller = caller?;
        caller.must(Action::ManagePeople)?;
        let units = unit_options(&engine, "Không có").await?;
        Ok(admin_frame(
            &caller,
            view! {
                <Crumbs way=vec![crumb("Đơn vị", "/quan-tri/don-vi")] here="Thêm đơn vị"/>
                <Head title="Thêm đơn vị"/>
                <form method="post" class="narrow">
                    <FormErrors fields=FIELDS.to_vec()/>
                    <TextField name="code" label="Mã đơn vị" hint="Chữ thường không dấu, chữ số, gạch nối: so-noi-vu. Mã không đổi về sau."/>
                    {fields(&UnitForm { kind: UnitKind::Commune.code().to_owned(), block: Block::Communes.code().to_owned(), ..UnitForm::default() }, units)}
                    <p class="actions"><button>"Thêm"</button> <a class="button quiet" href="/quan-tri/don-vi">"Bỏ qua"</a></p>
                </form>
            },
        ))
    })
}

fn fields(form: &UnitForm, units: Vec<(String, String)>) -> AnyView {
    let kinds = UnitKind::ALL.iter().map(|kind| (kind.code().to_owned(), kind.label().to_owned())).collect();
    let blocks = Block::ALL.iter().map(|block| (block.code().to_owned(), block.label().to_owned())).collect();
    let form = form.clone();
    view! {
        <TextField name="name" label="Tên đơn vị" value=form.name/>
        <div class="fields">
            <Select name="kind" label="Loại" options=kinds value=form.kind/>
            <Select name="block" label="Khối thi đua" options=blocks value=form.block/>
        </div>
        <Select name="parent" label="Đơn vị cấp trên" options=units value=form.parent/>
        <div class="fields">
            <TextField name="headcount" label="Số CBCCVC và người lao động" value=form.headcount inputmode="numeric" optional=true/>
            <TextField name="headcount_as_of" label="Chốt đến ngày" value=form.headcount_as_of hint=DATE inputmode="numeric" optional=true/>
        </div>
        <div class="fields">
            <TextField name="valid_from" label="Hiệu lực từ ngày" value=form.valid_from hint=DATE inputmode="numeric" optional=true/>
            <TextField name="valid_until" label="Hiệu lực đến ngày" value=form.valid_until hint=DATE inputmode="numeric" optional=true/>
        </div>
        <TextArea
            name="former_names"
            label="Tên trước sáp nhập"
            value=form.former_names
            hint="Cách nhau bằng dấu chấm phẩy hoặc xuống dòng; người dự thi tìm được đơn vị bằng các tên này."
            rows=3
            optional=true
        />
    }
    .into_any()
}

/// The page of a unit.
pub fn view() -> AnyView {
    let (engine, caller, unit) = (engine(), caller(), param_id::<UnitId>("unit"));
    page(async move {
        let caller = caller?;
        let about = engine.unit_about(&caller, unit?).await?;
        let above = unit_options(&engine, "Không có").await?;
        let heirs = unit_options(&engine, "Chọn đơn vị").await?;
        let simulated = simulated_headcounts(&engine).await?;
        let form = UnitForm::of(&about.unit);
        let ended = about.unit.valid_until.is_some();
        Ok(admin_frame(
            &caller,
            view! {
                {simulated}
                <Crumbs way=vec![crumb("Đơn vị", "/quan-tri/don-vi")] here=about.unit.name.clone()/>
                <Head title=about.unit.name.clone()>
                    <a class="button secondary" href=format!("/quan-tri/phieu/{}", about.unit.id)>"Phiếu kích hoạt"</a>
                    <a class="button secondary" href=format!("/quan-tri/nguoi-dung?don-vi={}", about.unit.id)>"Người của đơn vị"</a>
                </Head>
                {facts(&about)}
                <section>
                    <h2>"Sửa đơn vị"</h2>
                    <Notice kind="info"><p>"Đợt thi đã chốt giữ số CBCCVC lúc chốt; số mới dùng cho đợt sau."</p></Notice>
                    <form method="post" class="narrow">
                        <FormErrors fields=FIELDS.to_vec()/>
                        <Hidden name="deed" value="edit"/>
                        {fields(&form, above)}
                        <p class="actions"><button>"Lưu"</button></p>
                    </form>
                </section>
                {(!ended).then(|| merging(heirs))}
            },
        ))
    })
}

fn facts(about: &UnitAbout) -> AnyView {
    let unit = &about.unit;
    let headcount = unit
        .headcount
        .map_or_else(|| "chưa có số liệu".to_owned(), |count| format!("{} (chốt đến {})", number(count), day(unit.headcount_as_of)));
    let lineage = about.lineage.iter().map(|(name, at)| view! { <li>{format!("{name}, từ {}", at.date())}</li> }).collect_view();
    view! {
        <dl class="facts" data-layout="row">
            <div><dt>"Mã"</dt><dd>{unit.code.clone()}</dd></div>
            <div><dt>"Loại"</dt><dd>{unit.kind.label()}</dd></div>
            <div><dt>"Khối"</dt><dd>{unit.block.label()}</dd></div>
            <div><dt>"Đơn vị cấp trên"</dt><dd>{about.parent.clone().unwrap_or_else(|| "—".to_owned())}</dd></div>
            <div><dt>"Số CBCCVC và người lao động"</dt><dd>{headcount}</dd></div>
            <div><dt>"Trong danh sách"</dt><dd>{format!("{} CBCCVC, {} người dân", number(about.tally.servants), number(about.tally.citizens))}</dd></div>
            <div><dt>"Chưa kích hoạt"</dt><dd>{number(about.tally.invited)}</dd></div>
            <div><dt>"Đầu mối"</dt><dd>{number(about.tally.coordinators)}</dd></div>
            <div><dt>"Hiệu lực"</dt><dd>{validity(unit.valid_from, unit.valid_until)}</dd></div>
        </dl>
        {(!about.lineage.is_empty()).then(|| view! { <section><h2>"Hình thành từ"</h2><ul>{lineage}</ul></section> })}
    }
    .into_any()
}

fn validity(from: Option<Timestamp>, until: Option<Timestamp>) -> String {
    match (from, until) {
        (None, None) => "không ghi".to_owned(),
        (Some(from), None) => format!("từ {}", from.date()),
        (from, Some(until)) => format!("{} đến {}", day(from), until.date()),
    }
}

fn merging(heirs: Vec<(String, String)>) -> AnyView {
    view! {
        <section>
            <h2>"Sáp nhập vào đơn vị khác"</h2>
            <form method="post" class="narrow">
                <Hidden name="deed" value="merge"/>
                <Notice kind="warning">
                    <p>"Mọi người và đơn vị trực thuộc chuyển sang đơn vị mới; đơn vị này hết hiệu lực; tên cũ vẫn tìm được. Việc này không hoàn tác được."</p>
                </Notice>
                <Select name="into" label="Sáp nhập vào" options=heirs/>
                <TextField name="at" label="Từ ngày" hint=DATE inputmode="numeric" width="medium"/>
                <TextField name="reason" label="Lý do" hint="Ví dụ: số, ngày của nghị quyết."/>
                <p class="actions"><button class="danger">"Sáp nhập"</button></p>
            </form>
        </section>
    }
    .into_any()
}

fn typed(form: &Form) -> UnitForm {
    let text = |name| form.text(name).to_owned();
    UnitForm {
        code: text("code"),
        name: text("name"),
        kind: text("kind"),
        parent: text("parent"),
        block: text("block"),
        headcount: text("headcount"),
        headcount_as_of: text("headcount_as_of"),
        valid_from: text("valid_from"),
        valid_until: text("valid_until"),
        former_names: text("former_names"),
    }
}

/// Adds a unit.
pub fn add(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let unit = ask.engine.add_unit(&ask.caller()?, &typed(&ask.form)).await?;
        Ok(Answer::go(format!("/quan-tri/don-vi/{unit}")))
    })
}

/// Changes or merges the unit.
pub fn act(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let (caller, unit) = (ask.caller()?, ask.param_id::<UnitId>("unit")?);
        match ask.form.text("deed") {
            "edit" => ask.engine.edit_unit(&caller, unit, &typed(&ask.form)).await?,
            "merge" => {
                let to = (ask.form.text("into"), ask.form.text("at"));
                ask.engine.merge_unit(&caller, unit, to, ask.form.text("reason")).await?;
            }
            _ => return Err(Refusal::NotOffered.into()),
        }
        Ok(Answer::go(format!("/quan-tri/don-vi/{unit}")))
    })
}
