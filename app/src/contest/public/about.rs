//! The contest's first page: what it is, its rounds, its prizes.

use super::{hero, prizes::prizes, round::round};
use crate::{
    page::{engine, page, param},
    parts::{Html, ShareCard},
};
use domain::ranking::{contest_rule_text, contest_unit_rule_text};
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
            {hero::simulated(&contest)}
            {banner}
            <section class="prose"><h2>"Giới thiệu"</h2><Html text=contest.introduction.clone()/></section>
            {rounds}
            {all}
            {once}
            <p class="actions"><a class="button quiet" href="/thu-may">"Thử máy 60 giây"</a> " " <a class="button quiet" href=format!("/t/{slug}/ap-phich")>"Áp phích có mã QR để in"</a></p>
        }
        .into_any())
    })
}
