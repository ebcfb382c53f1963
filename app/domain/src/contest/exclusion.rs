//! Why somebody may not take part in a contest.

words! {
    /// The reason of an exclusion.
    pub enum Exclusion {
        /// Organises contests.
        Organiser = "organiser", "Ban Tổ chức";
        /// Wrote a question of the contest's pools.
        Author = "author", "Người ra đề";
        /// Reviewed a question of the contest's pools.
        Reviewer = "reviewer", "Người thẩm định";
        /// Administers accounts and reads the audit log.
        Admin = "admin", "Quản trị hệ thống";
        /// Reads the audit log.
        Auditor = "auditor", "Kiểm tra, giám sát";
        /// Named by the organisers.
        Named = "named", "Do Ban Tổ chức ghi tên";
    }
}
