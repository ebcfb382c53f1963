//! The texts of the demo's contests.

use domain::contest::ContestForm;

const RULES: &str = include_str!("../../demo/rules.md");
const GUIDE: &str = include_str!("../../demo/guide.md");
const FAQ: &str = include_str!("../../demo/faq.md");

/// Đơn vị chủ trì.
pub(super) const HOST: &str = "Trung tâm Phục vụ – Kiểm soát TTHC tỉnh";

/// A text with its placeholders filled.
fn filled(text: &str, contest: &str) -> String {
    text.replace("{{contest}}", contest).replace("{{host}}", HOST)
}

/// The thể lệ of a contest.
pub(super) fn rules(contest: &str) -> String {
    filled(RULES, contest)
}

/// The form of a contest.
pub(super) fn contest(slug: &str, title: &str, introduction: &str, help_line: &str) -> ContestForm {
    ContestForm {
        slug: slug.to_owned(),
        title: title.to_owned(),
        host: HOST.to_owned(),
        introduction: introduction.to_owned(),
        guide: filled(GUIDE, title),
        help_line: help_line.to_owned(),
        contact: format!("**Ban Tổ chức**, {HOST}.\n\nĐường dây hỗ trợ: {help_line} (giờ hành chính và trong thời gian mở đợt thi)."),
        faq: FAQ.to_owned(),
        press_contact: format!("Ban Tổ chức, {HOST}, điện thoại {help_line}"),
        one_prize_each: true,
        ..ContestForm::default()
    }
}
