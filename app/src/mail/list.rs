//! The outbox, newest first.

use super::{delivery_badge, failed, trouble};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page};
use crate::ui::{notice, tone};
use axum::http::Uri;
use axum::response::Response;
use domain::{Coded, DeliveryState};
use service::entity::outbox;
use service::{MailTrouble, OutboxFilter};
use std::collections::HashSet;

/// What the page shows.
struct Listed {
    filter: OutboxFilter,
    counts: Vec<(DeliveryState, u32)>,
    mails: Vec<outbox::Model>,
    more: bool,
    /// Messages that are held, and their mails with them.
    held: HashSet<i64>,
    /// Why no mail leaves.
    trouble: Option<MailTrouble>,
    /// So many were just queued again.
    again: Option<i64>,
}

impl Listed {
    fn number(&self, state: DeliveryState) -> u32 {
        let mut counts = self.counts.iter();
        counts
            .find(|(counted, _)| *counted == state)
            .map_or(0, |(_, number)| *number)
    }
}

/// `GET /mail`
pub(crate) async fn mails(cx: Cx, uri: Uri) -> Result<Response, Oops> {
    let query = Fields::of_query(uri.query());
    let filter = OutboxFilter {
        state: DeliveryState::from_code(&query.text("state")),
        before: query.text("before").parse().ok(),
    };
    let (mails, more) = cx.services.outbox(&cx.actor, filter).await?;
    let listed = Listed {
        filter,
        counts: cx.services.outbox_counts(&cx.actor).await?,
        held: cx.services.held_messages(&cx.actor).await?,
        trouble: cx.services.mail_trouble(&cx.actor).await?,
        mails,
        more,
        again: (query.text("done") == "again")
            .then(|| query.text("number").parse().ok())
            .flatten(),
    };
    let title = cx.say("outbox-title");
    let page = Page::staff(&title);
    let inner = cx.clone();
    Ok(cx.show(page, move || body(&inner, title, &listed)).await)
}

/// The address of a part of the list, from a mail on.
fn href(state: Option<DeliveryState>, before: Option<i64>) -> String {
    let state = state.map(|state| format!("state={state}"));
    let before = before.map(|before| format!("before={before}"));
    let query: Vec<String> = [state, before].into_iter().flatten().collect();
    if query.is_empty() {
        "/mail".to_owned()
    } else {
        format!("/mail?{}", query.join("&"))
    }
}

fn body(cx: &Cx, title: String, listed: &Listed) -> impl IntoView + use<> {
    let stays = cx.services.mail_stays_here().then(|| {
        notice(
            tone::INFO,
            cx.say("outbox-stays-title"),
            cx.say("outbox-stays"),
        )
    });
    let again = listed.again.map(|number| {
        let (tone, said) = if number == 0 {
            // Another tab was quicker.
            (tone::INFO, cx.say("outbox-failed-before"))
        } else {
            let args = [("number", number.into())];
            (tone::OK, cx.say_with("outbox-failed-done", &args))
        };
        view! { <div role="status">{notice(tone, said, cx.say("outbox-failed-watch"))}</div> }
    });
    let trouble = listed
        .trouble
        .as_ref()
        .map(|met| trouble::said(cx, met).into_any());
    let failed = (listed.number(DeliveryState::Failed) > 0).then(|| {
        view! { <p><a class="button button--secondary" href=failed::PATH>{cx.say("outbox-failed-link")}</a></p> }
    });
    let filters = (!listed.counts.is_empty()).then(|| filters(cx, listed).into_any());
    view! {
        <h1>{title}</h1>
        <p><a href=crate::templates::PATH>{cx.say("templates-link")}</a></p>
        {again}
        {stays}
        {trouble}
        {filters}
        {failed}
        {list(cx, listed).into_any()}
        {older(cx, listed).into_any()}
    }
}

fn filters(cx: &Cx, listed: &Listed) -> impl IntoView + use<> {
    let asked = listed.filter.state;
    let link = |state: Option<DeliveryState>, number: u32| {
        let words = state.map_or_else(|| cx.say("outbox-all"), |state| cx.words.term(state));
        let words = format!("{words} ({})", cx.words.number(number.into()));
        let current = (state == asked).then_some("page");
        view! { <li><a href=href(state, None) aria-current=current>{words}</a></li> }
    };
    let all = listed.counts.iter().map(|(_, number)| number).sum();
    let mut links = vec![link(None, all)];
    links.extend(
        listed
            .counts
            .iter()
            .map(|(state, number)| link(Some(*state), *number)),
    );
    if let Some(state) = asked
        && listed.number(state) == 0
    {
        links.push(link(asked, 0));
    }
    view! { <nav class="pagination" aria-label=cx.say("outbox-filter")><ul>{links}</ul></nav> }
}

