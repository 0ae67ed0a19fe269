//! Taking a file.

use super::{address, list};
use crate::render::{Cx, Oops, see_other};
use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, Path};
use axum::response::Response;
use domain::{Problems, Reason};
use service::Failure;

/// `POST /manage/workshops/{slug}/import`
pub(super) async fn upload(
    cx: Cx,
    Path(slug): Path<String>,
    body: Result<Multipart, MultipartRejection>,
) -> Result<Response, Oops> {
    // Whoever may not bring files is told before any is read.
    cx.services.imports(&cx.actor, &slug).await?;
    let taken = match body {
        Ok(body) => take(&cx, &slug, body).await,
        Err(_) => Err(Failure::problem("file", Reason::FileEmpty)),
    };
    match taken {
        Ok(id) => Ok(see_other(&format!("{}/{id}", address(&slug)))),
        Err(Failure::Invalid(problems)) => list::with(&cx, &slug, problems).await,
        Err(failure) => Err(failure.into()),
    }
}

/// The file of the form; a browser sends an empty one for none chosen.
async fn take(cx: &Cx, slug: &str, mut body: Multipart) -> Result<i64, Failure> {
    while let Ok(Some(field)) = body.next_field().await {
        let name = field.file_name().unwrap_or_default().replace("%22", "\"");
        if field.name() != Some("file") || name.is_empty() {
            continue;
        }
        return cx
            .services
            .upload_import(&cx.actor, slug, &name, field)
            .await;
    }
    Err(Failure::Invalid(Problems::one("file", Reason::Required)))
}
