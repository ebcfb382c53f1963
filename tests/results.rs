//! Publication: complete, approved by a second person, readable by everybody only then, corrected in the open.

use domain::{
    Millis, Refusal,
    identity::{Audience, Block, Deed},
    results::words,
};
use engine::{Caller, Stop, results::Decision};
use tests::{Client, PrizeFor, SimulatedPlan, SimulatedRound, World, story};

const SLUG: &str = "cai-cach-hanh-chinh-2026";
const DECISION: Decision<'static> = Decision { number: "12/QĐ-BTC", date: "23/11/2026", file: None };

fn refusal<T: std::fmt::Debug>(outcome: Result<T, Stop>) -> Refusal {
    outcome.expect_err("it is refused").refusal()
}

async fn a_round_with_entries(world: &World) -> SimulatedRound {
    let prizes = vec![(PrizeFor::People(Audience::CivilServant), "Nhất", 1), (PrizeFor::Units(Block::Departments), "Nhất tập thể", 1)];
    let round = world.simulated_round(&SimulatedPlan { prizes, ..SimulatedPlan::default() }).await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let minh = world.contestant("Trần Văn Minh", "so-y-te").await;
    let citizen = world.citizen("Hồ Dung", "xa-an-phu").await;
    world.sat(&round, &lan, 9, 10, Some(14)).await;
    world.sat(&round, &minh, 8, 10, Some(11)).await;
    world.sat(&round, &citizen, 8, 5, None).await;
    round
}

/// Nothing of the round's results can be read by anybody who has no right to it.
async fn nothing_leaks(world: &World, when: &str) {
    let engine = &world.engine;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let coordinator = world.coordinator("so-noi-vu").await;
    assert_eq!(refusal(engine.results(SLUG, 1, None).await), Refusal::NotPublished, "{when}");
    assert_eq!(refusal(engine.results(SLUG, 1, Some(1)).await), Refusal::NotPublished, "{when}");
    assert_eq!(refusal(engine.own_place(&lan, SLUG, 1).await), Refusal::NotPublished, "{when}");
    for viewer in [None, Some(&lan), Some(&coordinator)] {
        assert_eq!(refusal(engine.unit_page(viewer, (SLUG, 1), "so-noi-vu").await), Refusal::NotPublished, "{when}");
    }
    assert_eq!(refusal(engine.live_board(SLUG, 1).await), Refusal::NotFound, "{when}");
    assert!(engine.published_rounds("").await.expect("a list").is_empty(), "{when}");
    assert!(engine.honoured("").await.expect("a list").is_empty(), "{when}");
}

story!(nothing_can_be_read_before_publication, |world| {
    let (one, other) = (world.organiser().await, world.second_organiser().await);
    let round = a_round_with_entries(&world).await;
    nothing_leaks(&world, "while it is open").await;
    world.wind(Millis::hours(1));
    nothing_leaks(&world, "when it has closed").await;
    world.engine.begin_review(&one, round.id).await.expect("review");
    nothing_leaks(&world, "in review").await;
    world.engine.rank_round(&one, round.id).await.expect("ranking");
    nothing_leaks(&world, "when it is ranked").await;
    world.verify_all(&round).await;
    world.engine.submit_results(&one, round.id).await.expect("submission");
    nothing_leaks(&world, "when it is submitted").await;
    world.engine.approve_results(&other, round.id).await.expect("approval");
    nothing_leaks(&world, "when it is approved").await;
    world.engine.publish_results(&one, round.id, DECISION).await.expect("publication");
    assert_eq!(world.engine.results(SLUG, 1, None).await.expect("published").version, 1);
    assert_eq!(refusal(world.engine.results(SLUG, 9, None).await), Refusal::NotFound);
    assert_eq!(refusal(world.engine.results("khong-co", 1, None).await), Refusal::NotFound);
    assert_eq!(refusal(world.engine.results(SLUG, 1, Some(2)).await), Refusal::NotFound);
});

