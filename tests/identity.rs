//! Identity: signing up and in, units, consent, own data, identity numbers.

use domain::identity::{Action, Audience};
use tests::story;

story!(people_of_the_stories_are_who_they_say, |world| {
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    assert_eq!(lan.audience, Audience::CivilServant);
    assert_eq!(lan.unit, Some(world.unit("so-noi-vu").await));
    assert!(lan.may(Action::TakePart) && !lan.may(Action::ReadBank));
    assert!(world.organiser().await.may(Action::JudgeRound));
    assert!(world.author().await.may(Action::WriteQuestion));
    assert!(world.reviewer().await.may(Action::ReviewQuestion));
    assert!(world.admin().await.may(Action::GrantRoles));
    assert_eq!(world.organiser().await.account, world.organiser().await.account, "the same person comes again");
});

story!(the_tree_of_units_is_loaded_once, |world| {
    let tree = include_str!("../server/engine/demo/units.csv");
    let added = world.engine.load_units(tree).await.expect("loaded");
    assert_eq!(added, 111);
    assert_eq!(world.engine.load_units(tree).await.expect("loaded again"), 0);
    let groups = world.engine.search_units("chanh lo", Audience::CivilServant).await.expect("searched");
    let hits: Vec<_> = groups.into_iter().flat_map(|group| group.units).map(|unit| (unit.name, unit.former)).collect();
    assert_eq!(hits, [("Phường Cẩm Thành".to_owned(), Some("Phường Chánh Lộ (cũ)".to_owned()))]);
});
