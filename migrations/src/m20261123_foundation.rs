//! The first schema: one thin path through everything.

use crate::table::{
    boolean, date, date_null, index, moment, moment_null, number, number_null, refers, table, text,
    text_null, unique,
};
use sea_orm_migration::prelude::*;

/// See the module.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261123_foundation"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            programme(),
            people(),
            workshops(),
            attendance(),
            mail(),
            access(),
        ];
        for table in tables.into_iter().flatten() {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn programme() -> Vec<TableCreateStatement> {
    vec![
        table("organization")
            .col(text("name_vi"))
            .col(text("name_en"))
            .col(text("address"))
            .col(text("phone"))
            .col(text("email"))
            .take(),
        table("programme")
            .col(text("name_vi"))
            .col(text("name_en"))
            .col(number("target"))
            .col(date_null("starts_on"))
            .col(date_null("ends_on"))
            .col(boolean("is_demo"))
            .check(Expr::col("target").gt(0))
            .take(),
        table("locality")
            .col(text("name"))
            .col(text("folded"))
            .col(text("kind"))
            .col(date("valid_from"))
            .col(date_null("valid_to"))
            .col(number_null("predecessor_id"))
            .col(boolean("is_demo"))
            .foreign_key(&mut refers("locality", "predecessor_id", "locality"))
            .take(),
    ]
}

fn people() -> Vec<TableCreateStatement> {
    vec![
        table("establishment")
            .col(text("name"))
            .col(text("folded"))
            .col(text("name_key"))
            .col(text_null("kind"))
            .col(text_null("sector"))
            .col(text_null("site"))
            .col(number_null("locality_id"))
            .col(text_null("tax_code"))
            .col(boolean("is_demo"))
            .col(moment("created_at"))
            .foreign_key(&mut refers("establishment", "locality_id", "locality"))
            .take(),
        table("person")
            .col(text("full_name"))
            .col(text("folded"))
            .col(text_null("phone"))
            .col(text_null("email"))
            .col(number("establishment_id"))
            .col(boolean("is_demo"))
            .col(moment("created_at"))
            .foreign_key(&mut refers("person", "establishment_id", "establishment"))
            .take(),
    ]
}

fn workshops() -> Vec<TableCreateStatement> {
    vec![
        table("workshop")
            .col(number("programme_id"))
            .col(text("slug").unique_key().take())
            .col(text("title_vi"))
            .col(text("title_en"))
            .col(text("summary_vi"))
            .col(text("summary_en"))
            .col(text("notice_vi"))
            .col(text("notice_en"))
            .col(text("kind"))
            .col(text("state"))
            .col(number("capacity"))
            .col(moment("opens_at"))
            .col(moment("closes_at"))
            .col(moment("created_at"))
            .col(moment_null("published_at"))
            .check(Expr::col("capacity").gt(0))
            .foreign_key(&mut refers("workshop", "programme_id", "programme"))
            .take(),
        table("session")
            .col(number("workshop_id"))
            .col(number("position"))
            .col(text("room"))
            .col(text("address"))
            .col(moment("starts_at"))
            .col(moment("ends_at"))
            .foreign_key(&mut refers("session", "workshop_id", "workshop"))
            .index(&mut unique("session", &["workshop_id", "position"]))
            .take(),
        table("material")
            .col(number("workshop_id"))
            .col(text("file_name"))
            .col(text("kind"))
            .col(number("size"))
            .col(text("sha256"))
            .col(text("storage_key").unique_key().take())
            .col(text("uploaded_by"))
            .col(moment("uploaded_at"))
            .col(moment_null("withdrawn_at"))
            .foreign_key(&mut refers("material", "workshop_id", "workshop"))
            .take(),
    ]
}

fn attendance() -> Vec<TableCreateStatement> {
    vec![
        table("registration")
            .col(number("workshop_id"))
            .col(number("person_id"))
            .col(number("establishment_id"))
            .col(number_null("locality_id"))
            .col(text("locality_name"))
            .col(text_null("email"))
            .col(text("role"))
            .col(text("state"))
            .col(text("source"))
            .col(text("code").unique_key().take())
            .col(text("lang"))
            .col(number_null("substitute_id"))
            .col(moment("created_at"))
            .col(moment("state_at"))
            .foreign_key(&mut refers("registration", "workshop_id", "workshop"))
            .foreign_key(&mut refers("registration", "person_id", "person"))
            .foreign_key(&mut refers(
                "registration",
                "establishment_id",
                "establishment",
            ))
            .foreign_key(&mut refers("registration", "locality_id", "locality"))
            .foreign_key(&mut refers("registration", "substitute_id", "registration"))
            .take(),
        table("consent")
            .col(number("registration_id"))
            .col(text("purpose"))
            .col(text("text_version"))
            .col(text("channel"))
            .col(text("actor"))
            .col(moment("given_at"))
            .col(moment_null("withdrawn_at"))
            .foreign_key(&mut refers("consent", "registration_id", "registration"))
            .index(&mut unique("consent", &["registration_id", "purpose"]))
            .take(),
        table("checkin")
            .col(number("session_id"))
            .col(number("registration_id"))
            .col(text("nonce"))
            .col(text("actor"))
            .col(moment("at"))
            .col(moment("recorded_at"))
            .col(moment_null("undone_at"))
            .foreign_key(&mut refers("checkin", "session_id", "session"))
            .foreign_key(&mut refers("checkin", "registration_id", "registration"))
            .index(&mut unique(
                "checkin",
                &["session_id", "registration_id", "nonce"],
            ))
            .take(),
    ]
}

fn mail() -> Vec<TableCreateStatement> {
    vec![
        table("outbox")
            .col(text("purpose"))
            .col(text("recipient_key"))
            .col(number_null("workshop_id"))
            .col(number_null("registration_id"))
            .col(text("to_name"))
            .col(text("to_address"))
            .col(text("subject"))
            .col(text("body_text"))
            .col(text("body_html"))
            .col(text_null("calendar"))
            .col(text("message_id").unique_key().take())
            .col(text("state"))
            .col(number("attempts"))
            .col(moment("created_at"))
            .col(moment("next_at"))
            .col(moment_null("taken_at"))
            .col(moment_null("sent_at"))
            .col(text_null("error"))
            .foreign_key(&mut refers("outbox", "workshop_id", "workshop"))
            .foreign_key(&mut refers("outbox", "registration_id", "registration"))
            .index(&mut unique("outbox", &["purpose", "recipient_key"]))
            .take(),
    ]
}

fn access() -> Vec<TableCreateStatement> {
    vec![
        table("account")
            .col(text("email").unique_key().take())
            .col(text("name"))
            .col(text("role"))
            .col(text("password_hash"))
            .col(boolean("is_demo"))
            .col(moment("created_at"))
            .col(moment_null("disabled_at"))
            .take(),
        table("assignment")
            .col(number("account_id"))
            .col(number("workshop_id"))
            .foreign_key(&mut refers("assignment", "account_id", "account"))
            .foreign_key(&mut refers("assignment", "workshop_id", "workshop"))
            .index(&mut unique("assignment", &["account_id", "workshop_id"]))
            .take(),
        table("sign_in")
            .col(text("token_hash").unique_key().take())
            .col(text("data"))
            .col(moment("expires_at"))
            .take(),
        table("sign_in_failure")
            .col(text("account_key"))
            .col(moment("at"))
            .take(),
        table("api_token")
            .col(text("name"))
            .col(text("role"))
            .col(text("token_hash").unique_key().take())
            .col(moment("created_at"))
            .col(moment_null("revoked_at"))
            .take(),
        table("idempotency_key")
            .col(text("owner"))
            .col(text("key"))
            .col(text("fingerprint"))
            .col(text("answer"))
            .col(moment("at"))
            .index(&mut unique("idempotency_key", &["owner", "key"]))
            .take(),
        table("audit")
            .col(moment("at"))
            .col(text("actor"))
            .col(text("deed"))
            .col(text("noun"))
            .col(number("noun_id"))
            .col(text_null("before"))
            .col(text_null("after"))
            .take(),
    ]
}

/// What is searched, and the invariants that a table constraint cannot say.
fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        // One active registration per person and workshop.
        unique("registration", &["workshop_id", "person_id"])
            .and_where(Expr::col("state").is_in(["booked", "waitlisted"]))
            .take(),
        // One standing check-in per registration and session.
        unique("checkin", &["session_id", "registration_id"])
            .and_where(Expr::col("undone_at").is_null())
            .take(),
        index("registration", &["workshop_id", "state"]),
        index("registration", &["person_id"]),
        index("checkin", &["registration_id"]),
        index("establishment", &["name_key"]),
        index("person", &["folded"]),
        index("person", &["phone"]),
        index("workshop", &["state"]),
        index("session", &["starts_at"]),
        index("material", &["workshop_id"]),
        index("outbox", &["state", "next_at"]),
        index("outbox", &["workshop_id", "purpose"]),
        index("sign_in", &["expires_at"]),
        index("sign_in_failure", &["account_key", "at"]),
        index("audit", &["noun", "noun_id"]),
        index("idempotency_key", &["at"]),
    ]
}
