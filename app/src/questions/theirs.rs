//! What organisers know of one registrant: the answers, and the questions that
//! only they answer.

use super::fields::{question_fields, question_label, typed_answers};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::error_summary_named;
use axum::extract::Path;
use axum::response::Response;
use domain::{Answers, Problems};
use service::Failure;

/// `GET /manage/workshops/{slug}/people/{id}/answers`
pub(super) async fn ask(cx: Cx, Path((slug, id)): Path<(String, i64)>) -> Result<Response, Oops> {
    shown(&cx, &slug, id, None, Problems::default()).await
}

/// `POST /manage/workshops/{slug}/people/{id}/answers`
pub(super) async fn send(
    cx: Cx,
    Path((slug, id)): Path<(String, i64)>,
    fields: Fields,
) -> Result<Response, Oops> {
    let sheet = cx.services.answers_of(&cx.actor, &slug, id).await?;
    let typed = typed_answers(&fields, &sheet.questions);
    let done = cx.services.answer_for(&cx.actor, &slug, id, &typed).await;
    match done {
        Ok(()) => Ok(see_other(&format!(
            "/manage/workshops/{slug}/people/{id}?done=answers"
        ))),
        Err(Failure::Invalid(problems)) => shown(&cx, &slug, id, Some(typed), problems).await,
        Err(failure) => Err(failure.into()),
    }
}

async fn shown(
    cx: &Cx,
    slug: &str,
    id: i64,
    typed: Option<Answers>,
    problems: Problems,
) -> Result<Response, Oops> {
    let sheet = cx.services.answers_of(&cx.actor, slug, id).await?;
    let answers = typed.unwrap_or(sheet.answers);
    let title = cx.say("questions-answers-title");
    let page = Page::staff(&title).narrow().checked(&problems);
    let back = format!("/manage/workshops/{slug}/people/{id}");
    let inner = cx.clone();
    let body = move || {
        let cx = &inner;
        let label = |field: &str| question_label(cx, &sheet.questions, field);
        let form = if sheet.questions.is_empty() {
            view! { <div class="empty"><p>{cx.say("questions-empty")}</p></div> }.into_any()
        } else {
            view! {
                <form method="post" novalidate=true>
                    {question_fields(cx, &problems, &sheet.questions, &answers)}
                    <div class="form-actions">
                        <button class="button" type="submit">{cx.say("my-answers-act")}</button>
                    </div>
                </form>
            }
            .into_any()
        };
        view! {
            {error_summary_named(cx, &problems, &label)}
            <h1>{title}</h1>
            {form}
            <p><a href=back>{cx.say("my-back")}</a></p>
        }
    };
    Ok(cx.show(page, body).await)
}
