//! When to stop.

use crate::stop::Stop;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// How long requests and mails in hand may take to be finished.
pub(crate) const LIMIT: Duration = Duration::from_secs(25);

/// Cancelled by SIGTERM or SIGINT. Listens from now on.
///
/// # Errors
/// When the system gives no signals.
pub(crate) fn asked() -> Result<CancellationToken, Stop> {
    let unheard = |error| Stop::trouble(format!("The system's signals cannot be heard: {error}."));
    let mut terminate = signal(SignalKind::terminate()).map_err(unheard)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(unheard)?;
    let stop = CancellationToken::new();
    let heard = stop.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping: requests and the mail in hand are finished");
        heard.cancel();
    });
    Ok(stop)
}
