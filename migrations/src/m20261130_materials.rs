//! Materials with versions, whom they are for, what was fetched of them, links
//! taken back, and the register of what was handed out.

use crate::table::{
    date, index, moment, moment_null, number, number_null, refers, table, text, text_null, unique,
};
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// See the module.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261130_materials"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut drop = Index::drop();
        drop.name("ix_material_workshop_id").table("material");
        manager.drop_index(drop).await?;
        let mut rename = Table::rename();
        rename.table("material", "material_was");
        manager.rename_table(rename).await?;
        for table in tables() {
            manager.create_table(table).await?;
        }
        let db = manager.get_connection();
        for statement in MOVE {
            db.execute_unprepared(statement).await?;
        }
        if manager.get_database_backend() == DbBackend::Postgres {
            for statement in GO_ON {
                db.execute_unprepared(statement).await?;
            }
        }
        let mut drop = Table::drop();
        drop.table("material_was");
        manager.drop_table(drop).await?;
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

/// What was one file is a material with one version, both under the key of the
/// file, so that links that were mailed go on working.
const MOVE: [&str; 2] = [
    "INSERT INTO material (id, programme_id, workshop_id, session_id, title_vi, title_en, kind, \
     rights, visibility, timing, sectors, created_by, created_at, withdrawn_at) \
     SELECT f.id, w.programme_id, f.workshop_id, NULL, f.file_name, '', \
     CASE f.kind WHEN 'pptx' THEN 'slides' WHEN 'xlsx' THEN 'form' ELSE 'handout' END, \
     '', 'attended', 'now', w.sectors, f.uploaded_by, f.uploaded_at, f.withdrawn_at \
     FROM material_was f JOIN workshop w ON w.id = f.workshop_id",
    "INSERT INTO material_version (id, material_id, number, file_name, file_type, size, sha256, \
     storage_key, uploaded_by, uploaded_at, withdrawn_at) \
     SELECT id, id, 1, file_name, kind, size, sha256, storage_key, uploaded_by, uploaded_at, NULL \
     FROM material_was",
];

/// The next keys come after those that were moved.
const GO_ON: [&str; 2] = [
    "SELECT setval(pg_get_serial_sequence('material', 'id'), \
     (SELECT coalesce(max(id), 0) + 1 FROM material), false)",
    "SELECT setval(pg_get_serial_sequence('material_version', 'id'), \
     (SELECT coalesce(max(id), 0) + 1 FROM material_version), false)",
];

fn tables() -> Vec<TableCreateStatement> {
    vec![
        // Belongs to a session, to a workshop, or to the whole programme.
        table("material")
            .col(number("programme_id"))
            .col(number_null("workshop_id"))
            .col(number_null("session_id"))
            .col(text("title_vi"))
            .col(text("title_en"))
            .col(text("kind"))
            .col(text("rights"))
            .col(text("visibility"))
            .col(text("timing"))
            .col(text("sectors"))
            .col(text("created_by"))
            .col(moment("created_at"))
            .col(moment_null("withdrawn_at"))
            .check(
                Expr::col("session_id")
                    .is_null()
                    .or(Expr::col("workshop_id").is_not_null()),
            )
            .foreign_key(&mut refers("material", "programme_id", "programme"))
            .foreign_key(&mut refers("material", "workshop_id", "workshop"))
            .foreign_key(&mut refers("material", "session_id", "session"))
            .take(),
        table("material_version")
            .col(number("material_id"))
            .col(number("number"))
            .col(text("file_name"))
            .col(text("file_type"))
            .col(number("size"))
            .col(text("sha256"))
            .col(text("storage_key").unique_key().take())
            .col(text("uploaded_by"))
            .col(moment("uploaded_at"))
            .col(moment_null("withdrawn_at"))
            .foreign_key(&mut refers("material_version", "material_id", "material"))
            .index(&mut unique("material_version", &["material_id", "number"]))
            .take(),
        // How often somebody fetched a version by their personal link; nothing
        // else is kept of it.
        table("material_download")
            .col(number("version_id"))
            .col(number("registration_id"))
            .col(number("count"))
            .col(moment("last_at"))
            .foreign_key(&mut refers(
                "material_download",
                "version_id",
                "material_version",
            ))
            .foreign_key(&mut refers(
                "material_download",
                "registration_id",
                "registration",
            ))
            .index(&mut unique(
                "material_download",
                &["version_id", "registration_id"],
            ))
            .take(),
        // Personal links of a workshop that were taken back: one person's, or
        // those of all. Links made later say how many times that was done.
        table("material_link_withdrawal")
            .col(number("workshop_id"))
            .col(number_null("registration_id"))
            .col(text("withdrawn_by"))
            .col(moment("withdrawn_at"))
            .foreign_key(&mut refers(
                "material_link_withdrawal",
                "workshop_id",
                "workshop",
            ))
            .foreign_key(&mut refers(
                "material_link_withdrawal",
                "registration_id",
                "registration",
            ))
            .take(),
        table("distribution")
            .col(number("material_id"))
            .col(number("establishment_id"))
            .col(text("channel"))
            .col(date("day"))
            .col(text("note"))
            .col(text("batch"))
            .col(text("entered_by"))
            .col(moment("entered_at"))
            .col(moment_null("undone_at"))
            .col(text_null("undone_by"))
            .foreign_key(&mut refers("distribution", "material_id", "material"))
            .foreign_key(&mut refers(
                "distribution",
                "establishment_id",
                "establishment",
            ))
            .take(),
    ]
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        index("material", &["workshop_id"]),
        index("material", &["visibility"]),
        index("material_download", &["registration_id"]),
        index("material_link_withdrawal", &["workshop_id"]),
        index("distribution", &["material_id"]),
        index("distribution", &["establishment_id"]),
        index("distribution", &["batch"]),
    ]
}
