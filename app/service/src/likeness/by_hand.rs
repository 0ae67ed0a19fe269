//! Two rows that an organiser takes for one, though no rule does.

use super::{LikePair, kept_establishment, kept_person};
use crate::audit::{Entry, record};
use crate::checkin::like;
use crate::db::lock_key;
use crate::entity::{Code, establishment, likeness, locality, person, registration};
use crate::{Actor, Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{
    Act, LikenessNoun, LikenessReason, LikenessState, Phone, Reason, Sought, TaxCode, fold,
};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Set,
};
use serde_json::json;
use std::collections::{BTreeSet, HashMap};

/// How many rows are found at once.
const LISTED: u64 = 50;

/// A row that can be compared with another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparable {
    /// Its key.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// What tells it from others of the name: establishment and contact of a
    /// person, locality and tax code of an establishment.
    pub about: String,
}

impl Services {
    /// How many pairs wait to be judged.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn likenesses_waiting(&self, actor: &Actor) -> Result<u64, Failure> {
        actor.require(Act::ManageWorkshops)?;
        Ok(likeness::Entity::find()
            .filter(likeness::Column::State.eq(Code(LikenessState::Open)))
            .count(self.db.read())
            .await?)
    }

    /// Persons or establishments whose names have all words typed, accents
    /// aside, by name; none when nothing is typed.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn find_comparable(
        &self,
        actor: &Actor,
        noun: LikenessNoun,
        typed: &str,
    ) -> Result<Vec<Comparable>, Failure> {
        actor.require(Act::ManageWorkshops)?;
        let sought = Sought::new(typed);
        if sought.is_empty() {
            return Ok(Vec::new());
        }
        let words = sought.words().map(|(_, folded)| like(folded));
        match noun {
            LikenessNoun::Person => {
                let named = words
                    .map(|word| Expr::col(person::Column::Folded).like(word))
                    .fold(Condition::all(), Condition::add);
                self.comparable_persons(named).await
            }
            LikenessNoun::Establishment => {
                let named = words
                    .map(|word| Expr::col(establishment::Column::Folded).like(word))
                    .fold(Condition::all(), Condition::add);
                self.comparable_establishments(named).await
            }
        }
    }

    /// The rows with these keys, as far as they stand for themselves.
    ///
    /// # Errors
    /// As [`Services::find_comparable`].
    pub async fn comparable(
        &self,
        actor: &Actor,
        noun: LikenessNoun,
        ids: &[i64],
    ) -> Result<Vec<Comparable>, Failure> {
        actor.require(Act::ManageWorkshops)?;
        let ids = ids.iter().take(LISTED as usize).copied();
        match noun {
            LikenessNoun::Person => {
                let these = Condition::all().add(person::Column::Id.is_in(ids));
                self.comparable_persons(these).await
            }
            LikenessNoun::Establishment => {
                let these = Condition::all().add(establishment::Column::Id.is_in(ids));
                self.comparable_establishments(these).await
            }
        }
    }

    /// The persons of registrations.
    ///
    /// # Errors
    /// As [`Services::find_comparable`].
    pub async fn persons_registered(
        &self,
        actor: &Actor,
        registrations: &[i64],
    ) -> Result<Vec<i64>, Failure> {
        actor.require(Act::ManageWorkshops)?;
        let ids = registrations.iter().take(LISTED as usize).copied();
        let found: Vec<i64> = registration::Entity::find()
            .select_only()
            .column(registration::Column::PersonId)
            .filter(registration::Column::Id.is_in(ids))
            .into_tuple()
            .all(self.db.read())
            .await?;
        let found: BTreeSet<i64> = found.into_iter().collect();
        Ok(found.into_iter().collect())
    }

    /// Says that two rows are one, for the comparison that merges them. A pair
    /// that was kept apart before is judged anew. Returns the key of the pair:
    /// twice is harmless.
    ///
    /// # Errors
    /// [`Failure::Invalid`] at `chosen` unless they are two, also when both were
    /// merged into one already; [`Failure::NotFound`]; [`Failure::SignInNeeded`]
    /// or [`Failure::Forbidden`].
    pub async fn say_alike(
        &self,
        actor: &Actor,
        noun: LikenessNoun,
        ids: &[i64],
    ) -> Result<i64, Failure> {
        actor.require(Act::ManageWorkshops)?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                // Nothing is merged meanwhile.
                lock_key(&tx, "likeness").await?;
                let two = || Failure::problem("chosen", Reason::TwoNeeded);
                let ids: BTreeSet<i64> = ids.iter().copied().collect();
                if ids.len() != 2 {
                    return Err(two());
                }
                let mut kept = BTreeSet::new();
                for id in ids {
                    kept.insert(kept_id(&tx, noun, id).await?);
                }
                let kept: Vec<i64> = kept.into_iter().collect();
                let [first, second] = kept[..] else {
                    return Err(two());
                };
                note_by_hand(&tx, actor, noun, (first, second), now).await
            })
            .await
    }

    /// One pair, side by side.
    ///
    /// # Errors
    /// [`Failure::NotFound`], also for two that are one by way of a third;
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn like_pair(&self, actor: &Actor, id: i64) -> Result<LikePair, Failure> {
        actor.require(Act::ManageWorkshops)?;
        let row = likeness::Entity::find_by_id(id).one(self.db.read()).await?;
        let row = row.ok_or(Failure::NotFound)?;
        let state = *row.state;
        let pair = self.pair_of(row, state).await?;
        pair.ok_or(Failure::NotFound)
    }

    async fn comparable_persons(&self, which: Condition) -> Result<Vec<Comparable>, Failure> {
        let rows = person::Entity::find()
            .filter(which)
            .filter(person::Column::MergedIntoId.is_null())
            .filter(person::Column::WithdrawnAt.is_null())
            .order_by_asc(person::Column::SortKey)
            .order_by_asc(person::Column::Id)
            .limit(LISTED)
            .all(self.db.read())
            .await?;
        let places: HashMap<i64, String> = establishment::Entity::find()
            .filter(establishment::Column::Id.is_in(rows.iter().map(|row| row.establishment_id)))
            .all(self.db.read())
            .await?
            .into_iter()
            .map(|place| (place.id, place.name))
            .collect();
        Ok(rows
            .into_iter()
            .map(|row| {
                let place = places.get(&row.establishment_id).cloned();
                let phone = row.phone.as_deref().map(Phone::national);
                Comparable {
                    id: row.id,
                    name: row.full_name,
                    about: joined([place, phone, row.email]),
                }
            })
            .collect())
    }

    async fn comparable_establishments(
        &self,
        which: Condition,
    ) -> Result<Vec<Comparable>, Failure> {
        let rows = establishment::Entity::find()
            .filter(which)
            .filter(establishment::Column::MergedIntoId.is_null())
            .filter(establishment::Column::WithdrawnAt.is_null())
            .order_by_asc(establishment::Column::NameKey)
            .order_by_asc(establishment::Column::Id)
            .limit(LISTED)
            .all(self.db.read())
            .await?;
        let places: HashMap<i64, String> = locality::Entity::find()
            .filter(locality::Column::Id.is_in(rows.iter().filter_map(|row| row.locality_id)))
            .all(self.db.read())
            .await?
            .into_iter()
            .map(|place| (place.id, place.name))
            .collect();
        let mut found: Vec<Comparable> = rows
            .into_iter()
            .map(|row| {
                let place = row.locality_id.and_then(|id| places.get(&id).cloned());
                let tax_code = row.tax_code.as_deref().map(TaxCode::spaced);
                Comparable {
                    id: row.id,
                    name: row.name,
                    about: joined([place, tax_code, None]),
                }
            })
            .collect();
        found.sort_by_cached_key(|row| fold(&row.name));
        Ok(found)
    }
}

