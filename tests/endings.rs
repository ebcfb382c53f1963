//! I9: a sheet ends once, and what is stored of it is the same whichever way it ended and whatever is asked afterwards.

use domain::{
    Millis, Refusal,
    attempt::{EndedBy, GRACE},
    id::AttemptId,
    identity::{RequestKind, RequestState},
};
use engine::{Caller, attempt::Receipt};
use tests::{Small, SmallRound, StoredSheet, World, refused, story};

const MS: Millis = Millis(1);

/// Somebody who has saved five right answers and a guess.
struct Sitting {
    person: Caller,
    attempt: AttemptId,
    fields: Vec<(String, String)>,
}

impl Sitting {
    async fn of(world: &World, small: &Small, full_name: &str) -> Self {
        let (person, attempt) = world.sits(full_name, small).await;
        let mut fields = world.right_fields(&person, attempt, 5).await;
        fields.push(("prediction".to_owned(), "7".to_owned()));
        let sitting = Self { person, attempt, fields };
        sitting.save(world, 1).await.expect("saved");
        sitting
    }

    async fn save(&self, world: &World, seq: u32) -> engine::Result<engine::attempt::Saved> {
        let fields: Vec<_> = self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        world.engine.save(&self.person, self.attempt, World::save_of(0, seq, &fields)).await
    }

    async fn hand_in(&self, world: &World) -> Receipt {
        world.engine.hand_in(&self.person, self.attempt).await.expect("a receipt")
    }

    /// Asks for a withdrawal of the consent, which the organiser accepts.
    async fn leave(&self, world: &World) {
        world.engine.ask_withdrawal(&self.person).await.expect("asked");
        let organiser = world.organiser().await;
        let waiting =
            world.engine.requests(&organiser, Some(RequestState::Open), Some(RequestKind::WithdrawData)).await.expect("the queue");
        world.engine.decide_request(&organiser, waiting[0].id, "done", "Đã xóa dữ liệu của anh.").await.expect("decided");
    }

    /// What is stored of the ending and its mark; late saves may still hang on to the chain.
    async fn stored(&self, world: &World) -> StoredSheet {
        StoredSheet { seq: 0, head: Vec::new(), ..world.stored_sheet(self.attempt).await.0 }
    }
}

/// Asks once more for everything that ends a sheet or could change one that has ended.
async fn everything_again(world: &World, small: &Small, sittings: &[&Sitting]) {
    for sitting in sittings {
        assert_eq!(sitting.hand_in(world).await, sitting.hand_in(world).await);
        let (save, again) = (sitting.save(world, 2).await, sitting.save(world, 1).await);
        let refusal = save.expect_err("it has ended").refusal();
        assert!(matches!(refusal, Refusal::HandedIn | Refusal::TooLate), "{refusal:?}");
        assert!(again.is_ok() || again.is_err_and(|stop| stop.refusal() == Refusal::TooLate), "an old save: known, or too late");
        assert!(world.engine.take_over(&sitting.person, sitting.attempt).await.is_err());
        assert!(world.engine.start(&sitting.person, small.round).await.is_err());
    }
    world.engine.sweep().await.expect("swept");
}

story!(whichever_way_a_sheet_ends_the_same_is_stored_once_and_for_all, |world| {
    let plan = SmallRound::default();
    let (opened, closes) = (world.now(), world.closing(&plan));
    let small = world.small_round(&plan).await;
    let deadline = opened + plan.duration;
    let early = Sitting::of(&world, &small, "Nguyễn Thị Lan").await;
    let leaver = Sitting::of(&world, &small, "Trần Văn Minh").await;
    let graced = Sitting::of(&world, &small, "Lê Thị Đào").await;
    let swept = Sitting::of(&world, &small, "Phạm Văn Đức").await;

    world.wind(Millis::minutes(5));
    early.hand_in(&world).await;
    leaver.leave(&world).await;
    let before = world.now();
    world.clock.set(deadline + Millis::seconds(12));
    graced.hand_in(&world).await;
    world.clock.set(deadline + GRACE + MS);
    assert_eq!(world.engine.sweep().await.expect("swept").ended, 1);
    let ended = [&early, &leaver, &graced, &swept];
    let mut stored = Vec::new();
    for sitting in ended {
        stored.push(sitting.stored(&world).await);
    }
    everything_again(&world, &small, &ended).await;

    // Somebody starts so late that nobody has swept when the jury begins.
    world.clock.set(closes + Millis::minutes(-5));
    let reviewed = Sitting::of(&world, &small, "Hồ Văn Khánh").await;
    world.clock.set(closes + GRACE + MS);
    refused!(world.engine.take_over(&reviewed.person, reviewed.attempt).await, Refusal::TooLate);
    world.engine.begin_review(&world.organiser().await, small.round).await.expect("the review begins");
    stored.push(reviewed.stored(&world).await);
    let all = [&early, &leaver, &graced, &swept, &reviewed];
    everything_again(&world, &small, &all).await;

    let expected = [
        (before, EndedBy::Contestant),
        (before, EndedBy::Organiser),
        (deadline, EndedBy::Clock),
        (deadline, EndedBy::Clock),
        (closes, EndedBy::Clock),
    ];
    for ((sitting, stored), (at, by)) in all.into_iter().zip(stored).zip(expected) {
        let name = &sitting.person.full_name;
        assert_eq!((stored.ended_at, stored.ended_by.as_deref()), (Some(at.0), Some(by.code())), "{name}");
        assert_eq!((stored.correct, stored.score, stored.prediction), (Some(5), Some(50), Some(7)), "{name}");
        assert_eq!(sitting.stored(&world).await, stored, "{name}: it stays as it was");
        assert_eq!(sitting.hand_in(&world).await.code, stored.receipt.expect("a receipt"), "{name}");
    }
    assert_eq!(world.engine.prove_round(small.round).await.expect("proved").found, []);
});
