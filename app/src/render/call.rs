//! Failures of the calls that islands make.

use axum::http::StatusCode;
use leptos::prelude::{ServerFnError, use_context};
use leptos_axum::ResponseOptions;
use service::Failure;

/// A failure on its way to an island: the status as a page would have it, and
/// the code alone. The island has its words.
pub(crate) fn refuse(failure: &Failure) -> ServerFnError {
    let status = StatusCode::from_u16(failure.status());
    if let (Some(options), Ok(status)) = (use_context::<ResponseOptions>(), status) {
        options.set_status(status);
    }
    if failure.status() >= 500 {
        tracing::error!(%failure, "a call failed");
    }
    ServerFnError::ServerError(failure.code().to_owned())
}
