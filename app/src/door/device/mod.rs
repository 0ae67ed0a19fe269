//! This browser as a device at the door: it writes every scan down before it
//! asks, goes on alone when nobody answers, and hands in what waits as soon as
//! somebody does.

mod acts;
mod camera;
mod figures;
mod look;
mod net;
mod pages;
mod person;
mod reader;
mod signal;
mod store;
mod sync;
mod walk_in;

use super::islands::{Deed, Door};
use super::local::{Local, clock, number};
use super::shown::Counts;
use super::wire::{Batch, Kept, Listed, Scan, WalkIn};
use crate::html::*;
use chrono::DateTime;
use gloo_timers::future::TimeoutFuture;
use js_sys::{Function, Reflect};
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use store::{CAME, CHOSEN, KEPT, LIST, QUEUE, Store};
use wasm_bindgen::{JsCast, JsValue};

/// The shortest and the longest time between two tries.
const TRY_AGAIN: (u32, u32) = (5_000, 60_000);

/// How old the list may grow while there is a network.
const FRESH: i64 = 120_000;

thread_local! {
    /// A page is one device.
    static DEVICE: RefCell<Device> = RefCell::default();
}

#[derive(Debug, Default)]
struct Device {
    store: Option<Store>,
    local: Local,
    /// Everybody by the folded name: never stored. None before a list came.
    people: Option<Vec<(String, Listed)>>,
    /// What no server has answered, oldest first.
    queue: Vec<Row>,
    /// Nonces whose answer is being waited for, and who may yet be let in.
    asking: HashSet<String>,
    /// How many have come, by session.
    counts: HashMap<i64, Counts>,
    offline: bool,
    /// How many answers in a row were trouble.
    errors: u8,
    /// A batch is on its way.
    busy: bool,
    /// How many scans went through at once lately, where all were too many.
    most: Option<usize>,
    /// A walk-in is being sent.
    walking_in: bool,
    /// Nonces that the server would not take, and until when they wait: others do
    /// not wait for them.
    stuck: HashMap<String, i64>,
    /// When the last list came.
    listed_at: i64,
    /// When the server last said how many have come.
    counted_at: i64,
    /// The walk-in about whom something was asked: sent again, it is meant.
    asked: Option<WalkIn>,
    /// Whom this device let in and the server would not have.
    conflicts: u32,
    /// The browser keeps nothing.
    unsaved: bool,
    revoked: bool,
    /// The server said so; what waits is still handed in.
    dismissed: bool,
    /// Somebody looked for a name while there are none.
    nameless: bool,
    /// The page was kept for being opened without a network.
    page_kept: bool,
}

/// A scan that waits, and its session.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Row {
    session: i64,
    scan: Scan,
    /// Let in by a code that the list does not have: counted by nobody before
    /// an organiser has looked.
    #[serde(default)]
    noted: bool,
}

fn with<T>(act: impl FnOnce(&mut Device) -> T) -> T {
    DEVICE.with_borrow_mut(act)
}

fn now() -> i64 {
    // Milliseconds are whole, and few enough for the next 280 000 years.
    js_sys::Date::now() as i64
}

/// A fresh nonce.
fn nonce() -> String {
    let mut bytes = [0; 16];
    let random = window().crypto();
    let random = random.and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes));
    if random.is_err() {
        // Two scans must differ even in a browser that is broken so.
        bytes.fill_with(|| (js_sys::Math::random() * 256.0) as u8);
    }
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Makes the page a device.
pub(super) fn start(door: Door) {
    // The answer to a form stands under an address of its own, which cannot be
    // opened again without a network.
    let path = window().location().pathname();
    if path.is_ok_and(|path| path != door.action("")) {
        let _ = stand_at(&door.action(""));
    }
    let navigator = window().navigator();
    // Without https there are no service workers; the rest works.
    if js_sys::Reflect::has(&navigator, &"serviceWorker".into()).unwrap_or(false) {
        let _ = navigator.service_worker().register("/door/sw.js");
    }
    let _ = window_event_listener_untyped("online", move |_| spawn_local(sync::catch_up(door)));
    // A phone that lay in a pocket shows old figures.
    let _ = window_event_listener_untyped("visibilitychange", move |_| {
        if !document().hidden() {
            with(|device| device.counted_at = 0);
            spawn_local(sync::catch_up(door));
        }
    });
    let _ = window_event_listener_untyped("offline", move |_| {
        with(|device| device.offline = true);
        show(door);
    });
    Store::persist();
    camera::look(door);
    with(|device| device.local.chosen = door.screen.read_untracked().chosen);
    if door.screen.read_untracked().answer.is_some() {
        look::to_answer();
    }
    spawn_local(async move {
        restore(door).await;
        keep_up(door).await;
    });
}

