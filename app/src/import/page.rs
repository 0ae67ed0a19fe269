//! One import: the look at its rows, how far it is, what came of it.

use super::{address, columns, done, rows};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{error_summary, notice, shortened, tone};
use axum::extract::Path;
use axum::http::HeaderValue;
use axum::http::header::REFRESH;
use axum::response::Response;
use domain::{ImportColumn, ImportNote, ImportState, Problems};
use service::{Failure, Fate, ImportPage};

/// Letters of a file's name that are shown.
pub(super) const NAME: usize = 60;

/// What each column holds.
pub(super) type Chosen = Vec<Option<ImportColumn>>;

/// `GET /manage/workshops/{slug}/import/{id}`
pub(super) async fn show(cx: Cx, Path((slug, id)): Path<(String, i64)>) -> Result<Response, Oops> {
    with(&cx, &slug, id, Problems::default(), None).await
}

/// `GET` of what only a form leads to.
pub(super) async fn back(Path((slug, id)): Path<(String, i64)>) -> Response {
    see_other(&format!("{}/{id}", address(&slug)))
}

/// `POST /manage/workshops/{slug}/import/{id}`: has the file registered.
pub(super) async fn confirm(
    cx: Cx,
    Path((slug, id)): Path<(String, i64)>,
    fields: Fields,
) -> Result<Response, Oops> {
    let mails = fields.ticked("mails");
    match cx
        .services
        .confirm_import(&cx.actor, &slug, id, mails)
        .await
    {
        Ok(()) => Ok(see_other(&format!("{}/{id}", address(&slug)))),
        Err(Failure::Invalid(problems)) => with(&cx, &slug, id, problems, None).await,
        Err(failure) => Err(failure.into()),
    }
}

/// The page; with columns that were chosen and not taken, these.
pub(super) async fn with(
    cx: &Cx,
    slug: &str,
    id: i64,
    problems: Problems,
    chosen: Option<Chosen>,
) -> Result<Response, Oops> {
    let import = cx.services.import_page(&cx.actor, slug, id).await?;
    let runs = *import.row.state == ImportState::Running;
    let page = Page::staff(&cx.say("import-title"))
        .wide()
        .checked(&problems);
    let chosen = chosen.unwrap_or_else(|| import.columns.clone());
    let inner = cx.clone();
    let mut response = cx
        .show(page, move || body(&inner, &import, &problems, &chosen))
        .await;
    if runs {
        // The page looks again by itself, and can be left alone.
        let again = HeaderValue::from_static("2");
        response.headers_mut().insert(REFRESH, again);
    }
    Ok(response)
}

fn body(cx: &Cx, page: &ImportPage, problems: &Problems, chosen: &Chosen) -> impl IntoView + use<> {
    let slug = &page.view.row.slug;
    let list = address(slug);
    let content = match *page.row.state {
        ImportState::Uploaded => look(cx, page, problems, chosen),
        ImportState::Failed => view! {
            {notice(tone::BAD, cx.say("import-failed-title"), cx.say("import-failed"))}
            {look(cx, page, problems, chosen)}
        }
        .into_any(),
        ImportState::Running => running(cx, page),
        ImportState::Done | ImportState::Undone => done::view(cx, page),
    };
    view! {
        {error_summary(cx, problems)}
        <p><a href=list>{cx.say("import-title")}</a></p>
        <h1 title=page.row.file_name.clone()>{shortened(&page.row.file_name, NAME)}</h1>
        <p>{page.view.title(cx.lang()).to_owned()}</p>
        {content}
    }
}

fn running(cx: &Cx, page: &ImportPage) -> AnyView {
    let done = i64::try_from(page.progress.unwrap_or(0)).unwrap_or(0);
    let args = [("done", done.into()), ("total", page.row.total.into())];
    let words = cx.say_with("import-running", &args);
    view! { <div role="status">{notice(tone::INFO, cx.say("import-running-title"), words)}</div> }
        .into_any()
}

/// Counts first, then the columns, then the rows, those with problems before
/// the others; nothing is written yet.
fn look(cx: &Cx, page: &ImportPage, problems: &Problems, chosen: &Chosen) -> AnyView {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let new = page.count(|fate| *fate == Fate::New);
    let same = page.count(|fate| *fate == Fate::Same);
    let again = page.count(|fate| matches!(fate, Fate::Again(_)));
    let wrong = page.count(Fate::is_wrong);
    let notes = || page.rows.iter().flat_map(|row| &row.notes);
    let posts = notes().filter(|note| **note == ImportNote::OtherRole);
    let phones = notes().filter(|note| matches!(note, ImportNote::NewNumber(_)));
    let left_out = page.rows.iter().filter(|row| !row.left_out.is_empty());
    let left_out = number(left_out.count());
    let waits = number(new) - i64::from(page.seated);
    let line = |key: &str, count: i64| {
        let words = cx.say_with(key, &[("number", count.into())]);
        (count > 0).then(|| view! { <li>{words}</li> })
    };
    let counts = [
        line("import-new", number(new)),
        line("import-seated", page.seated.into()),
        line("import-waits", waits),
        line("import-tax-codes", left_out),
        line("import-other-roles", number(posts.count())),
        line("import-new-numbers", number(phones.count())),
        line("import-same", number(same)),
        line("import-again", number(again)),
        line("import-wrong", number(wrong)),
    ];
    let args = [("number", number(new).into())];
    let act = (new > 0).then(|| {
        view! {
            <form method="post">
                <label class="choice">
                    <input type="checkbox" name="mails" value="on" />
                    <span>{cx.say("import-mails")}</span>
                </label>
                <p class="hint">{cx.say("import-mails-hint")}</p>
                <div class="form-actions">
                    <button class="button" type="submit">{cx.say_with("import-act", &args)}</button>
                </div>
            </form>
        }
    });
    let lead = if page.rows.is_empty() && (page.row.total == 0 || columns::are_named(page)) {
        view! { <p>{cx.say("import-no-people")}</p> }.into_any()
    } else if page.rows.is_empty() {
        view! { <p>{cx.say("import-columns-first")}</p> }.into_any()
    } else {
        view! { <p>{cx.say("import-look")}</p><ul>{Vec::from(counts)}</ul> }.into_any()
    };
    view! {
        {lead}
        {act}
        {(wrong > 0).then(|| done::rejected_form(cx, page))}
        {columns::form(cx, page, problems, chosen)}
        {rows::tables(cx, page)}
    }
    .into_any()
}
