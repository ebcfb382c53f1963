//! One division: time, matrix with what the bank holds, prediction.

use super::tabs::{offered, round_address, round_head};
use crate::{
    door::{Answer, Ask, Doing},
    page::{caller, engine, page, param, param_id},
    parts::{Check, FormErrors, Notice, Select, TextArea, TextField, admin_frame},
    submitted::{submitted, typed_or},
};
use domain::{
    Refusal,
    bank::Difficulty,
    contest::{BlankPrediction, DivisionForm, PredictionTarget, RoundState, cell_field, points_field},
    id::{RoundId, TopicId},
    identity::Audience,
};
use engine::{bank::BankCoverage, contest::PlannedRound};
use leptos::prelude::*;

const FIELDS: &[(&str, &str)] = &[
    ("minutes", "Thời gian làm bài"),
    ("tag", "Nhãn"),
    ("counts", "Ma trận đề"),
    ("question", "Câu hỏi dự đoán"),
    ("target", "Dự đoán"),
    ("decimals", "Số chữ số sau dấu phẩy"),
    ("blank", "Khi để trống"),
];

/// The page.
pub fn view() -> AnyView {
    let (engine, caller, round, audience) = (engine(), caller(), param_id::<RoundId>("round"), Audience::from_code(&param("bang")));
    page(async move {
        let (caller, audience) = (caller?, audience.ok_or(Refusal::NotFound)?);
        let seen = engine.plan_round(&caller, round?).await?;
        let division = seen.divisions.iter().find(|division| division.audience == audience);
        let matrix = engine.bank_for_round(&caller, seen.round.id).await?;
        let stored = division.map_or_else(
            || DivisionForm { minutes: "20".to_owned(), ..DivisionForm::default() },
            |division| DivisionForm::of(&division.rules),
        );
        let draft = seen.round.state == RoundState::Draft;
        let frozen = (!draft).then(|| view! { <Notice kind="info"><p>{Refusal::Frozen.words()}</p></Notice> });
        let work = view! {
            {round_head(&seen.contest, &seen.round)}
            <h2>{format!("Bảng {}", audience.label())}</h2>
            {frozen}
            {form(&seen, &stored, &matrix, (draft, division.is_some()))}
        };
        Ok(admin_frame(&caller, work))
    })
}

fn form(seen: &PlannedRound, stored: &DivisionForm, matrix: &BankCoverage, (draft, known): (bool, bool)) -> AnyView {
    let preview = format!("{}/xem-thu", round_address(seen.round.id));
    let actions = draft.then(|| {
        view! {
            <p class="actions">
                <button name="deed" value="save">"Lưu bảng thi"</button>
                " "
                {known.then(|| view! { <button name="deed" value="remove" class="danger">"Bỏ bảng này"</button> " " <a class="button quiet" href=preview>"Xem thử đề"</a> })}
            </p>
        }
    });
    view! {
        <form method="post">
            <FormErrors fields=FIELDS.to_vec()/>
            <fieldset class="held" disabled=!draft>
                <div class="fields">
                    <TextField name="minutes" label="Thời gian làm bài" value=stored.minutes.clone() inputmode="numeric" unit="phút" width="short"/>
                    <TextField name="tag" label="Chỉ lấy câu hỏi có nhãn" value=stored.tag.clone() hint="Để trống thì lấy mọi câu hỏi đã duyệt." optional=true/>
                </div>
            </fieldset>
            {table(stored, matrix, draft)}
            <fieldset class="held" disabled=!draft>
                <fieldset>
                    <legend>"Câu hỏi dự đoán"</legend>
                    <Check name="predicts" label="Có câu hỏi dự đoán" hint="Là thẻ cuối của bài, không tính vào số câu hỏi." ticked=stored.predicts/>
                    <TextArea name="question" label="Câu hỏi" value=stored.question.clone() hint="Cần khi có câu hỏi dự đoán." rows=2/>
                    <div class="fields">
                        <Select name="target" label="So với" options=offered!(PredictionTarget) value=stored.target.clone()/>
                        <TextField name="decimals" label="Số chữ số sau dấu phẩy" value=stored.decimals.clone() inputmode="numeric" width="short" hint="Chỉ với tỷ lệ phần trăm: 0 đến 6."/>
                        <Select name="blank" label="Khi để trống" options=offered!(BlankPrediction) value=stored.blank.clone()/>
                    </div>
                </fieldset>
            </fieldset>
            {actions}
        </form>
    }
    .into_any()
}

