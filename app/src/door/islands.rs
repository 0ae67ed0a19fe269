//! The quick half of the door screen. Its forms are plain ones: before the
//! browser half is there, they are sent as they stand.
#![allow(missing_docs, reason = "the macro makes structs of the properties")]

use super::shown::{CodeReader, DoorWords, Found, Head, Screen, ShownSession};
use super::views::{answer_view, camera, failed, gone, people, search, sessions};
use crate::html::*;
use leptos::ev::{MouseEvent, SubmitEvent};
use leptos::html::{Input, Video};

/// What the parts of the island share.
#[derive(Clone, Copy)]
pub(super) struct Door {
    head: StoredValue<Head>,
    pub(super) words: StoredValue<DoorWords>,
    pub(super) screen: RwSignal<Screen>,
    /// How the device stands, below the count.
    pub(super) line: RwSignal<String>,
    /// What those at the door should know.
    pub(super) notes: RwSignal<Vec<String>>,
    /// The server refused a call.
    pub(super) failed: RwSignal<bool>,
    /// Forms go the plain way, which says why.
    pub(super) plain: RwSignal<bool>,
    /// The device may not check anybody in any more: nothing can be sent.
    pub(super) gone: RwSignal<bool>,
    /// The server's clock, in milliseconds since 1970, as of the last look at it.
    pub(super) clock: RwSignal<i64>,
    /// Counts what was asked; the answer to an older question is dropped.
    #[cfg_attr(
        not(feature = "hydrate"),
        expect(dead_code, reason = "a server asks nothing")
    )]
    turn: StoredValue<u32>,
    pub(super) field: NodeRef<Input>,
    #[cfg_attr(
        not(feature = "hydrate"),
        expect(dead_code, reason = "a server reads no pictures")
    )]
    pub(super) reader: StoredValue<Option<CodeReader>>,
    pub(super) camera: RwSignal<Camera>,
    pub(super) video: NodeRef<Video>,
}

/// How the camera stands.
#[cfg_attr(
    not(feature = "hydrate"),
    expect(dead_code, reason = "a server has no camera")
)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Camera {
    /// There is none, or nothing that reads codes.
    #[default]
    None,
    /// Can be switched on.
    Off,
    /// Looks for codes.
    On,
    /// Somebody or something does not allow it.
    Refused,
}

