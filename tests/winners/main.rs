//! What follows from a ranking: prizes of the whole contest, the winner's number, boards, cards, what waits for whom.

mod cards;
mod contest;
mod corrections;
mod live;
mod number;
mod staging;
mod waiting;

use domain::{Refusal, identity::Audience, ranking::Span};
use engine::{Caller, Stop};
use tests::{PrizeFor, SimulatedPlan, SimulatedRound, World};

const SLUG: &str = "cai-cach-hanh-chinh-2026";
const SERVANTS: PrizeFor = PrizeFor::People(Audience::CivilServant);

fn refusal<T: std::fmt::Debug>(outcome: Result<T, Stop>) -> Refusal {
    outcome.expect_err("it is refused").refusal()
}

/// A contest of two rounds with prizes of its own; the rounds have those of the plan.
async fn two_rounds(world: &World, plan: SimulatedPlan) -> [SimulatedRound; 2] {
    let first = world.simulated_round(&plan).await;
    let second = world.simulated_round(&SimulatedPlan { position: 2, contest_prizes: Vec::new(), ..plan }).await;
    [first, second]
}

/// Lan of Sở Nội vụ, Minh of Sở Y tế, Đào of Xã An Phú.
async fn three(world: &World) -> [Caller; 3] {
    [
        world.contestant("Nguyễn Thị Lan", "so-noi-vu").await,
        world.contestant("Trần Văn Minh", "so-y-te").await,
        world.contestant("Lê Thị Đào", "xa-an-phu").await,
    ]
}

/// Each handed in after nine minutes with so many right answers and the same guess.
async fn all_sat(world: &World, round: &SimulatedRound, who: &[(&Caller, i64)], guess: Option<i64>) {
    for (person, correct) in who {
        world.sat(round, person, 9, *correct, guess).await;
    }
}

/// This round announces the prizes of the contest, and its ranking adds up the others.
async fn sum_up(world: &World, round: &SimulatedRound) {
    let organiser = world.organiser().await;
    world.engine.sum_up_contest(&organiser, round.id, true).await.expect("the round is chosen");
    world.engine.rank_round(&organiser, round.id).await.expect("it is ranked again");
}

/// Names and prizes of those who hold one of the round or of the contest.
async fn holders(world: &World, round: &SimulatedRound, span: Span) -> Vec<(String, String)> {
    let organiser = world.organiser().await;
    let awards = world.engine.verification(&organiser, round.id).await.expect("winners").awards;
    let standing = awards.into_iter().filter(|award| award.span == span && award.state != domain::ranking::AwardState::Withdrawn);
    standing.map(|award| (award.name, award.prize)).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(name, prize)| ((*name).to_owned(), (*prize).to_owned())).collect()
}
