//! What an import made and filled in, so that it can be taken back.

use crate::table::{index, moment_null, number, refers, table, text, text_null};
use sea_orm_migration::prelude::*;

/// See the module.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261130_import_trace"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // A row that an import made, or into which it wrote what was not known.
        let mut trace = table("import_trace");
        trace
            .col(number("import_id"))
            .col(text("kind"))
            .col(number("row_id"))
            .col(text_null("filled"))
            .foreign_key(&mut refers("import_trace", "import_id", "import"));
        manager.create_table(trace).await?;
        // Taken back with the import that made it: shown nowhere until somebody
        // is registered by it again.
        for table in ["person", "establishment"] {
            let mut alter = Table::alter();
            alter.table(table).add_column(moment_null("withdrawn_at"));
            manager.alter_table(alter).await?;
        }
        manager
            .create_index(index("import_trace", &["import_id", "kind"]))
            .await
    }
}
