//! Declined requests of people whom no mail tells: whom to call, and that it was
//! done.

use super::address;
use super::offers::{number, via};
use crate::html::*;
use crate::render::{Cx, Oops, see_other};
use crate::ui::in_textarea;
use axum::extract::Path;
use axum::response::Response;
use domain::Coded;
use service::DeclineCall;

/// `POST /manage/workshops/{slug}/people/{id}/told`
pub(super) async fn told(cx: Cx, Path((slug, id)): Path<(String, i64)>) -> Result<Response, Oops> {
    cx.services.tell_declined(&cx.actor, &slug, id).await?;
    Ok(see_other("/programme#declined"))
}

/// Whom to tell that the request was declined.
pub(crate) fn declines(cx: &Cx, rows: &[DeclineCall]) -> Option<AnyView> {
    if rows.is_empty() {
        return None;
    }
    let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let title = cx.say_with("people-declined-calls", &[("number", count.into())]);
    let rows: Vec<_> = rows.iter().map(|row| call(cx, row)).collect();
    let view = view! {
        <h3 id="declined">{title}</h3>
        <p>{cx.say("people-declined-lead")}</p>
        <table class="table table--cards">
            <thead>
                <tr>
                    <th scope="col">{cx.say("field-full_name")}</th>
                    <th scope="col">{cx.say("field-phone")}</th>
                    <th scope="col">{cx.say("people-offer-workshop")}</th>
                    <th scope="col">{cx.say("people-declined-tell")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    };
    Some(view.into_any())
}

fn call(cx: &Cx, row: &DeclineCall) -> AnyView {
    let phone = match &row.phone {
        Some(phone) => number(phone).into_any(),
        None => cx.say("change-call-no-phone").into_any(),
    };
    let via = via(cx, row.via.as_ref());
    let person = format!("{}/{}", address(&row.slug), row.id);
    let action = format!("{person}/told");
    let workshop = cx.lang().choose(&row.title_vi, &row.title_en).to_owned();
    let id = format!("zalo-{}", row.id);
    let name = row.full_name.clone();
    let lines = (row.zalo.lines().count() + 3).to_string();
    view! {
        <tr>
            <th scope="row">
                <a href=person>{row.full_name.clone()}</a><br />
                <span class="muted small">{row.establishment.clone()}</span>
            </th>
            <td data-label=cx.say("field-phone")><span>{phone}{via}</span></td>
            <td data-label=cx.say("people-offer-workshop")>{workshop}</td>
            <td data-label=cx.say("people-declined-tell")><div>
                <form method="post" action=action class="row">
                    <button class="button button--secondary" type="submit">
                        {cx.say("people-declined-told")}<span class="visually-hidden">": "{name}</span>
                    </button>
                </form>
                <details>
                    <summary>{cx.say("invite-zalo-label")}<span class="visually-hidden">": "{row.full_name.clone()}</span></summary>
                    <label class="visually-hidden" for=id.clone()>{cx.say("invite-zalo-label")}</label>
                    <textarea id=id rows=lines readonly=true lang=row.lang.code()>{in_textarea(&row.zalo)}</textarea>
                </details>
            </div></td>
        </tr>
    }
}
