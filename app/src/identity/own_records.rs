//! The records of "Dữ liệu của tôi": account, consents, entries, attempts, requests, own deeds.

use crate::parts::{Badge, Moment, Table};
use domain::{
    Timestamp,
    identity::{RequestState, UnitTree},
};
use engine::{
    contest::Extra,
    identity::{OwnAttempt, OwnConsent, OwnData, OwnRequest},
};
use leptos::prelude::*;

/// The account itself.
pub fn account(kept: &OwnData, tree: &UnitTree) -> AnyView {
    let account = &kept.account;
    let or_none = |text: &str| if text.is_empty() { "chưa có".to_owned() } else { text.to_owned() };
    let number = kept.national_id.as_ref().map(|(masked, until)| {
        let until = until.map(|until| format!("lưu đến {}", until.date())).unwrap_or_default();
        view! { <div><dt>"Số định danh cá nhân"</dt><dd><span class="masked">{masked.clone()}</span> " " <small>{until}</small></dd></div> }
    });
    view! {
        <dl class="facts" data-layout="row">
            <div><dt>"Họ và tên"</dt><dd>{account.full_name.clone()}</dd></div>
            <div><dt>"Tên đăng nhập"</dt><dd>{account.login.clone()}</dd></div>
            <div><dt>"Đối tượng dự thi"</dt><dd>{account.audience.label()}</dd></div>
            <div><dt>"Đơn vị"</dt><dd>{or_none(tree.name(account.unit_id))}</dd></div>
            <div><dt>"Ngày sinh"</dt><dd>{or_none(&account.birth_date.map(Timestamp::date).unwrap_or_default())}</dd></div>
            <div><dt>"Chức vụ"</dt><dd>{or_none(&account.position)}</dd></div>
            <div><dt>"E-mail"</dt><dd>{or_none(&account.email)}</dd></div>
            {number}
            <div><dt>"Mật khẩu"</dt><dd>"chỉ lưu dạng đã băm, không ai đọc được"</dd></div>
            <div><dt>"Lập tài khoản"</dt><dd><Moment at=account.created_at/></dd></div>
        </dl>
    }
    .into_any()
}

/// Everything that happened, each kind in its table; kinds without a record are left out.
pub fn records(kept: &OwnData, tree: &UnitTree) -> AnyView {
    view! {
        <h2>"Hồ sơ lưu giữ"</h2>
        {consents(&kept.consents)}
        {entries(kept)}
        {attempts(&kept.attempts, tree)}
        {changes(kept, tree)}
        {requests(&kept.requests)}
        {sessions(kept)}
        {notes(kept)}
        <p>"Câu trả lời, điểm và lý do không công nhận kết quả (nếu có) xem ở " <a href="/luot-thi">"Lượt thi của tôi"</a> "; thứ hạng xem ở trang " <a href="/ket-qua">"Kết quả"</a> " sau khi công bố."</p>
        <p>"Ngoài các bảng trên, hệ thống còn giữ dấu vết đã băm của mạng anh/chị đã dùng trong 90 ngày và số lần nhập sai mật khẩu, để bảo vệ tài khoản; và toàn bộ nhật ký, ở đây hiện 50 việc gần nhất."</p>
    }
    .into_any()
}

fn consents(consents: &[OwnConsent]) -> Option<AnyView> {
    let row = |consent: &OwnConsent| {
        let state = if let Some(at) = consent.withdrawn_at {
            view! { "đã rút lại " <Moment at=at/> }.into_any()
        } else {
            let words = consent.until.map_or_else(|| "còn hiệu lực".to_owned(), |until| format!("đến {}", until.date()));
            view! { <span class="number">{words}</span> }.into_any()
        };
        view! {
            <tr>
                <th scope="row">{consent.text.clone()}</th>
                <td data-label="Phiên bản"><span class="number">{consent.version.clone()}</span></td>
                <td data-label="Đồng ý lúc"><Moment at=consent.given_at/></td>
                <td data-label="Hiệu lực">{state}</td>
            </tr>
        }
    };
    table("dong-y", "Sự đồng ý", vec!["Nội dung", "Phiên bản", "Đồng ý lúc", "Hiệu lực"], consents.iter().map(row).collect())
}

fn entries(kept: &OwnData) -> Option<AnyView> {
    let rows = kept
        .entries
        .iter()
        .map(|entry| {
            view! {
                <tr>
                    <th scope="row"><a href=format!("/cuoc-thi/{}", entry.slug)>{entry.title.clone()}</a></th>
                    <td data-label="Mã dự thi"><code>{entry.code.clone()}</code></td>
                    <td data-label="Vào cuộc thi"><Moment at=entry.entered_at/></td>
                    <td data-label="Đã khai khi tham gia">{typed_on_entry(&entry.given())}</td>
                </tr>
            }
        })
        .collect();
    table("cuoc-thi", "Cuộc thi đã vào", vec!["Cuộc thi", "Mã dự thi", "Vào cuộc thi", "Đã khai khi tham gia"], rows)
}