fn stand_at(address: &str) -> Result<(), JsValue> {
    let history = Reflect::get(&window(), &"history".into())?;
    let replace: Function = Reflect::get(&history, &"replaceState".into())?.dyn_into()?;
    replace
        .call3(&history, &JsValue::NULL, &"".into(), &address.into())
        .map(drop)
}

/// Does what somebody does.
pub(super) fn act(door: Door, deed: Deed) {
    match deed {
        Deed::Enter => acts::enter(door),
        Deed::LookFor(typed) => acts::look_for(door, typed),
        Deed::CheckIn(code) => acts::check_in(door, &code),
        Deed::Undo(code) => acts::undo(door, code),
        Deed::Camera => camera::switch(door),
        Deed::WalkIn(event) => walk_in::walk_in(door, &event),
        Deed::Colleague(code, event) => person::colleague(door, code, &event),
        Deed::Consent(code, event) => person::consent(door, code, &event),
        Deed::Session(id) => person::session(door, &id),
        Deed::Unfold(event) => look::unfold(&event),
    }
}

/// Takes up what was left when the page was closed.
async fn restore(door: Door) {
    let Some(store) = Store::open(&door.slug()).await else {
        with(|device| device.unsaved = true);
        return show(door);
    };
    let stored = store.all(KEPT).await;
    let read = |wanted: &str| {
        let found = stored.iter().find(|(name, _)| name == wanted);
        found.map(|(_, json)| json.as_str())
    };
    let kept: Option<Kept> = read(LIST).and_then(|json| serde_json::from_str(json).ok());
    let kept = kept.filter(|kept| kept.until > now() + kept.ahead);
    let chosen = read(CHOSEN).and_then(|json| serde_json::from_str(json).ok());
    if kept.is_none() {
        store.clear(KEPT).await;
        store.clear(CAME).await;
    }
    let came = store.all(CAME).await.into_iter().filter_map(|(at, ms)| {
        let (session, id) = at.split_once(' ')?;
        Some(((session.parse().ok()?, id.to_owned()), ms.parse().ok()?))
    });
    let came: Vec<_> = came.collect();
    let rows = store.all(QUEUE).await;
    let mut rows: Vec<Row> = rows
        .iter()
        .filter_map(|(_, row)| serde_json::from_str(row).ok())
        .collect();
    rows.sort_by_key(|row| row.scan.at);
    let (shown, counts, as_of) = {
        let screen = door.screen.read_untracked();
        (screen.session, screen.counts, screen.as_of)
    };
    let early = with(|device| {
        device.local.came.extend(came);
        if device.local.kept.is_none() {
            device.local.kept = kept;
        }
        device.local.chosen = device.local.chosen.or(chosen);
        device.store = Some(store.clone());
        let early = device.queue.iter().map(|row| row.scan.nonce.clone());
        let early: Vec<_> = early.collect();
        rows.append(&mut device.queue);
        device.queue = rows;
        // A page that was kept is older than the list, one of just now newer.
        let listed = device.local.kept.as_ref().map_or(0, |kept| kept.as_of);
        if as_of > listed && !device.counts.contains_key(&shown) {
            device.count_from(shown, counts);
        }
        device.count_kept();
        early
    });
    // What was scanned before the store was open.
    for nonce in early {
        // As it stands by now; answered in the meantime, it is gone.
        let row = with(|device| {
            let mut rows = device.queue.iter();
            rows.find(|row| row.scan.nonce == nonce).cloned()
        });
        if let Some(row) = row {
            save(&row, None).await;
        }
    }
    show(door);
}

/// Tries again and again, less often while it fails.
async fn keep_up(door: Door) {
    let (shortest, longest) = TRY_AGAIN;
    let mut wait = shortest;
    loop {
        wait = if sync::round(door).await {
            shortest
        } else {
            (wait * 2).min(longest)
        };
        TimeoutFuture::new(wait).await;
    }
}

