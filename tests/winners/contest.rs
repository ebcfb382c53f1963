//! Prizes of the whole contest: added over its rounds, announced with the last one.

use super::{SERVANTS, SLUG, all_sat, holders, pairs, refusal, sum_up, three, two_rounds};
use domain::{
    Refusal,
    contest::RankingKey,
    identity::{Block, Deed},
    ranking::{Announces, Span, TieRuling},
};
use tests::{PrizeFor, SimulatedPlan, story};

story!(the_last_round_announces_the_prizes_of_the_whole_contest, |world| {
    let contest_prizes = vec![(SERVANTS, "Nhất", 1), (SERVANTS, "Nhì", 1), (PrizeFor::Units(Block::Departments), "Nhất tập thể", 1)];
    let [first, second] = two_rounds(&world, SimulatedPlan { prizes: Vec::new(), contest_prizes, ..SimulatedPlan::default() }).await;
    let [lan, minh, dao] = three(&world).await;
    all_sat(&world, &first, &[(&lan, 10), (&minh, 8), (&dao, 9)], Some(3)).await;
    all_sat(&world, &second, &[(&lan, 5), (&minh, 9)], Some(2)).await;
    world.may_be_named(&lan).await;
    world.may_be_named(&minh).await;
    world.publish(&first).await;
    world.rank(&second).await;
    let organiser = world.organiser().await;
    let found = world.engine.verification(&organiser, second.id).await.expect("winners");
    assert_eq!((found.contest, found.outdated, found.awards.len()), (Some(Announces::MaySay), false, 0));
    world.engine.sum_up_contest(&organiser, second.id, true).await.expect("chosen");
    assert!(world.engine.verification(&organiser, second.id).await.expect("winners").outdated, "it must be ranked again");
    assert_eq!(refusal(world.engine.submit_results(&organiser, second.id).await), Refusal::ContestNotSummed);
    world.engine.rank_round(&organiser, second.id).await.expect("ranked again");
    let found = world.engine.verification(&organiser, second.id).await.expect("winners");
    assert_eq!((found.contest, found.outdated), (Some(Announces::Now), false));
    world.announce(&second).await;

    let page = world.engine.results(SLUG, 2, None).await.expect("published");
    let announced = &page.announcement;
    let winners: Vec<_> = announced.winners_of(Span::Contest).map(|won| (won.unit.as_deref(), won.rank, won.place, won.correct)).collect();
    assert_eq!(winners, [(Some("Sở Y tế"), 1, 1, 17), (Some("Sở Nội vụ"), 2, 2, 15)]);
    assert_eq!(announced.winners[1].why, "Xếp sau do đúng tổng cộng 15 câu (người xếp trên đúng 17).");
    let units: Vec<_> = announced.collective_of(Span::Contest).map(|won| won.name.as_str()).collect();
    assert_eq!(units, ["Sở Y tế"], "one of four stands before one of 287");
    let contest = announced.facts.whole_contest.as_ref().expect("the contest");
    assert_eq!((contest.people(), contest.attempts()), (3, 5), "each person is counted once, every attempt counts");
    let rounds: Vec<_> = contest.rounds.iter().map(|round| (round.label.as_str(), round.version)).collect();
    assert_eq!(rounds, [("Tuần 1", 1), ("Tuần 2", 1)]);
    assert!(page.summary.contains("và tổng kết cuộc thi") && page.summary.contains("Giải Nhất toàn cuộc thi thuộc về"), "{}", page.summary);
    assert_eq!(world.engine.results(SLUG, 1, None).await.expect("published").announcement.facts.whole_contest, None);
    assert_eq!(world.engine.honoured("").await.expect("the roll")[0].winners.len(), 2);
    assert_eq!(world.notes_of(Deed::SumUpContest).await, 1);
});

