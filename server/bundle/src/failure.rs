//! Failures, as sentences.

use std::fmt;

/// Why the bundle could not be built: one sentence for the person who ran it.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl Failure {
    /// A failure that reads as `sentence`.
    pub(crate) fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Turns any error into a [`Failure`] that says what was being done.
pub(crate) trait Explain<T> {
    /// The same success, or a failure that reads `"{what}: {error}"`, in one line.
    fn explain(self, what: impl FnOnce() -> String) -> Result<T, Failure>;
}

impl<T, E: fmt::Display> Explain<T> for Result<T, E> {
    fn explain(self, what: impl FnOnce() -> String) -> Result<T, Failure> {
        self.map_err(|error| {
            // `#` makes the errors of wasm-bindgen tell their causes, some over many lines.
            let error = format!("{error:#}");
            let error = error.split_whitespace().collect::<Vec<_>>().join(" ");
            Failure(format!("{}: {error}", what()))
        })
    }
}
