//! Taking personal links back: one person's, or everybody's.

use super::address;
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{Field, Kind};
use axum::extract::Path;
use axum::response::Response;
use domain::{Act, Problems};
use service::entity::outbox;
use service::{Failure, WorkshopView};

/// `GET /manage/workshops/{slug}/materials/links`
pub(super) async fn confirm(cx: Cx, Path(slug): Path<String>) -> Result<Response, Oops> {
    let (services, actor) = (&cx.services, &cx.actor);
    let mails = services.materials_mails(actor, &slug).await?;
    let view = services.staff_workshop(actor, Act::SendMaterials, &slug);
    let view = view.await?;
    let page = Page::staff(&cx.say("materials-links")).narrow();
    let inner = cx.clone();
    Ok(cx.show(page, move || body(&inner, &view, &mails)).await)
}

fn body(cx: &Cx, view: &WorkshopView, mails: &[outbox::Model]) -> impl IntoView + use<> {
    let mut people = vec![(String::new(), cx.say("materials-links-all"))];
    let mut written: Vec<(String, String)> = mails
        .iter()
        .filter_map(|mail| Some((mail.registration_id?.to_string(), mail.to_name.clone())))
        .collect();
    written.sort_by(|(_, a), (_, b)| a.cmp(b));
    people.extend(written);
    let problems = Problems::default();
    let whose = Field::line(cx, &problems, "whose", "materials-links-whose", "");
    let back = address(&view.row.slug);
    let action = format!("{back}/links");
    view! {
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
        "" => None,
        id => Some(id.parse().map_err(|_| Failure::NotFound)?),
    };
    cx.services
        .withdraw_material_links(&cx.actor, &slug, whose)
        .await?;
    Ok(see_other(&format!("{}?done=links", address(&slug))))
}
