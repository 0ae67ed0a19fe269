//! When a public form was opened, in the server's own words: signed, so that
//! closing and the time trap are judged by one clock.

use crate::Services;
use chrono::{DateTime, Utc};
use domain::is_too_quick;

const PURPOSE: &str = "form";

impl Services {
    /// What a form carries to say when it was opened: now.
    #[must_use]
    pub fn stamp(&self) -> String {
        let at = self.clock.now().timestamp_millis().to_string();
        format!("{at}-{}", self.secret.sign(PURPOSE, &at))
    }

    /// When a form was opened by its stamp; none for one that this server did
    /// not give out.
    #[must_use]
    pub fn opened_at(&self, stamp: &str) -> Option<DateTime<Utc>> {
        let (at, signature) = stamp.split_once('-')?;
        let signed = self.secret.verify(PURPOSE, at, signature);
        signed
            .then(|| DateTime::from_timestamp_millis(at.parse().ok()?))
            .flatten()
    }

    /// Whether a form was filled in by a program, as far as one can tell: it
    /// came sooner than anybody types, or without having been opened.
    #[must_use]
    pub fn is_too_quick(&self, opened_at: Option<DateTime<Utc>>) -> bool {
        self.limits.are_on() && is_too_quick(opened_at, self.clock.now())
    }

    /// How often one address or token may ask.
    #[must_use]
    pub fn limits(&self) -> &crate::Limits {
        &self.limits
    }
}
