//! Security headers on every answer (OWASP Secure Headers).

use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::middleware::Next;
use axum::response::Response;

/// The door's camera scans codes; nothing else is asked for.
const PERMISSIONS: &str = "camera=(self), accelerometer=(), autoplay=(), display-capture=(), \
    geolocation=(), gyroscope=(), hid=(), idle-detection=(), magnetometer=(), microphone=(), \
    midi=(), payment=(), publickey-credentials-get=(), serial=(), usb=(), xr-spatial-tracking=()";

/// For answers that set none of their own: nothing is loaded, nobody frames.
const NOTHING: &str =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Two years.
const ALWAYS_HTTPS: &str = "max-age=63072000";

/// Sets the headers. What an answer has set itself stays.
pub(crate) async fn security(State(https): State<bool>, request: Request, next: Next) -> Response {
    let personal = request.uri().path().starts_with("/materials/");
    let mut response = next.run(request).await;
    // A browser that is to send no referrer sends `Origin: null` with a form
    // too, and older ones nothing else to tell their own site by. So the pages
    // of personal links that have forms tell themselves, and nobody outside.
    let referrer = if personal {
        "no-referrer"
    } else {
        "same-origin"
    };
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    };
    set(X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(X_FRAME_OPTIONS, "DENY");
    set(REFERRER_POLICY, referrer);
    set(HeaderName::from_static("permissions-policy"), PERMISSIONS);
    set(
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    );
    set(
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    );
    set(CONTENT_SECURITY_POLICY, NOTHING);
    set(CACHE_CONTROL, "no-store");
    if https {
        set(STRICT_TRANSPORT_SECURITY, ALWAYS_HTTPS);
    }
    response
}
