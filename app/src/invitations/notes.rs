//! What stands on top of an invited establishment's page: what was just done,
//! and what can no longer be.

use crate::home::workshop_contact;
use crate::html::*;
use crate::render::Cx;
use crate::ui::{notice, tone};
use domain::{Coded, DelegateRole, InvitationState, Naming, NominationForm, Phase};
use service::NominationPage;

/// What `?done=` says.
pub(super) fn done(cx: &Cx, done: &str) -> Option<AnyView> {
    let key = match done {
        "named" => "nominate-done-named",
        "changed" => "nominate-done-changed",
        "removed" => "nominate-done-removed",
        "declined" => "nominate-done-declined",
        _ => return None,
    };
    let words = notice(tone::OK, cx.say("nominate-done-title"), cx.say(key));
    Some(view! { <div role="status">{words}</div> }.into_any())
}

/// Whether names could be sent again, if the organisers moved the deadline.
pub(super) fn may_reopen(page: &NominationPage) -> bool {
    page.naming != Naming::Over && page.workshop.phase == Phase::Upcoming
}

/// That what was sent was not taken, and whom to call: why stands below.
pub(super) fn unsent(cx: &Cx, page: &NominationPage) -> AnyView {
    let text = if may_reopen(page) {
        "nominate-unsent"
    } else {
        "nominate-unsent-over"
    };
    let call = workshop_contact(cx, &page.workshop)
        .map(|contact| view! { <p>{cx.say("nominate-call")}" "{contact}</p> });
    view! {
        <div class="notice notice--bad" role="alert">
            <h2>{cx.say("nominate-unsent-title")}</h2>
            <p>{cx.say(text)}</p>
            {call}
        </div>
    }
}

/// What was typed, to be read and copied: it can be sent no more.
pub(super) fn typed(cx: &Cx, form: &NominationForm) -> AnyView {
    let line = |parts: [&str; 4]| {
        let parts = parts.into_iter().map(str::trim);
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        parts.join(" · ")
    };
    let contact = line([
        &form.contact_name,
        &form.contact_phone,
        &form.contact_email,
        "",
    ]);
    let rows = form.delegates.iter().filter(|row| !row.is_blank());
    let rows: Vec<_> = rows
        .map(|row| {
            let role = DelegateRole::from_code(&row.role);
            let role = role.map_or_else(String::new, |role| cx.words.term(role));
            let row = line([&row.full_name, &role, &row.phone, &row.email]);
            view! { <li>{row}</li> }
        })
        .collect();
    view! {
        <h2>{cx.say("nominate-typed-title")}</h2>
        <p>{contact}</p>
        <ul>{rows}</ul>
    }
}

/// Where the invitation stands, when that is not plain from the rest.
pub(super) fn standing(cx: &Cx, page: &NominationPage) -> Option<AnyView> {
    let (colour, title, text) = match (page.naming, page.workshop.phase) {
        (_, Phase::Cancelled) => (
            tone::BAD,
            "nominate-called-off-title",
            "nominate-called-off",
        ),
        _ if page.state == InvitationState::Withdrawn => {
            (tone::BAD, "nominate-withdrawn-title", "nominate-withdrawn")
        }
        (Naming::Over, _) => (tone::NEUTRAL, "nominate-held-title", "nominate-held"),
        (Naming::Substitutes, _) => (tone::WAIT, "nominate-late-title", "nominate-late"),
        (Naming::Open, _) => return declined(cx, page),
    };
    Some(notice(colour, cx.say(title), cx.say(text)).into_any())
}

fn declined(cx: &Cx, page: &NominationPage) -> Option<AnyView> {
    (page.state == InvitationState::Declined).then(|| {
        let reason = match page.decline_reason.as_str() {
            "" => String::new(),
            reason => cx.say_with("nominate-declined", &[("reason", reason.into())]),
        };
        let words = format!("{reason}\n{}", cx.say("nominate-declined-again"));
        notice(tone::NEUTRAL, cx.say("nominate-declined-title"), words).into_any()
    })
}

/// The rule of the queue, where somebody stands in it.
pub(super) fn waiting(cx: &Cx, page: &NominationPage) -> Option<AnyView> {
    let waits = page.nominees.iter().any(|one| one.position.is_some());
    let ahead = page.workshop.phase == Phase::Upcoming;
    (waits && ahead).then(|| {
        let title = cx.say("nominate-waiting-rule-title");
        notice(tone::WAIT, title, cx.say("nominate-waiting-rule")).into_any()
    })
}
