//! Questions that one workshop asks of its registrants.

use crate::coded::coded;

coded! {
    /// What kind of answer a question takes.
    QuestionKind {
        /// A line of text.
        Text = "text",
        /// One of the choices.
        One = "one",
        /// Any of the choices.
        Several = "several",
        /// A whole number.
        Number = "number",
        /// A day.
        Date = "date",
    }
}
