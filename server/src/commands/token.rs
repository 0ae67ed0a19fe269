//! API tokens.

use super::{migrated, say};
use crate::settings::Settings;
use crate::stop::Stop;
use domain::AccountRole;

/// Adds a token and prints it alone on the last line.
///
/// # Errors
/// What is wrong with its name.
pub(super) async fn add(settings: &Settings, role: AccountRole, name: &str) -> Result<(), Stop> {
    let services = migrated(settings).await?;
    let token = services.add_token(role, name).await?;
    say(format_args!(
        "A token with the role {role}; it cannot be shown again:"
    ));
    say(token);
    Ok(())
}
