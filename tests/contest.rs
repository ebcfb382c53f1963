//! Contests: setting up, freezing, changing, entering, and what the public reads.

use domain::{
    Field, Millis, Refusal,
    bank::Difficulty,
    contest::{ContestState, DivisionForm, Exclusion, Lack, NextStep, RoundForm, RoundState},
    identity::{Audience, Role},
};
use engine::{
    Stop,
    contest::{EntryForm, TaskKind},
};
use tests::{RoundPlan, SLUG, contest_form, prize, story};

/// What one field was refused for.
fn at<T: std::fmt::Debug>(outcome: engine::Result<T>, field: &'static str) -> Refusal {
    match outcome.expect_err("refused") {
        Stop::AtFields(refused) => {
            refused.into_iter().find(|(known, _)| *known == Field::named(field)).unwrap_or_else(|| panic!("{field} is refused")).1
        }
        other => panic!("refused at {field}, but {other}"),
    }
}

/// What the whole request was refused for.
fn refusal<T: std::fmt::Debug>(outcome: engine::Result<T>) -> Refusal {
    match outcome.expect_err("refused") {
        Stop::Refused(refusal) => refusal,
        other => panic!("refused as a whole, but {other}"),
    }
}

story!(a_contest_is_made_and_announced, |world| {
    let bao = world.organiser().await;
    let contest = world.engine.create_contest(&bao, &contest_form(SLUG)).await.expect("made");
    assert_eq!(refusal(world.engine.contest_page(SLUG).await), Refusal::NotFound, "a draft is nobody's business");
    assert_eq!(at(world.engine.announce_contest(&bao, contest).await, "rules"), Refusal::Required);
    assert_eq!(world.engine.decide_rules(&bao, contest, "# Thể lệ", "").await.expect("decided"), 1);
    world.engine.announce_contest(&bao, contest).await.expect("announced");
    assert_eq!(refusal(world.engine.announce_contest(&bao, contest).await), Refusal::AlreadyDone);
    let page = world.engine.contest_page(SLUG).await.expect("public");
    assert_eq!(page.state(world.now()), ContestState::Coming);
    assert!(page.introduction.as_str().contains("<strong>cải cách hành chính</strong>"));
    assert_eq!(page.rules_in_force().expect("a thể lệ").version, 1);
});

story!(two_contests_do_not_share_an_address, |world| {
    let bao = world.organiser().await;
    world.engine.create_contest(&bao, &contest_form(SLUG)).await.expect("made");
    assert_eq!(at(world.engine.create_contest(&bao, &contest_form(SLUG)).await, "slug"), Refusal::Taken);
    let mut wrong = contest_form("Tìm hiểu");
    wrong.title = String::new();
    assert_eq!(at(world.engine.create_contest(&bao, &wrong).await, "slug"), Refusal::BadSlug);
    assert_eq!(at(world.engine.create_contest(&bao, &wrong).await, "title"), Refusal::Required);
});

story!(only_organisers_set_up_contests, |world| {
    let contest = world.announced_contest(SLUG).await;
    for person in [world.author().await, world.editor().await, world.admin().await, world.contestant("Nguyễn Thị Lan", "so-noi-vu").await]
    {
        assert_eq!(refusal(world.engine.create_contest(&person, &contest_form("cuoc-thi-khac")).await), Refusal::NotAllowed);
        assert_eq!(refusal(world.engine.contests(&person).await), Refusal::NotAllowed);
        assert_eq!(refusal(world.engine.decide_rules(&person, contest, "Khác", "vì muốn thế thôi").await), Refusal::NotAllowed);
        assert_eq!(refusal(world.engine.add_round(&person, contest, &RoundForm::default()).await), Refusal::NotAllowed);
        assert_eq!(refusal(world.engine.exclude(&person, contest, "ai.do").await), Refusal::NotAllowed);
        assert_eq!(refusal(world.engine.to_do(&person).await), Refusal::NotAllowed);
    }
});

