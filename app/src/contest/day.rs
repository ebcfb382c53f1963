//! "Trong giờ thi": pausing a round at once, and what two people decide while it is on.

use super::{
    changes::{decide, listed},
    tabs::{round_address, round_head},
};
use crate::{
    door::{Answer, Ask, Doing},
    page::{caller, engine, page, param_id, query},
    parts::{Empty, FormErrors, Hidden, Moment, Notice, Select, Table, TextField, admin_frame},
};
use domain::{
    Refusal, Timestamp,
    contest::{Counts, GrantForm, RoundState},
    id::RoundId,
    identity::UnitTree,
};
use engine::{
    Engine,
    contest::{PastPause, PlannedRound, Round},
};
use leptos::prelude::*;

const FIELDS: &[(&str, &str)] = &[
    ("person", "Người dự thi"),
    ("unit", "Đơn vị"),
    ("minutes", "Số phút"),
    ("until", "Bắt đầu trước"),
    ("count", "Số lượt"),
    ("reason", "Lý do"),
    ("what", "Loại đề nghị"),
];

/// The page; `?loai=` says which grant is being proposed.
pub fn view() -> AnyView {
    let (engine, caller, round, kind) = (engine(), caller(), param_id::<RoundId>("round"), query("loai"));
    page(async move {
        let caller = caller?;
        let seen = engine.plan_round(&caller, round?).await?;
        let round = &seen.round;
        let changes = engine.changes_of(&caller, round.id).await?;
        let pauses = engine.pauses_of(&caller, round.id).await?;
        let tree = engine.unit_tree().await?;
        let changes: Vec<_> = changes.into_iter().filter(|change| change.what.is_of_the_day()).collect();
        let deed = match GrantForm::KINDS.iter().find(|(code, _)| *code == kind) {
            Some(named) => grant(&seen, *named, (&tree, &engine)),
            None => now(round),
        };
        let work = view! {
            {round_head(&seen.contest, round)}
            {deed}
            <h2>"Các đề nghị"</h2>
            {if changes.is_empty() { view! { <Empty title="Chưa có đề nghị nào"/> }.into_any() } else { listed(&changes, &tree) }}
            {(!pauses.is_empty()).then(|| paused(&pauses))}
        };
        Ok(admin_frame(&caller, work))
    })
}

/// What may be done in this state: pause or resume, and propose grants.
fn now(round: &Round) -> AnyView {
    match round.state {
        RoundState::Waiting => {
            view! { <p>"Đợt thi chưa mở. Có thể đề nghị trước: bù giờ, cho bắt đầu muộn, thêm lượt."</p> {chooser(round.id)} }.into_any()
        }
        RoundState::Open | RoundState::Closed => {
            let first = round.pause.since.map_or_else(pause, resume);
            view! { {first} {chooser(round.id)} }.into_any()
        }
        _ => view! { <Notice kind="info"><p>"Trang này dùng khi đợt thi đã chốt và chưa rà soát."</p></Notice> }.into_any(),
    }
}

fn pause() -> AnyView {
    view! {
        <form method="post" class="narrow">
            <h2>"Tạm dừng đợt thi"</h2>
            <p>"Có hiệu lực ngay: không ai bắt đầu được, mọi bài đang làm được khóa và giữ nguyên thời gian còn lại. Muốn tiếp tục cần người thứ hai đồng ý."</p>
            <FormErrors fields=FIELDS.to_vec()/>
            <TextField name="reason" label="Lý do" hint="Ít nhất 10 ký tự; ghi vào nhật ký."/>
            <p class="actions"><button name="deed" value="pause" class="danger">"Tạm dừng ngay"</button></p>
        </form>
    }
    .into_any()
}

fn resume(since: Timestamp) -> AnyView {
    view! {
        <Notice kind="warning"><p>"Đợt thi đang tạm dừng từ " <Moment at=since/> "."</p></Notice>
        <form method="post" class="narrow">
            <h2>"Đề nghị tiếp tục đợt thi"</h2>
            <p>"Khi người thứ hai đồng ý, giờ đóng và thời gian của mọi bài đang làm được lùi đúng bằng thời gian tạm dừng."</p>
            <FormErrors fields=FIELDS.to_vec()/>
            <TextField name="reason" label="Lý do" hint="Hiện công khai; ít nhất 10 ký tự."/>
            <p class="actions"><button name="deed" value="resume">"Gửi người thứ hai quyết định"</button></p>
        </form>
    }
    .into_any()
}

fn chooser(round: RoundId) -> AnyView {
    let base = round_address(round);
    let links = GrantForm::KINDS
        .iter()
        .map(|(code, words)| view! { <li><a href=format!("{base}/trong-gio-thi?loai={code}")>{*words}</a></li> })
        .collect_view();
    view! {
        <h2>"Đề nghị cho một người hoặc một đơn vị"</h2>
        <p>"Cần lý do và người thứ hai đồng ý; hiện công khai, không nêu tên người."</p>
        <ul>{links}</ul>
    }
    .into_any()
}

