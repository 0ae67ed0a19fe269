//! The demo programme: fills an empty database.
mod establishments;
mod names;
mod plan;
mod workshops;