story!(what_two_organisers_change_at_once_is_not_lost, |world| {
    let (bao, hanh) = (world.organiser().await, world.second_organiser().await);
    let contest = world.announced_contest(SLUG).await;
    let seen = world.engine.contest(&bao, SLUG).await.expect("seen").revision;
    let mut form = contest_form(SLUG);
    form.faq = "Hỏi".to_owned();
    world.engine.edit_contest(&bao, contest, seen, &form).await.expect("the first one");
    form.faq = "Đáp".to_owned();
    assert_eq!(refusal(world.engine.edit_contest(&hanh, contest, seen, &form).await), Refusal::ChangedMeanwhile);
    assert!(world.engine.contest_page(SLUG).await.expect("public").faq.as_str().contains("Hỏi"));
});

story!(a_public_address_stays, |world| {
    let bao = world.organiser().await;
    let contest = world.announced_contest(SLUG).await;
    let revision = world.engine.contest(&bao, SLUG).await.expect("seen").revision;
    let mut form = contest_form("dia-chi-khac");
    form.help_line = String::new();
    let outcome = world.engine.edit_contest(&bao, contest, revision, &form).await;
    assert_eq!(at(outcome, "slug"), Refusal::SlugFixed);
    let outcome = world.engine.edit_contest(&bao, contest, revision, &form).await;
    assert_eq!(at(outcome, "help_line"), Refusal::Required);
});

story!(a_new_the_le_needs_a_reason_and_the_old_one_is_kept, |world| {
    let bao = world.organiser().await;
    let contest = world.announced_contest(SLUG).await;
    assert_eq!(at(world.engine.decide_rules(&bao, contest, "# Thể lệ mới", "sửa").await, "reason"), Refusal::ReasonNeeded);
    assert_eq!(at(world.engine.decide_rules(&bao, contest, "", "làm rõ đối tượng dự thi").await, "text"), Refusal::Required);
    assert_eq!(world.engine.decide_rules(&bao, contest, "# Thể lệ mới", "làm rõ đối tượng dự thi").await.expect("decided"), 2);
    assert_eq!(at(world.engine.decide_rules(&bao, contest, "# Thể lệ mới", "làm rõ đối tượng dự thi").await, "text"), Refusal::AlreadyDone);
    let versions: Vec<_> =
        world.engine.contest_page(SLUG).await.expect("public").rules.iter().map(|rules| (rules.version, rules.reason.clone())).collect();
    assert_eq!(versions, [(2, "làm rõ đối tượng dự thi".to_owned()), (1, String::new())]);
    assert_eq!(world.engine.rules_of(&bao, contest).await.expect("kept")[1].decided_by, "Trần Quốc Bảo");
});

story!(documents_and_a_banner_hang_on_the_contest, |world| {
    let bao = world.organiser().await;
    let contest = world.announced_contest(SLUG).await;
    let link = ("https://quangngai.gov.vn/cchc", None);
    world.engine.add_document(&bao, contest, "Kế hoạch", link).await.expect("a link");
    let file =
        world.engine.add_document(&bao, contest, "Tài liệu", ("", Some(("tai-lieu.pdf", b"%PDF-1.7 x".as_slice())))).await.expect("a file");
    assert_eq!(at(world.engine.add_document(&bao, contest, "", link).await, "title"), Refusal::Required);
    assert_eq!(at(world.engine.add_document(&bao, contest, "Trống", ("", None)).await, "address"), Refusal::Required);
    assert_eq!(at(world.engine.add_document(&bao, contest, "Mã", ("javascript:alert(1)", None)).await, "address"), Refusal::BadAddress);
    assert_eq!(
        at(world.engine.add_document(&bao, contest, "Trang", ("", Some(("a.html", b"<html>".as_slice())))).await, "file"),
        Refusal::BadFile
    );
    let page = world.engine.contest_page(SLUG).await.expect("public");
    assert_eq!(page.documents[0].address, "https://quangngai.gov.vn/cchc");
    assert!(page.documents[1].address.starts_with("/tep/") && page.documents[1].file.is_some());
    world.engine.remove_document(&bao, contest, file).await.expect("removed");
    assert_eq!(refusal(world.engine.remove_document(&bao, contest, file).await), Refusal::NotFound);
    let png = [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 1];
    world.engine.hang_banner(&bao, contest, Some(("a.png", &png))).await.expect("hung");
    assert_eq!(at(world.engine.hang_banner(&bao, contest, Some(("a.pdf", b"%PDF-1.7"))).await, "banner"), Refusal::BadFile);
    assert!(world.engine.contest_page(SLUG).await.expect("public").banner.is_some());
});

