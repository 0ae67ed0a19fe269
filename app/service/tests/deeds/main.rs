//! The deeds, each on SQLite and on PostgreSQL.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod accounts;
mod annual_plans;
mod attention;
mod calls;
mod changes;
mod clashes;
mod decisions;
mod delivery_order;
mod demo;
mod door;
mod door_list;
mod drafts;
mod establishments;
mod feeds;
mod imports;
mod invitations;
mod inviting;
mod kit;
mod likeness;
mod materials;
mod nominations;
mod offers;
mod outbox;
mod parties;
mod past;
mod people;
mod people_by_hand;
mod planning;
mod privacy;
mod public_list;
mod questions;
mod races;
mod registration;
mod schema;
mod seats;
mod settings;
mod teaching;
mod tickets;
mod trainers;
mod trainers_told;
mod venues;
mod workshop_filter;
