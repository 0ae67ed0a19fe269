//! What each mail with materials led to as it was written: that a material was
//! withdrawn, restored or given another time since does not change what was
//! handed out.

use crate::table::{number, refers, table, unique};
use sea_orm_migration::prelude::*;

/// See the module.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261130_material_mail"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let made = table("material_mail")
            .col(number("outbox_id"))
            .col(number("material_id"))
            .foreign_key(&mut refers("material_mail", "outbox_id", "outbox"))
            .foreign_key(&mut refers("material_mail", "material_id", "material"))
            .index(&mut unique("material_mail", &["outbox_id", "material_id"]))
            .take();
        manager.create_table(made).await?;
        let db = manager.get_connection();
        db.execute_unprepared(WRITTEN_BEFORE).await?;
        Ok(())
    }
}

/// Mails that were written before led to what their workshop hands out now, as
/// far as it did when they left: no more is known of them.
const WRITTEN_BEFORE: &str = "INSERT INTO material_mail (outbox_id, material_id) \
     SELECT o.id, m.id FROM outbox o JOIN material m ON m.workshop_id = o.workshop_id \
     WHERE o.purpose = 'materials' \
     AND m.created_at <= coalesce(o.sent_at, o.created_at) \
     AND (m.withdrawn_at IS NULL OR m.withdrawn_at > coalesce(o.sent_at, o.created_at)) \
     AND (m.timing = 'now' OR NOT EXISTS (SELECT 1 FROM session s \
     WHERE s.workshop_id = m.workshop_id AND (m.session_id IS NULL OR s.id = m.session_id) \
     AND s.ends_at > coalesce(o.sent_at, o.created_at)))";
