//! Where a contest and its rounds stand in their lives, as far as people decide it.
//!
//! Whether a scheduled round is open right now is decided by the clock alone: see `attempt::phase`.

words! {
    /// The life of a round. `Scheduled` covers waiting, open and closed: the clock tells which.
    pub enum RoundStage {
        /// Being set up; everything may change.
        Draft = "draft", "Đang soạn";
        /// Frozen and waiting for, or inside, its window.
        Scheduled = "scheduled", "Đã lên lịch";
        /// Closed; entries are being looked through (rà soát).
        Review = "review", "Rà soát";
        /// Ranked (xếp hạng); winners are being verified.
        Ranked = "ranked", "Xác minh người đạt giải";
        /// Submitted for approval by a second person (trình duyệt).
        Submitted = "submitted", "Trình duyệt";
        /// Published (công bố); corrections make new versions.
        Published = "published", "Đã công bố";
        /// Called off before it opened.
        Cancelled = "cancelled", "Đã hủy";
    }
}

words! {
    /// The life of a contest over its rounds.
    pub enum ContestStage {
        /// Being set up, not public.
        Draft = "draft", "Đang soạn";
        /// Announced: its pages are public.
        Announced = "announced", "Đã công bố cuộc thi";
        /// Over: in the archive.
        Archived = "archived", "Đã kết thúc";
    }
}
