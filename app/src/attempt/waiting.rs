//! The waiting page before the opening: the server's countdown, then the start button at this person's own moment.

use super::{Opening, sheet::go_on, start::entry};
use crate::{
    contest::Countdown,
    page::{caller, crumb, engine, page, param, query},
    parts::{Crumbs, Moment, Notice, simulated_contest},
    problem::HelpLine,
};
use domain::{Millis, Refusal};
use engine::attempt::Waiting;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::Title;

/// Without JavaScript a long wait loads the page anew at least so often, to stay on the server's clock.
const ANEW: Millis = Millis::minutes(10);

/// `?tu-chuyen=khong`: without JavaScript the page stays until one leaves it.
const MOVES_ON: &str = "tu-chuyen";
const NO: &str = "khong";

/// The page; where there is nothing to wait for, it leads on.
pub fn view() -> AnyView {
    let (engine, caller, slug) = (engine(), caller(), param("slug"));
    let moves_on = query(MOVES_ON) != NO;
    let response = expect_context::<ResponseOptions>();
    page(async move {
        let caller = caller?;
        let waiting = engine.waiting_for(&caller, &slug).await?;
        if waiting.entrance.refusal != Some(Refusal::NotOpen) {
            go_on(&response, &start_of(&slug));
            return Ok(().into_any());
        }
        if engine.entry_of(&caller, &slug).await?.is_none() {
            // What the contest asks is asked now, not when the time runs.
            go_on(&response, &entry(&slug));
            return Ok(().into_any());
        }
        Ok(shown(&waiting, &slug, moves_on))
    })
}

fn start_of(slug: &str) -> String {
    format!("/cuoc-thi/{slug}/thi")
}

fn shown(waiting: &Waiting, slug: &str, moves_on: bool) -> AnyView {
    let (entrance, frozen) = (&waiting.entrance, &waiting.entrance.frozen);
    let wait = waiting.starts_at - entrance.now;
    view! {
        <Title text=format!("Phòng chờ: {}", frozen.label)/>
        {simulated_contest(frozen.simulated)}
        <Crumbs way=vec![crumb("Trang chủ", "/"), crumb(frozen.title.clone(), format!("/cuoc-thi/{slug}"))] here="Phòng chờ"/>
        <section class="narrow summary-card">
            <h1>{format!("{}: {}", frozen.title, frozen.label)}</h1>
            <Countdown label=format!("{} mở sau", frozen.label) left=(frozen.opens_at - entrance.now).0 moment=frozen.opens_at.short()/>
            <Opening action=start_of(slug) round=frozen.round.to_string() words=entrance.policy.start_words(entrance.left) wait=wait.0/>
            <Notice kind="info">
                <p>"Cứ để trang này mở. Nút bắt đầu dùng được khi đến lượt của anh/chị: đúng giờ mở, hoặc sau đó ít giây để mọi người không vào cùng một lúc. Đồng hồ chỉ chạy khi anh/chị bấm bắt đầu, nên không ai mất thời gian làm bài."</p>
            </Notice>
            {if moves_on { without_script(wait, slug) } else { staying(slug) }}
            <p>"Trong lúc chờ, anh/chị có thể " <a href="/thu-may">"làm bài thử 60 giây"</a> " để kiểm tra máy và mạng."</p>
            <p><small>"Đợt thi mở lúc " <Moment at=frozen.opens_at/> ", theo giờ máy chủ. Cần hỗ trợ: " <HelpLine number=frozen.help_line.clone()/></small></p>
        </section>
    }
    .into_any()
}

/// Without JavaScript the browser goes to the start page by itself when the moment has come.
///
/// The opening is a real-time event, for which WCAG 2.2.1 allows a time limit, and nothing on the page is lost by it; who
/// reads slowly turns it off all the same.
fn without_script(wait: Millis, slug: &str) -> AnyView {
    let (after, to) = if wait > ANEW { (ANEW, format!("/cuoc-thi/{slug}/cho")) } else { (wait, start_of(slug)) };
    let seconds = after.0.max(0).unsigned_abs().div_ceil(1_000);
    view! {
        <noscript>
            <meta http-equiv="refresh" content=format!("{seconds}; url={to}")/>
            <p>"Trang này tự chuyển đến trang bắt đầu khi đến lượt. Nếu không tự chuyển, " <a href=start_of(slug)>"mở trang bắt đầu"</a> "."</p>
            <p><a href=format!("/cuoc-thi/{slug}/cho?{MOVES_ON}={NO}")>"Tắt tự chuyển trang"</a></p>
        </noscript>
    }
    .into_any()
}

/// The same, turned off.
fn staying(slug: &str) -> AnyView {
    view! {
        <noscript>
            <p>"Trang này không tự chuyển. Đến giờ, anh/chị " <a href=start_of(slug)>"mở trang bắt đầu"</a> "."</p>
            <p><a href=format!("/cuoc-thi/{slug}/cho")>"Bật tự chuyển trang"</a></p>
        </noscript>
    }
    .into_any()
}
