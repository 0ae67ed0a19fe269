//! One person in the list of a workshop.

use crate::render::Cx;
use crate::ui::state_badge;
use domain::TicketCode;
use leptos::prelude::*;
use service::PersonRow;

/// Name and code, role, establishment and locality, contact, state and source,
/// attendance.
pub(super) fn row(cx: &Cx, person: &PersonRow) -> impl IntoView + use<> {
    let row = &person.registration;
    let attended = person
        .attended_at
        .map(|at| view! { <time>{cx.words.stamp(at)}</time> });
    let locality = row.locality_name.clone();
    let locality =
        (!locality.is_empty()).then(|| view! { <br /><span class="muted">{locality}</span> });
    view! {
        <tr>
            <th scope="row">
                {person.person.full_name.clone()}<br />
                <span class="code">{TicketCode::spaced(&row.code)}</span>
            </th>
            <td data-label=cx.say("field-role")>{cx.words.term(*row.role)}</td>
            <td data-label=cx.say("field-establishment")><span>{person.establishment.clone()}{locality}</span></td>
            <td data-label=cx.say("manage-contact")><span>{contact(cx, person)}</span></td>
            <td data-label=cx.say("manage-state")>
                <span>{state_badge(cx, *row.state)}<br /><span class="muted small">{cx.words.term(*row.source)}</span></span>
            </td>
            <td data-label=cx.say("manage-attended-at")>{attended}</td>
        </tr>
    }
}

/// Phone first, since people are called before they are written to.
fn contact(cx: &Cx, person: &PersonRow) -> impl IntoView + use<> {
    let phone = person.person.phone.clone();
    let email = person.registration.email.clone();
    if phone.is_none() && email.is_none() {
        return view! { <span class="muted">{cx.say("manage-no-contact")}</span> }.into_any();
    }
    let phone = phone.map(|phone| {
        let href = format!("tel:{phone}");
        view! { <a class="nowrap" href=href>{domain::Phone::national(&phone)}</a><br /> }
    });
    let email = email.map(|email| {
        let href = format!("mailto:{email}");
        view! { <a href=href>{email}</a> }
    });
    view! { {phone}{email} }.into_any()
}
