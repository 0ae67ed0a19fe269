//! The phone that was given with a registration: whoever gave it may see it on
//! the page of the registration, and nobody else's.

use crate::table::text_null;
use sea_orm_migration::prelude::*;

/// See the module.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261130_given_phone"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut alter = Table::alter();
        alter.table("registration").add_column(text_null("phone"));
        manager.alter_table(alter).await?;
        // Whoever registered alone and was new gave the phone; so did whoever
        // made the only registration of a person. Of others it is not known.
        let known = "UPDATE registration SET phone = (\
                SELECT person.phone FROM person WHERE person.id = registration.person_id) \
            WHERE (source IN ('online', 'api', 'walk_in') AND party_id IS NULL \
                    AND EXISTS (SELECT 1 FROM person \
                        WHERE person.id = registration.person_id \
                            AND person.created_at = registration.created_at)) \
                OR NOT EXISTS (SELECT 1 FROM registration AS other \
                    WHERE other.person_id = registration.person_id \
                        AND other.id <> registration.id)";
        manager.get_connection().execute_unprepared(known).await?;
        Ok(())
    }
}
