//! An answer that is heard and felt: a look at the screen is not always free.

use crate::door::shown::Tone;
use std::cell::RefCell;
use wasm_bindgen::JsValue;
use web_sys::AudioContext;

thread_local! {
    /// One for the page: browsers allow few. None until somebody has acted.
    static AUDIO: RefCell<Option<AudioContext>> = const { RefCell::new(None) };
}

/// One high tone for who goes in, two low ones for who does not, one between
/// for who is in already; nothing where the browser allows none.
pub(super) fn give(tone: Tone) {
    let (pitches, buzz): (&[f32], &[i32]) = match tone {
        Tone::Ok => (&[880.0], &[80]),
        Tone::Wait => (&[587.0, 587.0], &[80, 80, 80]),
        Tone::Bad => (&[220.0, 165.0], &[300, 100, 300]),
        Tone::Plain => return,
    };
    let mut at = 0.0;
    for pitch in pitches {
        let _ = sound(*pitch, at);
        at += 0.18;
    }
    let pattern: js_sys::Array = buzz.iter().map(|ms| JsValue::from(*ms)).collect();
    let navigator = leptos::prelude::window().navigator();
    // Some browsers have no such function: calling it would throw.
    if js_sys::Reflect::has(&navigator, &"vibrate".into()).unwrap_or(false) {
        navigator.vibrate_with_pattern(&pattern);
    }
}

fn sound(pitch: f32, after: f64) -> Result<(), JsValue> {
    let audio = AUDIO.with_borrow_mut(|audio| match audio {
        Some(audio) => Ok(audio.clone()),
        None => AudioContext::new().inspect(|made| *audio = Some(made.clone())),
    })?;
    let from = audio.current_time() + after;
    let (tone, loudness) = (audio.create_oscillator()?, audio.create_gain()?);
    tone.frequency().set_value(pitch);
    loudness.gain().set_value(0.2);
    tone.connect_with_audio_node(&loudness)?;
    loudness.connect_with_audio_node(&audio.destination())?;
    tone.start_with_when(from)?;
    tone.stop_with_when(from + 0.15)
}
