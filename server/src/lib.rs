//! How Tập Huấn runs: command line, settings, router and guards, JSON doors,
//! browser sessions, assets and workers. It knows the deeds and the pages; they
//! know nothing of it.

mod api;
mod assets;
mod cli;
mod commands;
mod guards;
mod log;
mod router;
mod sessions;
mod settings;
mod shutdown;
mod stop;
mod trouble;
mod workers;

use clap::Parser;
use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;
use stop::Stop;

/// Runs the command line: 0 when the work was done, 1 when something stands in
/// its way, 2 when a setting or an argument is wrong. What is in the way is one
/// sentence on the standard error.
#[must_use]
pub fn run() -> ExitCode {
    let cli = cli::Cli::parse();
    // Two providers in one process would panic at the first handshake; only
    // the first call counts.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            return refuse(&Stop::trouble(format!(
                "The program cannot start: {error}."
            )));
        }
    };
    let done = runtime.block_on(commands::run(cli));
    runtime.shutdown_timeout(Duration::from_secs(1));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => refuse(&stop),
    }
}

fn refuse(stop: &Stop) -> ExitCode {
    // Nobody is left to tell when the standard error is closed.
    let _ = writeln!(std::io::stderr(), "{stop}");
    stop.exit_code()
}
