//! What the columns of a file hold.

use super::{address, page};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, see_other};
use crate::ui::shortened;
use axum::extract::Path;
use axum::response::Response;
use domain::{ImportColumn, ImportField, Problems};
use service::{Failure, ImportPage};

/// Letters of a heading that are shown.
const LABEL: usize = 80;

/// `POST /manage/workshops/{slug}/import/{id}/columns`
pub(super) async fn save(
    cx: Cx,
    Path((slug, id)): Path<(String, i64)>,
    fields: Fields,
) -> Result<Response, Oops> {
    let columns = fields.all("column").map(ImportColumn::from_code);
    let columns: Vec<Option<ImportColumn>> = columns.collect();
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

/// Whether the columns that are needed are known.
pub(super) fn are_named(page: &ImportPage) -> bool {
    let needed = [ImportField::FullName, ImportField::Establishment];
    let mut needed = needed.into_iter().map(ImportColumn::Field);
    needed.all(|column| page.columns.contains(&Some(column)))
}

/// A choice for each column, as guessed or said before.
pub(super) fn form(
    cx: &Cx,
    page: &ImportPage,
    problems: &Problems,
    chosen: &[Option<ImportColumn>],
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
        .map(|(at, (heading, field))| choice(cx, page, at, heading, *field).into_any())
        .collect();
    // Open when there is something to do.
    let open = problem.is_some() || !are_named(page);
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

fn choice(
    cx: &Cx,
    page: &ImportPage,
    at: usize,
    heading: &str,
    chosen: Option<ImportColumn>,
) -> impl IntoView + use<> {
    let id = format!("column-{at}");
    let number = i64::try_from(at + 1).unwrap_or(0);
    let label = if heading.trim().is_empty() {
        cx.say_with("import-column", &[("number", number.into())])
    } else {
        shortened(heading, LABEL)
    };
    let fields = domain::Coded::ALL.iter().map(|field: &ImportField| {
        let label = cx.say(&format!("field-{field}"));
        (ImportColumn::Field(*field), label)
    });
    let asked = page.questions.iter().map(|question| {
        let label = cx.say_with(
            "import-column-question",
            &[("label", question.label(cx.lang()).into())],
        );
        (ImportColumn::Answer(question.asked.id), label)
    });
    let options: Vec<_> = fields
        .chain(asked)
        .map(|(one, label)| {
            view! { <option value=one.code() selected=chosen == Some(one)>{label}</option> }
        })
        .collect();
    let sample = page.samples.get(at).filter(|sample| !sample.is_empty());
    let sample = sample.map(|sample| {
        let args = [("value", shortened(sample, LABEL).into())];
        let hint = format!("{id}-hint");
        view! { <p class="hint" id=hint>{cx.say_with("import-column-sample", &args)}</p> }
            .into_any()
    });
    let described = sample.is_some().then(|| format!("{id}-hint"));
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            {sample}
            <select id=id name="column" aria-describedby=described><option value="">{cx.say("import-column-none")}</option>{options}</select>
        </div>
    }
}
