//! From a closed round to verified winners: review, places, prizes, ties.

use domain::{
    Millis, Refusal,
    contest::{BlankPrediction, Prediction, PredictionTarget, RankingKey},
    id::{AttemptId, AwardId, RoundId},
    identity::{Audience, Block, Deed},
    ranking::{AwardState, TieRuling},
};
use engine::{Caller, Stop, ranking::Verdict};
use tests::{PrizeFor, SimulatedPlan, SimulatedRound, World, story};
use uuid::Uuid;

fn refusal<T: std::fmt::Debug>(outcome: Result<T, Stop>) -> Refusal {
    outcome.expect_err("it is refused").refusal()
}

/// Lan and Minh have everything right, Đào one less; there are three prizes.
async fn three_people(world: &World, round: &SimulatedRound) -> [Caller; 3] {
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let minh = world.contestant("Trần Văn Minh", "so-y-te").await;
    let dao = world.contestant("Lê Thị Đào", "xa-an-phu").await;
    world.sat(round, &lan, 9, 10, Some(15)).await;
    world.sat(round, &minh, 8, 10, Some(12)).await;
    world.sat(round, &dao, 5, 9, Some(3)).await;
    [lan, minh, dao]
}

/// Names with their prizes, of those who hold one.
async fn winners(world: &World, round: &SimulatedRound) -> Vec<(String, String)> {
    let organiser = world.organiser().await;
    let awards = world.engine.verification(&organiser, round.id).await.expect("winners").awards;
    awards.into_iter().filter(|award| award.state != AwardState::Withdrawn).map(|award| (award.name, award.prize)).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(name, prize)| ((*name).to_owned(), (*prize).to_owned())).collect()
}

async fn award_of(world: &World, round: &SimulatedRound, name: &str) -> AwardId {
    let organiser = world.organiser().await;
    let awards = world.engine.verification(&organiser, round.id).await.expect("winners").awards;
    awards.into_iter().find(|award| award.name == name && award.state != AwardState::Withdrawn).expect("a winner").id
}

story!(a_round_goes_into_review_when_it_has_closed_and_every_sheet_ended, |world| {
    let organiser = world.organiser().await;
    let round = world.simulated_round(&SimulatedPlan::default()).await;
    let [lan, ..] = three_people(&world, &round).await;
    assert_eq!(refusal(world.engine.begin_review(&organiser, round.id).await), Refusal::StillOpen);
    assert_eq!(refusal(world.engine.rank_round(&organiser, round.id).await), Refusal::WrongOrder);
    world.wind(Millis::hours(1));
    world.still_sits(&round, &lan).await;
    assert_eq!(refusal(world.engine.begin_review(&organiser, round.id).await), Refusal::SheetsRunning);
    world.sits_no_more(&round).await;
    world.engine.begin_review(&organiser, round.id).await.expect("the review begins");
    assert_eq!(refusal(world.engine.begin_review(&organiser, round.id).await), Refusal::AlreadyDone);
    assert_eq!(world.notes_of(Deed::BeginReview).await, 1);
    world.engine.rank_round(&organiser, round.id).await.expect("it is ranked");
    world.engine.begin_review(&organiser, round.id).await.expect("a ranked round may be looked through again");
});

