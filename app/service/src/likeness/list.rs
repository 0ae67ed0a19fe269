//! The pairs that an organiser judges, side by side.

use super::{kept_establishment, kept_person};
use crate::entity::Code;
use crate::entity::{establishment, invitation, likeness, person, registration, workshop};
use crate::registration::who_came;
use crate::{Actor, Failure, Services};
use domain::{Act, Lang, LikenessNoun, LikenessState, RegistrationState};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

/// How many pairs are shown at once.
const LISTED: u64 = 50;

/// One side of a pair.
#[derive(Clone, Debug)]
pub struct LikeSide {
    /// The key of the row.
    pub id: i64,
    /// The name.
    pub name: String,
    /// The phone, as stored.
    pub phone: Option<String>,
    /// The address for mail.
    pub email: Option<String>,
    /// The establishment of a person.
    pub establishment: String,
    /// The tax code of an establishment.
    pub tax_code: Option<String>,
    /// The workshops of a person: title, state, and whether the person came.
    pub workshops: Vec<(workshop::Model, RegistrationState, bool)>,
    /// Registrations of an establishment.
    pub registrations: u64,
    /// Invitations of an establishment.
    pub invitations: u64,
}

impl LikeSide {
    /// The title of a workshop in a language.
    #[must_use]
    pub fn title(workshop: &workshop::Model, lang: Lang) -> &str {
        lang.choose(&workshop.title_vi, &workshop.title_en)
    }
}

/// Two rows that may be one.
#[derive(Clone, Debug)]
pub struct LikePair {
    /// The likeness.
    pub row: likeness::Model,
    /// The older row.
    pub first: LikeSide,
    /// The newer row.
    pub second: LikeSide,
}

/// The pairs of one state.
#[derive(Clone, Debug)]
pub struct MergeQueue {
    /// How many there are in each state.
    pub parts: Vec<(LikenessState, u64)>,
    /// The first of those in the state asked for, oldest first; judged ones
    /// latest first.
    pub pairs: Vec<LikePair>,
}

impl Services {
    /// The pairs in a state, side by side.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn merge_queue(
        &self,
        actor: &Actor,
        state: LikenessState,
    ) -> Result<MergeQueue, Failure> {
        actor.require(Act::ManageWorkshops)?;
        let of = |state| likeness::Entity::find().filter(likeness::Column::State.eq(Code(state)));
        let mut parts = Vec::new();
        for state in domain::Coded::ALL.iter().copied() {
            parts.push((state, of(state).count(self.db.read()).await?));
        }
        let find = match state {
            LikenessState::Open => of(state).order_by_asc(likeness::Column::Id),
            _ => of(state).order_by_desc(likeness::Column::DecidedAt),
        };
        let rows = find.limit(LISTED).all(self.db.read()).await?;
        let mut pairs = Vec::new();
        for row in rows {
            let (mut first, mut second) = match *row.noun {
                LikenessNoun::Person => (
                    self.person_side(row.first_id, state).await?,
                    self.person_side(row.second_id, state).await?,
                ),
                LikenessNoun::Establishment => (
                    self.establishment_side(row.first_id, state).await?,
                    self.establishment_side(row.second_id, state).await?,
                ),
            };
            if second.id < first.id {
                std::mem::swap(&mut first, &mut second);
            }
            // By way of a third they are one already.
            if first.id != second.id {
                pairs.push(LikePair { row, first, second });
            }
        }
        Ok(MergeQueue { parts, pairs })
    }

    /// A person as judged: who stands for the row while the pair is open.
    async fn person_side(&self, id: i64, state: LikenessState) -> Result<LikeSide, Failure> {
        let db = self.db.read();
        let row = person::Entity::find_by_id(id).one(db).await?;
        let mut row = row.ok_or(Failure::NotFound)?;
        if state == LikenessState::Open {
            row = kept_person(db, row).await?;
        }
        let registered = registration::Entity::find()
            .filter(registration::Column::PersonId.eq(row.id))
            .order_by_asc(registration::Column::Id)
            .find_also_related(workshop::Entity)
            .all(db)
            .await?;
        let came = who_came(db, registered.iter().map(|(row, _)| row.id)).await?;
        let place = establishment::Entity::find_by_id(row.establishment_id);
        let place = place.one(db).await?;
        Ok(LikeSide {
            id: row.id,
            name: row.full_name,
            phone: row.phone,
            email: row.email,
            establishment: place.map(|place| place.name).unwrap_or_default(),
            tax_code: None,
            registrations: registered.len() as u64,
            invitations: 0,
            workshops: registered
                .into_iter()
                .filter_map(|(row, workshop)| Some((workshop?, *row.state, came.contains(&row.id))))
                .collect(),
        })
    }

    async fn establishment_side(&self, id: i64, state: LikenessState) -> Result<LikeSide, Failure> {
        let db = self.db.read();
        let row = match state {
            LikenessState::Open => kept_establishment(db, id).await?,
            _ => establishment::Entity::find_by_id(id)
                .one(db)
                .await?
                .ok_or(Failure::NotFound)?,
        };
        let registrations = registration::Entity::find()
            .filter(registration::Column::EstablishmentId.eq(row.id))
            .count(db)
            .await?;
        let invitations = invitation::Entity::find()
            .filter(invitation::Column::EstablishmentId.eq(row.id))
            .count(db)
            .await?;
        Ok(LikeSide {
            id: row.id,
            name: row.name,
            phone: None,
            email: None,
            establishment: String::new(),
            tax_code: row.tax_code,
            workshops: Vec::new(),
            registrations,
            invitations,
        })
    }
}
