//! The register, with filters. Establishments may bear persons' names, so what
//! is typed travels in bodies, never in addresses.

use super::{PATH, label, rows};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, attachment, see_other};
use crate::ui::hidden;
use axum::body::Body;
use axum::http::Uri;
use axum::response::Response;
use domain::{Act, Channel, Coded};
use service::{Distributed, DistributionFilter, Failure};

/// The name of the file, by its day.
const FILE: &str = "phan-phat-tai-lieu.csv";

/// What was just done, and the mark by which it can be taken back; else empty.
struct Said {
    words: String,
    batch: String,
}

/// `GET /programme/distribution`
pub(super) async fn list(cx: Cx, uri: Uri) -> Result<Response, Oops> {
    let query = Fields::of_query(uri.query());
    let said = said(&cx, &query);
    show(cx, asked(&query), said).await
}

fn said(cx: &Cx, query: &Fields) -> Option<Said> {
    let number = |name| query.text(name).parse::<u32>().unwrap_or_default();
    let (new, stood) = (number("new"), number("stood"));
    let words = match query.text("done").as_str() {
        "entered" if new == 0 => cx.say_with("distribution-stood", &[("stood", stood.into())]),
        "entered" if stood == 0 => cx.say_with("distribution-entered", &[("new", new.into())]),
        "entered" => {
            let args = [("new", new.into()), ("stood", stood.into())];
            cx.say_with("distribution-entered-some", &args)
        }
        "undone" => cx.say("distribution-undone"),
        _ => return None,
    };
    let batch = query.text("batch");
    Some(Said { words, batch })
}

/// `POST /programme/distribution`: the same, with what was typed.
pub(super) async fn list_typed(cx: Cx, fields: Fields) -> Result<Response, Oops> {
    show(cx, asked(&fields), None).await
}

/// `POST /programme/distribution/export`
pub(super) async fn export(cx: Cx, fields: Fields) -> Result<Response, Oops> {
    let (services, filter) = (&cx.services, asked(&fields));
    let file = services.export_distributions(&cx.actor, &filter, cx.lang());
    let file = file.await?;
    let length = i64::try_from(file.len()).unwrap_or(i64::MAX);
    let media_type = "text/csv; charset=utf-8";
    Ok(attachment(Body::from(file), media_type, FILE, length))
}

/// `POST /programme/distribution/undo`: one entry, or all that came at once.
pub(super) async fn undo(cx: Cx, fields: Fields) -> Result<Response, Oops> {
    let (batch, id) = (fields.text("batch"), fields.text("id"));
    if batch.is_empty() {
        let id = id.parse().map_err(|_| Failure::NotFound)?;
        cx.services.undo_distribution(&cx.actor, id).await?;
    } else {
        cx.services.undo_distributions(&cx.actor, &batch).await?;
    }
    Ok(see_other(&format!("{PATH}?done=undone")))
}

fn asked(fields: &Fields) -> DistributionFilter {
    DistributionFilter {
        material: fields.text("material").parse().ok(),
        channel: Channel::from_code(&fields.text("channel")),
        typed: fields.text("q").trim().chars().take(100).collect(),
    }
}

async fn show(cx: Cx, filter: DistributionFilter, said: Option<Said>) -> Result<Response, Oops> {
    let found = cx.services.distributions(&cx.actor, &filter).await?;
    let title = cx.say("distribution-title");
    let page = Page::staff(&title);
    let inner = cx.clone();
    Ok(cx
        .show(page, move || body(&inner, title, &filter, &found, said))
        .await)
}

