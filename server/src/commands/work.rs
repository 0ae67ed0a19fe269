//! The workers alone.

use crate::settings::Settings;
use crate::stop::Stop;
use crate::{shutdown, workers};

/// Works until asked to stop. The schema is the business of whoever serves.
///
/// # Errors
/// When the database or the store cannot be opened.
pub(super) async fn work(settings: &Settings) -> Result<(), Stop> {
    let services = settings.open(settings.listen).await?;
    let stop = shutdown::asked()?;
    tracing::info!("working");
    let working = tokio::spawn(workers::run(services, stop.clone()));
    stop.cancelled().await;
    if tokio::time::timeout(shutdown::LIMIT, working)
        .await
        .is_err()
    {
        tracing::warn!("stopped with mail in hand, which is sent again later");
    }
    Ok(())
}
