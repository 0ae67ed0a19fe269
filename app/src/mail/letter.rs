//! One mail: what stands in it, and what became of it.

use super::delivery_badge;
use crate::html::*;
use crate::messages;
use crate::render::{Cx, Fields, Oops, Page};
use crate::ui::{notice, tone};
use axum::extract::Path;
use axum::http::Uri;
use axum::response::Response;
use domain::DeliveryState;
use service::entity::outbox;
use service::{Failure, MailPage};

/// `GET /mail/{id}`
pub(crate) async fn mail(cx: Cx, Path(id): Path<String>, uri: Uri) -> Result<Response, Oops> {
    let id = id.parse().map_err(|_| Failure::NotFound)?;
    let mail = cx.services.outbox_mail(&cx.actor, id).await?;
    // The tab of the browser names no recipient and no subject.
    let page = Page::staff(&cx.say("outbox-mail-page"));
    let done = Fields::of_query(uri.query()).text("done");
    let inner = cx.clone();
    Ok(cx.show(page, move || body(&inner, &mail, &done)).await)
}

fn body(cx: &Cx, page: &MailPage, done: &str) -> impl IntoView + use<> {
    let mail = &page.mail;
    view! {
        <p><a href="/mail">{cx.say("outbox-back")}</a></p>
        <h1>{mail.subject.clone()}</h1>
        {was_done(cx, page, done)}
        {held(cx, page)}
        {failure(cx, mail)}
        <dl class="facts">
            {pair(cx.say("outbox-to"), recipient(mail).into_any())}
            {pair(cx.say("outbox-state"), state(cx, page).into_any())}
            {pair(cx.say("outbox-written"), cx.words.day_time(mail.created_at).into_any())}
            {pair(cx.say("outbox-attempts"), cx.words.number(mail.attempts).into_any())}
        </dl>
        {again_act(cx, page)}
        <h2>{cx.say("outbox-text")}</h2>
        <pre class="copy-box">{mail.body_text.clone()}</pre>
    }
}

/// What came of asking for it to be sent again.
fn was_done(cx: &Cx, page: &MailPage, done: &str) -> Option<AnyView> {
    // It may have failed once more since.
    let stays = matches!(
        *page.mail.state,
        DeliveryState::Failed | DeliveryState::Withheld
    );
    let (tone, title) = match done {
        "again" if !stays && page.held.is_none() => (tone::OK, "outbox-again-title"),
        "before" if stays && page.outdated.is_some() => (tone::INFO, "outbox-again-not"),
        "before" => (tone::INFO, "outbox-again-before"),
        _ => return None,
    };
    let said = notice(tone, cx.say(title), cx.say("outbox-again"));
    Some(view! { <div role="status">{said}</div> })
}

/// That it is held with the message of which it is a part.
fn held(cx: &Cx, page: &MailPage) -> Option<AnyView> {
    let (slug, id) = page.held.as_ref()?;
    let href = format!("{}/{id}", messages::address(slug));
    Some(view! {
        <div class="notice notice--wait">
            <h2>{cx.say("outbox-held-title")}</h2>
            <p>{cx.say("outbox-held")}" "<a href=href>{cx.say("outbox-held-link")}</a></p>
        </div>
    })
}

fn pair(term: String, fact: AnyView) -> impl IntoView {
    view! { <dt>{term}</dt><dd>{fact}</dd> }
}

fn recipient(mail: &outbox::Model) -> impl IntoView + use<> {
    view! { {mail.to_name.clone()}" "<span class="wrap-anywhere">{format!("<{}>", mail.to_address)}</span> }
}

fn state(cx: &Cx, page: &MailPage) -> impl IntoView + use<> {
    let mail = &page.mail;
    let when = match *mail.state {
        DeliveryState::Sent => mail.sent_at,
        DeliveryState::Retry if page.held.is_none() => Some(mail.next_at),
        _ => None,
    };
    let when = when.map(|at| view! { " "<time>{cx.words.day_time(at)}</time> });
    let why = page
        .outdated
        .map(|why| [("why", cx.words.term(why).into())]);
    let words = match (*mail.state, why) {
        _ if page.held.is_some() => cx.say("outbox-state-held"),
        (DeliveryState::Sent, _) if cx.services.mail_stays_here() => cx.say("outbox-state-kept"),
        (DeliveryState::Queued, _) => cx.say("outbox-state-queued"),
        (DeliveryState::Sending, _) => cx.say("outbox-state-sending"),
        (DeliveryState::Sent, _) => cx.say("outbox-state-sent"),
        (DeliveryState::Retry, _) => cx.say("outbox-state-retry"),
        (DeliveryState::Failed, None) => cx.say("outbox-state-failed"),
        (DeliveryState::Failed, Some(why)) => cx.say_with("outbox-state-outdated", &why),
        (DeliveryState::Withheld, None) => cx.say("outbox-state-withheld"),
        (DeliveryState::Withheld, Some(why)) => cx.say_with("outbox-state-withheld-why", &why),
    };
    view! {
        <p>{delivery_badge(cx, *mail.state)}{when}</p>
        <p class="muted">{words}</p>
    }
}

/// Sending it again, where it will not be by itself and what it says is so.
fn again_act(cx: &Cx, page: &MailPage) -> Option<AnyView> {
    let can = *page.mail.state == DeliveryState::Failed && page.outdated.is_none();
    can.then(|| {
        let action = format!("/mail/{}/again", page.mail.id);
        view! {
            <form method="post" action=action class="form-actions">
                <button class="button" type="submit">{cx.say("outbox-again-act")}</button>
            </form>
        }
    })
}

/// Whose matter it is that it failed, and the mail server's own words. Of a
/// mail that is not sent any more that is no matter.
fn failure(cx: &Cx, mail: &outbox::Model) -> Option<AnyView> {
    if *mail.state == DeliveryState::Withheld {
        return None;
    }
    let words = mail.error.clone()?;
    let title = match mail.failure {
        Some(failure) => cx.words.term(failure.0),
        None => cx.say("outbox-error"),
    };
    let class = if *mail.state == DeliveryState::Failed {
        "notice notice--bad"
    } else {
        "notice notice--wait"
    };
    Some(view! {
        <div class=class>
            <h2>{title}</h2>
            <p class="wrap-anywhere">{words}</p>
        </div>
    })
}
