//! One workshop, for everybody.

use super::agenda::agenda;
use super::event::{description, event};
use super::facts::{fact, giving_up, when_where_and_how, workshop_contact};
use crate::html::*;
use crate::render::{About, Cx, Oops, Page};
use crate::ui::{named, notice, paragraph, phase_badge, tone};
use axum::extract::Path;
use axum::response::Response;
use domain::{
    CertificateRule, ChangeKind, DelegateRole, Phase, RegistrationMode, RegistrationWindow, Seats,
    Sector,
};
use service::{AgendaItem, Changed, MaterialView, WorkshopView};
use std::collections::HashMap;

/// `GET /workshops/{slug}`
pub(super) async fn show(cx: Cx, Path(slug): Path<String>) -> Result<Response, Oops> {
    let view = cx.services.public_workshop(&slug).await?;
    let seats = cx.services.seats_left(&view).await?;
    let changes = cx.services.changes(view.row.id).await?;
    let page = Page::public(view.title(cx.lang())).kept().about(About {
        description: description(&view, &cx),
        path: format!("/workshops/{}", view.row.slug),
        data: Some(event(&cx, &view, seats, &changes)),
    });
    let shown = Shown {
        changes,
        agendas: cx.services.agendas(&view.sessions).await?,
        directions: cx.services.directions(&view.sessions).await?,
        materials: cx.services.public_materials_of(view.row.id).await?,
        view,
        seats,
    };
    let inner = cx.clone();
    Ok(cx.show(page, move || body(&inner, &shown)).await)
}

/// Everything the page shows.
struct Shown {
    view: WorkshopView,
    seats: Seats,
    changes: Vec<Changed>,
    agendas: HashMap<i64, Vec<AgendaItem>>,
    /// How to get to the rooms, by their keys.
    directions: HashMap<i64, String>,
    materials: Vec<MaterialView>,
}

fn body(cx: &Cx, shown: &Shown) -> impl IntoView + use<> {
    let (view, seats) = (&shown.view, shown.seats);
    let ahead = matches!(view.phase, Phase::Upcoming | Phase::Running);
    view! {
        <h1>{view.title(cx.lang()).to_owned()}</h1>
        <p class="row">
            {phase_badge(cx, view.phase)}
            <span class="muted">{cx.words.term(*view.row.kind)}</span>
        </p>
        {announced(cx, shown)}
        {crate::ui::news(cx, &shown.changes, view.sessions.len() > 1).into_any()}
        {paragraph(view.summary(cx.lang()))}
        <dl class="facts">
            {when_where_and_how(cx, view, &shown.directions)}
            {whom(cx, view)}
            {format(cx, view)}
            {ahead.then(|| fact(cx.say("home-seats"), seats_words(cx, view, seats)))}
            {ahead.then(|| fact(cx.say("home-registration"), window_words(cx, view)))}
            {(view.phase == Phase::Upcoming).then(|| fact(cx.say("home-giving-up"), giving_up(cx, view)))}
            {certificate(cx, view)}
            {contact(cx, view)}
        </dl>
        {agenda(cx, view, &shown.agendas)}
        {act(cx, view, seats)}
        {crate::materials::of_workshop(cx, &shown.materials)}
    }
}

/// For which roles and sectors it is, where it is not for everybody.
fn whom(cx: &Cx, view: &WorkshopView) -> Option<impl IntoView + use<>> {
    let roles = named::<DelegateRole>(cx, &view.row.roles);
    let sectors = named::<Sector>(cx, &view.row.sectors);
    let parts: Vec<String> = [roles, sectors].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| fact(cx.say("home-for-whom"), parts.join(" · ")))
}

/// Who gets a certificate, where there is one.
fn certificate(cx: &Cx, view: &WorkshopView) -> Option<impl IntoView + use<>> {
    let rule = *view.row.certificate_rule;
    (rule != CertificateRule::None)
        .then(|| fact(cx.say("field-certificate_rule"), cx.words.term(rule)))
}

