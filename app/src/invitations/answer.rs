//! The page of an invited establishment: who is named, and naming more.

use super::notes;
use crate::home::{fact, when_and_where, workshop_contact};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{
    Field, Kind, delegate_number, delegate_rows, error_summary_of_rows, hidden, news,
    sharing_phone, state_badge, typed_delegates,
};
use axum::extract::Path;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use domain::{DelegateRow, MAX_QUOTA, Naming, NominationForm, Problems, TicketCode};
use service::{Conflict, Failure, NominationPage, Nominee};

/// Rows that stand there at first.
const ROWS: u32 = 3;

/// The form as filled in.
#[derive(Clone, Debug, Default)]
struct Sheet {
    form: NominationForm,
    problems: Problems,
    /// When it was opened, as the server vouches for it.
    stamp: String,
    /// It was sent, and comes back.
    sent: bool,
    /// It came when nobody can be named any more.
    late: bool,
}

/// `GET /invitations/{token}`
pub(super) async fn show(cx: Cx, Path(token): Path<String>, uri: Uri) -> Result<Response, Oops> {
    let page = cx.services.nomination(&token).await?;
    let done = Fields::of_query(uri.query()).text("done");
    let rows = page.left.min(ROWS) as usize;
    let sheet = Sheet {
        form: NominationForm {
            contact_name: page.contact_name.clone(),
            contact_phone: page.contact_phone.clone(),
            contact_email: page.contact_email.clone(),
            delegates: vec![DelegateRow::default(); rows],
            opened_at: None,
        },
        stamp: cx.services.stamp(),
        ..Sheet::default()
    };
    Ok(render(&cx, page, sheet, &done).await)
}

