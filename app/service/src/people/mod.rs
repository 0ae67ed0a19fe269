//! The organiser's list of people of one workshop: searched, narrowed, counted
//! and paged by the database.

mod add;
mod correct;
mod declines;
mod export;
mod offers;
mod one;
mod select;
mod to_call;
mod which;

pub use declines::DeclineCall;
pub use export::{ExportFormat, Exported};
pub use offers::OfferCall;
pub use one::PersonPage;

use crate::entity::{person, registration};
use crate::through::Through;
use crate::{Actor, Failure, Services, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{
    Act, ContactFilter, DelegateRole, Lang, PeopleFilter, RegistrationSource, RegistrationState,
    Sought,
};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, Select};
use std::collections::{BTreeSet, HashMap};
use which::{came, matches, part_condition};

pub(crate) use export::csv_in;
pub(crate) use which::of_registration;

pub(crate) use select::{Flat, ordered, select};

/// People on one page of the list.
pub const PEOPLE_A_PAGE: u64 = 50;

/// Which people of a workshop are looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeopleQuery {
    /// Words of a name or an establishment, a code, or digits of a phone.
    pub typed: String,
    /// One part of them.
    pub part: Option<PeopleFilter>,
    /// One role.
    pub role: Option<DelegateRole>,
    /// One way of coming in.
    pub source: Option<RegistrationSource>,
    /// Those whom others named and who have not said whether they agree.
    pub consent_pending: bool,
    /// Those who are hard to reach.
    pub contact: Option<ContactFilter>,
}

impl PeopleQuery {
    /// Whether names, establishments or contacts decide who is found.
    fn asks_who(&self) -> bool {
        !Sought::new(&self.typed).is_empty() || self.contact.is_some()
    }
}

/// One person of a workshop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRow {
    /// The key of the registration.
    pub id: i64,
    /// The key of the person.
    pub person_id: i64,
    /// The name.
    pub full_name: String,
    /// The language they read.
    pub lang: Lang,
    /// Phone, as it is stored.
    pub phone: Option<String>,
    /// Whether somebody who called it said that it is wrong.
    pub phone_fails: bool,
    /// How many people on file have that phone, where it is more than one.
    pub phone_shared: u64,
    /// The address that mail about this registration goes to.
    pub email: Option<String>,
    /// Whether that address refused the last mail for good.
    pub mail_fails: bool,
    /// The establishment's name.
    pub establishment: String,
    /// The name of the locality at the event.
    pub locality: String,
    /// The role.
    pub role: DelegateRole,
    /// Where the registration stands.
    pub state: RegistrationState,
    /// How it came in.
    pub source: RegistrationSource,
    /// The code for the door.
    pub code: String,
    /// The key of the group with which it came, if with one.
    pub party_id: Option<i64>,
    /// The key of the invitation in answer to which it came, if to one.
    pub invitation_id: Option<i64>,
    /// Who registered them, by name and phone, where nothing else reaches them.
    pub via: Option<(String, Option<String>)>,
    /// When it came in.
    pub created_at: DateTime<Utc>,
    /// Until when an offered seat is held.
    pub offer_until: Option<DateTime<Utc>>,
    /// When first checked in to any session, if so.
    pub attended_at: Option<DateTime<Utc>>,
    /// Whether the person's own consent is still to be asked for.
    pub consent_pending: bool,
}

impl PersonRow {
    /// Whether mail reaches the person.
    #[must_use]
    pub fn is_reached_by_mail(&self) -> bool {
        self.email.is_some() && !self.mail_fails
    }
}

/// The people of a workshop, as searched for.
#[derive(Clone, Debug)]
pub struct People {
    /// The workshop.
    pub view: WorkshopView,
    /// Whether nobody has registered at all.
    pub nobody: bool,
    /// How many were found in all parts together.
    pub found: u64,
    /// How many of those found are in each part.
    pub parts: Vec<(PeopleFilter, u64)>,
    /// How many were found in the part asked for.
    pub shown: u64,
    /// The page shown, from 1.
    pub page: u64,
    /// How many pages there are, at least 1.
    pub pages: u64,
    /// The people on the page.
    pub rows: Vec<PersonRow>,
}

impl Services {
    /// One page of a workshop's people: names with the exact accents first, then
    /// other names, then what else was found; each in the Vietnamese order of
    /// names; waiting people in the order of their list.
    /// A page beyond the last is the last. However many people there are, it
    /// takes nine queries at most.
    ///
    /// # Errors
    /// As [`Services::staff_workshop`].
    pub async fn people(
        &self,
        actor: &Actor,
        slug: &str,
        query: &PeopleQuery,
        page: u64,
    ) -> Result<People, Failure> {
        let view = self.staff_workshop(actor, Act::ReadPeople, slug).await?;
        let counts = self.count_parts(view.row.id, query).await?;
        let number = |part: PeopleFilter| {
            let held = counts
                .iter()
                .filter(|((source, state, came), _)| part.holds(*source, *state, *came));
            held.map(|(_, number)| number).sum::<u64>()
        };
        let found = counts.iter().map(|(_, number)| number).sum();
        let shown = query.part.map_or(found, number);
        let pages = Ord::max(shown.div_ceil(PEOPLE_A_PAGE), 1);
        let page = page.clamp(1, pages);
        let rows = if shown == 0 {
            Vec::new()
        } else {
            let range = ((page - 1) * PEOPLE_A_PAGE, PEOPLE_A_PAGE);
            let mut rows = self.find_people(view.row.id, query, Some(range)).await?;
            self.add_sharing(&mut rows).await?;
            rows
        };
        let nobody = found == 0 && {
            let all = registration::Entity::find()
                .filter(registration::Column::WorkshopId.eq(view.row.id));
            all.count(self.db.read()).await? == 0
        };
        let parts = domain::Coded::ALL.iter();
        let parts = parts.map(|part| (*part, number(*part))).collect();
        Ok(People {
            view,
            nobody,
            found,
            parts,
            shown,
            page,
            pages,
            rows,
        })
    }

