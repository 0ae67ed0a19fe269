//! Looking through everything that is known for rows that may be one: data
//! that was there before the rule, and changes since.

use super::note_likeness;
use crate::db::lock_key;
use crate::entity::{Code, establishment, likeness, person};
use crate::{Actor, Failure, Services};
use domain::{
    Act, EstablishmentTraits, Likeness, LikenessNoun, LikenessReason, LikenessState, PersonTraits,
    establishment_likeness, person_likeness,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use std::collections::{BTreeSet, HashMap};

impl Services {
    /// Notes all pairs of persons and of establishments that may be one and
    /// were not noted before, those who surely are among them: what stands in
    /// two rows is made one by an organiser alone. Returns how many are to be
    /// judged now.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn find_likenesses(&self, actor: &Actor) -> Result<u64, Failure> {
        actor.require(Act::ManageWorkshops)?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                lock_key(&tx, "likeness").await?;
                for (one, other, reason) in alike_persons(&*tx).await? {
                    note_likeness(&tx, LikenessNoun::Person, one, other, reason, now).await?;
                }
                for (one, other, reason) in alike_establishments(&*tx).await? {
                    let noun = LikenessNoun::Establishment;
                    note_likeness(&tx, noun, one, other, reason, now).await?;
                }
                Ok(likeness::Entity::find()
                    .filter(likeness::Column::State.eq(Code(LikenessState::Open)))
                    .count(&*tx)
                    .await?)
            })
            .await
    }
}

/// Pairs of persons: only those who share a name or a contact are compared.
async fn alike_persons(
    tx: &impl ConnectionTrait,
) -> Result<Vec<(i64, i64, LikenessReason)>, Failure> {
    let rows = person::Entity::find()
        .filter(person::Column::MergedIntoId.is_null())
        .order_by_asc(person::Column::Id)
        .all(tx)
        .await?;
    let mut groups: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
    for (at, row) in rows.iter().enumerate() {
        groups.entry(("name", &row.folded)).or_default().push(at);
        let contacts = [("phone", &row.phone), ("email", &row.email)];
        for (kind, contact) in contacts {
            if let Some(contact) = contact {
                groups.entry((kind, contact)).or_default().push(at);
            }
        }
    }
    let pairs: BTreeSet<(usize, usize)> = groups.values().flat_map(|group| pairs(group)).collect();
    let traits = |at: usize| PersonTraits {
        full_name: &rows[at].full_name,
        phone: rows[at].phone.as_deref(),
        email: rows[at].email.as_deref(),
        establishment: rows[at].establishment_id,
    };
    let judged = pairs.into_iter().filter_map(|(one, other)| {
        let reason = match person_likeness(traits(one), traits(other)) {
            Likeness::Different => return None,
            Likeness::Unsure(reason) => reason,
            Likeness::Same if rows[one].establishment_id == rows[other].establishment_id => {
                LikenessReason::NameAndPlace
            }
            Likeness::Same => LikenessReason::ContactAndName,
        };
        Some((rows[one].id, rows[other].id, reason))
    });
    Ok(judged.collect())
}

async fn alike_establishments(
    tx: &impl ConnectionTrait,
) -> Result<Vec<(i64, i64, LikenessReason)>, Failure> {
    let rows = establishment::Entity::find()
        .filter(establishment::Column::MergedIntoId.is_null())
        .order_by_asc(establishment::Column::Id)
        .all(tx)
        .await?;
    let traits = |at: usize| EstablishmentTraits {
        name_key: &rows[at].name_key,
        tax_code: rows[at].tax_code.as_deref(),
    };
    let all: Vec<usize> = (0..rows.len()).collect();
    let judged = pairs(&all).filter_map(|(one, other)| {
        match establishment_likeness(traits(one), traits(other)) {
            Likeness::Unsure(reason) => Some((rows[one].id, rows[other].id, reason)),
            Likeness::Same | Likeness::Different => None,
        }
    });
    Ok(judged.collect())
}

fn pairs(group: &[usize]) -> impl Iterator<Item = (usize, usize)> + '_ {
    let later = |at: usize| group.iter().skip(at + 1);
    let each = group.iter().enumerate();
    each.flat_map(move |(at, one)| later(at).map(move |other| (*one, *other)))
}
