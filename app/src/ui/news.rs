//! What has changed about a workshop, and when, for everybody.

use super::{paragraph, tone};
use crate::html::*;
use crate::render::Cx;
use domain::ChangeKind;
use service::Changed;

/// The latest changes as notices: the newest of each kind in view, those before
/// folded away. `several` is whether the workshop has several sessions: then each is
/// named.
pub(crate) fn news(cx: &Cx, changes: &[Changed], several: bool) -> impl IntoView + use<> {
    let mut kinds = Vec::new();
    let (newest, older): (Vec<&Changed>, Vec<_>) = changes.iter().partition(|change| {
        let is_new = !kinds.contains(&change.kind);
        kinds.push(change.kind);
        is_new
    });
    let items = |changes: Vec<&Changed>| -> Vec<_> {
        let items = changes.into_iter();
        items.map(|change| item(cx, change, several)).collect()
    };
    let (newest, older) = (items(newest), items(older));
    let older = (!older.is_empty()).then(|| {
        view! {
            <details>
                <summary>{cx.say("change-news-older")}</summary>
                {older}
            </details>
        }
    });
    view! {
        {newest}
        {older}
    }
}

fn item(cx: &Cx, change: &Changed, several: bool) -> impl IntoView + use<> {
    let (tone, title) = match change.kind {
        ChangeKind::Moved => (tone::WAIT, cx.say("change-news-moved")),
        ChangeKind::Cancelled => (tone::BAD, cx.say("change-news-cancelled")),
        ChangeKind::Link => (tone::WAIT, cx.say("change-page-link")),
    };
    let note = cx.lang().choose(&change.note_vi, &change.note_en);
    let moves: Vec<_> = change
        .sessions
        .iter()
        .map(|(was, is)| {
            let number = [("number", was.position.into())];
            let number = several.then(|| {
                view! { <p><strong>{cx.say_with("sessions-number", &number)}</strong></p> }
            });
            view! {
                {number}
                <p>{cx.say("change-was")}": "<del>{was.said(cx.words)}</del></p>
                <p>{cx.say("change-is")}": "<strong>{is.said(cx.words)}</strong></p>
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
            {paragraph(note)}
            <p class="muted">{at}</p>
        </div>
    }
}
