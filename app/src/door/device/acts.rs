//! What somebody at the door does.

use super::net::{Lost, PATIENCE, post};
use super::store::{CAME, QUEUE};
use super::sync::{hand_in, lost, settle, well};
use super::{Row, look, nonce, now, save, session_now, show, signal, walk_in, with};
use crate::door::islands::Door;
use crate::door::local::{answer, clock, code_in, unknown};
use crate::door::shown::{Answer, Found, Screen, Tone};
use crate::door::wire::{Answered, Answers, Listed, Scan, Search, TakeBack, What};
use crate::html::*;
use chrono::DateTime;
use domain::{CheckinOutcome, SealKey, TicketCode, fold};
use gloo_timers::future::TimeoutFuture;
use leptos::task::spawn_local;

/// How long a pause in typing is before people are looked for.
const PAUSE: u32 = 150;

/// The most people shown at once.
const MOST_FOUND: usize = 20;

/// Checks in by the code in the field, or looks for what stands there. The
/// field is free at once: a scanner does not wait for the answer.
pub(super) fn enter(door: Door) {
    let typed = door.typed();
    match code_in(&typed) {
        Some(code) => {
            door.write("");
            scan(door, code, Some(typed));
        }
        None => look_now(door, typed),
    }
}

/// Looks at once for what was sent. What is neither a code nor anybody's name
/// is answered as an unknown code is: whoever scans does not look at the screen.
/// The next scan writes over it.
fn look_now(door: Door, typed: String) {
    let turn = door.next_turn();
    if typed.trim().is_empty() {
        return door.screen.update(|screen| screen.found = None);
    }
    door.select();
    spawn_local(async move {
        let found = find(door, &typed).await;
        if found.as_ref().is_none_or(Vec::is_empty) {
            let words = door.words.read_value().alone.clone();
            let help = found.is_none().then_some(words.names_later.as_str());
            return present(door, turn, unknown(&words, help), None);
        }
        if door.is_turn(turn) {
            door.screen.update(|screen| {
                screen.found = found;
                screen.answer = None;
            });
            look::to_answer();
        }
    });
}

/// Checks in by what the camera saw; a picture of something else is nothing.
pub(super) fn seen(door: Door, text: &str) {
    if let Some(code) = code_in(text) {
        scan(door, code, None);
    }
}

/// Checks in by the code of a person shown.
pub(super) fn check_in(door: Door, code: &str) {
    if let Some(code) = TicketCode::parse(code) {
        walk_in::was_registered();
        scan(door, code, None);
    }
}

/// Looks for people once the typing pauses.
pub(super) fn look_for(door: Door, typed: String) {
    let turn = door.next_turn();
    if typed.trim().chars().count() < 2 {
        return door.screen.update(|screen| screen.found = None);
    }
    let seen = door.screen.read_untracked().nonce.clone();
    spawn_local(async move {
        TimeoutFuture::new(PAUSE).await;
        if !door.is_turn(turn) {
            return;
        }
        let found = find(door, &typed).await;
        if door.is_turn(turn) {
            // In place of the answer, unless that one came since.
            door.screen.update(|screen| {
                screen.found = found;
                if screen.nonce == seen {
                    screen.answer = None;
                }
            });
        }
    });
}

async fn find(door: Door, typed: &str) -> Option<Vec<Found>> {
    if with(|device| !device.offline) {
        let search = Search {
            q: typed.to_owned(),
            chosen: door.screen.read_untracked().chosen,
        };
        match post(&door.action("/find"), &search, PATIENCE).await {
            Ok(found) => {
                well(door);
                return Some(found);
            }
            Err(why) => lost(door, why).await,
        }
    }
    let found = find_here(session_now(door), typed);
    with(|device| device.nameless = found.is_none());
    show(door);
    found
}

/// People whose name is in memory; none when no names are.
fn find_here(session: i64, typed: &str) -> Option<Vec<Found>> {
    let wanted = fold(typed);
    known_here(session, |folded, _| folded.contains(&wanted))
}

/// People in memory, by the folded name and what is shown of them; none when
/// nobody is.
pub(super) fn known_here(
    session: i64,
    wanted: impl Fn(&str, &Found) -> bool,
) -> Option<Vec<Found>> {
    with(|device| {
        let people = device.people.as_ref()?.iter();
        let found = people.filter(|(folded, person)| wanted(folded, &person.found));
        let shown = found.map(|(_, Listed { found, came })| {
            let since = came.iter().find(|(of, _)| *of == session);
            Found {
                since: since.map(|(_, since)| since.clone()),
                ..found.clone()
            }
        });
        Some(shown.take(MOST_FOUND).collect())
    })
}

