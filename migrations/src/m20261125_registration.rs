//! Registration: invitations and nominations, groups, approval, offers of a
//! freed seat, questions, duplicates to be judged, and imports.

use crate::table::{
    boolean, index, moment, moment_null, number, number_null, refers, table, text, text_null,
    unique,
};
use sea_orm_migration::prelude::*;

/// See the module.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261125_registration"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in tables() {
            manager.create_table(table).await?;
        }
        // SQLite adds one column a statement.
        for (table, column) in columns() {
            let mut alter = Table::alter();
            alter.table(table).add_column(column);
            manager.alter_table(alter).await?;
        }
        // More states are active now; the same rule, one standing registration
        // per person and workshop, is written anew.
        let narrow = Index::drop()
            .name("ux_registration_workshop_id_person_id")
            .table("registration")
            .to_owned();
        manager.drop_index(narrow).await?;
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn tables() -> Vec<TableCreateStatement> {
    vec![
        // Several delegates whom one person registered together.
        table("party")
            .col(number("workshop_id"))
            .col(text("code").unique_key().take())
            .col(text("contact_name"))
            .col(text("contact_phone"))
            .col(text_null("contact_email"))
            .col(text("lang"))
            .col(moment("created_at"))
            .foreign_key(&mut refers("party", "workshop_id", "workshop"))
            .take(),
        // A letter to an establishment with a quota of delegates, and its answer.
        table("invitation")
            .col(number("workshop_id"))
            .col(number("establishment_id"))
            .col(number("quota"))
            .col(text("code").unique_key().take())
            .col(text("lang"))
            .col(text("contact_name"))
            .col(text_null("contact_phone"))
            .col(text_null("contact_email"))
            .col(moment("answer_by"))
            .col(text("created_by"))
            .col(moment("created_at"))
            .col(moment_null("sent_at"))
            .col(moment_null("answered_at"))
            .col(moment_null("declined_at"))
            .col(text("decline_reason"))
            .col(moment_null("withdrawn_at"))
            .check(Expr::col("quota").gt(0))
            .foreign_key(&mut refers("invitation", "workshop_id", "workshop"))
            .foreign_key(&mut refers(
                "invitation",
                "establishment_id",
                "establishment",
            ))
            .index(&mut unique(
                "invitation",
                &["workshop_id", "establishment_id"],
            ))
            .take(),
        table("question")
            .col(number("workshop_id"))
            .col(number("position"))
            .col(text("kind"))
            .col(text("label_vi"))
            .col(text("label_en"))
            .col(text("choices_vi"))
            .col(text("choices_en"))
            .col(boolean("required"))
            .col(boolean("internal"))
            .col(moment_null("retired_at"))
            .foreign_key(&mut refers("question", "workshop_id", "workshop"))
            .take(),
        table("answer")
            .col(number("registration_id"))
            .col(number("question_id"))
            .col(text("value"))
            .foreign_key(&mut refers("answer", "registration_id", "registration"))
            .foreign_key(&mut refers("answer", "question_id", "question"))
            .index(&mut unique("answer", &["registration_id", "question_id"]))
            .take(),
        // Two rows of one table that may be the same person or establishment.
        // What a merge moved is kept, so that it can be undone.
        table("likeness")
            .col(text("noun"))
            .col(number("first_id"))
            .col(number("second_id"))
            .col(text("reason"))
            .col(text("state"))
            .col(text_null("moved"))
            .col(moment("created_at"))
            .col(moment_null("decided_at"))
            .col(text_null("decided_by"))
            .check(Expr::col("first_id").lt(Expr::col("second_id")))
            .index(&mut unique("likeness", &["noun", "first_id", "second_id"]))
            .take(),
        // A file of delegates, from its upload to its undoing.
        table("import")
            .col(number("workshop_id"))
            .col(text("file_name"))
            .col(text("storage_key"))
            .col(text("columns"))
            .col(text("state"))
            .col(number("total"))
            .col(number("done"))
            .col(number("made"))
            .col(number("same"))
            .col(number("rejected"))
            .col(text("created_by"))
            .col(moment("created_at"))
            .col(moment_null("finished_at"))
            .col(moment_null("undone_at"))
            .foreign_key(&mut refers("import", "workshop_id", "workshop"))
            .take(),
        // Which field a heading of a file was last said to mean.
        table("import_heading")
            .col(text("folded").unique_key().take())
            .col(text("field"))
            .take(),
    ]
}

fn columns() -> Vec<(&'static str, ColumnDef)> {
    let words = |name: &'static str| text(name).default("").take();
    vec![
        ("workshop", text("mode").default("open").take()),
        ("workshop", number("offer_hours").default(24).take()),
        ("registration", number_null("party_id")),
        ("registration", number_null("invitation_id")),
        ("registration", number_null("import_id")),
        ("registration", moment_null("offer_until")),
        ("person", words("lowered")),
        ("person", words("sort_key")),
        ("person", number_null("merged_into_id")),
        ("establishment", number_null("merged_into_id")),
    ]
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        unique("registration", &["workshop_id", "person_id"])
            .and_where(Expr::col("state").is_in(["requested", "waitlisted", "offered", "booked"]))
            .take(),
        index("registration", &["party_id"]),
        index("registration", &["invitation_id"]),
        index("registration", &["import_id"]),
        index("registration", &["establishment_id"]),
        index("registration", &["state", "offer_until"]),
        index("person", &["email"]),
        index("person", &["establishment_id"]),
        index("person", &["sort_key"]),
        index("establishment", &["tax_code"]),
        index("invitation", &["establishment_id"]),
        index("question", &["workshop_id"]),
        index("answer", &["question_id"]),
        index("likeness", &["noun", "state"]),
        index("import", &["workshop_id"]),
        index("outbox", &["to_address", "state"]),
        index("outbox", &["registration_id", "state"]),
        index("registration", &["email"]),
        index("party", &["contact_email"]),
    ]
}