story!(everybody_reads_the_own_place_over_the_contest_even_without_the_last_round, |world| {
    let plan = SimulatedPlan { prizes: Vec::new(), contest_prizes: vec![(SERVANTS, "Nhất", 1)], ..SimulatedPlan::default() };
    let [first, second] = two_rounds(&world, plan).await;
    let [lan, minh, dao] = three(&world).await;
    all_sat(&world, &first, &[(&lan, 7), (&minh, 8), (&dao, 10)], Some(3)).await;
    world.sat(&second, &lan, 9, 8, None).await;
    world.sat(&second, &minh, 9, 7, Some(2)).await;
    world.publish(&first).await;
    world.rank(&second).await;
    sum_up(&world, &second).await;
    world.announce(&second).await;
    let place = async |who| world.engine.own_place(who, SLUG, 2).await.expect("published").expect("a place");
    let of_dao = place(&dao).await;
    let total = of_dao.whole_contest.expect("a place over the contest");
    assert_eq!((of_dao.place, total.place, total.among, total.correct, total.questions), (None, 3, 3, 10, 20));
    let of_minh = place(&minh).await;
    assert_eq!((of_minh.place, of_minh.prizes), (Some(2), vec!["Giải Nhất toàn cuộc thi".to_owned()]));
    // Lan and Minh have fifteen right answers; Lan left one prediction blank.
    let total = place(&lan).await.whole_contest.expect("a place over the contest");
    assert_eq!(
        (total.place, total.why.as_str()),
        (2, "Xếp sau do thiếu dự đoán ở ít nhất một đợt (người xếp trên lệch tổng cộng 0 người).")
    );
    let mut browser = world.browser_of(&dao).await;
    let page = browser.get(&format!("/ket-qua/{SLUG}/2")).await;
    for words in ["Tổng kết cuộc thi", "Tuần 1 (bản 1)", "Giải Nhất toàn cuộc thi", "Tổng số câu đúng", "trên 3 người dự thi"]
    {
        assert!(page.says(words), "{words}");
    }
    let sheet = world.client().get(&format!("/ket-qua/{SLUG}/2/tep/giai-ca-nhan.csv")).await;
    assert!(sheet.says("Toàn cuộc thi"), "{}", sheet.body);
    assert!(!world.client().get(&format!("/ket-qua/{SLUG}/1")).await.says("Tổng kết cuộc thi"));
});

story!(whoever_wins_in_a_round_leaves_the_contests_prize_to_the_next, |world| {
    for (each_once, slug, expected) in [(true, "moi-nguoi-mot-giai", "Lê Thị Đào"), (false, "khong-gioi-han-giai", "Nguyễn Thị Lan")]
    {
        let plan = SimulatedPlan {
            slug,
            prizes: vec![(SERVANTS, "Nhất", 1)],
            contest_prizes: vec![(SERVANTS, "Nhất", 1)],
            one_prize_each: each_once,
            ..SimulatedPlan::default()
        };
        let [first, second] = two_rounds(&world, plan).await;
        let [lan, minh, dao] = three(&world).await;
        all_sat(&world, &first, &[(&lan, 10), (&minh, 5), (&dao, 4)], Some(3)).await;
        all_sat(&world, &second, &[(&lan, 9), (&minh, 8), (&dao, 4)], Some(3)).await;
        world.publish(&first).await;
        world.rank(&second).await;
        sum_up(&world, &second).await;
        assert_eq!(holders(&world, &second, Span::Contest).await, pairs(&[(expected, "Nhất")]), "{slug}");
        // Lan won in the first round, so Minh may win in the second where each wins once.
        let of_round = if each_once { "Trần Văn Minh" } else { "Nguyễn Thị Lan" };
        assert_eq!(holders(&world, &second, Span::Round).await, pairs(&[(of_round, "Nhất")]), "{slug}");
    }
});

