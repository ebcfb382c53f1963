//! The contest's first page: what it is, its rounds, its prizes.

use super::{
    hero,
    prizes::prizes,
    round::{history, round},
};
use crate::{
    page::{engine, page, param},
    parts::{Html, ShareCard, simulated_contest},
};
use domain::ranking::{contest_rule_text, contest_unit_rule_text};
use engine::contest::{ChangeNotice, RulesPage};
use leptos::prelude::*;
use leptos_meta::Title;

/// The page.
pub fn view() -> AnyView {
    let (engine, slug) = (engine(), param("slug"));
    page(async move {
        let contest = engine.contest_page(&slug).await?;
        let now = engine.now();
        let banner = contest.banner.as_deref().map(|hash| view! { <figure><img src=crate::parts::file_address(hash) alt=""/></figure> });
        let rounds: Vec<_> = contest.rounds.iter().map(|shown| round(&slug, shown, now)).collect();
        let rounds = (!rounds.is_empty()).then(|| view! { <section><h2>"Các đợt thi"</h2>{rounds}</section> });
        let decided: Vec<_> = contest.rules.iter().filter_map(RulesPage::notice).collect();
        let decided =
            (!decided.is_empty()).then(|| view! { <section><h2>"Thay đổi thể lệ sau khi chốt"</h2>{history(&decided)}</section> });
        let recalled: Vec<_> = contest.recalled.iter().map(|(label, changes)| recalled(label, changes)).collect();
        // The rules of the last round hold for the sums over all of them.
        let rule = contest.rounds.last().map(|last| {
            view! { <p>{contest_rule_text(&last.rules)}</p> <p>{contest_unit_rule_text(&last.rules)}</p> }
        });
        let all = prizes(&contest.prizes).map(|tables| view! { <section><h2>"Giải thưởng toàn cuộc thi"</h2>{tables} {rule}</section> });
        let once = contest.one_prize_each.then(|| view! { <p>"Mỗi người nhận tối đa một giải cá nhân trong cuộc thi; giải của từng đợt được xét trước giải toàn cuộc thi."</p> });
        Ok(view! {
            <Title text=contest.title.clone()/>
            <ShareCard title=contest.title.clone() summary=contest.summary.clone() card=format!("/the/cuoc-thi/{slug}")/>
            {hero::hero(&contest, now, false)}
            {hero::menu(&slug)}
            {simulated_contest(contest.simulated)}
            {banner}
            <section class="prose"><h2>"Giới thiệu"</h2><Html text=contest.introduction.clone()/></section>
            {rounds}
            {recalled}
            {decided}
            {all}
            {once}
            <p class="actions"><a class="button quiet" href=format!("/t/{slug}/ap-phich")>"Áp phích có mã QR để in"</a></p>
        }
        .into_any())
    })
}

/// A round that was announced and is being set up anew.
fn recalled(label: &str, changes: &[ChangeNotice]) -> AnyView {
    view! { <section><h2>{label.to_owned()} ": đang soạn lại"</h2>{history(changes)}</section> }.into_any()
}
