//! A link to the door: makes this browser a device at it, without an account.

use super::page::with_device;
use crate::html::*;
use crate::render::{Cx, Oops, Page, see_other};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use service::Failure;

/// `GET /door/enter/{token}`: looking at it does nothing, so that a messenger
/// which loads a preview makes no device.
pub(super) async fn open(cx: Cx, Path(token): Path<String>) -> Result<Response, Oops> {
    match cx.services.door_of_link(&token).await {
        Ok(view) => {
            let title = view.title(cx.lang()).to_owned();
            let when = cx.words.period(view.starts_at(), view.ends_at());
            let action = format!("/door/enter/{token}");
            let page = Page::staff(&title).narrow();
            let inner = cx.clone();
            Ok(cx
                .show(page, move || {
                    view! {
                        <h1>{title}</h1>
                        <p>{when}</p>
                        <p>{inner.say("door-enter-text")}</p>
                        <form method="post" action=action>
                            <p class="form-actions">
                                <button class="button" type="submit">{inner.say("door-enter-act")}</button>
                            </p>
                        </form>
                    }
                })
                .await)
        }
        Err(Failure::NotFound) => Ok(dead(&cx).await),
        Err(failure) => Err(failure.into()),
    }
}

/// `POST /door/enter/{token}`
pub(super) async fn enter(cx: Cx, Path(token): Path<String>) -> Result<Response, Oops> {
    match cx.services.enter_door(&token).await {
        Ok((slug, device)) => {
            let response = see_other(&format!("/door/{slug}"));
            Ok(with_device(&cx, response, &slug, &device))
        }
        Err(Failure::NotFound) => Ok(dead(&cx).await),
        Err(failure) => Err(failure.into()),
    }
}

/// Forged, revoked, or the workshop is over.
async fn dead(cx: &Cx) -> Response {
    say_dead(cx, StatusCode::NOT_FOUND, None).await
}

/// The page for a browser that stood at a door and may not any more, in place
/// of a form to sign in, which a volunteer could do nothing with. `sign_in` is
/// where those sign in who can.
pub(crate) async fn gone(cx: &Cx, sign_in: String) -> Response {
    say_dead(cx, StatusCode::FORBIDDEN, Some(sign_in)).await
}

async fn say_dead(cx: &Cx, status: StatusCode, sign_in: Option<String>) -> Response {
    let title = cx.say("door-enter-dead");
    let page = Page::staff(&title).narrow().status(status);
    let text = cx.say("door-enter-dead-text");
    let link = cx.say("door-enter-sign-in");
    let sign_in = sign_in.map(|href| view! { <p><a href=href>{link}</a></p> });
    cx.show(
        page,
        move || view! { <h1>{title}</h1> <p>{text}</p> {sign_in} },
    )
    .await
}
