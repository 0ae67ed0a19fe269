//! Taking an invitation back, after saying what that means.

use super::path;
use crate::html::*;
use crate::render::{Cx, Oops, Page, see_other};
use axum::extract::Path;
use axum::response::Response;

/// `GET /manage/workshops/{slug}/invitations/{id}/withdraw`
pub(super) async fn confirm(
    cx: Cx,
    Path((slug, id)): Path<(String, i64)>,
) -> Result<Response, Oops> {
    let data = cx.services.invitation_page(&cx.actor, &slug, id).await?;
    let back = format!("{}/{id}", path(&slug));
    let each = data.invitation;
    let named = (each.named > 0).then(|| {
        let words = cx.say_with("invite-withdraw-named", &[("count", each.named.into())]);
        view! { <p><strong>{words}</strong></p> }
    });
    let told = if each.row.sent_at.is_some() && each.row.contact_email.is_some() {
        cx.say("invite-withdraw-told")
    } else {
        cx.say("invite-withdraw-untold")
    };
    let name = [("name", (&each.establishment).into())];
    let text = cx.say_with("invite-withdraw-text", &name);
    let page = Page::staff(&cx.say("invite-withdraw-title")).narrow();
    let inner = cx.clone();
    let body = move || {
        let cx = &inner;
        view! {
            <div class="confirm">
                <h1>{cx.say("invite-withdraw-title")}</h1>
                <p>{text}</p>
                {named}
                <p>{told}</p>
                <form method="post" class="form-actions">
                    <button class="button button--danger" type="submit">{cx.say("invite-withdraw-act")}</button>
                    <a class="button button--quiet" href=back>{cx.say("invite-withdraw-keep")}</a>
                </form>
            </div>
        }
    };
    Ok(cx.show(page, body).await)
}

/// `POST /manage/workshops/{slug}/invitations/{id}/withdraw`
pub(super) async fn withdraw(
    cx: Cx,
    Path((slug, id)): Path<(String, i64)>,
) -> Result<Response, Oops> {
    cx.services
        .withdraw_invitation(&cx.actor, &slug, id)
        .await?;
    Ok(see_other(&format!("{}/{id}?done=withdrawn", path(&slug))))
}
