//! Requests that wait for somebody's decision, and by when they are answered.

use crate::{Millis, Timestamp, time::Day};

words! {
    /// What is asked.
    pub enum RequestKind {
        /// The own unit is not in the list.
        UnitMissing = "unit_missing", "Không thấy đơn vị";
        /// An identity number is held by another account.
        DuplicateId = "duplicate_id", "Số định danh trùng với tài khoản khác";
        /// The own data shall be corrected.
        CorrectData = "correct_data", "Sửa dữ liệu cá nhân";
        /// The consent is withdrawn, the own data shall go.
        WithdrawData = "withdraw_data", "Rút lại sự đồng ý";
        /// The own unit shall be changed after the first attempt.
        UnitChange = "unit_change", "Đề nghị đổi đơn vị";
    }
}

words! {
    /// Where a request stands.
    pub enum RequestState {
        /// It waits.
        Open = "open", "Đang chờ";
        /// It was done.
        Done = "done", "Đã giải quyết";
        /// It was declined, with an answer.
        Declined = "declined", "Không chấp nhận";
    }
}

/// Working days in which a request about one's own data is answered (Decree 356/2025/NĐ-CP).
pub const ANSWER_DAYS: u32 = 2;

/// The end of the last of so many working days after now; Saturdays and Sundays do not count.
///
/// Public holidays are not known here: the answer is then due earlier than the law asks, never later.
pub fn due_after(now: Timestamp, working_days: u32) -> Timestamp {
    let mut day = now.day().0;
    let mut left = working_days;
    while left > 0 {
        day += 1;
        if !is_weekend(day) {
            left -= 1;
        }
    }
    Day(day + 1).start() - Millis(1)
}

/// 1 January 1970 was a Thursday.
const fn is_weekend(day: i64) -> bool {
    matches!((day + 3).rem_euclid(7), 5 | 6)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn due(typed: &str) -> String {
        due_after(Timestamp::read(typed).expect("a moment"), ANSWER_DAYS).short()
    }

    #[test]
    fn two_working_days_leave_out_the_weekend() {
        assert_eq!(due("23/11/2026 08:00"), "23:59 ngày 25/11/2026", "from Monday to Wednesday");
        assert_eq!(due("26/11/2026 23:59"), "23:59 ngày 30/11/2026", "from Thursday to Monday");
        assert_eq!(due("27/11/2026 08:00"), "23:59 ngày 01/12/2026", "from Friday to Tuesday");
        assert_eq!(due("28/11/2026 08:00"), "23:59 ngày 01/12/2026", "from Saturday to Tuesday");
    }

    proptest! {
        #[test]
        fn it_is_never_due_on_a_weekend_and_never_past(ms in 0_i64..4_000_000_000_000) {
            let now = Timestamp(ms);
            let due = due_after(now, ANSWER_DAYS);
            prop_assert!(due > now);
            prop_assert!(!is_weekend(due.day().0));
            prop_assert!((2..=4).contains(&(due.day().0 - now.day().0)));
        }
    }
}
