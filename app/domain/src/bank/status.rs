//! Where a version of a question stands.

words! {
    /// Draft → in review → approved, or returned with comments → … → retired.
    pub enum Status {
        /// The author is writing.
        Draft = "draft", "Bản nháp";
        /// A reviewer is asked.
        InReview = "in_review", "Chờ thẩm định";
        /// The reviewer sent it back with comments.
        Returned = "returned", "Cần sửa";
        /// It may be drawn.
        Approved = "approved", "Đã duyệt";
        /// It may no longer be drawn.
        Retired = "retired", "Ngừng dùng";
    }
}
