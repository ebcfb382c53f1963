//! The identity number in a contest that asks it of winners only.

use super::{SERVANTS, all_sat, refusal, three};
use domain::{
    Refusal,
    contest::IdNumberRule,
    id::RoundId,
    identity::{Deed, RequestKind, RequestState},
    ranking::AwardState,
};
use engine::Stop;
use http::StatusCode;
use tests::{SimulatedPlan, SimulatedRound, World, story};
use uuid::Uuid;

const NUMBER: &str = "051 085 001 234";

/// Lan and Minh win, Đào does not; the contest asks its winners for their number.
async fn two_winners(world: &World, id_number: IdNumberRule) -> SimulatedRound {
    let prizes = vec![(SERVANTS, "Nhất", 1), (SERVANTS, "Nhì", 1)];
    let round = world.simulated_round(&SimulatedPlan { prizes, id_number, ..SimulatedPlan::default() }).await;
    let [lan, minh, dao] = three(world).await;
    all_sat(world, &round, &[(&lan, 10), (&minh, 9), (&dao, 8)], Some(3)).await;
    world.rank(&round).await;
    round
}

fn at(outcome: Result<(), Stop>) -> (String, Refusal) {
    let Err(Stop::AtFields(fields)) = outcome else { panic!("a field is refused: {outcome:?}") };
    (fields[0].0.0.to_string(), fields[0].1)
}

story!(a_winner_who_is_asked_gives_the_number_and_only_then_is_verified, |world| {
    let round = two_winners(&world, IdNumberRule::WinnersOnly).await;
    let (engine, organiser) = (&world.engine, world.organiser().await);
    let [lan, minh, dao] = three(&world).await;
    let award = engine.verification(&organiser, round.id).await.expect("winners").awards[0].id;
    assert_eq!(refusal(engine.verify_winner(&organiser, award).await), Refusal::NumberMissing);
    // Nobody learns of a ranking that may still change, until the organisers decide to ask.
    assert_eq!(engine.numbers_asked(&lan).await.expect("a list"), []);
    assert_eq!(refusal(engine.number_asked(&lan, round.id).await), Refusal::NotFound);
    assert_eq!(refusal(engine.give_winner_number(&lan, round.id, NUMBER).await), Refusal::NotFound);
    assert_eq!(refusal(engine.ask_winners(&lan, round.id).await), Refusal::NotAllowed);
    assert_eq!(engine.ask_winners(&organiser, round.id).await.expect("asked"), 2);
    assert_eq!(refusal(engine.ask_winners(&organiser, round.id).await), Refusal::AlreadyDone);
    let asked = engine.numbers_asked(&lan).await.expect("a list");
    assert_eq!((asked.len(), asked[0].round, asked[0].given), (1, round.id, false));
    for (outsider, why) in [(&dao, "she won nothing"), (&organiser, "he took no part")] {
        assert_eq!(refusal(engine.number_asked(outsider, round.id).await), Refusal::NotFound, "{why}");
        assert_eq!(refusal(engine.give_winner_number(outsider, round.id, NUMBER).await), Refusal::NotFound, "{why}");
    }
    assert_eq!(refusal(engine.give_winner_number(&lan, RoundId(Uuid::nil()), NUMBER).await), Refusal::NotFound);
    let field = |refusal| ("national_id".to_owned(), refusal);
    assert_eq!(at(engine.give_winner_number(&lan, round.id, "").await), field(Refusal::Required));
    assert_eq!(at(engine.give_winner_number(&lan, round.id, "212345678").await), field(Refusal::OldIdNumber));
    assert_eq!(at(engine.give_winner_number(&lan, round.id, "0510850012").await), field(Refusal::BadIdNumber));
    assert_eq!(world.notes_of(Deed::GiveIdNumber).await, 0);
    engine.give_winner_number(&lan, round.id, NUMBER).await.expect("given");
    assert_eq!(world.notes_of(Deed::GiveIdNumber).await, 1);
    assert_eq!(engine.numbers_asked(&lan).await.expect("a list"), []);
    let lines = engine.verification(&organiser, round.id).await.expect("winners").awards;
    assert_eq!(lines.iter().map(|line| line.number_tail.as_deref()).collect::<Vec<_>>(), [Some("234"), None]);
    engine.verify_winner(&organiser, award).await.expect("verified");
    // The same number again: a neutral word for Minh, a request for the organisers.
    assert_eq!(at(engine.give_winner_number(&minh, round.id, NUMBER).await), field(Refusal::IdNumberHeld));
    let queue = engine.requests(&organiser, Some(RequestState::Open), Some(RequestKind::DuplicateId)).await.expect("the queue");
    assert_eq!((queue.len(), queue[0].account), (1, Some(minh.account)));
    assert_eq!(refusal(engine.verify_winner(&organiser, lines[1].id).await), Refusal::NumberMissing);
});

