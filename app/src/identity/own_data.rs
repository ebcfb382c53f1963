//! "Dữ liệu của tôi": see, correct, renew or change a consent, ask for withdrawal.

use super::own_records;
use crate::{
    door::{Answer, Ask, Doing},
    page::{caller, engine, page, query},
    parts::{FormErrors, Head, Notice, TextField},
    submitted::typed_or,
};
use domain::{
    Refusal, Timestamp,
    identity::{Purpose, RequestKind, RequestState, name_warning, processed_until},
};
use engine::identity::{Corrected, Correction, OwnData};
use leptos::prelude::*;

/// The page.
pub fn view() -> AnyView {
    let (engine, caller, done) = (engine(), caller(), query("xong"));
    let name = typed_or("full_name", "");
    page(async move {
        let caller = caller?;
        let (kept, tree, now) = (engine.my_data(&caller).await?, engine.unit_tree().await?, engine.now());
        let typed = if name.is_empty() { kept.account.full_name.clone() } else { name };
        Ok(view! {
            <div class="narrow">
                <Head title="Dữ liệu của tôi" lede="Những gì hệ thống đang lưu về anh/chị. Anh/chị xem, sửa và yêu cầu xóa tại đây."/>
                {said(&done)}
                {own_records::account(&kept, &tree)}
                {correction(&kept, &typed)}
                {processing(&kept, now)}
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
        "gia-han" => "Đã gia hạn sự đồng ý xử lý dữ liệu.",
        "rut" => "Đã gửi yêu cầu. Hạn trả lời ở mục Yêu cầu.",
        _ => return None,
    };
    Some(view! { <Notice kind="success" answers=true><p>{words}</p></Notice> }.into_any())
}

fn correction(kept: &OwnData, typed: &str) -> AnyView {
    let account = &kept.account;
    let born = account.birth_date.map(Timestamp::date).unwrap_or_default();
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

/// Until when data are processed, and renewing that; nothing for whoever was never asked.
fn processing(kept: &OwnData, now: Timestamp) -> Option<AnyView> {
    let until = kept.processed_until()?;
    let longer = processed_until(now);
    let state = if until < now {
        format!("Anh/chị đồng ý để xử lý dữ liệu đến hết ngày {}; thời hạn này đã qua nên anh/chị chưa dự thi tiếp được.", until.date())
    } else {
        format!(
            "Anh/chị đồng ý để xử lý dữ liệu đến hết ngày {}. Sau ngày đó tài khoản được đóng, như khi rút lại sự đồng ý.",
            until.date()
        )
    };
    let renewal = (until < longer).then(|| {
        view! {
            <form method="post" action="/du-lieu-cua-toi">
                <p>{Purpose::Process.text(longer)}</p>
                <p class="actions"><button name="deed" value="renew" class="secondary">{format!("Đồng ý đến hết ngày {}", longer.date())}</button></p>
            </form>
        }
    });
    Some(view! { <section><h2>"Thời hạn xử lý dữ liệu"</h2><p>{state}</p>{renewal}</section> }.into_any())
}

fn publication(kept: &OwnData) -> AnyView {
    let agrees = kept.consents_to(Purpose::Publish);
    let (state, deed, words) = if agrees {
        (
            "Anh/chị đang đồng ý để công bố họ tên, đơn vị nếu đạt giải hoặc đứng trong các thứ hạng được công khai theo thể lệ.",
            "unpublish",
            "Rút lại sự đồng ý công bố",
        )
    } else {
        (
            "Nếu anh/chị đạt giải hoặc đứng trong các thứ hạng được công khai theo thể lệ, công chúng chỉ thấy mã dự thi, không thấy họ tên và đơn vị.",
            "publish",
            "Đồng ý công bố họ tên, đơn vị",
        )
    };
    view! {
        <section>
            <h2>"Công bố họ tên, đơn vị"</h2>
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
                <p>"Ban Tổ chức trả lời trong 02 ngày làm việc. Khi yêu cầu được chấp nhận:"</p>
                <ul>
                    <li>"bài đang làm kết thúc; các lượt thi trong đợt chưa công bố kết quả không được công nhận, không xếp hạng và không xét giải;"</li>
                    <li>"tài khoản bị đóng: anh/chị không đăng nhập được nữa, cũng không xem lại được các lượt thi;"</li>
                    <li>"tên đăng nhập, mật khẩu, số định danh, ngày sinh, chức vụ, e-mail bị xóa; họ tên, đơn vị và kết quả chỉ còn trong hồ sơ cuộc thi;"</li>
                    <li>"trang kết quả đã công bố thôi hiện họ tên, đơn vị, chỉ còn mã dự thi."</li>
                </ul>
                <p>"Vì tài khoản đã đóng, anh/chị hỏi kết quả giải quyết qua đường dây hỗ trợ. Nếu yêu cầu không được chấp nhận, câu trả lời hiện ở mục Yêu cầu trên trang này."</p>
                <p class="actions"><button name="deed" value="withdraw" class="danger">"Rút lại sự đồng ý và yêu cầu xóa dữ liệu"</button></p>
            </form>
        }
        .into_any(),
    };
    view! { <section><h2>"Rút lại sự đồng ý"</h2>{body}</section> }.into_any()
}

/// Corrects, changes or renews a consent, or asks for withdrawal.
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
            "renew" => {
                ask.engine.renew_consent(&caller).await?;
                "gia-han"
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
