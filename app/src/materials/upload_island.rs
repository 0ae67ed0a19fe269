//! Sends the files of a form one after the other and shows how far each is.
//! Without it the form goes as a whole, which does the same.
#![allow(missing_docs, reason = "the macro makes structs of the properties")]

use super::shown::{UploadAnswer, UploadEnds, UploadWords};
use crate::html::*;

/// How far one file is.
#[derive(Clone, Copy)]
pub(super) struct Sent {
    pub(super) name: StoredValue<String>,
    /// In percent; none before its turn.
    pub(super) percent: RwSignal<Option<u32>>,
    /// What the server said of it.
    pub(super) answer: RwSignal<Option<UploadAnswer>>,
}

/// What is being sent.
#[derive(Clone, Copy)]
pub(super) struct Board {
    pub(super) files: RwSignal<Vec<Sent>>,
    /// Something is on its way, or the page is being left.
    pub(super) busy: RwSignal<bool>,
    /// All is over, and not everything was taken.
    pub(super) ended: RwSignal<bool>,
}

/// A form with a field named `file`, and the progress of what it sends. When
/// everything was taken the browser goes on.
#[island]
pub fn UploadFiles(
    /// The words.
    words: UploadWords,
    /// Where to go when all is done.
    ends: UploadEnds,
    /// The form.
    children: Children,
) -> impl IntoView {
    let board = Board {
        files: RwSignal::new(Vec::new()),
        busy: RwSignal::new(false),
        ended: RwSignal::new(false),
    };
    let page = StoredValue::new(ends.page.clone());
    #[cfg(feature = "hydrate")]
    let sending = {
        use super::upload_browser::{ask_before_leaving, send};
        ask_before_leaving(board);
        let broken = words.broken.clone();
        move |event| send(event, board, ends.clone(), broken.clone())
    };
    #[cfg(not(feature = "hydrate"))]
    let sending = |_: leptos::ev::SubmitEvent| {};
    let words = StoredValue::new(words);
    view! {
        <div on:submit=sending>{children()}</div>
        <div role="status">
            <Show when=move || !board.files.read().is_empty()>
                <h3>{move || board.title(words)}</h3>
            </Show>
            <Show when=move || board.ended.get()>{move || board.what_next(words, page)}</Show>
        </div>
        <Show when=move || !board.files.read().is_empty()>
            <ul class="upload__list" aria-busy=move || board.busy.get().to_string()>
                {move || board.files.get().into_iter().map(|file| board.row(words, file)).collect::<Vec<_>>()}
            </ul>
        </Show>
    }
}

impl Board {
    /// How many files are there now.
    fn taken(self) -> usize {
        let is_taken = |file: &&Sent| {
            let answer = file.answer.get();
            answer.is_some_and(|answer| answer.is_taken())
        };
        self.files.read().iter().filter(is_taken).count()
    }

    /// What is going on, or what came of it.
    fn title(self, words: StoredValue<UploadWords>) -> String {
        let (ended, taken, all) = (self.ended.get(), self.taken(), self.files.read().len());
        words.with_value(|words| match (ended, taken, all) {
            (false, ..) => words.title.clone(),
            (true, 0, 1) => words.none_of_one.clone(),
            (true, 0, _) => words.none.clone(),
            (true, taken, all) => {
                let said = words.some.replace("{taken}", &taken.to_string());
                said.replace("{all}", &all.to_string())
            }
        })
    }

    /// The ways on once all is over.
    fn what_next(self, words: StoredValue<UploadWords>, page: StoredValue<String>) -> AnyView {
        let words = words.get_value();
        let taken = (self.taken() > 0).then(|| {
            let page = page.get_value();
            view! { <p>{words.stay} " " <a href=page>{words.look}</a></p> }
        });
        let files = self.files.get();
        let sign_in = files.iter().find_map(|file| file.answer.get()?.sign_in);
        let sign_in = sign_in.map(|href| view! { <p><a href=href>{words.sign_in}</a></p> });
        view! { {taken} {sign_in} }
    }

    fn row(self, words: StoredValue<UploadWords>, file: Sent) -> AnyView {
        let was_refused = move || {
            let answer = file.answer.get();
            answer.is_some_and(|answer| !answer.is_taken())
        };
        let is_left = move || self.ended.get() && file.answer.get().is_none();
        let state = move || {
            let answer = file.answer.get();
            words.with_value(|words| match (answer, file.percent.get()) {
                (Some(answer), _) if !answer.is_taken() => words.refused.clone(),
                (Some(answer), _) if answer.known => words.known.clone(),
                (Some(_), _) => words.kept.clone(),
                (None, _) if self.ended.get() => words.unsent.clone(),
                (None, Some(percent)) => format!("{percent} %"),
                (None, None) => words.waiting.clone(),
            })
        };
        let class = move || {
            if was_refused() {
                "upload__state upload__state--bad"
            } else {
                "upload__state"
            }
        };
        let bar = move || {
            let label = file.name.get_value();
            let shown = !was_refused() && !is_left();
            shown.then(|| {
                view! {
                    <progress class="progress" max="100" aria-label=label
                        value=move || file.percent.get().unwrap_or(0)></progress>
                }
            })
        };
        let problems = move || {
            let problems = file.answer.get().unwrap_or_default().problems;
            let problems = problems.into_iter();
            problems
                .map(|problem| view! { <p class="problem">{problem}</p> })
                .collect::<Vec<_>>()
        };
        view! {
            <li>
                <span class="wrap-anywhere">{file.name.get_value()}</span>
                <span class=class>{state}</span>
                {bar}
                {problems}
            </li>
        }
    }
}
