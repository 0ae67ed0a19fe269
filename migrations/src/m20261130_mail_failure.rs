//! Whose matter the failure of a mail was, and mails by when they were tried:
//! an address is not to blame for a server that refuses everybody.

use crate::table::{index, text_null};
use sea_orm_migration::prelude::*;

/// See the module.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261130_mail_failure"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut alter = Table::alter();
        alter.table("outbox").add_column(text_null("failure"));
        manager.alter_table(alter).await?;
        manager.create_index(index("outbox", &["taken_at"])).await?;
        let db = manager.get_connection();
        db.execute_unprepared(FAILED_BEFORE).await?;
        Ok(())
    }
}

/// What failed before is judged by the words that were kept, the first that
/// holds: by the enhanced code, else by the code.
const FAILED_BEFORE: &str = "UPDATE outbox SET failure = CASE \
     WHEN error LIKE 'transient error (421)%' OR error LIKE 'transient error (454)%' THEN 'server' \
     WHEN error LIKE 'transient error (%' THEN 'passing' \
     WHEN error NOT LIKE 'permanent error (%' AND state = 'failed' THEN 'mail' \
     WHEN error NOT LIKE 'permanent error (%' THEN 'connection' \
     WHEN error LIKE '% 5.1.7 %' OR error LIKE '% 5.1.8 %' THEN 'server' \
     WHEN error LIKE '% 5.1.%' OR error LIKE '% 5.2.1 %' THEN 'mailbox' \
     WHEN error LIKE '% 5._.%' OR error LIKE '%#5._.%' OR lower(error) LIKE '%relay%' THEN 'server' \
     WHEN error LIKE 'permanent error (550)%' OR error LIKE 'permanent error (551)%' \
     OR error LIKE 'permanent error (553)%' THEN 'mailbox' \
     ELSE 'server' END \
     WHERE error IS NOT NULL AND state IN ('failed', 'retry')";
