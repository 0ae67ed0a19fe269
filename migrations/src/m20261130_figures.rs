//! The figures of a session as they were put forward, person by person: what
//! happens later does not change what is signed. And what settling a conflict
//! did, so that it can be undone whole.

use crate::table::{index, number, refers, table, text, text_null, unique};
use sea_orm_migration::prelude::*;

/// See the module.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261130_figures"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(session_lock_row()).await?;
        for columns in ["registration_id", "person_id"] {
            let index = index("session_lock_row", &[columns]);
            manager.create_index(index).await?;
        }
        let mut alter = Table::alter();
        // What counting it changed, as JSON.
        alter.table("door_conflict").add_column(text_null("did"));
        manager.alter_table(alter).await?;
        let db = manager.get_connection();
        let late = match manager.get_database_backend() {
            sea_orm::DbBackend::Sqlite => {
                "julianday(seen.at) > julianday(s.starts_at) + w.late_after / 1440.0"
            }
            _ => "seen.at > s.starts_at + make_interval(mins => w.late_after::int)",
        };
        db.execute_unprepared(&fill(late)).await?;
        Ok(())
    }
}

fn session_lock_row() -> TableCreateStatement {
    table("session_lock_row")
        .col(number("lock_id"))
        .col(number("registration_id"))
        // Who that was then: persons are merged later.
        .col(number("person_id"))
        .col(text("state"))
        .foreign_key(&mut refers("session_lock_row", "lock_id", "session_lock"))
        .foreign_key(&mut refers(
            "session_lock_row",
            "registration_id",
            "registration",
        ))
        .foreign_key(&mut refers("session_lock_row", "person_id", "person"))
        .index(&mut unique("session_lock_row", &["lock_id", "person_id"]))
        .take()
}

/// What was put forward before this is kept as it stands now: a correction
/// outranks a scan, a scan a signature; who is not seen was absent. Of several
/// registrations of one person the one that says most stands for all.
fn fill(late: &str) -> String {
    format!(
        "INSERT INTO session_lock_row (lock_id, registration_id, person_id, state)
         SELECT lock_id, registration_id, person_id, state FROM (
           SELECT known.*, ROW_NUMBER() OVER (
             PARTITION BY lock_id, person_id
             ORDER BY CASE state WHEN 'present' THEN 0 WHEN 'late' THEN 1 WHEN 'excused' THEN 2 ELSE 3 END,
               registration_id
           ) AS place FROM (
             SELECT l.id AS lock_id, r.id AS registration_id, r.person_id AS person_id,
               CASE
                 WHEN m.state IS NOT NULL THEN m.state
                 WHEN seen.id IS NOT NULL AND {late} THEN 'late'
                 WHEN seen.id IS NOT NULL OR g.id IS NOT NULL THEN 'present'
                 ELSE 'absent'
               END AS state
             FROM session_lock l
             JOIN session s ON s.id = l.session_id
             JOIN workshop w ON w.id = s.workshop_id
             JOIN registration r ON r.workshop_id = s.workshop_id
             LEFT JOIN checkin seen ON seen.session_id = s.id
               AND seen.registration_id = r.id AND seen.undone_at IS NULL
             LEFT JOIN signature g ON g.session_id = s.id
               AND g.registration_id = r.id AND g.undone_at IS NULL
             LEFT JOIN attendance_mark m ON m.session_id = s.id
               AND m.registration_id = r.id AND m.undone_at IS NULL
             WHERE l.reopened_at IS NULL AND (r.state = 'booked' OR seen.id IS NOT NULL
               OR g.id IS NOT NULL OR m.id IS NOT NULL)
           ) known
         ) ranked WHERE place = 1"
    )
}