story!(flagged_entries_are_decided_before_anybody_is_ranked, |world| {
    let organiser = world.organiser().await;
    let round = world.simulated_round(&SimulatedPlan::default()).await;
    three_people(&world, &round).await;
    let an = world.contestant("Võ An", "xa-an-phu").await;
    world.sat_flagged(&round, &an, (1, 10, Some(4)), "Nộp bài sau 12 giây").await;
    world.wind(Millis::hours(1));
    world.engine.begin_review(&organiser, round.id).await.expect("the review begins");
    assert_eq!(refusal(world.engine.rank_round(&organiser, round.id).await), Refusal::FlagsOpen);
    let flagged = world.engine.entries_to_review(&organiser, round.id).await.expect("the list");
    let [entry] = flagged.as_slice() else { panic!("one entry, not {flagged:?}") };
    assert_eq!((entry.full_name.as_str(), entry.flag.as_str(), &entry.verdict), ("Võ An", "Nộp bài sau 12 giây", &Verdict::Open));
    assert_eq!(refusal(world.engine.void_attempt(&organiser, entry.attempt, "  ").await), Refusal::ReasonNeeded);
    assert_eq!(refusal(world.engine.void_attempt(&organiser, entry.attempt, &"x".repeat(1_001)).await), Refusal::TooLong);
    world.engine.void_attempt(&organiser, entry.attempt, "Bài nộp bằng công cụ tự động").await.expect("voided");
    assert_eq!(refusal(world.engine.void_attempt(&organiser, entry.attempt, "lần nữa").await), Refusal::AlreadyDone);
    world.engine.rank_round(&organiser, round.id).await.expect("it is ranked");
    // The truth of the prediction, 3 people, no longer counts the voided entry.
    let page = world.engine.results_to_judge(&organiser, round.id).await.expect("results");
    let division = &page.announcement.facts.divisions[0];
    assert_eq!((division.people, division.prediction.as_ref().map(|asked| asked.truth)), (3, Some(3)));
    assert_eq!(refusal(world.engine.keep_attempt(&organiser, entry.attempt).await), Refusal::WrongOrder);
    world.engine.begin_review(&organiser, round.id).await.expect("once more");
    world.engine.keep_attempt(&organiser, entry.attempt).await.expect("recognised after all");
    world.engine.rank_round(&organiser, round.id).await.expect("it is ranked");
    let page = world.engine.results_to_judge(&organiser, round.id).await.expect("results");
    assert_eq!(page.announcement.facts.people(), 4);
    assert_eq!(page.announcement.winners[0].prediction, Some(4), "An guessed the truth");
});

story!(two_entrants_with_one_identity_number_wait_for_a_decision, |world| {
    let organiser = world.organiser().await;
    let round = world.simulated_round(&SimulatedPlan::default()).await;
    let [lan, minh, _] = three_people(&world, &round).await;
    world.share_a_number(&lan, &minh).await;
    world.wind(Millis::hours(1));
    world.engine.begin_review(&organiser, round.id).await.expect("the review begins");
    let entries = world.engine.entries_to_review(&organiser, round.id).await.expect("the list");
    assert_eq!(
        entries.iter().map(|entry| (entry.full_name.as_str(), entry.same_number)).collect::<Vec<_>>(),
        [("Nguyễn Thị Lan", true), ("Trần Văn Minh", true)]
    );
    world.engine.keep_attempt(&organiser, entries[0].attempt).await.expect("kept");
    assert_eq!(refusal(world.engine.rank_round(&organiser, round.id).await), Refusal::FlagsOpen);
    world.engine.void_attempt(&organiser, entries[1].attempt, "Trùng số định danh").await.expect("voided");
    world.engine.rank_round(&organiser, round.id).await.expect("it is ranked");
});

story!(the_rule_decides_and_equals_share_a_place, |world| {
    let organiser = world.organiser().await;
    let mut plan = SimulatedPlan { prizes: Vec::new(), ..SimulatedPlan::default() };
    plan.rules.public_places = 10;
    plan.rules.ranking = vec![RankingKey::Correct, RankingKey::PredictionDistance];
    let round = world.simulated_round(&plan).await;
    let [lan, minh, dao] = three_people(&world, &round).await;
    let hoa = world.contestant("Phạm Thị Hoa", "so-noi-vu").await;
    let dung = world.contestant("Đinh Văn Dũng", "so-noi-vu").await;
    for person in [&lan, &minh, &dao, &hoa, &dung] {
        world.may_be_named(person).await;
    }
    // Five people take part: Minh is 7 off with 12, and so would be −2; a blank stands behind every guess.
    world.sat(&round, &hoa, 20, 10, Some(12)).await;
    world.sat(&round, &dung, 1, 10, None).await;
    world.wind(Millis::hours(1));
    world.engine.begin_review(&organiser, round.id).await.expect("review");
    world.engine.rank_round(&organiser, round.id).await.expect("ranking");
    let page = world.engine.results_to_judge(&organiser, round.id).await.expect("results");
    let mut table: Vec<_> = page.top.iter().map(|line| (line.place, line.correct, line.unit.clone().unwrap_or_default())).collect();
    table.sort();
    let expected = [(1, 10, "Sở Nội vụ"), (1, 10, "Sở Y tế"), (3, 10, "Sở Nội vụ"), (4, 10, "Sở Nội vụ"), (5, 9, "Xã An Phú")];
    assert_eq!(table, expected.map(|(place, correct, unit)| (place, correct, unit.to_owned())));
});

