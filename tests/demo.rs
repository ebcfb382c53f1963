//! The demo: loaded in one go by the deeds that people use, and usable with its accounts.

use domain::{Refusal, contest::ContestState};
use engine::{
    demo::{ACCOUNTS, PASSWORD},
    library::Column,
};
use http::StatusCode;
use tests::{World, story};

story!(the_demo_is_loaded_once_and_its_pages_open, |world| {
    let began = world.now();
    world.engine.seed_demo(&|_| {}).await.expect("the demo is loaded");
    assert_eq!(world.now(), began, "the clock is back where it was");
    assert_eq!(world.engine.seed_demo(&|_| {}).await.expect_err("once is enough").refusal(), Refusal::AlreadyDone);

    let contests = world.engine.public_contests().await.expect("contests");
    let states: Vec<_> = contests.iter().map(|contest| contest.state(began)).collect();
    for state in [ContestState::Over, ContestState::Running, ContestState::Coming] {
        assert!(states.contains(&state), "{states:?}");
    }
    assert!(contests.iter().all(|contest| contest.simulated));
    assert!(contests.iter().any(|contest| !contest.prizes.is_empty()), "one has prizes of the whole contest");
    assert!(!world.engine.published_articles(Column::News, 1).await.expect("news").lines.is_empty());

    let rounds = world.engine.published_rounds("").await.expect("published rounds");
    let [round] = &rounds[..] else { panic!("one published round: {rounds:?}") };
    assert!((1_990..=2_003).contains(&round.people) && round.attempts > round.people && round.simulated, "{round:?}");
    let proof = world.engine.prove_round(round.round).await.expect("the round is looked through");
    assert_eq!(proof.found, [], "every chain, paper and mark holds");
    assert!(i64::try_from(proof.attempts).expect("some") >= round.attempts);
    let honoured = world.engine.honoured("").await.expect("winners");
    assert!(honoured.iter().all(|round| !round.winners.is_empty() && !round.collective.is_empty()));

    let both = "select cast(count(*) as bigint)
                from division_pool p
                join division d on d.id = p.division_id
                join round r on r.id = d.round_id
                join division_pool o on o.question_id = p.question_id
                join division e on e.id = o.division_id
                join round s on s.id = e.round_id
                where r.stage = 'published' and s.stage = 'scheduled'";
    assert_eq!(world.count(both, &[]).await, 0, "no key of a round that is still sat is public");
    let mut client = world.client();
    for account in ACCOUNTS {
        world.client().sign_in(account.login, PASSWORD).await;
    }
    let landing = client.get("/").await;
    assert_eq!(landing.status, StatusCode::OK);
    assert!(landing.says("Dữ liệu mô phỏng") && landing.says("đóng sau"), "{}", landing.body);
    let slug = "dich-vu-cong-truc-tuyen";
    for part in ["", "/the-le", "/huong-dan", "/tai-lieu", "/tin-tuc", "/hoi-dap", "/lien-he"] {
        let page = client.get(&format!("/cuoc-thi/{slug}{part}")).await;
        assert_eq!(page.status, StatusCode::OK, "{part}");
        assert!(page.says("Dữ liệu mô phỏng"), "{part} says that it is simulated");
        assert!(page.says(r#"property="og:title""#), "{part} has a share card");
        assert_eq!(page.body.matches("<h1").count(), 1, "{part} has one heading of its own");
    }
    for page in [
        "/cuoc-thi",
        "/vinh-danh",
        "/ket-qua",
        "/ket-qua/tim-hieu-cai-cach-hanh-chinh",
        "/ket-qua/tim-hieu-cai-cach-hanh-chinh/1",
        "/ket-qua/tim-hieu-cai-cach-hanh-chinh/1/don-vi/so-noi-vu",
        "/tin-tuc",
        "/dien-hinh",
        "/tai-lieu",
    ] {
        let reply = client.get(page).await;
        assert_eq!(reply.status, StatusCode::OK, "{page}");
        for once in ["<h1", r#"property="og:title""#, r#"name="description""#] {
            assert_eq!(reply.body.matches(once).count(), 1, "{once} on {page}");
        }
    }
    for page in ["/tin-tuc.atom", "/robots.txt", "/sitemap.xml", "/the/trang-chu"] {
        assert_eq!(client.get(page).await.status, StatusCode::OK, "{page}");
    }
    assert_eq!(client.get(&format!("/the/cuoc-thi/{slug}")).await.status, StatusCode::OK);
    let poster = client.get(&format!("/t/{slug}/ap-phich")).await;
    assert!(poster.says("class=\"qr\"") && poster.says(&format!("hoi-thi.test/t/{slug}")), "{}", poster.body);
    let short = client.get(&format!("/t/{slug}")).await;
    assert_eq!(short.location(), format!("/cuoc-thi/{slug}"));
    let entrance = client.get(&format!("/cuoc-thi/{slug}/thi")).await;
    assert!(entrance.location().starts_with("/dang-nhap?tiep=%2Fcuoc-thi%2F"), "who comes by the poster returns: {}", entrance.location());
    assert_eq!(client.get("/cuoc-thi/khong-co").await.status, StatusCode::NOT_FOUND);
    assert!(poster.says("Dữ liệu mô phỏng"), "{}", poster.body);
    pages_behind_the_sign_in_say_what_is_simulated(&world, slug).await;
});

/// The pages of an open contest before the sheet, of a coordinator and of the units.
async fn pages_behind_the_sign_in_say_what_is_simulated(world: &World, slug: &str) {
    let mut contestant = world.client();
    contestant.sign_in("congchuc1", PASSWORD).await;
    let (entry, start) = (format!("/cuoc-thi/{slug}/tham-gia"), format!("/cuoc-thi/{slug}/thi"));
    assert!(contestant.get(&entry).await.says("Dữ liệu mô phỏng"), "where one enters");
    assert_eq!(contestant.post(&entry, &[]).await.location(), start);
    assert!(contestant.get(&start).await.says("Dữ liệu mô phỏng"), "where one starts");

    let mut coordinator = world.client();
    coordinator.sign_in("daumoi", PASSWORD).await;
    let own = coordinator.get("/dau-moi").await;
    assert!(own.says("không phải số thật của đơn vị") && own.says(">mô phỏng</span>"), "{}", own.body);

    let mut administrator = world.client();
    administrator.sign_in("quantri", PASSWORD).await;
    assert!(administrator.get("/quan-tri/don-vi").await.says("không phải số thật của đơn vị"), "where the headcounts stand");
}
