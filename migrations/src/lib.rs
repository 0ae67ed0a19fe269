//! The truth about the schema: append-only migrations for SQLite and PostgreSQL.
//!
//! SQLite cannot add constraints later, so each stands in its CREATE TABLE.
//! Times are UTC; keys are 64-bit; codes of closed lists are text.

use sea_orm_migration::prelude::*;

mod m20261123_foundation;
mod m20261124_scheduling;
mod m20261125_registration;
mod m20261126_attendance;
mod m20261130_call_via;
mod m20261130_campaigns;
mod m20261130_figures;
mod m20261130_given_phone;
mod m20261130_import_trace;
mod m20261130_mail_failure;
mod m20261130_material_mail;
mod m20261130_materials;
mod m20261130_outbox;
mod m20261130_passed_on;
mod m20261130_reply;
mod m20261130_sheet_did;
mod m20261130_templates;
mod m20261130_told;
mod table;

/// Runs all migrations in order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_foundation::Migration),
            Box::new(m20261124_scheduling::Migration),
            Box::new(m20261125_registration::Migration),
            Box::new(m20261126_attendance::Migration),
            Box::new(m20261130_import_trace::Migration),
            Box::new(m20261130_figures::Migration),
            Box::new(m20261130_told::Migration),
            Box::new(m20261130_given_phone::Migration),
            Box::new(m20261130_outbox::Migration),
            Box::new(m20261130_materials::Migration),
            Box::new(m20261130_sheet_did::Migration),
            Box::new(m20261130_templates::Migration),
            Box::new(m20261130_campaigns::Migration),
            Box::new(m20261130_call_via::Migration),
            Box::new(m20261130_reply::Migration),
            Box::new(m20261130_material_mail::Migration),
            Box::new(m20261130_mail_failure::Migration),
            Box::new(m20261130_passed_on::Migration),
        ]
    }
}

pub use sea_orm_migration::MigratorTrait;
