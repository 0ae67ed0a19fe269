//! Looking through everything that is known for rows that may be one: data
//! that was there before the rule, and changes since.

use super::note::{AT_ONCE, Alike, KnownEstablishment, KnownPerson};
use super::{hold_judgements, note_likenesses};
use crate::entity::{Code, establishment, likeness, person};
use crate::{Actor, Failure, Services};
use domain::{Act, Likeness, LikenessNoun, LikenessReason, LikenessState, pairs_to_compare};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use std::collections::{BTreeSet, HashMap};

/// The keys of two rows.
type Pair = (i64, i64);

impl Services {
    /// Notes all pairs of persons and of establishments that may be one and
    /// were not noted before, those who surely are among them: what stands in
    /// two rows is made one by an organiser alone. Returns how many are new.
    ///
    /// Pairs are looked for beside the deeds of others; those found are judged
    /// again, by what is so then, in the transaction that notes them.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn find_likenesses(&self, actor: &Actor) -> Result<u64, Failure> {
        actor.require(Act::ManageWorkshops)?;
        let now = self.clock.now();
        let persons = KnownPerson::find(self.db.read(), standing()).await?;
        let persons = &pairs_of(persons, KnownPerson::keys, |row| row.id, of_persons).await?;
        let firms = KnownEstablishment::find(self.db.read(), Condition::all()).await?;
        let firms = pairs_of(firms, KnownEstablishment::keys, |row| row.id, of_firms).await?;
        let firms = &firms;
        self.db
            .write(|tx| async move {
                hold_judgements(&tx).await?;
                let before = open(&*tx).await?;
                let pairs = persons_again(&*tx, persons).await?;
                note_likenesses(&tx, LikenessNoun::Person, &pairs, now).await?;
                let pairs = firms_again(&*tx, firms).await?;
                note_likenesses(&tx, LikenessNoun::Establishment, &pairs, now).await?;
                Ok(open(&*tx).await?.saturating_sub(before))
            })
            .await
    }
}

/// How many pairs are to be judged.
async fn open(db: &impl ConnectionTrait) -> Result<u64, Failure> {
    Ok(likeness::Entity::find()
        .filter(likeness::Column::State.eq(Code(LikenessState::Open)))
        .count(db)
        .await?)
}

/// Persons who stand for themselves.
fn standing() -> Condition {
    Condition::all().add(person::Column::MergedIntoId.is_null())
}

/// Why two persons are to be judged, if they are.
fn of_persons(one: &KnownPerson, other: &KnownPerson) -> Option<LikenessReason> {
    one.reason(other)
}

/// Why two establishments are to be judged, if they are.
fn of_firms(one: &KnownEstablishment, other: &KnownEstablishment) -> Option<LikenessReason> {
    match one.likeness(other) {
        Likeness::Unsure(reason) => Some(reason),
        Likeness::Same | Likeness::Different => None,
    }
}

/// The pairs among these rows that are to be judged; only those that share a
/// key are compared, off the threads that answer requests.
async fn pairs_of<M: Send + 'static>(
    rows: Vec<M>,
    keys: fn(&M) -> Vec<u64>,
    id: fn(&M) -> i64,
    reason: fn(&M, &M) -> Option<LikenessReason>,
) -> Result<Vec<Pair>, Failure> {
    let found = tokio::task::spawn_blocking(move || {
        let pairs = pairs_to_compare(rows.iter().map(keys), |_| true).into_iter();
        let pairs = pairs.map(|(one, other)| (&rows[one], &rows[other]));
        pairs
            .filter(|(one, other)| reason(one, other).is_some())
            .map(|(one, other)| (id(one), id(other)))
            .collect()
    });
    found.await.map_err(Failure::internal)
}

async fn persons_again(tx: &impl ConnectionTrait, pairs: &[Pair]) -> Result<Vec<Alike>, Failure> {
    let mut rows = HashMap::new();
    for ids in ids_of(pairs).chunks(AT_ONCE) {
        let which = standing().add(person::Column::Id.is_in(ids.iter().copied()));
        let found = KnownPerson::find(tx, which).await?;
        rows.extend(found.into_iter().map(|row| (row.id, row)));
    }
    Ok(judged(&rows, pairs, of_persons))
}

async fn firms_again(tx: &impl ConnectionTrait, pairs: &[Pair]) -> Result<Vec<Alike>, Failure> {
    let mut rows = HashMap::new();
    for ids in ids_of(pairs).chunks(AT_ONCE) {
        let which = establishment::Column::Id.is_in(ids.iter().copied());
        let found = KnownEstablishment::find(tx, which).await?;
        rows.extend(found.into_iter().map(|row| (row.id, row)));
    }
    Ok(judged(&rows, pairs, of_firms))
}

fn ids_of(pairs: &[Pair]) -> Vec<i64> {
    let ids = pairs.iter().flat_map(|(one, other)| [*one, *other]);
    BTreeSet::from_iter(ids).into_iter().collect()
}

fn judged<M>(
    rows: &HashMap<i64, M>,
    pairs: &[Pair],
    reason: fn(&M, &M) -> Option<LikenessReason>,
) -> Vec<Alike> {
    let judged = pairs.iter().filter_map(|(one, other)| {
        let reason = reason(rows.get(one)?, rows.get(other)?)?;
        Some((*one, *other, reason))
    });
    judged.collect()
}
