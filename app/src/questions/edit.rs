//! One question: changed, or asked no longer.

use super::page::{form_fields, typed};
use super::path;
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::error_summary;
use axum::extract::Path;
use axum::response::Response;
use domain::{Coded, Problems, QuestionForm};
use service::{Failure, QuestionView};

/// `GET /manage/workshops/{slug}/questions/{id}`
pub(super) async fn ask(cx: Cx, Path((slug, id)): Path<(String, i64)>) -> Result<Response, Oops> {
    shown(&cx, &slug, id, None, Problems::default()).await
}

/// `POST /manage/workshops/{slug}/questions/{id}`
pub(super) async fn revise(
    cx: Cx,
    Path((slug, id)): Path<(String, i64)>,
    fields: Fields,
) -> Result<Response, Oops> {
    let form = typed(&fields);
    let done = cx
        .services
        .revise_question(&cx.actor, &slug, id, &form)
        .await;
    match done {
        Ok(()) => Ok(see_other(&format!("{}?done=saved", path(&slug)))),
        Err(Failure::Invalid(problems)) => shown(&cx, &slug, id, Some(form), problems).await,
        Err(failure) => Err(failure.into()),
    }
}

/// `POST /manage/workshops/{slug}/questions/{id}/remove`
pub(super) async fn remove(
    cx: Cx,
    Path((slug, id)): Path<(String, i64)>,
) -> Result<Response, Oops> {
    cx.services.remove_question(&cx.actor, &slug, id).await?;
    Ok(see_other(&format!("{}?done=removed", path(&slug))))
}

fn filled(question: &QuestionView) -> QuestionForm {
    let row = &question.row;
    QuestionForm {
        kind: row.kind.code().to_owned(),
        label_vi: row.label_vi.clone(),
        label_en: row.label_en.clone(),
        choices_vi: row.choices_vi.clone(),
        choices_en: row.choices_en.clone(),
        required: row.required,
        internal: row.internal,
    }
}

async fn shown(
    cx: &Cx,
    slug: &str,
    id: i64,
    form: Option<QuestionForm>,
    problems: Problems,
) -> Result<Response, Oops> {
    let (view, questions) = cx.services.questions(&cx.actor, slug).await?;
    let question = questions.into_iter().find(|one| one.row.id == id);
    let question = question.ok_or(Failure::NotFound)?;
    let form = form.unwrap_or_else(|| filled(&question));
    let title = cx.say("questions-edit-title");
    let page = Page::staff(&title).narrow().checked(&problems);
    let inner = cx.clone();
    let body = move || {
        let cx = &inner;
        let back = path(&view.row.slug);
        let remove = format!("{back}/{id}/remove");
        let answered = i64::try_from(question.answered).unwrap_or(i64::MAX);
        let kept = cx.say_with("questions-remove-text", &[("count", answered.into())]);
        view! {
            {error_summary(cx, &problems)}
            <h1>{title}</h1>
            <p class="lead">{view.title(cx.lang()).to_owned()}</p>
            <form method="post" novalidate=true>
                {form_fields(cx, &form, &problems)}
                <div class="form-actions">
                    <button class="button" type="submit">{cx.say("questions-save")}</button>
                    <a class="button button--quiet" href=back>{cx.say("my-back")}</a>
                </div>
            </form>
            <details>
                <summary>{cx.say("questions-remove")}</summary>
                <div class="confirm">
                    <p>{kept}</p>
                    <form class="form-actions" method="post" action=remove>
                        <button class="button button--danger" type="submit">{cx.say("questions-remove")}</button>
                    </form>
                </div>
            </details>
        }
    };
    Ok(cx.show(page, body).await)
}
