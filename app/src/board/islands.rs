//! The living half of the board.
#![allow(missing_docs, reason = "the macro makes structs of the properties")]

use super::shown::{Bar, BoardWords, Shown};
use crate::html::*;

/// The board. It is whole without the browser half, as of when it was loaded.
#[island]
pub fn LiveBoard(
    /// What stays.
    words: BoardWords,
    /// What was so when the page was made.
    first: Shown,
) -> impl IntoView {
    let shown = RwSignal::new(first);
    let lost = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    follow(words.events.clone(), shown, lost);
    let all = move || shown.with(|shown| shown.all.clone());
    let (roles, places) = (
        move || bars(shown.with(|shown| shown.roles.clone())),
        move || bars(shown.with(|shown| shown.places.clone())),
    );
    let back = words
        .door
        .map(|door| view! { <p><a href=door>{words.back}</a></p> });
    let more = move || shown.with(|shown| shown.more.clone());
    view! {
        <div class="board">
            {back}
            <header>
                <h1>{words.title}</h1>
                <p class="muted">{move || shown.with(|shown| shown.when.clone())}</p>
            </header>
            <p class="board__all" role="status">
                <strong>{move || all().count}</strong>" "<span>{words.arrived}</span>
            </p>
            <p class="muted">{words.provisional}</p>
            <p class="board__lost" role="alert">{move || lost.get().then(|| words.lost.clone())}</p>
            <div class="board__halves">
                <section aria-labelledby="board-roles">
                    <h2 id="board-roles">{words.roles}</h2>
                    {roles}
                </section>
                <section aria-labelledby="board-places">
                    <h2 id="board-places">{words.places}</h2>
                    {places}
                    <p class="muted">{more}</p>
                </section>
            </div>
        </div>
    }
}

fn bars(bars: Vec<Bar>) -> impl IntoView {
    let bars: Vec<_> = bars
        .into_iter()
        .map(|bar| {
            view! {
                <li>
                    <span>{bar.label}</span>" "<strong>{bar.count}</strong>
                    <svg class="meter" aria-hidden="true">
                        <rect class="meter__track" width="100%" height="100%" />
                        <rect class="meter__solid" width=bar.width height="100%" />
                    </svg>
                </li>
            }
        })
        .collect();
    view! { <ul class="board__bars">{bars}</ul> }
}

/// Shows every change until the page is left. The browser connects again by
/// itself when the connection breaks, and is helped when it gives up.
#[cfg(feature = "hydrate")]
fn follow(events: String, shown: RwSignal<Shown>, lost: RwSignal<bool>) {
    use leptos::wasm_bindgen::JsCast;
    use leptos::wasm_bindgen::closure::Closure;
    use web_sys::{Event, EventSource, MessageEvent};

    let Ok(source) = EventSource::new(&events) else {
        lost.set(true);
        return;
    };
    let told = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let data = event.data().as_string().unwrap_or_default();
        if let Ok(news) = serde_json::from_str(&data) {
            lost.set(false);
            shown.set(news);
        }
    });
    let gave_up = source.clone();
    let failed = Closure::<dyn FnMut(Event)>::new(move |_| {
        lost.set(true);
        if gave_up.ready_state() == EventSource::CLOSED {
            let events = events.clone();
            set_timeout(move || follow(events, shown, lost), RETRY);
        }
    });
    source.set_onmessage(Some(told.as_ref().unchecked_ref()));
    source.set_onerror(Some(failed.as_ref().unchecked_ref()));
    // They live as long as the page.
    told.forget();
    failed.forget();
}

/// How long after the browser gave up it is made to try again.
#[cfg(feature = "hydrate")]
const RETRY: std::time::Duration = std::time::Duration::from_secs(5);
