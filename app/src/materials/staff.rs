//! The materials of a workshop, for organisers and trainers.

use super::upload::Taken;
use super::{download::answer, files, send, upload};
use crate::render::{Cx, Fields, Oops, Page};
use crate::ui::{notice, tone};
use crate::workshops::tabs;
use axum::extract::Path;
use axum::http::Uri;
use axum::response::Response;
use domain::Act;
use leptos::prelude::*;
use send::Sending;
use service::{Failure, MaterialsBoard};

/// `GET /manage/workshops/{slug}/materials`
pub(super) async fn open(cx: Cx, Path(slug): Path<String>, uri: Uri) -> Result<Response, Oops> {
    let done = match Fields::of_query(uri.query()).text("done").as_str() {
        "uploaded" => Some(cx.say("materials-done-uploaded")),
        "withdrawn" => Some(cx.say("materials-done-withdrawn")),
        "restored" => Some(cx.say("materials-done-restored")),
        "sent" => Some(cx.say("materials-done-sent")),
        _ => None,
    };
    show(&cx, &slug, done, &Taken::default()).await
}

/// `GET /manage/workshops/{slug}/materials/{id}`
pub(super) async fn download(
    cx: Cx,
    Path((slug, id)): Path<(String, String)>,
) -> Result<Response, Oops> {
    let id = id.parse().map_err(|_| Failure::NotFound)?;
    let file = cx.services.open_material(&cx.actor, &slug, id).await?;
    Ok(answer(file))
}

/// The page, after an act that went well or an upload that did not.
pub(super) async fn show(
    cx: &Cx,
    slug: &str,
    done: Option<String>,
    taken: &Taken,
) -> Result<Response, Oops> {
    let board = cx.services.materials_board(&cx.actor, slug).await?;
    let sending = if cx.actor.may(Act::SendMaterials) {
        Some(Sending::load(cx, slug).await?)
    } else {
        None
    };
    let heading = board.workshop.title(cx.lang()).to_owned();
    let page = Page::staff(&format!("{} – {heading}", cx.say("materials-title")));
    let running = sending.as_ref().is_some_and(Sending::is_there);
    let page = if running { page.islands() } else { page };
    let page = if taken.problems.is_empty() {
        page
    } else {
        page.unprocessable()
    };
    let (inner, taken) = (cx.clone(), taken.clone());
    Ok(cx
        .show(page, move || {
            body(&inner, &board, sending.as_ref(), done, &taken)
        })
        .await)
}

fn body(
    cx: &Cx,
    board: &MaterialsBoard,
    sending: Option<&Sending>,
    done: Option<String>,
    taken: &Taken,
) -> impl IntoView + use<> {
    let view = &board.workshop;
    let slug = &view.row.slug;
    let has_files = board
        .files
        .iter()
        .any(|(file, _)| file.withdrawn_at.is_none());
    // One act stands out: sending once there is something to send.
    let upload_first = !sending.is_some_and(|sending| sending.is_due(has_files));
    view! {
        <h1>{view.title(cx.lang()).to_owned()}</h1>
        {tabs(cx, slug, "materials")}
        {done.map(|done| notice(tone::OK, done, String::new()))}
        {upload::summary(cx, taken)}
        <h2>{cx.say("materials-title")}</h2>
        {files::list(cx, board)}
        {upload::form(cx, slug, taken, upload_first)}
        {sending.map(|sending| send::section(cx, slug, sending, has_files))}
    }
}
