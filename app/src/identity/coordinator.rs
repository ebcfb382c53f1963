//! The coordinator's page: who of the own unit has taken part, the own rate, codes for colleagues.

use crate::{
    admin::words::{account_state, day, issued},
    door::{Answer, Ask, Doing},
    page::{caller, crumb, engine, page, query, shown},
    parts::{Badge, Crumbs, Empty, Head, Hidden, Moment, Notice, Table},
};
use domain::{
    Refusal, Timestamp,
    id::{AccountId, RoundId},
    identity::Turnout,
    vietnamese::number,
};
use engine::{
    Caller,
    identity::{Colleague, OwnUnit, OwnUnitRound, Slip},
};
use leptos::prelude::*;

/// The page: the unit and its rounds, or one round of it.
pub fn view() -> AnyView {
    let (engine, caller, round, slip) = (engine(), caller(), query("dot"), shown::<Slip>());
    page(async move {
        let caller = caller?;
        let now = engine.now();
        let code = slip.map(|slip| issued(&slip));
        if round.is_empty() {
            let own = engine.own_unit(&caller).await?;
            return Ok(view! { {code} {unit(&caller, own, now)} }.into_any());
        }
        let round: RoundId = round.parse().map_err(|_| Refusal::NotFound)?;
        let own = engine.own_unit_round(&caller, round).await?;
        Ok(view! { {code} {round_of(&caller, own, now)} }.into_any())
    })
}

fn unit(caller: &Caller, own: OwnUnit, now: Timestamp) -> AnyView {
    let headcount = own
        .headcount
        .map_or_else(|| "chưa có số liệu".to_owned(), |count| format!("{} (chốt đến {})", number(count), day(own.headcount_as_of)));
    let rounds = own
        .rounds
        .iter()
        .map(|round| {
            let state = if now < round.closes_at { ("good", "Đang mở") } else { ("neutral", "Đã đóng") };
            view! {
                <li>
                    <article class="card">
                        <p class="meta">{round.contest.clone()}</p>
                        <h3><a href=format!("/dau-moi?dot={}", round.id)>{round.label.clone()}</a></h3>
                        <p><Badge tone=state.0 text=state.1/> " đóng lúc " <Moment at=round.closes_at/></p>
                    </article>
                </li>
            }
        })
        .collect_view();
    let slips = caller.unit.map(|unit| format!("/quan-tri/phieu/{unit}"));
    let count = own.colleagues.len();
    let members = own.colleagues.into_iter().map(|colleague| member(caller, colleague, None)).collect_view();
    view! {
        <Head title=own.name lede="Trang của đầu mối: chỉ có người của đơn vị mình, đã thi hay chưa; không có điểm và thứ hạng.">
            <a class="button secondary" href=slips>"Phiếu kích hoạt"</a>
        </Head>
        <dl class="facts"><div><dt>"Số CBCCVC và người lao động"</dt><dd>{headcount}</dd></div></dl>
        <section>
            <h2>"Các đợt thi"</h2>
            {if own.rounds.is_empty() { view! { <Empty title="Chưa có đợt thi nào mở"/> }.into_any() } else { view! { <ul class="cards">{rounds}</ul> }.into_any() }}
        </section>
        <section>
            <h2>"Người của đơn vị"</h2>
            <Table id="bang-don-vi" caption=format!("{} người", people(count)) heads=vec!["Họ và tên", "Chức vụ", "Tài khoản", "Thao tác"] stack=true>
                {members}
            </Table>
        </section>
    }
    .into_any()
}

fn round_of(caller: &Caller, own: OwnUnitRound, now: Timestamp) -> AnyView {
    let taken = own.colleagues.iter().filter(|one| one.has_taken_part()).count();
    let open = now < own.round.closes_at;
    let count = own.colleagues.len();
    let members = own
        .colleagues
        .into_iter()
        .map(|colleague| {
            let taken = colleague.has_taken_part();
            member(caller, colleague, Some(taken))
        })
        .collect_view();
    let closes = if open { "Đóng lúc " } else { "Đã đóng lúc " };
    view! {
        <Crumbs way=vec![crumb(own.unit, "/dau-moi")] here=own.round.label.clone()/>
        <Head title=format!("{}: {}", own.round.contest, own.round.label)/>
        <p class="meta">{closes} <Moment at=own.round.closes_at/></p>
        {rate(own.turnout, own.headcount_as_of)}
        <Table
            id="bang-dot"
            caption=format!("{} người đã thi, {} người chưa thi", people(taken), people(count - taken))
            heads=vec!["Họ và tên", "Chức vụ", "Dự thi", "Tài khoản", "Thao tác"]
            stack=true
        >
            {members}
        </Table>
    }
    .into_any()
}

fn people(count: usize) -> String {
    number(i64::try_from(count).unwrap_or(i64::MAX))
}

fn rate(turnout: Turnout, as_of: Option<Timestamp>) -> AnyView {
    let headcount = turnout.headcount.map_or_else(|| "—".to_owned(), number);
    let as_of = as_of.map(|as_of| format!(", chốt đến {}", as_of.date()));
    view! {
        <ul class="tallies">
            <li><b>{number(turnout.people)}</b> " người đã dự thi cho đơn vị"</li>
            <li><b>{turnout.words()}</b> " tỷ lệ tham gia"</li>
            <li><b>{headcount}</b> " CBCCVC và người lao động" {as_of}</li>
        </ul>
        {turnout.exceeds().then(|| view! {
            <Notice kind="warning"><p>"Số người dự thi nhiều hơn số CBCCVC đã chốt. Xin báo Ban Tổ chức kiểm tra số liệu."</p></Notice>
        })}
    }
    .into_any()
}

fn member(caller: &Caller, colleague: Colleague, taken: Option<bool>) -> impl IntoView + use<> {
    let (tone, state) = account_state(&colleague.state);
    let label = format!("Cấp mã cho {}", colleague.full_name);
    let own = colleague.id == caller.account;
    view! {
        <tr>
            <th scope="row"><a href=format!("/dau-moi/{}", colleague.id)>{colleague.full_name}</a></th>
            <td data-label="Chức vụ">{colleague.position}</td>
            {taken.map(|taken| {
                let (tone, word) = if taken { ("good", "đã thi") } else { ("neutral", "chưa thi") };
                view! { <td data-label="Dự thi"><Badge tone=tone text=word/></td> }
            })}
            <td data-label="Tài khoản"><Badge tone=tone text=state/></td>
            <td class="actions">
                {(!own).then(|| view! {
                    <form method="post">
                        <Hidden name="account" value=colleague.id.to_string()/>
                        <button class="secondary small" aria-label=label>"Cấp mã"</button>
                    </form>
                })}
            </td>
        </tr>
    }
}

/// Issues a code to a colleague.
pub fn issue(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let caller = ask.caller()?;
        let account: AccountId = ask.form.text("account").parse().map_err(|_| Refusal::NotFound)?;
        Ok(Answer::show(ask.engine.issue_code(&caller, account).await?))
    })
}
