//! The guards in front of routes made up for the purpose.

use super::*;
use axum::Json;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request};
use axum::routing::{get, post};
use tower::ServiceExt;

fn doors(public_url: &str) -> Router {
    let routes = Router::new()
        .route("/", get(|| async { "page" }).post(|| async { "taken" }))
        .route("/materials/{token}", get(|| async { "mine" }))
        .route(
            "/own",
            get(|| async { ([("content-security-policy", "default-src 'self'")], "") }),
        )
        .route(
            "/read",
            post(|body: String| async move { body.len().to_string() }),
        )
        .route(
            "/manage/workshops/{slug}/materials",
            post(|| async { "up" }),
        )
        .route(
            "/manage/workshops/{slug}/attendance/{session}/photos",
            post(|| async { "up" }),
        )
        .route(
            "/api/v1/workshops/{slug}/checkins/batch",
            post(|body: String| async move { body.len().to_string() }),
        )
        .route("/manage/materials/{id}/replace", post(|| async { "up" }))
        .route("/manage/materials/{id}", post(|_: String| async { "no" }))
        .route(
            "/unsubscribe/{purpose}/{token}",
            post(|| async { "stopped" }).delete(|| async { "gone" }),
        )
        .route("/long", get(|| async { "word ".repeat(400) }))
        .route("/api/v1/echo", post(|Json(()): Json<()>| async {}))
        .route("/panic", get(panics));
    guard(routes, &Guards::at(&Url::parse(public_url).unwrap()))
}

async fn panics() {
    panic!("somebody's name");
}

fn request(method: Method, path: &str) -> axum::http::request::Builder {
    Request::builder()
        .method(method)
        .uri(path)
        .header("host", "127.0.0.1:3000")
}

async fn ask(request: axum::http::request::Builder, body: &str) -> Response {
    let request = request.body(Body::from(body.to_owned())).unwrap();
    doors("http://127.0.0.1:3000")
        .oneshot(request)
        .await
        .unwrap()
}

async fn text(response: Response) -> String {
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[tokio::test]
async fn every_answer_is_guarded() {
    for path in ["/", "/nowhere", "/panic", "/api/v1/nowhere", "/long"] {
        let response = ask(request(Method::GET, path), "").await;
        let header = |name: &str| response.headers()[name].to_str().unwrap();
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header("x-frame-options"), "DENY");
        assert_eq!(header("referrer-policy"), "same-origin");
        assert_eq!(header("cross-origin-opener-policy"), "same-origin");
        assert_eq!(header("cross-origin-resource-policy"), "same-origin");
        assert_eq!(header("cache-control"), "no-store");
        assert!(header("permissions-policy").starts_with("camera=(self), "));
        assert!(header("content-security-policy").starts_with("default-src 'none'"));
        assert_eq!(header("x-request-id").len(), 12);
        assert!(
            response
                .headers()
                .get("strict-transport-security")
                .is_none()
        );
    }
}

#[tokio::test]
async fn headers_follow_the_answer_the_path_and_the_scheme() {
    let response = ask(request(Method::GET, "/own"), "").await;
    assert_eq!(
        response.headers()["content-security-policy"],
        "default-src 'self'"
    );
    let response = ask(request(Method::GET, "/materials/token"), "").await;
    assert_eq!(response.headers()["referrer-policy"], "no-referrer");
    let asked = request(Method::GET, "/").body(Body::empty()).unwrap();
    let response = doors("https://a.example.vn").oneshot(asked).await.unwrap();
    assert_eq!(
        response.headers()["strict-transport-security"],
        "max-age=63072000"
    );
}

