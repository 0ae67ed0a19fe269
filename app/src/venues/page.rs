//! One venue: where it is, and its rooms.

use super::{PATH, path};
use crate::home::fact;
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page};
use crate::ui::{badge, done, paragraph, retire as retire_button, tone};
use axum::extract::Path;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use service::{RoomRow, RoomUse, VenueView};

/// `GET /manage/venues/{id}`
pub(super) async fn show(cx: Cx, Path(id): Path<i64>, uri: Uri) -> Result<Response, Oops> {
    let view = cx.services.venue(&cx.actor, id).await?;
    let query = Fields::of_query(uri.query());
    let shown = Shown {
        said: query.text("done"),
        room: query.text("room").parse().ok(),
        uses: Vec::new(),
        outdated: cx.services.outdated_uses(&cx.actor, &view).await?,
    };
    let page = Page::staff(&view.row.name);
    let inner = cx.clone();
    Ok(cx.show(page, move || body(&inner, &view, &shown)).await)
}

/// The page with what stands in the way of retiring the venue, or one of its
/// rooms.
pub(super) async fn refused(cx: &Cx, id: i64, room: Option<i64>) -> Result<Response, Oops> {
    let view = cx.services.venue(&cx.actor, id).await?;
    let rooms: Vec<i64> = match room {
        Some(room) => vec![room],
        None => view.rooms.iter().map(|room| room.row.id).collect(),
    };
    let shown = Shown {
        said: String::new(),
        room,
        uses: cx.services.uses_of_rooms(&cx.actor, &rooms).await?,
        outdated: Vec::new(),
    };
    let page = Page::staff(&view.row.name).status(StatusCode::CONFLICT);
    let inner = cx.clone();
    Ok(cx.show(page, move || body(&inner, &view, &shown)).await)
}

/// What is shown beside the venue.
struct Shown {
    /// What was just done.
    said: String,
    /// The room it was done to, or refused.
    room: Option<i64>,
    /// What stands in the way of retiring.
    uses: Vec<RoomUse>,
    /// What people still read under other words.
    outdated: Vec<RoomUse>,
}

fn body(cx: &Cx, view: &VenueView, shown: &Shown) -> impl IntoView + use<> {
    let in_use = (!shown.uses.is_empty()).then(|| in_use(cx, view, shown).into_any());
    let (of_room, of_venue) = match shown.room {
        Some(_) => (in_use, None),
        None => (None, in_use),
    };
    let retired = view
        .is_retired()
        .then(|| view! { <p>{badge(tone::NEUTRAL, cx.say("venues-retired"))}</p> });
    let row = &view.row;
    let address = (!row.address.is_empty())
        .then(|| fact(cx.say("field-address"), row.address.clone()).into_any());
    let directions = (!row.directions.is_empty())
        .then(|| fact(cx.say("field-directions"), paragraph(&row.directions)).into_any());
    let add = format!("{}/rooms/new", path(row.id));
    let edit = format!("{}/edit", path(row.id));
    view! {
        {notice(cx, view, &shown.said, shown.room)}
        {outdated(cx, &shown.outdated).map(IntoAny::into_any)}
        <h1>{row.name.clone()}</h1>
        {retired}
        <dl class="facts">{address}{directions}</dl>
        <p><a href=edit>{cx.say("venues-edit")}</a></p>
        <h2>{cx.say("venues-rooms")}</h2>
        {of_room}
        {rooms(cx, view)}
        <p><a class="button" href=add>{cx.say("venues-room-add")}</a></p>
        {of_venue}
        {retire(cx, view).into_any()}
        <p><a href=PATH>{cx.say("venues-back")}</a></p>
    }
}

/// Why a room or the venue cannot retire: the workshops to come there.
fn in_use(cx: &Cx, view: &VenueView, shown: &Shown) -> impl IntoView + use<> {
    let room = shown
        .room
        .and_then(|id| view.rooms.iter().find(|room| room.row.id == id));
    let name = room.map_or(&view.row.name, |room| &room.row.name);
    let title = cx.say_with("venues-in-use", &[("name", name.into())]);
    view! {
        <div class="notice notice--bad" role="alert">
            <h3>{title}</h3>
            <p>{cx.say("conflict-in_use")}</p>
            <ul>{listed(cx, &shown.uses, "")}</ul>
        </div>
    }
}

/// The workshops to come that still have the earlier words, each with the page
/// where that is mended.
fn outdated(cx: &Cx, uses: &[RoomUse]) -> Option<impl IntoView + use<>> {
    (!uses.is_empty()).then(|| {
        view! {
            <div class="notice notice--wait">
                <h2>{cx.say("venues-outdated-title")}</h2>
                <p>{cx.say("venues-outdated")}</p>
                <ul>{listed(cx, uses, "/sessions")}</ul>
            </div>
        }
    })
}

