//! The tables, one a file, written by hand after the migrations; a test holds
//! the two together.

// Columns are documented by the domain's terms; the derive writes the rest.
#![allow(missing_docs)]

pub mod account;
pub mod agenda_item;
pub mod annual_plan;
pub mod answer;
pub mod api_token;
pub mod assignment;
pub mod attendance_mark;
pub mod audit;
pub mod call;
pub mod campaign;
pub mod campaign_recipient;
pub mod checkin;
mod code;
pub mod consent;
pub mod distribution;
pub mod door_conflict;
pub mod door_device;
pub mod door_link;
pub mod establishment;
pub mod idempotency_key;
pub mod import;
pub mod import_heading;
pub mod import_trace;
pub mod invitation;
pub mod likeness;
pub mod locality;
pub mod material;
pub mod material_download;
pub mod material_link_withdrawal;
pub mod material_mail;
pub mod material_version;
pub mod message_template;
pub mod organization;
pub mod outbox;
pub mod party;
pub mod person;
pub mod programme;
pub mod question;
pub mod registration;
pub mod room;
pub mod session;
pub mod session_lock;
pub mod session_lock_row;
pub mod sheet;
pub mod sheet_entry;
pub mod sheet_photo;
pub mod sheet_row;
pub mod sign_in;
pub mod sign_in_failure;
pub mod signature;
pub mod teaching;
pub mod trainer;
pub mod venue;
pub mod workshop;
pub mod workshop_change;

pub use code::Code;
