//! The coordinator's page: who of the own unit has taken part, the own rate, codes for colleagues.

use super::unit_choice::encoded;
use crate::{
    admin::words::{account_state, day, issued},
    door::{Answer, Ask, Doing},
    page::{caller, crumb, engine, page, query, shown},
    parts::{Badge, Crumbs, Empty, Head, Hidden, Moment, Notice, Pagination, Select, Table, TextField, simulated_headcounts},
};
use domain::{
    Refusal, Timestamp,
    id::{AccountId, RoundId},
    identity::Turnout,
    vietnamese::number,
};
use engine::{
    Caller,
    identity::{Colleague, ColleaguePage, ColleagueQuery, OwnUnit, OwnUnitRound, Slip},
};
use leptos::prelude::*;

/// Who has taken part, and who has not, as the address says it.
const TAKEN_PART: &str = "da-thi";
const NOT_YET: &str = "chua-thi";
/// The column that is left out where nobody's position is known.
const POSITION: &str = "Chức vụ";

/// What the list is narrowed to, as the address says it.
struct Narrowed {
    round: String,
    name: String,
    taken_part: String,
    query: ColleagueQuery,
}

impl Narrowed {
    fn read() -> Self {
        let (name, taken_part) = (query("tim"), query("du-thi"));
        let wanted = match taken_part.as_str() {
            TAKEN_PART => Some(true),
            NOT_YET => Some(false),
            _ => None,
        };
        let query_of = ColleagueQuery { name: name.clone(), taken_part: wanted, page: query("trang").parse().unwrap_or(1) };
        Self { round: query("dot"), name, taken_part, query: query_of }
    }

    /// Whether the list may leave somebody out.
    fn narrows(&self) -> bool {
        !self.name.is_empty() || self.query.taken_part.is_some()
    }

    /// The page's address with what narrows it, ending in `&`.
    fn address(&self) -> String {
        let parts = [("dot", &self.round), ("tim", &self.name), ("du-thi", &self.taken_part)];
        let said = parts.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{}&", encoded(name, value)));
        format!("/dau-moi?{}", said.collect::<Vec<_>>().concat())
    }

    /// The form that narrows the list; in a round also by who has taken part.
    fn form(&self) -> AnyView {
        let in_round = !self.round.is_empty();
        let choices = [("", "Tất cả"), (TAKEN_PART, "Đã thi"), (NOT_YET, "Chưa thi")];
        let choices = choices.map(|(code, words)| (code.to_owned(), words.to_owned())).to_vec();
        let all = if in_round { format!("/dau-moi?{}", encoded("dot", &self.round)) } else { "/dau-moi".to_owned() };
        view! {
            <form method="get" class="toolbar">
                {in_round.then(|| view! { <Hidden name="dot" value=self.round.clone()/> })}
                <TextField name="tim" label="Tìm theo họ tên (không cần dấu)" value=self.name.clone() kind="search"/>
                {in_round.then(|| view! { <Select name="du-thi" label="Dự thi" options=choices value=self.taken_part.clone()/> })}
                <button class="secondary">"Lọc"</button>
                <a class="button quiet" href=all>"Bỏ lọc"</a>
            </form>
        }
        .into_any()
    }
}

/// The page: the unit and its rounds, or one round of it.
pub fn view() -> AnyView {
    let (engine, caller, narrowed, slip) = (engine(), caller(), Narrowed::read(), shown::<Slip>());
    page(async move {
        let caller = caller?;
        let now = engine.now();
        let code = slip.map(|slip| issued(&slip));
        let simulated = simulated_headcounts(&engine).await?;
        if narrowed.round.is_empty() {
            let own = engine.own_unit(&caller, &narrowed.query).await?;
            return Ok(view! { {simulated} {code} {unit(&caller, own, &narrowed, now)} }.into_any());
        }
        let round: RoundId = narrowed.round.parse().map_err(|_| Refusal::NotFound)?;
        let own = engine.own_unit_round(&caller, round, &narrowed.query).await?;
        Ok(view! { {simulated} {code} {round_of(&caller, own, &narrowed, now)} }.into_any())
    })
}