/// Writes the scan down, then asks; decides alone when nobody answers.
fn scan(door: Door, code: TicketCode, typed: Option<String>) {
    if with(|device| device.revoked) {
        return;
    }
    let turn = door.next_turn();
    spawn_local(async move {
        let row = note(door, What::Code(code.as_str().to_owned()), false).await;
        let asked = ask(door, &row).await;
        with(|device| device.asking.remove(&row.scan.nonce));
        match asked {
            Some(answered) => {
                let unknown = answered.reason.as_deref() == Some("unknown");
                let named = match typed.filter(|_| unknown) {
                    Some(typed) => find(door, &typed).await,
                    None => None,
                };
                present(door, turn, answered.answer, named);
                if answered.outcome != "refused" {
                    remember(row.session, &code).await;
                }
            }
            None if with(|device| device.revoked) => {}
            None => decide(door, turn, row, &code, typed).await,
        }
        show(door);
    });
}

/// A scan in the queue: on the disk before anything else is done.
pub(super) async fn note(door: Door, what: What, let_in: bool) -> Row {
    let row = Row {
        session: session_now(door),
        scan: Scan {
            nonce: nonce(),
            at: now(),
            let_in,
            what,
        },
        noted: false,
    };
    with(|device| {
        device.asking.insert(row.scan.nonce.clone());
        device.queue.push(row.clone());
    });
    save(&row, None).await;
    row
}

/// The server's answer to a scan; none when it does not come in time.
pub(super) async fn ask(door: Door, row: &Row) -> Option<Answered> {
    if with(|device| device.offline) {
        return None;
    }
    let batch = with(|device| device.batch(row.session, vec![row.scan.clone()]));
    match post::<Answers>(&door.action("/sync"), &batch, PATIENCE).await {
        Ok(answers) => {
            well(door);
            settle(&batch, &answers).await;
            if with(|device| device.dismissed) {
                hand_in(door).await;
            }
            answers.answers.into_iter().next()
        }
        Err(why) => {
            lost(door, why).await;
            None
        }
    }
}

async fn decide(door: Door, turn: u32, row: Row, code: &TicketCode, typed: Option<String>) {
    let words = door.words.read_value().alone.clone();
    let verdict = with(|device| device.local.decide(row.session, code, now()));
    let unknown = verdict.person.is_none();
    // Some names look like a code.
    if unknown
        && let Some(found) = typed.and_then(|typed| find_here(row.session, &typed))
        && !found.is_empty()
    {
        forget(&row).await;
        return door.screen.update(|screen| screen.found = Some(found));
    }
    let hours = door.hours(row.session);
    let said = with(|device| {
        let kept = device.local.kept.as_ref();
        answer(&words, &verdict, kept, code, &hours)
    });
    if verdict.lets_in() {
        // Whoever reads the answer walks in: it is on the disk before.
        let_in(&row, !unknown, verdict.id.clone()).await;
    }
    present(door, turn, said, None);
    if verdict.lets_in() {
        mark(row.session, code, &words.in_since);
    } else if matches!(verdict.outcome, CheckinOutcome::Refused(_)) {
        // Nobody went in: there is nothing to hand in.
        forget(&row).await;
    }
}

/// Writes down that the device let somebody in by itself, and at once that who
/// has this place on the list is in: were one without the other on the disk, or
/// the code scanned again in the meantime, one person would be let in twice.
pub(super) async fn let_in(row: &Row, counts_one: bool, place: Option<String>) {
    let unlisted = place.is_none();
    let noted = with(|device| {
        let at = device.local.our_clock(now());
        let came = place.map(|id| {
            let key = format!("{} {id}", row.session);
            let first = device.local.came.entry((row.session, id)).or_insert(at);
            (key, first.to_string())
        });
        let mut rows = device.queue.iter_mut();
        let waits = rows.find(|waits| waits.scan.nonce == row.scan.nonce)?;
        waits.scan.let_in = true;
        waits.noted = unlisted && matches!(waits.scan.what, What::Code(_));
        let row = waits.clone();
        if let Some(counts) = device.counts.get_mut(&row.session) {
            counts.arrived += u32::from(counts_one);
        }
        Some((row, came))
    });
    if let Some((row, came)) = noted {
        save(&row, came).await;
    }
}

