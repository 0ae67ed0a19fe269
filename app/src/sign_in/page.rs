//! The sign-in of people who work here.

use super::next::after;
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, SESSION_ACCOUNT, see_other};
use crate::ui::{Field, Kind, error_summary, hidden};
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode, Uri};
use axum::response::Response;
use domain::{Problems, Reason};
use service::{Conflict, Failure};
use tower_sessions::Session;

/// What was filled in, but for the password, which is never sent back.
#[derive(Clone, Debug, Default)]
struct Sheet {
    email: String,
    next: String,
    problems: Problems,
    /// Why the sign-in was refused.
    refusal: Option<String>,
}

/// `GET /sign-in`
pub(super) async fn show(cx: Cx, uri: Uri) -> Response {
    let next = Fields::of_query(uri.query()).text("next");
    if let Some(role) = cx.role() {
        return see_other(after(role, &next));
    }
    let sheet = Sheet {
        next,
        ..Sheet::default()
    };
    ask(&cx, sheet, StatusCode::OK).await
}

/// `POST /sign-in`
pub(super) async fn sign_in(cx: Cx, session: Session, fields: Fields) -> Result<Response, Oops> {
    let password = fields.text("password");
    let mut sheet = Sheet {
        email: fields.text("email"),
        next: fields.text("next"),
        ..Sheet::default()
    };
    for (field, typed) in [
        ("email", sheet.email.trim()),
        ("password", password.as_str()),
    ] {
        if typed.is_empty() {
            sheet.problems.add(field, Reason::Required);
        }
    }
    if !sheet.problems.is_empty() {
        return Ok(ask(&cx, sheet, StatusCode::UNPROCESSABLE_ENTITY).await);
    }
    match cx.services.sign_in(&sheet.email, &password).await {
        Ok(account) => {
            // Another identifier than before, so that one planted beforehand
            // is of no use.
            session.cycle_id().await.map_err(Failure::internal)?;
            session
                .insert(SESSION_ACCOUNT, account.id)
                .await
                .map_err(Failure::internal)?;
            Ok(see_other(after(account.role, &sheet.next)))
        }
        Err(failure) => refuse(&cx, sheet, failure).await,
    }
}

/// `POST /sign-out`
pub(super) async fn sign_out(session: Session) -> Result<Response, Oops> {
    session.flush().await.map_err(Failure::internal)?;
    Ok(see_other("/"))
}

/// The form again with why; what is not the visitor's to mend goes on.
async fn refuse(cx: &Cx, sheet: Sheet, failure: Failure) -> Result<Response, Oops> {
    let (words, wait) = match &failure {
        Failure::WrongPassword => (cx.say("failure-wrong_password"), None),
        Failure::Throttled(seconds) => {
            let minutes = (seconds + 59) / 60;
            let args = [("minutes", minutes.into())];
            (cx.say_with("failure-throttled", &args), Some(*seconds))
        }
        Failure::Conflict(Conflict::DemoNotHere) => (cx.say("conflict-demo_not_here"), None),
        _ => return Err(failure.into()),
    };
    let sheet = Sheet {
        refusal: Some(words),
        ..sheet
    };
    let status = StatusCode::from_u16(failure.status()).unwrap_or(StatusCode::UNAUTHORIZED);
    let mut response = ask(cx, sheet, status).await;
    if let Some(seconds) = wait {
        response
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    Ok(response)
}

async fn ask(cx: &Cx, sheet: Sheet, status: StatusCode) -> Response {
    let page = Page::public(&cx.say("sign-in-title"))
        .narrow()
        .status(status);
    let inner = cx.clone();
    cx.show(page, move || body(&inner, &sheet)).await
}

fn body(cx: &Cx, sheet: &Sheet) -> impl IntoView + use<> {
    let problems = &sheet.problems;
    view! {
        <h1>{cx.say("sign-in-title")}</h1>
        {refused(cx, sheet)}
        {error_summary(cx, problems)}
        <p>{cx.say("sign-in-lead")}</p>
        <form method="post" action="/sign-in" novalidate=true>
            {hidden("next", &sheet.next)}
            {Field::line(cx, problems, "email", "field-email", &sheet.email)
                .kind(Kind::Line("email")).autocomplete("username").inputmode("email").view()}
            {Field::line(cx, problems, "password", "field-password", "")
                .kind(Kind::Line("password")).autocomplete("current-password").view()}
            <div class="form-actions">
                <button class="button" type="submit">{cx.say("sign-in-act")}</button>
            </div>
        </form>
    }
}

/// Which of address and password is wrong is not said, so no field is marked.
fn refused(cx: &Cx, sheet: &Sheet) -> Option<impl IntoView + use<>> {
    sheet.refusal.clone().map(|words| {
        view! {
            <div class="error-summary" role="alert" tabindex="-1">
                <h2>{cx.say("sign-in-refused")}</h2>
                <p>{words}</p>
            </div>
        }
    })
}
