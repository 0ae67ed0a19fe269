//! Tax codes of establishments (mã số thuế).

use crate::Reason;

/// A tax code: ten digits, or thirteen of a branch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaxCode(String);

impl TaxCode {
    /// Reads a code as people type it, with spaces, dots and dashes. Empty is
    /// none. Household businesses may use the twelve digits of a citizen's
    /// number: those are personal data, and not taken.
    ///
    /// # Errors
    /// [`Reason::NotATaxCode`].
    pub fn parse_optional(typed: &str) -> Result<Option<Self>, Reason> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Ok(None);
        }
        let known = |sign: char| sign.is_ascii_digit() || matches!(sign, ' ' | '.' | '-');
        let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
        let good = typed.chars().all(known) && matches!(digits.len(), 10 | 13);
        if good {
            Ok(Some(Self(digits)))
        } else {
            Err(Reason::NotATaxCode)
        }
    }

    /// The digits, as stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the tenth digit is the check digit of the nine before it: ten
    /// less the weighted sum modulo eleven. A code that fails is a slip of
    /// typing more often than not; it warns, it does not block.
    #[must_use]
    pub fn has_check_digit(&self) -> bool {
        const WEIGHTS: [u32; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];
        let digits = self.0.chars().filter_map(|sign| sign.to_digit(10));
        let sum: u32 = digits
            .zip(WEIGHTS)
            .map(|(digit, weight)| digit * weight)
            .sum();
        let check = 10 - sum % 11;
        let tenth = self.0.chars().nth(9).and_then(|sign| sign.to_digit(10));
        tenth == Some(check)
    }

    /// A stored code as people write it: a branch after a dash.
    #[must_use]
    pub fn spaced(stored: &str) -> String {
        match stored.split_at_checked(10) {
            Some((head, branch)) if !branch.is_empty() => format!("{head}-{branch}"),
            _ => stored.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_as_people_type_them() {
        for (typed, stored) in [
            ("0100047516", "0100047516"),
            (" 0100 047 516 ", "0100047516"),
            ("0100047516-001", "0100047516001"),
        ] {
            let code = TaxCode::parse_optional(typed).unwrap().unwrap();
            assert_eq!(code.as_str(), stored);
            assert!(code.has_check_digit(), "{typed}");
        }
        assert_eq!(TaxCode::parse_optional("  "), Ok(None));
        for wrong in ["123", "083123456789", "MST 0100047516", "01000475160"] {
            assert_eq!(
                TaxCode::parse_optional(wrong),
                Err(Reason::NotATaxCode),
                "{wrong}"
            );
        }
        assert_eq!(TaxCode::spaced("0100047516001"), "0100047516-001");
    }

    #[test]
    fn a_slip_is_told_by_the_check_digit() {
        for wrong in ["0100047517", "0100047561", "1399000200"] {
            let code = TaxCode::parse_optional(wrong).unwrap().unwrap();
            assert!(!code.has_check_digit(), "{wrong}");
        }
    }
}
