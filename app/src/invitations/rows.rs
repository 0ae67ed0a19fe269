//! The fields about delegates, on the page of an invited establishment.

use crate::render::{Cx, Fields};
use crate::ui::delegate_fields;
use domain::{DelegateRow, Problem, Problems};
use leptos::prelude::*;

/// The delegate in a row with a number from 0.
pub(super) fn typed(fields: &Fields, at: usize) -> DelegateRow {
    let text = |name: &str| fields.text(&format!("{name}-{at}"));
    DelegateRow {
        full_name: text("full_name"),
        role: text("role"),
        phone: text("phone"),
        email: text("email"),
    }
}

/// Problems by the names that the page gives to fields: `delegates.2.phone` of
/// the rule is `phone-1` here.
pub(super) fn on_page(problems: Problems) -> Problems {
    let renamed = problems.0.into_iter().map(|problem| {
        let at = problem
            .field
            .strip_prefix("delegates.")
            .and_then(|rest| rest.split_once('.'))
            .and_then(|(number, name)| {
                let number: usize = number.parse().ok()?;
                Some(format!("{name}-{}", number.checked_sub(1)?))
            });
        match at {
            Some(field) => Problem {
                field: field.into(),
                ..problem
            },
            None => problem,
        }
    });
    Problems(renamed.collect())
}

/// The fields of one delegate: of a row with a number from 0, or of a form
/// about one alone.
pub(super) fn fields(
    cx: &Cx,
    row: &DelegateRow,
    problems: &Problems,
    at: Option<usize>,
) -> impl IntoView + use<> {
    let name = |part: &'static str| match at {
        Some(at) => format!("{part}-{at}"),
        None => part.to_owned(),
    };
    delegate_fields(cx, problems, row, &name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Reason;

    #[test]
    fn problems_find_their_fields() {
        let mut problems = Problems::default();
        for field in [
            "contact_phone",
            "delegates.3.full_name",
            "delegates.0.full_name",
        ] {
            problems.add(field, Reason::Required);
        }
        let on_page = on_page(problems);
        let fields: Vec<&str> = on_page.0.iter().map(|one| one.field.as_ref()).collect();
        assert_eq!(
            fields,
            ["contact_phone", "full_name-2", "delegates.0.full_name"]
        );
    }
}
