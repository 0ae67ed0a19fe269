//! The pairs that an organiser judges, side by side.

use super::Roots;
use crate::entity::Code;
use crate::entity::{
    establishment, invitation, likeness, locality, person, registration, workshop,
};
use crate::registration::who_came;
use crate::{Actor, Failure, Services};
use domain::{Act, Lang, LikenessNoun, LikenessState, RegistrationState};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use std::cmp::{max, min};
use std::collections::{BTreeSet, HashMap};

/// How many pairs are shown at once.
const LISTED: usize = 50;

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
    /// The locality of an establishment, if known.
    pub locality: String,
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
    /// The pairs in a state, side by side; open ones as those who stand for the
    /// two rows now, without what is one already by way of a third. A constant
    /// number of queries.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn merge_queue(
        &self,
        actor: &Actor,
        state: LikenessState,
    ) -> Result<MergeQueue, Failure> {
        actor.require(Act::ManageWorkshops)?;
        let db = self.db.read();
        let of = |state| likeness::Entity::find().filter(likeness::Column::State.eq(Code(state)));
        let open: Vec<(i64, Code<LikenessNoun>, i64, i64)> = of(LikenessState::Open)
            .select_only()
            .columns([
                likeness::Column::Id,
                likeness::Column::Noun,
                likeness::Column::FirstId,
                likeness::Column::SecondId,
            ])
            .order_by_asc(likeness::Column::Id)
            .into_tuple()
            .all(db)
            .await?;
        let roots = BothRoots::load(db).await?;
        let open: Vec<i64> = open
            .into_iter()
            .filter(|(_, noun, first, second)| {
                roots.of(**noun, *first) != roots.of(**noun, *second)
            })
            .map(|(id, ..)| id)
            .collect();
        let mut parts = Vec::new();
        for state in domain::Coded::ALL.iter().copied() {
            let number = match state {
                LikenessState::Open => open.len() as u64,
                _ => of(state).count(db).await?,
            };
            parts.push((state, number));
        }
        let listed = open.into_iter().take(LISTED);
        let find = match state {
            LikenessState::Open => of(state)
                .filter(likeness::Column::Id.is_in(listed))
                .order_by_asc(likeness::Column::Id),
            _ => of(state)
                .order_by_desc(likeness::Column::DecidedAt)
                .limit(LISTED as u64),
        };
        let rows = find.all(db).await?;
        Ok(MergeQueue {
            parts,
            pairs: self.pairs_of(rows, state, &roots).await?,
        })
    }

    /// Both sides of a likeness; none where they are one already by way of a
    /// third.
    pub(super) async fn pair_of(
        &self,
        row: likeness::Model,
        state: LikenessState,
    ) -> Result<Option<LikePair>, Failure> {
        let roots = BothRoots::load(self.db.read()).await?;
        let pairs = self.pairs_of(vec![row], state, &roots).await?;
        let mut pairs = pairs.into_iter();
        Ok(pairs.find(|pair| pair.first.id != pair.second.id))
    }

    /// Both sides of likenesses: of open ones, who stands for each by now.
    async fn pairs_of(
        &self,
        rows: Vec<likeness::Model>,
        state: LikenessState,
        roots: &BothRoots,
    ) -> Result<Vec<LikePair>, Failure> {
        let shown: Vec<(likeness::Model, i64, i64)> = rows
            .into_iter()
            .map(|row| {
                let (mut first, mut second) = (row.first_id, row.second_id);
                if state == LikenessState::Open {
                    first = roots.of(*row.noun, first);
                    second = roots.of(*row.noun, second);
                }
                (row, min(first, second), max(first, second))
            })
            .collect();
        let ids = |noun| {
            let rows = shown.iter().filter(move |(row, ..)| *row.noun == noun);
            let ids: BTreeSet<i64> = rows.flat_map(|(_, one, other)| [*one, *other]).collect();
            ids.into_iter().collect::<Vec<i64>>()
        };
        let persons = self.person_sides(&ids(LikenessNoun::Person)).await?;
        let firms = self
            .establishment_sides(&ids(LikenessNoun::Establishment))
            .await?;
        let pairs = shown.into_iter().filter_map(|(row, first, second)| {
            let sides = match *row.noun {
                LikenessNoun::Person => &persons,
                LikenessNoun::Establishment => &firms,
            };
            Some(LikePair {
                first: sides.get(&first)?.clone(),
                second: sides.get(&second)?.clone(),
                row,
            })
        });
        Ok(pairs.collect())
    }

    /// Persons as judged, by their keys.
    async fn person_sides(&self, ids: &[i64]) -> Result<HashMap<i64, LikeSide>, Failure> {
        let db = self.db.read();
        let registered = registration::Entity::find()
            .filter(registration::Column::PersonId.is_in(ids.iter().copied()))
            .order_by_asc(registration::Column::Id)
            .find_also_related(workshop::Entity)
            .all(db)
            .await?;
        let came = who_came(db, registered.iter().map(|(row, _)| row.id)).await?;
        let persons = person::Entity::find()
            .filter(person::Column::Id.is_in(ids.iter().copied()))
            .all(db)
            .await?;
        let at: BTreeSet<i64> = persons.iter().map(|row| row.establishment_id).collect();
        let places: HashMap<i64, String> = establishment::Entity::find()
            .select_only()
            .columns([establishment::Column::Id, establishment::Column::Name])
            .filter(establishment::Column::Id.is_in(at))
            .into_tuple::<(i64, String)>()
            .all(db)
            .await?
            .into_iter()
            .collect();
        let mut sides: HashMap<i64, LikeSide> = HashMap::new();
        for row in persons {
            let place = places.get(&row.establishment_id);
            let side = LikeSide {
                phone: row.phone,
                email: row.email,
                establishment: place.cloned().unwrap_or_default(),
                ..LikeSide::of(row.id, row.full_name)
            };
            sides.insert(row.id, side);
        }
        for (row, workshop) in registered {
            let side = sides.get_mut(&row.person_id);
            if let (Some(side), Some(workshop)) = (side, workshop) {
                side.registrations += 1;
                let came = came.contains(&row.id);
                side.workshops.push((workshop, *row.state, came));
            }
        }
        Ok(sides)
    }

    /// Establishments as judged, by their keys.
    async fn establishment_sides(&self, ids: &[i64]) -> Result<HashMap<i64, LikeSide>, Failure> {
        let db = self.db.read();
        let rows = establishment::Entity::find()
            .filter(establishment::Column::Id.is_in(ids.iter().copied()))
            .all(db)
            .await?;
        let places: HashMap<i64, String> = locality::Entity::find()
            .select_only()
            .columns([locality::Column::Id, locality::Column::Name])
            .filter(locality::Column::Id.is_in(rows.iter().filter_map(|row| row.locality_id)))
            .into_tuple::<(i64, String)>()
            .all(db)
            .await?
            .into_iter()
            .collect();
        let mut sides: HashMap<i64, LikeSide> = HashMap::new();
        for row in rows {
            let place = row.locality_id.and_then(|id| places.get(&id).cloned());
            let side = LikeSide {
                tax_code: row.tax_code,
                locality: place.unwrap_or_default(),
                ..LikeSide::of(row.id, row.name)
            };
            sides.insert(row.id, side);
        }
        let at = registration::Column::EstablishmentId;
        let registrations: Vec<(i64, i64)> = registration::Entity::find()
            .select_only()
            .column(at)
            .column_as(Expr::col(registration::Column::Id).count(), "number")
            .filter(at.is_in(ids.iter().copied()))
            .group_by(at)
            .into_tuple()
            .all(db)
            .await?;
        let at = invitation::Column::EstablishmentId;
        let invitations: Vec<(i64, i64)> = invitation::Entity::find()
            .select_only()
            .column(at)
            .column_as(Expr::col(invitation::Column::Id).count(), "number")
            .filter(at.is_in(ids.iter().copied()))
            .group_by(at)
            .into_tuple()
            .all(db)
            .await?;
        for (id, number) in registrations {
            if let Some(side) = sides.get_mut(&id) {
                side.registrations = number.unsigned_abs();
            }
        }
        for (id, number) in invitations {
            if let Some(side) = sides.get_mut(&id) {
                side.invitations = number.unsigned_abs();
            }
        }
        Ok(sides)
    }
}

impl LikeSide {
    /// A side of which only the name is known.
    fn of(id: i64, name: String) -> Self {
        Self {
            id,
            name,
            phone: None,
            email: None,
            establishment: String::new(),
            tax_code: None,
            locality: String::new(),
            workshops: Vec::new(),
            registrations: 0,
            invitations: 0,
        }
    }
}

/// Who stands for whom, of either noun.
struct BothRoots {
    persons: Roots,
    firms: Roots,
}

impl BothRoots {
    async fn load(db: &impl ConnectionTrait) -> Result<Self, Failure> {
        Ok(Self {
            persons: Roots::load(db, LikenessNoun::Person).await?,
            firms: Roots::load(db, LikenessNoun::Establishment).await?,
        })
    }

    fn of(&self, noun: LikenessNoun, id: i64) -> i64 {
        match noun {
            LikenessNoun::Person => self.persons.of(id),
            LikenessNoun::Establishment => self.firms.of(id),
        }
    }
}
