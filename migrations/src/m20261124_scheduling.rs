//! Scheduling: annual plans, venues and rooms, trainers and what they teach,
//! agendas, and the changes that people are told of.

use crate::table::{
    boolean, index, moment, moment_null, number, number_null, refers, table, text, text_null,
    unique,
};
use sea_orm_migration::prelude::*;

/// See the module.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261124_scheduling"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in tables() {
            manager.create_table(table).await?;
        }
        // SQLite adds one column a statement.
        for (table, column) in columns() {
            let mut alter = Table::alter();
            alter.table(table).add_column(column);
            manager.alter_table(alter).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn tables() -> Vec<TableCreateStatement> {
    vec![
        table("annual_plan")
            .col(number("programme_id"))
            .col(number("year"))
            .col(number("workshops"))
            .col(number("delegates"))
            .col(text("funding"))
            .col(text("note"))
            .check(Expr::col("workshops").gte(0))
            .check(Expr::col("delegates").gte(0))
            .foreign_key(&mut refers("annual_plan", "programme_id", "programme"))
            .index(&mut unique("annual_plan", &["programme_id", "year"]))
            .take(),
        table("venue")
            .col(text("name"))
            .col(text("folded"))
            .col(text("address"))
            .col(text("directions"))
            .col(boolean("is_demo"))
            .col(moment("created_at"))
            .col(moment_null("retired_at"))
            .index(&mut unique("venue", &["folded"]))
            .take(),
        table("room")
            .col(number("venue_id"))
            .col(text("name"))
            .col(number("capacity"))
            .col(moment_null("retired_at"))
            .check(Expr::col("capacity").gt(0))
            .foreign_key(&mut refers("room", "venue_id", "venue"))
            .index(&mut unique("room", &["venue_id", "name"]))
            .take(),
        table("trainer")
            .col(text("full_name"))
            .col(text("folded"))
            .col(text("affiliation"))
            .col(text("fields"))
            .col(text_null("phone"))
            .col(text_null("email"))
            .col(number_null("account_id"))
            .col(boolean("is_demo"))
            .col(moment("created_at"))
            .col(moment_null("retired_at"))
            .foreign_key(&mut refers("trainer", "account_id", "account"))
            .index(&mut unique("trainer", &["account_id"]))
            .take(),
        table("agenda_item")
            .col(number("session_id"))
            .col(number("position"))
            .col(moment("starts_at"))
            .col(moment("ends_at"))
            .col(text("title_vi"))
            .col(text("title_en"))
            .col(number_null("trainer_id"))
            .foreign_key(&mut refers("agenda_item", "session_id", "session"))
            .foreign_key(&mut refers("agenda_item", "trainer_id", "trainer"))
            .index(&mut unique("agenda_item", &["session_id", "position"]))
            .take(),
        // What a trainer is asked to do at a session, and the answer.
        table("teaching")
            .col(number("session_id"))
            .col(number("trainer_id"))
            .col(text("state"))
            .col(text("expected"))
            .col(moment_null("expected_by"))
            .col(moment("asked_at"))
            .col(moment_null("answered_at"))
            .foreign_key(&mut refers("teaching", "session_id", "session"))
            .foreign_key(&mut refers("teaching", "trainer_id", "trainer"))
            .index(&mut unique("teaching", &["session_id", "trainer_id"]))
            .take(),
        // A move or a cancellation that people were told of.
        table("workshop_change")
            .col(number("workshop_id"))
            .col(number("version"))
            .col(text("kind"))
            .col(moment("at"))
            .col(text("actor"))
            .col(text("note_vi"))
            .col(text("note_en"))
            .col(text("before"))
            .col(text("after"))
            .col(number("told"))
            .foreign_key(&mut refers("workshop_change", "workshop_id", "workshop"))
            .index(&mut unique("workshop_change", &["workshop_id", "version"]))
            .take(),
        // Somebody to be told by phone or Zalo, and whether that was done.
        table("call")
            .col(number("change_id"))
            .col(number("registration_id"))
            .col(moment_null("reached_at"))
            .col(text_null("reached_by"))
            .foreign_key(&mut refers("call", "change_id", "workshop_change"))
            .foreign_key(&mut refers("call", "registration_id", "registration"))
            .index(&mut unique("call", &["change_id", "registration_id"]))
            .take(),
    ]
}

fn columns() -> Vec<(&'static str, ColumnDef)> {
    let words = |name: &'static str| text(name).default("").take();
    let code = |name: &'static str, default: &'static str| text(name).default(default).take();
    let count = |name: &'static str, default: i64| number(name).default(default).take();
    vec![
        ("workshop", words("code")),
        ("workshop", words("roles")),
        ("workshop", words("sectors")),
        ("workshop", code("format", "in_person")),
        ("workshop", words("online_link")),
        ("workshop", words("contact_name")),
        ("workshop", words("contact_phone")),
        ("workshop", words("contact_email")),
        ("workshop", number_null("minimum")),
        ("workshop", moment_null("minimum_by")),
        ("workshop", moment_null("minimum_alerted_at")),
        ("workshop", moment_null("minimum_settled_at")),
        ("workshop", code("cancel_rule", "any_time")),
        ("workshop", moment_null("cancel_until")),
        ("workshop", code("certificate_rule", "none")),
        ("workshop", count("version", 1)),
        ("session", words("title_vi")),
        ("session", words("title_en")),
        ("session", number_null("room_id")),
        ("session", count("sequence", 0)),
        ("outbox", text_null("calendar_key")),
        ("account", count("feed_version", 0)),
    ]
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        index("session", &["ends_at"]),
        index("session", &["room_id", "starts_at"]),
        index("teaching", &["trainer_id"]),
        index("agenda_item", &["trainer_id"]),
        index("trainer", &["folded"]),
        index("outbox", &["calendar_key"]),
        index("call", &["registration_id"]),
    ]
}
