//! Roster import: upload, the dry run's table, acceptance.

use crate::{
    door::{Answer, Ask, Doing},
    page::{caller, crumb, engine, page, param, query},
    parts::{Badge, Crumbs, FileField, FormErrors, Head, Hidden, Notice, Table, admin_frame},
    problem::Problem,
};
use axum::response::{IntoResponse, Response};
use domain::{
    Refusal,
    identity::{
        Action,
        roster::{Issue, PersonRow, Planned, Step, UnitRow},
    },
    vietnamese::number,
};
use engine::identity::Trial;
use http::header;
use leptos::prelude::*;

/// Rows of one table of a dry run; the file itself has them all.
const SHOWN: usize = 200;

/// The page where a file is uploaded.
pub fn view() -> AnyView {
    let (caller, done) = (caller(), query("xong"));
    page(async move {
        let caller = caller?;
        caller.must(Action::ManagePeople)?;
        Ok(admin_frame(
            &caller,
            view! {
                <Head title="Nhập danh sách" lede="Tải tệp đơn vị hoặc người dự thi lên. Hệ thống đọc thử và báo từng lỗi; chỉ ghi khi anh/chị chấp nhận."/>
                {(!done.is_empty()).then(|| view! { <Notice kind="success" answers=true><p>"Đã nhập danh sách. Bước tiếp theo: cấp mã kích hoạt cho từng đơn vị ở trang " <a href="/quan-tri/don-vi">"Đơn vị"</a> "."</p></Notice> })}
                <form method="post" enctype="multipart/form-data" class="narrow">
                    <FormErrors fields=vec![("file", "Tệp danh sách")]/>
                    <FileField
                        name="file"
                        label="Tệp danh sách"
                        accept=".xlsx,.csv"
                        hint="Tệp .xlsx hoặc .csv (UTF-8), không quá 5 MB và 5.000 dòng; ô chỉ chứa giá trị, không chứa công thức."
                    />
                    <p class="actions">
                        <button>"Đọc thử"</button>
                        <a class="button quiet" href="/quan-tri/mau-danh-sach.xlsx">"Tải tệp mẫu"</a>
                    </p>
                </form>
                <section class="prose">
                    <h2>"Tệp gồm những gì"</h2>
                    <ul>
                        <li>"Trang “Đơn vị”: mã, tên, loại, mã cấp trên, khối, số CBCCVC và người lao động, ngày chốt, tên cũ."</li>
                        <li>"Trang “Người dự thi”: tên đăng nhập hoặc số điện thoại, họ và tên có dấu, mã hoặc tên đơn vị, chức vụ, e-mail, ngày sinh."</li>
                        <li>"Người mới nhận mã kích hoạt và tự đặt mật khẩu. Tài khoản đã kích hoạt được giữ nguyên."</li>
                    </ul>
                </section>
            },
        ))
    })
}

/// Tries the uploaded file.
pub fn upload(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let caller = ask.caller()?;
        let (name, bytes) = ask.form.file("file").map(|file| (file.name.clone(), file.bytes.clone())).unwrap_or_default();
        let trial = ask.engine.try_roster(&caller, &name, bytes).await?;
        Ok(Answer::go(format!("/quan-tri/danh-sach/{}", trial.hash)))
    })
}

/// The page of a dry run.
pub fn trial_view() -> AnyView {
    let (engine, caller, hash) = (engine(), caller(), param("hash"));
    page(async move {
        let caller = caller?;
        let trial = engine.roster_trial(&caller, &hash).await?;
        Ok(admin_frame(&caller, trial_page(trial)))
    })
}

