//! The divisions (bảng thi) of a round, one for each audience.

use super::tabs::{round_address, round_head};
use crate::{
    page::{caller, engine, page, param_id},
    parts::{Badge, admin_frame},
};
use domain::{contest::RoundState, id::RoundId, identity::Audience};
use engine::contest::PlannedRound;
use leptos::prelude::*;

/// The page.
pub fn view() -> AnyView {
    let (engine, caller, round) = (engine(), caller(), param_id::<RoundId>("round"));
    page(async move {
        let caller = caller?;
        let seen = engine.plan_round(&caller, round?).await?;
        let cards = Audience::ALL.iter().map(|audience| card(&seen, *audience)).collect_view();
        let work = view! {
            {round_head(&seen.contest, &seen.round)}
            <p>"Mỗi đối tượng thi ở một bảng riêng: ma trận đề, thời gian, câu hỏi dự đoán, bảng xếp hạng và giải riêng."</p>
            <ul class="cards">{cards}</ul>
        };
        Ok(admin_frame(&caller, work))
    })
}

fn card(seen: &PlannedRound, audience: Audience) -> AnyView {
    let address = format!("{}/bang-thi/{}", round_address(seen.round.id), audience.code());
    let plan = seen.plan.divisions.iter().find(|division| division.audience == audience);
    let (badge, words) = match plan {
        None => (view! { <Badge tone="neutral" text="Chưa có"/> }, "Đối tượng này chưa có bảng thi.".to_owned()),
        Some(plan) => {
            let missing: usize = plan.coverage.iter().map(|(_, coverage)| coverage.missing()).sum();
            let words = format!(
                "{} câu, {} điểm, {} phút.",
                plan.rules.blueprint.questions(),
                plan.rules.blueprint.points(),
                plan.rules.duration.0 / 60_000
            );
            let badge = if missing > 0 && seen.round.state == RoundState::Draft {
                view! { <Badge tone="warn" text=format!("Thiếu {missing} câu")/> }
            } else {
                view! { <Badge tone="good" text="Đã có"/> }
            };
            (badge, words)
        }
    };
    view! { <li><article class="card"><h3><a href=address>{audience.label()}</a></h3><p>{badge}</p><p>{words}</p></article></li> }
        .into_any()
}
