//! Rows of delegates whom one person types.

use super::{Field, Kind};
use crate::html::*;
use crate::render::{Cx, Fields};
use domain::{Coded, DelegateRole, DelegateRow, Problems};

/// The rows as a form sent them, `most` of them, blank ones too, so that they
/// come back as they were.
pub(crate) fn typed_delegates(fields: &Fields, most: u32) -> Vec<DelegateRow> {
    (1..=most)
        .map_while(|number| {
            let name = |part: &str| format!("delegates.{number}.{part}");
            let sent = |part: &str| fields.all(&name(part)).next().map(str::to_owned);
            Some(DelegateRow {
                full_name: sent("full_name")?,
                role: sent("role").unwrap_or_default(),
                phone: sent("phone").unwrap_or_default(),
                email: sent("email").unwrap_or_default(),
            })
        })
        .collect()
}

/// One delegate as a form about nobody else sent it.
pub(crate) fn typed_delegate(fields: &Fields) -> DelegateRow {
    DelegateRow {
        full_name: fields.text("full_name"),
        role: fields.text("role"),
        phone: fields.text("phone"),
        email: fields.text("email"),
    }
}

/// What a row is called, from 0, as in the summary of problems.
pub(crate) fn delegate_number(cx: &Cx, at: usize) -> String {
    let number = i64::try_from(at + 1).unwrap_or(i64::MAX);
    cx.say_with("delegates-number", &[("number", number.into())])
}

/// The fields of one delegate, each with its problem.
pub(crate) fn delegate_fields(
    cx: &Cx,
    problems: &Problems,
    row: &DelegateRow,
    name: &dyn Fn(&'static str) -> String,
) -> impl IntoView + use<> {
    let field = |part: &'static str, label: &str, value: &str| {
        Field::named(cx, problems, name(part), label, value)
    };
    let roles = std::iter::once((String::new(), cx.say("delegates-role-choose")))
        .chain(
            DelegateRole::ALL
                .iter()
                .map(|role| (role.code().to_owned(), cx.words.term(*role))),
        )
        .collect();
    view! {
        {field("full_name", "field-full_name", &row.full_name).autocomplete("off").view().into_any()}
        {field("role", "field-role", &row.role).kind(Kind::Select(roles)).view().into_any()}
        {field("phone", "field-phone", &row.phone)
            .optional(cx).kind(Kind::Line("tel")).inputmode("tel").autocomplete("off").view().into_any()}
        {field("email", "field-email", &row.email)
            .optional(cx).kind(Kind::Line("email")).inputmode("email").autocomplete("off").view().into_any()}
    }
}

/// All rows, each in a group of its own.
pub(crate) fn delegate_rows(cx: &Cx, problems: &Problems, rows: &[DelegateRow]) -> AnyView {
    let rows: Vec<_> = rows
        .iter()
        .enumerate()
        .map(|(at, row)| {
            let number = at + 1;
            let name = move |part: &'static str| format!("delegates.{number}.{part}");
            view! {
                <fieldset class="delegate">
                    <legend>{delegate_number(cx, at)}</legend>
                    {delegate_fields(cx, problems, row, &name)}
                </fieldset>
            }
        })
        .collect();
    rows.into_any()
}
