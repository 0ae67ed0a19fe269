//! Who stands for whom.

use crate::Failure;
use crate::entity::{establishment, person};
use domain::LikenessNoun;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::HashMap;

/// What every merged row was merged into.
#[derive(Debug, Default)]
pub(crate) struct Roots(HashMap<i64, i64>);

impl Roots {
    /// All merges of a noun, in one query: few rows are ever merged.
    pub(crate) async fn load(
        tx: &impl ConnectionTrait,
        noun: LikenessNoun,
    ) -> Result<Self, Failure> {
        let merged: Vec<(i64, i64)> = match noun {
            LikenessNoun::Person => {
                person::Entity::find()
                    .select_only()
                    .columns([person::Column::Id, person::Column::MergedIntoId])
                    .filter(person::Column::MergedIntoId.is_not_null())
                    .into_tuple()
                    .all(tx)
                    .await?
            }
            LikenessNoun::Establishment => {
                establishment::Entity::find()
                    .select_only()
                    .columns([
                        establishment::Column::Id,
                        establishment::Column::MergedIntoId,
                    ])
                    .filter(establishment::Column::MergedIntoId.is_not_null())
                    .into_tuple()
                    .all(tx)
                    .await?
            }
        };
        Ok(Self(merged.into_iter().collect()))
    }

    /// The row that stands for this one: itself, or the one it was merged into
    /// in the end.
    pub(crate) fn of(&self, id: i64) -> i64 {
        let mut id = id;
        while let Some(into) = self.0.get(&id) {
            id = *into;
        }
        id
    }
}
