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
