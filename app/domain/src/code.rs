//! Short public names: ticket codes and workshop addresses.

use crate::{Reason, fold, normalise};

/// Signs that are not mistaken for each other when read aloud or by hand:
/// no 0 O, 1 I L, U V.
pub(crate) const ALPHABET: &[u8; 28] = b"23456789ABCDEFGHJKMNPQRSTWXY";

/// The code on a ticket, eight signs; unique over all registrations. It finds
/// a person at the door and opens nothing by itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TicketCode(String);

impl TicketCode {
    /// The number of signs.
    pub const LENGTH: usize = 8;

    /// A code from eight random bytes. 28⁸ ≈ 3.8 × 10¹¹ codes; the small bias
    /// of taking a remainder does not matter for a code that opens nothing.
    #[must_use]
    pub fn from_random(bytes: [u8; Self::LENGTH]) -> Self {
        Self(
            bytes
                .iter()
                .map(|byte| char::from(ALPHABET[usize::from(*byte) % ALPHABET.len()]))
                .collect(),
        )
    }

    /// Reads a code as typed or scanned: any case, spaces and hyphens ignored.
    /// Returns none when it cannot be a code.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let signs: String = typed
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| c.to_ascii_uppercase())
            .collect();
        let good = signs.len() == Self::LENGTH && signs.bytes().all(|b| ALPHABET.contains(&b));
        good.then_some(Self(signs))
    }

    /// The eight signs, as stored and as in the QR code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// In two groups of four, as people read it.
    #[must_use]
    pub fn spaced(stored: &str) -> String {
        match stored.split_at_checked(4) {
            Some((head, tail)) if !tail.is_empty() => format!("{head} {tail}"),
            _ => stored.to_owned(),
        }
    }
}

/// The last part of a workshop's address: small letters, digits, hyphens.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Slug(String);

impl Slug {
    /// The longest address.
    pub const MAX: usize = 80;

    /// Reads an address as given.
    ///
    /// # Errors
    /// [`Reason::Required`], [`Reason::TooLong`] or [`Reason::NotASlug`].
    pub fn parse(typed: &str) -> Result<Self, Reason> {
        let slug = normalise(typed);
        if slug.is_empty() {
            return Err(Reason::Required);
        }
        if slug.len() > Self::MAX {
            return Err(Reason::TooLong(80));
        }
        let good = slug
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !slug.starts_with('-')
            && !slug.ends_with('-');
        if good {
            Ok(Self(slug))
        } else {
            Err(Reason::NotASlug)
        }
    }

    /// An address made from a title; `workshop` when the title has no letters.
    #[must_use]
    pub fn from_title(title: &str) -> Self {
        let spaced: String = fold(title)
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' })
            .collect();
        let mut slug = String::new();
        for word in spaced.split_whitespace() {
            if slug.len() + 1 + word.len() > Self::MAX - 20 {
                break;
            }
            if !slug.is_empty() {
                slug.push('-');
            }
            slug.push_str(word);
        }
        if slug.is_empty() {
            "workshop".clone_into(&mut slug);
        }
        Self(slug)
    }

    /// The same address with a number behind it, for a title used again.
    #[must_use]
    pub fn numbered(&self, number: u32) -> Self {
        Self(format!("{}-{number}", self.0))
    }

    /// The address part.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_code_reads_back_however_it_is_typed() {
        let code = TicketCode::from_random([0, 1, 9, 27, 28, 200, 255, 77]);
        let spaced = TicketCode::spaced(code.as_str()).to_lowercase();
        assert_eq!(
            TicketCode::parse(&format!(" {spaced} ")),
            Some(code.clone())
        );
        assert_eq!(TicketCode::parse(&format!("{}x", code.as_str())), None);
        assert_eq!(TicketCode::parse("0000 0000"), None);
    }

    #[test]
    fn addresses_from_titles() {
        assert_eq!(
            Slug::from_title("SXSH ngành thủy sản & làng nghề – Đợt 2").as_str(),
            "sxsh-nganh-thuy-san-lang-nghe-dot-2"
        );
        assert_eq!(Slug::from_title("!!!").as_str(), "workshop");
        assert_eq!(Slug::parse("Hội thảo"), Err(Reason::NotASlug));
    }

    proptest! {
        #[test]
        fn any_title_makes_a_good_address(title in any::<String>()) {
            let slug = Slug::from_title(&title);
            prop_assert_eq!(Slug::parse(slug.as_str()), Ok(slug));
        }

        #[test]
        fn no_typed_code_panics(text in any::<String>()) {
            let _ = TicketCode::parse(&text);
            let _ = TicketCode::spaced(&text);
        }
    }
}
