//! The register, with filters. Establishments may bear persons' names, so what
//! is typed travels in bodies, never in addresses.

use super::PATH;
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, attachment, see_other};
use crate::ui::{done, hidden};
use axum::body::Body;
use axum::http::Uri;
use axum::response::Response;
use domain::{Channel, Coded};
use service::{Distributed, DistributedBy, DistributionFilter, DistributionRow, Failure};

/// The name of the file, by its day.
const FILE: &str = "phan-phat-tai-lieu.csv";

/// `GET /programme/distribution`
pub(super) async fn list(cx: Cx, uri: Uri) -> Result<Response, Oops> {
    let query = Fields::of_query(uri.query());
    let said = match query.text("done").as_str() {
        "entered" => Some(("distribution-entered", query.text("batch"))),
        "undone" => Some(("distribution-undone", String::new())),
        _ => None,
    };
    show(cx, asked(&query), said).await
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

async fn show(
    cx: Cx,
    filter: DistributionFilter,
    said: Option<(&'static str, String)>,
) -> Result<Response, Oops> {
    let found = cx.services.distributions(&cx.actor, &filter).await?;
    let title = cx.say("distribution-title");
    let page = Page::staff(&title).wide();
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
    said: Option<(&'static str, String)>,
) -> impl IntoView + use<> {
    let said = said.map(|(key, batch)| entered(cx, key, batch));
    let content = if found.rows.is_empty() {
        let words = if *filter == DistributionFilter::default() {
            "distribution-empty"
        } else {
            "distribution-not-found"
        };
        view! { <div class="empty"><p>{cx.say(words)}</p></div> }.into_any()
    } else {
        table(cx, filter, found)
    };
    view! {
        {said}
        <h1>{title}</h1>
        <p class="lead">{cx.say("distribution-lead")}</p>
        <p><a class="button" href="/programme/distribution/new">{cx.say("distribution-enter")}</a></p>
        {filters(cx, filter, found)}
        {content}
        <p><a href=crate::materials::PROGRAMME>{cx.say("materials-programme-title")}</a></p>
    }
}

/// What was just done; what was entered can be taken back at once.
fn entered(cx: &Cx, key: &'static str, batch: String) -> AnyView {
    let said = done(cx.say(key), String::new(), None);
    let undo = (!batch.is_empty()).then(|| {
        view! {
            <form method="post" action="/programme/distribution/undo">
                {hidden("batch", &batch)}
                <button class="button button--secondary" type="submit">{cx.say("distribution-undo-all")}</button>
            </form>
        }
    });
    view! { {said} {undo} }.into_any()
}

fn filters(cx: &Cx, filter: &DistributionFilter, found: &Distributed) -> AnyView {
    let materials: Vec<_> = found
        .materials
        .iter()
        .map(|row| {
            let title = cx.lang().choose(&row.title_vi, &row.title_en).to_owned();
            let selected = filter.material == Some(row.id);
            view! { <option value=row.id.to_string() selected=selected>{title}</option> }
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
                    {materials}
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
                <label for="q">{cx.say("field-establishment")}</label>
                <input id="q" name="q" type="search" value=filter.typed.clone() maxlength="100" />
            </div>
            <button class="button button--secondary" type="submit">{cx.say("list-find")}</button>
            {clear}
        </form>
    }
    .into_any()
}

fn table(cx: &Cx, filter: &DistributionFilter, found: &Distributed) -> AnyView {
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
    let rows: Vec<_> = found.rows.iter().map(|one| row(cx, one)).collect();
    let material = filter.material.map(|id| id.to_string()).unwrap_or_default();
    let channel = filter.channel.map_or("", Coded::code);
    view! {
        <p>{count}</p>
        {first}
        <form method="post" action="/programme/distribution/export">
            {hidden("material", &material)} {hidden("channel", channel)} {hidden("q", &filter.typed)}
            <p><button class="button button--secondary" type="submit">{cx.say("distribution-export")}</button></p>
        </form>
        <table class="table table--cards">
            <caption class="visually-hidden">{cx.say("distribution-title")}</caption>
            <thead>
                <tr>
                    <th scope="col">{cx.say("field-day")}</th>
                    <th scope="col">{cx.say("field-material")}</th>
                    <th scope="col">{cx.say("field-establishment")}</th>
                    <th scope="col">{cx.say("field-channel")}</th>
                    <th scope="col">{cx.say("distribution-by")}</th>
                    <th scope="col"><span class="visually-hidden">{cx.say("materials-act")}</span></th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn row(cx: &Cx, one: &DistributionRow) -> AnyView {
    let (by, undo) = match &one.by {
        DistributedBy::Mails(people) => {
            let args = [("number", (*people).into())];
            (cx.say_with("distribution-by-mails", &args), None)
        }
        DistributedBy::Hand { id, who } => {
            let id = id.to_string();
            let of = one.establishment.clone();
            let undo = view! {
                <form method="post" action="/programme/distribution/undo">
                    {hidden("id", &id)}
                    <button class="button button--quiet" type="submit">
                        {cx.say("distribution-undo")} <span class="visually-hidden">" " {of}</span>
                    </button>
                </form>
            };
            (who.clone(), Some(undo))
        }
    };
    let note = (!one.note.is_empty()).then(|| view! { <p class="muted">{one.note.clone()}</p> });
    view! {
        <tr>
            <td data-label=cx.say("field-day")>{cx.words.date(one.day)}</td>
            <th scope="row" class="wrap-anywhere">{one.title(cx.lang()).to_owned()}</th>
            <td data-label=cx.say("field-establishment")>{one.establishment.clone()}</td>
            <td data-label=cx.say("field-channel")>{cx.words.term(one.channel)}</td>
            <td data-label=cx.say("distribution-by")>{by} {note}</td>
            <td>{undo}</td>
        </tr>
    }
    .into_any()
}