/// Workshops with their times, each a link to its page, or to one below it.
fn listed(cx: &Cx, uses: &[RoomUse], below: &str) -> Vec<AnyView> {
    let uses = uses.iter();
    uses.map(|one| {
        let href = format!("/manage/workshops/{}{below}", one.slug);
        let title = one.title(cx.lang()).to_owned();
        let when = cx.words.period(one.starts_at, one.ends_at);
        view! { <li><a href=href>{title}</a>", "{when}</li> }.into_any()
    })
    .collect()
}

/// What was just done, with a way back where there is one.
fn notice(cx: &Cx, view: &VenueView, said: &str, room: Option<i64>) -> Option<AnyView> {
    let venue = path(view.row.id);
    let name = view.row.name.as_str();
    let room = room.and_then(|id| view.rooms.iter().find(|room| room.row.id == id));
    let room_name = room.map_or("", |room| room.row.name.as_str());
    let undo = |part: String| Some((part, cx.say("venues-undo")));
    let of_room = |verb: &str| {
        let id = room.map_or(0, |room| room.row.id);
        format!("{venue}/rooms/{id}/{verb}")
    };
    let (words, back) = match said {
        "saved" => (cx.say_with("venues-saved", &[("name", name.into())]), None),
        "retired" => (
            cx.say_with("venues-retired-done", &[("name", name.into())]),
            undo(format!("{venue}/restore")),
        ),
        "restored" => (
            cx.say_with("venues-restored", &[("name", name.into())]),
            None,
        ),
        "room-saved" if room.is_some() => (
            cx.say_with("venues-saved", &[("name", room_name.into())]),
            None,
        ),
        "room-retired" if room.is_some() => (
            cx.say_with("venues-retired-done", &[("name", room_name.into())]),
            undo(of_room("restore")),
        ),
        "room-restored" if room.is_some() => (
            cx.say_with("venues-restored", &[("name", room_name.into())]),
            None,
        ),
        _ => return None,
    };
    Some(done(cx.say("venues-done-title"), words, back).into_any())
}

fn rooms(cx: &Cx, view: &VenueView) -> AnyView {
    if view.rooms.is_empty() {
        return view! { <div class="empty"><p>{cx.say("venues-rooms-empty")}</p></div> }.into_any();
    }
    let rows: Vec<_> = view.rooms.iter().map(|room| row(cx, view, room)).collect();
    view! {
        <table class="table table--cards">
            <thead>
                <tr>
                    <th scope="col">{cx.say("field-room_name")}</th>
                    <th scope="col" class="num">{cx.say("field-room_capacity")}</th>
                    <th scope="col" class="num">{cx.say("venues-upcoming")}</th>
                    <th scope="col"><span class="visually-hidden">{cx.say("venues-act")}</span></th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn row(cx: &Cx, view: &VenueView, room: &RoomRow) -> AnyView {
    let href = format!("{}/rooms/{}", path(view.row.id), room.row.id);
    let name = room.row.name.clone();
    let args = || [("name", (&room.row.name).into())];
    let (verb, words, said) = if room.is_retired() {
        (
            "restore",
            cx.say("venues-restore"),
            cx.say_with("venues-restore-name", &args()),
        )
    } else {
        (
            "retire",
            cx.say("venues-retire"),
            cx.say_with("venues-retire-name", &args()),
        )
    };
    let action = format!("{href}/{verb}");
    let retired = room
        .is_retired()
        .then(|| badge(tone::NEUTRAL, cx.say("venues-retired")));
    view! {
        <tr>
            <th scope="row"><a href=href>{name}</a>" "{retired}</th>
            <td class="num" data-label=cx.say("field-room_capacity")>{cx.words.number(room.row.capacity)}</td>
            <td class="num" data-label=cx.say("venues-upcoming")>{cx.words.number(room.upcoming)}</td>
            <td>
                <form method="post" action=action>
                    <button class="button button--quiet" type="submit" aria-label=said>{words}</button>
                </form>
            </td>
        </tr>
    }
    .into_any()
}

fn retire(cx: &Cx, view: &VenueView) -> impl IntoView + use<> {
    let (verb, words) = if view.is_retired() {
        ("restore", cx.say("venues-restore-venue"))
    } else {
        ("retire", cx.say("venues-retire-venue"))
    };
    let action = format!("{}/{verb}", path(view.row.id));
    let hint = (!view.is_retired()).then(|| cx.say("venues-retire-hint"));
    retire_button(action, words, hint)
}
