//! Settings: by flag, environment or file, in this order; checked whole before
//! anything starts.

mod data;
mod given;

pub(crate) use given::Given;
#[cfg(test)]
pub(crate) use given::NAMES;

use crate::log;
use crate::stop::Stop;
use data::DataFolder;
use domain::MATERIAL_MB;
use service::{Clock, MailLimits, Mailer, Options, Secret, Services};
use std::net::SocketAddr;
use std::path::Path;
use tracing_subscriber::EnvFilter;
use url::Url;

/// What the server runs with.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// `sqlite:…` or `postgres:…`.
    pub(crate) database_url: String,
    /// Where to listen; port 0 means any free one.
    pub(crate) listen: SocketAddr,
    /// Where files lie.
    pub(crate) storage_url: Url,
    data: DataFolder,
    public_url: Option<Url>,
    mail_from: String,
    /// None: mails stay in the data folder.
    smtp: Option<Mailer>,
    /// None: one is made once and kept in the data folder.
    secret: Option<Secret>,
    limits: bool,
    upload_mb: u32,
    log: String,
}

impl Settings {
    /// Settings from flags and environment (`given`), with the gaps filled
    /// from the file, then with defaults. Must run inside tokio: the mail
    /// connection pool lives there.
    ///
    /// # Errors
    /// The first setting that is wrong, by its name.
    pub(crate) fn read(given: Given, file: Option<&Path>) -> Result<Self, Stop> {
        Self::resolve(given.or(given::file(file)?))
    }

    fn resolve(given: Given) -> Result<Self, Stop> {
        let data = DataFolder::at(given.data_dir.as_deref().unwrap_or("./data"));
        let listen = listen(given.listen.as_deref().unwrap_or("127.0.0.1:3000"))?;
        let public_url = given.public_url.as_deref().map(public_url).transpose()?;
        let database_url = match &given.database_url {
            Some(url) => database_url(url)?,
            None => data.sqlite_url(),
        };
        let storage_url = match &given.storage_url {
            Some(url) => storage_url(url)?,
            None => data.storage_url()?,
        };
        let mail_from = given
            .mail_from
            .unwrap_or_else(|| mail_from(public_url.as_ref()));
        let mail_limits = mail_limits(
            given.mail_connections.as_deref(),
            given.mail_per_minute.as_deref(),
        )?;
        let smtp = given
            .smtp_url
            .as_deref()
            .map(|url| smtp(url, &mail_from, mail_limits))
            .transpose()?;
        let secret = given
            .secret_key
            .as_deref()
            .map(Secret::new)
            .transpose()
            .map_err(|sentence| Stop::setting(format!("{sentence}.")))?;
        let limits = limits(given.limits.as_deref())?;
        let upload_mb = upload_mb(given.upload_mb.as_deref())?;
        let log = given.log.unwrap_or_else(|| "info".to_owned());
        log::filter(&log)?;
        Ok(Self {
            database_url,
            listen,
            storage_url,
            data,
            public_url,
            mail_from,
            smtp,
            secret,
            limits,
            upload_mb,
            log,
        })
    }

    /// How much to log.
    ///
    /// # Errors
    /// None after [`Settings::read`].
    pub(crate) fn log(&self) -> Result<EnvFilter, Stop> {
        log::filter(&self.log)
    }

    /// Where people reach a server that listens here: PUBLIC_URL, or the
    /// address itself.
    pub(crate) fn public_url(&self, listening: SocketAddr) -> Result<Url, Stop> {
        match &self.public_url {
            Some(url) => Ok(url.clone()),
            None => Url::parse(&format!("http://{listening}"))
                .map_err(|error| Stop::setting(format!("LISTEN: {listening}: {error}."))),
        }
    }

    /// The folder where mails stay when there is no SMTP_URL.
    pub(crate) fn mail_folder(&self) -> Option<std::path::PathBuf> {
        self.smtp.is_none().then(|| self.data.mail())
    }

    /// Everything the deeds need, the data folder made and tried where it is
    /// needed.
    ///
    /// # Errors
    /// What is in the way, in one sentence.
    pub(crate) fn options(&self, listening: SocketAddr) -> Result<Options, Stop> {
        let in_data = self.database_url == self.data.sqlite_url()
            || self.storage_url == self.data.storage_url()?;
        if in_data || self.smtp.is_none() || self.secret.is_none() {
            self.data.prepare()?;
        }
        let mailer = match &self.smtp {
            Some(mailer) => mailer.clone(),
            None => Mailer::folder(&self.data.mail(), &self.mail_from).map_err(|sentence| {
                if sentence.starts_with("MAIL_FROM") {
                    Stop::setting(wrong_sender(&self.mail_from))
                } else {
                    Stop::trouble(format!("The mail folder cannot be used: {sentence}."))
                }
            })?,
        };
        let secret = match &self.secret {
            Some(secret) => secret.clone(),
            None => self.data.secret()?,
        };
        Ok(Options {
            database_url: self.database_url.clone(),
            storage_url: self.storage_url.clone(),
            public_url: self.public_url(listening)?,
            mailer,
            secret,
            clock: Clock::system(),
            limits: self.limits,
            material_mb: self.upload_mb,
        })
    }

