//! A round's first page: its life, its checklist, freezing it, copying it.

use super::tabs::{contest_address, round_address, round_head, step_address};
use crate::{
    door::{Answer, Ask, Doing},
    page::{caller, engine, page, param_id},
    parts::{FormErrors, Notice, admin_frame},
};
use domain::{
    Refusal,
    contest::{Lack, RoundState},
    id::RoundId,
};
use engine::contest::PlannedRound;
use leptos::prelude::*;

/// The life of a round, as a path.
const PATH: &[(RoundState, &str)] = &[
    (RoundState::Draft, "Soạn"),
    (RoundState::Waiting, "Chốt, chờ mở"),
    (RoundState::Open, "Mở"),
    (RoundState::Closed, "Đóng"),
    (RoundState::Review, "Rà soát"),
    (RoundState::Ranked, "Xếp hạng, xác minh"),
    (RoundState::Submitted, "Trình duyệt"),
    (RoundState::Published, "Công bố"),
];

/// The page.
pub fn view() -> AnyView {
    let (engine, caller, round) = (engine(), caller(), param_id::<RoundId>("round"));
    page(async move {
        let caller = caller?;
        let seen = engine.plan_round(&caller, round?).await?;
        let state = seen.round.state;
        let (here, step) = (round_address(seen.round.id), step_address(seen.round.id, state));
        let leads = if state == RoundState::Open { "Theo dõi đợt đang mở" } else { "Rà soát, xếp hạng, công bố" };
        let steps = match state {
            RoundState::Draft => draft(&seen),
            RoundState::Waiting => waiting(seen.round.id),
            _ => ().into_any(),
        };
        let work = view! {
            {round_head(&seen.contest, &seen.round)}
            {life(state)}
            <p><b>"Bước tiếp theo: "</b> {state.next_step().label()}</p>
            {(step != here).then(|| view! { <p class="actions"><a class="button" href=step>{leads}</a></p> })}
            <FormErrors fields=vec![]/>
            {steps}
            {facts(&seen)}
            <form method="post">
                <p class="actions"><button name="deed" value="copy" class="secondary">"Chép thành đợt tiếp theo"</button></p>
            </form>
        };
        Ok(admin_frame(&caller, work))
    })
}

fn life(state: RoundState) -> AnyView {
    if state == RoundState::Cancelled {
        return view! { <Notice kind="warning"><p>"Đợt thi đã hủy trước khi mở."</p></Notice> }.into_any();
    }
    let steps = PATH
        .iter()
        .map(|(step, name)| {
            let (done, current) = ((*step < state).then_some("done"), (*step == state).then_some("step"));
            view! { <li data-state=done aria-current=current>{*name}</li> }
        })
        .collect_view();
    view! { <ol class="path">{steps}</ol> }.into_any()
}

/// What should be thought of before a draft freezes, its checklist, and the button that freezes it.
fn draft(seen: &PlannedRound) -> AnyView {
    let cautions: Vec<_> = seen
        .cautions
        .iter()
        .map(|caution| {
            let words = caution.words();
            view! { <Notice kind="warning"><p>{words}</p></Notice> }
        })
        .collect();
    view! { {cautions} {checklist(seen)} }.into_any()
}

fn checklist(seen: &PlannedRound) -> AnyView {
    let base = round_address(seen.round.id);
    let contest = contest_address(&seen.contest.settings.slug);
    if seen.lacks.is_empty() {
        return view! {
            <ul class="checklist"><li data-state="done">"Đủ điều kiện để chốt: thể lệ, thời gian, bảng thi, ma trận đề, giải thưởng."</li></ul>
            <Notice kind="warning">
                <p>"Khi chốt, cấu hình, bộ câu hỏi và số CBCCVC của các đơn vị được giữ cố định. Thay đổi về sau cần lý do, người thứ hai đồng ý và được công khai."</p>
            </Notice>
            <form method="post">
                <p class="actions">
                    <button name="deed" value="schedule">"Chốt và lên lịch"</button>
                    " "
                    <button name="deed" value="remove" class="danger">"Xóa bản soạn"</button>
                </p>
            </form>
        }
        .into_any();
    }
    let lines = seen
        .lacks
        .iter()
        .map(|lack| {
            let (words, state, address) =
                (lack.words(), if matches!(lack, Lack::Uncovered { .. }) { "blocked" } else { "todo" }, place(lack, &base, &contest));
            view! { <li data-state=state>"Còn thiếu: " {words} " " <a href=address>"Đến chỗ sửa"</a></li> }
        })
        .collect_view();
    view! {
        <h2>"Còn thiếu để chốt"</h2>
        <ul class="checklist">{lines}</ul>
        <form method="post"><p class="actions"><button name="deed" value="remove" class="danger">"Xóa bản soạn"</button></p></form>
    }
    .into_any()
}