/// What the contest asked on entry, in words.
fn typed_on_entry(given: &Extra) -> String {
    let some = |name: &str, text: &str| (!text.is_empty()).then(|| format!("{name}: {text}"));
    let born = given.birth_date.map(Timestamp::date).unwrap_or_default();
    let typed = [some("ngày sinh", &born), some("chức vụ", &given.position), some("e-mail", &given.email)];
    let typed: Vec<String> = typed.into_iter().flatten().collect();
    if typed.is_empty() { "không hỏi thêm".to_owned() } else { typed.join("; ") }
}

fn attempts(attempts: &[OwnAttempt], tree: &UnitTree) -> Option<AnyView> {
    let row = |attempt: &OwnAttempt| {
        view! {
            <tr>
                <th scope="row">{format!("{}, {}", attempt.title, attempt.label)}</th>
                <td data-label="Tính cho đơn vị">{tree.name(attempt.unit_id).to_owned()}</td>
                <td data-label="Bắt đầu"><Moment at=attempt.started_at/></td>
                <td data-label="Kết thúc">{attempt.ended_at.map(|at| view! { <Moment at=at/> })}</td>
                <td data-label="Mã xác nhận"><code>{attempt.receipt.clone()}</code></td>
            </tr>
        }
    };
    let heads = vec!["Đợt thi", "Tính cho đơn vị", "Bắt đầu", "Kết thúc", "Mã xác nhận"];
    table("luot-thi", "Lượt thi", heads, attempts.iter().map(row).collect())
}

fn changes(kept: &OwnData, tree: &UnitTree) -> Option<AnyView> {
    let rows = kept
        .unit_changes
        .iter()
        .map(|change| {
            view! {
                <tr>
                    <th scope="row"><Moment at=change.changed_at/></th>
                    <td data-label="Từ">{tree.name(change.old_unit_id).to_owned()}</td>
                    <td data-label="Sang">{tree.name(change.new_unit_id).to_owned()}</td>
                    <td data-label="Lý do">{change.reason.clone()}</td>
                </tr>
            }
        })
        .collect();
    table("doi-don-vi", "Đổi đơn vị", vec!["Lúc", "Từ", "Sang", "Lý do"], rows)
}

fn requests(requests: &[OwnRequest]) -> Option<AnyView> {
    let row = |request: &OwnRequest| {
        let tone = match request.state {
            RequestState::Open => "info",
            RequestState::Done => "good",
            RequestState::Declined => "bad",
        };
        view! {
            <tr>
                <th scope="row">{request.kind.label()}</th>
                <td data-label="Gửi lúc"><Moment at=request.created_at/></td>
                <td data-label="Hạn trả lời">{request.due_at.map(|due| view! { <Moment at=due/> })}</td>
                <td data-label="Trạng thái"><Badge tone=tone text=request.state.label()/></td>
                <td data-label="Trả lời">{request.answer.clone()}</td>
            </tr>
        }
    };
    table("yeu-cau", "Yêu cầu", vec!["Yêu cầu", "Gửi lúc", "Hạn trả lời", "Trạng thái", "Trả lời"], requests.iter().map(row).collect())
}

fn sessions(kept: &OwnData) -> Option<AnyView> {
    let rows = kept
        .sessions
        .iter()
        .map(|session| {
            view! {
                <tr>
                    <th scope="row"><Moment at=session.created_at/></th>
                    <td data-label="Dùng gần nhất"><Moment at=session.seen_at/></td>
                    <td data-label="Hết hạn"><Moment at=session.ends_at/></td>
                </tr>
            }
        })
        .collect();
    table("phien", "Phiên đăng nhập", vec!["Đăng nhập lúc", "Dùng gần nhất", "Hết hạn"], rows)
}

fn notes(kept: &OwnData) -> Option<AnyView> {
    let rows = kept
        .notes
        .iter()
        .map(|note| view! { <tr><th scope="row"><Moment at=note.at/></th><td data-label="Việc">{note.deed.label()}</td></tr> })
        .collect();
    table("nhat-ky", "Việc anh/chị đã làm gần đây (nhật ký)", vec!["Lúc", "Việc"], rows)
}

fn table(id: &'static str, caption: &'static str, heads: Vec<&'static str>, rows: Vec<impl IntoView + 'static>) -> Option<AnyView> {
    (!rows.is_empty()).then(|| view! { <Table id=id caption=caption heads=heads stack=true>{rows}</Table> }.into_any())
}
