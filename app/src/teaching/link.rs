//! The page behind the link of the mail: what is asked, and two buttons.

use super::{buttons, chosen, confirm_declining};
use crate::home::{fact, place, workshop_contact};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{notice, tone};
use axum::extract::Path;
use axum::response::Response;
use domain::{Reason, TeachingState};
use service::{AskedTeaching, Failure, FeedAddress};

/// `GET /teach/{token}`
pub(super) async fn show(cx: Cx, Path(token): Path<String>) -> Result<Response, Oops> {
    let asked = cx.services.teaching_by_link(&token).await?;
    let feed = cx.services.feed_by_teaching_link(&token, cx.lang()).await?;
    let page = Page::public(&cx.say("teach-title"));
    let inner = cx.clone();
    Ok(cx.show(page, move || body(&inner, &asked, feed)).await)
}

/// `POST /teach/{token}`
pub(super) async fn answer(
    cx: Cx,
    Path(token): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let accept = chosen(&fields).ok_or(Failure::problem("answer", Reason::NotAChoice))?;
    if !accept && !fields.ticked("confirm") {
        let asked = cx.services.teaching_by_link(&token).await?;
        let page = Page::public(&cx.say("teach-decline-title"));
        return Ok(confirm_declining(&cx, page, &asked, format!("/teach/{token}")).await);
    }
    cx.services.answer_by_link(&token, accept).await?;
    Ok(see_other(&format!("/teach/{token}")))
}

fn body(cx: &Cx, asked: &AskedTeaching, feed: Option<FeedAddress>) -> impl IntoView + use<> {
    let (view, session) = (&asked.view, &asked.session);
    let expected = (!asked.expected.is_empty())
        .then(|| fact(cx.say("teach-expected"), asked.expected.clone()));
    let by = asked
        .expected_by
        .map(|by| fact(cx.say("teach-expected-by"), cx.words.day_time(by)));
    let own = session_name(cx, asked).map(|name| fact(cx.say("field-session"), name));
    let link = view
        .online_link()
        .filter(|link| link.starts_with("https://"))
        .map(|link| {
            let link = link.to_owned();
            let shown = link.clone();
            fact(
                cx.say("teach-online"),
                view! { <a class="wrap-anywhere" href=link rel="noopener noreferrer">{shown}</a> },
            )
        });
    let page = format!("/workshops/{}", view.row.slug);
    let public = view
        .row
        .state
        .is_public()
        .then(|| view! { <p><a href=page>{cx.say("teach-workshop")}</a></p> });
    let contact = workshop_contact(cx, view)
        .map(|contact| view! { <p>{cx.say("teach-call")}" "{contact}</p> });
    view! {
        <h1>{view.title(cx.lang()).to_owned()}</h1>
        <p class="lead">{cx.say_with("teach-lead", &[("name", (&asked.trainer).into())])}</p>
        {state(cx, asked).into_any()}
        <dl class="facts">
            {own}
            {fact(cx.say("home-when"), cx.words.period(session.starts_at, session.ends_at))}
            {fact(cx.say("home-where"), place(cx, view, session))}
            {link}
            {expected}
            {by}
        </dl>
        {public}
        {contact}
        {act(cx, asked).into_any()}
        {feed.map(|feed| subscribe(cx, feed).into_any())}
    }
}

/// All that the trainer teaches, to subscribe to.
fn subscribe(cx: &Cx, feed: FeedAddress) -> impl IntoView + use<> {
    view! {
        <details>
            <summary>{cx.say("teach-feed")}</summary>
            <p>{cx.say("teach-feed-secret")}</p>
            <code class="copy-box wrap-anywhere">{feed.url}</code>
            <p><a href=feed.webcal>{cx.say("calendar-subscribe")}</a></p>
        </details>
    }
}

/// The session's own title, where it has one.
pub(super) fn session_name(cx: &Cx, asked: &AskedTeaching) -> Option<String> {
    let (vi, en) = (&asked.session.title_vi, &asked.session.title_en);
    let name = if cx.lang() == domain::Lang::En && !en.is_empty() {
        en
    } else {
        vi
    };
    (!name.is_empty()).then(|| name.clone())
}

/// What was answered so far.
fn state(cx: &Cx, asked: &AskedTeaching) -> impl IntoView + use<> {
    let (colour, title, text) = match asked.state {
        _ if !asked.open => (tone::BAD, "teach-closed-title", "teach-closed"),
        None => (tone::NEUTRAL, "teach-named-title", "teach-named"),
        Some(TeachingState::Asked) => (tone::WAIT, "teach-asked-title", "teach-asked"),
        Some(TeachingState::Accepted) => (tone::OK, "teach-accepted-title", "teach-accepted"),
        Some(TeachingState::Declined) => (tone::NEUTRAL, "teach-declined-title", "teach-declined"),
    };
    notice(colour, cx.say(title), cx.say(text))
}

fn act(cx: &Cx, asked: &AskedTeaching) -> Option<impl IntoView + use<>> {
    let state = asked.state.filter(|_| asked.open)?;
    Some(view! { <form method="post" class="form-actions">{buttons(cx, state, None)}</form> })
}
