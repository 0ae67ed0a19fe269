//! What the columns of a file hold.

use super::{address, page};
use crate::render::{Cx, Fields, Oops, see_other};
use axum::extract::Path;
use axum::response::Response;
use domain::{Coded, ImportField, Problems};
use leptos::prelude::*;
use service::{Failure, ImportPage};

/// `POST /manage/workshops/{slug}/import/{id}/columns`
pub(super) async fn save(
    cx: Cx,
    Path((slug, id)): Path<(String, i64)>,
    fields: Fields,
) -> Result<Response, Oops> {
    let columns: Vec<Option<ImportField>> =
        fields.all("column").map(ImportField::from_code).collect();
    let saved = cx
        .services
        .set_import_columns(&cx.actor, &slug, id, &columns)
        .await;
    match saved {
        Ok(()) => Ok(see_other(&format!("{}/{id}", address(&slug)))),
        Err(Failure::Invalid(problems)) => {
            page::with(&cx, &slug, id, problems, Some(columns)).await
        }
        Err(failure) => Err(failure.into()),
    }
}

/// A choice for each column, as guessed or said before.
pub(super) fn form(
    cx: &Cx,
    page: &ImportPage,
    problems: &Problems,
    chosen: &[Option<ImportField>],
) -> AnyView {
    let action = format!("{}/{}/columns", address(&page.view.row.slug), page.row.id);
    let problem = problems.0.iter().find(|problem| problem.field == "columns");
    let problem = problem.map(|problem| cx.words.problem(problem));
    let class = if problem.is_some() {
        "field field--row field--problem"
    } else {
        "field field--row"
    };
    let problem = problem.map(|words| view! { <p class="problem">{words}</p> });
    let choices: Vec<_> = page
        .headings
        .iter()
        .zip(chosen.iter().chain(std::iter::repeat(&None)))
        .enumerate()
        .map(|(at, (heading, field))| choice(cx, at, heading, *field).into_any())
        .collect();
    let named = page.columns.contains(&Some(ImportField::FullName))
        && page.columns.contains(&Some(ImportField::Establishment));
    // Open when there is something to do.
    let open = problem.is_some() || !named;
    view! {
        <details open=open>
            <summary>{cx.say("import-columns")}</summary>
            <form method="post" action=action>
                <fieldset class=class id="columns" tabindex="-1">
                    <legend>{cx.say("import-columns-legend")}</legend>
                    <p class="hint">{cx.say("import-columns-hint")}</p>
                    {problem}
                    {choices}
                </fieldset>
                <p><button class="button button--secondary" type="submit">{cx.say("import-columns-save")}</button></p>
            </form>
        </details>
    }
    .into_any()
}

fn choice(cx: &Cx, at: usize, heading: &str, field: Option<ImportField>) -> impl IntoView + use<> {
    let id = format!("column-{at}");
    let number = i64::try_from(at + 1).unwrap_or(0);
    let label = if heading.trim().is_empty() {
        cx.say_with("import-column", &[("number", number.into())])
    } else {
        heading.to_owned()
    };
    let options: Vec<_> = ImportField::ALL
        .iter()
        .map(|one| {
            let label = cx.say(&format!("field-{one}"));
            view! { <option value=one.code() selected=field == Some(*one)>{label}</option> }
        })
        .collect();
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select id=id name="column"><option value="">{cx.say("import-column-none")}</option>{options}</select>
        </div>
    }
}
