//! One page: its frame, its headers, its language.

use super::Cx;
use super::kept::MayBeKept;
use crate::html::*;
use crate::shell::frame;
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, LOCATION, SET_COOKIE, VARY};
use axum::http::{HeaderValue, Request, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::{Coded, Problems};
use futures::stream::{self, Stream, StreamExt};
use std::pin::Pin;
use std::sync::{Arc, Mutex};

/// What the frame around a page must know.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) title: String,
    pub(crate) staff: bool,
    pub(crate) islands: bool,
    pub(crate) class: &'static str,
    /// What search engines and messengers show of it.
    pub(crate) about: Option<About>,
    /// Where the manifest lies of a page that can be put on a phone.
    pub(crate) manifest: Option<String>,
    /// How it is shown again in the other language.
    pub(crate) again: Option<Again>,
    /// It frames the HTML of a mail.
    mail: bool,
    status: StatusCode,
    kept: bool,
}

/// What search engines and messengers show of a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct About {
    /// One or two sentences.
    pub(crate) description: String,
    /// The path of the page without filters.
    pub(crate) path: String,
    /// What it is about for machines: an object of schema.org.
    pub(crate) data: Option<serde_json::Value>,
}

/// A page that answers a form: asked for anew in the other language, it is sent
/// what was typed, and does nothing.
#[derive(Clone, Debug)]
pub(crate) struct Again {
    /// Where it is sent to.
    pub(crate) action: String,
    /// What was typed, field by field.
    pub(crate) fields: Vec<(&'static str, String)>,
}

impl Page {
    /// With what search engines and messengers show of it.
    pub(crate) fn about(self, about: About) -> Self {
        Self {
            about: Some(about),
            ..self
        }
    }

    /// A page for everybody: small, without a script.
    pub(crate) fn public(title: &str) -> Self {
        Self {
            title: title.to_owned(),
            staff: false,
            islands: false,
            class: "page",
            about: None,
            manifest: None,
            again: None,
            mail: false,
            status: StatusCode::OK,
            kept: false,
        }
    }

    /// A page for people who sign in.
    pub(crate) fn staff(title: &str) -> Self {
        Self {
            staff: true,
            ..Self::public(title)
        }
    }

    /// The same for everybody: kept for a moment for the next who ask.
    pub(crate) fn kept(self) -> Self {
        Self { kept: true, ..self }
    }

    /// With islands: loads the browser half.
    pub(crate) fn islands(self) -> Self {
        Self {
            islands: true,
            ..self
        }
    }

    /// Can be put on a phone, and opens there without a network.
    pub(crate) fn installed(self, manifest: String) -> Self {
        Self {
            manifest: Some(manifest),
            ..self
        }
    }

    /// With what was typed, which goes along into the other language.
    pub(crate) fn again(self, action: String, fields: Vec<(&'static str, String)>) -> Self {
        Self {
            again: Some(Again { action, fields }),
            ..self
        }
    }

    /// With the HTML of a mail in a frame, whose looks stand in its elements.
    pub(crate) fn with_mail(self) -> Self {
        Self { mail: true, ..self }
    }

    /// As narrow as a form.
    pub(crate) fn narrow(self) -> Self {
        Self {
            class: "page page--narrow",
            ..self
        }
    }

    /// As wide as a table needs.
    pub(crate) fn wide(self) -> Self {
        Self {
            class: "page page--wide",
            ..self
        }
    }

    /// With another status than 200.
    pub(crate) fn status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// Shown again when there are problems: 422 then.
    pub(crate) fn checked(self, problems: &Problems) -> Self {
        if problems.is_empty() {
            self
        } else {
            self.unprocessable()
        }
    }

    /// Shown again with problems: 422.
    pub(crate) fn unprocessable(self) -> Self {
        self.status(StatusCode::UNPROCESSABLE_ENTITY)
    }
}

/// What stands in the frame.
type Content = Box<dyn FnOnce() -> AnyView + Send>;

impl Cx {
    /// Renders a page. The body runs once, inside leptos' owner.
    pub(crate) fn show<V: IntoView + 'static>(
        &self,
        page: Page,
        body: impl FnOnce() -> V + Send + 'static,
    ) -> impl Future<Output = Response> + Send {
        // Boxed, so that what follows is compiled once and not for each page.
        self.show_any(page, Box::new(move || body().into_any()))
    }

