//! The words of mails that organisers have changed. What is not here has the
//! words that are built in.

use crate::table::{moment, table, text, unique};
use sea_orm_migration::prelude::*;

/// See the module.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261130_templates"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let create = table("message_template")
            .col(text("occasion"))
            .col(text("lang"))
            .col(text("subject"))
            .col(text("body"))
            .col(moment("changed_at"))
            .col(text("changed_by"))
            .index(&mut unique("message_template", &["occasion", "lang"]))
            .take();
        manager.create_table(create).await
    }
}
