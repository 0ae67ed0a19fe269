//! All trainers by given name. Names travel in bodies, never in addresses.

use super::PATH;
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page};
use crate::ui::{badge, done, not_found, search, tone};
use axum::http::Uri;
use axum::response::Response;
use domain::Phone;
use service::{TrainerRow, Trainers};

/// What is shown beside the list.
#[derive(Clone, Debug, Default)]
struct Shown {
    /// What was looked for.
    typed: String,
    /// What was just done, and to whom.
    said: String,
    to: Option<i64>,
}

/// `GET /manage/trainers`
pub(super) async fn open(cx: Cx, uri: Uri) -> Result<Response, Oops> {
    let query = Fields::of_query(uri.query());
    let shown = Shown {
        said: query.text("done"),
        to: query.text("trainer").parse().ok(),
        ..Shown::default()
    };
    show(&cx, shown).await
}

/// `POST /manage/trainers`: a search.
pub(super) async fn find(cx: Cx, fields: Fields) -> Result<Response, Oops> {
    let shown = Shown {
        typed: fields.text("q").trim().to_owned(),
        ..Shown::default()
    };
    show(&cx, shown).await
}

async fn show(cx: &Cx, shown: Shown) -> Result<Response, Oops> {
    let data = cx.services.trainers(&cx.actor, &shown.typed).await?;
    let title = cx.say("trainers-title");
    let page = Page::staff(&title).wide();
    let inner = cx.clone();
    Ok(cx
        .show(page, move || body(&inner, title, &data, &shown))
        .await)
}

fn body(cx: &Cx, title: String, data: &Trainers, shown: &Shown) -> impl IntoView + use<> {
    let content = if data.all == 0 {
        view! { <div class="empty"><p>{cx.say("trainers-empty")}</p></div> }.into_any()
    } else {
        view! {
            {search("post", PATH, cx.say("trainers-search"), cx.say("trainers-find"), &shown.typed)}
            {table(cx, data, shown)}
        }
        .into_any()
    };
    view! {
        {notice(cx, data, shown)}
        <h1>{title}</h1>
        <p><a class="button" href="/manage/trainers/new">{cx.say("trainers-add")}</a></p>
        {content}
        <p><a href=crate::venues::PATH>{cx.say("venues-title")}</a></p>
    }
}

fn notice(cx: &Cx, data: &Trainers, shown: &Shown) -> Option<AnyView> {
    let row = &data
        .rows
        .iter()
        .find(|one| Some(one.row.id) == shown.to)?
        .row;
    let args = [("name", (&row.full_name).into())];
    let (words, undo) = match shown.said.as_str() {
        "saved" => (cx.say_with("trainers-saved", &args), None),
        "retired" => (
            cx.say_with("trainers-retired-done", &args),
            Some((
                format!("{PATH}/{}/restore", row.id),
                cx.say("trainers-undo"),
            )),
        ),
        "restored" => (cx.say_with("trainers-restored", &args), None),
        _ => return None,
    };
    Some(done(cx.say("trainers-done-title"), words, undo).into_any())
}

fn table(cx: &Cx, data: &Trainers, shown: &Shown) -> AnyView {
    if data.rows.is_empty() {
        let words = cx.say_with("trainers-not-found", &[("typed", (&shown.typed).into())]);
        return not_found(words, PATH, cx.say("trainers-show-all")).into_any();
    }
    let rows: Vec<_> = data.rows.iter().map(|one| row(cx, one)).collect();
    view! {
        <table class="table table--cards">
            <thead>
                <tr>
                    <th scope="col">{cx.say("field-full_name")}</th>
                    <th scope="col">{cx.say("field-affiliation")}</th>
                    <th scope="col">{cx.say("field-trainer_fields")}</th>
                    <th scope="col">{cx.say("trainers-contact")}</th>
                    <th scope="col">{cx.say("field-account")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn row(cx: &Cx, one: &TrainerRow) -> AnyView {
    let row = &one.row;
    let href = format!("{PATH}/{}", row.id);
    let retired = one
        .is_retired()
        .then(|| badge(tone::NEUTRAL, cx.say("trainers-retired")));
    let phone = row.phone.as_ref().map(|phone| {
        let href = format!("tel:{phone}");
        view! { <a class="nowrap" href=href>{Phone::national(phone)}</a> }
    });
    let email = row.email.as_ref().map(|email| {
        let href = format!("mailto:{email}");
        view! { <a href=href>{email.clone()}</a> }
    });
    let contact =
        (phone.is_some() || email.is_some()).then(|| view! { <span>{phone}" "{email}</span> });
    let account = match (&one.account, row.account_id) {
        (Some(account), _) => account.clone(),
        (None, Some(_)) => cx.say("trainers-account-disabled"),
        (None, None) => String::new(),
    };
    view! {
        <tr>
            <th scope="row"><a href=href>{row.full_name.clone()}</a>" "{retired}</th>
            <td data-label=cx.say("field-affiliation")>{row.affiliation.clone()}</td>
            <td data-label=cx.say("field-trainer_fields")>{row.fields.clone()}</td>
            <td data-label=cx.say("trainers-contact")>{contact}</td>
            <td data-label=cx.say("field-account") class="wrap-anywhere">{account}</td>
        </tr>
    }
    .into_any()
}
