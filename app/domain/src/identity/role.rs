//! The roles an account may hold beside being a contestant.

words! {
    /// What somebody is entrusted with.
    pub enum Role {
        /// Everybody who signed in.
        Contestant = "contestant", "Người dự thi";
        /// Follows the own unit's participation.
        Coordinator = "coordinator", "Đầu mối đơn vị";
        /// Writes questions.
        Author = "author", "Người ra đề";
        /// Approves or returns questions written by others.
        Reviewer = "reviewer", "Người thẩm định";
        /// Writes news, guides, the library and the honour roll.
        Editor = "editor", "Biên tập viên";
        /// Sets up and runs contests.
        Organiser = "organiser", "Ban Tổ chức";
        /// Grants roles and keeps the installation.
        Admin = "admin", "Quản trị hệ thống";
        /// Reads everything that is kept for proof, changes nothing.
        Auditor = "auditor", "Kiểm tra, giám sát";
    }
}
