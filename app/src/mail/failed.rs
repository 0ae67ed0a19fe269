//! Sending all mails again that failed for good: what that comes to first.

use crate::html::*;
use crate::render::{Cx, Oops, Page, see_other};
use axum::response::Response;
use service::SendAgainPlan;

/// Where it is asked for.
pub(super) const PATH: &str = "/mail/failed/again";

/// `GET /mail/failed/again`
pub(super) async fn ask(cx: Cx) -> Result<Response, Oops> {
    let plan = cx.services.plan_failed_again(&cx.actor).await?;
    let title = cx.say("outbox-failed-title");
    let page = Page::staff(&title).narrow();
    let inner = cx.clone();
    Ok(cx.show(page, move || body(&inner, title, plan)).await)
}

/// `POST /mail/failed/again`
pub(super) async fn send(cx: Cx) -> Result<Response, Oops> {
    let number = cx.services.send_failed_again(&cx.actor).await?;
    Ok(see_other(&format!("/mail?done=again&number={number}")))
}

fn body(cx: &Cx, title: String, plan: SendAgainPlan) -> impl IntoView + use<> {
    let number = |number: u32| [("number", i64::from(number).into())];
    let outdated = (plan.outdated > 0)
        .then(|| view! { <p>{cx.say_with("outbox-failed-outdated", &number(plan.outdated))}</p> });
    let act = (plan.to_send > 0).then(|| {
        view! {
            <form method="post" class="form-actions">
                <button class="button" type="submit">{cx.say_with("outbox-failed-act", &number(plan.to_send))}</button>
            </form>
        }
    });
    let lead = if plan.to_send > 0 {
        cx.say("outbox-failed-text")
    } else {
        cx.say("outbox-failed-none")
    };
    view! {
        <p><a href="/mail?state=failed">{cx.say("outbox-back")}</a></p>
        <h1>{title}</h1>
        <p class="lead">{lead}</p>
        {outdated}
        {act}
    }
}
