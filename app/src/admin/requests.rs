//! The queue of requests: what waits, by when it is due, and the decision with its answer.

use super::words::day;
use crate::{
    door::{Answer, Ask, Doing},
    page::{caller, crumb, engine, page, param_id, query},
    parts::{Badge, Choices, Crumbs, Empty, FormErrors, Head, Moment, Notice, Select, Table, TextArea, admin_frame},
};
use domain::{
    Timestamp,
    id::RequestId,
    identity::{Audience, Block, RequestKind, RequestState, UnitTree},
};
use engine::identity::Request;
use leptos::prelude::*;

/// The list.
pub fn view() -> AnyView {
    let (engine, caller, state, kind) = (engine(), caller(), query("trang-thai"), query("loai"));
    page(async move {
        let caller = caller?;
        let now = engine.now();
        // Without a choice the queue shows what waits.
        let wanted = if state.is_empty() { Some(RequestState::Open) } else { RequestState::from_code(&state) };
        let requests = engine.requests(&caller, wanted, RequestKind::from_code(&kind)).await?;
        let states = RequestState::ALL.iter().map(|state| (state.code().to_owned(), state.label().to_owned()));
        let states = states.chain(std::iter::once(("all".to_owned(), "Tất cả".to_owned()))).collect();
        let kinds = RequestKind::ALL.iter().map(|kind| (kind.code().to_owned(), kind.label().to_owned()));
        let kinds = std::iter::once((String::new(), "Tất cả".to_owned())).chain(kinds).collect();
        let chosen = if state.is_empty() { RequestState::Open.code().to_owned() } else { state };
        let empty = requests.is_empty();
        Ok(admin_frame(
            &caller,
            view! {
                <Head title="Yêu cầu" lede="Yêu cầu về dữ liệu cá nhân được trả lời trong 2 ngày làm việc."/>
                <form method="get" class="toolbar">
                    <Select name="trang-thai" label="Tình trạng" options=states value=chosen/>
                    <Select name="loai" label="Loại" options=kinds value=kind/>
                    <button class="secondary">"Lọc"</button>
                </form>
                {if empty {
                    view! { <Empty title="Không có yêu cầu nào"/> }.into_any()
                } else {
                    view! {
                        <Table id="bang-yeu-cau" caption="Yêu cầu" heads=vec!["Yêu cầu", "Người gửi", "Gửi lúc", "Hạn trả lời", "Tình trạng"] stack=true>
                            {requests.into_iter().map(|request| row(&request, now)).collect_view()}
                        </Table>
                    }
                    .into_any()
                }}
            },
        ))
    })
}

fn row(request: &Request, now: Timestamp) -> impl IntoView + use<> {
    let (tone, word) = state_of(request, now);
    view! {
        <tr>
            <th scope="row"><a href=format!("/quan-tri/yeu-cau/{}", request.id)>{request.kind.label()}</a></th>
            <td data-label="Người gửi">{request.full_name.clone().unwrap_or_else(|| "chưa đăng nhập".to_owned())}</td>
            <td data-label="Gửi lúc"><Moment at=request.created_at/></td>
            <td data-label="Hạn trả lời">{day(request.due_at)}</td>
            <td data-label="Tình trạng"><Badge tone=tone text=word/></td>
        </tr>
    }
}

fn state_of(request: &Request, now: Timestamp) -> (&'static str, &'static str) {
    match request.state {
        RequestState::Open if request.is_overdue(now) => ("bad", "Quá hạn"),
        RequestState::Open => ("info", request.state.label()),
        RequestState::Done => ("good", request.state.label()),
        RequestState::Declined => ("neutral", request.state.label()),
    }
}

/// One request.
pub fn one_view() -> AnyView {
    let (engine, caller, request) = (engine(), caller(), param_id::<RequestId>("request"));
    page(async move {
        let caller = caller?;
        let now = engine.now();
        let request = engine.request(&caller, request?).await?;
        let tree = engine.unit_tree().await?;
        let (tone, word) = state_of(&request, now);
        Ok(admin_frame(
            &caller,
            view! {
                <Crumbs way=vec![crumb("Yêu cầu", "/quan-tri/yeu-cau")] here=request.kind.label()/>
                <Head title=request.kind.label()/>
                <dl class="facts" data-layout="row">
                    <div><dt>"Tình trạng"</dt><dd><Badge tone=tone text=word/></dd></div>
                    <div><dt>"Người gửi"</dt><dd>{sender(&request)}</dd></div>
                    <div><dt>"Đơn vị"</dt><dd>{request.unit.clone().unwrap_or_else(|| "—".to_owned())}</dd></div>
                    <div><dt>"Gửi lúc"</dt><dd><Moment at=request.created_at/></dd></div>
                    <div><dt>"Hạn trả lời"</dt><dd>{request.due_at.map(Timestamp::short)}</dd></div>
                    {asked(&request, &tree).into_iter().map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }).collect_view()}
                    {other(&request)}
                </dl>
                {if request.state == RequestState::Open { decision(&request) } else { decided(&request) }}
            },
        ))
    })
}

