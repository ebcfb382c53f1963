//! A contest's first page: its rounds, announcing it, putting it into the archive.

use super::tabs::{contest_address, contest_head, round_address};
use crate::{
    door::{Answer, Ask, Doing},
    page::{caller, engine, page, param},
    parts::{Badge, Empty, FormErrors, Moment, Notice, Table, admin_frame},
};
use domain::{
    Refusal,
    contest::{ContestStage, RoundState},
};
use engine::contest::{Contest, Round};
use leptos::prelude::*;

const FIELDS: &[(&str, &str)] = &[("rules", "Thể lệ"), ("introduction", "Giới thiệu"), ("help_line", "Đường dây hỗ trợ")];

/// The page.
pub fn view() -> AnyView {
    let (engine, caller, slug) = (engine(), caller(), param("slug"));
    page(async move {
        let caller = caller?;
        let contest = engine.contest(&caller, &slug).await?;
        let base = contest_address(&slug);
        let work = view! {
            {contest_head(&contest)}
            <FormErrors fields=FIELDS.to_vec()/>
            {standing(&contest)}
            <h2>"Các đợt thi"</h2>
            {if contest.rounds.is_empty() { view! { <Empty title="Chưa có đợt thi"/> }.into_any() } else { table(&contest.rounds) }}
            <p class="actions"><a class="button secondary" href=format!("{base}/dot-moi")>"Thêm đợt thi"</a></p>
        };
        Ok(admin_frame(&caller, work))
    })
}

/// What the contest's stage means, and the button that moves it.
fn standing(contest: &Contest) -> AnyView {
    let public = format!("/cuoc-thi/{}", contest.settings.slug);
    match contest.stage {
        ContestStage::Draft => view! {
            <Notice kind="info">
                <p>"Cuộc thi chưa hiện ra với mọi người. Cần có giới thiệu, thể lệ và đường dây hỗ trợ trước khi công bố."</p>
            </Notice>
            <form method="post"><p class="actions"><button name="deed" value="announce">"Công bố cuộc thi"</button></p></form>
        }
        .into_any(),
        ContestStage::Announced => {
            let done = contest.rounds.iter().all(|round| !round.state.is_frozen() || round.state == RoundState::Published);
            let archive = (done && !contest.rounds.is_empty()).then(|| {
                view! { " " <button name="deed" value="archive" class="secondary">"Chuyển vào lưu trữ"</button> }
            });
            view! { <form method="post"><p class="actions"><a class="button quiet" href=public>"Xem trang cuộc thi"</a> {archive}</p></form> }.into_any()
        }
        ContestStage::Archived => view! { <p class="actions"><a class="button quiet" href=public>"Xem trang cuộc thi"</a></p> }.into_any(),
    }
}

fn table(rounds: &[Round]) -> AnyView {
    let rows = rounds
        .iter()
        .map(|round| {
            let (window, state) = (round.settings.window, round.state);
            view! {
                <tr>
                    <th scope="row"><a href=round_address(round.id)>{round.settings.label.clone()}</a></th>
                    <td data-label="Trạng thái"><Badge tone=state.tone() text=state.label()/></td>
                    <td data-label="Mở"><Moment at=window.opens/></td>
                    <td data-label="Đóng"><Moment at=window.closes/></td>
                    <td data-label="Bước tiếp theo">{state.next_step().label()}</td>
                </tr>
            }
        })
        .collect_view();
    view! { <Table id="cac-dot" caption="Các đợt thi" heads=vec!["Đợt", "Trạng thái", "Mở", "Đóng", "Bước tiếp theo"] stack=true>{rows}</Table> }.into_any()
}

/// Announces the contest, or puts it into the archive.
pub fn act(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let caller = ask.caller()?;
        let contest = ask.engine.contest(&caller, ask.param("slug")).await?;
        match ask.form.text("deed") {
            "announce" => ask.engine.announce_contest(&caller, contest.id).await?,
            "archive" => ask.engine.archive_contest(&caller, contest.id).await?,
            _ => return Err(Refusal::NotOffered.into()),
        }
        Ok(Answer::go(contest_address(&contest.settings.slug)))
    })
}
