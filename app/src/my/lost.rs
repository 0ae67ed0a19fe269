//! A link that was lost. The answer never tells whether there is one, nor does
//! the time it takes.

use crate::home::organizer_contact;
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{Field, Kind, error_summary, notice, tone};
use axum::http::Uri;
use axum::response::Response;
use domain::Problems;
use service::Failure;

/// `GET /my`
pub(super) async fn ask(cx: Cx, uri: Uri) -> Response {
    let sent = Fields::of_query(uri.query()).text("done") == "sent";
    shown(&cx, String::new(), Problems::default(), sent).await
}

/// `POST /my`
pub(super) async fn send(cx: Cx, fields: Fields) -> Result<Response, Oops> {
    let email = fields.text("email");
    match cx.services.ask_for_lost_links(&email) {
        Ok(()) => Ok(see_other("/my?done=sent")),
        Err(Failure::Invalid(problems)) => Ok(shown(&cx, email, problems, false).await),
        Err(failure) => Err(failure.into()),
    }
}

async fn shown(cx: &Cx, email: String, problems: Problems, sent: bool) -> Response {
    let title = cx.say("my-lost-title");
    let page = Page::public(&title).narrow().checked(&problems);
    let inner = cx.clone();
    let body = move || {
        let cx = &inner;
        let done = sent.then(|| {
            let done = notice(
                tone::OK,
                cx.say("my-lost-sent"),
                cx.say("my-lost-sent-text"),
            );
            view! { <div role="status">{done}</div> }
        });
        let call = organizer_contact(cx)
            .map(|contact| view! { <p>{cx.say("my-lost-call")}" "{contact}</p> });
        view! {
            {error_summary(cx, &problems)}
            {done}
            <h1>{title}</h1>
            <p class="lead">{cx.say("my-lost-text")}</p>
            <form method="post" novalidate=true>
                {Field::line(cx, &problems, "email", "field-email", &email)
                    .hint(cx.say("my-lost-hint"))
                    .kind(Kind::Line("email")).autocomplete("email").inputmode("email").view().into_any()}
                <div class="form-actions">
                    <button class="button" type="submit">{cx.say("my-lost-act")}</button>
                </div>
            </form>
            {call}
        }
    };
    cx.show(page, body).await
}