fn sender(request: &Request) -> AnyView {
    match (request.account, &request.full_name) {
        (Some(account), Some(name)) => {
            let words = format!("{name} ({})", request.login.clone().unwrap_or_default());
            view! { <a href=format!("/quan-tri/nguoi-dung/{account}")>{words}</a> }.into_any()
        }
        _ => "Người chưa đăng nhập".into_any(),
    }
}

fn other(request: &Request) -> Option<AnyView> {
    let (account, name) = (request.other_account?, request.other_name.clone()?);
    let words = format!("{name} ({})", request.other_login.clone().unwrap_or_default());
    Some(
        view! { <div><dt>"Tài khoản đang giữ số này"</dt><dd><a href=format!("/quan-tri/nguoi-dung/{account}")>{words}</a></dd></div> }
            .into_any(),
    )
}

/// What exactly is asked, from the request's closed values.
fn asked(request: &Request, tree: &UnitTree) -> Vec<(&'static str, String)> {
    let unit = |name: &str| request.value(name).and_then(|id| id.parse().ok()).and_then(|id| tree.unit(id)).map(|unit| unit.name.clone());
    [
        ("Họ và tên mới", request.value("full_name")),
        ("Số điện thoại gọi lại", request.value("phone")),
        ("Đối tượng", request.value("audience").and_then(|code| Audience::from_code(&code)).map(|audience| audience.label().to_owned())),
        ("Khối", request.value("block").and_then(|code| Block::from_code(&code)).map(|block| block.label().to_owned())),
        ("Đơn vị cấp trên", unit("parent")),
        ("Đơn vị muốn chuyển đến", unit("unit")),
    ]
    .into_iter()
    .filter_map(|(name, value)| value.map(|value| (name, value)))
    .collect()
}

fn decision(request: &Request) -> AnyView {
    let hint = match request.kind {
        RequestKind::UnitMissing => "Chấp nhận sau khi đã thêm đơn vị ở trang Đơn vị.",
        RequestKind::DuplicateId => "Chấp nhận sau khi đã kiểm tra hai tài khoản với người gửi.",
        RequestKind::CorrectData => "Chấp nhận thì họ và tên mới được ghi ngay.",
        RequestKind::WithdrawData => {
            "Chấp nhận thì tài khoản bị đóng; tên đăng nhập, số định danh, e-mail, chức vụ, ngày sinh bị xóa; các lượt thi trong đợt chưa công bố không được công nhận, đợt đã xếp hạng hoặc đang trình trở lại rà soát để xếp hạng lại. Họ tên, đơn vị chỉ còn trong hồ sơ."
        }
        RequestKind::UnitChange => {
            "Chấp nhận thì đơn vị mới được ghi ngay; các lượt đã thi giữ đơn vị cũ. Phần trả lời được ghi làm lý do."
        }
    };
    let read = if request.kind == RequestKind::WithdrawData {
        "Nếu chấp nhận, người gửi không đăng nhập được nữa nên không đọc được: xin gọi báo cho người gửi trước khi ghi quyết định."
    } else {
        "Người gửi đọc ở trang “Dữ liệu của tôi”."
    };
    let options = vec![
        (RequestState::Done.code().to_owned(), "Chấp nhận, đã giải quyết".to_owned(), hint.to_owned()),
        (
            RequestState::Declined.code().to_owned(),
            RequestState::Declined.label().to_owned(),
            "Người gửi đọc được lý do ở phần trả lời.".to_owned(),
        ),
    ];
    view! {
        <form method="post" class="narrow">
            <FormErrors fields=vec![("state", "Quyết định"), ("answer", "Trả lời")]/>
            <Choices name="state" legend="Quyết định" options=options/>
            <TextArea name="answer" label="Trả lời" hint=read rows=4/>
            <p class="actions"><button>"Ghi quyết định"</button></p>
        </form>
    }
    .into_any()
}

fn decided(request: &Request) -> AnyView {
    let (answer, by) = (request.answer.clone(), request.decided_by.clone().unwrap_or_default());
    let at = request.decided_at.map(Timestamp::short);
    view! {
        <Notice kind="info">
            <p>{answer}</p>
            <p>{by} ", " {at}</p>
        </Notice>
    }
    .into_any()
}

/// Decides the request.
pub fn decide(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let (caller, request) = (ask.caller()?, ask.param_id::<RequestId>("request")?);
        ask.engine.decide_request(&caller, request, ask.form.text("state"), ask.form.raw("answer")).await?;
        Ok(Answer::go("/quan-tri/yeu-cau"))
    })
}
