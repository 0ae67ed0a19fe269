//! Who of the trainers and door staff works at a workshop.

use super::cockpit_path;
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{Choices, error_summary};
use axum::extract::Path;
use axum::response::Response;
use domain::{Act, Problems, Reason};
use service::{Account, Failure, WorkshopView};
use std::collections::BTreeSet;

/// `GET /manage/workshops/{slug}/assign`
pub(crate) async fn form(cx: Cx, Path(slug): Path<String>) -> Result<Response, Oops> {
    let view = workshop(&cx, &slug).await?;
    let chosen = cx.services.assigned_accounts(&cx.actor, view.row.id);
    let chosen = chosen.await?.into_iter().collect();
    show(&cx, view, chosen, Problems::default()).await
}

/// `POST /manage/workshops/{slug}/assign`
pub(crate) async fn assign(
    cx: Cx,
    Path(slug): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let typed: Option<BTreeSet<i64>> = fields
        .all("accounts")
        .map(|account| account.parse().ok())
        .collect();
    let chosen = typed.clone().unwrap_or_default();
    let accounts: Vec<i64> = chosen.iter().copied().collect();
    let assigned = match typed {
        Some(_) => cx.services.assign(&cx.actor, &slug, &accounts).await,
        None => Err(Failure::problem("accounts", Reason::NotAChoice)),
    };
    match assigned {
        Ok(()) => Ok(see_other(&format!("{}?done=assigned", cockpit_path(&slug)))),
        Err(Failure::Invalid(problems)) => {
            show(&cx, workshop(&cx, &slug).await?, chosen, problems).await
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn workshop(cx: &Cx, slug: &str) -> Result<WorkshopView, Failure> {
    let found = cx
        .services
        .staff_workshop(&cx.actor, Act::ManageWorkshops, slug);
    found.await
}

async fn show(
    cx: &Cx,
    view: WorkshopView,
    chosen: BTreeSet<i64>,
    problems: Problems,
) -> Result<Response, Oops> {
    let accounts = cx.services.assignable_accounts(&cx.actor).await?;
    let page = Page::staff(&cx.say("manage-assign-title"))
        .narrow()
        .checked(&problems);
    let inner = cx.clone();
    Ok(cx
        .show(page, move || {
            body(&inner, &view, &accounts, &chosen, &problems)
        })
        .await)
}

fn body(
    cx: &Cx,
    view: &WorkshopView,
    accounts: &[Account],
    chosen: &BTreeSet<i64>,
    problems: &Problems,
) -> impl IntoView + use<> {
    let path = cockpit_path(&view.row.slug);
    let content = if accounts.is_empty() {
        view! {
            <div class="empty">
                <p>{cx.say("manage-assign-empty")}</p>
                <code class="copy-box">"taphuan account add --role door EMAIL"</code>
            </div>
            <p><a href=path>{cx.say("manage-form-back")}</a></p>
        }
        .into_any()
    } else {
        let options = accounts
            .iter()
            .map(|account| option(cx, account, chosen))
            .collect();
        let boxes = Choices::many(cx, problems, "accounts", "field-accounts", options);
        view! {
            <form method="post">
                {boxes.hint(cx.say("manage-assign-hint")).view()}
                <div class="form-actions">
                    <button class="button" type="submit">{cx.say("manage-assign-save")}</button>
                    <a class="button button--quiet" href=path>{cx.say("manage-form-back")}</a>
                </div>
            </form>
        }
        .into_any()
    };
    view! {
        {error_summary(cx, problems)}
        <h1>{cx.say("manage-assign-title")}</h1>
        <p>{view.title(cx.lang()).to_owned()}</p>
        {content}
    }
}

/// Value, label, and whether it is ticked.
fn option(cx: &Cx, account: &Account, chosen: &BTreeSet<i64>) -> (String, String, bool) {
    let role = cx.words.term(account.role);
    let label = format!("{}, {role} ({})", account.name, account.email);
    (account.id.to_string(), label, chosen.contains(&account.id))
}
