//! Taking an import back, after saying what that means.

use super::address;
use crate::html::*;
use crate::render::{Cx, Oops, Page, see_other};
use axum::extract::Path;
use axum::response::Response;

/// `GET /manage/workshops/{slug}/import/{id}/undo`
pub(super) async fn confirm(
    cx: Cx,
    Path((slug, id)): Path<(String, i64)>,
) -> Result<Response, Oops> {
    let page = cx.services.import_page(&cx.actor, &slug, id).await?;
    if *page.row.state != domain::ImportState::Done {
        return Ok(see_other(&format!("{}/{id}", address(&slug))));
    }
    let title = cx.say("import-undo-title");
    let inner = cx.clone();
    let body = move || {
        let cx = &inner;
        let back = format!("{}/{id}", address(&page.view.row.slug));
        let args = [("number", page.row.made.into())];
        view! {
            <div class="confirm">
                <h1>{cx.say("import-undo-title")}</h1>
                <p>{page.row.file_name.clone()}</p>
                <p>{cx.say_with("import-undo-what", &args)}</p>
                <form method="post">
                    <div class="form-actions">
                        <button class="button button--danger" type="submit">{cx.say("import-undo-act")}</button>
                        <a class="button button--quiet" href=back>{cx.say("import-undo-keep")}</a>
                    </div>
                </form>
            </div>
        }
    };
    Ok(cx.show(Page::staff(&title).narrow(), body).await)
}

/// `POST /manage/workshops/{slug}/import/{id}/undo`
pub(super) async fn undo(cx: Cx, Path((slug, id)): Path<(String, i64)>) -> Result<Response, Oops> {
    cx.services.undo_import(&cx.actor, &slug, id).await?;
    Ok(see_other(&format!("{}/{id}", address(&slug))))
}
