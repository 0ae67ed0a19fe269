//! The camera as a scanner, where the browser itself reads codes.

use super::{acts, now};
use crate::door::islands::{Camera, Door};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlVideoElement, MediaStream, MediaStreamConstraints, MediaStreamTrack};

/// The time between two looks.
const LOOK: u32 = 150;

/// A ticket held before the camera is one scan; shown again later, another.
const SAME: i64 = 4_000;

const DETECTOR: &str = "BarcodeDetector";

/// Offers the camera where there is one and something that reads codes.
/// Without https browsers give none away.
pub(super) fn look(door: Door) {
    let reads = Reflect::has(&window(), &DETECTOR.into()).unwrap_or(false);
    let sees = Reflect::get(&window().navigator(), &"mediaDevices".into());
    if reads && sees.is_ok_and(|devices| devices.is_object()) {
        door.camera.set(Camera::Off);
    }
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
        door.camera.set(stands);
    });
}

/// Watches until the camera is switched off.
async fn watch(door: Door) -> Result<(), JsValue> {
    let stream = open().await?;
    door.camera.set(Camera::On);
    let watched = read(door, &stream).await;
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
    let detector = detector()?;
    let mut last = (String::new(), 0);
    while door.camera.get_untracked() == Camera::On {
        // A picture that is not there yet cannot be read: the next one can.
        if let Ok(Some(text)) = detect(&detector, &video).await
            && (last.0 != text || now() - last.1 > SAME)
        {
            acts::seen(door, &text);
            last = (text, now());
        }
        TimeoutFuture::new(LOOK).await;
    }
    Ok(())
}

fn detector() -> Result<JsValue, JsValue> {
    let options = Object::new();
    Reflect::set(&options, &"formats".into(), &Array::of1(&"qr_code".into()))?;
    let make: Function = Reflect::get(&window(), &DETECTOR.into())?.dyn_into()?;
    Reflect::construct(&make, &Array::of1(&options))
}

/// The text of the first code in the picture.
async fn detect(detector: &JsValue, video: &HtmlVideoElement) -> Result<Option<String>, JsValue> {
    let detect: Function = Reflect::get(detector, &"detect".into())?.dyn_into()?;
    let found: Promise = detect.call1(detector, video)?.dyn_into()?;
    let found: Array = JsFuture::from(found).await?.dyn_into()?;
    Ok(Reflect::get(&found.get(0), &"rawValue".into())
        .ok()
        .and_then(|text| text.as_string()))
}
