//! What registers have in common: a search, nothing found, and retiring.

use crate::html::*;

/// A search by one line. Where names are looked for the method is `post`:
/// names travel in bodies, never in addresses.
pub(crate) fn search(
    method: &'static str,
    action: &'static str,
    label: String,
    act: String,
    typed: &str,
) -> impl IntoView + use<> {
    let typed = typed.to_owned();
    view! {
        <form method=method action=action class="filters" role="search">
            <div class="field">
                <label for="q">{label}</label>
                <input id="q" name="q" type="search" value=typed />
            </div>
            <button class="button button--secondary" type="submit">{act}</button>
        </form>
    }
}

/// That nothing was found, and a way back to everything.
pub(crate) fn not_found(words: String, all: &'static str, link: String) -> impl IntoView + use<> {
    view! {
        <div class="empty">
            <p>{words}</p>
            <p><a href=all>{link}</a></p>
        </div>
    }
}

/// The button that offers an entry no longer, or again; the hint says what
/// that changes.
pub(crate) fn retire(action: String, words: String, hint: Option<String>) -> impl IntoView + use<> {
    let hint = hint.map(|hint| view! { <p class="hint">{hint}</p> });
    view! {
        <form method="post" action=action>
            {hint}
            <p><button class="button button--secondary" type="submit">{words}</button></p>
        </form>
    }
}
