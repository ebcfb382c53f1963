//! The page of the live board: where the rules allow it, while the round is open and nothing is predicted.

use super::{SLUG, three};
use domain::Millis;
use http::StatusCode;
use tests::{SimulatedPlan, story};

story!(a_live_board_has_a_page_while_its_round_is_open, |world| {
    let mut plan = SimulatedPlan { prediction: None, ..SimulatedPlan::default() };
    plan.rules.live_board = true;
    let round = world.simulated_round(&plan).await;
    let [lan, minh, _] = three(&world).await;
    let citizen = world.citizen("Hồ Dung", "xa-an-phu").await;
    world.sat(&round, &lan, 5, 10, None).await;
    world.sat(&round, &citizen, 5, 10, None).await;
    let (address, contest) = (format!("/cuoc-thi/{SLUG}/truc-tiep/1"), format!("/cuoc-thi/{SLUG}"));
    let mut client = world.client();
    let page = client.get(&address).await;
    assert_eq!(page.status, StatusCode::OK);
    for words in ["Cập nhật lúc", "08:00:00", "Tải lại số liệu mới", "1/7 đơn vị đã có người dự thi"] {
        assert!(page.says(words), "{words}: {}", page.body);
    }
    assert!(!page.says("http-equiv"), "the page never reloads by itself");
    assert!(client.get(&contest).await.says(&address), "the contest's page leads there");
    // It is counted at most every ten seconds, however many look at it.
    world.sat(&round, &minh, 5, 10, None).await;
    world.wind(Millis::seconds(9));
    assert!(client.get(&address).await.says("1/7 đơn vị"));
    world.wind(Millis::seconds(1));
    assert!(client.get(&address).await.says("2/7 đơn vị"));
    world.wind(Millis::hours(1));
    assert_eq!(client.get(&address).await.status, StatusCode::NOT_FOUND);
    assert!(!client.get(&contest).await.says(&address));
    assert_eq!(client.get(&format!("/cuoc-thi/{SLUG}/truc-tiep/mot")).await.status, StatusCode::NOT_FOUND);
});

story!(no_live_board_is_shown_while_a_prediction_is_open_or_the_rules_ask_for_none, |world| {
    let mut predicted = SimulatedPlan::default();
    predicted.rules.live_board = true;
    world.simulated_round(&predicted).await;
    world.simulated_round(&SimulatedPlan { position: 2, prediction: None, ..SimulatedPlan::default() }).await;
    let mut client = world.client();
    let contest = client.get(&format!("/cuoc-thi/{SLUG}")).await;
    for position in 1..=2 {
        let address = format!("/cuoc-thi/{SLUG}/truc-tiep/{position}");
        assert_eq!(client.get(&address).await.status, StatusCode::NOT_FOUND, "{address}");
        assert!(!contest.says(&address), "{address}");
    }
});
