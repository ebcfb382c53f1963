//! The marks of simulated data, which stand at the top of a page.

use super::Notice;
use engine::Engine;
use leptos::prelude::*;

/// The mark of a contest whose people are simulated; nothing for a real one.
pub fn simulated_contest(simulated: bool) -> Option<AnyView> {
    simulated.then(|| {
        view! {
            <Notice kind="sample">
                <p><b>"Dữ liệu mô phỏng."</b> " Cuộc thi này được dựng để dùng thử; người dự thi và kết quả không phải của người thật."</p>
            </Notice>
        }
        .into_any()
    })
}

/// The mark of the demo's headcounts, which stand beside the names of real units; nothing without a demo.
///
/// # Errors
/// When the store fails.
pub async fn simulated_headcounts(engine: &Engine) -> engine::Result<Option<AnyView>> {
    Ok(engine.has_demo().await?.then(|| {
        view! {
            <Notice kind="sample">
                <p><b>"Dữ liệu mô phỏng."</b> " Hệ thống đã nạp dữ liệu dùng thử: số CBCCVC và người lao động do dữ liệu đó đặt ra không phải số thật của đơn vị."</p>
            </Notice>
        }
        .into_any()
    }))
}
