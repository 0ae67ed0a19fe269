//! Taking a question back, after saying what that means.

use super::path;
use crate::html::*;
use crate::render::{Cx, Oops, Page, see_other};
use axum::extract::Path;
use axum::response::Response;
use service::Failure;

/// `GET /manage/workshops/{slug}/trainers/{id}/withdraw`
pub(super) async fn confirm(
    cx: Cx,
    Path((slug, id)): Path<(String, String)>,
) -> Result<Response, Oops> {
    let id = number(&id)?;
    let data = cx.services.teachings_of(&cx.actor, &slug).await?;
    let (when, trainer) = data
        .sessions
        .iter()
        .find_map(|each| {
            let (_, trainer) = each.asked.iter().find(|(row, _)| row.id == id)?;
            let when = cx
                .words
                .period(each.session.starts_at, each.session.ends_at);
            Some((when, trainer.clone()))
        })
        .ok_or(Failure::NotFound)?;
    let title = cx.say("teach-withdraw-title");
    let page = Page::staff(&title).narrow();
    let inner = cx.clone();
    let body = move || {
        let told = if trainer.has_email {
            inner.say("teach-withdraw-told")
        } else {
            inner.say("teach-withdraw-untold")
        };
        view! {
            <div class="confirm">
                <h1>{title}</h1>
                <p><strong>{trainer.name}</strong></p>
                <p>{when}</p>
                <p>{told}</p>
                <form method="post" class="form-actions">
                    <button class="button button--danger" type="submit">{inner.say("teach-withdraw")}</button>
                    <a class="button button--quiet" href=path(&slug)>{inner.say("teach-keep")}</a>
                </form>
            </div>
        }
    };
    Ok(cx.show(page, body).await)
}

/// `POST /manage/workshops/{slug}/trainers/{id}/withdraw`
pub(super) async fn withdraw(
    cx: Cx,
    Path((slug, id)): Path<(String, String)>,
) -> Result<Response, Oops> {
    cx.services
        .withdraw_teaching(&cx.actor, &slug, number(&id)?)
        .await?;
    Ok(see_other(&format!("{}?done=withdrawn", path(&slug))))
}

fn number(id: &str) -> Result<i64, Failure> {
    id.parse().map_err(|_| Failure::NotFound)
}