    async fn show_any(&self, page: Page, body: Content) -> Response {
        let status = page.status;
        let islands = page.islands;
        let (installed, mail) = (page.manifest.is_some(), page.mail);
        let kept = page.kept;
        let nonce_kept: Arc<Mutex<Option<String>>> = Arc::default();
        let keep = Arc::clone(&nonce_kept);
        let cx = self.clone();
        let view = move || {
            if let Ok(mut kept) = keep.lock() {
                *kept = leptos::nonce::use_nonce().map(|nonce| nonce.to_string());
            }
            frame(&cx, &page, body()).into_any()
        };
        let request = Request::builder()
            .uri(&self.path)
            .body(Body::empty())
            .unwrap_or_default();
        let stream = if islands { with_data } else { alone };
        let mut response = leptos_axum::handle_response_inner(|| (), view, request, stream).await;
        *response.status_mut() = status;
        let nonce = nonce_kept.lock().ok().and_then(|mut kept| kept.take());
        self.head(&mut response, (islands, installed, mail), nonce.as_deref());
        if kept {
            response.extensions_mut().insert(MayBeKept);
        }
        response
    }

    fn head(
        &self,
        response: &mut Response,
        (islands, installed, mail): (bool, bool, bool),
        nonce: Option<&str>,
    ) {
        let worker = if installed {
            "; worker-src 'self'; manifest-src 'self'"
        } else {
            ""
        };
        let script = match nonce {
            Some(nonce) if islands => {
                format!(
                    "script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; connect-src 'self'{worker}"
                )
            }
            _ => "script-src 'none'".to_owned(),
        };
        // A frame without an address of its own has the policy of its page. Only
        // attributes are let in: no mail brings a sheet.
        let looks = if mail {
            "; style-src-attr 'unsafe-inline'"
        } else {
            ""
        };
        let policy = format!(
            "default-src 'none'; style-src 'self'{looks}; font-src 'self'; img-src 'self' data:; {script}; \
             form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        );
        let headers = response.headers_mut();
        if let Ok(policy) = HeaderValue::try_from(policy) {
            headers.insert(CONTENT_SECURITY_POLICY, policy);
        }
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(VARY, HeaderValue::from_static("cookie, accept-language"));
        if self.lang_chosen {
            let cookie = format!(
                "lang={}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly",
                self.lang().code()
            );
            if let Ok(cookie) = HeaderValue::try_from(cookie) {
                headers.append(SET_COOKIE, cookie);
            }
        }
    }
}

/// Leads on after a form was taken (RFC 9110, 303).
pub(crate) fn see_other(path: &str) -> Response {
    match HeaderValue::try_from(path) {
        Ok(path) => (StatusCode::SEE_OTHER, [(LOCATION, path)]).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

type Chunks = Pin<Box<dyn Stream<Item = String> + Send>>;
type LaterChunks = Box<dyn FnOnce() -> Chunks + Send>;
type Document = Pin<Box<dyn Future<Output = Chunks> + Send>>;

/// The page and nothing behind it: leptos would add scripts with the data of
/// resources, of which a page without islands has none.
fn alone(app: AnyView, _later: LaterChunks, _out_of_order: bool) -> Document {
    let html = app.to_html();
    Box::pin(async move { Box::pin(stream::once(async move { html })) as Chunks })
}

/// The page and the data that islands look for.
fn with_data(app: AnyView, later: LaterChunks, _out_of_order: bool) -> Document {
    let html = app.to_html();
    Box::pin(async move { Box::pin(stream::once(async move { html }).chain(later())) as Chunks })
}
