//! Sends the files of a form one after the other and shows how far each is.
//! Without it the form goes as a whole, which does the same.
#![allow(missing_docs, reason = "the macro makes structs of the properties")]

use super::shown::UploadWords;
use crate::html::*;

/// How far one file is.
#[derive(Clone, Copy)]
struct Sent {
    name: StoredValue<String>,
    /// In percent; none before its turn.
    percent: RwSignal<Option<u32>>,
    /// What is wrong with it, or nothing once it was taken.
    answer: RwSignal<Option<Vec<String>>>,
}

/// A form with a field named `file`, and the progress of what it sends. When
/// everything was taken the browser goes to `done`.
#[island]
pub fn UploadFiles(
    /// The words.
    words: UploadWords,
    /// Where to go when all is done.
    done: String,
    /// The form.
    children: Children,
) -> impl IntoView {
    let files = RwSignal::new(Vec::<Sent>::new());
    let ended = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    let sending = {
        let (done, broken) = (done.clone(), words.broken.clone());
        move |event| browser::send(event, files, ended, done.clone(), broken.clone())
    };
    #[cfg(not(feature = "hydrate"))]
    let sending = |_: leptos::ev::SubmitEvent| {};
    let shown = StoredValue::new(words);
    let look = done.split('?').next().unwrap_or_default().to_owned();
    let look = StoredValue::new(look);
    view! {
        <div on:submit=sending>{children()}</div>
        <div role="status">
            <Show when=move || !files.read().is_empty()>
                <h3>{move || shown.with_value(|words| words.title.clone())}</h3>
                <ul class="upload__list">
                    {move || files.get().into_iter().map(|file| row(shown, file)).collect::<Vec<_>>()}
                </ul>
            </Show>
            <Show when=move || ended.get()>
                <p><strong>{move || shown.with_value(|words| words.some.clone())}</strong></p>
                <p><a href=move || look.get_value()>{move || shown.with_value(|words| words.again.clone())}</a></p>
            </Show>
        </div>
    }
}

fn row(words: StoredValue<UploadWords>, file: Sent) -> impl IntoView {
    let state = move || match (file.answer.get(), file.percent.get()) {
        (Some(problems), _) if problems.is_empty() => words.with_value(|words| words.kept.clone()),
        (Some(_), _) => String::new(),
        (None, Some(percent)) => format!("{percent} %"),
        (None, None) => words.with_value(|words| words.waiting.clone()),
    };
    let problems = move || {
        let problems = file.answer.get().unwrap_or_default();
        let problems = problems.into_iter();
        problems
            .map(|problem| view! { <p class="problem">{problem}</p> })
            .collect::<Vec<_>>()
    };
    view! {
        <li>
            <span class="wrap-anywhere">{file.name.get_value()}</span>
            <span class="upload__state">{state}</span>
            <progress class="progress" max="100" aria-label=file.name.get_value()
                value=move || file.percent.get().unwrap_or(0)></progress>
            {problems}
        </li>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use super::Sent;
    use crate::html::*;
    use futures::channel::oneshot;
    use leptos::task::spawn_local;
    use wasm_bindgen::JsCast;
    use wasm_bindgen::prelude::{Closure, JsValue};
    use web_sys::{
        File, FormData, HtmlFormElement, HtmlInputElement, ProgressEvent, SubmitEvent,
        XmlHttpRequest,
    };

    /// Takes over the sending of a form that has files.
    pub(super) fn send(
        event: SubmitEvent,
        files: RwSignal<Vec<Sent>>,
        ended: RwSignal<bool>,
        done: String,
        broken: String,
    ) {
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
        ended.set(false);
        let sent: Vec<Sent> = chosen
            .iter()
            .map(|file| Sent {
                name: StoredValue::new(file.name()),
                percent: RwSignal::new(None),
                answer: RwSignal::new(None),
            })
            .collect();
        files.set(sent.clone());
        spawn_local(async move {
            let mut all_well = true;
            for (file, shown) in chosen.iter().zip(sent) {
                shown.percent.set(Some(0));
                let answer = one(&form, file, shown.percent).await;
                let problems = answer.unwrap_or_else(|| vec![broken.clone()]);
                all_well &= problems.is_empty();
                shown.answer.set(Some(problems));
            }
            if all_well && let Some(window) = web_sys::window() {
                let _ = window.location().set_href(&done);
            } else {
                // What was taken is not sent again.
                if let Some(input) = input(&form) {
                    input.set_value("");
                }
                ended.set(true);
            }
        });
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

    /// Sends one file with what else the form says; what the server says is
    /// wrong, or none when there is no answer.
    async fn one(
        form: &HtmlFormElement,
        file: &File,
        percent: RwSignal<Option<u32>>,
    ) -> Option<Vec<String>> {
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
}
