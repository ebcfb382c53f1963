//! Entering: once, with what the contest asks, and by nobody who made it.

use super::{at, refusal};
use domain::{
    Refusal,
    contest::{Exclusion, Lack},
    identity::{Audience, Role},
};
use engine::{Caller, contest::EntryForm};
use tests::{RoundPlan, SLUG, contest_form, story};

story!(people_enter_once_and_get_a_code, |world| {
    world.scheduled_round(&RoundPlan::default()).await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    assert_eq!(world.engine.entry_of(&lan, SLUG).await.expect("asked"), None);
    let entry = world.enters(&lan, SLUG).await;
    assert_eq!((entry.code.len(), entry.rules_version), (6, 1));
    assert_eq!(world.enters(&lan, SLUG).await, entry, "the second time gives the first entry");
    let nam = world.citizen("Đỗ Nam", "xa-an-phu").await;
    assert_ne!(world.enters(&nam, SLUG).await.code, entry.code);
    assert_eq!(refusal(world.engine.enter_contest(&lan, "khong-co", &EntryForm::default()).await), Refusal::NotFound);
});

story!(a_contest_asks_its_own_fields_once, |world| {
    let bao = world.organiser().await;
    let mut form = contest_form(SLUG);
    form.extra_fields = ["birth_date", "position", "email"].map(str::to_owned).to_vec();
    "on_entry".clone_into(&mut form.id_number);
    "31/12/2027".clone_into(&mut form.id_number_until);
    let contest = world.engine.create_contest(&bao, &form).await.expect("made");
    world.engine.decide_rules(&bao, contest, "Thể lệ", "").await.expect("decided");
    world.engine.announce_contest(&bao, contest).await.expect("announced");
    world.scheduled_round(&RoundPlan::default()).await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let mut typed = EntryForm { birth_date: "1985-13-01".to_owned(), email: "lan".to_owned(), ..EntryForm::default() };
    assert_eq!(at(world.engine.enter_contest(&lan, SLUG, &typed).await, "birth_date"), Refusal::NotADate);
    assert_eq!(at(world.engine.enter_contest(&lan, SLUG, &typed).await, "position"), Refusal::Required);
    assert_eq!(at(world.engine.enter_contest(&lan, SLUG, &typed).await, "email"), Refusal::BadEmail);
    assert_eq!(at(world.engine.enter_contest(&lan, SLUG, &typed).await, "national_id"), Refusal::Required);
    "23/11/2025".clone_into(&mut typed.birth_date);
    assert_eq!(at(world.engine.enter_contest(&lan, SLUG, &typed).await, "birth_date"), Refusal::BadBirthDate);
    typed = EntryForm {
        birth_date: "20.5.1985".to_owned(),
        position: "Chuyên viên".to_owned(),
        email: "lan@quangngai.gov.vn".to_owned(),
        national_id: "123456789".to_owned(),
    };
    assert_eq!(at(world.engine.enter_contest(&lan, SLUG, &typed).await, "national_id"), Refusal::OldIdNumber);
    assert_eq!(world.engine.entry_of(&lan, SLUG).await.expect("asked"), None, "nothing half written");
    "051 185 001234".clone_into(&mut typed.national_id);
    let entry = world.engine.enter_contest(&lan, SLUG, &typed).await.expect("entered");
    assert_eq!(entry.extra.position, "Chuyên viên");
    assert_eq!(entry.extra.birth_date.map(domain::Timestamp::date).as_deref(), Some("20/05/1985"));
    let nam = world.citizen("Đỗ Nam", "xa-an-phu").await;
    assert_eq!(at(world.engine.enter_contest(&nam, SLUG, &typed).await, "national_id"), Refusal::IdNumberHeld);
    assert_eq!(world.engine.entry_of(&nam, SLUG).await.expect("asked"), None);
});

story!(a_contest_is_entered_by_its_audiences_while_it_runs, |world| {
    let plan = RoundPlan { audiences: &[Audience::CivilServant], ..RoundPlan::default() };
    world.scheduled_round(&plan).await;
    let nam = world.citizen("Đỗ Nam", "xa-an-phu").await;
    assert_eq!(refusal(world.engine.enter_contest(&nam, SLUG, &EntryForm::default()).await), Refusal::NoDivision);
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    world.wind(plan.opens_in + plan.lasts);
    assert_eq!(refusal(world.engine.enter_contest(&lan, SLUG, &EntryForm::default()).await), Refusal::ContestNotRunning);
    let bao = world.organiser().await;
    world.engine.create_contest(&bao, &contest_form("nhap-nhap")).await.expect("made");
    assert_eq!(refusal(world.engine.enter_contest(&lan, "nhap-nhap", &EntryForm::default()).await), Refusal::NotFound);
});

