//! Somebody who wrote themselves into a blank row of a sheet.

use super::entry::{Typed, entered, show, typed_guest};
use super::sheet_address;
use crate::html::*;
use crate::render::{Cx, Fields, Oops, see_other};
use crate::ui::{Field, Kind};
use axum::extract::Path;
use axum::response::Response;
use domain::{Coded, DelegateRole, Problems};
use service::{Failure, SheetGuest, SheetView};

/// `GET` of what only a form leads to.
pub(super) async fn back(Path((slug, number)): Path<(String, String)>) -> Response {
    see_other(&format!("{}/enter", sheet_address(&slug, &number)))
}

/// `POST …/guest`
pub(super) async fn add(
    cx: Cx,
    Path((slug, number)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, Oops> {
    let guest = typed_guest(&fields);
    let (services, actor) = (&cx.services, &cx.actor);
    match services.add_on_sheet(actor, &slug, &number, &guest).await {
        Ok(done) => Ok(entered(&slug, &number, done)),
        Err(Failure::Invalid(problems)) => {
            let typed = Typed {
                guest,
                problems,
                ..Typed::default()
            };
            show(&cx, &slug, &number, typed, None).await
        }
        Err(failure) => Err(failure.into()),
    }
}

/// The form, with the first blank row.
pub(super) fn form(cx: &Cx, sheet: &SheetView, guest: &SheetGuest, problems: &Problems) -> AnyView {
    let blank = sheet.rows.iter().find(|row| row.person.is_none());
    let Some(blank) = blank else {
        return ().into_any();
    };
    let row = if guest.row.is_empty() && problems.of("row").is_none() {
        blank.position.to_string()
    } else {
        guest.row.clone()
    };
    let path = sheet_address(&sheet.workshop.row.slug, sheet.number.as_str());
    let roles = std::iter::once((String::new(), cx.say("delegates-role-choose")))
        .chain(
            DelegateRole::ALL
                .iter()
                .map(|role| (role.code().to_owned(), cx.words.term(*role))),
        )
        .collect();
    // What is typed here is about somebody else than whose browser this is.
    let line = |name, label, value: &str| {
        Field::line(cx, problems, name, label, value).autocomplete("off")
    };
    let person = &guest.person;
    let another = (guest.another || problems.of("another").is_some()).then(|| {
        let said = problems.0.iter().find(|problem| problem.field == "another");
        let said = said.map(|problem| cx.words.problem(problem));
        view! {
            <div class="notice notice--wait">
                <p id="another-problem">{said}</p>
                <label class="choice">
                    <input id="another" type="checkbox" name="another" value="on" checked=guest.another
                        aria-describedby="another-problem" />
                    <span>{cx.say("field-another")}</span>
                </label>
            </div>
        }
    });
    let open = [
        "row",
        "full_name",
        "establishment",
        "role",
        "phone",
        "another",
    ]
    .iter()
    .any(|field| problems.of(field).is_some());
    view! {
        <details open=open>
            <summary>{cx.say("entry-guest")}</summary>
            <form method="post" action=format!("{path}/guest") novalidate>
                {line("row", "field-row", &row).inputmode("numeric").short().view().into_any()}
                {line("full_name", "field-full_name", &person.full_name).view().into_any()}
                {line("establishment", "field-establishment", &person.establishment).view().into_any()}
                {line("role", "field-role", &person.role).kind(Kind::Select(roles)).view().into_any()}
                {line("phone", "field-phone", &person.phone).kind(Kind::Line("tel")).inputmode("tel")
                    .optional(cx).short().view().into_any()}
                {another}
                <p class="form-actions">
                    <button class="button button--secondary" type="submit">{cx.say("entry-guest-act")}</button>
                </p>
            </form>
        </details>
    }
    .into_any()
}