story!(only_complete_results_are_submitted_and_only_a_second_person_approves, |world| {
    let (one, other) = (world.organiser().await, world.second_organiser().await);
    let round = a_round_with_entries(&world).await;
    let engine = &world.engine;
    assert_eq!(refusal(engine.submit_results(&one, round.id).await), Refusal::WrongOrder);
    world.wind(Millis::hours(1));
    engine.begin_review(&one, round.id).await.expect("review");
    engine.rank_round(&one, round.id).await.expect("ranking");
    assert_eq!(refusal(engine.submit_results(&one, round.id).await), Refusal::Unverified);
    world.verify_all(&round).await;
    assert_eq!(refusal(engine.approve_results(&other, round.id).await), Refusal::WrongOrder);
    assert_eq!(refusal(engine.publish_results(&one, round.id, DECISION).await), Refusal::WrongOrder);
    engine.submit_results(&one, round.id).await.expect("submission");
    assert_eq!(refusal(engine.submit_results(&one, round.id).await), Refusal::AlreadyDone);
    assert_eq!(refusal(engine.rank_round(&one, round.id).await), Refusal::WrongOrder);
    assert_eq!(refusal(engine.approve_results(&one, round.id).await), Refusal::SecondPerson);
    assert_eq!(refusal(engine.publish_results(&one, round.id, DECISION).await), Refusal::WrongOrder);
    assert_eq!(refusal(engine.decline_results(&other, round.id, " ").await), Refusal::ReasonNeeded);
    engine.decline_results(&other, round.id, "Thiếu biên bản").await.expect("sent back");
    assert_eq!(engine.publications(&one, round.id).await.expect("the list")[0].answer, "Thiếu biên bản");
    engine.submit_results(&other, round.id).await.expect("submitted again, by the other");
    assert_eq!(refusal(engine.approve_results(&other, round.id).await), Refusal::SecondPerson);
    engine.approve_results(&one, round.id).await.expect("approval");
    assert_eq!(refusal(engine.approve_results(&one, round.id).await), Refusal::AlreadyDone);
    engine.publish_results(&one, round.id, DECISION).await.expect("publication");
    assert_eq!(refusal(engine.publish_results(&one, round.id, DECISION).await), Refusal::WrongOrder);
    for (deed, times) in [(Deed::SubmitResults, 2), (Deed::ApproveResults, 1), (Deed::DeclineResults, 1), (Deed::PublishResults, 1)] {
        assert_eq!(world.notes_of(deed).await, times, "{deed:?}");
    }
});

story!(the_decision_is_read_with_care, |world| {
    let (one, other) = (world.organiser().await, world.second_organiser().await);
    let round = a_round_with_entries(&world).await;
    let engine = &world.engine;
    world.wind(Millis::hours(1));
    engine.begin_review(&one, round.id).await.expect("review");
    engine.rank_round(&one, round.id).await.expect("ranking");
    world.verify_all(&round).await;
    engine.submit_results(&one, round.id).await.expect("submission");
    engine.approve_results(&other, round.id).await.expect("approval");
    assert_eq!(refusal(engine.record_decision(&one, round.id, DECISION).await), Refusal::NotPublished);
    let wrong = Decision { number: " ", date: "31/02/2026", file: None };
    let Err(Stop::AtFields(fields)) = engine.publish_results(&one, round.id, wrong).await else { panic!("fields are refused") };
    assert_eq!(fields, [("number".into(), Refusal::Required), ("date".into(), Refusal::NotADate)]);
    let no_pdf = Decision { file: Some(("quyet-dinh.pdf", b"MZ not a PDF")), ..DECISION };
    assert_eq!(refusal(engine.publish_results(&one, round.id, no_pdf).await), Refusal::BadFile);
    nothing_leaks(&world, "after refused decisions").await;
    engine.publish_results(&one, round.id, DECISION).await.expect("publication");
    let signed = Decision { file: Some(("quyet-dinh.pdf", b"%PDF-1.7 signed")), ..DECISION };
    engine.record_decision(&one, round.id, signed).await.expect("the signed file is added");
    engine.record_decision(&one, round.id, Decision { number: "13/QĐ-BTC", ..DECISION }).await.expect("the number is put right");
    let page = engine.results(SLUG, 1, None).await.expect("published");
    assert_eq!(page.announcement.decision_number, "13/QĐ-BTC");
    let hash = page.decision_file.expect("the file stays");
    let bytes: Vec<u8> = (0..hash.len()).step_by(2).map(|i| u8::from_str_radix(&hash[i..i + 2], 16).expect("hex")).collect();
    assert_eq!(engine.file(&bytes).await.expect("the file").bytes, b"%PDF-1.7 signed");
});

