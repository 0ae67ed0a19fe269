//! One delegate whom an establishment named: naming another, and removing.

use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{delegate_fields, error_summary, typed_delegate};
use axum::extract::Path;
use axum::response::Response;
use domain::{DelegateRow, Problems, RegistrationState};
use service::{Failure, Nominee};

/// `GET /invitations/{token}/delegates/{id}`
pub(super) async fn form(cx: Cx, Path((token, id)): Path<(String, i64)>) -> Result<Response, Oops> {
    let one = find(&cx, &token, id).await?;
    if !one.can_change {
        return Ok(see_other(&format!("/invitations/{token}")));
    }
    let row = one.form.clone();
    Ok(show(&cx, &token, one, row, Problems::default()).await)
}

/// `POST /invitations/{token}/delegates/{id}`
pub(super) async fn change(
    cx: Cx,
    Path((token, id)): Path<(String, i64)>,
    fields: Fields,
) -> Result<Response, Oops> {
    let row = typed_delegate(&fields);
    let changed = cx.services.change_nominee(&token, id, &row, cx.lang());
    match changed.await {
        Ok(()) => Ok(see_other(&format!("/invitations/{token}?done=changed"))),
        Err(Failure::Invalid(problems)) => {
            let one = find(&cx, &token, id).await?;
            Ok(show(&cx, &token, one, row, problems).await)
        }
        Err(failure) => Err(failure.into()),
    }
}

/// `GET /invitations/{token}/delegates/{id}/remove`
pub(super) async fn confirm(
    cx: Cx,
    Path((token, id)): Path<(String, i64)>,
) -> Result<Response, Oops> {
    let one = find(&cx, &token, id).await?;
    let back = format!("/invitations/{token}");
    if !one.can_remove {
        return Ok(see_other(&back));
    }
    let text = cx.say_with("nominate-remove-text", &[("name", (&one.full_name).into())]);
    let page = Page::public(&cx.say("nominate-remove-title")).narrow();
    let inner = cx.clone();
    let body = move || {
        let cx = &inner;
        view! {
            <div class="confirm">
                <h1>{cx.say("nominate-remove-title")}</h1>
                <p>{text}</p>
                <form method="post" class="form-actions">
                    <button class="button button--danger" type="submit">{cx.say("nominate-remove-act")}</button>
                    <a class="button button--quiet" href=back>{cx.say("nominate-remove-keep")}</a>
                </form>
            </div>
        }
    };
    Ok(cx.show(page, body).await)
}

/// `POST /invitations/{token}/delegates/{id}/remove`
pub(super) async fn remove(
    cx: Cx,
    Path((token, id)): Path<(String, i64)>,
) -> Result<Response, Oops> {
    cx.services.remove_nominee(&token, id).await?;
    Ok(see_other(&format!("/invitations/{token}?done=removed")))
}

async fn find(cx: &Cx, token: &str, id: i64) -> Result<Nominee, Oops> {
    let page = cx.services.nomination(token).await?;
    let found = page.nominees.into_iter().find(|one| one.id == id);
    Ok(found.ok_or(Failure::NotFound)?)
}

async fn show(
    cx: &Cx,
    token: &str,
    one: Nominee,
    row: DelegateRow,
    problems: Problems,
) -> Response {
    let page = Page::public(&cx.say("nominate-change-title"))
        .narrow()
        .checked(&problems);
    let back = format!("/invitations/{token}");
    let name = [("name", (&one.full_name).into())];
    let what = if one.state == RegistrationState::Booked {
        cx.say_with("nominate-change-seat", &name)
    } else {
        cx.say_with("nominate-change-queue", &name)
    };
    let inner = cx.clone();
    let body = move || {
        let cx = &inner;
        view! {
            {error_summary(cx, &problems)}
            <h1>{cx.say("nominate-change-title")}</h1>
            <p>{cx.say("nominate-change-lead")}</p>
            <p>{what}</p>
            <form method="post" novalidate=true>
                {delegate_fields(cx, &problems, &row, &str::to_owned)}
                <div class="form-actions">
                    <button class="button" type="submit">{cx.say("nominate-change-act")}</button>
                    <a class="button button--quiet" href=back>{cx.say("nominate-back")}</a>
                </div>
            </form>
        }
    };
    cx.show(page, body).await
}
