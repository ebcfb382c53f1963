//! Whoever did not agree to publication stands everywhere with the mã dự thi alone.

use super::SLUG;
use domain::identity::Audience;
use tests::{PrizeFor, SimulatedPlan, story};

story!(without_consent_neither_name_nor_unit_is_public, |world| {
    let mut plan = SimulatedPlan { prizes: vec![(PrizeFor::People(Audience::CivilServant), "Nhất", 1)], ..SimulatedPlan::default() };
    plan.rules.public_places = 5;
    let round = world.simulated_round(&plan).await;
    let minh = world.contestant("Trần Văn Minh", "so-y-te").await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    world.may_be_named(&lan).await;
    world.sat(&round, &minh, 8, 10, Some(2)).await;
    world.sat(&round, &lan, 8, 7, Some(2)).await;
    world.publish(&round).await;

    let page = world.engine.results(SLUG, 1, None).await.expect("published");
    let winner = &page.announcement.winners[0];
    assert_eq!((winner.place, winner.name.as_ref(), winner.unit.as_ref(), winner.code.is_empty()), (1, None, None, false));
    let top: Vec<_> = page.top.iter().map(|line| (line.place, line.name.as_deref(), line.unit.as_deref())).collect();
    assert_eq!(top, [(1, None, None), (2, Some("Nguyễn Thị Lan"), Some("Sở Nội vụ"))]);
    assert!(page.summary.contains(&format!("người dự thi mã {}", winner.code)), "{}", page.summary);
    assert!(!page.summary.contains("(Sở Y tế)"), "{}", page.summary);
    assert_eq!(world.engine.unit_page(None, (SLUG, 1), "so-y-te").await.expect("a page").winners, []);
    let mut browser = world.client();
    for address in ["/vinh-danh".to_owned(), format!("/ket-qua/{SLUG}/1/tep/giai-ca-nhan.csv")] {
        let reply = browser.get(&address).await;
        assert!(reply.says(&winner.code), "{address}: {}", reply.body);
        assert!(!reply.says("Trần Văn Minh") && !reply.says("Sở Y tế"), "{address}");
    }
    assert!(!browser.get(&format!("/ket-qua/{SLUG}/1")).await.says("Trần Văn Minh"));

    world.engine.consent_to_publish(&minh, true).await.expect("given");
    let page = world.engine.results(SLUG, 1, None).await.expect("published");
    let winner = &page.announcement.winners[0];
    assert_eq!((winner.name.as_deref(), winner.unit.as_deref()), (Some("Trần Văn Minh"), Some("Sở Y tế")));
    assert_eq!(world.engine.unit_page(None, (SLUG, 1), "so-y-te").await.expect("a page").winners.len(), 1);
    assert!(browser.get("/vinh-danh").await.says("Trần Văn Minh"));
});
