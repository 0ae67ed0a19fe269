//! The parts of the door screen. Each form is a plain one that the island
//! takes over.

use super::islands::{Camera, Deed, Door};
use super::shown::{Answer, Found, ShownSession};
use crate::html::*;
use leptos::ev::{MouseEvent, SubmitEvent};

pub(super) fn search(door: Door, ready: bool) -> AnyView {
    let words = door.words.get_value();
    let first = door.screen.read_untracked().typed.clone();
    let on_submit = move |event: SubmitEvent| {
        if door.takes(&event) {
            door.act(Deed::Enter);
        }
    };
    view! {
        <form class="door__search" method="post" action=door.action("") on:submit=on_submit role="search">
            <label for="q">{words.search}</label>
            <input id="q" name="q" type="search" autocomplete="off" autocapitalize="off" spellcheck="false"
                enterkeyhint="search" autofocus=ready value=first node_ref=door.field
                on:input:target=move |event| door.act(Deed::LookFor(event.target().value())) />
            {act_fields(door)}
            <button class="button" type="submit">{words.find}</button>
        </form>
    }
    .into_any()
}

/// Nothing where there is one session alone: by itself it is the one that runs.
pub(super) fn sessions(door: Door) -> Option<AnyView> {
    let words = door.words.get_value();
    let sessions = door.sessions();
    if sessions.len() < 2 {
        return None;
    }
    let options: Vec<_> = sessions
        .into_iter()
        .map(|ShownSession { id, when, .. }| {
            view! { <option value=id selected=move || door.screen.read().session == id>{when}</option> }
        })
        .collect();
    let on_submit = move |event: SubmitEvent| {
        door.takes(&event);
    };
    Some(
        view! {
            <form class="door__session" method="get" action=door.action("") on:submit=on_submit>
                <label for="session">{words.session}</label>
                <select id="session" name="session" prop:value=move || door.screen.read().session.to_string()
                    on:change=move |event| door.act(Deed::Session(event_target_value(&event)))>
                    {options}
                </select>
                <button class="button button--quiet" type="submit">{words.session_act}</button>
            </form>
        }
        .into_any(),
    )
}

/// What goes along with an act unseen.
fn act_fields(door: Door) -> impl IntoView {
    let instead_of = move || {
        let chosen = door.screen.read().chosen;
        chosen.map_or_else(String::new, |chosen| chosen.instead_of.to_string())
    };
    view! {
        <input type="hidden" name="instead_of" value=instead_of />
        <input type="hidden" name="session" value=move || door.screen.read().session.to_string() />
        <input type="hidden" name="nonce" value=move || door.screen.read().nonce.clone() />
    }
}

/// Nothing where there is no camera: a code can be typed.
pub(super) fn camera(door: Door) -> Option<AnyView> {
    let words = door.words.get_value();
    let switch = move |_| door.act(Deed::Camera);
    let button = |text| {
        view! { <button class="button button--secondary" type="button" on:click=switch>{text}</button> }
    };
    match door.camera.get() {
        Camera::None => None,
        Camera::Off => Some(view! { <p>{button(words.camera)}</p> }.into_any()),
        Camera::On => Some(
            view! {
                <div class="door__camera">
                    <video node_ref=door.video playsinline muted aria-label=words.camera_view></video>
                    {button(words.camera_stop)}
                </div>
            }
            .into_any(),
        ),
        Camera::Refused => Some(
            view! {
                <div class="notice notice--bad" role="alert"><p>{words.camera_refused}</p></div>
                <p>{button(words.camera)}</p>
            }
            .into_any(),
        ),
    }
}

pub(super) fn failed(door: Door) -> impl IntoView {
    let words = door.words.get_value();
    view! {
        <div class="notice notice--bad" role="alert">
            <p>{words.failed}</p>
            <p><a href=door.action("")>{words.reload}</a></p>
        </div>
    }
}

/// In place of all that a device could do which may do nothing any more.
pub(super) fn gone(door: Door) -> impl IntoView {
    let words = door.words.get_value();
    view! {
        <div class="notice notice--bad door__gone" role="alert">
            <h2>{words.gone}</h2>
            <p>{words.alone.revoked}</p>
            <p>{words.gone_help}</p>
        </div>
    }
}

pub(super) fn answer_view(door: Door, answer: Answer) -> AnyView {
    let lines: Vec<_> = answer
        .lines
        .into_iter()
        .map(|line| view! { <p>{line}</p> })
        .collect();
    let name = (!answer.name.is_empty()).then(|| view! { <p class="door__name">{answer.name}</p> });
    view! {
        <div class=answer.tone.class()>
            <h2 class="door__word">{answer.word}</h2>
            {name}
            {lines}
            {answer.undo.map(|code| undo_form(door, code, "button button--secondary"))}
            {answer.colleague.map(|code| colleague_form(door, code))}
            {answer.consent.map(|code| consent_form(door, code))}
        </div>
    }
    .into_any()
}

