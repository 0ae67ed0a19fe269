//! What each command does.

mod account;
mod check;
mod serve;
mod token;
mod work;

use crate::cli::{AccountCommand, Cli, Command, TokenCommand};
use crate::log;
use crate::settings::Settings;
use crate::stop::Stop;
use service::Services;
use std::fmt;
use std::io::Write;

/// Does what the command line says.
///
/// # Errors
/// What is in the way, in one sentence.
pub(crate) async fn run(cli: Cli) -> Result<(), Stop> {
    let settings = Settings::read(cli.given, cli.config.as_deref())?;
    log::start(settings.log()?);
    match cli.command {
        Command::Serve { demo } => serve::serve(&settings, demo).await,
        Command::Work => work::work(&settings).await,
        Command::Migrate => migrated(&settings).await.map(|_| ()),
        Command::Demo => {
            migrated(&settings).await?.fill_demo().await?;
            Ok(())
        }
        Command::Account(AccountCommand::Add {
            role,
            name,
            password_stdin,
            email,
        }) => account::add(&settings, role, name.as_deref(), password_stdin, &email).await,
        Command::Token(TokenCommand::Add { role, name }) => {
            token::add(&settings, role, &name).await
        }
        Command::Check => check::check(&settings).await,
    }
}

/// The deeds over a database that is up to date.
async fn migrated(settings: &Settings) -> Result<Services, Stop> {
    let services = settings.open(settings.listen).await?;
    services.migrate().await?;
    Ok(services)
}

/// A line for whoever started the command. A pipe that was closed is no
/// failure of the work.
fn say(line: impl fmt::Display) {
    let _ = writeln!(std::io::stdout(), "{line}");
}
