//! The prize tables of a round and of the whole contest.

use super::tabs::{contest_address, contest_head, round_address, round_head};
use crate::{
    door::{Answer, Ask, Doing},
    page::{caller, engine, page, param, param_id},
    parts::{Empty, FormErrors, Notice, Table, admin_frame},
    submitted::{submitted, typed_or},
};
use domain::{
    Refusal,
    contest::{MOST_PRIZES, Prize, PrizeForm, PrizeScope, RoundState},
    id::RoundId,
    ranking::{contest_rule_text, contest_unit_rule_text},
};
use leptos::prelude::*;

/// Empty rows below those that are filled.
const SPARE: usize = 4;

/// The prizes of the whole contest.
pub fn of_contest() -> AnyView {
    let (engine, caller, slug) = (engine(), caller(), param("slug"));
    page(async move {
        let caller = caller?;
        let contest = engine.contest(&caller, &slug).await?;
        let prizes = engine.prizes_of(&caller, contest.id, None).await?;
        let open = !contest.rounds.iter().any(|round| round.state.is_frozen());
        // The rules of the last round hold for the sums over all of them.
        let rule = contest.rounds.last().map(|last| {
            view! { <p>{contest_rule_text(&last.settings.rules)}</p> <p>{contest_unit_rule_text(&last.settings.rules)}</p> }
        });
        let once = contest.settings.one_prize_each.then(|| {
            view! { <p>"Mỗi người nhận tối đa một giải: giải của từng đợt được xét trước giải toàn cuộc thi."</p> }
        });
        let work = view! {
            {contest_head(&contest)}
            <p>
                "Giải của cả cuộc thi, tính trên mọi đợt và được công bố cùng kết quả đợt cuối. Giải của từng đợt đặt ở trang của đợt đó. "
                "Khi một đợt đã chốt thì cơ cấu giải này không đổi được nữa."
            </p>
            {rule}
            {once}
            {if open { form(&prizes) } else { read_only(&prizes) }}
        };
        Ok(admin_frame(&caller, work))
    })
}

/// The prizes of a round.
pub fn of_round() -> AnyView {
    let (engine, caller, round) = (engine(), caller(), param_id::<RoundId>("round"));
    page(async move {
        let caller = caller?;
        let seen = engine.plan_round(&caller, round?).await?;
        let prizes = engine.prizes_of(&caller, seen.contest.id, Some(seen.round.id)).await?;
        let work = view! {
            {round_head(&seen.contest, &seen.round)}
            {if seen.round.state == RoundState::Draft { form(&prizes) } else { read_only(&prizes) }}
        };
        Ok(admin_frame(&caller, work))
    })
}

fn read_only(prizes: &[Prize]) -> AnyView {
    let rows = prizes
        .iter()
        .map(|prize| view! { <tr><th scope="row">{prize.name.clone()}</th><td data-label="Cho">{prize.scope.label()}</td><td data-label="Cơ cấu">{prize.words()}</td></tr> })
        .collect_view();
    view! {
        <Notice kind="info"><p>{Refusal::Frozen.words()}</p></Notice>
        {if prizes.is_empty() {
            view! { <Empty title="Không có giải nào"/> }.into_any()
        } else {
            view! { <Table id="giai" caption="Cơ cấu giải thưởng" heads=vec!["Giải", "Cho", "Cơ cấu"] stack=true>{rows}</Table> }.into_any()
        }}
    }
    .into_any()
}

fn form(prizes: &[Prize]) -> AnyView {
    let sent = submitted().map_or(0, |form| form.values.iter().filter(|(name, _)| name.starts_with("name")).count());
    let count = (prizes.len() + SPARE).max(sent).min(MOST_PRIZES);
    let rows = (0..count).map(|i| row(i, &prizes.get(i).map(Prize::form).unwrap_or_default())).collect_view();
    let wrong: Vec<(&'static str, &'static str)> = vec![("prizes", "Số dòng")];
    view! {
        <form method="post">
            <FormErrors fields=wrong/>
            <p class="hint">"Xếp từ giải cao xuống trong từng nhóm. Dòng bỏ trống không được lưu; lưu xong có thêm dòng trống."</p>
            <Table id="giai" caption="Cơ cấu giải thưởng" heads=vec!["Cho", "Tên giải", "Số lượng", "Giá trị mỗi giải (đồng)"] stack=true>{rows}</Table>
            <p class="actions"><button>"Lưu cơ cấu giải"</button></p>
        </form>
    }
    .into_any()
}

fn row(i: usize, prize: &PrizeForm) -> AnyView {
    let scope = typed_or(&format!("scope{i}"), prize.scope.clone());
    let options = PrizeScope::all()
        .map(|known| {
            let code = known.code();
            let selected = code == scope;
            view! { <option value=code selected=selected>{known.label()}</option> }
        })
        .collect_view();
    let cell = |name: &str, head: &'static str, kept: &str, numeric: bool| {
        let name = format!("{name}{i}");
        let value = typed_or(&name, kept);
        let refusal = submitted().and_then(|form| form.refusal(&name));
        view! {
            <td data-label=head>
                <input
                    id=name.clone()
                    name=name
                    value=value
                    inputmode=numeric.then_some("numeric")
                    aria-label=format!("{head}, dòng {}", i + 1)
                    aria-invalid=refusal.map(|_| "true")
                />
                {refusal.map(|refusal| view! { <p class="error">{refusal.words()}</p> })}
            </td>
        }
    };
    view! {
        <tr>
            <td data-label="Cho"><select id=format!("scope{i}") name=format!("scope{i}") aria-label=format!("Cho, dòng {}", i + 1)>{options}</select></td>
            {cell("name", "Tên giải", &prize.name, false)}
            {cell("quantity", "Số lượng", &prize.quantity, true)}
            {cell("value", "Giá trị", &prize.value, true)}
        </tr>
    }
    .into_any()
}

fn typed(ask: &Ask) -> Vec<PrizeForm> {
    let text = |name: &str, i| ask.form.text(&format!("{name}{i}")).to_owned();
    let rows = (0..=MOST_PRIZES).take_while(|i| ask.form.has(&format!("name{i}")));
    rows.map(|i| PrizeForm { scope: text("scope", i), name: text("name", i), quantity: text("quantity", i), value: text("value", i) })
        .collect()
}

/// Saves the prizes of the contest.
pub fn save_of_contest(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let caller = ask.caller()?;
        let contest = ask.engine.contest(&caller, ask.param("slug")).await?;
        ask.engine.edit_prizes(&caller, contest.id, None, &typed(&ask)).await?;
        Ok(Answer::go(format!("{}/giai-thuong", contest_address(&contest.settings.slug))))
    })
}

/// Saves the prizes of a round.
pub fn save_of_round(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let caller = ask.caller()?;
        let round = ask.param_id::<RoundId>("round")?;
        let contest = ask.engine.plan_round(&caller, round).await?.contest;
        ask.engine.edit_prizes(&caller, contest.id, Some(round), &typed(&ask)).await?;
        Ok(Answer::go(format!("{}/giai-thuong", round_address(round))))
    })
}
