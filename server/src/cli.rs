//! The command line.

use clap::{Parser, Subcommand};
use domain::{AccountRole, Coded};
use std::path::PathBuf;

use crate::settings::Given;

/// Tập Huấn: workshops, registration, check-in and figures of a training programme
#[derive(Debug, Parser)]
#[command(
    name = "taphuan",
    version,
    after_help = "A setting can be given as a flag, in the environment, or as a line such as listen = \"0.0.0.0:80\" in a TOML\nfile; a flag goes before the environment, and that before the file."
)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Read settings from this file [default: taphuan.toml, where there is one]
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        help_heading = "Settings",
        display_order = 99
    )]
    pub(crate) config: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) given: Given,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve the web site and do the work behind it
    Serve {
        /// Fill a new database with the demo programme
        #[arg(long)]
        demo: bool,
    },
    /// Do the work behind the web site only: mail, housekeeping
    Work,
    /// Bring the database up to date
    Migrate,
    /// Fill an empty database with the demo programme
    Demo,
    /// Accounts of people who sign in
    #[command(subcommand)]
    Account(AccountCommand),
    /// Tokens of programs that use the JSON doors
    #[command(subcommand)]
    Token(TokenCommand),
    /// Try database, storage and mail, and say what is wrong
    Check,
}

#[derive(Debug, Subcommand)]
pub(crate) enum AccountCommand {
    /// Add an account; without --password-stdin a password is made and shown once
    Add {
        /// What the account may do: organizer, trainer, door or director
        #[arg(long, value_parser = role)]
        role: AccountRole,
        /// The person's name [default: the first part of the address]
        #[arg(long)]
        name: Option<String>,
        /// Read the password from the standard input
        #[arg(long)]
        password_stdin: bool,
        /// The address to sign in with
        email: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum TokenCommand {
    /// Add a token and print it, alone on the last line; it cannot be shown again
    Add {
        /// What the token may do: organizer, trainer, door or director
        #[arg(long, value_parser = role)]
        role: AccountRole,
        /// What it is for, to recognise it later
        name: String,
    },
}

fn role(code: &str) -> Result<AccountRole, String> {
    AccountRole::from_code(code).ok_or_else(|| {
        let codes: Vec<&str> = AccountRole::ALL.iter().map(|role| role.code()).collect();
        format!("choose one of {}", codes.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_holds_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn help_names_every_setting() {
        let help = Cli::command().render_long_help().to_string();
        for name in crate::settings::NAMES {
            assert!(help.contains(&format!("[env: {name}")), "{name}: {help}");
        }
    }

    #[test]
    fn flags_stand_before_or_behind_the_command() {
        for line in [
            ["taphuan", "--listen", "[::1]:80", "serve"],
            ["taphuan", "serve", "--listen", "[::1]:80"],
        ] {
            let cli = Cli::try_parse_from(line).unwrap();
            assert_eq!(cli.given.listen.as_deref(), Some("[::1]:80"));
        }
        assert!(Cli::try_parse_from(["taphuan", "token", "add", "--role", "king", "x"]).is_err());
    }
}
