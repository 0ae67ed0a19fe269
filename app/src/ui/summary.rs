//! The problems of a form on top of it, with links to the fields.

use crate::html::*;
use crate::render::Cx;
use domain::{Problem, Problems};

/// All problems of a form on top of it, each a link to its field.
pub(crate) fn error_summary(cx: &Cx, problems: &Problems) -> Option<impl IntoView + use<>> {
    summary(cx, problems, &|_| None, &|_| None)
}

/// As [`error_summary`], for a form with fields that have words of their own:
/// `label` says them by the name of the field.
pub(crate) fn error_summary_named(
    cx: &Cx,
    problems: &Problems,
    label: &dyn Fn(&str) -> Option<String>,
) -> Option<impl IntoView + use<>> {
    summary(cx, problems, &|_| None, label)
}

/// As [`error_summary`], for a form with rows: `row` says what the row with a
/// number from 0 is called, or nothing where there is only one.
pub(crate) fn error_summary_of_rows(
    cx: &Cx,
    problems: &Problems,
    row: &dyn Fn(usize) -> Option<String>,
) -> Option<impl IntoView + use<>> {
    summary(cx, problems, row, &|_| None)
}

fn summary(
    cx: &Cx,
    problems: &Problems,
    row: &dyn Fn(usize) -> Option<String>,
    label: &dyn Fn(&str) -> Option<String>,
) -> Option<impl IntoView + use<>> {
    if problems.is_empty() {
        return None;
    }
    let items: Vec<_> = problems
        .0
        .iter()
        .map(|problem: &Problem| {
            let href = format!("#{}", problem.field);
            let (field, at) = split_row(&problem.field);
            let label = label(&problem.field)
                .unwrap_or_else(|| cx.say(&format!("field-{}", field.replace('.', "-"))));
            let words = cx.words.problem(problem);
            let said = match at.and_then(row) {
                Some(row) => format!("{row}: {label}: {words}"),
                None => format!("{label}: {words}"),
            };
            view! { <li><a href=href>{said}</a></li> }
        })
        .collect();
    Some(view! {
        <div class="error-summary" role="alert" tabindex="-1">
            <h2>{cx.say("error-summary-title")}</h2>
            <ul>{items}</ul>
        </div>
    })
}

/// The name of a field and its row: `title_vi-2` is of the third, as is
/// `delegates.3.phone`, where people count.
fn split_row(field: &str) -> (&str, Option<usize>) {
    let delegate = field
        .strip_prefix("delegates.")
        .and_then(|rest| rest.split_once('.'))
        .and_then(|(number, name)| Some((name, number.parse::<usize>().ok()?.checked_sub(1)?)));
    if let Some((name, at)) = delegate {
        return (name, Some(at));
    }
    let row = field
        .rsplit_once('-')
        .and_then(|(name, at)| Some((name, at.parse().ok()?)));
    match row {
        Some((name, at)) => (name, Some(at)),
        None => (field, None),
    }
}
