//! The door screen of one workshop.

use super::ask;
use super::islands::DoorSearch;
use super::shown::{Answer, Head, Screen, Tone};
use super::walk_in::{self, Asked};
use super::words::words;
use crate::render::{Cx, DEVICE_COOKIE, Fields, Oops, Page, see_other};
use axum::extract::Path;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderValue, StatusCode, Uri};
use axum::response::Response;
use domain::{Consents, Problems, Reason, WalkInForm};
use leptos::prelude::*;
use service::{Actor, Failure};

/// How long a browser stays a device.
const DEVICE_SECONDS: u32 = 30 * 24 * 3600;

/// `GET /door/{slug}`: the browser of somebody who is signed in becomes a
/// device, which stays at the door when the session ends.
pub(super) async fn open(cx: Cx, Path(slug): Path<String>) -> Result<Response, Oops> {
    let device = match &cx.actor {
        Actor::Account { .. } => {
            let known = cx.device.as_deref();
            cx.services.ready_device(&cx.actor, &slug, known).await?
        }
        _ => None,
    };
    let page = show(&cx, &slug, None).await?;
    Ok(match device {
        Some(device) => with_device(&cx, page, &slug, &device),
        None => page,
    })
}

/// The answer that makes a browser a device at one door.
pub(super) fn with_device(cx: &Cx, mut answer: Response, slug: &str, device: &str) -> Response {
    let secure = match cx.services.public_url().scheme() {
        "https" => "; Secure",
        _ => "",
    };
    let cookie = format!(
        "{DEVICE_COOKIE}={device}; Path=/door/{slug}; Max-Age={DEVICE_SECONDS}; SameSite=Lax; HttpOnly{secure}"
    );
    if let Ok(cookie) = HeaderValue::try_from(cookie) {
        answer.headers_mut().append(SET_COOKIE, cookie);
    }
    answer
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

/// `POST /door/{slug}/colleague`: what is wrong is said in the answer, and the
/// check-in stands as it was.
pub(super) async fn colleague(
    cx: Cx,
    Path(slug): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let (session, id) = (session(&fields)?, registration(&fields)?);
    let name = fields.text("colleague");
    let screen = match ask::colleague(&cx, &slug, session, id, name.clone()).await {
        Err(Failure::Invalid(problems)) => {
            let lines = problems.0.iter().map(|problem| cx.words.problem(problem));
            let answer = Answer {
                tone: Tone::Bad,
                word: cx.say("door-colleague-refused"),
                name,
                lines: lines.collect(),
                colleague: Some(id),
                ..Answer::default()
            };
            ask::answered(&cx, &slug, answer).await?
        }
        other => other?,
    };
    show(&cx, &slug, Some(screen)).await
}

/// `POST /door/{slug}/consent`
pub(super) async fn consent(
    cx: Cx,
    Path(slug): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let ticked = |name: &str| fields.text(name) == "on";
    let wanted = Consents {
        reporting: ticked("consent_reporting"),
        materials: ticked("consent_materials"),
        invitations: ticked("consent_invitations"),
    };
    let screen = ask::consent(&cx, &slug, registration(&fields)?, wanted).await?;
    show(&cx, &slug, Some(screen)).await
}

/// The registration that a form of this page names.
fn registration(fields: &Fields) -> Result<i64, Failure> {
    let typed = fields.text("registration");
    typed.parse().map_err(|_| Failure::NotFound)
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
    Ok(render(
        cx,
        head,
        screen,
        &form,
        (&Problems::default(), Asked::default()),
    )
    .await)
}

/// The page with a walk-in that was not taken.
pub(super) async fn show_refused(
    cx: &Cx,
    slug: &str,
    form: &WalkInForm,
    problems: &Problems,
    asked: Asked,
) -> Result<Response, Oops> {
    let (head, blank) = ask::blank(cx, slug).await?;
    let screen = not_added(cx, blank, Tone::Bad, cx.say("door-walk-in-see-below"));
    Ok(render(cx, head, screen, form, (problems, asked)).await)
}

/// The page with a walk-in about whom something is asked first: who it is of
/// those registered, or whether one more than there are seats is meant. To be
/// sent again once somebody said.
pub(super) async fn show_asked(
    cx: &Cx,
    slug: &str,
    form: &WalkInForm,
    asked: Asked,
    why: String,
) -> Result<Response, Oops> {
    let (head, blank) = ask::blank(cx, slug).await?;
    let screen = not_added(cx, blank, Tone::Wait, why);
    let asked = (&Problems::default(), asked);
    let mut page = render(cx, head, screen, form, asked).await;
    *page.status_mut() = StatusCode::CONFLICT;
    Ok(page)
}

fn not_added(cx: &Cx, blank: Screen, tone: Tone, why: String) -> Screen {
    let answer = Answer {
        tone,
        word: cx.say("door-walk-in-refused"),
        lines: vec![why],
        ..Answer::default()
    };
    Screen {
        answer: Some(answer),
        ..blank
    }
}

async fn render(
    cx: &Cx,
    head: Head,
    first: Screen,
    form: &WalkInForm,
    (problems, asked): (&Problems, Asked),
) -> Response {
    let title = match &first.answer {
        Some(answer) => format!("{} – {}", answer.word, head.title),
        None => head.title.clone(),
    };
    let page = Page::staff(&title)
        .islands()
        .installed(format!("/door/{}/manifest.webmanifest", head.slug));
    let ready = problems.is_empty() && !asked.anything();
    let page = page.checked(problems);
    let (inner, form, problems) = (cx.clone(), form.clone(), problems.clone());
    let words = words(cx);
    let slug = head.slug.clone();
    cx.show(page, move || {
        view! {
            <DoorSearch head words first ready>
                {walk_in::form_view(&inner, &slug, &form, &problems, &asked)}
                <p><a href=format!("/door/{slug}/board")>{inner.say("board-link")}</a></p>
            </DoorSearch>
        }
    })
    .await
}
