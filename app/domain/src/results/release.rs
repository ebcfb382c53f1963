//! Who may see what of the results, and when: one pure function that every read of results asks.

words! {
    /// A part of what a round yields.
    pub enum Matter {
        /// How many have started or handed in so far.
        RunningTotals = "running_totals", "Số liệu đang diễn ra";
        /// A board of units that moves while the round is open.
        LiveBoard = "live_board", "Bảng trực tiếp";
        /// Totals, bands, the truth of the prediction.
        Figures = "figures", "Số liệu tổng hợp";
        /// Who won which prize.
        Winners = "winners", "Người đạt giải";
        /// The first places beside the winners.
        TopPlaces = "top_places", "Các thứ hạng đầu";
        /// The upper half of each block.
        UpperUnits = "upper_units", "Đơn vị xếp trên";
        /// The lower half of each block.
        LowerUnits = "lower_units", "Đơn vị xếp dưới";
        /// The own place and why.
        OwnPlace = "own_place", "Thứ hạng của mình";
        /// Every line with its name.
        WholeBoard = "whole_board", "Toàn bộ bảng xếp hạng";
    }
}

words! {
    /// In what capacity somebody looks.
    pub enum Viewer {
        /// Anybody, signed in or not.
        Public = "public", "Công chúng";
        /// Somebody about the own attempt.
        Oneself = "oneself", "Chính người dự thi";
        /// Somebody about the own unit.
        OwnUnit = "own_unit", "Người của đơn vị";
        /// Whoever may watch a running round (and is barred from taking part).
        Watcher = "watcher", "Ban Tổ chức theo dõi";
        /// Whoever reviews, ranks and publishes.
        Judge = "judge", "Ban Tổ chức xét kết quả";
    }
}

words! {
    /// Where the round stands.
    pub enum Moment {
        /// Before its closing.
        Open = "open", "Chưa đóng";
        /// Closed, nothing published.
        Closed = "closed", "Đã đóng, chưa công bố";
        /// Published.
        Published = "published", "Đã công bố";
    }
}

/// What the round's own rules open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Openness {
    /// Some division asks for a prediction.
    pub prediction: bool,
    /// The rules ask for a live board.
    pub live_board: bool,
    /// The rules make places beside the winners public.
    pub top_places: bool,
    /// The rules make the lower half of the units public.
    pub lower_units: bool,
}

/// Whether the viewer may see the matter at that moment.
pub const fn may_see(matter: Matter, viewer: Viewer, moment: Moment, rules: Openness) -> bool {
    let published = matches!(moment, Moment::Published);
    let judge_later = matches!(viewer, Viewer::Judge) && !matches!(moment, Moment::Open);
    match matter {
        // Even a count gives a prediction away, and after the closing the figures of the review count.
        Matter::RunningTotals => matches!(viewer, Viewer::Watcher | Viewer::Judge),
        Matter::LiveBoard => matches!(moment, Moment::Open) && rules.live_board && !rules.prediction,
        Matter::Figures | Matter::Winners | Matter::UpperUnits => published || judge_later,
        Matter::TopPlaces => published && rules.top_places || judge_later,
        Matter::LowerUnits => published && (rules.lower_units || matches!(viewer, Viewer::OwnUnit | Viewer::Watcher)) || judge_later,
        Matter::OwnPlace => published && matches!(viewer, Viewer::Oneself) || judge_later,
        Matter::WholeBoard => judge_later,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_case(mut check: impl FnMut(Matter, Viewer, Moment, Openness)) {
        let flags = [false, true];
        for matter in Matter::ALL {
            for viewer in Viewer::ALL {
                for moment in Moment::ALL {
                    for bits in 0..16 {
                        let flag = |bit: usize| flags[(bits >> bit) & 1];
                        let rules = Openness { prediction: flag(0), live_board: flag(1), top_places: flag(2), lower_units: flag(3) };
                        check(*matter, *viewer, *moment, rules);
                    }
                }
            }
        }
    }

    #[test]
    fn before_publication_only_those_with_the_right_see_anything() {
        every_case(|matter, viewer, moment, rules| {
            let outsider = matches!(viewer, Viewer::Public | Viewer::Oneself | Viewer::OwnUnit);
            if outsider && moment != Moment::Published && may_see(matter, viewer, moment, rules) {
                assert_eq!(matter, Matter::LiveBoard, "{viewer:?} sees {matter:?} at {moment:?}");
                assert!(rules.live_board && !rules.prediction, "a live board gives a prediction away");
            }
        });
    }

    #[test]
    fn while_it_is_open_nobody_sees_an_order_and_only_watchers_see_totals() {
        every_case(|matter, viewer, moment, rules| {
            if moment == Moment::Open && may_see(matter, viewer, moment, rules) {
                assert!(matches!(matter, Matter::RunningTotals | Matter::LiveBoard), "{matter:?} while the round is open");
            }
            if matter == Matter::RunningTotals && may_see(matter, viewer, moment, rules) {
                assert!(matches!(viewer, Viewer::Watcher | Viewer::Judge));
            }
        });
    }

    #[test]
    fn after_publication_the_public_sees_no_ordinary_place() {
        every_case(|matter, viewer, moment, rules| {
            if matches!(viewer, Viewer::Public) && moment == Moment::Published && may_see(matter, viewer, moment, rules) {
                match matter {
                    Matter::TopPlaces => assert!(rules.top_places),
                    Matter::LowerUnits => assert!(rules.lower_units),
                    Matter::Figures | Matter::Winners | Matter::UpperUnits => {}
                    other => panic!("the public sees {other:?}"),
                }
            }
        });
    }

    #[test]
    fn the_own_place_is_for_oneself_once_it_is_published() {
        let rules = Openness { prediction: true, live_board: false, top_places: false, lower_units: false };
        assert!(may_see(Matter::OwnPlace, Viewer::Oneself, Moment::Published, rules));
        assert!(!may_see(Matter::OwnPlace, Viewer::Oneself, Moment::Closed, rules));
        assert!(!may_see(Matter::OwnPlace, Viewer::Public, Moment::Published, rules));
        assert!(may_see(Matter::LowerUnits, Viewer::OwnUnit, Moment::Published, rules));
    }
}