/// How people take part, where not all come to a place.
fn format(cx: &Cx, view: &WorkshopView) -> Option<impl IntoView + use<>> {
    view.row.format.has_link().then(|| {
        let words = view! {
            <p>{cx.words.term(*view.row.format)}</p>
            <p class="muted">{cx.say("home-online-hint")}</p>
        };
        fact(cx.say("field-format"), words)
    })
}

/// Whom to ask about this workshop: its own contact, else the organisers.
fn contact(cx: &Cx, view: &WorkshopView) -> Option<impl IntoView + use<>> {
    workshop_contact(cx, view).map(|contact| fact(cx.say("home-contact"), contact))
}

/// What was announced before changes were kept, and that it is called off.
fn announced(cx: &Cx, shown: &Shown) -> impl IntoView + use<> {
    let view = &shown.view;
    let told = shown
        .changes
        .iter()
        .any(|change| change.kind == ChangeKind::Cancelled);
    let called_off = (view.phase == Phase::Cancelled && !told).then(|| {
        notice(
            tone::BAD,
            cx.say("home-cancelled-title"),
            cx.say("home-cancelled-text"),
        )
    });
    let changed = view.notice(cx.lang());
    let changed = (!changed.is_empty())
        .then(|| notice(tone::WAIT, cx.say("home-changed-title"), changed.to_owned()));
    view! {
        {called_off}
        {changed}
    }
}

/// Free seats while one can register; how the waiting list works when there
/// are none.
fn seats_words(cx: &Cx, view: &WorkshopView, seats: Seats) -> AnyView {
    let all = ("all", seats.capacity.into());
    let kept = seats.kept();
    if view.window != RegistrationWindow::Open {
        return view! { <p>{cx.say_with("home-seats-all", &[all])}</p> }.into_any();
    }
    match seats.free() {
        0 if kept > 0 => view! {
            <p>{cx.say_with("home-seats-kept", &[all, ("kept", kept.into()), ("count", seats.waiting.into())])}</p>
            <p class="muted">{cx.say("home-waiting-rule")}</p>
        },
        0 => view! {
            <p>{cx.say_with("home-seats-none", &[all, ("count", seats.waiting.into())])}</p>
            <p class="muted">{cx.say("home-waiting-rule")}</p>
        },
        free => view! { <p>{cx.say_with("home-seats-free", &[all, ("count", free.into())])}</p> },
    }
}

fn window_words(cx: &Cx, view: &WorkshopView) -> String {
    let from = cx.words.day_time(view.row.opens_at);
    let to = cx.words.day_time(view.row.closes_at);
    if *view.row.mode == RegistrationMode::Invitation && view.window != RegistrationWindow::Closed {
        return cx.say("conflict-invitation_only");
    }
    match view.window {
        RegistrationWindow::NotYet(_) => {
            cx.say_with("home-window", &[("from", from.into()), ("to", to.into())])
        }
        RegistrationWindow::Open if *view.row.mode == RegistrationMode::Approval => {
            cx.say_with("home-window-approval", &[("to", to.into())])
        }
        RegistrationWindow::Open => cx.say_with("home-window-open", &[("to", to.into())]),
        RegistrationWindow::Closed => cx.say_with("home-window-closed", &[("to", to.into())]),
    }
}

/// The one act of the page, while it can be done, and the ways beside it.
fn act(cx: &Cx, view: &WorkshopView, seats: Seats) -> AnyView {
    let lost = matches!(view.phase, Phase::Upcoming | Phase::Running)
        .then(|| view! { <p><a href="/my">{cx.say("my-lost-link")}</a></p> });
    if view.window != RegistrationWindow::Open {
        return lost.into_any();
    }
    if *view.row.mode == RegistrationMode::Invitation {
        return lost.into_any();
    }
    let href = format!("/workshops/{}/register", view.row.slug);
    let several = format!("{href}/group");
    view! {
        <p class="form-actions">
            <a class="button" href=href>{crate::register::act(cx, view, seats)}</a>
            <a class="button button--secondary" href=several>{cx.say("register-act-group")}</a>
        </p>
        {lost}
    }
    .into_any()
}