/// The matrix: a row for each topic, a column for each level, and what the bank holds below each cell.
///
/// Its fields are disabled one by one: in a disabled fieldset nobody could reach, by keyboard, what of it is out of view.
fn table(stored: &DivisionForm, matrix: &BankCoverage, draft: bool) -> AnyView {
    let heads = Difficulty::ALL.iter().map(|level| view! { <th scope="col">{level.label()}</th> }).collect_view();
    let points = Difficulty::ALL
        .iter()
        .map(|level| {
            let kept = stored.points.iter().find(|(known, _)| known == level).map_or("1", |(_, points)| points.as_str());
            let label = format!("Điểm mỗi câu mức {}", level.label());
            number_cell(points_field(*level).0.into_owned(), label, (kept.to_owned(), draft), String::new())
        })
        .collect_view();
    let rows = matrix
        .topics()
        .iter()
        .map(|topic| {
            let cells = Difficulty::ALL
                .iter()
                .map(|level| {
                    let kept = stored
                        .counts
                        .iter()
                        .find(|(id, known, _)| *id == topic.id && known == level)
                        .map_or("", |(_, _, count)| count.as_str());
                    let label = format!("{}, mức {}", topic.name, level.label());
                    number_cell(
                        cell_field(topic.id, *level).0.into_owned(),
                        label,
                        (kept.to_owned(), draft),
                        format!("có {}", matrix.count(topic.id, *level)),
                    )
                })
                .collect_view();
            view! { <tr><th scope="row">{topic.label()}</th>{cells}</tr> }
        })
        .collect_view();
    view! {
        <figure class="table" tabindex="0" aria-labelledby="counts">
            <table class="matrix">
                <caption id="counts">"Ma trận đề: số câu rút theo chủ đề và mức độ"</caption>
                <thead><tr><th scope="col">"Chủ đề"</th>{heads}</tr></thead>
                <tbody>
                    {rows}
                    <tr><th scope="row">"Điểm mỗi câu"</th>{points}</tr>
                </tbody>
            </table>
            <figcaption>"“có” là số câu hỏi đã duyệt, còn hiệu lực khi đợt mở. Câu hỏi của chủ đề con chỉ tính cho ô gần nhất."</figcaption>
        </figure>
    }
    .into_any()
}

fn number_cell(name: String, label: String, (kept, draft): (String, bool), below: String) -> AnyView {
    let value = typed_or(&name, kept);
    let refusal = submitted().and_then(|form| form.refusal(&name));
    let wrong = refusal.map(|_| "true");
    view! {
        <td aria-invalid=wrong>
            <input type="text" inputmode="numeric" id=name.clone() name=name aria-label=label aria-invalid=wrong disabled=!draft value=value/>
            {refusal.map(|refusal| view! { <p class="error">{refusal.words()}</p> })}
            {(!below.is_empty()).then(|| view! { <small>{below}</small> })}
        </td>
    }
    .into_any()
}

fn typed(ask: &Ask) -> DivisionForm {
    let text = |name| ask.form.text(name).to_owned();
    // `cell-{topic}-{level}`: a topic's id has hyphens, a level has none.
    let cell = |name: &str, value: &str| {
        let (topic, level) = name.strip_prefix("cell-")?.rsplit_once('-')?;
        Some((topic.parse::<TopicId>().ok()?, Difficulty::from_code(level)?, value.to_owned()))
    };
    let points = |name: &str, value: &str| Some((Difficulty::from_code(name.strip_prefix("points-")?)?, value.to_owned()));
    DivisionForm {
        minutes: text("minutes"),
        tag: text("tag"),
        counts: ask.form.values.iter().filter_map(|(name, value)| cell(name, value)).collect(),
        points: ask.form.values.iter().filter_map(|(name, value)| points(name, value)).collect(),
        predicts: ask.form.ticked("predicts"),
        question: ask.form.raw("question").to_owned(),
        target: text("target"),
        decimals: text("decimals"),
        blank: text("blank"),
    }
}

/// Saves or removes the division.
pub fn act(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let caller = ask.caller()?;
        let round = ask.param_id::<RoundId>("round")?;
        let audience = Audience::from_code(ask.param("bang")).ok_or(Refusal::NotFound)?;
        let base = round_address(round);
        if ask.form.text("deed") == "remove" {
            ask.engine.remove_division(&caller, round, audience).await?;
            return Ok(Answer::go(format!("{base}/bang-thi")));
        }
        ask.engine.edit_division(&caller, round, audience, &typed(&ask)).await?;
        Ok(Answer::go(base))
    })
}