fn list(cx: &Cx, listed: &Listed) -> impl IntoView + use<> {
    if listed.mails.is_empty() {
        return empty(cx, listed).into_any();
    }
    let rows: Vec<_> = listed
        .mails
        .iter()
        .map(|mail| row(cx, listed, mail).into_any())
        .collect();
    view! {
        <table class="table table--cards table--mails">
            <thead>
                <tr>
                    <th scope="col">{cx.say("outbox-subject")}</th>
                    <th scope="col">{cx.say("outbox-to")}</th>
                    <th scope="col">{cx.say("outbox-state")}</th>
                    <th scope="col">{cx.say("outbox-written")}</th>
                    <th scope="col" class="num">{cx.say("outbox-attempts")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn row(cx: &Cx, listed: &Listed, mail: &outbox::Model) -> impl IntoView + use<> {
    let href = format!("/mail/{}", mail.id);
    let note = note(cx, listed, mail)
        .map(|note| view! { <span class="mails__note muted small">{note}</span> });
    view! {
        <tr>
            <th scope="row"><a href=href>{mail.subject.clone()}</a></th>
            <td class="mails__to" data-label=cx.say("outbox-to")>
                <span>{mail.to_name.clone()}</span>
                <span class="mails__address muted">{mail.to_address.clone()}</span>
            </td>
            <td class="mails__state" data-label=cx.say("outbox-state")>
                <span class="mails__badge">{delivery_badge(cx, *mail.state)}</span>
                {note}
            </td>
            <td class="mails__written" data-label=cx.say("outbox-written")><time>{cx.words.stamp(mail.created_at)}</time></td>
            <td class="mails__attempts num" data-label=cx.say("outbox-attempts")>{cx.words.number(mail.attempts)}</td>
        </tr>
    }
}

/// What keeps a mail from leaving, and when it is tried again.
fn note(cx: &Cx, listed: &Listed, mail: &outbox::Model) -> Option<String> {
    let leaves = DeliveryState::TO_LEAVE.contains(&mail.state);
    if leaves && mail.campaign_id.is_some_and(|id| listed.held.contains(&id)) {
        return Some(cx.say("outbox-held-short"));
    }
    let why = mail.failure.map(|failure| cx.words.term(failure.0));
    match *mail.state {
        DeliveryState::Retry => {
            let next = [("at", cx.words.stamp(mail.next_at).into())];
            let next = cx.say_with("outbox-next", &next);
            Some(match why {
                Some(why) => format!("{why} · {next}"),
                None => next,
            })
        }
        DeliveryState::Failed => why,
        _ => None,
    }
}

fn empty(cx: &Cx, listed: &Listed) -> impl IntoView + use<> {
    if listed.counts.is_empty() {
        return view! {
            <div class="empty">
                <h2>{cx.say("outbox-empty-title")}</h2>
                <p>{cx.say("outbox-empty")}</p>
                <p><a href="/manage/workshops">{cx.say("outbox-empty-act")}</a></p>
            </div>
        }
        .into_any();
    }
    view! {
        <div class="empty">
            <p>{cx.say("outbox-none")}</p>
            <p><a href="/mail">{cx.say("outbox-show-all")}</a></p>
        </div>
    }
    .into_any()
}

/// Onward to older mails, and back to the newest.
fn older(cx: &Cx, listed: &Listed) -> Option<impl IntoView + use<>> {
    let OutboxFilter { state, before } = listed.filter;
    let older = listed.mails.last().filter(|_| listed.more).map(|last| {
        let href = href(state, Some(last.id));
        view! { <li><a href=href>{cx.say("outbox-older")}</a></li> }
    });
    let newest = before.map(|_| {
        view! { <li><a href=href(state, None)>{cx.say("outbox-newest")}</a></li> }
    });
    let shown = older.is_some() || newest.is_some();
    shown.then(|| {
        view! { <nav class="pagination" aria-label=cx.say("outbox-pages")><ul>{newest}{older}</ul></nav> }
    })
}
