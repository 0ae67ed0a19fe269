//! The web site and the work behind it, in one process.

use super::say;
use crate::router::router;
use crate::settings::Settings;
use crate::stop::Stop;
use crate::{assets, shutdown, workers};
use app::AppState;
use axum::serve::ListenerExt;
use domain::Coded;

use service::{Conflict, Failure, Services, demo_sign_ins};
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;

/// Serves until asked to stop, then finishes what is in flight.
///
/// # Errors
/// What keeps it from starting.
pub(super) async fn serve(settings: &Settings, demo: bool) -> Result<(), Stop> {
    let listener = listen(settings.listen).await?;
    let address = listener
        .local_addr()
        .map_err(|error| Stop::trouble(format!("The port that was taken is gone: {error}.")))?;
    let assets = assets::names().ok_or_else(|| {
        Stop::trouble(
            "The browser half has not been built: run `make run`, or `cargo run -p bundle` and then this again.",
        )
    })?;
    let services = settings.open(address).await?;
    services.migrate().await?;
    if demo {
        fill(&services).await?;
    }
    let state = AppState {
        services: services.clone(),
        pages: Arc::default(),
        assets: Arc::new(assets),
    };
    let stop = shutdown::asked()?;
    let listener = listener.tap_io(|stream| {
        // Small answers are not held back to be joined.
        let _ = stream.set_nodelay(true);
    });
    let routes = router(state).into_make_service_with_connect_info::<SocketAddr>();
    let serving =
        axum::serve(listener, routes).with_graceful_shutdown(stop.clone().cancelled_owned());
    let serving = tokio::spawn(serving.into_future());
    let working = tokio::spawn(workers::run(services.clone(), stop.clone()));
    announce(&services, address).await?;

    stop.cancelled().await;
    let finishing = async { tokio::join!(serving, working) };
    if tokio::time::timeout(shutdown::LIMIT, finishing)
        .await
        .is_err()
    {
        tracing::warn!("stopped although some requests or mails were not finished");
    }
    Ok(())
}

async fn listen(address: SocketAddr) -> Result<TcpListener, Stop> {
    TcpListener::bind(address).await.map_err(|error| {
        let port = address.port();
        Stop::trouble(match error.kind() {
            ErrorKind::AddrInUse => format!(
                "Port {port} on {} is taken by another program: stop that one, or choose another port with --listen {}.",
                address.ip(),
                SocketAddr::new(address.ip(), port.checked_add(1).unwrap_or(0)),
            ),
            ErrorKind::PermissionDenied => format!(
                "This user may not listen on port {port}: choose one above 1023 with --listen."
            ),
            ErrorKind::AddrNotAvailable => format!(
                "This computer does not have the address {}: choose another with --listen, for example 127.0.0.1:{port}.",
                address.ip()
            ),
            _ => format!("LISTEN: {address} cannot be listened on ({error}); choose another with --listen."),
        })
    })
}

/// Fills a new database; one with data stays as it is.
async fn fill(services: &Services) -> Result<(), Stop> {
    match services.fill_demo().await {
        Ok(_) => {
            tracing::info!("the new database was filled with the demo programme");
            Ok(())
        }
        Err(Failure::Conflict(Conflict::NotEmpty)) => Ok(()),
        Err(failure) => Err(failure.into()),
    }
}

/// Says where it is, and how to get into a demo. The address is the last line.
async fn announce(services: &Services, address: SocketAddr) -> Result<(), Stop> {
    if services.frame().await?.demo {
        let sign_ins = demo_sign_ins();
        say("This is a demo; its accounts work on a loopback address only:");
        for (role, email) in &sign_ins.accounts {
            say(format_args!(
                "  {:<10} {email:<24} {}",
                role.code(),
                sign_ins.password
            ));
        }
    }
    let here = format!("http://{address}");
    let public = services.public_url().as_str().trim_end_matches('/');
    if public == here && address.ip().is_unspecified() {
        tracing::warn!("PUBLIC_URL is not set: links in mails will lead to {here}");
    }
    if public != here {
        say(format_args!("Listening on {here}"));
    }
    say(public);
    Ok(())
}
