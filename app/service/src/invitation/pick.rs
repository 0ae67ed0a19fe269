//! Which establishments can be invited to a workshop.

use crate::attendance::came;
use crate::entity::{establishment, invitation, locality, registration};
use crate::{Actor, Failure, Services, WorkshopView};
use domain::{Act, InviteRow, Phone, Sector, SiteType, Sought};
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{HashMap, HashSet};

/// How many establishments are listed at once.
const LISTED: usize = 100;

/// What is looked for; all of it at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InviteFilter {
    /// Part of a name, with or without accents.
    pub typed: String,
    /// Of this sector.
    pub sector: Option<Sector>,
    /// Of this site type.
    pub site: Option<SiteType>,
    /// In this locality.
    pub locality: Option<i64>,
    /// Only those of whom nobody has attended so far.
    pub unreached: bool,
}

/// An establishment that can be invited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitableRow {
    /// Its key.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its sector, if known.
    pub sector: Option<Sector>,
    /// Its site type, if known.
    pub site: Option<SiteType>,
    /// The name of its locality, if known.
    pub locality: String,
    /// Whether anybody of it has attended.
    pub reached: bool,
}

/// Establishments to be invited, as searched for.
#[derive(Clone, Debug)]
pub struct Invitable {
    /// The workshop.
    pub view: WorkshopView,
    /// How many were found.
    pub found: usize,
    /// The first of those found.
    pub rows: Vec<InvitableRow>,
    /// Those chosen before, found or not.
    pub chosen: Vec<InvitableRow>,
    /// The localities that have establishments, by name.
    pub localities: Vec<(i64, String)>,
}

impl Services {
    /// The establishments that are not invited to a workshop, as searched for;
    /// an invitation that was taken back can be made again.
    ///
    /// # Errors
    /// As [`Services::staff_workshop`].
    pub async fn establishments_to_invite(
        &self,
        actor: &Actor,
        slug: &str,
        filter: &InviteFilter,
        chosen: &[i64],
    ) -> Result<Invitable, Failure> {
        let view = self
            .staff_workshop(actor, Act::ManageWorkshops, slug)
            .await?;
        let places: HashMap<i64, String> = locality::Entity::find()
            .all(self.db.read())
            .await?
            .into_iter()
            .map(|place| (place.id, place.name))
            .collect();
        let reached = self.reached().await?;
        let known = establishment::Entity::find()
            .filter(establishment::Column::MergedIntoId.is_null())
            .filter(establishment::Column::WithdrawnAt.is_null())
            .filter(establishment::Column::Id.not_in_subquery(invited(view.row.id)))
            .order_by_asc(establishment::Column::NameKey)
            .order_by_asc(establishment::Column::Id)
            .all(self.db.read())
            .await?;
        let of_those: HashSet<i64> = known.iter().filter_map(|row| row.locality_id).collect();
        let sought = Sought::new(&filter.typed);
        let (mut found, mut picked) = (Vec::new(), Vec::new());
        for model in known {
            let row = InvitableRow {
                reached: reached.contains(&model.id),
                locality: model
                    .locality_id
                    .and_then(|id| places.get(&id).cloned())
                    .unwrap_or_default(),
                sector: model.sector.map(|code| *code),
                site: model.site.map(|code| *code),
                id: model.id,
                name: model.name,
            };
            if chosen.contains(&row.id) {
                picked.push(row.clone());
            }
            let fits = filter
                .sector
                .is_none_or(|sector| row.sector == Some(sector))
                && filter.site.is_none_or(|site| row.site == Some(site))
                && filter
                    .locality
                    .is_none_or(|place| model.locality_id == Some(place))
                && !(filter.unreached && row.reached);
            if let Some(fit) = sought.fit(&row.name).filter(|_| fits) {
                found.push((fit, row));
            }
        }
        // Those who fit alike stay in the order of their names.
        found.sort_by_key(|(fit, _)| *fit);
        let mut localities: Vec<(i64, String)> = places
            .into_iter()
            .filter(|(id, _)| of_those.contains(id))
            .collect();
        localities.sort_by_key(|(_, name)| domain::fold(name));
        Ok(Invitable {
            view,
            found: found.len(),
            rows: found.into_iter().take(LISTED).map(|(_, row)| row).collect(),
            chosen: picked,
            localities,
        })
    }

    /// A row to fill in for each of these establishments, with its name and
    /// with whom the last invitation was addressed to.
    ///
    /// # Errors
    /// As [`Services::staff_workshop`].
    pub async fn rows_to_invite(
        &self,
        actor: &Actor,
        ids: &[i64],
    ) -> Result<Vec<(String, InviteRow)>, Failure> {
        actor.require(Act::ManageWorkshops)?;
        let known = establishment::Entity::find()
            .filter(establishment::Column::Id.is_in(ids.iter().copied()))
            .order_by_asc(establishment::Column::NameKey)
            .all(self.db.read())
            .await?;
        let before = invitation::Entity::find()
            .filter(invitation::Column::EstablishmentId.is_in(ids.iter().copied()))
            .order_by_asc(invitation::Column::Id)
            .all(self.db.read())
            .await?;
        // The last one of each is what is kept.
        let mut before: HashMap<i64, invitation::Model> = before
            .into_iter()
            .map(|row| (row.establishment_id, row))
            .collect();
        let rows = known.into_iter().map(|model| {
            let row = match before.remove(&model.id) {
                None => InviteRow::default(),
                Some(last) => InviteRow {
                    contact_name: last.contact_name,
                    contact_phone: national(last.contact_phone.as_deref()),
                    contact_email: last.contact_email.unwrap_or_default(),
                    ..InviteRow::default()
                },
            };
            let row = InviteRow {
                establishment: model.id,
                ..row
            };
            (model.name, row)
        });
        Ok(rows.collect())
    }

    /// The establishments of which somebody has attended.
    async fn reached(&self) -> Result<HashSet<i64>, Failure> {
        let ids: Vec<i64> = registration::Entity::find()
            .select_only()
            .column(registration::Column::EstablishmentId)
            .distinct()
            .filter(registration::Column::Id.in_subquery(came()))
            .into_tuple()
            .all(self.db.read())
            .await?;
        Ok(ids.into_iter().collect())
    }
}

/// A stored phone as people write it; empty when there is none.
pub(super) fn national(phone: Option<&str>) -> String {
    phone.map(Phone::national).unwrap_or_default()
}

/// Keys of the establishments whose invitation to a workshop stands.
fn invited(workshop_id: i64) -> SelectStatement {
    Query::select()
        .column(invitation::Column::EstablishmentId)
        .from(invitation::Entity)
        .and_where(invitation::Column::WorkshopId.eq(workshop_id))
        .and_where(invitation::Column::WithdrawnAt.is_null())
        .to_owned()
}