story!(ranking_again_keeps_who_was_asked, |world| {
    let round = two_winners(&world, IdNumberRule::WinnersOnly).await;
    let (engine, organiser) = (&world.engine, world.organiser().await);
    engine.ask_winners(&organiser, round.id).await.expect("asked");
    engine.rank_round(&organiser, round.id).await.expect("ranked again");
    let lines = engine.verification(&organiser, round.id).await.expect("winners").awards;
    assert!(lines.iter().all(|line| line.number_asked_at.is_some()), "{lines:?}");
    engine.withdraw_winner(&organiser, lines[0].id, "Từ chối nhận giải").await.expect("withdrawn");
    let [lan, ..] = three(&world).await;
    assert_eq!(engine.numbers_asked(&lan).await.expect("a list"), [], "whoever lost the prize is asked nothing");
    let fresh = engine.verification(&organiser, round.id).await.expect("winners").awards;
    let unasked = fresh.iter().filter(|line| line.state == AwardState::Proposed && line.number_asked_at.is_none()).count();
    assert_eq!(unasked, 1, "the next in line has not been asked yet");
});

story!(winners_are_asked_only_where_and_when_the_rules_say_so, |world| {
    let organiser = world.organiser().await;
    let round = two_winners(&world, IdNumberRule::NotAsked).await;
    assert_eq!(refusal(world.engine.ask_winners(&organiser, round.id).await), Refusal::NotOffered);
    world.verify_all(&round).await;
    let plan = SimulatedPlan { slug: "hoi-nguoi-dat-giai", id_number: IdNumberRule::WinnersOnly, ..SimulatedPlan::default() };
    let open = world.simulated_round(&plan).await;
    assert_eq!(refusal(world.engine.ask_winners(&organiser, open.id).await), Refusal::WrongOrder);
    assert_eq!(refusal(world.engine.ask_winners(&organiser, RoundId(Uuid::nil())).await), Refusal::NotFound);
});

story!(the_pages_ask_the_winner_and_show_organisers_only_the_end_of_the_number, |world| {
    let round = two_winners(&world, IdNumberRule::WinnersOnly).await;
    let [lan, _, dao] = three(&world).await;
    let (own, judging) = (format!("/bo-sung-so-dinh-danh/{}", round.id), format!("/quan-tri/dot/{}/ket-qua", round.id));
    let mut organiser = world.browser_of(&world.organiser().await).await;
    assert!(organiser.get(&judging).await.says("Đề nghị 2 người bổ sung số định danh"));
    let mut winner = world.browser_of(&lan).await;
    assert!(!winner.get("/luot-thi").await.says(&own));
    assert_eq!(organiser.post(&judging, &[("deed", "ask-numbers")]).await.status, StatusCode::SEE_OTHER);
    let asked = winner.get("/luot-thi").await;
    assert!(asked.says(&own), "{}", asked.body);
    let asked = winner.get(&own).await;
    assert!(asked.says("12 chữ số") && asked.says("được mã hóa khi lưu"), "{}", asked.body);
    assert!(!asked.says("Giải") && !asked.says("Hạng"), "no prize and no place is told before the publication");
    let refused = winner.post(&own, &[("national_id", "123")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says("Số định danh cá nhân gồm 12 chữ số."));
    assert_eq!(winner.post(&own, &[("national_id", NUMBER)]).await.status, StatusCode::SEE_OTHER);
    assert!(winner.get(&own).await.says("•••••••••234"));
    assert!(!winner.get("/luot-thi").await.says(&own), "nothing more is asked");
    let verification = organiser.get(&judging).await;
    assert!(verification.says("•••••••••234") && verification.says("chưa có số định danh (đã đề nghị"), "{}", verification.body);
    assert!(!verification.says("051085001234"));
    let mut other = world.browser_of(&dao).await;
    assert_eq!(other.get(&own).await.status, StatusCode::NOT_FOUND);
    assert_eq!(other.post(&own, &[("national_id", "051085001235")]).await.status, StatusCode::NOT_FOUND);
    assert!(world.client().get(&own).await.location().starts_with("/dang-nhap?tiep="));
});