pub(super) async fn forget(row: &Row) {
    let store = with(|device| {
        device
            .queue
            .retain(|waits| waits.scan.nonce != row.scan.nonce);
        device.store.clone()
    });
    if let Some(store) = store {
        let nonce = std::slice::from_ref(&row.scan.nonce);
        store.remove(QUEUE, nonce).await;
    }
}

/// Somebody whom the server has let in is in for this device too, should it be
/// alone the next time.
async fn remember(session: i64, code: &TicketCode) {
    // The answer is painted first: making the key takes a moment.
    TimeoutFuture::new(0).await;
    if let Some(id) = place(code) {
        let at = with(|device| device.local.our_clock(now()));
        came(session, id, at).await;
    }
}

fn place(code: &TicketCode) -> Option<String> {
    let salt = with(|device| device.local.kept.as_ref().map(|kept| kept.salt.clone()))?;
    SealKey::derive(code, &salt).map(|key| key.id().to_owned())
}

async fn came(session: i64, id: String, at: i64) {
    let at_key = format!("{session} {id}");
    let (store, first) = with(|device| {
        let first = *device.local.came.entry((session, id)).or_insert(at);
        (device.store.clone(), first)
    });
    if let Some(store) = store {
        store.put(CAME, &at_key, &first.to_string()).await;
    }
}

/// Whoever is found by name from now on is in.
fn mark(session: i64, code: &TicketCode, in_since: &str) {
    let at = with(|device| device.local.our_clock(now()));
    let Some(at) = DateTime::from_timestamp_millis(at).map(clock) else {
        return;
    };
    let since = in_since.replace("{at}", &at);
    with(|device| {
        let people = device.people.iter_mut().flatten();
        for (_, person) in people.filter(|(_, person)| person.found.code == code.as_str()) {
            person.came.retain(|(of, _)| *of != session);
            person.came.push((session, since.clone()));
        }
    });
}

/// Shows an answer, and makes the field ready for the next person. The answer
/// is due even when the next person is being looked for already. People found
/// go before it: what was typed was a name.
pub(super) fn present(door: Door, turn: u32, answer: Answer, named: Option<Vec<Found>>) {
    let named = named.filter(|found| !found.is_empty());
    if named.is_none() {
        signal::give(answer.tone);
    }
    let newest = door.is_turn(turn);
    door.screen.update(|screen| {
        screen.nonce = nonce();
        screen.answer = named.is_none().then_some(answer);
        if newest {
            screen.found = named;
        }
    });
    if newest && let Some(field) = door.field.get_untracked() {
        look::focus(&field);
    }
    look::to_answer();
}

/// Takes a check-in back, which needs the server.
pub(super) fn undo(door: Door, code: String) {
    let turn = door.next_turn();
    let words = door.words.read_value().alone.clone();
    spawn_local(async move {
        hand_in(door).await;
        let wanted = TakeBack {
            session: session_now(door),
            code: code.clone(),
        };
        match post::<Screen>(&door.action("/take-back"), &wanted, PATIENCE).await {
            Ok(screen) => {
                well(door);
                let id = TicketCode::parse(&code).and_then(|code| place(&code));
                if let Some(id) = id {
                    gone(wanted.session, id).await;
                }
                with(|device| device.listed_at = 0);
                with(|device| device.count_from(wanted.session, screen.counts));
                present(door, turn, screen.answer.unwrap_or_default(), None);
                show(door);
            }
            Err(Lost::Away | Lost::Late | Lost::Broken | Lost::Failed) => {
                let said = Answer {
                    tone: Tone::Wait,
                    word: words.undo_later,
                    ..Answer::default()
                };
                present(door, turn, said, None);
                lost(door, Lost::Away).await;
            }
            Err(why) => lost(door, why).await,
        }
    });
}

async fn gone(session: i64, id: String) {
    let at_key = format!("{session} {id}");
    let store = with(|device| {
        device.local.came.remove(&(session, id));
        device.counts.remove(&session);
        device.store.clone()
    });
    if let Some(store) = store {
        store.remove(CAME, &[at_key]).await;
    }
}
