//! One person in the list of a workshop.

use crate::html::*;
use crate::render::Cx;
use crate::ui::state_badge;
use domain::TicketCode;
use service::PersonRow;

/// A box to tick, name and code, role, establishment and locality, contact,
/// state and source, attendance.
pub(super) fn row(cx: &Cx, path: &str, person: &PersonRow, ticked: bool) -> impl IntoView + use<> {
    let attended = person
        .attended_at
        .map(|at| view! { <time>{cx.words.stamp(at)}</time> });
    let locality = person.locality.clone();
    let locality =
        (!locality.is_empty()).then(|| view! { <br /><span class="muted">{locality}</span> });
    let href = format!("{path}/{}", person.id);
    let name = &person.full_name;
    let tick = cx.say_with("people-tick-one", &[("name", name.into())]);
    view! {
        <tr>
            <td>
                <label class="choice">
                    <input type="checkbox" name="id" value=person.id.to_string() checked=ticked />
                    <span class="visually-hidden">{tick}</span>
                </label>
            </td>
            <th scope="row">
                <a href=href>{name.clone()}</a><br />
                <span class="code">{TicketCode::spaced(&person.code)}</span>
            </th>
            <td class="people__role" data-label=cx.say("field-role")>{cx.words.term(person.role)}</td>
            <td class="people__place" data-label=cx.say("field-establishment")>
                // On a phone the role stands in this line.
                <span><span class="only-narrow">{cx.words.term(person.role)}" · "</span>{person.establishment.clone()}{locality}</span>
            </td>
            <td class="people__contact" data-label=cx.say("manage-contact")><span>{contact(cx, person)}</span></td>
            <td class="people__state" data-label=cx.say("manage-state")><span>{standing(cx, person)}</span></td>
            <td class="people__came" data-label=cx.say("manage-attended-at")>{attended}</td>
        </tr>
    }
}

/// Where the registration stands, how it came in, and what is still to be
/// asked.
pub(super) fn standing(cx: &Cx, person: &PersonRow) -> impl IntoView + use<> {
    let pending = person.consent_pending.then(|| {
        view! { <br /><span class="muted small">{cx.say("people-consent-pending")}</span> }
    });
    view! {
        {state_badge(cx, person.state)}
        <br /><span class="muted small">{cx.words.term(person.source)}</span>
        {pending}
    }
}

/// That several people have the same phone.
pub(super) fn shared(cx: &Cx, person: &PersonRow) -> Option<String> {
    let number = i64::try_from(person.phone_shared).ok()?;
    (number > 1).then(|| cx.say_with("people-phone-shared", &[("number", number.into())]))
}

/// Phone first, since people are called before they are written to.
pub(super) fn contact(cx: &Cx, person: &PersonRow) -> impl IntoView + use<> {
    let via = person.via.as_ref().map(|(name, phone)| {
        let words = cx.say_with("people-via", &[("name", name.into())]);
        let phone = phone.as_ref().map(|phone| {
            let href = format!("tel:{phone}");
            view! { " " <a class="nowrap" href=href>{domain::Phone::national(phone)}</a> }
        });
        view! { <span>{words}{phone}</span> }
    });
    if person.phone.is_none() && person.email.is_none() {
        if via.is_some() {
            return via.into_any();
        }
        return view! { <span class="muted">{cx.say("manage-no-contact")}</span> }.into_any();
    }
    let phone = person.phone.as_ref().map(|phone| {
        let href = format!("tel:{phone}");
        let wrong = person.phone_fails.then(|| {
            view! { " "<span class="muted small">{cx.say("calls-wrong")}</span> }
        });
        let shared = shared(cx, person).map(|words| {
            view! { " "<span class="muted small">{words}</span> }
        });
        view! { <a class="nowrap" href=href>{domain::Phone::national(phone)}</a>{wrong}{shared}<br /> }
    });
    let email = person.email.as_ref().map(|email| {
        let href = format!("mailto:{email}");
        view! { <a href=href>{email.clone()}</a> }
    });
    let fails = person.mail_fails.then(|| {
        view! { <br /><span class="muted small">{cx.say("people-mail-fails")}</span> }
    });
    let via = via.map(|via| view! { <br />{via} });
    view! { {phone}{email}{fails}{via} }.into_any()
}
