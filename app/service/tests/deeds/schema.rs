//! Entities and migrations say the same.

use crate::kit::Kit;
use crate::on_both;
use migrations::{Migrator, MigratorTrait};
use sea_orm::sea_query::ColumnType;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DbBackend, EntityName, EntityTrait,
    IdenStatic, Iterable, Statement,
};
use service::entity::{
    account, agenda_item, annual_plan, answer, api_token, assignment, attendance_mark, audit, call,
    campaign, campaign_recipient, checkin, consent, distribution, door_conflict, door_device,
    door_link, establishment, idempotency_key, import, import_heading, import_trace, invitation,
    likeness, locality, material, material_download, material_link_withdrawal, material_mail,
    material_version, message_template, organization, outbox, party, person, programme, question,
    registration, room, session, session_lock, session_lock_row, sheet, sheet_entry, sheet_photo,
    sheet_row, sign_in, sign_in_failure, signature, teaching, trainer, venue, workshop,
    workshop_change,
};
use std::collections::{BTreeMap, BTreeSet};

on_both!(every_table_has_an_entity_with_its_columns);

/// A workshop with the key 3.
const WORKSHOP: [&str; 2] = [
    "INSERT INTO programme (id, name_vi, name_en, target, is_demo) VALUES (1, '', '', 1, 0)",
    "INSERT INTO workshop (id, programme_id, slug, title_vi, title_en, summary_vi, \
     summary_en, notice_vi, notice_en, kind, state, capacity, opens_at, closes_at, \
     created_at, sectors) VALUES (3, 1, 'w', '', '', '', '', '', '', 'skills', 'draft', 5, \
     '2026-11-01 00:00:00+00:00', '2026-11-01 00:00:00+00:00', '2026-11-01 00:00:00+00:00', \
     'coconut')",
];

/// A database as it was before a migration, with [`WORKSHOP`].
async fn before(migration: &str) -> DatabaseConnection {
    let db = sea_orm::Database::connect("sqlite::memory:").await.unwrap();
    let all = Migrator::migrations();
    let earlier = all.iter().take_while(|one| one.name() != migration);
    let earlier = u32::try_from(earlier.count()).unwrap();
    Migrator::up(&db, Some(earlier)).await.unwrap();
    for statement in WORKSHOP {
        db.execute_unprepared(statement).await.unwrap();
    }
    db
}

/// A mail that was written before that was noted led to what stood open as it
/// left, as far as that is known.
#[tokio::test]
async fn mails_lead_to_what_stood_open_as_they_left() {
    let db = before("m20261130_material_mail").await;
    for statement in [
        "INSERT INTO session (id, workshop_id, position, room, address, starts_at, ends_at) \
         VALUES (1, 3, 1, '', '', '2026-11-09 00:00:00+00:00', '2026-11-09 04:00:00+00:00')",
        "INSERT INTO outbox (id, purpose, recipient_key, workshop_id, to_name, to_address, \
         subject, body_text, body_html, message_id, state, attempts, created_at, next_at, \
         sent_at) VALUES (5, 'materials', 'registration:1', 3, '', '', '', '', '', 'm', 'sent', \
         1, '2026-11-05 00:00:00+00:00', '2026-11-05 00:00:00+00:00', \
         '2026-11-05 00:00:00+00:00')",
    ] {
        db.execute_unprepared(statement).await.unwrap();
    }
    let gone = |day| format!("'2026-11-0{day} 00:00:00+00:00'");
    for (id, timing, day, withdrawn) in [
        (1, "now", 1, "NULL".to_owned()),
        (2, "now", 6, "NULL".to_owned()),
        (3, "now", 1, gone(4)),
        (4, "now", 1, gone(6)),
        (5, "after_session", 1, "NULL".to_owned()),
    ] {
        let statement = format!(
            "INSERT INTO material (id, programme_id, workshop_id, title_vi, title_en, kind, \
             rights, visibility, timing, sectors, created_by, created_at, withdrawn_at) \
             VALUES ({id}, 1, 3, '', '', 'handout', '', 'attended', '{timing}', '', 'x', \
             '2026-11-0{day} 00:00:00+00:00', {withdrawn})"
        );
        db.execute_unprepared(&statement).await.unwrap();
    }
    Migrator::up(&db, None).await.unwrap();
    let rows = material_mail::Entity::find().all(&db).await.unwrap();
    let mut found: Vec<_> = rows
        .iter()
        .map(|row| (row.outbox_id, row.material_id))
        .collect();
    found.sort_unstable();
    assert_eq!(found, [(5, 1), (5, 4)]);
}

