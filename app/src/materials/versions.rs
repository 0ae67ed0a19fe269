//! The versions of a material: the newest that stands is handed out, the others
//! are kept.

use super::answer;
use super::files::{self, about};
use super::one::{Shown, page};
use super::place::Place;
use super::upload::{self, One};
use super::upload_island::UploadFiles;
use crate::html::*;
use crate::render::{Cx, Oops, see_other};
use crate::ui::{badge, tone};
use axum::extract::Multipart;
use axum::extract::multipart::MultipartRejection;
use axum::http::HeaderMap;
use axum::response::Response;
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
    let ends = answer::ends_of_material(&at, id);
    let scripted = answer::wants_json(&headers);
    let taken = match bring(&cx, &at, id, body).await {
        Err(failure) if scripted => return Ok(answer::refused(&cx, &ends.page, &failure)),
        taken => taken?,
    };
    let (refused, known) = match taken {
        One::Kept(_) => (None, false),
        One::Known(_) => (None, true),
        One::Wrong(words) => (Some(words), false),
        One::Broken => (Some(cx.say("materials-broken")), false),
    };
    if scripted {
        return Ok(answer::told(refused.into_iter().collect(), known));
    }
    match refused {
        None if known => Ok(see_other(&ends.known)),
        None => Ok(see_other(&ends.new)),
        refused => {
            let shown = Shown {
                refused,
                ..Shown::default()
            };
            page(&cx, &at, shown).await
        }
    }
}

/// Takes the one file.
async fn bring(
    cx: &Cx,
    at: &Place,
    id: i64,
    body: Result<Multipart, MultipartRejection>,
) -> Result<One, Failure> {
    let (services, actor) = (&cx.services, &cx.actor);
    // Whoever may not bring files is told before any is read.
    services.material_page(actor, at.shelf(), id).await?;
    let Ok(mut body) = body else {
        return Ok(One::Broken);
    };
    loop {
        let field = match body.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => return Ok(One::Wrong(cx.say("materials-choose"))),
            Err(_) => return Ok(One::Broken),
        };
        let Some(name) = upload::file_name(&field) else {
            continue;
        };
        let broken = AtomicBool::new(false);
        let content = field.inspect_err(|_| broken.store(true, Ordering::Relaxed));
        let kept = services.replace_material(actor, at.shelf(), id, &name, content);
        return upload::became(cx, &name, kept.await, &broken);
    }
}

/// The versions, and the form for a new one.
pub(super) fn section(cx: &Cx, at: &Place, found: &MaterialPage, refused: Option<&str>) -> AnyView {
    let changes = found.shelf.may_change(&found.view.row);
    let rows: Vec<_> = found
        .view
        .versions
        .iter()
        .zip(&found.brought_by)
        .map(|(version, who)| {
            let act = changes.then(|| act(cx, at, found, version));
            row(cx, at, found, (version, who), act)
        })
        .collect();
    let problems: Vec<String> = refused.map(str::to_owned).into_iter().collect();
    let href = at.of(found.view.row.id);
    let ends = answer::ends_of_material(at, found.view.row.id);
    let action = format!("{href}/replace");
    let file = upload::input(cx, "materials-replace-label", &problems, false);
    let act = cx.say("materials-replace-act");
    let replace = changes.then(|| {
        view! {
            <UploadFiles words=answer::words(cx) ends=ends>
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

/// Takes a version back, or hands it out again. The last one that stands is the
/// material itself, and goes with it.
fn act(cx: &Cx, at: &Place, found: &MaterialPage, version: &material_version::Model) -> AnyView {
    let href = at.of(version.material_id);
    let versions = &found.view.versions;
    let standing = versions.iter().filter(|one| one.withdrawn_at.is_none());
    let gone = version.withdrawn_at.is_some();
    if found.view.row.withdrawn_at.is_some() && !gone {
        return ().into_any();
    }
    if !gone && standing.count() == 1 {
        return files::act(cx, &href, &found.view, found.mailed > 0);
    }
    let (act, words) = if gone {
        ("restore", cx.say("materials-version-restore"))
    } else {
        ("withdraw", cx.say("materials-version-withdraw"))
    };
    let action = format!("{href}/versions/{}/{act}", version.number);
    let of = cx.words.number(version.number);
    view! {
        <form method="post" action=action>
            <button class="button button--quiet" type="submit">
                {words} <span class="visually-hidden">" " {of}</span>
            </button>
        </form>
    }
    .into_any()
}

fn row(
    cx: &Cx,
    at: &Place,
    found: &MaterialPage,
    (version, who): (&material_version::Model, &String),
    act: Option<AnyView>,
) -> AnyView {
    let number = version.number;
    let href = format!("{}/versions/{number}", at.of(version.material_id));
    let standing = found.view.standing().map(|version| version.number);
    let state = if standing == Some(number) {
        badge(tone::OK, cx.say("materials-version-standing")).into_any()
    } else if version.withdrawn_at.is_some() || standing.is_none() {
        badge(tone::NEUTRAL, cx.say("materials-withdrawn")).into_any()
    } else {
        badge(tone::NEUTRAL, cx.say("materials-version-replaced")).into_any()
    };
    view! {
        <tr>
            <th scope="row">{cx.words.number(number)} " " {state}</th>
            <td data-label=cx.say("materials-file") class="wrap-anywhere">
                <div class="cell">
                    <p><a href=href download>{version.file_name.clone()}</a></p>
                    <p class="muted">{about(cx, version)}</p>
                </div>
            </td>
            <td data-label=cx.say("materials-who")>{who.to_owned()}</td>
            <td data-label=cx.say("materials-when")><time>{cx.words.stamp(version.uploaded_at)}</time></td>
            <td>{act}</td>
        </tr>
    }
    .into_any()
}
