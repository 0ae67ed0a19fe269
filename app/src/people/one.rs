//! One person of a workshop: where the registration stands, how to reach them.

use super::{address, offers, row};
use crate::home::fact;
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{
    Field, Kind, confirm_unreachable, done, error_summary, hidden, notice, tone, typed_contact,
};
use axum::extract::Path;
use axum::http::Uri;
use axum::response::Response;
use domain::{Coded, PeopleAct, Phase, Problems, RegistrationState, TicketCode};
use service::{ContactForm, Failure, PersonPage};

/// The contact as typed.
#[derive(Clone, Debug, Default)]
struct Sheet {
    /// The name; none to show the one on file.
    name: Option<String>,
    typed: ContactForm,
    problems: Problems,
    /// An answer about an offer was not noted.
    offer_gone: bool,
}

/// `GET /manage/workshops/{slug}/people/{id}`
pub(super) async fn show(
    cx: Cx,
    Path((slug, id)): Path<(String, i64)>,
    uri: Uri,
) -> Result<Response, Oops> {
    let page = cx.services.person(&cx.actor, &slug, id).await?;
    let done = Fields::of_query(uri.query()).text("done");
    let sheet = Sheet {
        offer_gone: done == "offer-gone",
        ..sheet_of(&page, None, Problems::default())
    };
    let said = match done.as_str() {
        "saved" => Some(cx.say("people-saved")),
        "name" => Some(cx.say("people-name-saved")),
        "added" => Some(cx.say("people-added")),
        "answered" => Some(cx.say("people-answered")),
        "answers" => Some(cx.say("my-answers-done")),
        _ => None,
    };
    Ok(view(&cx, page, sheet, said).await)
}

/// The contact on file, and the name as typed.
fn sheet_of(page: &PersonPage, name: Option<String>, problems: Problems) -> Sheet {
    let phone = page.person.phone.as_deref();
    Sheet {
        name,
        typed: ContactForm {
            phone: phone.map_or_else(String::new, domain::Phone::national),
            email: page.person.email.clone().unwrap_or_default(),
            unreachable: false,
        },
        problems,
        offer_gone: false,
    }
}

/// `POST /manage/workshops/{slug}/people/{id}/name`: a name that was misspelt.
pub(super) async fn correct_name(
    cx: Cx,
    Path((slug, id)): Path<(String, i64)>,
    fields: Fields,
) -> Result<Response, Oops> {
    let typed = fields.text("full_name");
    match cx.services.correct_name(&cx.actor, &slug, id, &typed).await {
        Ok(()) => Ok(see_other(&format!("{}/{id}?done=name", address(&slug)))),
        Err(Failure::Invalid(problems)) => {
            let page = cx.services.person(&cx.actor, &slug, id).await?;
            let sheet = sheet_of(&page, Some(typed), problems);
            Ok(view(&cx, page, sheet, None).await)
        }
        Err(failure) => Err(failure.into()),
    }
}

/// `POST /manage/workshops/{slug}/people/{id}`: phone and address.
pub(super) async fn save(
    cx: Cx,
    Path((slug, id)): Path<(String, i64)>,
    fields: Fields,
) -> Result<Response, Oops> {
    let typed = typed_contact(&fields);
    let saved = cx.services.edit_contact(&cx.actor, &slug, id, &typed).await;
    match saved {
        Ok(()) => Ok(see_other(&format!("{}/{id}?done=saved", address(&slug)))),
        Err(Failure::Invalid(problems)) => {
            let page = cx.services.person(&cx.actor, &slug, id).await?;
            let sheet = Sheet {
                typed,
                ..sheet_of(&page, None, problems)
            };
            Ok(view(&cx, page, sheet, None).await)
        }
        Err(failure) => Err(failure.into()),
    }
}

/// Why an answer about an offer was not noted: it does not stand any more.
fn offer_gone(cx: &Cx, state: RegistrationState) -> AnyView {
    let title = cx.say("people-offer-gone-title");
    let state = [("state", cx.words.term(state).into())];
    let text = cx.say_with("people-offer-gone", &state);
    view! { <div role="status">{notice(tone::BAD, title, text)}</div> }
}

async fn view(cx: &Cx, person: PersonPage, sheet: Sheet, said: Option<String>) -> Response {
    let page = Page::staff(&person.person.full_name)
        .narrow()
        .checked(&sheet.problems);
    let inner = cx.clone();
    cx.show(page, move || body(&inner, &person, &sheet, said))
        .await
}

