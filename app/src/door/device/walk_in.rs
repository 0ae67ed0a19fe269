//! People who came unregistered, on a device.

use super::acts::{known_here, note, present};
use super::net::{Lost, PATIENCE, post};
use super::sync::{hand_in, lost};
use super::{session_now, show, with};
use crate::door::islands::Door;
use crate::door::local::{is_full, number};
use crate::door::shown::{Answer, Found, Tone};
use crate::door::wire::{Answers, WalkIn, What};
use crate::html::*;
use domain::{WalkInForm, same_name};
use gloo_timers::future::TimeoutFuture;
use js_sys::Reflect;
use leptos::ev::SubmitEvent;
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
            Err(why @ (Lost::Away | Lost::Late | Lost::Broken | Lost::Failed | Lost::SignIn)) => {
                lost(door, why).await;
            }
            Err(Lost::Over) => return lost(door, Lost::Over).await,
            Err(Lost::Revoked) => return dismissed(door, form).await,
            Ok(answers) if answers.counts.is_none() => return dismissed(door, form).await,
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

/// There is no door for this device any more, and no page that would take the
/// form: what was typed is heard with the rest.
async fn dismissed(door: Door, form: &HtmlFormElement) {
    if let Some(typed) = read(form).filter(is_whole) {
        let row = note(door, What::WalkIn(typed), true).await;
        with(|device| device.asking.remove(&row.scan.nonce));
    }
    lost(door, Lost::Revoked).await;
    hand_in(door).await;
}

async fn write_down(door: Door, form: &HtmlFormElement) {
    let Some(mut typed) = read(form) else {
        return;
    };
    let turn = door.next_turn();
    let words = door.words.read_value().alone.clone();
    if !is_whole(&typed) {
        let said = Answer {
            tone: Tone::Bad,
            word: words.walk_in_refused,
            lines: vec![words.walk_in_needs],
            ..Answer::default()
        };
        return present(door, turn, said, None);
    }
    let likely = likely(door, &typed);
    // Asked once: sent again as it was, it is somebody else and meant.
    if with(|device| device.asked.take()).is_none_or(|asked| asked != typed) {
        let why = questions(door, form, &likely);
        if !why.is_empty() {
            with(|device| device.asked = Some(typed));
            let said = Answer {
                tone: Tone::Wait,
                word: words.walk_in_refused,
                lines: why,
                ..Answer::default()
            };
            present(door, turn, said, None);
            if !likely.is_empty() {
                door.screen.update(|screen| screen.found = Some(likely));
            }
            return;
        }
    } else if !likely.is_empty() {
        "another".clone_into(&mut typed.who);
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

/// Whether the server would take it.
fn is_whole(typed: &WalkIn) -> bool {
    WalkInForm::from(typed.clone()).check().is_ok()
}

/// Who holds a seat under this name, as far as names are in memory; nobody once
/// somebody said who it is.
fn likely(door: Door, typed: &WalkIn) -> Vec<Found> {
    if !typed.who.is_empty() {
        return Vec::new();
    }
    let same = |_: &str, found: &Found| found.seated && same_name(&found.name, &typed.full_name);
    known_here(session_now(door), same).unwrap_or_default()
}

/// What is asked first.
fn questions(door: Door, form: &HtmlFormElement, likely: &[Found]) -> Vec<String> {
    let words = door.words.read_value();
    let words = &words.alone;
    let over = FormData::new_with_form(form).is_ok_and(|data| data.has("over"));
    let full = with(|device| {
        let added = device.queue.iter();
        let added = added.filter(|row| matches!(row.scan.what, What::WalkIn(_)));
        let added = u32::try_from(added.count()).unwrap_or(u32::MAX);
        let kept = device.local.kept.as_ref()?;
        is_full(kept, added).then_some(kept.capacity)
    });
    let full = full.filter(|_| !over).map(|seats| {
        let seats = number(seats, &words.group);
        words.walk_in_full.replace("{count}", &seats)
    });
    let likely = (!likely.is_empty()).then(|| words.walk_in_likely.clone());
    likely.into_iter().chain(full).collect()
}

/// The walk-in about whom was asked is somebody registered, and needs no form.
pub(super) fn was_registered() {
    if with(|device| device.asked.take()).is_none() {
        return;
    }
    let form = document().query_selector("form[action$='/walk-in']");
    let form = form.ok().flatten();
    if let Some(form) = form.and_then(|it| it.dyn_into::<HtmlFormElement>().ok()) {
        form.reset();
    }
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
