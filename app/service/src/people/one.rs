//! One person of a workshop, and how to reach them.

use super::PersonRow;
use super::select::select;
use crate::entity::{consent, registration};
use crate::registration::load_of;
use crate::ticket::{ContactForm, check_contact, write_contact};
use crate::workshop::lock_by_id;
use crate::{Actor, Failure, Services, WorkshopView};
use domain::{Act, Purpose};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

/// What organisers see of one person.
#[derive(Clone, Debug)]
pub struct PersonPage {
    /// The workshop.
    pub view: WorkshopView,
    /// The person.
    pub person: PersonRow,
    /// What they agreed to.
    pub consents: Vec<Purpose>,
    /// The last part of the address of the person's own page.
    pub ticket: String,
}

impl Services {
    /// One person of a workshop.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for somebody of another workshop; as
    /// [`Services::staff_workshop`].
    pub async fn person(&self, actor: &Actor, slug: &str, id: i64) -> Result<PersonPage, Failure> {
        let view = self.staff_workshop(actor, Act::ReadPeople, slug).await?;
        let find = select(view.row.id).filter(registration::Column::Id.eq(id));
        let mut found = self.people_in(find).await?;
        self.add_sharing(&mut found).await?;
        let person = found.pop().ok_or(Failure::NotFound)?;
        let consents = consent::Entity::find()
            .filter(consent::Column::RegistrationId.eq(id))
            .filter(consent::Column::WithdrawnAt.is_null())
            .order_by_asc(consent::Column::Id)
            .all(self.db.read())
            .await?;
        Ok(PersonPage {
            view,
            ticket: self.ticket_token(&person.code),
            person,
            consents: consents.into_iter().map(|row| *row.purpose).collect(),
        })
    }

    /// Changes phone and address of a person, by an organiser. The address is
    /// that of this registration; the phone is the person's.
    ///
    /// # Errors
    /// As [`Services::change_contact`] and [`Services::person`].
    pub async fn edit_contact(
        &self,
        actor: &Actor,
        slug: &str,
        id: i64,
        form: &ContactForm,
    ) -> Result<(), Failure> {
        let view = self.manage_people(actor, slug).await?;
        let workshop_id = view.row.id;
        let now = self.clock.now();
        let contact = &check_contact(form)?;
        self.db
            .write(|tx| async move {
                lock_by_id(&tx, workshop_id).await?;
                let row = load_of(&*tx, workshop_id, id).await?;
                write_contact(&tx, actor, row, contact, now).await
            })
            .await
    }

    /// A workshop for who may change its people.
    pub(crate) async fn manage_people(
        &self,
        actor: &Actor,
        slug: &str,
    ) -> Result<WorkshopView, Failure> {
        actor.require(Act::ReadPeople)?;
        self.staff_workshop(actor, Act::ManageWorkshops, slug).await
    }
}