story!(a_correction_replaces_what_is_public_and_keeps_the_old_with_its_reason, |world| {
    let (one, other) = (world.organiser().await, world.second_organiser().await);
    let round = a_round_with_entries(&world).await;
    let minh = world.contestant("Trần Văn Minh", "so-y-te").await;
    world.may_be_named(&minh).await;
    let engine = &world.engine;
    assert_eq!(refusal(engine.correct_results(&one, round.id, "nhầm").await), Refusal::NotPublished);
    world.publish(&round).await;
    assert_eq!(engine.results(SLUG, 1, None).await.expect("published").announcement.winners[0].name.as_deref(), Some("Trần Văn Minh"));
    assert_eq!(refusal(engine.correct_results(&one, round.id, "").await), Refusal::ReasonNeeded);
    engine.correct_results(&one, round.id, "Người đạt giải Nhất không đủ điều kiện").await.expect("a correction begins");
    assert_eq!(refusal(engine.correct_results(&one, round.id, "lần nữa").await), Refusal::NotPublished);
    // While it is prepared the public reads the old version.
    assert_eq!(engine.results(SLUG, 1, None).await.expect("still published").version, 1);
    engine.rank_round(&one, round.id).await.expect("ranking");
    let award = engine.verification(&one, round.id).await.expect("winners").awards[0].id;
    engine.withdraw_winner(&one, award, "Không đủ điều kiện").await.expect("withdrawn");
    assert_eq!(engine.results(SLUG, 1, None).await.expect("still published").announcement.winners.len(), 1);
    world.verify_all(&round).await;
    engine.submit_results(&one, round.id).await.expect("submission");
    engine.approve_results(&other, round.id).await.expect("approval");
    world.wind(Millis::minutes(1));
    engine.publish_results(&one, round.id, Decision { number: "14/QĐ-BTC", ..DECISION }).await.expect("publication");
    let page = engine.results(SLUG, 1, None).await.expect("published");
    assert_eq!((page.version, page.announcement.decision_number.as_str()), (2, "14/QĐ-BTC"));
    assert_eq!(page.announcement.winners[0].unit.as_deref(), Some("Sở Nội vụ"));
    assert_eq!(page.announcement.winners[0].name, None, "Lan never agreed to be named");
    let history: Vec<_> = page.history.iter().map(|line| (line.version, line.current, line.reason.as_str())).collect();
    assert_eq!(history, [(2, true, "Người đạt giải Nhất không đủ điều kiện"), (1, false, "")]);
    let old = engine.results(SLUG, 1, Some(1)).await.expect("the old version is kept");
    assert_eq!(old.announcement.winners[0].name.as_deref(), Some("Trần Văn Minh"));
});

story!(the_announcement_says_what_a_newspaper_asks, |world| {
    let round = a_round_with_entries(&world).await;
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
    let at = (SLUG, 1);
    assert_eq!(engine.unit_page(None, at, "so-noi-vu").await.expect("a page").line, None);
    assert_eq!(engine.unit_page(Some(&minh), at, "so-noi-vu").await.expect("a page").line, None);
    assert_eq!(engine.unit_page(Some(&lan), at, "so-noi-vu").await.expect("a page").line.expect("the own line").place, Some(2));
    assert!(engine.unit_page(Some(&world.organiser().await), at, "so-noi-vu").await.expect("a page").line.is_some());
    let winner = engine.unit_page(None, at, "so-y-te").await.expect("a page");
    assert_eq!((winner.line.expect("public").place, winner.winners.len(), winner.prizes.len()), (Some(1), 1, 1));
    assert_eq!(refusal(engine.unit_page(None, at, "khong-co").await), Refusal::NotFound);
});

story!(totals_of_a_running_round_are_for_watchers_and_every_look_is_noted, |world| {
    let round = a_round_with_entries(&world).await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    world.still_sits(&round, &lan).await;
    for outsider in [&lan, &world.coordinator("so-noi-vu").await, &world.author().await, &world.auditor().await] {
        assert_eq!(refusal(world.engine.watch_round(outsider, round.id).await), Refusal::NotAllowed);
    }
    assert_eq!(world.notes_of(Deed::WatchRound).await, 0);
    let totals = world.engine.watch_round(&world.organiser().await, round.id).await.expect("totals");
    let lines: Vec<_> = totals.divisions.iter().map(|line| (line.people, line.attempts, line.running)).collect();
    assert_eq!(lines, [(2, 2, 1), (1, 1, 0)]);
    assert_eq!(world.notes_of(Deed::WatchRound).await, 1);
});

