//! Reading published results: the announcement, the own place, the own unit.

use super::{DECISION, SLUG, a_round_with_entries, refusal};
use domain::{Millis, Refusal, identity::Audience, results::words};
use tests::{SimulatedPlan, story};

story!(the_announcement_says_what_a_newspaper_asks, |world| {
    let round = a_round_with_entries(&world).await;
    world.may_be_named(&world.contestant("Trần Văn Minh", "so-y-te").await).await;
    world.publish(&round).await;
    let page = world.engine.results(SLUG, 1, None).await.expect("published");
    let facts = &page.announcement.facts;
    assert_eq!((facts.people(), facts.attempts(), facts.perfect()), (3, 3, 2));
    assert_eq!((facts.units(), facts.units_taking_part(), facts.units_full()), (7, 2, 0));
    let servants = &facts.divisions[0];
    assert_eq!((servants.audience, servants.people, servants.mean_milli), (Audience::CivilServant, 2, 10_000));
    assert_eq!(servants.bands.iter().map(|band| (band.people, band.tenths)).collect::<Vec<_>>(), [(2, 1_000), (0, 0), (0, 0), (0, 0)]);
    let winner = &page.announcement.winners[0];
    assert_eq!((winner.rank, winner.distance, winner.unit.as_deref()), (1, Some(9), Some("Sở Y tế")));
    assert!(!winner.code.is_empty());
    assert_eq!(page.announcement.collective[0].name, "Sở Y tế");
    assert!((120..=200).contains(&words(&page.summary)), "{}", page.summary);
    // The lower half of a block is the units' own business.
    let shown: Vec<_> = page.units.iter().map(|unit| unit.code.as_str()).collect();
    assert_eq!((shown.as_slice(), page.hidden_units), (["so-y-te"].as_slice(), 6));
    assert!(page.top.is_empty(), "the rules name no public places");
    let list = world.engine.published_rounds(SLUG).await.expect("the list");
    assert_eq!((list[0].label.as_str(), list[0].people), ("Tuần 1", 3));
    let honoured = world.engine.honoured("").await.expect("the roll");
    assert_eq!((honoured[0].winners.len(), honoured[0].collective.len()), (1, 1));
});

story!(everybody_reads_the_own_place_and_why, |world| {
    let round = a_round_with_entries(&world).await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let minh = world.contestant("Trần Văn Minh", "so-y-te").await;
    let stranger = world.contestant("Võ An", "so-y-te").await;
    world.publish(&round).await;
    let place = world.engine.own_place(&lan, SLUG, 1).await.expect("published").expect("a place");
    assert_eq!((place.place, place.among, place.truth.as_deref()), (Some(2), 2, Some("2 người")));
    assert_eq!(place.why, "Xếp sau do dự đoán lệch 12 người (người xếp trên lệch 9).");
    let first = world.engine.own_place(&minh, SLUG, 1).await.expect("published").expect("a place");
    assert_eq!((first.place, first.prizes, first.why.as_str()), (Some(1), vec!["Nhất".to_owned()], "Đứng đầu bảng theo quy tắc xếp hạng."));
    assert_eq!(world.engine.own_place(&stranger, SLUG, 1).await.expect("published"), None);
});

story!(whoever_is_not_recognised_reads_the_reason, |world| {
    let organiser = world.organiser().await;
    let round = world.simulated_round(&SimulatedPlan { prizes: Vec::new(), ..SimulatedPlan::default() }).await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    world.sat_flagged(&round, &lan, (1, 10, Some(1)), "Nộp bài sau 12 giây").await;
    world.wind(Millis::hours(1));
    world.engine.begin_review(&organiser, round.id).await.expect("review");
    let entries = world.engine.entries_to_review(&organiser, round.id).await.expect("the list");
    world.engine.void_attempt(&organiser, entries[0].attempt, "Bài nộp bằng công cụ tự động").await.expect("voided");
    world.engine.rank_round(&organiser, round.id).await.expect("ranking");
    world.engine.submit_results(&organiser, round.id).await.expect("submission");
    world.engine.approve_results(&world.second_organiser().await, round.id).await.expect("approval");
    world.engine.publish_results(&organiser, round.id, DECISION).await.expect("publication");
    let place = world.engine.own_place(&lan, SLUG, 1).await.expect("published").expect("a word");
    assert_eq!((place.place, place.not_recognised), (None, vec!["Bài nộp bằng công cụ tự động".to_owned()]));
});

story!(a_unit_reads_its_own_line_even_where_lower_units_are_internal, |world| {
    let round = a_round_with_entries(&world).await;
    world.publish(&round).await;
    let engine = &world.engine;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let minh = world.contestant("Trần Văn Minh", "so-y-te").await;
    world.may_be_named(&minh).await;
    let at = (SLUG, 1);
    assert_eq!(engine.unit_page(None, at, "so-noi-vu").await.expect("a page").line, None);
    assert_eq!(engine.unit_page(Some(&minh), at, "so-noi-vu").await.expect("a page").line, None);
    assert_eq!(engine.unit_page(Some(&lan), at, "so-noi-vu").await.expect("a page").line.expect("the own line").place, Some(2));
    let idle = world.contestant("Bùi Thị Nhàn", "so-noi-vu").await;
    assert_eq!(engine.unit_page(Some(&idle), at, "so-noi-vu").await.expect("a page").line, None, "choosing a unit shows nothing");
    let coordinator = world.coordinator("so-noi-vu").await;
    assert!(engine.unit_page(Some(&coordinator), at, "so-noi-vu").await.expect("a page").line.is_some());
    assert!(engine.unit_page(Some(&world.organiser().await), at, "so-noi-vu").await.expect("a page").line.is_some());
    let winner = engine.unit_page(None, at, "so-y-te").await.expect("a page");
    assert_eq!((winner.line.expect("public").place, winner.winners.len(), winner.prizes.len()), (Some(1), 1, 1));
    assert_eq!(refusal(engine.unit_page(None, at, "khong-co").await), Refusal::NotFound);
});
