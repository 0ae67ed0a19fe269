//! Putting figures forward, signing them, opening them again.

use super::ask::{Ask, ask};
use super::session_address;
use crate::html::*;
use crate::render::{Cx, Fields, Oops, see_other};
use crate::ui::{Field, hidden};
use crate::workshops::heading;
use axum::extract::Path;
use axum::response::Response;
use domain::{Act, AttendanceState, FiguresState, Problems, WorkshopState};
use service::{AttendancePage, Conflict, Failure};

type At = Path<(String, i64)>;

/// `GET …/propose`
pub(super) async fn ask_propose(cx: Cx, Path((slug, id)): At) -> Result<Response, Oops> {
    cx.actor.require(Act::ManageWorkshops)?;
    let page = load(&cx, &slug, id, &[FiguresState::Open]).await?;
    let over = page.session.ends_at <= cx.services.clock().now();
    if !over || *page.workshop.row.state != WorkshopState::Published {
        return Err(Failure::Conflict(Conflict::NotAllowedNow).into());
    }
    if page.unsettled > 0 {
        return Err(Failure::Conflict(Conflict::Unsettled).into());
    }
    let mut what = vec![numbers(&cx, &page)];
    what.extend(doubts(&cx, &page));
    what.push(cx.say("attend-propose-what"));
    let asked = question(&cx, &page, "attend-propose-title", what, "attend-propose");
    Ok(ask(&cx, asked, |_, _| None).await)
}

/// `POST …/propose`
pub(super) async fn propose(cx: Cx, Path((slug, id)): At) -> Result<Response, Oops> {
    cx.services.propose_figures(&cx.actor, &slug, id).await?;
    Ok(done(&slug, id, "proposed"))
}

/// `GET …/sign`: the form carries what was looked at.
pub(super) async fn ask_sign(cx: Cx, Path((slug, id)): At) -> Result<Response, Oops> {
    let page = load(&cx, &slug, id, &[FiguresState::Proposed]).await?;
    if page.figures.own {
        return Err(Failure::Conflict(Conflict::OwnFigures).into());
    }
    let mut what = vec![numbers(&cx, &page)];
    what.extend(doubts(&cx, &page));
    what.push(cx.say("attend-sign-what"));
    let asked = question(&cx, &page, "attend-sign-title", what, "attend-sign");
    let lock = page.figures.lock.unwrap_or_default().to_string();
    Ok(ask(&cx, asked, move |_, _| {
        Some(hidden("lock", &lock).into_any())
    })
    .await)
}

/// `POST …/sign`
pub(super) async fn sign(cx: Cx, Path((slug, id)): At, fields: Fields) -> Result<Response, Oops> {
    let lock = fields.text("lock").parse();
    let lock = lock.map_err(|_| Failure::Conflict(Conflict::Outdated))?;
    cx.services.sign_figures(&cx.actor, &slug, id, lock).await?;
    Ok(done(&slug, id, "signed"))
}

/// `GET …/reopen`
pub(super) async fn ask_reopen(cx: Cx, Path((slug, id)): At) -> Result<Response, Oops> {
    Ok(reopening(&cx, &slug, id, String::new(), Problems::default()).await?)
}

/// `POST …/reopen`
pub(super) async fn reopen(cx: Cx, Path((slug, id)): At, fields: Fields) -> Result<Response, Oops> {
    let reason = fields.text("reason");
    let opened = cx
        .services
        .reopen_figures(&cx.actor, &slug, id, &reason)
        .await;
    match opened {
        Ok(()) => Ok(done(&slug, id, "reopened")),
        Err(Failure::Invalid(problems)) => Ok(reopening(&cx, &slug, id, reason, problems).await?),
        Err(failure) => Err(failure.into()),
    }
}

async fn reopening(
    cx: &Cx,
    slug: &str,
    id: i64,
    reason: String,
    problems: Problems,
) -> Result<Response, Failure> {
    let states = [FiguresState::Proposed, FiguresState::Locked];
    let page = load(cx, slug, id, &states).await?;
    let what = if page.figures.state == FiguresState::Locked {
        cx.say("attend-reopen-what-locked")
    } else {
        cx.say("attend-reopen-what-proposed")
    };
    let asked = Ask {
        problems,
        ..question(
            cx,
            &page,
            "attend-reopen-title",
            vec![what],
            "attend-reopen",
        )
    };
    Ok(ask(cx, asked, move |cx, problems| {
        let field = Field::line(cx, problems, "reason", "field-reason", &reason)
            .hint(cx.say("attend-reason-hint"));
        Some(field.view().into_any())
    })
    .await)
}

/// The session, if its figures are as an act needs them.
async fn load(
    cx: &Cx,
    slug: &str,
    id: i64,
    states: &[FiguresState],
) -> Result<AttendancePage, Failure> {
    let page = cx
        .services
        .attendance_page(&cx.actor, slug, Some(id))
        .await?;
    if states.contains(&page.figures.state) {
        Ok(page)
    } else {
        Err(Failure::Conflict(Conflict::NotAllowedNow))
    }
}

fn question(cx: &Cx, page: &AttendancePage, title: &str, what: Vec<String>, act: &str) -> Ask {
    let workshop = page.workshop.title(cx.lang());
    Ask {
        title: cx.say(title),
        about: format!("{workshop} – {}", heading(cx, &page.session)),
        what,
        act: cx.say(act),
        danger: false,
        back: session_address(&page.workshop.row.slug, page.session.id),
        problems: Problems::default(),
    }
}

/// What is signed, in one sentence.
fn numbers(cx: &Cx, page: &AttendancePage) -> String {
    let count = |state: AttendanceState| {
        let mut counts = page.counts.iter();
        let found = counts.find(|(of, _)| *of == state);
        found.map_or(0, |(_, number)| i64::try_from(*number).unwrap_or(i64::MAX))
    };
    let there = count(AttendanceState::Present) + count(AttendanceState::Late);
    let missing = count(AttendanceState::Absent) + count(AttendanceState::NotSet);
    cx.say_with(
        "attend-numbers",
        &[
            ("there", there.into()),
            ("late", count(AttendanceState::Late).into()),
            ("absent", missing.into()),
            ("excused", count(AttendanceState::Excused).into()),
        ],
    )
}

/// What whoever signs should know of the rows behind the numbers.
fn doubts(cx: &Cx, page: &AttendancePage) -> Vec<String> {
    [
        (page.differing, "attend-differing"),
        (page.alike, "attend-alike"),
    ]
    .into_iter()
    .filter(|(number, _)| *number > 0)
    .map(|(number, key)| {
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        format!("{}.", cx.say_with(key, &[("number", number.into())]))
    })
    .collect()
}

fn done(slug: &str, id: i64, what: &str) -> Response {
    see_other(&format!("{}?done={what}", session_address(slug, id)))
}
