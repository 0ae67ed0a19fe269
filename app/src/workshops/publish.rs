//! Making a draft public.

use super::{cockpit, cockpit_path};
use crate::render::{Cx, Oops, see_other};
use axum::extract::Path;
use axum::response::Response;
use service::Failure;

/// `GET /manage/workshops/{slug}/publish`: a page that was refused is reloaded
/// or read in the other language.
pub(crate) async fn back(Path(slug): Path<String>) -> Response {
    see_other(&cockpit_path(&slug))
}

/// `POST /manage/workshops/{slug}/publish`
pub(crate) async fn publish(cx: Cx, Path(slug): Path<String>) -> Result<Response, Oops> {
    match cx.services.publish(&cx.actor, &slug).await {
        Ok(view) => {
            let path = cockpit_path(&view.row.slug);
            Ok(see_other(&format!("{path}?done=published")))
        }
        Err(Failure::Invalid(missing)) => {
            let found = cx.services.cockpit(&cx.actor, &slug).await?;
            Ok(cockpit::show(&cx, found, None, Some(missing)).await)
        }
        Err(failure) => Err(failure.into()),
    }
}
