//! Handing in what waits, and bringing the list up to date.

use super::net::{LONG, Lost, get, post};
use super::store::{CAME, KEPT, QUEUE};
use super::{Device, FRESH, Row, now, show, with};
use crate::door::islands::Door;
use crate::door::wire::{Answers, Batch, Counts, Kept, Pack};
use domain::fold;
use leptos::prelude::*;
use std::collections::HashMap;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// The reason that a revoked device is given for every scan.
const REVOKED: &str = "revoked";

/// Where the service worker looks for pages.
const PAGES: &str = "door-pages";

/// The network is said to be back.
pub(super) async fn catch_up(door: Door) {
    round(door).await;
}

/// Whether all is well: nothing waits, and the list is fresh.
pub(super) async fn round(door: Door) -> bool {
    if with(|device| device.revoked) {
        return true;
    }
    let well = hand_in(door).await && refresh(door).await;
    show(door);
    well
}

/// Hands in what waits, unless that is under way.
pub(super) async fn hand_in(door: Door) -> bool {
    if with(|device| std::mem::replace(&mut device.busy, true)) {
        return true;
    }
    let well = hand_in_all(door).await;
    with(|device| device.busy = false);
    show(door);
    well
}

async fn hand_in_all(door: Door) -> bool {
    while let Some(batch) = with(|device| device.next_batch()) {
        match post::<Answers>(&door.action("/sync"), &batch, LONG).await {
            Ok(answers) => {
                if settle(&batch, &answers).await == 0 {
                    return false;
                }
                // The next list says it too, and after this one.
                with(|device| device.listed_at = 0);
                well(door);
            }
            Err(why) => {
                lost(door, why).await;
                return false;
            }
        }
    }
    // What it met was heard; nothing stays.
    if with(|device| device.dismissed) {
        lost(door, Lost::Revoked).await;
        return false;
    }
    true
}

/// Forgets the scans that were answered as they stand. One that was let in
/// while its answer was on the way is handed in again, to say so.
pub(super) async fn settle(batch: &Batch, answers: &Answers) -> usize {
    let sent: HashMap<&str, bool> = batch
        .scans
        .iter()
        .map(|scan| (scan.nonce.as_str(), scan.let_in))
        .collect();
    let answered = answers.answers.iter().map(|answered| &answered.nonce);
    let (store, done) = with(|device| {
        let as_sent = |row: &Row| sent.get(row.scan.nonce.as_str()) == Some(&row.scan.let_in);
        let done: Vec<String> = answered
            .filter(|nonce| {
                let mut rows = device.queue.iter();
                rows.any(|row| row.scan.nonce == **nonce && as_sent(row))
            })
            .cloned()
            .collect();
        device.queue.retain(|row| !done.contains(&row.scan.nonce));
        let conflicts = answers.answers.iter().filter(|answered| answered.conflict);
        device.dismissed |= answers
            .answers
            .iter()
            .any(|answered| answered.reason.as_deref() == Some(REVOKED));
        device.conflicts += u32::try_from(conflicts.count()).unwrap_or(u32::MAX);
        if let Some(counts) = answers.counts {
            device.count_from(counts);
        }
        (device.store.clone(), done)
    });
    if let Some(store) = store {
        store.remove(QUEUE, &done).await;
    }
    done.len()
}

/// Brings the list up to date when it is old, or when the device was alone.
async fn refresh(door: Door) -> bool {
    let fresh = with(|device| !device.offline && now() - device.listed_at < FRESH);
    if fresh {
        return true;
    }
    match get::<Pack>(&door.action("/list")).await {
        Ok(pack) => {
            well(door);
            let first = with(|device| device.people.is_none());
            keep(door, pack).await;
            if first {
                keep_page(door).await;
            }
            true
        }
        // What waits may still be handed in.
        Err(Lost::Revoked) if with(|device| !device.queue.is_empty()) => {
            drop_list().await;
            false
        }
        Err(why) => {
            lost(door, why).await;
            false
        }
    }
}

