//! What was just done to a workshop, said on the page it leads to.

use crate::html::*;
use crate::render::{Cx, Fields};
use crate::ui::{notice, tone};
use axum::http::Uri;

/// What `?done=` says.
#[derive(Clone, Copy, Debug)]
pub(super) enum Done {
    Scheduled,
    /// Copied, and a room is a place that was typed now.
    CopiedTyped,
    Revised,
    Published,
    GoAhead,
    Closed,
    Reopened,
    Assigned,
}

impl Done {
    pub(super) fn of(uri: &Uri) -> Option<Self> {
        match Fields::of_query(uri.query()).text("done").as_str() {
            "scheduled" => Some(Self::Scheduled),
            "copied-typed" => Some(Self::CopiedTyped),
            "revised" => Some(Self::Revised),
            "published" => Some(Self::Published),
            "go-ahead" => Some(Self::GoAhead),
            "closed" => Some(Self::Closed),
            "reopened" => Some(Self::Reopened),
            "assigned" => Some(Self::Assigned),
            _ => None,
        }
    }

    pub(super) fn view(self, cx: &Cx) -> impl IntoView + use<> {
        let (title, text) = match self {
            Self::Scheduled => (
                cx.say("manage-done-scheduled-title"),
                cx.say("manage-done-scheduled"),
            ),
            Self::CopiedTyped => (
                cx.say("manage-done-copied-typed-title"),
                cx.say("manage-done-copied-typed"),
            ),
            Self::Revised => (
                cx.say("manage-done-revised-title"),
                cx.say("manage-done-revised"),
            ),
            Self::Published => (
                cx.say("manage-done-published-title"),
                cx.say("manage-done-published"),
            ),
            Self::GoAhead => (
                cx.say("manage-done-go-ahead-title"),
                cx.say("manage-done-go-ahead"),
            ),
            Self::Closed => (
                cx.say("manage-done-closed-title"),
                cx.say("manage-done-closed"),
            ),
            Self::Reopened => (
                cx.say("manage-done-reopened-title"),
                cx.say("manage-done-reopened"),
            ),
            Self::Assigned => (
                cx.say("manage-done-assigned-title"),
                cx.say("manage-done-assigned"),
            ),
        };
        let tone = match self {
            Self::CopiedTyped => tone::WAIT,
            _ => tone::OK,
        };
        notice(tone, title, text)
    }
}
