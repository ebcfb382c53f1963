//! The names of everything that is done and noted in the audit log.

words! {
    /// A mutating deed outside a sitting; each writes one audit note with this name.
    pub enum Deed {
        /// An account was made by its owner.
        SignUp = "identity.sign_up", "Đăng ký tài khoản";
        /// Somebody signed in.
        SignIn = "identity.sign_in", "Đăng nhập";
        /// Somebody signed out here or everywhere.
        SignOut = "identity.sign_out", "Đăng xuất";
        /// An imported account was activated.
        Activate = "identity.activate", "Kích hoạt tài khoản";
        /// A password was changed by its owner.
        ChangePassword = "identity.change_password", "Đổi mật khẩu";
        /// Own data were corrected.
        CorrectData = "identity.correct_data", "Sửa dữ liệu của mình";
        /// A withdrawal of consent was asked.
        AskWithdrawal = "identity.ask_withdrawal", "Yêu cầu rút dữ liệu";
        /// The consent to publication was given or withdrawn, or the one to processing was renewed.
        ChangeConsent = "identity.change_consent", "Thay đổi sự đồng ý";
        /// What has served was forgotten.
        ForgetExpired = "identity.forget_expired", "Xóa dữ liệu hết hạn lưu";
        /// A missing unit was reported.
        ReportMissingUnit = "identity.report_missing_unit", "Báo thiếu đơn vị";
        /// The own unit was changed before the first attempt.
        ChooseUnit = "identity.choose_unit", "Chọn đơn vị";
        /// Another unit was asked for after the first attempt.
        AskUnitChange = "identity.ask_unit_change", "Đề nghị đổi đơn vị";
        /// Somebody's unit was changed by a coordinator or organiser.
        MoveAccount = "identity.move_account", "Chuyển đơn vị của người dự thi";
        /// A one-time code was issued.
        IssueCode = "identity.issue_code", "Cấp mã một lần";
        /// A roster was imported.
        ImportRoster = "identity.import_roster", "Nhập danh sách";
        /// A request was decided.
        DecideRequest = "identity.decide_request", "Xử lý yêu cầu";
        /// A role was granted.
        GrantRole = "identity.grant_role", "Phân quyền";
        /// A role was withdrawn.
        WithdrawRole = "identity.withdraw_role", "Thu hồi quyền";
        /// A unit was added or changed.
        EditUnit = "identity.edit_unit", "Sửa đơn vị";
        /// A unit became part of another.
        MergeUnit = "identity.merge_unit", "Sáp nhập đơn vị";
        /// An administrator was made from the command line.
        CreateAdmin = "identity.create_admin", "Tạo quản trị viên";
        /// A question was begun.
        DraftQuestion = "bank.draft", "Soạn câu hỏi";
        /// A draft was saved.
        SaveQuestion = "bank.save", "Lưu bản nháp câu hỏi";
        /// A draft was submitted for review.
        SubmitQuestion = "bank.submit", "Gửi thẩm định";
        /// A version was approved.
        ApproveQuestion = "bank.approve", "Duyệt câu hỏi";
        /// A version was returned with comments.
        ReturnQuestion = "bank.return", "Trả lại câu hỏi";
        /// A question was retired.
        RetireQuestion = "bank.retire", "Ngừng dùng câu hỏi";
        /// A submitted version was taken back.
        TakeBackQuestion = "bank.take_back", "Rút lại câu hỏi";
        /// A new version was begun.
        RenewQuestion = "bank.renew", "Soạn phiên bản mới";
        /// An image was added.
        AddImage = "bank.add_image", "Thêm hình";
        /// The topic tree was changed.
        EditTopic = "bank.edit_topic", "Sửa chủ đề";
        /// A contest was made.
        CreateContest = "contest.create", "Tạo cuộc thi";
        /// A contest was changed.
        EditContest = "contest.edit", "Sửa cuộc thi";
        /// A new version of the thể lệ was decided.
        DecideRules = "contest.decide_rules", "Ban hành thể lệ";
        /// A contest's stage was changed.
        MoveContest = "contest.move", "Chuyển trạng thái cuộc thi";
        /// A document was added or removed.
        EditDocument = "contest.edit_document", "Sửa tài liệu";
        /// Somebody was excluded or admitted.
        Exclude = "contest.exclude", "Sửa danh sách không được dự thi";
        /// A round was added.
        AddRound = "contest.add_round", "Thêm đợt thi";
        /// A round or division was changed before freezing.
        EditRound = "contest.edit_round", "Sửa đợt thi";
        /// Prizes were changed.
        EditPrizes = "contest.edit_prizes", "Sửa cơ cấu giải thưởng";
        /// A round was frozen and scheduled.
        ScheduleRound = "contest.schedule_round", "Chốt và lên lịch đợt thi";
        /// A change of a frozen round was proposed.
        ProposeChange = "contest.propose_change", "Đề nghị thay đổi sau khi chốt";
        /// A second person decided a change.
        DecideChange = "contest.decide_change", "Quyết định thay đổi";
        /// Somebody entered a contest.
        Enter = "contest.enter", "Vào cuộc thi";
        /// Running totals were looked at.
        WatchRound = "contest.watch_round", "Xem số liệu đợt đang mở";
        /// A closed round went into review.
        BeginReview = "ranking.begin_review", "Bắt đầu rà soát";
        /// A flagged entry was kept.
        KeepAttempt = "ranking.keep_attempt", "Công nhận bài bị đánh dấu";
        /// A result was not recognised.
        VoidAttempt = "ranking.void_attempt", "Không công nhận kết quả";
        /// A round was ranked.
        RankRound = "ranking.rank", "Xếp hạng";
        /// The round was chosen, or no longer, to announce the prizes of the whole contest.
        SumUpContest = "ranking.sum_up_contest", "Chọn đợt tổng kết cuộc thi";
        /// A tie was decided.
        DecideTie = "ranking.decide_tie", "Quyết định trường hợp bằng điểm";
        /// A winner was verified.
        VerifyWinner = "ranking.verify_winner", "Xác minh người đạt giải";
        /// Winners were asked for their identity numbers.
        AskNumbers = "ranking.ask_numbers", "Đề nghị người đạt giải bổ sung số định danh";
        /// A winner's place passed to the next.
        WithdrawWinner = "ranking.withdraw_winner", "Rút giải";
        /// Results were submitted for approval.
        SubmitResults = "results.submit", "Trình duyệt kết quả";
        /// Results were approved by a second person.
        ApproveResults = "results.approve", "Duyệt kết quả";
        /// Results were sent back.
        DeclineResults = "results.decline", "Trả lại kết quả";
        /// Results were published.
        PublishResults = "results.publish", "Công bố kết quả";
        /// A correction was begun.
        CorrectResults = "results.correct", "Đính chính kết quả";
        /// The decision's number, date or signed file was recorded.
        RecordDecision = "results.record_decision", "Ghi quyết định";
        /// A winner gave the identity number.
        GiveIdNumber = "results.give_id_number", "Bổ sung số định danh";
        /// An article was written or changed.
        EditArticle = "library.edit", "Sửa tin bài";
        /// An article was published or taken back.
        PublishArticle = "library.publish", "Đăng hoặc gỡ tin bài";
        /// A picture for an article was added.
        AddPicture = "library.add_picture", "Thêm ảnh cho tin bài";
        /// A study document of the library was added or removed.
        EditLibrary = "library.edit_document", "Sửa tài liệu học tập";
        /// The demo was loaded.
        SeedDemo = "demo.seed", "Nạp dữ liệu mẫu";
    }
}
