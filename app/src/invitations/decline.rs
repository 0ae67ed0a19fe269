//! Saying that nobody comes.

use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{Field, error_summary};
use axum::extract::Path;
use axum::response::Response;
use domain::{Naming, Problems};
use service::Failure;

/// `GET /invitations/{token}/decline`
pub(super) async fn ask(cx: Cx, Path(token): Path<String>) -> Result<Response, Oops> {
    let data = cx.services.nomination(&token).await?;
    let named = data.nominees.iter().any(|one| one.state.is_active());
    if data.naming != Naming::Open || named {
        return Ok(see_other(&format!("/invitations/{token}")));
    }
    Ok(show(&cx, &token, data.decline_reason, Problems::default()).await)
}

/// `POST /invitations/{token}/decline`
pub(super) async fn decline(
    cx: Cx,
    Path(token): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let reason = fields.text("decline_reason");
    match cx.services.decline_invitation(&token, &reason).await {
        Ok(()) => Ok(see_other(&format!("/invitations/{token}?done=declined"))),
        Err(Failure::Invalid(problems)) => Ok(show(&cx, &token, reason, problems).await),
        Err(failure) => Err(failure.into()),
    }
}

async fn show(cx: &Cx, token: &str, reason: String, problems: Problems) -> Response {
    let page = Page::public(&cx.say("nominate-decline-title"))
        .narrow()
        .checked(&problems);
    let back = format!("/invitations/{token}");
    let inner = cx.clone();
    let body = move || {
        let cx = &inner;
        view! {
            {error_summary(cx, &problems)}
            <h1>{cx.say("nominate-decline-title")}</h1>
            <p>{cx.say("nominate-decline-text")}</p>
            <form method="post" novalidate=true>
                {Field::line(cx, &problems, "decline_reason", "field-decline_reason", &reason)
                    .optional(cx).hint(cx.say("nominate-decline-hint")).view()}
                <div class="form-actions">
                    <button class="button" type="submit">{cx.say("nominate-decline-act")}</button>
                    <a class="button button--quiet" href=back>{cx.say("nominate-back")}</a>
                </div>
            </form>
        }
    };
    cx.show(page, body).await
}
