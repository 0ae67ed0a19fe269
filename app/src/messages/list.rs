//! The messages of a workshop, the newest first.

use super::{address, said};
use crate::html::*;
use crate::render::{Cx, Oops, Page};
use crate::workshops::tabs;
use axum::extract::Path;
use axum::response::Response;
use domain::{CampaignState, Phase};
use service::{Campaign, Campaigns};

/// `GET /manage/workshops/{slug}/messages`
pub(super) async fn messages(cx: Cx, Path(slug): Path<String>) -> Result<Response, Oops> {
    let found = cx.services.campaigns(&cx.actor, &slug).await?;
    let title = found.view.title(cx.lang());
    let title = cx.say_with("messages-page", &[("title", title.into())]);
    let inner = cx.clone();
    Ok(cx
        .show(Page::staff(&title), move || body(&inner, &found))
        .await)
}

fn body(cx: &Cx, found: &Campaigns) -> impl IntoView + use<> {
    let slug = &found.view.row.slug;
    let is_draft = found.view.phase == Phase::Draft;
    let new = format!("{}/new", address(slug));
    let act = (!is_draft).then(|| {
        view! { <p><a class="button" href=new>{cx.say("messages-new")}</a></p> }
    });
    let list = if found.rows.is_empty() {
        let draft = is_draft.then(|| view! { <p>{cx.say("messages-draft")}</p> });
        view! {
            <div class="empty">
                <h2>{cx.say("messages-empty-title")}</h2>
                <p>{cx.say("messages-empty")}</p>
                {draft}
            </div>
        }
        .into_any()
    } else {
        let rows = found.rows.iter();
        let rows: Vec<_> = rows.map(|one| row(cx, slug, one).into_any()).collect();
        view! {
            <table class="table table--cards">
                <thead>
                    <tr>
                        <th scope="col">{cx.say("messages-subject")}</th>
                        <th scope="col">{cx.say("messages-state")}</th>
                        <th scope="col">{cx.say("messages-when")}</th>
                        <th scope="col">{cx.say("messages-numbers")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    view! {
        <h1>{found.view.title(cx.lang()).to_owned()}</h1>
        {tabs(cx, slug, "messages")}
        {act}
        {list}
    }
}

fn row(cx: &Cx, slug: &str, one: &Campaign) -> impl IntoView + use<> {
    let href = format!("{}/{}", address(slug), one.row.id);
    let subject = one.subject(cx.lang()).to_owned();
    let when = match one.row.started_at {
        Some(at) => cx.words.stamp(at),
        None => said::when(cx, one.message.timing, one.due_at),
    };
    let numbers = match (one.row.started_at, one.state) {
        (Some(_), _) => said::numbers(cx, &one.count).join("; "),
        (None, CampaignState::Cancelled) => cx.say("messages-numbers-cancelled"),
        (None, _) => cx.say("messages-numbers-none"),
    };
    view! {
        <tr>
            <th scope="row"><a href=href>{subject}</a></th>
            <td data-label=cx.say("messages-state")><span>{said::state_badge(cx, one.state)}</span></td>
            <td data-label=cx.say("messages-when")>{when}</td>
            <td data-label=cx.say("messages-numbers")>{numbers}</td>
        </tr>
    }
}