fn joined(parts: [Option<String>; 3]) -> String {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" · ")
}

/// The key of the row that stands for another.
async fn kept_id(tx: &Tx, noun: LikenessNoun, id: i64) -> Result<i64, Failure> {
    match noun {
        LikenessNoun::Person => {
            let row = person::Entity::find_by_id(id).one(&**tx).await?;
            Ok(kept_person(&**tx, row.ok_or(Failure::NotFound)?).await?.id)
        }
        LikenessNoun::Establishment => Ok(kept_establishment(&**tx, id).await?.id),
    }
}

/// The pair of these two, open, noted or noted anew.
async fn note_by_hand(
    tx: &Tx,
    actor: &Actor,
    noun: LikenessNoun,
    (first, second): (i64, i64),
    now: DateTime<Utc>,
) -> Result<i64, Failure> {
    let known = likeness::Entity::find()
        .filter(likeness::Column::Noun.eq(Code(noun)))
        .filter(likeness::Column::FirstId.eq(first))
        .filter(likeness::Column::SecondId.eq(second))
        .one(&**tx)
        .await?;
    let id = match known {
        Some(known) if *known.state == LikenessState::Open => return Ok(known.id),
        Some(known) => {
            let id = known.id;
            let mut again = known.into_active_model();
            again.reason = Set(Code(LikenessReason::Organizer));
            again.state = Set(Code(LikenessState::Open));
            again.moved = Set(None);
            again.decided_at = Set(None);
            again.decided_by = Set(None);
            again.update(&**tx).await?;
            id
        }
        None => {
            let row = likeness::ActiveModel {
                noun: Set(Code(noun)),
                first_id: Set(first),
                second_id: Set(second),
                reason: Set(Code(LikenessReason::Organizer)),
                state: Set(Code(LikenessState::Open)),
                moved: Set(None),
                created_at: Set(now),
                decided_at: Set(None),
                decided_by: Set(None),
                ..Default::default()
            };
            row.insert(&**tx).await?.id
        }
    };
    let entry = Entry {
        deed: "say_alike",
        noun: "likeness",
        id,
        before: None,
        after: Some(json!({ "noun": noun })),
    };
    record(&**tx, actor, now, entry).await?;
    Ok(id)
}
