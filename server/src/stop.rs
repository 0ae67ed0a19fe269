//! Why a command ends without having done its work.

use domain::Lang;
use service::Failure;
use std::fmt;
use std::process::ExitCode;
use text::Words;

/// One sentence that says what is in the way and what to do, and an exit code.
#[derive(Debug)]
pub(crate) struct Stop {
    code: u8,
    sentence: String,
}

impl Stop {
    /// A setting or an argument is wrong: exit code 2, as clap's own.
    pub(crate) fn setting(sentence: impl Into<String>) -> Self {
        Self {
            code: 2,
            sentence: one_line(&sentence.into()),
        }
    }

    /// Something outside is in the way: exit code 1.
    pub(crate) fn trouble(sentence: impl Into<String>) -> Self {
        Self {
            code: 1,
            sentence: one_line(&sentence.into()),
        }
    }

    /// What the process ends with.
    pub(crate) fn exit_code(&self) -> ExitCode {
        ExitCode::from(self.code)
    }

    #[cfg(test)]
    pub(crate) fn code(&self) -> u8 {
        self.code
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)
    }
}

impl From<Failure> for Stop {
    /// The operator may read causes: nobody else sees the command line.
    fn from(failure: Failure) -> Self {
        let words = Words(Lang::En);
        Self::trouble(match &failure {
            Failure::Invalid(problems) => problems
                .0
                .iter()
                .map(|problem| format!("{}: {}", problem.field, words.problem(problem)))
                .collect::<Vec<_>>()
                .join(" "),
            Failure::Conflict(conflict) => words.say(&format!("conflict-{}", conflict.code())),
            Failure::Database(cause) => {
                format!("The database failed: {cause}. Check DATABASE_URL, or run `taphuan check`.")
            }
            other => format!("{}. Run `taphuan check` to find out more.", cause(other)),
        })
    }
}

/// What is behind a failure, for the operator.
pub(crate) fn cause(failure: &Failure) -> String {
    match failure {
        Failure::Internal(cause) => cause.clone(),
        Failure::Database(cause) => cause.to_string(),
        other => other.to_string(),
    }
}

/// Causes from libraries may span lines; a sentence does not.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Reason;
    use service::Conflict;

    #[test]
    fn failures_become_one_sentence() {
        let stop = Stop::from(Failure::problem("email", Reason::NotAnEmail));
        assert!(stop.to_string().starts_with("email: "), "{stop}");
        assert_eq!(stop.code(), 1);
        let stop = Stop::from(Failure::Conflict(Conflict::NotEmpty));
        assert!(!stop.to_string().contains("conflict-"), "{stop}");
        let stop = Stop::setting("LISTEN is wrong:\n  see there.");
        assert_eq!(
            (stop.code(), stop.to_string().as_str()),
            (2, "LISTEN is wrong: see there.")
        );
    }
}
