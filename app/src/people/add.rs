//! Writing one person down by hand.

use super::address;
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{Choices, Field, Kind, error_summary};
use axum::extract::Path;
use axum::response::Response;
use domain::{Coded, DelegateRole, DelegateRow, PersonForm, Problems, WhenFull};
use service::{Failure, WorkshopView};

/// `GET /manage/workshops/{slug}/people/new`
pub(super) async fn blank(cx: Cx, Path(slug): Path<String>) -> Result<Response, Oops> {
    show(&cx, &slug, PersonForm::default(), Problems::default()).await
}

/// `POST /manage/workshops/{slug}/people/new`
pub(super) async fn add(
    cx: Cx,
    Path(slug): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let form = PersonForm {
        person: DelegateRow {
            full_name: fields.text("full_name"),
            role: fields.text("role"),
            phone: fields.text("phone"),
            email: fields.text("email"),
        },
        establishment: fields.text("establishment"),
        locality: fields.text("locality"),
        when_full: fields.text("when_full"),
    };
    match cx
        .services
        .add_person(&cx.actor, &slug, &form, cx.lang())
        .await
    {
        Ok(id) => Ok(see_other(&format!("{}/{id}?done=added", address(&slug)))),
        Err(Failure::Invalid(problems)) => show(&cx, &slug, form, problems).await,
        Err(failure) => Err(failure.into()),
    }
}

async fn show(cx: &Cx, slug: &str, form: PersonForm, problems: Problems) -> Result<Response, Oops> {
    let view = cx
        .services
        .staff_workshop(&cx.actor, domain::Act::ManageWorkshops, slug)
        .await?;
    let page = Page::staff(&cx.say("people-add-title"))
        .narrow()
        .checked(&problems);
    let inner = cx.clone();
    Ok(cx
        .show(page, move || body(&inner, &view, &form, &problems))
        .await)
}

fn body(
    cx: &Cx,
    view: &WorkshopView,
    form: &PersonForm,
    problems: &Problems,
) -> impl IntoView + use<> {
    let path = address(&view.row.slug);
    let person = &form.person;
    let roles = DelegateRole::ALL
        .iter()
        .map(|role| (role.code().to_owned(), cx.words.term(*role)))
        .collect();
    // Asked once it matters.
    let asked = problems.of("when_full").is_some() || !form.when_full.is_empty();
    let full = asked.then(|| {
        let ways = WhenFull::ALL
            .iter()
            .map(|way| (way.code().to_owned(), cx.words.term(*way)))
            .collect();
        Choices::one(
            cx,
            problems,
            "when_full",
            "field-when_full",
            &form.when_full,
            ways,
        )
        .view()
    });
    view! {
        {error_summary(cx, problems)}
        <h1>{cx.say("people-add-title")}</h1>
        <p>{view.title(cx.lang()).to_owned()}</p>
        <p>{cx.say("people-add-lead")}</p>
        <form method="post" novalidate>
            {Field::line(cx, problems, "full_name", "field-full_name", &person.full_name).view()}
            {Choices::one(cx, problems, "role", "field-role", &person.role, roles).view()}
            {Field::line(cx, problems, "establishment", "field-establishment", &form.establishment).view()}
            {Field::line(cx, problems, "locality", "field-locality", &form.locality).optional(cx).view()}
            {Field::line(cx, problems, "phone", "field-phone", &person.phone)
                .optional(cx).kind(Kind::Line("tel")).inputmode("tel").view()}
            {Field::line(cx, problems, "email", "field-email", &person.email)
                .optional(cx).hint(cx.say("people-email-hint")).kind(Kind::Line("email")).inputmode("email").view()}
            {full}
            <div class="form-actions">
                <button class="button" type="submit">{cx.say("people-add-act")}</button>
                <a class="button button--quiet" href=path>{cx.say("people-decide-back")}</a>
            </div>
        </form>
    }
}
