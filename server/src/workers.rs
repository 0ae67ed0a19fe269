//! The work behind the web site: mail and housekeeping. A failure is logged and
//! waited out; nothing here ends the process.

use service::Services;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How long the outbox rests when there is nothing to do and nobody rings: for
/// mail that another process pushed, and for retries that fall due.
const REST: Duration = Duration::from_millis(1500);

/// How often old rows are swept out.
const HOUSEKEEPING: Duration = Duration::from_secs(600);

/// How often the store is looked through for what nothing names.
const SWEEP: Duration = Duration::from_secs(24 * 60 * 60);

/// The longest wait after failures in a row.
const LONGEST: Duration = Duration::from_secs(60);

/// Works until asked to stop, and finishes the mail in hand.
pub(crate) async fn run(services: Services, stop: CancellationToken) {
    tokio::join!(
        alive("outbox", &stop, || outbox(services.clone(), stop.clone())),
        alive("deadlines", &stop, || deadlines(
            services.clone(),
            stop.clone()
        )),
        alive("news", &stop, || news(services.clone(), stop.clone())),
        alive("lost links", &stop, || lost_links(
            services.clone(),
            stop.clone()
        )),
        alive("imports", &stop, || imports(services.clone(), stop.clone())),
        alive("housekeeping", &stop, || housekeeping(
            services.clone(),
            stop.clone()
        )),
        alive("sweeping", &stop, || sweeping(
            services.clone(),
            stop.clone()
        )),
    );
}

/// Starts a worker again should it panic.
async fn alive<F>(name: &str, stop: &CancellationToken, work: impl Fn() -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    while let Err(error) = tokio::spawn(work()).await {
        tracing::error!(name, %error, "a worker broke off and is started again");
        wait(stop, LONGEST).await;
        if stop.is_cancelled() {
            return;
        }
    }
}

async fn outbox(services: Services, stop: CancellationToken) {
    let mut failures = 0;
    while !stop.is_cancelled() {
        match services.deliver_due().await {
            Ok(0) => {
                failures = 0;
                tokio::select! {
                    () = stop.cancelled() => {}
                    () = services.outbox_rings(REST) => {}
                }
            }
            Ok(_) => failures = 0,
            Err(failure) => {
                failures += 1;
                tracing::error!(%failure, failures, "mail waits");
                wait(&stop, back_off(failures)).await;
            }
        }
    }
}

/// Looks for what is over by the clock: offers that nobody took, requests that
/// nobody decided, minimums that were missed, messages whose time has come. One in trouble does not keep the
/// others waiting.
async fn deadlines(services: Services, stop: CancellationToken) {
    while !stop.is_cancelled() {
        if let Err(failure) = services.lapse_offers().await {
            tracing::error!(%failure, "offers are looked at later");
        }
        if let Err(failure) = services.decline_undecided().await {
            tracing::error!(%failure, "requests are looked at later");
        }
        if let Err(failure) = services.alert_minimums().await {
            tracing::error!(%failure, "minimums are looked at later");
        }
        if let Err(failure) = services.start_due_campaigns().await {
            tracing::error!(%failure, "messages leave later");
        }
        wait(&stop, LONGEST).await;
    }
}

/// Hears what other servers on the same database have done, and ends the
/// streams of this one when it stops.
async fn news(services: Services, stop: CancellationToken) {
    let mut failures = 0;
    while !stop.is_cancelled() {
        let heard = tokio::select! {
            () = stop.cancelled() => break,
            heard = services.hear_others() => heard,
        };
        match heard {
            Ok(()) => failures = 0,
            Err(failure) => {
                failures += 1;
                tracing::error!(%failure, failures, "other servers are not heard");
                wait(&stop, back_off(failures)).await;
            }
        }
    }
    services.end_streams();
}

/// Registers the files that organisers confirmed, also those that a server
/// which died left behind.
async fn imports(services: Services, stop: CancellationToken) {
    while !stop.is_cancelled() {
        if let Err(failure) = services.run_imports().await {
            tracing::error!(%failure, "imports wait");
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = services.import_rings(LONGEST) => {}
        }
    }
}

/// Sends the links that registrants asked for, those of the last moment too.
async fn lost_links(services: Services, stop: CancellationToken) {
    loop {
        let last = stop.is_cancelled();
        if let Err(failure) = services.send_asked_links().await {
            tracing::error!(%failure, "lost links wait");
            wait(&stop, LONGEST).await;
        }
        if last {
            return;
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = services.lost_links_ring(LONGEST) => {}
        }
    }
}

async fn housekeeping(services: Services, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let swept = async {
            services.limits().sweep();
            services.forget_old_answers().await?;
            services.forget_expired_sign_ins().await?;
            services.drop_import_files().await
        };
        if let Err(failure) = swept.await {
            tracing::error!(%failure, "housekeeping is put off");
        }
        wait(&stop, HOUSEKEEPING).await;
    }
}

/// Removes from the store what a server that died left there, at the start and
/// once a day.
async fn sweeping(services: Services, stop: CancellationToken) {
    while !stop.is_cancelled() {
        if let Err(failure) = services.sweep_files().await {
            tracing::error!(%failure, "the store is swept another day");
        }
        wait(&stop, SWEEP).await;
    }
}

/// 1, 2, 4 … seconds, a minute at most.
fn back_off(failures: u32) -> Duration {
    let seconds = 1_u64 << failures.saturating_sub(1).min(6);
    Duration::from_secs(seconds).min(LONGEST)
}

async fn wait(stop: &CancellationToken, time: Duration) {
    let _ = tokio::time::timeout(time, stop.cancelled()).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_minute() {
        let seconds = [1, 2, 3, 6, 7, 99].map(|failures| back_off(failures).as_secs());
        assert_eq!(seconds, [1, 2, 4, 32, 60, 60]);
    }
}
