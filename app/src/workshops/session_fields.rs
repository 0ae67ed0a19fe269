//! Time and place of a session: the same fields wherever a session is set.

use crate::render::{Cx, Fields};
use crate::ui::{Field, Kind, allow_clash};
use domain::{Problems, SessionForm, parse_local};
use leptos::prelude::*;
use service::Clash;

/// The session as it was sent.
pub(super) fn typed(fields: &Fields) -> SessionForm {
    SessionForm {
        title_vi: fields.text("session_title_vi"),
        title_en: fields.text("session_title_en"),
        room_id: fields.text("room_id"),
        room: fields.text("room"),
        address: fields.text("address"),
        starts_at: fields.text("starts_at"),
        ends_at: fields.text("ends_at"),
    }
}

/// A room of the register, or a place that is typed.
pub(super) fn place(
    cx: &Cx,
    form: &SessionForm,
    problems: &Problems,
    rooms: &[(i64, String)],
) -> impl IntoView + use<> {
    let line = |name, label, value: &str| Field::line(cx, problems, name, label, value);
    let rooms = (!rooms.is_empty()).then(|| {
        let mut options = vec![(String::new(), cx.say("manage-form-other-place"))];
        options.extend(offered(form, rooms));
        line("room_id", "field-room_id", &form.room_id)
            .kind(Kind::Select(options))
            .view()
            .into_any()
    });
    let hint = rooms
        .as_ref()
        .map(|_| cx.say("manage-form-typed-place-hint"));
    // The words of a room of the register are not typed over.
    let (room, address) = if form.room_id.is_empty() {
        (form.room.as_str(), form.address.as_str())
    } else {
        ("", "")
    };
    let room = line("room", "field-room", room);
    let room = match hint {
        Some(hint) => room.hint(hint).optional(cx),
        None => room,
    };
    view! {
        {rooms}
        {room.view().into_any()}
        {line("address", "field-address", address)
            .hint(cx.say("manage-form-address-hint"))
            .optional(cx)
            .view().into_any()}
    }
}

/// The rooms of the register, and the one in use where it is offered no more.
fn offered(form: &SessionForm, rooms: &[(i64, String)]) -> Vec<(String, String)> {
    let mut options: Vec<(String, String)> = rooms
        .iter()
        .map(|(id, name)| (id.to_string(), name.clone()))
        .collect();
    let used = !form.room_id.is_empty() && options.iter().all(|(id, _)| *id != form.room_id);
    if used {
        options.push((form.room_id.clone(), form.room.clone()));
    }
    options
}

/// Place and times of one session of several, by its number.
pub(super) fn row(
    cx: &Cx,
    at: usize,
    form: &SessionForm,
    problems: &Problems,
    rooms: &[(i64, String)],
) -> impl IntoView + use<> {
    let typed_place = form.room_id.is_empty();
    let line = |name: &'static str, value: &str| {
        Field::line(cx, problems, name, &format!("field-{name}"), value).row(cx, problems, at)
    };
    let rooms = (!rooms.is_empty()).then(|| {
        let mut options = vec![(String::new(), cx.say("manage-form-other-place"))];
        options.extend(offered(form, rooms));
        line("room_id", &form.room_id)
            .kind(Kind::Select(options))
            .view()
            .into_any()
    });
    let shown = |value: &str| {
        if typed_place {
            value.to_owned()
        } else {
            String::new()
        }
    };
    view! {
        {rooms}
        {line("room", &shown(&form.room)).view().into_any()}
        {line("address", &shown(&form.address)).optional(cx).view().into_any()}
        <div class="field field--row">
            {line("starts_at", &form.starts_at).kind(Kind::Line("datetime-local")).view().into_any()}
            {line("ends_at", &form.ends_at).kind(Kind::Line("datetime-local")).view().into_any()}
        </div>
    }
}

/// Start and end.
pub(super) fn times(cx: &Cx, form: &SessionForm, problems: &Problems) -> impl IntoView + use<> {
    let line = |name, label, value: &str| Field::line(cx, problems, name, label, value);
    view! {
        <p class="hint">{cx.say("manage-form-time-hint")}</p>
        <div class="field field--row">
            {line("starts_at", "field-starts_at", &form.starts_at)
                .kind(Kind::Line("datetime-local"))
                .view().into_any()}
            {line("ends_at", "field-ends_at", &form.ends_at)
                .kind(Kind::Line("datetime-local"))
                .view().into_any()}
        </div>
    }
}

/// What is taken at that time, and the box that allows it all the same; also
/// under the name to which the problem of a trainer leads.
pub(super) fn clashes(cx: &Cx, clashes: &[Clash], allowed: bool) -> impl IntoView + use<> {
    if clashes.is_empty() && !allowed {
        return None;
    }
    let items: Vec<_> = clashes
        .iter()
        .map(|clash| {
            let href = super::cockpit_path(&clash.slug);
            let who = clash.trainer.clone().unwrap_or_else(|| clash.room.clone());
            let title = cx
                .lang()
                .choose(&clash.title_vi, &clash.title_en)
                .to_owned();
            let when = cx.words.period(clash.starts_at, clash.ends_at);
            view! { <li><strong>{who}</strong>": "<a href=href>{title}</a>", "{when}</li> }
        })
        .collect();
    let said = view! {
        <p>{cx.say("manage-clash")}</p>
        <ul>{items}</ul>
    };
    Some(allow_clash(cx, Some("trainer_id"), said, allowed))
}

/// A session in one line.
pub(super) fn said(cx: &Cx, form: &SessionForm) -> String {
    let place = form.room.clone();
    match (parse_local(&form.starts_at), parse_local(&form.ends_at)) {
        (Ok(starts), Ok(ends)) => format!("{}, {place}", cx.words.period(starts, ends)),
        _ => place,
    }
}