story!(an_empty_round_says_what_it_lacks, |world| {
    let bao = world.organiser().await;
    let contest = world.announced_contest(SLUG).await;
    let form = RoundPlan::default().form(world.now());
    let round = world.engine.add_round(&bao, contest, &form).await.expect("added");
    let plan = world.engine.plan_round(&bao, round).await.expect("planned");
    assert_eq!(plan.lacks, [Lack::NoDivision]);
    assert_eq!(refusal(world.engine.schedule_round(&bao, round).await), Refusal::NotReady);
});

story!(a_matrix_that_the_bank_cannot_fill_names_its_cell, |world| {
    let bao = world.organiser().await;
    let round = world.draft_round(&RoundPlan { each: 5, audiences: &[Audience::Citizen], ..RoundPlan::default() }).await;
    let lacks = world.engine.plan_round(&bao, round).await.expect("planned").lacks;
    let words: Vec<_> = lacks.iter().map(Lack::words).collect();
    assert_eq!(words.len(), 6, "{words:?}");
    assert!(words[0].contains("mức nhận biết cần 5 câu, ngân hàng có 3 câu (thiếu 2)"), "{words:?}");
    assert_eq!(refusal(world.engine.schedule_round(&bao, round).await), Refusal::BlueprintUncovered);
    assert_eq!(refusal(world.engine.preview_paper(&bao, round, Audience::Citizen).await), Refusal::BlueprintUncovered);
});

story!(a_complete_round_freezes_opens_and_closes, |world| {
    let bao = world.organiser().await;
    let plan = RoundPlan::default();
    let round = world.scheduled_round(&plan).await;
    let state = || async { world.engine.contest(&bao, SLUG).await.expect("seen").rounds[0].state };
    assert_eq!(state().await, RoundState::Waiting);
    world.wind(plan.opens_in);
    assert_eq!(state().await, RoundState::Open);
    let page = world.engine.contest_page(SLUG).await.expect("public");
    assert_eq!(page.state(world.now()), ContestState::Running);
    let shown = page.current_round(world.now()).expect("a round");
    assert_eq!((shown.id, shown.divisions.len(), shown.divisions[0].questions), (round, 2, 12));
    assert_eq!(shown.prizes.len(), 4);
    world.wind(Millis(plan.lasts.0 - 1));
    assert_eq!(state().await, RoundState::Open);
    world.wind(Millis(1));
    assert_eq!(state().await, RoundState::Closed);
});

