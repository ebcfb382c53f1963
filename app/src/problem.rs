//! The page that helps when something went wrong: what happened, what to do, whom to call.

use domain::Refusal;
use engine::Stop;
use leptos::prelude::*;
use leptos_meta::Title;

/// The help line of the site; it stands on every page until a contest names its own.
pub fn help_line() -> String {
    use_context::<engine::Engine>().map_or_else(String::new, |engine| engine.help_line.clone())
}

/// The help line as a link that a phone dials.
#[component]
pub fn HelpLine(
    /// The contest's own number; empty: the site's.
    #[prop(optional, into)]
    number: String,
) -> impl IntoView {
    let number = if number.is_empty() { help_line() } else { number };
    view! { <a class="helpline" href=telephone(&number)>{number.clone()}</a> }
}

/// The host of the site.
pub const HOST: &str = "Trung tâm Phục vụ – Kiểm soát TTHC tỉnh, Văn phòng UBND tỉnh Quảng Ngãi";

/// Logs a fault once, with its whole chain, and returns the id that the person is shown.
pub fn log(stop: &Stop) -> Option<String> {
    let Stop::Fault(fault) = stop else { return None };
    let incident = engine::random::code(8);
    let mut chain = fault.to_string();
    let mut cause = std::error::Error::source(fault);
    while let Some(error) = cause {
        chain.push_str(": ");
        chain.push_str(&error.to_string());
        cause = error.source();
    }
    tracing::error!(incident, chain, "a deed broke");
    Some(incident)
}

/// What a refusal's page advises.
fn advice(refusal: Refusal) -> &'static str {
    match refusal.status() {
        403 => "Nếu anh/chị cần quyền này, xin liên hệ người quản trị hoặc đầu mối đơn vị.",
        404 => "Xin kiểm tra lại đường dẫn, hoặc trở về trang chủ để tìm cuộc thi.",
        429 | 503 => "Bài đang làm không bị mất. Xin chờ một lát rồi tải lại trang.",
        500 => "Chúng tôi đã ghi lại sự cố. Xin thử lại; nếu vẫn lỗi, xin gọi đường dây hỗ trợ và đọc mã sự việc.",
        _ => "Xin quay lại trang trước và làm theo hướng dẫn trên trang đó.",
    }
}

/// The page of a refusal.
pub fn view(refusal: Refusal, incident: Option<String>) -> impl IntoView {
    view! {
        <Title text="Chưa thực hiện được"/>
        <section class="problem narrow">
            <p class="code-number">{refusal.status()}</p>
            <h1>{refusal.words()}</h1>
            <p>{advice(refusal)}</p>
            <p class="actions"><a class="button" href="/">"Về trang chủ"</a></p>
            <p class="meta">
                {incident.map(|incident| view! { "Mã sự việc " <code>{incident}</code> " · " })}
                "đường dây hỗ trợ " <HelpLine/>
            </p>
        </section>
    }
}

/// The `tel:` address of a phone number.
pub fn telephone(number: &str) -> String {
    format!("tel:{}", number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect::<String>())
}
