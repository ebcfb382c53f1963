//! Withdrawal of the consent: what is sat ends, what is not public yet is not recognised, and the account is closed.

use domain::{
    Millis, Refusal,
    contest::AttemptPolicy,
    identity::{RequestKind, RequestState, Role},
    results::PublicationState,
};
use engine::Caller;
use tests::{PASSWORD, SMALL, SimulatedPlan, SimulatedRound, SmallRound, World, network, refused, story};

const SLUG: &str = "cai-cach-hanh-chinh-2026";
const ACCEPTED: &str = "Đã xóa dữ liệu của chị.";

/// The person asks for withdrawal, and the organiser accepts.
async fn leaves(world: &World, person: &Caller) {
    world.engine.ask_withdrawal(person).await.expect("asked");
    let bao = world.organiser().await;
    let waiting = world.engine.requests(&bao, Some(RequestState::Open), Some(RequestKind::WithdrawData)).await.expect("the queue");
    world.engine.decide_request(&bao, waiting[0].id, "done", ACCEPTED).await.expect("decided");
}

/// Lan, Minh and Đào have sat the simulated round: ten, nine and eight right answers.
async fn three_sat(world: &World) -> (SimulatedRound, [Caller; 3]) {
    let round = world.simulated_round(&SimulatedPlan::default()).await;
    let people = [
        world.contestant("Nguyễn Thị Lan", "so-noi-vu").await,
        world.contestant("Trần Văn Minh", "so-y-te").await,
        world.contestant("Lê Thị Đào", "xa-an-phu").await,
    ];
    for (person, correct) in people.iter().zip([10, 9, 8]) {
        world.may_be_named(person).await;
        world.sat(&round, person, 9, correct, Some(3)).await;
    }
    (round, people)
}

async fn winners(world: &World, round: &SimulatedRound) -> Vec<String> {
    let organiser = world.organiser().await;
    let awards = world.engine.verification(&organiser, round.id).await.expect("winners").awards;
    awards.into_iter().map(|award| award.name).collect()
}

story!(what_is_being_sat_ends_and_no_ranking_holds_it, |world| {
    let small = world.small_round(&SmallRound { policy: AttemptPolicy::PerRound(3), ..SmallRound::default() }).await;
    let (lan, first) = world.sits("Nguyễn Thị Lan", &small).await;
    world.engine.hand_in(&lan, first).await.expect("handed in");
    let running = world.engine.start(&lan, small.round).await.expect("a second attempt");
    world.engine.save(&lan, running, World::save_of(0, 1, &[("prediction", "7")])).await.expect("saved");
    let (minh, other) = world.sits("Trần Văn Minh", &small).await;
    world.engine.hand_in(&minh, other).await.expect("handed in");
    leaves(&world, &lan).await;

    let ended = "select cast(count(*) as bigint) from attempt
                 where account_id = $1 and stage = 'void' and receipt is not null
                   and void_why = 'Đã rút lại sự đồng ý xử lý dữ liệu cá nhân'";
    assert_eq!(world.count(ended, &[lan.account.0]).await, 2);
    let by_organiser = "select cast(count(*) as bigint) from attempt where id = $1 and ended_by = 'organiser'";
    assert_eq!(world.count(by_organiser, &[running.0]).await, 1);
    // The caller of before, as a request that was under way has it.
    refused!(world.engine.save(&lan, running, World::save_of(0, 2, &[("prediction", "8")])).await, Refusal::HandedIn);
    refused!(world.engine.start(&lan, small.round).await, Refusal::Excluded);

    world.wind(Millis::hours(3));
    world.publish_small(&small).await;
    let placed = "select cast(count(*) as bigint) from standing where account_id = $1";
    assert_eq!(world.count(placed, &[lan.account.0]).await, 0);
    assert_eq!(world.count(placed, &[minh.account.0]).await, 1);
    assert_eq!(world.engine.prove_round(small.round).await.expect("proved").found, []);
});