/// A file that was uploaded before there were versions is a material with one,
/// under the key that mailed links bear.
#[tokio::test]
async fn files_became_materials_with_one_version() {
    let db = before("m20261130_materials").await;
    let file = "INSERT INTO material (id, workshop_id, file_name, kind, size, sha256, storage_key, \
                uploaded_by, uploaded_at, withdrawn_at) VALUES (7, 3, 'a.pptx', 'pptx', 9, 's', \
                'k', 'account:1', '2026-11-01 00:00:00+00:00', '2026-11-02 00:00:00+00:00')";
    db.execute_unprepared(file).await.unwrap();
    Migrator::up(&db, None).await.unwrap();
    let row = material::Entity::find_by_id(7).one(&db).await.unwrap();
    let row = row.unwrap();
    assert_eq!(
        (row.workshop_id, row.title_vi.as_str()),
        (Some(3), "a.pptx")
    );
    assert_eq!(*row.kind, domain::MaterialKind::Slides);
    assert_eq!(*row.visibility, domain::MaterialVisibility::Attended);
    assert_eq!(row.sectors, "coconut");
    assert!(row.withdrawn_at.is_some());
    let version = material_version::Entity::find_by_id(7).one(&db).await;
    let version = version.unwrap().unwrap();
    assert_eq!((version.material_id, version.number), (7, 1));
    assert_eq!(version.storage_key, "k");
}

/// By table: name, type and nullability of each column.
type Tables = BTreeMap<String, BTreeSet<(String, &'static str, bool)>>;

async fn every_table_has_an_entity_with_its_columns(kit: &Kit) {
    let real = real_tables(kit).await;
    let written = entities();
    assert_eq!(
        real.keys().collect::<Vec<_>>(),
        written.keys().collect::<Vec<_>>()
    );
    for (table, columns) in written {
        assert_eq!(columns, real[&table], "{table}");
    }
}

fn entities() -> Tables {
    let mut tables = Tables::new();
    macro_rules! add {
        ($($entity:ident)+) => {
            $(tables.insert(
                $entity::Entity.table_name().to_owned(),
                columns::<$entity::Entity>(),
            );)+
        };
    }
    add!(account agenda_item annual_plan answer api_token assignment attendance_mark audit call campaign campaign_recipient checkin consent distribution door_conflict door_device door_link establishment idempotency_key import import_heading import_trace invitation likeness locality material material_download material_link_withdrawal material_mail material_version message_template organization outbox party person programme question registration room session session_lock session_lock_row sheet sheet_entry sheet_photo sheet_row sign_in
        sign_in_failure signature teaching trainer venue workshop workshop_change);
    tables
}

fn columns<E: EntityTrait>() -> BTreeSet<(String, &'static str, bool)> {
    E::Column::iter()
        .map(|column| {
            let definition = column.def();
            let kind = match definition.get_column_type() {
                ColumnType::BigInteger => "number",
                ColumnType::Text => "text",
                ColumnType::Boolean => "boolean",
                ColumnType::Date => "date",
                ColumnType::TimestampWithTimeZone => "moment",
                other => panic!("no column is a {other:?}"),
            };
            (column.as_str().to_owned(), kind, definition.is_null())
        })
        .collect()
}

async fn real_tables(kit: &Kit) -> Tables {
    let db = kit.services.db().read();
    let query = match db.get_database_backend() {
        DbBackend::Sqlite => {
            "SELECT t.name, c.name, lower(c.type), c.\"notnull\" = 0 AND c.pk = 0
             FROM sqlite_schema t JOIN pragma_table_info(t.name) c
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'"
        }
        _ => {
            "SELECT table_name::text, column_name::text, data_type::text, is_nullable = 'YES'
             FROM information_schema.columns WHERE table_schema = 'public'"
        }
    };
    let statement = Statement::from_string(db.get_database_backend(), query);
    let mut tables = Tables::new();
    for row in db.query_all_raw(statement).await.unwrap() {
        let (table, column, kind): (String, String, String) = (
            row.try_get_by_index(0).unwrap(),
            row.try_get_by_index(1).unwrap(),
            row.try_get_by_index(2).unwrap(),
        );
        let kind = match kind.as_str() {
            "bigint" | "integer" => "number",
            "text" => "text",
            "boolean" => "boolean",
            "date" | "date_text" => "date",
            "timestamp with time zone" | "timestamp_with_timezone_text" => "moment",
            _ if table == "seaql_migrations" => continue,
            other => panic!("{table}.{column} is a {other}"),
        };
        let nullable = row.try_get_by_index(3).unwrap();
        tables
            .entry(table)
            .or_default()
            .insert((column, kind, nullable));
    }
    tables.remove("seaql_migrations");
    tables
}
