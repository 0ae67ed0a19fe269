//! Noting which rows may be one, for an organiser to judge.

use super::Roots;
use crate::entity::{Code, establishment, likeness, person};
use crate::{Failure, Tx};
use chrono::{DateTime, Utc};
use domain::{
    EstablishmentTraits, Likeness, LikenessNoun, LikenessReason, LikenessState, PersonTraits,
    establishment_keys, establishment_likeness, pairs_to_compare, person_keys, person_likeness,
};
use sea_orm::sea_query::{Expr, ExprTrait, Func, IntoCondition, OnConflict};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, Set,
};
use std::cmp::{max, min};
use std::collections::HashSet;

/// Values in one statement.
pub(super) const AT_ONCE: usize = 500;

/// Two rows that may be one, and why.
pub(crate) type Alike = (i64, i64, LikenessReason);

/// Notes pairs that may be one, unless that was noted before.
pub(crate) async fn note_likenesses(
    tx: &Tx,
    noun: LikenessNoun,
    pairs: &[Alike],
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let pair = [
        likeness::Column::Noun,
        likeness::Column::FirstId,
        likeness::Column::SecondId,
    ];
    for pairs in pairs.chunks(AT_ONCE) {
        let rows = pairs
            .iter()
            .map(|(one, other, reason)| likeness::ActiveModel {
                noun: Set(Code(noun)),
                first_id: Set(*min(one, other)),
                second_id: Set(*max(one, other)),
                reason: Set(Code(*reason)),
                state: Set(Code(LikenessState::Open)),
                moved: Set(None),
                created_at: Set(now),
                decided_at: Set(None),
                decided_by: Set(None),
                ..Default::default()
            });
        likeness::Entity::insert_many(rows)
            .on_conflict(OnConflict::columns(pair).do_nothing().to_owned())
            .exec_without_returning(&**tx)
            .await?;
    }
    Ok(())
}

/// What persons are compared by.
#[derive(Debug, FromQueryResult)]
pub(super) struct KnownPerson {
    pub(super) id: i64,
    full_name: String,
    phone: Option<String>,
    email: Option<String>,
    pub(super) establishment_id: i64,
}

impl KnownPerson {
    /// Those who are asked for, but for those who were taken back.
    pub(super) async fn find(
        tx: &impl ConnectionTrait,
        which: impl IntoCondition,
    ) -> Result<Vec<Self>, Failure> {
        Ok(person::Entity::find()
            .select_only()
            .columns([
                person::Column::Id,
                person::Column::FullName,
                person::Column::Phone,
                person::Column::Email,
                person::Column::EstablishmentId,
            ])
            .filter(person::Column::WithdrawnAt.is_null())
            .filter(which.into_condition())
            .order_by_asc(person::Column::Id)
            .into_model()
            .all(tx)
            .await?)
    }

    fn traits(&self) -> PersonTraits<'_> {
        PersonTraits {
            full_name: &self.full_name,
            phone: self.phone.as_deref(),
            email: self.email.as_deref(),
            establishment: self.establishment_id,
        }
    }

    pub(super) fn keys(&self) -> Vec<u64> {
        person_keys(self.traits())
    }

    fn likeness(&self, other: &Self) -> Likeness {
        person_likeness(self.traits(), other.traits())
    }

    /// As [`Likeness::to_be_judged`].
    pub(super) fn reason(&self, other: &Self) -> Option<LikenessReason> {
        let same_place = self.establishment_id == other.establishment_id;
        self.likeness(other).to_be_judged(same_place)
    }
}

/// What establishments are compared by.
#[derive(Debug, FromQueryResult)]
pub(super) struct KnownEstablishment {
    pub(super) id: i64,
    name_key: String,
    tax_code: Option<String>,
}

impl KnownEstablishment {
    /// Those asked for that stand for themselves.
    pub(super) async fn find(
        tx: &impl ConnectionTrait,
        which: impl IntoCondition,
    ) -> Result<Vec<Self>, Failure> {
        Ok(establishment::Entity::find()
            .select_only()
            .columns([
                establishment::Column::Id,
                establishment::Column::NameKey,
                establishment::Column::TaxCode,
            ])
            .filter(establishment::Column::MergedIntoId.is_null())
            .filter(establishment::Column::WithdrawnAt.is_null())
            .filter(which.into_condition())
            .order_by_asc(establishment::Column::Id)
            .into_model()
            .all(tx)
            .await?)
    }

