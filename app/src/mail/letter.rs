//! One mail: what stands in it, and what became of it.

use super::delivery_badge;
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page};
use crate::ui::{notice, tone};
use axum::extract::Path;
use axum::http::Uri;
use axum::response::Response;
use domain::DeliveryState;
use service::Failure;
use service::entity::outbox;

/// `GET /mail/{id}`
pub(crate) async fn mail(cx: Cx, Path(id): Path<String>, uri: Uri) -> Result<Response, Oops> {
    let id = id.parse().map_err(|_| Failure::NotFound)?;
    let mail = cx.services.outbox_mail(&cx.actor, id).await?;
    // The tab of the browser names no recipient and no subject.
    let page = Page::staff(&cx.say("outbox-mail-page"));
    let again = Fields::of_query(uri.query()).text("done") == "again";
    let inner = cx.clone();
    Ok(cx.show(page, move || body(&inner, &mail, again)).await)
}

fn body(cx: &Cx, mail: &outbox::Model, again: bool) -> impl IntoView + use<> {
    let queued = (again && *mail.state != DeliveryState::Failed).then(|| {
        notice(
            tone::OK,
            cx.say("outbox-again-title"),
            cx.say("outbox-again"),
        )
    });
    view! {
        <p><a href="/mail">{cx.say("outbox-back")}</a></p>
        <h1>{mail.subject.clone()}</h1>
        {queued}
        {failure(cx, mail)}
        <dl class="facts">
            {pair(cx.say("outbox-to"), recipient(mail).into_any())}
            {pair(cx.say("outbox-state"), state(cx, mail).into_any())}
            {pair(cx.say("outbox-written"), cx.words.day_time(mail.created_at).into_any())}
            {pair(cx.say("outbox-attempts"), cx.words.number(mail.attempts).into_any())}
        </dl>
        {again_act(cx, mail)}
        <h2>{cx.say("outbox-text")}</h2>
        <pre class="copy-box">{mail.body_text.clone()}</pre>
    }
}

fn pair(term: String, fact: AnyView) -> impl IntoView {
    view! { <dt>{term}</dt><dd>{fact}</dd> }
}

fn recipient(mail: &outbox::Model) -> impl IntoView + use<> {
    view! { {mail.to_name.clone()}" "<span class="wrap-anywhere">{format!("<{}>", mail.to_address)}</span> }
}

fn state(cx: &Cx, mail: &outbox::Model) -> impl IntoView + use<> {
    let when = match *mail.state {
        DeliveryState::Sent => mail.sent_at,
        DeliveryState::Retry => Some(mail.next_at),
        _ => None,
    };
    let when = when.map(|at| view! { " "<time>{cx.words.day_time(at)}</time> });
    let words = match *mail.state {
        DeliveryState::Sent if cx.services.mail_stays_here() => cx.say("outbox-state-kept"),
        DeliveryState::Queued => cx.say("outbox-state-queued"),
        DeliveryState::Sending => cx.say("outbox-state-sending"),
        DeliveryState::Sent => cx.say("outbox-state-sent"),
        DeliveryState::Retry => cx.say("outbox-state-retry"),
        DeliveryState::Failed => cx.say("outbox-state-failed"),
        DeliveryState::Withheld => cx.say("outbox-state-withheld"),
    };
    view! {
        <p>{delivery_badge(cx, *mail.state)}{when}</p>
        <p class="muted">{words}</p>
    }
}

/// Sending it again, where it will not be by itself.
fn again_act(cx: &Cx, mail: &outbox::Model) -> Option<impl IntoView + use<>> {
    (*mail.state == DeliveryState::Failed).then(|| {
        let action = format!("/mail/{}/again", mail.id);
        view! {
            <form method="post" action=action class="form-actions">
                <button class="button" type="submit">{cx.say("outbox-again-act")}</button>
            </form>
        }
    })
}

/// The mail server's own words.
fn failure(cx: &Cx, mail: &outbox::Model) -> Option<impl IntoView + use<>> {
    let words = mail.error.clone()?;
    let class = if *mail.state == DeliveryState::Failed {
        "notice notice--bad"
    } else {
        "notice notice--wait"
    };
    Some(view! {
        <div class=class>
            <h2>{cx.say("outbox-error")}</h2>
            <p class="wrap-anywhere">{words}</p>
        </div>
    })
}
