//! The invitations of a workshop, as its organisers see them.

use super::pick::national;
use super::{InvitationLetter, Nominee, names_of, standing, state_of};
use crate::entity::{Code, invitation, registration};
use crate::likeness::{Roots, kept_establishment};
use crate::registration::count_seats;
use crate::{Actor, Failure, Services, WorkshopView};
use domain::{
    Act, Coded, InvitationState, InviteForm, InviteRow, LikenessNoun, Naming, RegistrationState,
    naming, seats_short, to_local,
};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::{HashMap, HashSet};

/// One invitation in the list.
#[derive(Clone, Debug)]
pub struct InvitationRow {
    /// The row.
    pub row: invitation::Model,
    /// The name of the establishment, of the kept one after a merge.
    pub establishment: String,
    /// Whether the same establishment has an older invitation, since two were
    /// merged: both of their links work.
    pub is_second: bool,
    /// Where it stands.
    pub state: InvitationState,
    /// The delegates it has named who still stand.
    pub named: u32,
}

/// The invitations of a workshop.
#[derive(Clone, Debug)]
pub struct Invitations {
    /// The workshop.
    pub view: WorkshopView,
    /// How many there are in each state that has any.
    pub parts: Vec<(InvitationState, usize)>,
    /// All of them.
    pub all: usize,
    /// Those of the part asked for, by name.
    pub rows: Vec<InvitationRow>,
    /// Of those not sent, how many have an address.
    pub to_mail: usize,
    /// People with a seat.
    pub booked: u32,
    /// Places that invited establishments have not filled and still may.
    pub open_places: u32,
    /// How many more that is than there are seats.
    pub short: u32,
}

/// How many invitations a workshop has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InvitationCount {
    /// Those that were not taken back.
    pub all: u32,
    /// Of these, those with an answer.
    pub answered: u32,
}

/// One invitation with its answer and its letter.
#[derive(Clone, Debug)]
pub struct InvitationPage {
    /// The workshop.
    pub view: WorkshopView,
    /// The invitation.
    pub invitation: InvitationRow,
    /// The delegates, as they were named.
    pub nominees: Vec<Nominee>,
    /// What the establishment is told.
    pub letter: InvitationLetter,
    /// The invitation as its form would send it.
    pub form: InviteForm,
}

impl Services {
    /// The invitations of a workshop in one state, or all.
    ///
    /// # Errors
    /// As [`Services::staff_workshop`].
    pub async fn invitations(
        &self,
        actor: &Actor,
        slug: &str,
        part: Option<InvitationState>,
    ) -> Result<Invitations, Failure> {
        let view = self
            .staff_workshop(actor, Act::ManageWorkshops, slug)
            .await?;
        let now = self.clock.now();
        let found = self.invitations_to(view.row.id).await?;
        let roots = Roots::load(self.db.read(), LikenessNoun::Establishment).await?;
        let ids = found.iter().map(|row| roots.of(row.establishment_id));
        let names = names_of(self.db.read(), ids).await?;
        let seconds = seconds(&found, &roots);
        let mut named = self.named_by_invitation(view.row.id).await?;
        let mut rows: Vec<InvitationRow> = found
            .into_iter()
            .map(|row| InvitationRow {
                establishment: names
                    .get(&roots.of(row.establishment_id))
                    .cloned()
                    .unwrap_or_default(),
                is_second: seconds.contains(&row.id),
                state: state_of(&row),
                named: named.remove(&row.id).unwrap_or(0),
                row,
            })
            .collect();
        rows.sort_by_cached_key(|each| domain::fold_establishment(&each.establishment));
        let open_places = rows
            .iter()
            .filter(|each| each.may_still_name(&view, now))
            .map(InvitationRow::left)
            .sum();
        let seats = count_seats(self.db.read(), &view.row).await?;
        let booked = seats.booked + seats.offered;
        let number = |state| rows.iter().filter(|each| each.state == state).count();
        let parts = InvitationState::ALL
            .iter()
            .map(|state| (*state, number(*state)))
            .filter(|(_, number)| *number > 0)
            .collect();
        let to_mail = rows
            .iter()
            .filter(|each| each.state == InvitationState::Unsent)
            .filter(|each| each.row.contact_email.is_some())
            .count();
        let all = rows.len();
        rows.retain(|each| part.is_none_or(|part| each.state == part));
        Ok(Invitations {
            short: seats_short(seats.capacity, booked, open_places),
            view,
            parts,
            all,
            rows,
            to_mail,
            booked,
            open_places,
        })
    }

