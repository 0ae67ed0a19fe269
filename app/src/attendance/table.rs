//! Everybody of a session: scanned, signed, corrected.

use super::session_address;
use crate::html::*;
use crate::render::Cx;
use crate::ui::{badge, state_badge, tone};
use domain::{AttendanceState, FiguresState, RegistrationState, WorkshopState};
use service::{AttendancePage, AttendanceRow};

/// The table; `only`: of those who are flagged.
pub(super) fn view(cx: &Cx, page: &AttendancePage, only: bool) -> impl IntoView + use<> {
    let at = session_address(&page.workshop.row.slug, page.session.id);
    let held = *page.workshop.row.state == WorkshopState::Published;
    let open = held && page.figures.state == FiguresState::Open;
    let flagged = |row: &&AttendanceRow| row.difference.is_some() || !row.alike.is_empty();
    let rows: Vec<_> = page
        .rows
        .iter()
        .filter(|row| !only || flagged(row))
        .map(|row| line(cx, &at, row, open).into_any())
        .collect();
    let all = only.then(|| {
        let href = at.clone();
        view! { <p><a href=href>{cx.say("attend-show-all")}</a></p> }
    });
    let table = if rows.is_empty() {
        view! { <div class="empty"><p>{cx.say("attend-nobody")}</p></div> }.into_any()
    } else {
        view! {
            <table class="table table--cards">
                <thead>
                    <tr>
                        <th scope="col">{cx.say("field-full_name")}</th>
                        <th scope="col">{cx.say("field-establishment")}</th>
                        <th scope="col">{cx.say("attend-scanned")}</th>
                        <th scope="col">{cx.say("attend-signed")}</th>
                        <th scope="col">{cx.say("attend-result")}</th>
                        <th scope="col"><span class="visually-hidden">{cx.say("attend-correct")}</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    view! {
        <h3>{cx.say("attend-people")}</h3>
        {all}
        {table}
    }
}

fn line(cx: &Cx, at: &str, row: &AttendanceRow, open: bool) -> impl IntoView + use<> {
    let seat = (row.state != RegistrationState::Booked)
        .then(|| view! { <br />{state_badge(cx, row.state)} });
    // Only an attendance of somebody with a seat is corrected.
    let correct = (open && seat.is_none()).then(|| {
        let href = format!("{at}/people/{}", row.registration_id);
        let name = row.full_name.clone();
        view! {
            <a class="button button--quiet" href=href>
                {cx.say("attend-correct")}<span class="visually-hidden">" "{name}</span>
            </a>
        }
    });
    view! {
        <tr>
            <th scope="row">{row.full_name.clone()}{seat}</th>
            <td data-label=cx.say("field-establishment")>
                <span>{row.establishment.clone()}<br /><span class="muted small">{cx.words.term(row.role)}</span></span>
            </td>
            <td data-label=cx.say("attend-scanned")>{scanned(cx, row)}</td>
            <td data-label=cx.say("attend-signed")>{signed(cx, row)}</td>
            <td data-label=cx.say("attend-result")><span>{result(cx, row)}</span></td>
            <td>{correct}</td>
        </tr>
    }
}

/// When and by whom somebody was scanned.
pub(super) fn scanned(cx: &Cx, row: &AttendanceRow) -> Option<impl IntoView + use<>> {
    row.scanned.as_ref().map(|scan| {
        let offline = scan
            .offline
            .then(|| format!(", {}", cx.say("attend-offline")));
        view! {
            <span>
                <time>{cx.words.stamp(scan.at)}</time><br />
                <span class="muted small">{scan.by.clone()}{offline}</span>
            </span>
        }
    })
}

/// On which sheet somebody signed.
pub(super) fn signed(cx: &Cx, row: &AttendanceRow) -> Option<impl IntoView + use<>> {
    row.signed.as_ref().map(|signed| {
        let words = cx.say_with("attend-on-sheet", &[("sheet", (&signed.sheet).into())]);
        view! { <span>{words}<br /><span class="muted small">{signed.by.clone()}</span></span> }
    })
}

/// What it makes, why, and what does not fit.
fn result(cx: &Cx, row: &AttendanceRow) -> impl IntoView + use<> {
    let mark = row.mark.as_ref().map(|mark| {
        let args = [
            ("reason", (&mark.reason).into()),
            ("who", (&mark.by).into()),
        ];
        view! { <br /><span class="small">{cx.say_with("attend-mark", &args)}</span> }
    });
    let difference = row.difference.map(|difference| {
        view! { <br /><span class="small attend__flag">{cx.words.term(difference)}</span> }
    });
    let alike = (!row.alike.is_empty()).then(|| {
        let names = row.alike.join(", ");
        let words = cx.say_with("attend-maybe-one", &[("names", names.into())]);
        view! { <br /><a class="small" href=crate::merge::PATH>{words}</a> }
    });
    view! { {attendance_badge(cx, row.attendance)}{mark}{difference}{alike} }
}

/// A state of attendance.
pub(super) fn attendance_badge(cx: &Cx, state: AttendanceState) -> impl IntoView + use<> {
    let tone = match state {
        AttendanceState::NotSet => tone::NEUTRAL,
        AttendanceState::Present => tone::OK,
        AttendanceState::Late => tone::WAIT,
        AttendanceState::Absent => tone::BAD,
        AttendanceState::Excused => tone::INFO,
    };
    badge(tone, cx.words.term(state))
}
