//! How a deed can fail, and what the doors say about it: one table to HTTP
//! status, one to words. Causes are logged under a reference, never shown.

use domain::{Problems, Reason};
use sea_orm::{DbErr, SqlErr};

/// A request that is understood and cannot be done as things stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// The person has an active registration for the workshop.
    AlreadyRegistered,
    /// Registration has not opened yet.
    RegistrationNotOpen,
    /// Registration has closed.
    RegistrationClosed,
    /// Only those named by an invited establishment are registered.
    InvitationOnly,
    /// The offered seat was not taken in time.
    OfferOver,
    /// The deadline for naming delegates has passed.
    NominationOver,
    /// The state does not allow the act (already published, already cancelled).
    NotAllowedNow,
    /// The idempotency key was used for another request.
    KeyReused,
    /// Nobody can be sent anything: no materials, or nobody attended.
    NothingToSend,
    /// The database holds data already.
    NotEmpty,
    /// An account has this address already.
    AccountExists,
    /// Demo accounts, whose password everybody knows, work on a loopback
    /// address only.
    DemoNotHere,
    /// Somebody changed it after it was looked at.
    Outdated,
    /// What is asked for is as it is already.
    NothingChanged,
    /// The trainer, who had declined, teaches elsewhere at that time by now.
    TeachesElsewhere,
    /// A workshop to come is held there.
    InUse,
    /// The figures of the session are put forward or signed off.
    FiguresLocked,
    /// Somebody whom a device let in alone is not settled yet.
    Unsettled,
    /// Nobody signs off the figures that they put forward.
    OwnFigures,
    /// The workshop is full, and nobody said to add one all the same.
    Full,
}

impl Conflict {
    /// The stable code; the words are under `conflict-{code}`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::AlreadyRegistered => "already_registered",
            Self::RegistrationNotOpen => "registration_not_open",
            Self::RegistrationClosed => "registration_closed",
            Self::InvitationOnly => "invitation_only",
            Self::OfferOver => "offer_over",
            Self::NominationOver => "nomination_over",
            Self::NotAllowedNow => "not_allowed_now",
            Self::KeyReused => "key_reused",
            Self::NothingToSend => "nothing_to_send",
            Self::NotEmpty => "not_empty",
            Self::AccountExists => "account_exists",
            Self::DemoNotHere => "demo_not_here",
            Self::Outdated => "outdated",
            Self::NothingChanged => "nothing_changed",
            Self::TeachesElsewhere => "teaches_elsewhere",
            Self::InUse => "in_use",
            Self::FiguresLocked => "figures_locked",
            Self::Unsettled => "unsettled",
            Self::OwnFigures => "own_figures",
            Self::Full => "full",
        }
    }

    /// All of them, for tests that each has words.
    pub const ALL: [Self; 20] = [
        Self::AlreadyRegistered,
        Self::RegistrationNotOpen,
        Self::RegistrationClosed,
        Self::InvitationOnly,
        Self::OfferOver,
        Self::NominationOver,
        Self::NotAllowedNow,
        Self::KeyReused,
        Self::NothingToSend,
        Self::NotEmpty,
        Self::AccountExists,
        Self::DemoNotHere,
        Self::Outdated,
        Self::NothingChanged,
        Self::TeachesElsewhere,
        Self::InUse,
        Self::FiguresLocked,
        Self::Unsettled,
        Self::OwnFigures,
        Self::Full,
    ];
}

/// Why a deed was not done.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The input is wrong, field by field.
    #[error("invalid input: {0:?}")]
    Invalid(Problems),
    /// The input is fine, the moment is not.
    #[error("conflict: {}", .0.code())]
    Conflict(Conflict),
    /// There is no such thing, or it is not for this actor to know.
    #[error("not found")]
    NotFound,
    /// The actor must sign in first.
    #[error("sign-in needed")]
    SignInNeeded,
    /// The actor may not do this.
    #[error("forbidden")]
    Forbidden,
    /// Address or password are wrong.
    #[error("wrong address or password")]
    WrongPassword,
    /// Too many tries; wait this many seconds.
    #[error("throttled for {0} s")]
    Throttled(i64),
    /// Too many requests; wait this many seconds.
    #[error("too many requests for {0} s")]
    TooMany(i64),
    /// The link has expired.
    #[error("link expired")]
    Expired,
    /// The personal link was taken back.
    #[error("link withdrawn")]
    LinkWithdrawn,
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] DbErr),
    /// Something else failed that is not the actor's fault.
    #[error("internal: {0}")]
    Internal(String),
}

impl Failure {
    /// A failure that is nobody's fault outside, with its cause for the log.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        Self::Internal(cause.to_string())
    }

    /// One problem with one field.
    #[must_use]
    pub fn problem(field: &'static str, reason: Reason) -> Self {
        Self::Invalid(Problems::one(field, reason))
    }

    /// The HTTP status (RFC 9110) for this failure.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::Invalid(_) => 422,
            Self::Conflict(_) => 409,
            Self::NotFound => 404,
            Self::SignInNeeded | Self::WrongPassword => 401,
            Self::Forbidden => 403,
            Self::Throttled(_) | Self::TooMany(_) => 429,
            Self::Expired | Self::LinkWithdrawn => 410,
            Self::Database(_) | Self::Internal(_) => 500,
        }
    }

    /// The stable code; the words are under `failure-{code}`, except for
    /// conflicts (`conflict-{code}`) and problems, which have their own.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Invalid(_) => "invalid",
            Self::Conflict(conflict) => conflict.code(),
            Self::NotFound => "not_found",
            Self::SignInNeeded => "sign_in_needed",
            Self::Forbidden => "forbidden",
            Self::WrongPassword => "wrong_password",
            Self::Throttled(_) => "throttled",
            Self::TooMany(_) => "too_many",
            Self::Expired => "expired",
            Self::LinkWithdrawn => "link_withdrawn",
            Self::Database(_) | Self::Internal(_) => "internal",
        }
    }

    /// Whether the same deed may succeed when simply tried again: the database
    /// was busy, or broke a deadlock or a serialisation cycle.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        let Self::Database(error) = self else {
            return false;
        };
        matches!(
            sql_state(error).as_deref(),
            Some("40001" | "40P01" | "5" | "517" | "261")
        )
    }

    /// Whether a deed was refused, so that nothing of it stands. After anything
    /// else something may: a database may fail behind its COMMIT.
    #[must_use]
    pub(crate) fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::Invalid(_) | Self::NotFound | Self::Conflict(_) | Self::Forbidden
        )
    }

    /// Whether a unique constraint refused the row.
    #[must_use]
    pub fn is_unique_violation(&self) -> bool {
        matches!(self, Self::Database(error)
            if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))))
    }
}

/// The SQLSTATE of PostgreSQL, or the result code of SQLite (5 is
/// SQLITE_BUSY, 261 and 517 its extended forms).
fn sql_state(error: &DbErr) -> Option<String> {
    use sea_orm::{RuntimeErr, sqlx};
    let (DbErr::Exec(RuntimeErr::SqlxError(error))
    | DbErr::Query(RuntimeErr::SqlxError(error))
    | DbErr::Conn(RuntimeErr::SqlxError(error))) = error
    else {
        return None;
    };
    match error.as_ref() {
        sqlx::Error::Database(error) => error.code().map(std::borrow::Cow::into_owned),
        _ => None,
    }
}
