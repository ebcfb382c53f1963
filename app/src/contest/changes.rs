//! Changes of a frozen round: proposing one, deciding those of others, the list that the public reads.

use super::tabs::{round_address, round_head};
use crate::{
    door::{Answer, Ask, Doing},
    page::{caller, engine, page, param_id, query},
    parts::{Badge, Empty, FormErrors, Hidden, Moment, Notice, Select, TextField, admin_frame},
};
use domain::{
    Field, Refusal,
    contest::{ChangeForm, ChangeState, RoundChange},
    id::{ChangeId, RoundId},
    identity::{Block, UnitTree},
};
use engine::{
    Caller, Engine, Stop,
    contest::{PlannedRound, PoolPlace, ProposedChange},
};
use leptos::prelude::*;

const FIELDS: &[(&str, &str)] = &[
    ("opens_at", "Giờ mở"),
    ("closes_at", "Giờ đóng"),
    ("expected_at", "Ngày dự kiến"),
    ("unit", "Đơn vị"),
    ("headcount", "Số người"),
    ("leaving", "Câu hỏi bỏ ra"),
    ("by", "Câu hỏi thay vào"),
    ("reason", "Lý do"),
    ("what", "Thay đổi"),
];

/// The page; `?loai=` says which change is being proposed.
pub fn view() -> AnyView {
    let (engine, caller, round, kind) = (engine(), caller(), param_id::<RoundId>("round"), query("loai"));
    page(async move {
        let caller = caller?;
        let seen = engine.plan_round(&caller, round?).await?;
        let changes = engine.changes_of(&caller, seen.round.id).await?;
        let tree = engine.unit_tree().await?;
        let frozen = seen.round.state.is_frozen();
        let proposing = if !frozen {
            view! { <Notice kind="info"><p>"Đợt thi chưa chốt: cứ sửa trực tiếp ở các thẻ bên."</p></Notice> }.into_any()
        } else if ChangeForm::KINDS.iter().any(|(code, _)| *code == kind) {
            form(&engine, &caller, &seen, (&kind, &tree)).await?
        } else {
            chooser(seen.round.id)
        };
        let work = view! {
            {round_head(&seen.contest, &seen.round)}
            {proposing}
            <h2>"Các thay đổi"</h2>
            {if changes.is_empty() { view! { <Empty title="Chưa có thay đổi nào"/> }.into_any() } else { listed(&changes, &tree) }}
        };
        Ok(admin_frame(&caller, work))
    })
}

fn chooser(round: RoundId) -> AnyView {
    let base = round_address(round);
    let links = ChangeForm::KINDS
        .iter()
        .map(|(code, words)| view! { <li><a href=format!("{base}/thay-doi?loai={code}")>{*words}</a></li> })
        .collect_view();
    view! {
        <h2>"Đề nghị thay đổi"</h2>
        <p>"Mỗi thay đổi cần lý do, có hiệu lực khi người thứ hai đồng ý và hiện công khai trên trang cuộc thi."</p>
        <ul>{links}</ul>
    }
    .into_any()
}

async fn form(engine: &Engine, caller: &Caller, seen: &PlannedRound, (kind, tree): (&str, &UnitTree)) -> engine::Result<AnyView> {
    let settings = &seen.round.settings;
    let fields = match kind {
        "shift_window" => view! {
            <TextField name="opens_at" label="Giờ mở mới" value=settings.window.opens.short()/>
            <TextField name="closes_at" label="Giờ đóng mới" value=settings.window.closes.short()/>
        }
        .into_any(),
        "extend_close" => view! { <TextField name="closes_at" label="Giờ đóng mới" value=settings.window.closes.short() hint="Phải sau giờ đóng hiện nay; viết được 24 giờ 00."/> }.into_any(),
        "expect_results" => view! { <TextField name="expected_at" label="Ngày dự kiến công bố" hint="Ngày/tháng/năm." width="medium"/> }.into_any(),
        "correct_headcount" => {
            let units = tree.units().iter().filter(|unit| unit.block != Block::None).map(|unit| (unit.id.to_string(), unit.name.clone())).collect();
            view! {
                <Select name="unit" label="Đơn vị" options=units/>
                <TextField name="headcount" label="Số CBCCVC và người lao động đúng" inputmode="numeric" width="medium" hint="Để trống: chưa có số liệu."/>
            }
            .into_any()
        }
        "return_to_draft" => view! { <p>"Bộ câu hỏi và số liệu đã chốt được bỏ; sau khi sửa, đợt thi được chốt và công bố lại. Thông báo và lý do vẫn hiện trên trang cuộc thi."</p> }.into_any(),
        "call_off" => view! { <p>"Đợt thi không diễn ra nữa và không mở lại được; tên đợt thi và lý do vẫn hiện trên trang cuộc thi."</p> }.into_any(),
        _ => {
            let leaving = engine.pool_of(caller, seen.round.id).await?;
            let coming = engine.spare_questions(caller, seen.round.id).await?;
            let leaving = leaving.iter().map(|place| (format!("{}/{}", place.division, place.question), called(seen, place))).collect();
            let coming = coming.iter().map(|place| (place.question.to_string(), called(seen, place))).collect();
            view! {
                <Select name="leaving" label="Câu hỏi bỏ ra" options=leaving/>
                <Select name="by" label="Câu hỏi thay vào" options=coming hint="Cùng chủ đề và mức độ, đã duyệt, chưa có trong bộ câu hỏi."/>
            }
            .into_any()
        }
    };
    let title = ChangeForm::KINDS.iter().find(|(code, _)| *code == kind).map_or("", |(_, words)| *words);
    let back = format!("{}/thay-doi", round_address(seen.round.id));
    Ok(view! {
        <form method="post" class="narrow">
            <h2>{title}</h2>
            <FormErrors fields=FIELDS.to_vec()/>
            <Hidden name="what" value=kind.to_owned()/>
            {fields}
            <TextField name="reason" label="Lý do" hint="Hiện công khai cùng thay đổi; ít nhất 10 ký tự."/>
            <p class="actions"><button name="deed" value="propose">"Gửi người thứ hai quyết định"</button> " " <a class="button quiet" href=back>"Thôi"</a></p>
        </form>
    }
    .into_any())
}

