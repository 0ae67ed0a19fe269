//! Taking back the plan of a year.

use super::PATH;
use crate::html::*;
use crate::render::{Cx, Oops, Page, see_other};
use axum::extract::Path;
use axum::response::Response;

/// `GET /programme/plan/{id}/remove`
pub(super) async fn confirm(cx: Cx, Path(id): Path<i64>) -> Result<Response, Oops> {
    let row = cx.services.annual_plan(&cx.actor, id).await?;
    let year = row.year.to_string();
    let title = cx.say_with("plan-remove-title", &[("year", (&year).into())]);
    let numbers = cx.say_with(
        "plan-remove-numbers",
        &[
            ("workshops", cx.words.number(row.workshops).into()),
            ("delegates", cx.words.number(row.delegates).into()),
        ],
    );
    let page = Page::staff(&title).narrow();
    let inner = cx.clone();
    let body = move || {
        let cx = &inner;
        let back = format!("{PATH}/{id}");
        view! {
            <div class="confirm">
                <h1>{title}</h1>
                <p>{numbers}</p>
                <p>{cx.say("plan-remove-what")}</p>
                <form method="post">
                    <div class="form-actions">
                        <button class="button button--danger" type="submit">{cx.say("plan-remove-act")}</button>
                        <a class="button button--quiet" href=back>{cx.say("plan-remove-keep")}</a>
                    </div>
                </form>
            </div>
        }
    };
    Ok(cx.show(page, body).await)
}

/// `POST /programme/plan/{id}/remove`
pub(super) async fn remove(cx: Cx, Path(id): Path<i64>) -> Result<Response, Oops> {
    cx.services.unplan_year(&cx.actor, id).await?;
    Ok(see_other(&format!("{PATH}?done=removed")))
}
