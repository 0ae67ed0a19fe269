//! Who asks, in which language, and what answers.

use super::language::cookie;
use super::{KeptPages, Oops, language};
use crate::CodeReader;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use domain::{AccountRole, Lang};
use service::{Actor, Failure, Organizer, Services};
use std::sync::Arc;
use text::Words;
use tower_sessions::Session;

/// The key under which a browser session holds the account.
pub const SESSION_ACCOUNT: &str = "account";

/// The cookie of a device at the door; its path is the door of one workshop.
pub(crate) const DEVICE_COOKIE: &str = "door";

/// What every page needs from the server.
#[derive(Clone, Debug)]
pub struct AppState {
    /// The deeds.
    pub services: Services,
    /// The names of the built files.
    pub assets: Arc<Assets>,
    /// The public pages kept for a moment.
    pub pages: Arc<KeptPages>,
}

/// The names of the built files, served under `/assets/`.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// The style sheet of public pages.
    pub public_css: String,
    /// The style sheet of staff pages.
    pub staff_css: String,
    /// The name of the browser half without its endings, once it is built.
    pub client: Option<String>,
    /// The picture of the browser tab.
    pub favicon: Option<String>,
    /// The pictures of what can be put on a phone: the side in dots, and the name.
    pub icons: Vec<(u16, String)>,
    /// The addresses of what reads QR codes where browsers do not.
    pub code_reader: Option<CodeReader>,
}

/// The context of one request.
#[derive(Clone, Debug)]
pub(crate) struct Cx {
    pub(crate) services: Services,
    pub(crate) assets: Arc<Assets>,
    pub(crate) actor: Actor,
    /// The token of this browser as a device at the door, if it is one.
    pub(crate) device: Option<String>,
    pub(crate) words: Words,
    /// The language was chosen by this very request.
    pub(crate) lang_chosen: bool,
    /// The path asked for, without its query.
    pub(crate) path: String,
    /// The query asked for, without the choice of a language.
    pub(crate) query: String,
    /// The organiser whose name stands on the page.
    pub(crate) organizer: Organizer,
    /// A demo database says so on every page.
    pub(crate) demo: bool,
}

impl Cx {
    pub(crate) fn lang(&self) -> Lang {
        self.words.0
    }

    /// The words under a key.
    pub(crate) fn say(&self, key: &str) -> String {
        self.words.say(key)
    }

    /// The words under a key with values put in.
    pub(crate) fn say_with(&self, key: &str, args: &[(&'static str, text::Arg<'_>)]) -> String {
        self.words.say_with(key, args)
    }

    pub(crate) fn role(&self) -> Option<AccountRole> {
        self.actor.role()
    }
}

impl FromRequestParts<AppState> for Cx {
    type Rejection = Oops;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Oops> {
        if let Some(cx) = parts.extensions.get::<Self>() {
            return Ok(cx.clone());
        }
        let (lang, lang_chosen) = language(parts.uri.query(), &parts.headers);
        let frame = state.services.frame().await?;
        let device = cookie(&parts.headers, DEVICE_COOKIE).map(str::to_owned);
        let cx = Self {
            actor: actor(parts, &state.services, device.as_deref()).await?,
            device,
            organizer: frame.organizer,
            demo: frame.demo,
            services: state.services.clone(),
            assets: Arc::clone(&state.assets),
            words: Words(lang),
            lang_chosen,
            path: parts.uri.path().to_owned(),
            query: without_language(parts.uri.query().unwrap_or_default()),
        };
        parts.extensions.insert(cx.clone());
        Ok(cx)
    }
}

fn without_language(query: &str) -> String {
    let pairs = url::form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != "lang");
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}

/// Who is signed in, else the device that stands at a door.
async fn actor(parts: &Parts, services: &Services, device: Option<&str>) -> Result<Actor, Failure> {
    let Some(session) = parts.extensions.get::<Session>() else {
        return Ok(Actor::Anonymous);
    };
    let account = session.get::<i64>(SESSION_ACCOUNT).await;
    let actor = match account.map_err(Failure::internal)? {
        Some(id) => services.actor_by_account(id).await?,
        None => Actor::Anonymous,
    };
    match device {
        Some(token) => services.actor_at_door(actor, token).await,
        None => Ok(actor),
    }
}
