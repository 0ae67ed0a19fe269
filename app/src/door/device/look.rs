//! Where those at the door look: an answer that is not seen is none.

use crate::html::*;
use gloo_timers::future::TimeoutFuture;
use js_sys::{Function, Object, Reflect};
use leptos::ev::MouseEvent;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlInputElement};

/// So much of the window is left where a phone shows its keyboard.
const WITH_KEYBOARD: f64 = 0.75;

/// Brings the answer, or else the people found, into view once they stand on
/// the page: on a phone they come below the camera.
pub(super) fn to_answer() {
    spawn_local(async {
        TimeoutFuture::new(0).await;
        if let Ok(Some(answer)) = document().query_selector(".door__answer, .door__people") {
            into_view(&answer);
        }
    });
}

fn into_view(element: &Element) {
    call(element, "scrollIntoView", "block", &"nearest".into());
}

/// Gives the field to the next scan, without taking the answer out of view. The
/// keyboard of a phone would stand before it.
pub(super) fn focus(field: &HtmlInputElement) {
    if has_keyboard() {
        let _ = field.blur();
    } else {
        call(field, "focus", "preventScroll", &JsValue::TRUE);
    }
}

/// Whether the keyboard takes a part of the window.
fn has_keyboard() -> bool {
    let height = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).ok()?.as_f64();
    let window = window();
    let seen = Reflect::get(&window, &"visualViewport".into()).ok();
    let seen = seen.filter(JsValue::is_object);
    let seen = seen.and_then(|seen| height(&seen, "height"));
    let whole = height(&window, "innerHeight");
    matches!((seen, whole), (Some(seen), Some(whole)) if seen < whole * WITH_KEYBOARD)
}

/// Opens or closes what stands below an answer, and gives its first field to
/// the keyboard: that needs the very tap.
pub(super) fn unfold(event: &MouseEvent) {
    let tapped = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    let Some(details) = tapped.and_then(|it| it.closest("details").ok().flatten()) else {
        return;
    };
    event.prevent_default();
    if details.has_attribute("open") {
        let _ = details.remove_attribute("open");
        return;
    }
    let _ = details.set_attribute("open", "");
    into_view(&details);
    let field = details.query_selector("input[type=text]").ok().flatten();
    if let Some(field) = field.and_then(|it| it.dyn_into::<HtmlInputElement>().ok()) {
        call(&field, "focus", "preventScroll", &JsValue::TRUE);
    }
}

/// Calls a function of an element that takes options.
fn call(element: &Element, name: &str, option: &str, value: &JsValue) {
    let options = Object::new();
    let set = Reflect::set(&options, &option.into(), value);
    let function = Reflect::get(element, &name.into());
    let function = function.ok().and_then(|it| it.dyn_into::<Function>().ok());
    if let (Ok(_), Some(function)) = (set, function) {
        // A browser that cannot leaves the page as it is.
        let _ = function.call1(element, &options);
    }
}
