//! Calling a workshop off, after saying what that means and who is told what.

use super::minimum::with_reason;
use super::{cockpit_path, told};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::error_summary;
use axum::extract::Path;
use axum::http::Uri;
use axum::response::Response;
use domain::{Problems, TellForm};
use service::{ChangePreview, Cockpit, Failure};

/// `GET /manage/workshops/{slug}/call-off`
pub(crate) async fn confirm(cx: Cx, Path(slug): Path<String>, uri: Uri) -> Result<Response, Oops> {
    let cockpit = cx.services.cockpit(&cx.actor, &slug).await?;
    let form = with_reason(&uri, TellForm::everybody(cockpit.view.row.version));
    show(&cx, &slug, form, Problems::default(), cockpit, false).await
}

/// `POST /manage/workshops/{slug}/call-off`: a look at what people will read,
/// and with `confirm` the deed itself.
pub(crate) async fn call_off(
    cx: Cx,
    Path(slug): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let form = told::typed(&fields);
    let problems = form.check(true).err().unwrap_or_default();
    if !fields.ticked("confirm") || !problems.is_empty() {
        let cockpit = cx.services.cockpit(&cx.actor, &slug).await?;
        let looked = problems.is_empty() && !fields.ticked("back");
        return show(&cx, &slug, form, problems, cockpit, looked).await;
    }
    match cx.services.call_off(&cx.actor, &slug, &form).await {
        Ok((view, change)) => {
            let path = cockpit_path(&view.row.slug);
            Ok(see_other(&format!("{path}/changes/{change}")))
        }
        Err(Failure::Invalid(problems)) => {
            let cockpit = cx.services.cockpit(&cx.actor, &slug).await?;
            show(&cx, &slug, form, problems, cockpit, false).await
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn show(
    cx: &Cx,
    slug: &str,
    form: TellForm,
    problems: Problems,
    cockpit: Cockpit,
    looked: bool,
) -> Result<Response, Oops> {
    let preview = cx
        .services
        .preview_calling_off(&cx.actor, slug, &form)
        .await?;
    let page = Page::staff(&cx.say("manage-call-off-title"))
        .narrow()
        .checked(&problems);
    let inner = cx.clone();
    Ok(cx
        .show(page, move || {
            body(&inner, &cockpit, &form, &problems, &preview, looked)
        })
        .await)
}

fn body(
    cx: &Cx,
    cockpit: &Cockpit,
    form: &TellForm,
    problems: &Problems,
    preview: &ChangePreview,
    looked: bool,
) -> impl IntoView + use<> {
    let view = &cockpit.view;
    let path = cockpit_path(&view.row.slug);
    let what = cx.say_with(
        "manage-call-off-what",
        &[
            ("title", view.title(cx.lang()).into()),
            ("at", cx.words.day_time(view.starts_at()).into()),
        ],
    );
    let came = cockpit.headcount.funnel.came();
    let lost = (came > 0).then(|| {
        let words = cx.say_with("manage-call-off-lost", &[("came", came.into())]);
        view! { <p><strong>{words}</strong></p> }
    });
    let inside = if looked {
        view! {
            {told::kept(form).into_any()}
            {told::preview(cx, preview, form).into_any()}
            <div class="form-actions">
                <button class="button button--danger" type="submit" name="confirm" value="on">
                    {told::act(cx, preview, form, "manage-call-off-act-tell", "manage-call-off-act")}
                </button>
                <button class="button button--quiet" type="submit" name="back" value="on">
                    {cx.say("manage-move-back")}
                </button>
                <a class="button button--quiet" href=path>{cx.say("manage-call-off-keep")}</a>
            </div>
        }
        .into_any()
    } else {
        view! {
            {told::fields(cx, form, problems, false).into_any()}
            <div class="form-actions">
                <button class="button" type="submit">{cx.say("manage-move-next")}</button>
                <a class="button button--quiet" href=path>{cx.say("manage-call-off-keep")}</a>
            </div>
        }
        .into_any()
    };
    view! {
        {error_summary(cx, problems)}
        <div class="confirm">
            <h1>{cx.say("manage-call-off-title")}</h1>
            <p>{what}</p>
            {lost}
            <p>{cx.say("manage-call-off-final")}</p>
            <form method="post" novalidate>{inside}</form>
        </div>
    }
}
