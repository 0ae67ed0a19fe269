//! A registrant answers, and changes the answers.

use super::fields::{question_fields, question_label, typed_answers};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::error_summary_named;
use axum::extract::Path;
use axum::response::Response;
use domain::{Answers, Problems};
use service::{Failure, Ticket};

/// `GET /my/{token}/answers`
pub(super) async fn ask(cx: Cx, Path(token): Path<String>) -> Result<Response, Oops> {
    shown(&cx, &token, None, Problems::default()).await
}

/// `POST /my/{token}/answers`
pub(super) async fn send(
    cx: Cx,
    Path(token): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let sheet = cx.services.answer_sheet(&token).await?;
    let typed = typed_answers(&fields, &sheet.questions);
    match cx.services.set_answers(&token, &typed).await {
        Ok(()) => Ok(see_other(&format!("/my/{token}?done=answers"))),
        Err(Failure::Invalid(problems)) => shown(&cx, &token, Some(typed), problems).await,
        Err(failure) => Err(failure.into()),
    }
}

async fn shown(
    cx: &Cx,
    token: &str,
    typed: Option<Answers>,
    problems: Problems,
) -> Result<Response, Oops> {
    let ticket = cx.services.ticket(token).await?;
    let sheet = cx.services.answer_sheet(token).await?;
    if sheet.questions.is_empty() {
        return Ok(see_other(&format!("/my/{token}")));
    }
    let answers = typed.unwrap_or(sheet.answers);
    let title = cx.say("my-answers-title");
    let page = Page::public(&title).narrow().checked(&problems);
    let inner = cx.clone();
    let body = move || {
        let cx = &inner;
        let back = format!("/my/{}", ticket.token);
        let label = |field: &str| question_label(cx, &sheet.questions, field);
        view! {
            {error_summary_named(cx, &problems, &label)}
            <h1>{title}</h1>
            <p class="lead">{ticket.full_name.clone()}<br />{ticket.workshop.title(cx.lang()).to_owned()}</p>
            <form method="post" novalidate=true>
                {question_fields(cx, &problems, &sheet.questions, &answers)}
                <div class="form-actions">
                    <button class="button" type="submit">{cx.say("my-answers-act")}</button>
                    <a class="button button--quiet" href=back>{cx.say("my-back")}</a>
                </div>
            </form>
        }
    };
    Ok(cx.show(page, body).await)
}

/// On the registrant's page: that something is still to be answered, or where
/// to change the answers.
pub(crate) fn reminder(cx: &Cx, ticket: &Ticket) -> AnyView {
    let href = format!("/my/{}/answers", ticket.token);
    match (ticket.questions, ticket.unanswered) {
        (0, _) => ().into_any(),
        _ if !ticket.state.is_active() => ().into_any(),
        (_, 0) => view! { <p><a href=href>{cx.say("my-answers-change")}</a></p> }.into_any(),
        _ => view! {
            <div class="notice notice--wait">
                <h2>{cx.say("my-answers-missing")}</h2>
                <p><a href=href>{cx.say("my-answers-link")}</a></p>
            </div>
        }
        .into_any(),
    }
}