story!(a_tie_over_the_contest_is_decided_and_a_withdrawn_prize_passes_on, |world| {
    let mut plan = SimulatedPlan { prizes: Vec::new(), contest_prizes: vec![(SERVANTS, "Nhất", 1)], ..SimulatedPlan::default() };
    plan.rules.ranking = vec![RankingKey::Correct];
    let [first, second] = two_rounds(&world, plan).await;
    let [lan, minh, dao] = three(&world).await;
    all_sat(&world, &first, &[(&lan, 10), (&minh, 5), (&dao, 4)], None).await;
    all_sat(&world, &second, &[(&lan, 5), (&minh, 10), (&dao, 4)], None).await;
    world.publish(&first).await;
    world.rank(&second).await;
    sum_up(&world, &second).await;
    let organiser = world.organiser().await;
    let ties = world.engine.verification(&organiser, second.id).await.expect("ties").ties;
    let [tie] = ties.as_slice() else { panic!("one tie: {ties:?}") };
    assert_eq!((tie.span, tie.name.as_str(), tie.seats, tie.among.len()), (Span::Contest, "Nhất", 1, 2));
    assert_eq!(refusal(world.engine.submit_results(&organiser, second.id).await), Refusal::TieOpen);
    let lots = ([lan.account.0], "Biên bản số 1");
    world.engine.decide_tie(&organiser, (second.id, tie.prize), TieRuling::Lots, (&lots.0, lots.1)).await.expect("drawn");
    assert_eq!(holders(&world, &second, Span::Contest).await, pairs(&[("Nguyễn Thị Lan", "Nhất")]));
    let award = world.engine.verification(&organiser, second.id).await.expect("winners").awards[0].id;
    world.engine.withdraw_winner(&organiser, award, "Từ chối nhận giải").await.expect("withdrawn");
    assert_eq!(holders(&world, &second, Span::Contest).await, pairs(&[("Trần Văn Minh", "Nhất")]));
    world.announce(&second).await;
});

story!(only_the_last_round_of_a_contest_with_prizes_of_its_own_sums_it_up, |world| {
    let organiser = world.organiser().await;
    let plan = SimulatedPlan { prizes: Vec::new(), contest_prizes: vec![(SERVANTS, "Nhất", 1)], ..SimulatedPlan::default() };
    let [first, second] = two_rounds(&world, plan).await;
    let [lan, ..] = three(&world).await;
    all_sat(&world, &first, &[(&lan, 10)], None).await;
    all_sat(&world, &second, &[(&lan, 10)], None).await;
    let sum_up = async |who, round, chosen| world.engine.sum_up_contest(who, round, chosen).await;
    assert_eq!(refusal(sum_up(&lan, second.id, true).await), Refusal::NotAllowed);
    assert_eq!(refusal(sum_up(&organiser, second.id, true).await), Refusal::WrongOrder, "it is still open");
    world.rank(&second).await;
    assert_eq!(refusal(sum_up(&organiser, second.id, false).await), Refusal::AlreadyDone, "it was not chosen");
    sum_up(&organiser, second.id, true).await.expect("chosen");
    assert_eq!(refusal(sum_up(&organiser, second.id, true).await), Refusal::AlreadyDone);
    let waits = world.engine.verification(&organiser, second.id).await.expect("winners").contest;
    assert_eq!(waits, Some(Announces::Waits(vec!["Tuần 1".to_owned()])));
    assert_eq!(refusal(world.engine.submit_results(&organiser, second.id).await), Refusal::ContestNotSummed);
    world.rank(&first).await;
    assert_eq!(refusal(sum_up(&organiser, first.id, true).await), Refusal::NotOffered, "another round was chosen");
    world.engine.rank_round(&organiser, second.id).await.expect("ranked again");
    world.verify_all(&second).await;
    assert_eq!(refusal(world.engine.submit_results(&organiser, second.id).await), Refusal::ContestNotSummed, "the first is not public");
    sum_up(&organiser, second.id, false).await.expect("taken back");
    world.engine.rank_round(&organiser, second.id).await.expect("ranked again");
    assert_eq!(holders(&world, &second, Span::Contest).await, []);
    let bare = world.simulated_round(&SimulatedPlan { slug: "khong-co-giai-toan-cuoc", ..SimulatedPlan::default() }).await;
    world.rank(&bare).await;
    assert_eq!(refusal(sum_up(&organiser, bare.id, true).await), Refusal::NotOffered, "it has no such prizes");
});
