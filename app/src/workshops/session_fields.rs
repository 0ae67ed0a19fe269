//! Time and place of a session: the same fields wherever a session is set.

use crate::html::*;
use crate::render::{Cx, Fields};
use crate::ui::{Field, Kind, allow_clash};
use domain::{Allowing, Problems, Reason, SessionForm};
use service::Clash;
use service::entity::session;

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

/// The rooms of the register that a session can be given, and the one it is in
/// where that is offered no more.
pub(super) fn rooms_for(
    offered: &[(i64, String)],
    session: Option<&session::Model>,
) -> Vec<(i64, String)> {
    let mut rooms = offered.to_vec();
    if let Some((used, session)) = session.and_then(|one| Some((one.room_id?, one)))
        && rooms.iter().all(|(id, _)| *id != used)
    {
        rooms.push((used, session.room.clone()));
    }
    rooms
}

/// A room of the register, or a place that is typed. `at` is the row where the
/// form has several.
pub(super) fn place(
    cx: &Cx,
    at: Option<usize>,
    form: &SessionForm,
    problems: &Problems,
    rooms: &[(i64, String)],
) -> impl IntoView + use<> {
    let line = |name, label, value: &str| line(cx, at, problems, name, label, value);
    let choice = (!rooms.is_empty()).then(|| {
        let mut options = vec![(String::new(), cx.say("manage-form-other-place"))];
        let rooms = rooms.iter();
        options.extend(rooms.map(|(id, name)| (id.to_string(), name.clone())));
        line("room_id", "field-room_id", &form.room_id)
            .kind(Kind::Select(options))
            .view()
            .into_any()
    });
    let room = line("room", "field-room", &form.room);
    let room = if choice.is_some() {
        room.hint(cx.say("manage-form-typed-place-hint"))
    } else {
        room
    };
    view! {
        {choice}
        {room.view().into_any()}
        {line("address", "field-address", &form.address)
            .hint(cx.say("manage-form-address-hint"))
            .optional(cx)
            .view().into_any()}
    }
}

/// Start and end.
pub(super) fn times(
    cx: &Cx,
    at: Option<usize>,
    form: &SessionForm,
    problems: &Problems,
) -> impl IntoView + use<> {
    let line = |name, label, value: &str| {
        line(cx, at, problems, name, label, value).kind(Kind::Line("datetime-local"))
    };
    view! {
        <p class="hint">{cx.say("manage-form-time-hint")}</p>
        <div class="field field--row">
            {line("starts_at", "field-starts_at", &form.starts_at).view().into_any()}
            {line("ends_at", "field-ends_at", &form.ends_at).view().into_any()}
        </div>
    }
}

fn line(
    cx: &Cx,
    at: Option<usize>,
    problems: &Problems,
    name: &'static str,
    label: &str,
    value: &str,
) -> Field {
    let field = Field::line(cx, problems, name, label, value);
    match at {
        Some(at) => field.row(cx, problems, at),
        None => field,
    }
}

/// The box that lets a time pass that lies in the past: what was held is
/// written down. Offered once it is needed.
pub(super) fn already_held(
    cx: &Cx,
    problems: &Problems,
    ticked: bool,
) -> Option<impl IntoView + use<>> {
    let needed = problems.of("starts_at") == Some(&Reason::InThePast);
    (needed || ticked).then(|| {
        view! {
            <label class="choice">
                <input type="checkbox" name="already_held" value="on" checked=ticked />
                <span>{cx.say("manage-already-held")}</span>
            </label>
        }
    })
}

/// What was sent of what an organiser allows.
pub(super) fn allowing(fields: &Fields) -> Allowing {
    Allowing {
        clash: fields.ticked("allow_clash"),
        already_held: fields.ticked("already_held"),
    }
}

/// What is taken at that time, and the box that allows it all the same; also
/// under the name to which the problem of a trainer leads.
pub(super) fn clashes(cx: &Cx, clashes: &[Clash], allowed: bool) -> impl IntoView + use<> {
    if clashes.is_empty() && !allowed {
        return None;
    }
    let said = clash_list(cx, clashes, &|_| None);
    Some(allow_clash(cx, Some("trainer_id"), said, allowed))
}

/// Who or what is taken, by which workshop and when; `at` says of which row.
pub(crate) fn clash_list(
    cx: &Cx,
    clashes: &[Clash],
    at: &dyn Fn(&Clash) -> Option<String>,
) -> impl IntoView + use<> {
    let items: Vec<_> = clashes
        .iter()
        .map(|clash| {
            let row = at(clash).map(|row| format!("{row} – "));
            let href = super::cockpit_path(&clash.slug);
            let who = clash.trainer.clone().unwrap_or_else(|| clash.room.clone());
            let title = cx
                .lang()
                .choose(&clash.title_vi, &clash.title_en)
                .to_owned();
            let when = cx.words.period(clash.starts_at, clash.ends_at);
            view! { <li>{row}<strong>{who}</strong>": "<a href=href>{title}</a>", "{when}</li> }
        })
        .collect();
    view! {
        <p>{cx.say("manage-clash")}</p>
        <ul>{items}</ul>
    }
}

/// A session in one line.
pub(super) fn said(cx: &Cx, session: &session::Model) -> String {
    let when = cx.words.period(session.starts_at, session.ends_at);
    format!("{when}, {}", session.room)
}
