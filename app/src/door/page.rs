//! The door screen of one workshop.

use super::ask;
use super::islands::DoorSearch;
use super::shown::{Answer, DoorWords, Head, Screen, Tone};
use super::walk_in;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use axum::extract::Path;
use axum::http::Uri;
use axum::response::Response;
use domain::{Problems, Reason, WalkInForm};
use leptos::prelude::*;
use service::Failure;

/// `GET /door/{slug}`
pub(super) async fn open(cx: Cx, Path(slug): Path<String>) -> Result<Response, Oops> {
    show(&cx, &slug, None).await
}

/// `POST /door/{slug}`: a name to look for, or a code typed or scanned.
pub(super) async fn search(
    cx: Cx,
    Path(slug): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let typed = fields.text("q");
    let nonce = fields.text("nonce");
    let screen = ask::enter(&cx, &slug, session(&fields)?, &typed, &nonce).await?;
    show(&cx, &slug, Some(screen)).await
}

/// `POST /door/{slug}/check-in`
pub(super) async fn check_in(
    cx: Cx,
    Path(slug): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let code = fields.text("code");
    let nonce = fields.text("nonce");
    let screen = ask::check_in(&cx, &slug, session(&fields)?, &code, &nonce).await?;
    show(&cx, &slug, Some(screen)).await
}

/// `POST /door/{slug}/undo`
pub(super) async fn undo(
    cx: Cx,
    Path(slug): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let code = fields.text("code");
    let screen = ask::undo(&cx, &slug, session(&fields)?, &code).await?;
    show(&cx, &slug, Some(screen)).await
}

/// `GET` where only forms lead: the address stays in the browser after an act,
/// and so does the link to the other language.
pub(super) async fn back(Path(slug): Path<String>, uri: Uri) -> Response {
    let query = uri.query().map(|query| format!("?{query}"));
    see_other(&format!("/door/{slug}{}", query.unwrap_or_default()))
}

/// The session that a form of this page names.
fn session(fields: &Fields) -> Result<i64, Failure> {
    let unknown = |_| Failure::problem("session", Reason::UnknownSession);
    fields.text("session").parse().map_err(unknown)
}

/// The page with what an act led to. It answers the act itself: what was typed
/// is in no address, and a reload sends the same nonce again.
pub(super) async fn show(cx: &Cx, slug: &str, screen: Option<Screen>) -> Result<Response, Oops> {
    let (head, blank) = ask::blank(cx, slug).await?;
    let screen = screen.unwrap_or(blank);
    let form = WalkInForm::default();
    Ok(render(cx, head, screen, &form, &Problems::default()).await)
}

/// The page with a walk-in that was not taken.
pub(super) async fn show_refused(
    cx: &Cx,
    slug: &str,
    form: &WalkInForm,
    problems: &Problems,
) -> Result<Response, Oops> {
    let (head, blank) = ask::blank(cx, slug).await?;
    let answer = Answer {
        tone: Tone::Bad,
        word: cx.say("door-walk-in-refused"),
        lines: vec![cx.say("door-walk-in-see-below")],
        ..Answer::default()
    };
    let screen = Screen {
        answer: Some(answer),
        ..blank
    };
    Ok(render(cx, head, screen, form, problems).await)
}

async fn render(
    cx: &Cx,
    head: Head,
    first: Screen,
    form: &WalkInForm,
    problems: &Problems,
) -> Response {
    let title = match &first.answer {
        Some(answer) => format!("{} – {}", answer.word, head.title),
        None => head.title.clone(),
    };
    let page = Page::staff(&title).islands();
    let ready = problems.is_empty();
    let page = if ready { page } else { page.unprocessable() };
    let (inner, form, problems) = (cx.clone(), form.clone(), problems.clone());
    let words = words(cx);
    let slug = head.slug.clone();
    cx.show(page, move || {
        view! {
            <DoorSearch head words first ready>
                {walk_in::form_view(&inner, &slug, &form, &problems)}
            </DoorSearch>
        }
    })
    .await
}

fn words(cx: &Cx) -> DoorWords {
    DoorWords {
        search: cx.say("door-search"),
        find: cx.say("door-find"),
        check_in: cx.say("door-check-in"),
        undo: cx.say("door-undo"),
        people: cx.say("door-people"),
        nobody: cx.say("door-nobody"),
        walk_in: cx.say("door-walk-in-link"),
        arrived: cx.say("door-arrived"),
        failed: cx.say("door-failed"),
        reload: cx.say("door-reload"),
    }
}
