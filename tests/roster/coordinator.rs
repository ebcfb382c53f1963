//! The coordinator: the own unit, whether people took part, the own rate; nothing else.

use domain::{Refusal, id::RoundId, identity::Role};
use engine::Caller;
use tests::{World, refused, story};
use uuid::Uuid;

const ROUND: Uuid = Uuid::from_u128(2);
const DIVISION: Uuid = Uuid::from_u128(3);

/// A round that is open, past every rule of the rooms that make rounds.
async fn with_a_round(world: &World) -> RoundId {
    let contest = Uuid::from_u128(1);
    world
        .run(
            "insert into contest (id, slug, title, host, stage, introduction, guide, help_line, contact, one_prize_each, id_number, extra_fields, created_at, revision)
             values ($1, 'cchc', 'Tìm hiểu CCHC', '', 'announced', '', '', '', '', false, 'not_asked', '[]', 0, 1)",
            &[contest],
        )
        .await;
    world
        .run(
            "insert into round (id, contest_id, position, label, stage, opens_at, closes_at, rules, revision)
             values ($1, $2, 1, 'Tuần 1', 'scheduled', 0, 9000000000000, '{}', 1)",
            &[ROUND, contest],
        )
        .await;
    world.run("insert into division (id, round_id, audience, rules) values ($1, $2, 'civil_servant', '{}')", &[DIVISION, ROUND]).await;
    RoundId(ROUND)
}

/// The person has handed a sheet in, with everything right.
async fn handed_in(world: &World, person: &Caller, attempt: u128) {
    world
        .run(
            "insert into attempt (id, round_id, division_id, account_id, unit_id, day, ordinal, stage, started_at, deadline, paper, hold, seq, head, answers, saved_at,
                                  correct, score)
             select $1, $2, $3, account.id, account.unit_id, 0, 1, 'marked', 0, 0, '', 0, 0, '', '', 0, 8123, 8123
             from account
             where account.id = $4",
            &[Uuid::from_u128(attempt), ROUND, DIVISION, person.account.0],
        )
        .await;
}

story!(a_coordinator_sees_whether_and_never_how_well, |world| {
    let round = with_a_round(&world).await;
    let thu = world.coordinator("so-y-te").await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-y-te").await;
    let minh = world.contestant("Trần Văn Minh", "so-y-te").await;
    let elsewhere = world.contestant("Đinh Thị Hà", "so-noi-vu").await;
    handed_in(&world, &lan, 10).await;
    handed_in(&world, &elsewhere, 11).await;
    let own = world.engine.own_unit_round(&thu, round).await.expect("shown");
    let people: Vec<_> = own.colleagues.iter().map(|one| (one.full_name.as_str(), one.has_taken_part())).collect();
    assert_eq!(people, [("Nguyễn Thị Lan", true), ("Trần Văn Minh", false), ("Huỳnh Thị Thu", false)]);
    assert_eq!((own.turnout.people, own.turnout.headcount, own.turnout.rate()), (1, Some(4), Some(2_500)));
    let everything = format!("{own:?}");
    assert!(!everything.contains("8123"), "no score: {everything}");
    assert!(!everything.contains("Đinh Thị Hà") && !everything.contains("Sở Nội vụ"), "no other unit: {everything}");
    assert!(minh.unit == thu.unit);
});

story!(a_sheet_counts_once_it_has_ended_whatever_became_of_it, |world| {
    let round = with_a_round(&world).await;
    let thu = world.coordinator("so-y-te").await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-y-te").await;
    handed_in(&world, &lan, 10).await;
    for (stage, counted) in
        [("update attempt set stage = 'running' where id = $1", 0), ("update attempt set stage = 'void' where id = $1", 1)]
    {
        world.run(stage, &[Uuid::from_u128(10)]).await;
        let own = world.engine.own_unit_round(&thu, round).await.expect("shown");
        assert_eq!(own.turnout.people, counted, "{stage}");
    }
});

story!(the_rate_is_measured_against_the_frozen_headcount, |world| {
    let round = with_a_round(&world).await;
    let thu = world.coordinator("so-y-te").await;
    let unit = world.unit("so-y-te").await;
    world.run("insert into frozen_headcount (round_id, unit_id, block, headcount) values ($1, $2, 'so-nganh', 8)", &[ROUND, unit.0]).await;
    let own = world.engine.own_unit_round(&thu, round).await.expect("shown");
    assert_eq!(own.turnout.headcount, Some(8));
    world.run("update frozen_headcount set headcount = null where unit_id = $1", &[unit.0]).await;
    let own = world.engine.own_unit_round(&thu, round).await.expect("shown");
    assert_eq!(own.turnout.words(), "chưa có số liệu");
});

story!(only_coordinators_with_a_unit_watch_it, |world| {
    let round = with_a_round(&world).await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-y-te").await;
    refused!(world.engine.own_unit(&lan).await, Refusal::NotAllowed);
    refused!(world.engine.own_unit_round(&world.organiser().await, round).await, Refusal::NotAllowed);
    let homeless = world.person("Hồ Văn Trung", domain::identity::Audience::CivilServant, None, &[Role::Coordinator]).await;
    refused!(world.engine.own_unit(&homeless).await, Refusal::UnitNeeded);
    let thu = world.coordinator("so-y-te").await;
    refused!(world.engine.own_unit_round(&thu, RoundId(Uuid::nil())).await, Refusal::NotFound);
    assert_eq!(world.engine.own_unit(&thu).await.expect("shown").rounds.len(), 1);
});

story!(a_round_that_has_not_opened_is_not_shown, |world| {
    let round = with_a_round(&world).await;
    let thu = world.coordinator("so-y-te").await;
    for change in [
        "update round set opens_at = 8000000000000 where id = $1",
        "update round set opens_at = 0, stage = 'draft' where id = $1",
        "update round set stage = 'cancelled' where id = $1",
    ] {
        world.run(change, &[ROUND]).await;
        refused!(world.engine.own_unit_round(&thu, round).await, Refusal::NotFound);
        assert!(world.engine.own_unit(&thu).await.expect("shown").rounds.is_empty(), "{change}");
    }
});