story!(the_best_attempt_counts_and_people_are_not_attempts, |world| {
    let organiser = world.organiser().await;
    let round = world.simulated_round(&SimulatedPlan::default()).await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    world.sat(&round, &lan, 9, 7, Some(1)).await;
    world.sat(&round, &lan, 9, 10, Some(500)).await;
    world.sat(&round, &lan, 9, 10, Some(1)).await;
    world.wind(Millis::hours(1));
    world.engine.begin_review(&organiser, round.id).await.expect("review");
    world.engine.rank_round(&organiser, round.id).await.expect("ranking");
    let page = world.engine.results_to_judge(&organiser, round.id).await.expect("results");
    let facts = &page.announcement.facts;
    assert_eq!((facts.people(), facts.attempts(), facts.perfect()), (1, 3, 1));
    // The prediction never chooses: of two equally good attempts the earlier one counts, with its guess.
    assert_eq!(page.announcement.winners[0].prediction, Some(500));
    let unit = page.units.iter().find(|unit| unit.code == "so-noi-vu").expect("the unit");
    assert_eq!((unit.people, unit.attempts, unit.headcount), (1, 3, Some(287)));
});

story!(a_sheet_without_its_prediction_is_invalid_where_the_rules_say_so, |world| {
    let organiser = world.organiser().await;
    let asked = Prediction { question: String::new(), target: PredictionTarget::People, decimals: 0, blank: BlankPrediction::Invalid };
    let round = world.simulated_round(&SimulatedPlan { prediction: Some(asked), ..SimulatedPlan::default() }).await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let minh = world.contestant("Trần Văn Minh", "so-y-te").await;
    world.sat(&round, &lan, 9, 10, None).await;
    world.sat(&round, &minh, 9, 3, Some(2)).await;
    world.wind(Millis::hours(1));
    world.engine.begin_review(&organiser, round.id).await.expect("review");
    world.engine.rank_round(&organiser, round.id).await.expect("ranking");
    assert_eq!(winners(&world, &round).await, pairs(&[("Trần Văn Minh", "Nhất")]));
});

story!(a_withdrawn_place_passes_to_the_next, |world| {
    let organiser = world.organiser().await;
    let round = world.simulated_round(&SimulatedPlan::default()).await;
    three_people(&world, &round).await;
    let binh = world.contestant("Bùi Thị Bình", "so-y-te").await;
    world.sat(&round, &binh, 9, 2, None).await;
    world.wind(Millis::hours(1));
    world.engine.begin_review(&organiser, round.id).await.expect("review");
    world.engine.rank_round(&organiser, round.id).await.expect("ranking");
    // Four people: Minh guessed 12, Lan 15.
    assert_eq!(winners(&world, &round).await, pairs(&[("Trần Văn Minh", "Nhất"), ("Nguyễn Thị Lan", "Nhì"), ("Lê Thị Đào", "Nhì")]));
    let minh = award_of(&world, &round, "Trần Văn Minh").await;
    let lan = award_of(&world, &round, "Nguyễn Thị Lan").await;
    world.engine.verify_winner(&organiser, lan).await.expect("verified");
    assert_eq!(refusal(world.engine.verify_winner(&organiser, lan).await), Refusal::AlreadyDone);
    assert_eq!(refusal(world.engine.withdraw_winner(&organiser, minh, "").await), Refusal::ReasonNeeded);
    world.engine.withdraw_winner(&organiser, minh, "Không xác minh được đơn vị").await.expect("withdrawn");
    assert_eq!(refusal(world.engine.withdraw_winner(&organiser, minh, "lần nữa").await), Refusal::AlreadyDone);
    assert_eq!(winners(&world, &round).await, pairs(&[("Nguyễn Thị Lan", "Nhất"), ("Lê Thị Đào", "Nhì"), ("Bùi Thị Bình", "Nhì")]));
    let awards = world.engine.verification(&organiser, round.id).await.expect("winners").awards;
    let states: Vec<_> = awards.iter().map(|award| (award.name.as_str(), award.state)).collect();
    assert_eq!(
        states,
        [
            ("Nguyễn Thị Lan", AwardState::Verified),
            ("Lê Thị Đào", AwardState::Proposed),
            ("Bùi Thị Bình", AwardState::Proposed),
            ("Trần Văn Minh", AwardState::Withdrawn)
        ]
    );
    // Ranking again keeps what was decided about people.
    world.engine.rank_round(&organiser, round.id).await.expect("ranking");
    assert_eq!(winners(&world, &round).await[0], ("Nguyễn Thị Lan".to_owned(), "Nhất".to_owned()));
});

