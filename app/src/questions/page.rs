//! The questions of a workshop, and one more.

use super::path;
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{Choices, Field, Kind, badge, error_summary, notice, tone};
use crate::workshops::tabs;
use axum::extract::Path;
use axum::http::Uri;
use axum::response::Response;
use domain::{Coded, Problems, QuestionForm, QuestionKind};
use service::{Failure, QuestionView};

/// `GET /manage/workshops/{slug}/questions`
pub(super) async fn list(cx: Cx, Path(slug): Path<String>, uri: Uri) -> Result<Response, Oops> {
    let done = Fields::of_query(uri.query()).text("done");
    let form = QuestionForm::default();
    shown(&cx, &slug, form, Problems::default(), &done).await
}

/// `POST /manage/workshops/{slug}/questions`
pub(super) async fn add(
    cx: Cx,
    Path(slug): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let form = typed(&fields);
    match cx.services.add_question(&cx.actor, &slug, &form).await {
        Ok(()) => Ok(see_other(&format!("{}?done=added", path(&slug)))),
        Err(Failure::Invalid(problems)) => shown(&cx, &slug, form, problems, "").await,
        Err(failure) => Err(failure.into()),
    }
}

/// The form as it was sent.
pub(super) fn typed(fields: &Fields) -> QuestionForm {
    QuestionForm {
        kind: fields.text("question_kind"),
        label_vi: fields.text("label_vi"),
        label_en: fields.text("label_en"),
        choices_vi: fields.text("choices_vi"),
        choices_en: fields.text("choices_en"),
        required: fields.ticked("required"),
        internal: fields.ticked("internal"),
    }
}

async fn shown(
    cx: &Cx,
    slug: &str,
    form: QuestionForm,
    problems: Problems,
    done: &str,
) -> Result<Response, Oops> {
    let (view, questions) = cx.services.questions(&cx.actor, slug).await?;
    let title = cx.say("questions-title");
    let page = Page::staff(&title).checked(&problems);
    let said = match done {
        "added" => Some("questions-done-added"),
        "saved" => Some("questions-done-saved"),
        "removed" => Some("questions-done-removed"),
        _ => None,
    };
    let inner = cx.clone();
    let body = move || {
        let cx = &inner;
        let slug = &view.row.slug;
        let said = said.map(|words| {
            let done = notice(tone::OK, cx.say(words), cx.say("questions-done-text"));
            view! { <div role="status">{done}</div> }
        });
        let rows: Vec<_> = questions.iter().map(|one| row(cx, slug, one)).collect();
        let list = if rows.is_empty() {
            view! { <div class="empty"><p>{cx.say("questions-empty")}</p></div> }.into_any()
        } else {
            view! {
                <table class="table table--cards">
                    <thead>
                        <tr>
                            <th scope="col">{cx.say("field-question")}</th>
                            <th scope="col">{cx.say("field-question_kind")}</th>
                            <th scope="col">{cx.say("questions-answered")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            }
            .into_any()
        };
        view! {
            {error_summary(cx, &problems)}
            <h1>{view.title(cx.lang()).to_owned()}</h1>
            {tabs(cx, slug, "questions")}
            {said}
            <h2>{title}</h2>
            <p>{cx.say("questions-lead")}</p>
            {list}
            <h2>{cx.say("questions-add-title")}</h2>
            <form method="post" novalidate=true>
                {form_fields(cx, &form, &problems)}
                <div class="form-actions">
                    <button class="button" type="submit">{cx.say("questions-add")}</button>
                </div>
            </form>
        }
    };
    Ok(cx.show(page, body).await)
}

fn row(cx: &Cx, slug: &str, one: &QuestionView) -> AnyView {
    let href = format!("{}/{}", path(slug), one.row.id);
    let required = one
        .row
        .required
        .then(|| badge(tone::INFO, cx.say("questions-required")));
    let internal = one
        .row
        .internal
        .then(|| badge(tone::NEUTRAL, cx.say("questions-internal")));
    let choices = one.choices(cx.lang()).join("; ");
    view! {
        <tr>
            <th scope="row">
                <a href=href>{one.label(cx.lang()).to_owned()}</a>" "{required}" "{internal}
            </th>
            <td data-label=cx.say("field-question_kind")>
                <p>{cx.words.term(*one.row.kind)}</p>
                <p class="muted small">{choices}</p>
            </td>
            <td data-label=cx.say("questions-answered")>{cx.words.number(i64::try_from(one.answered).unwrap_or(i64::MAX))}</td>
        </tr>
    }
    .into_any()
}

/// The fields of one question.
pub(super) fn form_fields(cx: &Cx, form: &QuestionForm, problems: &Problems) -> AnyView {
    let line = |name, label, value: &str| Field::line(cx, problems, name, label, value);
    let kinds = QuestionKind::ALL
        .iter()
        .map(|kind| (kind.code().to_owned(), cx.words.term(*kind)))
        .collect();
    let kind = if form.kind.is_empty() {
        QuestionKind::Text.code()
    } else {
        &form.kind
    };
    view! {
        {line("label_vi", "field-label_vi", &form.label_vi).view().into_any()}
        {line("label_en", "field-label_en", &form.label_en).optional(cx).view().into_any()}
        {Choices::one(cx, problems, "question_kind", "field-question_kind", kind, kinds).view().into_any()}
        {line("choices_vi", "field-choices_vi", &form.choices_vi)
            .kind(Kind::Lines(4)).hint(cx.say("questions-choices-hint")).optional(cx).view().into_any()}
        {line("choices_en", "field-choices_en", &form.choices_en)
            .kind(Kind::Lines(4)).hint(cx.say("questions-choices-en-hint")).optional(cx).view().into_any()}
        <label class="choice">
            <input id="required" name="required" type="checkbox" value="yes" checked=form.required />
            <span>{cx.say("questions-required-box")}</span>
        </label>
        <label class="choice">
            <input id="internal" name="internal" type="checkbox" value="yes" checked=form.internal />
            <span>{cx.say("questions-internal-box")}</span>
        </label>
    }
    .into_any()
}
