//! Entities and migrations say the same.

use crate::kit::Kit;
use crate::on_both;
use sea_orm::sea_query::ColumnType;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityName, EntityTrait, IdenStatic, Iterable,
    Statement,
};
use service::entity::{
    account, agenda_item, annual_plan, answer, api_token, assignment, attendance_mark, audit, call,
    checkin, consent, door_conflict, door_device, door_link, establishment, idempotency_key,
    import, import_heading, invitation, likeness, locality, material, organization, outbox, party,
    person, programme, question, registration, room, session, session_lock, sheet, sheet_entry,
    sheet_photo, sheet_row, sign_in, sign_in_failure, signature, teaching, trainer, venue,
    workshop, workshop_change,
};
use std::collections::{BTreeMap, BTreeSet};

on_both!(every_table_has_an_entity_with_its_columns);

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
    add!(account agenda_item annual_plan answer api_token assignment attendance_mark audit call checkin consent distribution door_conflict door_device door_link establishment idempotency_key import import_heading invitation likeness locality
        material material_download material_link_withdrawal material_version organization outbox party person programme question registration room session session_lock sheet sheet_entry sheet_photo sheet_row sign_in
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
