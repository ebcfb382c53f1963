//! Deeds of contests and rounds, up to the open round.

use super::Log;
use domain::{
    Millis,
    contest::{GuideForm, RoundChange},
    id::{ContestId, RoundId},
    identity::{Audience, Deed},
};
use engine::{
    Caller,
    contest::{EntryForm, NewRules},
};
use tests::{RoundPlan, contest_form, prize};

const REASON: &str = "trùng lịch họp của tỉnh";
const PLACE: &str = "hoi-thi-nhat-ky";
const PNG: &[u8] = &[0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

pub async fn walk(log: &mut Log<'_>) {
    log.world.approved_bank(3).await;
    let organiser = log.world.organiser().await;
    let contest = set_up(log, &organiser).await;
    let round = draft(log, &organiser, contest).await;
    freeze(log, &organiser, round).await;
    open(log, &organiser, round).await;
    end(log, &organiser).await;
}

async fn set_up(log: &mut Log<'_>, organiser: &Caller) -> ContestId {
    let world = log.world;
    let engine = &world.engine;
    let contest = log.once(Deed::CreateContest, engine.create_contest(organiser, &contest_form(PLACE))).await;
    log.once(Deed::DecideRules, engine.decide_rules(organiser, contest, "# Thể lệ", "")).await;
    let revision = engine.contest(organiser, PLACE).await.expect("the contest").revision;
    log.once(Deed::EditContest, engine.edit_contest(organiser, contest, revision, &contest_form(PLACE))).await;
    let (editor, revision) = (world.editor().await, revision + 1);
    log.once(Deed::EditContest, engine.edit_guide(&editor, contest, revision, &GuideForm::default())).await;
    log.once(Deed::EditContest, engine.hang_banner(organiser, contest, Some(("a.png", PNG)))).await;
    log.once(Deed::EditContest, engine.mark_simulated(organiser, contest)).await;
    let place = ("https://quangngai.gov.vn", None);
    let document = log.once(Deed::EditDocument, engine.add_document(organiser, contest, "Kế hoạch", place)).await;
    log.once(Deed::EditDocument, engine.remove_document(organiser, contest, document)).await;
    let hung = world.contestant("Đoàn Văn Hùng", "so-y-te").await;
    log.once(Deed::Exclude, engine.exclude(organiser, contest, "doan.van.hung")).await;
    log.once(Deed::Exclude, engine.admit(organiser, contest, hung.account)).await;
    log.once(Deed::MoveContest, engine.announce_contest(organiser, contest)).await;
    contest
}

async fn draft(log: &mut Log<'_>, organiser: &Caller, contest: ContestId) -> RoundId {
    let (world, plan) = (log.world, RoundPlan::default());
    let engine = &world.engine;
    let round = log.once(Deed::AddRound, engine.add_round(organiser, contest, &plan.form(world.now()))).await;
    let revision = engine.contest(organiser, PLACE).await.expect("the contest").rounds[0].revision;
    log.once(Deed::EditRound, engine.edit_round(organiser, round, revision, &plan.form(world.now()))).await;
    let division = world.division_form(&plan).await;
    log.once(Deed::EditRound, engine.edit_division(organiser, round, Audience::Citizen, &division)).await;
    log.once(Deed::EditRound, engine.remove_division(organiser, round, Audience::Citizen)).await;
    log.once(Deed::EditRound, engine.edit_division(organiser, round, Audience::CivilServant, &division)).await;
    let prizes = [prize(Audience::CivilServant, "Nhất", "1")];
    log.once(Deed::EditPrizes, engine.edit_prizes(organiser, contest, None, &prizes)).await;
    log.once(Deed::EditPrizes, engine.edit_prizes(organiser, contest, Some(round), &prizes)).await;
    let copy = log.once(Deed::AddRound, engine.copy_round(organiser, round)).await;
    log.once(Deed::EditRound, engine.remove_round(organiser, copy)).await;
    round
}

async fn freeze(log: &mut Log<'_>, organiser: &Caller, round: RoundId) {
    let (engine, second) = (&log.world.engine, log.world.second_organiser().await);
    log.once(Deed::ScheduleRound, engine.schedule_round(organiser, round)).await;
    let leave = RoundChange::ReturnToDraft;
    let proposed = log.once(Deed::ProposeChange, engine.propose_change(organiser, round, &leave, "chỉnh lại ma trận đề")).await;
    log.once(Deed::DecideChange, engine.decide_change(&second, proposed, true)).await;
    log.once(Deed::ScheduleRound, engine.schedule_round(organiser, round)).await;
}

async fn open(log: &mut Log<'_>, organiser: &Caller, round: RoundId) {
    let (world, plan) = (log.world, RoundPlan::default());
    let (engine, second) = (&world.engine, world.second_organiser().await);
    world.wind(plan.opens_in);
    let change = RoundChange::ExtendClose { closes: world.now() + plan.lasts + Millis::days(1) };
    let proposed = log.once(Deed::ProposeChange, engine.propose_change(organiser, round, &change, REASON)).await;
    log.once(Deed::DecideChange, engine.decide_change(&second, proposed, true)).await;
    let contest = engine.contest(organiser, PLACE).await.expect("the contest").id;
    let rules = log.once(Deed::ProposeChange, engine.decide_rules(organiser, contest, "# Thể lệ mới", REASON)).await;
    let NewRules::Proposed(rules) = rules else { panic!("a round is open, but {rules:?}") };
    log.once(Deed::DecideChange, engine.decide_proposed_rules(&second, rules, true, "")).await;
    let hung = world.contestant("Đoàn Văn Hùng", "so-y-te").await;
    log.once(Deed::Enter, engine.enter_contest(&hung, PLACE, &EntryForm::default())).await;
    log.once(Deed::WatchRound, engine.watch_round(organiser, round)).await;
}

/// A round that is called off, and a contest that goes into the archive.
async fn end(log: &mut Log<'_>, organiser: &Caller) {
    let world = log.world;
    let plan = RoundPlan { slug: "hoi-thi-khong-to-chuc", ..RoundPlan::default() };
    let contest = world.announced_contest(plan.slug).await;
    let round = world.scheduled_round(&plan).await;
    world.changes(round, &RoundChange::CallOff, "không tổ chức đợt này").await;
    log.once(Deed::MoveContest, world.engine.archive_contest(organiser, contest)).await;
}