    /// Opens the deeds. Does not migrate.
    ///
    /// # Errors
    /// What is in the way, in one sentence.
    pub(crate) async fn open(&self, listening: SocketAddr) -> Result<Services, Stop> {
        use service::Failure;
        let options = self.options(listening)?;
        Services::open(options)
            .await
            .map_err(|failure| match failure {
                Failure::Database(cause) => Stop::trouble(format!(
                    "The database {} cannot be opened ({cause}); see that it runs, and that DATABASE_URL is right.",
                    shown(&self.database_url)
                )),
                Failure::Internal(cause) => Stop::trouble(format!(
                    "The file store {} cannot be opened ({cause}); see that STORAGE_URL is right.",
                    shown(self.storage_url.as_str())
                )),
                other => other.into(),
            })
    }
}

fn listen(typed: &str) -> Result<SocketAddr, Stop> {
    let numbers = typed
        .strip_prefix("localhost:")
        .map(|port| format!("127.0.0.1:{port}"));
    numbers.as_deref().unwrap_or(typed).parse().map_err(|_| {
        Stop::setting(format!(
            "LISTEN: {typed:?} is no address to listen on; write it like 127.0.0.1:3000."
        ))
    })
}

fn limits(typed: Option<&str>) -> Result<bool, Stop> {
    match typed {
        None | Some("on") => Ok(true),
        Some("off") => Ok(false),
        Some(other) => Err(Stop::setting(format!(
            "LIMITS: {other:?} is neither on nor off."
        ))),
    }
}

/// At most 10 GB, which S3 takes in parts of 5 MB.
fn upload_mb(typed: Option<&str>) -> Result<u32, Stop> {
    let Some(typed) = typed else {
        return Ok(MATERIAL_MB);
    };
    let number = typed.parse().ok();
    number
        .filter(|number| (1..=10_000).contains(number))
        .ok_or_else(|| {
            Stop::setting(format!(
                "UPLOAD_MB: {typed:?} is no whole number of megabytes between 1 and 10000."
            ))
        })
}

fn public_url(typed: &str) -> Result<Url, Stop> {
    let wrong = || {
        Stop::setting(format!(
            "PUBLIC_URL: {typed:?} is no web address; write it like https://taphuan.example.vn, without a path."
        ))
    };
    let url = Url::parse(typed).map_err(|_| wrong())?;
    let plain = matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty();
    if plain { Ok(url) } else { Err(wrong()) }
}

/// Never repeats what was typed: it may hold a password.
fn database_url(typed: &str) -> Result<String, Stop> {
    let how = "write sqlite://FILE or postgres://USER:PASSWORD@HOST/NAME";
    if typed.starts_with("sqlite:") {
        if typed.contains(":memory:") || typed.contains("mode=memory") {
            return Err(Stop::setting(
                "DATABASE_URL: a database in memory would forget every registration; write sqlite://FILE.",
            ));
        }
        return Ok(typed.to_owned());
    }
    let url = Url::parse(typed)
        .map_err(|_| Stop::setting(format!("DATABASE_URL: this is no address; {how}.")))?;
    if matches!(url.scheme(), "postgres" | "postgresql") {
        Ok(typed.to_owned())
    } else {
        Err(Stop::setting(format!(
            "DATABASE_URL: databases of the kind {:?} are not known; {how}.",
            url.scheme()
        )))
    }
}

fn storage_url(typed: &str) -> Result<Url, Stop> {
    let wrong = || {
        Stop::setting(
            "STORAGE_URL: this is no file store; write file:///FOLDER or s3://BUCKET/FOLDER.",
        )
    };
    let url = Url::parse(typed).map_err(|_| wrong())?;
    match url.scheme() {
        "file" if url.to_file_path().is_ok() => Ok(url),
        "s3" | "s3a" | "https" if url.has_host() => Ok(url),
        _ => Err(wrong()),
    }
}

fn mail_limits(connections: Option<&str>, per_minute: Option<&str>) -> Result<MailLimits, Stop> {
    let usual = MailLimits::default();
    let connections = match connections.map(str::parse) {
        None => usual.connections,
        Some(Ok(number @ 1..=50)) => number,
        Some(_) => {
            return Err(Stop::setting(
                "MAIL_CONNECTIONS: write a whole number from 1 to 50.",
            ));
        }
    };
    let per_minute = per_minute.map(str::parse).transpose().map_err(|_| {
        Stop::setting("MAIL_PER_MINUTE: write a whole number, 1 or more, or leave it out.")
    })?;
    Ok(MailLimits {
        connections,
        per_minute,
    })
}

fn smtp(url: &str, from: &str, limits: MailLimits) -> Result<Mailer, Stop> {
    Mailer::limited_smtp(url, from, limits).map_err(|sentence| {
        // What the library says may repeat the password.
        Stop::setting(if sentence.starts_with("MAIL_FROM") {
            wrong_sender(from)
        } else {
            "SMTP_URL: this is no mail server; write smtps://USER:PASSWORD@HOST or smtp://HOST:25."
                .to_owned()
        })
    })
}

fn wrong_sender(from: &str) -> String {
    format!("MAIL_FROM: {from:?} is no e-mail address; write it like taphuan@example.vn.")
}

/// An address without its password.
pub(crate) fn shown(address: &str) -> String {
    match Url::parse(address) {
        Ok(mut url) if url.password().is_some() => {
            let _ = url.set_password(Some("-"));
            url.to_string()
        }
        _ => address.to_owned(),
    }
}

/// An address at the host that people know. Mail servers take no bare
/// `localhost` and no number for a domain.
fn mail_from(public_url: Option<&Url>) -> String {
    let domain = public_url
        .and_then(Url::domain)
        .filter(|domain| domain.contains('.'))
        .unwrap_or("localhost.localdomain");
    format!("taphuan@{domain}")
}

#[cfg(test)]
mod tests;
