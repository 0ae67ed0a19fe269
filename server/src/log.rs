//! The log: on the standard error, without personal data.

use crate::stop::Stop;
use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;

/// Reads how much to log, for example `info` or `info,service=debug`.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn filter(level: &str) -> Result<EnvFilter, Stop> {
    let wrong = |error: &dyn std::fmt::Display| {
        Stop::setting(format!(
            "LOG: {level:?} cannot be read ({error}); write error, warn, info, debug or trace."
        ))
    };
    let mut filter = EnvFilter::try_new(level).map_err(|error| wrong(&error))?;
    // A browser that comes back with an old cookie is not worth a warning, nor
    // a schema that is up to date a line.
    for quiet in [
        "tower_sessions=error",
        "tower_sessions_core=error",
        "sea_orm_migration=warn",
        "sqlx::postgres::notice=warn",
    ] {
        let directive = quiet.parse().map_err(|error| wrong(&error))?;
        filter = filter.add_directive(directive);
    }
    Ok(filter)
}

/// Starts logging, once per process. A panic is logged by its place alone: its
/// message may quote what somebody sent.
pub(crate) fn start(filter: EnvFilter) {
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .finish();
    if tracing::subscriber::set_global_default(subscriber).is_err() {
        return;
    }
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        tracing::error!(place = place.unwrap_or_default(), "panicked");
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_level_is_named() {
        assert!(filter("info").is_ok());
        assert!(filter("info,service=debug").is_ok());
        let stop = filter("info,service=loud").unwrap_err();
        assert!(stop.to_string().contains("LOG"), "{stop}");
    }
}
