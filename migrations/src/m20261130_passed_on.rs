//! What only its moment tells of a registration: that its holder named who goes
//! instead, and that somebody told the person by phone that a request was
//! declined.
//!
//! Of what was passed on before, nothing is filled in, and holders lose the name
//! and the link that stood on their page: no row tells the holder from an
//! establishment that changed its delegate, and another's link is not shown on a
//! guess. Organisers find both.

use crate::table::moment_null;
use sea_orm_migration::prelude::*;

/// See the module.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261130_passed_on"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds one column at a time.
        for column in ["passed_on_at", "told_at"] {
            let mut alter = Table::alter();
            alter.table("registration").add_column(moment_null(column));
            manager.alter_table(alter).await?;
        }
        Ok(())
    }
}
