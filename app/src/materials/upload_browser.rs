//! The browser half of sending files: a request for each, one after the other.

use super::shown::{UploadAnswer, UploadEnds};
use super::upload_island::{Board, Sent};
use crate::html::*;
use futures::channel::oneshot;
use js_sys::Reflect;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use web_sys::{
    File, FormData, HtmlFormElement, HtmlInputElement, ProgressEvent, SubmitEvent, XmlHttpRequest,
};

/// Asks whoever closes the page while something is being sent.
pub(super) fn ask_before_leaving(board: Board) {
    let _ = window_event_listener_untyped("beforeunload", move |event| {
        if is_under_way(board) {
            event.prevent_default();
            // Older browsers ask only then.
            let _ = Reflect::set(&event, &"returnValue".into(), &true.into());
        }
    });
}

/// Once everything was taken the page is left, and nothing is asked.
fn is_under_way(board: Board) -> bool {
    let open = |file: &Sent| file.answer.with_untracked(Option::is_none);
    board.busy.get_untracked() && board.files.with_untracked(|files| files.iter().any(open))
}

/// Takes over the sending of a form that has files.
pub(super) fn send(event: SubmitEvent, board: Board, ends: UploadEnds, broken: String) {
    // Who presses twice means it once.
    if board.busy.get_untracked() {
        event.prevent_default();
        return;
    }
    let form = event.target();
    let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) else {
        return;
    };
    let chosen = chosen(&form);
    // Without a file the server says what is missing.
    if chosen.is_empty() {
        return;
    }
    event.prevent_default();
    board.busy.set(true);
    board.ended.set(false);
    hold(&form, true);
    let sent: Vec<Sent> = chosen
        .iter()
        .map(|file| Sent {
            name: StoredValue::new(file.name()),
            percent: RwSignal::new(None),
            answer: RwSignal::new(None),
        })
        .collect();
    board.files.set(sent.clone());
    spawn_local(async move {
        let (mut new, mut known, mut over) = (0, 0, false);
        for (file, shown) in chosen.iter().zip(&sent) {
            shown.percent.set(Some(0));
            let answer = one(&form, file, shown.percent).await;
            let answer = answer.unwrap_or_else(|| UploadAnswer {
                problems: vec![broken.clone()],
                ..UploadAnswer::default()
            });
            if answer.is_taken() {
                shown.percent.set(Some(100));
                if answer.known {
                    known += 1;
                } else {
                    new += 1;
                }
            }
            over = answer.over;
            shown.answer.set(Some(answer));
            if over {
                break;
            }
        }
        if new + known == sent.len()
            && let Some(window) = web_sys::window()
        {
            // A browser that shows this page again from its memory can send again;
            // what is sent twice is taken once.
            hold(&form, false);
            board.busy.set(false);
            let _ = window.location().set_href(ends.after(new, known));
            return;
        }
        // What was taken need not be sent again.
        if !over && let Some(input) = input(&form) {
            input.set_value("");
        }
        hold(&form, false);
        board.busy.set(false);
        board.ended.set(true);
    });
}

/// Greys the button out while files are on their way; the focus stays on it.
fn hold(form: &HtmlFormElement, busy: bool) {
    let Ok(Some(button)) = form.query_selector("button[type=submit]") else {
        return;
    };
    let _ = if busy {
        button.set_attribute("aria-disabled", "true")
    } else {
        button.remove_attribute("aria-disabled")
    };
}

fn input(form: &HtmlFormElement) -> Option<HtmlInputElement> {
    let found = form.query_selector("input[type=file]").ok()??;
    found.dyn_into().ok()
}

fn chosen(form: &HtmlFormElement) -> Vec<File> {
    let list = input(form).and_then(|input| input.files());
    let Some(list) = list else {
        return Vec::new();
    };
    (0..list.length()).filter_map(|at| list.get(at)).collect()
}

/// Sends one file with what else the form says; what the server says of it, or
/// none when there is no answer.
async fn one(
    form: &HtmlFormElement,
    file: &File,
    percent: RwSignal<Option<u32>>,
) -> Option<UploadAnswer> {
    let fields = FormData::new_with_form(form).ok()?;
    fields.delete("file");
    fields
        .append_with_blob_and_filename("file", file, &file.name())
        .ok()?;
    let request = XmlHttpRequest::new().ok()?;
    request.open("POST", &form.action()).ok()?;
    request
        .set_request_header("Accept", "application/json")
        .ok()?;
    let (tell, told) = oneshot::channel();
    let ended = Closure::once(move |_: JsValue| {
        let _ = tell.send(());
    });
    let progress = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
        if event.total() > 0.0 {
            let share = (event.loaded() / event.total() * 100.0).round() as u32;
            percent.set(Some(share.min(100)));
        }
    });
    request.set_onloadend(Some(ended.as_ref().unchecked_ref()));
    if let Ok(upload) = request.upload() {
        upload.set_onprogress(Some(progress.as_ref().unchecked_ref()));
    }
    request.send_with_opt_form_data(Some(&fields)).ok()?;
    told.await.ok()?;
    let text = request.response_text().ok()??;
    serde_json::from_str(&text).ok()
}
