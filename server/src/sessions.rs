//! Browser sessions: kept in the database by the deeds, under the hash of the
//! cookie's token. A visitor without a cookie costs no query.

use app::SESSION_ACCOUNT;
use async_trait::async_trait;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use service::Services;
use std::collections::HashMap;
use tower_sessions::cookie::SameSite;
use tower_sessions::cookie::time::{Duration, OffsetDateTime};
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};
use tower_sessions::{Expiry, Session, SessionManagerLayer, SessionStore};

/// A session ends when nobody has used it for so long.
const INACTIVITY: Duration = Duration::hours(12);

/// Using a session is written down once in so many seconds, not at every page.
const TOUCH: i64 = 600;

/// The key under which this module keeps when the session was last used.
const SEEN: &str = "seen";

/// The layer that gives every request its session. `secure` when people reach
/// the server over https.
pub(crate) fn layer(services: Services, secure: bool) -> SessionManagerLayer<Store> {
    SessionManagerLayer::new(Store(services))
        .with_name("taphuan")
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_secure(secure)
        .with_expiry(Expiry::OnInactivity(INACTIVITY))
}

/// Keeps the session of somebody who is signed in from ending while it is used.
pub(crate) async fn stay(
    State(services): State<Services>,
    session: Session,
    request: Request,
    next: Next,
) -> Response {
    let response = next.run(request).await;
    if session.id().is_some()
        && touch(&session, services.clock().now().timestamp())
            .await
            .is_err()
    {
        tracing::warn!("a session could not be prolonged");
    }
    response
}

async fn touch(
    session: &Session,
    now: i64,
) -> std::result::Result<(), tower_sessions::session::Error> {
    let signed_in = session.get::<i64>(SESSION_ACCOUNT).await?.is_some();
    let seen = session.get::<i64>(SEEN).await?.unwrap_or(0);
    if signed_in && now - seen >= TOUCH {
        session.insert(SEEN, now).await?;
    }
    Ok(())
}

/// The sessions of the deeds, as tower-sessions asks for them.
#[derive(Clone, Debug)]
pub(crate) struct Store(Services);

/// What is kept of a session. Its id, which is the cookie's token, is not.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    data: HashMap<String, Value>,
    /// Seconds since 1970.
    expires_at: i64,
}

impl Kept {
    /// What is kept of a record, written down, and when it ends.
    fn of(record: &Record) -> Result<(String, DateTime<Utc>)> {
        let kept = Self {
            data: record.data.clone(),
            expires_at: record.expiry_date.unix_timestamp(),
        };
        let ends = DateTime::from_timestamp(kept.expires_at, 0)
            .ok_or_else(|| Error::Encode("the end is no time".to_owned()))?;
        let json =
            serde_json::to_string(&kept).map_err(|error| Error::Encode(error.to_string()))?;
        Ok((json, ends))
    }
}

#[async_trait]
impl SessionStore for Store {
    /// A fresh id has 128 random bits: no other session has it.
    async fn create(&self, record: &mut Record) -> Result<()> {
        let (json, ends) = Kept::of(record)?;
        self.0
            .keep_sign_in(&record.id.to_string(), &json, ends)
            .await
            .map_err(|failure| Error::Backend(failure.to_string()))
    }

    /// A session that was ended meanwhile stays ended.
    async fn save(&self, record: &Record) -> Result<()> {
        let (json, ends) = Kept::of(record)?;
        self.0
            .renew_sign_in(&record.id.to_string(), &json, ends)
            .await
            .map_err(|failure| Error::Backend(failure.to_string()))
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let found = self
            .0
            .load_sign_in(&id.to_string())
            .await
            .map_err(|failure| Error::Backend(failure.to_string()))?;
        let Some(json) = found else {
            return Ok(None);
        };
        let kept: Kept =
            serde_json::from_str(&json).map_err(|error| Error::Decode(error.to_string()))?;
        let expiry_date = OffsetDateTime::from_unix_timestamp(kept.expires_at)
            .map_err(|error| Error::Decode(error.to_string()))?;
        Ok(Some(Record {
            id: *id,
            data: kept.data,
            expiry_date,
        }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        self.0
            .delete_sign_in(&id.to_string())
            .await
            .map_err(|failure| Error::Backend(failure.to_string()))
    }
}

#[cfg(test)]
mod tests;
