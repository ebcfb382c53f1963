//! The life of a round and of a contest: what people decided and what the clock says, together.

use super::{ContestStage, RoundStage};
use crate::{Millis, Timestamp};
use serde::{Deserialize, Serialize};

words! {
    /// Where a round stands right now.
    pub enum RoundState {
        /// Being set up.
        Draft = "draft", "Đang soạn";
        /// Frozen; its window has not opened.
        Waiting = "waiting", "Chưa mở";
        /// People may start.
        Open = "open", "Đang mở";
        /// The window is over; nothing has been looked through yet.
        Closed = "closed", "Đã đóng";
        /// Entries are being looked through.
        Review = "review", "Đang rà soát";
        /// Ranked; winners are being verified.
        Ranked = "ranked", "Đang xác minh người đạt giải";
        /// Waiting for a second person's approval.
        Submitted = "submitted", "Đang trình duyệt";
        /// Results are public.
        Published = "published", "Đã công bố kết quả";
        /// Called off.
        Cancelled = "cancelled", "Đã hủy";
    }
}

words! {
    /// What the organisers have to do next with a round.
    pub enum NextStep {
        /// Complete it and freeze it.
        Schedule = "schedule", "Hoàn thiện và chốt đợt thi";
        /// Nothing before it opens.
        AwaitOpening = "await_opening", "Chờ giờ mở; kiểm tra lại đề xem thử";
        /// Watch it run.
        Watch = "watch", "Theo dõi đợt đang mở";
        /// Look through the entries.
        BeginReview = "begin_review", "Rà soát bài thi";
        /// Decide flagged entries and rank.
        Rank = "rank", "Xử lý bài bị đánh dấu và xếp hạng";
        /// Verify winners and submit.
        Verify = "verify", "Xác minh người đạt giải và trình duyệt";
        /// A second person approves.
        Approve = "approve", "Người thứ hai duyệt và công bố kết quả";
        /// Nothing is left to do.
        Nothing = "nothing", "Không còn việc";
    }
}

words! {
    /// Where a contest stands right now, for the public list.
    pub enum ContestState {
        /// Not public.
        Draft = "draft", "Đang soạn";
        /// Public; no round has opened yet.
        Coming = "coming", "Sắp diễn ra";
        /// A round is open, or some are over and others follow.
        Running = "running", "Đang diễn ra";
        /// Every round has closed; results are still to come.
        Judging = "judging", "Đang tổng hợp kết quả";
        /// Over.
        Over = "over", "Đã kết thúc";
    }
}

/// When a round lets people start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// From this moment.
    pub opens: Timestamp,
    /// Until just before this one.
    pub closes: Timestamp,
}

impl Window {
    /// Whether people may start at this moment.
    pub fn holds(self, now: Timestamp) -> bool {
        self.opens <= now && now < self.closes
    }

    /// How long it is.
    pub fn length(self) -> Millis {
        self.closes - self.opens
    }
}

impl RoundState {
    /// What the decided stage means at this moment.
    pub fn of(stage: RoundStage, window: Window, now: Timestamp) -> Self {
        match stage {
            RoundStage::Draft => Self::Draft,
            RoundStage::Scheduled if now < window.opens => Self::Waiting,
            RoundStage::Scheduled if now < window.closes => Self::Open,
            RoundStage::Scheduled => Self::Closed,
            RoundStage::Review => Self::Review,
            RoundStage::Ranked => Self::Ranked,
            RoundStage::Submitted => Self::Submitted,
            RoundStage::Published => Self::Published,
            RoundStage::Cancelled => Self::Cancelled,
        }
    }

    /// What the organisers have to do next.
    pub const fn next_step(self) -> NextStep {
        match self {
            Self::Draft => NextStep::Schedule,
            Self::Waiting => NextStep::AwaitOpening,
            Self::Open => NextStep::Watch,
            Self::Closed => NextStep::BeginReview,
            Self::Review => NextStep::Rank,
            Self::Ranked => NextStep::Verify,
            Self::Submitted => NextStep::Approve,
            Self::Published | Self::Cancelled => NextStep::Nothing,
        }
    }

