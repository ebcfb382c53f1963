//! A round's settings: adding one, changing a draft.

use super::tabs::{contest_head, offered, round_address, round_head};
use crate::{
    door::{Answer, Ask, Doing},
    page::{caller, engine, page, param, param_id},
    parts::{Check, Choices, FormErrors, Hidden, Notice, Select, TextField, admin_frame},
};
use domain::{
    Refusal,
    contest::{AfterHandIn, Counts, LateStart, RankingKey, RoundForm, RoundRules, RoundSettings, RoundState, UnitRule, Window},
    id::RoundId,
};
use leptos::prelude::*;

const FIELDS: &[(&str, &str)] = &[
    ("label", "Tên đợt"),
    ("opens_at", "Giờ mở"),
    ("closes_at", "Giờ đóng"),
    ("results_expected", "Dự kiến công bố"),
    ("headcount_as_of", "Ngày chốt số người"),
    ("policy", "Số lượt"),
    ("times", "Số lượt"),
    ("counts", "Lượt được tính"),
    ("late_start", "Bắt đầu gần giờ đóng"),
    ("after_hand_in", "Sau khi nộp bài"),
    ("ranking0", "Tiêu chí 1"),
    ("ranking1", "Tiêu chí 2"),
    ("ranking2", "Tiêu chí 3"),
    ("ranking3", "Tiêu chí 4"),
    ("ranking4", "Tiêu chí 5"),
    ("unit_rule", "Xếp hạng tập thể"),
    ("unit_minimum", "Số người tối thiểu"),
    ("public_places", "Số hạng công khai"),
];

/// How many keys a chain may have.
const KEYS: usize = RankingKey::ALL.len();
const POLICIES: &[(&str, &str)] =
    &[("once", "Một lượt"), ("per_round", "Nhiều lượt trong cả đợt"), ("per_day", "Nhiều lượt mỗi ngày"), ("unlimited", "Không giới hạn")];

/// A new round.
pub fn begin() -> AnyView {
    let (engine, caller, slug) = (engine(), caller(), param("slug"));
    page(async move {
        let caller = caller?;
        let contest = engine.contest(&caller, &slug).await?;
        let window = Window { opens: engine.now(), closes: engine.now() };
        let usual = RoundSettings {
            label: format!("Tuần {}", contest.rounds.len() + 1),
            window,
            results_expected: None,
            headcount_as_of: None,
            rules: RoundRules::usual(),
        };
        let usual = RoundForm { opens_at: String::new(), closes_at: String::new(), ..RoundForm::of(&usual) };
        let work = view! {
            {contest_head(&contest)}
            <h2>"Thêm đợt thi"</h2>
            {form(&usual, 0, "Thêm đợt thi")}
        };
        Ok(admin_frame(&caller, work))
    })
}

/// The settings of a round.
pub fn view() -> AnyView {
    let (engine, caller, round) = (engine(), caller(), param_id::<RoundId>("round"));
    page(async move {
        let caller = caller?;
        let seen = engine.plan_round(&caller, round?).await?;
        let round = &seen.round;
        let body = if round.state == RoundState::Draft {
            form(&RoundForm::of(&round.settings), round.revision, "Lưu thiết lập")
        } else {
            frozen(&round.settings)
        };
        let work = view! { {round_head(&seen.contest, round)} {body} };
        Ok(admin_frame(&caller, work))
    })
}

/// The settings of a frozen round, to be read.
fn frozen(settings: &RoundSettings) -> AnyView {
    let rules = &settings.rules;
    let facts = [
        ("Mở", settings.window.opens.short()),
        ("Đóng", settings.window.closes.short()),
        ("Lượt dự thi", rules.attempts_words()),
        ("Bắt đầu gần giờ đóng", rules.late_start.label().to_owned()),
        ("Sau khi nộp bài", rules.after_hand_in.label().to_owned()),
        ("Xếp hạng cá nhân", rules.ranking_words()),
        ("Xếp hạng tập thể", rules.units_words()),
    ];
    let facts = facts.into_iter().map(|(name, words)| view! { <div><dt>{name}</dt><dd>{words}</dd></div> }).collect_view();
    view! {
        <Notice kind="info"><p>{Refusal::Frozen.words()}</p></Notice>
        <dl class="facts">{facts}</dl>
    }
    .into_any()
}

fn ranking_fields(typed: &RoundForm) -> impl IntoView + use<> {
    let options: Vec<(String, String)> = std::iter::once((String::new(), "–".to_owned()))
        .chain(RankingKey::ALL.iter().map(|key| (key.code().to_owned(), key.better().to_owned())))
        .collect();
    (0..KEYS)
        .map(|i| {
            let value = typed.ranking.get(i).cloned().unwrap_or_default();
            view! { <Select name=format!("ranking{i}") label=format!("Tiêu chí {}", i + 1) options=options.clone() value=value/> }
        })
        .collect_view()
}

