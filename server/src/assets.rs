//! What the browser half was built into: style sheets, fonts, pictures, the
//! script. Inside the binary of a release; read from `target/site` otherwise.

use axum::Router;
use axum::body::Body;
use axum::extract::Path;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, HeaderName, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use rust_embed::{EmbeddedFile, RustEmbed};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A name carries the hash of its content, so a browser may keep it for good.
const FOR_A_YEAR: &str = "public, max-age=31536000, immutable";

#[derive(RustEmbed)]
#[folder = "../target/site/"]
#[allow_missing = true]
struct Site;

/// Written by the bundle.
#[derive(Debug, Deserialize)]
struct Manifest {
    client: Option<String>,
    public_css: String,
    staff_css: String,
    #[serde(default)]
    files: BTreeMap<String, String>,
}

/// The current names; none when the browser half has not been built.
pub(crate) fn names() -> Option<app::Assets> {
    let manifest = Site::get("manifest.json")?;
    let manifest: Manifest = serde_json::from_slice(&manifest.data).ok()?;
    Some(manifest.into())
}

impl From<Manifest> for app::Assets {
    fn from(manifest: Manifest) -> Self {
        let mut icons: Vec<(u16, String)> = manifest
            .files
            .iter()
            .filter_map(|(source, name)| {
                let (_, side) = source.strip_suffix(".png")?.rsplit_once("/icon-")?;
                Some((side.parse().ok()?, name.clone()))
            })
            .collect();
        icons.sort();
        let address = |source| Some(format!("/assets/{}", manifest.files.get(source)?));
        let code_reader = address("static/zxing.js")
            .zip(address("static/zxing.wasm"))
            .map(|(script, program)| app::CodeReader { script, program });
        let favicon = manifest
            .files
            .into_iter()
            .find(|(source, _)| {
                source
                    .rsplit('/')
                    .next()
                    .unwrap_or_default()
                    .starts_with("favicon.")
            })
            .map(|(_, name)| name);
        Self {
            public_css: manifest.public_css,
            staff_css: manifest.staff_css,
            client: manifest.client,
            favicon,
            icons,
            code_reader,
        }
    }
}

/// The route of the assets.
pub(crate) fn router() -> Router {
    Router::new()
        .route("/assets/{*path}", get(asset))
        .route("/favicon.ico", get(favicon))
}

/// Browsers ask here for the icon of what is no page, such as a calendar file.
async fn favicon() -> Response {
    let named = |names: app::Assets| {
        let smallest = names.icons.into_iter().next().map(|(_, name)| name);
        names.favicon.or(smallest)
    };
    match names().and_then(named) {
        Some(name) => Redirect::temporary(&format!("/assets/{name}")).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn asset(Path(path): Path<String>, headers: HeaderMap) -> Response {
    if path.split('/').any(|part| part == "..") {
        return StatusCode::NOT_FOUND.into_response();
    }
    for (encoding, ending) in accepted(&headers) {
        if let Some(file) = read(format!("assets/{path}{ending}")).await {
            return respond(&path, encoding, file);
        }
    }
    StatusCode::NOT_FOUND.into_response()
}

fn respond(path: &str, encoding: Option<&'static str>, file: EmbeddedFile) -> Response {
    let mut response = Response::new(Body::from(file.data));
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    set(CONTENT_TYPE, content_type(path));
    set(CACHE_CONTROL, FOR_A_YEAR);
    set(VARY, "accept-encoding");
    if let Some(encoding) = encoding {
        set(CONTENT_ENCODING, encoding);
    }
    response
}

/// A release reads from its own memory; otherwise the disk is read, which does
/// not belong on the runtime.
async fn read(name: String) -> Option<EmbeddedFile> {
    if cfg!(debug_assertions) {
        let read = tokio::task::spawn_blocking(move || Site::get(&name));
        read.await.ok().flatten()
    } else {
        Site::get(&name)
    }
}

/// What the browser can unpack, the smallest first, and as it is.
fn accepted(headers: &HeaderMap) -> impl Iterator<Item = (Option<&'static str>, &'static str)> {
    let accepts = headers
        .get(ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .to_ascii_lowercase();
    let packed = [("br", ".br"), ("gzip", ".gz")]
        .into_iter()
        .filter(move |(encoding, _)| accepts.split(',').any(|range| takes(range, encoding)))
        .map(|(encoding, ending)| (Some(encoding), ending));
    packed.chain([(None, "")])
}

/// Whether one range of `Accept-Encoding` takes an encoding: named, and not
/// with weight 0.
fn takes(range: &str, encoding: &str) -> bool {
    let (name, weight) = range.split_once(';').unwrap_or((range, ""));
    let weight = weight.trim().strip_prefix("q=").map(str::trim);
    name.trim() == encoding && weight.is_none_or(|q| q.parse::<f32>().is_ok_and(|q| q > 0.0))
}

fn content_type(path: &str) -> &'static str {
    let (_, ending) = path.rsplit_once('.').unwrap_or_default();
    match ending {
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "woff2" => "font/woff2",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "jpg" | "jpeg" => "image/jpeg",
        "ico" => "image/x-icon",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_of_the_bundle_is_read() {
        let manifest: Manifest = serde_json::from_str(
            r#"{ "client": "client.1", "public_css": "public.2.css", "staff_css": "staff.3.css",
                 "files": { "static/zxing.js": "zxing.8.js", "static/zxing.wasm": "zxing.9.wasm", "icons/favicon.svg": "favicon.4.svg", "static/icon-512.png": "icon-512.6.png",
                   "static/icon-192.png": "icon-192.7.png", "fonts/a.woff2": "a.5.woff2" } }"#,
        )
        .unwrap();
        let names = app::Assets::from(manifest);
        assert_eq!(names.client.as_deref(), Some("client.1"));
        assert_eq!(names.favicon.as_deref(), Some("favicon.4.svg"));
        let icons = [
            (192, "icon-192.7.png".to_owned()),
            (512, "icon-512.6.png".to_owned()),
        ];
        assert_eq!(names.icons, icons);
        let reader = app::CodeReader {
            script: "/assets/zxing.8.js".into(),
            program: "/assets/zxing.9.wasm".into(),
        };
        assert_eq!(names.code_reader, Some(reader));
    }

    #[test]
    fn the_smallest_that_the_browser_takes_goes_first() {
        let endings = |accepts: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(accepts));
            accepted(&headers)
                .map(|(_, ending)| ending)
                .collect::<Vec<_>>()
        };
        assert_eq!(endings("gzip, deflate, br, zstd"), [".br", ".gz", ""]);
        assert_eq!(endings("br;q=0, GZIP;q=0.5"), [".gz", ""]);
        assert_eq!(endings("identity"), [""]);
    }

    #[tokio::test]
    async fn nothing_outside_is_served() {
        for path in ["nowhere.css", "../manifest.json", "../../../Cargo.toml"] {
            let response = asset(Path(path.to_owned()), HeaderMap::new()).await;
            assert_eq!(response.status(), 404, "{path}");
        }
    }
}
