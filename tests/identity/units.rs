//! The tree of units, choosing one's own, being moved, and reporting a missing one.

use domain::{
    Refusal,
    id::{AccountId, UnitId},
    identity::{Audience, Block, RequestKind, RequestState, Role},
};
use engine::{
    Caller,
    identity::MissingUnit,
    notify::{Change, Heard},
};
use tests::{SmallRound, World, network, refused, refused_at, story};
use uuid::Uuid;

/// Gives somebody an attempt, past every rule.
async fn took_part(world: &World, person: &Caller) {
    let [contest, round, division, attempt] = [1, 2, 3, 4].map(Uuid::from_u128);
    world
        .run(
            "insert into contest (id, slug, title, host, stage, introduction, guide, help_line, contact, one_prize_each, id_number, extra_fields, created_at, revision)
             values ($1, 'cchc', 'CCHC', '', 'running', '', '', '', '', false, 'not_asked', '[]', 0, 1)",
            &[contest],
        )
        .await;
    world
        .run(
            "insert into round (id, contest_id, position, label, stage, opens_at, closes_at, rules, revision)
             values ($1, $2, 1, 'Tuần 1', 'open', 0, 0, '{}', 1)",
            &[round, contest],
        )
        .await;
    world.run("insert into division (id, round_id, audience, rules) values ($1, $2, 'civil_servant', '{}')", &[division, round]).await;
    world
        .run(
            "insert into attempt (id, round_id, division_id, account_id, unit_id, day, ordinal, stage, started_at, deadline, paper, hold, seq, head, answers, saved_at)
             select $1, $2, $3, account.id, account.unit_id, 0, 1, 'handed_in', 0, 0, '', 0, 0, '', '', 0
             from account
             where account.id = $4",
            &[attempt, round, division, person.account.0],
        )
        .await;
}

async fn unit_of(world: &World, account: AccountId) -> Option<UnitId> {
    world.engine.caller_of(account).await.expect("active").unit
}

story!(the_tree_of_units_is_loaded_once, |world| {
    let tree = include_str!("../../server/engine/demo/units.csv");
    assert_eq!(world.engine.load_units(tree).await.expect("loaded"), 111);
    assert_eq!(world.engine.load_units(tree).await.expect("loaded again"), 0);
    let communes = world.engine.search_units("", Audience::Citizen).await.expect("searched");
    assert_eq!(communes.iter().map(|group| group.block).collect::<Vec<_>>(), [Block::Communes, Block::Wards]);
    assert_eq!(communes.iter().map(|group| group.units.len()).sum::<usize>(), 96);
    let became = "select cast(count(*) as bigint) from unit_lineage join unit on unit.id = unit_lineage.unit_id
                  where unit.code = 'phuong-sa-huynh'";
    assert_eq!(world.count(became, &[]).await, 2);
});

story!(a_former_name_leads_to_the_unit_of_today, |world| {
    world.unit("so-noi-vu").await;
    let found = world.engine.search_units("chanh lo", Audience::CivilServant).await.expect("searched");
    let hits: Vec<_> = found.into_iter().flat_map(|group| group.units).map(|unit| (unit.name, unit.former)).collect();
    assert_eq!(hits, [("Phường Cẩm Thành".to_owned(), Some("Phường Chánh Lộ (cũ)".to_owned()))]);
    assert!(world.engine.search_units("sở nội vụ", Audience::Citizen).await.expect("searched").is_empty());
});

story!(a_table_of_units_with_a_fault_changes_nothing, |world| {
    let header = "code,name,kind,parent,block,headcount,valid_from,valid_until,former_names,sample\n";
    let good = "so-a,Sở A,department,,so-nganh,1,2025-07-01,,,true\n";
    for bad in [
        "so-b,Sở B,department,khong-co,so-nganh,,2025-07-01,,,true\n",
        "so-b,Sở B,bộ,,so-nganh,,,,,true\n",
        "so-b,Sở B,department,,khối,,,,,true\n",
        "so-b,Sở B,department,,so-nganh,nhiều,,,,true\n",
    ] {
        assert!(world.engine.load_units(&format!("{header}{good}{bad}")).await.is_err(), "{bad}");
    }
    assert_eq!(world.count("select cast(count(*) as bigint) from unit", &[]).await, 0);
});

story!(a_change_of_the_tree_is_told_and_seen, |world| {
    world.unit("so-noi-vu").await;
    let mut changes = world.engine.notify.listen();
    let more = "code,name,kind,parent,block,headcount,valid_from,valid_until,former_names,sample\nxa-mau-01,Xã mẫu 01,commune,ubnd-tinh,xa,,2025-07-01,,,true\n";
    world.engine.load_units(more).await.expect("loaded");
    assert_eq!(changes.recv().await.expect("told"), Heard::Change(Change::Units));
    assert!(world.engine.unit_tree().await.expect("the tree").coded("xa-mau-01").is_some_and(|unit| unit.sample));
});