fn body(cx: &Cx, page: &PersonPage, sheet: &Sheet, said: Option<String>) -> impl IntoView + use<> {
    let person = &page.person;
    let path = address(&page.view.row.slug);
    let back = path.clone();
    let own = format!("/my/{}", page.ticket);
    let answers = format!("{path}/{}/answers", person.id);
    let consents: Vec<_> = page
        .consents
        .iter()
        .map(|purpose| cx.words.term(*purpose))
        .collect();
    let consents = if consents.is_empty() {
        cx.say("people-consents-none")
    } else {
        consents.join("; ")
    };
    let attended = person
        .attended_at
        .map(|at| fact(cx.say("manage-attended-at"), cx.words.stamp(at)));
    let until = person.offer_until.filter(|until| {
        person.state == RegistrationState::Offered && cx.services.clock().now() < *until
    });
    let gone = (sheet.offer_gone && until.is_none()).then(|| offer_gone(cx, person.state));
    let offer = until.map(|until| {
        let slug = &page.view.row.slug;
        view! {
            <p>{cx.say_with("people-offer-stands", &[("until", cx.words.day_time(until).into())])}</p>
            {offers::answers(cx, slug, person.id, &person.full_name, "person")}
        }
    });
    let locality = (!person.locality.is_empty())
        .then(|| fact(cx.say("field-locality"), person.locality.clone()));
    view! {
        {said.map(|words| done(words, String::new(), None))}
        {gone}
        {error_summary(cx, &sheet.problems)}
        <p><a href=back>{page.view.title(cx.lang()).to_owned()}</a></p>
        <h1>{person.full_name.clone()}</h1>
        <p>{row::standing(cx, person)}</p>
        {offer}
        <dl class="facts">
            {fact(cx.say("field-role"), cx.words.term(person.role))}
            {fact(cx.say("field-establishment"), person.establishment.clone())}
            {locality}
            {fact(cx.say("field-code"), TicketCode::spaced(&person.code))}
            {fact(cx.say("export-registered-at"), cx.words.stamp(person.created_at))}
            {attended}
            {fact(cx.say("people-consents"), consents)}
        </dl>
        <p><a href=own>{cx.say("people-own-page")}</a></p>
        <p><a href=answers>{cx.say("questions-answers-title")}</a></p>
        {acts(cx, page)}
        {name(cx, page, sheet).into_any()}
        <h2>{cx.say("manage-contact")}</h2>
        {person.via.is_some().then(|| view! { <p>{row::contact(cx, person)}</p> })}
        {row::shared(cx, person).map(|words| view! { <p class="muted">{words}</p> })}
        <form method="post" action=format!("{path}/{}", person.id) novalidate>
            {Field::line(cx, &sheet.problems, "phone", "field-phone", &sheet.typed.phone)
                .optional(cx).kind(Kind::Line("tel")).inputmode("tel").view()}
            {Field::line(cx, &sheet.problems, "email", "field-email", &sheet.typed.email)
                .optional(cx).hint(cx.say("people-email-hint")).kind(Kind::Line("email")).inputmode("email").view()}
            {confirm_unreachable(cx, &sheet.problems)}
            <div class="form-actions">
                <button class="button" type="submit">{cx.say("people-save")}</button>
            </div>
        </form>
    }
}

/// The form that puts a misspelt name right.
fn name(cx: &Cx, page: &PersonPage, sheet: &Sheet) -> impl IntoView + use<> {
    let person = &page.person;
    let action = format!("{}/{}/name", address(&page.view.row.slug), person.id);
    let typed = sheet.name.as_ref().unwrap_or(&person.full_name);
    let field = Field::line(cx, &sheet.problems, "full_name", "field-full_name", typed)
        .hint(cx.say("people-name-hint"))
        .view();
    view! {
        <details open=sheet.name.is_some()>
            <summary>{cx.say("people-name-title")}</summary>
            <form method="post" action=action novalidate>
                {field}
                <div class="form-actions">
                    <button class="button button--secondary" type="submit">{cx.say("people-name-save")}</button>
                </div>
            </form>
        </details>
    }
}

/// What can be done with this one alone; each has its look first.
fn acts(cx: &Cx, page: &PersonPage) -> impl IntoView + use<> {
    let person = &page.person;
    let open = matches!(page.view.phase, Phase::Upcoming | Phase::Running);
    let asks = person.state == RegistrationState::Requested;
    let came = person.attended_at.is_some();
    let fits = |act: PeopleAct| match act {
        PeopleAct::Approve | PeopleAct::Decline => open && asks,
        PeopleAct::Seat => {
            open && person.state.is_active() && person.state != RegistrationState::Booked
        }
        PeopleAct::Cancel => open && !came && person.state.is_active(),
        PeopleAct::Message => true,
    };
    let buttons: Vec<_> = PeopleAct::ALL
        .iter()
        .filter(|act| fits(**act))
        .map(|act| {
            let (code, words) = (act.code(), cx.words.term(*act));
            view! {
                <button class="button button--secondary" type="submit" name="act" value=code>{words}</button>
            }
        })
        .collect();
    let action = format!("{}/decide", address(&page.view.row.slug));
    view! {
        <form method="post" action=action class="row">
            {hidden("id", &person.id.to_string())}
            {buttons}
        </form>
    }
}