story!(a_frozen_round_is_not_edited, |world| {
    let bao = world.organiser().await;
    let plan = RoundPlan::default();
    let round = world.scheduled_round(&plan).await;
    let contest = world.announced_contest(SLUG).await;
    let seen = world.engine.contest(&bao, SLUG).await.expect("seen");
    assert_eq!(refusal(world.engine.edit_round(&bao, round, seen.rounds[0].revision, &plan.form(world.now())).await), Refusal::Frozen);
    assert_eq!(
        refusal(world.engine.edit_division(&bao, round, Audience::Citizen, &world.division_form(&plan).await).await),
        Refusal::Frozen
    );
    assert_eq!(refusal(world.engine.remove_division(&bao, round, Audience::Citizen).await), Refusal::Frozen);
    assert_eq!(refusal(world.engine.edit_prizes(&bao, contest, Some(round), &[]).await), Refusal::Frozen);
    assert_eq!(refusal(world.engine.edit_prizes(&bao, contest, None, &[]).await), Refusal::Frozen);
    assert_eq!(refusal(world.engine.remove_round(&bao, round).await), Refusal::Frozen);
    assert_eq!(refusal(world.engine.schedule_round(&bao, round).await), Refusal::AlreadyDone);
    let mut form = contest_form(SLUG);
    form.one_prize_each = true;
    form.extra_fields = vec!["email".to_owned()];
    let revision = seen.revision;
    assert_eq!(at(world.engine.edit_contest(&bao, contest, revision, &form).await, "one_prize_each"), Refusal::Frozen);
    assert_eq!(at(world.engine.edit_contest(&bao, contest, revision, &form).await, "extra_fields"), Refusal::Frozen);
});

story!(a_draft_is_edited_by_one_at_a_time, |world| {
    let (bao, hanh) = (world.organiser().await, world.second_organiser().await);
    let plan = RoundPlan::default();
    let round = world.draft_round(&plan).await;
    let revision = world.engine.contest(&bao, SLUG).await.expect("seen").rounds[0].revision;
    let mut form = plan.form(world.now());
    form.label = "Kỳ 1".to_owned();
    world.engine.edit_round(&bao, round, revision, &form).await.expect("changed");
    assert_eq!(refusal(world.engine.edit_round(&hanh, round, revision, &form).await), Refusal::ChangedMeanwhile);
    form.closes_at = form.opens_at.clone();
    assert_eq!(at(world.engine.edit_round(&hanh, round, revision + 1, &form).await, "closes_at"), Refusal::ClosesTooEarly);
    let unknown = DivisionForm {
        minutes: "20".to_owned(),
        counts: vec![(domain::id::TopicId(uuid::Uuid::nil()), Difficulty::Apply, "1".to_owned())],
        ..DivisionForm::default()
    };
    assert!(
        matches!(world.engine.edit_division(&bao, round, Audience::Citizen, &unknown).await, Err(Stop::AtFields(_))),
        "an unknown topic"
    );
    world.engine.remove_division(&bao, round, Audience::Citizen).await.expect("removed");
    assert_eq!(refusal(world.engine.remove_division(&bao, round, Audience::Citizen).await), Refusal::NotFound);
    let lacks = world.engine.plan_round(&bao, round).await.expect("planned").lacks;
    assert!(matches!(lacks[..], [Lack::PrizeWithoutDivision(_)]), "{lacks:?}");
    world.engine.remove_round(&bao, round).await.expect("removed");
    assert!(world.engine.contest(&bao, SLUG).await.expect("seen").rounds.is_empty());
});

story!(a_copied_round_is_the_next_week, |world| {
    let bao = world.organiser().await;
    let round = world.scheduled_round(&RoundPlan::default()).await;
    let copy = world.engine.copy_round(&bao, round).await.expect("copied");
    let contest = world.engine.contest(&bao, SLUG).await.expect("seen");
    let [first, second] = &contest.rounds[..] else { panic!("two rounds") };
    assert_eq!((second.id, second.settings.label.as_str(), second.state), (copy, "Tuần 2", RoundState::Draft));
    assert_eq!(second.settings.window.opens - first.settings.window.opens, Millis::days(7));
    let plan = world.engine.plan_round(&bao, copy).await.expect("planned");
    assert_eq!((plan.divisions.len(), plan.lacks.len()), (2, 0), "{:?}", plan.lacks);
    assert_eq!(world.engine.prizes_of(&bao, contest.id, Some(copy)).await.expect("copied").len(), 4);
});

