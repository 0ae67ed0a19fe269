//! What is kept for opening the door without a network.

use super::{camera, reader};
use crate::door::islands::Door;
use crate::html::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// Where the service worker looks for pages, and for the files they load.
const PAGES: &str = "door-pages";
const FILES: &str = "door-files";

/// Without https there is none.
fn caches() -> Option<web_sys::CacheStorage> {
    let there = js_sys::Reflect::has(&window(), &"caches".into());
    there.ok().filter(|there| *there)?;
    window().caches().ok()
}

/// The page as it is now, and what the camera needs, for being opened without a
/// network: the first visit comes before the service worker does.
pub(super) async fn keep_page(door: Door) {
    let Some(caches) = caches() else {
        return;
    };
    keep_file(&caches, PAGES, &door.action("")).await;
    if !camera::is_there() {
        return;
    }
    if let Some(files) = reader::files(door).await {
        keep_file(&caches, FILES, &files.script).await;
        keep_file(&caches, FILES, &files.program).await;
    }
}

async fn keep_file(caches: &web_sys::CacheStorage, name: &str, address: &str) {
    if let Ok(cache) = JsFuture::from(caches.open(name)).await
        && let Ok(cache) = cache.dyn_into::<web_sys::Cache>()
    {
        // Fails when the network goes just now: the next visit keeps it.
        let _ = JsFuture::from(cache.add_with_str(address)).await;
    }
}

pub(super) async fn forget_page(door: Door) {
    if let Some(caches) = caches()
        && let Ok(cache) = JsFuture::from(caches.open(PAGES)).await
        && let Ok(cache) = cache.dyn_into::<web_sys::Cache>()
    {
        let _ = JsFuture::from(cache.delete_with_str(&door.action(""))).await;
    }
}
