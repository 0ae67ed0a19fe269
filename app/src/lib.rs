//! The face: pages, forms and islands, one folder a feature.
//!
//! Under `ssr` this is an axum router that renders every page on the server.
//! Under `hydrate` it is what the browser runs: islands and the calls they
//! make, and nothing of the pages. Public pages have no island and load no
//! script.

mod html;

pub mod board;
pub mod door;
pub mod materials;

#[cfg(feature = "ssr")]
mod annual_plan;
#[cfg(feature = "ssr")]
mod attendance;
#[cfg(feature = "ssr")]
mod calendar;
#[cfg(feature = "ssr")]
mod distribution;
#[cfg(feature = "ssr")]
mod establishments;
#[cfg(feature = "ssr")]
mod groups;
#[cfg(feature = "ssr")]
mod home;
#[cfg(feature = "ssr")]
mod import;
#[cfg(feature = "ssr")]
mod invitations;
#[cfg(feature = "ssr")]
mod mail;
#[cfg(feature = "ssr")]
mod merge;
#[cfg(feature = "ssr")]
mod messages;
#[cfg(feature = "ssr")]
mod my;
#[cfg(feature = "ssr")]
mod people;
#[cfg(feature = "ssr")]
mod planning;
#[cfg(feature = "ssr")]
mod privacy;
#[cfg(feature = "ssr")]
mod programme;
#[cfg(feature = "ssr")]
mod questions;
#[cfg(feature = "ssr")]
mod register;
#[cfg(feature = "ssr")]
mod render;
#[cfg(feature = "ssr")]
mod routes;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "ssr")]
mod sign_in;
#[cfg(feature = "ssr")]
mod teaching;
#[cfg(feature = "ssr")]
mod templates;
#[cfg(feature = "ssr")]
mod trainer;
#[cfg(feature = "ssr")]
mod trainers;
#[cfg(feature = "ssr")]
mod ui;
#[cfg(feature = "ssr")]
mod unsubscribe;
#[cfg(feature = "ssr")]
mod venues;
#[cfg(feature = "ssr")]
mod workshops;

pub use door::shown::CodeReader;
#[cfg(feature = "ssr")]
pub use render::{AppState, Assets, KeptPages, SESSION_ACCOUNT, accepted_language, kept, language};
#[cfg(feature = "ssr")]
pub use routes::router;
