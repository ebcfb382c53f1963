//! Importing a roster: a dry run, then everything or nothing.

use domain::{
    Millis, Refusal,
    identity::roster::{RosterFault, Step},
};
use engine::{Caller, identity::Trial};
use tests::{World, refused, refused_at, story};

const LIST: &str = "\
Tên đăng nhập;Họ và tên;Mã đơn vị;Chức vụ
0905 123 456;Nguyễn Thị Lan;so-noi-vu;Chuyên viên
minh.tv;Trần Văn Minh;xa-an-phu;Công chức một cửa
";

/// The caller tries the list.
async fn tried(world: &World, caller: &Caller, list: &str) -> Trial {
    world.unit("so-noi-vu").await;
    world.engine.try_roster(caller, "danh-sach.csv", list.as_bytes().to_vec()).await.expect("tried")
}

async fn invited(world: &World) -> i64 {
    world.count("select cast(count(*) as bigint) from account where state = 'invited'", &[]).await
}

story!(a_list_is_tried_first_and_written_when_it_is_accepted, |world| {
    let bao = world.organiser().await;
    let trial = tried(&world, &bao, LIST).await;
    assert_eq!(trial.plan.issues, []);
    assert_eq!(trial.plan.count_people(Step::Add), 2);
    assert_eq!(invited(&world).await, 0, "nothing is written by a dry run");

    let shown = world.engine.roster_trial(&bao, &trial.hash).await.expect("shown again");
    assert_eq!(shown.mark, trial.mark);
    let imported = world.engine.import_roster(&bao, &trial.hash, &trial.mark).await.expect("accepted");
    assert_eq!((imported.people_added, imported.people_changed, imported.units_added), (2, 0, 0));
    assert_eq!(invited(&world).await, 2);
    assert_eq!(world.count("select cast(count(*) as bigint) from audit_note where deed = 'identity.import_roster'", &[]).await, 1);
    assert_eq!(world.count("select cast(count(*) as bigint) from roster_draft", &[]).await, 0, "the file is not kept");
});

story!(accepting_twice_does_it_once, |world| {
    let bao = world.organiser().await;
    let trial = tried(&world, &bao, LIST).await;
    world.engine.import_roster(&bao, &trial.hash, &trial.mark).await.expect("accepted");
    refused!(world.engine.import_roster(&bao, &trial.hash, &trial.mark).await, Refusal::NotFound);
    assert_eq!(invited(&world).await, 2);
});

story!(a_list_with_a_fault_writes_nothing_of_it, |world| {
    let bao = world.organiser().await;
    let list = format!("{LIST}hoa.lt;Lê Thị Hoa;so-khong-co;\nx;;so-noi-vu;=1+1\n");
    let trial = tried(&world, &bao, &list).await;
    let told: Vec<_> = trial.plan.issues.iter().map(|issue| (issue.cell(), issue.fault)).collect();
    assert_eq!(
        told,
        [
            ("C4".to_owned(), RosterFault::UnitUnknown),
            ("A5".to_owned(), RosterFault::BadLogin),
            ("B5".to_owned(), RosterFault::CellEmpty),
            ("D5".to_owned(), RosterFault::Formula),
        ]
    );
    refused!(world.engine.import_roster(&bao, &trial.hash, &trial.mark).await, Refusal::RosterFaulty);
    assert_eq!(invited(&world).await, 0);
});

story!(what_is_accepted_is_what_was_shown, |world| {
    let bao = world.organiser().await;
    let trial = tried(&world, &bao, LIST).await;
    // Somebody else adds one of the people meanwhile.
    let hanh = world.second_organiser().await;
    let theirs = tried(&world, &hanh, "login,full_name,unit\nminh.tv,Trần Văn Minh,so-y-te\n").await;
    refused!(world.engine.import_roster(&bao, &theirs.hash, &theirs.mark).await, Refusal::NotFound);
    world.engine.import_roster(&hanh, &theirs.hash, &theirs.mark).await.expect("accepted");
    refused!(world.engine.import_roster(&bao, &trial.hash, &trial.mark).await, Refusal::ChangedMeanwhile);
    assert_eq!(invited(&world).await, 1, "nothing of the first list was written");
    let again = world.engine.roster_trial(&bao, &trial.hash).await.expect("still kept");
    assert_eq!((again.plan.count_people(Step::Add), again.plan.count_people(Step::Change)), (1, 1));
    world.engine.import_roster(&bao, &again.hash, &again.mark).await.expect("accepted as it is now");
    assert_eq!(invited(&world).await, 2);
});

story!(a_list_waits_an_hour_and_can_be_discarded, |world| {
    let bao = world.organiser().await;
    let trial = tried(&world, &bao, LIST).await;
    world.wind(Millis::minutes(60));
    refused!(world.engine.roster_trial(&bao, &trial.hash).await, Refusal::NotFound);
    let trial = tried(&world, &bao, LIST).await;
    world.engine.discard_roster(&bao, &trial.hash).await.expect("discarded");
    refused!(world.engine.import_roster(&bao, &trial.hash, &trial.mark).await, Refusal::NotFound);
    refused!(world.engine.roster_trial(&bao, "không phải mã").await, Refusal::NotFound);
});

