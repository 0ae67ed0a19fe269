//! The door screen of one workshop.

use super::ask::{self, At};
use super::islands::DoorSearch;
use super::shown::{Answer, Head, Screen, Tone};
use super::walk_in::{self, Asked};
use super::words::words;
use crate::html::*;
use crate::render::{Cx, DEVICE_COOKIE, Fields, Oops, Page, see_other};
use axum::extract::Path;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderName, HeaderValue, StatusCode, Uri};
use axum::response::Response;
use domain::{ChosenSession, Consents, Problems, Reason, WalkInForm};
use service::{Actor, Failure};

/// Tells the service worker that this is the page, and not what a network
/// that asks for a sign-in of its own answers in its place.
const PAGE_MARK: &str = "x-door";

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
    let chosen = chosen_in(&cx, &slug).await?;
    let page = show(&cx, &slug, chosen, None).await?;
    Ok(match device {
        Some(device) => with_device(&cx, page, &slug, &device),
        None => page,
    })
}

/// The session that the address names: chosen in the form without script.
async fn chosen_in(cx: &Cx, slug: &str) -> Result<Option<ChosenSession>, Failure> {
    let mut pairs = url::form_urlencoded::parse(cx.query.as_bytes());
    let wanted = pairs.find(|(name, _)| name == "session");
    let Some(session) = wanted.and_then(|(_, id)| id.parse().ok()) else {
        return Ok(None);
    };
    let stands = cx.services.door(&cx.actor, slug).await?.session.id;
    Ok((session != stands).then_some(ChosenSession {
        session,
        instead_of: stands,
    }))
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
    let at = at(&fields)?;
    let screen = ask::enter(&cx, &slug, at, &typed, &nonce).await?;
    show(&cx, &slug, at.chosen, Some(screen)).await
}

/// `POST /door/{slug}/check-in`
pub(super) async fn check_in(
    cx: Cx,
    Path(slug): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let code = fields.text("code");
    let nonce = fields.text("nonce");
    let at = at(&fields)?;
    let screen = ask::check_in(&cx, &slug, at, &code, &nonce).await?;
    show(&cx, &slug, at.chosen, Some(screen)).await
}

/// `POST /door/{slug}/undo`
pub(super) async fn undo(
    cx: Cx,
    Path(slug): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let code = fields.text("code");
    let at = at(&fields)?;
    let screen = ask::undo(&cx, &slug, at, &code).await?;
    show(&cx, &slug, at.chosen, Some(screen)).await
}

/// `POST /door/{slug}/colleague`: what is wrong is said in the answer, and the
/// check-in stands as it was.
pub(super) async fn colleague(
    cx: Cx,
    Path(slug): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let (at, code) = (at(&fields)?, fields.text("code"));
    let name = fields.text("colleague");
    let screen = match ask::colleague(&cx, &slug, at, &code, name.clone()).await {
        Err(Failure::Invalid(problems)) => {
            let lines = problems.0.iter().map(|problem| cx.words.problem(problem));
            let answer = Answer {
                tone: Tone::Bad,
                word: cx.say("door-colleague-refused"),
                name,
                lines: lines.collect(),
                colleague: Some(code),
                ..Answer::default()
            };
            ask::answered(&cx, &slug, at.chosen, answer).await?
        }
        other => other?,
    };
    show(&cx, &slug, at.chosen, Some(screen)).await
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
    let at = at(&fields)?;
    let screen = ask::consent(&cx, &slug, at, &fields.text("code"), wanted).await?;
    show(&cx, &slug, at.chosen, Some(screen)).await
}

/// `GET` where only forms lead: the address stays in the browser after an act,
/// and so does the link to the other language.
pub(super) async fn back(Path(slug): Path<String>, uri: Uri) -> Response {
    let query = uri.query().map(|query| format!("?{query}"));
    see_other(&format!("/door/{slug}{}", query.unwrap_or_default()))
}

/// The session that a form of this page names.
pub(super) fn at(fields: &Fields) -> Result<At, Failure> {
    let unknown = |_| Failure::problem("session", Reason::UnknownSession);
    let session = fields.text("session").parse().map_err(unknown)?;
    let instead_of = fields.text("instead_of").parse().ok();
    Ok(At {
        session,
        chosen: instead_of.map(|instead_of| ChosenSession {
            session,
            instead_of,
        }),
    })
}

/// The page with what an act led to. It answers the act itself: what was typed
/// is in no address, and a reload sends the same nonce again.
pub(super) async fn show(
    cx: &Cx,
    slug: &str,
    chosen: Option<ChosenSession>,
    screen: Option<Screen>,
) -> Result<Response, Oops> {
    let (head, blank) = ask::blank(cx, slug, chosen).await?;
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
    chosen: Option<ChosenSession>,
    form: &WalkInForm,
    problems: &Problems,
    asked: Asked,
) -> Result<Response, Oops> {
    let (head, blank) = ask::blank(cx, slug, chosen).await?;
    let screen = not_added(cx, blank, Tone::Bad, cx.say("door-walk-in-see-below"));
    Ok(render(cx, head, screen, form, (problems, asked)).await)
}

/// The page with a walk-in about whom something is asked first: who it is of
/// those registered, or whether one more than there are seats is meant. To be
/// sent again once somebody said.
pub(super) async fn show_asked(
    cx: &Cx,
    slug: &str,
    chosen: Option<ChosenSession>,
    form: &WalkInForm,
    asked: Asked,
    why: String,
) -> Result<Response, Oops> {
    let (head, blank) = ask::blank(cx, slug, chosen).await?;
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
    let reader = cx.assets.code_reader.clone();
    let (slug, at) = (head.slug.clone(), (first.session, first.chosen));
    let shown = cx.show(page, move || {
        view! {
            <DoorSearch head words first reader ready>
                {walk_in::form_view(&inner, &slug, at, &form, &problems, &asked)}
                <p><a href=format!("/door/{slug}/board")>{inner.say("board-link")}</a></p>
            </DoorSearch>
        }
    });
    let mut shown = shown.await;
    let mark = HeaderName::from_static(PAGE_MARK);
    shown
        .headers_mut()
        .insert(mark, HeaderValue::from_static("page"));
    shown
}
