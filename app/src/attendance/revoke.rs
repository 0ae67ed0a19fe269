//! Taking a key to the door back, asked about first.

use super::ask::{Ask, ask};
use super::keys::{device_name, named};
use super::keys_address;
use crate::render::{Cx, Oops, see_other};
use axum::extract::Path;
use axum::response::Response;
use domain::Problems;
use service::Failure;

type At = Path<(String, i64)>;

/// `GET …/keys/links/{id}/revoke`
pub(super) async fn ask_link(cx: Cx, Path((slug, id)): At) -> Result<Response, Oops> {
    let keys = cx.services.door_keys(&cx.actor, &slug).await?;
    let mut links = keys.links.iter();
    let link = links.find(|link| link.row.id == id);
    let link = link.ok_or(Failure::NotFound)?;
    let count = i64::try_from(link.devices).unwrap_or(i64::MAX);
    let what = cx.say_with("keys-revoke-link-what", &[("number", count.into())]);
    let asked = question(&cx, &slug, named(&cx, link), what);
    Ok(ask(&cx, asked, |_, _| None).await)
}

/// `POST …/keys/links/{id}/revoke`
pub(super) async fn link(cx: Cx, Path((slug, id)): At) -> Result<Response, Oops> {
    cx.services.revoke_door_link(&cx.actor, &slug, id).await?;
    Ok(done(&slug))
}

/// `GET …/keys/devices/{id}/revoke`
pub(super) async fn ask_device(cx: Cx, Path((slug, id)): At) -> Result<Response, Oops> {
    let keys = cx.services.door_keys(&cx.actor, &slug).await?;
    let mut devices = keys.devices.iter();
    let device = devices.find(|device| device.id == id);
    let device = device.ok_or(Failure::NotFound)?;
    let waiting = [("number", device.waiting.into())];
    let what = cx.say_with("keys-revoke-device-what", &waiting);
    let asked = question(&cx, &slug, device_name(&cx, &keys, device), what);
    Ok(ask(&cx, asked, |_, _| None).await)
}

/// `POST …/keys/devices/{id}/revoke`
pub(super) async fn device(cx: Cx, Path((slug, id)): At) -> Result<Response, Oops> {
    cx.services.revoke_device(&cx.actor, &slug, id).await?;
    Ok(done(&slug))
}

fn question(cx: &Cx, slug: &str, about: String, what: String) -> Ask {
    Ask {
        title: cx.say("keys-revoke-title"),
        about,
        what: vec![what],
        act: cx.say("keys-revoke"),
        danger: true,
        back: keys_address(slug),
        problems: Problems::default(),
    }
}

fn done(slug: &str) -> Response {
    see_other(&format!("{}?done=revoked", keys_address(slug)))
}
