//! The camera as a scanner.

use super::reader::{self, Reader};
use super::{acts, now};
use crate::door::islands::{Camera, Door};
use crate::html::*;
use gloo_timers::future::TimeoutFuture;
use js_sys::{Object, Reflect};
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MediaStream, MediaStreamConstraints, MediaStreamTrack};

/// The time between two looks.
const LOOK: u32 = 150;

/// A ticket held before the camera is one scan; shown again later, another.
const SAME: i64 = 4_000;

/// Offers the camera where there is one and something that reads codes.
/// Without https browsers give none away.
pub(super) fn look(door: Door) {
    if is_there() && reader::is_there(door) {
        door.camera.set(Camera::Off);
    }
}

/// Whether browsers give a camera away at all.
pub(super) fn is_there() -> bool {
    let devices = Reflect::get(&window().navigator(), &"mediaDevices".into());
    devices.is_ok_and(|devices| devices.is_object())
}

pub(super) fn switch(door: Door) {
    if door.camera.get_untracked() == Camera::On {
        return door.camera.set(Camera::Off);
    }
    spawn_local(async move {
        let stands = match watch(door).await {
            Ok(()) => Camera::Off,
            Err(_) => Camera::Refused,
        };
        // A device that was sent away since offers none.
        if door.camera.get_untracked() != Camera::None {
            door.camera.set(stands);
        }
    });
}

/// Watches until the camera is switched off.
async fn watch(door: Door) -> Result<(), JsValue> {
    let stream = open().await?;
    let watched = if door.camera.get_untracked() == Camera::None {
        Ok(())
    } else {
        door.camera.set(Camera::On);
        read(door, &stream).await
    };
    for track in stream.get_tracks() {
        track.unchecked_into::<MediaStreamTrack>().stop();
    }
    watched
}

async fn open() -> Result<MediaStream, JsValue> {
    let back = Object::new();
    Reflect::set(&back, &"facingMode".into(), &"environment".into())?;
    let wanted = MediaStreamConstraints::new();
    wanted.set_video(&back);
    let devices = window().navigator().media_devices()?;
    let stream = JsFuture::from(devices.get_user_media_with_constraints(&wanted)?).await?;
    stream.dyn_into()
}

async fn read(door: Door, stream: &MediaStream) -> Result<(), JsValue> {
    // The picture stands on the page a moment after the camera is on.
    TimeoutFuture::new(LOOK).await;
    let Some(video) = door.video.get_untracked() else {
        return Ok(());
    };
    video.set_src_object(Some(stream));
    JsFuture::from(video.play()?).await?;
    let reader = Reader::load(door).await?;
    let mut last = (String::new(), 0);
    while door.camera.get_untracked() == Camera::On {
        // A picture that is not there yet cannot be read: the next one can.
        if let Ok(Some(text)) = reader.read(&video).await {
            if last.0 != text || now() - last.1 > SAME {
                acts::seen(door, &text);
            }
            last = (text, now());
        }
        TimeoutFuture::new(LOOK).await;
    }
    Ok(())
}
