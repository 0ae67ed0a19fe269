//! A message in words: when it leaves, to whom it goes, where it stands.

use crate::html::*;
use crate::render::Cx;
use crate::ui::{badge, tone};
use chrono::{DateTime, Utc};
use domain::{
    CameTo, CampaignEnd, CampaignState, Coded, DeliveryState, NewCampaign, TimeUnit, Timing,
};
use service::{CampaignCount, WorkshopView};

/// Where a message stands.
pub(super) fn state_badge(cx: &Cx, state: CampaignState) -> impl IntoView + use<> {
    let tone = match state {
        CampaignState::Scheduled => tone::INFO,
        CampaignState::Held | CampaignState::Paused | CampaignState::Sending => tone::WAIT,
        CampaignState::Done => tone::OK,
        CampaignState::Cancelled => tone::BAD,
    };
    badge(tone, cx.words.term(state))
}

/// Why it was cancelled.
pub(crate) fn ended(cx: &Cx, why: CampaignEnd) -> String {
    match why {
        CampaignEnd::Organizer => cx.say("messages-cancelled-organizer"),
        CampaignEnd::CalledOff => cx.say("messages-cancelled-called_off"),
        CampaignEnd::TooLate => cx.say("messages-cancelled-too_late"),
    }
}

/// When it leaves.
pub(super) fn when(cx: &Cx, timing: Timing, due: Option<DateTime<Utc>>) -> String {
    let at = due.map_or_else(String::new, |due| cx.words.day_time(due));
    let relative = |key: &str, minutes: i64| {
        let (number, unit) = Timing::length(minutes);
        let args = [("number", number.into())];
        let length = match unit {
            TimeUnit::Minutes => cx.say_with("messages-length-minutes", &args),
            TimeUnit::Hours => cx.say_with("messages-length-hours", &args),
            TimeUnit::Days => cx.say_with("messages-length-days", &args),
        };
        let args = [("length", length.into()), ("at", (&at).into())];
        cx.say_with(key, &args)
    };
    match timing {
        Timing::Now => cx.say("messages-when-now"),
        Timing::At(_) => cx.say_with("messages-when-at", &[("at", (&at).into())]),
        Timing::BeforeStart(minutes) => relative("messages-when-before", minutes),
        Timing::AfterEnd(minutes) => relative("messages-when-after", minutes),
    }
}

/// Whether people came, and to what.
pub(super) fn came(cx: &Cx, view: &WorkshopView, came: CameTo) -> String {
    let session = |key: &str, id: i64| {
        let found = view.sessions.iter().find(|session| session.id == id);
        let said = found.map_or_else(String::new, |session| {
            cx.words.period(session.starts_at, session.ends_at)
        });
        cx.say_with(key, &[("session", said.into())])
    };
    match came {
        CameTo::Whatever => cx.say("messages-any"),
        CameTo::Some => cx.say("messages-came-some"),
        CameTo::None => cx.say("messages-came-none"),
        CameTo::Session(id) => session("messages-came-session", id),
        CameTo::NotSession(id) => session("messages-came-not-session", id),
    }
}

/// To whom it goes and what for, as facts: only what was asked for.
pub(super) fn facts(
    cx: &Cx,
    view: &WorkshopView,
    message: &NewCampaign,
    establishment: Option<String>,
) -> AnyView {
    let facts = audience(cx, view, message, establishment).into_iter();
    let facts: Vec<_> = facts
        .map(|(name, fact)| view! { <dt>{name}</dt><dd>{fact}</dd> })
        .collect();
    facts.into_any()
}

fn audience(
    cx: &Cx,
    view: &WorkshopView,
    message: &NewCampaign,
    establishment: Option<String>,
) -> Vec<(String, String)> {
    let audience = &message.audience;
    fn some<T: Coded>(cx: &Cx, term: Option<T>) -> Option<String> {
        term.map(|term| cx.words.term(term))
    }
    let came = (audience.came != CameTo::Whatever).then(|| came(cx, view, audience.came));
    let roles = (!audience.roles.is_empty()).then(|| cx.words.terms(&audience.roles));
    let facts = [
        ("field-states", Some(cx.words.terms(&audience.states))),
        ("field-came", came),
        ("field-audience_roles", roles),
        ("field-audience_establishment", establishment),
        ("field-audience_locality", audience.locality.clone()),
        ("field-consent", some(cx, audience.consent)),
        ("field-audience_lang", some(cx, audience.lang)),
        ("field-campaign_purpose", some(cx, Some(message.purpose))),
        ("field-shared", some(cx, Some(message.shared))),
    ];
    let facts = facts.into_iter();
    facts
        .filter_map(|(key, fact)| Some((cx.say(key), fact?)))
        .collect()
}

/// What became of it, in numbers of people: what is nothing is not said, but
/// how many it has reached.
pub(super) fn numbers(cx: &Cx, count: &CampaignCount) -> Vec<String> {
    let number = |number: u32| cx.words.number(number.into());
    let sent = [
        ("sent", number(count.of(DeliveryState::Sent)).into()),
        ("all", number(count.all()).into()),
    ];
    let mut said = vec![cx.say_with("messages-count", &sent)];
    let waiting = count.of(DeliveryState::Queued) + count.of(DeliveryState::Sending);
    for (key, number) in [
        ("messages-count-waiting", waiting),
        ("messages-count-retry", count.of(DeliveryState::Retry)),
        ("messages-count-failed", count.of(DeliveryState::Failed)),
        ("messages-count-withheld", count.of(DeliveryState::Withheld)),
        ("messages-count-unwritten", count.unwritten),
    ] {
        if number > 0 {
            said.push(cx.say_with(key, &[("number", number.into())]));
        }
    }
    said
}
