//! Locking the figures of a workshop that was held, and unlocking them.

use super::cockpit_path;
use crate::html::*;
use crate::render::{Cx, Oops, Page, see_other};
use axum::extract::Path;
use axum::response::Response;
use domain::{Act, FiguresState, Phase};
use service::{Conflict, Failure};

/// `GET /manage/workshops/{slug}/close`
pub(crate) async fn confirm_close(cx: Cx, Path(slug): Path<String>) -> Result<Response, Oops> {
    confirm(cx, slug, Phase::Held, "manage-close").await
}

/// `POST /manage/workshops/{slug}/close`
pub(crate) async fn close(cx: Cx, Path(slug): Path<String>) -> Result<Response, Oops> {
    let view = cx.services.close(&cx.actor, &slug).await?;
    let path = cockpit_path(&view.row.slug);
    Ok(see_other(&format!("{path}?done=closed")))
}

/// `GET /manage/workshops/{slug}/reopen`
pub(crate) async fn confirm_reopen(cx: Cx, Path(slug): Path<String>) -> Result<Response, Oops> {
    confirm(cx, slug, Phase::Closed, "manage-reopen").await
}

/// `POST /manage/workshops/{slug}/reopen`
pub(crate) async fn reopen(cx: Cx, Path(slug): Path<String>) -> Result<Response, Oops> {
    let view = cx.services.reopen(&cx.actor, &slug).await?;
    let path = cockpit_path(&view.row.slug);
    Ok(see_other(&format!("{path}?done=reopened")))
}

/// Says what it means; the words are under `{key}-title`, `-what`, `-act`.
async fn confirm(cx: Cx, slug: String, phase: Phase, key: &'static str) -> Result<Response, Oops> {
    let view = cx
        .services
        .staff_workshop(&cx.actor, Act::ManageWorkshops, &slug)
        .await?;
    if view.phase != phase {
        return Err(Failure::Conflict(Conflict::NotAllowedNow).into());
    }
    // Who closes before the sessions are signed is told what stays open.
    let unsigned = if phase == Phase::Held {
        let page = cx.services.attendance_page(&cx.actor, &slug, None).await?;
        let open = page.states.iter();
        open.filter(|state| **state != FiguresState::Locked).count()
    } else {
        0
    };
    let unsigned = (unsigned > 0).then(|| {
        let number = i64::try_from(unsigned).unwrap_or(i64::MAX);
        let words = cx.say_with("manage-close-unsigned", &[("number", number.into())]);
        let href = crate::attendance::address(&slug);
        (words, href, cx.say("manage-close-unsigned-act"))
    });
    let words = match key {
        "manage-close" => [
            "manage-close-title",
            "manage-close-what",
            "manage-close-act",
        ],
        _ => [
            "manage-reopen-title",
            "manage-reopen-what",
            "manage-reopen-act",
        ],
    };
    let [title, what, act] = words.map(|key| cx.say(key));
    let page = Page::staff(&title).narrow();
    let inner = cx.clone();
    let body = move || {
        let cx = &inner;
        let unsigned = unsigned.map(|(words, href, act)| {
            view! {
                <div class="notice notice--wait">
                    <p>{words}</p>
                    <p><a href=href>{act}</a></p>
                </div>
            }
        });
        view! {
            <div class="confirm">
                <h1>{title}</h1>
                <p><strong>{view.title(cx.lang()).to_owned()}</strong></p>
                <p>{what}</p>
                {unsigned}
                <form method="post">
                    <div class="form-actions">
                        <button class="button" type="submit">{act}</button>
                        <a class="button button--quiet" href=cockpit_path(&view.row.slug)>{cx.say("manage-form-back")}</a>
                    </div>
                </form>
            </div>
        }
    };
    Ok(cx.show(page, body).await)
}
