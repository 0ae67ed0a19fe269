//! The form of a workshop: what it is, where and when, registration.

use crate::render::{Cx, Fields};
use crate::ui::{Choices, Field, Kind, error_summary};
use domain::{Coded, Problems, WorkshopForm, WorkshopKind, to_local};
use leptos::prelude::*;
use service::WorkshopView;

/// The form as it was sent. The address is made from the title, so it is not
/// asked for.
pub(super) fn typed(fields: &Fields) -> WorkshopForm {
    WorkshopForm {
        slug: String::new(),
        title_vi: fields.text("title_vi"),
        title_en: fields.text("title_en"),
        summary_vi: fields.text("summary_vi"),
        summary_en: fields.text("summary_en"),
        kind: fields.text("kind"),
        room: fields.text("room"),
        address: fields.text("address"),
        starts_at: fields.text("starts_at"),
        ends_at: fields.text("ends_at"),
        capacity: fields.text("capacity"),
        opens_at: fields.text("opens_at"),
        closes_at: fields.text("closes_at"),
    }
}

/// The form filled with what a workshop is now.
pub(super) fn filled(view: &WorkshopView) -> WorkshopForm {
    let row = &view.row;
    let local = |at| to_local(at).format("%Y-%m-%dT%H:%M").to_string();
    WorkshopForm {
        slug: String::new(),
        title_vi: row.title_vi.clone(),
        title_en: row.title_en.clone(),
        summary_vi: row.summary_vi.clone(),
        summary_en: row.summary_en.clone(),
        kind: row.kind.code().to_owned(),
        room: view.room().to_owned(),
        address: view.address().to_owned(),
        starts_at: local(view.starts_at()),
        ends_at: local(view.ends_at()),
        capacity: row.capacity.to_string(),
        opens_at: local(row.opens_at),
        closes_at: local(row.closes_at),
    }
}

/// The whole form with its title, its problems, its button and a way back.
pub(super) fn body(
    cx: &Cx,
    title: String,
    form: &WorkshopForm,
    problems: &Problems,
    act: String,
    back: String,
) -> impl IntoView + use<> {
    view! {
        {error_summary(cx, problems)}
        <h1>{title}</h1>
        <form method="post" novalidate>
            <h2>{cx.say("manage-form-what")}</h2>
            {what(cx, form, problems).into_any()}
            <h2>{cx.say("manage-form-where")}</h2>
            {place(cx, form, problems).into_any()}
            <h2>{cx.say("manage-form-registration")}</h2>
            {registration(cx, form, problems).into_any()}
            <div class="form-actions">
                <button class="button" type="submit">{act}</button>
                <a class="button button--quiet" href=back>{cx.say("manage-form-back")}</a>
            </div>
        </form>
    }
}

fn what(cx: &Cx, form: &WorkshopForm, problems: &Problems) -> impl IntoView + use<> {
    let line = |name, label, value: &str| Field::line(cx, problems, name, label, value);
    let chosen = if form.kind.is_empty() {
        WorkshopKind::Awareness.code()
    } else {
        &form.kind
    };
    let kinds = WorkshopKind::ALL
        .iter()
        .map(|kind| (kind.code().to_owned(), cx.words.term(*kind)))
        .collect();
    view! {
        {line("title_vi", "field-title_vi", &form.title_vi).view().into_any()}
        {line("title_en", "field-title_en", &form.title_en)
            .hint(cx.say("manage-form-title-en-hint"))
            .optional(cx)
            .view().into_any()}
        {line("summary_vi", "field-summary_vi", &form.summary_vi)
            .kind(Kind::Lines(4))
            .hint(cx.say("manage-form-summary-hint"))
            .optional(cx)
            .view().into_any()}
        {line("summary_en", "field-summary_en", &form.summary_en)
            .kind(Kind::Lines(4))
            .optional(cx)
            .view().into_any()}
        {Choices::one(cx, problems, "kind", "field-kind", chosen, kinds).view().into_any()}
    }
}

fn place(cx: &Cx, form: &WorkshopForm, problems: &Problems) -> impl IntoView + use<> {
    let line = |name, label, value: &str| Field::line(cx, problems, name, label, value);
    view! {
        {line("room", "field-room", &form.room).view().into_any()}
        {line("address", "field-address", &form.address)
            .hint(cx.say("manage-form-address-hint"))
            .optional(cx)
            .view().into_any()}
        <p class="hint">{cx.say("manage-form-time-hint")}</p>
        <div class="field field--row">
            {line("starts_at", "field-starts_at", &form.starts_at)
                .kind(Kind::Line("datetime-local"))
                .view().into_any()}
            {line("ends_at", "field-ends_at", &form.ends_at)
                .kind(Kind::Line("datetime-local"))
                .view().into_any()}
        </div>
    }
}

fn registration(cx: &Cx, form: &WorkshopForm, problems: &Problems) -> impl IntoView + use<> {
    let line = |name, label, value: &str| Field::line(cx, problems, name, label, value);
    view! {
        {line("capacity", "field-capacity", &form.capacity)
            .inputmode("numeric")
            .hint(cx.say("manage-form-capacity-hint"))
            .short()
            .view().into_any()}
        <div class="field field--row">
            {line("opens_at", "field-opens_at", &form.opens_at)
                .kind(Kind::Line("datetime-local"))
                .hint(cx.say("manage-form-opens-hint"))
                .optional(cx)
                .view().into_any()}
            {line("closes_at", "field-closes_at", &form.closes_at)
                .kind(Kind::Line("datetime-local"))
                .hint(cx.say("manage-form-closes-hint"))
                .optional(cx)
                .view().into_any()}
        </div>
    }
}
