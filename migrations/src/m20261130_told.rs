//! Telling: a trainer's invitation that was cancelled is another one when it is
//! sent again, and whoever is told of a change can be called.

use crate::table::{index, moment_null, number, number_null, refers, table, text_null, unique};
use sea_orm_migration::prelude::*;

/// See the module.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261130_told"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // How often a trainer who had declined came back to a question.
        let mut alter = Table::alter();
        alter
            .table("teaching")
            .add_column(number("round").default(0).take());
        manager.alter_table(alter).await?;
        manager.create_table(calls()).await?;
        manager
            .create_index(index("change_call", &["registration_id"]))
            .await?;
        manager
            .get_connection()
            .execute_unprepared(
                r#"INSERT INTO change_call (change_id, registration_id, reached_at, reached_by)
                   SELECT change_id, registration_id, reached_at, reached_by FROM "call""#,
            )
            .await?;
        manager.drop_table(Table::drop().table("call").take()).await
    }
}

/// Somebody to be told by phone or Zalo, and whether that was done: a
/// registrant, a trainer, or the contact of an invitation. Takes the place of
/// the table of registrants alone.
fn calls() -> TableCreateStatement {
    let given = |column: &'static str| Expr::col(column).is_not_null();
    let none = |column: &'static str| Expr::col(column).is_null();
    let one = |this: &'static str, other: &'static str, third: &'static str| {
        given(this).and(none(other)).and(none(third))
    };
    let (registration, trainer, invitation) = ("registration_id", "trainer_id", "invitation_id");
    table("change_call")
        .col(number("change_id"))
        .col(number_null(registration))
        .col(number_null(trainer))
        .col(number_null(invitation))
        .col(moment_null("reached_at"))
        .col(text_null("reached_by"))
        .check(
            one(registration, trainer, invitation)
                .or(one(trainer, registration, invitation))
                .or(one(invitation, registration, trainer)),
        )
        .foreign_key(&mut refers("change_call", "change_id", "workshop_change"))
        .foreign_key(&mut refers("change_call", registration, "registration"))
        .foreign_key(&mut refers("change_call", trainer, "trainer"))
        .foreign_key(&mut refers("change_call", invitation, "invitation"))
        .index(&mut unique("change_call", &["change_id", registration]))
        .index(&mut unique("change_call", &["change_id", trainer]))
        .index(&mut unique("change_call", &["change_id", invitation]))
        .take()
}
