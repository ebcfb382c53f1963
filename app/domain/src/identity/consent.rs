//! What people agree to: the purposes, their words and the version of the words.
//!
//! Whoever changes a text gives it a new version: what was agreed to is kept as it was read.

use crate::{Millis, Timestamp, time::Day};

words! {
    /// A purpose of processing, agreed to by its own box.
    pub enum Purpose {
        /// Processing for the contests; nobody takes part without.
        Process = "process", "Xử lý dữ liệu cho cuộc thi";
        /// Publishing name and unit of a winner, and of whoever stands in the places that the thể lệ makes public.
        Publish = "publish", "Công bố họ tên, đơn vị nếu đạt giải hoặc đứng trong các thứ hạng công khai";
    }
}

/// The version of both texts below.
pub const CONSENT_VERSION: &str = "2026-12";

impl Purpose {
    /// The words beside the box; processing ends on a day that is named.
    pub fn text(self, until: Timestamp) -> String {
        match self {
            Self::Process => format!(
                "Tôi đã đọc Thông báo xử lý dữ liệu cá nhân và đồng ý để Ban Tổ chức xử lý dữ liệu của tôi cho các cuộc thi trên trang này đến hết ngày {}.",
                until.date()
            ),
            Self::Publish => {
                "Tôi đồng ý để Ban Tổ chức công bố họ tên, đơn vị của tôi nếu tôi đạt giải hoặc đứng trong các thứ hạng được công khai theo thể lệ."
                    .to_owned()
            }
        }
    }

    /// The name of the box in a form.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Process => "consent_process",
            Self::Publish => "consent_publish",
        }
    }
}

/// Until when data are processed on a consent given now: the last moment of the last day of the following year.
pub fn processed_until(now: Timestamp) -> Timestamp {
    let last_day = format!("31/12/{}", now.year() + 1);
    Timestamp::read_date(&last_day).map_or(now, |day| Day(day.day().0 + 1).start() - Millis(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processing_ends_with_the_following_year_in_vietnam() {
        let until = processed_until(Timestamp::read("23/11/2026 08:00").expect("a moment"));
        assert_eq!(until.short(), "23:59 ngày 31/12/2027", "the whole of the day that is named");
        assert_eq!((until + Millis(1)).short(), "00:00 ngày 01/01/2028");
        assert_eq!(processed_until(Timestamp::read("00:00 01/01/2027").expect("a moment")).date(), "31/12/2028");
    }

    #[test]
    fn the_words_name_the_day() {
        let until = Timestamp::read_date("31/12/2027").expect("a day");
        assert!(Purpose::Process.text(until).ends_with("đến hết ngày 31/12/2027."));
        assert_ne!(Purpose::Publish.field(), Purpose::Process.field());
    }
}
