//! The programme's names and target, and who organises.

use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{Field, Kind, error_summary};
use axum::response::Response;
use domain::Problems;
use service::{Failure, Organizer};

/// The settings as typed.
#[derive(Clone, Debug, Default)]
struct Typed {
    name_vi: String,
    name_en: String,
    target: String,
    organizer: Organizer,
}

/// `GET /programme/settings`
pub(crate) async fn form(cx: Cx) -> Result<Response, Oops> {
    let (row, organizer) = cx.services.programme_settings(&cx.actor).await?;
    let typed = Typed {
        name_vi: row.name_vi,
        name_en: row.name_en,
        target: row.target.to_string(),
        organizer,
    };
    Ok(show(&cx, typed, Problems::default()).await)
}

/// `POST /programme/settings`
pub(crate) async fn save(cx: Cx, fields: Fields) -> Result<Response, Oops> {
    let typed = Typed {
        name_vi: fields.text("name_vi"),
        name_en: fields.text("name_en"),
        target: fields.text("target"),
        organizer: Organizer {
            name_vi: fields.text("organizer_vi"),
            name_en: fields.text("organizer_en"),
            address: fields.text("organizer_address"),
            contact_name: String::new(),
            phone: fields.text("organizer_phone"),
            email: fields.text("organizer_email"),
        },
    };
    let saved = cx.services.revise_programme(
        &cx.actor,
        &typed.name_vi,
        &typed.name_en,
        &typed.target,
        &typed.organizer,
    );
    match saved.await {
        Ok(()) => Ok(see_other("/programme?done=saved")),
        Err(Failure::Invalid(problems)) => Ok(show(&cx, typed, problems).await),
        Err(failure) => Err(failure.into()),
    }
}

async fn show(cx: &Cx, typed: Typed, problems: Problems) -> Response {
    let title = cx.say("programme-settings-title");
    let page = Page::staff(&title).narrow().checked(&problems);
    let inner = cx.clone();
    cx.show(page, move || body(&inner, title, &typed, &problems))
        .await
}

fn body(cx: &Cx, title: String, typed: &Typed, problems: &Problems) -> impl IntoView + use<> {
    let line = |name, label, value: &str| Field::line(cx, problems, name, label, value);
    let office = &typed.organizer;
    view! {
        {error_summary(cx, problems)}
        <h1>{title}</h1>
        <form method="post" novalidate>
            <h2>{cx.say("programme-settings-programme")}</h2>
            {line("name_vi", "field-name_vi", &typed.name_vi).view().into_any()}
            {line("name_en", "field-name_en", &typed.name_en).view().into_any()}
            {line("target", "field-target", &typed.target)
                .inputmode("numeric")
                .hint(cx.say("programme-settings-target-hint"))
                .short()
                .view().into_any()}
            <h2>{cx.say("programme-settings-organizer")}</h2>
            <p class="hint">{cx.say("programme-settings-organizer-hint")}</p>
            {line("organizer_vi", "field-organizer_vi", &office.name_vi).autocomplete("organization").view().into_any()}
            {line("organizer_en", "field-organizer_en", &office.name_en).optional(cx).view().into_any()}
            {line("organizer_address", "field-organizer_address", &office.address)
                .autocomplete("street-address")
                .optional(cx)
                .view().into_any()}
            {line("organizer_phone", "field-organizer_phone", &office.phone)
                .kind(Kind::Line("tel"))
                .autocomplete("tel")
                .optional(cx)
                .short()
                .view().into_any()}
            {line("organizer_email", "field-organizer_email", &office.email)
                .kind(Kind::Line("email"))
                .autocomplete("email")
                .hint(cx.say("programme-settings-email-hint"))
                .optional(cx)
                .view().into_any()}
            <div class="form-actions">
                <button class="button" type="submit">{cx.say("programme-settings-save")}</button>
                <a class="button button--quiet" href="/programme">{cx.say("programme-settings-back")}</a>
            </div>
        </form>
    }
}
