//! What entering rows of a sheet changed besides signatures, so that it can be
//! taken back whole.

use crate::table::text_null;
use sea_orm_migration::prelude::*;

/// See the module.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261130_sheet_did"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut alter = Table::alter();
        // As JSON.
        alter.table("sheet_entry").add_column(text_null("did"));
        manager.alter_table(alter).await
    }
}
