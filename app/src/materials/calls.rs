//! What the island asks the server.
#![allow(missing_docs, reason = "the macro makes a struct of the arguments")]

use super::shown::Progress;
use crate::html::*;

/// How far the sending of a workshop's materials is.
#[server(prefix = "/call", endpoint = "materials/progress")]
pub async fn sending_progress(slug: String) -> Result<Progress, ServerFnError> {
    let cx = expect_context::<crate::render::Cx>();
    let progress = cx.services.materials_progress(&cx.actor, &slug).await;
    let shown = progress.map(|progress| super::mails::progress(&cx, &progress));
    shown.map_err(|failure| crate::render::refuse(&failure))
}
