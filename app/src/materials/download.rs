//! A material on its way out.

use crate::render::attachment;
use axum::body::Body;
use service::Download;

/// The answer with a material.
pub(super) fn answer(download: Download) -> axum::response::Response {
    let file = &download.material;
    let (media_type, size) = (file.kind.media_type(), file.size);
    let name = file.file_name.clone();
    let content = Body::from_stream(download.content);
    attachment(content, media_type, &name, size)
}
