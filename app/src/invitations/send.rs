//! Sending invitations, and noting that they have left.

use super::path;
use crate::render::{Cx, Oops, see_other};
use axum::extract::Path;
use axum::response::Response;

/// `GET …/invitations/send`: where the button stands.
pub(super) async fn back(Path(slug): Path<String>) -> Response {
    see_other(&path(&slug))
}

/// `POST /manage/workshops/{slug}/invitations/send`
pub(super) async fn all(cx: Cx, Path(slug): Path<String>) -> Result<Response, Oops> {
    let sent = cx.services.send_invitations(&cx.actor, &slug, None).await?;
    let done = if sent > 0 { "mailed" } else { "none" };
    Ok(see_other(&format!("{}?done={done}", path(&slug))))
}

/// `POST /manage/workshops/{slug}/invitations/{id}/send`
pub(super) async fn one(cx: Cx, Path((slug, id)): Path<(String, i64)>) -> Result<Response, Oops> {
    cx.services
        .send_invitations(&cx.actor, &slug, Some(id))
        .await?;
    Ok(see_other(&format!("{}/{id}?done=mailed", path(&slug))))
}

/// `POST /manage/workshops/{slug}/invitations/{id}/sent`
pub(super) async fn by_hand(
    cx: Cx,
    Path((slug, id)): Path<(String, i64)>,
) -> Result<Response, Oops> {
    cx.services
        .note_invitations_sent(&cx.actor, &slug, &[id])
        .await?;
    Ok(see_other(&format!("{}/{id}?done=sent", path(&slug))))
}
