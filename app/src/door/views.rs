//! The parts of the door screen. Each form is a plain one that the island
//! takes over.

use super::islands::Door;
use super::shown::{Answer, Found};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

pub(super) fn search(door: Door, ready: bool) -> AnyView {
    let words = door.words.get_value();
    let first = door.screen.read_untracked().typed.clone();
    let on_submit = move |event: SubmitEvent| {
        if door.takes(&event) {
            door.enter();
        }
    };
    view! {
        <form class="door__search" method="post" action=door.action("") on:submit=on_submit role="search">
            <label for="q">{words.search}</label>
            <input id="q" name="q" type="search" autocomplete="off" autocapitalize="off" spellcheck="false"
                enterkeyhint="search" autofocus=ready value=first node_ref=door.field
                on:input:target=move |event| door.look_for(event.target().value()) />
            {act_fields(door)}
            <button class="button" type="submit">{words.find}</button>
        </form>
    }
    .into_any()
}

/// What goes along with an act unseen.
fn act_fields(door: Door) -> impl IntoView {
    view! {
        <input type="hidden" name="session" value=move || door.screen.read().session.to_string() />
        <input type="hidden" name="nonce" value=move || door.screen.read().nonce.clone() />
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
        </div>
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
            door.check_in(sent.clone());
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
            door.undo(sent.clone());
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
