//! What came of an import, and the rows that were left out.

use super::address;
use crate::html::*;
use crate::render::{Cx, Oops, attachment};
use crate::ui::{notice, state_badge, tone};
use axum::body::Body;
use axum::extract::Path;
use axum::response::Response;
use domain::ImportState;
use service::{ExportFormat, ImportPage};

/// In numbers, with the way to take it back.
pub(super) fn view(cx: &Cx, page: &ImportPage) -> AnyView {
    let row = &page.row;
    let people = format!(
        "/manage/workshops/{}/people?source=import",
        page.view.row.slug
    );
    let args = [
        ("made", row.made.into()),
        ("same", row.same.into()),
        ("rejected", row.rejected.into()),
    ];
    let undone = *row.state == ImportState::Undone;
    let title = if undone {
        cx.say("import-undone-title")
    } else {
        cx.say_with("import-done-title", &args)
    };
    let words = if undone {
        let stayed = i64::try_from(page.stayed.len()).unwrap_or(i64::MAX);
        let cancelled = row.made.saturating_sub(stayed).max(0);
        let number = cx.say_with("import-undone", &[("number", cancelled.into())]);
        format!("{number} {}", cx.say("import-undone-what"))
    } else {
        cx.say_with("import-done", &args)
    };
    let tone = if undone { tone::NEUTRAL } else { tone::OK };
    let undo = (!undone).then(|| {
        let href = format!("{}/{}/undo", address(&page.view.row.slug), row.id);
        view! { <p><a href=href>{cx.say("import-undo-link")}</a></p> }
    });
    let rejected =
        (row.rejected > 0 && !row.storage_key.is_empty()).then(|| rejected_form(cx, page));
    view! {
        {notice(tone, title, words)}
        {stayed(cx, page)}
        <p><a href=people>{cx.say("import-see-people")}</a></p>
        {undo}
        {rejected}
    }
    .into_any()
}

/// Who stayed when it was taken back.
fn stayed(cx: &Cx, page: &ImportPage) -> Option<AnyView> {
    if page.stayed.is_empty() {
        return None;
    }
    let stayed = page.stayed.iter();
    let stayed: Vec<_> = stayed
        .map(|(name, state)| view! { <li>{name.clone()}" "{state_badge(cx, *state)}</li> })
        .collect();
    Some(view! {
        <h2>{cx.say("import-stay-title")}</h2>
        <p>{cx.say("import-stay")}</p>
        <ul>{stayed}</ul>
    })
}

pub(super) fn rejected_form(cx: &Cx, page: &ImportPage) -> impl IntoView + use<> {
    let action = format!("{}/{}/rejected", address(&page.view.row.slug), page.row.id);
    view! {
        <form method="post" action=action>
            <div class="form-actions">
                <button class="button button--secondary" type="submit">{cx.say("import-rejected")}</button>
            </div>
        </form>
    }
}

/// `POST /manage/workshops/{slug}/import/{id}/rejected`: the rows left out, as a
/// file to be mended.
pub(super) async fn rejected(
    cx: Cx,
    Path((slug, id)): Path<(String, i64)>,
) -> Result<Response, Oops> {
    let file = cx
        .services
        .rejected_rows(&cx.actor, &slug, id, cx.lang())
        .await?;
    let length = i64::try_from(file.content.len()).unwrap_or(i64::MAX);
    let media_type = ExportFormat::Xlsx.media_type();
    Ok(attachment(
        Body::from(file.content),
        media_type,
        &file.name,
        length,
    ))
}
