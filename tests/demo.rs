//! The demo: loaded in one go by the deeds that people use, and usable with its accounts.

use domain::{Refusal, contest::ContestState};
use engine::{
    demo::{ACCOUNTS, PASSWORD},
    library::Column,
};
use http::StatusCode;
use tests::story;

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
    assert!(!world.engine.published_articles(Column::News, 1).await.expect("news").lines.is_empty());

    let rounds = world.engine.published_rounds("").await.expect("published rounds");
    let [round] = &rounds[..] else { panic!("one published round: {rounds:?}") };
    assert!((1_990..=2_003).contains(&round.people) && round.attempts > round.people && round.simulated, "{round:?}");
    let proof = world.engine.prove_round(round.round).await.expect("the round is looked through");
    assert_eq!(proof.found, [], "every chain, paper and mark holds");
    assert!(i64::try_from(proof.attempts).expect("some") >= round.attempts);
    let honoured = world.engine.honoured("").await.expect("winners");
    assert!(honoured.iter().all(|round| !round.winners.is_empty() && !round.collective.is_empty()));

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
    }
    for page in [
        "/cuoc-thi",
        "/vinh-danh",
        "/ket-qua",
        "/ket-qua/tim-hieu-cai-cach-hanh-chinh",
        "/ket-qua/tim-hieu-cai-cach-hanh-chinh/1",
        "/tin-tuc",
        "/dien-hinh",
        "/tai-lieu",
        "/tin-tuc.atom",
        "/robots.txt",
        "/sitemap.xml",
        "/the/trang-chu",
    ] {
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
});
