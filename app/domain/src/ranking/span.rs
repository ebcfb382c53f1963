//! Over what a board is counted and a prize is given.

words! {
    /// Over what people and units are ranked.
    pub enum Span {
        /// One round.
        Round = "round", "Đợt thi";
        /// All rounds of the contest, added up.
        Contest = "contest", "Toàn cuộc thi";
    }
}
