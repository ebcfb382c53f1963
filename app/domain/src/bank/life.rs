//! The life of a version as a pure state machine: draft → in review → approved | returned → … → retired.

use super::Status;
use crate::{Refusal, id::AccountId};

words! {
    /// A step in the life of a question, as its history tells it.
    pub enum Step {
        /// The first version was begun.
        Draft = "drafted", "soạn câu hỏi";
        /// The author asked for a review.
        Submit = "submitted", "gửi thẩm định";
        /// The author took it back before it was decided.
        TakeBack = "withdrawn", "rút lại để sửa";
        /// The reviewer approved it.
        Approve = "approved", "duyệt";
        /// The reviewer sent it back with comments.
        Return = "returned", "trả lại";
        /// It may no longer be drawn.
        Retire = "retired", "ngừng dùng";
        /// A new version was begun.
        Renew = "renewed", "soạn phiên bản mới";
    }
}

impl Status {
    /// The status after the step; after [`Step::Renew`] it is that of the next version.
    ///
    /// # Errors
    /// [`Refusal::AlreadyDone`] when the step has just been taken, [`Refusal::WrongOrder`] when it cannot be taken yet.
    pub fn after(self, step: Step) -> Result<Self, Refusal> {
        match (self, step) {
            (Self::Draft | Self::Returned, Step::Submit) => Ok(Self::InReview),
            (Self::InReview, Step::Approve) => Ok(Self::Approved),
            (Self::InReview, Step::Return) => Ok(Self::Returned),
            (Self::Draft | Self::Returned | Self::Approved, Step::Retire) => Ok(Self::Retired),
            (Self::InReview, Step::TakeBack) | (Self::Approved | Self::Retired, Step::Renew) => Ok(Self::Draft),
            (Self::InReview, Step::Submit)
            | (Self::Approved, Step::Approve)
            | (Self::Returned, Step::Return)
            | (Self::Retired, Step::Retire)
            | (Self::Draft, Step::TakeBack | Step::Renew) => Err(Refusal::AlreadyDone),
            _ => Err(Refusal::WrongOrder),
        }
    }

    /// Whether the author may write on a version of this status.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Returned)
    }

    /// Refuses writing on a version that is not open, and above all on one that was served.
    ///
    /// # Errors
    /// [`Refusal::VersionServed`] or [`Refusal::WrongOrder`].
    pub const fn may_be_written(self, served: bool) -> Result<(), Refusal> {
        match (served, self.is_open()) {
            (true, _) => Err(Refusal::VersionServed),
            (false, true) => Ok(()),
            (false, false) => Err(Refusal::WrongOrder),
        }
    }
}

/// Refuses a reviewer who wrote any version of the question.
///
/// # Errors
/// [`Refusal::OwnQuestion`].
pub fn may_review(reviewer: AccountId, authors: &[AccountId]) -> Result<(), Refusal> {
    if authors.contains(&reviewer) { Err(Refusal::OwnQuestion) } else { Ok(()) }
}

/// Refuses an author who reviewed any version of the question.
///
/// # Errors
/// [`Refusal::ReviewedQuestion`].
pub fn may_renew(author: AccountId, reviewers: &[AccountId]) -> Result<(), Refusal> {
    if reviewers.contains(&author) { Err(Refusal::ReviewedQuestion) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    #[test]
    fn a_version_goes_from_draft_to_approval_by_way_of_review() {
        let steps = [Step::Submit, Step::Return, Step::Submit, Step::TakeBack, Step::Submit, Step::Approve, Step::Retire, Step::Renew];
        let end = steps.into_iter().try_fold(Status::Draft, Status::after);
        assert_eq!(end, Ok(Status::Draft));
    }

    #[test]
    fn nothing_is_approved_without_a_review() {
        for status in Status::ALL.iter().filter(|status| **status != Status::InReview) {
            assert!(status.after(Step::Approve).is_err(), "{status:?}");
            assert!(status.after(Step::Return).is_err(), "{status:?}");
        }
    }

    #[test]
    fn a_step_taken_twice_says_so() {
        assert_eq!(Status::Approved.after(Step::Approve), Err(Refusal::AlreadyDone));
        assert_eq!(Status::InReview.after(Step::Submit), Err(Refusal::AlreadyDone));
        assert_eq!(Status::Draft.after(Step::Approve), Err(Refusal::WrongOrder));
        assert_eq!(Status::InReview.after(Step::Retire), Err(Refusal::WrongOrder));
    }

    #[test]
    fn only_drafts_are_written_on_and_never_what_was_served() {
        assert_eq!(Status::Draft.may_be_written(false), Ok(()));
        assert_eq!(Status::Returned.may_be_written(false), Ok(()));
        assert_eq!(Status::InReview.may_be_written(false), Err(Refusal::WrongOrder));
        assert_eq!(Status::Approved.may_be_written(false), Err(Refusal::WrongOrder));
        for status in Status::ALL {
            assert_eq!(status.may_be_written(true), Err(Refusal::VersionServed), "{status:?}");
        }
    }

    #[test]
    fn author_and_reviewer_are_never_the_same_person() {
        let (an, binh) = (AccountId(Uuid::from_u128(1)), AccountId(Uuid::from_u128(2)));
        assert_eq!(may_review(an, &[an]), Err(Refusal::OwnQuestion));
        assert_eq!(may_review(binh, &[an]), Ok(()));
        assert_eq!(may_renew(binh, &[binh]), Err(Refusal::ReviewedQuestion));
        assert_eq!(may_renew(an, &[binh]), Ok(()));
    }

    proptest! {
        #[test]
        fn every_way_to_approval_ends_in_a_submission_and_an_approval(walk in prop::collection::vec(0..Step::ALL.len(), 0..40)) {
            let (mut status, mut taken) = (Status::Draft, vec![]);
            for i in walk {
                if let Ok(next) = status.after(Step::ALL[i]) {
                    status = next;
                    taken.push(Step::ALL[i]);
                }
            }
            if status == Status::Approved {
                prop_assert!(taken.ends_with(&[Step::Submit, Step::Approve]));
            }
        }
    }
}
