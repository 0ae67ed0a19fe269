//! People who came unregistered: three fields, and a phone for those who have
//! the time.

use super::{ask, page};
use crate::render::{Cx, Fields, Oops};
use crate::ui::{Choices, Field, error_summary};
use axum::extract::Path;
use axum::response::Response;
use domain::{ChosenSession, Coded, DelegateRole, Problems, WalkInForm};
use leptos::prelude::*;
use service::{Conflict, Failure};

/// `POST /door/{slug}/walk-in`
pub(super) async fn add(
    cx: Cx,
    Path(slug): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let form = WalkInForm {
        full_name: fields.text("full_name"),
        establishment: fields.text("establishment"),
        role: fields.text("role"),
        phone: fields.text("phone"),
    };
    let over = fields.text("over") == "on";
    let chosen = page::at(&fields).ok().and_then(|at| at.chosen);
    match ask::walk_in(&cx, &slug, chosen, &form, over).await {
        Ok(screen) => page::show(&cx, &slug, chosen, Some(screen)).await,
        Err(Failure::Invalid(problems)) => {
            page::show_refused(&cx, &slug, chosen, &form, &problems, over).await
        }
        // Asked once: whoever stands in the room has come.
        Err(Failure::Conflict(Conflict::Full)) => page::show_full(&cx, &slug, chosen, &form).await,
        Err(failure) => Err(failure.into()),
    }
}

/// Whether one more than there are seats is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Over {
    /// Nobody was asked.
    Unasked,
    /// To be ticked.
    Asked,
    /// Was ticked.
    Ticked,
}

/// The form, below the search.
pub(super) fn form_view(
    cx: &Cx,
    slug: &str,
    (session, chosen): (i64, Option<ChosenSession>),
    form: &WalkInForm,
    problems: &Problems,
    over: Over,
) -> AnyView {
    let instead_of = chosen.map_or_else(String::new, |chosen| chosen.instead_of.to_string());
    let action = format!("/door/{slug}/walk-in");
    let roles = DelegateRole::ALL
        .iter()
        .map(|role| (role.code().to_owned(), cx.words.term(*role)))
        .collect();
    // What is typed here is about somebody else than whose browser this is.
    let line = |name, label, value: &str| {
        Field::line(cx, problems, name, label, value).autocomplete("off")
    };
    let phone = line("phone", "field-phone", &form.phone)
        .kind(crate::ui::Kind::Line("tel"))
        .optional(cx)
        .short();
    let phone_open = !form.phone.is_empty();
    view! {
        <section aria-labelledby="walk-in">
            <h2 id="walk-in">{cx.say("door-walk-in-title")}</h2>
            {error_summary(cx, problems)}
            <form method="post" action=action novalidate>
                {line("full_name", "field-full_name", &form.full_name).view()}
                {line("establishment", "field-establishment", &form.establishment).view()}
                {Choices::one(cx, problems, "role", "field-role", &form.role, roles).view()}
                <details open=phone_open>
                    <summary>{cx.say("door-walk-in-phone")}</summary>
                    {phone.view()}
                </details>
                {over_view(cx, over)}
                <input type="hidden" name="session" value=session />
                <input type="hidden" name="instead_of" value=instead_of />
                <p class="form-actions">
                    <button class="button button--secondary" type="submit">{cx.say("door-walk-in-act")}</button>
                </p>
            </form>
        </section>
    }
    .into_any()
}

fn over_view(cx: &Cx, over: Over) -> Option<impl IntoView + use<>> {
    (over != Over::Unasked).then(|| {
        view! {
            <div class="notice notice--wait">
                <p>{cx.say("conflict-full")}</p>
                <label class="choice">
                    <input id="over" type="checkbox" name="over" value="on" checked=over == Over::Ticked />
                    <span>{cx.say("people-over-allow")}</span>
                </label>
            </div>
        }
    })
}
