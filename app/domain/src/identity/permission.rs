//! What each role may do: the one table that every door asks.

use super::Role;

words! {
    /// Something a role may or may not do.
    pub enum Action {
        /// Enter contests, sit papers, read the own attempts and the own place.
        TakePart = "take_part", "Dự thi";
        /// See and correct the own data.
        OwnData = "own_data", "Xem dữ liệu của mình";
        /// See who of the own unit has taken part, and the own rate.
        WatchOwnUnit = "watch_own_unit", "Theo dõi đơn vị mình";
        /// Issue one-time codes to people of the own unit.
        HelpOwnUnit = "help_own_unit", "Cấp mã cho người của đơn vị mình";
        /// Read the bank, with keys; whoever may is barred from taking part.
        ReadBank = "read_bank", "Xem ngân hàng câu hỏi";
        /// Write questions.
        WriteQuestion = "write_question", "Soạn câu hỏi";
        /// Approve or return questions of others.
        ReviewQuestion = "review_question", "Thẩm định câu hỏi";
        /// Write news, guides, documents and the honour roll.
        WriteLibrary = "write_library", "Biên tập tin bài";
        /// Set up contests and rounds, schedule and open them.
        SetUpContest = "set_up_contest", "Thiết lập cuộc thi";
        /// See totals of a running round; whoever may is barred from taking part, and each view is audited.
        WatchRound = "watch_round", "Theo dõi đợt thi đang mở";
        /// Review, rank, verify, approve and publish.
        JudgeRound = "judge_round", "Rà soát, xếp hạng, công bố";
        /// Manage the roster, the units and requests of all units; issue codes.
        ManagePeople = "manage_people", "Quản lý đơn vị và người dự thi";
        /// Grant and withdraw roles.
        GrantRoles = "grant_roles", "Phân quyền";
        /// Read the audit log and frozen records.
        ReadAudit = "read_audit", "Xem nhật ký";
    }
}

/// Whether whoever holds the role is barred from every contest: it shows keys or running totals; the audit log
/// shows how many have entered.
pub const fn bars(role: Role) -> bool {
    may(role, Action::ReadBank) || may(role, Action::WatchRound) || may(role, Action::ReadAudit)
}

/// Whether the role may do it.
pub const fn may(role: Role, action: Action) -> bool {
    use Action as A;
    match role {
        Role::Contestant => matches!(action, A::TakePart | A::OwnData),
        Role::Coordinator => matches!(action, A::TakePart | A::OwnData | A::WatchOwnUnit | A::HelpOwnUnit),
        Role::Author => matches!(action, A::OwnData | A::ReadBank | A::WriteQuestion),
        Role::Reviewer => matches!(action, A::OwnData | A::ReadBank | A::ReviewQuestion),
        Role::Editor => matches!(action, A::TakePart | A::OwnData | A::WriteLibrary),
        Role::Organiser => {
            matches!(action, A::OwnData | A::ReadBank | A::WriteLibrary | A::SetUpContest | A::WatchRound | A::JudgeRound | A::ManagePeople)
        }
        Role::Admin => matches!(action, A::OwnData | A::ManagePeople | A::GrantRoles | A::ReadAudit),
        Role::Auditor => matches!(action, A::OwnData | A::ReadAudit),
    }
}
