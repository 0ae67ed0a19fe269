//! People who came unregistered, on a device.

use super::acts::{note, present};
use super::net::{Lost, PATIENCE, post};
use super::sync::lost;
use super::{session_now, show, with};
use crate::door::islands::Door;
use crate::door::shown::{Answer, Tone};
use crate::door::wire::{Answers, WalkIn, What};
use domain::WalkInForm;
use gloo_timers::future::TimeoutFuture;
use js_sys::Reflect;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlFormElement};

/// The form for walk-ins goes its own way while there is a server: that one
/// knows duplicates and full rooms. Else it is written down.
pub(super) fn walk_in(door: Door, event: &SubmitEvent) {
    let form = event
        .target()
        .and_then(|it| it.dyn_into::<HtmlFormElement>().ok());
    let Some(form) = form.filter(|form| form.action().ends_with("/walk-in")) else {
        return;
    };
    event.prevent_default();
    // Tapped twice, it is one person.
    if with(|device| std::mem::replace(&mut device.walking_in, true)) {
        return;
    }
    spawn_local(async move {
        send(door, &form).await;
        with(|device| device.walking_in = false);
        show(door);
    });
}

async fn send(door: Door, form: &HtmlFormElement) {
    if with(|device| !device.offline) {
        let session = session_now(door);
        let batch = with(|device| device.batch(session, Vec::new()));
        match post::<Answers>(&door.action("/sync"), &batch, PATIENCE).await {
            Err(why @ (Lost::Away | Lost::Late | Lost::Broken | Lost::Failed)) => {
                lost(door, why).await
            }
            _ => {
                name_session(door, form);
                let _ = form.submit();
                // The page goes; come back to, it takes the next person.
                return TimeoutFuture::new(PATIENCE).await;
            }
        }
    }
    write_down(door, form).await;
}

async fn write_down(door: Door, form: &HtmlFormElement) {
    let Some(typed) = read(form) else {
        return;
    };
    let turn = door.next_turn();
    let words = door.words.read_value().alone.clone();
    if WalkInForm::from(typed.clone()).check().is_err() {
        let said = Answer {
            tone: Tone::Bad,
            word: words.walk_in_refused,
            lines: vec![words.walk_in_needs],
            ..Answer::default()
        };
        return present(door, turn, said, None);
    }
    let name = typed.full_name.clone();
    let row = note(door, What::WalkIn(typed), true).await;
    with(|device| {
        device.asking.remove(&row.scan.nonce);
        if let Some(counts) = device.counts.get_mut(&row.session) {
            counts.arrived += 1;
        }
    });
    form.reset();
    // What was asked about this one is no question about the next.
    if let Ok(Some(asked)) = form.query_selector("#who") {
        asked.remove();
    }
    let said = Answer {
        tone: Tone::Ok,
        word: words.admitted,
        name,
        lines: vec![words.walk_in_noted],
        ..Answer::default()
    };
    present(door, turn, said, None);
}

/// The form is as old as the page; the session may be another by now.
fn name_session(door: Door, form: &HtmlFormElement) {
    let chosen = door.screen.read_untracked().chosen;
    let instead_of = chosen.map_or_else(String::new, |chosen| chosen.instead_of.to_string());
    let fields = [
        ("session", session_now(door).to_string()),
        ("instead_of", instead_of),
    ];
    for (name, value) in fields {
        if let Some(field) = form.get_with_name(name) {
            let _ = Reflect::set(&field, &"value".into(), &value.into());
        }
    }
}

fn read(form: &HtmlFormElement) -> Option<WalkIn> {
    let data = FormData::new_with_form(form).ok()?;
    let field = |name: &str| data.get(name).as_string().unwrap_or_default();
    Some(WalkIn {
        full_name: field("full_name"),
        establishment: field("establishment"),
        role: field("role"),
        phone: field("phone"),
        who: field("who"),
    })
}
