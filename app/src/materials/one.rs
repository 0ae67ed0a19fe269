//! One material: what is said of it, its versions, and who fetched it.

use super::place::Place;
use super::{form, versions};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{error_summary, notice, tone};
use axum::http::Uri;
use axum::response::Response;
use domain::{MaterialForm, Problems};
use service::{Failure, FetchedBy, MaterialPage, material_form};

/// `GET …/materials/{id}`
pub(super) async fn show(cx: Cx, at: Place, uri: Uri) -> Result<Response, Oops> {
    let done = match Fields::of_query(uri.query()).text("done").as_str() {
        "saved" => Some(cx.say("materials-done-saved")),
        "replaced" => Some(cx.say("materials-done-version-brought")),
        "same" => Some(cx.say("materials-done-same")),
        "withdrawn" => Some(cx.say("materials-done-version-withdrawn")),
        "restored" => Some(cx.say("materials-done-version-restored")),
        _ => None,
    };
    page(
        &cx,
        &at,
        Shown {
            done,
            ..Shown::default()
        },
    )
    .await
}

/// `POST …/materials/{id}`
pub(super) async fn revise(cx: Cx, at: Place, fields: Fields) -> Result<Response, Oops> {
    let (id, form) = (at.id()?, form::typed(&fields));
    let (services, actor) = (&cx.services, &cx.actor);
    match services.revise_material(actor, at.shelf(), id, &form).await {
        Ok(()) => Ok(see_other(&format!("{}?done=saved", at.of(id)))),
        Err(Failure::Invalid(problems)) => {
            let shown = Shown {
                form: Some(form),
                problems,
                ..Shown::default()
            };
            page(&cx, &at, shown).await
        }
        Err(failure) => Err(failure.into()),
    }
}

/// What the page shows beside what is stored.
#[derive(Clone, Debug, Default)]
pub(super) struct Shown {
    pub(super) done: Option<String>,
    /// What was typed.
    pub(super) form: Option<MaterialForm>,
    pub(super) problems: Problems,
    /// What is wrong with a new version.
    pub(super) refused: Option<String>,
}

/// The page, after an act that went well or one that did not.
pub(super) async fn page(cx: &Cx, at: &Place, shown: Shown) -> Result<Response, Oops> {
    let (services, actor) = (&cx.services, &cx.actor);
    let found = services.material_page(actor, at.shelf(), at.id()?).await?;
    let page = Page::staff(found.view.title(cx.lang())).islands();
    let page = if shown.problems.is_empty() && shown.refused.is_none() {
        page
    } else {
        page.unprocessable()
    };
    let (inner, at) = (cx.clone(), at.clone());
    Ok(cx
        .show(page, move || body(&inner, &at, &found, shown))
        .await)
}

fn body(cx: &Cx, at: &Place, found: &MaterialPage, shown: Shown) -> impl IntoView + use<> {
    let view = &found.view;
    let form = shown.form.unwrap_or_else(|| material_form(&view.row));
    let changes = found.shelf.may_change(&view.row);
    // Also after a new version was brought: nobody gets it yet.
    let gone = view.standing().is_none().then(|| {
        let action = format!("{}/restore", at.of(view.row.id));
        let back = changes.then(|| {
            view! {
                <form method="post" action=action>
                    <button class="button button--secondary" type="submit">{cx.say("materials-restore")}</button>
                </form>
            }
        });
        view! {
            <div class="notice notice--wait">
                <h2>{cx.say("materials-withdrawn-title")}</h2>
                <p>{cx.say("materials-withdrawn-text")}</p>
                {back}
            </div>
        }
    });
    let refused = shown.refused.as_ref().map(|words| {
        view! {
            <div class="error-summary" role="alert" tabindex="-1">
                <h2>{cx.say("error-summary-title")}</h2>
                <ul><li><a href="#file">{words.clone()}</a></li></ul>
            </div>
        }
    });
    let of = found.shelf.workshop.as_ref();
    let of = of.map_or_else(
        || cx.say("materials-programme-title"),
        |workshop| workshop.title(cx.lang()).to_owned(),
    );
    let title = view.title(cx.lang()).to_owned();
    let details = if changes {
        view! {
            <h2>{cx.say("materials-details")}</h2>
            <form method="post" action=at.of(view.row.id) novalidate>
                {form::whole(cx, &found.shelf, &form, &shown.problems)}
                <div class="form-actions">
                    <button class="button" type="submit">{cx.say("materials-save")}</button>
                    <a class="button button--quiet" href=at.path()>{cx.say("materials-back")}</a>
                </div>
            </form>
        }
        .into_any()
    } else {
        view! { <p class="muted">{cx.say("materials-of-others")}</p> }.into_any()
    };
    view! {
        {error_summary(cx, &shown.problems)}
        {refused}
        <p><a href=at.path()>{of}</a></p>
        <h1 class="wrap-anywhere">{title}</h1>
        {shown.done.map(|done| notice(tone::OK, done, String::new()))}
        {gone}
        {versions::section(cx, at, found, shown.refused.as_deref())}
        {details}
        {fetched(cx, found)}
    }
}

/// How often it was fetched by personal links, and by whom for those who may
/// read names.
fn fetched(cx: &Cx, found: &MaterialPage) -> AnyView {
    let numbers = cx.say_with(
        "materials-fetched-numbers",
        &[
            ("times", found.fetched.times.into()),
            ("people", found.fetched.people.into()),
        ],
    );
    let rows: Vec<_> = found.fetched_by.iter().map(|one| row(cx, one)).collect();
    let table = (!rows.is_empty()).then(|| {
        view! {
            <table class="table table--cards">
                <caption class="visually-hidden">{cx.say("materials-fetched-title")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{cx.say("field-full_name")}</th>
                        <th scope="col" class="num">{cx.say("materials-version")}</th>
                        <th scope="col" class="num">{cx.say("materials-fetched")}</th>
                        <th scope="col">{cx.say("materials-fetched-last")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
    });
    view! {
        <h2>{cx.say("materials-fetched-title")}</h2>
        <p>{numbers}</p>
        <p class="muted">{cx.say("materials-fetched-hint")}</p>
        {table}
    }
    .into_any()
}

fn row(cx: &Cx, one: &FetchedBy) -> impl IntoView + use<> {
    view! {
        <tr>
            <th scope="row">{one.full_name.clone()}</th>
            <td class="num" data-label=cx.say("materials-version")>{cx.words.number(one.version)}</td>
            <td class="num" data-label=cx.say("materials-fetched")>{cx.words.number(one.times)}</td>
            <td data-label=cx.say("materials-fetched-last")><time>{cx.words.stamp(one.last_at)}</time></td>
        </tr>
    }
}
