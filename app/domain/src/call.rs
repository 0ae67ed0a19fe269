//! Calling those whom no mail reaches, and what came of it.

use crate::coded::coded;

coded! {
    /// What came of trying to tell somebody.
    CallOutcome {
        /// Told on the phone.
        Called = "called",
        /// Told by Zalo.
        Zalo = "zalo",
        /// Nobody answered: to be tried again.
        NoAnswer = "no_answer",
        /// The number is not theirs, or is none.
        WrongNumber = "wrong_number",
    }
}

impl CallOutcome {
    /// Whether the person knows by now.
    #[must_use]
    pub fn is_told(self) -> bool {
        matches!(self, Self::Called | Self::Zalo)
    }
}

/// Where somebody stands on a list of calls, in the order of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CallStanding {
    /// Still to be called.
    ToCall,
    /// No number is left that works.
    NoContact,
    /// Knows.
    Told,
}

/// Where somebody stands. `reachable`: there is a number that nobody said is
/// wrong, be it that of who registered them.
#[must_use]
pub fn call_standing(outcome: Option<CallOutcome>, reachable: bool) -> CallStanding {
    match outcome {
        Some(outcome) if outcome.is_told() => CallStanding::Told,
        _ if reachable => CallStanding::ToCall,
        _ => CallStanding::NoContact,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use CallOutcome::{Called, NoAnswer, WrongNumber, Zalo};
    use CallStanding::{NoContact, ToCall, Told};

    #[test]
    fn the_table_of_calls() {
        for (outcome, reachable, stands) in [
            (None, true, ToCall),
            (None, false, NoContact),
            (Some(NoAnswer), true, ToCall),
            (Some(NoAnswer), false, NoContact),
            (Some(WrongNumber), true, ToCall),
            (Some(WrongNumber), false, NoContact),
            (Some(Called), false, Told),
            (Some(Zalo), true, Told),
        ] {
            let found = call_standing(outcome, reachable);
            assert_eq!(found, stands, "{outcome:?} {reachable}");
        }
    }
}
