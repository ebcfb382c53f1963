//! Before the start: what will happen, how long, what it costs; and the door that starts.

use super::sheet::go_on;
use crate::{
    door::{Answer, Ask, Doing},
    page::{caller, crumb, engine, page, param},
    parts::{Crumbs, Moment, Notice, simulated_contest},
    problem::HelpLine,
};
use domain::{
    Millis, Refusal,
    attempt::{Granted, Phase},
    contest::LateStart,
    id::RoundId,
};
use engine::{Stop, attempt::Entrance};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::Title;

/// The page.
pub fn view() -> AnyView {
    let (engine, caller, slug) = (engine(), caller(), param("slug"));
    let response = expect_context::<ResponseOptions>();
    page(async move {
        let entrance = engine.entrance(&caller?, &slug).await?;
        if entrance.refusal == Some(Refusal::EnterFirst) {
            // What the contest asks once, and for which unit one takes part, comes first.
            go_on(&response, &entry(&slug));
            return Ok(().into_any());
        }
        let frozen = entrance.frozen.clone();
        Ok(view! {
            <Title text=format!("Vào thi: {}", frozen.label)/>
            {simulated_contest(frozen.simulated)}
            <Crumbs way=vec![crumb("Trang chủ", "/"), crumb(frozen.title.clone(), format!("/cuoc-thi/{slug}"))] here="Vào thi"/>
            <section class="narrow summary-card">
                <h1>{format!("{}: {}", frozen.title, frozen.label)}</h1>
                {facts(&entrance)}
                {short(&entrance)}
                {ahead(&entrance)}
                {begin(&entrance, &slug)}
                <p><small>"Cần hỗ trợ: " <HelpLine number=frozen.help_line.clone()/></small></p>
            </section>
        }
        .into_any())
    })
}

/// Where somebody enters the contest, and comes back from to the start.
pub fn entry(slug: &str) -> String {
    format!("/cuoc-thi/{slug}/tham-gia")
}

/// Starts, or goes on with what is running.
pub fn start(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let caller = ask.caller()?;
        let round = ask.form.text("round").parse::<RoundId>().map_err(|_| Refusal::NotFound)?;
        let attempt = match ask.engine.start(&caller, round).await {
            Ok(attempt) => attempt,
            Err(Stop::Refused(Refusal::EnterFirst)) => return Ok(Answer::go(entry(ask.param("slug")))),
            Err(stop) => {
                if let Stop::Fault(_) = &stop {
                    ask.engine.broken_start(round);
                }
                return Err(stop);
            }
        };
        Ok(Answer::go(format!("/thi/{attempt}")))
    })
}

fn facts(entrance: &Entrance) -> AnyView {
    let frozen = &entrance.frozen;
    let division = entrance.division.map(|i| &frozen.divisions[i]);
    let paper = division.map(|division| {
        view! {
            <div><dt>"Bảng thi"</dt><dd>{division.audience.label()}</dd></div>
            <div><dt>"Số câu hỏi"</dt><dd>{format!("{} câu", division.rules.blueprint.questions())}{division.rules.prediction.as_ref().map(|_| " và 01 câu hỏi dự đoán")}</dd></div>
            <div><dt>"Thời gian làm bài"</dt><dd>{division.rules.duration.words()}</dd></div>
        }
    });
    view! {
        <dl class="facts" data-layout="row">
            {paper}
            <div><dt>"Mở"</dt><dd><Moment at=frozen.opens_at/></dd></div>
            <div><dt>"Đóng"</dt><dd><Moment at=frozen.closes_at/></dd></div>
            <div><dt>"Số lượt dự thi"</dt><dd>{frozen.rules.policy.words()}</dd></div>
            {granted(entrance.granted)}
        </dl>
    }
    .into_any()
}

/// What Ban Tổ chức granted to this person or the unit beyond the rules.
fn granted(granted: Granted) -> AnyView {
    let extra = (granted.extra > Millis(0)).then(|| format!("{} phút làm bài", granted.extra.0 / 60_000));
    let attempts = (granted.attempts > 0).then(|| format!("{:02} lượt dự thi", granted.attempts));
    let until = granted.start_until.map(|until| format!("bắt đầu muộn, trước {}", until.short()));
    let words = [extra, attempts, until].into_iter().flatten().collect::<Vec<_>>().join("; ");
    (!words.is_empty()).then(|| view! { <div><dt>"Ban Tổ chức cho thêm"</dt><dd>{words}</dd></div> }).into_any()
}

