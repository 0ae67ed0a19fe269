//! What has changed about a workshop, and when, for everybody.

use super::tone;
use crate::render::Cx;
use domain::{ChangeKind, Lang};
use leptos::prelude::*;
use service::{Changed, SessionSnapshot};

/// The latest changes as notices, newest first.
pub(crate) fn news(cx: &Cx, changes: &[Changed]) -> impl IntoView + use<> {
    let items: Vec<_> = changes
        .iter()
        .map(|change| item(cx, change).into_any())
        .collect();
    items
}

fn item(cx: &Cx, change: &Changed) -> impl IntoView + use<> {
    let (tone, title) = match change.kind {
        ChangeKind::Moved => (tone::WAIT, cx.say("change-news-moved")),
        ChangeKind::Cancelled => (tone::BAD, cx.say("change-news-cancelled")),
    };
    let note = match cx.lang() {
        Lang::En if !change.note_en.is_empty() => &change.note_en,
        _ => &change.note_vi,
    };
    let notes: Vec<_> = note
        .lines()
        .map(|line| view! { <p>{line.to_owned()}</p> })
        .collect();
    let moves: Vec<_> = change
        .sessions
        .iter()
        .map(|(was, is)| {
            view! {
                <p>{cx.say("change-was")}": "<del>{said(cx, was)}</del></p>
                <p>{cx.say("change-is")}": "<strong>{said(cx, is)}</strong></p>
            }
        })
        .collect();
    let at = cx.words.day_time(change.at);
    let at = cx.say_with("change-news-at", &[("at", at.into())]);
    let class = format!("notice notice--{tone}");
    view! {
        <div class=class>
            <h2>{title}</h2>
            {moves}
            {notes}
            <p class="muted">{at}</p>
        </div>
    }
}

fn said(cx: &Cx, session: &SessionSnapshot) -> String {
    let parts = [
        cx.words.period(session.starts_at, session.ends_at),
        session.room.clone(),
        session.address.clone(),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}
