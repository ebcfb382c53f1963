//! The coordinator: the own unit, whether people took part, the own rate; nothing else.

use domain::{
    Refusal,
    id::RoundId,
    identity::{Audience, Role},
};
use engine::{
    Caller,
    identity::{ColleagueQuery, NewAccount},
};
use http::StatusCode;
use tests::{World, refused, story};
use uuid::Uuid;

const ROUND: Uuid = Uuid::from_u128(2);
const DIVISION: Uuid = Uuid::from_u128(3);

/// Everybody, from the first page.
fn all() -> ColleagueQuery {
    ColleagueQuery { page: 1, ..ColleagueQuery::default() }
}

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
    let own = world.engine.own_unit_round(&thu, round, &all()).await.expect("shown");
    let people: Vec<_> = own.colleagues.lines.iter().map(|one| (one.full_name.as_str(), one.taken_part)).collect();
    assert_eq!(people, [("Nguyễn Thị Lan", true), ("Trần Văn Minh", false), ("Huỳnh Thị Thu", false)]);
    assert_eq!((own.turnout.people, own.turnout.headcount, own.turnout.rate()), (1, Some(4), Some(2_500)));
    let everything = format!("{own:?}");
    assert!(!everything.contains("8123"), "no score: {everything}");
    assert!(!everything.contains("Đinh Thị Hà") && !everything.contains("Sở Nội vụ"), "no other unit: {everything}");
    assert_eq!(minh.unit, thu.unit);
    assert_eq!((own.taken_part, own.not_taken_part), (1, 2));
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
        let own = world.engine.own_unit_round(&thu, round, &all()).await.expect("shown");
        assert_eq!(own.turnout.people, counted, "{stage}");
    }
});

story!(the_rate_is_measured_against_the_frozen_headcount, |world| {
    let round = with_a_round(&world).await;
    let thu = world.coordinator("so-y-te").await;
    let unit = world.unit("so-y-te").await;
    world.run("insert into frozen_headcount (round_id, unit_id, block, headcount) values ($1, $2, 'so-nganh', 8)", &[ROUND, unit.0]).await;
    let own = world.engine.own_unit_round(&thu, round, &all()).await.expect("shown");
    assert_eq!(own.turnout.headcount, Some(8));
    world.run("update frozen_headcount set headcount = null where unit_id = $1", &[unit.0]).await;
    let own = world.engine.own_unit_round(&thu, round, &all()).await.expect("shown");
    assert_eq!(own.turnout.words(), "chưa có số liệu");
});

story!(only_coordinators_with_a_unit_watch_it, |world| {
    let round = with_a_round(&world).await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-y-te").await;
    refused!(world.engine.own_unit(&lan, &all()).await, Refusal::NotAllowed);
    refused!(world.engine.own_unit_round(&world.organiser().await, round, &all()).await, Refusal::NotAllowed);
    let homeless = world.person("Hồ Văn Trung", Audience::CivilServant, None, &[Role::Coordinator]).await;
    refused!(world.engine.own_unit(&homeless, &all()).await, Refusal::UnitNeeded);
    let thu = world.coordinator("so-y-te").await;
    refused!(world.engine.own_unit_round(&thu, RoundId(Uuid::nil()), &all()).await, Refusal::NotFound);
    assert_eq!(world.engine.own_unit(&thu, &all()).await.expect("shown").rounds.len(), 1);
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
        refused!(world.engine.own_unit_round(&thu, round, &all()).await, Refusal::NotFound);
        assert!(world.engine.own_unit(&thu, &all()).await.expect("shown").rounds.is_empty(), "{change}");
    }
});

story!(a_unit_of_thousands_is_read_page_by_page, |world| {
    let round = with_a_round(&world).await;
    let thu = world.coordinator("so-y-te").await;
    let anh = world.contestant("Đặng Thị Ánh", "so-y-te").await;
    handed_in(&world, &anh, 10).await;
    let people: Vec<(String, String)> = (1..=230).map(|n| (format!("mau{n:03}"), format!("Trần Thị Mẫu {n:03}"))).collect();
    let accounts: Vec<NewAccount<'_>> = people
        .iter()
        .map(|(login, full_name)| NewAccount {
            login,
            full_name,
            audience: Audience::CivilServant,
            unit: thu.unit,
            password: None,
            sample: false,
            roles: &[],
        })
        .collect();
    world.engine.open_accounts(&accounts).await.expect("a large unit");
    let read = async |query: ColleagueQuery| world.engine.own_unit_round(&thu, round, &query).await.expect("shown");
    let first = read(all()).await;
    assert_eq!((first.colleagues.found, first.colleagues.pages, first.colleagues.lines.len()), (232, 3, 100));
    assert_eq!((first.taken_part, first.not_taken_part), (1, 231));
    let last = read(ColleagueQuery { page: 99, ..all() }).await.colleagues;
    assert_eq!((last.page, last.lines.len()), (3, 32));
    let named = read(ColleagueQuery { name: "dang thi ANH".into(), ..all() }).await.colleagues;
    assert_eq!(named.lines.iter().map(|one| one.id).collect::<Vec<_>>(), [anh.account]);
    assert_eq!(read(ColleagueQuery { name: "100%_".into(), ..all() }).await.colleagues.found, 0, "signs of patterns mean themselves");
    for (taken_part, found) in [(Some(true), 1), (Some(false), 231)] {
        let narrowed = read(ColleagueQuery { taken_part, ..all() }).await.colleagues;
        assert_eq!(narrowed.found, found);
        assert!(narrowed.lines.iter().all(|one| Some(one.taken_part) == taken_part));
    }
    assert_eq!(world.engine.own_unit(&thu, &all()).await.expect("shown").colleagues.pages, 3);

    let mut browser = world.browser_of(&thu).await;
    let page = browser.get(&format!("/dau-moi?dot={round}&du-thi=da-thi")).await;
    assert!(page.says("Đặng Thị Ánh") && !page.says("Trần Thị Mẫu"), "{}", page.body);
    assert!(page.says("1 người theo điều kiện lọc; cả đơn vị: 1 người đã thi, 231 người chưa thi"), "{}", page.body);
    let page = browser.get(&format!("/dau-moi?dot={round}&du-thi=chua-thi&tim=mau&trang=2")).await;
    assert!(page.says(&format!("/dau-moi?dot={round}&amp;tim=mau&amp;du-thi=chua-thi&amp;trang=3")), "{}", page.body);
    let page = browser.get("/dau-moi?tim=khong+co+ai").await;
    assert!(page.status == StatusCode::OK && page.says("Không tìm thấy ai"), "{}", page.body);
});

story!(a_colleague_is_known_to_the_own_coordinator_only, |world| {
    let thu = world.coordinator("so-y-te").await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-y-te").await;
    let elsewhere = world.contestant("Đinh Thị Hà", "so-noi-vu").await;
    let known = world.engine.own_colleague(&thu, lan.account).await.expect("shown");
    assert_eq!((known.full_name.as_str(), known.unit.as_str(), known.state.as_str()), ("Nguyễn Thị Lan", "Sở Y tế", "active"));
    refused!(world.engine.own_colleague(&thu, elsewhere.account).await, Refusal::NotFound);
    refused!(world.engine.own_colleague(&lan, thu.account).await, Refusal::NotAllowed);
});