story!(a_live_board_moves_only_where_the_rules_allow_it_and_nothing_is_predicted, |world| {
    let mut plan = SimulatedPlan { prediction: None, ..SimulatedPlan::default() };
    plan.rules.live_board = true;
    let round = world.simulated_round(&plan).await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    world.sat(&round, &lan, 5, 10, None).await;
    let board = world.engine.live_board(SLUG, 1).await.expect("the board");
    assert!(board.contains(&("Sở Nội vụ".to_owned(), 1)), "{board:?}");
    world.wind(Millis::hours(1));
    assert_eq!(refusal(world.engine.live_board(SLUG, 1).await), Refusal::NotFound);
    let mut predicted = SimulatedPlan { position: 2, ..SimulatedPlan::default() };
    predicted.rules.live_board = true;
    world.simulated_round(&predicted).await;
    assert_eq!(refusal(world.engine.live_board(SLUG, 2).await), Refusal::NotFound);
});

story!(simulated_entries_are_for_simulated_contests_only, |world| {
    let round = world.simulated_round(&SimulatedPlan::default()).await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    world.make_real(&round).await;
    let person = engine::ranking::SimulatedPerson { account: lan.account, sittings: Vec::new() };
    assert_eq!(refusal(world.engine.simulate_sittings(round.id, &[person]).await), Refusal::NotSimulated);
});

/// A browser in which this person is signed in.
async fn browser_of(world: &World, person: &Caller) -> Client {
    let mut client = world.client();
    client.carry(world.sign_in(person).await.as_str());
    client
}

/// Every public address of the round's results.
const ADDRESSES: [&str; 7] = [
    "/ket-qua/cai-cach-hanh-chinh-2026/1",
    "/ket-qua/cai-cach-hanh-chinh-2026/1?ban=1",
    "/ket-qua/cai-cach-hanh-chinh-2026/1/don-vi/so-y-te",
    "/ket-qua/cai-cach-hanh-chinh-2026/1/tep/ket-qua.xlsx",
    "/ket-qua/cai-cach-hanh-chinh-2026/1/tep/don-vi.csv",
    "/ket-qua/cai-cach-hanh-chinh-2026/1/tep/giai-ca-nhan.csv",
    "/ket-qua/cai-cach-hanh-chinh-2026/1/the.svg",
];

story!(no_address_shows_results_before_publication_and_every_one_after, |world| {
    let round = a_round_with_entries(&world).await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let coordinator = world.coordinator("so-noi-vu").await;
    let mut browsers = [world.client(), browser_of(&world, &lan).await, browser_of(&world, &coordinator).await];
    for browser in &mut browsers {
        for address in ADDRESSES {
            let reply = browser.get(address).await;
            assert_eq!(reply.status, 404, "{address}");
            assert!(!reply.says("Trần Văn Minh") && !reply.says("Sở Y tế"), "{address}");
        }
        assert!(browser.get("/ket-qua").await.says("Chưa có kết quả nào"));
        assert!(browser.get("/ket-qua/cai-cach-hanh-chinh-2026").await.says("Chưa có kết quả nào"));
    }
    let inner = ["ket-qua", "theo-doi", "bao-cao", "bao-cao/ket-qua.xlsx"].map(|page| format!("/quan-tri/dot/{}/{page}", round.id));
    for address in &inner {
        assert_eq!(browsers[1].get(address).await.status, 403, "{address}");
        assert_eq!(browsers[2].get(address).await.status, 403, "{address}");
        let nobody = browsers[0].get(address).await;
        assert!(nobody.status == 303 || nobody.status == 401, "{address}: {}", nobody.status);
    }
    world.publish(&round).await;
    for browser in &mut browsers {
        for address in ADDRESSES {
            assert_eq!(browser.get(address).await.status, 200, "{address}");
        }
        assert!(browser.get("/ket-qua/cai-cach-hanh-chinh-2026").await.says("Công bố lúc"));
    }
    let page = browsers[0].get(ADDRESSES[0]).await;
    for words in ["Kết quả chính thức", "12/QĐ-BTC", "Phổ điểm", "Sở Y tế", "dữ liệu mô phỏng", "Đăng nhập để xem thứ hạng"]
    {
        assert!(page.says(words), "{words}");
    }
    assert!(!page.says("Trần Văn Minh"), "whoever did not agree is not named");
    assert!(!page.says("style="), "the policy forbids it");
    assert!(browsers[1].get(ADDRESSES[0]).await.says("Xếp sau do dự đoán lệch 12 người (người xếp trên lệch 9)."));
    assert!(browsers[0].get(ADDRESSES[4]).await.body.starts_with('\u{feff}'));
    assert_eq!(browsers[0].get("/ket-qua/cai-cach-hanh-chinh-2026/1/tep/khac.csv").await.status, 404);
    assert_eq!(browsers[0].get("/ket-qua/cai-cach-hanh-chinh-2026/mot").await.status, 404);
});

