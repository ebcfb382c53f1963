//! Typed ids: a UUID that knows what it names, so that a round is never taken for a contest.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident;)+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "sql", derive(sqlx::Type), sqlx(transparent))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.as_hyphenated().fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self { Self(id) }
        }
    )+};
}

ids! {
    /// One person who can sign in, or who is on the roster.
    AccountId;
    /// An agency, department or commune in the tree of units.
    UnitId;
    /// A head of the topic tree.
    TopicId;
    /// A question, whatever its version.
    QuestionId;
    /// One immutable version of a question.
    VersionId;
    /// A contest (cuộc thi).
    ContestId;
    /// A round (đợt thi) of a contest.
    RoundId;
    /// A division (bảng thi): one audience of a round.
    DivisionId;
    /// One sitting of one person.
    AttemptId;
    /// A prize of a round or contest.
    PrizeId;
    /// A prize given to a person or unit.
    AwardId;
    /// A published article of the library.
    ArticleId;
    /// A request that waits for somebody's decision.
    RequestId;
    /// A change of a frozen round that waits for a second person.
    ChangeId;
    /// A published set of results.
    PublicationId;
    /// A line of the audit log.
    NoteId;
    /// A study document.
    DocumentId;
    /// What organisers told those who sit a round.
    MessageId;
    /// A question to the jury.
    AskedId;
}