/// "CCHC-012 (Người dân, Một cửa, vận dụng)".
fn called(seen: &PlannedRound, place: &PoolPlace) -> String {
    let cell = seen
        .divisions
        .iter()
        .find(|division| division.id == place.division)
        .and_then(|division| division.rules.blueprint.cells.get(place.cell));
    let cell = cell.map_or_else(String::new, |cell| {
        let topic = seen.topics.iter().find(|topic| topic.id == cell.topic).map_or("", |topic| topic.name.as_str());
        format!(", {topic}, {}", cell.difficulty.label().to_lowercase())
    });
    format!("{} ({}{cell})", place.code, place.audience.label())
}

fn listed(changes: &[ProposedChange], tree: &UnitTree) -> AnyView {
    let lines = changes.iter().map(|change| line(change, tree)).collect_view();
    view! { <ol class="history">{lines}</ol> }.into_any()
}

fn line(change: &ProposedChange, tree: &UnitTree) -> AnyView {
    let unit = match &change.what {
        RoundChange::CorrectHeadcount { unit, .. } => Some(tree.name(Some(*unit)).to_owned()),
        _ => None,
    };
    let tone = match change.state {
        ChangeState::Proposed => "warn",
        ChangeState::Done => "good",
        ChangeState::Declined => "neutral",
    };
    let decided = change.decided_at.map(|at| {
        view! { <p class="meta">{format!("{} quyết định lúc ", change.decider.clone().unwrap_or_default())} <Moment at=at/></p> }
    });
    let agree = (!change.own).then(|| view! { <button name="deed" value="agree" class="small">"Đồng ý"</button> " " });
    let decide = (change.state == ChangeState::Proposed).then(|| {
        let word = if change.own { "Rút đề nghị" } else { "Không đồng ý" };
        view! {
            <form method="post">
                <Hidden name="change" value=change.id.to_string()/>
                <p class="actions">{agree} <button name="deed" value="decline" class="secondary small">{word}</button></p>
            </form>
        }
    });
    view! {
        <li>
            <p><b>{change.what.words(unit.as_deref())}</b> " " <Badge tone=tone text=change.state.label()/></p>
            <p>{format!("Lý do: {}", change.reason)}</p>
            <p class="meta">{format!("{} đề nghị lúc ", change.proposer)} <Moment at=change.proposed_at/></p>
            {decided}
            {decide}
        </li>
    }
    .into_any()
}

/// Proposes a change, or decides one.
pub fn act(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let caller = ask.caller()?;
        let round = ask.param_id::<RoundId>("round")?;
        let deed = ask.form.text("deed");
        if matches!(deed, "agree" | "decline") {
            let change: ChangeId = ask.form.text("change").parse().map_err(|_| Refusal::NotFound)?;
            ask.engine.decide_change(&caller, change, deed == "agree").await?;
        } else {
            let reason = ask.form.text("reason");
            let change = typed(&ask).read().map_err(|mut refused| {
                if reason.chars().count() < 10 {
                    refused.push((Field::named("reason"), Refusal::ReasonNeeded));
                }
                Stop::AtFields(refused)
            })?;
            ask.engine.propose_change(&caller, round, &change, reason).await?;
        }
        Ok(Answer::go(format!("{}/thay-doi", round_address(round))))
    })
}

fn typed(ask: &Ask) -> ChangeForm {
    let text = |name| ask.form.text(name).to_owned();
    ChangeForm {
        what: text("what"),
        opens_at: text("opens_at"),
        closes_at: text("closes_at"),
        expected_at: text("expected_at"),
        unit: text("unit"),
        headcount: text("headcount"),
        leaving: text("leaving"),
        by: text("by"),
    }
}
