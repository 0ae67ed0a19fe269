//! Rows that were taken back with the import that made them: they are kept,
//! since what was cancelled refers to them, and shown nowhere.

use super::note::AT_ONCE;
use crate::entity::{Code, establishment, likeness, person};
use crate::{Failure, Tx};
use chrono::{DateTime, Utc};
use domain::{LikenessNoun, LikenessState};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::HashSet;

/// Shows those of these rows again that were taken back: somebody is registered
/// by them. Returns which they were. Who may be the same is to be noted again.
pub(crate) async fn show_again(
    tx: &Tx,
    noun: LikenessNoun,
    ids: &[i64],
) -> Result<HashSet<i64>, Failure> {
    let shown = Expr::value(None::<DateTime<Utc>>);
    let mut found = HashSet::new();
    for ids in ids.chunks(AT_ONCE) {
        let ids = ids.iter().copied();
        let hidden: Vec<i64> = match noun {
            LikenessNoun::Person => {
                person::Entity::find()
                    .select_only()
                    .column(person::Column::Id)
                    .filter(person::Column::Id.is_in(ids))
                    .filter(person::Column::WithdrawnAt.is_not_null())
                    .into_tuple()
                    .all(&**tx)
                    .await?
            }
            LikenessNoun::Establishment => {
                establishment::Entity::find()
                    .select_only()
                    .column(establishment::Column::Id)
                    .filter(establishment::Column::Id.is_in(ids))
                    .filter(establishment::Column::WithdrawnAt.is_not_null())
                    .into_tuple()
                    .all(&**tx)
                    .await?
            }
        };
        if hidden.is_empty() {
            continue;
        }
        let these = hidden.iter().copied();
        match noun {
            LikenessNoun::Person => {
                person::Entity::update_many()
                    .col_expr(person::Column::WithdrawnAt, shown.clone())
                    .filter(person::Column::Id.is_in(these))
                    .exec(&**tx)
                    .await?;
            }
            LikenessNoun::Establishment => {
                establishment::Entity::update_many()
                    .col_expr(establishment::Column::WithdrawnAt, shown.clone())
                    .filter(establishment::Column::Id.is_in(these))
                    .exec(&**tx)
                    .await?;
            }
        }
        found.extend(hidden);
    }
    Ok(found)
}

/// Forgets what was still to be judged of rows that were taken back.
pub(crate) async fn forget_of_withdrawn(tx: &Tx) -> Result<(), Failure> {
    let persons = Query::select()
        .column(person::Column::Id)
        .from(person::Entity)
        .and_where(Expr::col(person::Column::WithdrawnAt).is_not_null())
        .to_owned();
    let firms = Query::select()
        .column(establishment::Column::Id)
        .from(establishment::Entity)
        .and_where(Expr::col(establishment::Column::WithdrawnAt).is_not_null())
        .to_owned();
    let both = [
        (LikenessNoun::Person, persons),
        (LikenessNoun::Establishment, firms),
    ];
    for (noun, hidden) in both {
        let one = likeness::Column::FirstId.in_subquery(hidden.clone());
        let other = likeness::Column::SecondId.in_subquery(hidden);
        likeness::Entity::delete_many()
            .filter(likeness::Column::Noun.eq(Code(noun)))
            .filter(likeness::Column::State.eq(Code(LikenessState::Open)))
            .filter(one.or(other))
            .exec(&**tx)
            .await?;
    }
    Ok(())
}
