//! The board as a page.

use super::islands::LiveBoard;
use super::shown::{Bar, BoardWords, Shown};
use crate::html::*;
use crate::render::{Cx, Oops, Page};
use axum::extract::Path;
use axum::response::Response;
use domain::{Act, EstablishmentKind};
use service::{Board, BoardLine};

/// As many establishments as fit on the wall of a hall.
const PLACES: usize = 24;

/// `GET /door/{slug}/board`
pub(super) async fn open(cx: Cx, Path(slug): Path<String>) -> Result<Response, Oops> {
    let board = cx.services.board(&cx.actor, &slug).await?;
    let words = words(&cx, &board);
    let first = shown(&cx, &board);
    let page = Page::staff(&words.title).islands();
    Ok(cx
        .show(page, move || view! { <LiveBoard words first /> })
        .await)
}

fn words(cx: &Cx, board: &Board) -> BoardWords {
    BoardWords {
        title: board.workshop.title(cx.lang()).to_owned(),
        arrived: cx.say("board-arrived"),
        roles: cx.say("board-roles"),
        places: cx.say("board-places"),
        provisional: cx.say("board-provisional"),
        lost: cx.say("board-lost"),
        back: cx.say("board-back"),
        door: cx
            .actor
            .may(Act::CheckIn)
            .then(|| format!("/door/{}", board.workshop.row.slug)),
        events: format!("/door/{}/board/events", board.workshop.row.slug),
    }
}

/// What the board shows, in the language of whoever looks.
pub(super) fn shown(cx: &Cx, board: &Board) -> Shown {
    let more = board.by_establishment.len().saturating_sub(PLACES);
    let more_said = || {
        let number = i64::try_from(more).unwrap_or(i64::MAX);
        cx.say_with("board-more", &[("number", number.into())])
    };
    let session = &board.session;
    let period = cx.words.period(session.starts_at, session.ends_at);
    Shown {
        when: format!("{period} · {}", session.room),
        all: bar(cx, String::new(), &board.all),
        roles: board
            .by_role
            .iter()
            .map(|line| bar(cx, cx.words.term(line.key), line))
            .collect(),
        places: board
            .by_establishment
            .iter()
            .take(PLACES)
            .map(|line| {
                let households = || cx.words.term(EstablishmentKind::Household);
                bar(cx, line.key.clone().unwrap_or_else(households), line)
            })
            .collect(),
        more: if more > 0 { more_said() } else { String::new() },
    }
}

fn bar<T>(cx: &Cx, label: String, line: &BoardLine<T>) -> Bar {
    let number = |number: u32| cx.words.number(number.into());
    let share = f64::from(line.arrived) * 100.0 / f64::from(line.expected.max(1));
    Bar {
        label,
        count: format!("{} / {}", number(line.arrived), number(line.expected)),
        width: format!("{share:.1}%"),
    }
}