/// What somebody does at the door.
#[cfg_attr(
    not(feature = "hydrate"),
    expect(dead_code, reason = "nobody does anything on a server")
)]
#[derive(Clone, Debug)]
pub(super) enum Deed {
    /// Sends what stands in the field.
    Enter,
    /// Types.
    LookFor(String),
    /// Presses the button beside a person with this code.
    CheckIn(String),
    /// Takes back.
    Undo(String),
    /// Switches the camera on or off.
    Camera,
    /// Sends the form for walk-ins.
    WalkIn(SubmitEvent),
    /// Sends the form for a colleague of the holder of this code.
    Colleague(String, SubmitEvent),
    /// Sends what the holder of this code agreed to.
    Consent(String, SubmitEvent),
    /// Chooses a session.
    Session(String),
    /// Opens or closes what stands below an answer.
    Unfold(MouseEvent),
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
    /// What reads codes where the browser does not.
    reader: Option<CodeReader>,
    /// Whether the field takes the keyboard at once.
    ready: bool,
    /// What stands below.
    children: Children,
) -> impl IntoView {
    let door = Door {
        clock: RwSignal::new(first.as_of),
        screen: RwSignal::new(first),
        head: StoredValue::new(head),
        words: StoredValue::new(words),
        line: RwSignal::default(),
        notes: RwSignal::default(),
        failed: RwSignal::new(false),
        plain: RwSignal::new(false),
        gone: RwSignal::new(false),
        turn: StoredValue::new(0),
        field: NodeRef::new(),
        reader: StoredValue::new(reader),
        camera: RwSignal::default(),
        video: NodeRef::new(),
    };
    // Effects run in browsers alone.
    Effect::new(move || {
        #[cfg(feature = "hydrate")]
        super::device::start(door);
    });
    let head = door.head.get_value();
    let title = head.title.clone();
    let arrived = door.words.read_value().arrived.clone();
    let notices = Memo::new(move |_| {
        let (session, at) = (door.screen.read().session, door.clock.get());
        let notices = head.notices.iter();
        let notices = notices.filter(|notice| notice.stands(session, at));
        notices
            .map(|notice| notice.text.clone())
            .collect::<Vec<_>>()
    });
    let notices = move || {
        let said = notices.get().into_iter();
        said.map(|text| view! { <div class="notice notice--info"><p>{text}</p></div> })
            .collect_view()
    };
    // Typing changes the people alone; an act always answers, were it the same again.
    let found = Memo::new(move |_| door.screen.read().found.clone());
    let answer = Memo::new(move |_| {
        let screen = door.screen.read();
        (screen.nonce.clone(), screen.answer.clone())
    });
    // The form for walk-ins is no part of the island, but its event passes here.
    let on_submit = move |event: SubmitEvent| {
        if !event.default_prevented() && !door.plain.get_untracked() {
            door.act(Deed::WalkIn(event));
        }
    };
    view! {
        <div class="door" class:door--gone=move || door.gone.get() on:submit=on_submit>
            <header>
                <h1>{title}</h1>
                <p class="muted">{move || door.when()}</p>
            </header>
            {move || door.gone.get().then(|| gone(door))}
            {sessions(door)}
            {search(door, ready)}
            {move || camera(door)}
            {move || door.failed.get().then(|| failed(door))}
            <div aria-live="assertive" aria-atomic="true">
                {move || answer.get().1.map(|answer| answer_view(door, answer))}
            </div>
            <p class="visually-hidden" role="status">{move || found.read().as_ref().map(|found| door.number(found))}</p>
            {move || found.get().map(|found| people(door, found))}
            {move || door.notes.get().into_iter().map(|text| view! { <div class="notice"><p>{text}</p></div> }).collect_view()}
            {notices}
            {children()}
            <div class="door__foot">
                <p><strong>{move || door.screen.read().count.clone()}</strong>" "{arrived}</p>
                <p role="status">{move || door.line.get()}</p>
            </div>
        </div>
    }
}

impl Door {
    pub(super) fn slug(self) -> String {
        self.head.read_value().slug.clone()
    }

    pub(super) fn sessions(self) -> Vec<ShownSession> {
        self.head.read_value().sessions.clone()
    }

    /// When and where the session is that people are checked in to.
    fn when(self) -> String {
        let at = self.screen.read().session;
        let found = self.sessions().into_iter().find(|known| known.id == at);
        found.map_or_else(String::new, |known| known.when)
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

    /// Does it in the browser; the server renders and does nothing.
    pub(super) fn act(self, deed: Deed) {
        #[cfg(feature = "hydrate")]
        super::device::act(self, deed);
        #[cfg(not(feature = "hydrate"))]
        drop(deed);
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

/// What the browser half alone needs.
#[cfg(feature = "hydrate")]
impl Door {
    /// Drops the answers still on their way; returns the number of this turn.
    pub(super) fn next_turn(self) -> u32 {
        self.turn.update_value(|turn| *turn = turn.wrapping_add(1));
        self.turn.get_value()
    }

    /// Whether nothing was asked since.
    pub(super) fn is_turn(self, turn: u32) -> bool {
        self.turn.get_value() == turn
    }

    /// What stands in the field: it may have been typed before the browser half
    /// was there.
    pub(super) fn typed(self) -> String {
        let field = self.field.get_untracked();
        field.map_or_else(String::new, |field| field.value())
    }

    /// During which hours the door of a session is open.
    pub(super) fn hours(self, session: i64) -> String {
        let found = self
            .sessions()
            .into_iter()
            .find(|known| known.id == session);
        found.map_or_else(String::new, |known| known.hours)
    }

    /// Whatever is typed or scanned next takes the place of what stands there.
    pub(super) fn select(self) {
        if let Some(field) = self.field.get_untracked() {
            field.select();
        }
    }

    pub(super) fn write(self, text: &str) {
        if let Some(field) = self.field.get_untracked() {
            field.set_value(text);
        }
    }
}