story!(a_change_told_from_another_node_is_seen_here, |world| {
    let unit = world.unit("so-y-te").await;
    let name = async || world.engine.unit_tree().await.expect("the tree").name(Some(unit)).to_owned();
    world.run("update unit set name = 'Sở Y tế và Dân số' where id = $1", &[unit.0]).await;
    assert_eq!(name().await, "Sở Y tế", "nobody has told this node");
    world.engine.notify.tell(Change::Units);
    assert_eq!(name().await, "Sở Y tế và Dân số");
});

story!(the_own_unit_may_be_changed_until_the_first_attempt, |world| {
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let (health, an_phu) = (world.unit("so-y-te").await, world.unit("xa-an-phu").await);
    world.engine.choose_unit(&lan, "civil_servant", &health.to_string()).await.expect("chosen");
    assert_eq!(unit_of(&world, lan.account).await, Some(health));
    world.engine.choose_unit(&lan, "citizen", &an_phu.to_string()).await.expect("chosen");
    let lan = world.engine.caller_of(lan.account).await.expect("active");
    assert_eq!((lan.audience, lan.unit), (Audience::Citizen, Some(an_phu)));
    assert_eq!(world.engine.my_data(&lan).await.expect("own data").unit_changes.len(), 2);

    took_part(&world, &lan).await;
    refused!(world.engine.choose_unit(&lan, "civil_servant", &health.to_string()).await, Refusal::UnitFixed);
    assert_eq!(unit_of(&world, lan.account).await, Some(an_phu));
});