story!(a_ranking_that_is_not_public_goes_back_into_review, |world| {
    let (round, [lan, minh, _]) = three_sat(&world).await;
    let (one, other) = (world.organiser().await, world.second_organiser().await);
    world.rank(&round).await;
    assert_eq!(winners(&world, &round).await, ["Nguyễn Thị Lan", "Trần Văn Minh", "Lê Thị Đào"]);
    leaves(&world, &lan).await;
    refused!(world.engine.submit_results(&one, round.id).await, Refusal::WrongOrder);
    world.engine.rank_round(&one, round.id).await.expect("ranked again");
    assert_eq!(winners(&world, &round).await, ["Trần Văn Minh", "Lê Thị Đào"]);

    world.verify_all(&round).await;
    world.engine.submit_results(&one, round.id).await.expect("submitted");
    world.engine.approve_results(&other, round.id).await.expect("approved");
    leaves(&world, &minh).await;
    let sent_back = &world.engine.publications(&one, round.id).await.expect("versions")[0];
    assert_eq!(sent_back.state, PublicationState::Declined);
    assert!(sent_back.answer.contains("rút lại sự đồng ý"), "{}", sent_back.answer);
    refused!(world.engine.approve_results(&other, round.id).await, Refusal::WrongOrder);
    world.engine.rank_round(&one, round.id).await.expect("ranked again");
    world.announce(&round).await;
    let page = world.engine.results(SLUG, 1, None).await.expect("published");
    let names: Vec<_> = page.announcement.winners.iter().filter_map(|winner| winner.name.as_deref()).collect();
    assert_eq!((names, page.announcement.facts.people()), (vec!["Lê Thị Đào"], 1));
});

story!(nobody_recognises_an_entry_again_that_has_left, |world| {
    let round = world.simulated_round(&SimulatedPlan::default()).await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let minh = world.contestant("Trần Văn Minh", "so-y-te").await;
    world.sat_flagged(&round, &lan, (1, 10, Some(1)), "Nộp bài sau 12 giây").await;
    world.sat(&round, &minh, 9, 8, Some(3)).await;
    world.wind(Millis::hours(2));
    let organiser = world.organiser().await;
    world.engine.begin_review(&organiser, round.id).await.expect("review");
    let entry = world.engine.entries_to_review(&organiser, round.id).await.expect("entries")[0].attempt;
    world.engine.void_attempt(&organiser, entry, "Dùng công cụ tự động").await.expect("voided");
    leaves(&world, &lan).await;
    assert_eq!(world.engine.entries_to_review(&organiser, round.id).await.expect("entries"), []);
    world.engine.keep_attempt(&organiser, entry).await.expect("a page of before still offers it");
    world.engine.rank_round(&organiser, round.id).await.expect("ranked");
    assert_eq!(winners(&world, &round).await, ["Trần Văn Minh"]);
});

story!(whoever_left_wins_nothing_over_the_whole_contest, |world| {
    let servants = tests::PrizeFor::People(domain::identity::Audience::CivilServant);
    let plan = SimulatedPlan { prizes: Vec::new(), contest_prizes: vec![(servants, "Nhất", 1)], ..SimulatedPlan::default() };
    let first = world.simulated_round(&plan).await;
    let second = world.simulated_round(&SimulatedPlan { position: 2, contest_prizes: Vec::new(), ..plan }).await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let minh = world.contestant("Trần Văn Minh", "so-y-te").await;
    world.sat(&first, &lan, 9, 10, Some(3)).await;
    world.sat(&first, &minh, 9, 8, Some(3)).await;
    world.sat(&second, &minh, 9, 1, Some(3)).await;
    world.publish(&first).await;
    world.rank(&second).await;
    let organiser = world.organiser().await;
    world.engine.sum_up_contest(&organiser, second.id, true).await.expect("chosen");
    world.engine.rank_round(&organiser, second.id).await.expect("ranked");
    assert_eq!(winners(&world, &second).await, ["Nguyễn Thị Lan"]);
    leaves(&world, &lan).await;
    refused!(world.engine.submit_results(&organiser, second.id).await, Refusal::WrongOrder);
    world.engine.rank_round(&organiser, second.id).await.expect("ranked again");
    assert_eq!(winners(&world, &second).await, ["Trần Văn Minh"]);
});

