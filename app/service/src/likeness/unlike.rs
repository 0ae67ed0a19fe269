//! Pairs that nothing speaks for any more.

use super::Roots;
use super::note::{AT_ONCE, KnownPerson};
use crate::entity::{Code, likeness, person};
use crate::{Failure, Tx};
use domain::{LikenessNoun, LikenessReason, LikenessState};
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::{BTreeSet, HashMap};

/// Forgets the open pairs of these persons that the rule would not note today:
/// those of one name whom a merge of their establishments had brought together
/// are at two again. What an organiser said to be one stays, and so does a pair
/// of which one was merged since.
pub(super) async fn forget_unlike(tx: &Tx, persons: &[i64]) -> Result<(), Failure> {
    let roots = Roots::load(&**tx, LikenessNoun::Person).await?;
    for ids in persons.chunks(AT_ONCE) {
        let first = likeness::Column::FirstId.is_in(ids.iter().copied());
        let second = likeness::Column::SecondId.is_in(ids.iter().copied());
        let pairs = likeness::Entity::find()
            .filter(likeness::Column::Noun.eq(Code(LikenessNoun::Person)))
            .filter(likeness::Column::State.eq(Code(LikenessState::Open)))
            .filter(likeness::Column::Reason.ne(Code(LikenessReason::Organizer)))
            .filter(first.or(second))
            .all(&**tx)
            .await?;
        let both = pairs
            .iter()
            .flat_map(|pair| [pair.first_id, pair.second_id]);
        let both: Vec<i64> = BTreeSet::from_iter(both).into_iter().collect();
        let mut known: HashMap<i64, KnownPerson> = HashMap::new();
        for ids in both.chunks(AT_ONCE) {
            let which = person::Column::Id.is_in(ids.iter().copied());
            let found = KnownPerson::find(&**tx, which).await?;
            known.extend(found.into_iter().map(|one| (one.id, one)));
        }
        let stands = |id: i64| known.get(&id).filter(|_| roots.of(id) == id);
        let unlike = pairs.iter().filter(|pair| {
            let sides = stands(pair.first_id).zip(stands(pair.second_id));
            sides.is_some_and(|(one, other)| one.reason(other).is_none())
        });
        let unlike: Vec<i64> = unlike.map(|pair| pair.id).collect();
        for ids in unlike.chunks(AT_ONCE) {
            likeness::Entity::delete_many()
                .filter(likeness::Column::Id.is_in(ids.iter().copied()))
                .exec(&**tx)
                .await?;
        }
    }
    Ok(())
}
