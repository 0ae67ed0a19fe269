//! Shorthands for the columns and constraints that recur in every table.

use sea_orm_migration::prelude::*;
pub(crate) use sea_orm_migration::schema::{
    big_integer as number, big_integer_null as number_null, boolean, date, date_null, text,
    text_null, timestamp_with_time_zone as moment, timestamp_with_time_zone_null as moment_null,
};

/// A table with its 64-bit key.
pub(crate) fn table(name: &'static str) -> TableCreateStatement {
    Table::create()
        .table(name)
        .col(sea_orm_migration::schema::big_pk_auto("id"))
        .take()
}

/// A reference that must hold; the row referred to cannot be deleted.
pub(crate) fn refers(
    from: &'static str,
    column: &'static str,
    to: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("fk_{from}_{column}"))
        .from(from, column)
        .to(to, "id")
        .take()
}

/// A plain index over columns.
pub(crate) fn index(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index
        .name(format!("ix_{table}_{}", columns.join("_")))
        .table(table);
    for column in columns {
        index.col(*column);
    }
    index.take()
}

/// A unique index over columns.
pub(crate) fn unique(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index
        .name(format!("ux_{table}_{}", columns.join("_")))
        .table(table)
        .unique();
    for column in columns {
        index.col(*column);
    }
    index.take()
}
