//! The list as a file.

use super::asked::Asked;
use crate::render::{Cx, Fields, Oops, attachment};
use axum::body::Body;
use axum::extract::Path;
use axum::http::Uri;
use axum::response::Response;
use service::ExportFormat;

/// `POST /manage/workshops/{slug}/people/export`: those seen, as a file.
pub(super) async fn export(
    cx: Cx,
    Path(slug): Path<String>,
    uri: Uri,
    fields: Fields,
) -> Result<Response, Oops> {
    let asked = Asked::of(&uri, &fields);
    let format = match fields.text("format").as_str() {
        "csv" => ExportFormat::Csv,
        _ => ExportFormat::Xlsx,
    };
    let file = cx
        .services
        .export_people(&cx.actor, &slug, &asked.query, format, cx.lang())
        .await?;
    let length = i64::try_from(file.content.len()).unwrap_or(i64::MAX);
    let body = Body::from(file.content);
    Ok(attachment(body, format.media_type(), &file.name, length))
}