fn grant(seen: &PlannedRound, (kind, title): (&'static str, &'static str), (tree, engine): (&UnitTree, &Engine)) -> AnyView {
    let round = &seen.round;
    let what = match kind {
        "time" => view! {
            <TextField name="minutes" label="Bù thêm" inputmode="numeric" width="short" unit="phút" hint="Cho bài đang làm và cả các lượt bắt đầu sau trong đợt; được làm quá giờ đóng đúng bằng số phút này."/>
        }
        .into_any(),
        "late_start" => {
            let usual = round.settings.window.closes.max(engine.now()).short();
            let place = format!("{}/cuoc-thi/{}/thi", engine.public_url, seen.contest.settings.slug);
            let hint = format!("Sau giờ đóng của đợt. Người bắt đầu trước giờ này có đủ thời gian làm bài; đợt thi chỉ rà soát được sau giờ này. Vào thi tại {place}");
            view! { <TextField name="until" label="Bắt đầu trước" value=usual hint=hint/> }.into_any()
        }
        _ => {
            let first = (round.settings.rules.counts == Counts::First).then(|| {
                view! { <Notice kind="warning"><p>"Thể lệ tính lượt đầu tiên: để lượt thi lại được tính, cần không công nhận lượt bị sự cố khi rà soát."</p></Notice> }
            });
            view! {
                {first}
                <TextField name="count" label="Thêm" inputmode="numeric" width="short" unit="lượt" hint="Câu trả lời đến muộn không được tính lại: cách khắc phục là thi lượt mới. Sau giờ đóng, cần cho bắt đầu muộn nữa."/>
            }
            .into_any()
        }
    };
    let mut units = vec![(String::new(), "Không chọn".to_owned())];
    units.extend(tree.units().iter().map(|unit| (unit.id.to_string(), unit.name.clone())));
    let back = format!("{}/trong-gio-thi", round_address(round.id));
    view! {
        <form method="post" class="narrow">
            <h2>{title}</h2>
            <FormErrors fields=FIELDS.to_vec()/>
            <Hidden name="what" value=kind/>
            <TextField name="person" label="Người dự thi" hint="Tên đăng nhập hoặc mã dự thi. Để trống nếu chọn đơn vị." width="medium"/>
            <Select name="unit" label="Hoặc cả đơn vị" options=units hint="Mọi người dự thi cho đúng đơn vị này, không gồm đơn vị trực thuộc."/>
            {what}
            <TextField name="reason" label="Lý do" hint="Hiện công khai: không ghi tên người; ít nhất 10 ký tự."/>
            <p class="actions"><button name="deed" value="grant">"Gửi người thứ hai quyết định"</button> " " <a class="button quiet" href=back>"Thôi"</a></p>
        </form>
    }
    .into_any()
}

fn paused(pauses: &[PastPause]) -> AnyView {
    let rows = pauses
        .iter()
        .map(|pause| {
            let ended = pause.ended_at.map_or_else(|| "đang tạm dừng".into_any(), |at| view! { <Moment at=at/> }.into_any());
            view! {
                <tr>
                    <th scope="row"><Moment at=pause.began_at/></th>
                    <td data-label="Đến">{ended}</td>
                    <td data-label="Người tạm dừng">{pause.began_by.clone()}</td>
                    <td data-label="Lý do">{pause.reason.clone()}</td>
                </tr>
            }
        })
        .collect_view();
    view! { <Table id="cac-lan-tam-dung" caption="Các lần tạm dừng" heads=vec!["Từ", "Đến", "Người tạm dừng", "Lý do"] stack=true>{rows}</Table> }.into_any()
}

/// Pauses, proposes, or decides what somebody else proposed.
pub fn act(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let caller = ask.caller()?;
        let round = ask.param_id::<RoundId>("round")?;
        let reason = ask.form.text("reason");
        match ask.form.text("deed") {
            "agree" | "decline" => decide(&ask, &caller).await?,
            "pause" => ask.engine.pause_round(&caller, round, reason).await?,
            "resume" => drop(ask.engine.propose_resume(&caller, round, reason).await?),
            "grant" => drop(ask.engine.propose_grant(&caller, round, &typed(&ask), reason).await?),
            _ => return Err(Refusal::NotOffered.into()),
        }
        Ok(Answer::go(format!("{}/trong-gio-thi", round_address(round))))
    })
}

fn typed(ask: &Ask) -> GrantForm {
    let text = |name| ask.form.text(name).to_owned();
    GrantForm {
        what: text("what"),
        person: text("person"),
        unit: text("unit"),
        minutes: text("minutes"),
        until: text("until"),
        count: text("count"),
    }
}
