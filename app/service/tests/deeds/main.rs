//! The deeds, each on SQLite and on PostgreSQL.

mod accounts;
mod demo;
mod door;
mod kit;
mod materials;
mod outbox;
mod races;
mod registration;
mod schema;
mod seats;
