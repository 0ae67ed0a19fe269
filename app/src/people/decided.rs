//! What an act came to.

use super::address;
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{done, notice, state_badge, tone};
use axum::response::Response;
use domain::{Coded, PeopleAct};
use service::DecisionDone;

/// Back to the list, unless somebody was left alone: then who, by name, which
/// stands in no address.
pub(super) async fn answer(
    cx: &Cx,
    slug: &str,
    act: PeopleAct,
    came_to: DecisionDone,
) -> Result<Response, Oops> {
    if came_to.skipped.is_empty() {
        let path = address(slug);
        let (number, calls) = (came_to.done, came_to.to_call);
        let act = act.code();
        return Ok(see_other(&format!(
            "{path}?done={act}&number={number}&calls={calls}"
        )));
    }
    let view = cx
        .services
        .staff_workshop(&cx.actor, domain::Act::ManageWorkshops, slug)
        .await?;
    let title = cx.say("people-skipped-title");
    let path = address(slug);
    let inner = cx.clone();
    let body = move || {
        let cx = &inner;
        let skipped: Vec<_> = came_to
            .skipped
            .iter()
            .map(|(name, state)| view! { <li>{name.clone()}" "{state_badge(cx, *state)}</li> })
            .collect();
        view! {
            {words(cx, act, came_to.done, came_to.to_call)}
            <h1>{cx.say("people-skipped-title")}</h1>
            <p>{view.title(cx.lang()).to_owned()}</p>
            <p>{cx.say("people-skipped")}</p>
            <ul>{skipped}</ul>
            <p><a href=path>{cx.say("people-decide-back")}</a></p>
        }
    };
    Ok(cx.show(Page::staff(&title), body).await)
}

/// What `?done=` says.
pub(super) fn said(cx: &Cx, query: &Fields) -> Option<AnyView> {
    let done_what = query.text("done");
    let number = |name: &str| query.text(name).parse().unwrap_or(0);
    match PeopleAct::from_code(&done_what) {
        Some(act) => Some(words(cx, act, number("number"), number("calls"))),
        None if done_what == "added" => {
            let title = cx.say("people-added");
            Some(done(title, String::new(), None).into_any())
        }
        None => None,
    }
}

fn words(cx: &Cx, act: PeopleAct, number: u32, calls: u32) -> AnyView {
    let args = [("number", number.into())];
    let title = match act {
        PeopleAct::Approve => cx.say_with("people-approve-done", &args),
        PeopleAct::Decline => cx.say_with("people-decline-done", &args),
        PeopleAct::Seat => cx.say_with("people-seat-done", &args),
        PeopleAct::Cancel => cx.say_with("people-cancel-done", &args),
        PeopleAct::Message => cx.say_with("people-message-done", &args),
    };
    let calls = if calls > 0 {
        cx.say_with("people-to-call", &[("number", calls.into())])
    } else {
        String::new()
    };
    view! { <div role="status">{notice(tone::OK, title, calls)}</div> }.into_any()
}
