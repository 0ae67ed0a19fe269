//! Attendance: devices at the door, what they met offline, corrections, locks,
//! and sign-in sheets.

use crate::table::{
    boolean, index, moment, moment_null, number, number_null, refers, table, text, text_null,
    unique,
};
use sea_orm_migration::prelude::*;

/// See the module.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261126_attendance"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in door().into_iter().chain(figures()).chain(paper()) {
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

fn door() -> Vec<TableCreateStatement> {
    vec![
        // A link or QR code that lets people without an account stand at the
        // door of one workshop. Its address carries the code and a signature.
        table("door_link")
            .col(number("workshop_id"))
            .col(text("label"))
            .col(text("code").unique_key().take())
            .col(text("created_by"))
            .col(moment("created_at"))
            .col(moment_null("revoked_at"))
            .foreign_key(&mut refers("door_link", "workshop_id", "workshop"))
            .take(),
        // A browser that checks people in: by a link, or of an account.
        table("door_device")
            .col(number("workshop_id"))
            .col(number_null("link_id"))
            .col(number_null("account_id"))
            .col(text("name"))
            .col(text("token_hash").unique_key().take())
            .col(number("waiting"))
            .col(moment("created_at"))
            .col(moment("seen_at"))
            .col(moment_null("revoked_at"))
            .foreign_key(&mut refers("door_device", "workshop_id", "workshop"))
            .foreign_key(&mut refers("door_device", "link_id", "door_link"))
            .foreign_key(&mut refers("door_device", "account_id", "account"))
            .take(),
        // A scan that a device let in offline and the server would not have:
        // kept as it happened, until an organiser settles it.
        table("door_conflict")
            .col(number("workshop_id"))
            .col(number("session_id"))
            .col(number_null("device_id"))
            .col(number_null("registration_id"))
            .col(text("nonce"))
            .col(text("code"))
            .col(text_null("form"))
            .col(text("kind"))
            .col(text("actor"))
            .col(moment("at"))
            .col(moment("recorded_at"))
            .col(moment_null("settled_at"))
            .col(text_null("settled_by"))
            .col(text_null("settlement"))
            .foreign_key(&mut refers("door_conflict", "workshop_id", "workshop"))
            .foreign_key(&mut refers("door_conflict", "session_id", "session"))
            .foreign_key(&mut refers(
                "door_conflict",
                "registration_id",
                "registration",
            ))
            .foreign_key(&mut refers("door_conflict", "device_id", "door_device"))
            .index(&mut unique(
                "door_conflict",
                &["session_id", "nonce", "code"],
            ))
            .take(),
    ]
}

fn figures() -> Vec<TableCreateStatement> {
    vec![
        // A correction by hand, which outranks what was scanned or signed.
        table("attendance_mark")
            .col(number("session_id"))
            .col(number("registration_id"))
            .col(text("state"))
            .col(text("reason"))
            .col(text("actor"))
            .col(moment("at"))
            .col(moment_null("undone_at"))
            .col(text_null("undone_by"))
            .foreign_key(&mut refers("attendance_mark", "session_id", "session"))
            .foreign_key(&mut refers(
                "attendance_mark",
                "registration_id",
                "registration",
            ))
            .take(),
        // The figures of a session, put forward by one person and signed off by
        // another. Reopening ends a row; the next one is new.
        table("session_lock")
            .col(number("session_id"))
            .col(text("proposed_by"))
            .col(moment("proposed_at"))
            .col(text_null("signed_by"))
            .col(moment_null("signed_at"))
            .col(text_null("reopened_by"))
            .col(moment_null("reopened_at"))
            .col(text_null("reason"))
            .foreign_key(&mut refers("session_lock", "session_id", "session"))
            .take(),
    ]
}

fn paper() -> Vec<TableCreateStatement> {
    vec![
        // A sign-in sheet as it was printed.
        table("sheet")
            .col(number("session_id"))
            .col(text("number").unique_key().take())
            .col(text("printed_by"))
            .col(moment("printed_at"))
            .foreign_key(&mut refers("sheet", "session_id", "session"))
            .take(),
        // Blank rows are for people who come unregistered.
        table("sheet_row")
            .col(number("sheet_id"))
            .col(number("position"))
            .col(number_null("registration_id"))
            .foreign_key(&mut refers("sheet_row", "sheet_id", "sheet"))
            .foreign_key(&mut refers("sheet_row", "registration_id", "registration"))
            .index(&mut unique("sheet_row", &["sheet_id", "position"]))
            .take(),
        // Rows of a sheet that somebody typed or scanned at once.
        table("sheet_entry")
            .col(number("sheet_id"))
            .col(text("typed_by"))
            .col(moment("typed_at"))
            .col(moment_null("undone_at"))
            .col(text_null("undone_by"))
            .foreign_key(&mut refers("sheet_entry", "sheet_id", "sheet"))
            .take(),
        // Somebody signed for a session. Beside a check-in at the door, never
        // instead of it: both are kept as they happened.
        table("signature")
            .col(number("entry_id"))
            .col(number("session_id"))
            .col(number("registration_id"))
            .col(moment_null("undone_at"))
            .foreign_key(&mut refers("signature", "entry_id", "sheet_entry"))
            .foreign_key(&mut refers("signature", "session_id", "session"))
            .foreign_key(&mut refers("signature", "registration_id", "registration"))
            .take(),
        // A photo or scan of a signed sheet.
        table("sheet_photo")
            .col(number("session_id"))
            .col(text("storage_key").unique_key().take())
            .col(text("file_name"))
            .col(text("kind"))
            .col(number("size"))
            .col(text("sha256"))
            .col(text("uploaded_by"))
            .col(moment("uploaded_at"))
            .col(moment_null("withdrawn_at"))
            .foreign_key(&mut refers("sheet_photo", "session_id", "session"))
            .take(),
    ]
}

fn columns() -> Vec<(&'static str, ColumnDef)> {
    vec![
        ("checkin", boolean("offline").default(false).take()),
        ("checkin", number_null("device_id")),
        ("workshop", number("late_after").default(15).take()),
        ("workshop", number("attended_share").default(50).take()),
    ]
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        unique("attendance_mark", &["session_id", "registration_id"])
            .and_where(Expr::col("undone_at").is_null())
            .take(),
        unique("signature", &["session_id", "registration_id"])
            .and_where(Expr::col("undone_at").is_null())
            .take(),
        unique("session_lock", &["session_id"])
            .and_where(Expr::col("reopened_at").is_null())
            .take(),
        index("attendance_mark", &["registration_id"]),
        index("checkin", &["session_id", "nonce"]),
        index("door_link", &["workshop_id"]),
        index("door_device", &["workshop_id"]),
        index("door_conflict", &["workshop_id", "settled_at"]),
        index("sheet", &["session_id"]),
        index("sheet_row", &["registration_id"]),
        index("sheet_entry", &["sheet_id"]),
        index("signature", &["entry_id"]),
        index("signature", &["registration_id"]),
        index("sheet_photo", &["session_id"]),
    ]
}