#[tokio::test]
async fn refusals_have_words_for_people_and_problems_for_programs() {
    let response = ask(request(Method::DELETE, "/"), "").await;
    assert_eq!(response.status(), 405);
    assert!(
        response.headers()["allow"]
            .to_str()
            .unwrap()
            .contains("POST")
    );
    assert!(text(response).await.contains("<html lang=\"vi\">"));
    let response = ask(request(Method::GET, "/api/v1/echo"), "").await;
    assert_eq!(response.status(), 405);
    assert_eq!(response.headers()["content-type"], "application/json");
    assert!(text(response).await.contains("\"method_not_allowed\""));
    let english = request(Method::POST, "/api/v1/echo").header("accept-language", "en");
    let response = ask(english, "{}").await;
    assert_eq!(response.status(), 415);
    assert!(
        text(response)
            .await
            .contains("Content-Type: application/json")
    );
}

#[tokio::test]
async fn a_panic_is_an_answer_that_tells_nothing() {
    let response = ask(request(Method::GET, "/panic"), "").await;
    assert_eq!(response.status(), 500);
    let page = text(response).await;
    assert!(!page.contains("somebody"), "{page}");
}

#[tokio::test]
async fn other_sites_cannot_post_and_programs_can() {
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "http://evil.example"),
        ("origin", "null"),
    ] {
        let foreign = request(Method::POST, "/").header(name, value);
        assert_eq!(ask(foreign, "").await.status(), 403, "{name}: {value}");
        // A mail program on the web stops mails from its own site.
        let stop = "/unsubscribe/materials/token";
        let one_click = request(Method::POST, stop).header(name, value);
        assert_eq!(ask(one_click, "").await.status(), 200, "{name}: {value}");
        let other = request(Method::DELETE, stop).header(name, value);
        assert_eq!(ask(other, "").await.status(), 403, "{name}: {value}");
    }
    for (name, value) in [
        ("sec-fetch-site", "same-origin"),
        ("sec-fetch-site", "none"),
        ("origin", "http://127.0.0.1:3000"),
        ("accept", "*/*"),
    ] {
        let own = request(Method::POST, "/").header(name, value);
        assert_eq!(ask(own, "").await.status(), 200, "{name}: {value}");
    }
    let program = request(Method::POST, "/api/v1/echo").header("sec-fetch-site", "cross-site");
    assert_eq!(ask(program, "").await.status(), 415);
}

#[tokio::test]
async fn large_bodies_are_refused_and_uploads_are_not() {
    let large = "x".repeat(limits::MAX_BODY + 1);
    let response = ask(request(Method::POST, "/read"), &large).await;
    assert_eq!(response.status(), 413);
    let announced = request(Method::POST, "/read").header("content-length", large.len());
    assert_eq!(ask(announced, &large).await.status(), 413);
    assert_eq!(
        ask(request(Method::POST, "/read"), "small").await.status(),
        200
    );
    for (path, status) in [
        ("/manage/workshops/w/materials", 200),
        ("/manage/workshops/w/attendance/7/photos", 200),
        ("/manage/materials/7/replace", 200),
        ("/manage/materials/7", 413),
        ("/api/v1/workshops/w/checkins/batch", 200),
    ] {
        let upload = request(Method::POST, path).header("content-length", large.len());
        assert_eq!(ask(upload, &large).await.status(), status, "{path}");
    }
}

#[tokio::test]
async fn text_is_compressed_when_it_is_worth_it() {
    let packed = request(Method::GET, "/long").header("accept-encoding", "br, gzip");
    let response = ask(packed, "").await;
    assert_eq!(response.headers()["content-encoding"], "br");
    let short = request(Method::GET, "/").header("accept-encoding", "br");
    let response = ask(short, "").await;
    assert!(response.headers().get("content-encoding").is_none());
}

#[tokio::test]
async fn an_address_with_a_nul_leads_nowhere() {
    for (path, status) in [
        ("/materials/a%00", 404),
        ("/api/v1/%00", 404),
        ("/?q=%00", 400),
        ("/?q=%20", 200),
    ] {
        let response = ask(request(Method::GET, path), "").await;
        assert_eq!(response.status(), status, "{path}");
    }
}
