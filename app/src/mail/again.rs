//! Sending a mail again that failed for good.

use crate::render::{Cx, Oops, see_other};
use axum::extract::Path;
use axum::response::Response;
use service::{Conflict, Failure};

/// `GET /mail/{id}/again`: a page that was refused is reloaded or read in the
/// other language.
pub(crate) async fn back(Path(id): Path<String>) -> Result<Response, Oops> {
    let id: i64 = id.parse().map_err(|_| Failure::NotFound)?;
    Ok(see_other(&format!("/mail/{id}")))
}

/// `POST /mail/{id}/again`
pub(crate) async fn again(cx: Cx, Path(id): Path<String>) -> Result<Response, Oops> {
    let id: i64 = id.parse().map_err(|_| Failure::NotFound)?;
    let done = match cx.services.send_again(&cx.actor, id).await {
        Ok(()) => "again",
        // Another tab was quicker, or it says what is no longer so: the page
        // of the mail says which.
        Err(Failure::Conflict(Conflict::NotAllowedNow)) => "before",
        Err(failure) => return Err(failure.into()),
    };
    Ok(see_other(&format!("/mail/{id}?done={done}")))
}