/// Writes a scan to the disk, and with it who came by it: the key and since when.
async fn save(row: &Row, came: Option<(String, String)>) {
    let store = with(|device| device.store.clone());
    let written = match (store, serde_json::to_string(row)) {
        (Some(store), Ok(json)) => {
            let mut all = vec![(QUEUE, row.scan.nonce.as_str(), json.as_str())];
            all.extend(
                came.iter()
                    .map(|(key, at)| (CAME, key.as_str(), at.as_str())),
            );
            store.put_all(&all).await
        }
        // Not open yet: it is written once it is.
        _ => return,
    };
    if !written {
        with(|device| device.unsaved = true);
    }
}

impl Device {
    /// The next rows to hand in, of one session, at most so many: whose answer
    /// is being waited for goes its own way.
    fn next_batch(&self, most: usize) -> Option<Batch> {
        let now = now();
        let stuck = |nonce: &String| self.stuck.get(nonce).is_some_and(|until| now < *until);
        let mut rows = self
            .queue
            .iter()
            .map(|row| (&row.scan.nonce, row))
            .filter(|(nonce, _)| !self.asking.contains(*nonce) && !stuck(nonce))
            .map(|(_, row)| row)
            .peekable();
        let session = rows.peek()?.session;
        let scans: Vec<Scan> = rows
            .filter(|row| row.session == session)
            .take(most)
            .map(|row| row.scan.clone())
            .collect();
        Some(self.batch(session, scans))
    }

    fn batch(&self, session: i64, scans: Vec<Scan>) -> Batch {
        let waiting = self.queue.len().saturating_sub(scans.len());
        Batch {
            session,
            device_now: now(),
            waiting: u32::try_from(waiting).unwrap_or(u32::MAX),
            scans,
        }
    }

    fn waiting(&self) -> u32 {
        let rows = self.queue.iter();
        let rows = rows.filter(|row| !self.asking.contains(&row.scan.nonce));
        u32::try_from(rows.count()).unwrap_or(u32::MAX)
    }
}

/// The session that people are checked in to now: the list knows the hours of
/// all; without one it is that of the page.
fn session_now(door: Door) -> i64 {
    let known = with(|device| device.local.session(now()));
    known.unwrap_or_else(|| door.screen.read_untracked().session)
}

/// Brings the screen in line with how the device stands.
fn show(door: Door) {
    let words = door.words.read_value().alone.clone();
    let session = session_now(door);
    let (line, notes, count, chosen) = with(|device| {
        let waiting = device.waiting();
        let said = number(waiting, &words.group);
        let mut line = Vec::new();
        if device.offline {
            line.push(words.offline.replace("{waiting}", &said));
        } else if waiting > 0 {
            line.push(words.waiting.replace("{waiting}", &said));
        }
        if let Some(kept) = &device.local.kept
            && let Some(at) = DateTime::from_timestamp_millis(kept.as_of)
        {
            let people = number(kept.expected, &words.group);
            let ready = words.ready.replace("{people}", &people);
            line.push(ready.replace("{at}", &clock(at)));
        }
        let mut notes = Vec::new();
        if device.unsaved {
            notes.push(words.not_stored.clone());
        }
        if device.nameless && device.offline {
            notes.push(words.names_later.clone());
        }
        if device.conflicts > 0 {
            let count = number(device.conflicts, &words.group);
            notes.push(words.conflicts.replace("{count}", &count));
        }
        let count = device.counts.get(&session).map(|counts| {
            let group = &words.group;
            format!(
                "{} / {}",
                number(counts.arrived, group),
                number(counts.expected, group)
            )
        });
        (line.join(" · "), notes, count, device.local.chosen)
    });
    let shown = door.screen.read_untracked();
    let moved = (shown.session, shown.chosen) != (session, chosen);
    drop(shown);
    if moved {
        door.screen.update(|screen| {
            screen.session = session;
            screen.chosen = chosen;
        });
    }
    // Without a list nobody knows by how much the clock here is wrong.
    if with(|device| device.local.kept.is_some()) {
        let at = with(|device| device.local.our_clock(now()));
        door.clock.set(at);
    }
    if *door.line.read_untracked() != line {
        door.line.set(line);
    }
    if *door.notes.read_untracked() != notes {
        door.notes.set(notes);
    }
    if let Some(count) = count
        && door.screen.read_untracked().count != count
    {
        door.screen.update(|screen| screen.count = count);
    }
}