story!(a_round_is_called_off_only_before_it_opens, |world| {
    let bao = world.organiser().await;
    let plan = RoundPlan::default();
    let round = world.scheduled_round(&plan).await;
    assert_eq!(at(world.engine.unschedule_round(&bao, round, "nhầm").await, "reason"), Refusal::ReasonNeeded);
    world.engine.unschedule_round(&bao, round, "chỉnh lại ma trận đề").await.expect("a draft again");
    assert_eq!(refusal(world.engine.unschedule_round(&bao, round, "chỉnh lại ma trận đề").await), Refusal::WrongOrder);
    assert!(world.engine.contest_page(SLUG).await.expect("public").rounds.is_empty());
    world.engine.schedule_round(&bao, round).await.expect("frozen again");
    world.wind(plan.opens_in);
    assert_eq!(refusal(world.engine.unschedule_round(&bao, round, "chỉnh lại ma trận đề").await), Refusal::WrongOrder);
    assert_eq!(refusal(world.engine.cancel_round(&bao, round, "không tổ chức nữa").await), Refusal::WrongOrder);
});

story!(prizes_are_read_row_by_row, |world| {
    let bao = world.organiser().await;
    let contest = world.announced_contest(SLUG).await;
    let rows = [prize(Audience::Citizen, "Nhất", "1"), prize(Audience::Citizen, "Nhì", "không")];
    assert_eq!(at(world.engine.edit_prizes(&bao, contest, None, &rows).await, "quantity1"), Refusal::NotANumber);
    assert!(world.engine.prizes_of(&bao, contest, None).await.expect("read").is_empty(), "nothing half written");
    world.engine.edit_prizes(&bao, contest, None, &rows[..1]).await.expect("set");
    assert_eq!(world.engine.prizes_of(&bao, contest, None).await.expect("read").len(), 1);
});

story!(a_sample_paper_is_drawn_as_a_contestants, |world| {
    let bao = world.organiser().await;
    let round = world.draft_round(&RoundPlan::default()).await;
    let draft = world.engine.preview_paper(&bao, round, Audience::CivilServant).await.expect("drawn from the bank");
    assert_eq!((draft.questions.len(), draft.minutes), (12, 20));
    world.engine.schedule_round(&bao, round).await.expect("frozen");
    let frozen = world.engine.preview_paper(&bao, round, Audience::Citizen).await.expect("drawn from the pool");
    assert_eq!(frozen.questions.len(), 12);
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    assert_eq!(refusal(world.engine.preview_paper(&lan, round, Audience::Citizen).await), Refusal::NotAllowed);
});

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
    form.id_number = "on_entry".to_owned();
    form.id_number_until = "31/12/2027".to_owned();
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
    typed = EntryForm {
        birth_date: "20/05/1985".to_owned(),
        position: "Chuyên viên".to_owned(),
        email: "lan@quangngai.gov.vn".to_owned(),
        national_id: "123456789".to_owned(),
    };
    assert_eq!(at(world.engine.enter_contest(&lan, SLUG, &typed).await, "national_id"), Refusal::OldIdNumber);
    assert_eq!(world.engine.entry_of(&lan, SLUG).await.expect("asked"), None, "nothing half written");
    typed.national_id = "051 185 001234".to_owned();
    let entry = world.engine.enter_contest(&lan, SLUG, &typed).await.expect("entered");
    assert_eq!(entry.extra.position, "Chuyên viên");
    let nam = world.citizen("Đỗ Nam", "xa-an-phu").await;
    assert_eq!(at(world.engine.enter_contest(&nam, SLUG, &typed).await, "national_id"), Refusal::IdNumberHeld);
    assert_eq!(world.engine.entry_of(&nam, SLUG).await.expect("asked"), None);
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
    // An author whose questions are in no pool of this contest may take part.
    let adrift = world.person("Tạ Văn Bình", Audience::CivilServant, None, &[]).await;
    assert_eq!(
        refusal(world.engine.enter_contest(&adrift, SLUG, &EntryForm::default()).await),
        Refusal::UnitUnknown,
        "choose a unit first"
    );
    let other = world.member("Ngô Văn Hòa", "so-y-te", &[Role::Author]).await;
    world.enters(&other, SLUG).await;
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

