//! Taking personal links back: one person's, or everybody's.

use super::address;
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{Field, Kind, error_summary};
use axum::extract::Path;
use axum::response::Response;
use domain::{Act, Problems, Reason, name_sort_key};
use service::entity::outbox;
use service::{Failure, WorkshopView};

/// What stands for all links.
const EVERYBODY: &str = "all";

/// `GET /manage/workshops/{slug}/materials/links`
pub(super) async fn confirm(cx: Cx, Path(slug): Path<String>) -> Result<Response, Oops> {
    show(&cx, &slug, Problems::default()).await
}

async fn show(cx: &Cx, slug: &str, problems: Problems) -> Result<Response, Oops> {
    let (services, actor) = (&cx.services, &cx.actor);
    let mails = services.materials_mails(actor, slug).await?;
    let view = services.staff_workshop(actor, Act::SendMaterials, slug);
    let view = view.await?;
    let page = Page::staff(&cx.say("materials-links")).narrow();
    let page = if problems.is_empty() {
        page
    } else {
        page.unprocessable()
    };
    let inner = cx.clone();
    Ok(cx
        .show(page, move || body(&inner, &view, &mails, &problems))
        .await)
}

fn body(
    cx: &Cx,
    view: &WorkshopView,
    mails: &[outbox::Model],
    problems: &Problems,
) -> impl IntoView + use<> {
    let all = cx.say("materials-links-all");
    let mut people = vec![
        (String::new(), cx.say("materials-links-choose")),
        (EVERYBODY.to_owned(), all),
    ];
    let mut written: Vec<&outbox::Model> = mails.iter().collect();
    written.sort_by_cached_key(|mail| name_sort_key(&mail.to_name));
    // Two of one name are told apart by where their mails went.
    people.extend(written.into_iter().filter_map(|mail| {
        let said = format!("{} ({})", mail.to_name, mail.to_address);
        Some((mail.registration_id?.to_string(), said))
    }));
    let whose = Field::line(cx, problems, "whose", "field-whose", "");
    let back = address(&view.row.slug);
    let action = format!("{back}/links");
    view! {
        {error_summary(cx, problems)}
        <div class="confirm">
            <h1>{cx.say("materials-links")}</h1>
            <p class="lead">{view.title(cx.lang()).to_owned()}</p>
            <p>{cx.say("materials-links-text")}</p>
            <form method="post" action=action>
                {whose.kind(Kind::Select(people)).view()}
                <div class="form-actions">
                    <button class="button button--danger" type="submit">{cx.say("materials-links-act")}</button>
                    <a class="button button--quiet" href=back>{cx.say("materials-back")}</a>
                </div>
            </form>
        </div>
    }
}

/// `POST /manage/workshops/{slug}/materials/links`
pub(super) async fn withdraw(
    cx: Cx,
    Path(slug): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let whose = match fields.text("whose").as_str() {
        "" => {
            let mut problems = Problems::default();
            problems.add("whose", Reason::NotChosen);
            return show(&cx, &slug, problems).await;
        }
        EVERYBODY => None,
        id => Some(id.parse().map_err(|_| Failure::NotFound)?),
    };
    cx.services
        .withdraw_material_links(&cx.actor, &slug, whose)
        .await?;
    Ok(see_other(&format!("{}?done=links", address(&slug))))
}