fn unit(caller: &Caller, own: OwnUnit, narrowed: &Narrowed, now: Timestamp) -> AnyView {
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
    let caption = format!("{} người", number(own.colleagues.found));
    let heads = vec!["Họ và tên", POSITION, "Tài khoản", "Thao tác"];
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
            {narrowed.form()}
            {list(caller, own.colleagues, narrowed, (caption, heads))}
        </section>
    }
    .into_any()
}

fn round_of(caller: &Caller, own: OwnUnitRound, narrowed: &Narrowed, now: Timestamp) -> AnyView {
    let open = now < own.round.closes_at;
    let whole = format!("{} người đã thi, {} người chưa thi", number(own.taken_part), number(own.not_taken_part));
    let caption = if narrowed.narrows() {
        format!("{} người theo điều kiện lọc; cả đơn vị: {whole}", number(own.colleagues.found))
    } else {
        whole
    };
    let heads = vec!["Họ và tên", POSITION, "Dự thi", "Tài khoản", "Thao tác"];
    let closes = if open { "Đóng lúc " } else { "Đã đóng lúc " };
    view! {
        <Crumbs way=vec![crumb(own.unit, "/dau-moi")] here=own.round.label.clone()/>
        <Head title=format!("{}: {}", own.round.contest, own.round.label)/>
        <p class="meta">{closes} <Moment at=own.round.closes_at/></p>
        {rate(own.turnout, own.headcount_as_of)}
        {narrowed.form()}
        {list(caller, own.colleagues, narrowed, (caption, heads))}
    }
    .into_any()
}

/// A page of the people of the unit, with the links to the others.
fn list(caller: &Caller, colleagues: ColleaguePage, narrowed: &Narrowed, (caption, heads): (String, Vec<&'static str>)) -> AnyView {
    if colleagues.lines.is_empty() {
        let words = if narrowed.narrows() { "Không tìm thấy ai" } else { "Đơn vị chưa có ai trong danh sách" };
        return view! { <Empty title=words><p>{caption}</p></Empty> }.into_any();
    }
    let in_round = !narrowed.round.is_empty();
    let positions = colleagues.lines.iter().any(|colleague| !colleague.position.is_empty());
    let heads = heads.into_iter().filter(|head| positions || *head != POSITION).collect();
    let (here, last) = (u32::try_from(colleagues.page).unwrap_or(1), u32::try_from(colleagues.pages).unwrap_or(1));
    let members = colleagues.lines.into_iter().map(|colleague| member(caller, colleague, (positions, in_round))).collect_view();
    view! {
        <Table id="bang-don-vi" caption=caption heads=heads stack=true>{members}</Table>
        <Pagination address=narrowed.address() page=here last=last/>
    }
    .into_any()
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

fn member(caller: &Caller, colleague: Colleague, (positions, in_round): (bool, bool)) -> impl IntoView + use<> {
    let (tone, state) = account_state(&colleague.state);
    let label = format!("Cấp mã cho {}", colleague.full_name);
    let without_code = colleague.id == caller.account || colleague.sample;
    view! {
        <tr>
            <th scope="row">
                <a href=format!("/dau-moi/{}", colleague.id)>{colleague.full_name}</a>
                {colleague.sample.then(|| view! { " " <Badge tone="neutral" text="mô phỏng"/> })}
            </th>
            {positions.then(|| view! { <td data-label=POSITION>{(!colleague.position.is_empty()).then_some(colleague.position)}</td> })}
            {in_round.then(|| {
                let (tone, word) = if colleague.taken_part { ("good", "đã thi") } else { ("neutral", "chưa thi") };
                view! { <td data-label="Dự thi"><Badge tone=tone text=word/></td> }
            })}
            <td data-label="Tài khoản"><Badge tone=tone text=state/></td>
            <td class="actions">
                {(!without_code).then(|| view! {
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