story!(after_the_first_attempt_another_unit_is_asked_for, |world| {
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let (home, health) = (world.unit("so-noi-vu").await, world.unit("so-y-te").await.to_string());
    refused_at!(world.engine.ask_unit_change(&lan, "đâu đó").await, "unit": Refusal::UnitUnknown);
    refused_at!(world.engine.ask_unit_change(&lan, &home.to_string()).await, "unit": Refusal::AlreadyDone);
    refused!(world.engine.ask_unit_change(&lan, &health).await, Refusal::WrongOrder);
    let small = world.small_round(&SmallRound::default()).await;
    world.sits("Nguyễn Thị Lan", &small).await;
    let mut browser = world.browser_of(&lan).await;
    assert!(browser.get("/tai-khoan/don-vi").await.says("Đề nghị đổi đơn vị"));
    let refused = browser.post("/tai-khoan/don-vi", &[("deed", "ask"), ("unit", "")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.says(Refusal::UnitUnknown.words()) && refused.says("Gửi đề nghị"));
    let asked = browser.post("/tai-khoan/don-vi", &[("deed", "ask"), ("unit", &health)]).await;
    assert_eq!(asked.location(), "/tai-khoan/don-vi?xong=de-nghi");
    let waits = browser.get(asked.location()).await;
    assert!(waits.says("đang chờ Ban Tổ chức") && waits.says("23:59 ngày 25/11/2026") && !waits.says("Gửi đề nghị"), "{}", waits.body);
    world.engine.ask_unit_change(&lan, &health).await.expect("the same request is told");

    let bao = world.organiser().await;
    let queue = world.engine.requests(&bao, Some(RequestState::Open), Some(RequestKind::UnitChange)).await.expect("the queue");
    assert_eq!((queue.len(), queue[0].value("unit")), (1, Some(health.clone())));
    assert_eq!(unit_of(&world, lan.account).await, Some(home));
    world.engine.decide_request(&bao, queue[0].id, "done", "Theo quyết định điều động.").await.expect("decided");
    assert_eq!(unit_of(&world, lan.account).await.map(|unit| unit.to_string()), Some(health.clone()));
    let kept = world.engine.my_data(&lan).await.expect("own data");
    assert_eq!((kept.unit_changes[0].old_unit_id, kept.unit_changes[0].reason.as_str()), (Some(home), "Theo quyết định điều động."));
    assert_eq!(kept.requests[0].answer, "Theo quyết định điều động.");

    let lan = world.engine.caller_of(lan.account).await.expect("active");
    world.engine.ask_unit_change(&lan, &home.to_string()).await.expect("asked");
    let queue = world.engine.requests(&bao, Some(RequestState::Open), None).await.expect("the queue");
    world.engine.decide_request(&bao, queue[0].id, "declined", "Chưa có quyết định.").await.expect("decided");
    assert_eq!(unit_of(&world, lan.account).await.map(|unit| unit.to_string()), Some(health), "nothing was moved");
    world.engine.ask_unit_change(&lan, &home.to_string()).await.expect("asked again");
    world.run("update unit set valid_until = 1 where id = $1", &[home.0]).await;
    world.engine.notify.tell(Change::Units);
    let queue = world.engine.requests(&bao, Some(RequestState::Open), None).await.expect("the queue");
    refused!(world.engine.decide_request(&bao, queue[0].id, "done", "Được.").await, Refusal::UnitUnknown);
});

story!(a_unit_that_is_not_offered_cannot_be_chosen, |world| {
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let health = world.unit("so-y-te").await.to_string();
    refused_at!(world.engine.choose_unit(&lan, "citizen", &health).await, "unit": Refusal::UnitUnknown);
    refused_at!(world.engine.choose_unit(&lan, "ai đó", "đâu đó").await, "audience": Refusal::NotOffered, "unit": Refusal::UnitUnknown);
    assert_eq!(unit_of(&world, lan.account).await, Some(world.unit("so-noi-vu").await));
});

story!(a_coordinator_moves_people_of_the_own_unit_with_a_reason, |world| {
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    took_part(&world, &lan).await;
    let (home, health) = (world.unit("so-noi-vu").await, world.unit("so-y-te").await);
    let thu = world.coordinator("so-noi-vu").await;
    refused_at!(world.engine.move_account(&thu, lan.account, health, "  ").await, "reason": Refusal::ReasonNeeded);
    refused_at!(
        world.engine.move_account(&thu, lan.account, UnitId(Uuid::nil()), &"lý do ".repeat(100)).await,
        "reason": Refusal::TooLong, "unit": Refusal::UnitUnknown,
    );
    refused_at!(world.engine.move_account(&thu, lan.account, home, "nhầm").await, "unit": Refusal::AlreadyDone);
    world.engine.move_account(&thu, lan.account, health, "Điều động từ 20/11").await.expect("moved");
    assert_eq!(unit_of(&world, lan.account).await, Some(health));
    let changes = world.engine.my_data(&lan).await.expect("own data").unit_changes;
    assert_eq!(
        (changes[0].old_unit_id, changes[0].new_unit_id, changes[0].reason.as_str()),
        (Some(home), Some(health), "Điều động từ 20/11")
    );
    assert_eq!(
        world.count("select cast(count(*) as bigint) from attempt where unit_id = $1", &[home.0]).await,
        1,
        "the attempt keeps its unit"
    );
});

story!(a_coordinator_chooses_no_other_unit_but_asks_for_it, |world| {
    let thu = world.coordinator("so-noi-vu").await;
    let (home, health) = (world.unit("so-noi-vu").await, world.unit("so-y-te").await.to_string());
    refused!(world.engine.choose_unit(&thu, "civil_servant", &health).await, Refusal::UnitCoordinated);
    refused!(world.engine.choose_unit(&thu, "citizen", &world.unit("xa-an-phu").await.to_string()).await, Refusal::UnitCoordinated);
    assert_eq!(unit_of(&world, thu.account).await, Some(home));
    let mut browser = world.browser_of(&thu).await;
    let page = browser.get("/tai-khoan/don-vi").await;
    assert!(page.says(Refusal::UnitCoordinated.words()) && page.says("Gửi đề nghị"), "{}", page.body);
    let sent = browser.post("/tai-khoan/don-vi", &[("audience", "civil_servant"), ("unit", &health)]).await;
    assert_eq!(sent.status, 409);
    world.engine.ask_unit_change(&thu, &health).await.expect("asked");
    let bao = world.organiser().await;
    let queue = world.engine.requests(&bao, Some(RequestState::Open), Some(RequestKind::UnitChange)).await.expect("the queue");
    world.engine.decide_request(&bao, queue[0].id, "done", "Theo quyết định điều động.").await.expect("decided");
    let thu = world.engine.caller_of(thu.account).await.expect("active");
    assert_eq!(thu.unit.map(|unit| unit.to_string()), Some(health));
    assert!(!thu.is(Role::Coordinator), "the role was for the unit she left");
});

story!(a_coordinator_who_is_moved_no_longer_coordinates, |world| {
    let (bao, thu) = (world.organiser().await, world.coordinator("so-noi-vu").await);
    let other = world.member("Đinh Thị Hà", "so-noi-vu", &[Role::Coordinator]).await;
    let health = world.unit("so-y-te").await;
    refused!(world.engine.move_account(&thu, other.account, health, "đổi chỗ cho nhau").await, Refusal::NotAllowed);
    let editor = world.member("Đặng Ngọc Anh", "so-noi-vu", &[Role::Editor]).await;
    refused!(world.engine.move_account(&thu, editor.account, health, "đổi chỗ cho nhau").await, Refusal::NotAllowed);
    world.engine.move_account(&bao, other.account, health, "Điều động từ 20/11").await.expect("moved");
    let other = world.engine.caller_of(other.account).await.expect("active");
    assert_eq!((other.unit, other.is(Role::Coordinator)), (Some(health), false));
    world.engine.move_account(&bao, editor.account, health, "Điều động từ 20/11").await.expect("moved");
    assert!(world.engine.caller_of(editor.account).await.expect("active").is(Role::Editor), "other roles go along");
});

story!(people_of_other_units_are_none_of_a_coordinators_business, |world| {
    let lan = world.contestant("Nguyễn Thị Lan", "so-y-te").await;
    let (home, thu) = (world.unit("so-noi-vu").await, world.coordinator("so-noi-vu").await);
    refused!(world.engine.move_account(&thu, lan.account, home, "về với chúng tôi").await, Refusal::NotFound);
    refused!(world.engine.move_account(&thu, AccountId(Uuid::nil()), home, "không có ai").await, Refusal::NotFound);
    refused!(world.engine.move_account(&thu, thu.account, world.unit("so-y-te").await, "tự chuyển").await, Refusal::SecondPerson);
    refused!(world.engine.move_account(&lan, thu.account, home, "không có quyền").await, Refusal::NotAllowed);
    let bao = world.organiser().await;
    world.engine.move_account(&bao, lan.account, home, "theo đơn của đơn vị").await.expect("an organiser moves anybody");
    assert_eq!(unit_of(&world, lan.account).await, Some(home));
});

story!(a_coordinator_without_a_unit_moves_nobody, |world| {
    let an = world.person("Lê An", Audience::CivilServant, None, &[]).await;
    let vo = world.person("Võ Minh", Audience::CivilServant, None, &[Role::Coordinator]).await;
    refused!(world.engine.move_account(&vo, an.account, world.unit("so-y-te").await, "không rõ").await, Refusal::NotFound);
});

story!(a_missing_unit_is_reported_without_free_text_and_once, |world| {
    let parent = world.unit("so-y-te").await.to_string();
    let form = MissingUnit { phone: "0905 123 456".into(), audience: "civil_servant".into(), block: "so-nganh".into(), parent };
    for _ in 0..2 {
        world.engine.report_missing_unit(None, &form, &network("192.0.2.1")).await.expect("reported");
    }
    assert_eq!(world.count("select cast(count(*) as bigint) from request where kind = 'unit_missing' and state = 'open'", &[]).await, 1);
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    world
        .engine
        .report_missing_unit(Some(&lan), &MissingUnit { phone: "0905123457".into(), ..form.clone() }, &network("192.0.2.1"))
        .await
        .expect("reported");
    assert_eq!(world.engine.my_data(&lan).await.expect("own data").requests.len(), 1);
});

story!(a_report_of_anything_but_the_choices_is_refused, |world| {
    let form = MissingUnit { phone: "gọi tôi".into(), audience: "?".into(), block: "?".into(), parent: "?".into() };
    refused_at!(
        world.engine.report_missing_unit(None, &form, &network("192.0.2.1")).await,
        "phone": Refusal::BadPhone, "audience": Refusal::NotOffered, "block": Refusal::NotOffered, "parent": Refusal::UnitUnknown,
    );
    for n in 0..30 {
        let form = MissingUnit { phone: format!("09051234{n:02}"), audience: "citizen".into(), block: "xa".into(), parent: String::new() };
        world.engine.report_missing_unit(None, &form, &network("192.0.2.1")).await.expect("reported");
    }
    let form = MissingUnit { phone: "0905999999".into(), audience: "citizen".into(), block: "xa".into(), parent: String::new() };
    refused!(world.engine.report_missing_unit(None, &form, &network("192.0.2.1")).await, Refusal::TooMany);
    assert!(world.engine.report_missing_unit(None, &form, &network("192.0.2.2")).await.is_ok());
});

story!(the_name_is_fixed_to_attempts_and_corrected_on_request, |world| {
    use engine::identity::{Corrected, Correction};
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let typed = Correction { full_name: "Nguyễn Thị Lân".into(), position: "Chuyên viên".into(), ..Correction::default() };
    assert_eq!(world.engine.correct_data(&lan, &typed).await.expect("corrected"), Corrected::Now);
    assert_eq!(world.engine.caller_of(lan.account).await.expect("active").full_name, "Nguyễn Thị Lân");

    took_part(&world, &lan).await;
    let typed = Correction { full_name: "Người Khác".into(), ..typed };
    for _ in 0..2 {
        let Corrected::NameAsked(due) = world.engine.correct_data(&lan, &typed).await.expect("asked") else { panic!("not at once") };
        assert_eq!(due.short(), "23:59 ngày 25/11/2026");
    }
    let kept = world.engine.my_data(&lan).await.expect("own data");
    assert!(kept.name_fixed);
    assert_eq!(kept.account.full_name, "Nguyễn Thị Lân");
    assert_eq!(kept.attempts.len(), 1);
    assert_eq!(kept.requests.len(), 1, "the same wish waits once");
});
