//! One message: how far it is, what became of the mail to each, and who is to
//! be called.

use super::{address, said};
use crate::html::*;
use crate::mail::delivery_badge;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{call_list, call_mark, done, page_links, paragraph};
use axum::extract::Path;
use axum::http::Uri;
use axum::response::Response;
use domain::{CampaignMove, CampaignState, Coded, DeliveryState, Lang};
use service::{CallList, Callee, CampaignPage, CampaignRecipient};

/// What of the page is asked for.
struct Asked {
    state: Option<DeliveryState>,
    made: bool,
}

/// `GET /manage/workshops/{slug}/messages/{id}`
pub(super) async fn show(
    cx: Cx,
    Path((slug, id)): Path<(String, i64)>,
    uri: Uri,
) -> Result<Response, Oops> {
    let query = Fields::of_query(uri.query());
    let asked = Asked {
        state: DeliveryState::from_code(&query.text("state")),
        made: query.text("done") == "made",
    };
    let number = query.text("page").parse().unwrap_or(1);
    let page = cx
        .services
        .campaign(&cx.actor, &slug, id, asked.state, number)
        .await?;
    let title = cx.say("messages-one-page");
    let inner = cx.clone();
    Ok(cx
        .show(Page::staff(&title), move || body(&inner, &page, &asked))
        .await)
}

/// `POST` of the same: marks a call.
pub(super) async fn mark(
    cx: Cx,
    Path((slug, id)): Path<(String, i64)>,
    fields: Fields,
) -> Result<Response, Oops> {
    let (who, outcome) = call_mark(&fields)?;
    let list = CallList::Campaign(id);
    cx.services
        .mark_call(&cx.actor, &slug, list, who, outcome)
        .await?;
    Ok(see_other(&format!("{}/{id}#calls", address(&slug))))
}

fn path(page: &CampaignPage) -> String {
    format!("{}/{}", address(&page.view.row.slug), page.campaign.row.id)
}

fn body(cx: &Cx, page: &CampaignPage, asked: &Asked) -> impl IntoView + use<> {
    let campaign = &page.campaign;
    let back = address(&page.view.row.slug);
    let made = asked.made.then(|| {
        let words = match (campaign.row.started_at, campaign.state) {
            (Some(_), _) => cx.say("messages-done-now"),
            (None, CampaignState::Held) => cx.say("messages-done-held"),
            (None, _) => cx.say("messages-done-later"),
        };
        done(cx.say("messages-done-made"), words, None)
    });
    let started = campaign.row.started_at.is_some();
    let progress = started.then(|| progress(cx, page).into_any());
    let recipients = if started {
        recipients(cx, page, asked).into_any()
    } else {
        let words = match campaign.state {
            CampaignState::Cancelled => cx.say("messages-recipients-cancelled"),
            _ => cx.say("messages-recipients-none"),
        };
        view! { <p>{words}</p> }.into_any()
    };
    view! {
        {made}
        <p><a href=back>{cx.say("messages-list")}</a></p>
        <h1>{campaign.subject(cx.lang()).to_owned()}</h1>
        <p>{page.view.title(cx.lang()).to_owned()}</p>
        {stands(cx, page).into_any()}
        {acts(cx, page)}
        {progress}
        {calls(cx, page)}
        <h2 id="recipients">{cx.say("messages-recipients")}</h2>
        {recipients}
        <h2>{cx.say("messages-said")}</h2>
        {content(cx, page, false).into_any()}
    }
}

/// Where it stands, when it leaves, and to whom.
fn stands(cx: &Cx, page: &CampaignPage) -> impl IntoView + use<> {
    let campaign = &page.campaign;
    let why = campaign.row.cancelled_why.map(|why| said::ended(cx, *why));
    let is_held = matches!(campaign.state, CampaignState::Held | CampaignState::Paused);
    let held = is_held.then(|| cx.say("messages-paused"));
    let told = why.or(held).map(|words| view! { <p>{words}</p> });
    view! {
        <p>{said::state_badge(cx, campaign.state)}</p>
        {told}
        {facts(cx, page)}
    }
}

/// When it leaves or has left, to whom, and what for.
pub(super) fn facts(cx: &Cx, page: &CampaignPage) -> impl IntoView + use<> {
    let campaign = &page.campaign;
    let when = match campaign.row.started_at {
        Some(at) => cx.words.day_time(at),
        None => said::when(cx, campaign.message.timing, campaign.due_at),
    };
    let establishment = page.establishment.clone();
    view! {
        <dl class="facts">
            <dt>{cx.say("messages-when")}</dt>
            <dd>{when}</dd>
            {said::facts(cx, &page.view, &campaign.message, establishment)}
        </dl>
    }
}

/// What can be done with it; each has its confirmation.
fn acts(cx: &Cx, page: &CampaignPage) -> Option<AnyView> {
    let state = page.campaign.state;
    let steps = [
        (
            CampaignMove::Resume,
            "resume",
            "messages-resume-act",
            "button",
        ),
        (
            CampaignMove::Revise,
            "edit",
            "messages-edit",
            "button button--secondary",
        ),
        (
            CampaignMove::Pause,
            "pause",
            "messages-pause-act",
            "button button--secondary",
        ),
        (
            CampaignMove::Cancel,
            "cancel",
            "messages-cancel-act",
            "button button--quiet button--danger",
        ),
    ];
    let links: Vec<_> = steps
        .into_iter()
        .filter(|(step, ..)| state.allows(*step))
        .map(|(_, name, words, class)| {
            let href = format!("{}/{name}", path(page));
            view! { <a class=class href=href>{cx.say(words)}</a> }
        })
        .collect();
    (!links.is_empty()).then(|| view! { <div class="row no-print">{links}</div> }.into_any())
}

