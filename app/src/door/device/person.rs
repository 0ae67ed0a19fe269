//! What is done about somebody whose code was shown: a colleague who came
//! instead, what the person agrees to; and the session that staff choose.

use super::acts::{ask, forget, let_in, note, present};
use super::store::{CHOSEN, KEPT};
use super::{Row, now, show, with};
use crate::door::islands::Door;
use crate::door::shown::{Answer, Tone};
use crate::door::wire::What;
use crate::html::*;
use domain::{
    ChosenSession, Coded, Consents, ListedPerson, Problems, Purpose, SealKey, TicketCode,
    WalkInForm,
};
use leptos::ev::SubmitEvent;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlFormElement};

/// Lets a colleague in instead of the holder of a code.
pub(super) fn colleague(door: Door, code: String, event: &SubmitEvent) {
    let name = typed(event).map(|form| field(&form, "colleague"));
    let Some(full_name) = name.filter(|name| is_name(name)) else {
        return;
    };
    let turn = door.next_turn();
    spawn_local(async move {
        let what = What::Colleague {
            code: code.clone(),
            full_name: full_name.clone(),
        };
        let row = note(door, what, false).await;
        let asked = ask(door, &row).await;
        with(|device| device.asking.remove(&row.scan.nonce));
        match asked {
            Some(answered) => {
                if answered.outcome != "refused" {
                    forget_holder(&row, &code).await;
                }
                present(door, turn, answered.answer, None);
            }
            None if with(|device| device.revoked) => {}
            None => {
                let_in(&row, false, None).await;
                forget_holder(&row, &code).await;
                present(door, turn, noted(door, &code, full_name), None);
            }
        }
        show(door);
    });
}

/// The holder did not come: the scan of the code is not handed in where it
/// still waits.
async fn forget_holder(row: &Row, code: &str) {
    let waits: Vec<Row> = with(|device| {
        let same = |other: &&Row| {
            let scanned = matches!(&other.scan.what, What::Code(scanned) if scanned == code);
            scanned && other.session == row.session && !device.asking.contains(&other.scan.nonce)
        };
        device.queue.iter().filter(same).cloned().collect()
    });
    for row in waits {
        forget(&row).await;
    }
}

fn noted(door: Door, code: &str, name: String) -> Answer {
    let words = door.words.read_value().alone.clone();
    let about = listed(code).map(|person| person.establishment);
    Answer {
        tone: Tone::Ok,
        word: words.admitted,
        name,
        lines: about.into_iter().chain([words.walk_in_noted]).collect(),
        ..Answer::default()
    }
}

/// Who has a code on the list of this device.
fn listed(code: &str) -> Option<ListedPerson> {
    let code = TicketCode::parse(code)?;
    with(|device| {
        let kept = device.local.kept.as_ref()?;
        let key = SealKey::derive(&code, &kept.salt)?;
        let found = kept.sealed.iter().find(|person| person.id == key.id())?;
        key.open(&found.sealed)
    })
}

/// A name that the server would take.
fn is_name(typed: &str) -> bool {
    let form = WalkInForm {
        full_name: typed.to_owned(),
        ..WalkInForm::default()
    };
    let named = |problems: Problems| {
        problems
            .0
            .iter()
            .all(|problem| problem.field != "full_name")
    };
    form.check().map_or_else(named, |_| true)
}

/// Writes down what the holder of a code agrees to.
pub(super) fn consent(door: Door, code: String, event: &SubmitEvent) {
    let Some(form) = typed(event) else {
        return;
    };
    let mut wanted = Consents::default();
    for purpose in Purpose::ALL {
        let name = format!("consent_{}", purpose.code());
        wanted.set(*purpose, field(&form, &name) == "on");
    }
    let turn = door.next_turn();
    spawn_local(async move {
        let of = code.clone();
        let row = note(door, What::Consent { code, wanted }, false).await;
        let asked = ask(door, &row).await;
        with(|device| device.asking.remove(&row.scan.nonce));
        let words = door.words.read_value().alone.clone();
        match asked {
            Some(answered) => present(door, turn, answered.answer, None),
            None if with(|device| device.revoked) => {}
            None => {
                let person = listed(&of);
                let said = Answer {
                    tone: Tone::Ok,
                    word: words.consent_done,
                    name: person.map_or_else(String::new, |person| person.full_name),
                    lines: vec![words.walk_in_noted],
                    ..Answer::default()
                };
                present(door, turn, said, None);
            }
        }
        show(door);
    });
}

/// Chooses a session, for as long as the one stands that it is chosen instead
/// of.
pub(super) fn session(door: Door, typed: &str) {
    let Ok(session) = typed.parse::<i64>() else {
        return;
    };
    let (store, chosen) = with(|device| {
        let stands = device.local.stands(now());
        let stands = stands.unwrap_or_else(|| door.screen.read_untracked().session);
        let chosen = (session != stands).then_some(ChosenSession {
            session,
            instead_of: stands,
        });
        device.local.chosen = chosen;
        (device.store.clone(), chosen)
    });
    door.screen.update(|screen| {
        screen.session = session;
        screen.chosen = chosen;
        screen.found = None;
        screen.answer = None;
    });
    show(door);
    spawn_local(async move {
        let Some(store) = store else {
            return;
        };
        match serde_json::to_string(&chosen) {
            Ok(json) if chosen.is_some() => drop(store.put(KEPT, CHOSEN, &json).await),
            _ => store.remove(KEPT, &[CHOSEN.to_owned()]).await,
        }
    });
}

fn typed(event: &SubmitEvent) -> Option<FormData> {
    let form = event.target()?.dyn_into::<HtmlFormElement>().ok()?;
    FormData::new_with_form(&form).ok()
}

fn field(form: &FormData, name: &str) -> String {
    form.get(name).as_string().unwrap_or_default()
}
