//! The quick half of the door screen. Its forms are plain ones: before the
//! browser half is there, or when a call fails, they are sent as they stand.
#![allow(missing_docs, reason = "the macro makes structs of the properties")]

use super::calls::{check_in, find_people, undo};
use super::shown::{DoorWords, Found, Head, Screen};
use super::views::{answer_view, failed, people, search};
use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// How long a pause in typing is before people are looked for.
const PAUSE: Duration = Duration::from_millis(150);

/// What the parts of the island share.
#[derive(Clone, Copy)]
pub(super) struct Door {
    head: StoredValue<Head>,
    pub(super) words: StoredValue<DoorWords>,
    pub(super) screen: RwSignal<Screen>,
    /// The last call did not get through.
    failed: RwSignal<bool>,
    /// The server refused a call: forms go the plain way, which says why.
    plain: RwSignal<bool>,
    /// Counts what was asked; the answer to an older question is dropped.
    turn: StoredValue<u32>,
    pub(super) field: NodeRef<Input>,
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
    // Typing changes the people alone; an act always answers, were it the same again.
    let found = Memo::new(move |_| door.screen.read().found.clone());
    let answer = Memo::new(move |_| {
        let screen = door.screen.read();
        (screen.nonce.clone(), screen.answer.clone())
    });
    view! {
        <div class="door">
            <header>
                <h1>{head.title}</h1>
                <p class="muted">{head.when}</p>
            </header>
            {search(door, ready)}
            {move || door.failed.get().then(|| failed(door))}
            <div aria-live="assertive" aria-atomic="true">
                {move || answer.get().1.map(|answer| answer_view(door, answer))}
            </div>
            <p class="visually-hidden" role="status">{move || found.read().as_ref().map(|found| door.number(found))}</p>
            {move || found.get().map(|found| people(door, found))}
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

    pub(super) fn action(self, act: &str) -> String {
        format!("/door/{}{act}", self.slug())
    }

    /// For those who hear the page while they type.
    fn number(self, found: &[Found]) -> String {
        let words = self.words.read_value();
        match found.len() {
            0 => words.nobody.clone(),
            number => format!("{}: {number}", words.people),
        }
    }

    /// Drops the answers still on their way; returns the number of this turn.
    fn next_turn(self) -> u32 {
        self.turn.update_value(|turn| *turn = turn.wrapping_add(1));
        self.turn.get_value()
    }

    /// What stands in the field: it may have been typed before the browser half
    /// was there.
    pub(super) fn typed(self) -> String {
        let field = self.field.get_untracked();
        field.map_or_else(String::new, |field| field.value())
    }

    fn write(self, text: &str) {
        if let Some(field) = self.field.get_untracked() {
            field.set_value(text);
        }
    }

    /// Looks for people once the typing pauses.
    pub(super) fn look_for(self, typed: String) {
        let turn = self.next_turn();
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
                self.all_well();
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

    /// Checks in by the code in the field, or looks for what stands there. The
    /// field is free at once: a scanner does not wait for the answer.
    pub(super) fn enter(self) {
        let turn = self.next_turn();
        let typed = self.typed();
        self.write("");
        spawn_local(async move {
            let screen = self.send(typed.clone()).await;
            if screen.is_err() && self.typed().is_empty() {
                self.write(&typed);
            }
            self.show(turn, screen);
        });
    }

    /// Checks in by the code of a person shown.
    pub(super) fn check_in(self, code: String) {
        let turn = self.next_turn();
        spawn_local(async move {
            let screen = self.send(code).await;
            self.show(turn, screen);
        });
    }

    async fn send(self, code: String) -> Result<Screen, ServerFnError> {
        let (session, nonce) = self
            .screen
            .with_untracked(|screen| (screen.session, screen.nonce.clone()));
        check_in(self.slug(), session, code, nonce).await
    }

    pub(super) fn undo(self, code: String) {
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
                self.all_well();
                self.write(&screen.typed);
                if let Some(field) = self.field.get_untracked() {
                    let _ = field.focus();
                }
                self.screen.set(screen);
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

    fn all_well(self) {
        self.failed.set(false);
        self.plain.set(false);
    }

    fn fail(self, error: &ServerFnError) {
        self.failed.set(true);
        // Without a network the page would be lost; everything else is better
        // said by the server.
        self.plain.set(!matches!(error, ServerFnError::Request(_)));
    }

    /// Whether the island does what a form would; else the form is sent.
    pub(super) fn takes(self, event: &SubmitEvent) -> bool {
        let takes = !self.plain.get_untracked();
        if takes {
            event.prevent_default();
        }
        takes
    }
}
