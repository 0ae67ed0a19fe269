//! What the island asks the server. Each call is the same deed as the plain
//! form beside it.
#![allow(missing_docs, reason = "the macro makes a struct of the arguments")]

use super::shown::{Found, Screen};
use leptos::prelude::*;

/// People of a workshop by a part of their name or by their code.
#[server(prefix = "/call", endpoint = "door/find")]
pub async fn find_people(slug: String, q: String) -> Result<Vec<Found>, ServerFnError> {
    let cx = expect_context::<crate::render::Cx>();
    let found = super::ask::find(&cx, &slug, &q).await;
    found.map_err(|failure| crate::render::refuse(&failure))
}

/// Checks in by a code; anything else typed is looked for.
#[server(prefix = "/call", endpoint = "door/check-in")]
pub async fn check_in(
    slug: String,
    session: i64,
    code: String,
    nonce: String,
) -> Result<Screen, ServerFnError> {
    let cx = expect_context::<crate::render::Cx>();
    let screen = super::ask::enter(&cx, &slug, session, &code, &nonce).await;
    screen.map_err(|failure| crate::render::refuse(&failure))
}

/// Takes a check-in back.
#[server(prefix = "/call", endpoint = "door/undo")]
pub async fn undo(slug: String, session: i64, code: String) -> Result<Screen, ServerFnError> {
    let cx = expect_context::<crate::render::Cx>();
    let screen = super::ask::undo(&cx, &slug, session, &code).await;
    screen.map_err(|failure| crate::render::refuse(&failure))
}
