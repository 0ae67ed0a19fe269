//! Messages to a part of a workshop's people, and lists of calls that are of a
//! change or of a message, with what came of each call.

use crate::table::{
    index, moment, moment_null, number, number_null, refers, table, text, text_null, unique,
};
use sea_orm_migration::prelude::*;

/// See the module.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261130_campaigns"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [campaigns(), recipients(), calls()] {
            manager.create_table(table).await?;
        }
        let mut alter = Table::alter();
        alter
            .table("outbox")
            .add_column(number_null("campaign_id").take());
        manager.alter_table(alter).await?;
        for index in [
            index("outbox", &["campaign_id"]),
            index("campaign_recipient", &["mail_id"]),
            index("phone_call", &["registration_id"]),
        ] {
            manager.create_index(index).await?;
        }
        manager
            .get_connection()
            .execute_unprepared(
                "INSERT INTO phone_call (change_id, registration_id, trainer_id, invitation_id, \
                 outcome, marked_at, marked_by) \
                 SELECT change_id, registration_id, trainer_id, invitation_id, \
                 CASE WHEN reached_at IS NULL THEN NULL ELSE 'called' END, reached_at, reached_by \
                 FROM change_call",
            )
            .await?;
        manager
            .drop_table(Table::drop().table("change_call").take())
            .await
    }
}

fn campaigns() -> TableCreateStatement {
    let given = |column: &'static str| Expr::col(column).is_not_null();
    let none = |column: &'static str| Expr::col(column).is_null();
    table("campaign")
        .col(number("workshop_id"))
        // Names the form that made it, so that sending it twice makes one.
        .col(text("request"))
        .col(text("subject_vi"))
        .col(text("body_vi"))
        .col(text("subject_en"))
        .col(text("body_en"))
        .col(text("purpose"))
        .col(text("shared"))
        .col(text("audience"))
        .col(text("timing"))
        .col(moment_null("due_at"))
        .col(number_null("minutes"))
        .col(text("created_by"))
        .col(moment("created_at"))
        .col(moment_null("started_at"))
        .col(moment_null("paused_at"))
        .col(moment_null("cancelled_at"))
        .col(text_null("cancelled_why"))
        // A moment, or a length of time before or after the workshop.
        .check(
            given("due_at")
                .and(none("minutes"))
                .or(none("due_at").and(given("minutes"))),
        )
        .check(
            given("cancelled_at")
                .and(given("cancelled_why"))
                .or(none("cancelled_at").and(none("cancelled_why"))),
        )
        .foreign_key(&mut refers("campaign", "workshop_id", "workshop"))
        .index(&mut unique("campaign", &["workshop_id", "request"]))
        .take()
}

/// Who a message was for when it left: the mail that tells them, or none when
/// no mail reaches them. Who share a mailbox may share a mail.
fn recipients() -> TableCreateStatement {
    let name = "campaign_recipient";
    table(name)
        .col(number("campaign_id"))
        .col(number("registration_id"))
        .col(number_null("mail_id"))
        .foreign_key(&mut refers(name, "campaign_id", "campaign"))
        .foreign_key(&mut refers(name, "registration_id", "registration"))
        .foreign_key(&mut refers(name, "mail_id", "outbox"))
        .index(&mut unique(name, &["campaign_id", "registration_id"]))
        .take()
}

/// Somebody to be told by phone or Zalo of a change or a message, what came of
/// it, and the number that was tried. Takes the place of the calls of changes
/// alone.
fn calls() -> TableCreateStatement {
    let given = |column: &'static str| Expr::col(column).is_not_null();
    let none = |column: &'static str| Expr::col(column).is_null();
    let one = |this: &'static str, other: &'static str, third: &'static str| {
        given(this).and(none(other)).and(none(third))
    };
    let (registration, trainer, invitation) = ("registration_id", "trainer_id", "invitation_id");
    let (change, campaign) = ("change_id", "campaign_id");
    let name = "phone_call";
    table(name)
        .col(number_null(change))
        .col(number_null(campaign))
        .col(number_null(registration))
        .col(number_null(trainer))
        .col(number_null(invitation))
        .col(text_null("outcome"))
        .col(text_null("phone"))
        .col(moment_null("marked_at"))
        .col(text_null("marked_by"))
        .check(
            one(registration, trainer, invitation)
                .or(one(trainer, registration, invitation))
                .or(one(invitation, registration, trainer)),
        )
        .check(
            given(change)
                .and(none(campaign))
                .or(given(campaign).and(none(change))),
        )
        .foreign_key(&mut refers(name, change, "workshop_change"))
        .foreign_key(&mut refers(name, campaign, "campaign"))
        .foreign_key(&mut refers(name, registration, "registration"))
        .foreign_key(&mut refers(name, trainer, "trainer"))
        .foreign_key(&mut refers(name, invitation, "invitation"))
        .index(&mut unique(name, &[change, registration]))
        .index(&mut unique(name, &[change, trainer]))
        .index(&mut unique(name, &[change, invitation]))
        .index(&mut unique(name, &[campaign, registration]))
        .take()
}
