//! Offered seats of people whom no mail tells: whom to call, and what they
//! said.

use super::address;
use crate::html::*;
use crate::render::{Cx, Fields, Oops, see_other};
use crate::ui::hidden;
use axum::extract::Path;
use axum::response::Response;
use service::{Conflict, Failure, OfferCall};

/// `POST /manage/workshops/{slug}/people/{id}/offer`: what was said on the
/// phone.
pub(super) async fn answer(
    cx: Cx,
    Path((slug, id)): Path<(String, i64)>,
    fields: Fields,
) -> Result<Response, Oops> {
    let takes = fields.text("answer") == "take";
    match cx.services.answer_offer(&cx.actor, &slug, id, takes).await {
        Ok(()) => {}
        // The page with this button was old: how it stands by now is said.
        Err(Failure::Conflict(Conflict::OfferOver | Conflict::NotAllowedNow)) => {
            let person = format!("{}/{id}", address(&slug));
            return Ok(see_other(&format!("{person}?done=offer-gone")));
        }
        Err(failure) => return Err(failure.into()),
    }
    Ok(if fields.text("from") == "home" {
        see_other("/programme#calls")
    } else {
        see_other(&format!("{}/{id}?done=answered", address(&slug)))
    })
}

/// The two answers, as buttons.
pub(super) fn answers(
    cx: &Cx,
    slug: &str,
    id: i64,
    name: &str,
    from: &'static str,
) -> impl IntoView + use<> {
    let action = format!("{}/{id}/offer", address(slug));
    let button = |value: &'static str, words: String| {
        let name = name.to_owned();
        view! {
            <button class="button button--secondary" type="submit" name="answer" value=value>
                {words}<span class="visually-hidden">": "{name}</span>
            </button>
        }
    };
    view! {
        <form method="post" action=action class="row">
            {hidden("from", from)}
            {button("take", cx.say("people-offer-take"))}
            {button("leave", cx.say("people-offer-leave"))}
        </form>
    }
}

/// Whom to call about an offered seat, the shortest deadline first.
pub(crate) fn calls(cx: &Cx, rows: &[OfferCall]) -> Option<AnyView> {
    if rows.is_empty() {
        return None;
    }
    let number = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let title = cx.say_with("people-offers-title", &[("number", number.into())]);
    let rows: Vec<_> = rows.iter().map(|row| call(cx, row).into_any()).collect();
    let view = view! {
        <h3 id="calls">{title}</h3>
        <p>{cx.say("people-offers-lead")}</p>
        <table class="table table--cards">
            <thead>
                <tr>
                    <th scope="col">{cx.say("field-full_name")}</th>
                    <th scope="col">{cx.say("field-phone")}</th>
                    <th scope="col">{cx.say("people-offer-workshop")}</th>
                    <th scope="col">{cx.say("export-offer-until")}</th>
                    <th scope="col">{cx.say("people-offer-answer")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    };
    Some(view.into_any())
}

fn call(cx: &Cx, row: &OfferCall) -> impl IntoView + use<> {
    let phone = match &row.phone {
        Some(phone) => number(phone).into_any(),
        None => cx.say("change-call-no-phone").into_any(),
    };
    let via = via(cx, row.via.as_ref());
    let person = format!("{}/{}", address(&row.slug), row.id);
    let workshop = cx.lang().choose(&row.title_vi, &row.title_en).to_owned();
    view! {
        <tr>
            <th scope="row">
                <a href=person>{row.full_name.clone()}</a><br />
                <span class="muted small">{row.establishment.clone()}</span>
            </th>
            <td data-label=cx.say("field-phone")><span>{phone}{via}</span></td>
            <td data-label=cx.say("people-offer-workshop")>{workshop}</td>
            <td data-label=cx.say("export-offer-until")>{cx.words.day_time(row.offer_until)}</td>
            <td data-label=cx.say("people-offer-answer")>{answers(cx, &row.slug, row.id, &row.full_name, "home")}</td>
        </tr>
    }
}

/// Who registered the person, and at which number.
pub(super) fn via(cx: &Cx, via: Option<&(String, String)>) -> Option<AnyView> {
    via.map(|(name, phone)| {
        let by = cx.say_with("people-offer-via", &[("name", name.into())]);
        view! { <br /><span class="small">{by}" "{number(phone)}</span> }
    })
}

/// A phone to be dialled.
pub(super) fn number(phone: &str) -> impl IntoView + use<> {
    let href = format!("tel:{phone}");
    view! { <a class="nowrap" href=href>{domain::Phone::national(phone)}</a> }
}