fn progress(cx: &Cx, page: &CampaignPage) -> impl IntoView + use<> {
    let count = &page.campaign.count;
    let lines: Vec<_> = said::numbers(cx, count)
        .into_iter()
        .map(|line| view! { <li>{line}</li> })
        .collect();
    let reload =
        (count.to_leave() > 0).then(|| view! { <p class="hint">{cx.say("messages-reload")}</p> });
    view! {
        <h2>{cx.say("messages-progress")}</h2>
        <ul>{lines}</ul>
        {reload}
    }
}

/// The address of a part of the recipients.
fn part(page: &CampaignPage, state: Option<DeliveryState>, number: usize) -> String {
    let state = state.map(|state| format!("state={state}&"));
    let state = state.unwrap_or_default();
    format!("{}?{state}page={number}#recipients", path(page))
}

fn recipients(cx: &Cx, page: &CampaignPage, asked: &Asked) -> impl IntoView + use<> {
    let count = &page.campaign.count;
    let link = |state: Option<DeliveryState>, number: u32| {
        let words = state.map_or_else(
            || cx.say("messages-recipients-all"),
            |one| cx.words.term(one),
        );
        let words = format!("{words} ({})", cx.words.number(number.into()));
        let here = (state == asked.state).then_some("page");
        view! { <li><a href=part(page, state, 1) aria-current=here>{words}</a></li> }
    };
    let mut links = vec![link(None, count.all())];
    let states = count.mails.iter();
    links.extend(states.map(|(state, number)| link(Some(*state), *number)));
    let rows: Vec<_> = page
        .recipients
        .iter()
        .map(|one| recipient(cx, one).into_any())
        .collect();
    let size = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let pages = page_links(cx, size(page.page), size(page.pages), |number| {
        part(page, asked.state, number)
    });
    view! {
        <nav class="pagination" aria-label=cx.say("messages-recipients-filter")><ul>{links}</ul></nav>
        <table class="table table--cards">
            <thead>
                <tr>
                    <th scope="col">{cx.say("field-full_name")}</th>
                    <th scope="col">{cx.say("field-establishment")}</th>
                    <th scope="col">{cx.say("messages-state")}</th>
                    <th scope="col">{cx.say("messages-mail")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        {pages}
    }
}

/// Somebody, what became of their mail, and the server's own words.
fn recipient(cx: &Cx, one: &CampaignRecipient) -> impl IntoView + use<> {
    let state = match one.state {
        Some(state) => delivery_badge(cx, *state).into_any(),
        None => cx.say("messages-how-call").into_any(),
    };
    let sent = one
        .sent_at
        .map(|at| view! { " "<time>{cx.words.stamp(at)}</time> });
    let error = one.error.clone();
    let error = error.map(|words| view! { <br /><span class="small wrap-anywhere">{words}</span> });
    let mail = one.mail_id.map(|id| {
        let href = format!("/mail/{id}");
        let name = one.full_name.clone();
        view! { <a href=href>{cx.say("messages-mail")}<span class="visually-hidden">": "{name}</span></a> }
    });
    view! {
        <tr>
            <th scope="row">{one.full_name.clone()}</th>
            <td data-label=cx.say("field-establishment")>{one.establishment.clone()}</td>
            <td data-label=cx.say("messages-state")><span>{state}{sent}{error}</span></td>
            <td>{mail}</td>
        </tr>
    }
}

/// Who is to be called, each with the text for Zalo.
fn calls(cx: &Cx, page: &CampaignPage) -> Option<AnyView> {
    let slug = &page.view.row.slug;
    let named = page.calls.iter().map(|(row, text)| {
        let name = row.full_name.clone();
        let label = cx.say_with("messages-zalo", &[("name", (&name).into())]);
        let own = match row.who {
            Callee::Registration(id) => format!("/manage/workshops/{slug}/people/{id}"),
            _ => format!("/manage/workshops/{slug}/people"),
        };
        let cell = view! {
            <a href=own>{name}</a>
            <details>
                <summary>{label}</summary>
                <pre class="copy-box">{text.clone()}</pre>
            </details>
        };
        (row, cell.into_any())
    });
    let list = call_list(cx, "change-call-name", "change-call-from", named.collect())?;
    let view = view! {
        <h2 id="calls">{cx.say("messages-calls")}</h2>
        <p class="hint">{cx.say("messages-zalo-hint")}</p>
        {list}
    };
    Some(view.into_any())
}

/// What it says, in both languages.
pub(super) fn content(cx: &Cx, page: &CampaignPage, open: bool) -> impl IntoView + use<> {
    let message = &page.campaign.message;
    let said = [Lang::Vi, Lang::En].map(|lang| {
        let words = message.words(lang);
        view! {
            <details open=open>
                <summary>{cx.words.term(lang)}</summary>
                <div class="letter" lang=lang.code()>
                    <p><strong>{words.subject}</strong></p>
                    {paragraph(&words.body)}
                </div>
            </details>
        }
    });
    said.into_iter().collect::<Vec<_>>()
}
