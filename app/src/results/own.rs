//! The card with the own place, for whoever has signed in.

use domain::{ranking::Span, results::prize_name, vietnamese::number};
use engine::results::{OwnPlace, OwnTotal};
use leptos::prelude::*;

/// The own place and why, or how to find it.
pub fn card(signed_in: bool, place: Option<OwnPlace>, address: &str) -> AnyView {
    let inside = match (signed_in, place) {
        (false, _) => {
            let back = crate::page::sign_in_address(address);
            view! {
                <p>"Đăng nhập để xem thứ hạng của mình cùng lý do xếp hạng."</p>
                <p class="actions"><a class="button secondary" href=back>"Đăng nhập"</a></p>
            }
            .into_any()
        }
        (true, None) => view! { <p>"Anh/chị không có lượt dự thi nào trong đợt này."</p> }.into_any(),
        (true, Some(place)) => own(place),
    };
    view! { <section class="no-print" aria-labelledby="cua-toi"><h2 id="cua-toi">"Kết quả của tôi"</h2> {inside}</section> }.into_any()
}

fn own(place: OwnPlace) -> AnyView {
    let void = place
        .not_recognised
        .iter()
        .map(|why| view! { <div class="notice" data-kind="warning"><p><b>"Có lượt dự thi không được công nhận kết quả. "</b> "Lý do: " {why.clone()}</p></div> })
        .collect_view();
    let prizes = (!place.prizes.is_empty()).then(|| {
        let names = place.prizes.iter().map(|prize| prize_name(prize, Span::Round)).collect::<Vec<_>>().join(", ");
        view! { <div class="notice" data-kind="success"><p><b>{format!("Chúc mừng anh/chị đạt {names}.")}</b></p></div> }
    });
    let over_all = place.whole_contest.as_ref().map(total);
    let Some(rank) = place.place else { return view! { {prizes} {over_all} {void} }.into_any() };
    let guess = place.prediction.clone().unwrap_or_else(|| "để trống".to_owned());
    let prediction = place.truth.clone().map(|truth| {
        let gap = place.distance.clone().map(|gap| format!(" (lệch {gap})")).unwrap_or_default();
        view! { <div><dt>"Dự đoán"</dt><dd>{format!("{guess}{gap}; kết quả đúng {truth}")}</dd></div> }
    });
    view! {
        {prizes}
        <dl class="facts">
            <div><dt>"Hạng"</dt><dd><b>{number(rank)}</b> {format!(" trên {} người dự thi", number(place.among))}</dd></div>
            <div><dt>"Số câu đúng"</dt><dd>{format!("{}/{}", place.correct, place.questions)}</dd></div>
            <div><dt>"Điểm"</dt><dd>{number(place.score)}</dd></div>
            {prediction}
            <div><dt>"Thời gian làm bài"</dt><dd>{place.duration.words()}</dd></div>
            <div><dt>"Nộp bài"</dt><dd>{format!("{} ngày {}", place.handed_in_at.second(), place.handed_in_at.date())}</dd></div>
        </dl>
        <p class="why">{place.why.clone()}</p>
        {over_all}
        {void}
    }
    .into_any()
}

/// The place over the whole contest.
fn total(own: &OwnTotal) -> AnyView {
    view! {
        <h3>"Toàn cuộc thi"</h3>
        <dl class="facts">
            <div><dt>"Hạng"</dt><dd><b>{number(own.place)}</b> {format!(" trên {} người dự thi", number(own.among))}</dd></div>
            <div><dt>"Tổng số câu đúng"</dt><dd>{format!("{}/{}", own.correct, own.questions)}</dd></div>
            <div><dt>"Tổng điểm"</dt><dd>{number(own.score)}</dd></div>
        </dl>
        <p class="why">{own.why.clone()}</p>
    }
    .into_any()
}
