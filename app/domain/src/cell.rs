//! What is written into a cell of a table file.

use crate::Lang;
use std::borrow::Cow;

/// A text that no spreadsheet takes for a formula (OWASP, CSV injection): what
/// begins like one, also after blanks or in the wide letters of an East Asian
/// keyboard, gets an apostrophe in front.
#[must_use]
pub fn harmless(text: &str) -> Cow<'_, str> {
    let begins = text.trim_start_matches([' ', '\u{A0}', '\u{3000}']);
    if begins.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// What stands between the cells of a text file, so that a spreadsheet in this
/// language opens it as a table: where the comma is in numbers, as in Viet Nam,
/// Excel wants semicolons.
#[must_use]
pub fn list_separator(lang: Lang) -> u8 {
    match lang {
        Lang::Vi => b';',
        Lang::En => b',',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_text() {
        for text in ["=1+1", "+84950", "-2", "@SUM(A1)", "\t=1", " =1", "＝1"] {
            assert_eq!(harmless(text), format!("'{text}"));
        }
        for text in ["Nguyễn Văn A", "0950 123", "", "a=b", " a"] {
            assert_eq!(harmless(text), text);
        }
    }
}
