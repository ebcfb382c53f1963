//! "Lượt thi của tôi": every attempt, its state and its result as far as the rules allow.

use crate::{
    page::{caller, engine, page},
    parts::{Badge, Empty, Head, Moment},
    results::number::requests,
};
use domain::{Timestamp, attempt::Stage};
use engine::{attempt::OwnAttempt, contest::ContestPage};
use leptos::prelude::*;
use std::sync::Arc;

/// The page.
pub fn view() -> AnyView {
    let (engine, caller) = (engine(), caller());
    page(async move {
        let caller = caller?;
        let attempts = engine.my_attempts(&caller).await?;
        let asked = engine.numbers_asked(&caller).await?;
        let now = engine.now();
        let list = if attempts.is_empty() {
            view! { <Empty title="Anh/chị chưa có lượt dự thi nào"><p class="actions"><a class="button" href="/">"Xem các cuộc thi"</a></p></Empty> }.into_any()
        } else {
            table(&attempts, &engine.public_contests().await?, now)
        };
        Ok(view! {
            <Head title="Lượt thi của tôi" lede="Mọi lượt dự thi của anh/chị, mới nhất ở trên."/>
            {requests(&asked)}
            {list}
        }
        .into_any())
    })
}

fn table(attempts: &[OwnAttempt], contests: &[Arc<ContestPage>], now: Timestamp) -> AnyView {
    let rows = attempts.iter().map(|own| row(own, results(own, contests), now)).collect_view();
    view! {
        <figure class="table" tabindex="0" aria-labelledby="bang-luot-thi">
            <table data-stack="">
                <caption id="bang-luot-thi" class="visually-hidden">"Lượt thi của tôi"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Cuộc thi"</th>
                        <th scope="col">"Bắt đầu"</th>
                        <th scope="col">"Trạng thái"</th>
                        <th scope="col">"Mã xác nhận"</th>
                        <th scope="col">"Kết quả"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </figure>
    }
    .into_any()
}

/// Where the results of the attempt's round stand, once they are public.
fn results(own: &OwnAttempt, contests: &[Arc<ContestPage>]) -> Option<String> {
    let mut rounds = contests.iter().flat_map(|contest| &contest.rounds);
    let round = rounds.find(|round| round.id == own.frozen.round && round.published)?;
    Some(format!("/ket-qua/{}/{}", own.frozen.slug, round.position))
}

fn row(own: &OwnAttempt, results: Option<String>, now: Timestamp) -> AnyView {
    let running = own.stage == Stage::Running && now < own.deadline;
    let (tone, state) = match own.stage {
        Stage::Running if running => ("info", "Đang làm bài"),
        Stage::Running => ("neutral", "Hết giờ, đang nộp"),
        Stage::HandedIn | Stage::Marked => ("good", "Đã nộp bài"),
        Stage::Void => ("bad", "Không công nhận"),
    };
    let (address, words) = if running { (format!("/thi/{}", own.id), "Làm tiếp") } else { (format!("/thi/{}/ket-qua", own.id), "Xem") };
    let result = own.own.map_or_else(|| "chưa công bố".to_owned(), |(correct, _)| format!("đúng {correct}/{} câu", own.questions));
    let place = results.map(|address| view! { " · " <a href=address>"Thứ hạng"</a> });
    view! {
        <tr>
            <th scope="row"><a href=address.clone()>{own.frozen.title.clone()}</a> <br/> <small>{format!("{}, lượt {}", own.frozen.label, own.ordinal)}</small></th>
            <td data-label="Bắt đầu"><Moment at=own.started_at/></td>
            <td data-label="Trạng thái"><Badge tone text=state/></td>
            <td data-label="Mã xác nhận">{own.receipt.clone().unwrap_or_else(|| "–".to_owned())}</td>
            <td data-label="Kết quả">{result} " " <a href=address>{words}</a> {place}</td>
        </tr>
    }
    .into_any()
}
