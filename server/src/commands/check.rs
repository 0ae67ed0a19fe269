//! Whether everything outside is as it should be.

use super::say;
use crate::settings::{Settings, shown};
use crate::stop::{Stop, cause};
use service::{Failure, Options, Services};
use std::time::Duration;

/// How long a database may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Tries the database, the file store and the way mail leaves, and says of
/// each what it is and how it is.
///
/// # Errors
/// When one is wrong.
pub(super) async fn check(settings: &Settings) -> Result<(), Stop> {
    let options = settings.options(settings.listen)?;
    let mut wrong = Vec::new();
    let mut tell = |what: &'static str, how: Result<String, String>| match how {
        Ok(fine) => say(format_args!("{what}: fine, {fine}")),
        Err(bad) => {
            say(format_args!("{what}: wrong, {}", one_line(&bad)));
            wrong.push(what);
        }
    };
    tell("database", database(&options).await);
    match rest(options).await {
        Ok(services) => {
            tell("storage", storage(&services, settings).await);
            tell("mail", mail(&services, settings).await);
        }
        Err(failure) => tell(
            "storage",
            Err(format!(
                "{}. See that STORAGE_URL is right.",
                cause(&failure)
            )),
        ),
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(Stop::trouble(format!(
            "Not ready: see {} above.",
            wrong.join(", ")
        )))
    }
}

async fn database(options: &Options) -> Result<String, String> {
    let what = shown(&options.database_url);
    let advice = "See that it runs, and that DATABASE_URL is right.";
    let connecting = service::Db::connect(&options.database_url);
    let db = tokio::time::timeout(PATIENCE, connecting)
        .await
        .map_err(|_| format!("{what} does not answer. {advice}"))?
        .map_err(|failure| format!("{what}: {}. {advice}", cause(&failure)))?;
    db.read()
        .ping()
        .await
        .map_err(|error| format!("{what}: {error}. {advice}"))?;
    let services = Services::open(options.clone()).await;
    match services {
        Ok(services) if services.check_database().await.is_err() => Ok(format!(
            "{what}, but without tables yet: `taphuan migrate` or `taphuan serve` makes them"
        )),
        _ => Ok(what),
    }
}

/// The deeds for trying the rest, which does not need the database.
async fn rest(options: Options) -> Result<Services, Failure> {
    Services::open(Options {
        database_url: "sqlite::memory:".to_owned(),
        ..options
    })
    .await
}

async fn storage(services: &Services, settings: &Settings) -> Result<String, String> {
    let what = shown(settings.storage_url.as_str());
    match services.check_storage().await {
        Ok(()) => Ok(format!("{what} takes files and gives them back")),
        Err(failure) => Err(format!(
            "{what}: {}. See that it can be written, and that STORAGE_URL is right.",
            cause(&failure)
        )),
    }
}

async fn mail(services: &Services, settings: &Settings) -> Result<String, String> {
    let folder = settings.mail_folder();
    match (services.check_mail().await, folder) {
        (Ok(()), None) => Ok("the mail server greets back".to_owned()),
        (Ok(()), Some(folder)) => Ok(format!(
            "kept in {}: nobody gets mail until SMTP_URL is set",
            folder.display()
        )),
        (Err(failure), _) => Err(format!(
            "{}. See that the mail server runs, and that SMTP_URL is right.",
            cause(&failure)
        )),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