/// `POST /invitations/{token}`: the names, or one more row for them.
pub(super) async fn send(
    cx: Cx,
    Path(token): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let stamp = fields.text("opened");
    let opened_at = cx.services.opened_at(&stamp);
    let mut form = NominationForm {
        contact_name: fields.text("contact_name"),
        contact_phone: fields.text("contact_phone"),
        contact_email: fields.text("contact_email"),
        delegates: typed_delegates(&fields, MAX_QUOTA),
        opened_at,
    };
    let sent = Sheet {
        stamp,
        sent: true,
        ..Sheet::default()
    };
    if fields.ticked("more") {
        let page = cx.services.nomination_by_form(&token, opened_at).await?;
        let problems = form.beyond_quota(page.left, &page.named());
        if form.delegates.len() < page.left as usize {
            form.delegates.push(DelegateRow::default());
        }
        let sheet = Sheet {
            form,
            problems,
            late: page.naming != Naming::Open,
            ..sent
        };
        return Ok(render(&cx, page, sheet, "").await);
    }
    match cx.services.nominate(&token, &form, cx.lang()).await {
        Ok(()) => Ok(see_other(&format!("/invitations/{token}?done=named"))),
        Err(Failure::Invalid(problems)) => {
            let page = cx.services.nomination_by_form(&token, opened_at).await?;
            let sheet = Sheet {
                form,
                problems,
                ..sent
            };
            Ok(render(&cx, page, sheet, "").await)
        }
        // What was typed is not lost: it can be read out on the phone, or sent
        // once the organisers have moved the deadline.
        Err(Failure::Conflict(Conflict::NominationOver | Conflict::NotAllowedNow)) => {
            let page = cx.services.nomination_by_form(&token, opened_at).await?;
            let sheet = Sheet {
                form,
                late: true,
                ..sent
            };
            Ok(render(&cx, page, sheet, "").await)
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn render(cx: &Cx, data: NominationPage, sheet: Sheet, done: &str) -> Response {
    let title = cx.say("nominate-title");
    let page = if sheet.late {
        Page::public(&title).status(StatusCode::CONFLICT)
    } else if sheet.problems.is_empty() {
        Page::public(&title)
    } else {
        Page::public(&format!("{}: {title}", cx.say("error-summary-title"))).unprocessable()
    };
    let inner = cx.clone();
    let done = done.to_owned();
    cx.show(page, move || body(&inner, &data, &sheet, &done))
        .await
}

fn body(cx: &Cx, data: &NominationPage, sheet: &Sheet, done: &str) -> impl IntoView + use<> {
    let args = [
        ("name", (&data.establishment).into()),
        ("quota", data.quota.into()),
    ];
    let open = data.naming == Naming::Open;
    // What was typed stands there even when the quota is full, or it is too late.
    let form = if sheet.late && !notes::may_reopen(data) {
        Some(notes::typed(cx, &sheet.form))
    } else {
        (sheet.sent || (open && data.left > 0)).then(|| form(cx, data, sheet).into_any())
    };
    let contact = workshop_contact(cx, &data.workshop).filter(|_| !sheet.late);
    let contact = contact.map(|contact| view! { <p>{cx.say("nominate-call")}" "{contact}</p> });
    view! {
        {error_summary_of_rows(cx, &sheet.problems, &|at| Some(delegate_number(cx, at)))}
        {notes::done(cx, done)}
        {sheet.late.then(|| notes::unsent(cx, data))}
        <h1>{data.workshop.title(cx.lang()).to_owned()}</h1>
        <p class="lead">{cx.say_with("nominate-lead", &args)}</p>
        {news(cx, &data.changes, data.workshop.sessions.len() > 1).into_any()}
        {notes::standing(cx, data)}
        <dl class="facts">
            {when_and_where(cx, &data.workshop)}
            {fact(cx.say("nominate-quota"), quota(cx, data))}
            {fact(cx.say("nominate-deadline"), cx.words.day_time(data.answer_by))}
        </dl>
        {contact}
        {notes::waiting(cx, data)}
        {sharing_phone(cx, data.sharing_phone, ["nominate-phone-title", "nominate-phone-text"])}
        {named(cx, data)}
        {form}
    }
}

/// How many are named of how many.
fn quota(cx: &Cx, data: &NominationPage) -> String {
    let named = i64::try_from(data.named().len()).unwrap_or(i64::MAX);
    let args = [
        ("named", named.into()),
        ("quota", data.quota.into()),
        ("left", data.left.into()),
    ];
    match data.left {
        _ if data.naming != Naming::Open => cx.say_with("nominate-quota-named", &args[..2]),
        0 => cx.say_with("nominate-quota-full", &args[..2]),
        _ => cx.say_with("nominate-quota-left", &args),
    }
}

/// Those who are named, each with state, code and own page.
fn named(cx: &Cx, data: &NominationPage) -> Option<AnyView> {
    let items: Vec<_> = data
        .nominees
        .iter()
        .map(|one| nominee(cx, &data.token, one).into_any())
        .collect();
    (!items.is_empty()).then(|| {
        view! { <h2>{cx.say("nominate-named")}</h2><ul class="list">{items}</ul> }.into_any()
    })
}

fn nominee(cx: &Cx, token: &str, one: &Nominee) -> impl IntoView + use<> {
    let stands = one.state.is_active();
    let code = (one.state == domain::RegistrationState::Booked).then(|| {
        let code = [("code", TicketCode::spaced(&one.code).into())];
        view! { <p class="nowrap">{cx.say_with("nominate-code", &code)}</p> }
    });
    let place = one.position.map(|position| {
        let position = i64::try_from(position).unwrap_or(0);
        let args = [("position", position.into())];
        view! { <p>{cx.say_with("nominate-waiting", &args)}</p> }
    });
    let offered = one.offer_until.map(|until| {
        let until = [("until", cx.words.day_time(until).into())];
        view! { <p>{cx.say_with("nominate-offered", &until)}</p> }
    });
    let named = |words: String| {
        let name = one.full_name.clone();
        view! { {words}<span class="visually-hidden">": "{name}</span> }
    };
    let own = format!("/my/{}", one.ticket);
    let own = stands.then(|| view! { <p><a href=own>{named(cx.say("nominate-ticket"))}</a></p> });
    let here = format!("/invitations/{token}/delegates/{}", one.id);
    let remove = format!("{here}/remove");
    let change = one.can_change.then(|| {
        view! { <a class="button button--secondary" href=here>{named(cx.say("nominate-change"))}</a> }
    });
    let remove = one.can_remove.then(|| {
        view! { <a class="button button--quiet" href=remove>{named(cx.say("nominate-remove"))}</a> }
    });
    view! {
        <li class="list__item">
            <div class="list__body">
                <h3>{one.full_name.clone()}</h3>
                <p class="muted">{cx.words.term(one.role)}</p>
                {code}
                {place}
                {offered}
                {own}
            </div>
            <div class="list__side">{state_badge(cx, one.state)}{change}{remove}</div>
        </li>
    }
}

fn form(cx: &Cx, data: &NominationPage, sheet: &Sheet) -> impl IntoView + use<> {
    let (form, problems) = (&sheet.form, &sheet.problems);
    let more = (!sheet.late && form.delegates.len() < data.left as usize).then(|| {
        view! {
            <button class="button button--secondary" type="submit" name="more" value="on">
                {cx.say("nominate-more")}
            </button>
        }
    });
    let enough = (more.is_none() && !sheet.late).then(|| {
        let args = [("left", data.left.into())];
        view! { <p class="hint">{cx.say_with("nominate-enough", &args)}</p> }.into_any()
    });
    let nobody = data.nominees.iter().all(|one| !one.state.is_active());
    let decline = (nobody && !sheet.late).then(|| {
        let href = format!("/invitations/{}/decline", data.token);
        view! { <a class="button button--quiet" href=href>{cx.say("nominate-decline-link")}</a> }
    });
    view! {
        <h2>{cx.say("nominate-form-title")}</h2>
        <p>{cx.say("nominate-consent")}</p>
        <form method="post" novalidate=true>
            // What the Enter key sends: not another row.
            <button type="submit" hidden=true></button>
            {hidden("opened", &sheet.stamp)}
            <h3>{cx.say("nominate-contact-title")}</h3>
            <p class="hint">{cx.say("nominate-contact-hint")}</p>
            {Field::line(cx, problems, "contact_name", "field-full_name", &form.contact_name)
                .autocomplete("name").view()}
            {Field::line(cx, problems, "contact_phone", "field-phone", &form.contact_phone)
                .kind(Kind::Line("tel")).inputmode("tel").autocomplete("tel").view()}
            {Field::line(cx, problems, "contact_email", "field-email", &form.contact_email).optional(cx)
                .kind(Kind::Line("email")).inputmode("email").autocomplete("email").view()}
            <h3>{cx.say("nominate-rows-title")}</h3>
            <p class="hint">{cx.say("nominate-rows-hint")}" "{cx.say("nominate-own-phone")}</p>
            {delegate_rows(cx, problems, &form.delegates)}
            {enough}
            <div class="form-actions">
                <button class="button" type="submit">{cx.say("nominate-send")}</button>
                {more}
                {decline}
            </div>
        </form>
    }
}
