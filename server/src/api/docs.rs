//! The description of the JSON doors, and a page of our own that shows it.

use axum::Router;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_swagger_ui::{Config, SwaggerUi};

const DESCRIPTION: &str = "/api/v1/openapi.json";

/// The page that shows the description loads everything from this server, sets
/// styles on its elements, and draws its signs from data.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

/// What the description says before it names the doors.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Tập Huấn",
        description = "The JSON doors of Tập Huấn. Every door under `/api/v1` takes a bearer token, which the operator adds with `taphuan token add`. Times are RFC 3339. What is wrong is answered as `problems`, each with a field, a reason and a message in the language of `Accept-Language` (Vietnamese or English).",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    modifiers(&Token),
    tags(
        (name = "workshops", description = "Schedule, publish, find"),
        (name = "registrations", description = "Register for a workshop"),
        (name = "checkins", description = "The door"),
        (name = "programme", description = "The programme's figures"),
        (name = "health", description = "For monitors, without a token"),
    )
)]
struct Frame;

struct Token;

impl Modify for Token {
    fn modify(&self, description: &mut utoipa::openapi::OpenApi) {
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        description
            .components
            .get_or_insert_default()
            .add_security_scheme("token", SecurityScheme::Http(bearer));
    }
}

/// The description before the doors are added.
pub(super) fn frame() -> utoipa::openapi::OpenApi {
    Frame::openapi()
}

/// The description, and the page.
pub(super) fn router(description: &utoipa::openapi::OpenApi) -> Router {
    let json = description.to_json().unwrap_or_default();
    let describe = move || {
        let json = json.clone();
        async move { ([(CONTENT_TYPE, "application/json")], json) }
    };
    let config = Config::from(DESCRIPTION).validator_url("none");
    let page = Router::from(SwaggerUi::new("/api/docs").config(config))
        .layer(axum::middleware::map_response(with_policy));
    Router::new().route(DESCRIPTION, get(describe)).merge(page)
}

async fn with_policy(response: Response) -> Response {
    let policy = [(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY))];
    (policy, response).into_response()
}
