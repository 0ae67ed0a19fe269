//! The deeds, each on SQLite and on PostgreSQL.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod accounts;
mod annual_plans;
mod demo;
mod door;
mod door_list;
mod establishments;
mod feeds;
mod invitations;
mod kit;
mod materials;
mod outbox;
mod past;
mod planning;
mod privacy;
mod public_list;
mod races;
mod registration;
mod scheduling;
mod schema;
mod seats;
mod teaching;
mod trainers;
mod venues;
mod workshop_filter;