    /// Whether its window lies behind, so that keys and explanations of one's own sheet may be shown.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Closed | Self::Review | Self::Ranked | Self::Submitted | Self::Published)
    }

    /// Whether its rules are frozen.
    pub const fn is_frozen(self) -> bool {
        !matches!(self, Self::Draft | Self::Cancelled)
    }

    /// The tone of its badge.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Draft | Self::Closed | Self::Cancelled => "neutral",
            Self::Waiting | Self::Review | Self::Ranked | Self::Submitted => "info",
            Self::Open => "good",
            Self::Published => "gold",
        }
    }
}

impl NextStep {
    /// Whether somebody should act now, rather than wait.
    pub const fn is_due(self) -> bool {
        matches!(self, Self::Schedule | Self::BeginReview | Self::Rank | Self::Verify | Self::Approve)
    }
}

impl ContestState {
    /// Where the contest stands, given where its rounds stand.
    pub fn of(stage: ContestStage, rounds: &[RoundState]) -> Self {
        match stage {
            ContestStage::Draft => return Self::Draft,
            ContestStage::Archived => return Self::Over,
            ContestStage::Announced => {}
        }
        let mut rounds = rounds.iter().copied().filter(|round| *round != RoundState::Cancelled).peekable();
        if rounds.peek().is_none() {
            return Self::Coming;
        }
        let (mut begun, mut ahead, mut unpublished) = (false, false, false);
        for round in rounds {
            match round {
                RoundState::Draft | RoundState::Waiting | RoundState::Cancelled => ahead = true,
                RoundState::Open => (begun, ahead) = (true, true),
                RoundState::Published => begun = true,
                RoundState::Closed | RoundState::Review | RoundState::Ranked | RoundState::Submitted => (begun, unpublished) = (true, true),
            }
        }
        match (begun, ahead, unpublished) {
            (false, ..) => Self::Coming,
            (true, true, _) => Self::Running,
            (true, false, true) => Self::Judging,
            (true, false, false) => Self::Over,
        }
    }

    /// The tone of its badge.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Draft | Self::Over => "neutral",
            Self::Coming | Self::Judging => "info",
            Self::Running => "good",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WINDOW: Window = Window { opens: Timestamp(1_000), closes: Timestamp(2_000) };

    #[test]
    fn a_scheduled_round_opens_and_closes_to_the_millisecond() {
        for (now, state) in [(999, RoundState::Waiting), (1_000, RoundState::Open), (1_999, RoundState::Open), (2_000, RoundState::Closed)]
        {
            assert_eq!(RoundState::of(RoundStage::Scheduled, WINDOW, Timestamp(now)), state, "at {now}");
        }
    }

    #[test]
    fn a_contest_lives_over_its_rounds() {
        use RoundState as R;
        let of = |rounds: &[R]| ContestState::of(ContestStage::Announced, rounds);
        assert_eq!(of(&[]), ContestState::Coming);
        assert_eq!(of(&[R::Waiting, R::Draft]), ContestState::Coming);
        assert_eq!(of(&[R::Open, R::Waiting]), ContestState::Running);
        assert_eq!(of(&[R::Closed, R::Waiting]), ContestState::Running, "between two rounds");
        assert_eq!(of(&[R::Published, R::Review]), ContestState::Judging);
        assert_eq!(of(&[R::Published, R::Cancelled]), ContestState::Over);
        assert_eq!(ContestState::of(ContestStage::Draft, &[R::Open]), ContestState::Draft);
        assert_eq!(ContestState::of(ContestStage::Archived, &[R::Review]), ContestState::Over);
    }

    proptest! {
        #[test]
        fn time_alone_moves_a_round_only_forward(early in 0_i64..3_000, later in 0_i64..3_000) {
            let (early, later) = (early.min(later), early.max(later));
            for stage in RoundStage::ALL {
                let before = RoundState::of(*stage, WINDOW, Timestamp(early));
                let after = RoundState::of(*stage, WINDOW, Timestamp(later));
                prop_assert!(before <= after, "{stage:?}: {before:?} then {after:?}");
            }
        }

        #[test]
        fn open_is_exactly_the_window(now in 0_i64..3_000) {
            let now = Timestamp(now);
            prop_assert_eq!(RoundState::of(RoundStage::Scheduled, WINDOW, now) == RoundState::Open, WINDOW.holds(now));
        }
    }
}
