//! Correcting one attendance, with a reason.

use super::table::{attendance_badge, scanned, signed};
use super::{page::back, session_address};
use crate::home::fact;
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{Choices, Field, error_summary};
use crate::workshops::heading;
use axum::extract::Path;
use axum::response::Response;
use domain::{AttendanceState, Coded, FiguresState, Problems, Reason};
use service::{AttendancePage, AttendanceRow, Conflict, Failure};

type At = Path<(String, i64, i64)>;

/// What was typed.
#[derive(Clone, Debug, Default)]
struct Typed {
    state: String,
    reason: String,
    problems: Problems,
}

/// `GET …/people/{id}`
pub(super) async fn form(cx: Cx, Path((slug, session, id)): At) -> Result<Response, Oops> {
    show(&cx, &slug, session, id, None).await
}

/// `POST …/people/{id}`
pub(super) async fn save(
    cx: Cx,
    Path((slug, session, id)): At,
    fields: Fields,
) -> Result<Response, Oops> {
    let (state, reason) = (fields.text("state"), fields.text("reason"));
    let saved = match AttendanceState::from_code(&state) {
        Some(state) => {
            let (services, actor) = (&cx.services, &cx.actor);
            services
                .correct_attendance(actor, &slug, session, id, state, &reason)
                .await
        }
        None => Err(Failure::problem("state", Reason::NotAChoice)),
    };
    match saved {
        Ok(()) => Ok(done(&slug, session, "corrected")),
        Err(Failure::Invalid(problems)) => {
            let typed = Typed {
                state,
                reason,
                problems,
            };
            show(&cx, &slug, session, id, Some(typed)).await
        }
        Err(failure) => Err(failure.into()),
    }
}

/// `POST …/people/{id}/undo`
pub(super) async fn undo(cx: Cx, Path((slug, session, id)): At) -> Result<Response, Oops> {
    let (services, actor) = (&cx.services, &cx.actor);
    services.undo_correction(actor, &slug, session, id).await?;
    Ok(done(&slug, session, "undone"))
}

fn done(slug: &str, session: i64, what: &str) -> Response {
    see_other(&format!("{}?done={what}", session_address(slug, session)))
}

async fn show(
    cx: &Cx,
    slug: &str,
    session: i64,
    id: i64,
    typed: Option<Typed>,
) -> Result<Response, Oops> {
    let page = cx
        .services
        .attendance_page(&cx.actor, slug, Some(session))
        .await?;
    // What was put forward or signed is opened again first.
    if page.figures.state != FiguresState::Open {
        return Err(Failure::Conflict(Conflict::FiguresLocked).into());
    }
    let mut rows = page.rows.iter();
    let row = rows.find(|row| row.registration_id == id).cloned();
    let row = row.ok_or(Failure::NotFound)?;
    let typed = typed.unwrap_or_else(|| Typed {
        state: row
            .mark
            .as_ref()
            .map_or_else(String::new, |mark| mark.state.code().to_owned()),
        ..Typed::default()
    });
    let title = format!("{} – {}", row.full_name, cx.say("attend-correct-title"));
    let shown = Page::staff(&title).narrow().checked(&typed.problems);
    let inner = cx.clone();
    Ok(cx
        .show(shown, move || body(&inner, &page, &row, &typed))
        .await)
}

fn body(
    cx: &Cx,
    page: &AttendancePage,
    row: &AttendanceRow,
    typed: &Typed,
) -> impl IntoView + use<> {
    let slug = &page.workshop.row.slug;
    let (session, id) = (page.session.id, row.registration_id);
    let options = AttendanceState::CORRECTIONS
        .into_iter()
        .map(|state| (state.code().to_owned(), cx.words.term(state)))
        .collect();
    let undo = row.mark.as_ref().map(|mark| {
        let action = format!("{}/people/{id}/undo", session_address(slug, session));
        let args = [
            ("reason", (&mark.reason).into()),
            ("who", (&mark.by).into()),
        ];
        view! {
            <div class="notice notice--info">
                <p>{cx.words.term(mark.state)}" ("{cx.words.stamp(mark.at)}")"</p>
                <p>{cx.say_with("attend-mark", &args)}</p>
                <form method="post" action=action>
                    <button class="button button--secondary" type="submit">{cx.say("attend-undo-mark")}</button>
                </form>
            </div>
        }
    });
    let scan = scanned(cx, row).map(|words| fact(cx.say("attend-scanned"), words));
    let sign = signed(cx, row).map(|words| fact(cx.say("attend-signed"), words));
    view! {
        {error_summary(cx, &typed.problems)}
        {back(slug, Some(session), page.workshop.title(cx.lang()))}
        <h1>{row.full_name.clone()}</h1>
        <dl class="facts">
            {fact(cx.say("field-establishment"), row.establishment.clone())}
            {fact(cx.say("field-session"), heading(cx, &page.session))}
            {scan}
            {sign}
            {fact(cx.say("attend-result"), attendance_badge(cx, row.attendance))}
        </dl>
        {undo}
        <h2>{cx.say("attend-correct-title")}</h2>
        <form method="post" novalidate>
            {Choices::one(cx, &typed.problems, "state", "field-attendance", &typed.state, options).view()}
            {Field::line(cx, &typed.problems, "reason", "field-reason", &typed.reason)
                .hint(cx.say("attend-reason-hint")).view()}
            <div class="form-actions">
                <button class="button" type="submit">{cx.say("attend-correct-act")}</button>
            </div>
        </form>
    }
}
