//! The materials of a shelf as staff see them.

use super::place::Place;
use crate::html::*;
use crate::render::Cx;
use crate::ui::{badge, tone};
use domain::{Lang, MaterialTiming, MaterialVisibility};
use service::entity::{material_version, session};
use service::{MaterialView, MaterialsBoard};

/// Type and size: "PDF, 1,5 MB".
pub(crate) fn about(cx: &Cx, version: &material_version::Model) -> String {
    let kind = cx.words.term(*version.file_type);
    format!("{kind}, {}", cx.words.size(version.size))
}

/// The list of materials, withdrawn ones too.
pub(super) fn list(cx: &Cx, at: &Place, board: &MaterialsBoard) -> AnyView {
    if board.materials.is_empty() {
        let words = match at.slug() {
            Some(_) => "materials-empty",
            None => "materials-empty-programme",
        };
        return view! { <div class="empty"><p>{cx.say(words)}</p></div> }.into_any();
    }
    let rows: Vec<_> = board
        .materials
        .iter()
        .map(|(view, who)| row(cx, at, board, view, who))
        .collect();
    view! {
        <table class="table table--cards">
            <caption class="visually-hidden">{cx.say("materials-title")}</caption>
            <thead>
                <tr>
                    <th scope="col">{cx.say("materials-name")}</th>
                    <th scope="col">{cx.say("field-visibility")}</th>
                    <th scope="col">{cx.say("materials-version")}</th>
                    <th scope="col" class="num">{cx.say("materials-fetched")}</th>
                    <th scope="col">{cx.say("materials-who")}</th>
                    <th scope="col"><span class="visually-hidden">{cx.say("materials-act")}</span></th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn row(cx: &Cx, at: &Place, board: &MaterialsBoard, view: &MaterialView, who: &str) -> AnyView {
    let href = at.of(view.row.id);
    let standing = view.standing();
    let gone = standing
        .is_none()
        .then(|| view! { " " {badge(tone::NEUTRAL, cx.say("materials-withdrawn"))} });
    let newest = standing.or(view.versions.first());
    let file = newest.map(|version| {
        let href = format!("{href}/file");
        view! {
            <p class="wrap-anywhere"><a href=href download>{version.file_name.clone()}</a></p>
            <p class="muted">{about(cx, version)}</p>
        }
    });
    let of = session_of(cx, board, view).map(|words| view! { <p class="muted">{words}</p> });
    let fetched = board.fetched.get(&view.row.id).copied().unwrap_or_default();
    let changes = board.shelf.may_change(&view.row);
    let version = newest.map(|version| {
        let stamp = cx.words.stamp(version.uploaded_at);
        view! { {cx.words.number(version.number)} " · " <time>{stamp}</time> }
    });
    view! {
        <tr>
            <th scope="row" class="wrap-anywhere">
                <a href=href.clone()>{view.title(cx.lang()).to_owned()}</a> {gone}
                <p class="muted">{cx.words.term(*view.row.kind)}</p>
                {of}
            </th>
            <td data-label=cx.say("field-visibility")><div class="cell">{for_whom(cx, view)}</div></td>
            <td data-label=cx.say("materials-version")><div class="cell"><p>{version}</p> {file}</div></td>
            <td data-label=cx.say("materials-fetched") class="num">{cx.words.number(fetched.times)}</td>
            <td data-label=cx.say("materials-who")>{who.to_owned()}</td>
            <td>{changes.then(|| act(cx, &href, view, board.mailed > 0))}</td>
        </tr>
    }
    .into_any()
}

/// For whom it is, and from when.
fn for_whom(cx: &Cx, view: &MaterialView) -> AnyView {
    let colour = match *view.row.visibility {
        MaterialVisibility::Public => tone::OK,
        MaterialVisibility::Registered | MaterialVisibility::Attended => tone::INFO,
    };
    let now = cx.services.clock().now();
    let waits = match (*view.row.timing, view.ends_at) {
        (MaterialTiming::AfterSession, Some(at)) if at > now => {
            let at = cx.words.stamp(at);
            Some(cx.say_with("materials-from", &[("at", at.into())]))
        }
        _ => None,
    };
    let waits = waits.map(|words| view! { <p class="muted">{words}</p> });
    view! { {badge(colour, cx.words.term(*view.row.visibility))} {waits} }.into_any()
}

/// The session it belongs to, in words.
fn session_of(cx: &Cx, board: &MaterialsBoard, view: &MaterialView) -> Option<String> {
    let id = view.row.session_id?;
    let workshop = board.shelf.workshop.as_ref()?;
    let session = workshop.sessions.iter().find(|session| session.id == id)?;
    Some(session_words(cx, session, cx.lang()))
}

/// A session as one chooses it.
pub(super) fn session_words(cx: &Cx, session: &session::Model, lang: Lang) -> String {
    let title = lang.choose(&session.title_vi, &session.title_en);
    let at = cx.words.stamp(session.starts_at);
    if title.is_empty() {
        at
    } else {
        format!("{title} ({at})")
    }
}

/// Withdrawing is asked about once people were written to; before that it is
/// as easily undone as done.
pub(super) fn act(cx: &Cx, href: &str, view: &MaterialView, mailed: bool) -> AnyView {
    let title = view.title(cx.lang()).to_owned();
    let of = view! { <span class="visually-hidden">" " {title}</span> };
    let gone = view.standing().is_none();
    let (act, words, class) = if gone {
        ("restore", "materials-restore", "button button--quiet")
    } else {
        (
            "withdraw",
            "materials-withdraw",
            "button button--quiet button--danger",
        )
    };
    let (href, words) = (format!("{href}/{act}"), cx.say(words));
    if mailed && !gone {
        return view! { <a class=class href=href>{words} {of}</a> }.into_any();
    }
    view! {
        <form method="post" action=href>
            <button class=class type="submit">{words} {of}</button>
        </form>
    }
    .into_any()
}
