//! The register of what was handed to which establishment, how and when.

mod enter;
mod list;
mod rows;

use crate::render::{AppState, Cx};
use axum::Router;
use axum::routing::{get, post};
use domain::to_local;
use service::DistributionDocument;

/// Where it is.
pub(crate) const PATH: &str = "/programme/distribution";

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route(PATH, get(list::list).post(list::list_typed))
        .route(
            "/programme/distribution/new",
            get(enter::blank).post(enter::act),
        )
        .route("/programme/distribution/export", post(list::export))
        .route("/programme/distribution/undo", post(list::undo))
}

/// What a document belongs to, with its day: several have the same title.
fn belongs(cx: &Cx, document: &DistributionDocument) -> String {
    let Some(workshop) = document.workshop(cx.lang()) else {
        return cx.say("distribution-shared");
    };
    match document.starts_at {
        Some(at) if document.of_session => format!("{workshop}, {}", cx.words.stamp(at)),
        Some(at) => {
            let day = cx.words.date(to_local(at).date_naive());
            format!("{workshop}, {day}")
        }
        None => workshop.to_owned(),
    }
}

/// A document as a list to choose from names it.
fn label(cx: &Cx, document: &DistributionDocument) -> String {
    let title = document.title(cx.lang());
    let label = format!("{title} – {}", belongs(cx, document));
    if document.withdrawn {
        cx.say_with("distribution-withdrawn", &[("document", label.into())])
    } else {
        label
    }
}