/// "Anh/chị chỉ còn 5 phút": said before the attempt is spent.
fn short(entrance: &Entrance) -> Option<AnyView> {
    let Some(Phase::Open { time, .. }) = entrance.phase else { return None };
    let said = entrance.short
        && entrance.frozen.rules.late_start == LateStart::EndsAtClose
        && entrance.running.is_none()
        && entrance.refusal.is_none();
    said.then(|| {
        let words =
            format!("Đợt thi đóng lúc {}. Nếu bắt đầu bây giờ, anh/chị chỉ còn {}.", entrance.frozen.closes_at.hour(), time.words());
        view! { <Notice kind="warning"><p><b>{words}</b></p></Notice> }.into_any()
    })
}

fn ahead(entrance: &Entrance) -> Option<AnyView> {
    entrance.refusal.is_none_or(|refusal| refusal == Refusal::NotOpen).then(|| {
        view! {
            <h2>"Điều sẽ diễn ra"</h2>
            <ol class="steps">
                <li><h3>"Làm bài"</h3><p>"Đồng hồ chạy từ lúc bấm “Bắt đầu”. Câu trả lời được lưu ngay; mất mạng hay đổi thiết bị, bài vẫn còn."</p></li>
                <li><h3>"Nộp bài"</h3><p>"Kiểm tra câu chưa trả lời rồi nộp. Hết giờ, hệ thống nộp các câu đã lưu."</p></li>
                <li><h3>"Nhận mã xác nhận"</h3><p>"Kết quả được công bố sau khi Ban Tổ chức phê duyệt."</p></li>
            </ol>
        }
        .into_any()
    })
}

fn begin(entrance: &Entrance, slug: &str) -> AnyView {
    let back = format!("/cuoc-thi/{slug}");
    let opens_at = entrance.frozen.opens_at;
    if let Some(running) = entrance.running {
        let paused = entrance.frozen.pause.is_on().then(|| view! { <Notice kind="warning"><p>{Refusal::Paused.words()}</p></Notice> });
        return view! {
            <Notice kind="info"><p>"Anh/chị đang có một bài làm dở."</p></Notice>
            {paused}
            <p class="actions"><a class="button" href=format!("/thi/{running}")>"Làm tiếp"</a> " " <a class="button quiet" href=format!("/thi/{running}/hoi")>"Hỏi Ban Giám khảo"</a></p>
        }
        .into_any();
    }
    match entrance.refusal {
        None => view! {
            <form method="post">
                <input type="hidden" name="round" value=entrance.frozen.round.to_string()/>
                <p class="actions">
                    <button>{entrance.policy.start_words(entrance.left)}</button>
                    " "
                    <a class="button quiet" href=back>"Để sau"</a>
                </p>
            </form>
        }
        .into_any(),
        Some(Refusal::NotOpen) => view! {
            <Notice kind="info"><p>"Đợt thi mở lúc " <Moment at=opens_at/> ". Anh/chị vào phòng chờ hoặc quay lại đúng giờ, không mất phút nào."</p></Notice>
            <p class="actions"><a class="button" href=format!("{back}/cho")>"Vào phòng chờ"</a> " " <a class="button secondary" href="/thu-may">"Thử máy 60 giây"</a> " " <a class="button quiet" href=back.clone()>"Về trang cuộc thi"</a></p>
        }
        .into_any(),
        Some(Refusal::Paused) => view! {
            <Notice kind="warning">
                <p>"Ban Tổ chức đang tạm dừng đợt thi nên chưa bắt đầu được. Xin chờ rồi tải lại trang; anh/chị không mất phút nào."</p>
            </Notice>
            <p class="actions"><a class="button secondary" href=back>"Về trang cuộc thi"</a></p>
        }
        .into_any(),
        Some(refusal) => view! {
            <Notice kind="warning"><p>{refusal.words()}</p></Notice>
            <p class="actions"><a class="button secondary" href=back>"Về trang cuộc thi"</a> " " <a class="button quiet" href="/luot-thi">"Lượt thi của tôi"</a></p>
        }
        .into_any(),
    }
}