    fn traits(&self) -> EstablishmentTraits<'_> {
        EstablishmentTraits {
            name_key: &self.name_key,
            tax_code: self.tax_code.as_deref(),
        }
    }

    pub(super) fn keys(&self) -> Vec<u64> {
        establishment_keys(self.traits())
    }

    pub(super) fn likeness(&self, other: &Self) -> Likeness {
        establishment_likeness(self.traits(), other.traits())
    }
}

/// Notes who else those just made may be, one another too, as registering each
/// would. Somebody merged into another is that other.
pub(crate) async fn note_alike_persons(
    tx: &Tx,
    made: &[&person::Model],
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let unsure = |one: &KnownPerson, other: &KnownPerson| match one.likeness(other) {
        Likeness::Unsure(reason) => Some(reason),
        Likeness::Same | Likeness::Different => None,
    };
    note_persons(tx, made, unsure, now).await
}

/// As [`note_alike_persons`], also who surely is one of two rows.
pub(crate) async fn note_all_alike(
    tx: &Tx,
    changed: &[&person::Model],
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    note_persons(tx, changed, KnownPerson::reason, now).await
}

async fn note_persons(
    tx: &Tx,
    made: &[&person::Model],
    reason: impl Fn(&KnownPerson, &KnownPerson) -> Option<LikenessReason>,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let new: HashSet<i64> = made.iter().map(|row| row.id).collect();
    let mut rows = Vec::new();
    for made in made.chunks(AT_ONCE) {
        let phones = made.iter().filter_map(|row| row.phone.clone());
        let emails = made.iter().filter_map(|row| row.email.clone());
        let names = made.iter().map(|row| row.folded.clone());
        let which = person::Column::Folded
            .is_in(names)
            .or(person::Column::Phone.is_in(phones))
            .or(person::Column::Email.is_in(emails));
        rows.extend(KnownPerson::find(&**tx, which).await?);
    }
    rows.sort_by_key(|row| row.id);
    rows.dedup_by_key(|row| row.id);
    let roots = Roots::load(&**tx, LikenessNoun::Person).await?;
    let keys = rows.iter().map(KnownPerson::keys);
    let pairs = pairs_to_compare(keys, |at| new.contains(&rows[at].id));
    let alike = pairs.into_iter().filter_map(|(one, other)| {
        let (one, other) = (&rows[one], &rows[other]);
        let reason = reason(one, other)?;
        let (first, second) = (roots.of(one.id), roots.of(other.id));
        // Two rows may be one by now, which is nothing to judge.
        (first != second).then_some((first, second, reason))
    });
    let alike: Vec<Alike> = alike.collect();
    note_likenesses(tx, LikenessNoun::Person, &alike, now).await
}

/// Notes which other establishments these, just made or changed, may be.
pub(crate) async fn note_alike_establishments(
    tx: &Tx,
    made: &HashSet<i64>,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    if made.is_empty() {
        return Ok(());
    }
    let rows = KnownEstablishment::find(&**tx, Condition::all()).await?;
    note_among(tx, &rows, made, now).await
}

/// As [`note_alike_establishments`], for one: the others are narrowed down by
/// the database to those whose tax code is the same or whose name is as long,
/// give or take a letter. That reads them all and hands over few; an index
/// would take a column with the keys of names that are nearly the same.
pub(crate) async fn note_alike_establishment(
    tx: &Tx,
    made: &establishment::Model,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let letters = made.name_key.chars().filter(|letter| *letter != ' ');
    let long = i64::try_from(letters.count()).unwrap_or(i64::MAX);
    let name = Expr::col(establishment::Column::NameKey);
    let spaceless = Func::cust("replace").args([name, Expr::val(" "), Expr::val("")]);
    let length = Expr::expr(Func::cust("length").arg(spaceless));
    let mut which = Condition::any().add(length.between(long - 1, long + 1));
    if let Some(code) = &made.tax_code {
        which = which.add(establishment::Column::TaxCode.eq(code));
    }
    let rows = KnownEstablishment::find(&**tx, which).await?;
    note_among(tx, &rows, &HashSet::from([made.id]), now).await
}

async fn note_among(
    tx: &Tx,
    rows: &[KnownEstablishment],
    made: &HashSet<i64>,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let keys = rows.iter().map(KnownEstablishment::keys);
    let pairs = pairs_to_compare(keys, |at| made.contains(&rows[at].id));
    let alike = pairs.into_iter().filter_map(|(one, other)| {
        let (one, other) = (&rows[one], &rows[other]);
        match one.likeness(other) {
            Likeness::Unsure(reason) => Some((one.id, other.id, reason)),
            Likeness::Same | Likeness::Different => None,
        }
    });
    let alike: Vec<Alike> = alike.collect();
    note_likenesses(tx, LikenessNoun::Establishment, &alike, now).await
}
