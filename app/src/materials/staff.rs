//! The materials of a workshop or of the whole programme, for organisers and
//! trainers.

use super::place::Place;
use super::upload::Taken;
use super::{files, send, upload};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page};
use crate::ui::{badge, notice, tone};
use crate::workshops::tabs;
use axum::http::Uri;
use axum::response::Response;
use domain::Act;
use send::Sending;
use service::MaterialsBoard;

/// `GET …/materials`
pub(super) async fn open(cx: Cx, at: Place, uri: Uri) -> Result<Response, Oops> {
    let done = match Fields::of_query(uri.query()).text("done").as_str() {
        "uploaded" => Some(cx.say("materials-done-uploaded")),
        "uploaded-known" => Some(cx.say("materials-done-uploaded-known")),
        "known" => Some(cx.say("materials-done-known")),
        "withdrawn" => Some(cx.say("materials-done-withdrawn")),
        "restored" => Some(cx.say("materials-done-restored")),
        "sent" => Some(cx.say("materials-done-sent")),
        "links" => Some(cx.say("materials-done-links")),
        _ => None,
    };
    show(&cx, &at, done, &Taken::default()).await
}

/// The page, after an act that went well or an upload that did not.
pub(super) async fn show(
    cx: &Cx,
    at: &Place,
    done: Option<String>,
    taken: &Taken,
) -> Result<Response, Oops> {
    let board = cx.services.materials_board(&cx.actor, at.shelf()).await?;
    let sending = match at.slug() {
        Some(slug) if cx.actor.may(Act::SendMaterials) => Some(Sending::load(cx, slug).await?),
        _ => None,
    };
    let title = match &board.shelf.workshop {
        Some(view) => format!("{} – {}", cx.say("materials-title"), view.title(cx.lang())),
        None => cx.say("materials-programme-title"),
    };
    let page = Page::staff(&title).islands();
    let page = if taken.is_fine() {
        page
    } else {
        page.unprocessable()
    };
    let (inner, at, taken) = (cx.clone(), at.clone(), taken.clone());
    Ok(cx
        .show(page, move || {
            body(&inner, &at, &board, sending.as_ref(), done, &taken)
        })
        .await)
}

fn body(
    cx: &Cx,
    at: &Place,
    board: &MaterialsBoard,
    sending: Option<&Sending>,
    done: Option<String>,
    taken: &Taken,
) -> impl IntoView + use<> {
    // One act stands out: sending once there is something to send.
    let upload_first = !sending.is_some_and(|sending| sending.is_due(cx, board));
    let sending = at.slug().zip(sending);
    let sending = sending.map(|(slug, sending)| send::section(cx, slug, sending, board));
    view! {
        {head(cx, board)}
        {done.map(|done| notice(tone::OK, done, String::new()))}
        {upload::summary(cx, taken)}
        {expected(cx, board)}
        {files::list(cx, at, board)}
        <h2>{cx.say("materials-upload-title")}</h2>
        {upload::form(cx, at, &board.shelf, taken, upload_first)}
        {sending}
    }
}

fn head(cx: &Cx, board: &MaterialsBoard) -> AnyView {
    match &board.shelf.workshop {
        Some(view) => view! {
            <h1>{view.title(cx.lang()).to_owned()}</h1>
            {tabs(cx, &view.row.slug, "materials")}
            <h2>{cx.say("materials-title")}</h2>
        }
        .into_any(),
        None => view! {
            <h1>{cx.say("materials-programme-title")}</h1>
            <p class="lead">{cx.say("materials-programme-lead")}</p>
            <p>
                <a href=crate::distribution::PATH>{cx.say("distribution-title")}</a>
                " · " <a href=super::LIBRARY>{cx.say("library-title")}</a>
            </p>
        }
        .into_any(),
    }
}

/// What a trainer is asked to prepare.
fn expected(cx: &Cx, board: &MaterialsBoard) -> Option<AnyView> {
    let items: Vec<_> = board
        .expected
        .iter()
        .map(|one| {
            let by = one.by.map(|by| {
                let by = cx.words.day_time(by);
                cx.say_with("materials-expected-by", &[("at", by.into())])
            });
            let brought = (one.brought > 0).then(|| {
                let words = cx.say_with("trainer-files", &[("number", one.brought.into())]);
                badge(tone::OK, words)
            });
            view! { <li>{one.what.clone()} " " {by} " " {brought}</li> }
        })
        .collect();
    if items.is_empty() {
        return None;
    }
    let brought = board.expected.iter().all(|one| one.brought > 0);
    let tone = if brought { tone::OK } else { tone::INFO };
    let class = format!("notice notice--{tone}");
    let shown = view! {
        <div class=class>
            <h2>{cx.say("materials-expected")}</h2>
            <ul>{items}</ul>
        </div>
    };
    Some(shown.into_any())
}
