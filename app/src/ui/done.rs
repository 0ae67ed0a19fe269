//! What was just done, with a way back.

use super::{notice, tone};
use crate::html::*;

/// What was just done; with an address and words, a button that takes it back.
pub(crate) fn done(
    title: String,
    words: String,
    undo: Option<(String, String)>,
) -> impl IntoView + use<> {
    let undo = undo.map(|(action, words)| {
        view! {
            <form method="post" action=action>
                <button class="button button--secondary" type="submit">{words}</button>
            </form>
        }
    });
    view! {
        <div role="status" class="stack">
            {notice(tone::OK, title, words)}
            {undo}
        </div>
    }
}