/// Where a lack is mended.
fn place(lack: &Lack, base: &str, contest: &str) -> String {
    match lack {
        Lack::ContestNotAnnounced => contest.to_owned(),
        Lack::NoRules => format!("{contest}/the-le"),
        Lack::NoHelpLine => format!("{contest}/thong-tin"),
        Lack::OpensInPast | Lack::ClosesTooEarly | Lack::NoHeadcountDay | Lack::LiveBoardWithPrediction => format!("{base}/thiet-lap"),
        Lack::NoDivision => format!("{base}/bang-thi"),
        Lack::EmptyBlueprint(audience)
        | Lack::Uncovered { audience, .. }
        | Lack::LongerThanWindow(audience)
        | Lack::PredictionNotAsked(audience)
        | Lack::PredictionNotUsed(audience) => format!("{base}/bang-thi/{}", audience.code()),
        Lack::PrizeWithoutDivision(_) => format!("{base}/giai-thuong"),
        Lack::Barred(_) => format!("{contest}/khong-du-thi"),
    }
}

/// What may be done with a frozen round before it opens: with a second person, and in public.
fn waiting(round: RoundId) -> AnyView {
    let base = round_address(round);
    view! {
        <p>
            "Trước giờ mở, đợt thi còn có thể được "
            <a href=format!("{base}/thay-doi?loai=return_to_draft")>"đưa về bản soạn"</a>
            " hoặc "
            <a href=format!("{base}/thay-doi?loai=call_off")>"hủy"</a>
            ", khi người thứ hai đồng ý; lý do hiện công khai."
        </p>
    }
    .into_any()
}

fn facts(seen: &PlannedRound) -> AnyView {
    let settings = &seen.round.settings;
    let divisions = seen
        .divisions
        .iter()
        .map(|division| {
            let rules = &division.rules;
            let prediction = if rules.prediction.is_some() { ", có câu hỏi dự đoán" } else { "" };
            format!("{}: {} câu, {} phút{prediction}", division.audience.label(), rules.blueprint.questions(), rules.duration.0 / 60_000)
        })
        .collect::<Vec<_>>()
        .join("; ");
    let facts = [
        ("Mở", settings.window.opens.short()),
        ("Đóng", settings.window.closes.short()),
        ("Bảng thi", divisions),
        ("Lượt dự thi", settings.rules.attempts_words()),
        ("Xếp hạng", settings.rules.ranking_words()),
    ];
    let facts = facts
        .into_iter()
        .filter(|(_, words)| !words.is_empty())
        .map(|(name, words)| view! { <div><dt>{name}</dt><dd>{words}</dd></div> })
        .collect_view();
    view! { <dl class="facts">{facts}</dl> }.into_any()
}

/// Freezes, copies or removes.
pub fn act(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let caller = ask.caller()?;
        let round = ask.param_id::<RoundId>("round")?;
        match ask.form.text("deed") {
            "schedule" => ask.engine.schedule_round(&caller, round).await?,
            "copy" => return Ok(Answer::go(round_address(ask.engine.copy_round(&caller, round).await?))),
            "remove" => {
                let contest = ask.engine.plan_round(&caller, round).await?.contest;
                ask.engine.remove_round(&caller, round).await?;
                return Ok(Answer::go(contest_address(&contest.settings.slug)));
            }
            _ => return Err(Refusal::NotOffered.into()),
        }
        Ok(Answer::go(round_address(round)))
    })
}