story!(a_tie_across_the_last_prize_is_divided_or_drawn, |world| {
    let organiser = world.organiser().await;
    let mut plan = SimulatedPlan { prizes: vec![(PrizeFor::People(Audience::CivilServant), "Nhất", 1)], ..SimulatedPlan::default() };
    plan.rules.ranking = vec![RankingKey::Correct];
    let round = world.simulated_round(&plan).await;
    let [lan, minh, dao] = three_people(&world, &round).await;
    world.wind(Millis::hours(1));
    world.engine.begin_review(&organiser, round.id).await.expect("review");
    world.engine.rank_round(&organiser, round.id).await.expect("ranking");
    assert_eq!(winners(&world, &round).await, []);
    let ties = world.engine.verification(&organiser, round.id).await.expect("winners").ties;
    let [tie] = ties.as_slice() else { panic!("one tie") };
    assert_eq!((tie.name.as_str(), tie.seats, tie.place, tie.among.len()), ("Nhất", 1, 1, 2));
    assert_eq!(refusal(world.engine.submit_results(&organiser, round.id).await), Refusal::TieOpen);
    let key = (round.id, round.prizes[0]);
    let decide = |ruling, chosen: Vec<Uuid>, minutes: &'static str| {
        let (engine, organiser) = (world.engine.clone(), organiser.clone());
        async move { engine.decide_tie(&organiser, key, ruling, (&chosen, minutes)).await }
    };
    assert_eq!(refusal(decide(TieRuling::Lots, vec![lan.account.0], "").await), Refusal::ReasonNeeded);
    assert_eq!(refusal(decide(TieRuling::Lots, vec![], "Biên bản số 1").await), Refusal::NotInTie);
    assert_eq!(refusal(decide(TieRuling::Lots, vec![dao.account.0], "Biên bản số 1").await), Refusal::NotInTie);
    assert_eq!(refusal(decide(TieRuling::Lots, vec![lan.account.0; 2], "Biên bản số 1").await), Refusal::NotInTie);
    decide(TieRuling::Lots, vec![lan.account.0], "Biên bản số 1").await.expect("lots were drawn");
    assert_eq!(winners(&world, &round).await, pairs(&[("Nguyễn Thị Lan", "Nhất")]));
    assert_eq!(refusal(decide(TieRuling::Divide, vec![], "Biên bản số 2").await), Refusal::NotFound);
    // The drawn winner drops out: nobody else was drawn, but only one is left in the tie.
    let award = award_of(&world, &round, "Nguyễn Thị Lan").await;
    world.engine.withdraw_winner(&organiser, award, "Từ chối nhận giải").await.expect("withdrawn");
    assert_eq!(winners(&world, &round).await, pairs(&[("Trần Văn Minh", "Nhất")]));
    let _ = minh;
});

story!(a_divided_prize_goes_to_everybody_in_the_tie, |world| {
    let organiser = world.organiser().await;
    let mut plan = SimulatedPlan { prizes: vec![(PrizeFor::People(Audience::CivilServant), "Nhất", 1)], ..SimulatedPlan::default() };
    plan.rules.ranking = vec![RankingKey::Correct];
    let round = world.simulated_round(&plan).await;
    three_people(&world, &round).await;
    world.wind(Millis::hours(1));
    world.engine.begin_review(&organiser, round.id).await.expect("review");
    world.engine.rank_round(&organiser, round.id).await.expect("ranking");
    let key = (round.id, round.prizes[0]);
    world.engine.decide_tie(&organiser, key, TieRuling::Divide, (&[], "Biên bản số 3")).await.expect("divided");
    let mut names = winners(&world, &round).await;
    names.sort();
    assert_eq!(names, pairs(&[("Nguyễn Thị Lan", "Nhất"), ("Trần Văn Minh", "Nhất")]));
    assert_eq!(world.notes_of(Deed::DecideTie).await, 1);
});

story!(one_person_wins_at_most_one_prize_in_a_contest, |world| {
    let first = world.simulated_round(&SimulatedPlan::default()).await;
    let [lan, minh, dao] = three_people(&world, &first).await;
    world.publish(&first).await;
    let second = world.simulated_round(&SimulatedPlan { position: 2, ..SimulatedPlan::default() }).await;
    let an = world.contestant("Võ An", "xa-an-phu").await;
    for (who, correct) in [(&lan, 10), (&minh, 9), (&dao, 8), (&an, 1)] {
        world.sat(&second, who, 5, correct, None).await;
    }
    let organiser = world.organiser().await;
    world.wind(Millis::hours(1));
    world.engine.begin_review(&organiser, second.id).await.expect("review");
    world.engine.rank_round(&organiser, second.id).await.expect("ranking");
    assert_eq!(winners(&world, &second).await, pairs(&[("Võ An", "Nhất")]));
    let page = world.engine.results_to_judge(&organiser, second.id).await.expect("results");
    let previous = page.announcement.facts.previous.expect("the round before");
    assert_eq!((previous.label.as_str(), previous.people), ("Tuần 1", 3));
});

