//! Who asks, in which language, and what answers.

use super::{KeptPages, Oops, language};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use domain::{AccountRole, Lang};
use service::{Actor, Failure, Organizer, Services};
use std::sync::Arc;
use text::Words;
use tower_sessions::Session;

/// The key under which a browser session holds the account.
pub const SESSION_ACCOUNT: &str = "account";

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
}

/// The context of one request.
#[derive(Clone, Debug)]
pub(crate) struct Cx {
    pub(crate) services: Services,
    pub(crate) assets: Arc<Assets>,
    pub(crate) actor: Actor,
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
        let cx = Self {
            actor: actor(parts, &state.services).await?,
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

async fn actor(parts: &Parts, services: &Services) -> Result<Actor, Failure> {
    let Some(session) = parts.extensions.get::<Session>() else {
        return Ok(Actor::Anonymous);
    };
    match session.get::<i64>(SESSION_ACCOUNT).await {
        Ok(Some(id)) => services.actor_by_account(id).await,
        Ok(None) => Ok(Actor::Anonymous),
        Err(error) => Err(Failure::internal(error)),
    }
}
