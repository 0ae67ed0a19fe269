//! What is written into a cell of a table file.

use std::borrow::Cow;

/// A text that no spreadsheet takes for a formula (OWASP, CSV injection): what
/// begins like one gets an apostrophe in front.
#[must_use]
pub fn harmless(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_text() {
        for text in ["=1+1", "+84950", "-2", "@SUM(A1)", "\t=1"] {
            assert_eq!(harmless(text), format!("'{text}"));
        }
        for text in ["Nguyễn Văn A", "0950 123", "", "a=b"] {
            assert_eq!(harmless(text), text);
        }
    }
}
