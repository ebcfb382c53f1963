//! Words and choices that several pages of the administration of people share.

use domain::Timestamp;
use engine::{Engine, identity::Slip};
use leptos::prelude::*;

/// The tone and the word of an account's state.
pub fn account_state(state: &str) -> (&'static str, &'static str) {
    match state {
        "active" => ("good", "Đang dùng"),
        "invited" => ("info", "Chưa kích hoạt"),
        _ => ("neutral", "Đã đóng"),
    }
}

/// Every unit as a choice, after a first one that means none.
///
/// # Errors
/// When the store fails.
pub async fn unit_options(engine: &Engine, none: &str) -> engine::Result<Vec<(String, String)>> {
    let tree = engine.unit_tree().await?;
    let named = tree.units().iter().map(|unit| (unit.id.to_string(), unit.name.clone()));
    Ok(std::iter::once((String::new(), none.to_owned())).chain(named).collect())
}

/// A day, or a dash.
pub fn day(at: Option<Timestamp>) -> String {
    at.map_or_else(|| "—".to_owned(), Timestamp::date)
}

/// A code that was just issued; it is shown this once.
pub fn issued(slip: &Slip) -> AnyView {
    let purpose = if slip.activates { "Mã kích hoạt" } else { "Mã đặt lại mật khẩu" };
    let address = if slip.activates { "/kich-hoat" } else { "/dat-lai-mat-khau" };
    view! {
        <div class="notice" data-kind="success" role="status">
            <h2>{format!("{purpose} của {}", slip.full_name)}</h2>
            <p><code class="code">{slip.code.shown()}</code></p>
            <p>
                "Dùng được đến " <time datetime=slip.expires_at.rfc3339()>{slip.expires_at.short()}</time> ", một lần, tại trang "
                <code>{address}</code> ". Mã chỉ hiện lần này; không ai thấy được mật khẩu mà người dùng chọn."
            </p>
        </div>
    }
    .into_any()
}
