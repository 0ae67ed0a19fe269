//! The row of pages that belong to one workshop.

use crate::html::*;
use crate::render::Cx;
use domain::Act;

/// The tabs of a workshop's own pages. `current` is one of `overview`,
/// `sessions`, `trainers`, `people`, `messages`, `invitations`, `questions`,
/// `materials`, `attendance` and `log`. Trainers see their materials alone, so
/// they get no tabs.
pub(crate) fn tabs(cx: &Cx, slug: &str, current: &str) -> impl IntoView + use<> {
    if !cx.actor.may(Act::ManageWorkshops) {
        return None;
    }
    let top = format!("/manage/workshops/{slug}");
    let pages = [
        ("overview", top.clone(), cx.say("manage-tab-overview")),
        (
            "sessions",
            format!("{top}/sessions"),
            cx.say("manage-tab-sessions"),
        ),
        (
            "trainers",
            format!("{top}/trainers"),
            cx.say("trainers-title"),
        ),
        (
            "people",
            format!("{top}/people"),
            cx.say("manage-tab-people"),
        ),
        (
            "messages",
            crate::messages::address(slug),
            cx.say("messages-title"),
        ),
        (
            "invitations",
            crate::invitations::path(slug),
            cx.say("invite-title"),
        ),
        (
            "questions",
            format!("{top}/questions"),
            cx.say("questions-title"),
        ),
        (
            "materials",
            format!("{top}/materials"),
            cx.say("manage-tab-materials"),
        ),
        (
            "attendance",
            crate::attendance::address(slug),
            cx.say("attend-title"),
        ),
        ("log", format!("{top}/log"), cx.say("manage-tab-log")),
    ];
    let links = pages.map(|(name, href, label)| {
        let here = (name == current).then_some("page");
        view! { <li><a href=href aria-current=here>{label}</a></li> }
    });
    let label = cx.say("manage-tabs-label");
    Some(view! { <nav class="tabs" aria-label=label><ul>{Vec::from(links)}</ul></nav> }.into_any())
}
