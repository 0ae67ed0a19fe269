//! Handing in what waits, and bringing the list up to date.

use super::figures::recount;
use super::net::{LONG, Lost, get, post};
use super::pages::{forget_page, keep_page};
use super::store::{CAME, KEPT, LIST, QUEUE};
use super::{Device, FRESH, Row, now, show, with};
use crate::door::islands::{Camera, Door};
use crate::door::wire::{Answers, Batch, Listed, Pack};
use crate::html::*;
use domain::{MOST_SCANS, fold};
use std::collections::{HashMap, HashSet};

/// The reason that a revoked device is given for every scan.
const REVOKED: &str = "revoked";

/// How long a scan waits that the server would not take.
const STUCK: i64 = 300_000;

/// So few scans are never too many for a network.
const FEW_SCANS: usize = 20;

/// After so many refusals in a row it is not about single scans: halving the
/// largest batch down to one takes ten.
const MOST_FAILED: u8 = 16;

/// The network is said to be back.
pub(super) async fn catch_up(door: Door) {
    round(door).await;
}

/// Whether all is well: nothing waits, and the list is fresh.
pub(super) async fn round(door: Door) -> bool {
    expire().await;
    if with(|device| device.revoked) {
        // What it met is heard all the same.
        return hand_in(door).await;
    }
    let well = hand_in(door).await && refresh(door).await && recount(door).await;
    show(door);
    well
}

/// Nothing of a workshop that is over stays, were the page left open.
async fn expire() {
    let over = with(|device| {
        let now = device.local.our_clock(now());
        let kept = device.local.kept.as_ref();
        kept.is_some_and(|kept| kept.until <= now)
    });
    if over {
        drop_list().await;
    }
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
    let mut most = with(|device| device.most).unwrap_or(MOST_SCANS);
    let mut failed = 0;
    while let Some(batch) = with(|device| device.next_batch(most)) {
        match post::<Answers>(&door.action("/sync"), &batch, LONG).await {
            Ok(answers) => {
                if settle(&batch, &answers).await == 0 {
                    return false;
                }
                // The next list says it too, and after this one.
                with(|device| device.listed_at = 0);
                well(door);
                (most, failed) = ((most * 2).min(MOST_SCANS), 0);
                with(|device| device.most = Some(most));
            }
            // What the server cannot take keeps nothing else back.
            Err(Lost::Refused | Lost::Failed) if failed < MOST_FAILED => {
                failed += 1;
                most = (batch.scans.len() / 2).max(1);
                if let [scan] = batch.scans.as_slice() {
                    with(|device| device.stick(|row| row.scan.nonce == scan.nonce));
                }
            }
            Err(Lost::Refused) => {
                (most, failed) = (MOST_SCANS, 0);
                with(|device| device.stick(|row| row.session == batch.session));
            }
            Err(why) => {
                if why == Lost::Late {
                    // Sent again as it is, it may be too much for this network again.
                    let fewer = (batch.scans.len() / 2).max(FEW_SCANS);
                    with(|device| device.most = Some(fewer));
                }
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
            device.count_from(batch.session, counts);
            device.counted_at = now();
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
            keep(pack).await;
            if with(|device| !std::mem::replace(&mut device.page_kept, true)) {
                keep_page(door).await;
            }
            true
        }
        Err(why) => {
            lost(door, why).await;
            false
        }
    }
}

async fn keep(pack: Pack) {
    let Pack {
        mut kept,
        people,
        came,
    } = pack;
    let gone = prune(came, kept.as_of);
    kept.ahead = kept.as_of - now();
    let may_stay = kept.until > kept.as_of;
    let json = serde_json::to_string(&kept);
    let store = with(|device| {
        device.listed_at = now();
        device.nameless = false;
        let folded = |person: Listed| (fold(&person.found.name), person);
        device.people = may_stay.then(|| people.into_iter().map(folded).collect());
        device.counts.clear();
        device.local.kept = may_stay.then_some(kept);
        device.count_kept();
        device.store.clone()
    });
    if let Some(store) = store.as_ref().filter(|_| !gone.is_empty()) {
        store.remove(CAME, &gone).await;
    }
    match (store, json) {
        (Some(store), Ok(json)) if may_stay => {
            store.put(KEPT, LIST, &json).await;
        }
        (Some(store), _) => store.clear(KEPT).await,
        _ => {}
    }
}

/// Forgets whom this device saw come before the list was read, when the list
/// says that they are not in: somebody took that back. What waits has not been
/// heard yet. Returns what is to go from the disk.
fn prune(came: Vec<(i64, String)>, as_of: i64) -> Vec<String> {
    let came: HashSet<(i64, String)> = came.into_iter().collect();
    with(|device| {
        if !device.queue.is_empty() {
            return Vec::new();
        }
        let known = &mut device.local.came;
        let stays = |key: &(i64, String), at: i64| at >= as_of || came.contains(key);
        let gone = known.iter().filter(|(key, at)| !stays(key, **at));
        let gone = gone.map(|((session, id), _)| format!("{session} {id}"));
        let gone = gone.collect();
        known.retain(|key, at| stays(key, *at));
        gone
    })
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
        Lost::Away | Lost::Late => stand_alone(),
        Lost::Broken | Lost::Failed => {
            let errors = with(|device| {
                device.errors = device.errors.saturating_add(1);
                device.errors
            });
            if errors >= 3 {
                stand_alone();
            }
        }
        Lost::SignIn => {
            stand_alone();
            door.failed.set(true);
        }
        Lost::Revoked => dismiss(door, false).await,
        Lost::Over => dismiss(door, true).await,
        Lost::Refused => {
            door.failed.set(true);
            door.plain.set(true);
        }
    }
    show(door);
}

/// Goes on alone.
fn stand_alone() {
    with(|device| device.offline = true);
}

/// No name and no list stays on a device that may not check anybody in any
/// more. What it met stays until a server has heard it, or is `over` and never
/// will.
async fn dismiss(door: Door, over: bool) {
    let (store, waits) = with(|device| {
        let before = std::mem::take(device);
        let queue = if over { Vec::new() } else { before.queue };
        let waits = !queue.is_empty();
        *device = Device {
            revoked: true,
            store: before.store.clone(),
            queue,
            busy: before.busy,
            conflicts: before.conflicts,
            offline: before.offline,
            ..Device::default()
        };
        (before.store, waits)
    });
    if let Some(store) = store {
        store.clear(KEPT).await;
        store.clear(CAME).await;
        if over {
            store.clear(QUEUE).await;
        }
    }
    // Opened again, the page hands in what waits.
    if !waits {
        forget_page(door).await;
    }
    door.plain.set(true);
    door.gone.set(true);
    door.camera.set(Camera::None);
    door.screen.update(|screen| {
        screen.found = None;
        screen.answer = None;
    });
}

impl Device {
    /// Lets scans wait that the server would not take.
    fn stick(&mut self, which: impl Fn(&Row) -> bool) {
        let until = now() + STUCK;
        let rows = self.queue.iter().filter(|row| which(row));
        let nonces = rows.map(|row| (row.scan.nonce.clone(), until));
        self.stuck.extend(nonces);
    }
}
