//! The quick half of the door screen. Its forms are plain ones: before the
//! browser half is there, or when a call fails, they are sent as they stand.
#![allow(missing_docs, reason = "the macro makes structs of the properties")]

use super::calls::{check_in, find_people, undo};
use super::shown::{Answer, DoorWords, Found, Head, Screen};
use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// How long a pause in typing is before people are looked for.
const PAUSE: Duration = Duration::from_millis(150);

/// What the parts of the island share.
#[derive(Clone, Copy)]
struct Door {
    head: StoredValue<Head>,
    words: StoredValue<DoorWords>,
    screen: RwSignal<Screen>,
    typed: RwSignal<String>,
    /// The last call did not get through.
    failed: RwSignal<bool>,
    /// The server refused a call: forms go the plain way, which says why.
    plain: RwSignal<bool>,
    /// Counts what was asked; the answer to an older question is dropped.
    turn: StoredValue<u32>,
    field: NodeRef<Input>,
}

/// The search field, the answer, the people found and the count. What it wraps
/// stands below the people.
#[island]
pub fn DoorSearch(
    /// What stands on top.
    head: Head,
    /// The words.
    words: DoorWords,
    /// What the server showed first.
    first: Screen,
    /// Whether the field takes the keyboard at once.
    ready: bool,
    /// What stands below.
    children: Children,
) -> impl IntoView {
    let door = Door {
        typed: RwSignal::new(first.typed.clone()),
        screen: RwSignal::new(first),
        head: StoredValue::new(head),
        words: StoredValue::new(words),
        failed: RwSignal::new(false),
        plain: RwSignal::new(false),
        turn: StoredValue::new(0),
        field: NodeRef::new(),
    };
    let head = door.head.get_value();
    let arrived = door.words.read_value().arrived.clone();
    let notices: Vec<_> = head
        .notices
        .into_iter()
        .map(|text| view! { <div class="notice notice--info"><p>{text}</p></div> })
        .collect();
    view! {
        <div class="door">
            <header>
                <h1>{head.title}</h1>
                <p class="muted">{head.when}</p>
            </header>
            {search(door, ready)}
            {move || door.failed.get().then(|| failed(door))}
            <div aria-live="assertive" aria-atomic="true">
                {move || door.screen.read().answer.clone().map(|answer| answer_view(door, answer))}
            </div>
            <p class="visually-hidden" role="status">{move || door.number_found()}</p>
            {move || door.screen.read().found.clone().map(|found| people(door, found))}
            {notices}
            {children()}
            <p class="door__foot"><strong>{move || door.screen.read().count.clone()}</strong> {arrived}</p>
        </div>
    }
}

impl Door {
    fn slug(self) -> String {
        self.head.read_value().slug.clone()
    }

    fn action(self, act: &str) -> String {
        format!("/door/{}{act}", self.slug())
    }

    /// For those who hear the page while they type.
    fn number_found(self) -> Option<String> {
        let words = self.words.read_value();
        let screen = self.screen.read();
        screen.found.as_ref().map(|found| match found.len() {
            0 => words.nobody.clone(),
            number => format!("{}: {number}", words.people),
        })
    }

    /// Drops the answers still on their way; returns the number of this turn.
    fn next_turn(self) -> u32 {
        self.turn.update_value(|turn| *turn = turn.wrapping_add(1));
        self.turn.get_value()
    }

    /// Looks for people once the typing pauses.
    fn look_for(self, typed: String) {
        let turn = self.next_turn();
        self.typed.set(typed.clone());
        if typed.trim().chars().count() < 2 {
            self.screen.update(|screen| screen.found = None);
            return;
        }
        let seen = self.screen.with_untracked(|screen| screen.nonce.clone());
        let ask = move || {
            if self.turn.get_value() == turn {
                spawn_local(async move {
                    let found = find_people(self.slug(), typed).await;
                    if self.turn.get_value() == turn {
                        self.show_found(found, &seen);
                    }
                });
            }
        };
        set_timeout(ask, PAUSE);
    }

    /// Shows people in place of the answer, unless that one came since they
    /// were asked for.
    fn show_found(self, found: Result<Vec<Found>, ServerFnError>, seen: &str) {
        match found {
            Ok(found) => {
                self.failed.set(false);
                self.screen.update(|screen| {
                    screen.found = Some(found);
                    if screen.nonce == seen {
                        screen.answer = None;
                    }
                });
            }
            Err(error) => self.fail(&error),
        }
    }

    /// Checks in by a code, or looks for what was typed.
    fn check_in(self, code: String) {
        let turn = self.next_turn();
        let (session, nonce) = self
            .screen
            .with_untracked(|screen| (screen.session, screen.nonce.clone()));
        spawn_local(async move {
            let screen = check_in(self.slug(), session, code, nonce).await;
            self.show(turn, screen);
        });
    }

    fn undo(self, code: String) {
        let turn = self.next_turn();
        let session = self.screen.with_untracked(|screen| screen.session);
        spawn_local(async move {
            let screen = undo(self.slug(), session, code).await;
            self.show(turn, screen);
        });
    }

    /// Shows what an act led to, and makes the field ready for the next person.
    fn show(self, turn: u32, screen: Result<Screen, ServerFnError>) {
        match screen {
            Ok(screen) if self.turn.get_value() == turn => {
                self.failed.set(false);
                self.typed.set(screen.typed.clone());
                self.screen.set(screen);
                if let Some(field) = self.field.get_untracked() {
                    let _ = field.focus();
                }
            }
            // The next person is being looked for already; the answer is due all the same.
            Ok(screen) => self.screen.update(|shown| {
                *shown = Screen {
                    typed: std::mem::take(&mut shown.typed),
                    found: shown.found.take(),
                    ..screen
                };
            }),
            Err(error) => self.fail(&error),
        }
    }

    fn fail(self, error: &ServerFnError) {
        self.failed.set(true);
        // Without a network the page would be lost; everything else is better
        // said by the server.
        self.plain.set(!matches!(error, ServerFnError::Request(_)));
    }

    /// Whether the island does what a form would; else the form is sent.
    fn takes(self, event: &SubmitEvent) -> bool {
        let takes = !self.plain.get_untracked();
        if takes {
            event.prevent_default();
        }
        takes
    }
}

fn search(door: Door, ready: bool) -> AnyView {
    let words = door.words.get_value();
    let first = door.screen.read_untracked().typed.clone();
    let on_submit = move |event: SubmitEvent| {
        if door.takes(&event) {
            door.check_in(door.typed.get_untracked());
        }
    };
    view! {
        <form class="door__search" method="post" action=door.action("") on:submit=on_submit role="search">
            <label for="q">{words.search}</label>
            <input id="q" name="q" type="search" autocomplete="off" autocapitalize="off" spellcheck="false"
                enterkeyhint="search" autofocus=ready value=first prop:value=door.typed node_ref=door.field
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

fn failed(door: Door) -> impl IntoView {
    let words = door.words.get_value();
    view! {
        <div class="notice notice--bad" role="alert">
            <p>{words.failed}</p>
            <p><a href=door.action("")>{words.reload}</a></p>
        </div>
    }
}

fn answer_view(door: Door, answer: Answer) -> AnyView {
    let lines: Vec<_> = answer
        .lines
        .into_iter()
        .map(|line| view! { <p>{line}</p> })
        .collect();
    let name = (!answer.name.is_empty())
        .then(|| view! { <p class="door__name">{answer.name}</p> });
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

fn people(door: Door, found: Vec<Found>) -> AnyView {
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
    let since = person
        .since
        .map(|since| view! { <p><strong>{since}</strong></p> });
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
