//! What an island is told when a server function did not do what it was asked.

use domain::Refusal;
use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

/// Why the island did not get what it asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Declined {
    /// It was refused.
    #[error("refused: {0}")]
    Refused(Refusal),
    /// The server was not reached, or its answer not understood.
    #[error("the server was not reached")]
    Unreachable,
    /// The server could not read what was asked: the page is of another version than the server.
    #[error("the server could not read what was asked")]
    Unread,
}

impl FromServerFnError for Declined {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        #[cfg(feature = "ssr")]
        if matches!(error, ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_)) {
            return Self::Unread.answered();
        }
        #[cfg(not(feature = "ssr"))]
        let _ = error;
        Self::Unreachable
    }
}

#[cfg(feature = "ssr")]
mod on_the_server {
    use super::Declined;
    use axum::{
        Json,
        response::{IntoResponse, Response},
    };
    use domain::Refusal;
    use engine::Stop;
    use http::StatusCode;
    use leptos::prelude::use_context;
    use leptos_axum::ResponseOptions;

    impl Declined {
        /// The status of an answer that says this; without it every refusal would be a 500.
        fn status(self) -> StatusCode {
            match self {
                Self::Refused(refusal) => StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
                Self::Unread => StatusCode::BAD_REQUEST,
                Self::Unreachable => StatusCode::INTERNAL_SERVER_ERROR,
            }
        }

        /// The same, once the answer of the running server function has its status.
        pub(super) fn answered(self) -> Self {
            if let Some(response) = use_context::<ResponseOptions>() {
                response.set_status(self.status());
            }
            self
        }
    }

    impl IntoResponse for Declined {
        /// The answer where no server function has run.
        fn into_response(self) -> Response {
            (self.status(), Json(self)).into_response()
        }
    }

    impl From<Refusal> for Declined {
        /// The answer of the running server function gets its status.
        fn from(refusal: Refusal) -> Self {
            Self::Refused(refusal).answered()
        }
    }

    impl From<Stop> for Declined {
        /// A fault is logged here.
        fn from(stop: Stop) -> Self {
            crate::problem::log(&stop);
            stop.refusal().into()
        }
    }
}