async fn keep(door: Door, pack: Pack) {
    let Pack { kept, people } = pack;
    let session = kept.session;
    if door.screen.read_untracked().session != session {
        door.screen.update(|screen| screen.session = session);
    }
    let may_stay = kept.until > now();
    let json = serde_json::to_string(&kept);
    let store = with(|device| {
        device.listed_at = now();
        device.nameless = false;
        device.count_from(kept.counts);
        let folded = |person: crate::door::shown::Found| (fold(&person.name), person);
        device.people = Some(people.into_iter().map(folded).collect());
        device.local.came.retain(|(of, _), _| *of == session);
        device.local.kept = may_stay.then_some(kept);
        device.store.clone()
    });
    match (store, json) {
        (Some(store), Ok(json)) if may_stay => {
            store.put(KEPT, "list", &json).await;
        }
        (Some(store), _) => store.clear(KEPT).await,
        _ => {}
    }
}

/// Without https there is none.
fn caches() -> Option<web_sys::CacheStorage> {
    let there = js_sys::Reflect::has(&window(), &"caches".into());
    there.ok().filter(|there| *there)?;
    window().caches().ok()
}

/// The page as it is now, for being opened without a network: the first visit
/// comes before the service worker does.
async fn keep_page(door: Door) {
    let Some(caches) = caches() else {
        return;
    };
    if let Ok(cache) = JsFuture::from(caches.open(PAGES)).await
        && let Ok(cache) = cache.dyn_into::<web_sys::Cache>()
    {
        // Fails when the network goes just now: the next visit keeps it.
        let _ = JsFuture::from(cache.add_with_str(&door.action(""))).await;
    }
}

async fn drop_list() {
    let store = with(|device| {
        device.local = crate::door::local::Local::default();
        device.people = None;
        device.store.clone()
    });
    if let Some(store) = store {
        store.clear(KEPT).await;
        store.clear(CAME).await;
    }
}

/// The server answered.
pub(super) fn well(door: Door) {
    with(|device| {
        device.offline = false;
        device.errors = 0;
    });
    if door.failed.get_untracked() {
        door.failed.set(false);
        door.plain.set(false);
    }
}

/// The server did not answer, or not well.
pub(super) async fn lost(door: Door, why: Lost) {
    match why {
        Lost::Away => stand_alone(door),
        Lost::Broken => {
            let errors = with(|device| {
                device.errors = device.errors.saturating_add(1);
                device.errors
            });
            if errors >= 3 {
                stand_alone(door);
            }
        }
        Lost::Revoked => wipe(door).await,
        Lost::Refused => {
            door.failed.set(true);
            door.plain.set(true);
        }
    }
    show(door);
}

/// Goes on alone. A page that was opened without a network may be older than
/// the list.
fn stand_alone(door: Door) {
    let kept: Option<(i64, Counts)> = with(|device| {
        device.offline = true;
        let kept: &Kept = device.local.kept.as_ref()?;
        device
            .people
            .is_none()
            .then_some((kept.session, kept.counts))
    });
    if let Some((session, counts)) = kept {
        with(|device| {
            if device.counts.is_none() {
                device.count_from(counts);
            }
        });
        if door.screen.read_untracked().session != session {
            door.screen.update(|screen| screen.session = session);
        }
    }
}

/// Nothing stays on a device that may not check anybody in any more.
async fn wipe(door: Door) {
    let store = with(|device| {
        let store = device.store.take();
        *device = Device {
            revoked: true,
            store: store.clone(),
            ..Device::default()
        };
        store
    });
    if let Some(store) = store {
        store.wipe().await;
    }
    if let Some(caches) = caches() {
        let _ = JsFuture::from(caches.delete(PAGES)).await;
    }
    door.plain.set(true);
    door.screen.update(|screen| {
        screen.found = None;
        screen.answer = None;
    });
}

impl Device {
    /// What the server counts, and whom it does not know of.
    fn count_from(&mut self, counts: Counts) {
        self.counts = Some(Counts {
            arrived: counts.arrived.saturating_add(self.alone()),
            ..counts
        });
    }
}