fn body(
    cx: &Cx,
    title: String,
    filter: &DistributionFilter,
    found: &Distributed,
    said: Option<Said>,
) -> impl IntoView + use<> {
    let enters = cx.actor.may(Act::SendMaterials);
    let said = said.map(|said| notice(cx, said, enters));
    let all = *filter == DistributionFilter::default();
    // Nothing to search in an empty register.
    let filters = (!all || !found.rows.is_empty()).then(|| filters(cx, filter, found));
    let content = if found.rows.is_empty() {
        let words = match (all, enters) {
            (true, true) => "distribution-empty",
            (true, false) => "distribution-empty-reader",
            (false, _) => "distribution-not-found",
        };
        view! { <div class="empty"><p>{cx.say(words)}</p></div> }.into_any()
    } else {
        entries(cx, filter, found)
    };
    let enter = enters.then(|| {
        view! { <p><a class="button" href="/programme/distribution/new">{cx.say("distribution-enter")}</a></p> }
    });
    let (back, of) = if cx.actor.may(Act::ManageWorkshops) {
        (crate::materials::PROGRAMME, "materials-programme-title")
    } else {
        ("/programme", "nav-programme")
    };
    view! {
        {said}
        <h1>{title}</h1>
        <p class="lead">{cx.say("distribution-lead")}</p>
        {enter}
        {filters}
        {content}
        <p><a href=back>{cx.say(of)}</a></p>
    }
}

/// What was just done; what was entered can be taken back at once.
fn notice(cx: &Cx, said: Said, enters: bool) -> AnyView {
    let undo = (enters && !said.batch.is_empty()).then(|| {
        view! {
            <form method="post" action="/programme/distribution/undo">
                {hidden("batch", &said.batch)}
                <button class="button button--secondary" type="submit">{cx.say("distribution-undo-all")}</button>
            </form>
        }
    });
    view! {
        <div role="status" class="notice notice--ok">
            <h2>{said.words}</h2>
            {undo}
        </div>
    }
}

fn filters(cx: &Cx, filter: &DistributionFilter, found: &Distributed) -> AnyView {
    let documents: Vec<_> = found
        .documents
        .iter()
        .map(|one| {
            let selected = filter.material == Some(one.id);
            view! { <option value=one.id.to_string() selected=selected>{label(cx, one)}</option> }
        })
        .collect();
    let channels: Vec<_> = Channel::ALL
        .iter()
        .copied()
        .map(|channel| {
            let selected = filter.channel == Some(channel);
            view! { <option value=channel.code() selected=selected>{cx.words.term(channel)}</option> }
        })
        .collect();
    let clear = (*filter != DistributionFilter::default())
        .then(|| view! { <a class="button button--quiet" href=PATH>{cx.say("list-clear")}</a> });
    view! {
        <form method="post" action=PATH class="filters" role="search">
            <div class="field">
                <label for="material">{cx.say("field-material")}</label>
                <select id="material" name="material">
                    <option value="">{cx.say("distribution-any-material")}</option>
                    {documents}
                </select>
            </div>
            <div class="field">
                <label for="channel">{cx.say("field-channel")}</label>
                <select id="channel" name="channel">
                    <option value="">{cx.say("distribution-any-channel")}</option>
                    {channels}
                </select>
            </div>
            <div class="field">
                <label for="q">{cx.say("distribution-establishment")}</label>
                <input id="q" name="q" type="search" value=filter.typed.clone() maxlength="100" />
            </div>
            <button class="button button--secondary" type="submit">{cx.say("list-find")}</button>
            {clear}
        </form>
    }
    .into_any()
}

fn entries(cx: &Cx, filter: &DistributionFilter, found: &Distributed) -> AnyView {
    let number = |number: usize| cx.words.number(i64::try_from(number).unwrap_or(i64::MAX));
    let count = cx.say_with(
        "distribution-found",
        &[
            ("entries", number(found.found).into()),
            ("establishments", number(found.establishments).into()),
        ],
    );
    let first = (found.rows.len() < found.found).then(|| {
        let shown = number(found.rows.len());
        view! { <p class="muted">{cx.say_with("distribution-first", &[("number", shown.into())])}</p> }
    });
    let material = filter.material.map(|id| id.to_string()).unwrap_or_default();
    let channel = filter.channel.map_or("", Coded::code);
    view! {
        <p>{count}</p>
        {first}
        <form method="post" action="/programme/distribution/export">
            {hidden("material", &material)} {hidden("channel", channel)} {hidden("q", &filter.typed)}
            <p><button class="button button--secondary" type="submit">{cx.say("distribution-export")}</button></p>
        </form>
        {rows::groups(cx, &found.rows)}
    }
    .into_any()
}
