//! "Dữ liệu của tôi": see, correct, change one's mind about publication, ask for withdrawal.

use super::own_records;
use crate::{
    door::{Answer, Ask, Doing},
    page::{caller, engine, page, query},
    parts::{FormErrors, Head, Notice, TextField},
    submitted::typed_or,
};
use domain::{
    Refusal,
    identity::{Purpose, RequestKind, RequestState, name_warning},
};
use engine::identity::{Corrected, Correction, OwnData};
use leptos::prelude::*;

/// The page.
pub fn view() -> AnyView {
    let (engine, caller, done) = (engine(), caller(), query("xong"));
    let name = typed_or("full_name", "");
    page(async move {
        let caller = caller?;
        let (kept, tree) = (engine.my_data(&caller).await?, engine.unit_tree().await?);
        let typed = if name.is_empty() { kept.account.full_name.clone() } else { name };
        Ok(view! {
            <div class="narrow">
                <Head title="Dữ liệu của tôi" lede="Tất cả những gì hệ thống đang lưu về anh/chị. Anh/chị xem, sửa và yêu cầu xóa tại đây."/>
                {said(&done)}
                {own_records::account(&kept, &tree)}
                {correction(&kept, &typed)}
                {publication(&kept)}
                {withdrawal(&kept)}
            </div>
            {own_records::records(&kept, &tree)}
        }
        .into_any())
    })
}

/// What the person has just done.
fn said(done: &str) -> Option<AnyView> {
    let words = match done {
        "sua" => "Đã sửa dữ liệu.",
        "ten" => "Đã ghi nhận. Họ và tên đã gắn với lượt thi nên Ban Tổ chức kiểm tra trước khi sửa; xem hạn trả lời ở mục Yêu cầu.",
        "cong-bo" => "Đã ghi nhận lựa chọn của anh/chị về việc công bố.",
        "rut" => "Đã gửi yêu cầu. Hạn trả lời ở mục Yêu cầu.",
        _ => return None,
    };
    Some(view! { <Notice kind="success" answers=true><p>{words}</p></Notice> }.into_any())
}

fn correction(kept: &OwnData, typed: &str) -> AnyView {
    let account = &kept.account;
    let born = account.birth_date.map(domain::Timestamp::date).unwrap_or_default();
    let hint = if kept.name_fixed {
        "Anh/chị đã có lượt thi: sửa họ và tên cần Ban Tổ chức kiểm tra."
    } else {
        "Có dấu, như trên căn cước."
    };
    view! {
        <section>
            <h2>"Sửa dữ liệu"</h2>
            <form method="post" action="/du-lieu-cua-toi">
                <FormErrors fields=vec![("full_name", "Họ và tên"), ("birth_date", "Ngày sinh"), ("email", "E-mail"), ("position", "Chức vụ")]/>
                <TextField name="full_name" label="Họ và tên" value=account.full_name.clone() hint=hint autocomplete="name"/>
                {name_warning(typed).map(|warning| view! { <p class="warning">{warning}</p> })}
                <TextField name="birth_date" label="Ngày sinh" value=born hint="Ngày/tháng/năm, ví dụ 05/06/1985." inputmode="numeric" autocomplete="bday" width="medium" optional=true/>
                <TextField name="position" label="Chức vụ" value=account.position.clone() autocomplete="organization-title" optional=true/>
                <TextField name="email" label="E-mail" value=account.email.clone() kind="email" autocomplete="email" optional=true/>
                <p class="actions">
                    <button name="deed" value="correct">"Lưu"</button>
                    <a class="button quiet" href="/tai-khoan/don-vi">"Đổi đơn vị"</a>
                </p>
            </form>
        </section>
    }
    .into_any()
}

fn publication(kept: &OwnData) -> AnyView {
    let agrees = kept.consents_to(Purpose::Publish);
    let (state, deed, words) = if agrees {
        ("Anh/chị đang đồng ý để công bố họ tên, đơn vị nếu đạt giải.", "unpublish", "Rút lại sự đồng ý công bố")
    } else {
        ("Anh/chị chưa đồng ý để công bố họ tên, đơn vị nếu đạt giải.", "publish", "Đồng ý công bố nếu đạt giải")
    };
    view! {
        <section>
            <h2>"Công bố nếu đạt giải"</h2>
            <form method="post" action="/du-lieu-cua-toi">
                <p>{state}</p>
                <p class="actions"><button name="deed" value=deed class="secondary">{words}</button></p>
            </form>
        </section>
    }
    .into_any()
}

fn withdrawal(kept: &OwnData) -> AnyView {
    let waits = kept.requests.iter().find(|request| request.kind == RequestKind::WithdrawData && request.state == RequestState::Open);
    let body = match waits {
        Some(request) => {
            let due = request.due_at.map(|due| format!(" Hạn trả lời: {}.", due.short())).unwrap_or_default();
            view! { <p>{format!("Yêu cầu của anh/chị đang được xử lý.{due}")}</p> }.into_any()
        }
        None => view! {
            <form method="post" action="/du-lieu-cua-toi">
                <p>"Khi rút lại sự đồng ý, các lượt thi trong cuộc thi chưa kết thúc không được xét giải. Ban Tổ chức trả lời trong 02 ngày làm việc."</p>
                <p class="actions"><button name="deed" value="withdraw" class="danger">"Rút lại sự đồng ý và yêu cầu xóa dữ liệu"</button></p>
            </form>
        }
        .into_any(),
    };
    view! { <section><h2>"Rút lại sự đồng ý"</h2>{body}</section> }.into_any()
}

/// Corrects, changes the consent to publication, or asks for withdrawal.
pub fn change(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let caller = ask.caller()?;
        let done = match ask.form.text("deed") {
            "correct" => match ask.engine.correct_data(&caller, &typed(&ask)).await? {
                Corrected::Now => "sua",
                Corrected::NameAsked(_) => "ten",
            },
            deed @ ("publish" | "unpublish") => {
                ask.engine.consent_to_publish(&caller, deed == "publish").await?;
                "cong-bo"
            }
            "withdraw" => {
                ask.engine.ask_withdrawal(&caller).await?;
                "rut"
            }
            _ => return Err(Refusal::NotOffered.into()),
        };
        Ok(Answer::go(format!("/du-lieu-cua-toi?xong={done}")))
    })
}

fn typed(ask: &Ask) -> Correction {
    let text = |name: &str| ask.form.text(name).to_owned();
    Correction { full_name: text("full_name"), birth_date: text("birth_date"), email: text("email"), position: text("position") }
}
