//! Public pages are kept for a moment, so that a link shared with hundreds of
//! people at once is rendered once.

use super::{AppState, language};
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::Lang;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How old a kept page may be. A deed of this process is seen at once, one of
/// another process, and the passing of time, within this.
const KEPT: Duration = Duration::from_secs(1);

/// As many pages as are kept, and as large: about 10 MB at most.
const MOST: usize = 200;
const LARGEST: usize = 50 * 1024;

/// Marks an answer that may be kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct MayBeKept;

/// The pages kept.
#[derive(Debug, Default)]
pub struct KeptPages(Mutex<HashMap<Key, Kept>>);

type Key = (String, Lang);

#[derive(Debug)]
struct Kept {
    /// The version of the database before the page was rendered.
    version: u64,
    at: Instant,
    headers: HeaderMap,
    html: Bytes,
}

impl KeptPages {
    fn find(&self, key: &Key, version: u64) -> Option<Response> {
        let pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = pages.get(key)?;
        (kept.version == version && kept.at.elapsed() < KEPT)
            .then(|| (kept.headers.clone(), kept.html.clone()).into_response())
    }

    fn keep(&self, key: Key, page: Kept) {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if pages.len() >= MOST {
            pages.clear();
        }
        pages.insert(key, page);
    }
}

/// Answers from the pages kept, for visitors who are nobody in particular: no
/// cookie but the one of the language, and no choice of a language just now.
pub async fn kept(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let (lang, chosen) = language(request.uri().query(), request.headers());
    let anybody = request.method() == Method::GET && !chosen && is_anybody(request.headers());
    if !anybody {
        return next.run(request).await;
    }
    let key = (request.uri().to_string(), lang);
    let version = state.services.db().version();
    if let Some(page) = state.pages.find(&key, version) {
        return page;
    }
    let at = Instant::now();
    let response = next.run(request).await;
    let may_be_kept = response.extensions().get::<MayBeKept>().is_some();
    if !may_be_kept || response.headers().contains_key(SET_COOKIE) {
        return response;
    }
    let (parts, body) = response.into_parts();
    let Ok(html) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    if html.len() <= LARGEST {
        let page = Kept {
            version,
            at,
            headers: parts.headers.clone(),
            html: html.clone(),
        };
        state.pages.keep(key, page);
    }
    Response::from_parts(parts, Body::from(html))
}

fn is_anybody(headers: &HeaderMap) -> bool {
    headers
        .get_all(COOKIE)
        .iter()
        .flat_map(|value| value.as_bytes().split(|byte| *byte == b';'))
        .all(|pair| pair.trim_ascii().starts_with(b"lang="))
}
