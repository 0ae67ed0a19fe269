//! Small parts.

use crate::html::*;
use crate::render::Cx;
use domain::{Coded, Phase, RegistrationState, split_codes};

/// The colour of a badge or a notice; the words always say it too.
pub(crate) mod tone {
    /// Done, in order.
    pub(crate) const OK: &str = "ok";
    /// Provisional or waiting.
    pub(crate) const WAIT: &str = "wait";
    /// Refused or failed.
    pub(crate) const BAD: &str = "bad";
    /// Information.
    pub(crate) const INFO: &str = "info";
    /// Without a colour.
    pub(crate) const NEUTRAL: &str = "neutral";
}

/// As much of a text as so many letters.
pub(crate) fn shortened(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let start: String = text.chars().take(longest).collect();
    format!("{}…", start.trim_end())
}

/// A short state in a coloured box.
pub(crate) fn badge(tone: &'static str, words: String) -> impl IntoView + use<> {
    view! { <span class=format!("badge badge--{tone}")>{words}</span> }
}

/// Where a workshop stands.
pub(crate) fn phase_badge(cx: &Cx, phase: Phase) -> impl IntoView + use<> {
    let tone = match phase {
        Phase::Draft => tone::NEUTRAL,
        Phase::Upcoming => tone::INFO,
        Phase::Running => tone::WAIT,
        Phase::Held | Phase::Closed => tone::OK,
        Phase::Cancelled => tone::BAD,
    };
    badge(tone, cx.words.term(phase))
}

/// Where a registration stands.
pub(crate) fn state_badge(cx: &Cx, state: RegistrationState) -> impl IntoView + use<> {
    badge(state_tone(state), cx.words.term(state))
}

/// The colour of where a registration stands.
pub(crate) fn state_tone(state: RegistrationState) -> &'static str {
    match state {
        RegistrationState::Booked => tone::OK,
        RegistrationState::Requested
        | RegistrationState::Waitlisted
        | RegistrationState::Offered => tone::WAIT,
        RegistrationState::Declined | RegistrationState::Lapsed | RegistrationState::Cancelled => {
            tone::BAD
        }
        RegistrationState::Substituted => tone::NEUTRAL,
    }
}

/// What is taken at that time, and the box to keep the schedule all the same.
/// `id` names the box where no field has the name to which the problem leads.
pub(crate) fn allow_clash<S: IntoView>(
    cx: &Cx,
    id: Option<&'static str>,
    said: S,
    allowed: bool,
) -> impl IntoView + use<S> {
    view! {
        <div class="notice notice--wait" id=id>
            {said}
            <label class="choice">
                <input id="allow_clash" type="checkbox" name="allow_clash" value="on" checked=allowed />
                <span>{cx.say("manage-clash-allow")}</span>
            </label>
        </div>
    }
}

/// A box with something to know.
pub(crate) fn notice(tone: &'static str, title: String, text: String) -> impl IntoView + use<> {
    view! {
        <div class=format!("notice notice--{tone}")>
            <h2>{title}</h2>
            {paragraph(&text)}
        </div>
    }
}

/// Text with one paragraph a line.
pub(crate) fn paragraph(text: &str) -> impl IntoView + use<> {
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| view! { <p>{line.to_owned()}</p> })
        .collect::<Vec<_>>()
}

/// The names of terms stored as codes; none for an empty list, which means all
/// of them.
pub(crate) fn named<T: Coded>(cx: &Cx, codes: &str) -> Option<String> {
    let terms: Vec<T> = split_codes(codes);
    (!terms.is_empty()).then(|| cx.words.terms(&terms))
}