story!(two_organisers_walk_a_round_to_its_publication_on_one_page, |world| {
    let round = a_round_with_entries(&world).await;
    let minh = world.contestant("Trần Văn Minh", "so-y-te").await;
    world.may_be_named(&minh).await;
    let an = world.contestant("Võ An", "xa-an-phu").await;
    world.sat_flagged(&round, &an, (1, 1, None), "Nộp bài sau 12 giây").await;
    let mut one = browser_of(&world, &world.organiser().await).await;
    let mut other = browser_of(&world, &world.second_organiser().await).await;
    let page = format!("/quan-tri/dot/{}/ket-qua", round.id);
    let watch = format!("/quan-tri/dot/{}/theo-doi", round.id);
    assert!(one.get(&page).await.says("Việc rà soát bắt đầu sau giờ đóng"));
    assert_eq!(one.post(&page, &[("deed", "begin-review")]).await.status, 409);
    assert!(!one.get(&watch).await.says("Theo đối tượng"));
    assert!(one.post(&watch, &[]).await.says("Theo đối tượng"));
    assert_eq!(world.notes_of(Deed::WatchRound).await, 1);
    world.wind(Millis::hours(1));
    assert_eq!(one.post(&page, &[("deed", "begin-review")]).await.status, 303);
    let review = one.get(&page).await;
    assert!(review.says("Võ An") && review.says("Nộp bài sau 12 giây"));
    let attempt = world.engine.entries_to_review(&world.organiser().await, round.id).await.expect("the list")[0].attempt.to_string();
    let refused = one.post(&page, &[("deed", "void"), ("target", &attempt), ("reason", " ")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.says("Xin ghi rõ lý do."));
    assert_eq!(one.post(&page, &[("deed", "void"), ("target", &attempt), ("reason", "Dùng công cụ")]).await.status, 303);
    assert_eq!(one.post(&page, &[("deed", "rank")]).await.status, 303);
    assert!(one.get(&page).await.says("Trần Văn Minh"));
    assert!(one.get(&format!("/quan-tri/dot/{}/bao-cao", round.id)).await.says("BÁO CÁO NHANH"));
    assert_eq!(one.post(&page, &[("deed", "submit")]).await.status, 409, "nobody is verified");
    for award in world.engine.verification(&world.organiser().await, round.id).await.expect("winners").awards {
        assert_eq!(one.post(&page, &[("deed", "verify"), ("target", &award.id.to_string())]).await.status, 303);
    }
    assert_eq!(one.post(&page, &[("deed", "submit")]).await.status, 303);
    assert!(one.get(&page).await.says("phải do người thứ hai duyệt"));
    assert_eq!(one.post(&page, &[("deed", "approve")]).await.status, 403);
    assert_eq!(other.post(&page, &[("deed", "approve")]).await.status, 303);
    let refused = one.post(&page, &[("deed", "publish"), ("number", "12/QĐ-BTC"), ("date", "hôm nay")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.says("value=\"12/QĐ-BTC\"") && refused.says("hôm nay"), "what was typed is kept");
    let form = [("deed", "publish"), ("number", "12/QĐ-BTC"), ("date", "23/11/2026")];
    assert_eq!(one.upload(&page, &form, &[("file", "qd.pdf", b"%PDF-1.7 signed")]).await.status, 303);
    let published = world.client().get(ADDRESSES[0]).await;
    assert!(published.says("Trần Văn Minh") && published.says("PDF đã ký"));
    assert_eq!(one.post(&page, &[("deed", "correct"), ("reason", "Nhầm đơn vị")]).await.status, 303);
    assert!(one.get(&page).await.says("Đính chính: đang làm bản 2"));
    assert_eq!(world.client().get(ADDRESSES[0]).await.status, 200, "the old version stays");
    assert_eq!(one.post(&page, &[("deed", "khac")]).await.status, 422);
    assert_eq!(one.get("/quan-tri/dot/khong-phai-ma/ket-qua").await.status, 404);
});
