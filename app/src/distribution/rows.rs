//! What was found in the register: a document and a day together, with the
//! establishments below.

use super::belongs;
use crate::html::*;
use crate::render::Cx;
use crate::ui::{badge, hidden, tone};
use domain::Act;
use service::{DistributedBy, DistributionRow};

/// Rows in the order of the register.
pub(super) fn groups(cx: &Cx, rows: &[DistributionRow]) -> Vec<AnyView> {
    let together =
        |a: &DistributionRow, b: &DistributionRow| a.day == b.day && a.document.id == b.document.id;
    let groups = rows.chunk_by(together);
    groups.filter_map(|group| section(cx, group)).collect()
}

fn section(cx: &Cx, group: &[DistributionRow]) -> Option<AnyView> {
    let first = group.first()?;
    let title = first.document.title(cx.lang());
    let heading = format!("{title}, {}", cx.words.date(first.day));
    let withdrawn = first
        .document
        .withdrawn
        .then(|| view! { " " {badge(tone::NEUTRAL, cx.say("materials-withdrawn"))} });
    let rows: Vec<_> = group.iter().map(|one| row(cx, one)).collect();
    Some(view! {
        <section class="handed">
            <h2>{heading}</h2>
            <p class="muted">{belongs(cx, &first.document)} {withdrawn}</p>
            <ul class="handed__list">{rows}</ul>
        </section>
    })
}

fn row(cx: &Cx, one: &DistributionRow) -> AnyView {
    let (by, undo) = match &one.by {
        DistributedBy::Mails(people) => {
            let args = [("number", (*people).into())];
            (cx.say_with("distribution-by-mails", &args), None)
        }
        DistributedBy::Hand { id, who } => {
            let may = cx.actor.may(Act::SendMaterials);
            let undo = may.then(|| undo(cx, *id, &one.establishment));
            (who.clone(), undo)
        }
    };
    let parts = [cx.words.term(one.channel), by, one.note.clone()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    view! {
        <li>
            <span class="handed__who">{one.establishment.clone()}</span>
            <span class="handed__how">{parts.join(" · ")}</span>
            {undo}
        </li>
    }
}

fn undo(cx: &Cx, id: i64, establishment: &str) -> AnyView {
    let (id, of) = (id.to_string(), establishment.to_owned());
    view! {
        <form method="post" action="/programme/distribution/undo">
            {hidden("id", &id)}
            <button class="button button--quiet" type="submit">
                {cx.say("distribution-undo")} <span class="visually-hidden">" " {of}</span>
            </button>
        </form>
    }
}
