//! The two ways a deed can end without success: a refusal for the person, a fault for the log.

use crate::store::StoreError;
use domain::{Field, Refusal, Refused};

/// Something broke on our side; logged once at the edge with its whole chain, shown as an id.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
    /// What is stored cannot be read back.
    #[error("stored {0} cannot be read")]
    Unreadable(&'static str, #[source] Box<dyn std::error::Error + Send + Sync>),
    /// A rule that must hold does not.
    #[error("{0}")]
    Broken(&'static str),
    /// Files or sockets failed.
    #[error("{0} failed")]
    Outside(&'static str, #[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Why a deed stopped.
#[derive(Debug, thiserror::Error)]
pub enum Stop {
    /// The whole request is refused.
    #[error("refused: {0}")]
    Refused(#[from] Refusal),
    /// Some fields of the form are refused; nothing was written.
    #[error("refused at {} fields", .0.len())]
    AtFields(Refused),
    /// Something broke.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Fault(Fault::Store(error))
    }
}

/// What a deed answers.
pub type Result<T, E = Stop> = std::result::Result<T, E>;

impl Stop {
    /// A refusal at one field.
    pub fn at(field: impl Into<Field>, refusal: Refusal) -> Self {
        Self::AtFields(vec![(field.into(), refusal)])
    }

    /// The refusal that stands for it as a whole, for a page or a status line.
    pub fn refusal(&self) -> Refusal {
        match self {
            Self::Refused(refusal) => *refusal,
            Self::AtFields(fields) => fields.first().map_or(Refusal::Required, |(_, refusal)| *refusal),
            Self::Fault(_) => Refusal::Broken,
        }
    }
}

/// Refuses when any field was refused.
///
/// # Errors
/// [`Stop::AtFields`] with all of them.
pub fn accept(refused: Refused) -> Result<()> {
    if refused.is_empty() { Ok(()) } else { Err(Stop::AtFields(refused)) }
}
