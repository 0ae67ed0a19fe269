//! The versions of a material: the newest that stands is handed out, the others
//! are kept.

use super::files::about;
use super::one::{Shown, page};
use super::place::Place;
use super::upload::{self, One};
use super::upload_island::UploadFiles;
use crate::html::*;
use crate::render::{Cx, Oops, see_other};
use crate::ui::{badge, tone};
use axum::Json;
use axum::extract::Multipart;
use axum::extract::multipart::MultipartRejection;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use futures::TryStreamExt;
use service::entity::material_version;
use service::{Failure, MaterialPage};
use std::sync::atomic::{AtomicBool, Ordering};

/// `POST …/materials/{id}/replace`
pub(super) async fn replace(
    cx: Cx,
    at: Place,
    headers: HeaderMap,
    body: Result<Multipart, MultipartRejection>,
) -> Result<Response, Oops> {
    let id = at.id()?;
    // Whoever may not bring files is told before any is read.
    cx.services.material_page(&cx.actor, at.shelf(), id).await?;
    let refused = match body {
        Ok(body) => take(&cx, &at, id, body).await?,
        Err(_) => Some(cx.say("materials-broken")),
    };
    if upload::wants_json(&headers) {
        let status = match refused {
            None => StatusCode::OK,
            Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        };
        let said: Vec<String> = refused.into_iter().collect();
        return Ok((status, Json(said)).into_response());
    }
    match refused {
        None => Ok(see_other(&format!("{}?done=replaced", at.of(id)))),
        refused => {
            let shown = Shown {
                refused,
                ..Shown::default()
            };
            page(&cx, &at, shown).await
        }
    }
}

/// Takes the one file; what is wrong with it, in words.
async fn take(
    cx: &Cx,
    at: &Place,
    id: i64,
    mut body: Multipart,
) -> Result<Option<String>, Failure> {
    loop {
        let field = match body.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => return Ok(Some(cx.say("materials-choose"))),
            Err(_) => return Ok(Some(cx.say("materials-broken"))),
        };
        let Some(name) = upload::file_name(&field) else {
            continue;
        };
        let broken = AtomicBool::new(false);
        let content = field.inspect_err(|_| broken.store(true, Ordering::Relaxed));
        let (services, actor) = (&cx.services, &cx.actor);
        let kept = services.replace_material(actor, at.shelf(), id, &name, content);
        return Ok(match upload::became(cx, &name, kept.await, &broken)? {
            One::Kept(_) => None,
            One::Wrong(words) => Some(words),
            One::Broken => Some(cx.say("materials-broken")),
        });
    }
}

/// The versions, and the form for a new one.
pub(super) fn section(cx: &Cx, at: &Place, found: &MaterialPage, refused: Option<&str>) -> AnyView {
    let standing = found.view.standing().map(|version| version.number);
    let changes = found.shelf.may_change(&found.view.row);
    let rows: Vec<_> = found
        .view
        .versions
        .iter()
        .zip(&found.brought_by)
        .map(|(version, who)| row(cx, at, version, who, standing, changes))
        .collect();
    let problems: Vec<String> = refused.map(str::to_owned).into_iter().collect();
    let href = at.of(found.view.row.id);
    let done = format!("{href}?done=replaced");
    let action = format!("{href}/replace");
    let file = upload::input(cx, "materials-replace-label", &problems, false);
    let act = cx.say("materials-replace-act");
    let replace = changes.then(|| {
        view! {
            <UploadFiles words=upload::words(cx) done=done>
                <form class="upload" method="post" action=action enctype="multipart/form-data">
                    {file}
                    <button class="button button--secondary" type="submit">{act}</button>
                </form>
            </UploadFiles>
        }
    });
    view! {
        <h2>{cx.say("materials-versions")}</h2>
        <p class="muted">{cx.say("materials-versions-hint")}</p>
        <table class="table table--cards">
            <caption class="visually-hidden">{cx.say("materials-versions")}</caption>
            <thead>
                <tr>
                    <th scope="col">{cx.say("materials-version")}</th>
                    <th scope="col">{cx.say("materials-file")}</th>
                    <th scope="col">{cx.say("materials-who")}</th>
                    <th scope="col">{cx.say("materials-when")}</th>
                    <th scope="col"><span class="visually-hidden">{cx.say("materials-act")}</span></th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        {replace}
    }
    .into_any()
}

fn row(
    cx: &Cx,
    at: &Place,
    version: &material_version::Model,
    who: &str,
    standing: Option<i64>,
    changes: bool,
) -> AnyView {
    let number = version.number;
    let href = format!("{}/versions/{number}", at.of(version.material_id));
    let state = if standing == Some(number) {
        badge(tone::OK, cx.say("materials-version-standing")).into_any()
    } else if version.withdrawn_at.is_some() {
        badge(tone::NEUTRAL, cx.say("materials-withdrawn")).into_any()
    } else {
        badge(tone::NEUTRAL, cx.say("materials-version-replaced")).into_any()
    };
    let (act, words) = if version.withdrawn_at.is_some() {
        ("restore", cx.say("materials-restore"))
    } else {
        ("withdraw", cx.say("materials-withdraw"))
    };
    let action = format!("{href}/{act}");
    let of = cx.words.number(number);
    let act = changes.then(|| {
        let of = of.clone();
        view! {
            <form method="post" action=action>
                <button class="button button--quiet" type="submit">
                    {words} <span class="visually-hidden">" " {of}</span>
                </button>
            </form>
        }
    });
    view! {
        <tr>
            <th scope="row">{of.clone()} " " {state}</th>
            <td data-label=cx.say("materials-file") class="wrap-anywhere">
                <a href=href download>{version.file_name.clone()}</a>
                <p class="muted">{about(cx, version)}</p>
            </td>
            <td data-label=cx.say("materials-who")>{who.to_owned()}</td>
            <td data-label=cx.say("materials-when")><time>{cx.words.stamp(version.uploaded_at)}</time></td>
            <td>{act}</td>
        </tr>
    }
    .into_any()
}