fn trial_page(trial: Trial) -> AnyView {
    let plan = &trial.plan;
    let blocked = plan.issues.iter().filter(|issue| issue.fault.blocks()).count();
    let verdict = match (blocked, plan.moves()) {
        (0, true) => view! {
            <Notice kind="success"><p>"Danh sách không có lỗi. Chưa có gì được ghi: xin xem lại rồi bấm “Chấp nhận”."</p></Notice>
        }
        .into_any(),
        (0, false) => view! { <Notice kind="info"><p>{Refusal::RosterUnchanged.words()}</p></Notice> }.into_any(),
        (faults, _) => view! {
            <Notice kind="error"><p>{format!("Có {} lỗi. Chưa có gì được ghi: xin sửa tệp rồi tải lên lại.", number(count(faults)))}</p></Notice>
        }
        .into_any(),
    };
    let acceptable = plan.acceptable();
    view! {
        <Crumbs way=vec![crumb("Nhập danh sách", "/quan-tri/danh-sach")] here="Kết quả đọc thử"/>
        <Head title="Kết quả đọc thử" lede=trial.name.clone()/>
        {verdict}
        <ul class="tallies">
            <li><b>{number(count(plan.count_units(Step::Add)))}</b> " đơn vị mới"</li>
            <li><b>{number(count(plan.count_units(Step::Change)))}</b> " đơn vị thay đổi"</li>
            <li><b>{number(count(plan.count_people(Step::Add)))}</b> " người mới"</li>
            <li><b>{number(count(plan.count_people(Step::Change)))}</b> " người thay đổi"</li>
            <li><b>{number(count(plan.count_people(Step::Same) + plan.count_people(Step::Keep)))}</b> " người giữ nguyên"</li>
        </ul>
        {issues(&plan.issues)}
        <form method="post">
            <Hidden name="mark" value=trial.mark.clone()/>
            <p class="actions">
                {acceptable.then(|| view! { <button name="deed" value="accept">"Chấp nhận"</button> })}
                <button name="deed" value="discard" class="secondary">"Bỏ tệp này"</button>
            </p>
        </form>
        {units(&plan.units)}
        {people(&plan.people)}
    }
    .into_any()
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn issues(issues: &[Issue]) -> Option<AnyView> {
    (!issues.is_empty()).then(|| {
        let rows = issues
            .iter()
            .take(SHOWN)
            .map(|issue| {
                let (tone, word) = if issue.fault.blocks() { ("bad", "Lỗi") } else { ("warn", "Lưu ý") };
                let row = if issue.row == 0 { "—".to_owned() } else { issue.row.to_string() };
                let place = [issue.sheet.clone(), issue.cell()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
                view! {
                    <tr>
                        <td data-label="Dòng" class="number">{row}</td>
                        <td data-label="Ô">{place}</td>
                        <td data-label="Cột">{issue.heading.map_or("—", |heading| heading.label())}</td>
                        <td data-label="Mức"><Badge tone=tone text=word/></td>
                        <td data-label="Nội dung">{issue.fault.label()}</td>
                    </tr>
                }
            })
            .collect_view();
        let more = issues.len().saturating_sub(SHOWN);
        view! {
            <Table id="bang-loi" caption="Lỗi và lưu ý" heads=vec!["#Dòng", "Ô", "Cột", "Mức", "Nội dung"] stack=true>{rows}</Table>
            {(more > 0).then(|| view! { <p>{format!("Còn {} mục nữa, hiện ra sau khi sửa các mục trên.", number(count(more)))}</p> })}
        }
        .into_any()
    })
}

fn step(step: Step) -> (&'static str, &'static str) {
    let tone = match step {
        Step::Add => "good",
        Step::Change => "warn",
        Step::Same | Step::Keep => "neutral",
    };
    (tone, step.label())
}

fn units(units: &[Planned<UnitRow>]) -> Option<AnyView> {
    (!units.is_empty()).then(|| {
        let rows = units
            .iter()
            .take(SHOWN)
            .map(|unit| {
                let (tone, word) = step(unit.step);
                view! {
                    <tr>
                        <td data-label="Dòng" class="number">{unit.row}</td>
                        <th scope="row">{unit.value.name.clone()}</th>
                        <td data-label="Mã">{unit.value.code.clone()}</td>
                        <td data-label="Số người" class="number">{unit.value.headcount.map(number)}</td>
                        <td data-label="Việc"><Badge tone=tone text=word/> " " {changes(&unit.changes)}</td>
                    </tr>
                }
            })
            .collect_view();
        view! { <Table id="bang-don-vi" caption="Đơn vị trong tệp" heads=vec!["#Dòng", "Đơn vị", "Mã", "#Số người", "Việc"] stack=true>{rows}</Table> }.into_any()
    })
}

fn people(people: &[Planned<PersonRow>]) -> Option<AnyView> {
    (!people.is_empty()).then(|| {
        let rows = people
            .iter()
            .take(SHOWN)
            .map(|person| {
                let (tone, word) = step(person.step);
                view! {
                    <tr>
                        <td data-label="Dòng" class="number">{person.row}</td>
                        <th scope="row">{person.value.full_name.clone()}</th>
                        <td data-label="Tên đăng nhập">{person.value.login.clone()}</td>
                        <td data-label="Mã đơn vị">{person.value.unit.clone()}</td>
                        <td data-label="Việc"><Badge tone=tone text=word/> " " {changes(&person.changes)}</td>
                    </tr>
                }
            })
            .collect_view();
        let more = people.len().saturating_sub(SHOWN);
        view! {
            <Table id="bang-nguoi" caption="Người trong tệp" heads=vec!["#Dòng", "Họ và tên", "Tên đăng nhập", "Mã đơn vị", "Việc"] stack=true>{rows}</Table>
            {(more > 0).then(|| view! { <p>{format!("và {} người nữa.", number(count(more)))}</p> })}
        }
        .into_any()
    })
}

fn changes(columns: &[domain::identity::roster::Column]) -> String {
    columns.iter().map(|column| column.label()).collect::<Vec<_>>().join(", ")
}

/// Accepts or discards a dry run.
pub fn decide(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let (caller, hash) = (ask.caller()?, ask.param("hash").to_owned());
        match ask.form.text("deed") {
            "accept" => {
                ask.engine.import_roster(&caller, &hash, ask.form.text("mark")).await?;
                Ok(Answer::go("/quan-tri/danh-sach?xong=1"))
            }
            "discard" => {
                ask.engine.discard_roster(&caller, &hash).await?;
                Ok(Answer::go("/quan-tri/danh-sach"))
            }
            _ => Err(Refusal::NotOffered.into()),
        }
    })
}

/// The sample file.
pub fn sample(ask: Ask) -> Doing<Response> {
    Box::pin(async move {
        match ask.engine.sample_roster() {
            Ok(bytes) => (
                [
                    (header::CONTENT_TYPE, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
                    (header::CONTENT_DISPOSITION, "attachment; filename=\"mau-danh-sach.xlsx\""),
                ],
                bytes,
            )
                .into_response(),
            Err(stop) => Problem::from(&stop).into_response(),
        }
    })
}
