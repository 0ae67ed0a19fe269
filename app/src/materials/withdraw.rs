//! Taking a material or a version back, and giving it out again.

use super::place::Place;
use crate::html::*;
use crate::render::{Cx, Oops, Page, see_other};
use axum::response::Response;
use service::{Conflict, Failure, MaterialPage};

/// `GET …/materials/{id}/withdraw`: what it means, now that people were
/// written to.
pub(super) async fn confirm(cx: Cx, at: Place) -> Result<Response, Oops> {
    let (services, actor) = (&cx.services, &cx.actor);
    let found = services.material_page(actor, at.shelf(), at.id()?).await?;
    let name = found.view.title(cx.lang()).to_owned();
    let title = cx.say_with("materials-withdraw-title", &[("file", name.into())]);
    let page = Page::staff(&title).narrow();
    let inner = cx.clone();
    Ok(cx
        .show(page, move || body(&inner, &at, &title, &found))
        .await)
}

fn body(cx: &Cx, at: &Place, title: &str, found: &MaterialPage) -> impl IntoView + use<> {
    let action = format!("{}/withdraw", at.of(found.view.row.id));
    let number = i64::try_from(found.mailed).unwrap_or(i64::MAX);
    let text = cx.say_with("materials-withdraw-text", &[("number", number.into())]);
    view! {
        <div class="confirm">
            <h1 class="wrap-anywhere">{title.to_owned()}</h1>
            <p>{text}</p>
            <form method="post" action=action class="form-actions">
                <button class="button button--danger" type="submit">{cx.say("materials-withdraw")}</button>
                <a class="button button--quiet" href=at.path()>{cx.say("materials-back")}</a>
            </form>
        </div>
    }
}

/// `POST …/materials/{id}/withdraw`
pub(super) async fn withdraw(cx: Cx, at: Place) -> Result<Response, Oops> {
    whole(&cx, &at, true).await
}

/// `POST …/materials/{id}/restore`
pub(super) async fn restore(cx: Cx, at: Place) -> Result<Response, Oops> {
    whole(&cx, &at, false).await
}

async fn whole(cx: &Cx, at: &Place, withdrawn: bool) -> Result<Response, Oops> {
    cx.services
        .withdraw_material(&cx.actor, at.shelf(), at.id()?, withdrawn)
        .await?;
    Ok(done(&at.path(), withdrawn))
}

/// `POST …/materials/{id}/versions/{number}/withdraw`
pub(super) async fn withdraw_version(cx: Cx, at: Place) -> Result<Response, Oops> {
    version(&cx, &at, true).await
}

/// `POST …/materials/{id}/versions/{number}/restore`
pub(super) async fn restore_version(cx: Cx, at: Place) -> Result<Response, Oops> {
    version(&cx, &at, false).await
}

async fn version(cx: &Cx, at: &Place, withdrawn: bool) -> Result<Response, Oops> {
    let (id, number) = (at.id()?, at.number().ok_or(Failure::NotFound)?);
    let services = &cx.services;
    let version = services.withdraw_version(&cx.actor, at.shelf(), id, number, withdrawn);
    match version.await {
        // The last that stands, from a page that did not know: the whole material
        // is asked about.
        Err(Failure::Conflict(Conflict::NotAllowedNow)) => {
            Ok(see_other(&format!("{}/withdraw", at.of(id))))
        }
        version => {
            version?;
            Ok(done(&at.of(id), withdrawn))
        }
    }
}

fn done(path: &str, withdrawn: bool) -> Response {
    let what = if withdrawn { "withdrawn" } else { "restored" };
    see_other(&format!("{path}?done={what}"))
}
