//! Holding a message, letting it go on, cancelling it: after saying what that
//! comes to.

use super::address;
use crate::html::*;
use crate::render::{Cx, Oops, Page, see_other};
use axum::extract::Path;
use axum::response::Response;
use domain::{CampaignMove, DeliveryState};
use service::{CampaignPage, Conflict, Failure};

/// What an address says is to be done.
fn step_of(code: &str) -> Result<CampaignMove, Failure> {
    match code {
        "pause" => Ok(CampaignMove::Pause),
        "resume" => Ok(CampaignMove::Resume),
        "cancel" => Ok(CampaignMove::Cancel),
        _ => Err(Failure::NotFound),
    }
}

/// `GET /manage/workshops/{slug}/messages/{id}/{pause|resume|cancel}`
pub(super) async fn confirm(
    cx: Cx,
    Path((slug, id, step)): Path<(String, i64, String)>,
) -> Result<Response, Oops> {
    let step = step_of(&step)?;
    let page = cx.services.campaign(&cx.actor, &slug, id, None, 1).await?;
    if !page.campaign.state.allows(step) {
        return Err(Failure::Conflict(Conflict::NotAllowedNow).into());
    }
    let title = match step {
        CampaignMove::Pause => cx.say("messages-pause-title"),
        CampaignMove::Resume => cx.say("messages-resume-title"),
        _ => cx.say("messages-cancel-title"),
    };
    let shown = Page::staff(&title).narrow();
    let inner = cx.clone();
    Ok(cx
        .show(shown, move || body(&inner, title, step, &page))
        .await)
}

/// `POST` of the same: the deed.
pub(super) async fn act(
    cx: Cx,
    Path((slug, id, step)): Path<(String, i64, String)>,
) -> Result<Response, Oops> {
    let (services, actor) = (&cx.services, &cx.actor);
    match step_of(&step)? {
        CampaignMove::Pause => services.pause_campaign(actor, &slug, id).await?,
        CampaignMove::Resume => services.resume_campaign(actor, &slug, id).await?,
        _ => services.cancel_campaign(actor, &slug, id).await?,
    }
    Ok(see_other(&format!("{}/{id}", address(&slug))))
}

fn body(cx: &Cx, title: String, step: CampaignMove, page: &CampaignPage) -> impl IntoView + use<> {
    let count = &page.campaign.count;
    let args = [
        ("number", count.to_leave().into()),
        ("sent", count.of(DeliveryState::Sent).into()),
    ];
    let (what, act, class) = match step {
        CampaignMove::Pause => (
            cx.say_with("messages-pause-what", &args[..1]),
            cx.say("messages-pause-act"),
            "button",
        ),
        CampaignMove::Resume => (
            cx.say_with("messages-resume-what", &args[..1]),
            cx.say("messages-resume-act"),
            "button",
        ),
        _ => (
            cx.say_with("messages-cancel-what", &args),
            cx.say("messages-cancel-act"),
            "button button--danger",
        ),
    };
    let keep = format!("{}/{}", address(&page.view.row.slug), page.campaign.row.id);
    let subject = page.campaign.subject(cx.lang()).to_owned();
    view! {
        <div class="confirm">
            <h1>{title}</h1>
            <p><strong>{subject}</strong></p>
            <p>{what}</p>
            <form method="post" class="form-actions">
                <button class=class type="submit">{act}</button>
                <a class="button button--quiet" href=keep>{cx.say("messages-keep")}</a>
            </form>
        </div>
    }
}