story!(organisers_authors_and_reviewers_do_not_take_part, |world| {
    world.scheduled_round(&RoundPlan::default()).await;
    for maker in [world.organiser().await, world.second_organiser().await, world.author().await, world.reviewer().await] {
        assert_eq!(
            refusal(world.engine.enter_contest(&maker, SLUG, &EntryForm::default()).await),
            Refusal::Excluded,
            "{}",
            maker.full_name
        );
    }
    let bao = world.organiser().await;
    let contest = world.announced_contest(SLUG).await;
    let why: Vec<_> = world
        .engine
        .excluded_from(&bao, contest)
        .await
        .expect("listed")
        .into_iter()
        .map(|excluded| (excluded.full_name, excluded.why))
        .collect();
    assert!(
        why.contains(&("Lê Văn Sơn".to_owned(), Exclusion::Author)) && why.contains(&("Võ Thị Mai".to_owned(), Exclusion::Reviewer)),
        "{why:?}"
    );
    let adrift = world.person("Tạ Văn Bình", Audience::CivilServant, None, &[]).await;
    assert_eq!(
        refusal(world.engine.enter_contest(&adrift, SLUG, &EntryForm::default()).await),
        Refusal::UnitUnknown,
        "choose a unit first"
    );
    // An author whose questions are in no pool of this contest reads the keys of those that are.
    let other = world.member("Ngô Văn Hòa", "so-y-te", &[Role::Author]).await;
    assert_eq!(refusal(world.engine.enter_contest(&other, SLUG, &EntryForm::default()).await), Refusal::Excluded);
    let excluded = world.engine.excluded_from(&bao, contest).await.expect("listed");
    assert!(excluded.iter().any(|one| one.account == other.account && one.why == Exclusion::Author), "{excluded:?}");
});

story!(somebody_named_does_not_take_part_until_admitted, |world| {
    world.scheduled_round(&RoundPlan::default()).await;
    let (bao, contest) = (world.organiser().await, world.announced_contest(SLUG).await);
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    assert_eq!(at(world.engine.exclude(&bao, contest, "khong.co").await, "login"), Refusal::AccountUnknown);
    world.engine.exclude(&bao, contest, "Nguyen.Thi.Lan").await.expect("excluded");
    assert_eq!(at(world.engine.exclude(&bao, contest, "nguyen.thi.lan").await, "login"), Refusal::AlreadyDone);
    assert_eq!(refusal(world.engine.enter_contest(&lan, SLUG, &EntryForm::default()).await), Refusal::Excluded);
    world.engine.admit(&bao, contest, lan.account).await.expect("admitted");
    world.enters(&lan, SLUG).await;
    let son = world.author().await;
    assert_eq!(refusal(world.engine.admit(&bao, contest, son.account).await), Refusal::NotFound, "the system's exclusions stay");
});

story!(who_took_part_and_made_questions_since_stands_in_the_way_of_the_next_round, |world| {
    let bao = world.organiser().await;
    let plan = RoundPlan::default();
    let first = world.open_round(&plan).await;
    let hoa = world.contestant("Ngô Văn Hòa", "so-y-te").await;
    world.enters(&hoa, SLUG).await;
    world.engine.start(&hoa, first).await.expect("a sheet");
    let contest = world.announced_contest(SLUG).await;
    assert_eq!(at(world.engine.exclude(&bao, contest, "ngo.van.hoa").await, "login"), Refusal::TookPartAlready);
    // A question of his is approved that the next round would draw: he wrote it when he was still an author.
    let sheet = "[[question]]\ncode = \"H-1\"\ntopic = \"1\"\ndifficulty = \"recognise\"\nkind = \"single\"\ntext = \"Câu của anh Hòa\"\n\
                 options = [\"Đúng\", \"Sai một\", \"Sai hai\", \"Sai ba\"]\nexplanation = \"Theo kế hoạch.\"\n\
                 legal = { document = \"Kế hoạch tuyên truyền CCHC năm 2023\", from = \"2023-01-01\" }\n";
    let author = Caller { roles: vec![Role::Author], ..hoa };
    world.engine.load_questions(sheet, &author, &world.reviewer().await).await.expect("approved");
    let second = world.engine.copy_round(&bao, first).await.expect("copied");
    let lacks = world.engine.plan_round(&bao, second).await.expect("planned").lacks;
    assert_eq!(lacks, [Lack::Barred(1)]);
    assert_eq!(refusal(world.engine.schedule_round(&bao, second).await), Refusal::NotReady);
});
