//! The names of persons, as they are kept for searching and sorting.

use crate::entity::person;
use crate::{Failure, Services};
use domain::{fold, name_sort_key};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, Set,
};

/// How many names are rewritten in one transaction.
const AT_ONCE: u64 = 500;

/// A row with this name and what is searched and sorted by.
pub(crate) fn with_name(row: person::ActiveModel, full_name: &str) -> person::ActiveModel {
    person::ActiveModel {
        full_name: Set(full_name.to_owned()),
        folded: Set(fold(full_name)),
        lowered: Set(full_name.to_lowercase()),
        sort_key: Set(name_sort_key(full_name)),
        ..row
    }
}

impl Services {
    /// Gives a sort key to those written down before there was one.
    pub(crate) async fn sort_names(&self) -> Result<(), Failure> {
        loop {
            let sorted = self
                .db
                .write(|tx| async move {
                    let rows = person::Entity::find()
                        .filter(person::Column::SortKey.eq(""))
                        .limit(AT_ONCE)
                        .all(&*tx)
                        .await?;
                    let number = rows.len();
                    for row in rows {
                        let name = row.full_name.clone();
                        with_name(row.into_active_model(), &name)
                            .update(&*tx)
                            .await?;
                    }
                    Ok(number)
                })
                .await?;
            if sorted == 0 {
                return Ok(());
            }
        }
    }
}
