//! What happens when, and who speaks.

use crate::html::*;
use crate::render::Cx;
use service::entity::session;
use service::{AgendaItem, WorkshopView};
use std::collections::HashMap;

/// The agendas of the sessions that have one.
pub(super) fn agenda(
    cx: &Cx,
    view: &WorkshopView,
    agendas: &HashMap<i64, Vec<AgendaItem>>,
) -> Option<impl IntoView + use<>> {
    if agendas.is_empty() {
        return None;
    }
    let several = view.sessions.len() > 1;
    let parts: Vec<_> = view
        .sessions
        .iter()
        .filter_map(|session| {
            let items = agendas.get(&session.id)?;
            let heading = several.then(|| {
                let when = cx.words.day(session.starts_at);
                let name = crate::workshops::heading(cx, session);
                view! { <h3>{format!("{name} – {when}")}</h3> }
            });
            Some(view! { {heading}{list(cx, session, items)} }.into_any())
        })
        .collect();
    Some(view! { <h2>{cx.say("home-agenda")}</h2>{parts} })
}

fn list(cx: &Cx, session: &session::Model, items: &[AgendaItem]) -> impl IntoView + use<> {
    let lines: Vec<_> = items
        .iter()
        .filter(|item| item.starts_at >= session.starts_at && item.ends_at <= session.ends_at)
        .map(|item| {
            let hours = format!(
                "{}–{}",
                cx.words.time(item.starts_at),
                cx.words.time(item.ends_at)
            );
            let speaker = item.trainer.as_ref().map(|(_, name, affiliation)| {
                let parts = [name.as_str(), affiliation.as_str()];
                let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
                view! { <p class="muted">{parts.join(", ")}</p> }
            });
            view! {
                <div>
                    <dt>{hours}</dt>
                    <dd><p>{item.title(cx.lang()).to_owned()}</p>{speaker}</dd>
                </div>
            }
        })
        .collect();
    let id = format!("agenda-{}", session.position);
    view! { <dl class="facts" id=id>{lines}</dl> }
}
