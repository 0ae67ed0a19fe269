//! Going back to the words that are built in, after a look at them.

use super::edit::both;
use super::{occasion_of, path};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{hidden, notice, tone};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::TemplateOccasion;
use service::{Conflict, Failure};

/// `GET /mail/templates/{occasion}/reset`
pub(super) async fn confirm(cx: Cx, Path(code): Path<String>) -> Result<Response, Oops> {
    show(&cx, occasion_of(&code)?, false).await
}

/// `POST /mail/templates/{occasion}/reset`
pub(super) async fn reset(
    cx: Cx,
    Path(code): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let occasion = occasion_of(&code)?;
    let seen = fields.text("seen");
    match cx.services.reset_template(&cx.actor, occasion, &seen).await {
        Ok(()) => Ok(see_other(&format!("{}?done=reset", path(occasion)))),
        Err(Failure::Conflict(Conflict::Outdated)) => show(&cx, occasion, true).await,
        Err(failure) => Err(failure.into()),
    }
}

async fn show(cx: &Cx, occasion: TemplateOccasion, outdated: bool) -> Result<Response, Oops> {
    let template = cx.services.template(&cx.actor, occasion).await?;
    let title = cx.say("templates-reset-title");
    let mut page = Page::staff(&title);
    if outdated {
        page = page.status(StatusCode::CONFLICT);
    }
    let inner = cx.clone();
    let body = move || {
        let cx = &inner;
        let back = path(occasion);
        let outdated = outdated.then(|| {
            let now = cx.say("templates-now");
            view! {
                {notice(tone::WAIT, cx.say("templates-outdated"), now)}
                {both(cx, &template.form)}
            }
        });
        view! {
            <div class="confirm">
                <h1>{title}</h1>
                <p><strong>{cx.words.term(occasion)}</strong></p>
                <p>{cx.say("templates-reset-text")}</p>
                <form method="post">
                    {hidden("seen", &template.form.seen)}
                    <div class="form-actions">
                        <button class="button button--danger" type="submit">{cx.say("templates-reset")}</button>
                        <a class="button button--quiet" href=back>{cx.say("templates-reset-keep")}</a>
                    </div>
                </form>
            </div>
            {outdated}
            <h2>{cx.say("templates-built-in")}</h2>
            {both(cx, &template.built_in)}
        }
    };
    Ok(cx.show(page, body).await)
}