story!(a_list_that_says_nothing_new_is_not_accepted, |world| {
    let bao = world.organiser().await;
    let trial = tried(&world, &bao, LIST).await;
    world.engine.import_roster(&bao, &trial.hash, &trial.mark).await.expect("accepted");
    let again = tried(&world, &bao, LIST).await;
    assert_eq!(again.plan.count_people(Step::Same), 2);
    refused!(world.engine.import_roster(&bao, &again.hash, &again.mark).await, Refusal::RosterUnchanged);
});

story!(units_and_their_people_come_in_one_file_or_two, |world| {
    let bao = world.organiser().await;
    let units = "\
Mã đơn vị,Tên đơn vị,Loại đơn vị,Mã đơn vị cấp trên,Số CBCCVC và người lao động,Chốt đến ngày,Tên cũ
so-y-te,Sở Y tế,Sở,ubnd-tinh,9,01/11/2026,
xa-mau-01,Xã mẫu 01,Xã,ubnd-tinh,45,01/11/2026,Xã mẫu A (cũ)
";
    let trial = tried(&world, &bao, units).await;
    assert_eq!(trial.plan.issues, []);
    let imported = world.engine.import_roster(&bao, &trial.hash, &trial.mark).await.expect("accepted");
    assert_eq!((imported.units_added, imported.units_changed), (1, 1));
    let tree = world.engine.unit_tree().await.expect("the tree");
    assert_eq!(tree.coded("so-y-te").and_then(|unit| unit.headcount), Some(9));
    let added = tree.coded("xa-mau-01").expect("added").clone();
    assert_eq!(added.former_names, ["Xã mẫu A (cũ)"]);
    let people = tried(&world, &bao, "login,full_name,unit_name\nhoa.lt,Lê Thị Hoa,xã mẫu 01\n").await;
    world.engine.import_roster(&bao, &people.hash, &people.mark).await.expect("accepted");
    assert_eq!(world.count("select cast(count(*) as bigint) from account where unit_id = $1", &[added.id.0]).await, 1);
});

story!(an_account_in_use_is_left_alone, |world| {
    let bao = world.organiser().await;
    world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let trial = tried(&world, &bao, "login,full_name,unit\nnguyen.thi.lan,Nguyễn Thị Lan,so-y-te\nminh.tv,Trần Văn Minh,so-y-te\n").await;
    assert_eq!(trial.plan.issues.iter().map(|issue| issue.fault).collect::<Vec<_>>(), [RosterFault::AccountInUse]);
    let imported = world.engine.import_roster(&bao, &trial.hash, &trial.mark).await.expect("accepted");
    assert_eq!(imported.people_added, 1);
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    assert_eq!(lan.unit, Some(world.unit("so-noi-vu").await));
});

story!(only_who_manages_people_imports, |world| {
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let thu = world.coordinator("so-noi-vu").await;
    for caller in [lan, thu] {
        refused!(world.engine.try_roster(&caller, "x.csv", LIST.into()).await, Refusal::NotAllowed);
        refused!(world.engine.import_roster(&caller, "", "").await, Refusal::NotAllowed);
        refused!(world.engine.roster_trial(&caller, "").await, Refusal::NotAllowed);
        refused!(world.engine.discard_roster(&caller, "").await, Refusal::NotAllowed);
    }
});

story!(a_file_that_is_no_list_is_refused_at_its_field, |world| {
    let bao = world.organiser().await;
    refused_at!(world.engine.try_roster(&bao, "x.csv", Vec::new()).await, "file": Refusal::Required);
    refused_at!(world.engine.try_roster(&bao, "x.xlsx", b"PK\x03\x04rubbish".to_vec()).await, "file": Refusal::UnreadableSheet);
    refused_at!(world.engine.try_roster(&bao, "x.csv", vec![b'a'; 6 << 20]).await, "file": Refusal::TooLarge);
});

story!(the_console_imports_by_the_same_deed, |world| {
    world.unit("so-noi-vu").await;
    let trial = world.engine.try_roster_at_console("danh-sach.csv", LIST.into()).await.expect("tried");
    refused!(world.engine.import_roster_at_console("login,full_name,unit\n".into(), &trial).await, Refusal::ChangedMeanwhile);
    let imported = world.engine.import_roster_at_console(LIST.into(), &trial).await.expect("imported");
    assert_eq!(imported.people_added, 2);
    assert_eq!(
        world
            .count("select cast(count(*) as bigint) from audit_note where deed = 'identity.import_roster' and account_id is null", &[])
            .await,
        1
    );
});

story!(a_file_that_nobody_accepted_is_forgotten_after_an_hour, |world| {
    let bao = world.organiser().await;
    tried(&world, &bao, LIST).await;
    let kept = "select cast(count(*) as bigint) from roster_draft";
    world.wind(Millis(Millis::hours(1).0 - 1));
    world.engine.forget_expired().await.expect("forgotten");
    assert_eq!(world.count(kept, &[]).await, 1, "it still waits");
    world.wind(Millis(1));
    world.engine.forget_expired().await.expect("forgotten");
    assert_eq!(world.count(kept, &[]).await, 0);
});
