//! Administration of the unit tree.

use domain::{Refusal, id::UnitId};
use engine::identity::UnitForm;
use tests::{refused, refused_at, story};
use uuid::Uuid;

fn form() -> UnitForm {
    UnitForm {
        code: "xa-mau-01".into(),
        name: "Xã mẫu 01".into(),
        kind: "commune".into(),
        block: "xa".into(),
        headcount: "45".into(),
        headcount_as_of: "2026-11-01".into(),
        former_names: "Xã mẫu A (cũ); Xã mẫu B (cũ)".into(),
        ..UnitForm::default()
    }
}

story!(a_unit_is_added_with_its_lineage, |world| {
    let bao = world.organiser().await;
    let parent = world.unit("ubnd-tinh").await;
    let id = world.engine.add_unit(&bao, &UnitForm { parent: parent.to_string(), ..form() }).await.expect("added");
    let about = world.engine.unit_about(&bao, id).await.expect("shown");
    assert_eq!((about.unit.headcount, about.parent.as_deref()), (Some(45), Some("UBND tỉnh Quảng Ngãi")));
    assert_eq!(about.lineage.len(), 2);
    refused_at!(world.engine.add_unit(&bao, &form()).await, "code": Refusal::Taken);
    let listed = world.engine.units_with_people(&bao).await.expect("listed");
    assert!(listed.iter().any(|(unit, _)| unit.id == id));
});

story!(every_wrong_field_of_a_unit_is_told, |world| {
    let bao = world.organiser().await;
    let wrong = UnitForm {
        code: "Xã mẫu".into(),
        name: "1".into(),
        kind: "quan".into(),
        parent: "không".into(),
        block: "huyen".into(),
        headcount: "nhiều".into(),
        headcount_as_of: "32/01/2026".into(),
        valid_from: "01/07/2025".into(),
        valid_until: "01/07/2025".into(),
        former_names: "a".repeat(200),
    };
    refused_at!(
        world.engine.add_unit(&bao, &wrong).await,
        "code": Refusal::BadSlug, "name": Refusal::TooShort, "kind": Refusal::NotOffered, "block": Refusal::NotOffered,
        "parent": Refusal::UnitUnknown, "headcount": Refusal::OutOfRange, "headcount_as_of": Refusal::NotADate,
        "valid_until": Refusal::UnitEndsTooEarly, "former_names": Refusal::TooLong
    );
    refused_at!(world.engine.add_unit(&bao, &UnitForm { headcount_as_of: String::new(), ..form() }).await, "headcount_as_of": Refusal::Required);
});

story!(a_unit_is_changed_but_keeps_its_code, |world| {
    let bao = world.organiser().await;
    let unit = world.unit("so-y-te").await;
    let before = world.engine.unit_about(&bao, unit).await.expect("shown").unit;
    let form = UnitForm { code: "khac".into(), headcount: "12".into(), headcount_as_of: "01/11/2026".into(), ..UnitForm::of(&before) };
    world.engine.edit_unit(&bao, unit, &form).await.expect("changed");
    let after = world.engine.unit_about(&bao, unit).await.expect("shown").unit;
    assert_eq!(
        (after.code.as_str(), after.headcount, after.headcount_as_of.map(domain::Timestamp::date).as_deref()),
        ("so-y-te", Some(12), Some("01/11/2026"))
    );
    assert_eq!((after.kind, after.parent, after.valid_from), (before.kind, before.parent, before.valid_from));
    refused!(world.engine.edit_unit(&bao, UnitId(Uuid::nil()), &form).await, Refusal::NotFound);
});

story!(a_unit_never_stands_above_itself, |world| {
    let bao = world.organiser().await;
    let upper = world.unit("so-noi-vu").await;
    let lower = world.unit("trung-tam-phuc-vu").await;
    let about = world.engine.unit_about(&bao, upper).await.expect("shown").unit;
    for parent in [upper, lower] {
        let form = UnitForm { parent: parent.to_string(), ..UnitForm::of(&about) };
        refused_at!(world.engine.edit_unit(&bao, upper, &form).await, "parent": Refusal::UnitCircle);
    }
});

story!(a_merger_moves_people_and_names, |world| {
    let bao = world.organiser().await;
    let old = world.unit("xa-binh-minh").await;
    let heir = world.unit("xa-an-phu").await;
    let lan = world.contestant("Nguyễn Thị Lan", "xa-binh-minh").await;
    let moved = world.engine.merge_unit(&bao, old, (&heir.to_string(), "01/12/2026"), "Nghị quyết sắp xếp đơn vị").await.expect("merged");
    assert_eq!(moved, 1);
    assert_eq!(world.engine.caller_of(lan.account).await.expect("there").unit, Some(heir));
    let about = world.engine.unit_about(&bao, heir).await.expect("shown");
    assert!(
        about.unit.former_names.contains(&"Xã Bình Minh (cũ)".to_owned())
            && about.unit.former_names.contains(&"Xã Bình Khương (cũ)".to_owned())
    );
    assert!(about.lineage.iter().any(|(name, at)| name == "Xã Bình Minh" && at.date() == "01/12/2026"));
    let person = world.engine.person(&bao, lan.account).await.expect("shown");
    assert_eq!(
        (person.moves[0].from_unit.as_deref(), person.moves[0].reason.as_str()),
        (Some("Xã Bình Minh"), "Nghị quyết sắp xếp đơn vị")
    );
    refused!(world.engine.merge_unit(&bao, old, (&heir.to_string(), "01/12/2026"), "Lần nữa").await, Refusal::AlreadyDone);
    let found = world.engine.search_units("binh minh", domain::identity::Audience::CivilServant).await.expect("searched");
    assert!(found.iter().flat_map(|group| &group.units).any(|unit| unit.id == heir), "the old name leads to the new unit");
});

story!(a_merger_says_what_is_wrong, |world| {
    let bao = world.organiser().await;
    let unit = world.unit("so-noi-vu").await;
    let below = world.unit("trung-tam-phuc-vu").await;
    refused_at!(
        world.engine.merge_unit(&bao, unit, ("", "hôm nay"), " ").await,
        "into": Refusal::UnitUnknown, "at": Refusal::NotADate, "reason": Refusal::ReasonNeeded
    );
    refused_at!(
        world.engine.merge_unit(&bao, unit, (&below.to_string(), "30/06/2025"), &"a".repeat(501)).await,
        "into": Refusal::UnitCircle, "at": Refusal::UnitEndsTooEarly, "reason": Refusal::TooLong
    );
    refused!(world.engine.merge_unit(&bao, UnitId(Uuid::nil()), ("", ""), "").await, Refusal::NotFound);
});

story!(only_who_manages_people_changes_units, |world| {
    let unit = world.unit("so-noi-vu").await;
    let thu = world.coordinator("so-noi-vu").await;
    refused!(world.engine.units_with_people(&thu).await, Refusal::NotAllowed);
    refused!(world.engine.unit_about(&thu, unit).await, Refusal::NotAllowed);
    refused!(world.engine.add_unit(&thu, &form()).await, Refusal::NotAllowed);
    refused!(world.engine.edit_unit(&thu, unit, &form()).await, Refusal::NotAllowed);
    refused!(world.engine.merge_unit(&thu, unit, ("", ""), "").await, Refusal::NotAllowed);
});
