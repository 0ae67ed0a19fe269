//! From a request to a page: who asks, in which language, and the answer.
//!
//! axum's router is the only one: a form that comes back with problems shows
//! the same page from another verb, and each page has its data before it is
//! rendered, so rendering never waits.

mod address;
mod call;
mod cx;
mod fields;
mod file;
mod kept;
mod language;
mod oops;
mod page;
mod range;
mod way_back;

pub(crate) use address::address;
pub(crate) use call::{Refused, refuse};
pub use cx::{AppState, Assets, SESSION_ACCOUNT};
pub(crate) use cx::{Cx, DEVICE_COOKIE};
pub(crate) use fields::Fields;
pub(crate) use file::{Stored, attachment, stored};
pub use kept::{KeptPages, kept};
pub use language::{accepted_language, language};

pub(crate) use oops::{Oops, error_pages, failure_words, not_found, sign_in_and_back};
pub(crate) use page::{About, Again, Page, see_other};
pub(crate) use range::Wanted;
