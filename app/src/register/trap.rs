//! A form that programs give themselves away by: a field that nobody sees, and
//! filling in faster than anybody types. No picture puzzles.

use crate::html::*;
use crate::render::{Cx, Fields};
use crate::ui::{hidden, notice, tone};
use chrono::{DateTime, Utc};

/// What came back of the trap.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trap {
    stamp: String,
    bait: String,
}

impl Trap {
    /// What a browser sent.
    pub(crate) fn sent(fields: &Fields) -> Self {
        Self {
            stamp: fields.text("opened"),
            bait: fields.text("website"),
        }
    }

    /// When the form was opened, as the server vouches for it.
    pub(crate) fn opened_at(&self, cx: &Cx) -> Option<DateTime<Utc>> {
        cx.services.opened_at(&self.stamp)
    }

    /// Whether a program seems to have filled it in. A person who is taken for
    /// one sends the form once more: it is kept, and opened long ago by then.
    pub(crate) fn has_caught(&self, cx: &Cx) -> bool {
        !self.bait.trim().is_empty() || cx.services.is_too_quick(self.opened_at(cx))
    }

    /// The fields nobody sees. A stamp once given stays until the form is sent.
    pub(crate) fn view(&self, cx: &Cx) -> impl IntoView + use<> {
        let stamp = match self.opened_at(cx) {
            Some(_) => self.stamp.clone(),
            None => cx.services.stamp(),
        };
        view! {
            {hidden("opened", &stamp)}
            <div class="visually-hidden" aria-hidden="true">
                <label for="website">{cx.say("trap-label")}</label>
                <input id="website" name="website" type="text" tabindex="-1" autocomplete="off" />
            </div>
        }
    }
}

/// What somebody reads who was taken for a program.
pub(crate) fn once_more(cx: &Cx) -> impl IntoView + use<> {
    notice(tone::INFO, cx.say("trap-title"), cx.say("trap-text"))
}