    /// Those found, all parts together, by what the parts are made of.
    async fn count_parts(
        &self,
        workshop_id: i64,
        query: &PeopleQuery,
    ) -> Result<Vec<((RegistrationSource, RegistrationState, bool), u64)>, Failure> {
        let counts = select::counted(workshop_id, query)
            .filter(matches(query))
            .into_tuple::<select::Counted>()
            .all(self.db.read())
            .await?;
        Ok(counts
            .into_iter()
            .map(|(source, state, came, number)| {
                let number = u64::try_from(number).unwrap_or(0);
                ((*source, *state, came), number)
            })
            .collect())
    }

    /// Those found in the part asked for, in order; all, or a number of them
    /// after as many others.
    pub(crate) async fn find_people(
        &self,
        workshop_id: i64,
        query: &PeopleQuery,
        range: Option<(u64, u64)>,
    ) -> Result<Vec<PersonRow>, Failure> {
        let mut wanted = matches(query);
        if let Some(part) = query.part {
            wanted = wanted.add(part_condition(part, &came()));
        }
        if range.is_none() {
            let find = select(workshop_id).filter(wanted);
            return self.people_in(ordered(find, query, None)).await;
        }
        // What a page shows beside the names is asked for its rows alone: a
        // database that sorts carries along all that it was asked for.
        let keys = select::keys(workshop_id, query).filter(wanted);
        let keys: Vec<i64> = ordered(keys, query, range)
            .into_tuple()
            .all(self.db.read())
            .await?;
        let find = select(workshop_id);
        let find = find.filter(registration::Column::Id.is_in(keys.iter().copied()));
        let mut rows = self.people_in(find).await?;
        let places: HashMap<i64, usize> = keys.into_iter().zip(0..).collect();
        rows.sort_by_key(|row| places.get(&row.id).copied());
        Ok(rows)
    }

    /// The people of a selection made by [`select`].
    pub(crate) async fn people_in(
        &self,
        find: Select<registration::Entity>,
    ) -> Result<Vec<PersonRow>, Failure> {
        let rows = find
            .into_model::<select::Flat>()
            .all(self.db.read())
            .await?;
        let mut rows: Vec<PersonRow> = rows.into_iter().map(PersonRow::from).collect();
        self.add_via(&mut rows).await?;
        Ok(rows)
    }

    /// Adds how many people have the same phone: it is a warning, not an error.
    pub(super) async fn add_sharing(&self, rows: &mut [PersonRow]) -> Result<(), Failure> {
        let phones: BTreeSet<&String> = rows.iter().filter_map(|row| row.phone.as_ref()).collect();
        if phones.is_empty() {
            return Ok(());
        }
        let shared: Vec<(String, i64)> = person::Entity::find()
            .select_only()
            .column(person::Column::Phone)
            .column_as(Expr::col(person::Column::Id).count(), "number")
            .filter(person::Column::Phone.is_in(phones.into_iter().cloned()))
            .filter(person::Column::MergedIntoId.is_null())
            .filter(person::Column::WithdrawnAt.is_null())
            .group_by(person::Column::Phone)
            .having(person::Column::Id.count().gt(1))
            .into_tuple()
            .all(self.db.read())
            .await?;
        let shared: HashMap<String, i64> = shared.into_iter().collect();
        for row in rows {
            let number = row.phone.as_ref().and_then(|phone| shared.get(phone));
            row.phone_shared = number.and_then(|it| u64::try_from(*it).ok()).unwrap_or(0);
        }
        Ok(())
    }

    /// Adds who registered those whom neither mail nor phone reaches.
    pub(crate) async fn add_via(&self, rows: &mut [PersonRow]) -> Result<(), Failure> {
        let through = |row: &PersonRow| {
            let reached = row.phone.is_some() || row.is_reached_by_mail();
            Through::of(row.party_id, row.invitation_id).filter(|_| !reached)
        };
        let mut wanted: Vec<Through> = rows.iter().filter_map(through).collect();
        wanted.sort_unstable();
        wanted.dedup();
        if wanted.is_empty() {
            return Ok(());
        }
        let contacts = self.contacts_through(self.db.read(), &wanted).await?;
        for row in rows {
            let contact = through(row).and_then(|through| contacts.get(&through));
            row.via = contact.map(|contact| (contact.name.clone(), contact.phone.clone()));
        }
        Ok(())
    }
}
