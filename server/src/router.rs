//! All routes behind all guards.

use crate::guards::Guards;
use crate::{api, assets, guards, sessions};
use app::AppState;
use axum::{Router, middleware};
use service::Services;

/// The whole web site and the JSON doors.
pub(crate) fn router(state: AppState) -> Router {
    let guards = Guards::at(state.services.public_url());
    let services = state.services.clone();
    let routes = pages(state, &services, guards.https)
        .merge(api::router(services.clone()))
        .merge(assets::router());
    let routes = routes.layer(middleware::from_fn_with_state(
        services,
        guards::sender::forms,
    ));
    guards::guard(routes, &guards)
}

/// The pages alone have sessions: programs carry tokens. A page that is kept
/// needs none.
fn pages(state: AppState, services: &Services, https: bool) -> Router {
    app::router(state.clone())
        .layer(middleware::from_fn_with_state(
            services.clone(),
            sessions::stay,
        ))
        .layer(sessions::layer(services.clone(), https))
        .layer(middleware::from_fn_with_state(state, app::kept))
}