story!(units_win_inside_their_block, |world| {
    let organiser = world.organiser().await;
    let prizes = vec![(PrizeFor::Units(Block::Departments), "Nhất tập thể", 1), (PrizeFor::Units(Block::Communes), "Nhất tập thể", 1)];
    let round = world.simulated_round(&SimulatedPlan { prizes, ..SimulatedPlan::default() }).await;
    three_people(&world, &round).await;
    let citizen = world.citizen("Hồ Dung", "xa-an-phu").await;
    world.sat(&round, &citizen, 5, 10, None).await;
    world.wind(Millis::hours(1));
    world.engine.begin_review(&organiser, round.id).await.expect("review");
    world.engine.rank_round(&organiser, round.id).await.expect("ranking");
    // Sở Y tế: one of four; Sở Nội vụ: one of 287. Citizens never count for a unit.
    assert_eq!(winners(&world, &round).await, pairs(&[("Sở Y tế", "Nhất tập thể"), ("Xã An Phú", "Nhất tập thể")]));
    let page = world.engine.results_to_judge(&organiser, round.id).await.expect("results");
    let line = |code: &str| page.units.iter().find(|unit| unit.code == code).expect("the unit").clone();
    assert_eq!((line("so-y-te").rate_ppm, line("so-y-te").place), (Some(250_000), Some(1)));
    assert_eq!((line("xa-an-phu").people, line("xa-an-phu").rate_ppm), (1, Some(9_259)));
    assert_eq!((line("xa-binh-minh").headcount, line("xa-binh-minh").place), (None, None));
    let communes = page.announcement.facts.blocks.iter().find(|block| block.block == Block::Communes).expect("communes");
    assert_eq!((communes.units, communes.taking_part, communes.without_headcount), (2, 1, 1));
});

story!(nobody_without_the_right_judges_and_unknown_things_are_not_found, |world| {
    let organiser = world.organiser().await;
    let round = world.simulated_round(&SimulatedPlan::default()).await;
    let [lan, ..] = three_people(&world, &round).await;
    let (nowhere, nothing, nobody) = (RoundId(Uuid::nil()), AttemptId(Uuid::nil()), AwardId(Uuid::nil()));
    let engine = &world.engine;
    for outsider in [&lan, &world.author().await, &world.coordinator("so-noi-vu").await, &world.admin().await] {
        assert_eq!(refusal(engine.begin_review(outsider, round.id).await), Refusal::NotAllowed);
        assert_eq!(refusal(engine.entries_to_review(outsider, round.id).await), Refusal::NotAllowed);
        assert_eq!(refusal(engine.keep_attempt(outsider, nothing).await), Refusal::NotAllowed);
        assert_eq!(refusal(engine.void_attempt(outsider, nothing, "vì sao").await), Refusal::NotAllowed);
        assert_eq!(refusal(engine.rank_round(outsider, round.id).await), Refusal::NotAllowed);
        assert_eq!(refusal(engine.verification(outsider, round.id).await), Refusal::NotAllowed);
        assert_eq!(refusal(engine.verify_winner(outsider, nobody).await), Refusal::NotAllowed);
        assert_eq!(refusal(engine.withdraw_winner(outsider, nobody, "vì sao").await), Refusal::NotAllowed);
        let key = (round.id, round.prizes[0]);
        assert_eq!(refusal(engine.decide_tie(outsider, key, TieRuling::Divide, (&[], "biên bản")).await), Refusal::NotAllowed);
    }
    assert_eq!(refusal(engine.begin_review(&organiser, nowhere).await), Refusal::NotFound);
    assert_eq!(refusal(engine.rank_round(&organiser, nowhere).await), Refusal::NotFound);
    assert_eq!(refusal(engine.keep_attempt(&organiser, nothing).await), Refusal::NotFound);
    assert_eq!(refusal(engine.verify_winner(&organiser, nobody).await), Refusal::NotFound);
});
