//! Accounts.

use super::{migrated, say};
use crate::settings::Settings;
use crate::stop::Stop;
use domain::{AccountRole, Reason};
use service::{Failure, random_token};
use std::io::Read;

/// Characters of a password that is made: 120 random bits.
const LENGTH: usize = 20;

/// Adds an account. A password that is made is shown once, on the last line.
///
/// # Errors
/// All that is wrong with the account.
pub(super) async fn add(
    settings: &Settings,
    role: AccountRole,
    name: Option<&str>,
    from_input: bool,
    email: &str,
) -> Result<(), Stop> {
    let password: String = if from_input {
        read_password().await?
    } else {
        random_token().chars().take(LENGTH).collect()
    };
    let name = name.unwrap_or_else(|| email.split('@').next().unwrap_or(email));
    let services = migrated(settings).await?;
    let account = services
        .add_account(role, email, name, &password)
        .await
        .map_err(refused)?;
    say(format_args!("{} can sign in as {role}.", account.email));
    if !from_input {
        say("The password, which cannot be shown again:");
        say(password);
    }
    Ok(())
}

/// The words for forms do not fit a password.
fn refused(failure: Failure) -> Stop {
    if let Failure::Invalid(problems) = &failure
        && let Some(Reason::NotInRange(least, _)) = problems.of("password")
    {
        return Stop::trouble(format!(
            "The password is too short: it needs at least {least} characters."
        ));
    }
    failure.into()
}

async fn read_password() -> Result<String, Stop> {
    let read = tokio::task::spawn_blocking(|| {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map(|_| text)
    });
    match read.await {
        Ok(Ok(text)) => Ok(text.trim_end_matches(['\r', '\n']).to_owned()),
        _ => Err(Stop::trouble(
            "The password on the standard input cannot be read; send it as one line of UTF-8.",
        )),
    }
}