    /// One invitation with its answer and its letter.
    ///
    /// # Errors
    /// As [`Services::staff_workshop`].
    pub async fn invitation_page(
        &self,
        actor: &Actor,
        slug: &str,
        id: i64,
    ) -> Result<InvitationPage, Failure> {
        let row = self.invitation_at(actor, slug, id).await?;
        let view = self.workshop_by_id(row.workshop_id).await?;
        let kept = kept_establishment(self.db.read(), row.establishment_id).await?;
        // The letter says what it is sent to.
        let mut names = names_of(self.db.read(), [row.establishment_id]).await?;
        let addressed = names.remove(&row.establishment_id).unwrap_or_default();
        let roots = Roots::load(self.db.read(), LikenessNoun::Establishment).await?;
        let seconds = seconds(&self.invitations_to(row.workshop_id).await?, &roots);
        let named = standing(self.db.read(), row.id).await?.len();
        let frame = self.frame().await?;
        Ok(InvitationPage {
            letter: self.invitation_letter(&view, &row, &addressed, &frame)?,
            nominees: self.nominees(&view, &row).await?,
            form: form_of(&row),
            invitation: InvitationRow {
                establishment: kept.name,
                is_second: seconds.contains(&row.id),
                state: state_of(&row),
                named: u32::try_from(named).unwrap_or(u32::MAX),
                row,
            },
            view,
        })
    }

    /// All invitations of a workshop, those that were taken back among them.
    async fn invitations_to(&self, workshop_id: i64) -> Result<Vec<invitation::Model>, Failure> {
        Ok(invitation::Entity::find()
            .filter(invitation::Column::WorkshopId.eq(workshop_id))
            .all(self.db.read())
            .await?)
    }

    /// How many invitations a workshop has, and how many were answered.
    pub(crate) async fn count_invitations(
        &self,
        workshop_id: i64,
    ) -> Result<InvitationCount, Failure> {
        let rows = invitation::Entity::find()
            .filter(invitation::Column::WorkshopId.eq(workshop_id))
            .filter(invitation::Column::WithdrawnAt.is_null())
            .all(self.db.read())
            .await?;
        let answered = |row: &&invitation::Model| {
            matches!(
                state_of(row),
                InvitationState::Answered | InvitationState::Declined
            )
        };
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Ok(InvitationCount {
            all: number(rows.len()),
            answered: number(rows.iter().filter(answered).count()),
        })
    }

    async fn named_by_invitation(&self, workshop_id: i64) -> Result<HashMap<i64, u32>, Failure> {
        let counts: Vec<(i64, i64)> = registration::Entity::find()
            .select_only()
            .column(registration::Column::InvitationId)
            .column_as(Expr::col(registration::Column::Id).count(), "number")
            .filter(registration::Column::WorkshopId.eq(workshop_id))
            .filter(registration::Column::InvitationId.is_not_null())
            .filter(registration::Column::State.is_in(RegistrationState::ACTIVE.map(Code)))
            .group_by(registration::Column::InvitationId)
            .into_tuple()
            .all(self.db.read())
            .await?;
        let small = |number| u32::try_from(number).unwrap_or(u32::MAX);
        Ok(counts.into_iter().map(|(id, n)| (id, small(n))).collect())
    }
}

impl InvitationRow {
    /// How many the establishment may still name.
    #[must_use]
    pub fn left(&self) -> u32 {
        let quota = u32::try_from(self.row.quota).unwrap_or(0);
        quota.saturating_sub(self.named)
    }

    fn may_still_name(&self, view: &WorkshopView, now: chrono::DateTime<chrono::Utc>) -> bool {
        // What is a draft yet will be announced.
        let phase = match view.phase {
            domain::Phase::Draft => domain::Phase::Upcoming,
            phase => phase,
        };
        let over = matches!(
            self.state,
            InvitationState::Declined | InvitationState::Withdrawn
        );
        naming(over, self.row.answer_by, phase, now) == Naming::Open
    }
}

/// Which of the invitations of a workshop came to an establishment besides an
/// older one, since it was merged: all that stand but the oldest.
fn seconds(rows: &[invitation::Model], roots: &Roots) -> HashSet<i64> {
    let standing = rows.iter().filter(|row| row.withdrawn_at.is_none());
    let mut standing: Vec<_> = standing
        .map(|row| (row.id, roots.of(row.establishment_id)))
        .collect();
    standing.sort_unstable();
    let mut invited = HashSet::new();
    standing.retain(|(_, establishment)| !invited.insert(*establishment));
    standing.into_iter().map(|(id, _)| id).collect()
}

fn form_of(row: &invitation::Model) -> InviteForm {
    InviteForm {
        rows: vec![InviteRow {
            establishment: row.establishment_id,
            quota: row.quota.to_string(),
            contact_name: row.contact_name.clone(),
            contact_phone: national(row.contact_phone.as_deref()),
            contact_email: row.contact_email.clone().unwrap_or_default(),
        }],
        lang: row.lang.code().to_owned(),
        answer_by: to_local(row.answer_by).format("%Y-%m-%dT%H:%M").to_string(),
    }
}
