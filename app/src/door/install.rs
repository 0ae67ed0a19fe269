//! What makes the door a thing on the phone: its manifest and the service
//! worker that opens it without a network.

use crate::render::{Assets, Cx, Oops};
use axum::Json;
use axum::extract::Path;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::Coded;
use serde_json::json;

/// What the worker does; the names of the built files are put before it.
const WORKER: &str = include_str!("sw.js");

/// `GET /door/sw.js`: the address alone lets it answer for `/door/` and
/// nothing else. It is written here and not in the bundle because its cache
/// must name the files of the very build that the pages name.
pub(super) async fn worker(cx: Cx) -> Response {
    let reader = cx.assets.code_reader.as_ref();
    let reader = reader.map(|files| [&files.script, &files.program]);
    let script = format!(
        "const SHELL = {};\nconst READER = {};\n{WORKER}",
        json!(shell(&cx.assets)),
        json!(reader.as_slice().concat()),
    );
    let headers = [
        (CONTENT_TYPE, "text/javascript; charset=utf-8"),
        // What the worker itself may load.
        (
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; connect-src 'self'",
        ),
    ];
    (headers, script).into_response()
}

/// What the page of a door loads.
fn shell(assets: &Assets) -> Vec<String> {
    let client = assets.client.as_ref();
    let client = client.map(|client| [format!("{client}.js"), format!("{client}_bg.wasm")]);
    client
        .into_iter()
        .flatten()
        .chain([assets.staff_css.clone()])
        .chain(assets.favicon.clone())
        .map(|name| format!("/assets/{name}"))
        .collect()
}

/// `GET /door/{slug}/manifest.webmanifest`
pub(super) async fn manifest(cx: Cx, Path(slug): Path<String>) -> Result<Response, Oops> {
    let door = cx.services.door(&cx.actor, &slug).await?;
    let icons: Vec<_> = cx
        .assets
        .icons
        .iter()
        .map(|(size, name)| {
            json!({
                "src": format!("/assets/{name}"),
                "sizes": format!("{size}x{size}"),
                "type": "image/png",
                "purpose": "any maskable",
            })
        })
        .collect();
    let start = format!("/door/{slug}");
    let manifest = json!({
        "id": start,
        "name": door.workshop.title(cx.lang()),
        "short_name": cx.say("door-title"),
        "lang": cx.lang().code(),
        "start_url": start,
        "scope": "/door/",
        "display": "standalone",
        "background_color": "#fcfbf7",
        "theme_color": "#1d5a36",
        "icons": icons,
    });
    let kind = [(CONTENT_TYPE, "application/manifest+json")];
    Ok((kind, Json(manifest).into_response().into_body()).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worker_keeps_what_the_page_loads() {
        let assets = Assets {
            staff_css: "staff.1.css".into(),
            client: Some("client.2".into()),
            ..Assets::default()
        };
        let kept = [
            "/assets/client.2.js",
            "/assets/client.2_bg.wasm",
            "/assets/staff.1.css",
        ];
        assert_eq!(shell(&assets), kept);
        let unbuilt = Assets {
            client: None,
            ..assets
        };
        assert_eq!(shell(&unbuilt), ["/assets/staff.1.css"]);
    }
}
