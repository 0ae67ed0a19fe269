//! Taking a file back, and giving it out again.

use super::address;
use crate::render::{Cx, Oops, Page, see_other};
use axum::extract::Path;
use axum::response::Response;
use leptos::prelude::*;
use service::{Failure, MaterialsBoard};

/// `GET /manage/workshops/{slug}/materials/{id}/withdraw`: what it means, now
/// that people were written to.
pub(super) async fn confirm(
    cx: Cx,
    Path((slug, id)): Path<(String, String)>,
) -> Result<Response, Oops> {
    let id = number(&id)?;
    let board = cx.services.materials_board(&cx.actor, &slug).await?;
    let name = board
        .files
        .iter()
        .find(|(file, _)| file.id == id)
        .map(|(file, _)| file.file_name.clone())
        .ok_or(Failure::NotFound)?;
    let title = cx.say_with("materials-withdraw-title", &[("file", (&name).into())]);
    let page = Page::staff(&title).narrow();
    let inner = cx.clone();
    Ok(cx
        .show(page, move || body(&inner, &title, &board, id))
        .await)
}

fn body(cx: &Cx, title: &str, board: &MaterialsBoard, id: i64) -> impl IntoView + use<> {
    let back = address(&board.workshop.row.slug);
    let action = format!("{back}/{id}/withdraw");
    let number = i64::try_from(board.mailed).unwrap_or(i64::MAX);
    let text = cx.say_with("materials-withdraw-text", &[("number", number.into())]);
    view! {
        <div class="confirm">
            <h1 class="wrap-anywhere">{title.to_owned()}</h1>
            <p>{text}</p>
            <form method="post" action=action class="form-actions">
                <button class="button button--danger" type="submit">{cx.say("materials-withdraw")}</button>
                <a class="button button--quiet" href=back>{cx.say("materials-back")}</a>
            </form>
        </div>
    }
}

/// `POST /manage/workshops/{slug}/materials/{id}/withdraw`
pub(super) async fn withdraw(
    cx: Cx,
    Path((slug, id)): Path<(String, String)>,
) -> Result<Response, Oops> {
    cx.services
        .withdraw_material(&cx.actor, &slug, number(&id)?, true)
        .await?;
    Ok(see_other(&format!("{}?done=withdrawn", address(&slug))))
}

/// `POST /manage/workshops/{slug}/materials/{id}/restore`
pub(super) async fn restore(
    cx: Cx,
    Path((slug, id)): Path<(String, String)>,
) -> Result<Response, Oops> {
    cx.services
        .withdraw_material(&cx.actor, &slug, number(&id)?, false)
        .await?;
    Ok(see_other(&format!("{}?done=restored", address(&slug))))
}

fn number(id: &str) -> Result<i64, Failure> {
    id.parse().map_err(|_| Failure::NotFound)
}
