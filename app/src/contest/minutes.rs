//! "Biên bản sự cố": the minutes of an agreed change, ready to print; for organisers only.

use super::tabs::round_address;
use crate::{
    page::{caller, crumb, engine, page, param_id},
    parts::{Crumbs, Head, admin_frame},
    report::official_date,
};
use domain::{
    Timestamp,
    id::{ChangeId, RoundId},
};
use engine::contest::{Minutes, PastPause};
use leptos::prelude::*;

/// The page.
pub fn view() -> AnyView {
    let (engine, caller) = (engine(), caller());
    let (round, change) = (param_id::<RoundId>("round"), param_id::<ChangeId>("change"));
    page(async move {
        let (caller, round) = (caller?, round?);
        let minutes = engine.minutes_of(&caller, round, change?).await?;
        let way = vec![crumb("Việc cần làm", "/quan-tri"), crumb("Trong giờ thi", format!("{}/trong-gio-thi", round_address(round)))];
        let work = view! {
            <div class="no-print">
                <Crumbs way=way here="Biên bản sự cố"/>
                <Head title="Biên bản sự cố" lede="Dùng trong Ban Tổ chức. In bằng lệnh in của trình duyệt (khổ A4)."/>
            </div>
            {paper(&minutes, engine.now())}
        };
        Ok(admin_frame(&caller, work))
    })
}

fn paper(minutes: &Minutes, now: Timestamp) -> AnyView {
    let change = &minutes.change;
    let decider = change.decider.clone().unwrap_or_default();
    let agreed_at = change.decided_at.map_or_else(String::new, Timestamp::words);
    let whom = change.concerns.clone().map(|whom| view! { <p>{format!("Đối tượng áp dụng: {whom}.")}</p> });
    let sheets = minutes.sheets.map(|sheets| view! { <p>{format!("Số bài đang làm được điều chỉnh thời gian: {sheets:02}.")}</p> });
    let kept = "Câu trả lời đến sau khi hết giờ được lưu để đối chiếu và không được tính";
    let late = minutes
        .late
        .map_or_else(|| format!("{kept}."), |late| format!("{kept}: {late:02} bản trong cả đợt thi, tính đến {}.", now.words()));
    let unit = change.what.unit().and(change.concerns.clone());
    view! {
        <article class="paper">
            <header>
                <div>
                    <p>{minutes.host.to_uppercase()}</p>
                    <p><b>"BAN TỔ CHỨC CUỘC THI"</b></p>
                    <p>"Số: ……/BB-BTC"</p>
                </div>
                <div>
                    <p><b>"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"</b></p>
                    <p><b>"Độc lập - Tự do - Hạnh phúc"</b></p>
                    <p><i>{format!("Quảng Ngãi, ngày {}", official_date(&now.date()))}</i></p>
                </div>
            </header>
            <h2>"BIÊN BẢN SỰ CỐ"</h2>
            <p class="subject">{format!("{}, cuộc thi “{}”", minutes.round, minutes.contest)}</p>
            {minutes.pause.as_ref().map(pause)}
            <p>{format!("Nội dung quyết định: {}", change.what.words(unit.as_deref()))}</p>
            {whom}
            <p>{format!("Lý do: {}", change.reason)}</p>
            <p>{format!("Người đề nghị: {}, lúc {}.", change.proposer, change.proposed_at.words())}</p>
            <p>{format!("Người thứ hai đồng ý: {decider}, lúc {agreed_at}. Quyết định có hiệu lực từ thời điểm này.")}</p>
            {sheets}
            <p>{late}</p>
            <footer data-kind="signatures">
                <div><p><b>"NGƯỜI ĐỀ NGHỊ"</b></p><p>{change.proposer.clone()}</p></div>
                <div><p><b>"NGƯỜI ĐỒNG Ý"</b></p><p>{decider.clone()}</p></div>
            </footer>
        </article>
    }
    .into_any()
}

fn pause(pause: &PastPause) -> impl IntoView + use<> {
    let ended = pause.ended_at.map_or_else(String::new, |at| format!(" đến {} (dừng {})", at.words(), (at - pause.began_at).words()));
    view! {
        <p>{format!("{} tạm dừng đợt thi từ {}{ended}. Lý do tạm dừng: {}", pause.began_by, pause.began_at.words(), pause.reason)}</p>
    }
}
