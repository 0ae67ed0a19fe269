//! All kinds of mails whose words can be changed.

use super::path;
use crate::html::*;
use crate::render::{Cx, Oops, Page};
use crate::ui::{badge, tone};
use axum::response::Response;
use domain::Lang;
use service::TemplateRow;

/// `GET /mail/templates`
pub(super) async fn list(cx: Cx) -> Result<Response, Oops> {
    let rows = cx.services.templates(&cx.actor).await?;
    let title = cx.say("templates-title");
    let page = Page::staff(&title);
    let inner = cx.clone();
    let body = move || {
        let cx = &inner;
        let rows: Vec<_> = rows.iter().map(|one| row(cx, one).into_any()).collect();
        view! {
            <p><a href="/mail">{cx.say("templates-mail")}</a></p>
            <h1>{title}</h1>
            <p class="lead">{cx.say("templates-lead")}</p>
            <table class="table table--cards">
                <thead>
                    <tr>
                        <th scope="col">{cx.say("templates-occasion")}</th>
                        <th scope="col">{cx.say("templates-state")}</th>
                        <th scope="col">{cx.say("templates-last")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
    };
    Ok(cx.show(page, body).await)
}

fn row(cx: &Cx, one: &TemplateRow) -> impl IntoView + use<> {
    let last = last_changed(cx, one).unwrap_or_else(|| "–".to_owned());
    view! {
        <tr>
            <th scope="row"><a href=path(one.occasion)>{cx.words.term(one.occasion)}</a></th>
            <td data-label=cx.say("templates-state")><span>{state(cx, &one.changed)}</span></td>
            <td data-label=cx.say("templates-last")><span>{last}</span></td>
        </tr>
    }
}

/// Whether the words are built in, or in which languages they were changed.
pub(super) fn state(cx: &Cx, changed: &[Lang]) -> impl IntoView + use<> {
    if changed.is_empty() {
        return badge(tone::NEUTRAL, cx.say("templates-built-in"));
    }
    let langs = cx.words.terms(changed);
    let words = cx.say_with("templates-changed-in", &[("langs", langs.into())]);
    badge(tone::INFO, words)
}

/// When they were changed last, and by whom.
pub(super) fn last_changed(cx: &Cx, one: &TemplateRow) -> Option<String> {
    let (at, name) = one.last.as_ref()?;
    let args = [("at", cx.words.stamp(*at).into()), ("name", name.into())];
    Some(cx.say_with("templates-last-by", &args))
}
