//! Where one version of the results stands on its way to the public.

words! {
    /// The life of one version of the results.
    pub enum PublicationState {
        /// A correction that was begun and is being worked on.
        Preparing = "preparing", "Đang đính chính";
        /// Complete; waits for a second person.
        Submitted = "submitted", "Chờ duyệt";
        /// Approved by a second person.
        Approved = "approved", "Đã duyệt";
        /// Sent back by the second person.
        Declined = "declined", "Trả lại";
        /// What the public reads.
        Published = "published", "Đang công bố";
        /// Replaced by a correction; kept with its reason.
        Superseded = "superseded", "Đã được đính chính";
    }
}
