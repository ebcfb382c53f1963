//! Share cards: pictures that Zalo and Facebook can show.

use super::{SLUG, all_sat, three};
use http::{StatusCode, header};
use tests::{Reply, SimulatedPlan, story};

/// Width and height as the head of a PNG states them (W3C PNG, 11.2.2).
fn size(reply: &Reply) -> (u32, u32) {
    assert_eq!(reply.status, StatusCode::OK);
    assert_eq!(reply.headers[header::CONTENT_TYPE], "image/png");
    assert!(reply.bytes.starts_with(b"\x89PNG\r\n\x1a\n"));
    let number = |at: usize| u32::from_be_bytes(reply.bytes[at..at + 4].try_into().expect("four bytes"));
    (number(16), number(20))
}

story!(published_results_have_a_card_for_each_version, |world| {
    let round = world.simulated_round(&SimulatedPlan { prizes: Vec::new(), ..SimulatedPlan::default() }).await;
    let [lan, minh, dao] = three(&world).await;
    all_sat(&world, &round, &[(&lan, 10), (&minh, 9), (&dao, 8)], Some(3)).await;
    let card = format!("/ket-qua/{SLUG}/1/the.png");
    let mut client = world.client();
    assert_eq!(client.get(&card).await.status, StatusCode::NOT_FOUND, "nothing is public yet");
    world.publish(&round).await;
    assert_eq!(size(&client.get(&card).await), (1_200, 630));
    let named = format!("property=\"og:image\" content=\"http://hoi-thi.test{card}?ban=1\"");
    assert!(client.get(&format!("/ket-qua/{SLUG}/1")).await.says(&named));
    assert_eq!(client.get(&format!("{card}?ban=2")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(client.get(&format!("{card}?ban=hai")).await.status, StatusCode::NOT_FOUND);
});

story!(the_site_and_a_contest_have_cards, |world| {
    world.simulated_round(&SimulatedPlan::default()).await;
    let mut client = world.client();
    assert_eq!(size(&client.get("/the/trang-chu").await), (1_200, 630));
    let contest = client.get(&format!("/the/cuoc-thi/{SLUG}")).await;
    assert_eq!(size(&contest), (1_200, 630));
    assert_eq!(client.get(&format!("/the/cuoc-thi/{SLUG}")).await.bytes, contest.bytes, "the same card comes again");
    assert_eq!(client.get("/the/cuoc-thi/khong-co").await.status, StatusCode::NOT_FOUND);
    assert_eq!(client.get("/the/tin-tuc/khong-co").await.status, StatusCode::NOT_FOUND);
});
