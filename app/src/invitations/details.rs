//! The second step of inviting: quota and contact of each, language and
//! deadline of all. The same fields change one invitation later.

use super::path;
use super::pick::Picked;
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page};
use crate::ui::{Choices, Field, Kind, error_summary_of_rows};
use axum::response::Response;
use domain::{
    Act, Coded, InviteForm, InviteRow, Lang, MAX_INVITED, Problems, default_answer_by, to_local,
};

/// The form with what is known beforehand.
pub(super) async fn first(cx: &Cx, slug: &str, picked: &Picked) -> Result<Response, Oops> {
    let view = cx
        .services
        .staff_workshop(&cx.actor, Act::ManageWorkshops, slug)
        .await?;
    let now = cx.services.clock().now();
    let by = default_answer_by(view.row.closes_at, view.starts_at(), now);
    let (names, rows) = cx
        .services
        .rows_to_invite(&cx.actor, &picked.chosen)
        .await?
        .into_iter()
        .map(|(name, row)| {
            let quota = picked.quota.clone();
            (name, InviteRow { quota, ..row })
        })
        .unzip();
    let form = InviteForm {
        rows,
        lang: Lang::Vi.code().to_owned(),
        answer_by: to_local(by).format("%Y-%m-%dT%H:%M").to_string(),
    };
    Ok(show(cx, slug, form, names, Problems::default()).await)
}

/// The form as it was sent, with its problems.
pub(super) async fn again(
    cx: &Cx,
    slug: &str,
    form: InviteForm,
    problems: Problems,
) -> Result<Response, Oops> {
    let ids: Vec<i64> = form.rows.iter().map(|row| row.establishment).collect();
    let known = cx.services.rows_to_invite(&cx.actor, &ids).await?;
    let name = |id: i64| {
        let of = known.iter().find(|(_, row)| row.establishment == id);
        of.map(|(name, _)| name.clone()).unwrap_or_default()
    };
    let names = ids.iter().map(|id| name(*id)).collect();
    Ok(show(cx, slug, form, names, problems).await)
}

/// What a browser sent.
pub(super) fn typed(fields: &Fields) -> InviteForm {
    // One too many is read, so that it is not lost in silence.
    let rows = (0..=MAX_INVITED).map_while(|at| {
        let text = |name: &str| fields.text(&format!("{name}-{at}"));
        Some(InviteRow {
            establishment: text("establishment").parse().ok()?,
            quota: text("quota"),
            contact_name: text("contact_name"),
            contact_phone: text("contact_phone"),
            contact_email: text("contact_email"),
        })
    });
    InviteForm {
        rows: rows.collect(),
        lang: fields.text("lang"),
        answer_by: fields.text("answer_by"),
    }
}

async fn show(
    cx: &Cx,
    slug: &str,
    form: InviteForm,
    names: Vec<String>,
    problems: Problems,
) -> Response {
    let page = Page::staff(&cx.say("invite-details-title"))
        .wide()
        .checked(&problems);
    let (back, action) = (path(slug), super::pick::action(slug));
    let inner = cx.clone();
    let body = move || {
        let cx = &inner;
        let count = i64::try_from(form.rows.len()).unwrap_or(0);
        let chosen: Vec<_> = form
            .rows
            .iter()
            .map(|row| {
                view! { <input type="hidden" name="chosen" value=row.establishment.to_string() /> }
            })
            .collect();
        view! {
            {error_summary_of_rows(cx, &problems, &|at| names.get(at).cloned())}
            <h1>{cx.say("invite-details-title")}</h1>
            <p>{cx.say("invite-details-lead")}</p>
            <form method="post" action=action novalidate=true>
                {rows(cx, &form, &names, &problems)}
                {shared(cx, &form, &problems).into_any()}
                {chosen}
                <div class="form-actions">
                    <button class="button" type="submit" name="act" value="make">
                        {cx.say_with("invite-make", &[("count", count.into())])}
                    </button>
                    <button class="button button--quiet" type="submit" name="act" value="back">
                        {cx.say("invite-back")}
                    </button>
                    <a class="button button--quiet" href=back>{cx.say("manage-form-back")}</a>
                </div>
            </form>
        }
    };
    cx.show(page, body).await
}

/// A row for each establishment.
pub(super) fn rows(cx: &Cx, form: &InviteForm, names: &[String], problems: &Problems) -> AnyView {
    let rows: Vec<_> = form
        .rows
        .iter()
        .enumerate()
        .map(|(at, row)| {
            let field = |name, value: &str| Field::line(cx, problems, name, label(name), value).row(cx, problems, at);
            let id = format!("establishment-{at}");
            let name = names.get(at).cloned().unwrap_or_default();
            view! {
                <li>
                    <fieldset class="rows__row">
                        <legend>{name}</legend>
                        <input type="hidden" name=id value=row.establishment.to_string() />
                        <div class="rows__short">{field("quota", &row.quota).inputmode("numeric").view()}</div>
                        <div class="rows__long">{field("contact_name", &row.contact_name).optional(cx).view()}</div>
                        <div class="rows__long">
                            {field("contact_phone", &row.contact_phone).optional(cx)
                                .kind(Kind::Line("tel")).inputmode("tel").view()}
                        </div>
                        <div class="rows__long">
                            {field("contact_email", &row.contact_email).optional(cx)
                                .kind(Kind::Line("email")).inputmode("email").view()}
                        </div>
                    </fieldset>
                </li>
            }
            .into_any()
        })
        .collect();
    view! { <ol class="rows">{rows}</ol> }.into_any()
}

fn label(name: &str) -> &'static str {
    match name {
        "quota" => "field-quota",
        "contact_name" => "field-contact_name",
        "contact_phone" => "field-contact_phone",
        _ => "field-contact_email",
    }
}

/// What is the same for all rows.
pub(super) fn shared(cx: &Cx, form: &InviteForm, problems: &Problems) -> impl IntoView + use<> {
    let langs = Lang::ALL
        .iter()
        .map(|lang| (lang.code().to_owned(), cx.words.term(*lang)))
        .collect();
    let lang = match form.lang.as_str() {
        "" => Lang::Vi.code(),
        lang => lang,
    };
    view! {
        {Field::line(cx, problems, "answer_by", "field-answer_by", &form.answer_by)
            .hint(cx.say("invite-answer-by-hint")).kind(Kind::Line("datetime-local")).view()}
        {Choices::one(cx, problems, "lang", "field-lang", lang, langs)
            .hint(cx.say("invite-lang-hint")).view()}
    }
}
