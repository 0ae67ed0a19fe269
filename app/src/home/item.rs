//! One workshop in a list for everybody.

use crate::html::*;
use crate::render::Cx;
use crate::ui::phase_badge;
use domain::{Phase, RegistrationMode, RegistrationWindow, Seats};
use service::WorkshopView;

pub(super) fn item(cx: &Cx, view: &WorkshopView, seats: Option<Seats>) -> AnyView {
    let href = format!("/workshops/{}", view.row.slug);
    view! {
        <li class="list__item">
            <p class="list__date"><strong>{cx.words.day(view.starts_at())}</strong>" "{cx.words.time(view.starts_at())}</p>
            <div class="list__body">
                <h2><a href=href>{view.title(cx.lang()).to_owned()}</a></h2>
                <p>{view.room_said(cx.lang())}</p>
            </div>
            <div class="list__side">{side(cx, view, seats)}</div>
        </li>
    }
    .into_any()
}

fn side(cx: &Cx, view: &WorkshopView, seats: Option<Seats>) -> AnyView {
    if view.phase.is_over() || view.phase == Phase::Cancelled {
        return phase_badge(cx, view.phase).into_any();
    }
    match view.window {
        RegistrationWindow::Open if *view.row.mode == RegistrationMode::Invitation => {
            view! { <p class="muted">{cx.say("home-invited-only")}</p> }.into_any()
        }
        RegistrationWindow::Open => {
            let register = format!("/workshops/{}/register", view.row.slug);
            let title = view.title(cx.lang()).to_owned();
            view! {
                {seats.map(|seats| view! { <p>{seats_words(cx, seats)}</p> })}
                <a class="button button--secondary" href=register>
                    {cx.say("register-act")}<span class="visually-hidden">": "{title}</span>
                </a>
            }
            .into_any()
        }
        RegistrationWindow::NotYet(at) => {
            let at = cx.words.day_time(at);
            view! { <p class="muted">{cx.say_with("home-opens", &[("at", at.into())])}</p> }
                .into_any()
        }
        RegistrationWindow::Closed => {
            view! { <p class="muted">{cx.say("home-closed")}</p> }.into_any()
        }
    }
}

/// "Còn 12 chỗ", or that there is a waiting list.
fn seats_words(cx: &Cx, seats: Seats) -> String {
    match seats.free() {
        0 => cx.say("home-full"),
        free => cx.say_with("home-seats-left", &[("count", free.into())]),
    }
}
