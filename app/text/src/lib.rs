//! Every word people read, in Vietnamese and English, and how dates, times and
//! numbers are written in each.
//!
//! The words are Fluent files under `locales/{vi,en}`, one a feature. A test
//! fails when a key is missing in a language, is used nowhere, or is used and
//! written nowhere.

mod words;

pub use words::{Arg, Words};
