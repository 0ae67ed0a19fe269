//! Closed lists of terms that are stored and exchanged by a short stable code.

/// A closed list of terms. The codes are stored in the database and spoken by
/// the JSON doors, so a code never changes once released.
pub trait Coded: Copy + Sized + 'static {
    /// The name of the list, under which the text package keeps its words.
    const NAME: &'static str;

    /// Every term, in the order people expect to read them.
    const ALL: &'static [Self];

    /// The stable code, in snake case.
    fn code(self) -> &'static str;

    /// The term with this code, if there is one.
    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|term| term.code() == code)
    }
}

/// Several terms as one stored text: their codes, separated by commas.
#[must_use]
pub fn join_codes<T: Coded>(terms: &[T]) -> String {
    let codes: Vec<&str> = terms.iter().map(|term| term.code()).collect();
    codes.join(",")
}

/// The terms that [`join_codes`] wrote down; a code that is none is left out.
#[must_use]
pub fn split_codes<T: Coded>(codes: &str) -> Vec<T> {
    codes
        .split(',')
        .filter_map(|code| T::from_code(code.trim()))
        .collect()
}

/// Declares an enum whose variants carry stable codes.
macro_rules! coded {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$vmeta])* #[serde(rename = $code)] $variant,)+
        }

        impl $crate::Coded for $name {
            const NAME: &'static str = stringify!($name);
            const ALL: &'static [Self] = &[$(Self::$variant,)+];

            fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str($crate::Coded::code(*self))
            }
        }
    };
}
pub(crate) use coded;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Sector;

    #[test]
    fn lists_of_terms_come_back_as_they_were() {
        for terms in [&[][..], &[Sector::Food], Sector::ALL] {
            assert_eq!(split_codes::<Sector>(&join_codes(terms)), terms);
        }
        assert_eq!(split_codes::<Sector>("gold, food"), [Sector::Food]);
    }
}
