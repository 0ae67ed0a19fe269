//! What stands on the trainer's home: sessions to teach, what is expected by
//! when, and the answer.

use super::link::session_name;
use super::{buttons, chosen, confirm_declining, state_badge};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{badge, tone};
use axum::extract::Path;
use axum::response::Response;
use domain::{Phase, Reason};
use service::{AskedTeaching, Failure};

/// `GET` of what only a form leads to: back to the list.
pub(super) async fn back() -> Response {
    see_other("/trainer")
}

/// `POST /trainer/teachings/{id}`
pub(super) async fn answer(
    cx: Cx,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let id = id.parse().map_err(|_| Failure::NotFound)?;
    let accept = chosen(&fields).ok_or(Failure::problem("answer", Reason::NotAChoice))?;
    if !accept && !fields.ticked("confirm") {
        let all = cx.services.my_teachings(&cx.actor).await?;
        let asked = all.iter().find(|asked| asked.id == Some(id));
        let asked = asked.ok_or(Failure::NotFound)?;
        let page = Page::staff(&cx.say("teach-decline-title"));
        return Ok(confirm_declining(&cx, page, asked, "/trainer".to_owned()).await);
    }
    cx.services.answer_teaching(&cx.actor, id, accept).await?;
    Ok(see_other("/trainer"))
}

/// A session that the trainer is asked to teach, with what stands beside it.
pub(crate) fn item(cx: &Cx, asked: &AskedTeaching, side: Option<AnyView>) -> impl IntoView + use<> {
    let (view, session) = (&asked.view, &asked.session);
    let late = asked.is_late(cx.services.clock().now());
    let title = view.title(cx.lang()).to_owned();
    let expected = (!asked.expected.is_empty()).then(|| {
        let words = cx.say_with(
            "calendar-expected",
            &[("expected", (&asked.expected).into())],
        );
        view! { <p>{words}</p> }
    });
    let by = asked.expected_by.map(|by| {
        let at = cx.words.day_time(by);
        let words = cx.say_with("teach-by", &[("at", at.into())]);
        let mark = late.then(|| badge(tone::BAD, cx.say("teach-late")));
        view! { <p>{words} " " {mark}</p> }
    });
    let called_off =
        (view.phase == Phase::Cancelled).then(|| crate::ui::phase_badge(cx, view.phase));
    // Where they bring files is where the title leads.
    let heading = match side {
        Some(_) => {
            let href = crate::materials::address(&view.row.slug);
            view! { <a href=href>{title.clone()}</a> }.into_any()
        }
        None => title.clone().into_any(),
    };
    let answer = asked.id.zip(asked.state).filter(|_| asked.open);
    let buttons = answer.map(|(id, state)| {
        let action = format!("/trainer/teachings/{id}");
        view! {
            <form method="post" action=action class="list__side">
                {buttons(cx, state, Some(title.clone()))}
            </form>
        }
    });
    let state = match asked.state {
        Some(state) => state_badge(cx, state).into_any(),
        None => badge(tone::NEUTRAL, cx.say("teach-named-title")).into_any(),
    };
    view! {
        <li class="list__item">
            <p class="list__date"><strong>{cx.words.day(session.starts_at)}</strong>" "{cx.words.time(session.starts_at)}</p>
            <div class="list__body">
                <h3>{heading}</h3>
                {session_name(cx, asked).map(|name| view! { <p>{name}</p> })}
                <p>{view.place_of(session, cx.lang())} " " {called_off}</p>
                <p class="muted">{numbers(cx, asked)}</p>
                {expected}
                {by}
            </div>
            <div class="list__side">{state}{side}{buttons}</div>
        </li>
    }
}

/// How many are registered and, once it has begun, how many came.
fn numbers(cx: &Cx, asked: &AskedTeaching) -> Option<String> {
    let headcount = asked.headcount.as_ref()?;
    let number = |number: u32| cx.words.number(number.into());
    Some(match asked.view.phase {
        Phase::Running | Phase::Held | Phase::Closed => cx.say_with(
            "trainer-numbers-held",
            &[
                ("registered", number(headcount.funnel.registered).into()),
                ("attended", number(headcount.funnel.came()).into()),
            ],
        ),
        _ => cx.say_with(
            "trainer-numbers-coming",
            &[
                ("booked", number(headcount.seats.booked).into()),
                ("capacity", number(headcount.seats.capacity).into()),
            ],
        ),
    })
}
