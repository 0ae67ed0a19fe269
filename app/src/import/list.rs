//! Bringing a file, and the files brought before.

use super::address;
use super::page::NAME;
use crate::html::*;
use crate::render::{Cx, Oops, Page};
use crate::ui::{error_summary, shortened};
use axum::extract::Path;
use axum::response::Response;
use domain::{MAX_IMPORT_BYTES, MAX_IMPORT_ROWS, Phase, Problems};
use service::WorkshopView;
use service::entity::import;

/// `GET /manage/workshops/{slug}/import`
pub(super) async fn show(cx: Cx, Path(slug): Path<String>) -> Result<Response, Oops> {
    with(&cx, &slug, Problems::default()).await
}

/// The page, with what is wrong with a file that was brought.
pub(super) async fn with(cx: &Cx, slug: &str, problems: Problems) -> Result<Response, Oops> {
    let (view, rows) = cx.services.imports(&cx.actor, slug).await?;
    let page = Page::staff(&cx.say("import-title")).checked(&problems);
    let inner = cx.clone();
    Ok(cx
        .show(page, move || body(&inner, &view, &rows, &problems))
        .await)
}

fn body(
    cx: &Cx,
    view: &WorkshopView,
    rows: &[import::Model],
    problems: &Problems,
) -> impl IntoView + use<> {
    let people = format!("/manage/workshops/{}/people", view.row.slug);
    let open = matches!(view.phase, Phase::Upcoming | Phase::Running);
    let form = if open {
        form(cx, &view.row.slug, problems).into_any()
    } else {
        view! { <p>{cx.say("refused-people")}</p> }.into_any()
    };
    view! {
        {error_summary(cx, problems)}
        <p><a href=people>{view.title(cx.lang()).to_owned()}</a></p>
        <h1>{cx.say("import-title")}</h1>
        <p>{cx.say("import-lead")}</p>
        {form}
        {before(cx, &view.row.slug, rows)}
    }
}

fn form(cx: &Cx, slug: &str, problems: &Problems) -> impl IntoView + use<> {
    let max = i64::try_from(MAX_IMPORT_BYTES / (1024 * 1024)).unwrap_or(0);
    let rows = i64::try_from(MAX_IMPORT_ROWS).unwrap_or(0);
    let hint = cx.say_with(
        "import-file-hint",
        &[("max", max.into()), ("rows", rows.into())],
    );
    let problem = problems.0.first().map(|problem| cx.words.problem(problem));
    let wrong = problem.is_some();
    let class = if wrong {
        "field field--problem"
    } else {
        "field"
    };
    let described = if wrong {
        "file-hint file-problem"
    } else {
        "file-hint"
    };
    view! {
        <form class="upload" method="post" action=address(slug) enctype="multipart/form-data">
            <div class=class>
                <label for="file">{cx.say("import-file")}</label>
                <p class="hint" id="file-hint">{hint}</p>
                {problem.map(|words| view! { <p class="problem" id="file-problem">{words}</p> })}
                <input id="file" name="file" type="file" accept=".xlsx,.csv,.txt" aria-describedby=described
                    aria-invalid=wrong.then_some("true") />
            </div>
            <button class="button" type="submit">{cx.say("import-upload")}</button>
        </form>
    }
}

fn before(cx: &Cx, slug: &str, rows: &[import::Model]) -> Option<impl IntoView + use<>> {
    if rows.is_empty() {
        return None;
    }
    let rows: Vec<_> = rows
        .iter()
        .map(|row| {
            let href = format!("{}/{}", address(slug), row.id);
            view! {
                <tr>
                    <th scope="row"><a href=href title=row.file_name.clone()>{shortened(&row.file_name, NAME)}</a></th>
                    <td data-label=cx.say("import-at")><time>{cx.words.stamp(row.created_at)}</time></td>
                    <td data-label=cx.say("manage-state")>{cx.words.term(*row.state)}</td>
                    <td class="num" data-label=cx.say("import-made")>{cx.words.number(row.made)}</td>
                </tr>
            }
        })
        .collect();
    Some(view! {
        <h2>{cx.say("import-before")}</h2>
        <table class="table table--cards">
            <thead>
                <tr>
                    <th scope="col">{cx.say("field-file")}</th>
                    <th scope="col">{cx.say("import-at")}</th>
                    <th scope="col">{cx.say("manage-state")}</th>
                    <th scope="col" class="num">{cx.say("import-made")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    })
}