/// Two taps: that it is a colleague, and who.
fn colleague_form(door: Door, code: String) -> AnyView {
    let words = door.words.get_value();
    let sent = code.clone();
    let on_submit = move |event: SubmitEvent| {
        if door.takes(&event) {
            door.act(Deed::Colleague(sent.clone(), event));
        }
    };
    view! {
        <details class="door__more">
            <summary on:click=move |event: MouseEvent| door.act(Deed::Unfold(event))>{words.colleague}</summary>
            <form method="post" action=door.action("/colleague") on:submit=on_submit>
                <label for="colleague">{words.colleague_name}</label>
                <input id="colleague" name="colleague" type="text" autocomplete="off" required />
                <input type="hidden" name="code" value=code />
                {act_fields(door)}
                <button class="button" type="submit">{words.colleague_act}</button>
            </form>
        </details>
    }
    .into_any()
}

/// What somebody is asked whom a colleague registered. Nothing is ticked.
fn consent_form(door: Door, code: String) -> AnyView {
    let words = door.words.get_value();
    let sent = code.clone();
    let on_submit = move |event: SubmitEvent| {
        if door.takes(&event) {
            door.act(Deed::Consent(sent.clone(), event));
        }
    };
    let purposes: Vec<_> = words
        .purposes
        .into_iter()
        .map(|(name, label)| {
            let name = format!("consent_{name}");
            view! {
                <label><input type="checkbox" name=name value="on" />" "{label}</label>
            }
        })
        .collect();
    view! {
        <details class="door__more">
            <summary on:click=move |event: MouseEvent| door.act(Deed::Unfold(event))>{words.consent}</summary>
            <form method="post" action=door.action("/consent") on:submit=on_submit>
                <p>
                    {words.consent_notice}" "
                    <a href="/privacy" target="_blank" rel="noopener">{words.consent_link}</a>
                </p>
                {purposes}
                <input type="hidden" name="code" value=code />
                {act_fields(door)}
                <button class="button" type="submit">{words.consent_act}</button>
            </form>
        </details>
    }
    .into_any()
}

pub(super) fn people(door: Door, found: Vec<Found>) -> AnyView {
    let words = door.words.get_value();
    if found.is_empty() {
        return view! {
            <div class="empty">
                <p>{words.nobody}</p>
                <p><a href="#full_name">{words.walk_in}</a></p>
            </div>
        }
        .into_any();
    }
    let items: Vec<_> = found
        .into_iter()
        .map(|person| person_view(door, person))
        .collect();
    view! {
        <h2 class="visually-hidden">{words.people}</h2>
        <ul class="door__people">{items}</ul>
    }
    .into_any()
}

fn person_view(door: Door, person: Found) -> impl IntoView {
    let act = match (&person.since, person.seated) {
        (Some(_), _) => Some(undo_form(door, person.code, "button button--quiet").into_any()),
        (None, true) => Some(check_in_form(door, person.code).into_any()),
        (None, false) => None,
    };
    let since = person.since.map(|since| view! { <p>{since}</p> });
    view! {
        <li>
            <div>
                <p class="door__person"><strong>{person.name}</strong></p>
                <p>{person.about}</p>
                <p class="row">
                    <span class=person.badge>{person.state}</span>
                    <span class="code">{person.code_spaced}</span>
                </p>
                {since}
            </div>
            {act}
        </li>
    }
}

fn check_in_form(door: Door, code: String) -> impl IntoView {
    let sent = code.clone();
    let on_submit = move |event: SubmitEvent| {
        if door.takes(&event) {
            door.act(Deed::CheckIn(sent.clone()));
        }
    };
    view! {
        <form method="post" action=door.action("/check-in") on:submit=on_submit>
            <input type="hidden" name="code" value=code />
            {act_fields(door)}
            <button class="button button--large" type="submit">{door.words.read_value().check_in.clone()}</button>
        </form>
    }
}

fn undo_form(door: Door, code: String, class: &'static str) -> impl IntoView {
    let sent = code.clone();
    let on_submit = move |event: SubmitEvent| {
        if door.takes(&event) {
            door.act(Deed::Undo(sent.clone()));
        }
    };
    view! {
        <form method="post" action=door.action("/undo") on:submit=on_submit>
            <input type="hidden" name="code" value=code />
            {act_fields(door)}
            <button class=class type="submit">{door.words.read_value().undo.clone()}</button>
        </form>
    }
}
