//! Asking the server, with patience that ends.

use crate::door::wire::Trouble;
use futures::future::{Either, select};
use gloo_net::http::{Request, RequestBuilder, Response};
use gloo_timers::future::TimeoutFuture;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::pin::pin;

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lost {
    /// The server was not reached.
    Away,
    /// The answer took too long.
    Late,
    /// The server answered that it is in trouble, or something else answered.
    Broken,
    /// The device may not check anybody in any more; what it met is heard.
    Revoked,
    /// The server failed at just what was asked of it.
    Failed,
    /// Nothing that the device met is taken any more.
    Over,
    /// Somebody has to sign in first.
    SignIn,
    /// The server will not, whatever is tried.
    Refused,
}

/// How long an answer at the door is waited for.
pub(super) const PATIENCE: u32 = 3_000;

/// How long for a batch or a list.
pub(super) const LONG: u32 = 20_000;

pub(super) async fn get<T: DeserializeOwned>(path: &str) -> Result<T, Lost> {
    let asked = async { read(Request::get(path).send().await).await };
    in_time(asked, LONG).await
}

pub(super) async fn post<T: DeserializeOwned>(
    path: &str,
    body: &impl Serialize,
    patience: u32,
) -> Result<T, Lost> {
    let asked = async {
        let request: RequestBuilder = Request::post(path);
        match request.json(body) {
            Ok(request) => read(request.send().await).await,
            Err(_) => Err(Lost::Refused),
        }
    };
    in_time(asked, patience).await
}

/// A late answer is dropped: what was asked can be asked again.
async fn in_time<T>(
    asked: impl Future<Output = Result<T, Lost>>,
    patience: u32,
) -> Result<T, Lost> {
    match select(pin!(asked), TimeoutFuture::new(patience)).await {
        Either::Left((answer, _)) => answer,
        Either::Right(_) => Err(Lost::Late),
    }
}

async fn read<T: DeserializeOwned>(answer: Result<Response, gloo_net::Error>) -> Result<T, Lost> {
    let answer = answer.map_err(|_| Lost::Away)?;
    let status = answer.status();
    if status == 200 {
        return answer.json().await.map_err(|_| Lost::Broken);
    }
    // Whatever stands between may answer anything; the server says why.
    let said: Result<Trouble, _> = answer.json().await;
    let Ok(Trouble { reason }) = said else {
        return Err(Lost::Broken);
    };
    Err(match (status, reason.as_str()) {
        (403, "revoked") => Lost::Revoked,
        (403, "over") => Lost::Over,
        (401, _) => Lost::SignIn,
        (403 | 408 | 429, _) => Lost::Broken,
        (400..=499, _) => Lost::Refused,
        (500, _) => Lost::Failed,
        _ => Lost::Broken,
    })
}
