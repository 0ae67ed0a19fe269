//! What was said: by flag, environment or file. Nothing is judged here.

use crate::stop::Stop;
use config::{Config, File, FileFormat};
use serde::Deserialize;
use std::path::Path;

/// The names of all settings, as in the environment.
#[cfg(test)]
pub(crate) const NAMES: [&str; 13] = [
    "DATABASE_URL",
    "DATA_DIR",
    "LISTEN",
    "PUBLIC_URL",
    "SMTP_URL",
    "MAIL_FROM",
    "MAIL_CONNECTIONS",
    "MAIL_PER_MINUTE",
    "STORAGE_URL",
    "SECRET_KEY",
    "LIMITS",
    "UPLOAD_MB",
    "LOG",
];

/// Where settings are looked for when no file is named.
const DEFAULT_FILE: &str = "taphuan.toml";

/// Settings as given; what holds a secret is not shown by `--help`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, clap::Args)]
#[command(next_help_heading = "Settings")]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Given {
    /// The database: sqlite://FILE or postgres://USER:PASSWORD@HOST/NAME [default: sqlite://DATA_DIR/taphuan.sqlite]
    #[arg(
        long,
        env = "DATABASE_URL",
        global = true,
        value_name = "URL",
        hide_env_values = true
    )]
    #[serde(alias = "DATABASE_URL")]
    pub(crate) database_url: Option<String>,
    /// The folder for what has no other place [default: ./data]
    #[arg(
        long,
        env = "DATA_DIR",
        global = true,
        value_name = "FOLDER",
        hide_env_values = true
    )]
    #[serde(alias = "DATA_DIR")]
    pub(crate) data_dir: Option<String>,
    /// Where to listen; port 0 takes a free one [default: 127.0.0.1:3000]
    #[arg(
        long,
        env = "LISTEN",
        global = true,
        value_name = "ADDRESS:PORT",
        hide_env_values = true
    )]
    #[serde(alias = "LISTEN")]
    pub(crate) listen: Option<String>,
    /// Where people reach the server, for links in mails [default: http://LISTEN]
    #[arg(
        long,
        env = "PUBLIC_URL",
        global = true,
        value_name = "URL",
        hide_env_values = true
    )]
    #[serde(alias = "PUBLIC_URL")]
    pub(crate) public_url: Option<String>,
    /// The mail server, smtps://USER:PASSWORD@HOST or smtp://HOST:25 [default: none, mails stay in DATA_DIR/mail]
    #[arg(
        long,
        env = "SMTP_URL",
        global = true,
        value_name = "URL",
        hide_env_values = true
    )]
    #[serde(alias = "SMTP_URL")]
    pub(crate) smtp_url: Option<String>,
    /// The sender of mails [default: taphuan@ the host of PUBLIC_URL]
    #[arg(
        long,
        env = "MAIL_FROM",
        global = true,
        value_name = "EMAIL",
        hide_env_values = true
    )]
    #[serde(alias = "MAIL_FROM")]
    pub(crate) mail_from: Option<String>,
    /// The most connections to the mail server at once, 1 to 50 [default: 4]
    #[arg(
        long,
        env = "MAIL_CONNECTIONS",
        global = true,
        value_name = "NUMBER",
        hide_env_values = true
    )]
    #[serde(alias = "MAIL_CONNECTIONS")]
    pub(crate) mail_connections: Option<String>,
    /// The most mails a minute, if the mail server limits them [default: as many as it takes]
    #[arg(
        long,
        env = "MAIL_PER_MINUTE",
        global = true,
        value_name = "NUMBER",
        hide_env_values = true
    )]
    #[serde(alias = "MAIL_PER_MINUTE")]
    pub(crate) mail_per_minute: Option<String>,
    /// Where files lie, file:///FOLDER or s3://BUCKET [default: file://DATA_DIR/files]
    #[arg(
        long,
        env = "STORAGE_URL",
        global = true,
        value_name = "URL",
        hide_env_values = true
    )]
    #[serde(alias = "STORAGE_URL")]
    pub(crate) storage_url: Option<String>,
    /// Signs personal links, 32 characters or more [default: made once, kept in DATA_DIR/secret.key]
    #[arg(
        long,
        env = "SECRET_KEY",
        global = true,
        value_name = "KEY",
        hide_env_values = true
    )]
    #[serde(alias = "SECRET_KEY")]
    pub(crate) secret_key: Option<String>,
    /// Limits against programs that fill in forms: on, or off for a load test [default: on]
    #[arg(
        long,
        env = "LIMITS",
        global = true,
        value_name = "ON",
        hide_env_values = true
    )]
    #[serde(alias = "LIMITS")]
    pub(crate) limits: Option<String>,
    /// The largest file of a trainer or organiser, in megabytes [default: 200]
    #[arg(
        long,
        env = "UPLOAD_MB",
        global = true,
        value_name = "NUMBER",
        hide_env_values = true
    )]
    #[serde(alias = "UPLOAD_MB")]
    pub(crate) upload_mb: Option<String>,
    /// What to log: error, warn, info, debug or trace [default: info]
    #[arg(
        long,
        env = "LOG",
        global = true,
        value_name = "LEVEL",
        hide_env_values = true
    )]
    #[serde(alias = "LOG")]
    pub(crate) log: Option<String>,
}

impl Given {
    /// Fills the gaps. What is empty was not given.
    pub(crate) fn or(self, other: Self) -> Self {
        let first = |a: Option<String>, b: Option<String>| said(a).or(said(b));
        Self {
            database_url: first(self.database_url, other.database_url),
            data_dir: first(self.data_dir, other.data_dir),
            listen: first(self.listen, other.listen),
            public_url: first(self.public_url, other.public_url),
            smtp_url: first(self.smtp_url, other.smtp_url),
            mail_from: first(self.mail_from, other.mail_from),
            mail_connections: first(self.mail_connections, other.mail_connections),
            mail_per_minute: first(self.mail_per_minute, other.mail_per_minute),
            storage_url: first(self.storage_url, other.storage_url),
            secret_key: first(self.secret_key, other.secret_key),
            limits: first(self.limits, other.limits),
            upload_mb: first(self.upload_mb, other.upload_mb),
            log: first(self.log, other.log),
        }
    }
}

fn said(value: Option<String>) -> Option<String> {
    value
        .map(|value| value.trim().to_owned())
        .filter(|value| !value.is_empty())
}

/// Reads a file of settings: the one named, else the default one where there
/// is one.
///
/// # Errors
/// When the named file is missing, or a file holds what is no setting.
pub(crate) fn file(named: Option<&Path>) -> Result<Given, Stop> {
    let path = match named {
        Some(path) if !path.is_file() => {
            return Err(Stop::setting(format!(
                "--config: there is no file {}.",
                path.display()
            )));
        }
        Some(path) => path,
        None => Path::new(DEFAULT_FILE),
    };
    if !path.is_file() {
        return Ok(Given::default());
    }
    Config::builder()
        .add_source(File::from(path).format(FileFormat::Toml))
        .build()
        .and_then(Config::try_deserialize)
        .map_err(|error| {
            Stop::setting(format!(
                "{}: {error}. Write one setting a line, for example listen = \"127.0.0.1:3000\".",
                path.display()
            ))
        })
}
