//! The deeds, each on SQLite and on PostgreSQL.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod accounts;
mod annual_plans;
mod attention;
mod calls;
mod changes;
mod clashes;
mod delivery_order;
mod demo;
mod door;
mod door_list;
mod drafts;
mod establishments;
mod feeds;
mod invitations;
mod inviting;
mod kit;
mod likeness;
mod materials;
mod nominations;
mod outbox;
mod past;
mod planning;
mod privacy;
mod public_list;
mod races;
mod registration;
mod schema;
mod seats;
mod settings;
mod teaching;
mod trainers;
mod trainers_told;
mod venues;
mod workshop_filter;