story!(the_organisers_home_names_the_next_steps, |world| {
    let bao = world.organiser().await;
    let plan = RoundPlan::default();
    let round = world.draft_round(&plan).await;
    world.engine.create_contest(&bao, &contest_form("cuoc-thi-nam-sau")).await.expect("made");
    let next = || async {
        let tasks = world.engine.to_do(&bao).await.expect("listed");
        tasks.into_iter().find_map(|task| match task.what {
            TaskKind::Step { round: known, next, .. } if known == round => Some(next),
            _ => None,
        })
    };
    let kinds: Vec<_> = world.engine.to_do(&bao).await.expect("listed").into_iter().map(|task| task.what).collect();
    assert!(kinds.contains(&TaskKind::Announce) && kinds.contains(&TaskKind::AddRound), "{kinds:?}");
    assert_eq!(next().await, Some(NextStep::Schedule));
    world.engine.schedule_round(&bao, round).await.expect("frozen");
    assert_eq!(next().await, Some(NextStep::AwaitOpening));
    world.wind(plan.opens_in);
    assert_eq!(next().await, Some(NextStep::Watch));
    world.wind(plan.lasts);
    assert_eq!(next().await, Some(NextStep::BeginReview));
});

story!(a_contest_ends_in_the_archive, |world| {
    let (bao, contest) = (world.organiser().await, world.announced_contest(SLUG).await);
    let round = world.scheduled_round(&RoundPlan::default()).await;
    assert_eq!(refusal(world.engine.archive_contest(&bao, contest).await), Refusal::WrongOrder);
    world.engine.cancel_round(&bao, round, "không tổ chức đợt này").await.expect("called off");
    world.engine.archive_contest(&bao, contest).await.expect("archived");
    assert_eq!(world.engine.contest_page(SLUG).await.expect("public").state(world.now()), ContestState::Over);
    assert_eq!(refusal(world.engine.add_round(&bao, contest, &RoundPlan::default().form(world.now())).await), Refusal::ContestNotRunning);
    assert_eq!(world.engine.public_contests().await.expect("listed").len(), 1);
});

story!(who_took_part_and_made_questions_since_stands_in_the_way_of_the_next_round, |world| {
    let bao = world.organiser().await;
    let plan = RoundPlan::default();
    let first = world.open_round(&plan).await;
    let hoa = world.member("Ngô Văn Hòa", "so-y-te", &[Role::Author]).await;
    world.enters(&hoa, SLUG).await;
    world.engine.start(&hoa, first).await.expect("a sheet");
    let contest = world.announced_contest(SLUG).await;
    assert_eq!(at(world.engine.exclude(&bao, contest, "ngo.van.hoa").await, "login"), Refusal::TookPartAlready);
    // Then he writes a question that the next round would draw.
    let sheet = "[[question]]\ncode = \"H-1\"\ntopic = \"1\"\ndifficulty = \"recognise\"\nkind = \"single\"\ntext = \"Câu của anh Hòa\"\n\
                 options = [\"Đúng\", \"Sai một\", \"Sai hai\", \"Sai ba\"]\nexplanation = \"Theo kế hoạch.\"\n\
                 legal = { document = \"Kế hoạch tuyên truyền CCHC năm 2023\", from = \"2023-01-01\" }\n";
    world.engine.load_questions(sheet, &hoa, &world.reviewer().await).await.expect("approved");
    let second = world.engine.copy_round(&bao, first).await.expect("copied");
    let lacks = world.engine.plan_round(&bao, second).await.expect("planned").lacks;
    assert_eq!(lacks, [Lack::Barred(1)]);
    assert_eq!(refusal(world.engine.schedule_round(&bao, second).await), Refusal::NotReady);
});
