//! Finding people, and one person's account.

use domain::{Refusal, id::AccountId, identity::Role};
use engine::identity::PeopleQuery;
use tests::{World, refused, story};

async fn found(world: &World, text: &str) -> Vec<String> {
    let bao = world.organiser().await;
    let page = world.engine.people(&bao, &PeopleQuery { text: text.into(), ..PeopleQuery::default() }).await.expect("listed");
    page.lines.into_iter().map(|line| line.full_name).collect()
}

story!(a_name_is_found_without_its_marks, |world| {
    world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    world.contestant("Đặng Ánh", "so-y-te").await;
    assert_eq!(found(&world, "thi lan").await, ["Nguyễn Thị Lan"]);
    assert_eq!(found(&world, "ĐẶNG").await, ["Đặng Ánh"]);
    assert_eq!(found(&world, "nguyen.thi").await, ["Nguyễn Thị Lan"], "by login");
    assert_eq!(found(&world, "100%_\\").await, Vec::<String>::new(), "signs of patterns mean themselves");
    assert_eq!(found(&world, "").await, ["Đặng Ánh", "Trần Quốc Bảo", "Nguyễn Thị Lan"], "by given name, in Vietnamese order");
});

story!(a_list_is_narrowed_by_unit_and_state, |world| {
    let bao = world.organiser().await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    world.contestant("Đặng Ánh", "so-y-te").await;
    let unit = Some(world.unit("so-noi-vu").await);
    let page = world.engine.people(&bao, &PeopleQuery { unit, ..PeopleQuery::default() }).await.expect("listed");
    assert_eq!((page.found, page.pages, page.lines[0].id), (1, 1, lan.account));
    let page =
        world.engine.people(&bao, &PeopleQuery { state: "invited".into(), page: 9, ..PeopleQuery::default() }).await.expect("listed");
    assert_eq!((page.found, page.page), (0, 1));
});

story!(an_account_shows_what_organisers_need, |world| {
    let bao = world.organiser().await;
    let lan = world.member("Nguyễn Thị Lan", "so-noi-vu", &[Role::Coordinator]).await;
    world.engine.issue_code(&bao, lan.account).await.expect("issued");
    world.engine.move_account(&bao, lan.account, world.unit("so-y-te").await, "Điều động").await.expect("moved");
    let person = world.engine.person(&bao, lan.account).await.expect("shown");
    // Somebody who leaves a unit coordinates it no longer.
    assert_eq!((person.account.unit.as_deref(), person.roles), (Some("Sở Y tế"), vec![]));
    assert_eq!(
        (person.codes.len(), person.codes[0].purpose.as_str(), person.codes[0].by_whom.as_deref()),
        (1, "reset", Some("Trần Quốc Bảo"))
    );
    assert_eq!(person.moves[0].reason, "Điều động");
    refused!(world.engine.person(&bao, AccountId(uuid::Uuid::nil())).await, Refusal::NotFound);
});

story!(lists_of_people_are_for_organisers, |world| {
    let thu = world.coordinator("so-noi-vu").await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    refused!(world.engine.people(&thu, &PeopleQuery::default()).await, Refusal::NotAllowed);
    refused!(world.engine.person(&thu, lan.account).await, Refusal::NotAllowed);
});
