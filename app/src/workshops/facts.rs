//! What is known of a workshop, and where the public finds it.

use super::cockpit_path;
use crate::html::*;
use crate::render::Cx;
use crate::ui::{named, paragraph};
use domain::{
    CancelRule, CertificateRule, DelegateRole, Lang, Phase, Phone, RegistrationMode,
    RegistrationWindow, Sector,
};
use service::{Cockpit, WorkshopView};

/// The facts as pairs of words.
pub(super) fn view(cx: &Cx, cockpit: &Cockpit) -> impl IntoView + use<> {
    let view = &cockpit.view;
    let row = &view.row;
    let other = match cx.lang() {
        Lang::Vi => (cx.say("field-title_en"), row.title_en.clone()),
        Lang::En => (cx.say("field-title_vi"), row.title_vi.clone()),
    };
    let when = cx.words.period(view.starts_at(), view.ends_at());
    view! {
        <h2>{cx.say("manage-facts-title")}</h2>
        <dl class="facts">
            {pair(cx.say("manage-when"), when.into_any())}
            {pair(cx.say("manage-where"), place(cx, view).into_any())}
            {pair(cx.say("field-kind"), cx.words.term(*row.kind).into_any())}
            {settings(cx, view).into_any()}
            {pair(cx.say("field-capacity"), cx.words.number(row.capacity).into_any())}
            {pair(cx.say("manage-registration"), registration(cx, view).into_any())}
            {pair(other.0, said(cx, other.1).into_any())}
            {pair(cx.say("manage-summary"), summary(cx, view).into_any())}
            {pair(cx.say("field-accounts"), staff(cx, cockpit).into_any())}
            {pair(cx.say("manage-public"), public(cx, view).into_any())}
        </dl>
    }
}

fn pair(term: String, fact: AnyView) -> impl IntoView {
    view! { <dt>{term}</dt><dd>{fact}</dd> }
}

/// The settings that differ from what most workshops have.
fn settings(cx: &Cx, view: &WorkshopView) -> impl IntoView + use<> {
    let row = &view.row;
    let minimum = view.minimum().map(|minimum| {
        let least = i64::from(minimum.least);
        let args = [
            ("minimum", least.into()),
            ("at", cx.words.day_time(minimum.by).into()),
        ];
        cx.say_with("manage-minimum-fact", &args)
    });
    let contact = [
        row.contact_name.clone(),
        Some(&row.contact_phone)
            .filter(|phone| !phone.is_empty())
            .map(|phone| Phone::national(phone))
            .unwrap_or_default(),
        row.contact_email.clone(),
    ];
    let contact: Vec<String> = contact
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let giving_up = match (*row.cancel_rule, row.cancel_until) {
        (CancelRule::Until, Some(until)) => Some(cx.words.day_time(until)),
        (CancelRule::AnyTime, _) => None,
        (rule, _) => Some(cx.words.term(rule)),
    };
    let certificate = (*row.certificate_rule != CertificateRule::None)
        .then(|| cx.words.term(*row.certificate_rule));
    let facts = [
        ("field-roles", named::<DelegateRole>(cx, &row.roles)),
        ("field-sectors", named::<Sector>(cx, &row.sectors)),
        (
            "field-format",
            row.format.has_link().then(|| cx.words.term(*row.format)),
        ),
        ("field-minimum", minimum),
        (
            "field-contact_name",
            (!contact.is_empty()).then(|| contact.join(", ")),
        ),
        (
            "field-mode",
            (*row.mode != RegistrationMode::Open).then(|| cx.words.term(*row.mode)),
        ),
        ("field-cancel_rule", giving_up),
        ("field-certificate_rule", certificate),
        (
            "field-code",
            Some(row.code.clone()).filter(|code| !code.is_empty()),
        ),
    ];
    let facts: Vec<_> = facts
        .into_iter()
        .filter_map(|(name, fact)| Some(pair(cx.say(name), fact?.into_any()).into_any()))
        .collect();
    facts
}

/// A fact that may still be missing.
fn said(cx: &Cx, fact: String) -> impl IntoView + use<> {
    if fact.is_empty() {
        view! { <span class="muted">{cx.say("manage-not-yet")}</span> }.into_any()
    } else {
        fact.into_any()
    }
}

fn place(cx: &Cx, view: &WorkshopView) -> impl IntoView + use<> {
    let places = view.places(cx.lang()).into_iter();
    places
        .map(|place| view! { <p>{place}</p> })
        .collect::<Vec<_>>()
}

fn registration(cx: &Cx, view: &WorkshopView) -> impl IntoView + use<> {
    let opens = cx.words.day_time(view.row.opens_at);
    let closes = cx.words.day_time(view.row.closes_at);
    let now = match (view.phase, view.window) {
        (Phase::Draft, _) => cx.say("manage-window-draft"),
        (_, RegistrationWindow::Open) => cx.say("manage-window-open"),
        (_, RegistrationWindow::NotYet(_)) => cx.say("manage-window-not-yet"),
        (_, RegistrationWindow::Closed) => cx.say("manage-window-closed"),
    };
    let window = cx.say_with(
        "manage-window",
        &[("opens", opens.into()), ("closes", closes.into())],
    );
    view! { <p>{window}</p><p class="muted">{now}</p> }
}

fn summary(cx: &Cx, view: &WorkshopView) -> impl IntoView + use<> {
    let summary = view.summary(cx.lang());
    if summary.is_empty() {
        said(cx, String::new()).into_any()
    } else {
        paragraph(summary).into_any()
    }
}

fn staff(cx: &Cx, cockpit: &Cockpit) -> impl IntoView + use<> {
    let assign = format!("{}/assign", cockpit_path(&cockpit.view.row.slug));
    if cockpit.staff.is_empty() {
        return view! {
            <span class="muted">{cx.say("manage-nobody-assigned")}</span>" "
            <a href=assign>{cx.say("manage-assign-act")}</a>
        }
        .into_any();
    }
    cockpit
        .staff
        .iter()
        .map(|account| view! { <p>{account.name.clone()}", "{cx.words.term(account.role)}</p> })
        .collect::<Vec<_>>()
        .into_any()
}

/// The address to open and to copy, once there is something to see.
fn public(cx: &Cx, view: &WorkshopView) -> impl IntoView + use<> {
    if !view.row.state.is_public() {
        return said(cx, String::new()).into_any();
    }
    let path = format!("/workshops/{}", view.row.slug);
    let top = cx
        .services
        .public_url()
        .as_str()
        .trim_end_matches('/')
        .to_owned();
    let address = format!("{top}{path}");
    view! {
        <p><a href=path>{cx.say("manage-public-open")}</a></p>
        <p class="hint">{cx.say("manage-public-copy")}</p>
        <code class="copy-box">{address}</code>
    }
    .into_any()
}
