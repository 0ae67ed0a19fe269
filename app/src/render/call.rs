//! Failures of the calls that islands make.

use axum::http::StatusCode;
use leptos::prelude::{ServerFnError, use_context};
use leptos_axum::ResponseOptions;
use service::Failure;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether a call was refused by a deed, and not by what reads its arguments.
#[derive(Clone, Debug, Default)]
pub(crate) struct Refused(Arc<AtomicBool>);

impl Refused {
    pub(crate) fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// A failure on its way to an island: the status as a page would have it, and
/// the code alone. The island has its words.
pub(crate) fn refuse(failure: &Failure) -> ServerFnError {
    let status = StatusCode::from_u16(failure.status());
    if let (Some(options), Ok(status)) = (use_context::<ResponseOptions>(), status) {
        options.set_status(status);
    }
    if let Some(refused) = use_context::<Refused>() {
        refused.0.store(true, Ordering::Relaxed);
    }
    if failure.status() >= 500 {
        tracing::error!(%failure, "a call failed");
    }
    ServerFnError::ServerError(failure.code().to_owned())
}
