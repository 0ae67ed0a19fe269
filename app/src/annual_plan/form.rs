//! Writing down what a year is to bring.

use super::PATH;
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{Field, Kind, error_summary};
use axum::extract::Path;
use axum::http::Uri;
use axum::response::Response;
use domain::{Act, PlanForm, Problems};
use service::Failure;

/// `GET /programme/plan/new?year=2026`
pub(super) async fn blank(cx: Cx, uri: Uri) -> Result<Response, Oops> {
    cx.actor.require(Act::EditProgramme)?;
    let form = PlanForm {
        year: Fields::of_query(uri.query()).text("year"),
        ..PlanForm::default()
    };
    Ok(show(&cx, None, form, Problems::default()).await)
}

/// `POST /programme/plan/new`
pub(super) async fn add(cx: Cx, fields: Fields) -> Result<Response, Oops> {
    save(&cx, None, &fields).await
}

/// `GET /programme/plan/{id}`
pub(super) async fn edit(cx: Cx, Path(id): Path<i64>) -> Result<Response, Oops> {
    let row = cx.services.annual_plan(&cx.actor, id).await?;
    let form = PlanForm {
        year: row.year.to_string(),
        workshops: row.workshops.to_string(),
        delegates: row.delegates.to_string(),
        funding: row.funding,
        note: row.note,
    };
    Ok(show(&cx, Some(id), form, Problems::default()).await)
}

/// `POST /programme/plan/{id}`
pub(super) async fn revise(cx: Cx, Path(id): Path<i64>, fields: Fields) -> Result<Response, Oops> {
    save(&cx, Some(id), &fields).await
}

async fn save(cx: &Cx, id: Option<i64>, fields: &Fields) -> Result<Response, Oops> {
    let form = PlanForm {
        year: fields.text("plan_year"),
        workshops: fields.text("plan_workshops"),
        delegates: fields.text("plan_delegates"),
        funding: fields.text("plan_funding"),
        note: fields.text("plan_note"),
    };
    match cx.services.plan_year(&cx.actor, id, &form).await {
        Ok(()) => Ok(see_other(&format!("{PATH}?done=saved"))),
        Err(Failure::Invalid(problems)) => Ok(show(cx, id, form, problems).await),
        Err(failure) => Err(failure.into()),
    }
}

async fn show(cx: &Cx, id: Option<i64>, form: PlanForm, problems: Problems) -> Response {
    let title = cx.say(if id.is_some() {
        "plan-edit"
    } else {
        "plan-add"
    });
    let page = Page::staff(&title).narrow().checked(&problems);
    let inner = cx.clone();
    cx.show(page, move || body(&inner, title, id, &form, &problems))
        .await
}

fn body(
    cx: &Cx,
    title: String,
    id: Option<i64>,
    form: &PlanForm,
    problems: &Problems,
) -> impl IntoView + use<> {
    let remove = id.map(|id| {
        let href = format!("{PATH}/{id}/remove");
        view! {
            <p><a class="button button--quiet button--danger" href=href>{cx.say("plan-remove")}</a></p>
        }
    });
    let line = |name, label, value: &str| Field::line(cx, problems, name, label, value);
    let number = |name, label, value: &str| line(name, label, value).inputmode("numeric").short();
    view! {
        {error_summary(cx, problems)}
        <h1>{title}</h1>
        <form method="post" novalidate>
            {number("plan_year", "field-plan_year", &form.year).view().into_any()}
            {number("plan_workshops", "field-plan_workshops", &form.workshops).view().into_any()}
            {number("plan_delegates", "field-plan_delegates", &form.delegates).view().into_any()}
            {line("plan_funding", "field-plan_funding", &form.funding).optional(cx).view().into_any()}
            {line("plan_note", "field-plan_note", &form.note)
                .kind(Kind::Lines(3))
                .optional(cx)
                .view().into_any()}
            <div class="form-actions">
                <button class="button" type="submit">{cx.say("plan-save")}</button>
                <a class="button button--quiet" href=PATH>{cx.say("plan-cancel")}</a>
            </div>
        </form>
        {remove}
    }
}
