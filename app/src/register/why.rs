//! Why a public form is shown, and with which status.

use axum::http::StatusCode;

/// Why a form is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// Somebody opened it.
    First,
    /// More rows were asked for.
    More,
    /// It came back with problems.
    Problems,
    /// The page was sent before with other words in it.
    SentBefore,
    /// It was sent when registration was not open.
    Shut,
    /// A program seems to have filled it in.
    Quick,
}

impl Why {
    /// The status of the answer.
    pub(super) fn status(self) -> StatusCode {
        match self {
            Self::First | Self::More => StatusCode::OK,
            Self::Problems | Self::Quick => StatusCode::UNPROCESSABLE_ENTITY,
            Self::SentBefore | Self::Shut => StatusCode::CONFLICT,
        }
    }

    /// The same where the form turns out to be shut: news to who sent it.
    pub(super) fn shut(self) -> Self {
        match self {
            Self::First => self,
            _ => Self::Shut,
        }
    }
}
