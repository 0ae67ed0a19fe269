//! Where answers to a mail go, where that is not the organisation: a workshop
//! has its own contact.

use crate::table::text_null;
use sea_orm_migration::prelude::*;

/// See the module.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261130_reply"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut alter = Table::alter();
        alter.table("outbox").add_column(text_null("reply_to"));
        manager.alter_table(alter).await
    }
}
