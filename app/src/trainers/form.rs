//! Entering a trainer, changing what is known, and offering them no longer.

use super::PATH;
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{Field, Kind, error_summary, retire as retire_button};
use axum::extract::Path;
use axum::response::Response;
use domain::{Phone, Problems, TrainerForm};
use service::Failure;
use service::entity::trainer;

/// `GET /manage/trainers/new`
pub(super) async fn blank(cx: Cx) -> Result<Response, Oops> {
    show(&cx, None, TrainerForm::default(), Problems::default()).await
}

/// `POST /manage/trainers/new`
pub(super) async fn add(cx: Cx, fields: Fields) -> Result<Response, Oops> {
    let form = typed(&fields);
    match cx.services.add_trainer(&cx.actor, &form).await {
        Ok(id) => Ok(see_other(&said("saved", id))),
        Err(Failure::Invalid(problems)) => show(&cx, None, form, problems).await,
        Err(failure) => Err(failure.into()),
    }
}

/// `GET /manage/trainers/{id}`
pub(super) async fn edit(cx: Cx, Path(id): Path<i64>) -> Result<Response, Oops> {
    let row = cx.services.trainer(&cx.actor, id).await?;
    let form = TrainerForm {
        full_name: row.full_name.clone(),
        affiliation: row.affiliation.clone(),
        fields: row.fields.clone(),
        phone: row
            .phone
            .as_deref()
            .map(Phone::national)
            .unwrap_or_default(),
        email: row.email.clone().unwrap_or_default(),
        account: row.account_id.map(|id| id.to_string()).unwrap_or_default(),
    };
    show(&cx, Some(row), form, Problems::default()).await
}

/// `POST /manage/trainers/{id}`
pub(super) async fn revise(cx: Cx, Path(id): Path<i64>, fields: Fields) -> Result<Response, Oops> {
    let form = typed(&fields);
    match cx.services.revise_trainer(&cx.actor, id, &form).await {
        Ok(()) => Ok(see_other(&said("saved", id))),
        Err(Failure::Invalid(problems)) => {
            let row = cx.services.trainer(&cx.actor, id).await?;
            show(&cx, Some(row), form, problems).await
        }
        Err(failure) => Err(failure.into()),
    }
}

/// `POST /manage/trainers/{id}/retire`
pub(super) async fn retire(cx: Cx, Path(id): Path<i64>) -> Result<Response, Oops> {
    cx.services.retire_trainer(&cx.actor, id, true).await?;
    Ok(see_other(&said("retired", id)))
}

/// `POST /manage/trainers/{id}/restore`
pub(super) async fn restore(cx: Cx, Path(id): Path<i64>) -> Result<Response, Oops> {
    cx.services.retire_trainer(&cx.actor, id, false).await?;
    Ok(see_other(&said("restored", id)))
}

fn said(what: &str, id: i64) -> String {
    format!("{PATH}?done={what}&trainer={id}")
}

fn typed(fields: &Fields) -> TrainerForm {
    TrainerForm {
        full_name: fields.text("full_name"),
        affiliation: fields.text("affiliation"),
        fields: fields.text("trainer_fields"),
        phone: fields.text("phone"),
        email: fields.text("email"),
        account: fields.text("account"),
    }
}

async fn show(
    cx: &Cx,
    row: Option<trainer::Model>,
    form: TrainerForm,
    problems: Problems,
) -> Result<Response, Oops> {
    let id = row.as_ref().map(|row| row.id);
    let accounts = cx.services.accounts_to_choose(&cx.actor, id).await?;
    let title = match row {
        Some(_) => cx.say("trainers-edit"),
        None => cx.say("trainers-add"),
    };
    let page = Page::staff(&title).narrow().checked(&problems);
    let inner = cx.clone();
    let body = move || body(&inner, title, row.as_ref(), &form, &problems, &accounts);
    Ok(cx.show(page, body).await)
}

fn body(
    cx: &Cx,
    title: String,
    row: Option<&trainer::Model>,
    form: &TrainerForm,
    problems: &Problems,
    accounts: &[(i64, String)],
) -> impl IntoView + use<> {
    let line = |name, label, value: &str| Field::line(cx, problems, name, label, value);
    let mut options = vec![(String::new(), cx.say("trainers-no-account"))];
    let offered = accounts.iter();
    options.extend(offered.map(|(id, words)| (id.to_string(), words.clone())));
    // An account that was disabled meanwhile stays theirs until it is changed.
    if let Some(own) = row.and_then(|row| row.account_id)
        && !accounts.iter().any(|(id, _)| *id == own)
    {
        options.push((own.to_string(), cx.say("trainers-account-disabled")));
    }
    let account = Field::line(cx, problems, "account", "field-account", &form.account)
        .kind(Kind::Select(options));
    view! {
        {error_summary(cx, problems)}
        <h1>{title}</h1>
        <form method="post" novalidate>
            {line("full_name", "field-full_name", &form.full_name).view().into_any()}
            {line("affiliation", "field-affiliation", &form.affiliation).optional(cx).view().into_any()}
            {line("trainer_fields", "field-trainer_fields", &form.fields)
                .hint(cx.say("trainers-fields-hint"))
                .optional(cx)
                .view().into_any()}
            {line("phone", "field-phone", &form.phone)
                .kind(Kind::Line("tel"))
                .optional(cx)
                .short()
                .view().into_any()}
            {line("email", "field-email", &form.email)
                .kind(Kind::Line("email"))
                .optional(cx)
                .view().into_any()}
            {account.hint(cx.say("trainers-account-hint")).optional(cx).view().into_any()}
            <div class="form-actions">
                <button class="button" type="submit">{cx.say("trainers-save")}</button>
                <a class="button button--quiet" href=PATH>{cx.say("trainers-cancel")}</a>
            </div>
        </form>
        {row.map(|row| retire_form(cx, row).into_any())}
    }
}

fn retire_form(cx: &Cx, row: &trainer::Model) -> impl IntoView + use<> {
    let retired = row.retired_at.is_some();
    let (verb, words) = if retired {
        ("restore", cx.say("trainers-restore"))
    } else {
        ("retire", cx.say("trainers-retire"))
    };
    let action = format!("{PATH}/{}/{verb}", row.id);
    let hint = (!retired).then(|| cx.say("trainers-retire-hint"));
    view! {
        <hr />
        {retire_button(action, words, hint)}
    }
}