story!(published_places_stay_without_name_and_unit, |world| {
    let (round, [lan, ..]) = three_sat(&world).await;
    world.publish(&round).await;
    let address = format!("/ket-qua/{SLUG}/1");
    assert!(world.client().get(&address).await.says("Nguyễn Thị Lan"));
    leaves(&world, &lan).await;
    let page = world.engine.results(SLUG, 1, None).await.expect("published");
    let first = &page.announcement.winners[0];
    assert_eq!((first.place, first.correct, first.name.as_ref(), first.unit.as_ref()), (1, 10, None, None));
    assert!(!world.client().get(&address).await.says("Nguyễn Thị Lan"));
    let recognised = "select cast(count(*) as bigint) from attempt where account_id = $1 and stage = 'marked'";
    assert_eq!(world.count(recognised, &[lan.account.0]).await, 1, "what was published is not undone");
});

story!(what_the_records_do_not_need_is_erased, |world| {
    world.small_round(&SmallRound::default()).await;
    let lan = world.entrant("Nguyễn Thị Lan").await;
    world.engine.sign_in("nguyen.thi.lan", PASSWORD, &network("192.0.2.10")).await.expect("signed in");
    world.engine.give_national_id(&lan, "051 085 001 234", None).await.expect("kept");
    world
        .run(
            r#"update entry set extra = '{"position":"Chuyên viên","email":"lan@quangngai.test"}' where account_id = $1"#,
            &[lan.account.0],
        )
        .await;
    let kept = world.engine.my_data(&lan).await.expect("own data");
    assert_eq!(kept.entries[0].given().position, "Chuyên viên");
    let page = world.browser_of(&lan).await.get("/du-lieu-cua-toi").await;
    for words in ["chức vụ: Chuyên viên; e-mail: lan@quangngai.test", "anh/chị không đăng nhập được nữa", "qua đường dây hỗ trợ"]
    {
        assert!(page.says(words), "{words}");
    }
    leaves(&world, &lan).await;
    let gone = [
        "select cast(count(*) as bigint) from account where id = $1 and (login = 'nguyen.thi.lan' or state <> 'closed')",
        "select cast(count(*) as bigint) from entry where account_id = $1 and extra <> '{}'",
        "select cast(count(*) as bigint) from national_id where account_id = $1",
        "select cast(count(*) as bigint) from account_network where account_id = $1",
        "select cast(count(*) as bigint) from session where account_id = $1",
        "select cast(count(*) as bigint) from consent where account_id = $1 and withdrawn_at is null",
    ];
    for statement in gone {
        assert_eq!(world.count(statement, &[lan.account.0]).await, 0, "{statement}");
    }
    refused!(world.engine.sign_in("nguyen.thi.lan", PASSWORD, &network("192.0.2.10")).await, Refusal::WrongSignIn);
    assert_eq!(
        world.engine.entry_of(&lan, SMALL).await.expect("looked up").map(|entry| entry.extra),
        Some(engine::contest::Extra::default())
    );
    let bao = world.organiser().await;
    let decided = world.engine.requests(&bao, Some(RequestState::Done), None).await.expect("the queue");
    assert_eq!(decided[0].answer, ACCEPTED, "the organisers can tell it on the phone");
});

story!(the_last_administrator_cannot_leave, |world| {
    let admin = world.admin().await;
    world.engine.ask_withdrawal(&admin).await.expect("asked");
    let bao = world.organiser().await;
    let waiting = world.engine.requests(&bao, None, None).await.expect("the queue");
    refused!(world.engine.decide_request(&bao, waiting[0].id, "done", ACCEPTED).await, Refusal::LastAdmin);
    assert_eq!(world.engine.requests(&bao, Some(RequestState::Open), None).await.expect("the queue").len(), 1, "nothing was decided");
    world.member("Cao Văn Kiên", "so-y-te", &[Role::Admin]).await;
    world.engine.decide_request(&bao, waiting[0].id, "done", ACCEPTED).await.expect("there is another one");
});
