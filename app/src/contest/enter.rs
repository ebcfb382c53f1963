//! Entering a contest: what it asks once, and then on to the round.

use crate::{
    door::{Answer, Ask, Doing},
    page::{caller, crumb, engine, page, param, returning},
    parts::{Crumbs, FormErrors, Head, Notice, TextField, simulated_contest},
};
use domain::contest::{ExtraField, IdNumberRule, RoundState};
use engine::contest::{ContestPage, Entry, EntryForm};
use leptos::prelude::*;

const FIELDS: &[(&str, &str)] =
    &[("birth_date", "Ngày sinh"), ("position", "Chức vụ"), ("email", "E-mail"), ("national_id", "Số định danh cá nhân")];

/// The page.
pub fn view() -> AnyView {
    let (engine, caller, slug) = (engine(), caller(), param("slug"));
    page(async move {
        let caller = caller?;
        let contest = engine.contest_page(&slug).await?;
        let now = engine.now();
        let has = |state| contest.rounds.iter().any(|round| round.state(now) == state);
        let body = if let Some(entry) = engine.entry_of(&caller, &slug).await? {
            entered(&contest.slug, &entry, (has(RoundState::Open), has(RoundState::Waiting)))
        } else {
            let tree = engine.unit_tree().await?;
            form(&contest, tree.name(caller.unit).to_owned(), caller.audience.label())
        };
        Ok(view! {
            {simulated_contest(contest.simulated)}
            <Crumbs way=vec![crumb(contest.title.clone(), format!("/cuoc-thi/{slug}"))] here="Tham gia"/>
            <Head title="Tham gia cuộc thi" lede=contest.title.clone()/>
            {body}
        }
        .into_any())
    })
}

/// `open`, `coming`: whether a round is open, and whether one is to come.
fn entered(slug: &str, entry: &Entry, (open, coming): (bool, bool)) -> AnyView {
    let code = entry.code.clone();
    let contest = format!("/cuoc-thi/{slug}");
    let on = if open {
        view! { <a class="button" href=format!("{contest}/thi")>"Vào thi"</a> }.into_any()
    } else if coming {
        view! { <a class="button" href=format!("{contest}/cho")>"Vào phòng chờ"</a> " " <a class="button secondary" href=contest>"Đến trang cuộc thi"</a> }
            .into_any()
    } else {
        view! { <a class="button" href=contest>"Đến trang cuộc thi"</a> }.into_any()
    };
    view! {
        <Notice kind="success">
            <p>"Anh/chị đã vào cuộc thi. Mã dự thi: " <code class="code">{code}</code></p>
        </Notice>
        <p class="actions">{on}</p>
    }
    .into_any()
}

fn form(contest: &ContestPage, unit: String, audience: &'static str) -> AnyView {
    let asks = |field| contest.extra_fields.contains(&field);
    let until = contest.id_number_until.map(domain::Timestamp::date).unwrap_or_default();
    let why = format!(
        "12 chữ số trên căn cước, để Ban Tổ chức bảo đảm mỗi người một tài khoản. Được mã hóa, lưu đến ngày {until}, không hiện ra ở đâu."
    );
    let rules = contest.rules_in_force().map(|rules| {
        let words = format!("Khi tham gia, anh/chị thi theo thể lệ bản {}. ", rules.version);
        view! { <p>{words} <a href=format!("/cuoc-thi/{}/the-le", contest.slug)>"Xem thể lệ"</a></p> }
    });
    let chosen = if unit.is_empty() {
        let choice = returning("/tai-khoan/don-vi", &format!("/cuoc-thi/{}/tham-gia", contest.slug));
        view! { <Notice kind="warning"><p>"Anh/chị chưa chọn đơn vị. " <a href=choice>"Chọn đơn vị"</a></p></Notice> }.into_any()
    } else {
        view! { <p class="chosen">"Anh/chị dự thi cho đơn vị: " <b>{unit}</b> " " <small>{audience}</small></p> }.into_any()
    };
    view! {
        <form method="post" class="narrow">
            <FormErrors fields=FIELDS.to_vec()/>
            {chosen}
            {asks(ExtraField::BirthDate).then(|| view! { <TextField name="birth_date" label="Ngày sinh" hint="Ngày/tháng/năm, ví dụ 20/05/1985." autocomplete="bday" inputmode="numeric" width="medium"/> })}
            {asks(ExtraField::Position).then(|| view! { <TextField name="position" label="Chức vụ, vị trí công tác" autocomplete="organization-title"/> })}
            {asks(ExtraField::Email).then(|| view! { <TextField name="email" label="E-mail" kind="email" autocomplete="email"/> })}
            {(contest.id_number == IdNumberRule::OnEntry).then(|| view! { <TextField name="national_id" label="Số định danh cá nhân" hint=why inputmode="numeric" autocomplete="off" width="medium"/> })}
            {rules}
            <p class="actions"><button>"Tham gia"</button></p>
        </form>
    }
    .into_any()
}

/// Enters the contest.
pub fn enter(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let caller = ask.caller()?;
        let text = |name| ask.form.text(name).to_owned();
        let slug = ask.param("slug");
        let form = EntryForm {
            birth_date: text("birth_date"),
            position: text("position"),
            email: text("email"),
            national_id: text("national_id"),
        };
        ask.engine.enter_contest(&caller, slug, &form).await?;
        let (contest, now) = (ask.engine.contest_page(slug).await?, ask.engine.now());
        let open = contest.rounds.iter().any(|round| round.state(now) == RoundState::Open);
        // After the close only a late start leads on.
        let open = open || ask.engine.entrance(&caller, slug).await.is_ok_and(|entrance| entrance.refusal.is_none());
        Ok(Answer::go(format!("/cuoc-thi/{slug}{}", if open { "/thi" } else { "/tham-gia" })))
    })
}
