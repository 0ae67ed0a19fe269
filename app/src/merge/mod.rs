//! Rows that may be one person or one establishment, side by side.

mod by_hand;
mod page;
mod pair;

use crate::render::AppState;
use axum::Router;
use axum::routing::{get, post};

/// Where pairs are judged.
pub(crate) const PATH: &str = "/manage/merge";

/// Where an organiser chooses two to compare.
pub(crate) const BY_HAND: &str = "/manage/merge/by-hand";

/// Where a list of people sends two that were ticked.
pub(crate) const OF_PEOPLE: &str = "/manage/merge/of-people";

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route(PATH, get(page::show).post(page::find))
        .route(BY_HAND, get(by_hand::open).post(by_hand::act))
        .route(OF_PEOPLE, get(by_hand::back).post(by_hand::of_people))
        .route("/manage/merge/{id}", get(page::one).post(page::judge))
        .route("/manage/merge/{id}/undo", post(page::undo))
}
