//! The browser half: hydrates the islands of staff pages.

// wasm-bindgen looks for the islands of `app` in what is linked.
use app as _;

/// Called by the page's script once the module is there.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