fn form(typed: &RoundForm, revision: i64, button: &'static str) -> AnyView {
    let policies = POLICIES.iter().map(|(code, words)| ((*code).to_owned(), (*words).to_owned())).collect();
    let late = offered!(LateStart).into_iter().map(|(code, words)| (code, words, String::new())).collect();
    let after = offered!(AfterHandIn).into_iter().map(|(code, words)| (code, words, String::new())).collect();
    view! {
        <form method="post" class="narrow">
            <FormErrors fields=FIELDS.to_vec()/>
            <Hidden name="revision" value=revision.to_string()/>
            <TextField name="label" label="Tên đợt" value=typed.label.clone() hint="Ví dụ: Tuần 1, Kỳ 1, Vòng 1." width="medium"/>
            <fieldset>
                <legend>"Thời gian (giờ Việt Nam)"</legend>
                <div class="fields">
                    <TextField name="opens_at" label="Giờ mở" value=typed.opens_at.clone() hint="Ví dụ: 08 giờ 00 ngày 01/12/2026."/>
                    <TextField name="closes_at" label="Giờ đóng" value=typed.closes_at.clone() hint="Viết được 24 giờ 00 ngày 07/12/2026."/>
                </div>
                <div class="fields">
                    <TextField name="results_expected" label="Dự kiến công bố kết quả" value=typed.results_expected.clone() hint="Ngày/tháng/năm." optional=true/>
                    <TextField name="headcount_as_of" label="Số CBCCVC và người lao động chốt đến ngày" value=typed.headcount_as_of.clone() hint="Cần khi có bảng CBCCVC." optional=true/>
                </div>
            </fieldset>
            <fieldset>
                <legend>"Lượt dự thi"</legend>
                <div class="fields">
                    <Select name="policy" label="Số lượt" options=policies value=typed.policy.clone()/>
                    <TextField name="times" label="Mấy lượt" value=typed.times.clone() inputmode="numeric" width="short" hint="Khi chọn nhiều lượt."/>
                </div>
                <Select name="counts" label="Lượt được tính" options=offered!(Counts) value=typed.counts.clone()/>
                <Choices name="late_start" legend="Bắt đầu gần giờ đóng" options=late value=typed.late_start.clone()/>
                <Choices name="after_hand_in" legend="Sau khi nộp bài, người dự thi thấy" options=after value=typed.after_hand_in.clone()/>
                <Check name="shuffle_questions" label="Xáo trộn thứ tự câu hỏi" ticked=typed.shuffle_questions/>
                <Check name="shuffle_options" label="Xáo trộn thứ tự phương án" hint="Phương án đã ghim vẫn đứng cuối." ticked=typed.shuffle_options/>
            </fieldset>
            <fieldset>
                <legend>"Xếp hạng cá nhân"</legend>
                <p class="hint">"So sánh lần lượt từ tiêu chí 1. Bằng nhau ở mọi tiêu chí thì cùng hạng."</p>
                {ranking_fields(typed)}
                <TextField name="public_places" label="Công khai thêm bao nhiêu hạng ngoài người đạt giải" value=typed.public_places.clone() inputmode="numeric" width="short"/>
            </fieldset>
            <fieldset>
                <legend>"Xếp hạng tập thể"</legend>
                <Select name="unit_rule" label="Thứ tự trong từng khối" options=offered!(UnitRule) value=typed.unit_rule.clone()/>
                <TextField name="unit_minimum" label="Số người dự thi tối thiểu để được xếp hạng" value=typed.unit_minimum.clone() inputmode="numeric" width="short"/>
                <Check name="lowest_units_public" label="Công khai cả các đơn vị xếp cuối" ticked=typed.lowest_units_public/>
                <Check name="live_board" label="Bảng điểm trực tiếp khi đợt đang mở" hint="Không dùng được khi có câu hỏi dự đoán." ticked=typed.live_board/>
            </fieldset>
            <p class="actions"><button>{button}</button></p>
        </form>
    }
    .into_any()
}

fn typed(ask: &Ask) -> RoundForm {
    let text = |name: &str| ask.form.text(name).to_owned();
    RoundForm {
        label: text("label"),
        opens_at: text("opens_at"),
        closes_at: text("closes_at"),
        results_expected: text("results_expected"),
        headcount_as_of: text("headcount_as_of"),
        policy: text("policy"),
        times: text("times"),
        counts: text("counts"),
        late_start: text("late_start"),
        after_hand_in: text("after_hand_in"),
        ranking: (0..KEYS).map(|i| text(&format!("ranking{i}"))).collect(),
        unit_rule: text("unit_rule"),
        unit_minimum: text("unit_minimum"),
        shuffle_questions: ask.form.ticked("shuffle_questions"),
        shuffle_options: ask.form.ticked("shuffle_options"),
        live_board: ask.form.ticked("live_board"),
        public_places: text("public_places"),
        lowest_units_public: ask.form.ticked("lowest_units_public"),
    }
}

/// Adds a round.
pub fn add(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let caller = ask.caller()?;
        let contest = ask.engine.contest(&caller, ask.param("slug")).await?;
        let round = ask.engine.add_round(&caller, contest.id, &typed(&ask)).await?;
        Ok(Answer::go(format!("{}/bang-thi", round_address(round))))
    })
}

/// Changes a draft.
pub fn save(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let caller = ask.caller()?;
        let round = ask.param_id::<RoundId>("round")?;
        let revision = ask.form.text("revision").parse().unwrap_or(0);
        ask.engine.edit_round(&caller, round, revision, &typed(&ask)).await?;
        Ok(Answer::go(round_address(round)))
    })
}
