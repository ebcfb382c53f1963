//! Setting a contest up: its page, its address, its thể lệ, its documents, and what organisers see first.

use super::{at, refusal};
use domain::{
    Refusal,
    contest::{ContestState, NextStep, RoundChange, RoundForm},
};
use engine::contest::{NewRules, TaskKind};
use tests::{RoundPlan, SLUG, contest_form, story};

story!(a_contest_is_made_and_announced, |world| {
    let bao = world.organiser().await;
    let contest = world.engine.create_contest(&bao, &contest_form(SLUG)).await.expect("made");
    assert_eq!(refusal(world.engine.contest_page(SLUG).await), Refusal::NotFound, "a draft is nobody's business");
    assert_eq!(at(world.engine.announce_contest(&bao, contest).await, "rules"), Refusal::Required);
    assert_eq!(world.engine.decide_rules(&bao, contest, "# Thể lệ", "").await.expect("decided"), NewRules::InForce(1));
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
    "gọi văn phòng".clone_into(&mut wrong.help_line);
    assert_eq!(at(world.engine.create_contest(&bao, &wrong).await, "slug"), Refusal::BadSlug);
    assert_eq!(at(world.engine.create_contest(&bao, &wrong).await, "title"), Refusal::Required);
    assert_eq!(at(world.engine.create_contest(&bao, &wrong).await, "help_line"), Refusal::BadHelpLine);
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
    "Hỏi".clone_into(&mut form.faq);
    world.engine.edit_contest(&bao, contest, seen, &form).await.expect("the first one");
    "Đáp".clone_into(&mut form.faq);
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
    let decided = world.engine.decide_rules(&bao, contest, "# Thể lệ mới", "làm rõ đối tượng dự thi").await.expect("decided");
    assert_eq!(decided, NewRules::InForce(2));
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
    world.changes(round, &RoundChange::CallOff, "không tổ chức đợt này").await;
    world.engine.archive_contest(&bao, contest).await.expect("archived");
    assert_eq!(world.engine.contest_page(SLUG).await.expect("public").state(world.now()), ContestState::Over);
    assert_eq!(refusal(world.engine.add_round(&bao, contest, &RoundPlan::default().form(world.now())).await), Refusal::ContestNotRunning);
    assert_eq!(world.engine.public_contests().await.expect("listed").len(), 1);
});
