//! Keys to the door: links for people without an account, and the devices that
//! stand there.

use super::{keys_address, page::back};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{Field, error_summary, notice, tone};
use crate::workshops::tabs;
use axum::extract::Path;
use axum::http::Uri;
use axum::response::Response;
use domain::{Act, DOOR_GRACE, Phase, Problems};
use service::entity::door_device;
use service::{DoorKeys, DoorLink, Failure, WorkshopView};

/// `GET …/keys`
pub(super) async fn list(cx: Cx, Path(slug): Path<String>, uri: Uri) -> Result<Response, Oops> {
    let said = match Fields::of_query(uri.query()).text("done").as_str() {
        "made" => Some(cx.say("keys-done-made")),
        "revoked" => Some(cx.say("keys-done-revoked")),
        _ => None,
    };
    Ok(show(&cx, &slug, String::new(), Problems::default(), said).await?)
}

/// `POST …/keys`: a new link.
pub(super) async fn make(
    cx: Cx,
    Path(slug): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let label = fields.text("label");
    match cx.services.make_door_link(&cx.actor, &slug, &label).await {
        Ok(_) => Ok(see_other(&format!("{}?done=made", keys_address(&slug)))),
        Err(Failure::Invalid(problems)) => Ok(show(&cx, &slug, label, problems, None).await?),
        Err(failure) => Err(failure.into()),
    }
}

async fn show(
    cx: &Cx,
    slug: &str,
    label: String,
    problems: Problems,
    said: Option<String>,
) -> Result<Response, Failure> {
    let act = Act::ManageWorkshops;
    let view = cx.services.staff_workshop(&cx.actor, act, slug).await?;
    let keys = cx.services.door_keys(&cx.actor, slug).await?;
    let page = Page::staff(&cx.say("keys-title")).checked(&problems);
    let inner = cx.clone();
    let shown = cx.show(page, move || {
        body(&inner, &view, &keys, &label, &problems, said)
    });
    Ok(shown.await)
}

fn body(
    cx: &Cx,
    view: &WorkshopView,
    keys: &DoorKeys,
    label: &str,
    problems: &Problems,
    said: Option<String>,
) -> impl IntoView + use<> {
    let slug = &view.row.slug;
    let links: Vec<_> = keys.links.iter().map(|link| key(cx, slug, link)).collect();
    let links = if links.is_empty() {
        view! { <div class="empty"><p>{cx.say("keys-none")}</p></div> }.into_any()
    } else {
        view! { <ul class="members">{links}</ul> }.into_any()
    };
    let running = matches!(view.phase, Phase::Upcoming | Phase::Running | Phase::Held);
    let open = running && cx.services.clock().now() <= view.ends_at() + DOOR_GRACE;
    let form = if open {
        view! {
            <form method="post" novalidate>
                {Field::line(cx, problems, "label", "field-label", label)
                    .optional(cx).hint(cx.say("keys-label-hint")).view()}
                <div class="form-actions">
                    <button class="button" type="submit">{cx.say("keys-make")}</button>
                </div>
            </form>
        }
        .into_any()
    } else {
        view! { <p class="muted">{cx.say("refused-keys")}</p> }.into_any()
    };
    view! {
        {error_summary(cx, problems)}
        {back(slug, None, view.title(cx.lang()))}
        <h1>{cx.say("keys-title")}</h1>
        {tabs(cx, slug, "attendance")}
        {said.map(|words| view! { <div role="status">{notice(tone::OK, words, String::new())}</div> })}
        <p>{cx.say("keys-lead")}</p>
        {links}
        {form}
        {devices(cx, slug, keys)}
    }
}

fn key(cx: &Cx, slug: &str, link: &DoorLink) -> impl IntoView + use<> {
    let revoke = format!("{}/links/{}/revoke", keys_address(slug), link.row.id);
    let name = named(cx, link);
    let count = i64::try_from(link.devices).unwrap_or(i64::MAX);
    let used = cx.say_with("keys-used", &[("number", count.into())]);
    let qr = cx.say_with("keys-qr", &[("name", (&name).into())]);
    let address = cx.say_with("keys-address", &[("name", (&name).into())]);
    view! {
        <li>
            <h2>{name.clone()}</h2>
            <div class="ticket__qr" role="img" aria-label=qr inner_html=link.qr_svg.clone()></div>
            <input class="copy-box" readonly aria-label=address value=link.address.clone() />
            <p class="muted">{used}</p>
            <p><a class="button button--quiet button--danger" href=revoke>
                {cx.say("keys-revoke")}<span class="visually-hidden">" "{name}</span>
            </a></p>
        </li>
    }
}

/// What a link is called.
pub(super) fn named(cx: &Cx, link: &DoorLink) -> String {
    if link.row.label.is_empty() {
        let at = cx.words.stamp(link.row.created_at);
        cx.say_with("keys-unnamed", &[("at", at.into())])
    } else {
        link.row.label.clone()
    }
}

/// What a device is called: its number, and the link it came by.
pub(super) fn device_name(cx: &Cx, keys: &DoorKeys, device: &door_device::Model) -> String {
    let name = cx.say_with("keys-device", &[("name", (&device.name).into())]);
    let mut links = keys.links.iter();
    match links.find(|link| Some(link.row.id) == device.link_id) {
        Some(link) => format!("{name} – {}", named(cx, link)),
        None => name,
    }
}

fn devices(cx: &Cx, slug: &str, keys: &DoorKeys) -> Option<impl IntoView + use<>> {
    let rows: Vec<_> = keys
        .devices
        .iter()
        .map(|device| {
            let href = format!("{}/devices/{}/revoke", keys_address(slug), device.id);
            let name = device_name(cx, keys, device);
            view! {
                <tr>
                    <th scope="row">{name.clone()}</th>
                    <td data-label=cx.say("keys-seen")><time>{cx.words.stamp(device.seen_at)}</time></td>
                    <td class="num" data-label=cx.say("keys-waiting")>{cx.words.number(device.waiting)}</td>
                    <td><a class="button button--quiet button--danger" href=href>
                        {cx.say("keys-revoke")}<span class="visually-hidden">" "{name}</span>
                    </a></td>
                </tr>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <h2>{cx.say("keys-devices")}</h2>
            <table class="table table--cards">
                <thead>
                    <tr>
                        <th scope="col">{cx.say("keys-device-name")}</th>
                        <th scope="col">{cx.say("keys-seen")}</th>
                        <th scope="col" class="num">{cx.say("keys-waiting")}</th>
                        <th scope="col"><span class="visually-hidden">{cx.say("keys-revoke")}</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
    })
}
